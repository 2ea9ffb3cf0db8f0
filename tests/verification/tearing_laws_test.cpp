// Cutting laws, tear index, hole statistics, junction and age (tearing.md 3.7, 3.9-3.14).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "skin/core/random.hpp"
#include "skin/tissue/person.hpp"
#include "support/csv.hpp"
#include "support/tolerances.hpp"
#include "tearing/cutting.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/motion.hpp"
#include "tearing/population.hpp"

namespace skin::tearing {
namespace {

using std::numbers::pi;
using test::bound;
using test::Csv;

constexpr double mm = 1e-3;
constexpr double degree = pi / 180.0;

// TEA-V14 line stiffness k_w/G (V14), printed digits (1e-4), and the exact limit of a rim that closes in: k_w ->
// infinity.
TEST(TearingVerification, LineStiffnessOfACylinderInADisc) {
    EXPECT_NEAR(line_stiffness_factor(0.125, 1.3), 9.2391, bound(1e-4));
    EXPECT_NEAR(line_stiffness_factor(0.05, 1.3), 5.5578, bound(1e-4));
    EXPECT_NEAR(line_stiffness_factor(0.035, 1.3), 4.80, bound(5e-3));
    EXPECT_GT(line_stiffness_factor(1.29, 1.3), 1e5);
}

// TEA-V15 anisotropy from strength ratios (V15), and that the law gives the ratio back. Tolerance 1e-3: printed digits.
TEST(TearingVerification, DirectionLawFollowsStrengthRatios) {
    EXPECT_NEAR(anisotropy_from_ratio(22.6 / 13.7), -0.2452, bound(1e-3));
    EXPECT_NEAR(anisotropy_from_ratio(28.0 / 15.6), -0.2844, bound(1e-3));
    const double eta = anisotropy_from_ratio(1.7);
    EXPECT_NEAR(direction_factor(eta, 0.5 * pi) / direction_factor(eta, 0.0), 1.7, test::round_off(2.0));
}

// TEA-V27 critical offset with the defaults of tearing.md 4.1 (3.7): min(0.92, 0.675) mm at 30 y, and the energy
// closes. Tolerance: round-off of a formula.
TEST(TearingVerification, CriticalOffsetIsTheSmallerOfLoadAndStrain) {
    const double q_c = cutting_load({200.0, 3.6e6, 1.0, 0.3, 0.0}, 0.2 * mm);
    EXPECT_NEAR(q_c, 920.0, test::round_off(920.0));
    const CriticalOffset young = critical_offset(q_c, 1e6, 0.54, 1.25 * mm);
    EXPECT_NEAR(young.offset, 0.675 * mm, test::round_off(mm));
    EXPECT_NEAR(young.load, 675.0, test::round_off(1e3));
    // 75 y: W_f x 0.73, k_w x 1.54: 0.47 mm, and 0.44 mm when Gamma_0 is scaled too; printed digits
    EXPECT_NEAR(
        critical_offset(cutting_load({200.0, 0.73 * 3.6e6, 1.0, 0.0, 0.0}, 0.2 * mm), 1.54e6, 0.54, 1.25 * mm).offset,
        0.47 * mm, bound(0.005 * mm));
    EXPECT_NEAR(critical_offset(0.73 * q_c, 1.54e6, 0.54, 1.25 * mm).offset, 0.44 * mm, bound(0.005 * mm));
}

// TEA-V28 cutting and bending limits by diameter (tearing_needle_limits.csv). Tolerance 1e-3 relative: printed digits.
TEST(TearingVerification, ThinNeedlesBendBeforeTheyTear) {
    const Csv csv("tearing_verification/tearing_needle_limits.csv");
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double d_n = csv.number(i, "d_n_mm") * mm;
        const double q_c = cutting_load({0.0, 3.6e6, 1.0, 0.3, 0.0}, d_n);
        EXPECT_NEAR(q_c, csv.number(i, "q_c_N_per_mm_Gamma0_0") * 1e3, bound(1e-3 * q_c));
        for (const auto& [column, arm] : {std::pair{"F_bend_arm_0.5mm_N", 0.5}, std::pair{"F_bend_arm_1.0mm_N", 1.0},
                                          std::pair{"F_bend_arm_0.65mm_N", 0.65}}) {
            const double F = bending_force(1e9, d_n, arm * mm);
            EXPECT_NEAR(F, csv.number(i, column), bound(1e-3 * F)) << column;
        }
        EXPECT_NEAR(q_c * 0.7 * mm, csv.number(i, "F_cut_0.70mm_N"), bound(1e-3 * q_c * 0.7 * mm));
    }
    EXPECT_LT(bending_force(1e9, 0.1 * mm, 1.0 * mm), cutting_load({0.0, 3.6e6}, 0.1 * mm) * 0.7 * mm);
    EXPECT_GT(bending_force(1e9, 0.2 * mm, 1.0 * mm), cutting_load({0.0, 3.6e6}, 0.2 * mm) * 0.7 * mm);
}

// TEA-V18 population index (V18), L = 1 mm at 60 %: T = 7.2114 mm, sd 0.02 and 2 degrees.
// Tolerance 1 % (the table prints three digits); below 1e-6 only that it is below 1e-6, as the page asks, and 15 %
// against its one digit, which the erfc form reaches.
TEST(TearingVerification, TearIndexFollowsTheTable) {
    const double T = 7.2114 * mm, m_x = 0.0439 * mm, s = 0.02, a = 2.0 * degree;
    struct Row {
        double psi, delta_c, rayleigh, zero_mean, half_demand;
    };
    for (const Row& row : std::vector<Row>{{1.0, 0.6, 0.0139, 0.0218, 0.0225},
                                           {1.0, 0.3, 0.343, 0.323, 0.333},
                                           {0.4, 0.6, 2e-12, 3e-9, 4e-9},
                                           {0.4, 0.3, 0.00125, 0.00362, 0.00428}}) {
        const double sx = row.psi * T * s, sy = row.psi * T * a, delta_c = row.delta_c * mm;
        const std::array<std::pair<double, double>, 3> pairs{
            std::pair{rayleigh_exceedance(delta_c, sx, sy), row.rayleigh},
            std::pair{exceedance({0.0, 0.0, sx, sy}, delta_c), row.zero_mean},
            std::pair{exceedance({m_x, 0.0, sx, sy}, delta_c), row.half_demand}};
        for (const auto& [value, expected] : pairs) {
            if (expected < 1e-6) {
                EXPECT_LT(value, 1e-6);
                EXPECT_NEAR(value, expected, bound(0.5 * expected));  // one printed digit
            } else {
                EXPECT_NEAR(value, expected, bound(0.01 * expected));
            }
        }
    }
}

// TEA-V29 limits of the index: no scatter is a step; equal scatter and no mean is Rayleigh exactly; one axis is the
// normal tail. Tolerance: quadrature of a smooth function, 1e-12.
TEST(TearingVerification, TearIndexHasItsLimits) {
    EXPECT_EQ(exceedance({0.3, 0.0, 0.0, 0.0}, 0.2), 1.0);
    EXPECT_EQ(exceedance({0.1, 0.1, 0.0, 0.0}, 0.2), 0.0);
    EXPECT_EQ(exceedance({0.0, 0.0, 0.0, 0.0}, 0.0), 0.0);
    for (const double delta : {0.1, 0.5, 2.0, 6.0}) {
        EXPECT_NEAR(exceedance({0.0, 0.0, 1.0, 1.0}, delta), rayleigh_exceedance(delta, 1.0, 1.0), bound(1e-12));
        EXPECT_NEAR(exceedance({0.0, 0.0, 1.0, 0.0}, delta), std::erfc(delta / std::sqrt(2.0)), bound(1e-12));
        EXPECT_NEAR(exceedance({0.0, 0.0, 0.0, 1.0}, delta), std::erfc(delta / std::sqrt(2.0)), bound(1e-12));
    }
}

// TEA-V19 Rayleigh and the exact index against drawing contacts (V19), sd 0.03 and 3 degrees.
// Tolerance: Rayleigh 0.03 (its own error 0.025 + sampling); exact form 4 standard errors of 20000 draws, 0.014.
TEST(TearingVerification, TearIndexAgreesWithDrawnContacts) {
    constexpr int n = 20000;
    for (const double L : {0.5, 1.0, 1.5}) {
        Contact c;
        c.h = 10.0 * mm;
        c.rho = c.h + L * mm;
        c.R_e = free_rolling_radius(c.h, L * mm);
        const double T = travel(c), m_x = 0.5 * demand(c, 0.0), sx = T * 0.03, sy = T * 3.0 * degree;
        for (const double delta_c : {0.2 * mm, 0.4 * mm, 0.8 * mm}) {
            int torn = 0;
            RandomStream stream(7, 0, StreamId::tearing);
            for (int i = 0; i < n; ++i) {
                const double x = m_x + sx * stream.normal(), y = sy * stream.normal();
                torn += std::hypot(x, y) > delta_c ? 1 : 0;
            }
            const double drawn = static_cast<double>(torn) / n;
            EXPECT_NEAR(rayleigh_exceedance(delta_c, sx, sy), drawn, bound(0.03));
            EXPECT_NEAR(exceedance({m_x, 0.0, sx, sy}, delta_c), drawn, bound(4.0 * 0.5 / std::sqrt(double{n})));
        }
    }
}

// TEA-V21 neighbours and crossings (V21): the exact expectations to the digits of the table, and drawn in a periodic
// box. Tolerance: 1e-6 (printed digits); 3 standard errors for the drawn values.
TEST(TearingVerification, HoleStatisticsAreExactExpectations) {
    const Csv csv("tearing_verification/tearing_hole_statistics.csv");
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double n = csv.number(i, "n_per_cm2") * 1e4, l = csv.number(i, "length_mm") * mm;
        const double value = csv.number(i, "value");
        const bool neighbour = csv.text(i, "statistic") == "neighbour_within_r";
        if (!neighbour && csv.text(i, "statistic") != "isotropic_slit_crossings_per_slit") continue;
        EXPECT_NEAR(neighbour ? neighbour_probability(n, l) : slit_crossings(n, l), value, bound(1e-6)) << i;
    }
    constexpr int count = 2000;  // 200 /cm^2 on 10 cm^2
    const double n = 2.0e6, box = std::sqrt(count / n), r = 0.25 * mm;
    RandomStream stream(11, 0, StreamId::tearing);
    std::vector<std::array<double, 2>> at(count);
    for (auto& p : at) p = {box * stream.uniform(), box * stream.uniform()};
    int with_neighbour = 0;
    for (int i = 0; i < count; ++i) {
        bool near = false;
        for (int j = 0; j < count && !near; ++j) {
            double x = std::abs(at[i][0] - at[j][0]), y = std::abs(at[i][1] - at[j][1]);
            x = std::min(x, box - x);
            y = std::min(y, box - y);
            near = i != j && x * x + y * y < r * r;
        }
        with_neighbour += near ? 1 : 0;
    }
    const double p = neighbour_probability(n, r);
    EXPECT_NEAR(static_cast<double>(with_neighbour) / count, p, bound(3.0 * std::sqrt(p * (1.0 - p) / count)));
}

// TEA-V22 a slit that nothing drives does not grow (V22): G = 0.164 and 0.680 J/m^2. Tolerance 1 %: the page's.
TEST(TearingVerification, SkinTensionAloneDoesNotRunASlit) {
    const double t = 1.5 * mm, modulus = 1e5 / 0.75;
    EXPECT_NEAR(undriven_release_rate(5.6 / t, 1.0 * mm, modulus), 0.164, bound(0.01 * 0.164));
    EXPECT_NEAR(undriven_release_rate(11.4 / t, 1.0 * mm, modulus), 0.680, bound(0.01 * 0.680));
    EXPECT_LT(undriven_release_rate(11.4 / t, 1.0 * mm, modulus) / cutting_load({10.0, 0.0}, 0.0), 0.1);
}

// TEA-V23 the junction strip (V23). Tolerance 1e-3 relative: closed form, printed digits.
TEST(TearingVerification, JunctionStripFollowsShearLag) {
    const Junction junction{30.0, 5e3 / 1.5e-4};
    EXPECT_NEAR(junction.shear_lag(120.0), 1.897 * mm, bound(1e-3 * 1.897 * mm));
    EXPECT_NEAR(junction.critical_slide(), 1.342 * mm, bound(1e-3 * 1.342 * mm));
    EXPECT_NEAR(junction.release_rate(0.3 * mm), 1.5, bound(1e-3 * 1.5));
    EXPECT_NEAR(junction.release_rate(junction.critical_slide()), 30.0, test::round_off(30.0));
    EXPECT_EQ(junction.arrest_length(junction.critical_slide(), 120.0), 0.0);
    EXPECT_NEAR(junction.arrest_length(2.0 * junction.critical_slide(), 120.0), junction.shear_lag(120.0),
                test::round_off(2.0 * mm));
}

// TEA-V24 age multipliers (V24). Tolerance 1e-6: the table carries 7 digits of algebra. One printed cell of the page
// (table of 3.14) is to 5e-3.
TEST(TearingVerification, AgeMultipliersFollowTheTable) {
    const Csv csv("tearing_verification/tearing_age_multipliers.csv");
    ASSERT_EQ(csv.size(), 9U);
    const double q_share = 1.0;  // Gamma_0 scaled with W_f: the offset follows W_f/k_w
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const PersonFactors f = person_factors({}, {.age_years = csv.number(i, "age_y")});
        SCOPED_TRACE(csv.text(i, "age_y"));
        EXPECT_NEAR(f.thickness, csv.number(i, "thickness"), bound(1e-6));
        EXPECT_NEAR(f.failure_energy, csv.number(i, "W_f"), bound(1e-6));
        EXPECT_NEAR(f.lateral_stiffness, csv.number(i, "k_w"), bound(1e-6));
        EXPECT_NEAR(f.interlock, csv.number(i, "dej_interlock"), bound(1e-6));
        EXPECT_NEAR(f.junction_toughness, csv.number(i, "Gamma_DEJ"), bound(1e-6));
        EXPECT_NEAR(q_share * f.failure_energy / f.lateral_stiffness, csv.number(i, "delta_c_over_delta_c30"),
                    bound(1e-6));
    }
    const PersonFactors old = person_factors({}, {.age_years = 75.0});
    EXPECT_NEAR(old.junction_toughness, 0.43, bound(5e-3));
    EXPECT_NEAR(old.failure_energy / old.lateral_stiffness, 0.47, bound(5e-3));
}

// TEA-V30 drag of a gliding pen per stroke (3.15): 30 mm/s, z_max/A = 0.6: 0.22 / 0.11 / 0.074 mm at 50 / 100 / 150 Hz.
// Tolerance: printed digits (2.5 %, 5e-3 mm).
TEST(TearingVerification, AGlidingPenDragsWhileItIsInTheSkin) {
    const double A = 1.0 * mm;
    for (const auto& [f, drag] : {std::pair{50.0, 0.22}, std::pair{100.0, 0.11}, std::pair{150.0, 0.074}}) {
        const Motion motion = Motion::glided(0.6 * A, 0.03, f, A);
        EXPECT_NEAR(motion.demand(0.0), drag * mm, bound(0.5 * (drag > 0.1 ? 0.01 : 0.001) * mm));
        EXPECT_NEAR(motion.demand(0.0), 0.03 * time_in_skin(0.6 * A, A, f), test::round_off(mm));
        EXPECT_EQ(motion.demand(0.6 * A), 0.0);
        EXPECT_GT(motion.demand(0.0), motion.demand(0.3 * A));
    }
}

}  // namespace
}  // namespace skin::tearing
