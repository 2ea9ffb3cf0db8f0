// Shared travel of an array with far fields (docs/theory/insertion.md, eq. 32-35):
//   d_i = D - sum_j w(F_j, r_ij),   F_i = F(d_i),   contact of the plate at D = L + u_mid.
// Nonlinear Gauss-Seidel along the loading path: each scalar equation is bracketed by 0 and its right side.
#include "insertion/array.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "insertion/neighbourhoods.hpp"
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
constexpr int memory = 5;           // sweeps that the acceleration looks back
constexpr Eigen::Index most_needles = 20000;
constexpr double most_pairs = 2.5e7;     // of a needle of each group with all others: what memory and patience allow
constexpr double contact_found = 1e-12;  // [m] of the travel at which the plate meets the skin

/// Anderson's acceleration of sweeps x -> g(x): the mean of the last results whose changes cancel best. Long-range
/// fields make plain sweeps slow: their number grows with the ratio of the far field of all to the own deflection.
class Acceleration {
public:
    /// A better start than `after` for the next sweep; `before` went into the last one.
    Eigen::VectorXd next(const Eigen::VectorXd& before, const Eigen::VectorXd& after) {
        const Eigen::VectorXd change = after - before;
        if (count_ > 0) {
            const Eigen::Index column = (count_ - 1) % memory;
            if (changes_.size() == 0) changes_ = results_ = Eigen::MatrixXd::Zero(change.size(), memory);
            changes_.col(column) = change - last_change_;
            results_.col(column) = after - last_after_;
        }
        last_change_ = change;
        last_after_ = after;
        ++count_;
        const Eigen::Index columns = std::min<Eigen::Index>(count_ - 1, memory);
        if (columns < 1) return after;
        const Eigen::MatrixXd used = changes_.leftCols(columns);
        const Eigen::VectorXd weights = used.colPivHouseholderQr().solve(change);
        const Eigen::VectorXd better = after - results_.leftCols(columns) * weights;
        return better.allFinite() ? better : after;
    }

private:
    Eigen::MatrixXd changes_, results_;
    Eigen::VectorXd last_change_, last_after_;
    Eigen::Index count_ = 0;
};

}  // namespace

NeedleArray::NeedleArray(const Stamp& stamp, const InsertionCurve& curve, double modulus, double cut_off)
    : curve_(curve),
      length_(stamp.needle.length),
      modulus_(modulus),
      cut_off_(cut_off * (1.0 + 1e-9)) {  // a lattice may have a distance just there: round-off must not choose

    const Eigen::Index needles = needle_count(stamp);
    const auto too_many = [&](const char* why) {
        return ParameterError(text("stamp: %lld needles%s cannot be coupled; choose settings.array_coupling = none",
                                   static_cast<long long>(needles), why));
    };
    if (!(modulus > 0.0) || needles == 1) {
        modulus_ = 0.0;
        members_ = Eigen::VectorXd::Constant(1, static_cast<double>(needles));
    } else {
        if (needles > most_needles) throw too_many(", more than 20000,");
        positions_ = needle_positions(stamp);
        const Neighbourhoods alike = neighbourhoods(positions_, cut_off_);
        group_of_ = alike.group_of;
        members_ = alike.members;
        if (static_cast<double>(members_.size()) * static_cast<double>(needles) > most_pairs)
            throw too_many(" without symmetry");
        for (std::size_t g = 0; g < alike.representative.size(); ++g) {
            const Eigen::Index i = alike.representative[g];
            auto around = neighbours_of(positions_(i, 0), positions_(i, 1));
            std::vector<double> own;
            std::erase_if(around, [&](const Neighbour& n) {
                if (n.group != static_cast<Eigen::Index>(g)) return false;
                own.push_back(n.distance_squared);
                return true;
            });
            neighbours_.push_back(std::move(around));
            own_.push_back(std::move(own));
        }
        const RowMatrix points = middles(positions_, alike, cut_off_);
        for (Eigen::Index k = 0; k < points.rows(); ++k) middles_.push_back(neighbours_of(points(k, 0), points(k, 1)));
    }
    ArrayBalance state;
    state.local = state.deepest = state.force = Eigen::VectorXd::Zero(members_.size());
    path_.push_back(state);
}

// One step further on the loading path; false when the plate is in contact, which is where the path ends. The plate
// first touches where D = L + u_mid(D), at the place that is pushed down least, or where a needle is in to its base.
bool NeedleArray::advance() {
    if (ended_) return false;
    const ArrayBalance from = path_.back();
    const double low = from.travel, high = low + std::max(length_, low) / steps_a_length;
    const ArrayBalance start = path_.size() > 1 ? guessed(high, from, path_[path_.size() - 2]) : from;
    ArrayBalance next = solve(high, start);
    const double past = past_contact(next);
    if (past >= 0.0) {
        ended_ = true;
        const ArrayBalance beyond = next;
        const auto at = [&](double D) { return solve(D, guessed(D, from, beyond)); };
        const double travel = bracketed_root([&](double D) { return past_contact(at(D)); }, low, high,
                                             past_contact(from), past, contact_found);
        next = at(std::min(travel + contact_found, high));
    }
    path_.push_back(next);
    return true;
}

// [m] 0 or more when the plate is in contact.
double NeedleArray::past_contact(const ArrayBalance& state) const noexcept {
    return std::max(state.travel - length_ - state.midway, curve_.depth_at_travel(state.deepest.maxCoeff()) - length_);
}

Eigen::Index NeedleArray::group_of(Eigen::Index needle) const noexcept {
    return group_of_.empty() ? 0 : group_of_[static_cast<std::size_t>(needle)];
}

std::vector<NeedleArray::Neighbour> NeedleArray::neighbours_of(double x, double y) const {
    std::vector<Neighbour> around;
    for (Eigen::Index j = 0; j < positions_.rows(); ++j) {
        const double dx = x - positions_(j, 0), dy = y - positions_(j, 1), r2 = dx * dx + dy * dy;
        if (r2 > 0.0 && r2 <= cut_off_ * cut_off_) around.push_back({r2, group_of(j)});
    }
    return around;
}

// w(F, r) = F/(pi E* sqrt(r^2 + c^2)), c = F/(pi E* u_loc(F)): a load spread over its own dimple. Far away it is
// Boussinesq's field, at r = 0 the needle's own deflection, so no needle is pushed deeper by another one than that one
// itself.
FieldSource NeedleArray::source_of(double force) const noexcept {
    if (!(force > 0.0) || modulus_ == 0.0) return {0.0, 1.0};
    const double strength = force / (std::numbers::pi * modulus_);
    const double own = curve_.deflection_at_force(force);
    const double c = own > 0.0 ? strength / own : 0.0;
    return {strength, c * c};
}

double NeedleArray::far_field_at(const std::vector<Neighbour>& around,
                                 const std::vector<FieldSource>& sources) const noexcept {
    double sum = 0.0;
    for (const Neighbour& n : around) sum += field(sources[static_cast<std::size_t>(n.group)], n.distance_squared);
    return sum;
}

// Loading beyond the deepest local travel so far; before it the tip rests and the skin under it recovers.
double NeedleArray::force_on(double local, double deepest) const noexcept {
    if (local >= deepest) return curve_.force_at_travel(std::max(local, 0.0));
    const double deflection = deepest - curve_.depth_at_travel(deepest);
    return curve_.force_at_deflection(deflection - (deepest - local));
}

double NeedleArray::local_travel(Eigen::Index group, double travel, const ArrayBalance& state,
                                 const std::vector<FieldSource>& sources) const {
    const auto& own = own_[static_cast<std::size_t>(group)];
    const double available = travel - far_field_at(neighbours_[static_cast<std::size_t>(group)], sources);
    if (!(available > 0.0)) return 0.0;
    if (own.empty()) return available;
    const double deepest = state.deepest[group];
    const auto excess = [&](double d) {
        const FieldSource source = source_of(force_on(d, deepest));
        double sum = d - available;
        for (const double r2 : own) sum += field(source, r2);
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

void NeedleArray::set_local(ArrayBalance& state, std::vector<FieldSource>& sources,
                            const Eigen::VectorXd& local) const {
    for (Eigen::Index g = 0; g < local.size(); ++g) {
        state.local[g] = std::clamp(local[g], 0.0, state.travel);
        state.force[g] = force_on(state.local[g], state.deepest[g]);
        sources[static_cast<std::size_t>(g)] = source_of(state.force[g]);
    }
}

// Where the sweeps may start: on the line through two balances, but in front of breaks that `from` has not reached.
ArrayBalance NeedleArray::guessed(double travel, const ArrayBalance& from, const ArrayBalance& other) const {
    ArrayBalance state = from;
    if (modulus_ == 0.0 || other.travel == from.travel) return state;
    const double share = (travel - from.travel) / (other.travel - from.travel);
    for (Eigen::Index g = 0; g < state.local.size(); ++g) {
        const double d = std::clamp(from.local[g] + share * (other.local[g] - from.local[g]), 0.0, travel);
        double reached = from.deepest[g];
        if (hold_break(from.local[g], d, reached)) continue;
        state.local[g] = d;
        state.force[g] = force_on(d, state.deepest[g]);
    }
    return state;
}

ArrayBalance NeedleArray::solve(double travel, const ArrayBalance& from) const {
    ArrayBalance state = from;
    state.travel = travel;
    Eigen::VectorXd least = state.local, most = state.local;  // in the second half of a round of sweeps
    std::vector<FieldSource> sources(static_cast<std::size_t>(state.force.size()));
    for (std::size_t g = 0; g < sources.size(); ++g) sources[g] = source_of(state.force[static_cast<Eigen::Index>(g)]);
    Acceleration acceleration;
    for (int sweep = 0;; ++sweep) {
        const int in_round = sweep % sweeps_a_round;
        // Damped when plain sweeps do not settle, more so from round to round.
        const double keep =
            in_round > sweeps_a_round / 2 ? 1.0 - std::max(0.5 - 0.05 * (sweep / sweeps_a_round), 0.1) : 0.0;
        double change = 0.0;
        const Eigen::VectorXd before = state.local;
        for (Eigen::Index g = 0; g < state.local.size(); ++g) {
            const double d = modulus_ == 0.0
                                 ? travel
                                 : keep * state.local[g] + (1.0 - keep) * local_travel(g, travel, state, sources);
            change = std::max(change, std::abs(d - state.local[g]));
            state.local[g] = d;
            state.force[g] = force_on(d, state.deepest[g]);
            sources[static_cast<std::size_t>(g)] = source_of(state.force[g]);
        }
        if (change <= settled) break;
        // Only in the first half of the first rounds: the second half shows which breaks the plain sweeps hop over.
        if (state.local.size() > 1 && in_round <= sweeps_a_round / 2 && sweep < sweeps_a_round * patient_rounds) {
            if (in_round == 0) acceleration = Acceleration{};
            set_local(state, sources, acceleration.next(before, state.local));
        }
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
    for (const auto& middle : middles_) state.midway = std::min(state.midway, far_field_at(middle, sources));
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
        const auto at = [&](double D) { return solve(D, guessed(D, low, path_[i])); };
        const double travel = bracketed_root([&](double D) { return at(D).total - force; }, low.travel, path_[i].travel,
                                             low.total - force, path_[i].total - force, settled);
        return at(travel);
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
