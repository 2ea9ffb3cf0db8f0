// Rollers of one shape for the tests of tearing: 0.25 mm needles with a 1 mm taper, as long as asked for.
#pragma once

#include <algorithm>

#include "skin/device/device.hpp"

namespace skin::test {

inline Roller roller_of(double length) {
    Roller roller;
    roller.needle = {
        .length = length, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = std::min(length, 1.0e-3)};
    return roller;
}

}  // namespace skin::test
