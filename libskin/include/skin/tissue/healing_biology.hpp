// Rates of the healing cascade and what goes with it: data/tissue/healing_biology.toml (healing.md 4.1, 4.6).
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct HealingBiology {
    double platelet_decay = 1.0 / 86400.0;                ///< [1/s] k_P, loss of clot activity
    double debris_decay = 0.25 / 86400.0;                 ///< [1/s] k_D0, clearance of debris by itself
    double debris_clearance_neutrophils = 0.6 / 86400.0;  ///< [1/s] k_DN, clearance of debris by neutrophils
    double debris_clearance_macrophages = 1.0 / 86400.0;  ///< [1/s] k_DM, clearance of debris by macrophages
    double neutrophil_recruitment = 5.8 / 86400.0;        ///< [1/s] r_N, recruitment of neutrophils
    double neutrophil_saturation = 1.5;                   ///< [1] K_N, signal at half recruitment of neutrophils
    double platelet_weight = 1.0;                         ///< [1] w_P, weight of clot activity in the neutrophil signal
    double macrophage_inhibition = 0.6;             ///< [1] K_I, repair macrophages that halve neutrophil recruitment
    double neutrophil_decay = 1.6 / 86400.0;        ///< [1/s] d_N, loss of neutrophils
    double macrophage_recruitment = 2.6 / 86400.0;  ///< [1/s] r_M, recruitment of macrophages
    double macrophage_saturation = 1.5;             ///< [1] K_M, signal at half recruitment of macrophages
    double neutrophil_weight = 0.5;                 ///< [1] w_N, weight of neutrophils in the macrophage signal
    double macrophage_switch = 0.45 / 86400.0;      ///< [1/s] k_12, inflammatory to repair macrophages
    double inflammatory_macrophage_decay = 0.15 / 86400.0;  ///< [1/s] d_M1, loss of inflammatory macrophages
    double repair_macrophage_decay = 0.25 / 86400.0;        ///< [1/s] d_M2, loss of repair macrophages
    double tgf_beta_from_platelets = 4.0 / 86400.0;         ///< [1/s] a_P, TGF-beta from clot
    double tgf_beta_from_inflammatory_macrophages =
        1.0 / 86400.0;                                        ///< [1/s] a_1, TGF-beta from inflammatory macrophages
    double tgf_beta_from_repair_macrophages = 2.5 / 86400.0;  ///< [1/s] a_2, TGF-beta from repair macrophages
    double tgf_beta_from_fibroblasts = 0.15 / 86400.0;        ///< [1/s] a_F, TGF-beta from fibroblasts
    double tgf_beta_decay = 5.0 / 86400.0;                    ///< [1/s] d_T, loss of TGF-beta
    double fibroblast_activation = 0.15 / 86400.0;            ///< [1/s] r_F, activation of resident fibroblasts
    double fibroblast_proliferation = 0.4 / 86400.0;          ///< [1/s] p_F, proliferation of active fibroblasts
    double tgf_beta_threshold = 0.1;                          ///< [1] K_T, TGF-beta at half activation
    double fibroblast_maximum = 3.0;                          ///< [1] F_max, largest density of active fibroblasts
    double fibroblast_decay = 0.16 / 86400.0;                 ///< [1/s] d_F, loss of active fibroblasts
    double collagen_III_production = 0.014 / 86400.0;         ///< [1/s] k_3, new type III collagen per fibroblast
    double collagen_I_production = 0.022 / 86400.0;           ///< [1/s] k_1, new type I collagen per fibroblast
    double collagen_conversion = 0.03 / 86400.0;              ///< [1/s] k_31, type III to type I
    double collagen_conversion_yield = 0.9;                   ///< [1] eta_C, yield of the conversion
    double collagen_III_decay = 0.012 / 86400.0;              ///< [1/s] d_3, loss of new type III collagen
    double collagen_I_decay = 0.0012 / 86400.0;               ///< [1/s] d_1, loss of new type I collagen
    double collagen_capacity = 1.0;                           ///< [1] C_cap, ceiling of new collagen
    double capillary_growth = 0.9 / 86400.0;                  ///< [1/s] g_V, growth of capillaries
    double capillary_growth_from_fibroblasts = 0.15;          ///< [1] a_VF, weight of fibroblasts in capillary growth
    double capillary_maximum = 4.0;                           ///< [1] V_max, largest capillary density
    double capillary_regression = 0.35 / 86400.0;             ///< [1/s] d_V, return to the normal density
    double recoil = 0.4;                                      ///< [1] kappa, channel over needle radius in the dose
    double killed_rim = 3.0e-5;                               ///< [m] w_k, width of the killed rim around a channel
    double erythema_neurogenic = 2.8e-3;  ///< [m] e_0, neurogenic redness per hole density and depth: E_0 = e_0 n d
    double erythema_decay_time = 7200.0;  ///< [s] tau_n, decay of neurogenic redness
    double erythema_inflammatory = 4.0;   ///< [1] w_I, redness per inflammatory cell, in units of the visible threshold
    double pain_reference = 0.05;         ///< [1] pain at the reference length over one 26 G needle
    double pain_reference_length = 4.8e-4;    ///< [m] needle length of pain_reference
    double pain_length_exponent = 1.77;       ///< [1] of needle length
    double pain_number_exponent = 0.32;       ///< [1] of needle number
    double pain_shortest_needle = 2.5e-4;     ///< [m] below it pain is not known
    double pain_longest_needle = 1.5e-3;      ///< [m] above it pain is not known
    double pain_most_needles = 50.0;          ///< [1] above it pain is not known
    double prior_spread = 0.25;               ///< [1] sigma_ln of every rate but eta_C in the uncertainty band
    double anchor_dose = 0.0411;              ///< [1] injured fraction of papillary dermis of case H3
    double anchor_sessions = 5.0;             ///< [1] sessions of case H3
    double anchor_interval = 28.0 * 86400.0;  ///< [s] between the sessions of case H3
    double anchor_time = 168.0 * 86400.0;     ///< [s] biopsy of case H3, since the first session
    double anchor_gain = 0.532;               ///< [1] new collagen of case H3
    double anchor_window = 0.05;              ///< [1] draws within this of anchor_gain make the band
    double old_age = 70.0;                    ///< [1] age in years at which the three factors below hold
    double old_macrophage_recruitment = 0.9;  ///< [1] factor on r_M at old_age
    double old_fibroblast_activation = 0.8;   ///< [1] factor on r_F at old_age
    double old_collagen_production = 0.75;    ///< [1] factor on k_1 and k_3 at old_age
};
template <>
struct Describe<HealingBiology> {
    using H = HealingBiology;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"platelet_decay", &H::platelet_decay, "1/s", "k_P, loss of clot activity", {}, 0.0, 1.0, "healing"},
            Field{"debris_decay", &H::debris_decay, "1/s", "k_D0, clearance of debris by itself", {}, 0.0, 1.0, "healing"},
            Field{"debris_clearance_neutrophils", &H::debris_clearance_neutrophils, "1/s", "k_DN, clearance of debris by neutrophils", {}, 0.0, 1.0, "healing"},
            Field{"debris_clearance_macrophages", &H::debris_clearance_macrophages, "1/s", "k_DM, clearance of debris by macrophages", {}, 0.0, 1.0, "healing"},
            Field{"neutrophil_recruitment", &H::neutrophil_recruitment, "1/s", "r_N, recruitment of neutrophils", {}, 0.0, 1.0, "healing"},
            Field{"neutrophil_saturation", &H::neutrophil_saturation, "1", "K_N, signal at half recruitment of neutrophils", {}, 0.0, 1e3, "healing"},
            Field{"platelet_weight", &H::platelet_weight, "1", "w_P, weight of clot activity in the neutrophil signal", {}, 0.0, 1e3, "healing"},
            Field{"macrophage_inhibition", &H::macrophage_inhibition, "1", "K_I, repair macrophages that halve neutrophil recruitment", {}, 0.0, 1e3, "healing"},
            Field{"neutrophil_decay", &H::neutrophil_decay, "1/s", "d_N, loss of neutrophils", {}, 0.0, 1.0, "healing"},
            Field{"macrophage_recruitment", &H::macrophage_recruitment, "1/s", "r_M, recruitment of macrophages", {}, 0.0, 1.0, "healing"},
            Field{"macrophage_saturation", &H::macrophage_saturation, "1", "K_M, signal at half recruitment of macrophages", {}, 0.0, 1e3, "healing"},
            Field{"neutrophil_weight", &H::neutrophil_weight, "1", "w_N, weight of neutrophils in the macrophage signal", {}, 0.0, 1e3, "healing"},
            Field{"macrophage_switch", &H::macrophage_switch, "1/s", "k_12, inflammatory to repair macrophages", {}, 0.0, 1.0, "healing"},
            Field{"inflammatory_macrophage_decay", &H::inflammatory_macrophage_decay, "1/s", "d_M1, loss of inflammatory macrophages", {}, 0.0, 1.0, "healing"},
            Field{"repair_macrophage_decay", &H::repair_macrophage_decay, "1/s", "d_M2, loss of repair macrophages", {}, 0.0, 1.0, "healing"},
            Field{"tgf_beta_from_platelets", &H::tgf_beta_from_platelets, "1/s", "a_P, TGF-beta from clot", {}, 0.0, 1.0, "healing"},
            Field{"tgf_beta_from_inflammatory_macrophages", &H::tgf_beta_from_inflammatory_macrophages, "1/s", "a_1, TGF-beta from inflammatory macrophages", {}, 0.0, 1.0, "healing"},
            Field{"tgf_beta_from_repair_macrophages", &H::tgf_beta_from_repair_macrophages, "1/s", "a_2, TGF-beta from repair macrophages", {}, 0.0, 1.0, "healing"},
            Field{"tgf_beta_from_fibroblasts", &H::tgf_beta_from_fibroblasts, "1/s", "a_F, TGF-beta from fibroblasts", {}, 0.0, 1.0, "healing"},
            Field{"tgf_beta_decay", &H::tgf_beta_decay, "1/s", "d_T, loss of TGF-beta", {}, 0.0, 1.0, "healing"},
            Field{"fibroblast_activation", &H::fibroblast_activation, "1/s", "r_F, activation of resident fibroblasts", {}, 0.0, 1.0, "healing"},
            Field{"fibroblast_proliferation", &H::fibroblast_proliferation, "1/s", "p_F, proliferation of active fibroblasts", {}, 0.0, 1.0, "healing"},
            Field{"tgf_beta_threshold", &H::tgf_beta_threshold, "1", "K_T, TGF-beta at half activation", {}, 0.0, 1e3, "healing"},
            Field{"fibroblast_maximum", &H::fibroblast_maximum, "1", "F_max, largest density of active fibroblasts", {}, 0.0, 1e3, "healing"},
            Field{"fibroblast_decay", &H::fibroblast_decay, "1/s", "d_F, loss of active fibroblasts", {}, 0.0, 1.0, "healing"},
            Field{"collagen_III_production", &H::collagen_III_production, "1/s", "k_3, new type III collagen per fibroblast", {}, 0.0, 1.0, "healing"},
            Field{"collagen_I_production", &H::collagen_I_production, "1/s", "k_1, new type I collagen per fibroblast", {}, 0.0, 1.0, "healing"},
            Field{"collagen_conversion", &H::collagen_conversion, "1/s", "k_31, type III to type I", {}, 0.0, 1.0, "healing"},
            Field{"collagen_conversion_yield", &H::collagen_conversion_yield, "1", "eta_C, yield of the conversion", {}, 0.0, 1.0, "healing"},
            Field{"collagen_III_decay", &H::collagen_III_decay, "1/s", "d_3, loss of new type III collagen", {}, 0.0, 1.0, "healing"},
            Field{"collagen_I_decay", &H::collagen_I_decay, "1/s", "d_1, loss of new type I collagen", {}, 0.0, 1.0, "healing"},
            Field{"collagen_capacity", &H::collagen_capacity, "1", "C_cap, ceiling of new collagen", {}, 0.0, 1e3, "healing"},
            Field{"capillary_growth", &H::capillary_growth, "1/s", "g_V, growth of capillaries", {}, 0.0, 1.0, "healing"},
            Field{"capillary_growth_from_fibroblasts", &H::capillary_growth_from_fibroblasts, "1", "a_VF, weight of fibroblasts in capillary growth", {}, 0.0, 1e3, "healing"},
            Field{"capillary_maximum", &H::capillary_maximum, "1", "V_max, largest capillary density", {}, 0.0, 1e3, "healing"},
            Field{"capillary_regression", &H::capillary_regression, "1/s", "d_V, return to the normal density", {}, 0.0, 1.0, "healing"},
            Field{"recoil", &H::recoil, "1", "kappa, channel over needle radius in the dose", {}, 0.01, 1.0, "healing"},
            Field{"killed_rim", &H::killed_rim, "m", "w_k, width of the killed rim around a channel", {}, 0.0, 1e-3, "healing"},
            Field{"erythema_neurogenic", &H::erythema_neurogenic, "m", "e_0, neurogenic redness per hole density and depth", {}, 0.0, 1e12, "healing"},
            Field{"erythema_decay_time", &H::erythema_decay_time, "s", "tau_n, decay of neurogenic redness", {}, 1.0, 1e6, "healing"},
            Field{"erythema_inflammatory", &H::erythema_inflammatory, "1", "w_I, redness per inflammatory cell, in units of the visible threshold", {}, 0.0, 1e6, "healing"},
            Field{"pain_reference", &H::pain_reference, "1", "pain at the reference length over one 26 G needle", {}, 0.0, 10.0, "healing"},
            Field{"pain_reference_length", &H::pain_reference_length, "m", "needle length of pain_reference", {}, 1e-5, 1e-1, "healing"},
            Field{"pain_length_exponent", &H::pain_length_exponent, "1", "of needle length", {}, 0.0, 10.0, "healing"},
            Field{"pain_number_exponent", &H::pain_number_exponent, "1", "of needle number", {}, 0.0, 10.0, "healing"},
            Field{"pain_shortest_needle", &H::pain_shortest_needle, "m", "below it pain is not known", {}, 1e-5, 1e-1, "healing"},
            Field{"pain_longest_needle", &H::pain_longest_needle, "m", "above it pain is not known", {}, 1e-5, 1e-1, "healing"},
            Field{"pain_most_needles", &H::pain_most_needles, "1", "above it pain is not known", {}, 1.0, 1e6, "healing"},
            Field{"prior_spread", &H::prior_spread, "1", "sigma_ln of every rate but eta_C in the uncertainty band", {}, 0.0, 3.0, "healing"},
            Field{"anchor_dose", &H::anchor_dose, "1", "injured fraction of papillary dermis of case H3", {}, 0.0, 1.0, "healing"},
            Field{"anchor_sessions", &H::anchor_sessions, "1", "sessions of case H3", {}, 1.0, 100.0, "healing"},
            Field{"anchor_interval", &H::anchor_interval, "s", "between the sessions of case H3", {}, 1.0, 1e9, "healing"},
            Field{"anchor_time", &H::anchor_time, "s", "biopsy of case H3, since the first session", {}, 1.0, 1e9, "healing"},
            Field{"anchor_gain", &H::anchor_gain, "1", "new collagen of case H3", {}, 0.0, 10.0, "healing"},
            Field{"anchor_window", &H::anchor_window, "1", "draws within this of anchor_gain make the band", {}, 0.0, 10.0, "healing"},
            Field{"old_age", &H::old_age, "1", "age in years at which the three factors below hold", {}, 31.0, 120.0, "healing"},
            Field{"old_macrophage_recruitment", &H::old_macrophage_recruitment, "1", "factor on r_M at old_age", {}, 0.01, 1.0, "healing"},
            Field{"old_fibroblast_activation", &H::old_fibroblast_activation, "1", "factor on r_F at old_age", {}, 0.01, 1.0, "healing"},
            Field{"old_collagen_production", &H::old_collagen_production, "1", "factor on k_1 and k_3 at old_age", {}, 0.01, 1.0, "healing"},
        };
    }
    // clang-format on
};

}  // namespace skin
