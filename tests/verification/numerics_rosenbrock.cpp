// ROS34PW2 on linear systems, and the symmetric band solver under it.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <random>

#include "skin/numerics/rosenbrock_stepper.hpp"
#include "skin/numerics/symmetric_band.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin::numerics;
using skin::test::bound;

/// A dense matrix that loses what its columns do not keep.
struct Dense {
    Eigen::MatrixXd A;
    void multiply(const Vector& x, Vector& y) const { y = A * x; }
    void losses(const Vector& x, Vector& rate) const { rate = Vector::Constant(1, -(A * x).sum()); }
};
/// Solves with a share of the matrix's lower left part only: a W-method does not mind.
template <int kept>
struct DenseSolver {
    using Matrix = Dense;
    Eigen::PartialPivLU<Eigen::MatrixXd> lu;
    void analyse(const Dense&) {}
    void factorise(const Dense& J, double c) {
        Eigen::MatrixXd part = J.A;
        if (kept == 0) part.triangularView<Eigen::StrictlyLower>().setZero();
        lu.compute(Eigen::MatrixXd::Identity(part.rows(), part.cols()) - c * part);
    }
    void solve(Vector& x) { x = lu.solve(x).eval(); }
};

/// A(t) = (1 + sin t/2) M: x(t) = exp((t + (1 - cos t)/2) M) x(0).
struct Swinging {
    Eigen::MatrixXd M;
    Dense now;
    const Dense& at(double t) {
        now.A = (1.0 + 0.5 * std::sin(t)) * M;
        return now;
    }
};
Swinging swinging() {
    Swinging s;
    s.M.resize(3, 3);
    s.M << -1.0, 0.5, 0.1, 0.6, -1.5, 0.4, 0.2, 0.9, -0.8;
    return s;
}
Vector exact(const Swinging& s, const Vector& x, double t) {
    const Eigen::EigenSolver<Eigen::MatrixXd> eigen(s.M);
    const Eigen::VectorXcd grown = ((t + 0.5 * (1.0 - std::cos(t))) * eigen.eigenvalues()).array().exp();
    const Eigen::MatrixXcd V = eigen.eigenvectors();
    return (V * grown.asDiagonal() * V.inverse() * x).real();
}

template <class Solver>
double error_with(int steps) {
    Swinging s = swinging();
    Vector x(3);
    x << 1.0, -0.5, 2.0;
    const Vector end = exact(s, x, 2.0);
    RosenbrockStepper<Solver> stepper;
    for (int k = 0; k < steps; ++k) stepper.do_step(s, x, 2.0 * k / steps, 2.0 / steps);
    return (x - end).norm();
}

// TRN-N13. Order 3 on a system whose matrix changes with time, against its matrix exponential; also when the solver
// leaves a part of the matrix out. Sum of the state and of what it lost stays to round-off over 40 steps (a solver that
// leaves out something that does not keep the sum itself would not keep it).
TEST(RosenbrockVerification, OrderThreeAlsoWithAnIncompleteMatrix) {
    EXPECT_GE(std::log2(error_with<DenseSolver<1>>(80) / error_with<DenseSolver<1>>(160)), skin::test::order(3.0));
    EXPECT_GE(std::log2(error_with<DenseSolver<0>>(80) / error_with<DenseSolver<0>>(160)), skin::test::order(3.0));
    Swinging s = swinging();
    Vector x(3);
    x << 1.0, -0.5, 2.0;
    const double before = x.sum();
    RosenbrockStepper<DenseSolver<1>> stepper;
    for (int k = 0; k < 40; ++k) stepper.do_step(s, x, 0.05 * k, 0.05);
    EXPECT_NEAR(x.sum() + stepper.quadrature()[0], before, skin::test::round_off(40.0));
}

// TRN-N14. Symmetric band against a dense solver, sizes and reaches around the four columns and eight lanes that it
// works in: random diagonally dominant matrices, condition below 10, so round-off. A matrix that is not positive
// definite is refused with the row.
TEST(SymmetricBandVerification, SolvesLikeADenseSolver) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> uniform(-1.0, 1.0);
    for (const int n : {1, 2, 3, 4, 5, 8, 13, 40, 83}) {
        for (const int reach : {1, 2, 3, 4, 7, 8, 9, 16, 29}) {
            if (reach >= n && n > 1) continue;
            SymmetricBand band(n, reach);
            Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(n, n);
            for (int j = 0; j < n; ++j) {
                for (int i = j; i < std::min(n, j + reach + 1); ++i) {
                    const double value = i == j ? 2.0 * reach + 2.0 + uniform(random) : uniform(random);
                    dense(i, j) = dense(j, i) = band.column(j)[i - j] = value;
                }
            }
            const Eigen::VectorXd right = Eigen::VectorXd::NullaryExpr(n, [&] { return uniform(random); });
            Eigen::VectorXd x = right;
            band.factorise();
            band.solve(x);
            EXPECT_LE((dense * x - right).lpNorm<Eigen::Infinity>(), skin::test::round_off(10.0)) << n << " " << reach;
        }
    }
    SymmetricBand bad(6, 2);
    for (int j = 0; j < 6; ++j) {
        bad.column(j)[0] = 1.0;
        if (j < 5) bad.column(j)[1] = -1.0;
    }
    try {
        bad.factorise();
        FAIL() << "accepted";
    } catch (const skin::SolverError& error) {
        EXPECT_NE(std::string{error.what()}.find("in row 1"), std::string::npos) << error.what();
    }
}

}  // namespace
