#include "skin/device/device.hpp"

#include <algorithm>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

void validate_needle(const Needle& needle, std::string_view path) {
    validate(needle, path);
    const std::string root{path};
    if (needle.tip_radius > needle.shaft_radius) {
        throw ParameterError(text("%s.tip_radius = %g m is above %s.shaft_radius = %g m", root.c_str(),
                                  needle.tip_radius, root.c_str(), needle.shaft_radius));
    }
    if (needle.taper_length > needle.length) {
        throw ParameterError(
            text("%s.taper_length = %g m is above %s.length = %g m: shorten the cone and the shaft radius "
                 "together",
                 root.c_str(), needle.taper_length, root.c_str(), needle.length));
    }
}

double taper_slope(const Needle& needle) noexcept {
    return (needle.shaft_radius - needle.tip_radius) / needle.taper_length;
}

double radius_at(const Needle& needle, double s) noexcept {
    return std::min(needle.tip_radius + std::max(s, 0.0) * taper_slope(needle), needle.shaft_radius);
}

namespace {

void check(const Stamp& stamp) {
    validate(stamp, "stamp");
    validate_needle(stamp.needle, "stamp.needle");
    constexpr int most_needles = 100000;
    const int count = stamp.rows * stamp.columns;
    if (count > most_needles) {
        throw ParameterError(
            text("stamp.rows x stamp.columns = %d needles, at most %d are allowed", count, most_needles));
    }
    if (count > 1 && stamp.pitch < 2.0 * stamp.needle.shaft_radius) {
        throw ParameterError(
            text("stamp.pitch = %g m is below the needle diameter %g m", stamp.pitch, 2.0 * stamp.needle.shaft_radius));
    }
}

void check(const Pen& pen) {
    validate(pen, "pen");
    validate_needle(pen.needle, "pen.needle");
    if (pen.protrusion > pen.needle.length) {
        throw ParameterError(
            text("pen.protrusion = %g m is beyond pen.needle.length = %g m", pen.protrusion, pen.needle.length));
    }
    if (pen.stroke != 0.0 && pen.stroke < pen.protrusion) {
        throw ParameterError(
            text("pen.stroke = %g m is below pen.protrusion = %g m: the needle would never leave the skin", pen.stroke,
                 pen.protrusion));
    }
}

void check(const Roller& roller) {
    validate(roller, "roller");
    validate_needle(roller.needle, "roller.needle");
    if (roller.needle.length > roller.drum_radius) {
        throw ParameterError(text("roller.needle.length = %g m is above roller.drum_radius = %g m",
                                  roller.needle.length, roller.drum_radius));
    }
}

}  // namespace

void validate_device(const Device& device) {
    std::visit([](const auto& d) { check(d); }, device);
}

const Needle& needle_of(const Device& device) noexcept {
    if (const auto* stamp = std::get_if<Stamp>(&device)) return stamp->needle;
    if (const auto* pen = std::get_if<Pen>(&device)) return pen->needle;
    return std::get_if<Roller>(&device)->needle;
}

int needle_count(const Device& device) noexcept {
    if (const auto* stamp = std::get_if<Stamp>(&device)) return stamp->rows * stamp->columns;
    if (const auto* pen = std::get_if<Pen>(&device)) return pen->count;
    const auto* roller = std::get_if<Roller>(&device);
    return roller->rings * roller->needles_per_ring;
}

}  // namespace skin
