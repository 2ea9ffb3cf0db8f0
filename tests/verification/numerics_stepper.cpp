#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "skin/numerics/odeint_eigen.hpp"
#include "skin/numerics/tr_bdf2_stepper.hpp"
#include "support/tolerances.hpp"

namespace {

namespace odeint = boost::numeric::odeint;
using skin::numerics::BandMatrix;
using skin::numerics::BandTrBdf2Stepper;
using skin::numerics::SparseMatrix;
using skin::numerics::StepperSettings;
using skin::numerics::TrBdf2Stepper;
using skin::numerics::Vector;

/// u_t = u_xx on (0, 1) with u = 0 at both ends, second differences on n interior points.
struct Heat {
    Eigen::Index n;
    [[nodiscard]] double scale() const { return static_cast<double>((n + 1) * (n + 1)); }
    void first(const Vector& x, Vector& dxdt, double) const {
        dxdt.resize(n);
        for (Eigen::Index i = 0; i < n; ++i) {
            dxdt[i] = scale() * ((i > 0 ? x[i - 1] : 0.0) - 2.0 * x[i] + (i + 1 < n ? x[i + 1] : 0.0));
        }
    }
    void second(const Vector&, SparseMatrix& J, double) const {
        std::vector<Eigen::Triplet<double>> entries;
        for (int i = 0; i < n; ++i) {
            if (i > 0) entries.emplace_back(i, i - 1, scale());
            entries.emplace_back(i, i, -2.0 * scale());
            if (i + 1 < n) entries.emplace_back(i, i + 1, scale());
        }
        J.resize(n, n);
        J.setFromTriplets(entries.begin(), entries.end());
    }
    void second(const Vector&, BandMatrix& J, double) const {
        J.resize(n, 1);
        for (Eigen::Index i = 0; i < n; ++i) {
            if (i > 0) J(i, i - 1) = scale();
            J(i, i) = -2.0 * scale();
            if (i + 1 < n) J(i, i + 1) = scale();
        }
    }
    /// The lowest mode decays with this rate, exactly, in the discrete problem.
    [[nodiscard]] double rate() const {
        const double s = std::sin(std::numbers::pi / (2.0 * static_cast<double>(n + 1)));
        return 4.0 * scale() * s * s;
    }
    [[nodiscard]] Vector mode() const {
        return Vector::LinSpaced(n, 1.0, static_cast<double>(n)).unaryExpr([&](double i) {
            return std::sin(std::numbers::pi * i / static_cast<double>(n + 1));
        });
    }
};

template <class Stepper>
double heat_error(int steps) {
    Heat heat{49};
    Vector x = heat.mode();
    Stepper stepper(StepperSettings{.constant_jacobian = true});
    const double end = 0.1, dt = end / steps;
    for (int k = 0; k < steps; ++k) stepper.do_step(std::ref(heat), x, k * dt, dt);
    EXPECT_EQ(stepper.statistics().factorisations, 1) << "one step, one constant matrix, one factorisation";
    EXPECT_EQ(stepper.statistics().accepted, steps);
    return (x - std::exp(-heat.rate() * end) * heat.mode()).lpNorm<Eigen::Infinity>();
}

// NUM-V1. TR-BDF2 is of order 2 on the heat equation (Bank et al. 1985). The mode is an eigenvector of the discrete
// operator, so its exact decay is known and only the error in time is left: halving the step divides it by 4.
TEST(NumericsVerification, HeatEquationShowsOrderTwoInTime) {
    for (const auto& errors : {std::pair{heat_error<TrBdf2Stepper>(20), heat_error<TrBdf2Stepper>(40)},
                               std::pair{heat_error<BandTrBdf2Stepper>(20), heat_error<BandTrBdf2Stepper>(40)}}) {
        EXPECT_GE(std::log2(errors.first / errors.second), skin::test::order(2.0));
    }
}

// NUM-V11. The band and the sparse solver are two factorisations of one matrix: round-off apart, amplified by the
// condition of I - d dt J (about dt times the stiffness 4e4 x 2500 steps down to 1e-3: 1e2).
TEST(NumericsVerification, BandAndSparseSolversAgree) {
    Heat heat{49};
    Vector a = heat.mode() + Vector::Ones(49), b = a;
    TrBdf2Stepper sparse;
    BandTrBdf2Stepper band;
    for (int k = 0; k < 10; ++k) {
        sparse.do_step(std::ref(heat), a, 1e-3 * k, 1e-3);
        band.do_step(std::ref(heat), b, 1e-3 * k, 1e-3);
    }
    EXPECT_LE((a - b).lpNorm<Eigen::Infinity>(), skin::test::round_off(1e2));
}

// NUM-V2. NAFEMS benchmark T3: a bar of 0.1 m (k = 35 W/(m K), rho = 7200 kg/m3, c = 440.5 J/(kg K)) starts at 0 C, its
// left end stays at 0 C, its right end follows 100 sin(pi t/40) C; 0.02 m from that end it has 36.6 C at 32 s.
// The target is printed to 0.1 C: its own rounding, 0.05 C, is the tolerance. 100 cells and rtol 1e-5 are far finer.
TEST(NumericsVerification, NafemsT3ReachesItsTarget) {
    constexpr int n = 99;
    const double dx = 0.1 / (n + 1), D = 35.0 / (7200.0 * 440.5);
    const Heat unit{n};
    const double scale = D / (dx * dx) / unit.scale();
    auto system = std::pair{[&](const Vector& x, Vector& dxdt, double t) {
                                unit.first(x, dxdt, t);
                                dxdt *= scale;
                                dxdt[n - 1] += D / (dx * dx) * 100.0 * std::sin(std::numbers::pi * t / 40.0);
                            },
                            [&](const Vector& x, SparseMatrix& J, double t) {
                                unit.second(x, J, t);
                                J *= scale;
                            }};
    Vector x = Vector::Zero(n);
    TrBdf2Stepper stepper(StepperSettings{.atol = 1e-5, .rtol = 1e-5, .constant_jacobian = true});
    odeint::integrate_adaptive(std::ref(stepper), std::ref(system), x, 0.0, 32.0, 0.01);
    EXPECT_NEAR(x[79], 36.6, skin::test::bound(0.05));  // x[79] lies at 0.08 m
}

// NUM-V12. van der Pol at mu = 1000 from (2, 0) to t = 2000, across two jumps: y = 1.706167732170483 (test set for IVP
// solvers, problem VDPOL). Errors on the slow branch are damped, so at most they add up: steps x rtol x |y|.
TEST(NumericsVerification, VanDerPolIsFollowedAcrossItsJumps) {
    constexpr double mu = 1000.0;
    auto system = std::pair{[](const Vector& x, Vector& dxdt, double) {
                                dxdt.resize(2);
                                dxdt << x[1], mu * (1.0 - x[0] * x[0]) * x[1] - x[0];
                            },
                            [](const Vector& x, SparseMatrix& J, double) {
                                J.resize(2, 2);
                                J.reserve(Eigen::VectorXi::Constant(2, 2));
                                J.coeffRef(0, 0) = 0.0;
                                J.coeffRef(0, 1) = 1.0;
                                J.coeffRef(1, 0) = -2.0 * mu * x[0] * x[1] - 1.0;
                                J.coeffRef(1, 1) = mu * (1.0 - x[0] * x[0]);
                            }};
    Vector x(2);
    x << 2.0, 0.0;
    const StepperSettings settings{.atol = 1e-8, .rtol = 1e-6};
    TrBdf2Stepper stepper(settings);
    odeint::integrate_adaptive(std::ref(stepper), std::ref(system), x, 0.0, 2000.0, 1e-3);
    const double steps = static_cast<double>(stepper.statistics().accepted);
    EXPECT_NEAR(x[0], 1.706167732170483, skin::test::bound(steps * settings.rtol * 2.0));
    EXPECT_LT(steps, 20000) << "an explicit method would need millions of steps";
}

}  // namespace
