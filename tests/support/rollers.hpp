// For the tests of tearing: rollers of one shape, 0.25 mm needles with a 1 mm taper, as long as asked for; and the
// wounds of a strike pattern.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "skin/device/device.hpp"
#include "skin/device/strike_pattern.hpp"
#include "support/wounds.hpp"

namespace skin::test {

inline Roller roller_of(double length) {
    Roller roller;
    roller.needle = {
        .length = length, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = std::min(length, 1.0e-3)};
    return roller;
}

/// A wound with the places of a strike pattern, every needle `depth` [m] deep.
inline Wound struck_wound(const Device& device, const Use& use, int n, double depth, std::uint64_t seed = 1) {
    const StrikePattern p = strike_pattern(device, use, n, seed);
    Wound w =
        wound_of(needle_of(device), std::vector<double>(static_cast<std::size_t>(p.x.size()), depth), p.holes_per_area);
    w.x = p.x;
    w.y = p.y;
    w.pass_number = p.pass_number;
    w.heading = p.heading;
    w.travelled = p.travelled;
    w.ring_offset = p.ring_offset;
    return w;
}

}  // namespace skin::test
