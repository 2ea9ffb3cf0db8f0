// The resolved unit cell against exact solutions, printed tables and the reference problem T1.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "skin/numerics/rosenbrock_stepper.hpp"
#include "support/csv.hpp"
#include "support/experiments.hpp"
#include "support/tolerances.hpp"
#include "support/transport_t1.hpp"
#include "transport/relations.hpp"

namespace {

using namespace skin::transport;
using skin::test::bound;
using skin::test::Csv;
using skin::test::order;
constexpr double pi = std::numbers::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A cell of one tissue with a cylindrical channel; `borders` are those of the layers.
UnitCell cylinder(std::vector<double> borders, double a, double h, double b, int refine, double coarsening = 1.0) {
    CellShape shape{.borders = std::move(borders),
                    .barrier_length = 1e9,
                    .depth = h,
                    .radius = [a](double) { return a; },
                    .cell_radius = b};
    UnitCell cell = lay_out(shape, refine, coarsening);
    cell.medium.assign(static_cast<std::size_t>(cell.rows()), Medium{1.0, 1.0, 1.0, 0.0, true});
    cell.diffusivity = Vector::Constant(cell.rows(), 1e9);  // the channel holds the donor's concentration
    cell.donor_thickness = 1e12;
    cell.donor_resistance = infinity;  // sealed beside the mouth
    return cell;
}

/// Steady flow out of the donor, over the area of the cell, at unit concentration.
double steady_flow(const UnitCell& cell, double long_time) {
    UnitCellSystem system(cell, true);
    Vector x = Vector::Zero(system.size());
    x[0] = 1.0;
    skin::numerics::StepperStatistics work;
    double flow = 0.0;
    integrate(system, x, {0.0, long_time}, 1e-3, work, [&](const Vector& state, double t, const Vector&) {
        Vector slope;
        system.at(t).multiply(state, slope);
        flow = -slope[0] * system.storage()[0];
    });
    return flow;
}

struct T1 {
    std::vector<double> times;
    Eigen::MatrixXd reference;  // (time, output) share of the dose
};
T1 reference_t1() {
    const std::string text =
        skin::test::read_text(skin::test::experiments_folder() + "/transport_verification/transport_t1_reference.json");
    T1 t1{skin::test::json_array(text, "t"), {}};
    const double dose = 19634954.08493621;  // um3, initial_amount of the file
    const char* names[] = {"donor", "SC", "VE", "PD", "RD", "clear", "bottom_efflux"};
    t1.reference.resize(static_cast<Eigen::Index>(t1.times.size()), 7);
    for (Eigen::Index o = 0; o < 7; ++o) {
        const auto values = skin::test::json_array(text, names[o]);
        t1.reference.col(o) =
            Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size())) / dose;
    }
    return t1;
}

// TRN-V30. Reference problem T1 (performance.md): each of the seven outputs' largest error in time over its largest
// value within 1e-3, the goal of the page, from the limit of two grids; the fine grid alone within 1e-2. Mass to 1e-10.
TEST(TransportVerification, UnitCellReproducesTheReferenceProblem) {
    const T1 t1 = reference_t1();
    skin::numerics::StepperStatistics work;
    const Eigen::MatrixXd coarse = skin::test::run_t1(skin::test::unit_cell_t1(1), t1.times, 3e-3, work);
    const Eigen::MatrixXd fine = skin::test::run_t1(skin::test::unit_cell_t1(2), t1.times, 3e-3, work);
    const Eigen::MatrixXd limit = fine + to_limit * (fine - coarse);
    for (Eigen::Index o = 0; o < 7; ++o) {
        const double largest = t1.reference.col(o).maxCoeff();
        const double error = (limit - t1.reference).col(o).cwiseAbs().maxCoeff() / largest;
        const double estimate = doubt * (fine - coarse).col(o).cwiseAbs().maxCoeff() / largest;
        EXPECT_LE(error, bound(1e-3)) << "output " << o;
        EXPECT_LE(error, estimate) << "the error is never larger than what is said of it, output " << o;
        EXPECT_LE((fine - t1.reference).col(o).cwiseAbs().maxCoeff() / largest, bound(1e-2)) << "output " << o;
        RecordProperty("output_" + std::to_string(o), std::to_string(error));
    }
    EXPECT_LE((fine.rowwise().sum().array() - 1.0).abs().maxCoeff(), bound(1e-10)) << "mass";
}

// TRN-V63. That is no luck of one grid: every finer pair is within 1e-3 too, and the worst of the outputs falls from
// twice the cells' size on. Steps as fine as the grid, tolerance 3e-3 c^3. In between it may wave by a tenth where a
// layer gains a cell.
TEST(TransportVerification, FinerGridsStayAtTheReferenceProblem) {
    const T1 t1 = reference_t1();
    skin::numerics::StepperStatistics work;
    double last = 1.0;
    for (const double c : {2.0, 1.4, 1.2, 1.0, 0.9, 0.8, 0.7}) {
        const auto of = [&](int refine) {
            return skin::test::run_t1(skin::test::unit_cell_t1(refine, c), t1.times, 3e-3 * c * c * c, work);
        };
        const Eigen::MatrixXd coarse = of(1), fine = of(2), limit = fine + to_limit * (fine - coarse);
        double worst = 0.0;
        for (Eigen::Index o = 0; o < 7; ++o) {
            const auto truth = t1.reference.col(o);
            worst = std::max(worst, (limit.col(o) - truth).cwiseAbs().maxCoeff() / truth.maxCoeff());
        }
        if (c <= 1.0) {
            EXPECT_LE(worst, bound(1e-3)) << "cells of " << c;
        }
        EXPECT_LE(worst, bound(1.1 * last)) << "cells of " << c;
        last = worst;
    }
}

// TRN-V31. Held channel in a tissue cylinder (page 5.6): limit of the standard pair of grids within 1e-3 of the printed
// values, the page's tolerance for the resolved model; of a pair three times as fine within 2e-4, the page's figure
// after extrapolation (the smooth part of the error, for which 7/4 is not the order, falls by 9).
TEST(TransportVerification, UnitCellWithAHeldChannel) {
    const Csv table("transport_verification/transport_verify_unit_cell.csv");
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double a = table.number(row, "a"), h = table.number(row, "h"), H = table.number(row, "H"),
                     b = table.number(row, "b"), k = table.number(row, "k_a2_over_D");
        const double exact = table.number(row, "F_over_D_C_a");
        const auto flow = [&](int refine) {
            UnitCell cell = cylinder({0.0, 0.5 * h, H}, a, h, b, refine);
            for (Medium& m : cell.medium) m.clearance = k;
            cell.sink = table.text(row, "base") == "sink";
            return steady_flow(cell, 1e5) * pi * b * b / a;
        };
        const double F[] = {flow(1), flow(2), flow(3), flow(6)};
        EXPECT_NEAR(F[1] + to_limit * (F[1] - F[0]), exact, bound(1e-3) * exact) << "row " << row;
        EXPECT_NEAR(F[3] + to_limit * (F[3] - F[2]), exact, bound(2e-4) * exact) << "row " << row;
    }
}

// TRN-V32. Krogh annulus with clearance (page 5.7): a channel through the whole depth, steady. Limits of the standard
// pair of grids within 1e-3 and of a pair three times as fine within 2e-4 of the printed values, as in TRN-V31.
TEST(TransportVerification, UnitCellIsTheKroghAnnulus) {
    const Csv table("transport_verification/transport_verify_krogh.csv");
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double a = table.number(row, "a_um"), R = table.number(row, "R_um");
        const double k = table.number(row, "k_1_s") / (table.number(row, "D_cm2_s") * 1e8);  // over D, 1/um^2
        const auto flow = [&](int refine) {
            UnitCell cell = cylinder({0.0, 50.0, 100.0}, a, 100.0, R, refine);
            for (Medium& m : cell.medium) m.clearance = k;
            return steady_flow(cell, 1e8) * pi * R * R / 100.0;
        };
        const double exact = table.number(row, "F_over_D_c0_L"), F[] = {flow(1), flow(2), flow(3), flow(6)};
        EXPECT_NEAR(F[1] + to_limit * (F[1] - F[0]), exact, bound(1e-3) * exact) << "row " << row;
        EXPECT_NEAR(F[3] + to_limit * (F[3] - F[2]), exact, bound(2e-4) * exact) << "row " << row;
    }
}

// TRN-V33. Disk in a flux tube (page 5.5): a channel through a tight plate, tissue below over a sink four tube radii
// down (what is left of the disk's field there is exp(-3.8 x 4) = 2e-7). Flow = 1/(H/(pi b^2 D) + psi/(4 D a)). psi
// within 3e-3 of the exact values in the limit of a pair of grids twice as fine as the standard one: beside a held disk
// u goes as the root of the distance, order one in the corner's cell (0.75 % of a on the finer grid), of which the
// limit for order 7/4 leaves four tenths. A channel that is not held, as in skin, has a milder corner.
TEST(TransportVerification, UnitCellHasTheConstrictionOfADisk) {
    const Csv table("transport_verification/transport_verify_disk_constriction.csv");
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double b = 1.0, a = table.number(row, "eps_a_over_b"), H = 4.0, plate = 0.01;
        const auto psi = [&](int refine) {
            UnitCell cell = cylinder({0.0, plate, plate + H}, a, plate, b, refine);
            for (Eigen::Index j = 0; j < cell.rows(); ++j) {
                if (cell.axial.centre(j) < plate) cell.medium[static_cast<std::size_t>(j)].diffusivity = 1e-12;
            }
            cell.sink = true;
            return (1.0 / (steady_flow(cell, 1e5) * pi * b * b) - H / (pi * b * b)) * 4.0 * a;
        };
        const double coarse = psi(2), fine = psi(4);
        EXPECT_NEAR(fine + to_limit * (fine - coarse), table.number(row, "psi_exact"), bound(3e-3)) << "row " << row;
    }
}

/// Separable solution of two media, channel r < a with K = 1 and tissue, in a closed cylinder:
/// u = exp(-lambda t) cos(pi z/H) R(r).
struct Mode {
    double a, b, H, D_in, D_out, K, lambda = 0.0, share = 0.0;  // share: of the second Bessel function outside

    [[nodiscard]] double q_in(double l) const { return std::sqrt(l / D_in - pi * pi / (H * H)); }
    [[nodiscard]] double q_out(double l) const { return std::sqrt(l / D_out - pi * pi / (H * H)); }
    /// Jump of the flux at the wall, for an outer solution without flux at b.
    [[nodiscard]] double mismatch(double l) const {
        using boost::math::cyl_bessel_j, boost::math::cyl_neumann;
        const double p = q_in(l), q = q_out(l);
        const double s = -cyl_bessel_j(1, q * b) / cyl_neumann(1, q * b);
        const double outer = cyl_bessel_j(0, q * a) + s * cyl_neumann(0, q * a);
        const double slope = -q * (cyl_bessel_j(1, q * a) + s * cyl_neumann(1, q * a));
        return D_in * -p * cyl_bessel_j(1, p * a) * outer - K * D_out * slope * cyl_bessel_j(0, p * a);
    }
    void find(double from, double to) {
        for (int k = 0; k < 200; ++k) {
            const double mid = 0.5 * (from + to);
            ((mismatch(mid) > 0.0) == (mismatch(from) > 0.0) ? from : to) = mid;
        }
        lambda = 0.5 * (from + to);
        const double q = q_out(lambda);
        share = -boost::math::cyl_bessel_j(1, q * b) / boost::math::cyl_neumann(1, q * b);
    }
    [[nodiscard]] double u(double r, double z) const {
        using boost::math::cyl_bessel_j, boost::math::cyl_neumann;
        const double p = q_in(lambda), q = q_out(lambda);
        const double outer = cyl_bessel_j(0, q * a) + share * cyl_neumann(0, q * a);
        const double R = r < a ? cyl_bessel_j(0, p * r) * outer / cyl_bessel_j(0, p * a)
                               : cyl_bessel_j(0, q * r) + share * cyl_neumann(0, q * r);
        return R * std::cos(pi * z / H);
    }
};

// TRN-N10. Order 2 in space: the separable solution of channel and tissue (D 5:1, partition 2) after one decay time, on
// the standard grid and two finer ones of its family; root mean square of the error of the cells' means (2 x 2 Gauss
// points each), the tolerance of the steps a hundred times below the smallest. Order in time is TRN-N11.
TEST(TransportVerification, UnitCellIsOfOrderTwoInSpace) {
    Mode mode{.a = 0.2, .b = 1.0, .H = 2.0, .D_in = 5.0, .D_out = 1.0, .K = 2.0};
    // The first mode that varies along r: between the mode without (just above the axial one) and the second zero.
    double previous = 0.0, from = 0.0;
    for (double l = 12.6; l < 60.0; l += 0.05) {  // above D_in pi^2/H^2 = 12.3
        const double here = mode.mismatch(l);
        if (previous * here < 0.0 && std::abs(here) < 50.0 && std::abs(previous) < 50.0) {
            from = l - 0.05;
            break;
        }
        previous = here;
    }
    ASSERT_GT(from, 0.0);
    mode.find(from, from + 0.05);
    std::vector<double> error;
    for (const int refine : {2, 4, 8}) {
        UnitCell cell = cylinder({0.0, 1.0, 2.0}, mode.a, mode.H, mode.b, refine);
        for (Medium& m : cell.medium) m = {mode.D_out, mode.K, 1.0, 0.0, true};
        cell.diffusivity = Vector::Constant(cell.rows(), mode.D_in);
        UnitCellSystem system(cell, false);
        system.at(0.0);
        Vector mean(system.size());  // of u over each cell, by volume
        mean[0] = 0.0;
        constexpr double at[2] = {0.21132486540518713, 0.78867513459481287};
        for (Eigen::Index j = 0; j < cell.rows(); ++j) {
            for (Eigen::Index i = 0; i < cell.rings(); ++i) {
                double sum = 0.0;
                for (const double s : at) {
                    for (const double v : at) {
                        const double q0 = std::pow(cell.radial.edge[i], 2), q1 = std::pow(cell.radial.edge[i + 1], 2);
                        sum +=
                            0.25 * mode.u(std::sqrt(q0 + s * (q1 - q0)), cell.axial.edge[j] + v * cell.axial.width(j));
                    }
                }
                mean[system.unknown(j, i)] = sum;
            }
        }
        Vector x = mean;  // dilution is 1: nothing narrows
        skin::numerics::StepperStatistics work;
        const double t = 1.0 / mode.lambda;
        integrate(system, x, {0.0, t}, 1e-6, work, [](const Vector&, double, const Vector&) {});
        const Vector off = x - std::exp(-1.0) * mean;
        error.push_back(std::sqrt(off.cwiseProduct(system.volume()).dot(off) / system.volume().sum()));
    }
    EXPECT_GE(std::log2(error[0] / error[1]), order(2.0)) << error[0] << " " << error[1];
    EXPECT_GE(std::log2(error[1] / error[2]), order(2.0)) << error[2];
}

/// T1's cell with a channel that narrows to half its radius and two thirds of its depth in an hour, a third of the
/// first rate being recoil; nothing of it is a special case of the model.
UnitCell narrowing_cell(int refine) {
    UnitCell cell = skin::test::unit_cell_t1(refine, 1.5);
    skin::Closure closure;
    const int n = 61;
    closure.time = Eigen::VectorXd::LinSpaced(n, 0.0, 3600.0);
    const Eigen::ArrayXd s = closure.time.array() / 3600.0;
    closure.radius_fraction = (1.0 - 0.5 * s).matrix();
    closure.depth_fraction = (1.0 - s / 3.0).matrix();
    closure.plug_conductance = skin::RowMatrix::Constant(n, 1, 1.0);
    skin::Barrier barrier;
    cell.course = ClosingCourse(closure, 0, barrier, 1e-13, true);
    return cell;
}

// TRN-N11. Order 2 or better in time on cells that close: T1's (tissue takes the place of the fluid) and one that
// narrows, shortens and expels fluid. Fixed steps from their own solution at 300 s to 900 s against 16 times finer
// ones. The method has order 3 on smooth problems; stiff components bring it towards 2, which is what is promised.
TEST(TransportVerification, UnitCellIsOfOrderTwoInTimeWhileItCloses) {
    for (const bool narrows : {false, true}) {
        const UnitCell cell = narrows ? narrowing_cell(1) : skin::test::unit_cell_t1(1, 1.5);
        UnitCellSystem system(cell, true);
        Vector start = Vector::Zero(system.size());
        start[0] = 1.0;
        skin::numerics::StepperStatistics work;
        integrate(system, start, {0.0, 300.0}, 1e-6, work, [](const Vector&, double, const Vector&) {});
        const auto run = [&](int steps) {
            skin::numerics::RosenbrockStepper<CellSolver> stepper;
            Vector x = start;
            const double dt = 600.0 / steps;
            for (int k = 0; k < steps; ++k) stepper.do_step(system, x, 300.0 + k * dt, dt);
            return x.cwiseProduct(system.storage()).eval();
        };
        const Vector fine = run(320);
        const double coarse_error = (run(10) - fine).norm(), middle_error = (run(20) - fine).norm();
        EXPECT_GE(std::log2(coarse_error / middle_error), order(2.0)) << "narrows " << narrows;
    }
}

// TRN-N12. A cell that narrows, on three grids: amounts in donor and layers and what was cleared after an hour, from
// the differences of consecutive grids. Order 2 less a quarter: cut faces away from the corner are first order on a set
// of cells that shrinks with the grid, and the corner moves out of the cells that are graded into it.
TEST(TransportVerification, UnitCellThatNarrowsConvergesInSpace) {
    std::vector<Eigen::MatrixXd> rows;
    skin::numerics::StepperStatistics work;
    for (const int refine : {1, 2, 4})
        rows.push_back(skin::test::run_t1(narrowing_cell(refine), {900.0, 3600.0}, 1e-5, work));
    for (const Eigen::Index time : {0, 1}) {
        const double first = (rows[1] - rows[0]).row(time).norm(), second = (rows[2] - rows[1]).row(time).norm();
        EXPECT_GE(std::log2(first / second), 1.75 - skin::test::tolerance_scale() * 0.1) << first << " " << second;
        EXPECT_LE(std::abs(rows[2].row(time).sum() - 1.0), bound(1e-10)) << "mass";
    }
}

// TRN-V34. Without a channel the cell is the layered column: the same layers, donor and base; amounts agree within the
// spatial error of either, 2e-3 of the dose.
TEST(TransportVerification, UnitCellWithoutChannelIsTheLayeredColumn) {
    const std::vector<double> borders{0.0, 15e-6, 100e-6, 1.5e-3};
    const Medium layers[] = {
        {1e-13, 5.0, 1.0, 0.0, false}, {2e-10, 0.7, 0.8, 0.0, true}, {2e-10, 0.7, 0.8, 2e-4, true}};
    const auto layer_at = [&](double z) { return z < borders[1] ? 0 : z < borders[2] ? 1 : 2; };
    UnitCell cell = lay_out({.borders = borders, .barrier_length = 1.0, .radius = {}, .cell_radius = 250e-6}, 2);
    for (Eigen::Index j = 0; j < cell.rows(); ++j)
        cell.medium[static_cast<std::size_t>(j)] = layers[layer_at(cell.axial.centre(j))];
    cell.donor_thickness = 50e-6;
    cell.diffusivity = Vector::Zero(cell.rows());
    Column column;
    column.grid = skin::numerics::make_grid(borders, {40, 40, 40}, skin::numerics::Spacing::clustered);
    for (Eigen::Index i = 0; i < column.cells(); ++i) column.medium.push_back(layers[layer_at(column.grid.centre(i))]);
    column.border_resistance = Vector::Zero(column.cells() + 1);
    column.donor_thickness = cell.donor_thickness;
    UnitCellSystem resolved(cell, true);
    ColumnSystem layered(column, {}, true);
    skin::numerics::StepperStatistics work;
    const auto run = [&](auto& system, Eigen::Index n) {
        Vector x = Vector::Zero(n);
        x[0] = 1.0;
        Vector answer(2);
        integrate(system, x, {0.0, 7200.0}, 1e-6, work,
                  [&](const Vector& state, double, const Vector& lost) { answer << state[0], lost[0] / 50e-6; });
        return answer;
    };
    const Vector a = run(resolved, resolved.size()), b = run(layered, layered.storage().size());
    EXPECT_NEAR(a[0], b[0], bound(2e-3));
    EXPECT_NEAR(a[1], b[1], bound(2e-3));
}

// TRN-P21. Nothing becomes negative: diffusion through faces of positive conductance. The state of T1's cell at every
// output time, down to minus the tolerance of the steps (3e-3 of a thousandth of the donor).
TEST(TransportVerification, UnitCellStaysPositive) {
    const UnitCell cell = skin::test::unit_cell_t1(2);
    UnitCellSystem system(cell, true);
    Vector x = Vector::Zero(system.size());
    x[0] = 1.0;
    skin::numerics::StepperStatistics work;
    std::vector<double> times{0.0, 1.0, 10.0, 100.0, 1000.0, 7200.0};
    integrate(
        system, x, times, 3e-3, work,
        [&](const Vector& state, double t, const Vector& lost) {
            EXPECT_GE(state.minCoeff(), -bound(3e-6)) << "t = " << t;
            EXPECT_GE(lost.minCoeff(), -skin::test::round_off(1e-4));
        },
        1e-3);
}

}  // namespace
