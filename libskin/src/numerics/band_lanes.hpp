// Eight narrow band matrices of one shape side by side, one a lane: several samples in the time of about one.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "numerics/lanes.hpp"
#include "skin/numerics/linear_solver.hpp"

namespace skin::numerics {

/// Value k of lane l stands at [lanes k + l]; so do the vectors that go with it, lanes x unknowns long.
class BandLanes {
public:
    static constexpr int widest = 5;  ///< reach up to which kernels are there

    void resize(Eigen::Index size, int reach);
    /// Entry by entry from eight matrices of this shape.
    void take(const BandMatrix* const (&each)[lanes]);

    [[nodiscard]] Eigen::Index size() const noexcept { return size_; }
    [[nodiscard]] int reach() const noexcept { return reach_; }
    [[nodiscard]] double* data() noexcept { return values_.data(); }
    [[nodiscard]] const double* data() const noexcept { return values_.data(); }

    void multiply(const Vector& x, Vector& y) const;

private:
    Eigen::Index size_ = 0;
    int reach_ = 0;
    std::vector<double> values_;
};

/// LU of I - c J without pivoting in every lane, as BandSolver has it; one that vanishes in one lane is an error.
class BandLanesSolver {
public:
    using Matrix = BandLanes;

    void analyse(const Matrix& J);
    void factorise(const Matrix& J, double c);
    void solve(Vector& x) const;

private:
    BandLanes lu_;
    std::vector<double> inverse_pivot_;
};

static_assert(LinearSolver<BandLanesSolver>);

}  // namespace skin::numerics
