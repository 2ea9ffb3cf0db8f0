// The skins and the needle of the mechanics reference (docs/parameters/mechanics_reference.md), by the names of its
// files.
#pragma once

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "insertion/deflection_table.hpp"
#include "support/skins.hpp"

namespace skin::test {

inline Skin reference_skin(const std::string& name) {
    Skin skin = five_layers(15e-6, 85e-6, 200e-6, 1.2e-3, 5e-3);
    const double modulus[] = {5e6, 0.5e6, 0.1e6, 0.2e6, 0.01e6};
    for (std::size_t i = 0; i < skin.layers.size(); ++i) {
        skin.layers[i].youngs_modulus = modulus[i];
        skin.layers[i].poissons_ratio = 0.49;
    }
    if (name == "stratum_corneum_1MPa") {
        skin.layers[0].youngs_modulus = 1e6;
    } else if (name == "hypodermis_2kPa") {
        skin.layers[4].youngs_modulus = 2e3;
    } else if (name != "base") {
        throw std::runtime_error("no reference skin " + name);
    }
    return skin;
}

/// Sphere tangent to a cone of 15 degrees from the axis.
inline insertion::TipProfile reference_tip(double radius) {
    return insertion::TipProfile::rounded_cone(radius, std::tan(std::numbers::pi / 12.0), 2e-3);
}

}  // namespace skin::test
