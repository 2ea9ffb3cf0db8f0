// Identities and signs of bleed() on every shipped skin.
#include <gtest/gtest.h>

#include <string>

#include "skin/bleeding.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;

class BleedingOnEverySkin : public testing::TestWithParam<std::string> {
protected:
    const Skin skin_ = Skin::preset(GetParam());
    const Needle needle_{.length = 2.5 * mm};
    [[nodiscard]] BleedingResult at(double depth, double density = 2e6) const {
        return bleed(skin_, test::equal_channels(needle_, depth, 2, density));
    }
};

// BLE-P1 no channels, no vessels, no model or a tip above the first bed: exactly nothing.
TEST_P(BleedingOnEverySkin, NothingComesOfNothing) {
    const auto empty = bleed(skin_, intact_skin());
    EXPECT_EQ(empty.cut_probability.size(), 0);
    EXPECT_EQ(empty.visible_fraction, 0.0);
    EXPECT_EQ(empty.blood_per_area, 0.0);
    const auto none = bleed(skin_, test::equal_channels(needle_, 2.0 * mm, 2, 2e6), {.bleed_model = BleedModel::none});
    EXPECT_EQ(none.cut_vessels.maxCoeff(), 0.0);
    EXPECT_EQ(none.visible_fraction, 0.0);
    EXPECT_EQ(none.wound.blood_fraction.maxCoeff(), 0.0);
    Skin bloodless = skin_;
    bloodless.vasculature.bed.clear();
    EXPECT_EQ(bleed(bloodless, test::equal_channels(needle_, 2.0 * mm, 2, 2e6)).visible_fraction, 0.0);
    const auto shallow = at(0.999 * skin_.top_of("papillary_dermis"));
    EXPECT_EQ(shallow.cut_fraction, 0.0);
    EXPECT_EQ(shallow.blood_per_hole, 0.0);
}

// BLE-P2 monotone in depth, strictly once the papillary dermis is reached. Exact sign.
TEST_P(BleedingOnEverySkin, DeeperNeedlesBleedMore) {
    auto before = at(skin_.top_of("papillary_dermis"));
    for (double depth = skin_.top_of("papillary_dermis") + 2e-5; depth < 2.4 * mm; depth += 2e-5) {
        const auto now = at(depth);
        EXPECT_GT(now.cut_fraction, before.cut_fraction - test::round_off(1.0));
        EXPECT_GE(now.visible_fraction, before.visible_fraction - test::round_off(1.0));
        EXPECT_GE(now.blood_per_hole, before.blood_per_hole * (1.0 - 1e-12));
        EXPECT_LE(now.visible_fraction, now.cut_fraction);
        before = now;
    }
    EXPECT_GT(before.visible_fraction, 0.1);
}

// BLE-P3 monotone in density, needle radius, vessel density and slit length. Exact signs.
TEST_P(BleedingOnEverySkin, MoreHolesWiderNeedlesMoreVesselsAndSlitsBleedMore) {
    const double depth = skin_.bottom_of("papillary_dermis") + 0.2 * mm;
    const auto usual = at(depth);
    EXPECT_GT(at(depth, 3e6).dots_per_area, usual.dots_per_area);
    EXPECT_EQ(at(depth, 3e6).visible_fraction, usual.visible_fraction);
    Needle wide = needle_;
    wide.shaft_radius *= 1.2;
    EXPECT_GT(bleed(skin_, test::equal_channels(wide, depth, 2, 2e6)).visible_fraction, usual.visible_fraction);
    Skin rich = skin_;
    for (auto& bed : rich.vasculature.bed) bed.length_density *= 1.5;
    EXPECT_GT(bleed(rich, test::equal_channels(needle_, depth, 2, 2e6)).visible_fraction, usual.visible_fraction);
    Wound torn = test::equal_channels(needle_, depth, 2, 2e6);
    double before = usual.visible_fraction;
    for (const double length : {0.5 * mm, 1.0 * mm, 2.0 * mm}) {
        torn.slit_length.setConstant(length);
        torn.slit_depth.setConstant(depth);
        const double now = bleed(skin_, torn).visible_fraction;
        EXPECT_GT(now, before);
        before = now;
    }
}

// BLE-P4 probabilities stay probabilities, and P(cut) <= its mean number (Poisson), with equality for rare cuts.
TEST_P(BleedingOnEverySkin, ProbabilitiesAreThoseOfAPoissonCount) {
    for (double depth = 0.0; depth < 2.5 * mm; depth += 1e-4) {
        const auto r = at(depth);
        const double mean = r.cut_vessels.row(0).sum();
        EXPECT_TRUE(r.cut_vessels.allFinite());
        EXPECT_LE(r.cut_probability[0], mean);
        EXPECT_GE(r.cut_probability[0], mean - 0.5 * mean * mean);
        EXPECT_LE(r.wound.blood_fraction.maxCoeff(), r.visible_fraction + test::round_off(1.0));
        EXPECT_GE(r.haematoma_index, 0.0);
        EXPECT_LE(r.haematoma_index, 1.0);
    }
}

INSTANTIATE_TEST_SUITE_P(Presets, BleedingOnEverySkin, testing::ValuesIn(Skin::presets()),
                         [](const auto& which) { return which.param; });

}  // namespace
}  // namespace skin
