// A needle: a cone that ends in a shank.
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct Needle {
    double length = 1.5e-3;         ///< [m] from tip to base plate
    double shaft_radius = 1.25e-4;  ///< [m] of the shank behind the cone
    double tip_radius = 4.0e-6;     ///< [m] of the rounded tip
    double taper_length = 1.0e-3;   ///< [m] from tip to full shank
};
template <>
struct Describe<Needle> {
    using N = Needle;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"length", &N::length, "m", "from tip to base plate", {}, 5.0e-5, 5.0e-3, "insertion tearing"},
            Field{"shaft_radius", &N::shaft_radius, "m", "of the shank behind the cone", {}, 1.0e-6, 1.0e-3, "insertion tearing bleeding healing"},
            Field{"tip_radius", &N::tip_radius, "m", "of the rounded tip", {}, 1.0e-8, 5.0e-4, "insertion"},
            Field{"taper_length", &N::taper_length, "m", "from tip to full shank", {}, 1.0e-6, 5.0e-3, "insertion tearing bleeding healing"},
        };
    }
    // clang-format on
};

/// Ranges, and that the needle closes: tip_radius <= shaft_radius, taper_length <= length.
void validate_needle(const Needle& needle, std::string_view path = "needle");

/// [m] radius at distance `s` behind the tip: min(tip_radius + s tan(phi), shaft_radius) (insertion.md 3.1.1).
[[nodiscard]] double radius_at(const Needle& needle, double s) noexcept;
/// [1] tan of the half-angle of the cone: (shaft_radius - tip_radius)/taper_length.
[[nodiscard]] double taper_slope(const Needle& needle) noexcept;

}  // namespace skin
