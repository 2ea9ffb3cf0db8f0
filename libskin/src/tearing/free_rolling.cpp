#include "tearing/free_rolling.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skin::tearing {

namespace {
// Below this contact angle [rad] the closed forms lose more than half of their digits to cancellation.
constexpr double small_angle = 0.05;

/// A = int t sin^2 t cos t, B = int t^2 sin t cos t, I1 = int t^2 sin t, I2 = int t sin^2 t, each from 0 to phi.
struct Integrals {
    double A, B, I1, I2;
};

Integrals integrals(double phi) noexcept {
    const double p2 = phi * phi, p4 = p2 * p2;
    if (phi < small_angle) {  // Taylor series; the first term left out is below 1e-9 of the sum
        return {p4 * (0.25 - 5.0 / 36.0 * p2 + 91.0 / 2880.0 * p4), p4 * (0.25 - p2 / 9.0 + p4 / 60.0),
                p4 * (0.25 - p2 / 36.0 + p4 / 960.0), p4 * (0.25 - p2 / 18.0 + p4 / 180.0)};
    }
    const double s = std::sin(phi), c = std::cos(phi);
    const double s2 = std::sin(2.0 * phi), c2 = std::cos(2.0 * phi);
    return {phi * s * s * s / 3.0 - 2.0 / 9.0 + c / 3.0 - c * c * c / 9.0,
            -p2 * c2 / 4.0 + phi * s2 / 4.0 + (c2 - 1.0) / 8.0, 2.0 * phi * s + (2.0 - p2) * c - 2.0,
            p2 / 4.0 - phi * s2 / 4.0 - (c2 - 1.0) / 8.0};
}

double entry_angle(double h, double z_max) noexcept { return std::acos(std::clamp(h / (h + z_max), 0.0, 1.0)); }
}  // namespace

double free_rolling_radius(double h, double z_max) noexcept {
    if (!(z_max > 0.0)) return h;
    const double phi = entry_angle(h, z_max);
    if (phi < small_angle) return h + 7.0 / 9.0 * z_max + 7.0 / 1620.0 * z_max * z_max / h;  // eq. 11
    const Integrals i = integrals(phi);
    return (h + z_max) * i.A / i.B;  // eq. 10
}

Brush brush(double n_needles, double h, double z_max, double R_e) noexcept {
    if (!(z_max > 0.0)) return {};
    const double rho = h + z_max;
    const Integrals i = integrals(entry_angle(h, z_max));
    const double needles_per_angle = n_needles / std::numbers::pi;
    return {needles_per_angle * rho * (R_e * i.I1 - rho * i.I2),
            needles_per_angle * rho * rho * (R_e * i.B - rho * i.A), needles_per_angle * R_e * rho * i.I1};
}

double TorqueBalance::axle_slip(double n_needles, double torque) const noexcept {
    if (!(torque > 0.0)) return 0.0;
    const double shift = 2.0 * std::numbers::pi * torque / (n_needles * roll);  // eq. 46, [m]
    return shift / (radius() + shift);
}

double hole_pitch(double R_e, int needles_per_ring) noexcept {
    return 2.0 * std::numbers::pi * R_e / static_cast<double>(needles_per_ring);
}

double hole_density(double n_needles, double R_e, double width) noexcept {
    return n_needles / (2.0 * std::numbers::pi * R_e * width);
}

}  // namespace skin::tearing
