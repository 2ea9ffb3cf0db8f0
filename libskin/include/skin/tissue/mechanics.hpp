// What a needle feels of the skin as a whole: data/tissue/mechanics.toml.
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct Mechanics {
    double effective_modulus = 3.0e5;  ///< [Pa] structural stiffness E_eff that the needle feels, at the reference rate
    double effective_modulus_variation = 0.75;  ///< [1] coefficient of variation between persons, lognormal
    double toughness_variation = 0.4;           ///< [1] coefficient of variation of the line toughness, lognormal
    double mode_ii_ratio = 1.0;                 ///< [1] toughness of a ring crack over that of a slit, flat-ended tips
    double within_site_share = 0.62;            ///< [1] share of the variance of thickness that lies within one site
    double indentation_factor = 0.4;            ///< [1] beta in F = beta E_eff u^2
    double load_radius_factor = 0.35;           ///< [1] load radius of a deep dimple over deflection, at alpha = 1
    double load_radius_exponent = 0.40;         ///< [1] of alpha in the load radius
    double tip_softening = 0.455;               ///< [1] loss of stiffness under a tip that is deep in its dimple
    double tip_softening_depth = 1.03;          ///< [1] deflection over tip radius at which half of that loss is there
    double base_stiffening = 3.13;              ///< [1] gain of stiffness by squeezed layers, (deflection/thickness)^2
    double film_tension = 0.159;                ///< [1] pull of the stretched surface film over its excess stiffness
    double film_tension_depth = 2.6e-4;         ///< [m] deflection at which half of that pull is there
    double film_depth = 4.0e-5;                 ///< [m] over which the surface film counts, exponentially
    double far_field_modulus = 5.8e4;           ///< [Pa] E/(1-nu^2) that couples needles of an array
    double friction_coefficient = 0.2;          ///< [1] needle in the channel
    double friction_cap = 3200.0;               ///< [Pa] largest wall shear stress
    double rate_exponent = 0.2122;              ///< [1] m of the modulus
    double reference_rate = 5.0;                ///< [1/s] strain rate at which the factor is 1
    double rate_length = 2.0e-4;                ///< [m] length that turns a speed into a strain rate
    double prony_share_1 = 0.40;                ///< [1] of the stiffness that relaxes fast (drive_model = dynamic)
    double prony_time_1 = 0.35;                 ///< [s] of the fast branch
    double prony_share_2 = 0.10;                ///< [1] of the stiffness that relaxes slowly (drive_model = dynamic)
    double prony_time_2 = 4.0;                  ///< [s] of the slow branch
    double smooth_entry_diameter = 5.0e-6;      ///< [m] tip diameter below which chi is 1 (barrier factor)
    double blunt_entry_diameter = 3.7e-5;       ///< [m] tip diameter above which chi is 3
    double dome = 1.5e-4;                       ///< [m] bulge of skin into the nose of a pen
    double tension_span = 1.0e-2;               ///< [m] radius of the stretched patch
    double initial_recoil = 0.7;                ///< [1] channel over needle radius at withdrawal
    double depth_recoil = 1.0;                  ///< [1] channel depth over loaded tip depth; no measured value is known
    double histology_shrinkage = 0.175;         ///< [1] loss of length of dermis by fixation
};
template <>
struct Describe<Mechanics> {
    using M = Mechanics;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"effective_modulus", &M::effective_modulus, "Pa", "structural stiffness E_eff that the needle feels", {}, 1.0, 1e9, "insertion"},
            Field{"effective_modulus_variation", &M::effective_modulus_variation, "1", "coefficient of variation between persons", {}, 0.0, 3.0, "insertion"},
            Field{"toughness_variation", &M::toughness_variation, "1", "coefficient of variation of the line toughness", {}, 0.0, 3.0, "insertion"},
            Field{"mode_ii_ratio", &M::mode_ii_ratio, "1", "toughness of a ring crack over that of a slit", {}, 0.01, 100.0, "insertion"},
            Field{"within_site_share", &M::within_site_share, "1", "share of the variance of thickness that lies within one site", {}, 0.0, 1.0, "insertion"},
            Field{"indentation_factor", &M::indentation_factor, "1", "beta in F = beta E_eff u^2", {}, 0.01, 10.0, "insertion"},
            Field{"load_radius_factor", &M::load_radius_factor, "1", "load radius of a deep dimple over deflection, at alpha = 1", {}, 0.0, 1.0, "insertion"},
            Field{"load_radius_exponent", &M::load_radius_exponent, "1", "of alpha in the load radius", {}, 0.0, 2.0, "insertion"},
            Field{"tip_softening", &M::tip_softening, "1", "loss of stiffness under a tip that is deep in its dimple", {}, 0.0, 0.9, "insertion"},
            Field{"tip_softening_depth", &M::tip_softening_depth, "1", "deflection over tip radius at which half of that loss is there", {}, 1e-6, 1e6, "insertion"},
            Field{"base_stiffening", &M::base_stiffening, "1", "gain of stiffness by squeezed layers, (deflection/thickness)^2", {}, 0.0, 100.0, "insertion"},
            Field{"film_tension", &M::film_tension, "1", "pull of the stretched surface film over its excess stiffness", {}, 0.0, 10.0, "insertion"},
            Field{"film_tension_depth", &M::film_tension_depth, "m", "deflection at which half of that pull is there", {}, 1e-9, 0.1, "insertion"},
            Field{"film_depth", &M::film_depth, "m", "over which the surface film counts, exponentially", {}, 1e-9, 0.1, "insertion"},
            Field{"far_field_modulus", &M::far_field_modulus, "Pa", "E/(1-nu^2) that couples needles of an array", {}, 1.0, 1e12, "insertion"},
            Field{"friction_coefficient", &M::friction_coefficient, "1", "needle in the channel", {}, 0.0, 5.0, "insertion"},
            Field{"friction_cap", &M::friction_cap, "Pa", "largest wall shear stress", {}, 0.0, 1e7, "insertion"},
            Field{"rate_exponent", &M::rate_exponent, "1", "m of the modulus", {}, 0.0, 1.0, "insertion"},
            Field{"reference_rate", &M::reference_rate, "1/s", "strain rate at which the factor is 1", {}, 1e-6, 1e6, "insertion"},
            Field{"rate_length", &M::rate_length, "m", "length that turns a speed into a strain rate", {}, 1e-6, 0.1, "insertion"},
            Field{"prony_share_1", &M::prony_share_1, "1", "of the stiffness that relaxes fast", {}, 0.0, 0.99, "insertion"},
            Field{"prony_time_1", &M::prony_time_1, "s", "of the fast branch", {}, 1e-6, 1e6, "insertion"},
            Field{"prony_share_2", &M::prony_share_2, "1", "of the stiffness that relaxes slowly", {}, 0.0, 0.99, "insertion"},
            Field{"prony_time_2", &M::prony_time_2, "s", "of the slow branch", {}, 1e-6, 1e6, "insertion"},
            Field{"smooth_entry_diameter", &M::smooth_entry_diameter, "m", "tip diameter below which chi is 1", {}, 0.0, 1e-3, "insertion"},
            Field{"blunt_entry_diameter", &M::blunt_entry_diameter, "m", "tip diameter above which chi is 3", {}, 0.0, 1e-2, "insertion"},
            Field{"dome", &M::dome, "m", "bulge of skin into the nose of a pen", {}, 0.0, 5e-3, "insertion"},
            Field{"tension_span", &M::tension_span, "m", "radius of the stretched patch", {}, 1e-4, 1.0, "insertion"},
            Field{"initial_recoil", &M::initial_recoil, "1", "channel over needle radius at withdrawal", {}, 0.01, 1.0, "insertion"},
            Field{"depth_recoil", &M::depth_recoil, "1", "channel depth over loaded tip depth", {}, 0.01, 1.0, "insertion"},
            Field{"histology_shrinkage", &M::histology_shrinkage, "1", "loss of length of dermis by fixation", {}, 0.0, 0.9, "insertion"},
        };
    }
    // clang-format on
};

}  // namespace skin
