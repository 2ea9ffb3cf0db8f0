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

Motion Motion::ploughed(double tip_depth, Point way) {
    Motion m{tip_depth};
    m.kind_ = Kind::dragged;
    m.length_ = tearing::length(way);
    if (m.length_ > 0.0) m.along_ = {way.x / m.length_, way.y / m.length_};
    return m;
}

Motion Motion::glided(double tip_depth, double speed, double frequency, double amplitude) {
    Motion m{tip_depth};
    m.kind_ = Kind::dragged;
    m.length_ = speed / (std::numbers::pi * frequency);
    m.amplitude_ = amplitude;
    return m;
}

Motion Motion::within(const StrokeWindow& window) const noexcept {
    if (kind_ != Kind::rolled || window.holds(contact_)) return *this;
    if (window.misses(contact_)) return none(tip_depth_);
    Motion m = *this;
    m.kind_ = Kind::interrupted;
    m.window_ = window;
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
    if (kind_ == Kind::interrupted) return interrupted_demand(contact_, window_, z);
    return kind_ == Kind::rolled ? tearing::demand(contact_, z) : drag_length(z);
}

double Motion::demand_bound(double z) const noexcept {
    if (kind_ == Kind::still) return 0.0;
    if (kind_ == Kind::interrupted) return demand(z);
    return kind_ == Kind::rolled ? tearing::demand_bound(contact_, z) : drag_length(z);
}

Point Motion::net_way(double z) const noexcept {
    if (kind_ == Kind::still) return {};
    if (kind_ == Kind::rolled) return tearing::net_way(contact_, z);
    if (kind_ == Kind::interrupted) return interrupted_way(contact_, window_, z);
    const double way = drag_length(z);
    return {way * along_.x, way * along_.y};
}

double Motion::slice_ratio(double z) const noexcept {
    if (kind_ == Kind::still) return 0.0;
    double axial = 0.0, lateral = 0.0;
    if (kind_ == Kind::rolled) {
        const double entry = entry_angle(contact_, z), exit = exit_angle(contact_, z);
        const double turn = turning_angle(contact_, z);
        axial = contact_.R_e * (2.0 - std::cos(entry) - std::cos(exit));  // integral of |sin(phi)| R_e dphi
        const auto x = [&](double phi) { return axis_at(contact_, phi, z).x; };
        double along = 0.0, before = x(-entry);
        const auto go_on_to = [&](double phi) {
            along += std::abs(x(phi) - before);
            before = x(phi);
        };
        if (turn > 0.0 && turn < entry) go_on_to(-turn);
        if (turn > 0.0) go_on_to(turn);
        go_on_to(exit);
        lateral = std::hypot(along, contact_.R_e * (entry + exit) * contact_.tan_alpha);
    } else if (kind_ == Kind::interrupted) {
        axial = 2.0 * std::max(tip_depth_ - z, 0.0);  // in and out once
        lateral = interrupted_length(contact_, window_, z);
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
        axis_path(contact_, z, path_steps(contact_, z, n_steps), points);
    } else if (kind_ == Kind::interrupted) {
        interrupted_path(contact_, window_, z, n_steps, points);
    } else {
        points.push_back({0.0, 0.0});
        points.push_back(net_way(z));
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

DrumContact drum_contact(const Roller& roller, const Resistance& resistance, const TearingSettings& settings,
                         double tip_depth) {
    const double h = axle_height(roller, tip_depth);
    DrumContact drum{tip_depth, 0.0, 0.0, settings.dimple_depth, settings.tent_height};
    if (!(tip_depth > 0.0) || !(h > 0.0)) return drum;
    if (settings.rolling_model == RollingModel::uniform_brush) {
        drum.free_radius = free_rolling_radius(h, tip_depth);
        return drum;
    }
    Contact c;
    c.h = h;
    c.rho = h + tip_depth;
    c.dimple = drum.dimple;
    c.tent = drum.tent;
    const TorqueBalance balance = torque_balance(
        c, [&](double z) { return resistance.stiffness(z, tip_depth); }, resistance.breaks(tip_depth));
    drum.free_radius = balance.radius();
    drum.axle_slip = balance.axle_slip(roller.rings * roller.needles_per_ring, resistance.axle_torque());
    return drum;
}

Motion rolling_motion(const Roller& roller, const Rolling& use, const DrumContact& drum, const Slip& slip) {
    const double d = drum.tip_depth, h = axle_height(roller, d);
    if (!(d > 0.0) || !(h > 0.0)) return Motion::none(std::max(d, 0.0));
    constexpr double steepest = 1.2;  // [rad] a scatter wide enough to push the roller backwards is cut off here
    Contact c;
    c.h = h;
    c.rho = h + d;
    c.tan_alpha = std::tan(std::clamp(slip.side_slip, -steepest, steepest));
    c.curvature = use.yaw_rate / use.speed;
    c.y_0 = slip.ring;
    c.dimple = drum.dimple;
    c.tent = drum.tent;
    // 1 - slip is the share of free rolling that is left, of the hand and of the axle alike.
    const double share = std::min(slip.slip + drum.axle_slip - slip.slip * drum.axle_slip, 1.0);
    c.R_e = drum.free_radius;
    const double longest = std::max(use.stroke_length, travel(c));
    if (share < 1.0) {
        c.R_e = slipping_radius(drum.free_radius, share);
        if (travel(c) <= longest) return Motion::rolled(d, c);
    }
    return Motion::ploughed(d, Point{use.stroke_length * share, use.stroke_length * c.tan_alpha});
}

Motion rolling_motion(const Roller& roller, const Rolling& use, double tip_depth, const Slip& slip) {
    return rolling_motion(roller, use, {tip_depth, free_rolling_radius(axle_height(roller, tip_depth), tip_depth)},
                          slip);
}

}  // namespace skin::tearing
