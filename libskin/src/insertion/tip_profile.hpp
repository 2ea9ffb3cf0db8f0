// The shape of a rigid tip as contact sees it: height over radius, and its Abel transform.
#pragma once

#include <vector>

#include "skin/device/needle.hpp"

namespace skin::insertion {

/// Any body of revolution: a sphere or a flat end, then straight flanks; it ends at `end_radius`, where a shaft begins.
/// Small-strain theory is applied to the shape as it is, however steep its flank (as Sneddon did for sharp cones).
class TipProfile {
public:
    /// A flank from this radius on, up to the next one.
    struct Flank {
        double radius;  ///< [m] where it begins
        double slope;   ///< [1] of the height over the radius, 1/tan(phi) of a cone
    };

    /// Paraboloid of Hertz: height r^2/(2 R).
    [[nodiscard]] static TipProfile paraboloid(double radius, double end_radius) noexcept;
    /// Cone of half-angle phi from the axis: height r/tan(phi).
    [[nodiscard]] static TipProfile cone(double tan_half_angle, double end_radius);
    /// Sphere of `radius`, tangent to a cone at radius cos(phi).
    [[nodiscard]] static TipProfile rounded_cone(double radius, double tan_half_angle, double end_radius);
    /// Flat end of `radius`, then flanks; none: a cylindrical punch.
    [[nodiscard]] static TipProfile flat_ended(double radius, std::vector<Flank> flanks, double end_radius);
    /// Outline from the tip on (of a table), its end rounded by a sphere of its first radius, up to the first wall that
    /// is parallel to the axis.
    [[nodiscard]] static TipProfile outline(const std::vector<OutlinePiece>& pieces);
    /// The tip of a needle. Bevels and pyramids: the cone of their equivalent radius.
    [[nodiscard]] static TipProfile of(const Needle& needle);

    /// [m] theta(t) = d/dt of the integral over r from 0 to t of r f(r)/sqrt(t^2 - r^2), f the height (eq. 54).
    [[nodiscard]] double theta(double t) const noexcept;
    [[nodiscard]] const std::vector<Flank>& flanks() const noexcept { return flanks_; }  ///< in order of radius
    [[nodiscard]] double flat_radius() const noexcept { return flat_ ? radius_ : 0.0; }  ///< [m] of a flat end
    [[nodiscard]] bool is_punch() const noexcept { return flat_ && flanks_.empty(); }    ///< a flat-ended cylinder
    [[nodiscard]] double end_radius() const noexcept { return end_radius_; }             ///< [m] largest of contact
    [[nodiscard]] double radius() const noexcept { return radius_; }  ///< [m] of the sphere or the flat end; 0: sharp

private:
    double radius_ = 0.0, end_radius_ = 0.0;
    bool paraboloid_ = false, flat_ = false;
    std::vector<Flank> flanks_;
};

}  // namespace skin::insertion
