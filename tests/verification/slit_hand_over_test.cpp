// What slits hand on: torn volume, cut vessels, open area for delivery and closing (tearing.md 3.13,
// healing.md 3.1, 3.3).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "skin/bleeding.hpp"
#include "skin/core/error.hpp"
#include "skin/recovery.hpp"
#include "skin/safety.hpp"
#include "skin/wound.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

using std::numbers::pi;
using test::bound;
using test::round_off;

constexpr double mm = 1e-3, um = 1e-6;

/// A wound whose slits reach the tip, of one length all the way down.
Wound slit_wound(const Needle& needle, int n = 40) {
    Wound w = test::equal_channels(needle, 0.6 * mm, n, 2e6);
    w.slit_length.setConstant(0.5 * mm);
    w.slit_depth = w.depth;
    return w;
}

Wound with_profile(Wound w, int slices, double taper = 0.0) {
    w.slit_profile.resize(w.size(), slices);
    for (Eigen::Index i = 0; i < w.size(); ++i) {
        for (int j = 0; j < slices; ++j) w.slit_profile(i, j) = w.slit_length[i] * (1.0 - taper * (j + 0.5) / slices);
    }
    return w;
}

const Needle cylinder{.length = 1.5 * mm, .shaft_radius = 0.1 * mm, .tip_radius = 0.1 * mm, .taper_length = 0.5 * mm};

// HEA-V60 torn volume: a profile of one length gives today's formula, layer by layer, with any number of slices; the
// sheet of a slit is additive over depth; one that tapers to nothing leaves half of it. Round-off.
TEST(SlitHandOver, TornVolumeFromTheProfile) {
    const Skin skin = Skin::preset("face_cheek");
    const Wound plain = slit_wound(cylinder);
    const auto expected = plain.injury_dose(skin);
    for (const int slices : {1, 7, 16}) {
        const Wound w = with_profile(plain, slices);
        const auto dose = w.injury_dose(skin);
        for (Eigen::Index l = 0; l < 3; ++l) {
            EXPECT_NEAR(dose.torn[l], expected.torn[l], round_off(1.0)) << slices;
            EXPECT_EQ(dose.punctured[l], expected.punctured[l]);
        }
        EXPECT_NEAR(slit_sheet(w, 0, 0.0, 0.21 * mm) + slit_sheet(w, 0, 0.21 * mm, 1.0 * mm), 0.5 * 0.6 * mm * mm,
                    round_off(mm * mm));
    }
    EXPECT_GT(expected.torn[1], 0.0);
    EXPECT_NEAR(slit_sheet(with_profile(plain, 12, 1.0), 0, 0.0, 1.0 * mm), 0.25 * 0.6 * mm * mm, round_off(mm * mm));
}

// HEA-V61 cuts below a round mouth count as torn when the profile knows them: without it there is nothing to tell.
TEST(SlitHandOver, HiddenCutsCount) {
    const Skin skin = Skin::preset("face_cheek");
    Wound hidden = test::equal_channels(cylinder, 0.6 * mm, 20, 2e6);
    EXPECT_EQ(hidden.injury_dose(skin).torn.maxCoeff(), 0.0);
    hidden.slit_profile = RowMatrix::Zero(20, 6);
    hidden.slit_profile.col(3).setConstant(0.4 * mm);  // 0.3 to 0.4 mm: reticular dermis of a cheek
    const auto torn = hidden.injury_dose(skin).torn;
    EXPECT_EQ(torn[0], 0.0);
    EXPECT_GT(torn.sum(), 0.0);
    hidden.slit_gape = Eigen::VectorXd::Constant(20, 20.0 * um);
    EXPECT_EQ(slit_area(hidden, 0), 0.0);  // nothing to see from above
}

// BLE-V40 vessels cut by a slit (tearing.md 3.13): a profile of one length beside a cylinder cuts what mouth length and
// depth cut, bed by bed; a slit that tapers cuts fewer. Round-off.
TEST(SlitHandOver, VesselsCutByTheProfile) {
    const Skin skin = Skin::preset("face_cheek");
    const Wound plain = slit_wound(cylinder);
    const auto expected = bleed(skin, plain);
    const auto same = bleed(skin, with_profile(plain, 16)), fewer = bleed(skin, with_profile(plain, 16, 0.8));
    ASSERT_EQ(same.cut_vessels.cols(), expected.cut_vessels.cols());
    for (Eigen::Index b = 0; b < expected.cut_vessels.cols(); ++b) {
        EXPECT_NEAR(same.cut_vessels(0, b), expected.cut_vessels(0, b), round_off(expected.cut_vessels(0, b) + 1.0));
    }
    EXPECT_LT(fewer.cut_vessels.row(0).sum(), expected.cut_vessels.row(0).sum());
    EXPECT_GT(fewer.cut_vessels.row(0).sum(),
              bleed(skin, test::equal_channels(cylinder, 0.6 * mm, 40, 2e6)).cut_vessels.row(0).sum());
}

// BLE-V41 a slit that gapes lets blood out: its ellipse opens the mouth by l g/(4 r^2) of the needle's, and keeps no
// more than the rest inside. A gape of nothing changes nothing. Round-off.
TEST(SlitHandOver, AGapingSlitRetainsLess) {
    const Skin skin = Skin::preset("face_cheek");
    Needle longer = cylinder;
    longer.length = 3.0 * mm;
    Wound deep = test::equal_channels(longer, 2.6 * mm, 10, 2e6);
    deep.slit_length.setConstant(0.5 * mm);
    deep.slit_depth.setConstant(0.1 * mm);
    const double before = bleed(skin, deep).haematoma_index;
    ASSERT_GT(before, 0.0);
    deep.slit_gape = Eigen::VectorXd::Zero(10);
    EXPECT_NEAR(bleed(skin, deep).haematoma_index, before, round_off(1.0));
    deep.slit_gape.setConstant(20.0 * um);
    const double r = deep.mouth_radius[0], hole = deep.channel_radius[0];
    const double closed = 1.0 - hole * hole / (r * r), open = closed - 0.25 * 0.5 * mm * 20.0 * um / (r * r);
    EXPECT_NEAR(bleed(skin, deep).haematoma_index, before * open / closed, round_off(1.0));
}

// TRN-V60 open area for delivery: an ellipse of length and gape at the mouth, its mean over depth for a profile (half
// the mean square of a linear taper is a third), summed over classes as over channels; a wound that does not know its
// gape hands on none, and the usual gape stands in. Round-off.
TEST(SlitHandOver, OpenAreaOfSlits) {
    Wound w = slit_wound(cylinder, 100);
    EXPECT_EQ(channel_classes(w).slit_area.size(), 0);
    EXPECT_NEAR(channel_classes(w).open_slit(0, 20.0 * um), 0.5 * mm * 20.0 * um, round_off(1e-8));
    for (Eigen::Index i = 0; i < 100; ++i)
        w.slit_length[i] = i % 3 == 0 ? 0.0 : (0.2 + 0.005 * static_cast<double>(i)) * mm;
    w.slit_gape = 0.08 * w.slit_length;
    for (Eigen::Index i = 0; i < 100; ++i) w.channel_depth[i] = (0.3 + 0.003 * static_cast<double>(i)) * mm;
    const ChannelClasses classes = channel_classes(w);
    double sum = 0.0;
    for (Eigen::Index i = 0; i < 100; ++i) {
        EXPECT_NEAR(slit_area(w, i), 0.25 * pi * w.slit_length[i] * w.slit_gape[i], round_off(1e-8));
        sum += slit_area(w, i);
    }
    EXPECT_NEAR(classes.slit_area.dot(classes.count), sum, round_off(sum));
    const Wound tapered = with_profile(w, 400, 1.0);
    EXPECT_NEAR(slit_area(tapered, 1) / slit_area(w, 1), 1.0 / 3.0, bound(1e-5));  // midpoint rule: 1/(12 n^2)
}

// REC-V60, SAF-V60 the open area of known slits adds to that of the holes and closes with them; slits of unknown gape
// add nothing, as before. Round-off at the first moment; signs later.
TEST(SlitHandOver, SlitsStandOpenAndClose) {
    const Skin skin = Skin::preset("face_cheek");
    Wound w = slit_wound(cylinder);
    const auto unknown = recover(skin, w, 3.0 * 86400.0);
    w.slit_gape = Eigen::VectorXd::Constant(w.size(), 20.0 * um);
    const auto known = recover(skin, w, 3.0 * 86400.0);
    const double per_area = w.holes_per_area(), area = 0.25 * pi * 0.5 * mm * 20.0 * um;
    EXPECT_NEAR(known.open_area[0] - unknown.open_area[0], per_area * area, round_off(1.0));
    for (Eigen::Index i = 1; i < known.open_area.size(); ++i) EXPECT_GE(known.open_area[i], unknown.open_area[i]);
    EXPECT_LT(known.open_area[known.open_area.size() - 1], 1e-6 * known.open_area[0] + 1e-12);
    const auto safe = assess(skin, std::vector<Exposure>{}, w, unknown.closure),
               open = assess(skin, std::vector<Exposure>{}, w, known.closure);
    EXPECT_GT(open.infection_relative, safe.infection_relative);
    auto wrong = known.closure;
    wrong.classes.slit_area.resize(7);
    EXPECT_THROW((void)assess(skin, std::vector<Exposure>{}, w, wrong), ParameterError);
}

}  // namespace
}  // namespace skin
