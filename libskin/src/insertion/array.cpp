// Shared travel of an array with far fields (docs/theory/insertion.md, eq. 32-35):
//   d_i = D - sum_j w(F_j, r_ij),   F_i = F(d_i),   contact of the plate at D = L + u_mid.
// A loading path of balances (array_balance.cpp) from first touch on: what broke and what was cut stays so.
#include "insertion/array.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "insertion/neighbourhoods.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

// Of the loading path. What is cut stays cut, so a strongly coupled plate remembers its path: as fine as patience
// allows.
constexpr double fewest_steps = 48.0, most_steps = 192.0, steps_times_groups = 12288.0;
constexpr double travel_found = 1e-8;    // [m] at which the plate has a given force
constexpr double contact_found = 1e-12;  // [m] at which the plate meets the skin
constexpr Eigen::Index most_needles = 20000;
constexpr double most_pairs = 2.5e7;  // of a needle of each group with all others: what memory and patience allow

}  // namespace

NeedleArray::NeedleArray(const Stamp& stamp, const InsertionCurve& curve, FarField far)
    : curve_(curve), length_(stamp.needle.length), far_(std::move(far)) {
    const Eigen::Index needles = needle_count(stamp);
    const auto too_many = [&](const char* why) {
        return ParameterError(text("stamp: %lld needles%s cannot be coupled; choose settings.array_coupling = none",
                                   static_cast<long long>(needles), why));
    };
    if (!far_.couples() || needles == 1) {
        far_ = {};
        members_ = Eigen::VectorXd::Constant(1, static_cast<double>(needles));
    } else {
        if (needles > most_needles) throw too_many(", more than 20000,");
        positions_ = needle_positions(stamp);
        const Neighbourhoods alike = neighbourhoods(positions_, far_.reach());
        group_of_ = alike.group_of;
        members_ = alike.members;
        if (static_cast<double>(members_.size()) * static_cast<double>(needles) > most_pairs)
            throw too_many(" without symmetry");
        for (const Eigen::Index i : alike.representative) {
            neighbours_.push_back(neighbours_of(positions_(i, 0), positions_(i, 1)));
            n_pairs_ += neighbours_.back().group.size();
        }
        const RowMatrix points = middles(positions_, alike, far_.reach());
        for (Eigen::Index k = 0; k < points.rows(); ++k) middles_.push_back(neighbours_of(points(k, 0), points(k, 1)));
    }
    path_step_ =
        length_ / std::clamp(steps_times_groups / static_cast<double>(members_.size()), fewest_steps, most_steps);
    ArrayBalance state;
    state.local = state.deepest = state.force = Eigen::VectorXd::Zero(members_.size());
    path_.push_back(state);
}

// One step further on the loading path; false when the plate is in contact, which is where the path ends. The plate
// first touches where D = L + u_mid(D), at the place that is pushed down least, or where a needle is in to its base.
bool NeedleArray::advance(double most_step) {
    if (ended_) return false;
    const ArrayBalance from = path_.back();
    // Steps count in what the needles see, in the mean: where most of the travel pushes down all of the skin, the plate
    // goes further.
    double step = path_step_;
    if (path_.size() > 1) {
        const ArrayBalance& before = path_[path_.size() - 2];
        const double last = from.travel - before.travel;
        const double seen = members_.dot(from.local - before.local) / members_.sum();
        step = std::clamp(last * step / std::max(seen, 1e-3 * step), step, std::max(step, 2.0 * last));
    }
    constexpr int few = 2;
    const double low = from.travel, least = 0.25 * path_step_;
    double high = low + std::min(step, most_step);
    ArrayBalance next;
    for (;; high = low + 0.5 * (high - low)) {
        try {
            // The plate may have gone too far at once: a shorter step costs less than to follow the needles in time.
            const int relaxations = high - low > least ? few : patient;
            next = solve(high, path_.size() > 1 ? guessed(high, from, path_[path_.size() - 2]) : from, relaxations);
            break;
        } catch (const SolverError&) {
            if (high - low <= least) throw;
        }
    }
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

NeedleArray::Around NeedleArray::neighbours_of(double x, double y) const {
    Around around;
    for (Eigen::Index j = 0; j < positions_.rows(); ++j) {
        const double dx = x - positions_(j, 0), dy = y - positions_(j, 1), r2 = dx * dx + dy * dy;
        if (!(r2 > 0.0 && r2 <= far_.reach() * far_.reach())) continue;
        around.distance_squared.push_back(r2);
        around.group.push_back(static_cast<std::uint32_t>(group_of(j)));
    }
    return around;
}

// w(F, r) = F G(sqrt(r^2 + c^2)) with c from F G(c) = u_loc(F): a load spread over its own dimple. Far away it is the
// field G of a unit force (Boussinesq's 1/(pi E* r), or that of the layers), at r = 0 the needle's own deflection, so
// no needle is pushed deeper by another one than that one itself.
FieldSource NeedleArray::source_of(double force) const noexcept {
    if (!(force > 0.0) || !far_.couples()) return {};
    const double own = curve_.deflection_at_force(force);
    const double c = own > 0.0 ? far_.distance_of(own / force) : 0.0;
    return {force, c * c};
}

double NeedleArray::far_field_at(const Around& around, const std::vector<FieldSource>& sources) const noexcept {
    double sum = 0.0;
    for (std::size_t k = 0; k < around.group.size(); ++k)
        sum += field(sources[around.group[k]], around.distance_squared[k]);
    return sum;
}

// Where a solution may start: on the line through two balances.
ArrayBalance NeedleArray::guessed(double travel, const ArrayBalance& from, const ArrayBalance& other) const {
    ArrayBalance state = from;
    if (!far_.couples() || other.travel == from.travel) return state;
    const double share = (travel - from.travel) / (other.travel - from.travel);
    state.local = (from.local + share * (other.local - from.local)).cwiseMax(0.0);
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

// [m] a little more than the travel at which the force would be reached if it went on growing as in the last step.
double NeedleArray::predicted_step(double force) const noexcept {
    if (path_.size() < 2) return std::numeric_limits<double>::infinity();
    const ArrayBalance &last = path_.back(), &before = path_[path_.size() - 2];
    const double growth = (last.total - before.total) / (last.travel - before.travel);
    const double least = 0.1 * path_step_;
    return growth > 0.0 ? std::max(1.02 * (force - last.total) / growth, 0.0) + least
                        : std::numeric_limits<double>::infinity();
}

ArrayBalance NeedleArray::at_force(double force) {
    for (std::size_t i = 0; i < path_.size() || advance(predicted_step(force)); ++i) {
        if (path_[i].total < force) continue;
        if (i == 0) return path_[0];
        const ArrayBalance low = path_[i - 1];
        const auto at = [&](double D) { return solve(D, guessed(D, low, path_[i])); };
        const double travel = bracketed_root([&](double D) { return at(D).total - force; }, low.travel, path_[i].travel,
                                             low.total - force, path_[i].total - force, travel_found);
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
