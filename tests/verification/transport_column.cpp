// The finite-volume column against series, Laplace transforms and printed reference solutions.
#include <gtest/gtest.h>

#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "skin/numerics/root_finding.hpp"
#include "support/csv.hpp"
#include "support/tolerances.hpp"
#include "transport/column.hpp"
#include "transport/integrate.hpp"
#include "transport/relations.hpp"

namespace {

using namespace skin::transport;
using skin::numerics::Spacing;
using skin::test::bound;
using skin::test::Csv;
using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;

struct Layer {
    double thickness, D, K, k;
};

Column column_of(const std::vector<Layer>& layers, int cells, bool sink, double donor) {
    std::vector<double> borders{0.0};
    for (const Layer& layer : layers) borders.push_back(borders.back() + layer.thickness);
    Column column;
    column.grid = skin::numerics::make_grid(borders, std::vector<int>(layers.size(), cells), Spacing::equal);
    for (const int s : column.grid.segment) {
        const Layer& layer = layers[static_cast<std::size_t>(s)];
        column.medium.push_back({layer.D, layer.K, 1.0, layer.k, true});
    }
    column.border_resistance = Vector::Zero(column.cells() + 1);
    column.sink = sink;
    column.donor_thickness = donor;
    return column;
}

struct Answer {
    Vector u;  // activity by cell
    double donor = 0.0, taken = 0.0, cleared = 0.0, receptor = 0.0, flux = 0.0;
};

/// Donor at activity 1 from t = 0; the answers at `times` (without 0).
std::vector<Answer> solve(const Column& column, std::vector<double> times, double tolerance = 1e-7,
                          std::vector<ChannelFamily> families = {}) {
    ColumnSystem system(column, std::move(families), true);
    Vector x = Vector::Zero(system.storage().size());
    x[0] = 1.0;
    times.insert(times.begin(), 0.0);
    skin::numerics::StepperStatistics work;
    std::vector<Answer> answers;
    integrate(system, x, times, tolerance, work, [&](const Vector& state, double t, const Vector& lost) {
        Answer a;
        const Vector factor = system.activity_factor(t);
        a.u = Vector::Zero(column.cells());
        for (Eigen::Index i = 0; i < column.cells(); ++i) {
            const Eigen::Index j = system.layout().tissue(i);
            a.u[i] = state[j] * factor[j];
        }
        a.donor = state[0] * system.storage()[0];
        a.cleared = lost[0];
        a.receptor = lost[1];
        a.taken = lost[0] + lost[1] + state.tail(state.size() - 1).dot(system.storage().tail(state.size() - 1));
        Vector slope;
        system.first(state, slope, t);
        a.flux = -slope[0] * system.storage()[0];
        answers.push_back(a);
    });
    return answers;
}

// A donor so thick that nothing is missed: what a run takes up is 1e-9 to 1e-7 of it.
constexpr double infinite_donor = 1e3;

/// Fixed Talbot inversion, N nodes (Abate and Valko 2004).
template <class F>
double talbot(F&& f, double t, int N = 40) {
    const double r = 2.0 * N / (5.0 * t);
    double sum = 0.5 * std::exp(r * t) * f(Complex(r, 0.0)).real();
    for (int k = 1; k < N; ++k) {
        const double theta = k * pi / N, cot = 1.0 / std::tan(theta);
        const Complex s = r * theta * Complex(cot, 1.0);
        const Complex sigma(1.0, theta + (theta * cot - 1.0) * cot);
        sum += (std::exp(s * t) * f(s) * sigma).real();
    }
    return sum * r / N;
}

/// Page 5.3: admittance of a stack at its surface, and activities below each layer, per unit donor activity.
struct Laplace {
    std::vector<Layer> layers;
    bool sink = false;

    struct Values {
        Complex Y;
        std::vector<Complex> u;  // below each layer
    };
    [[nodiscard]] Values at(Complex s) const {
        std::vector<Complex> below(layers.size()), Z(layers.size()), q(layers.size());
        Complex Y = 0.0;
        for (std::size_t i = layers.size(); i-- > 0;) {
            const Layer& l = layers[i];
            q[i] = std::sqrt((s + l.k) / l.D);
            Z[i] = l.D * l.K * q[i];
            below[i] = Y;
            const Complex th = std::tanh(q[i] * l.thickness);
            Y = i + 1 == layers.size() && sink ? Z[i] / th : Z[i] * (Y + Z[i] * th) / (Z[i] + Y * th);
        }
        Values v{Y, {}};
        Complex u = 1.0;
        for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
            u /= std::cosh(q[i] * layers[i].thickness) + below[i] / Z[i] * std::sinh(q[i] * layers[i].thickness);
            v.u.push_back(u);
        }
        return v;
    }
    [[nodiscard]] double uptake(double t) const {
        return talbot([&](Complex s) { return at(s).Y / (s * s); }, t);
    }
    [[nodiscard]] double flux(double t) const {
        return talbot([&](Complex s) { return at(s).Y / s; }, t);
    }
    [[nodiscard]] double activity_below(std::size_t layer, double t) const {
        return talbot([&](Complex s) { return at(s).u[layer] / s; }, t);
    }
};

const std::vector<Layer> three_layers{{20e-6, 1e-13, 5.0, 0.0}, {100e-6, 2e-10, 0.7, 0.0}, {1e-3, 2e-10, 0.7, 2.2e-4}};

/// Activity on the border between cells i - 1 and i.
double border_activity(const Column& column, const Vector& u, Eigen::Index i) {
    const auto conductance = [&](Eigen::Index c) {
        const Medium& m = column.medium[static_cast<std::size_t>(c)];
        return m.diffusivity * m.partition / column.grid.width(c);
    };
    return (conductance(i - 1) * u[i - 1] + conductance(i) * u[i]) / (conductance(i - 1) + conductance(i));
}

// TRN-V1. Slab, infinite dose, sink (Crank; Daynes and Barrer; page 5.1). The series reproduces the printed values to
// 1e-9; 80 equal cells are within 1e-3 for T >= 0.1 (their spatial error there is 0.05 %).
TEST(TransportVerification, SlabWithInfiniteDose) {
    const Csv table("transport_verification/transport_verify_slab_infinite.csv");
    constexpr double L = 1e-4, D = 1e-12, K = 3.0;
    const auto series = [](double T) {
        double sum = 0.0;
        for (int n = 1; n <= 200; ++n) sum += (n % 2 == 0 ? 1.0 : -1.0) / (n * n) * std::exp(-n * n * pi * pi * T);
        return T - 1.0 / 6.0 - 2.0 / (pi * pi) * sum;
    };
    const Column column = column_of({{L, D, K, 0.0}}, 80, true, infinite_donor);
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double T = table.number(row, "T"), Q = table.number(row, "Q_over_K_C0_L");
        EXPECT_NEAR(series(T), Q, bound(1e-9));
        if (T < 0.1) continue;
        const auto answer = solve(column, {T * L * L / D});
        EXPECT_NEAR(answer[0].receptor / (K * L), Q, bound(1e-3) * Q) << "T = " << T;
    }
}

// TRN-V2. Slab under a stirred vehicle of finite thickness (page 5.2): series over the roots of beta tan beta = alpha
// to 1e-9 of the printed share; 80 equal cells within 1e-3 of it where a share of the dose has come through (F > 1e-3),
// and within 0.6 % at alpha = 0.1, T = 0.1 where it is 0.0008 (the page's own figure for tiny Q at 80 cells).
TEST(TransportVerification, SlabUnderAFiniteStirredDose) {
    const Csv table("transport_verification/transport_verify_slab_finite.csv");
    constexpr double L = 1e-4, D = 1e-12, K = 2.0;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double alpha = table.number(row, "alpha"), T = table.number(row, "T"), F = table.number(row, "F");
        double sum = 0.0;
        for (int m = 0; m < 60; ++m) {
            const auto f = [&](double beta) { return beta * std::sin(beta) - alpha * std::cos(beta); };
            const double beta = skin::numerics::bracketed_root(f, m * pi + 1e-12, (m + 0.5) * pi);
            sum += 2.0 * alpha * alpha * std::exp(-beta * beta * T) /
                   (beta * (alpha * alpha + alpha + beta * beta) * std::sin(beta));
        }
        EXPECT_NEAR(1.0 - sum, F, bound(1e-9)) << "series, alpha = " << alpha << ", T = " << T;
        const double h_v = K * L / alpha;
        const auto answer = solve(column_of({{L, D, K, 0.0}}, 80, true, h_v), {T * L * L / D});
        EXPECT_NEAR(answer[0].receptor / h_v, F, bound(F > 1e-3 ? 1e-3 : 6e-3) * F)
            << "alpha = " << alpha << ", T = " << T;
        EXPECT_NEAR(answer[0].taken + answer[0].donor, h_v, bound(1e-10) * h_v) << "mass";
    }
}

// TRN-V3. Three layers with clearance (pages 5.3 and 5.4). Laplace solution with fixed Talbot inversion: 1e-6 of the
// printed values. Finite volumes with equal cells: 0.2 % at 40 a layer and 0.05 % at 80 (the page's figures), of each
// output, both bases.
TEST(TransportVerification, ThreeLayersWithClearance) {
    const Csv table("transport_verification/transport_verify_three_layer.csv");
    for (std::size_t row = 0; row < table.size(); ++row) {
        const bool sink = table.text(row, "base") == "sink";
        const double t = table.number(row, "t_s");
        const double uptake = table.number(row, "uptake_over_c0_cm") * 1e-2,
                     flux = table.number(row, "J_over_c0_cm_s") * 1e-2;
        const double u_1 = table.number(row, "u_SC_VE"), u_2 = table.number(row, "u_VE_DE");
        const Laplace exact{three_layers, sink};
        const std::string where = table.text(row, "base") + ", t = " + table.text(row, "t_s");
        EXPECT_NEAR(exact.uptake(t), uptake, bound(1e-6) * uptake) << where;
        EXPECT_NEAR(exact.flux(t), flux, bound(1e-6) * flux) << where;
        EXPECT_NEAR(exact.activity_below(0, t), u_1, bound(1e-6) * u_1) << where;
        EXPECT_NEAR(exact.activity_below(1, t), u_2, bound(1e-6) * u_2) << where;
        for (const auto& [cells, tolerance] : {std::pair{40, 2e-3}, std::pair{80, 5e-4}}) {
            const Column column = column_of(three_layers, cells, sink, infinite_donor);
            const Answer a = solve(column, {t})[0];
            EXPECT_NEAR(a.taken, uptake, bound(tolerance) * uptake) << where << ", cells " << cells;
            EXPECT_NEAR(a.flux, flux, bound(tolerance) * flux) << where << ", cells " << cells;
            EXPECT_NEAR(border_activity(column, a.u, cells), u_1, bound(tolerance) * u_1)
                << where << ", cells " << cells;
            EXPECT_NEAR(border_activity(column, a.u, 2 * cells), u_2, bound(tolerance) * u_2)
                << where << ", cells " << cells;
        }
    }
}

// TRN-N1. Order 2 in space on TRN-V3 at 600 s, where the spatial error is largest, against the Laplace solution. The
// time error at tolerance 1e-8 is a hundred times smaller than the smallest spatial error.
TEST(TransportVerification, OrderTwoInSpaceAcrossBorders) {
    const Laplace exact{three_layers, false};
    std::vector<double> error;
    for (const int cells : {20, 40, 80}) {
        const Column column = column_of(three_layers, cells, false, infinite_donor);
        const Answer a = solve(column, {600.0}, 1e-8)[0];
        error.push_back(std::abs(border_activity(column, a.u, 2 * cells) / exact.activity_below(1, 600.0) - 1.0));
    }
    EXPECT_GE(std::log2(error[0] / error[1]), skin::test::order(2.0));
    EXPECT_GE(std::log2(error[1] / error[2]), skin::test::order(2.0));
}

// TRN-N2. Order 2 in time on the same column: fixed steps from a smooth state (its own solution at 600 s) to 1200 s,
// against 16 times finer steps.
TEST(TransportVerification, OrderTwoInTime) {
    const Column column = column_of(three_layers, 20, false, infinite_donor);
    ColumnSystem system(column, {}, true);
    Vector start = Vector::Zero(system.storage().size());
    start[0] = 1.0;
    skin::numerics::StepperStatistics work;
    integrate(system, start, {0.0, 600.0}, 1e-8, work, [](const Vector&, double, const Vector&) {});
    const auto run = [&](int steps) {
        skin::numerics::BandTrBdf2Stepper stepper({.constant_jacobian = true});
        Vector x = start;
        const double dt = 600.0 / steps;
        for (int k = 0; k < steps; ++k) stepper.do_step(std::ref(system), x, 600.0 + k * dt, dt);
        return x;
    };
    const Vector fine = run(640);
    const double coarse_error = (run(20) - fine).norm(), middle_error = (run(40) - fine).norm();
    EXPECT_GE(std::log2(coarse_error / middle_error), skin::test::order(2.0));
}

// TRN-V6. Column with a held channel against the printed fin column and the exact unit cell (page 5.6). The printed fin
// column has 5 digits (5e-4 covers its own grid); the model is stated to be within 10 % of the unit cell.
TEST(TransportVerification, HeldChannelInAUnitCell) {
    const Csv table("transport_verification/transport_verify_unit_cell.csv");
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double a = table.number(row, "a"), h = table.number(row, "h"), H = table.number(row, "H"),
                     b = table.number(row, "b");
        const bool sink = table.text(row, "base") == "sink";
        Column column;
        column.grid = skin::numerics::make_grid({0.0, h, H}, {80, 160}, Spacing::clustered);
        column.medium.assign(240, Medium{1.0, 1.0, 1.0, table.number(row, "k_a2_over_D"), true});
        column.border_resistance = Vector::Zero(241);
        column.sink = sink;
        std::vector<ChannelFamily> families(1);
        ChannelFamily& f = families[0];
        f.density = 1.0 / (pi * b * b);
        f.reach = 80;
        f.area = Vector::Constant(80, pi * a * a);
        f.mouth_radius = f.floor_radius = a;
        arrange(families);
        const double F = held_channel_conductance(column, families[0]) / a;
        EXPECT_NEAR(F, table.number(row, "F_fast_1d_fin"), bound(5e-4) * F) << "printed fin column, row " << row;
        const double exact = table.number(row, "F_over_D_C_a");
        EXPECT_NEAR(F, exact, bound(0.10) * exact) << "unit cell, row " << row;
    }
}

// TRN-V7. Krogh annulus with clearance (page 5.7): the Bessel formula reproduces the printed values to 1e-6, and so
// does the exchange model with g_w; the model is within 0.2 % of the formula up to k b^2/D = 0.3, 5.1 % at 2.75
// (printed digits).
TEST(TransportVerification, KroghAnnulusWithClearance) {
    const Csv table("transport_verification/transport_verify_krogh.csv");
    using boost::math::cyl_bessel_i, boost::math::cyl_bessel_k;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double a = table.number(row, "a_um") * 1e-4, R = table.number(row, "R_um") * 1e-4;  // cm
        const double D = table.number(row, "D_cm2_s"), k = table.number(row, "k_1_s");
        const double phi = std::sqrt(k / D), x = phi * a, y = phi * R;
        const double exact = 2.0 * pi * x *
                             (cyl_bessel_i(1, y) * cyl_bessel_k(1, x) - cyl_bessel_i(1, x) * cyl_bessel_k(1, y)) /
                             (cyl_bessel_i(0, x) * cyl_bessel_k(1, y) + cyl_bessel_k(0, x) * cyl_bessel_i(1, y));
        const double well_mixed = pi * (R * R - a * a) * k / D;
        const double model = 1.0 / (1.0 / wall_exchange(a, R) + 1.0 / well_mixed);
        EXPECT_NEAR(exact, table.number(row, "F_over_D_c0_L"), bound(1e-6));
        EXPECT_NEAR(well_mixed, table.number(row, "well_mixed"), bound(1e-6));
        EXPECT_NEAR(model, table.number(row, "fast_exchange_model"), bound(1e-6));
        EXPECT_NEAR(model, exact, bound(k * R * R / D < 0.3 ? 0.002 : 0.051) * exact);
    }
}

// TRN-V8. First-order loss in a half-space (Danckwerts; page 5.8): closed form to the printed 1e-9; the column (80
// cells over six penetration lengths, no flux below, where the profile has fallen to exp(-6)) within 0.5 %: exp(-6) =
// 0.25 % for the missing depth and its like for the cells at kt = 0.1.
TEST(TransportVerification, FirstOrderLossInAHalfSpace) {
    const Csv table("transport_verification/transport_verify_danckwerts.csv");
    constexpr double D = 1e-10, k = 1e-3;
    const double l = std::sqrt(D / k);
    const Column column = column_of({{3.0 * l, D, 1.0, k}, {3.0 * l, D, 1.0, k}}, 80, false, infinite_donor);
    for (std::size_t row = 0; row < table.size(); ++row) {
        const double kt = table.number(row, "kt"), expected = table.number(row, "uptake_over_C0_sqrt_D_over_k");
        const double exact = (kt + 0.5) * std::erf(std::sqrt(kt)) + std::sqrt(kt / pi) * std::exp(-kt);
        EXPECT_NEAR(exact, expected, bound(1e-9));
        const Answer a = solve(column, {kt / k})[0];
        EXPECT_NEAR(a.taken / l, expected, bound(5e-3) * expected) << "kt = " << kt;
        if (kt < 5.0) continue;
        for (const Eigen::Index i : {10, 40, 80}) {  // steady profile exp(-z/l), within the same 0.5 %
            const double profile = std::exp(-column.grid.centre(i) / l);
            EXPECT_NEAR(a.u[i], profile, bound(0.01)) << "depth " << i;
        }
    }
}

}  // namespace
