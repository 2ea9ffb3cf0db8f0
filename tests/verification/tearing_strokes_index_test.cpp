// The index counts what a stroke does to its contacts: touchdown, lift, jams, turning in the skin, no lift at all
// (docs/theory/tearing.md, eqs. 40a-40c); and holes that needles slide into have one row (eq. 57).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "skin/device/strike_pattern.hpp"
#include "skin/tearing.hpp"
#include "support/rollers.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/risk.hpp"

namespace skin::tearing {
namespace {

constexpr double mm = 1e-3;

using test::bound;
using test::roller_of;
using test::round_off;
using test::struck_wound;

std::vector<ContactClass> classes_of(const Rolling& use, StrokeEnds ends = StrokeEnds::pressed) {
    const Skin skin = Skin::preset("face_cheek");
    const Roller roller = roller_of(1.0 * mm);
    TearingSettings settings{.stroke_ends = ends, .rolling_model = RollingModel::uniform_brush};
    const Resistance resistance(skin, roller, settings);
    return contact_classes(roller, use, {0.6 * mm}, {resistance, settings, fine_grid});
}

// TEA-V95 contacts of a stroke: their weights add up to 1 whatever the hand does; without ends there is one whole
// contact; contacts cut short are those that are upright within half a contact of either end, T/l of a stroke, and roll
// three quarters of T in the mean (half of it at the very end, all of it T/2 away). A needle in a drum that jams is
// dragged half a stroke in the mean; one jam in every stroke leaves half of the holes, of which 2 T/l are dragged.
// Round-off: midpoints are exact for ways that grow in proportion; the last two to (T/l)^2, the ends of the stroke.
TEST(TearingStrokesIndex, ContactsOfAStroke) {
    const auto weight = [](const std::vector<ContactClass>& classes) {
        double sum = 0.0;
        for (const auto& c : classes) sum += c.weight;
        return sum;
    };
    for (const Rolling& use : {Rolling{}, Rolling{.held = false}, Rolling{.stroke_length = 2.0 * mm},
                               Rolling{.held = false, .lifted = false, .turn_pressed = 0.5, .jammed_share = 0.4},
                               Rolling{.jammed_share = 1.0}, Rolling{.slip = 1.0}}) {
        EXPECT_NEAR(weight(classes_of(use)), 1.0, round_off(1.0));
    }
    EXPECT_EQ(classes_of({}, StrokeEnds::ignored).size(), 1U);
    EXPECT_EQ(classes_of({.slip = 1.0}).size(), 1U);  // a locked drum ploughs all the way

    Contact c;
    c.h = 10.4 * mm;
    c.rho = 11.0 * mm;
    c.R_e = free_rolling_radius(c.h, 0.6 * mm);
    const double T = travel(c), l = Rolling{}.stroke_length;
    double cut_short = 0.0, way = 0.0;
    for (const auto& k : classes_of({})) {
        const double rolled = k.demand.sd_x / Rolling{}.slip_spread;
        if (rolled > (1.0 - 1e-9) * T) continue;
        cut_short += k.weight;
        way += k.weight * rolled;
    }
    EXPECT_NEAR(cut_short, T / l, round_off(1.0));
    EXPECT_NEAR(way, 0.75 * T * T / l, round_off(T));
    double dragged = 0.0, drag = 0.0;
    for (const auto& k : classes_of({.jammed_share = 1.0})) {
        if (k.demand.mean_x < 2.0 * mm) continue;
        dragged += k.weight;
        drag += k.weight * k.demand.mean_x;
    }
    EXPECT_NEAR(dragged, 2.0 * T / l, bound(2.0 * T * T / (l * l)));
    EXPECT_NEAR(drag / dragged, 0.5 * l, bound(T));
}

// TEA-V96 the index and drawn contacts of the same strokes: share of the channels that a needle dragged in that are
// torn, against the slit index, for turning, jams, both, loose skin with and without lifting. Tolerance that of the
// index of whole contacts, 0.05: 0.03 for the approximation (tearing.md 3.9) and three standard errors.
TEST(TearingStrokesIndex, DrawnStrokesTearAsOftenAsTheIndexSays) {
    const Skin skin = Skin::preset("face_cheek");
    const Roller roller = roller_of(1.0 * mm);
    std::vector<double> found;
    for (Rolling use : {Rolling{}, Rolling{.turn_pressed = 0.5}, Rolling{.jammed_share = 0.5},
                        Rolling{.turn_pressed = -1.0, .jammed_share = 1.0}, Rolling{.held = false},
                        Rolling{.held = false, .lifted = false}}) {
        use.passes = 40;
        use.stroke_length = 0.03;
        use.stroke_share = 0.0;
        const auto r = tear(skin, roller, use, struck_wound(roller, use, 6000, 0.6 * mm), 3, {.band_draws = 16});
        const double dragged = static_cast<double>((r.demand.array() > 0.0).count());
        const double torn = static_cast<double>((r.slit_length.array() > 0.0).count());
        EXPECT_NEAR(torn / dragged, r.slit_index, bound(0.05))
            << use.turn_pressed << " " << use.jammed_share << " " << use.held << " " << use.lifted;
        found.push_back(r.slit_index);
    }
    EXPECT_GT(found[1], found[0] + 0.05);
    EXPECT_GT(found[2], found[0] + 0.05);
    EXPECT_GT(found[3], found[2]);
    EXPECT_GT(found[5], found[4]);  // never lifted: full slip at once
}

double share(const TearingResult& r, const std::string& cause) {
    const auto found = std::find(r.cause.begin(), r.cause.end(), cause);
    return r.risk_by_cause[found - r.cause.begin()];
}

// TEA-P34 turning in the skin, jams and rolling to and fro have the share of the index that they bring: none where they
// are not there (equality), more where there is more of them; all shares add up (round-off of 2048 coalitions).
TEST(TearingStrokesIndex, StrokesHaveTheirShares) {
    for (const double age : {30.0, 75.0}) {
        const Skin skin = Skin::preset("face_cheek", {.age_years = age});
        const Roller roller = roller_of(1.0 * mm);
        const Wound wound = test::equal_channels(roller.needle, 0.6 * mm, 3, 2.3e6);
        const auto of = [&](const Rolling& use, StrokeEnds ends = StrokeEnds::pressed) {
            const auto r = tear(skin, roller, use, wound, 1, {.n_slices = 4, .band_draws = 16, .stroke_ends = ends});
            EXPECT_NEAR(r.risk_by_cause.sum(), r.risk_index, round_off(64.0));
            EXPECT_LE(r.risk_low, r.risk_index);
            EXPECT_GE(r.risk_high, r.risk_index);
            return r;
        };
        const auto usual = of({});
        for (const char* cause : {"turn_pressed", "jammed", "lifted", "yaw"}) EXPECT_EQ(share(usual, cause), 0.0);
        EXPECT_EQ(share(of({}, StrokeEnds::ignored), "stroke_ends"), 0.0);
        EXPECT_NE(share(usual, "stroke_ends"), 0.0);
        double turned = 0.0, jammed = 0.0;
        for (const double much : {0.3, 0.6, 0.9}) {  // turned by 0.2 every needle in the skin tears: there is no more
            const double by_turning = share(of({.turn_pressed = 0.25 * much}), "turn_pressed");
            const double by_jams = share(of({.jammed_share = much}), "jammed");
            EXPECT_GT(by_turning, turned);
            EXPECT_GT(by_jams, jammed);
            turned = by_turning;
            jammed = by_jams;
        }
        const auto to_and_fro = of({.held = false, .lifted = false});
        EXPECT_GT(share(to_and_fro, "lifted"), 0.0);
        EXPECT_GT(to_and_fro.risk_index, of({.held = false}).risk_index);
    }
}

// TEA-V48 needles that slide into older holes: the wound has one row for both, visited twice, as deep and as torn as
// the worse of the two made it; work adds up; the others keep their rows. Without capture every needle has its row.
// Equality; round-off for sums.
TEST(TearingCapture, AHoleMetAgainIsOneRow) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = 75.0});
    const Roller roller = roller_of(1.5 * mm);
    const Rolling use{.slip = 0.15, .slip_spread = 0.0, .side_slip_spread = 0.0};
    Wound wound = test::wound_of(roller.needle, {0.6 * mm, 0.9 * mm, 0.5 * mm, 0.7 * mm, 0.0}, 1e5);
    wound.x << 0.0, 0.05 * mm, 5.0 * mm, -0.02 * mm, 0.0;
    wound.pass_number = Eigen::VectorXd::LinSpaced(5, 0.0, 4.0);
    wound.heading = Eigen::VectorXd::Zero(5);
    const auto apart = tear(skin, roller, use, wound, 1, {.band_draws = 16});
    const auto met = tear(skin, roller, use, wound, 1, {.band_draws = 16, .capture_radius = 1.0});
    ASSERT_EQ(apart.wound.size(), 5);
    ASSERT_EQ(met.wound.size(), 3);
    EXPECT_NO_THROW(validate_wound(met.wound));
    EXPECT_EQ(met.wound.visits[0], 3.0);
    EXPECT_EQ(met.wound.visits[1], 1.0);
    EXPECT_EQ(met.wound.depth[0], 0.9 * mm);
    EXPECT_EQ(met.wound.x[0], 0.0);
    EXPECT_EQ(met.wound.x[1], 5.0 * mm);
    EXPECT_EQ(met.wound.depth[2], 0.0);  // a needle that did not go in met nothing
    EXPECT_EQ(met.wound.pass_number[0], 0.0);
    EXPECT_EQ(met.slit_length[0], apart.slit_length.maxCoeff());
    EXPECT_EQ(met.slit_length[0], met.wound.slit_length[0]);
    EXPECT_EQ(met.wound.slit_depth[0], apart.wound.slit_depth.maxCoeff());
    EXPECT_EQ(met.slit_length[1], apart.slit_length[2]);
    EXPECT_EQ(met.demand[0], apart.demand.maxCoeff());
    EXPECT_NEAR(met.work.sum(), apart.work.sum(), round_off(apart.work.sum()));
    EXPECT_NEAR(met.dissipated_energy[0] + met.stored_energy[0], met.work[0], bound(1e-3) * met.work[0]);
    EXPECT_EQ(met.reentered_fraction, 2.0 / 5.0);
    for (Eigen::Index j = 0; j < met.wound.slit_profile.cols(); ++j) {  // the deepest needle drags furthest everywhere
        EXPECT_GE(met.wound.slit_profile(0, j), apart.wound.slit_profile(1, j));
    }
    EXPECT_EQ(met.chain.size(), 3);
    EXPECT_EQ(met.flap_length.size(), 3);
    EXPECT_EQ(met.flap_length.maxCoeff(), apart.flap_length.maxCoeff());
    EXPECT_EQ(met.risk_index, apart.risk_index);
}

}  // namespace
}  // namespace skin::tearing
