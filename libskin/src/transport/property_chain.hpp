// Property chain of Dancik, Jaworska and Kasting 2013 (transport.md 3.2): from a molecule to its numbers in skin.
// Everything in here is in the units of the source (g/mol, cm, s or h where named), so that it can be held against it.
#pragma once

#include <optional>

#include "skin/topical/active.hpp"

namespace skin::transport {

enum class Hydration { hydrated, partial };  ///< of the stratum corneum

/// What the chain needs to know of a molecule and its surroundings.
struct Molecule {
    double molar_mass = 0.0;     ///< [g/mol]
    double log_partition = 0.0;  ///< [1]
    double molar_volume = 0.0;   ///< [cm3/mol] at the boiling point (Schroeder)
    std::optional<double> pka_acid, pka_base;
    CompoundType type = CompoundType::neutral;
};

/// Every intermediate that the published tables hold.
struct PropertyChain {
    double D_aq, a_s, lambda;            ///< [cm2/s] [Angstrom] [1]
    double K_lip, K_sc, D_lip, k_trans;  ///< [1] [1] [cm2/s] [cm/s]
    double R, sigma, P_hat;              ///< [1]
    double P_sc, D_sc;                   ///< [cm/s] through the source's own layer, [cm2/s]
    double f_non, fu, BF;                ///< [1] at the tissue's pH
    double D_free, D_t;                  ///< [cm2/s]
    double K_non, K_t;                   ///< [1] tissue over water, per non-ionised and per total
    double P_cap, k_free, k_de;          ///< [cm/s] [1/s] [1/s]
};

struct ChainSurroundings {
    double tissue_ph = 7.4;            ///< [1]
    double blood_flow = 2.2e-3;        ///< [1/s] Q
    double capillary_surface = 100.0;  ///< [1/cm] S
};

/// [cm3/mol] Schroeder increments; 0 when no atoms are given.
[[nodiscard]] double schroeder_volume(const Active& active) noexcept;
/// [1] net neutral fraction; counts the zwitterion as neutral.
[[nodiscard]] double neutral_fraction(const std::optional<double>& pka_acid, const std::optional<double>& pka_base,
                                      double ph) noexcept;
[[nodiscard]] PropertyChain property_chain(const Molecule& molecule, Hydration hydration,
                                           const ChainSurroundings& surroundings = {});
/// [1] log10 of P^ from the tables for R <= 100.
[[nodiscard]] double log_p_hat(Hydration hydration, double log_sigma, double log_r) noexcept;
/// [cm] thickness of the stratum corneum in the source.
[[nodiscard]] double source_thickness(Hydration hydration) noexcept;
/// [cm/s] permeability of the layers in series for the non-ionised form, sink at the lower border of the dermis.
[[nodiscard]] double chain_permeability(const PropertyChain& chain, double h_ve, double h_de, bool in_vivo) noexcept;
/// [cm/h] Potts and Guy 1992.
[[nodiscard]] double potts_guy(double molar_mass, double log_partition) noexcept;
/// [cm/s] floor by the polar pathway (transport.md 3.3).
[[nodiscard]] double polar_floor(double molar_mass) noexcept;

}  // namespace skin::transport
