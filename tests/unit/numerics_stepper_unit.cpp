#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "skin/numerics/odeint_eigen.hpp"
#include "skin/numerics/tr_bdf2_stepper.hpp"
#include "support/tolerances.hpp"

namespace {

namespace odeint = boost::numeric::odeint;
using skin::numerics::SparseMatrix;
using skin::numerics::StepperSettings;
using skin::numerics::TrBdf2Stepper;
using skin::numerics::Vector;

void put(SparseMatrix& J, double value) {
    J.resize(1, 1);
    J.coeffRef(0, 0) = value;
}

/// x' = -x: decays to exp(-t).
struct Decay {
    void first(const Vector& x, Vector& dxdt, double) const { dxdt = -x; }
    void second(const Vector&, SparseMatrix& J, double) const { put(J, -1.0); }
    void quadrature(const Vector& x, Vector& rate, double) const { rate = x; }
};

Vector one() { return Vector::Ones(1); }

// The three loops of Odeint drive the stepper through std::ref and end at the asked time; the observer sees the times.
TEST(NumericsStepper, RunsInOdeintsIntegrateFunctions) {
    Decay decay;
    const StepperSettings settings{.atol = 1e-8, .rtol = 1e-8};
    const double allowed = skin::test::bound(1e-5);  // about 300 steps of 1e-8, ten times over
    {
        TrBdf2Stepper stepper(settings);
        Vector x = one();
        const auto steps = odeint::integrate_adaptive(std::ref(stepper), std::ref(decay), x, 0.0, 1.0, 1e-3);
        EXPECT_NEAR(x[0], std::exp(-1.0), allowed);
        EXPECT_EQ(static_cast<std::int64_t>(steps), stepper.statistics().accepted);
    }
    {
        TrBdf2Stepper stepper(settings);
        Vector x = one();
        const std::vector<double> times{0.0, 0.25, 1.0, 2.0};
        std::vector<double> seen;
        auto observe = [&](const Vector& y, double t) {
            seen.push_back(t);
            EXPECT_NEAR(y[0], std::exp(-t), allowed);
        };
        odeint::integrate_times(std::ref(stepper), std::ref(decay), x, times.begin(), times.end(), 1e-3,
                                std::ref(observe));
        EXPECT_EQ(seen, times);
    }
    {
        TrBdf2Stepper stepper(settings);
        Vector x = one();
        int calls = 0;
        auto observe = [&](const Vector&, double) { ++calls; };
        odeint::integrate_const(std::ref(stepper), std::ref(decay), x, 0.0, 1.0, 0.1, std::ref(observe));
        EXPECT_NEAR(x[0], std::exp(-1.0), allowed);
        EXPECT_EQ(calls, 11);
    }
}

// A linear invariant, here x + integral of x dt = 1, is kept to round-off because the quadrature has the step's own
// weights.
TEST(NumericsStepper, QuadratureKeepsALinearInvariant) {
    Decay decay;
    TrBdf2Stepper stepper(StepperSettings{.atol = 1e-3, .rtol = 1e-3});  // loose on purpose
    Vector x = one();
    odeint::integrate_adaptive(std::ref(stepper), std::ref(decay), x, 0.0, 3.0, 0.1);
    EXPECT_NEAR(x[0] + stepper.quadrature()[0], 1.0, skin::test::round_off(1.0));
}

// I - d dt J is exactly singular for J = 1/(d dt): an error that names time and step, never infinities.
TEST(NumericsStepper, SingularMatrixIsAnError) {
    const double dt = 0.5, d = 1.0 - std::sqrt(2.0) / 2.0;
    auto system = std::pair{[](const Vector& x, Vector& dxdt, double) { dxdt = x; },
                            [&](const Vector&, SparseMatrix& J, double) {
                                J.resize(2, 2);
                                for (int i = 0; i < 2; ++i) {
                                    for (int j = 0; j < 2; ++j)
                                        J.coeffRef(i, j) = 0.5 / (d * dt);  // I - d dt J = [[.5 -.5][-.5 .5]]
                                }
                            }};
    TrBdf2Stepper stepper;
    Vector x = Vector::Ones(2);
    double t = 1.0, step = dt;
    try {
        stepper.try_step(std::ref(system), x, t, step);
        FAIL() << "a singular matrix went unnoticed";
    } catch (const skin::SolverError& error) {
        EXPECT_NE(std::string{error.what()}.find("t = 1, dt = 0.5"), std::string::npos) << error.what();
    }
    EXPECT_EQ(x, Vector::Ones(2)) << "a failed step leaves the state alone";
    EXPECT_EQ(t, 1.0);
}

// A right-hand side that is never finite cannot be stepped over: the step underflows and says where.
TEST(NumericsStepper, UnderflowOfTheStepIsAnError) {
    auto system = std::pair{[](const Vector& x, Vector& dxdt, double t) { dxdt = x / (t < 1.0 ? 1.0 : 0.0); },
                            [](const Vector&, SparseMatrix& J, double) { put(J, 1.0); }};
    TrBdf2Stepper stepper;
    Vector x = one();
    try {
        odeint::integrate_adaptive(std::ref(stepper), std::ref(system), x, 0.0, 2.0, 0.1);
        FAIL() << "stepped over a pole";
    } catch (const skin::SolverError& error) {
        EXPECT_NE(std::string{error.what()}.find("underflows"), std::string::npos) << error.what();
    }
    double t = 0.0, dt = -1.0;
    EXPECT_THROW(stepper.try_step(std::ref(system), x, t, dt), skin::SolverError);
}

// One constant matrix: one Jacobian, one factorisation a step size, and per step 3 right-hand sides and 3 solves
// (first slope, one Newton iteration a stage; error filter).
TEST(NumericsStepper, CountsItsWork) {
    Decay decay;
    TrBdf2Stepper stepper(StepperSettings{.constant_jacobian = true});
    Vector x = one();
    for (int k = 0; k < 10; ++k) stepper.do_step(std::ref(decay), x, 0.1 * k, 0.1);
    stepper.do_step(std::ref(decay), x, 1.0, 0.2);
    const auto& work = stepper.statistics();
    EXPECT_EQ(work.accepted, 11);
    EXPECT_EQ(work.rejected, 0);
    EXPECT_EQ(work.jacobians, 1);
    EXPECT_EQ(work.factorisations, 2);
    EXPECT_EQ(work.rhs, 33);
    EXPECT_EQ(work.solves, 33);
}

// A step beyond dt_max is refused and shortened, so that integrate_* retries with dt_max.
TEST(NumericsStepper, RespectsTheLargestStep) {
    Decay decay;
    TrBdf2Stepper stepper(StepperSettings{.atol = 1.0, .rtol = 1.0, .dt_max = 0.05});
    Vector x = one();
    odeint::integrate_adaptive(std::ref(stepper), std::ref(decay), x, 0.0, 1.0, 0.5);
    EXPECT_GE(stepper.statistics().accepted, 20);
}

}  // namespace
