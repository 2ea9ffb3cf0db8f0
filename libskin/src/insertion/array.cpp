// Shared travel of an array with far fields (docs/theory/insertion.md, eq. 32-35):
//   d_i = D - sum_j w(F_j, r_ij),   F_i = F(d_i),   contact of the plate at D = L + u_mid.
// Nonlinear Gauss-Seidel along the loading path: each scalar equation is bracketed by 0 and its right side.
#include "insertion/array.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr int steps_a_length = 48;  // of the loading path
constexpr int sweeps_a_round = 30;  // after a round that did not settle, breaks are held
constexpr int most_rounds = 60;
constexpr int patient_rounds = 10;  // after these, whatever a sweep reached counts as cut
constexpr double settled = 1e-8;    // [m] change of local travel in the last sweep
constexpr double unsettled = 2e-6;  // [m] that is let pass after the last round: a needle hovers at a break
constexpr int most_coupled = 1024;

}  // namespace

NeedleArray::NeedleArray(const Stamp& stamp, const InsertionCurve& curve, FarField far)
    : curve_(curve),
      rows_(stamp.rows),
      columns_(stamp.columns),
      length_(stamp.needle.length),
      pitch_(stamp.pitch),
      far_(std::move(far)) {
    const bool coupled = far_.couples() && rows_ * columns_ > 1;
    if (coupled && rows_ * columns_ > most_coupled) {
        throw ParameterError(
            text("stamp.rows x stamp.columns = %d: at most %d needles can be coupled; choose "
                 "settings.array_coupling = none",
                 rows_ * columns_, most_coupled));
    }
    const int half_rows = (rows_ + 1) / 2, half_columns = (columns_ + 1) / 2;
    const Eigen::Index groups = coupled ? static_cast<Eigen::Index>(half_rows) * half_columns : 1;
    members_ = Eigen::VectorXd::Zero(groups);
    if (!coupled) far_ = {};
    for (int i = 0; i < rows_ * columns_; ++i) members_[group_of(i)] += 1.0;
    neighbours_.resize(static_cast<std::size_t>(groups));
    if (coupled) {
        for (int y = 0; y < half_rows; ++y) {
            for (int x = 0; x < half_columns; ++x)
                neighbours_[static_cast<std::size_t>(y * half_columns + x)] = neighbours_of(x, y);
        }
        // Middles of the cells, or of the gaps of a single row; one quarter stands for all.
        const int cells_x = std::max(columns_ - 1, 1), cells_y = std::max(rows_ - 1, 1);
        for (int y = 0; y < (cells_y + 1) / 2; ++y) {
            for (int x = 0; x < (cells_x + 1) / 2; ++x) {
                middles_.push_back(neighbours_of(columns_ > 1 ? x + 0.5 : 0.0, rows_ > 1 ? y + 0.5 : 0.0));
            }
        }
    }
    ArrayBalance state;
    state.local = state.deepest = state.force = Eigen::VectorXd::Zero(groups);
    path_.push_back(state);
}

// One step further on the loading path; false when the plate is in contact, which is where the path ends. The plate
// first touches where D = L + u_mid(D), at the cell that is pushed down least, or where a needle is in to its base.
bool NeedleArray::advance() {
    if (ended_) return false;
    const ArrayBalance from = path_.back();
    double low = from.travel, high = low + std::max(length_, low) / steps_a_length;
    ArrayBalance next = solve(high, from);
    if (in_contact(next)) {
        ended_ = true;
        for (int i = 0; i < 40; ++i) {
            const double middle = 0.5 * (low + high);
            (in_contact(solve(middle, from)) ? high : low) = middle;
        }
        next = solve(high, from);
    }
    path_.push_back(next);
    return true;
}

bool NeedleArray::in_contact(const ArrayBalance& state) const noexcept {
    return state.travel >= length_ + state.midway || curve_.depth_at_travel(state.deepest.maxCoeff()) >= length_;
}

Eigen::Index NeedleArray::group_of(int needle) const noexcept {
    if (!far_.couples()) return 0;
    const int x = needle % columns_, y = needle / columns_;
    return std::min(y, rows_ - 1 - y) * ((columns_ + 1) / 2) + std::min(x, columns_ - 1 - x);
}

std::vector<NeedleArray::Neighbour> NeedleArray::neighbours_of(double x, double y) const {
    std::vector<Neighbour> around;
    for (int j = 0; j < rows_ * columns_; ++j) {
        const double r = pitch_ * std::hypot(x - j % columns_, y - j / columns_);
        if (r > 0.0 && r <= far_.reach()) around.push_back({group_of(j), r});
    }
    return around;
}

// w(F, r) = F G(sqrt(r^2 + c^2)) with c from F G(c) = u_loc(F): a load spread over its own dimple. Far away it is the
// field G of a unit force (Boussinesq's 1/(pi E* r), or that of the layers), at r = 0 the needle's own deflection, so
// no needle is pushed deeper by another one than that one itself.
double NeedleArray::field(double force, double distance) const noexcept {
    if (!(force > 0.0) || !far_.couples()) return 0.0;
    const double own = curve_.deflection_at_force(force);
    const double c = own > 0.0 ? far_.distance_of(own / force) : 0.0;
    return force * far_.at(std::hypot(distance, c));
}

double NeedleArray::far_field_at(const std::vector<Neighbour>& around, const Eigen::VectorXd& force,
                                 Eigen::Index without) const noexcept {
    double sum = 0.0;
    for (const Neighbour& n : around) {
        if (n.group != without) sum += field(force[n.group], n.distance);
    }
    return sum;
}

// Loading beyond the deepest local travel so far; before it the tip rests and the skin under it recovers.
double NeedleArray::force_on(double local, double deepest) const noexcept {
    if (local >= deepest) return curve_.force_at_travel(std::max(local, 0.0));
    const double deflection = deepest - curve_.depth_at_travel(deepest);
    return curve_.force_at_deflection(deflection - (deepest - local));
}

double NeedleArray::local_travel(Eigen::Index group, double travel, const ArrayBalance& state) const {
    const auto& around = neighbours_[static_cast<std::size_t>(group)];
    const double available = travel - far_field_at(around, state.force, group);
    if (!(available > 0.0)) return 0.0;
    const double deepest = state.deepest[group];
    const auto excess = [&](double d) {
        const double F = force_on(d, deepest);
        double sum = d - available;
        for (const Neighbour& n : around) {
            if (n.group == group) sum += field(F, n.distance);
        }
        return sum;
    };
    // The first root on loading: the force drops at each break, so look at the travel just before it.
    double low = 0.0, at_low = -available;
    for (const double at_break : curve_.breaks()) {
        if (at_break <= deepest) continue;
        if (at_break >= available) break;
        const double before = std::nextafter(at_break, 0.0), at_before = excess(before);
        if (at_before >= 0.0) return bracketed_root(excess, low, before, at_low, at_before, 0.1 * settled);
        low = at_break, at_low = excess(at_break);
        if (at_low >= 0.0) return at_break;
    }
    const double at_all = excess(available);
    return at_all <= 0.0 ? available : bracketed_root(excess, low, available, at_low, at_all, 0.1 * settled);
}

// A needle whose local travel hops to and fro over a barrier unloads its neighbours when it breaks through, and they
// push it back: but what broke stays broken. Hold the first break between `low` and `high` as reached.
bool NeedleArray::hold_break(double low, double high, double& deepest) const noexcept {
    for (const double at_break : curve_.breaks()) {
        if (at_break > std::max(low, deepest) && at_break <= high) {
            deepest = at_break;
            return true;
        }
    }
    return false;
}

ArrayBalance NeedleArray::solve(double travel, const ArrayBalance& from) const {
    ArrayBalance state = from;
    state.travel = travel;
    Eigen::VectorXd least = state.local, most = state.local;  // in the second half of a round of sweeps
    for (int sweep = 0;; ++sweep) {
        const int in_round = sweep % sweeps_a_round;
        // Damped when plain sweeps do not settle, more so from round to round.
        const double keep =
            in_round > sweeps_a_round / 2 ? 1.0 - std::max(0.5 - 0.05 * (sweep / sweeps_a_round), 0.1) : 0.0;
        double change = 0.0;
        for (Eigen::Index g = 0; g < state.local.size(); ++g) {
            const double d =
                !far_.couples() ? travel : keep * state.local[g] + (1.0 - keep) * local_travel(g, travel, state);
            change = std::max(change, std::abs(d - state.local[g]));
            state.local[g] = d;
            state.force[g] = force_on(d, state.deepest[g]);
        }
        if (change <= settled) break;
        least = in_round <= sweeps_a_round / 2 ? state.local : least.cwiseMin(state.local).eval();
        most = in_round <= sweeps_a_round / 2 ? state.local : most.cwiseMax(state.local).eval();
        if (in_round + 1 < sweeps_a_round) continue;
        bool held = false;
        for (Eigen::Index g = 0; g < state.local.size(); ++g)
            held = hold_break(least[g], most[g], state.deepest[g]) || held;
        // Without a break a force that falls with depth is at work: what every sweep of the round reached is cut.
        if (!held) state.deepest = state.deepest.cwiseMax(sweep < sweeps_a_round * patient_rounds ? least : most);
        if (sweep + 1 == sweeps_a_round * most_rounds) {
            if (change <= unsettled) break;
            throw SolverError(
                text("insertion: the needles of the stamp found no common balance at travel %g m: after %d "
                     "sweeps the largest change is still %g m",
                     travel, sweep + 1, change));
        }
    }
    state.deepest = state.deepest.cwiseMax(state.local);
    state.total = members_.dot(state.force);
    state.midway = middles_.empty() ? 0.0 : std::numeric_limits<double>::infinity();
    for (const auto& middle : middles_) state.midway = std::min(state.midway, far_field_at(middle, state.force, -1));
    return state;
}

ArrayBalance NeedleArray::at_travel(double travel) {
    while (path_.back().travel < travel && advance()) {
    }
    if (travel >= path_.back().travel) return path_.back();
    const auto after = std::upper_bound(path_.begin(), path_.end(), travel,
                                        [](double value, const ArrayBalance& s) { return value < s.travel; });
    return after == path_.begin() ? path_.front() : solve(travel, *(after - 1));
}

ArrayBalance NeedleArray::at_force(double force) {
    for (std::size_t i = 0; i < path_.size() || advance(); ++i) {
        if (path_[i].total < force) continue;
        if (i == 0) return path_[0];
        const ArrayBalance low = path_[i - 1];
        const double travel = bracketed_root([&](double D) { return solve(D, low).total - force; }, low.travel,
                                             path_[i].travel, low.total - force, path_[i].total - force, settled);
        return solve(travel, low);
    }
    return path_.back();
}

ArrayBalance NeedleArray::at_energy(double energy) {
    double used = 0.0;
    for (std::size_t i = 1; i < path_.size() || advance(); ++i) {
        const double width = path_[i].travel - path_[i - 1].travel, low = path_[i - 1].total, high = path_[i].total;
        const double step = 0.5 * width * (low + high);
        if (used + step < energy) {
            used += step;
            continue;
        }
        // Force taken as linear in this interval: the work is a quadratic of the share of it.
        const double left = (energy - used) / width;
        const double root = std::sqrt(std::max(low * low + 2.0 * (high - low) * left, 0.0));
        const double share = low + root > 0.0 ? 2.0 * left / (low + root) : 0.0;
        return at_travel(path_[i - 1].travel + std::clamp(share, 0.0, 1.0) * width);
    }
    return path_.back();
}

}  // namespace skin::insertion
