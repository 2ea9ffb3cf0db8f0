#include "safety/particles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "skin/core/constants.hpp"

namespace skin::safety {

double settling_speed(double D_p, double d_rho, double mu) {
    const double r = 0.5 * D_p;
    return 2.0 / 9.0 * d_rho * constants::standard_gravity * r * r / mu;
}

double brownian_diffusivity(double D_p, double mu, double T) {
    return constants::boltzmann_constant * T / (3.0 * std::numbers::pi * mu * D_p);
}

namespace {

/// [s] last time from `start` on at which `value`, joined by straight lines, lies above `limit`; NaN: never.
double last_above(const Eigen::VectorXd& time, const auto& value, double limit, double start) {
    for (Eigen::Index i = time.size(); i-- > 0;) {
        if (time[i] < start && i + 1 == time.size()) break;
        if (!(value(i) > limit)) continue;
        if (i + 1 == time.size()) return time[i];
        const double x = (value(i) - limit) / (value(i) - value(i + 1));
        const double t = time[i] + x * (time[i + 1] - time[i]);
        return t >= start ? t : std::numeric_limits<double>::quiet_NaN();
    }
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

ParticleReport assess_particles(const Tolerance& tolerance, const Exposure& e, const Closure& closure) {
    ParticleReport report;
    report.solute = e.solute;
    report.last_entry = std::numeric_limits<double>::quiet_NaN();
    report.settling_speed =
        settling_speed(e.particle_diameter, e.particle_density - e.vehicle_density, e.vehicle_viscosity);
    // [s] when product and channels have met
    const double start = e.time.size() > 0 ? std::max(0.0, e.time[0]) : 0.0;
    const double widest = tolerance.jamming_factor * e.particle_diameter;
    const double D_B = brownian_diffusivity(e.particle_diameter, e.vehicle_viscosity, tolerance.temperature);
    for (Eigen::Index k = 0; k < closure.classes.size(); ++k) {
        const auto diameter = [&](Eigen::Index i) {
            return 2.0 * closure.classes.channel_radius[k] * closure.radius_fraction(i, k);
        };
        const auto wetness = [&](Eigen::Index i) { return closure.plug_wetness(i, k); };
        const double wide = last_above(closure.time, diameter, widest, start);
        const double wet = last_above(closure.time, wetness, tolerance.wet_mouth, start);
        const double last = std::min(wide, wet);  // of two NaN-able numbers: both must have happened
        if (std::isnan(wide) || std::isnan(wet)) continue;
        report.enters = true;
        if (std::isnan(report.last_entry) || last > report.last_entry) report.last_entry = last;
        // Those inside go on sinking behind the dried mouth until the channel is too narrow for them.
        const double t = wide - start, floor = closure.classes.channel_depth[k];
        report.settled_depth = std::max(report.settled_depth, std::clamp(report.settling_speed * t, 0.0, floor));
        report.brownian_depth = std::max(report.brownian_depth, std::min(std::sqrt(2.0 * D_B * t), floor));
    }
    return report;
}

}  // namespace skin::safety
