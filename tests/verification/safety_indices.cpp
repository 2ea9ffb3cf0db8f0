// SAF-V1 to SAF-V7: the numbers of safety.md section 5 without heat, at the tolerances stated there.
#include <gtest/gtest.h>

#include <cmath>

#include "safety/irritation.hpp"
#include "safety/particles.hpp"
#include "skin/recovery.hpp"
#include "skin/safety.hpp"
#include "support/csv.hpp"
#include "support/exposures.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;

double index_of(double concentration, double duration, double load_exponent) {
    Skin skin = test::reference_layers();
    skin.tolerance.load_exponent = load_exponent;
    return assess(skin, test::constant_exposure(concentration, duration), intact_skin(), {}).irritation;
}

// SAF-V1 the index is 1 at the reference concentration for the reference time, for every Haber exponent: definition;
// the trapezoid is exact for a constant, so only round-off of the sum is left. Asked for: 1e-6.
TEST(SafetyVerification, IndexIsOneAtTheThreshold) {
    for (double n_H : {1.0, 1.5, 2.0, 3.0}) EXPECT_NEAR(index_of(0.050, hour, n_H), 1.0, test::bound(1e-6)) << n_H;
}

// SAF-V2 SLS at 25 ug/mL for 1 h, n_H = 2: ((25 - 3)/(50 - 3))^2 = 0.219 to 1e-3 as printed; to round-off against the
// formula; linear in time; 0 at and below the no-effect concentration.
TEST(SafetyVerification, IndexFollowsTheToxicLoad) {
    EXPECT_NEAR(index_of(0.025, hour, 2.0), 0.219, test::bound(1e-3));
    const double exact = std::pow(22.0 / 47.0, 2);
    EXPECT_NEAR(index_of(0.025, hour, 2.0), exact, test::round_off(1.0));
    EXPECT_NEAR(index_of(0.025, 7.0 * hour, 2.0), 7.0 * exact, test::round_off(7.0));
    EXPECT_EQ(index_of(0.003, 24.0 * hour, 2.0), 0.0);
    EXPECT_EQ(index_of(0.0, 24.0 * hour, 2.0), 0.0);
}

// SAF-V3 severity at I = 0, 1, 2 with s = 2: 0, 0.5, 0.8, exact.
TEST(SafetyVerification, SeverityIsExact) {
    EXPECT_EQ(safety::severity(0.0, 2.0), 0.0);
    EXPECT_EQ(safety::severity(1.0, 2.0), 0.5);
    EXPECT_EQ(safety::severity(2.0, 2.0), 0.8);
    EXPECT_EQ(safety::severity(1e300, 2.0), 1.0) << "an absurd index stays a number";
}

// SAF-V4 the source that feeds healing integrates to k_irr times the index: both are the trapezoid of the same samples,
// so only round-off may differ. Two products on different times add up.
TEST(SafetyVerification, SourceIntegratesToTheIndex) {
    const Skin skin = test::reference_layers();
    auto first = test::constant_exposure(0.03, 4.0 * hour, 17), second = test::constant_exposure(0.0, 4.0 * hour, 23);
    for (Eigen::Index i = 0; i < second.time.size(); ++i) {
        second.epidermis_concentration[i] = 0.06 * std::sin(second.time[i] / (4.0 * hour) * 3.0);
    }
    const double one = assess(skin, first, intact_skin(), {}).irritation;
    const double two = assess(skin, second, intact_skin(), {}).irritation;
    const auto both = assess(skin, {first, second}, intact_skin(), {});
    EXPECT_NEAR(both.irritation, one + two, test::round_off(one + two));
    double integral = 0.0;
    for (Eigen::Index i = 0; i + 1 < both.time.size(); ++i) {
        integral += 0.5 * (both.irritation_rate[i] + both.irritation_rate[i + 1]) * (both.time[i + 1] - both.time[i]);
    }
    EXPECT_NEAR(integral, skin.tolerance.irritation_source * both.irritation, test::round_off(integral));
    // The index passes 1 and shows after the delay of SLS.
    const auto strong = assess(skin, test::constant_exposure(0.050, 2.0 * hour), intact_skin(), {});
    EXPECT_NEAR(strong.reaction_time, 49.0 * hour, test::round_off(49.0 * hour));
    EXPECT_TRUE(std::isnan(assess(skin, test::constant_exposure(0.010, hour), intact_skin(), {}).reaction_time));
}

// SAF-V5 (S8) settling over 150 um by Stokes' law for every particle and vehicle of the table: 1 % (d_rho is rounded).
TEST(SafetyVerification, ParticlesSettleByStokes) {
    const test::Csv table("safety_verification/safety_particle_settling.csv");
    ASSERT_EQ(table.size(), 6u);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const struct {
            const char* column;
            double viscosity;
        } vehicles[] = {{"t_150um_1mPas_s", 1e-3}, {"t_150um_1Pas_s", 1.0}, {"t_150um_20Pas_s", 20.0}};
        for (const auto& v : vehicles) {
            const double speed = safety::settling_speed(table.number(i, "diameter_um") * 1e-6,
                                                        table.number(i, "delta_rho_kg_m3"), v.viscosity);
            const double wanted = table.number(i, v.column);
            EXPECT_NEAR(150e-6 / speed, wanted, test::bound(0.01 * wanted)) << table.text(i, "particle");
        }
    }
}

// SAF-V6 Brownian motion of 100 nm over 150 um in water (1 mPa s, 305 K): D_B = 4.47e-12 m^2/s, 42 min; 3 % as printed
// (two digits).
TEST(SafetyVerification, SmallParticlesDiffuse) {
    const double D_B = safety::brownian_diffusivity(100e-9, 1e-3, 305.0);
    EXPECT_NEAR(D_B, 4.47e-12, test::bound(0.03 * 4.47e-12));
    EXPECT_NEAR(150e-6 * 150e-6 / (2.0 * D_B), 42.0 * 60.0, test::bound(0.03 * 42.0 * 60.0));
}

// SAF-V7 particles in a channel that stays as it is (null closing): they sink at Stokes' speed for the whole time, stop
// at the floor, and jam when they are wider than a third of the channel. Round-off.
TEST(SafetyVerification, ParticlesSinkInAnOpenChannel) {
    const Skin skin = test::reference_layers();
    const Wound wound = test::many_long_needles();
    const auto closure = recover(skin, wound, 2.0 * hour, {.closure_model = ClosureModel::none}).closure;
    const auto report = [&](double diameter, double viscosity) {
        return assess(skin, test::particle_exposure(diameter, 3230.0, viscosity, 2.0 * hour), wound, closure)
            .particles.at(0);
    };
    const double speed = safety::settling_speed(1e-6, 3230.0, 1.0);
    EXPECT_NEAR(report(1e-6, 1.0).settled_depth, speed * 2.0 * hour, test::round_off(1e-4));
    EXPECT_EQ(report(1e-6, 1.0).last_entry, 2.0 * hour);
    EXPECT_NEAR(report(1e-6, 1e-3).settled_depth, wound.channel_depth[0], test::round_off(1e-3)) << "at the floor";
    const double widest = 2.0 * wound.channel_radius[0] / skin.tolerance.jamming_factor;
    EXPECT_TRUE(report(0.999 * widest, 1.0).enters);
    const auto jammed = report(1.001 * widest, 1.0);
    EXPECT_FALSE(jammed.enters);
    EXPECT_TRUE(std::isnan(jammed.last_entry));
    EXPECT_EQ(jammed.settled_depth, 0.0);
}

}  // namespace
}  // namespace skin
