// The shape of a rigid tip as contact sees it: height over radius, and its Abel transform.
#pragma once

#include "skin/device/needle.hpp"

namespace skin::insertion {

/// A sphere, a cone, or a sphere that goes over into a cone at equal slope; it ends at `end_radius`, where a shaft
/// begins. Small-strain theory is applied to the shape as it is, however steep its flank (as Sneddon did for sharp
/// cones).
class TipProfile {
public:
    /// Paraboloid of Hertz: height r^2/(2 R).
    [[nodiscard]] static TipProfile paraboloid(double radius, double end_radius) noexcept;
    /// Cone of half-angle phi from the axis: height r/tan(phi).
    [[nodiscard]] static TipProfile cone(double tan_half_angle, double end_radius) noexcept;
    /// Sphere of `radius`, tangent to a cone at radius cos(phi).
    [[nodiscard]] static TipProfile rounded_cone(double radius, double tan_half_angle, double end_radius) noexcept;
    /// The tip of a needle: its tip radius and the slope of its taper.
    [[nodiscard]] static TipProfile of(const Needle& needle) noexcept;

    /// [m] theta(t) = d/dt of the integral over r from 0 to t of r f(r)/sqrt(t^2 - r^2), f the height (eq. 54).
    [[nodiscard]] double theta(double t) const noexcept;
    [[nodiscard]] double kink() const noexcept { return kink_; }  ///< [m] where sphere and cone meet; 0: nowhere
    [[nodiscard]] double end_radius() const noexcept { return end_radius_; }  ///< [m] largest radius of contact
    [[nodiscard]] double radius() const noexcept { return radius_; }          ///< [m] of the sphere; 0: sharp

private:
    double radius_ = 0.0, slope_ = 0.0;  // slope of the cone's height, 1/tan(phi)
    double kink_ = 0.0, end_radius_ = 0.0;
    bool paraboloid_ = false;
};

}  // namespace skin::insertion
