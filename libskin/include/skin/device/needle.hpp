// A needle: its outline from tip to base plate, and what it is made of.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"

namespace skin {

/// What the needle looks like. Skin meets every shape by its equivalent radius R(s): that of the circle with the same
/// perimeter, because cutting costs a line and not an area (docs/theory/insertion.md, section 8).
enum class NeedleShape {
    cone,     ///< round cone that ends in a shank; equal tip and shaft radius: a cylinder; the default
    bevel,    ///< round shank cut off at a slant; taper_length is the height of the cut
    pyramid,  ///< straight sides to a regular polygon of `sides` corners; the radii are those of its corners
    flat,     ///< flat end of tip_radius, then a cone to the shank: a punch, or a tube when it has a bore
    profile,  ///< radius against distance from the tip, from a table
};
template <>
struct EnumNames<NeedleShape> {
    static constexpr std::array entries{std::pair{NeedleShape::cone, std::string_view{"cone"}},
                                        std::pair{NeedleShape::bevel, std::string_view{"bevel"}},
                                        std::pair{NeedleShape::pyramid, std::string_view{"pyramid"}},
                                        std::pair{NeedleShape::flat, std::string_view{"flat"}},
                                        std::pair{NeedleShape::profile, std::string_view{"profile"}}};
};

/// What a needle is made of: what bends it and what breaks it (data/needle_materials/*.toml).
struct NeedleMaterial {
    std::string id = "custom";          ///< id of the set
    double youngs_modulus = 0.0;        ///< [Pa] stiffness against bending and buckling
    double compressive_strength = 0.0;  ///< [Pa] normal stress at which it yields or breaks
    double shear_strength = 0.0;        ///< [Pa] mean shear stress over a section at which it yields or breaks
    Origins origins;                    ///< where each value comes from
};
template <>
struct Describe<NeedleMaterial> {
    using M = NeedleMaterial;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &M::id, "1", "id of the set"},
            Field{"youngs_modulus", &M::youngs_modulus, "Pa", "stiffness against bending and buckling", {}, 1e5, 1e13, "insertion"},
            Field{"compressive_strength", &M::compressive_strength, "Pa", "normal stress at which it yields or breaks", {}, 1e3, 1e12, "insertion"},
            Field{"shear_strength", &M::shear_strength, "Pa", "mean shear stress over a section at which it yields or breaks", {}, 1e3, 1e12, "insertion"},
            Field{"origins", &M::origins, "1", "where each value comes from"},
        };
    }
    // clang-format on
};

struct Needle {
    double length = 1.5e-3;                 ///< [m] from tip to base plate
    double shaft_radius = 1.25e-4;          ///< [m] of the shank behind the cone
    double tip_radius = 4.0e-6;             ///< [m] of the rounded tip
    double taper_length = 1.0e-3;           ///< [m] from tip to full shank
    NeedleShape shape = NeedleShape::cone;  ///< [1] what it looks like
    int sides = 0;                          ///< [1] corners of a pyramid, 0 for the other shapes
    double bore_radius = 0.0;               ///< [m] of the channel in a hollow needle, 0: solid
    RowMatrix profile;  ///< [m] (row, column) distance from the tip and radius there; only for `profile`
    std::optional<NeedleMaterial> material;  ///< [1] what it is made of; none: its strength is not judged
};
template <>
struct Describe<Needle> {
    using N = Needle;
    static constexpr double any = std::numeric_limits<double>::infinity();
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"length", &N::length, "m", "from tip to base plate", {}, 5.0e-5, 5.0e-3, "insertion tearing"},
            Field{"shaft_radius", &N::shaft_radius, "m", "of the shank behind the cone", {}, 1.0e-6, 1.0e-3, "insertion tearing bleeding healing"},
            Field{"tip_radius", &N::tip_radius, "m", "of the rounded tip", {}, 1.0e-8, 5.0e-4, "insertion"},
            Field{"taper_length", &N::taper_length, "m", "from tip to full shank", {}, 1.0e-6, 5.0e-3, "insertion tearing bleeding healing"},
            Field{"shape", &N::shape, "1", "what it looks like", {}, -any, any, "insertion tearing bleeding healing"},
            Field{"sides", &N::sides, "1", "corners of a pyramid, 0 for the other shapes", {}, 0, 100, "insertion"},
            Field{"bore_radius", &N::bore_radius, "m", "of the channel in a hollow needle, 0: solid", {}, 0.0, 1.0e-3, "insertion"},
            Field{"profile", &N::profile, "m", "distance from the tip and radius there", {"profile_row", "profile_column"}, 0.0, 5.0e-3, "insertion tearing bleeding healing"},
            Field{"material", &N::material, "1", "what it is made of", {}, -any, any, "insertion"},
        };
    }
    // clang-format on
};

/// Ranges; that the needle closes (tip_radius <= shaft_radius, taper_length <= length, a table that neither narrows nor
/// steps back, a bore that leaves a wall); and that nothing is given that the shape does not use.
void validate_needle(const Needle& needle, std::string_view path = "needle");

/// The needle of a measured table: (n, 2) distance from the tip [m] and radius there [m]. Length, radii and taper
/// follow from it.
[[nodiscard]] Needle needle_from_profile(const RowMatrix& profile);

/// A straight piece of the outline, from the tip on.
struct OutlinePiece {
    double start, end;                ///< [m] distance from the tip
    double start_radius, end_radius;  ///< [m] equivalent radius there
    [[nodiscard]] double slope() const noexcept { return (end_radius - start_radius) / (end - start); }
    [[nodiscard]] double radius(double s) const noexcept;  ///< [m] within the piece
};
/// The outline as straight pieces without gaps from 0 to the length; the last one goes on beyond it. Two pieces that
/// meet with different radii are a step.
[[nodiscard]] std::vector<OutlinePiece> needle_outline(const Needle& needle);

/// [m] equivalent radius at distance `s` behind the tip (insertion.md 3.1.1): on a cone
/// min(tip_radius + s tan(phi), shaft_radius). At a step that of the wider side.
[[nodiscard]] double radius_at(const Needle& needle, double s) noexcept;
/// [m] equivalent radius of the shank: shaft_radius, less for a pyramid.
[[nodiscard]] double shank_radius(const Needle& needle) noexcept;
/// [1] mean slope from tip to full shank, on a cone tan of its half-angle.
[[nodiscard]] double taper_slope(const Needle& needle) noexcept;

[[nodiscard]] NeedleMaterial needle_material(
    std::string_view id);  ///< a shipped one; ParameterError with the nearest id; in io
[[nodiscard]] std::vector<std::string> needle_materials();  ///< ids of the shipped ones; defined in io

}  // namespace skin
