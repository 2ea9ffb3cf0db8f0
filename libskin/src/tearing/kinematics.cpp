#include "tearing/kinematics.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <numbers>

namespace skin::tearing {

// h, rho, R_e [m], phi [rad], z [m] depth; docs/theory/tearing.md eqs. 1-9

double length(Point p) noexcept { return std::sqrt(p.x * p.x + p.y * p.y); }

double half_angle(const Contact& c, double z) noexcept {
    const double cosine = (c.h + z) / c.rho;
    return cosine < 1.0 ? std::acos(std::max(cosine, 0.0)) : 0.0;  // eq. 3; rounding at z = z_max may pass 1
}

double entry_angle(const Contact& c, double z) noexcept {
    return z < c.tip_depth() ? half_angle(c, std::max(z, c.dimple)) : 0.0;  // eq. 3a
}

double exit_angle(const Contact& c, double z) noexcept {
    return z < c.tip_depth() ? half_angle(c, z - c.tent) : 0.0;  // eq. 3b
}

Point axis_at(const Contact& c, double phi, double z) noexcept {
    const double x_r = -(c.h + z) * std::tan(phi);  // from the point below the axle
    const double side = c.R_e * c.tan_alpha * phi;
    if (c.curvature == 0.0) return {c.R_e * phi + x_r, side};  // eq. 2
    // eq. 5: the axle runs on a circle; heading beta, ring at y_0. Side-slip is added across the heading (leading order
    // where both are there, exact where one is zero).
    const double beta = phi * c.R_e * c.curvature;
    const double sine = std::sin(beta), cosine = std::cos(beta);
    const double half = std::sin(0.5 * beta);  // 1 - cos(beta) = 2 sin^2(beta/2) keeps its digits at small yaw
    return {sine / c.curvature + x_r * cosine - (c.y_0 + side) * sine,
            2.0 * half * half / c.curvature + x_r * sine + (c.y_0 + side) * cosine};
}

TipPose tip_at(const Contact& c, double phi) noexcept {
    return {c.R_e * phi - c.rho * std::sin(phi), c.rho * std::cos(phi) - c.h};  // eq. 1
}

double turning_angle(const Contact& c, double z) noexcept {
    const double ratio = c.R_e / (c.h + z) - 1.0;
    if (!(ratio > 0.0)) return 0.0;
    const double phi_0 = std::atan(std::sqrt(ratio));  // eq. 7
    return phi_0 < exit_angle(c, z) ? phi_0 : 0.0;     // the later of the two ends
}

double travel(const Contact& c) noexcept { return c.R_e * (entry_angle(c, 0.0) + exit_angle(c, 0.0)); }

namespace {
/// Excursion of an odd function x(phi) on [-entry, exit] whose only turning points are -turn and turn (0: none).
template <class F>
Excursion of_odd(const F& x, double entry, double exit, double turn) noexcept {
    const double start = -x(entry), at_turn = turn > 0.0 ? x(turn) : 0.0;
    Excursion e;
    e.net = x(exit) - start;
    const auto reach = [&](double d) {
        e.forward = std::max(e.forward, d);
        e.backward = std::max(e.backward, -d);
    };
    reach(e.net);
    if (turn > 0.0 && turn < exit) reach(at_turn - start);
    if (turn > 0.0 && turn < entry) reach(-at_turn - start);
    return e;
}
}  // namespace

Excursion excursion(const Contact& c, double z) noexcept {
    const double a = c.h + z;
    return of_odd([&](double phi) { return c.R_e * phi - a * std::tan(phi); }, entry_angle(c, z), exit_angle(c, z),
                  turning_angle(c, z));
}

Excursion tip_excursion(const Contact& c) noexcept {
    const double turn = c.R_e < c.rho ? std::acos(c.R_e / c.rho) : 0.0;
    return of_odd([&](double phi) { return c.R_e * phi - c.rho * std::sin(phi); }, entry_angle(c, 0.0),
                  exit_angle(c, 0.0), turn);
}

Point net_way(const Contact& c, double z) noexcept {
    const double entry = entry_angle(c, z), exit = exit_angle(c, z);
    if (c.curvature != 0.0) return axis_at(c, exit, z) - axis_at(c, -entry, z);
    const double angle = entry + exit;
    return {c.R_e * angle - (c.h + z) * (std::tan(exit) + std::tan(entry)), c.R_e * c.tan_alpha * angle};
}

double demand(const Contact& c, double z) noexcept {
    const double entry = entry_angle(c, z), exit = exit_angle(c, z);
    if (!(exit > 0.0)) return 0.0;
    if (c.straight()) {
        const Excursion e = excursion(c, z);
        return std::max(e.forward, e.backward);
    }
    constexpr int n = 24;  // the squared distance has at most a few humps over a contact
    const Point start = axis_at(c, -entry, z);
    const auto squared = [&](double phi) {
        const Point d = axis_at(c, phi, z) - start;
        return d.x * d.x + d.y * d.y;
    };
    const double step = (entry + exit) / n;
    std::array<double, n + 1> sample;
    for (int i = 0; i <= n; ++i) sample[static_cast<std::size_t>(i)] = squared(i == n ? exit : -entry + i * step);
    double best = sample[n];
    for (std::size_t i = 1; i < n; ++i) {
        if (sample[i] < sample[i - 1] || sample[i] < sample[i + 1]) continue;
        const double centre = -entry + static_cast<double>(i) * step;
        const auto top = boost::math::tools::brent_find_minima([&](double phi) { return -squared(phi); }, centre - step,
                                                               centre + step, 26);
        best = std::max(best, -top.second);
    }
    return std::sqrt(best);
}

double demand_bound(const Contact& c, double z) noexcept {
    if (c.curvature != 0.0) return demand(c, z);
    const Excursion e = excursion(c, z);
    return std::hypot(std::max(e.forward, e.backward), c.R_e * (entry_angle(c, z) + exit_angle(c, z)) * c.tan_alpha);
}

double swept_area(const Contact& c) {
    constexpr int panels = 64;  // the range has a kink wherever a turning point enters the contact
    const double step = c.tip_depth() / panels;
    if (!(step > 0.0)) return 0.0;
    double area = 0.0;
    for (int i = 0; i < panels; ++i) {
        area += boost::math::quadrature::gauss<double, 7>::integrate([&](double z) { return excursion(c, z).range(); },
                                                                     i * step, (i + 1) * step);
    }
    return area;
}

Velocity velocity(const Contact& c, double phi, double z) noexcept {
    const double cosine = std::cos(phi);
    return {1.0 - (c.h + z) / (c.R_e * cosine * cosine), -std::sin(phi)};
}

Velocity tip_velocity(const Contact& c, double phi) noexcept {
    return {1.0 - c.rho / c.R_e * std::cos(phi), -c.rho / c.R_e * std::sin(phi)};
}

double attack_angle(const Contact& c) noexcept {
    const double phi_e = entry_angle(c, 0.0);
    const Velocity v = tip_velocity(c, -phi_e);
    return phi_e - std::atan2(v.lateral, v.axial);
}

double conforming_half_width(const Contact& c, double drum_radius) noexcept {
    return std::sqrt(std::max(drum_radius * drum_radius - c.h * c.h, 0.0));
}

LocalPose local_pose(const Contact& c, double drum_radius, double phi) noexcept {
    const double cosine = std::cos(phi);
    if (drum_radius * cosine >= c.h) return {c.rho - drum_radius, 0.0};  // needles are radial: normal to the drum
    return {std::max(c.rho - c.h / cosine, 0.0), std::abs(phi)};
}

int path_steps(const Contact& c, double z, int n_steps) noexcept {
    constexpr int fewest = 8;
    const double entry = entry_angle(c, z), angle = entry + exit_angle(c, z);
    double share = angle / (entry_angle(c, 0.0) + exit_angle(c, 0.0));  // steps of the same size as at the mouth
    if (c.curvature == 0.0) {
        // A way of length S that turns by `turned` is longer than its n chords by S turned^2/(24 n^2) (eq. 29a). Along
        // the roll it moves by R_e - (h + z)/cos^2(phi) per radian, fastest ahead upright, fastest back at the ends.
        constexpr double half_turn = std::numbers::pi, way = 2e-3;
        const double a = c.h + z, side = std::abs(c.R_e * c.tan_alpha), upright = c.R_e - a;
        const auto at_depth = [&](double depth) {  // where the tip is that deep, cos(phi) = (h + depth)/rho
            const double secant = std::max(c.rho / (c.h + depth), 1.0);
            return c.R_e - a * secant * secant;
        };
        const double in = at_depth(std::max(z, c.dimple)), out = at_depth(z - c.tent);
        const auto turned = [&](double end) { return std::atan2(side * (upright - end), upright * end + side * side); };
        const double fastest = std::max(std::abs(upright), std::max(std::abs(in), std::abs(out)));
        const double length_of_way = angle * std::sqrt(fastest * fastest + side * side);
        share = std::min(share, (turned(in) + turned(out)) / half_turn * std::sqrt(length_of_way / way));
    }
    return std::max(static_cast<int>(std::ceil(n_steps * share)), std::min(n_steps, fewest));
}

void axis_path(const Contact& c, double z, int n_steps, std::vector<Point>& points) {
    points.clear();
    const double entry = entry_angle(c, z), exit = exit_angle(c, z);
    const double turn = turning_angle(c, z);
    const auto add = [&](double phi) { points.push_back(axis_at(c, phi, z)); };
    add(-entry);
    if (c.straight()) {
        if (turn > 0.0 && turn < entry) add(-turn);
        if (turn > 0.0) add(turn);
        add(exit);
        return;
    }
    const double step = (entry + exit) / n_steps;
    // tan(phi + step) from tan(phi): one division a step; its round-off grows by a unit in the last place each step.
    double tangent = std::tan(-entry), before = -entry;
    const double advance = std::tan(step), a = c.h + z, side = c.R_e * c.tan_alpha;
    for (int i = 1; i < n_steps; ++i) {
        const double phi = -entry + step * i;
        tangent = (tangent + advance) / (1.0 - tangent * advance);
        if (turn > 0.0) {
            if (-turn > before && -turn < phi) add(-turn);
            if (turn > before && turn < phi) add(turn);
        }
        if (c.curvature == 0.0) {
            points.push_back({c.R_e * phi - a * tangent, side * phi});
        } else {
            add(phi);
        }
        before = phi;
    }
    if (turn > before) add(turn);
    add(exit);
}

}  // namespace skin::tearing
