#include "skin/tearing/needle_path.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/motion.hpp"
#include "tearing/play.hpp"
#include "tearing/resistance.hpp"

namespace skin {

namespace {

using namespace tearing;
using std::numbers::pi;

Contact contact_of(const Roller& roller, const Rolling& use, const DrumContact& drum, double ring_offset) {
    Contact c;
    c.h = axle_height(roller, drum.tip_depth);
    c.rho = c.h + drum.tip_depth;
    c.tan_alpha = std::tan(use.side_slip);
    c.curvature = use.yaw_rate / use.speed;
    c.y_0 = ring_offset;
    c.dimple = drum.dimple;
    c.tent = drum.tent;
    constexpr double most_slip = 0.9;  // beyond, the needle is in the skin for ten drum radii and more: it ploughs
    const double slip = use.slip + drum.axle_slip - use.slip * drum.axle_slip;
    check_range("use.slip (with that of the axle; a needle path needs a drum that turns)", slip, "1", -0.5, most_slip);
    c.R_e = slipping_radius(drum.free_radius, slip);
    return c;
}

/// One slice: the needle while it is that deep, and the front that follows it.
void trace(const Contact& c, Eigen::Index slice, double offset, NeedlePath& path) {
    const double z = path.slice_depth[slice], from = -entry_angle(c, z), to = exit_angle(c, z);
    const Point entry = axis_at(c, from, z);
    Play play(entry, offset);
    std::vector<Point> visited{entry};
    for (Eigen::Index i = 0; i < path.angle.size(); ++i) {
        const double phi = path.angle[i];
        if (phi < from || phi > to) continue;
        const Point axis = axis_at(c, phi, z);
        play.move_to(axis);
        visited.push_back(axis);
        path.axis_x(i, slice) = axis.x;
        path.axis_y(i, slice) = axis.y;
        path.front_x(i, slice) = play.front().x;
        path.front_y(i, slice) = play.front().y;
    }
    visited.push_back(axis_at(c, to, z));
    path.slit_extent[slice] = slit_along(visited, offset).extent;
}

/// [N] lateral force on one needle at its deepest when it cuts in every slice; midpoints are exact but for kinks.
double load_per_needle(const Resistance& resistance, double depth, const NeedlePathSettings& settings) {
    double force = 0.0;
    const int n = settings.n_slices;
    for (int j = 0; j < n; ++j) {
        force += resistance.at((j + 0.5) * depth / n, {depth, settings.heading, 1.0}).load * depth / n;
    }
    return force;
}

}  // namespace

NeedlePath needle_path(const Skin& skin, const Roller& roller, const Rolling& use, double depth,
                       const TearingSettings& tearing, const NeedlePathSettings& settings) {
    validate_skin(skin);
    validate_device(roller);
    validate_use(use);
    validate(tearing, "tearing");
    validate(settings, "settings");
    check_range("depth", depth, "m", std::numeric_limits<double>::min(), roller.needle.length);

    const Resistance resistance(skin, roller, tearing);
    const DrumContact drum = drum_contact(roller, resistance, tearing, depth);
    const Contact c = contact_of(roller, use, drum, settings.ring_offset);
    const Eigen::Index n = settings.n_steps, m = settings.n_slices;
    NeedlePath path;
    path.axle_height = c.h;
    path.rolling_radius = c.R_e;
    path.dimple_depth = c.dimple;
    path.tent_height = c.tent;
    path.angle = Eigen::VectorXd::LinSpaced(n, -entry_angle(c, 0.0), exit_angle(c, 0.0));
    path.axle_x = c.R_e * path.angle;
    path.tip_x = path.tip_y = path.tip_depth = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        // The tip is where the axis crosses its own depth.
        path.tip_depth[i] = std::max(tip_at(c, path.angle[i]).depth, 0.0);
        const Point tip = axis_at(c, path.angle[i], path.tip_depth[i]);
        path.tip_x[i] = tip.x;
        path.tip_y[i] = tip.y;
    }
    path.slice_depth = Eigen::VectorXd::LinSpaced(m, 0.0, depth);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    path.axis_x = path.axis_y = path.front_x = path.front_y = RowMatrix::Constant(n, m, nan);
    path.demand = path.critical_offset = path.slit_extent = Eigen::VectorXd::Zero(m);
    for (Eigen::Index j = 0; j < m; ++j) {
        const double z = path.slice_depth[j];
        path.demand[j] = demand(c, z);
        path.critical_offset[j] = resistance.at(z, {depth, settings.heading, 1.0}).offset;
        trace(c, j, path.critical_offset[j], path);
    }
    const double n_needles = roller.rings * roller.needles_per_ring;
    path.slip_stiffness = resistance.shank_stiffness() * brush(n_needles, c.h, depth, c.R_e).slip_stiffness;
    path.ploughing_force = n_needles * (entry_angle(c, 0.0) + exit_angle(c, 0.0)) / (2.0 * pi) *
                           load_per_needle(resistance, depth, settings);
    return path;
}

}  // namespace skin
