#include "insertion/dynamic_skin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skin::insertion {
namespace {

constexpr int spring_cells = 96;

double cubic(const double (&c)[4], double s) noexcept { return c[0] + s * (c[1] + s * (c[2] + s * c[3])); }
double cubic_slope(const double (&c)[4], double s) noexcept { return c[1] + s * (2.0 * c[2] + 3.0 * s * c[3]); }
double cubic_integral(const double (&c)[4], double s) noexcept {
    return s * (c[0] + s * (c[1] / 2.0 + s * (c[2] / 3.0 + s * c[3] / 4.0)));
}

// Slope at x[0] of the cubic through four places.
double end_slope(const double* x, const double* f, std::ptrdiff_t step) noexcept {
    double slope = 0.0;
    for (std::ptrdiff_t i = 1; i < 4; ++i) {  // Lagrange: weight of f[i] - f[0]
        double weight = 1.0 / (x[i * step] - x[0]);
        for (std::ptrdiff_t j = 1; j < 4; ++j)
            if (j != i) weight *= (x[0] - x[j * step]) / (x[i * step] - x[j * step]);
        slope += weight * (f[i * step] - f[0]);
    }
    return slope;
}

// Slopes at all places of the cubic spline through (x, f), five or more: two continuous derivatives, so that the steps
// of the motion do not stumble over the borders of cells.
std::vector<double> spline_slopes(const std::vector<double>& x, const std::vector<double>& f) {
    const std::size_t n = x.size();
    std::vector<double> slope(n), upper(n, 0.0);
    slope.front() = end_slope(x.data(), f.data(), 1);
    slope.back() = end_slope(x.data() + n - 1, f.data() + n - 1, -1);
    for (std::size_t i = 1; i + 1 < n; ++i) {
        const double left = x[i] - x[i - 1], right = x[i + 1] - x[i];
        const double known = 3.0 * (right / left * (f[i] - f[i - 1]) + left / right * (f[i + 1] - f[i]));
        const double pivot = 2.0 * (left + right) - right * upper[i - 1];
        upper[i] = left / pivot;
        slope[i] = (known - right * slope[i - 1]) / pivot;
    }
    for (std::size_t i = n - 2; i > 0; --i) slope[i] -= upper[i] * slope[i + 1];
    return slope;
}

// Cubic in the share of a cell from values and slopes at its ends.
void hermite(double (&c)[4], double width, double f0, double f1, double slope0, double slope1) noexcept {
    const double m0 = width * slope0, m1 = width * slope1, rise = f1 - f0;
    c[0] = f0;
    c[1] = m0;
    c[2] = 3.0 * rise - 2.0 * m0 - m1;
    c[3] = m0 + m1 - 2.0 * rise;
}

}  // namespace

SkinSpring::SkinSpring(const std::function<double(double)>& force, double deepest) : deepest_(deepest) {
    // A law of two terms is known by two of its values; a third one tells whether it is that.
    const double at_half = force(0.5 * deepest), at_end = force(deepest);
    quadratic_ = 2.0 * (at_end - 2.0 * at_half) / (deepest * deepest);
    linear_ = (4.0 * at_half - at_end) / deepest;
    if (std::abs(linear_) * deepest < 1e-12 * at_end) linear_ = 0.0;
    bool two_terms = quadratic_ >= 0.0 && linear_ >= 0.0;
    for (const double share : {0.01, 0.1, 0.3, 0.8}) {
        const double u = share * deepest, f = force(u);
        two_terms = two_terms && std::abs(u * (linear_ + quadratic_ * u) - f) <= 1e-11 * f;
    }
    if (two_terms) return;
    double energy = 0.0;
    std::vector<double> u, f;
    for (int k = 0; k <= spring_cells; ++k) {
        u.push_back(deepest * k * k / (spring_cells * spring_cells));
        f.push_back(k > 0 ? force(u.back()) : 0.0);
    }
    const std::vector<double> slope = spline_slopes(u, f);
    for (std::size_t k = 0; k + 1 < u.size(); ++k) {
        Cell cell{u[k], u[k + 1] - u[k], {}, energy};
        hermite(cell.c, cell.width, f[k], f[k + 1], slope[k], slope[k + 1]);
        energy += cell.width * cubic_integral(cell.c, 1.0);
        cells_.push_back(cell);
    }
}

const SkinSpring::Cell& SkinSpring::cell_of(double a) const noexcept {
    const int k = static_cast<int>(std::sqrt(a / deepest_) * spring_cells);
    return cells_[static_cast<std::size_t>(std::clamp(k, 0, spring_cells - 1))];
}

Sloped SkinSpring::tabulated(double a) const noexcept {
    const Cell& cell = cell_of(a);
    const double s = (a - cell.start) / cell.width;
    if (s <= 1.0) return {cubic(cell.c, s), cubic_slope(cell.c, s) / cell.width};
    const double slope = cubic_slope(cell.c, 1.0), growth = std::max(2.0 * cell.c[2] + 6.0 * cell.c[3], 0.0);
    return {cubic(cell.c, 1.0) + (s - 1.0) * (slope + 0.5 * growth * (s - 1.0)),
            (slope + growth * (s - 1.0)) / cell.width};
}

double SkinSpring::inverse(double f) const noexcept {
    // Newton in a bracket; the force grows with u.
    double low = 0.0, high = deepest_;
    while (tabulated(high).value < f && high < 1e6 * deepest_) low = high, high *= 2.0;
    double u = 0.5 * (low + high);
    for (int i = 0; i < 100; ++i) {
        const Sloped at = tabulated(u);
        (at.value < f ? low : high) = u;
        double next = at.slope > 0.0 ? u - (at.value - f) / at.slope : 0.5 * (low + high);
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        if (std::abs(next - u) <= 1e-15 * deepest_) return next;
        u = next;
    }
    return u;
}

double SkinSpring::energy(double u) const noexcept {
    const double a = std::abs(u);
    if (cells_.empty()) return a * a * (linear_ / 2.0 + quadratic_ * a / 3.0);
    const Cell& cell = cell_of(a);
    const double s = (a - cell.start) / cell.width;
    if (s <= 1.0) return cell.energy + cell.width * cubic_integral(cell.c, s);
    const double end = cubic(cell.c, 1.0), slope = cubic_slope(cell.c, 1.0);
    const double growth = std::max(2.0 * cell.c[2] + 6.0 * cell.c[3], 0.0), r = s - 1.0;
    return cell.energy + cell.width * (cubic_integral(cell.c, 1.0) + r * (end + r * (slope / 2.0 + r * growth / 6.0)));
}

Resistance::Resistance(const LayeredNeedle& model, const LayeredNeedle::Strike& strike, double length_scale,
                       double force_scale) {
    const Needle& needle = model.needle();
    const auto tops = strike.tops();
    const auto outline = needle_outline(needle);
    double cut_work = 0.0, rub_work = 0.0;
    for (std::size_t layer = 0; layer < tops.size() && tops[layer] < needle.length; ++layer) {
        const double bottom = layer + 1 < tops.size() ? std::min(tops[layer + 1], needle.length) : needle.length;
        const auto borders = force_kinks(tops, layer, bottom, outline);
        for (std::size_t k = 0; k + 1 < borders.size(); ++k) {
            const double start = borders[k], span = borders[k + 1] - start;
            if (!(span > 0.0)) continue;
            Piece piece{start / length_scale, borders[k + 1] / length_scale, 0.0, static_cast<int>(cells_.size()),
                        length_scale / span};
            if (k == 0 && strike.has_barrier(layer)) piece.barrier = strike.barrier(layer) / force_scale;
            if (!model.cuts()) piece.barrier = std::numeric_limits<double>::infinity();
            pieces_.push_back(piece);
            std::vector<double> h, cut, rub;
            for (int i = 0; i <= cells_a_piece; ++i) {
                const double share = static_cast<double>(i * i) / (cells_a_piece * cells_a_piece);
                // The force jumps at an interface: take all values from inside the piece.
                const ForceParts parts = strike.parts(start + span * std::clamp(share, 1e-12, 1.0 - 1e-12));
                h.push_back((start + span * share) / length_scale);
                cut.push_back((parts.cutting + parts.spreading) / force_scale);
                rub.push_back(parts.friction / force_scale);
            }
            const std::vector<double> cut_slope = spline_slopes(h, cut), rub_slope = spline_slopes(h, rub);
            for (std::size_t i = 0; i + 1 < h.size(); ++i) {
                const double width = h[i + 1] - h[i];
                Cell cell{h[i], width, 1.0 / width, {}, {}, {}, cut_work, rub_work};
                hermite(cell.cut, width, cut[i], cut[i + 1], cut_slope[i], cut_slope[i + 1]);
                hermite(cell.rub, width, rub[i], rub[i + 1], rub_slope[i], rub_slope[i + 1]);
                for (int j = 0; j < 4; ++j) cell.whole[j] = cell.cut[j] + cell.rub[j];
                cut_work += width * cubic_integral(cell.cut, 1.0);
                rub_work += width * cubic_integral(cell.rub, 1.0);
                cells_.push_back(cell);
            }
        }
    }
}

Resistance::Force Resistance::at(double h, int i) const noexcept {
    const Cell& cell = cell_of(h, piece(i));
    const double s = (h - cell.start) * cell.inverse_width;
    return {cubic(cell.cut, s), cubic_slope(cell.cut, s) * cell.inverse_width, cubic(cell.rub, s),
            cubic_slope(cell.rub, s) * cell.inverse_width};
}

double Resistance::work(double h, double (Cell::*c)[4], double Cell::*before) const noexcept {
    const Cell& cell = cell_of(h, piece(piece_of(h)));
    return cell.*before + cell.width * cubic_integral(cell.*c, (h - cell.start) * cell.inverse_width);
}

}  // namespace skin::insertion
