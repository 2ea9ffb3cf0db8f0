// The devices that carry needles: stamp, motorised pen, drum roller.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "skin/core/provenance.hpp"
#include "skin/device/needle.hpp"

namespace skin {

/// Needles on a plate, a regular grid.
struct Stamp {
    std::string id = "custom";  ///< id of the set
    Needle needle;              ///< each of the needles
    int rows = 5;               ///< [1] needles along one side
    int columns = 8;            ///< [1] needles along the other side
    double pitch = 2.0e-3;      ///< [m] distance of neighbours
    Origins origins;            ///< where each value comes from
};
template <>
struct Describe<Stamp> {
    using D = Stamp;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &D::id, "1", "id of the set"},
            Field{"needle", &D::needle, "1", "each of the needles"},
            Field{"rows", &D::rows, "1", "needles along one side", {}, 1, 1000, "insertion"},
            Field{"columns", &D::columns, "1", "needles along the other side", {}, 1, 1000, "insertion"},
            Field{"pitch", &D::pitch, "m", "distance of neighbours", {}, 1e-5, 0.1, "insertion"},
            Field{"origins", &D::origins, "1", "where each value comes from"},
        };
    }
    // clang-format on
};

/// Needles on a circle, driven by a crank behind a nose that rests on the skin.
struct Pen {
    std::string id = "custom";      ///< id of the set
    Needle needle;                  ///< each of the needles
    int count = 12;                 ///< [1] needles in the cartridge
    double head_diameter = 5.5e-3;  ///< [m] width that one pass covers
    double protrusion = 1.5e-3;     ///< [m] tip beyond the nose at the bottom of the stroke: what is set
    double frequency = 100.0;       ///< [Hz] strokes per second
    double stroke = 0.0;            ///< [m] full stroke of the crank, 0: equal to protrusion
    double nose_aperture = 5.5e-3;  ///< [m] opening into which the skin can bulge
    double nose_gap = 0.0;          ///< [m] stand-off of the nose from the skin
    Origins origins;                ///< where each value comes from
};
template <>
struct Describe<Pen> {
    using D = Pen;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &D::id, "1", "id of the set"},
            Field{"needle", &D::needle, "1", "each of the needles"},
            Field{"count", &D::count, "1", "needles in the cartridge", {}, 1, 1000, "insertion"},
            Field{"head_diameter", &D::head_diameter, "m", "width that one pass covers", {}, 1e-4, 0.1, "insertion"},
            Field{"protrusion", &D::protrusion, "m", "tip beyond the nose at the bottom of the stroke", {}, 0.0, 5e-3, "insertion"},
            Field{"frequency", &D::frequency, "Hz", "strokes per second", {}, 0.1, 1000.0, "insertion tearing"},
            Field{"stroke", &D::stroke, "m", "full stroke of the crank, 0: equal to protrusion", {}, 0.0, 2e-2, "insertion tearing"},
            Field{"nose_aperture", &D::nose_aperture, "m", "opening into which the skin can bulge", {}, 0.0, 0.1, "insertion"},
            Field{"nose_gap", &D::nose_gap, "m", "stand-off of the nose from the skin", {}, 0.0, 5e-3, "insertion"},
            Field{"origins", &D::origins, "1", "where each value comes from"},
        };
    }
    // clang-format on
};

/// Rings of needles on a drum.
struct Roller {
    std::string id = "custom";    ///< id of the set
    Needle needle;                ///< each of the needles
    double drum_radius = 1.0e-2;  ///< [m] of the drum surface
    int rings = 8;                ///< [1] rings along the axle
    int needles_per_ring = 24;    ///< [1] needles around one ring
    double width = 2.0e-2;        ///< [m] of the drum
    Origins origins;              ///< where each value comes from
};
template <>
struct Describe<Roller> {
    using D = Roller;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &D::id, "1", "id of the set"},
            Field{"needle", &D::needle, "1", "each of the needles"},
            Field{"drum_radius", &D::drum_radius, "m", "of the drum surface", {}, 1e-3, 0.2, "insertion tearing"},
            Field{"rings", &D::rings, "1", "rings along the axle", {}, 1, 1000, "insertion tearing"},
            Field{"needles_per_ring", &D::needles_per_ring, "1", "needles around one ring", {}, 1, 1000, "insertion tearing"},
            Field{"width", &D::width, "m", "of the drum", {}, 1e-4, 0.5, "insertion tearing"},
            Field{"origins", &D::origins, "1", "where each value comes from"},
        };
    }
    // clang-format on
};

using Device = std::variant<Stamp, Pen, Roller>;

/// Ranges, the needle, and what must fit together (a pen's protrusion within its needle, needles within the head).
void validate_device(const Device& device);
[[nodiscard]] const Needle& needle_of(const Device& device) noexcept;
[[nodiscard]] int needle_count(const Device& device) noexcept;

[[nodiscard]] Device device(std::string_view id);  ///< a shipped device; ParameterError with the nearest id; in io
[[nodiscard]] std::vector<std::string> devices();  ///< ids of the shipped devices; defined in io

}  // namespace skin
