// REC-P1 to REC-P8: what must hold for every shipped skin and every geometry (recovery.md 3.6, 5).
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "skin/core/constants.hpp"
#include "skin/recovery.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;
constexpr double horizon = 1000.0 * hour;  // long enough for everything to recover

/// Needle sets of different length, number and cross-section; a_needle of recovery.md 2: 25 to 125 um at the mouth.
std::vector<Wound> geometries() {
    const Needle short_thin{.length = 5e-4, .shaft_radius = 2.5e-5, .tip_radius = 1e-6, .taper_length = 2e-4};
    const Needle middle{.length = 7e-4, .shaft_radius = 7e-5, .tip_radius = 4e-6, .taper_length = 4e-4};
    const Needle long_thick{.length = 1.5e-3, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1e-3};
    return {test::equal_channels(short_thin, 3e-4, 10, 1e5), test::equal_channels(middle, 5e-4, 200, 2e6),
            test::equal_channels(long_thick, 1.05e-3, 2000, 2e7),
            test::wound_of(long_thick, {3e-4, 5e-4, 6e-4, 8e-4, 9e-4, 1.2e-3, 1.3e-3}, 2.5e6)};
}

class RecoveryProperties : public testing::TestWithParam<std::string> {};

double recovered(const Skin& skin, const Wound& wound, const RecoverySettings& settings = {},
                 const char* observable = "impedance") {
    return recover(skin, wound, horizon, settings).time_to_recover(observable);
}

const RecoverySettings covered{.occluded = {{0.0, horizon}}};

// REC-P1 occluded longer than open air, always (claim C7), for what sees the plug; equal for what does not.
TEST_P(RecoveryProperties, CoversSlowRecovery) {
    const Skin skin = Skin::preset(GetParam());
    for (const Wound& wound : geometries()) {
        for (const char* seen : {"impedance", "tewl"}) {
            EXPECT_GT(recovered(skin, wound, covered, seen), recovered(skin, wound, {}, seen)) << seen;
        }
        for (const char* blind : {"tracer_permeability", "staining", "optical_opening"}) {
            EXPECT_EQ(recovered(skin, wound, covered, blind), recovered(skin, wound, {}, blind)) << blind;
        }
    }
}

// REC-P2 (RC10) the elderly are slower, in open air and under a cover.
TEST_P(RecoveryProperties, TheElderlyAreSlower) {
    const Skin young = Skin::preset(GetParam(), {.age_years = 30}), old = Skin::preset(GetParam(), {.age_years = 75});
    for (const Wound& wound : geometries()) {
        EXPECT_GT(recovered(old, wound), recovered(young, wound));
        EXPECT_GT(recovered(old, wound, covered), recovered(young, wound, covered));
    }
}

// REC-P3 (RC9) a topical COX inhibitor keeps covered pores open for longer: more area under the admittance curve.
TEST_P(RecoveryProperties, CoxInhibitorsKeepPoresOpen) {
    const Skin plain = Skin::preset(GetParam()), cox = Skin::preset(GetParam(), {.cox_inhibitor = true});
    for (const Wound& wound : geometries()) {
        EXPECT_GT(recovered(cox, wound, covered), recovered(plain, wound, covered));
        EXPECT_GT(recover(cox, wound, 72 * hour, covered).impedance.sum(),
                  recover(plain, wound, 72 * hour, covered).impedance.sum());
    }
}

// REC-P4 (RC11) pores of darker skin live longer, strictly, over the whole range of lightness.
TEST_P(RecoveryProperties, DarkerSkinClosesMoreSlowly) {
    for (const Wound& wound : geometries()) {
        double before = 0.0;
        for (double l_star : {80.0, 60.0, 40.0, 25.0}) {
            const double t = recovered(Skin::preset(GetParam(), {.l_star = l_star}), wound, covered);
            EXPECT_GT(t, before) << l_star;
            before = t;
        }
    }
}

// REC-P5 in open air nothing opens again: no read-out ever rises; 1e-12 is round-off of a weighted mean.
TEST_P(RecoveryProperties, NothingRisesInOpenAir) {
    const Skin skin = Skin::preset(GetParam());
    for (const Wound& wound : geometries()) {
        const auto r = recover(skin, wound, 72 * hour);
        for (const auto* curve : {&r.impedance, &r.tewl, &r.tracer_permeability, &r.staining, &r.pore_radius,
                                  &r.open_area, &r.largest_particle}) {
            for (Eigen::Index i = 1; i < curve->size(); ++i) {
                EXPECT_LE((*curve)[i], (*curve)[i - 1] * (1.0 + test::bound(1e-12)));
            }
            EXPECT_GE(curve->minCoeff(), 0.0);
        }
        EXPECT_NEAR(r.impedance[0], 1.0, test::round_off(1.0));
        EXPECT_NEAR(r.tracer_permeability[0], 1.0, test::round_off(1.0));
    }
}

// REC-P6 in one skin in open air: impedance <= TEWL <= tracer and tomography (which of these two is first depends on
// the size of the hole).
TEST_P(RecoveryProperties, ReadOutsRecoverInOrder) {
    const Skin skin = Skin::preset(GetParam());
    for (const Wound& wound : geometries()) {
        const auto r = recover(skin, wound, horizon);
        EXPECT_LE(r.time_to_recover("impedance"), r.time_to_recover("tewl"));
        EXPECT_LE(r.time_to_recover("tewl"), r.time_to_recover("tracer_permeability"));
        EXPECT_LE(r.time_to_recover("tewl"), r.time_to_recover("optical_opening"));
    }
}

// REC-P7 irritation slows closing: class by class, and by the index; a class that is worse than the index counts.
TEST_P(RecoveryProperties, IrritationSlowsClosing) {
    const Skin skin = Skin::preset(GetParam());
    const Wound wound = geometries()[1];
    double before = 0.0;
    for (int c = 0; c <= 3; ++c) {
        const double t = recovered(skin, wound, {.irritancy_class = c});
        EXPECT_GT(t, before);
        before = t;
    }
    EXPECT_EQ(recovered(skin, wound, {.irritation = 1e9}), before) << "the worst index is the worst class";
    EXPECT_GT(recovered(skin, wound, {.irritation = 1.0}), recovered(skin, wound));
    EXPECT_EQ(recovered(skin, wound, {.irritancy_class = 2, .irritation = 0.1}),
              recovered(skin, wound, {.irritancy_class = 2}));
}

// REC-P8 the recovered times are the crossings of the curves: on the samples around each time the curve changes sides.
TEST_P(RecoveryProperties, RecoveredTimesAreCrossingsOfTheCurves) {
    const Skin skin = Skin::preset(GetParam());
    const RecoverySettings events{
        .occluded = {{1 * hour, 3 * hour}, {4 * hour, 5 * hour}}, .wetted = {2.5 * hour, 6 * hour}, .n_times = 4000};
    for (const Wound& wound : geometries()) {
        const auto r = recover(skin, wound, 200 * hour, events);
        const double t = r.time_to_recover("impedance");
        ASSERT_FALSE(std::isnan(t));
        EXPECT_GT(t, 6 * hour) << "a wet product opens the mouth again";
        for (Eigen::Index i = 0; i < r.time.size(); ++i) {
            if (r.time[i] >= t) {
                EXPECT_LE(r.impedance[i], r.impedance_threshold);
            } else if (r.time[i] >= 6 * hour) {
                EXPECT_GT(r.impedance[i], r.impedance_threshold);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EverySkin, RecoveryProperties, testing::ValuesIn(Skin::presets()),
                         [](const auto& set) { return set.param; });

// REC-P9 limits (recovery.md 3.6): a plug that dries at once hides the hole from instruments, not from a tracer; a hole
// that never closes stays visible and leaves g_dry in open air; a cover removed at t1 lets the plug dry from there, so
// that the curve is the open-air one shifted by t1 but for the hole, which went on closing. Formula: round-off.
TEST(RecoveryLimits, TheLimitsOfThePageHold) {
    const Wound wound = geometries()[2];
    Skin skin = Skin::preset("face_cheek");
    skin.barrier.drying_time = 1.0;
    EXPECT_LT(recovered(skin, wound), 60.0);
    EXPECT_GT(recovered(skin, wound, {}, "tracer_permeability"), 10 * hour);
    skin = Skin::preset("face_cheek");
    skin.barrier.half_life_short = skin.barrier.half_life_long = 1e8;
    skin.barrier.site_factor = 1.0;
    const auto fixed = recover(skin, wound, 100 * hour);
    EXPECT_TRUE(std::isnan(fixed.time_to_recover("optical_opening")));
    const double g_dry = skin.barrier.dry_plug_conductance,
                 first = 1.0 / (1.0 + 1.0 / skin.barrier.wet_plug_conductance);
    EXPECT_NEAR(fixed.impedance[fixed.time.size() - 1], g_dry / (1.0 + g_dry) / first, test::bound(1e-3))
        << "100 h are 0.2 % of a half-life of 1e8 s";
    const auto open = recover(skin, wound, 10 * hour);
    const auto shifted = recover(skin, wound, 15 * hour, {.occluded = {{0.0, 5 * hour}}});
    EXPECT_NEAR(open.impedance[open.time.size() - 1], shifted.impedance[shifted.time.size() - 1], test::bound(1e-3));
    EXPECT_NEAR(recovered(skin, wound, {.occluded = {{0.0, 5 * hour}}}) - recovered(skin, wound), 5 * hour,
                test::bound(0.001 * hour));
}

// REC-P10 the answer does not depend on how large a patch was simulated, once it is larger than what an instrument
// sees.
TEST(RecoveryLimits, PatchSizeDoesNotMatter) {
    const Skin skin = Skin::preset("face_cheek");
    const Needle needle{.length = 6e-4, .shaft_radius = 8e-5, .tip_radius = 4e-6, .taper_length = 5e-4};
    const double small = recovered(skin, test::equal_channels(needle, 5e-4, 400, 2.5e6));
    EXPECT_EQ(recovered(skin, test::equal_channels(needle, 5e-4, 4000, 2.5e6)), small);
}

}  // namespace
}  // namespace skin
