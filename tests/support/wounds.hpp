// Wounds that need no insertion: equal or given channels of one needle on one patch.
#pragma once

#include <cmath>
#include <vector>

#include "skin/wound.hpp"

namespace skin::test {

/// Channels of the given loaded depths [m]; the mouth is as wide as the needle there, the channel half as wide.
inline Wound wound_of(const Needle& needle, const std::vector<double>& depths, double holes_per_area) {
    Wound wound;
    wound.needle = needle;
    const auto n = static_cast<Eigen::Index>(depths.size());
    wound.area = static_cast<double>(n) / holes_per_area;
    wound.depth = Eigen::Map<const Eigen::VectorXd>(depths.data(), n);
    wound.channel_depth = wound.depth;
    wound.mouth_radius = wound.depth.unaryExpr([&](double d) { return radius_at(needle, d); });
    wound.channel_radius = 0.5 * wound.mouth_radius;
    for (auto* column : {&wound.x, &wound.y, &wound.tilt, &wound.entry_speed, &wound.dwell_time, &wound.slit_length,
                         &wound.slit_depth, &wound.blood_fraction, &wound.heated_fraction}) {
        *column = Eigen::VectorXd::Zero(n);
    }
    return wound;
}

inline Wound equal_channels(const Needle& needle, double depth, int count, double holes_per_area) {
    return wound_of(needle, std::vector<double>(static_cast<std::size_t>(count), depth), holes_per_area);
}

/// Many long, thick needles: every ramp of the half-life rule at its upper end.
inline Wound many_long_needles() {
    return equal_channels({.length = 1.5e-3, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1.0e-3},
                          1.05e-3, 2000, 2.0e7);
}

/// Few short, thin needles: every ramp at its lower end.
inline Wound few_short_needles() {
    return equal_channels({.length = 5.0e-4, .shaft_radius = 2.5e-5, .tip_radius = 1e-6, .taper_length = 2.0e-4},
                          3.0e-4, 10, 1.0e5);
}

}  // namespace skin::test
