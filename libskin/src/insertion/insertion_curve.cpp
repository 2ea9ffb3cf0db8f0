// InsertionCurve: the equilibrium of layered_needle.cpp as a table of cubics in depth, with the least travel and the
// least force that get the tip into each cell (running maxima: the first balance on loading).
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "insertion/layered_needle.hpp"
#include "insertion/report.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double least_jump = 1e-8;  // [m] that counts as a break
constexpr int cells_a_piece = 28;    // of a layer between kinks of the force; they widen with the distance from its top
constexpr int cells_a_chord = 6;     // of an outline with many short pieces, on which the radius hardly changes

double cubic(const double (&c)[4], double s) noexcept { return c[0] + s * (c[1] + s * (c[2] + s * c[3])); }
double cubic_slope(const double (&c)[4], double s) noexcept { return c[1] + s * (2.0 * c[2] + 3.0 * s * c[3]); }

// Share of the cell at which the increasing `value` reaches zero; `value` returns {value, slope}.
template <class F>
double share_of_root(const F& value, double at_start, double at_end) noexcept {
    double low = 0.0, high = 1.0;
    double s = at_end > at_start ? -at_start / (at_end - at_start) : 0.0;
    for (int i = 0; i < 60; ++i) {
        s = std::clamp(s, low, high);
        const auto [f, slope] = value(s);
        (f < 0.0 ? low : high) = s;
        double next = slope > 0.0 ? s - f / slope : 0.5 * (low + high);
        if (!(next >= low && next <= high)) next = 0.5 * (low + high);
        if (std::abs(next - s) < 1e-7) return next;  // Newton: the next step would be below round-off
        s = next;
    }
    return s;
}
struct Point {
    double value, slope;
};

}  // namespace

InsertionCurve::InsertionCurve(const Skin& skin, const Needle& needle, double speed,
                               const InsertionSettings& settings) {
    validate_skin(skin);
    validate_needle(needle);
    insertion::check_settings(settings);
    check_range("speed", speed, "m/s", 1e-9, 100.0);
    const insertion::LayeredNeedle model(skin, needle, settings, speed, speed);
    const auto strike = model.at(model.nominal_tops(), speed);
    length_ = needle.length;
    struct Kept {  // the deflection and the table that it points to, if any
        insertion::Deflection deflection;
        std::shared_ptr<const insertion::DeflectionTable> table;
    };
    const auto kept = std::make_shared<const Kept>(Kept{strike.deflection(), model.deflection_table()});
    deflection_ = {kept, &kept->deflection};
    if (!model.cuts()) return;

    const auto& tops = model.nominal_tops();
    const auto outline = needle_outline(needle);
    double most_travel = 0.0, most_force = 0.0, landing = 0.0;
    for (std::size_t layer = 0; layer < tops.size() && tops[layer] < length_; ++layer) {
        if (tops[layer] >= landing && strike.has_barrier(layer)) {
            landing = strike.landing(layer);
            most_force = std::max(most_force, strike.barrier(layer));
            most_travel = std::max(most_travel, tops[layer] + deflection_at_force(strike.barrier(layer)));
            if (landing > tops[layer] + least_jump) breaks_.push_back(most_travel);
        }
        const double layer_end = layer + 1 < tops.size() ? std::min(tops[layer + 1], length_) : length_;
        auto borders = insertion::force_kinks(tops, layer, layer_end, outline);
        if (landing > tops[layer] && landing < layer_end)
            borders.insert(std::upper_bound(borders.begin(), borders.end(), landing), landing);
        for (std::size_t piece = 0; piece + 1 < borders.size(); ++piece) {
            const double start = borders[piece], span = borders[piece + 1] - start;
            if (!(span > 0.0)) continue;
            const int cells = outline.size() > 2 && piece > 0 ? cells_a_chord : cells_a_piece;
            for (int k = 0; k < cells; ++k) {
                const auto border = [&](int i) { return start + span * i * i / (cells * cells); };
                Cell cell{};
                cell.top = border(k);
                cell.width = border(k + 1) - cell.top;
                const double bottom = cell.top + cell.width;
                // The force jumps at an interface: take values and slopes from inside the cell.
                const double inside = 1e-9 * cell.width;
                const double m0 = cell.width * strike.force_slope(cell.top + inside);
                const double m1 = cell.width * strike.force_slope(bottom - inside);
                const double F0 = strike.force(cell.top + inside), F1 = strike.force(bottom - inside);
                cell.force[0] = F0;
                cell.force[1] = m0;
                cell.force[2] = 3.0 * (F1 - F0) - 2.0 * m0 - m1;
                cell.force[3] = m0 + m1 - 2.0 * (F1 - F0);
                if (bottom <= landing + 1e-15) {  // the tip jumps over this cell at the travel and force of the barrier
                    cell.enter_force = cell.leave_force = most_force;
                    cell.enter_travel = cell.leave_travel = most_travel;
                    enter_travel_.push_back(cell.enter_travel);
                    enter_force_.push_back(cell.enter_force);
                    cells_.push_back(cell);
                    continue;
                }
                cell.enter_force = most_force = std::max(most_force, F0);
                cell.enter_travel = most_travel = std::max(most_travel, cell.top + deflection_at_force(F0));
                const bool behind = cell.top + deflection_at_force(F0) < cell.enter_travel - least_jump;
                if (behind && (breaks_.empty() || breaks_.back() < cell.enter_travel))
                    breaks_.push_back(cell.enter_travel);
                cell.leave_force = most_force = std::max(most_force, F1);
                cell.leave_travel = most_travel = std::max(most_travel, bottom + deflection_at_force(F1));
                enter_travel_.push_back(cell.enter_travel);
                enter_force_.push_back(cell.enter_force);
                cells_.push_back(cell);
            }
        }
    }
}

double InsertionCurve::deflection_at_force(double force) const noexcept { return deflection_->depth(force); }

double InsertionCurve::force_at_deflection(double deflection) const noexcept { return deflection_->force(deflection); }

double InsertionCurve::depth_at_travel(double travel) const noexcept {
    if (!(travel >= 0.0 && travel < std::numeric_limits<double>::infinity())) return nan;
    const auto after = std::upper_bound(enter_travel_.begin(), enter_travel_.end(), travel);
    if (after == enter_travel_.begin() || travel == 0.0) return 0.0;
    const Cell& cell = cells_[static_cast<std::size_t>(after - enter_travel_.begin()) - 1];
    if (travel >= cell.leave_travel) return cell.top + cell.width;
    if (deflection_->table != nullptr) {  // balance of forces: the same root without the inverse of the table
        const auto unbalanced = [&](double s) {
            const double u = travel - cell.top - s * cell.width;
            return Point{cubic(cell.force, s) - deflection_->force(u),
                         cubic_slope(cell.force, s) + cell.width * deflection_->stiffness(u)};
        };
        return cell.top + cell.width * share_of_root(unbalanced, unbalanced(0.0).value, unbalanced(1.0).value);
    }
    const auto excess = [&](double s) {
        const double F = cubic(cell.force, s);
        const double u = deflection_at_force(F);
        const double stiffness = deflection_->stiffness(u);
        const double du = stiffness > 0.0 ? cubic_slope(cell.force, s) / stiffness : 0.0;
        return Point{cell.top + s * cell.width + u - travel, cell.width + du};
    };
    return cell.top + cell.width * share_of_root(excess, excess(0.0).value, cell.leave_travel - travel);
}

double InsertionCurve::force_at_travel(double travel) const noexcept {
    return deflection_->rigid ? force_at_depth(travel) : force_at_deflection(travel - depth_at_travel(travel));
}

double InsertionCurve::depth_at_force(double force) const noexcept {
    if (!(force >= 0.0 && force < std::numeric_limits<double>::infinity())) return nan;
    const auto after = std::upper_bound(enter_force_.begin(), enter_force_.end(), force);
    if (after == enter_force_.begin() || force == 0.0) return 0.0;
    const Cell& cell = cells_[static_cast<std::size_t>(after - enter_force_.begin()) - 1];
    if (force >= cell.leave_force) return cell.top + cell.width;
    const auto excess = [&](double s) { return Point{cubic(cell.force, s) - force, cubic_slope(cell.force, s)}; };
    return cell.top + cell.width * share_of_root(excess, cell.force[0] - force, cell.leave_force - force);
}

double InsertionCurve::travel_at_force(double force) const noexcept {
    return depth_at_force(force) + deflection_at_force(force);
}

double InsertionCurve::force_at_depth(double depth) const noexcept {
    if (!(depth >= 0.0 && depth <= length_) || (depth > 0.0 && cells_.empty())) return nan;
    if (depth == 0.0) return 0.0;
    auto after =
        std::lower_bound(cells_.begin(), cells_.end(), depth, [](const Cell& cell, double h) { return cell.top < h; });
    const Cell& cell = *(after - 1);
    return cubic(cell.force, std::min((depth - cell.top) / cell.width, 1.0));
}

void InsertionCurve::depths_at_travel(const double* travel, double* depth, std::size_t n) const noexcept {
    for (std::size_t i = 0; i < n; ++i) depth[i] = depth_at_travel(travel[i]);
}

}  // namespace skin
