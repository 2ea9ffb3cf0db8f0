// Common balance of the needles of a plate at one travel D (docs/theory/insertion.md, eq. 32-33):
//   g_i(d) = d_i + sum_j w(F_j, r_ij) - D = 0,   F_j = F(d_j).
// Newton's method with the linear equations by GMRES: long-range fields act through a few smooth modes, so a handful of
// products with the matrix does. In front of a break a needle keeps the force that it had there; when the balance lies
// beyond, it breaks, which only unloads the others: so all that have to break do, in any order.
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "insertion/array.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double settled = 1e-9;  // [m] by which an equation may be missed
constexpr int most_newton = 30;   // steps; some three do
constexpr int most_halvings = 8;  // of a step that does not come nearer
constexpr int most_rounds = 400;  // of breaks
constexpr int most_products = 60;
constexpr double linear_share = 1e-3;  // of the right side that the linear equations may be missed by
constexpr int relaxing_steps = 20;
constexpr double relaxing_reach = 2e-6;  // [m] of such a step
constexpr double nudge = 1e-8;           // [m] over which slopes are taken

/// x with |b - A x| <= share |b|: GMRES (Saad & Schultz 1986) without restarts.
template <class Apply>
Eigen::VectorXd gmres(const Apply& apply, const Eigen::VectorXd& b) {
    const double size = b.norm();
    Eigen::MatrixXd basis(b.size(), most_products + 1), H = Eigen::MatrixXd::Zero(most_products + 1, most_products);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(most_products + 1);
    std::vector<double> cosine, sine;
    basis.col(0) = b / size;
    right[0] = size;
    Eigen::Index n = 0;
    while (n < most_products && std::abs(right[n]) > linear_share * size) {
        Eigen::VectorXd next = apply(basis.col(n));
        for (Eigen::Index i = 0; i <= n; ++i) {
            H(i, n) = basis.col(i).dot(next);
            next -= H(i, n) * basis.col(i);
        }
        const double left = next.norm();
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto k = static_cast<std::size_t>(i);
            const double upper = H(i, n), lower = H(i + 1, n);
            H(i, n) = cosine[k] * upper + sine[k] * lower;
            H(i + 1, n) = cosine[k] * lower - sine[k] * upper;
        }
        const double hypotenuse = std::hypot(H(n, n), left);
        if (!(hypotenuse > 0.0)) break;
        cosine.push_back(H(n, n) / hypotenuse);
        sine.push_back(left / hypotenuse);
        H(n, n) = hypotenuse;
        right[n + 1] = -sine.back() * right[n];
        right[n] *= cosine.back();
        ++n;
        if (!(left > 0.0)) break;
        basis.col(n) = next / left;
    }
    return basis.leftCols(n) * H.topLeftCorner(n, n).triangularView<Eigen::Upper>().solve(right.head(n));
}

}  // namespace

double NeedleArray::next_break(double deepest) const noexcept {
    const auto& breaks = curve_.breaks();
    const auto after = std::upper_bound(breaks.begin(), breaks.end(), deepest);
    return after == breaks.end() ? std::numeric_limits<double>::infinity() : *after;
}

// Loading beyond the deepest local travel so far, up to the next break; before it the tip rests and the skin under it
// recovers.
double NeedleArray::force_on(double local, double deepest, double next) const noexcept {
    if (local >= deepest)
        return curve_.force_at_travel(local < next ? std::max(local, 0.0) : std::nextafter(next, 0.0));
    const double deflection = deepest - curve_.depth_at_travel(deepest);
    return curve_.force_at_deflection(deflection - (deepest - local));
}

void NeedleArray::linearise(double travel, const Eigen::VectorXd& local, const Eigen::VectorXd& deepest,
                            Linear& at) const {
    const Eigen::Index n = local.size();
    at.force.resize(n);
    at.residual.resize(n);
    at.sources.resize(static_cast<std::size_t>(n));
    for (Eigen::Index g = 0; g < n; ++g) {
        const double next = next_break(deepest[g]), d = local[g];
        at.force[g] = force_on(d, deepest[g], next);
        FieldSource& source = at.sources[static_cast<std::size_t>(g)];
        source = source_of(at.force[g]);
        if (!(source.force > 0.0)) continue;
        // Not over a break or a turning point.
        const double side = d + nudge < next && (d >= deepest[g] || d + nudge < deepest[g]) ? nudge : -nudge;
        const double there = force_on(d + side, deepest[g], next);
        source.slope = (there - at.force[g]) / side;
        const FieldSource more = source_of(1.001 * at.force[g]);
        const double growth = (more.core_squared - source.core_squared) / (0.001 * at.force[g]);
        source.steepness = 0.5 * source.slope * source.force * growth;
    }
    at.slopes.resize(n_pairs_);
    std::vector<double> rho2, per_force, inverse;
    float* slope = at.slopes.data();
    for (Eigen::Index g = 0; g < n; ++g) {
        const Around& around = neighbours_[static_cast<std::size_t>(g)];
        const std::size_t pairs = around.group.size();
        rho2.resize(pairs), per_force.resize(pairs), inverse.resize(pairs);
        for (std::size_t k = 0; k < pairs; ++k)
            rho2[k] = around.distance_squared[k] + at.sources[around.group[k]].core_squared;
        far_.at(rho2.data(), per_force.data(), inverse.data(), pairs);
        double sum = 0.0;
        for (std::size_t k = 0; k < pairs; ++k) {
            const FieldSource& source = at.sources[around.group[k]];
            sum += source.force * per_force[k];
            // d/dF of F G(rho), rho^2 = r^2 + c^2, with G' = -G/rho as of a half-space: a slope need not be exact.
            *slope++ = static_cast<float>(per_force[k] * (source.slope - source.steepness * inverse[k] * inverse[k]));
        }
        at.residual[g] = local[g] + sum - travel;
    }
}

Eigen::VectorXd NeedleArray::product(const Linear& at, const Eigen::VectorXd& x) const {
    const Eigen::VectorXf from = x.cast<float>();  // slopes are no better
    Eigen::VectorXd y = x;
    const float* slope = at.slopes.data();
    for (Eigen::Index g = 0; g < x.size(); ++g) {
        const auto& other = neighbours_[static_cast<std::size_t>(g)].group;
        float sum[4] = {};
        std::size_t k = 0;
        for (; k + 4 <= other.size(); k += 4) {
            for (std::size_t lane = 0; lane < 4; ++lane) sum[lane] += slope[k + lane] * from[other[k + lane]];
        }
        for (; k < other.size(); ++k) sum[0] += slope[k] * from[other[k]];
        slope += other.size();
        y[g] += static_cast<double>((sum[0] + sum[1]) + (sum[2] + sum[3]));
    }
    return y;
}

// True when `local` has come to a balance as long as nothing breaks; false: it is what it was.
bool NeedleArray::newton(double travel, const Eigen::VectorXd& deepest, Eigen::VectorXd& local, Linear& at) const {
    const Eigen::VectorXd begin = local;
    linearise(travel, local, deepest, at);
    for (int step = 0; step < most_newton; ++step) {
        if (at.residual.lpNorm<Eigen::Infinity>() <= settled) return true;
        const double before = at.residual.norm();
        Eigen::VectorXd change = gmres([&](const Eigen::VectorXd& x) { return product(at, x); }, at.residual);
        if (!change.allFinite()) break;
        const Eigen::VectorXd start = local;
        bool nearer = false;
        for (int halving = 0; halving <= most_halvings && !nearer; ++halving) {
            local = start - change;
            change *= 0.5;
            linearise(travel, local, deepest, at);
            nearer = at.residual.norm() < (1.0 - 1e-4) * before;
        }
        if (!nearer) break;
    }
    if (at.residual.lpNorm<Eigen::Infinity>() <= settled) return true;
    local = begin;
    return false;
}

// No balance nearby: a force that falls with depth, or a needle that pushes its neighbours off its back, lets needles
// run on. Follow them in time, d' = -g, by implicit steps; what they pass stays cut.
void NeedleArray::relax(double travel, Eigen::VectorXd& deepest, Eigen::VectorXd& local, Linear& at) const {
    double time = 2.0;  // of a step, over that of a needle alone
    for (int step = 0; step < relaxing_steps; ++step) {
        linearise(travel, local, deepest, at);
        if (at.residual.lpNorm<Eigen::Infinity>() <= settled) return;
        const auto implicit = [&](const Eigen::VectorXd& x) -> Eigen::VectorXd { return x / time + product(at, x); };
        Eigen::VectorXd change = gmres(implicit, at.residual);
        for (; change.dot(at.residual) <= 0.0 && time > 0.05; time *= 0.25) change = gmres(implicit, at.residual);
        local -= change;
        (void)break_through(deepest, local);
        deepest = deepest.cwiseMax(local);
        time *= std::clamp(relaxing_reach / change.lpNorm<Eigen::Infinity>(), 0.5, 2.0);
    }
}

// Needles beyond a break are behind it from now on; true when there was one.
bool NeedleArray::break_through(Eigen::VectorXd& deepest, const Eigen::VectorXd& local) const noexcept {
    bool any = false;
    for (Eigen::Index g = 0; g < local.size(); ++g) {
        const double next = next_break(deepest[g]);
        if (local[g] < next) continue;
        deepest[g] = next;
        any = true;
    }
    return any;
}

ArrayBalance NeedleArray::solve(double travel, const ArrayBalance& from, int most_relaxations) const {
    ArrayBalance state = from;
    state.travel = travel;
    Linear at;
    if (!far_.couples()) {
        state.local.setConstant(travel);
        while (break_through(state.deepest, state.local)) {
        }
        state.deepest = state.deepest.cwiseMax(state.local);
        state.force.setConstant(force_on(travel, state.deepest[0], next_break(state.deepest[0])));
    } else {
        for (int round = 0, relaxed = 0;; ++round) {
            if (newton(travel, state.deepest, state.local, at)) {
                if (!break_through(state.deepest, state.local)) break;
            } else {
                relax(travel, state.deepest, state.local, at);
                ++relaxed;
            }
            if (round < most_rounds && relaxed <= most_relaxations) continue;
            throw SolverError(
                text("insertion: the needles of the stamp found no common balance at travel %g m: after %d rounds an "
                     "equation is still missed by %g m",
                     travel, round + 1, at.residual.lpNorm<Eigen::Infinity>()));
        }
        state.force = at.force;
        state.local = state.local.cwiseMax(0.0);
        state.deepest = state.deepest.cwiseMax(state.local);
    }
    state.total = members_.dot(state.force);
    state.midway = middles_.empty() ? 0.0 : std::numeric_limits<double>::infinity();
    for (const auto& middle : middles_) state.midway = std::min(state.midway, far_field_at(middle, at.sources));
    return state;
}

}  // namespace skin::insertion
