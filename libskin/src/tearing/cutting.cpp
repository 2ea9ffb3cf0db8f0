#include "tearing/cutting.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skin::tearing {

using std::numbers::pi;

double line_stiffness_factor(double a, double b) noexcept {
    return 4.0 * pi / (std::log(b / a) - (b * b - a * a) / (b * b + a * a));
}

double embedded_factor(double slenderness) noexcept {
    // Stiffness of a cylinder of radius 60 um in the base skin of the mechanics reference (section 5), 0.25, 0.5,
    // 1, 1.5 and 2 mm deep: 0.138, 0.173, 0.228, 0.259 and 0.262 N/mm, over the 0.1325 ... 0.3825 N/mm of its layers.
    constexpr double depths[] = {0.25 / 0.06, 0.5 / 0.06, 1.0 / 0.06, 1.5 / 0.06, 2.0 / 0.06};
    constexpr double factor[] = {0.138 / 0.1325, 0.173 / 0.1775, 0.228 / 0.2775, 0.259 / 0.3775, 0.262 / 0.3825};
    constexpr int last = 4;
    if (!(slenderness > depths[0])) return factor[0];
    for (int i = 0; i < last; ++i) {
        if (slenderness >= depths[i + 1]) continue;
        const double share = std::log(slenderness / depths[i]) / std::log(depths[i + 1] / depths[i]);
        return factor[i] + share * (factor[i + 1] - factor[i]);
    }
    return factor[last];
}

FrontRates front_rates(double wedged, double line_load) noexcept {
    const double rear = std::max(wedged - 0.5 * line_load, 0.0);
    return {rear + line_load, rear};
}

double cutting_load(const CuttingLaw& law, double d_n) noexcept {
    // q_c = Gamma_0 + c_q W_f d_n (1 + mu)^m, eq. 17
    return law.intercept +
           law.cutting_factor * law.failure_energy * d_n * std::pow(1.0 + law.friction, law.friction_exponent);
}

double direction_factor(double anisotropy, double angle) noexcept { return 1.0 + anisotropy * std::cos(2.0 * angle); }

double anisotropy_from_ratio(double ratio) noexcept { return (1.0 - ratio) / (1.0 + ratio); }

double slice_push_factor(double xi, double floor) noexcept { return std::max(1.0 / (1.0 + xi * xi), floor); }

CriticalOffset critical_offset(double cutting_load, double k_w, double failure_strain,
                               double strained_length) noexcept {
    const double offset = std::min(cutting_load / k_w, failure_strain * strained_length);  // eq. 20
    return {offset, k_w * offset, k_w, {}};
}

double initiation_offset(double toughness, double d_n, double cutting_factor, double k_w) noexcept {
    return std::sqrt(2.0 * toughness * d_n / (cutting_factor * k_w));
}

double initial_slit(double d_n, double lip_stretch) noexcept { return pi * d_n / (2.0 * lip_stretch); }

double bending_force(double yield_stress, double d_n, double arm) noexcept {
    return yield_stress * pi * d_n * d_n * d_n / (32.0 * arm);
}

double undriven_release_rate(double stress, double slit_length, double plane_strain_modulus) noexcept {
    return pi * stress * stress * (0.5 * slit_length) / plane_strain_modulus;
}

double strip_yield_zone(double plane_strain_modulus, double toughness, double strength) noexcept {
    return pi / 8.0 * plane_strain_modulus * toughness / (strength * strength);
}

double Junction::release_rate(double slide) const noexcept { return 0.5 * stiffness * slide * slide; }

double Junction::critical_slide() const noexcept { return std::sqrt(2.0 * toughness / stiffness); }

double Junction::shear_lag(double strip_stiffness) const noexcept { return std::sqrt(strip_stiffness / stiffness); }

double Junction::arrest_length(double slide, double strip_stiffness) const noexcept {
    const double u_c = critical_slide();
    if (!(slide > u_c)) return 0.0;
    return u_c > 0.0 ? shear_lag(strip_stiffness) * (slide / u_c - 1.0) : HUGE_VAL;
}

}  // namespace skin::tearing
