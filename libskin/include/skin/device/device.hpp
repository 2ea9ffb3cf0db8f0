// The devices that carry needles: stamp, motorised pen, drum roller.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "skin/core/provenance.hpp"
#include "skin/device/needle.hpp"

namespace skin {

/// How the needles of a stamp stand on its plate.
enum class StampLayout {
    grid,       ///< rows x columns on squares; the default
    hexagonal,  ///< rows x columns, every second row shifted by half a pitch: all six neighbours at one pitch
    rings,      ///< one in the middle and `rows` rings round it, one pitch apart, ring k with 6 k needles
    free,       ///< at `positions`
};
template <>
struct EnumNames<StampLayout> {
    static constexpr std::array entries{std::pair{StampLayout::grid, std::string_view{"grid"}},
                                        std::pair{StampLayout::hexagonal, std::string_view{"hexagonal"}},
                                        std::pair{StampLayout::rings, std::string_view{"rings"}},
                                        std::pair{StampLayout::free, std::string_view{"free"}}};
};

/// Needles on a plate.
struct Stamp {
    std::string id = "custom";  ///< id of the set
    Needle needle;              ///< each of the needles
    int rows = 5;               ///< [1] needles along one side; of rings: how many; free: 1
    int columns = 8;            ///< [1] needles along the other side; of rings and free: 1
    double pitch = 2.0e-3;      ///< [m] distance of neighbours; free: root of the area that one needle fills
    StampLayout layout = StampLayout::grid;  ///< [1] how the needles stand on the plate
    RowMatrix positions;                     ///< [m] (needle, axis) x and y of each needle; only for `free`
    Origins origins;                         ///< where each value comes from
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
            Field{"layout", &D::layout, "1", "how the needles stand on the plate"},
            Field{"positions", &D::positions, "m", "x and y of each needle", {"needle", "axis"}, -0.1, 0.1, "insertion"},
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
    double nose_width = 1.0e-3;     ///< [m] of the ring that rests on the skin (dome_model = elastic)
    // Read by drive_model = dynamic only.
    double moving_mass = 2.0e-3;       ///< [kg] needles, their plate and the rod that carries them
    double linkage_stiffness = 2.0e4;  ///< [N/m] between crank and needle plate
    double linkage_damping = 0.1;      ///< [1] share of critical damping between crank and needle plate
    double stall_torque = 5.0e-3;      ///< [N m] of the motor; it falls to 0 at the set frequency
    double rotor_inertia = 1.0e-7;     ///< [kg m^2] of all that turns
    double body_mass = 0.15;           ///< [kg] housing and what of the hand moves with it
    Origins origins;                   ///< where each value comes from
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
            Field{"nose_width", &D::nose_width, "m", "of the ring that rests on the skin", {}, 1e-5, 2e-2, "insertion"},
            Field{"moving_mass", &D::moving_mass, "kg", "needles, their plate and the rod that carries them", {}, 1e-6, 0.1, "insertion"},
            Field{"linkage_stiffness", &D::linkage_stiffness, "N/m", "between crank and needle plate", {}, 10.0, 1e8, "insertion"},
            Field{"linkage_damping", &D::linkage_damping, "1", "share of critical damping between crank and needle plate", {}, 0.0, 2.0, "insertion"},
            Field{"stall_torque", &D::stall_torque, "N m", "of the motor; it falls to 0 at the set frequency", {}, 1e-6, 1e6, "insertion"},
            Field{"rotor_inertia", &D::rotor_inertia, "kg m^2", "of all that turns", {}, 1e-10, 1.0, "insertion"},
            Field{"body_mass", &D::body_mass, "kg", "housing and what of the hand moves with it", {}, 1e-3, 10.0, "insertion"},
            Field{"origins", &D::origins, "1", "where each value comes from"},
        };
    }
    // clang-format on
};

/// Rings of needles on a drum.
struct Roller {
    std::string id = "custom";     ///< id of the set
    Needle needle;                 ///< each of the needles
    double drum_radius = 1.0e-2;   ///< [m] of the drum surface
    int rings = 8;                 ///< [1] rings along the axle
    int needles_per_ring = 24;     ///< [1] needles around one ring
    double width = 2.0e-2;         ///< [m] of the drum
    double stagger = 0.0;          ///< [1] how far each ring is turned against the one before, in steps between needles
    Origins origins;               ///< where each value comes from
    double axle_torque = 0.0;      ///< [N m] of the friction of the axle, against the turning of the drum
    double blade_thickness = 0.0;  ///< [m] across the roll of teeth cut from discs; 0: separate round needles
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
            Field{"stagger", &D::stagger, "1", "how far each ring is turned against the one before, in steps between needles", {}, 0.0, 1.0, "insertion"},
            Field{"origins", &D::origins, "1", "where each value comes from"},
            Field{"axle_torque", &D::axle_torque, "N m", "of the friction of the axle, against the turning of the drum", {}, 0.0, 0.1, "tearing"},
            Field{"blade_thickness", &D::blade_thickness, "m", "across the roll of teeth cut from discs; 0: separate round needles", {}, 0.0, 1e-3, "tearing"},
        };
    }
    // clang-format on
};

using Device = std::variant<Stamp, Pen, Roller>;

/// Ranges, the needle, and what must fit together (a pen's protrusion within its needle, needles within the head).
void validate_device(const Device& device);
[[nodiscard]] const Needle& needle_of(const Device& device) noexcept;
[[nodiscard]] int needle_count(const Device& device) noexcept;

/// [m] (needle, 2) where the needles stand on the plate, row after row; the first one or the middle at 0.
[[nodiscard]] RowMatrix needle_positions(const Stamp& stamp);
/// [m^2] of skin that one needle of the layout stands for.
[[nodiscard]] double cell_area(const Stamp& stamp) noexcept;

[[nodiscard]] Device device(std::string_view id);  ///< a shipped device; ParameterError with the nearest id; in io
[[nodiscard]] std::vector<std::string> devices();  ///< ids of the shipped devices; defined in io

}  // namespace skin
