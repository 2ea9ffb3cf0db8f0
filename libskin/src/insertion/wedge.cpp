// The wedge-energy table as a smooth function of slit and exponent (docs/theory/insertion.md, eq. 40-46).
//
//   x_e   equivalent hole: the x at which the closed form U1(x, alpha) of the equal-perimeter law has the energy s
//   q     1/(alpha + 2), in which x_e is a polynomial through the five tabulated exponents
#include "insertion/wedge.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "insertion/cutting.hpp"
#include "insertion/root.hpp"

namespace skin::insertion {
namespace {

struct Row {
    double alpha, slit, energy;
};
// Written by CMake from data/mechanics/wedge_energy.csv.
constexpr Row rows[] = {
#include "wedge_energy_table.inc"
};
constexpr std::size_t n = WedgeEnergy::n_slits;
constexpr std::size_t m = wedge_table::n_exponents;
static_assert(std::size(rows) == n * m, "data/mechanics/wedge_energy.csv: 34 slits for each of 5 exponents");

// The file goes from wide to narrow slits.
constexpr const Row& row(std::size_t exponent, std::size_t slit) noexcept { return rows[exponent * n + n - 1 - slit]; }

constexpr std::array<double, m> table_exponents{row(0, 0).alpha, row(1, 0).alpha, row(2, 0).alpha, row(3, 0).alpha,
                                                row(4, 0).alpha};
constexpr bool one_grid() {
    for (std::size_t k = 0; k < m; ++k) {
        for (std::size_t i = 0; i < n; ++i) {
            if (row(k, i).slit != row(0, i).slit || row(k, i).alpha != row(k, 0).alpha) return false;
            if (i > 0 && !(row(k, i).slit > row(k, i - 1).slit && row(k, i).energy < row(k, i - 1).energy))
                return false;
        }
        if (k > 0 && !(table_exponents[k] > table_exponents[k - 1])) return false;
    }
    return true;
}
static_assert(one_grid(), "data/mechanics/wedge_energy.csv: the same falling slits for each rising exponent");
static_assert(table_exponents.front() == WedgeEnergy::lowest_alpha &&
              table_exponents.back() == WedgeEnergy::tabulated_alpha);

using Slits = std::array<double, n>;

const Slits& ln_slit() noexcept {
    static const Slits values = [] {
        Slits v{};
        for (std::size_t i = 0; i < n; ++i) v[i] = std::log(row(0, i).slit);
        return v;
    }();
    return values;
}

// Eq. 41: U1 falls from infinity to 0 on (0, 1], so there is one root.
double equivalent_hole(double energy, double alpha) noexcept {
    const auto f = [&](double ln_x) { return energy - spreading_energy(std::exp(ln_x), alpha); };
    const double low = -12.0, high = -1e-9;
    return std::exp(bracketed_root(f, low, high, f(low), f(high), 1e-15));
}

const std::array<Slits, m>& equivalent_holes() {
    static const std::array<Slits, m> values = [] {
        std::array<Slits, m> v{};
        for (std::size_t k = 0; k < m; ++k) {
            for (std::size_t i = 0; i < n; ++i) v[k][i] = equivalent_hole(row(k, i).energy, table_exponents[k]);
        }
        return v;
    }();
    return values;
}

// Weights of Lagrange's polynomial in q = 1/(alpha + 2) through the tabulated exponents (eq. 42).
std::array<double, m> exponent_weights(double alpha) noexcept {
    std::array<double, m> weight{};
    const auto q = [](double a) { return 1.0 / (a + 2.0); };
    for (std::size_t k = 0; k < m; ++k) {
        weight[k] = 1.0;
        for (std::size_t j = 0; j < m; ++j) {
            if (j == k) continue;
            weight[k] *= (q(alpha) - q(table_exponents[j])) / (q(table_exponents[k]) - q(table_exponents[j]));
        }
    }
    return weight;
}

Slits ln_energies(double alpha) {
    Slits values{};
    const auto known = std::find(table_exponents.begin(), table_exponents.end(), alpha);
    if (known != table_exponents.end()) {
        const auto k = static_cast<std::size_t>(known - table_exponents.begin());
        for (std::size_t i = 0; i < n; ++i) values[i] = std::log(row(k, i).energy);
        return values;
    }
    const auto weight = exponent_weights(alpha);
    const auto& hole = equivalent_holes();
    for (std::size_t i = 0; i < n; ++i) {
        double x = 0.0;
        for (std::size_t k = 0; k < m; ++k) x += weight[k] * hole[k][i];
        values[i] = std::log(spreading_energy(x, alpha));
    }
    return values;
}

// Second derivatives of the natural cubic spline through (x, y): Thomas's elimination.
Slits natural_spline(const Slits& x, const Slits& y) noexcept {
    Slits second{}, upper{};
    for (std::size_t i = 1; i + 1 < n; ++i) {
        const double left = x[i] - x[i - 1], right = x[i + 1] - x[i];
        const double slope_change = 6.0 * ((y[i + 1] - y[i]) / right - (y[i] - y[i - 1]) / left);
        const double pivot = 2.0 * (left + right) - left * upper[i - 1];
        upper[i] = right / pivot;
        second[i] = (slope_change - left * second[i - 1]) / pivot;
    }
    for (std::size_t i = n - 2; i > 0; --i) second[i] -= upper[i] * second[i + 1];
    return second;
}

}  // namespace

namespace wedge_table {
const std::array<double, n_exponents>& exponents() noexcept { return table_exponents; }
double slit(std::size_t i) noexcept { return row(0, i).slit; }
double energy(std::size_t exponent, std::size_t i) noexcept { return row(exponent, i).energy; }
}  // namespace wedge_table

WedgeEnergy::WedgeEnergy(double alpha) : alpha_(alpha) {
    if (!(alpha >= lowest_alpha && alpha <= highest_alpha)) {
        ln_energy_.fill(std::numeric_limits<double>::quiet_NaN());
        curvature_ = ln_kappa_ = ln_energy_;
        return;
    }
    ln_energy_ = ln_energies(alpha);
    curvature_ = natural_spline(ln_slit(), ln_energy_);
    for (std::size_t i = 0; i < n; ++i) {
        const double ln_y = ln_slit()[i];
        const Point here = at(ln_y);
        ln_kappa_[i] = std::log(0.5 * here.energy * here.steepness) - ln_y;  // eq. 43
    }
}

double WedgeEnergy::lowest_kappa() const noexcept { return std::exp(ln_kappa_.back()); }
double WedgeEnergy::highest_kappa() const noexcept { return std::exp(ln_kappa_.front()); }

WedgeEnergy::Local WedgeEnergy::local(double ln_y) const noexcept {
    const Slits& x = ln_slit();
    const auto end_slope = [&](std::size_t i) {  // of the spline at its ends, where the curvature is 0
        const double h = x[i + 1] - x[i];
        const double chord = (ln_energy_[i + 1] - ln_energy_[i]) / h;
        return i == 0 ? chord - h * curvature_[1] / 6.0 : chord + h * curvature_[i] / 6.0;
    };
    if (ln_y <= x.front()) {  // eq. 45: a power law, as the closed form has it for narrow slits
        const double slope = end_slope(0);
        return {ln_energy_.front() + slope * (ln_y - x.front()), -slope, 0.0};
    }
    if (!(ln_y < x.back())) {  // eq. 44: s = A/(ln y + const), as of a long crack that a pair of forces holds open
        const double n_end = -end_slope(n - 2);
        const double steepness = n_end / (1.0 + n_end * (ln_y - x.back()));
        return {ln_energy_.back() + std::log(steepness / n_end), steepness, -steepness * steepness};
    }
    const auto right = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), ln_y) - x.begin());
    const std::size_t left = right - 1;
    const double h = x[right] - x[left];
    const double p = (x[right] - ln_y) / h, q = (ln_y - x[left]) / h;
    const double value = p * ln_energy_[left] + q * ln_energy_[right] +
                         ((p * p * p - p) * curvature_[left] + (q * q * q - q) * curvature_[right]) * h * h / 6.0;
    const double slope = (ln_energy_[right] - ln_energy_[left]) / h +
                         ((3.0 * q * q - 1.0) * curvature_[right] - (3.0 * p * p - 1.0) * curvature_[left]) * h / 6.0;
    return {value, -slope, -(p * curvature_[left] + q * curvature_[right])};
}

WedgeEnergy::Point WedgeEnergy::at(double ln_y) const noexcept {
    const Local here = local(ln_y);
    return {std::exp(here.ln_energy), here.steepness};
}

double WedgeEnergy::best_slit(double ln_kappa) const noexcept {
    const Slits& x = ln_slit();
    if (std::isnan(ln_kappa) || std::isnan(ln_kappa_.front())) return std::numeric_limits<double>::quiet_NaN();
    if (ln_kappa >= ln_kappa_.front()) {  // on the power law ln kappa is linear in ln y
        return x.front() - (ln_kappa - ln_kappa_.front()) / (1.0 + local(x.front()).steepness);
    }
    double low = x.back(), high = low + (ln_kappa_.back() - ln_kappa);  // d ln kappa/d ln y < -1 on the wide side
    double ln_y = 0.5 * (low + high);
    if (ln_kappa > ln_kappa_.back()) {
        const auto right = static_cast<std::size_t>(
            std::lower_bound(ln_kappa_.begin(), ln_kappa_.end(), ln_kappa, std::greater<>()) - ln_kappa_.begin());
        low = x[right - 1], high = x[right];
        ln_y = low + (high - low) * (ln_kappa_[right - 1] - ln_kappa) / (ln_kappa_[right - 1] - ln_kappa_[right]);
    }
    // Newton on eq. 43 in logarithms, kept inside its bracket.
    for (int i = 0; i < 100; ++i) {
        const Local here = local(ln_y);
        const double excess = ln_kappa + ln_y - here.ln_energy - std::log(0.5 * here.steepness);
        (excess < 0.0 ? low : high) = ln_y;
        double next = ln_y - excess / (1.0 + here.steepness - here.change / here.steepness);
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        const double step = std::abs(next - ln_y);
        ln_y = next;
        if (step <= 1e-15 * (1.0 + std::abs(ln_y))) break;
    }
    return ln_y;
}

}  // namespace skin::insertion
