// The two linear solvers of the implicit stepper: any sparse matrix, and narrow bands. Both factorise I - c J.
#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <vector>

#include "skin/core/error.hpp"

namespace skin::numerics {

using Vector = Eigen::VectorXd;
using SparseMatrix = Eigen::SparseMatrix<double>;  // column-major, int indices, fixed pattern preferred

/// Solves (I - c J) x = b for one J and c, many b. `analyse` looks at the pattern once, `factorise` at the values.
template <class S>
concept LinearSolver = std::default_initializable<S> &&
    requires(S& solver, const typename S::Matrix& J, double c, Vector& x) {
    solver.analyse(J);
    solver.factorise(J, c);  // SolverError when I - c J is singular
    solver.solve(x);         // right-hand side in, solution out
};

/// Eigen::SparseLU. Its scratch matrix cannot be copied, so neither can a stepper that owns one: pass std::ref.
class SparseLuSolver {
public:
    using Matrix = SparseMatrix;

    void analyse(const Matrix& J) {
        identity_.resize(J.rows(), J.cols());
        identity_.setIdentity();
        shifted_ = identity_ - 0.0 * J;  // the pattern of J and the diagonal
        shifted_.makeCompressed();
        lu_.analyzePattern(shifted_);
        entries_ = J.nonZeros();
    }

    void factorise(const Matrix& J, double c) {
        if (shifted_.rows() != J.rows() || entries_ != J.nonZeros()) analyse(J);
        shifted_ = identity_ - c * J;
        shifted_.makeCompressed();
        lu_.factorize(shifted_);
        if (lu_.info() != Eigen::Success) {
            throw SolverError(text("sparse LU of I - c J failed at c = %g: %s", c, lu_.lastErrorMessage().c_str()));
        }
    }

    void solve(Vector& x) {
        const double before = x.lpNorm<Eigen::Infinity>();
        x = lu_.solve(x).eval();
        // Rounding hides an exact zero among the pivots; the solution then has no correct digit left.
        if (lu_.info() != Eigen::Success || !(x.lpNorm<Eigen::Infinity>() <= 1e13 * before)) {
            throw SolverError("sparse LU: I - c J is singular to working precision");
        }
    }

private:
    SparseMatrix identity_, shifted_;
    Eigen::SparseLU<SparseMatrix> lu_;
    Eigen::Index entries_ = -1;
};

/// Square matrix with `reach` diagonals on each side of the main one, row after row.
class BandMatrix {
public:
    BandMatrix() = default;
    BandMatrix(Eigen::Index size, int reach) { resize(size, reach); }

    void resize(Eigen::Index size, int reach) {
        size_ = size;
        reach_ = reach;
        values_.assign(static_cast<std::size_t>(size) * static_cast<std::size_t>(2 * reach + 1), 0.0);
    }
    void set_zero() { std::fill(values_.begin(), values_.end(), 0.0); }

    [[nodiscard]] Eigen::Index size() const noexcept { return size_; }
    [[nodiscard]] int reach() const noexcept { return reach_; }
    /// Row i starts at column i - reach.
    [[nodiscard]] double* row(Eigen::Index i) noexcept { return values_.data() + i * (2 * reach_ + 1); }
    [[nodiscard]] const double* row(Eigen::Index i) const noexcept { return values_.data() + i * (2 * reach_ + 1); }
    [[nodiscard]] double& operator()(Eigen::Index i, Eigen::Index j) noexcept { return row(i)[j - i + reach_]; }
    [[nodiscard]] double operator()(Eigen::Index i, Eigen::Index j) const noexcept { return row(i)[j - i + reach_]; }

    /// y = A x
    void multiply(const Vector& x, Vector& y) const;

private:
    Eigen::Index size_ = 0;
    int reach_ = 0;
    std::vector<double> values_;
};

/// LU of a band without pivoting: for I - c J of diffusion, which is diagonally dominant. A pivot that vanishes against
/// its own row is reported, never divided by.
class BandSolver {
public:
    using Matrix = BandMatrix;

    void analyse(const Matrix& J) {
        lu_.resize(J.size(), J.reach());
        inverse_pivot_.resize(J.size());
    }
    void factorise(const Matrix& J, double c);
    void solve(Vector& x) const;

private:
    BandMatrix lu_;
    Vector inverse_pivot_;
};

static_assert(LinearSolver<SparseLuSolver> && LinearSolver<BandSolver>);

}  // namespace skin::numerics
