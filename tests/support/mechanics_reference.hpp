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

/// Layers as the tables of both references state them, not as the shipped sets are today.
inline Skin reference_skin(const std::string& name) {
    struct Stack {
        const char* name;
        double thickness[5], modulus[5];  // um, MPa
    };
    constexpr Stack known[] = {
        {"base", {15, 85, 200, 1200, 5000}, {5, 0.5, 0.1, 0.2, 0.01}},
        {"stratum_corneum_1MPa", {15, 85, 200, 1200, 5000}, {1, 0.5, 0.1, 0.2, 0.01}},
        {"hypodermis_2kPa", {15, 85, 200, 1200, 5000}, {5, 0.5, 0.1, 0.2, 0.002}},
        {"face_cheek", {15, 60, 120, 900, 4000}, {1.5, 1.5, 0.04, 0.089, 0.015}},
        {"face_forehead", {15, 65, 120, 850, 2500}, {1.5, 1.5, 0.04, 0.089, 0.015}},
        {"forearm_volar", {20, 55, 120, 1000, 5500}, {1.5, 1.5, 0.04, 0.089, 0.015}},
        {"forearm_volar_reticular_400kPa", {20, 55, 120, 1000, 5500}, {1.5, 1.5, 0.04, 0.4, 0.015}},
        {"thigh", {15, 65, 130, 1650, 10400}, {1.5, 1.5, 0.04, 0.089, 0.015}},
        {"eyelid", {10, 40, 80, 520, 500}, {1.5, 1.5, 0.04, 0.089, 0.015}},
    };
    for (const Stack& stack : known) {
        if (name != stack.name) continue;
        const double* t = stack.thickness;
        Skin skin = five_layers(1e-6 * t[0], 1e-6 * t[1], 1e-6 * t[2], 1e-6 * t[3], 1e-6 * t[4]);
        for (std::size_t i = 0; i < skin.layers.size(); ++i) {
            skin.layers[i].youngs_modulus = 1e6 * stack.modulus[i];
            skin.layers[i].poissons_ratio = 0.49;
        }
        return skin;
    }
    throw std::runtime_error("no reference skin " + name);
}

/// Sphere tangent to a cone of `half_angle` degrees from the axis.
inline insertion::TipProfile reference_tip(double radius, double half_angle = 15.0) {
    return insertion::TipProfile::rounded_cone(radius, std::tan(half_angle * std::numbers::pi / 180.0), 2e-3);
}

}  // namespace skin::test
