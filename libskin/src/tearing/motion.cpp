#include "tearing/motion.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tearing/free_rolling.hpp"

namespace skin::tearing {

Motion Motion::rolled(double tip_depth, const Contact& contact) {
    Motion m{tip_depth};
    m.kind_ = Kind::rolled;
    m.contact_ = contact;
    return m;
}

Motion Motion::ploughed(double tip_depth, double length) {
    Motion m{tip_depth};
    m.kind_ = Kind::dragged;
    m.length_ = length;
    return m;
}

Motion Motion::glided(double tip_depth, double speed, double frequency, double amplitude) {
    Motion m{tip_depth};
    m.kind_ = Kind::dragged;
    m.length_ = speed / (std::numbers::pi * frequency);
    m.amplitude_ = amplitude;
    return m;
}

double Motion::drag_length(double z) const noexcept {
    if (z >= tip_depth_) return 0.0;
    if (!(amplitude_ > 0.0)) return length_;
    // t_in = arccos(1 - height/A)/(pi f), eq. 39; a needle deeper than the stroke never leaves: one whole turn
    return length_ * std::acos(std::max(1.0 - (tip_depth_ - z) / amplitude_, -1.0));
}

double Motion::demand(double z) const noexcept {
    if (kind_ == Kind::still) return 0.0;
    return kind_ == Kind::rolled ? tearing::demand(contact_, z) : drag_length(z);
}

double Motion::demand_bound(double z) const noexcept {
    if (kind_ == Kind::still) return 0.0;
    return kind_ == Kind::rolled ? tearing::demand_bound(contact_, z) : drag_length(z);
}

double Motion::demand_at_exit(double z) const noexcept {
    if (kind_ != Kind::rolled) return demand(z);
    const double end = half_angle(contact_, z);
    return length(axis_at(contact_, end, z) - axis_at(contact_, -end, z));
}

double Motion::slice_ratio(double z) const noexcept {
    if (kind_ == Kind::still) return 0.0;
    double axial = 0.0, lateral = 0.0;
    if (kind_ == Kind::rolled) {
        const double end = half_angle(contact_, z), turn = turning_angle(contact_, z);
        axial = 2.0 * contact_.R_e * (1.0 - std::cos(end));  // integral of |sin(phi)| R_e dphi
        const auto x = [&](double phi) { return axis_at(contact_, phi, z).x; };
        const double along =
            turn > 0.0 ? std::abs(x(-turn) - x(-end)) + std::abs(x(turn) - x(-turn)) + std::abs(x(end) - x(turn))
                       : std::abs(x(end) - x(-end));
        lateral = std::hypot(along, 2.0 * contact_.R_e * end * contact_.tan_alpha);
    } else if (amplitude_ > 0.0) {
        axial = 2.0 * std::max(tip_depth_ - z, 0.0);  // down and up again
        lateral = drag_length(z);
    } else {
        return 0.0;  // a locked drum keeps its needles where they are
    }
    constexpr double huge = 1e6;  // no sideways way at all: nothing is cut, the factor does not count
    return lateral > 0.0 ? std::min(axial / lateral, huge) : huge;
}

void Motion::path(double z, int n_steps, std::vector<Point>& points) const {
    points.clear();
    if (kind_ == Kind::rolled) {
        axis_path(contact_, z, n_steps, points);
    } else {
        points.push_back({0.0, 0.0});
        points.push_back({drag_length(z), 0.0});
    }
}

double axle_height(const Roller& roller, double tip_depth) noexcept {
    return roller.drum_radius + roller.needle.length - tip_depth;
}

double crank_amplitude(const Pen& pen) noexcept { return 0.5 * (pen.stroke > 0.0 ? pen.stroke : pen.protrusion); }

double time_in_skin(double height, double amplitude, double frequency) noexcept {
    if (!(height > 0.0) || !(amplitude > 0.0)) return 0.0;
    return std::acos(std::max(1.0 - height / amplitude, -1.0)) / (std::numbers::pi * frequency);
}

Motion rolling_motion(const Roller& roller, const Rolling& use, double tip_depth, const Slip& slip) {
    const double h = axle_height(roller, tip_depth);
    if (!(tip_depth > 0.0) || !(h > 0.0)) return Motion::none(std::max(tip_depth, 0.0));
    constexpr double steepest = 1.2;  // [rad] a scatter wide enough to push the roller backwards is cut off here
    Contact c;
    c.h = h;
    c.rho = h + tip_depth;
    c.tan_alpha = std::tan(std::clamp(slip.side_slip, -steepest, steepest));
    c.curvature = use.yaw_rate / use.speed;
    c.y_0 = slip.ring;
    const double free = free_rolling_radius(h, tip_depth);
    const double share = std::min(slip.slip, 1.0);
    c.R_e = free;
    const double longest = std::max(use.stroke_length, travel(c));
    if (share < 1.0) {
        c.R_e = slipping_radius(free, share);
        if (travel(c) <= longest) return Motion::rolled(tip_depth, c);
    }
    return Motion::ploughed(tip_depth, use.stroke_length * std::hypot(share, c.tan_alpha));
}

}  // namespace skin::tearing
