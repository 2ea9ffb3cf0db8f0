// Shared travel of an array with Boussinesq far fields (docs/theory/insertion.md, eq. 32-35):
//   h_i + u_i = D,   u_i = u_loc(F_i) + sum_j F_j/(pi E* r_ij),   contact of the plate at D = L + u_mid.
// Nonlinear Gauss-Seidel: each scalar equation d_i + c_ii F(d_i) = D - sum_k c_ik F_k is bracketed by 0 and its right side.
#include "insertion/array.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr int path_points = 96;
constexpr int most_sweeps = 2000;
constexpr double barrier_chatter = 2e-6;  // [m] a needle that sits exactly at a barrier may hop by less than this

}  // namespace

NeedleArray::NeedleArray(const Stamp& stamp, const LayeredNeedle::Strike& strike, double modulus, double cut_off,
                         double tolerance)
    : strike_(strike), rows_(stamp.rows), columns_(stamp.columns), length_(stamp.needle.length), tolerance_(tolerance) {
    const int half_rows = (rows_ + 1) / 2, half_columns = (columns_ + 1) / 2;
    const Eigen::Index groups = static_cast<Eigen::Index>(half_rows) * half_columns;
    members_ = Eigen::VectorXd::Zero(groups);
    for (int i = 0; i < rows_ * columns_; ++i) members_[static_cast<Eigen::Index>(group_of(i))] += 1.0;
    midway_coupling_ = Eigen::VectorXd::Zero(groups);
    const bool coupled = modulus > 0.0 && rows_ * columns_ > 1;
    coupling_ = Eigen::MatrixXd::Zero(coupled ? groups : 0, coupled ? groups : 0);
    if (coupled) {
        constexpr int most_coupled = 4096;
        if (rows_ * columns_ > most_coupled) {
            throw ParameterError(text("stamp.rows x stamp.columns = %d: at most %d needles can be coupled; "
                                      "choose array_coupling = none",
                                      rows_ * columns_, most_coupled));
        }
        const auto add = [&](double x, double y, auto&& row) {
            for (int j = 0; j < rows_ * columns_; ++j) {
                const double r = stamp.pitch * std::hypot(x - j % columns_, y - j / columns_);
                if (r > 0.0 && r <= cut_off) row[static_cast<Eigen::Index>(group_of(j))] += far_field(1.0, modulus, r);
            }
        };
        for (int y = 0; y < half_rows; ++y) {
            for (int x = 0; x < half_columns; ++x) add(x, y, coupling_.row(y * half_columns + x));
        }
        // Middles of the cells, or of the gaps of a single row.
        const int cells_x = std::max(columns_ - 1, 1), cells_y = std::max(rows_ - 1, 1);
        for (int y = 0; y < (cells_y + 1) / 2; ++y) {
            for (int x = 0; x < (cells_x + 1) / 2; ++x) {
                const double mirror = (2 * x + 1 == cells_x ? 1.0 : 2.0) * (2 * y + 1 == cells_y ? 1.0 : 2.0);
                Eigen::VectorXd one = Eigen::VectorXd::Zero(groups);
                add(columns_ > 1 ? x + 0.5 : 0.0, rows_ > 1 ? y + 0.5 : 0.0, one);
                midway_coupling_ += mirror / (static_cast<double>(cells_x) * cells_y) * one;
            }
        }
    }
    ArrayBalance state;
    state.local = state.force = Eigen::VectorXd::Zero(groups);
    path_.push_back(state);
    // The plate touches where D = L + u_mid(D); u_mid grows more slowly than D, so the crossing is unique.
    double low = length_, high = length_;
    ArrayBalance at_high = solve(high, state);
    for (int i = 0; i < 60 && high < length_ + at_high.midway; ++i) {
        low = high;
        high = length_ + 2.0 * at_high.midway;
        at_high = solve(high, at_high);
    }
    for (int i = 0; i < 60 && high - low > tolerance_; ++i) {
        const double middle = 0.5 * (low + high);
        at_high = solve(middle, at_high);
        (middle < length_ + at_high.midway ? low : high) = middle;
    }
    for (int i = 1; i <= path_points; ++i) path_.push_back(solve(high * i / path_points, path_.back()));
}

std::size_t NeedleArray::group_of(int needle) const noexcept {
    const int x = needle % columns_, y = needle / columns_;
    return static_cast<std::size_t>(std::min(y, rows_ - 1 - y) * ((columns_ + 1) / 2) + std::min(x, columns_ - 1 - x));
}

ArrayBalance NeedleArray::solve(double travel, const ArrayBalance& guess) const {
    ArrayBalance state = guess;
    state.travel = travel;
    const auto force_at = [&](double d) { return strike_.at_travel(d, tolerance_).force; };
    if (coupling_.size() == 0) {
        state.local.setConstant(travel);
        state.force.setConstant(force_at(travel));
    } else {
        double change = 0.0;
        for (int sweep = 0; sweep < most_sweeps; ++sweep) {
            change = 0.0;
            const double keep = sweep < 200 ? 0.0 : 0.5;  // damped when plain sweeps do not settle
            for (Eigen::Index g = 0; g < state.local.size(); ++g) {
                const double own = coupling_(g, g);
                const double available = travel - coupling_.row(g).dot(state.force) + own * state.force[g];
                double d = 0.0;
                if (available > 0.0) {
                    const auto excess = [&](double local) { return local + own * force_at(local) - available; };
                    const double at_all = excess(available);
                    d = own == 0.0 || at_all <= 0.0
                            ? available
                            : bracketed_root(excess, 0.0, available, -available, at_all, 0.1 * tolerance_);
                }
                d = keep * state.local[g] + (1.0 - keep) * d;
                change = std::max(change, std::abs(d - state.local[g]));
                state.local[g] = d;
                state.force[g] = force_at(d);
            }
            if (change <= 10.0 * tolerance_) break;
        }
        if (!(change <= std::max(10.0 * tolerance_, barrier_chatter))) {
            throw SolverError(text("insertion: the needles of the stamp found no common balance at travel %g m: after %d "
                                   "sweeps the largest change is %g m",
                                   travel, most_sweeps, change));
        }
    }
    state.total = members_.dot(state.force);
    state.midway = midway_coupling_.dot(state.force);
    return state;
}

const ArrayBalance& NeedleArray::before(double travel) const noexcept {
    const auto after = std::upper_bound(path_.begin(), path_.end(), travel,
                                        [](double value, const ArrayBalance& s) { return value < s.travel; });
    return after == path_.begin() ? path_.front() : *(after - 1);
}

ArrayBalance NeedleArray::at_travel(double travel) const {
    if (travel >= contact_travel()) return path_.back();
    return solve(std::max(travel, 0.0), before(travel));
}

ArrayBalance NeedleArray::at_force(double force) const {
    for (std::size_t i = 1; i < path_.size(); ++i) {
        if (path_[i].total < force) continue;
        const ArrayBalance& low = path_[i - 1];
        const double travel =
            bracketed_root([&](double D) { return solve(D, low).total - force; }, low.travel, path_[i].travel,
                           std::min(low.total - force, -1e-300), path_[i].total - force, tolerance_);
        return solve(travel, low);
    }
    return path_.back();
}

ArrayBalance NeedleArray::at_energy(double energy) const {
    double used = 0.0;
    for (std::size_t i = 1; i < path_.size(); ++i) {
        const ArrayBalance &low = path_[i - 1], &high = path_[i];
        const double width = high.travel - low.travel;
        const double step = 0.5 * width * (low.total + high.total);
        if (used + step < energy) {
            used += step;
            continue;
        }
        // Force taken as linear in this interval: the work is a quadratic of the share of it.
        const double rise = high.total - low.total, left = (energy - used) / width;
        const double root = std::sqrt(std::max(low.total * low.total + 2.0 * rise * left, 0.0));
        const double share = low.total + root > 0.0 ? 2.0 * left / (low.total + root) : 0.0;
        return solve(low.travel + std::clamp(share, 0.0, 1.0) * width, low);
    }
    return path_.back();
}

}  // namespace skin::insertion
