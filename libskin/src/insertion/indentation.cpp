// The laws of docs/theory/insertion.md, eq. 9-19, one function each.
#include "insertion/indentation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "insertion/deflection_table.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;
double plane_strain(double E, double nu) noexcept { return E / (1.0 - nu * nu); }
double bending_stiffness(double E, double nu, double t) noexcept { return E * t * t * t / (12.0 * (1.0 - nu * nu)); }

}  // namespace

double hertz_force(double E, double nu, double tip_radius, double indentation) noexcept {
    return 4.0 / 3.0 * plane_strain(E, nu) * std::sqrt(tip_radius) * std::pow(indentation, 1.5);
}

double sneddon_cone_force(double E, double nu, double tan_half_angle, double indentation) noexcept {
    return 2.0 / pi * plane_strain(E, nu) * tan_half_angle * indentation * indentation;
}

double flat_disc_force(double E, double nu, double radius, double indentation) noexcept {
    return 2.0 * plane_strain(E, nu) * radius * indentation;
}

double thin_layer_factor(double tip_radius, double indentation, double thickness, bool bonded) noexcept {
    const double X = std::sqrt(tip_radius * indentation) / thickness;
    return bonded ? 1.0 + X * (1.133 + X * (1.283 + X * (0.769 + X * 0.0975)))
                  : 1.0 + X * (0.884 + X * (0.781 + X * (0.386 + X * 0.0048)));
}

double plate_on_half_space(double E, double nu, double thickness, double base_modulus) noexcept {
    const double D = bending_stiffness(E, nu, thickness);
    const double l = std::cbrt(2.0 * D / base_modulus);
    return l * l / (3.0 * std::sqrt(3.0) * D);
}

double plate_on_springs(double E, double nu, double thickness, double base_modulus) noexcept {
    const double D = bending_stiffness(E, nu, thickness);
    const double l = std::cbrt(D / base_modulus);
    return 1.0 / (8.0 * std::sqrt(D * base_modulus / l));
}

double energy_per_area_force(double k, double n, double work_per_area, double tip_area) noexcept {
    return std::pow(k, 1.0 / (n + 1.0)) * std::pow((n + 1.0) * work_per_area * tip_area, n / (n + 1.0));
}

double barrier_factor(double tip_diameter, double smooth_diameter, double blunt_diameter) noexcept {
    if (tip_diameter <= smooth_diameter) return 1.0;
    if (tip_diameter >= blunt_diameter) return 3.0;
    return 1.0 + 2.0 * (tip_diameter - smooth_diameter) / (blunt_diameter - smooth_diameter);
}

double rate_factor(double speed, double length, double reference_rate, double exponent) noexcept {
    return std::pow(std::max(speed / length, 1e-12) / reference_rate, exponent);
}

double far_field(double force, double modulus, double distance) noexcept { return force / (pi * modulus * distance); }

double Deflection::depth(double force) const noexcept {
    if (rigid || !(force > 0.0)) return 0.0;
    if (table != nullptr) return table->depth(force / factor, linear / factor);
    // Root of the quadratic in the form that stays exact when either term vanishes.
    return 2.0 * force / (linear + std::sqrt(linear * linear + 4.0 * quadratic * force));
}

double Deflection::force(double depth) const noexcept {
    if (rigid || !(depth > 0.0)) return 0.0;
    if (table != nullptr) return factor * table->force(depth) + linear * depth;
    return depth * (linear + quadratic * depth);
}

double Deflection::stiffness(double depth) const noexcept {
    if (rigid) return std::numeric_limits<double>::infinity();
    if (table != nullptr) return factor * table->stiffness(depth) + linear;
    return linear + 2.0 * quadratic * depth;
}

double Deflection::energy(double depth) const noexcept {
    if (rigid || !(depth > 0.0)) return 0.0;
    if (table != nullptr) return factor * table->energy(depth) + 0.5 * linear * depth * depth;
    return depth * depth * (linear / 2.0 + quadratic * depth / 3.0);
}

Deflection Deflection::stiffer(double by) const noexcept {
    Deflection d = *this;
    d.quadratic *= by;
    d.factor *= by;
    return d;
}

}  // namespace skin::insertion
