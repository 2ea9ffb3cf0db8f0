// One layer of skin: geometry and the mechanical constants that belong to a layer.
#pragma once

#include <string>

#include "skin/core/describe.hpp"

namespace skin {

struct Layer {
    std::string name = "layer";  ///< name of the layer: one of layer_names in a complete skin
    double thickness = 1.0e-3;   ///< [m] thickness at rest
    double thickness_variation =
        0.0;                        ///< [1] coefficient of variation, lognormal, needle to needle and person to person
    double youngs_modulus = 1.0e5;  ///< [Pa] small-strain modulus
    double poissons_ratio = 0.49;   ///< [1] small-strain ratio
    double ogden_modulus = 1.1e5;   ///< [Pa] mu of the one-term Ogden law
    double ogden_exponent = 9.0;    ///< [1] alpha of the one-term Ogden law
    double toughness = 2500.0;      ///< [J/m^2] line toughness J of cutting, constant law
    double toughness_intercept = 200.0;  ///< [J/m^2] size-free part Gamma0 of the dragging toughness
    double failure_energy = 3.6e6;       ///< [J/m^3] strain-energy density to failure W_f
    double density = 1100.0;             ///< [kg/m^3] mass density
};

template <>
struct Describe<Layer> {
    using L = Layer;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"name", &L::name, "1", "name of the layer"},
            Field{"thickness", &L::thickness, "m", "thickness at rest", {}, 1e-6, 0.2, "insertion tearing bleeding transport healing safety"},
            Field{"thickness_variation", &L::thickness_variation, "1", "coefficient of variation", {}, 0.0, 2.0, "insertion"},
            Field{"youngs_modulus", &L::youngs_modulus, "Pa", "small-strain modulus", {}, 1.0, 1e10, "tearing"},
            Field{"poissons_ratio", &L::poissons_ratio, "1", "small-strain ratio", {}, 0.0, 0.5, ""},
            Field{"ogden_modulus", &L::ogden_modulus, "Pa", "mu of the one-term Ogden law", {}, 1.0, 1e9, "insertion"},
            Field{"ogden_exponent", &L::ogden_exponent, "1", "alpha of the one-term Ogden law", {}, 2.0, 60.0, "insertion"},
            Field{"toughness", &L::toughness, "J/m^2", "line toughness J of cutting", {}, 0.0, 1e6, "insertion"},
            Field{"toughness_intercept", &L::toughness_intercept, "J/m^2", "size-free part Gamma0 of the dragging toughness", {}, 0.0, 1e6, "tearing"},
            Field{"failure_energy", &L::failure_energy, "J/m^3", "strain-energy density to failure", {}, 0.0, 1e9, "tearing"},
            Field{"density", &L::density, "kg/m^3", "mass density", {}, 100.0, 5000.0, "insertion"},
        };
    }
    // clang-format on
};

}  // namespace skin
