// One product in one skin: everything the column needs to know of its solute, SI.
#pragma once

#include "skin/core/provenance.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/topical/topical.hpp"
#include "transport/property_chain.hpp"

namespace skin::transport {

struct Solute {
    double radius = 0.0;               ///< [m] hydrodynamic
    double fluid_diffusivity = 0.0;    ///< [m^2/s] D_aq, in tissue fluid
    double vehicle_diffusivity = 0.0;  ///< [m^2/s] D_v, in the product
    double tissue_diffusivity = 0.0;   ///< [m^2/s] D_t, viable epidermis and dermis
    double tissue_partition = 1.0;     ///< [1] K_t, total
    double junction_resistance = 0.0;  ///< [s/m] R_DEJ
    double clearance = 0.0;            ///< [1/s] k of total tissue concentration, in vivo, plateau
    double permeability = 0.0;         ///< [m/s] P_eff of the stratum corneum at the product's pH; 0: impermeable
    double barrier_diffusivity = 0.0;  ///< [m^2/s] D_sc
    double barrier_partition = 1.0;    ///< [1] K_sc,eff
    double potential = 1.0;            ///< [1] theta = P_t/P_eff: w = theta u at the base of the stratum corneum
    double neutral_in_vehicle = 1.0;   ///< [1] f_v
    bool reaches_tissue = true;        ///< [1] false: what enters the stratum corneum stays there (lipids)
};

/// The laws of its class, then the overrides of the active. Adds models, citations and warnings to `info`.
[[nodiscard]] Solute solute_in_skin(const Skin& skin, const Topical& topical, Hydration hydration, int irritancy_class,
                                    ResultInfo& info);

}  // namespace skin::transport
