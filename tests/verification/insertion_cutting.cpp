// Cutting of one material: exact integrals, tables and limits of insertion.md 3.1.2 and 3.2.3.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "insertion/cutting.hpp"
#include "support/csv.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin::insertion;
using skin::test::bound;
constexpr double pi = std::numbers::pi;
constexpr double mu = 0.11e6, alpha = 9.0, J = 2500.0;  // insertion.md 4.1

// INS-V1. Spreading energy of a hole, U(b, R) of 3.1.2 with mu = R = 1 (E1, E2).
// 1e-6 relative as the page states. Its neo-Hookean 1.027076857 has two digits swapped (pi 0.64 ln(1/0.6) =
// 1.0270758572), which that tolerance just lets pass; INS-V10 holds the closed form itself. Ogden rows: ten digits,
// 1e-9.
TEST(InsertionVerification, SpreadingEnergyOfAHole) {
    const double neo_hookean[][2] = {{0.3, 3.441976827}, {0.6, 1.027076857}, {0.9, 0.062889966}};
    for (const auto& [b, U] : neo_hookean) EXPECT_NEAR(spreading_energy(b, 2.0), U, bound(1e-6) * U) << b;
    const double ogden[][2] = {{0.3, 122.4337416}, {0.4, 19.60327291}, {0.6, 1.888237955}, {0.9, 0.06440831206}};
    for (const auto& [b, U] : ogden) EXPECT_NEAR(spreading_energy(b, 9.0), U, bound(1e-9) * U) << b;
}

// INS-V2. Wall pressure p_c of 3.1.2 (E3). Printed to ten digits: 1e-9 relative. A non-integer exponent goes through
// quadrature instead of the finite sum; at 9 + 1e-11 both must agree to the quadrature's 1e-9.
TEST(InsertionVerification, WallPressure) {
    const double rows[][2] = {{0.3, 166.8879246}, {0.4, 25.36002895}, {0.6, 2.289675678}, {0.9, 0.2098616215}};
    for (const auto& [x, p] : rows) {
        EXPECT_NEAR(wall_pressure(x, 9.0), p, bound(1e-9) * p) << x;
        EXPECT_NEAR(wall_pressure(x, 9.0 + 1e-11), p, bound(1e-9) * p) << x;
    }
}

// INS-V3. U by its definition, the integral of W over the spread tissue, equals pi (R^2 - b^2) p_c - pi b^2 W (E4).
// Substituting rho = b/sqrt(q) turns the integral into one over q in (0, 1] with a smooth integrand; Simpson with
// 20,000 intervals leaves less than 1e-9, the page asks for 1e-6.
TEST(InsertionVerification, SpreadingEnergyIsTheIntegralOfItsDensity) {
    for (const double exponent : {2.0, 5.0, 9.0, 12.0, 7.3}) {
        for (const double b : {0.4, 0.6, 0.9}) {
            const auto density = [&](double q) {  // W 2 pi rho drho, with rho^2 = b^2/q
                const double l = std::sqrt(1.0 + (1.0 - b * b) * q / (b * b));
                return q > 0.0 ? stretch_energy(l, exponent) * pi * b * b / (q * q)
                               : 0.5 * pi * (1.0 - b * b) * (1.0 - b * b) / (b * b);
            };
            constexpr int n = 20000;
            double sum = density(0.0) + density(1.0);
            for (int i = 1; i < n; ++i) sum += (i % 2 ? 4.0 : 2.0) * density(static_cast<double>(i) / n);
            const double integral = sum / (3.0 * n);
            EXPECT_NEAR(spreading_energy(b, exponent), integral, bound(1e-7) * integral) << exponent << " " << b;
        }
    }
}

// INS-V4. Gamma(R) of the default set (E5): table of 3.1.2 at 1e-4 (six printed digits), and its power law within 1.2
// %.
TEST(InsertionVerification, CuttingForceOverRadius) {
    const skin::test::Csv table("insertion_verification/insertion_gamma.csv");
    ASSERT_EQ(table.size(), 13u);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double R = 1e-6 * table.number(i, "R_um"), F = table.number(i, "F_sharp_N");
        const double gamma = cutting_force(mu, alpha, J, R);
        EXPECT_NEAR(gamma, F, bound(1e-4) * F) << R;
        EXPECT_NEAR(0.1476 * std::pow(R / 50e-6, 1.13), gamma, bound(0.012) * gamma) << R;
        const Cut cut = solve_cut(J / (mu * R), alpha);
        EXPECT_NEAR(pi * cut.opening, table.number(i, "two_a_over_R"), bound(1e-4)) << R;
        const double share = 1.0 - pi * J / (mu * R) * cut.opening / cut.resistance;
        EXPECT_NEAR(share, table.number(i, "spreading_share"), bound(1e-4)) << R;
    }
}

// INS-V5. G(kappa; alpha) (E6) at 1e-4, by the exact minimiser and by the table that insert() uses; and the minimiser
// is one: golden section on pi kappa x + U1(x) finds nothing lower.
TEST(InsertionVerification, DimensionlessCuttingForce) {
    const skin::test::Csv rows("insertion_verification/insertion_gamma_dimensionless.csv");
    ASSERT_EQ(rows.size(), 44u);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double exponent = rows.number(i, "alpha"), kappa = rows.number(i, "kappa"), G = rows.number(i, "G");
        const Cut cut = solve_cut(kappa, exponent);
        EXPECT_NEAR(cut.resistance, G, bound(1e-4) * G) << exponent << " " << kappa;
        EXPECT_NEAR(cut.opening, rows.number(i, "x_min"), bound(2e-5)) << exponent << " " << kappa;
        const CuttingTable table(exponent, 0.05, 2e4);
        EXPECT_NEAR(std::exp(table.at(std::log(kappa)).ln_resistance), G, bound(1e-4) * G);
        for (const double factor : {0.5, 0.9, 0.999, 1.001, 1.02}) {
            const double x = std::min(cut.opening * factor, 1.0);
            EXPECT_GE(pi * kappa * x + spreading_energy(x, exponent), cut.resistance * (1.0 - 1e-12));
        }
    }
}

// INS-N1. The table of ln G over ln kappa: cubic Hermite with exact slopes, error ~ step^4. Stated bound 4e-6 of G,
// shares of the crack (its derivative, ~ step^3) 5e-5, for any exponent; both are checked between the nodes.
TEST(InsertionVerification, TableErrorStaysBelowItsStatedBound) {
    for (const double exponent : {2.0, 3.0, 9.0, 12.0, 25.0, 60.0}) {
        const CuttingTable table(exponent, 1e-2, 1e6);
        for (double ln_kappa = std::log(1e-2); ln_kappa < std::log(1e6); ln_kappa += 0.0137) {
            const Cut cut = solve_cut(std::exp(ln_kappa), exponent);
            const auto value = table.at(ln_kappa);
            EXPECT_NEAR(value.ln_resistance, std::log(cut.resistance), bound(4e-6));
            EXPECT_NEAR(value.crack_share, pi * std::exp(ln_kappa) * cut.opening / cut.resistance, bound(5e-5));
        }
    }
}

// INS-V6. Large kappa (E7): G/G_asymptote - 1 is 1.2, 2.9 and 4.7 % at kappa 9091, 455 and 91, alpha = 9 (printed to
// 0.1 %); and -> 0 as kappa -> inf. Null limit "kappa -> inf" of 3.3.
TEST(InsertionVerification, LargeKappaAsymptote) {
    const auto low = [](double kappa) {
        const double x = std::pow(4.0 / (alpha * alpha * kappa), 1.0 / (alpha - 1.0));
        return 1.0 - pi * kappa * x * (alpha - 1.0) / (alpha - 2.0) / solve_cut(kappa, alpha).resistance;
    };
    EXPECT_NEAR(low(1e5 / 11.0), 0.012, bound(1e-3));
    EXPECT_NEAR(low(1e4 / 22.0), 0.029, bound(1e-3));
    EXPECT_NEAR(low(1e3 / 11.0), 0.047, bound(1e-3));
    EXPECT_LT(std::abs(low(1e12)), 1e-3);
}

// INS-V7. Small kappa (E8): G = pi kappa (1 - kappa/8), 0.31023 at 0.1; the next order is below 1e-3. Gamma <= pi R J
// always.
TEST(InsertionVerification, SmallKappaSeries) {
    for (const double exponent : {2.0, 3.0, 9.0, 12.0}) {
        EXPECT_NEAR(solve_cut(0.1, exponent).resistance, pi * 0.1 * (1.0 - 0.1 / 8.0), bound(1e-3) * pi * 0.1);
        EXPECT_NEAR(solve_cut(1e-6, exponent).resistance / (pi * 1e-6), 1.0 - 1e-6 / 8.0, bound(1e-10));
        for (const double kappa : {1e-8, 1e-3, 1.0, 30.0, 1e4})
            EXPECT_LE(solve_cut(kappa, exponent).resistance, pi * kappa);
    }
    EXPECT_EQ(solve_cut(0.0, 9.0).resistance, 0.0);
}

// INS-V8. Spreading share (E9): 0.1339 at kappa = 454.5, -> 1/(alpha - 1) = 1/8 as kappa -> inf; 1e-3 as the page
// states.
TEST(InsertionVerification, SpreadingShare) {
    const auto share = [](double kappa) {
        const Cut cut = solve_cut(kappa, alpha);
        return 1.0 - pi * kappa * cut.opening / cut.resistance;
    };
    EXPECT_NEAR(share(1e4 / 22.0), 0.1339, bound(1e-3));
    EXPECT_NEAR(share(1e10), 0.125, bound(1e-3));
}

// INS-V9. Flat punch (E10): table of 3.2.3 at 1e-3, and flat over sharp between 2.7 and 2.9 (2.70, 2.77, 2.91 printed).
TEST(InsertionVerification, FlatPunch) {
    const double rows[][3] = {{50e-6, 0.3987, 2.70}, {100e-6, 0.8974, 2.77}, {300e-6, 3.2937, 2.91}};
    for (const auto& [R, F, ratio] : rows) {
        const double flat = flat_punch_force(mu, alpha, J, R);
        EXPECT_NEAR(flat, F, bound(1e-3) * F) << R;
        EXPECT_NEAR(flat / cutting_force(mu, alpha, J, R), ratio, bound(0.005)) << R;
    }
}

// INS-V10. Neo-Hookean closed form (3.1.2): p_c = mu [ln(R/b) + (1 - b^2/R^2)/2], U = pi mu (R^2 - b^2) ln(R/b). Exact.
TEST(InsertionVerification, NeoHookeanClosedForm) {
    for (const double b : {0.01, 0.3, 0.9, 0.9999}) {
        EXPECT_NEAR(wall_pressure(b, 2.0), -std::log(b) + 0.5 * (1.0 - b * b), skin::test::round_off(5.0));
        EXPECT_NEAR(spreading_energy(b, 2.0), -pi * (1.0 - b * b) * std::log(b), skin::test::round_off(20.0));
    }
}

}  // namespace
