// REC-P20 to REC-P25: what every closing law must do, for every shipped skin and geometry (recovery.md 3.2, 3.6, 5).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "skin/core/constants.hpp"
#include "skin/recovery/band.hpp"
#include "skin/wound/closure.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;
constexpr double horizon = 2000.0 * hour;
using Model = ClosureModel;

/// Laws of living skin.
constexpr std::array living{Model::plug_hole, Model::first_order, Model::linear_radius, Model::exponential_radius,
                            Model::hill,      Model::two_phase,   Model::depth_resolved};

Wound wound_of_size(double scale) {  // needles, and so holes, of one shape and number
    const Needle needle{
        .length = 6e-4 * scale, .shaft_radius = 6e-5 * scale, .tip_radius = 4e-6 * scale, .taper_length = 4e-4 * scale};
    return test::equal_channels(needle, 4e-4 * scale, 100, 1e6);
}

class RecoveryLawProperties : public testing::TestWithParam<std::string> {};

double recovered(const Skin& skin, const Wound& wound, Model law, bool covered, const char* seen = "impedance") {
    RecoverySettings settings{.closure_model = law, .n_times = 5};
    if (covered) settings.occluded = {{0.0, horizon}};
    return recover(skin, wound, horizon, settings).time_to_recover(seen);
}

// REC-P20 under every law a cover slows closing, to each instrument that sees what it acts on, and never hastens it.
TEST_P(RecoveryLawProperties, CoversSlowEveryLaw) {
    const Skin skin = Skin::preset(GetParam());
    const Wound wound = wound_of_size(1.0);
    for (const Model law : living) {
        for (const char* seen : {"impedance", "tewl"}) {
            EXPECT_GT(recovered(skin, wound, law, true, seen), recovered(skin, wound, law, false, seen))
                << name_of(law) << " " << seen;
        }
        for (const char* seen : {"tracer_permeability", "staining", "optical_opening"}) {
            EXPECT_GE(recovered(skin, wound, law, true, seen), recovered(skin, wound, law, false, seen))
                << name_of(law) << " " << seen;
        }
    }
}

// REC-P21 under every law, dead skin too, nothing rises without wetting, covers come and go or not, and every value is
// within [0, 1] of its first one; 1e-12 is round-off of a weighted mean.
TEST_P(RecoveryLawProperties, NothingOpensAgain) {
    const Skin skin = Skin::preset(GetParam());
    for (const Model law : {Model::plug_hole, Model::first_order, Model::linear_radius, Model::exponential_radius,
                            Model::hill, Model::two_phase, Model::depth_resolved, Model::recoil, Model::none}) {
        for (const auto resists : {HoleResistance::channel, HoleResistance::access, HoleResistance::series}) {
            const RecoverySettings settings{.closure_model = law,
                                            .occluded = {{hour, 3 * hour}, {5 * hour, 9 * hour}},
                                            .n_times = 60,
                                            .hole_resistance = resists};
            const auto r = recover(skin, wound_of_size(1.0), 40 * hour, settings);
            for (const auto* curve : {&r.impedance, &r.tewl, &r.tracer_permeability, &r.staining, &r.pore_radius,
                                      &r.open_area, &r.largest_particle}) {
                ASSERT_TRUE(curve->allFinite()) << name_of(law);
                EXPECT_GE(curve->minCoeff(), 0.0) << name_of(law);
                for (Eigen::Index i = 1; i < curve->size(); ++i) {
                    EXPECT_LE((*curve)[i], (*curve)[i - 1] * (1.0 + test::bound(1e-12))) << name_of(law);
                }
            }
            EXPECT_NEAR(r.impedance[0], 1.0, test::round_off(1.0)) << name_of(law);
            EXPECT_NO_THROW(check_never_reopens(r.closure)) << name_of(law);
        }
    }
}

// REC-P22 dead skin never closes: after the recoil the conductance stays at (r_inf/r_0)^2 of the first, or r_inf/r_0
// when access-limited, for ever, to every instrument (RC12). Round-off.
TEST_P(RecoveryLawProperties, DeadSkinNeverCloses) {
    const Skin skin = Skin::preset(GetParam());
    const double ratio = skin.barrier.late_recoil / skin.barrier.early_recoil;
    for (const bool covered : {false, true}) {
        for (const auto resists : {HoleResistance::channel, HoleResistance::access}) {
            RecoverySettings settings{.closure_model = Model::recoil, .hole_resistance = resists};
            if (covered) settings.occluded = {{0.0, horizon}};
            const auto r = recover(skin, wound_of_size(1.0), horizon, settings);
            const double left = resists == HoleResistance::channel ? ratio * ratio : ratio;
            EXPECT_NEAR(r.impedance[r.time.size() - 1], left, test::round_off(1.0));
            for (const auto& seen : r.observable) EXPECT_TRUE(std::isnan(r.time_to_recover(seen))) << seen;
        }
    }
}

// REC-P23 larger holes recover later, under every law, to what sees the hole; and never earlier to the others.
TEST_P(RecoveryLawProperties, LargerHolesRecoverLater) {
    const Skin skin = Skin::preset(GetParam());
    for (const Model law : living) {
        double optical = 0.0, impedance = 0.0;
        for (double scale : {0.7, 1.0, 1.4, 2.0}) {
            const Wound wound = wound_of_size(scale);
            const double seen = recovered(skin, wound, law, true, "optical_opening");
            EXPECT_GT(seen, optical) << name_of(law) << scale;
            const double closed = recovered(skin, wound, law, true);
            EXPECT_GE(closed, impedance) << name_of(law) << scale;
            optical = seen, impedance = closed;
        }
    }
}

// REC-P24 no holes: intact, at once, under every law; and the person's factors slow every law (age, COX inhibitor and
// lightness under a cover).
TEST_P(RecoveryLawProperties, NullCaseAndPersons) {
    const Skin plain = Skin::preset(GetParam(), {.age_years = 30});
    const Skin old = Skin::preset(GetParam(), {.age_years = 75}),
               cox = Skin::preset(GetParam(), {.cox_inhibitor = true});
    const Skin dark = Skin::preset(GetParam(), {.l_star = 30});
    for (const Model law : living) {
        const auto r = recover(plain, intact_skin(), hour, {.closure_model = law, .n_times = 3});
        EXPECT_EQ(r.impedance.maxCoeff(), 0.0) << name_of(law);
        for (const auto& seen : r.observable) EXPECT_EQ(r.time_to_recover(seen), 0.0) << name_of(law) << seen;
        const Wound wound = wound_of_size(1.0);
        const double open = recovered(plain, wound, law, false), covered = recovered(plain, wound, law, true);
        EXPECT_GT(recovered(old, wound, law, false), open) << name_of(law);
        EXPECT_GT(recovered(old, wound, law, true), covered) << name_of(law);
        EXPECT_GT(recovered(cox, wound, law, true), covered) << name_of(law);
        EXPECT_GT(recovered(dark, wound, law, true), covered) << name_of(law);
    }
}

// REC-P25 the band: the same seed gives the same bits, another seed others; draws are in order, hold within the range
// of the data, and the nominal time lies between 5 and 95 % of them; curves keep their order.
TEST_P(RecoveryLawProperties, BandsAreOrderedAndRepeatable) {
    const Skin skin = Skin::preset(GetParam());
    const Wound wound = wound_of_size(1.0);
    const RecoverySettings settings{.n_times = 20};
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{11}}) {
        const auto band = recovery_band(skin, wound, 48 * hour, settings, 100, seed);
        EXPECT_EQ(band, recovery_band(skin, wound, 48 * hour, settings, 100, seed));
        EXPECT_FALSE(band == recovery_band(skin, wound, 48 * hour, settings, 100, seed + 1));
        const double nominal = recover(skin, wound, 48 * hour, settings).time_to_recover("impedance");
        EXPECT_LT(band.low[0], nominal);
        EXPECT_GT(band.high[0], nominal);
        for (Eigen::Index o = 0; o < band.low.size(); ++o) {
            if (!std::isnan(band.high[o])) {
                EXPECT_LE(band.low[o], band.median[o]);
                EXPECT_LE(band.median[o], band.high[o]);
            }
            EXPECT_GE(band.unrecovered[o], 0.0);
            EXPECT_LE(band.unrecovered[o], 1.0);
            for (Eigen::Index i = 0; i < band.time.size(); ++i) {
                EXPECT_LE(band.curve_low(o, i), band.curve_high(o, i));
            }
        }
        for (std::uint64_t i = 0; i < 50; ++i) {
            const Barrier b = draw_barrier(skin, seed, i).barrier;
            EXPECT_GE(b.threshold, 0.135);
            EXPECT_LE(b.threshold, 0.18);
            EXPECT_LE(b.late_recoil, b.early_recoil);
            EXPECT_LE(b.half_life_short, b.half_life_long);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EverySkin, RecoveryLawProperties, testing::ValuesIn(Skin::presets()),
                         [](const auto& set) { return set.param; });

}  // namespace
}  // namespace skin
