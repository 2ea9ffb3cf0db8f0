#include "insertion/dynamic_skin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skin::insertion {
namespace {

constexpr int spring_cells = 96;
constexpr int cells_a_piece = 24;  // of the resistance; they widen with the distance from the top of the piece

double cubic(const double (&c)[4], double s) noexcept { return c[0] + s * (c[1] + s * (c[2] + s * c[3])); }
double cubic_slope(const double (&c)[4], double s) noexcept { return c[1] + s * (2.0 * c[2] + 3.0 * s * c[3]); }
double cubic_integral(const double (&c)[4], double s) noexcept {
    return s * (c[0] + s * (c[1] / 2.0 + s * (c[2] / 3.0 + s * c[3] / 4.0)));
}

// Through four values at shares 0, 1/3, 2/3 and 1.
void through(double (&c)[4], double f0, double f1, double f2, double f3) noexcept {
    c[0] = f0;
    c[1] = -5.5 * f0 + 9.0 * f1 - 4.5 * f2 + f3;
    c[2] = 9.0 * f0 - 22.5 * f1 + 18.0 * f2 - 4.5 * f3;
    c[3] = -4.5 * f0 + 13.5 * f1 - 13.5 * f2 + 4.5 * f3;
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
    const auto node = [&](double k) { return deepest * k * k / (spring_cells * spring_cells); };
    for (int k = 0; k < spring_cells; ++k) {
        Cell cell{node(k), node(k + 1) - node(k), {}, energy};
        const auto at = [&](double share) {
            const double u = cell.start + share * cell.width;
            return u > 0.0 ? force(u) : 0.0;
        };
        through(cell.c, at(0.0), at(1.0 / 3.0), at(2.0 / 3.0), at(1.0));
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
            Piece piece{start / length_scale, borders[k + 1] / length_scale, 0.0, static_cast<int>(cells_.size())};
            if (k == 0 && strike.has_barrier(layer)) piece.barrier = strike.barrier(layer) / force_scale;
            if (!model.cuts()) piece.barrier = std::numeric_limits<double>::infinity();
            pieces_.push_back(piece);
            for (int i = 0; i < cells_a_piece; ++i) {
                const auto border = [&](int j) { return start + span * j * j / (cells_a_piece * cells_a_piece); };
                const double top = border(i), width = border(i + 1) - top;
                double cut[4], rub[4];
                for (int j = 0; j < 4; ++j) {
                    // The force jumps at an interface: take all values from inside the piece.
                    const double share = std::clamp(j / 3.0, 1e-9, 1.0 - 1e-9);
                    const ForceParts parts = strike.parts(top + share * width);
                    cut[j] = (parts.cutting + parts.spreading) / force_scale;
                    rub[j] = parts.friction / force_scale;
                }
                Cell cell{top / length_scale, width / length_scale, length_scale / width, {}, {}, cut_work, rub_work};
                through(cell.cut, cut[0], cut[1], cut[2], cut[3]);
                through(cell.rub, rub[0], rub[1], rub[2], rub[3]);
                cut_work += cell.width * cubic_integral(cell.cut, 1.0);
                rub_work += cell.width * cubic_integral(cell.rub, 1.0);
                cells_.push_back(cell);
            }
        }
    }
}

const Resistance::Cell& Resistance::cell_of(double h, const Piece& piece) const noexcept {
    const double share = std::max((h - piece.top) / (piece.bottom - piece.top), 0.0);
    const int k = std::min(static_cast<int>(std::sqrt(share) * cells_a_piece), cells_a_piece - 1);
    return cells_[static_cast<std::size_t>(piece.first + k)];
}

int Resistance::piece_of(double h) const noexcept {
    int i = 0;
    while (i + 1 < pieces() && h > piece(i).bottom) ++i;
    return i;
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
