// How a channel recoils, dries and reseals: data/tissue/barrier.toml (recovery.md 4.2).
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct Barrier {
    double early_recoil = 0.7;            ///< [1] r_0, channel over needle radius at once
    double late_recoil = 0.5;             ///< [1] r_inf, channel over needle radius after the recoil
    double recoil_time = 300.0;           ///< [s] tau_v of the recoil
    double half_life_short = 11880.0;     ///< [s] half-life of the hole conductance, few short needles
    double half_life_long = 52560.0;      ///< [s] half-life of the hole conductance, many long needles
    double drying_time = 1584.0;          ///< [s] tau_dry of the plug in open air
    double wet_plug_conductance = 10.0;   ///< [1] over the first hole conductance
    double dry_plug_conductance = 0.05;   ///< [1] over the first hole conductance
    double threshold = 0.15;              ///< [1] eps, share of the first admittance that counts as recovered
    double tewl_threshold = 0.10;         ///< [1] eps_T, share of the first excess of water loss
    double stained_share = 0.05;          ///< [1] share of stained pores that counts as recovered
    double optical_resolution = 7.0e-6;   ///< [m] smallest opening that tomography sees
    double elderly_factor = 1.5;          ///< [1] f_age on half-life and drying time
    double elderly_age = 65.0;            ///< [1] age in years from which it holds
    double cox_factor = 2.0;              ///< [1] f_COX on the half-life
    double lightness_slope = 0.005;       ///< [1] s_L in exp(s_L (60 - L*))
    double site_factor = 1.0;             ///< [1] f_site on the half-life
    double irritancy_slope = 0.15;        ///< [1] f_irr = 1 + slope x class
    double closure_variation = 0.25;      ///< [1] coefficient of variation between persons, lognormal
    double fluid_resistivity = 0.95;      ///< [ohm m] of the pore fluid
    double tewl_excess = 6.94e-6;         ///< [kg/(m^2 s)] first excess of water loss after needling
    double short_needle = 5.0e-4;         ///< [m] needle length up to which half_life_short holds
    double long_needle = 7.5e-4;          ///< [m] needle length from which half_life_long holds
    double few_channels = 10.0;           ///< [1] channels in observed_area up to which half_life_short holds
    double many_channels = 2000.0;        ///< [1] channels in observed_area from which half_life_long holds
    double thin_needle = 2.5e-5;          ///< [m] radius at the mouth up to which half_life_short holds
    double thick_needle = 1.25e-4;        ///< [m] radius at the mouth from which half_life_long holds
    double observed_area = 1.0e-4;        ///< [m^2] skin that one instrument sees
    double reference_lightness = 60.0;    ///< [1] L* at which the lightness factor is 1
    double vapour_diffusivity = 2.6e-5;   ///< [m^2/s] of water vapour in air
    double saturated_vapour = 0.0338;     ///< [kg/m^3] density of saturated vapour at skin temperature
    double relative_humidity = 0.5;       ///< [1] of the room
    double half_life_open = 2628.0;       ///< [s] half-life of pore admittance in open air, laws without a plug
    double half_life_open_long = 5400.0;  ///< [s] the same of water loss after long needles, two_phase
    double slow_share = 0.10;             ///< [1] share of the slow phase, two_phase
    double slow_half_life = 86400.0;      ///< [s] of the slow phase, two_phase
    double hill_exponent = 3.0;           ///< [1] of the sigmoid law
    double dermis_front_ratio = 0.5;      ///< [1] speed of the closing front in the dermis over that in the epidermis
    double turnover_time = 1728000.0;     ///< [s] in which a horny layer that was stripped off grows back
    double bare_resistance = 0.1;         ///< [1] resistance of stripped skin to water over that of the horny layer
};
template <>
struct Describe<Barrier> {
    using B = Barrier;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"early_recoil", &B::early_recoil, "1", "r_0, channel over needle radius at once", {}, 0.01, 1.0, "recovery transport"},
            Field{"late_recoil", &B::late_recoil, "1", "r_inf, channel over needle radius after the recoil", {}, 0.01, 1.0, "recovery transport"},
            Field{"recoil_time", &B::recoil_time, "s", "tau_v of the recoil", {}, 0.1, 1e5, "recovery transport"},
            Field{"half_life_short", &B::half_life_short, "s", "half-life of the hole conductance, few short needles", {}, 1.0, 1e8, "recovery"},
            Field{"half_life_long", &B::half_life_long, "s", "half-life of the hole conductance, many long needles", {}, 1.0, 1e8, "recovery"},
            Field{"drying_time", &B::drying_time, "s", "tau_dry of the plug in open air", {}, 1.0, 1e7, "recovery"},
            Field{"wet_plug_conductance", &B::wet_plug_conductance, "1", "over the first hole conductance", {}, 1e-6, 1e6, "recovery transport"},
            Field{"dry_plug_conductance", &B::dry_plug_conductance, "1", "over the first hole conductance", {}, 0.0, 1e6, "recovery"},
            Field{"threshold", &B::threshold, "1", "eps, share of the first admittance that counts as recovered", {}, 1e-6, 0.999, "recovery"},
            Field{"tewl_threshold", &B::tewl_threshold, "1", "eps_T, share of the first excess of water loss", {}, 1e-6, 0.999, "recovery"},
            Field{"stained_share", &B::stained_share, "1", "share of stained pores that counts as recovered", {}, 1e-6, 0.999, "recovery"},
            Field{"optical_resolution", &B::optical_resolution, "m", "smallest opening that tomography sees", {}, 1e-8, 1e-3, "recovery"},
            Field{"elderly_factor", &B::elderly_factor, "1", "f_age on half-life and drying time", {}, 0.1, 10.0, "recovery"},
            Field{"elderly_age", &B::elderly_age, "1", "age in years from which it holds", {}, 1.0, 120.0, "recovery"},
            Field{"cox_factor", &B::cox_factor, "1", "f_COX on the half-life", {}, 0.1, 10.0, "recovery"},
            Field{"lightness_slope", &B::lightness_slope, "1", "s_L in exp(s_L (60 - L*))", {}, 0.0, 0.1, "recovery"},
            Field{"site_factor", &B::site_factor, "1", "f_site on the half-life", {}, 0.1, 10.0, "recovery"},
            Field{"irritancy_slope", &B::irritancy_slope, "1", "f_irr = 1 + slope x class", {}, 0.0, 10.0, "recovery"},
            Field{"closure_variation", &B::closure_variation, "1", "coefficient of variation between persons", {}, 0.0, 3.0, "recovery"},
            Field{"fluid_resistivity", &B::fluid_resistivity, "ohm m", "of the pore fluid", {}, 1e-3, 1e6, "recovery"},
            Field{"tewl_excess", &B::tewl_excess, "kg/(m^2 s)", "first excess of water loss after needling", {}, 0.0, 1e-3, "recovery"},
            Field{"short_needle", &B::short_needle, "m", "needle length up to which half_life_short holds", {}, 1e-5, 0.1, "recovery"},
            Field{"long_needle", &B::long_needle, "m", "needle length from which half_life_long holds", {}, 1e-5, 0.1, "recovery"},
            Field{"few_channels", &B::few_channels, "1", "channels in observed_area up to which half_life_short holds", {}, 1.0, 1e9, "recovery"},
            Field{"many_channels", &B::many_channels, "1", "channels in observed_area from which half_life_long holds", {}, 1.0, 1e9, "recovery"},
            Field{"thin_needle", &B::thin_needle, "m", "radius at the mouth up to which half_life_short holds", {}, 1e-7, 1e-2, "recovery"},
            Field{"thick_needle", &B::thick_needle, "m", "radius at the mouth from which half_life_long holds", {}, 1e-7, 1e-2, "recovery"},
            Field{"observed_area", &B::observed_area, "m^2", "skin that one instrument sees", {}, 1e-8, 1.0, "recovery"},
            Field{"reference_lightness", &B::reference_lightness, "1", "L* at which the lightness factor is 1", {}, 0.0, 100.0, "recovery"},
            Field{"vapour_diffusivity", &B::vapour_diffusivity, "m^2/s", "of water vapour in air", {}, 1e-7, 1e-3, "recovery"},
            Field{"saturated_vapour", &B::saturated_vapour, "kg/m^3", "density of saturated vapour at skin temperature", {}, 1e-4, 1.0, "recovery"},
            Field{"relative_humidity", &B::relative_humidity, "1", "of the room", {}, 0.0, 1.0, "recovery"},
            Field{"half_life_open", &B::half_life_open, "s", "half-life of pore admittance in open air, laws without a plug", {}, 1.0, 1e8, "recovery"},
            Field{"half_life_open_long", &B::half_life_open_long, "s", "the same of water loss after long needles, two_phase", {}, 1.0, 1e8, "recovery"},
            Field{"slow_share", &B::slow_share, "1", "share of the slow phase, two_phase", {}, 0.0, 1.0, "recovery"},
            Field{"slow_half_life", &B::slow_half_life, "s", "of the slow phase, two_phase", {}, 1.0, 1e9, "recovery"},
            Field{"hill_exponent", &B::hill_exponent, "1", "of the sigmoid law", {}, 1.0, 20.0, "recovery"},
            Field{"dermis_front_ratio", &B::dermis_front_ratio, "1", "speed of the closing front in the dermis over that in the epidermis", {}, 0.0, 1.0, "recovery"},
            Field{"turnover_time", &B::turnover_time, "s", "in which a horny layer that was stripped off grows back", {}, 3600.0, 1e8, "recovery"},
            Field{"bare_resistance", &B::bare_resistance, "1", "resistance of stripped skin to water over that of the horny layer", {}, 1e-4, 10.0, "recovery"},
        };
    }
    // clang-format on
};

}  // namespace skin
