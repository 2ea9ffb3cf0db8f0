// The layered column: donor and tissue over depth, channels only as conductances from the donor into the tissue beside
// them (docs/theory/transport.md 3.6, quasi-steady fins). The donor touches many cells, so the matrix is no narrow
// band.
#pragma once

#include <vector>

#include "skin/numerics/linear_solver.hpp"
#include "transport/column.hpp"

namespace skin::transport {

/// A of one moment, and what it loses (`Lost`), in m/s.
struct LayeredOperator {
    numerics::SparseMatrix matrix;
    Vector clearing, taking;
    double base = 0.0, evaporating = 0.0;
    Eigen::Index surface = 0;  ///< the unknown that evaporates

    void multiply(const Vector& x, Vector& y) const { y = matrix * x; }
    void losses(const Vector& x, Vector& rate) const;
};

class LayeredSystem {
public:
    LayeredSystem(const Column& column, std::vector<ChannelFamily> families, bool donor_on);

    /// A(t), for the Rosenbrock stepper.
    const LayeredOperator& at(double t) {
        assemble(t);
        return operator_;
    }

    void first(const Vector& x, Vector& dxdt, double t);
    void second(const Vector& x, numerics::SparseMatrix& J, double t);
    void quadrature(const Vector& x, Vector& rate, double t);

    [[nodiscard]] const Column& column() const noexcept { return column_; }
    [[nodiscard]] bool constant() const noexcept { return constant_; }
    [[nodiscard]] const Film& film() const noexcept { return column_.film; }
    [[nodiscard]] double donor_thickness() const noexcept { return column_.donor_thickness; }
    [[nodiscard]] bool donor_on() const noexcept { return donor_on_; }
    [[nodiscard]] bool held() const noexcept { return held_; }
    /// From now on the donor's state is its activity and stays what it is (or no longer).
    void hold(bool held) noexcept {
        held_ = held;
        assembled_at_ = std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] const Vector& storage() const noexcept { return storage_; }  ///< [m] (donor, cells)

private:
    void assemble(double t);

    Column column_;
    std::vector<ChannelFamily> families_;
    bool donor_on_ = false, constant_ = true, held_ = false;
    double assembled_at_ = std::numeric_limits<double>::quiet_NaN();
    LayeredOperator operator_;
    std::vector<Eigen::Triplet<double>> entries_;
    Vector storage_, tissue_share_;
};

/// [m^3/s] (cell) conductance of one channel from the donor into the tissue beside it: access, plug and the fin
/// G = sqrt(pi a^2 D_p H g) tanh(m L_p) in series, shared out along the fin's own profile.
[[nodiscard]] Vector fin_conductances(const Column& column, const ChannelFamily& family, const ChannelMoment& moment);

}  // namespace skin::transport
