// Channels that close, against solutions that are made up: sources put in by hand keep a smooth field that is known.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "support/tolerances.hpp"
#include "support/transport_t1.hpp"
#include "transport/cell_grid.hpp"
#include "transport/unit_cell.hpp"

namespace {

using namespace skin::transport;
using skin::test::bound;
constexpr double pi = std::numbers::pi;

double order(double expected) { return expected - 0.1 * skin::test::tolerance_scale(); }

/// u = 1 + T(t) cos(pi z/H) R(r, t) in a cylinder with a channel of radius a(t) through all of it. R has no slope at
/// the axis, at the wall on both sides and at the border, so that nothing crosses the wall whatever the diffusivities;
/// its bend jumps there, and so does the source.
struct MadeUp {
    double H = 2.0, b = 1.0, a_0 = 0.2, narrowing = 0.0, D_in = 5.0, D_out = 1.0, giving_way = 0.0;

    [[nodiscard]] double a(double t) const { return a_0 * (1.0 - narrowing * t); }
    [[nodiscard]] double fluid(double t) const { return 1.0 - giving_way * t; }
    [[nodiscard]] static double T(double t) { return 1.0 + 0.5 * std::sin(3.0 * t); }
    [[nodiscard]] bool inside(double r, double t) const { return r < a(t); }
    [[nodiscard]] double R(double r, double t) const {
        return inside(r, t) ? -std::cos(pi * r / a(t)) : std::cos(pi * (r - a(t)) / (b - a(t)));
    }
    [[nodiscard]] double u(double r, double z, double t) const { return 1.0 + T(t) * std::cos(pi * z / H) * R(r, t); }
    /// What must be put in: du/dt - div(D grad u).
    [[nodiscard]] double source(double r, double z, double t) const {
        const double k = inside(r, t) ? pi / a(t) : pi / (b - a(t)), sign = inside(r, t) ? -1.0 : 1.0;
        const double phase = inside(r, t) ? k * r : k * (r - a(t));
        const double bend = -sign * k * (k * std::cos(phase) + std::sin(phase) / r);  // (1/r) d/dr(r dR/dr)
        const double D = inside(r, t) ? D_out + (D_in - D_out) * fluid(t) : D_out;
        const double Z = std::cos(pi * z / H);
        // d/dt of T R at a fixed place, the wall on its way: the phase is what depends on a.
        const double wall = -a_0 * narrowing;                                                           // da/dt
        const double turning = inside(r, t) ? -k * r / a(t) * wall : (-k + phase / (b - a(t))) * wall;  // dphase/dt
        const double dR = -sign * std::sin(phase) * turning;
        const double rate = 1.5 * std::cos(3.0 * t) * R(r, t) + T(t) * dR;
        return Z * (rate - D * T(t) * (bend - pi * pi / (H * H) * R(r, t)));
    }

    /// Means over the cells, rings cut in two at the wall; three Gauss points each way.
    template <class F>
    Vector means(const UnitCellSystem& system, double t, F&& f) const {
        constexpr double at[3] = {0.11270166537925831, 0.5, 0.88729833462074169}, weight[3] = {5.0, 8.0, 5.0};
        const UnitCell& cell = system.cell();
        Vector mean = Vector::Zero(system.size());
        for (Eigen::Index i = 0; i < cell.rings(); ++i) {
            const double q0 = std::pow(cell.radial.edge[i], 2), q1 = std::pow(cell.radial.edge[i + 1], 2);
            const double wall = std::clamp(a(t) * a(t), q0, q1);
            for (const auto& [from, to] : {std::pair{q0, wall}, std::pair{wall, q1}}) {
                for (int s = 0; s < 3 && to > from; ++s) {
                    const double r = std::sqrt(from + at[s] * (to - from)), share = (to - from) / (q1 - q0);
                    for (Eigen::Index j = 0; j < cell.rows(); ++j) {
                        for (int v = 0; v < 3; ++v) {
                            const double z = cell.axial.edge[j] + at[v] * cell.axial.width(j);
                            mean[system.unknown(j, i)] += share * weight[s] * weight[v] / 324.0 * f(r, z);
                        }
                    }
                }
            }
        }
        return mean;
    }
};

/// Equal cells, twenty times `refine` along the border: the wall starts on an edge and moves through them.
UnitCell cell_of(const MadeUp& made, int refine, double end) {
    UnitCell cell;
    cell.radial = skin::numerics::make_grid({0.0, made.b}, {20 * refine}, skin::numerics::Spacing::equal);
    cell.axial = skin::numerics::make_grid({0.0, made.H}, {10 * refine}, skin::numerics::Spacing::equal);
    cell.depth = made.H;
    cell.edge_radius = Vector::Constant(cell.rows() + 1, made.a_0);
    cell.centre_radius = Vector::Constant(cell.rows(), made.a_0);
    cell.border_resistance = Vector::Zero(cell.rows() + 1);
    cell.medium.assign(static_cast<std::size_t>(cell.rows()), Medium{made.D_out, 1.0, 1.0, 0.0, true});
    cell.diffusivity = Vector::Constant(cell.rows(), made.D_in);
    const Vector time = Vector::LinSpaced(101, 0.0, end);
    if (made.giving_way > 0.0) {
        cell.course = ClosingCourse(time, (1.0 - made.giving_way * time.array()).matrix());
    } else {
        skin::Closure closure;
        closure.time = time;
        closure.radius_fraction = (1.0 - made.narrowing * time.array()).matrix();
        closure.depth_fraction = skin::RowMatrix::Ones(101, 1);
        closure.plug_conductance = skin::RowMatrix::Ones(101, 1);
        skin::Barrier stiff;  // nothing is expelled: what closes stays where it is
        stiff.early_recoil = stiff.late_recoil;
        cell.course = ClosingCourse(closure, 0, stiff, 0.0, true);
    }
    return cell;
}

/// Root mean square of the error at the end. Implicit midpoint rule, whose steps are halved with the cells: order 2 in
/// time and space together.
double error_of(const MadeUp& made, int refine, int steps, double end) {
    UnitCellSystem system(cell_of(made, refine, end), false);
    CellSolver solver;
    Vector x = made.means(system, 0.0, [&](double r, double z) { return made.u(r, z, 0.0); }), rate;
    const double dt = end / steps;
    for (int k = 0; k < steps; ++k) {
        const double middle = (k + 0.5) * dt;
        const CellOperator& A = system.at(middle);
        solver.factorise(A, 0.5 * dt);
        A.multiply(x, rate);
        rate += made.means(system, middle, [&](double r, double z) { return made.source(r, z, middle); });
        solver.solve(rate);
        x += dt * rate;
    }
    const Vector off = x - made.means(system, end, [&](double r, double z) { return made.u(r, z, end); });
    return std::sqrt(off.cwiseProduct(system.volume()).dot(off) / system.volume().sum());
}

// TRN-N15. A manufactured solution on a channel that closes, order in space and time together. Tissue takes the place
// of the fluid (T1's closing): order 2. A wall that moves through the grid: 2 less a tenth, since faces that it cuts
// are first order on a set of cells that shrinks with the grid.
TEST(TransportVerification, ManufacturedSolutionOnAClosingChannel) {
    for (const bool narrows : {false, true}) {
        MadeUp made;
        (narrows ? made.narrowing : made.giving_way) = 1.0;
        constexpr double end = 0.5;
        std::vector<double> error;
        for (const int refine : {1, 2, 4}) error.push_back(error_of(made, refine, 20 * refine, end));
        for (std::size_t k = 0; k + 1 < error.size(); ++k) {
            EXPECT_GE(std::log2(error[k] / error[k + 1]), order(narrows ? 1.9 : 2.0))
                << "narrows " << narrows << ": " << error[k] << " " << error[k + 1];
        }
        const double last = std::log2(error[1] / error[2]);
        RecordProperty(narrows ? "order_narrows" : "order_gives_way", std::to_string(last));
    }
}

// TRN-N16. The column with fins while they close, on three grids: donor, layers and cleared amounts after half an hour
// and two hours, from the differences of consecutive grids, with steps a hundred times more exact.
TEST(TransportVerification, ClosingColumnIsOfOrderTwoInSpace) {
    skin::numerics::StepperStatistics work;
    std::vector<std::vector<std::vector<double>>> rows;
    for (const double refine : {2.0, 4.0, 8.0})
        rows.push_back(skin::test::run_t2(skin::test::dual_porosity_t2(refine), {1800.0, 7200.0}, 1e-8, work));
    for (const std::size_t time : {0U, 1U}) {
        double first = 0.0, second = 0.0;
        for (std::size_t k = 0; k < 7; ++k) {
            first += std::pow(rows[1][time][k] - rows[0][time][k], 2);
            second += std::pow(rows[2][time][k] - rows[1][time][k], 2);
        }
        EXPECT_GE(0.5 * std::log2(first / second), order(2.0)) << first << " " << second;
        RecordProperty("order_" + std::to_string(time), std::to_string(0.5 * std::log2(first / second)));
    }
}

}  // namespace
