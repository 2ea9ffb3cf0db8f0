#include "tearing/kinematics.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/minima.hpp>
#include <cmath>

namespace skin::tearing {

// h, rho, R_e [m], phi [rad], z [m] depth; docs/theory/tearing.md eqs. 1-9

double length(Point p) noexcept { return std::sqrt(p.x * p.x + p.y * p.y); }

double half_angle(const Contact& c, double z) noexcept {
    const double cosine = (c.h + z) / c.rho;
    return cosine < 1.0 ? std::acos(std::max(cosine, 0.0)) : 0.0;  // eq. 3; rounding at z = z_max may pass 1
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
    return phi_0 < half_angle(c, z) ? phi_0 : 0.0;
}

double travel(const Contact& c) noexcept { return 2.0 * c.R_e * half_angle(c, 0.0); }

namespace {
/// Excursion of an odd function x(phi) on [-end, end] whose only turning points are -turn and turn (0: none).
template <class F>
Excursion of_odd(const F& x, double end, double turn) noexcept {
    const double start = -x(end);
    Excursion e;
    e.net = 2.0 * x(end);
    const double at_turn = turn > 0.0 ? x(turn) : 0.0;
    for (const double d : {e.net, at_turn - start, -at_turn - start}) {
        e.forward = std::max(e.forward, d);
        e.backward = std::max(e.backward, -d);
    }
    return e;
}
}  // namespace

Excursion excursion(const Contact& c, double z) noexcept {
    const double a = c.h + z;
    return of_odd([&](double phi) { return c.R_e * phi - a * std::tan(phi); }, half_angle(c, z), turning_angle(c, z));
}

Excursion tip_excursion(const Contact& c) noexcept {
    const double end = half_angle(c, 0.0);
    const double turn = c.R_e < c.rho ? std::acos(c.R_e / c.rho) : 0.0;
    return of_odd([&](double phi) { return c.R_e * phi - c.rho * std::sin(phi); }, end, turn < end ? turn : 0.0);
}

double demand(const Contact& c, double z) noexcept {
    const double end = half_angle(c, z);
    if (!(end > 0.0)) return 0.0;
    if (c.straight()) {
        const Excursion e = excursion(c, z);
        return std::max(e.forward, e.backward);
    }
    constexpr int n = 24;  // the squared distance has at most a few humps over a contact
    const Point start = axis_at(c, -end, z);
    const auto squared = [&](double phi) {
        const Point d = axis_at(c, phi, z) - start;
        return d.x * d.x + d.y * d.y;
    };
    const double step = 2.0 * end / n;
    std::array<double, n + 1> sample;
    for (int i = 0; i <= n; ++i) sample[static_cast<std::size_t>(i)] = squared(i == n ? end : -end + i * step);
    double best = sample[n];
    for (std::size_t i = 1; i < n; ++i) {
        if (sample[i] < sample[i - 1] || sample[i] < sample[i + 1]) continue;
        const double centre = -end + static_cast<double>(i) * step;
        const auto top = boost::math::tools::brent_find_minima([&](double phi) { return -squared(phi); }, centre - step,
                                                               centre + step, 26);
        best = std::max(best, -top.second);
    }
    return std::sqrt(best);
}

double demand_bound(const Contact& c, double z) noexcept {
    if (c.curvature != 0.0) return demand(c, z);
    const Excursion e = excursion(c, z);
    return std::hypot(std::max(e.forward, e.backward), 2.0 * c.R_e * half_angle(c, z) * c.tan_alpha);
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
    const double phi_e = half_angle(c, 0.0);
    const Velocity v = tip_velocity(c, -phi_e);
    return phi_e - std::atan2(v.lateral, v.axial);
}

void axis_path(const Contact& c, double z, int n_steps, std::vector<Point>& points) {
    points.clear();
    const double end = half_angle(c, z);
    const double turn = turning_angle(c, z);
    const auto add = [&](double phi) { points.push_back(axis_at(c, phi, z)); };
    add(-end);
    if (c.straight()) {
        if (turn > 0.0) {
            add(-turn);
            add(turn);
        }
    } else {
        double before = -end;
        for (int i = 1; i < n_steps; ++i) {
            const double phi = -end + 2.0 * end * i / n_steps;
            for (const double at : {-turn, turn}) {
                if (turn > 0.0 && at > before && at < phi) add(at);
            }
            add(phi);
            before = phi;
        }
        if (turn > before) add(turn);
    }
    add(end);
}

}  // namespace skin::tearing
