// The unit cell: one channel in its cylinder of tissue, under a stirred donor (docs/theory/transport.md 3.5). Finite
// volumes in u = C/K on a structured (r, z) grid; faces that the wall cuts are laminates. Around a slit the rings are
// confocal ellipses and r is the radius of the circle of their area (3.6).
#pragma once

#include <limits>
#include <vector>

#include "skin/numerics/grid.hpp"
#include "skin/numerics/linear_solver.hpp"
#include "skin/numerics/symmetric_band.hpp"
#include "transport/column.hpp"

namespace skin::transport {

/// Geometry and media; z down, rows are cells of `axial`, rings cells of `radial`.
struct UnitCell {
    numerics::Grid radial, axial;
    std::vector<Medium> medium;         ///< (row) of the tissue; a border between two potentials lies between rows
    Eigen::VectorXd border_resistance;  ///< [s/m] (row + 1) at the upper face of a row
    bool sink = false;                  ///< u = 0 at the base, else no flux
    double donor_thickness = 0.0;       ///< [m] 0: no donor
    double donor_resistance = 0.0;      ///< [s/m] between donor and tissue; infinite: sealed beside the mouth
    double depth = 0.0;                 ///< [m] of the channel at withdrawal, on an edge of `axial`; 0: no channel
    Eigen::VectorXd edge_radius;        ///< [m] (row + 1) of the channel at the edges of `axial` down to `depth`
    Eigen::VectorXd centre_radius;      ///< [m] (row) at the middle of each row
    Eigen::VectorXd diffusivity;        ///< [m^2/s] (row) of the channel's fluid
    double donor_diffusivity = 0.0;     ///< [m^2/s] D_v; 0: no access resistance
    bool jammed = false;                ///< nothing enters at the mouth
    ClosingCourse course;
    Film film;           ///< how the donor dries, saturates and evaporates
    double focus = 0.0;  ///< [m] half the distance of the foci of a slit's ellipses; 0: round

    /// [1] how far two rings lie apart, as a resistance: ln(r1/r0) of circles, the same of confocal ellipses.
    [[nodiscard]] double apart(double r0, double r1) const noexcept;
    /// [1] elliptic coordinate mu of the ring of area pi r^2: semi-axes focus cosh(mu) and focus sinh(mu).
    [[nodiscard]] double along_gape(double r) const noexcept;
    [[nodiscard]] Eigen::Index rings() const noexcept { return radial.size(); }
    [[nodiscard]] Eigen::Index rows() const noexcept { return axial.size(); }
};

/// A of one moment. Unknown 0 is the donor, then row after row; amounts per area over reference storages.
struct CellOperator {
    Eigen::Index rings = 0;
    Vector per_storage;       ///< [1/m] (unknown) 1 over the reference storage
    Vector storage;           ///< [m] (unknown) present storage: amount over activity
    Vector dilution;          ///< [1] (unknown) reference storage over present one
    Vector top;               ///< [m/s] (ring) donor to first row
    Vector radial, axial;     ///< [m/s] (unknown) to the next ring, to the next row; 0 where there is none
    Vector loss;              ///< [m/s] (unknown) clearing and base
    Vector clearing;          ///< [m/s] (unknown) clearance, per state
    Vector base;              ///< [m/s] (ring) to an empty receptor, per state
    Vector excess;            ///< [m/s] (ring) by which the lower side of `border` counts more (ionisation)
    Eigen::Index border = 0;  ///< row above that border
    Vector evaporating;       ///< [m/s] (ring) of bare skin into the air, per state; empty: none
    double drying = 0.0;      ///< [m/s] of the donor's active into the air, per state
    bool held = false;        ///< the donor's state is its activity and stays what it is
    Vector rise;              ///< [m/s] (unknown) fluid that carries its solute into the row above

    /// No ionisation, and fluid that rises slowly enough to be left to the explicit part of a step (c = gamma dt):
    /// speed^2 c below a quarter of the diffusivity, for every face. Then storage + c conductances is all of I - c A.
    [[nodiscard]] bool symmetric(double c) const;
    void multiply(const Vector& x, Vector& dxdt) const;
    void losses(const Vector& x, Vector& rate) const;

private:
    mutable Vector u_;
};

/// I - c A: symmetric band when A allows it, else a general band. The stepper is a W-method: what the symmetric matrix
/// leaves out costs no order.
class CellSolver {
public:
    using Matrix = CellOperator;
    void analyse(const Matrix& A);
    void factorise(const Matrix& A, double c);
    void solve(Vector& x) const;

private:
    void fill_symmetric(const Matrix& A, double c);
    void fill_general(const Matrix& A);

    bool symmetric_ = true;
    Vector reference_, per_dilution_;
    numerics::SymmetricBand band_;
    numerics::BandMatrix general_;
    numerics::BandSolver lu_;
};

/// dx/dt = A(t) x of one unit cell. Amounts per area of the cell.
class UnitCellSystem {
public:
    UnitCellSystem(UnitCell cell, bool donor_on);

    const CellOperator& at(double t);
    void quadrature(const Vector& x, Vector& rate, double t) { at(t).losses(x, rate); }

    [[nodiscard]] const UnitCell& cell() const noexcept { return cell_; }
    [[nodiscard]] bool constant() const noexcept { return cell_.course.constant() && !dries(); }
    [[nodiscard]] const Film& film() const noexcept { return cell_.film; }
    [[nodiscard]] double donor_thickness() const noexcept { return cell_.donor_thickness; }
    [[nodiscard]] bool donor_on() const noexcept { return donor_on_; }
    [[nodiscard]] bool held() const noexcept { return operator_.held; }
    /// From now on the donor's state is its activity and stays what it is (or no longer).
    void hold(bool held) noexcept {
        operator_.held = held;
        assembled_at_ = std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] Eigen::Index size() const noexcept { return storage_.size(); }
    [[nodiscard]] Eigen::Index unknown(Eigen::Index row, Eigen::Index ring) const noexcept {
        return 1 + row * cell_.rings() + ring;
    }
    /// [m] reference storage: amount per area = storage x state x reference concentration.
    [[nodiscard]] const Vector& storage() const noexcept { return storage_; }
    /// [m] (unknown) of a cell's volume over the area of the unit cell that is channel at the time of the last `at`.
    [[nodiscard]] const Vector& channel_volume() const noexcept { return inside_; }
    /// [m] (unknown) whole volume over the area.
    [[nodiscard]] const Vector& volume() const noexcept { return volume_; }

private:
    void assemble(double t);
    [[nodiscard]] bool dries() const noexcept { return donor_on_ && cell_.film.dries(); }
    void donor_storage(double t);
    void volumes(const ChannelMoment& m);
    void tissue_conductances();
    void channel_conductances(const ChannelMoment& m);
    void moving_fluid(const ChannelMoment& m);
    [[nodiscard]] double open_radius(Eigen::Index row, double z) const;

    UnitCell cell_;
    bool donor_on_ = false;
    double assembled_at_ = std::numeric_limits<double>::quiet_NaN();
    double area_ = 0.0;
    Vector storage_, volume_, inside_, log_step_;
    Vector tissue_top_, tissue_radial_, tissue_axial_, tissue_excess_;
    ChannelMoment moment_;
    CellOperator operator_;
};

}  // namespace skin::transport
