// tear(): the verb on whole wounds.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "skin/core/error.hpp"
#include "skin/tearing.hpp"
#include "support/rollers.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/motion.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;

using test::roller_of;

Wound wound_of(const Roller& roller, double depth, int count = 400) {
    return test::equal_channels(roller.needle, depth, count, 2.3e6);
}

TEST(Tearing, GivesOneRowAChannelAndFillsTheWound) {
    const Roller roller = roller_of(1.0 * mm);
    const Wound wound = wound_of(roller, 0.6 * mm);
    const auto r = tear(test::reference_layers(), roller, Rolling{.side_slip = 0.1}, wound, 3);
    EXPECT_EQ(r.slit_length.size(), wound.size());
    EXPECT_EQ(r.critical_offset.size(), wound.size());
    EXPECT_EQ(r.seed, 3U);
    EXPECT_GT(r.tear_fraction, 0.1);
    EXPECT_LE(r.tear_fraction, 1.0);
    EXPECT_TRUE((r.slit_length.array() == r.wound.slit_length.array()).all());
    EXPECT_EQ((r.slit_length.array() > 0.0).count(), std::lround(r.tear_fraction * static_cast<double>(wound.size())));
    EXPECT_TRUE(same(wound.depth, r.wound.depth));
    EXPECT_FALSE(r.info.models.empty());
}

// A slit is there exactly where the demand passes the offset; then it is the initial slit plus what was cut.
TEST(Tearing, ARoundHoleStaysRoundBelowTheCriticalOffset) {
    const Roller roller = roller_of(1.0 * mm);
    const auto r = tear(test::reference_layers(), roller, Rolling{.side_slip = 0.06}, wound_of(roller, 0.6 * mm));
    const Skin skin = test::reference_layers();
    const double initial =
        3.14159265358979 * 2.0 * radius_at(roller.needle, 0.6 * mm) / (2.0 * skin.tear_resistance.lip_stretch);
    for (Eigen::Index i = 0; i < r.demand.size(); ++i) {
        if (r.demand[i] <= r.critical_offset[i]) {
            EXPECT_EQ(r.slit_length[i], 0.0);
            EXPECT_EQ(r.slit_path[i], 0.0);
            EXPECT_EQ(r.wound.slit_depth[i], 0.0);
        } else {
            EXPECT_GT(r.slit_length[i], initial * (1.0 - 1e-12));
            EXPECT_LE(r.slit_length[i], initial + r.slit_path[i] * (1.0 + 1e-9));
            EXPECT_GT(r.wound.slit_depth[i], 0.0);
            EXPECT_LE(r.wound.slit_depth[i], 0.6 * mm);
        }
    }
}

TEST(Tearing, SameSeedSameNumbersAndAChannelDoesNotDependOnItsNeighbours) {
    const Roller roller = roller_of(1.0 * mm);
    const Rolling use{.side_slip = 0.08};
    const Skin skin = test::reference_layers();
    const auto a = tear(skin, roller, use, wound_of(roller, 0.6 * mm, 50), 5);
    const auto b = tear(skin, roller, use, wound_of(roller, 0.6 * mm, 50), 5);
    const auto fewer = tear(skin, roller, use, wound_of(roller, 0.6 * mm, 20), 5);
    const auto other = tear(skin, roller, use, wound_of(roller, 0.6 * mm, 50), 6);
    EXPECT_TRUE(a == b);
    EXPECT_TRUE((a.demand.head(20).array() == fewer.demand.array()).all());
    EXPECT_FALSE((a.demand.array() == other.demand.array()).any());
    EXPECT_EQ(a.risk_index, other.risk_index);  // the index is of the population, not of the drawn contacts
}

// The closed form belongs to uniform_brush; on real layers the radius lies between that of the mouth alone and it.
TEST(Tearing, ReportsTheRadiusOnWhichTheDrumRolls) {
    const Roller roller = roller_of(1.5 * mm);
    const auto r = tear(test::reference_layers(), roller, Rolling{.slip = 0.05}, wound_of(roller, 0.9 * mm), 0,
                        {.rolling_model = RollingModel::uniform_brush});
    const double free = tearing::free_rolling_radius(10.6 * mm, 0.9 * mm);
    EXPECT_NEAR(r.rolling_radius, free / 0.95, test::round_off(free));
    EXPECT_NEAR(r.hole_pitch, 2.0 * 3.141592653589793 * r.rolling_radius / 24.0, test::round_off(free));
    const auto balanced = tear(test::reference_layers(), roller, Rolling{.slip = 0.05}, wound_of(roller, 0.9 * mm));
    EXPECT_LT(balanced.rolling_radius, r.rolling_radius);
    EXPECT_GT(balanced.rolling_radius, (10.6 * mm + 2.0 / 3.0 * 0.9 * mm) / 0.95);
    const auto locked = tear(test::reference_layers(), roller, Rolling{.slip = 1.0}, wound_of(roller, 0.9 * mm));
    EXPECT_TRUE(std::isnan(locked.rolling_radius));
    EXPECT_TRUE(std::isnan(locked.hole_pitch));
}

// V7: a locked drum ploughs its stroke; scatter off, so the path is stroke - delta_c in every channel.
TEST(Tearing, ALockedDrumPloughsItsWholeStroke) {
    const Roller roller = roller_of(1.0 * mm);
    const Rolling use{.slip = 1.0, .slip_spread = 0.0, .side_slip_spread = 0.0, .stroke_length = 0.04};
    const auto r = tear(test::reference_layers(), roller, use, wound_of(roller, 0.6 * mm, 20));
    for (Eigen::Index i = 0; i < 20; ++i) {
        EXPECT_NEAR(r.slit_path[i], 0.04 - r.critical_offset[i], test::round_off(0.04));
        EXPECT_EQ(r.wound.slit_depth[i], 0.6 * mm);
    }
    EXPECT_EQ(r.tear_fraction, 1.0);
    EXPECT_NEAR(r.risk_index, 1.0, test::bound(1e-12));
}

// Slip grows without a jump from rolling through skidding to a locked drum: the demand of neighbours stays near.
TEST(Tearing, DemandGrowsWithoutAJumpUntilTheDrumIsLocked) {
    const Roller roller = roller_of(1.0 * mm);
    double before = 0.0;
    for (int i = 0; i <= 1000; ++i) {
        const double slip = 0.001 * i;
        const auto motion = tearing::rolling_motion(roller, {.stroke_length = 0.05}, 0.6 * mm, {.slip = slip});
        const double now = motion.demand(0.0);
        if (i > 0) {
            EXPECT_GT(now, 0.9 * before) << slip;
            EXPECT_LT(now, before + 0.05 * before + 0.2 * mm) << slip;
        }
        before = now;
    }
    EXPECT_NEAR(before, 0.05, test::round_off(0.05));
}

TEST(Tearing, PensDragWithTheirGlideAndStampsDoNotDrag) {
    Pen pen;
    const Wound wound = test::equal_channels(pen.needle, 1.2 * mm, 100, 3e6);
    const Skin skin = test::reference_layers();
    const auto slow = tear(skin, pen, Gliding{.speed = 0.01}, wound);
    const auto fast = tear(skin, pen, Gliding{.speed = 0.3}, wound);
    EXPECT_TRUE((fast.demand.array() > slow.demand.array()).all());
    EXPECT_GT(slow.demand.minCoeff(), 0.0);
    EXPECT_GT(fast.tear_fraction, slow.tear_fraction);
    EXPECT_GT(fast.risk_index, slow.risk_index);
    EXPECT_TRUE(std::isnan(fast.rolling_radius));
    Stamp stamp;
    const auto pressed = tear(skin, stamp, Pressing{}, test::equal_channels(stamp.needle, 1.0 * mm, 10, 1e6));
    EXPECT_EQ(pressed.demand.maxCoeff(), 0.0);
    EXPECT_EQ(pressed.tear_fraction, 0.0);
    EXPECT_EQ(pressed.risk_index, 0.0);
    EXPECT_EQ(pressed.risk_high, 0.0);
}

TEST(Tearing, ThinNeedlesBendUnderALoadThatThickOnesBear) {
    const auto bent = [](double radius) {
        Roller roller = roller_of(1.5 * mm);
        roller.needle.shaft_radius = radius;
        const Rolling use{.side_slip = 0.15};
        return tear(test::reference_layers(), roller, use, wound_of(roller, 1.0 * mm)).needle_bent;
    };
    EXPECT_TRUE(bent(3.5e-5));
    EXPECT_FALSE(bent(1.25e-4));
}

TEST(Tearing, SlicingLowersTheOffsetAndHasItsNull) {
    const Roller roller = roller_of(1.5 * mm);
    const Skin skin = test::reference_layers();
    const Wound wound = wound_of(roller, 0.9 * mm, 50);
    const auto none = tear(skin, roller, Rolling{}, wound);
    const auto slicing = tear(skin, roller, Rolling{}, wound, 0, {.slice_push = SlicePush::path_mean});
    EXPECT_TRUE((slicing.critical_offset.array() < none.critical_offset.array()).all());
    EXPECT_TRUE((slicing.critical_offset.array() >= 0.45 * none.critical_offset.array()).all());  // floor of 0.5
    EXPECT_GE(slicing.risk_index, none.risk_index);
}

TEST(Tearing, LooseSkinFollowsTheRoller) {
    const Roller roller = roller_of(1.0 * mm);
    const Skin skin = test::reference_layers();
    const Rolling held{.side_slip = 0.05, .held = true}, loose{.side_slip = 0.05, .held = false};
    const Wound wound = wound_of(roller, 0.6 * mm);
    EXPECT_LT(tear(skin, roller, loose, wound).risk_index, tear(skin, roller, held, wound).risk_index);
    EXPECT_LT(tear(skin, roller, loose, wound).tear_fraction, tear(skin, roller, held, wound).tear_fraction);
}

TEST(Tearing, BandHoldsTheIndex) {
    const Roller roller = roller_of(1.0 * mm);
    for (const double side_slip : {0.0, 0.05, 0.2}) {
        const auto r =
            tear(test::reference_layers(), roller, Rolling{.side_slip = side_slip}, wound_of(roller, 0.6 * mm));
        EXPECT_LT(r.risk_low, r.risk_index);
        EXPECT_GT(r.risk_high, r.risk_index);
        EXPECT_GE(r.risk_low, 0.0);
        EXPECT_LE(r.risk_high, 1.0);
        EXPECT_NEAR(r.risk_index, 1.0 - (1.0 - r.slit_index) * (1.0 - r.flap_index), test::round_off(1.0));
    }
}

// The drawn contacts and the quadrature describe the same population. The index takes half of the free demand as its
// mean (a convention) and first-order slip, so the shares agree to a factor, not to sampling: 0.05 absolute
// (tearing.md 3.9: 0.03 for the approximation, plus three standard errors of 2000 contacts).
TEST(Tearing, DrawnContactsTearAsOftenAsTheIndexSays) {
    const Roller roller = roller_of(1.0 * mm);
    for (const double side_slip : {0.0, 0.05}) {
        const auto r =
            tear(test::reference_layers(), roller, Rolling{.side_slip = side_slip}, wound_of(roller, 0.6 * mm, 2000));
        EXPECT_NEAR(r.tear_fraction, r.slit_index, test::bound(0.05)) << side_slip;
    }
}

TEST(Tearing, SaysWhenItLeavesItsRange) {
    const Roller roller = roller_of(1.0 * mm);
    const auto warned = [&](const Rolling& use) {
        for (const auto& w : tear(test::reference_layers(), roller, use, wound_of(roller, 0.6 * mm, 3)).info.warnings) {
            if (w.code == "outside_validated_range") return true;
        }
        return false;
    };
    EXPECT_FALSE(warned({}));
    EXPECT_TRUE(warned({.slip = 0.5}));
    EXPECT_TRUE(warned({.side_slip = 0.3}));
}

TEST(Tearing, RefusesWhatDoesNotFit) {
    const Roller roller = roller_of(1.0 * mm);
    const Skin skin = test::reference_layers();
    const Wound wound = wound_of(roller, 0.6 * mm, 3);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW((void)tear(skin, Pen{}, Rolling{}, wound), ParameterError);
    EXPECT_THROW((void)tear(skin, roller, Gliding{}, wound), ParameterError);
    EXPECT_THROW((void)tear(Skin{}, roller, Rolling{}, wound), ParameterError);
    EXPECT_THROW((void)tear(skin, roller, Rolling{.slip = nan}, wound), ParameterError);
    EXPECT_THROW((void)tear(skin, roller, Rolling{.side_slip = 2.0}, wound), ParameterError);
    EXPECT_THROW((void)tear(skin, roller, Rolling{}, wound, 0, {.n_slices = 0}), ParameterError);
    EXPECT_THROW((void)tear(skin, roller, Rolling{}, wound, 0, {.unstated_range = 0.5}), ParameterError);
    Wound broken = wound;
    broken.depth[1] = nan;
    EXPECT_THROW((void)tear(skin, roller, Rolling{}, broken), ParameterError);
    Skin soft = skin;
    soft.tear_resistance.lateral_stiffness = -1.0;
    EXPECT_THROW((void)tear(soft, roller, Rolling{}, wound), ParameterError);
}

}  // namespace
}  // namespace skin
