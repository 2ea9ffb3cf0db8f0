// The 1-D column: donor, tissue over depth, channels as fins (docs/theory/transport.md 3.6). Finite volumes in u = C/K.
// The states are amounts over fixed reference storages, so that narrowing channels keep the mass to round-off.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "skin/numerics/grid.hpp"
#include "skin/numerics/linear_solver.hpp"
#include "transport/closing.hpp"
#include "transport/film.hpp"

namespace skin::transport {

using numerics::Vector;

/// What a cell is made of.
struct Medium {
    double diffusivity = 0.0;  ///< [m^2/s]
    double partition = 1.0;    ///< [1]
    double potential = 1.0;    ///< [1] theta: theta u is what is continuous
    double clearance = 0.0;    ///< [1/s] of the total amount
    bool wall_open = true;     ///< [1] channels exchange with it (not with stratum corneum)
};

/// Tissue over depth, the donor above it and what lies below.
struct Column {
    numerics::Grid grid;
    std::vector<Medium> medium;         ///< (cell)
    Eigen::VectorXd border_resistance;  ///< [s/m] (cell + 1) at the upper face of a cell, in u of the cell above
    bool sink = false;                  ///< u = 0 at the base, else no flux
    double donor_thickness = 0.0;       ///< [m] h_v; 0: no donor
    double donor_resistance = 0.0;      ///< [s/m] at the surface, on top of the first half cell
    Film film;                          ///< how it dries, saturates and evaporates

    [[nodiscard]] Eigen::Index cells() const noexcept { return grid.size(); }
};

/// Channels of one class. Cells 0 ... reach - 1 are open.
struct ChannelFamily {
    double density = 0.0;            ///< [1/m^2] n
    Eigen::Index reach = 0;          ///< cells that the channel passes
    Eigen::VectorXd area;            ///< [m^2] (reach) mean cross-section of one channel in a cell, at withdrawal
    Eigen::VectorXd cell_radius;     ///< [m] (reach) b: radius of the tissue cylinder that drains into it
    Eigen::VectorXd diffusivity;     ///< [m^2/s] (reach) D_p H of its fluid
    double mouth_radius = 0.0;       ///< [m]
    double floor_radius = 0.0;       ///< [m]
    double focus = 0.0;              ///< [m] half the distance of the foci of its mouth, if that is an ellipse
    double donor_diffusivity = 0.0;  ///< [m^2/s] D_v; 0: no access resistance
    bool jammed = false;             ///< nothing enters at the mouth
    ClosingCourse course;
};

/// Radius b of the cell of one channel among all that reach a depth; sorts the families deepest first.
void arrange(std::vector<ChannelFamily>& families);

/// [m/s] (cell + 1) conductance per area through the tissue at each face: [0] from the donor into the skin (activity of
/// the donor against theta u), inner faces (theta u of both sides), [cells] to an empty receptor (against u).
[[nodiscard]] Vector face_conductance(const Column& column, const Vector& tissue_share, bool donor_on);

/// The same from what never changes: [s/m] theta times the resistance of each half cell were all of it tissue.
[[nodiscard]] Vector half_cells(const Column& column);
void face_conductance(const Column& column, const Vector& half_cells, const Vector& tissue_share, bool donor_on,
                      Vector& conductance);

/// Where the unknowns lie: donor, then per cell the tissue and the families that reach it, deepest family first.
class Layout {
public:
    Layout() = default;
    Layout(Eigen::Index cells, const std::vector<ChannelFamily>& families);

    [[nodiscard]] Eigen::Index size() const noexcept { return size_; }
    [[nodiscard]] int reach() const noexcept { return band_; }
    [[nodiscard]] static constexpr Eigen::Index donor() noexcept { return 0; }
    [[nodiscard]] Eigen::Index tissue(Eigen::Index cell) const noexcept {
        return first_[static_cast<std::size_t>(cell)];
    }
    [[nodiscard]] Eigen::Index channel(std::size_t family, Eigen::Index cell) const noexcept {
        return tissue(cell) + 1 + static_cast<Eigen::Index>(family);
    }

private:
    std::vector<Eigen::Index> first_;
    Eigen::Index size_ = 0;
    int band_ = 1;
};

/// A of one moment, and what it loses (`Lost`), in m/s.
struct ColumnOperator {
    numerics::BandMatrix matrix;
    Vector clearing;           ///< [m/s] (unknown) clearance times reference storage
    double base = 0.0;         ///< [m/s] of the last tissue cell
    Eigen::Index last = 0;     ///< that cell's unknown
    Vector taking;             ///< [m/s] (first unknowns) out of the donor into skin and channels
    double evaporating = 0.0;  ///< [m/s] into the air
    Eigen::Index surface = 0;  ///< the unknown that loses it: donor, or first tissue cell

    void multiply(const Vector& x, Vector& y) const { matrix.multiply(x, y); }
    void losses(const Vector& x, Vector& rate) const {
        rate.resize(n_lost);
        rate[lost_cleared] = clearing.dot(x);
        rate[lost_at_base] = base * x[last];
        rate[lost_into_skin] = taking.dot(x.head(taking.size()));
        rate[lost_into_air] = evaporating * x[surface];
    }
};

/// The linear system of one stretch of time: dx/dt = A(t) x, x = amount/(reference storage x reference concentration).
/// Families must be sorted deepest first.
class ColumnSystem {
public:
    /// `donor_on`: the product touches skin and mouths.
    ColumnSystem(const Column& column, std::vector<ChannelFamily> families, bool donor_on);

    /// A(t), for the Rosenbrock stepper.
    const ColumnOperator& at(double t) {
        assemble(t);
        return operator_;
    }

    // Odeint's implicit system with quadrature of what it loses (`Lost`), in m.
    void first(const Vector& x, Vector& dxdt, double t);
    void second(const Vector& x, numerics::BandMatrix& J, double t);
    void quadrature(const Vector& x, Vector& rate, double t);

    [[nodiscard]] const Layout& layout() const noexcept { return layout_; }
    [[nodiscard]] const Column& column() const noexcept { return column_; }
    [[nodiscard]] const std::vector<ChannelFamily>& families() const noexcept { return families_; }
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
    /// [m] reference storage: amount per area = storage x state x reference concentration.
    [[nodiscard]] const Vector& storage() const noexcept { return storage_; }
    /// [1] (unknown) activity u, or fluid concentration, over state at time t.
    [[nodiscard]] Vector activity_factor(double t);
    /// [1] share of the area that is tissue, by cell, at time t.
    [[nodiscard]] const Vector& tissue_share(double t);
    /// [1] share of the area that is channel of one family, by cell, at time t.
    [[nodiscard]] double channel_share(std::size_t family, Eigen::Index cell) const noexcept;

private:
    void assemble(double t);
    void narrow(std::size_t family);
    void dilute();
    void link(Eigen::Index i, Eigen::Index j, double conductance, double potential_i, double potential_j);
    void carry(Eigen::Index from, Eigen::Index to, double rate);
    void tissue_links();
    void channel_links(std::size_t family);
    void close_donor();

    /// One family's parts that do not change with time, or only when it narrows.
    struct Fins {
        Vector log_ratio;  // ln(b/a) at withdrawal
        Vector share;      // n A(t) by cell
        Vector wall;       // [m/s] conductance between channel and tissue of a cell
        Vector half;       // [s/m] resistance of half a cell of channel
    };

    Column column_;
    std::vector<ChannelFamily> families_;
    std::vector<ChannelMoment> moments_;
    Layout layout_;
    bool donor_on_ = false, constant_ = true, held_ = false;
    double assembled_at_ = std::numeric_limits<double>::quiet_NaN();
    ColumnOperator operator_;
    numerics::BandMatrix standing_;            // what only a change of width or depth changes
    Vector storage_, per_storage_, dilution_;  // reference storage; 1 over it; reference over present storage
    Vector tissue_share_, half_, face_;
    std::vector<Fins> fins_;
};

/// [m^3/s] per channel, over unit concentration in its fluid: tissue term of the series form, wall and floor held at 1,
/// sink at the base, steady (5.6).
[[nodiscard]] double held_channel_conductance(const Column& column, const ChannelFamily& family);

}  // namespace skin::transport
