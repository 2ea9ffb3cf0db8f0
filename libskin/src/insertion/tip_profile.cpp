#include "insertion/tip_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skin::insertion {

TipProfile TipProfile::paraboloid(double radius, double end_radius) noexcept {
    TipProfile p;
    p.radius_ = radius;
    p.end_radius_ = end_radius;
    p.paraboloid_ = true;
    return p;
}

TipProfile TipProfile::cone(double tan_half_angle, double end_radius) noexcept {
    TipProfile p;
    p.slope_ = 1.0 / tan_half_angle;
    p.end_radius_ = end_radius;
    return p;
}

TipProfile TipProfile::rounded_cone(double radius, double tan_half_angle, double end_radius) noexcept {
    TipProfile p;
    p.radius_ = radius;
    p.kink_ = radius / std::sqrt(1.0 + tan_half_angle * tan_half_angle);
    p.slope_ = tan_half_angle > 0.0 ? 1.0 / tan_half_angle : 0.0;
    p.end_radius_ = end_radius;
    if (!(tan_half_angle > 0.0)) {  // a hemisphere on a cylinder: its rim has a finite height, but theta has not
        p.kink_ = 0.999 * radius;
        p.end_radius_ = std::min(end_radius, p.kink_);
    }
    return p;
}

TipProfile TipProfile::of(const Needle& needle) noexcept {
    return rounded_cone(needle.tip_radius, taper_slope(needle), needle.shaft_radius);
}

double TipProfile::theta(double t) const noexcept {
    if (paraboloid_) return t * t / radius_;
    if (kink_ == 0.0) return 0.5 * std::numbers::pi * t * slope_;
    // Sphere f' = r/sqrt(R^2 - r^2) up to the kink b, cone f' = cot(phi) beyond: t times the integrals of f'/sqrt(t^2 -
    // r^2).
    const double b = std::min(t, kink_);
    const double rim = std::sqrt(radius_ * radius_ - b * b), away = std::sqrt(std::max(t * t - b * b, 0.0));
    double sum = std::log((radius_ + t) / (rim + away));
    if (t > kink_) sum += slope_ * std::acos(b / t);
    return t * sum;
}

}  // namespace skin::insertion
