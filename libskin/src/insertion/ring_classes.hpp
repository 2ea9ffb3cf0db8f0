// Rings of a drum that stand alike when a needle of the first ring is at the bottom.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "skin/device/device.hpp"

namespace skin::insertion {

struct RingClass {
    double turned;           ///< [1] how far, in steps between needles; 0: a needle at the bottom
    std::vector<int> rings;  ///< which
};

[[nodiscard]] inline std::vector<RingClass> ring_classes(const Roller& roller) {
    constexpr double same = 1e-9;
    std::vector<RingClass> classes;
    for (int ring = 0; ring < roller.rings; ++ring) {
        double turned = ring * roller.stagger - std::floor(ring * roller.stagger + same);
        turned = std::max(turned, 0.0);
        const auto known = std::find_if(classes.begin(), classes.end(),
                                        [&](const RingClass& c) { return std::abs(c.turned - turned) < same; });
        if (known == classes.end()) {
            classes.push_back({turned, {ring}});
        } else {
            known->rings.push_back(ring);
        }
    }
    return classes;
}

}  // namespace skin::insertion
