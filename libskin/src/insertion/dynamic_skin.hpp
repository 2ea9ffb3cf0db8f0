// What the skin does to one needle of the dynamic model: the spring under it and the resistance to its tip, as cubics.
// Lengths and forces are over the scales of the motion (dynamic_setup.hpp).
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "insertion/layered_needle.hpp"

namespace skin::insertion {

struct Sloped {
    double value, slope;
};

/// Instantaneous elastic force over deflection, odd in it: what is pulled up resists like what is pushed down.
/// F = quadratic u^2 + linear u where the law is that, otherwise a table of cubics that widen with u.
class SkinSpring {
public:
    SkinSpring() = default;
    /// Tabulated to `deepest`; beyond it the slope goes on growing as in the last cell.
    SkinSpring(const std::function<double(double)>& force, double deepest);

    [[nodiscard]] Sloped force(double u) const noexcept {
        const double a = std::abs(u);
        if (cells_.empty()) return {std::copysign(a * (linear_ + quadratic_ * a), u), linear_ + 2.0 * quadratic_ * a};
        const Sloped f = tabulated(a);
        return {std::copysign(f.value, u), f.slope};
    }
    [[nodiscard]] double depth(double f) const noexcept {
        const double a = std::abs(f);
        if (a == 0.0) return 0.0;
        const double root =
            cells_.empty() ? 2.0 * a / (linear_ + std::sqrt(linear_ * linear_ + 4.0 * quadratic_ * a)) : inverse(a);
        return std::copysign(root, f);
    }
    [[nodiscard]] double energy(double u) const noexcept;
    [[nodiscard]] bool closed_form() const noexcept { return cells_.empty(); }

private:
    struct Cell {
        double start, width, c[4], energy;  // cubic in the share of the cell; energy up to its start
    };
    [[nodiscard]] const Cell& cell_of(double a) const noexcept;
    [[nodiscard]] Sloped tabulated(double a) const noexcept;
    [[nodiscard]] double inverse(double f) const noexcept;

    double quadratic_ = 1.0, linear_ = 0.0;
    double deepest_ = 1.0;
    std::vector<Cell> cells_;
};

/// Force against the tip over its depth, cut into pieces at interfaces and where the shank reaches one.
class Resistance {
public:
    struct Piece {
        double top = 0.0, bottom = 0.0;
        double barrier = 0.0;  ///< force that lets the tip in; 0: nothing holds it
        int first = 0;         ///< of its cells
        double inverse_span = 0.0;
    };
    struct Force {
        double cutting, cutting_slope, friction, friction_slope;
        [[nodiscard]] double value() const noexcept { return cutting + friction; }
        [[nodiscard]] double slope() const noexcept { return cutting_slope + friction_slope; }
    };

    Resistance() = default;
    Resistance(const LayeredNeedle& model, const LayeredNeedle::Strike& strike, double length_scale,
               double force_scale);

    [[nodiscard]] int pieces() const noexcept { return static_cast<int>(pieces_.size()); }
    [[nodiscard]] const Piece& piece(int i) const noexcept { return pieces_[static_cast<std::size_t>(i)]; }
    [[nodiscard]] double bottom() const noexcept { return pieces_.back().bottom; }  ///< the needle is in to its base
    /// At depth h in piece i, continued smoothly a little past its ends.
    [[nodiscard]] Force at(double h, int i) const noexcept;
    [[nodiscard]] Force at(double h) const noexcept { return at(h, piece_of(h)); }
    [[nodiscard]] int piece_of(double h) const noexcept {
        int i = 0;
        while (i + 1 < pieces() && h > piece(i).bottom) ++i;
        return i;
    }
    /// Cutting and friction together in piece i; friction alone.
    [[nodiscard]] Sloped whole(double h, int i) const noexcept { return cubic_of(h, i, &Cell::whole); }
    [[nodiscard]] Sloped friction(double h) const noexcept { return cubic_of(h, piece_of(h), &Cell::rub); }
    /// Work of cutting and of friction on the way from the surface to h.
    [[nodiscard]] double cutting_work(double h) const noexcept { return work(h, &Cell::cut, &Cell::cut_work); }
    [[nodiscard]] double friction_work(double h) const noexcept { return work(h, &Cell::rub, &Cell::rub_work); }

private:
    struct Cell {
        double start, width, inverse_width;
        double cut[4], rub[4], whole[4];  // cubics in the share of the cell
        double cut_work, rub_work;        // up to its start
    };
    static constexpr int cells_a_piece = 48;  // they widen with the distance from the top of the piece
    [[nodiscard]] const Cell& cell_of(double h, const Piece& piece) const noexcept {
        const double share = std::max((h - piece.top) * piece.inverse_span, 0.0);
        const int k = std::min(static_cast<int>(std::sqrt(share) * cells_a_piece), cells_a_piece - 1);
        return cells_[static_cast<std::size_t>(piece.first + k)];
    }
    [[nodiscard]] Sloped cubic_of(double h, int i, const double (Cell::*which)[4]) const noexcept {
        const Cell& cell = cell_of(h, piece(i));
        const auto& c = cell.*which;
        const double s = (h - cell.start) * cell.inverse_width;
        const double s2 = s * s;
        return {(c[0] + s * c[1]) + s2 * (c[2] + s * c[3]),
                ((c[1] + 2.0 * s * c[2]) + 3.0 * s2 * c[3]) * cell.inverse_width};
    }
    [[nodiscard]] double work(double h, double (Cell::*c)[4], double Cell::*before) const noexcept;

    std::vector<Piece> pieces_;
    std::vector<Cell> cells_;
};

}  // namespace skin::insertion
