// Closed forms beside the default model: other closing laws, flux through a closing pore, admittance, evaporation.
// Symbols as in docs/theory/recovery.md, section 6: t, T [s] times, t_half [s] half-life, t_c [s] time at which the
// radius is 0, J_0 first flux, Q [J_0 s] amount that has passed.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skin::recovery {

/// [1] share left of anything that closes at first order.
inline double first_order(double t, double t_half) { return std::exp2(-t / t_half); }
/// [1] radius of a front that moves in at constant speed, over the first radius.
inline double linear_radius(double t, double t_c) { return std::max(0.0, 1.0 - t / t_c); }
/// [1] sigmoid: nothing happens, then it seals.
inline double hill(double t, double t_50, double n) { return 1.0 / (1.0 + std::pow(t / t_50, n)); }

/// [s] time at which first order falls to `eps`; its inverse; the threshold that a closing time implies.
inline double closing_time(double t_half, double eps) { return t_half * std::log2(1.0 / eps); }
inline double half_life(double t_close, double eps) { return t_close / std::log2(1.0 / eps); }
inline double implied_threshold(double t_close, double t_half) { return std::exp2(-t_close / t_half); }

/// [s] Q/J_0 through a pore whose conductance falls at first order with time constant tau (not half-life).
inline double passed_first_order(double T, double tau) { return -tau * std::expm1(-T / tau); }
/// [s] Q/J_0 while the radius falls linearly: conductance ~ a (access-limited) and ~ a^2 (channel-limited).
inline double passed_linear_access(double T, double t_c) {
    const double t = std::min(T, t_c);
    return t - t * t / (2.0 * t_c);
}
inline double passed_linear_channel(double T, double t_c) {
    const double left = linear_radius(T, t_c);
    return t_c / 3.0 * (1.0 - left * left * left);
}

/// [S] pore admittance from impedance with pores (Z_t) and of intact skin (Z_i), which lie in parallel.
inline double pore_admittance(double Z_t, double Z_i) { return 1.0 / Z_t - 1.0 / Z_i; }
/// [ohm] the same as an impedance.
inline double pore_impedance(double Z_t, double Z_i) { return Z_i * Z_t / (Z_i - Z_t); }

/// [kg/s] evaporation of one wet mouth of radius a into still air: a disk source, 4 D a (c_sat - c_air). Upper bound.
inline double wet_pore_evaporation(double a, double D_va, double c_sat, double humidity) {
    return 4.0 * D_va * a * c_sat * (1.0 - humidity);
}

/// [1] sigma of the lognormal distribution with coefficient of variation CV.
inline double lognormal_sigma(double CV) { return std::sqrt(std::log1p(CV * CV)); }

}  // namespace skin::recovery
