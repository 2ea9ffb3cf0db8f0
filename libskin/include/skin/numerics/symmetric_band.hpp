// Symmetric positive definite band matrices: LDL^T in place. The matrix of a diffusion step on a structured grid.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace skin::numerics {

/// Lower half of a symmetric matrix with `reach` diagonals below the main one, column after column.
class SymmetricBand {
public:
    SymmetricBand() = default;
    SymmetricBand(Eigen::Index size, int reach) { resize(size, reach); }

    void resize(Eigen::Index size, int reach);
    void set_zero();

    [[nodiscard]] Eigen::Index size() const noexcept { return size_; }
    [[nodiscard]] int reach() const noexcept { return reach_; }
    /// Column j from the diagonal down: column(j)[i - j] is row i.
    [[nodiscard]] double* column(Eigen::Index j) noexcept { return values_.data() + j * stride_; }
    [[nodiscard]] const double* column(Eigen::Index j) const noexcept { return values_.data() + j * stride_; }

    /// Replace the matrix by its factors. SolverError when a pivot is not positive against its own diagonal entry: then
    /// the matrix is not positive definite, or has no correct digit left.
    void factorise();
    /// After `factorise`: right-hand side in, solution out.
    void solve(Eigen::VectorXd& x) const;

private:
    // Columns are worked on in fours, in lanes of eight: each has room for the lanes that reach beyond its last entry.
    Eigen::Index size_ = 0, stride_ = 0;
    int reach_ = 0;
    std::vector<double> values_, inverse_;  // inverse_: of the pivots
    mutable std::vector<double> work_;
};

}  // namespace skin::numerics
