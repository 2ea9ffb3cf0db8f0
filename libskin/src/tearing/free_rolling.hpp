// The radius on which a torque-free drum rolls, and the lateral stiffness of its needles (docs/theory/tearing.md,
// 10-15).
#pragma once

#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <cstddef>
#include <span>

#include "tearing/kinematics.hpp"

namespace skin::tearing {

/// [m] effective rolling radius of a torque-free drum, axle at h, needles z_max deep (eq. 10, eq. 11 for small angles).
[[nodiscard]] double free_rolling_radius(double h, double z_max) noexcept;
/// [m] rolling radius with extra slip relative to free rolling; slip < 1.
[[nodiscard]] inline double slipping_radius(double free_radius, double slip) noexcept {
    return free_radius / (1.0 - slip);
}

/// Lateral response of all needles of a drum, phase average, over the line stiffness k_w (elastic regime).
struct Brush {
    double force = 0.0;           ///< [m^2] F/k_w, on the skin, forward positive
    double torque = 0.0;          ///< [m^3] M/k_w on the axle
    double slip_stiffness = 0.0;  ///< [m^2] c_b = C_s/k_w, force per slip
};
[[nodiscard]] Brush brush(double n_needles, double h, double z_max, double R_e) noexcept;

/// Torque of a needle on the axle, phase average, when stiffness k_w [Pa] changes with depth and the contact need not
/// be even: M = N/(2 pi) (R_e roll - drag) for a drum of N needles (eqs. 45, 46).
struct TorqueBalance {
    double drag = 0.0;  ///< [N m^2] of the needles' sideways way on a drum that turns but does not move
    double roll = 0.0;  ///< [N m] of the way that the drum makes, per rolling radius

    /// [m] at which the torque is zero.
    [[nodiscard]] double radius() const noexcept { return drag / roll; }
    /// [1] slip beyond it that n_needles need against a torque [N m] of the axle; 1: they cannot turn it.
    [[nodiscard]] double axle_slip(double n_needles, double torque) const noexcept;
};
/// `k_w`: a function of depth; `breaks`: depths of its kinks and jumps, rising. Gauss rules of 10 points between them
/// in the root of the height over the tip, in which the integrands are smooth.
template <class Stiffness>
[[nodiscard]] TorqueBalance torque_balance(const Contact& c, const Stiffness& k_w,
                                           std::span<const double> breaks = {}) {
    TorqueBalance balance;
    const double deepest = c.tip_depth();
    if (!(deepest > 0.0)) return balance;
    using Rule = boost::math::quadrature::gauss<double, 10>;  // 5 nodes and their mirror images
    const auto take = [&](double s, double weight) {
        const double z = deepest - s * s, a = c.h + z;
        const double cos_entry = (c.h + (z > c.dimple ? z : c.dimple)) / c.rho, cos_exit = (a - c.tent) / c.rho;
        const double entry = entry_angle(c, z), angle = entry + exit_angle(c, z);
        const double share = weight * 2.0 * s * k_w(z) * a;
        balance.roll += share * 0.5 * angle * angle;
        if (entry > 0.0) {
            balance.drag += share * a * (std::log(cos_entry / cos_exit) + angle * std::tan(entry));
        } else {
            balance.drag -= share * a * std::log(cos_exit);
        }
    };
    const auto add = [&](double top, double bottom) {
        const double from = std::sqrt(deepest - bottom), to = std::sqrt(deepest - top);
        const double middle = 0.5 * (from + to), half = 0.5 * (to - from);
        for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
            const double step = half * Rule::abscissa()[i], weight = half * Rule::weights()[i];
            take(middle - step, weight);
            take(middle + step, weight);
        }
    };
    double top = 0.0;
    bool before_dimple = c.dimple > 0.0 && c.dimple < deepest;  // the entry has a kink there
    for (std::size_t i = 0; i <= breaks.size(); ++i) {
        const double bottom = i < breaks.size() ? breaks[i] : deepest;
        if (before_dimple && c.dimple <= bottom) {
            if (c.dimple > top) add(top, c.dimple);
            top = c.dimple;
            before_dimple = false;
        }
        if (bottom > top) add(top, bottom);
        top = bottom;
    }
    return balance;
}

/// [m] distance of holes along the roll.
[[nodiscard]] double hole_pitch(double R_e, int needles_per_ring) noexcept;
/// [1/m^2] holes of one pass when every needle makes one.
[[nodiscard]] double hole_density(double n_needles, double R_e, double width) noexcept;

}  // namespace skin::tearing
