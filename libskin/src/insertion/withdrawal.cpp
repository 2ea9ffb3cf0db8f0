// Friction that reverses through a stick band (eq. 86-88).
//
//   h  depth of the tip [m]     u  deflection, negative where the skin is pulled up [m]     D = h + u  of the base [m]
#include "insertion/withdrawal.hpp"

#include <algorithm>

namespace skin::insertion {
namespace {

// The same law both ways: what presses in also lifts.
double skin_force(const Deflection& skin, double u) noexcept { return u >= 0.0 ? skin.force(u) : -skin.force(-u); }

}  // namespace

double holding_force(const LayeredNeedle::Strike& strike, double depth) noexcept {
    return depth > 0.0 ? strike.parts(depth).friction : 0.0;
}

Withdrawal withdraw(const LayeredNeedle::Strike& strike, const Balance& end, Eigen::Index n_points) {
    const Deflection& skin = strike.deflection();
    const Eigen::Index n = std::max<Eigen::Index>(n_points, 4), n_stick = n / 2, n_slide = n - n_stick;
    Withdrawal out;
    out.holding_force = holding_force(strike, end.depth);
    out.travel.setZero(n);
    out.force.setZero(n);
    out.depth.setZero(n);
    // Stick: the tip stays while the force falls from what pressed it in to -F_fric.
    const double u_slip = -skin.depth(out.holding_force);
    for (Eigen::Index i = 0; i < n_stick; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(n_stick - 1);
        const double u = end.deflection + share * (u_slip - end.deflection);
        out.travel[i] = end.depth + u;
        out.depth[i] = end.depth;
        out.force[i] = skin.rigid ? end.force - share * (end.force + out.holding_force) : skin_force(skin, u);
    }
    // Slide: the pull equals the friction of what is still buried.
    double last_friction = out.holding_force;
    for (Eigen::Index k = 0; k < n_slide; ++k) {
        const double share = static_cast<double>(k + 1) / static_cast<double>(n_slide);
        const double h = end.depth * (1.0 - share);
        const double friction = holding_force(strike, h);
        const Eigen::Index i = n_stick + k;
        // Where sliding would lift the base, the needle slips free at the same travel.
        out.travel[i] = std::min(h - skin.depth(friction), out.travel[i - 1]);
        out.depth[i] = h;
        out.force[i] = -friction;
        out.friction_energy += 0.5 * (friction + last_friction) * end.depth / static_cast<double>(n_slide);
        last_friction = friction;
    }
    for (Eigen::Index i = 1; i < n; ++i) {
        out.returned_energy += 0.5 * (out.force[i] + out.force[i - 1]) * (out.travel[i - 1] - out.travel[i]);
    }
    return out;
}

}  // namespace skin::insertion
