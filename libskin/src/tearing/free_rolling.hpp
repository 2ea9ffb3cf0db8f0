// The radius on which a torque-free drum rolls, and the lateral stiffness of its needles (docs/theory/tearing.md,
// 10-15).
#pragma once

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

/// [m] distance of holes along the roll.
[[nodiscard]] double hole_pitch(double R_e, int needles_per_ring) noexcept;
/// [1/m^2] holes of one pass when every needle makes one.
[[nodiscard]] double hole_density(double n_needles, double R_e, double width) noexcept;

}  // namespace skin::tearing
