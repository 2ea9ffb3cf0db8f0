// How skin resists a needle that is dragged sideways: data/tissue/tear_resistance.toml (tearing.md 4.1).
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct TearResistance {
    double lateral_stiffness = 1.0e6;    ///< [Pa] k_w, lateral force per depth and displacement, at the reference age
    double stiffness_radius = 1.0e-4;    ///< [m] needle radius to which lateral_stiffness belongs
    double patch_stiffness = 1.0e3;      ///< [N/m] K_g, tangential stiffness of the skin patch on its bed
    double failure_strain = 0.54;        ///< [1] strain at failure
    double strained_length = 1.25e-3;    ///< [m] length beside the needle that is strained
    double cutting_factor = 1.0;         ///< [1] c_q of the cutting law
    double friction_coefficient = 0.3;   ///< [1] shank against skin
    double friction_exponent = 0.0;      ///< [1] m of the cutting law
    double anisotropy = -0.28;           ///< [1] eta, direction dependence of the cutting resistance
    double lip_stretch = 1.3;            ///< [1] stretch of the slit lips around the shank
    double slice_push_floor = 0.5;       ///< [1] smallest factor by which slicing lowers the cutting load
    double junction_toughness = 30.0;    ///< [J/m^2] Gamma_DEJ, at the reference age
    double junction_stiffness = 3.3e7;   ///< [Pa/m] k_i of the papillary foundation
    double junction_thickness = 1.5e-4;  ///< [m] papillary thickness to which junction_stiffness belongs
    double natural_tension = 8.0;        ///< [N/m] in-plane tension of skin in vivo
    double slit_mouth_width = 2.0e-5;    ///< [m] gape of a slit at rest
    double needle_yield_stress = 1.0e9;  ///< [Pa] of the shank, above which it bends for good
    double strength = 2.16e7;            ///< [Pa] sigma_c, cohesive strength
    double linear_modulus = 8.33e7;      ///< [Pa] of the stiff, linear part of the tension curve
    double flaw_size = 4.75e-3;          ///< [m] slits below it do not weaken skin: free tearing toughness over W_f
    double wedged_slit = 1.0;            ///< [1] slit of least wedging energy over the needle radius, 2a/R
};
template <>
struct Describe<TearResistance> {
    using T = TearResistance;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"lateral_stiffness", &T::lateral_stiffness, "Pa", "k_w, lateral force per depth and displacement", {}, 1e2, 1e9, "tearing"},
            Field{"stiffness_radius", &T::stiffness_radius, "m", "needle radius to which lateral_stiffness belongs", {}, 1e-6, 1e-2, "tearing"},
            Field{"patch_stiffness", &T::patch_stiffness, "N/m", "K_g, tangential stiffness of the skin patch on its bed", {}, 1.0, 1e7, "tearing"},
            Field{"failure_strain", &T::failure_strain, "1", "strain at failure", {}, 0.01, 5.0, "tearing"},
            Field{"strained_length", &T::strained_length, "m", "length beside the needle that is strained", {}, 1e-5, 0.1, "tearing"},
            Field{"cutting_factor", &T::cutting_factor, "1", "c_q of the cutting law", {}, 0.01, 100.0, "tearing"},
            Field{"friction_coefficient", &T::friction_coefficient, "1", "shank against skin", {}, 0.0, 5.0, "tearing"},
            Field{"friction_exponent", &T::friction_exponent, "1", "m of the cutting law", {}, 0.0, 10.0, "tearing"},
            Field{"anisotropy", &T::anisotropy, "1", "eta, direction dependence of the cutting resistance", {}, -0.95, 0.95, "tearing"},
            Field{"lip_stretch", &T::lip_stretch, "1", "stretch of the slit lips around the shank", {}, 1.0, 10.0, "tearing"},
            Field{"slice_push_floor", &T::slice_push_floor, "1", "smallest factor by which slicing lowers the cutting load", {}, 0.01, 1.0, "tearing"},
            Field{"junction_toughness", &T::junction_toughness, "J/m^2", "Gamma_DEJ", {}, 0.0, 1e5, "tearing"},
            Field{"junction_stiffness", &T::junction_stiffness, "Pa/m", "k_i of the papillary foundation", {}, 1e3, 1e12, "tearing"},
            Field{"junction_thickness", &T::junction_thickness, "m", "papillary thickness to which junction_stiffness belongs", {}, 1e-6, 1e-2, "tearing"},
            Field{"natural_tension", &T::natural_tension, "N/m", "in-plane tension of skin in vivo", {}, 0.0, 1e3, "tearing"},
            Field{"slit_mouth_width", &T::slit_mouth_width, "m", "gape of a slit at rest", {}, 0.0, 1e-2, "bleeding transport"},
            Field{"needle_yield_stress", &T::needle_yield_stress, "Pa", "of the shank, above which it bends for good", {}, 1e6, 1e11, "tearing"},
            Field{"strength", &T::strength, "Pa", "sigma_c, cohesive strength", {}, 1e3, 1e10, "tearing"},
            Field{"linear_modulus", &T::linear_modulus, "Pa", "of the stiff, linear part of the tension curve", {}, 1e3, 1e11, "tearing"},
            Field{"flaw_size", &T::flaw_size, "m", "slits below it do not weaken skin", {}, 1e-5, 1.0, "tearing"},
            Field{"wedged_slit", &T::wedged_slit, "1", "slit of least wedging energy over the needle radius, 2a/R", {}, 0.05, 6.0, "tearing"},
        };
    }
    // clang-format on
};

}  // namespace skin
