// What solutes meet in skin besides the layers' thickness: data/tissue/solute_transport.toml (transport.md 3.2, 4.6).
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct SoluteTransport {
    double temperature = 305.15;         ///< [K] of the skin
    double tissue_ph = 7.4;              ///< [1] of viable tissue and channel fluid
    double blood_flow = 2.2e-3;          ///< [1/s] Q, clearance rate allowed by blood flow
    double capillary_surface = 1.0e4;    ///< [1/m] S, capillary surface per volume of dermis
    double lymph_rate = 0.1 / 3600.0;    ///< [1/s] clearance of macromolecules and ions
    double lymph_molar_mass = 20.0;      ///< [kg/mol] above which only lymph clears
    double clearance_onset = 5.0e-5;     ///< [m] depth below the junction over which clearance ramps up
    double junction_thickness = 1.0e-5;  ///< [m] delta of the dermal-epidermal junction
    double ionised_ratio = 100.0;        ///< [1] R_i, non-ionised over ionised permeability
    double fluid_viscosity = 7.65e-4;    ///< [Pa s] of the channel fluid at skin temperature
    double wipe_share = 0.2;             ///< [1] share of the entrained film that passes the lip, eta_wipe
    double open_time = 0.3;              ///< [s] time that a channel stays wide after the needle has left
    double bleed_onset = 5.0e-4;         ///< [m] depth from which blood pushes product out
    double bleed_full = 1.0e-3;          ///< [m] depth at which it reaches bleed_share
    double bleed_share = 0.5;            ///< [1] largest share pushed out
    double supply_share = 1.0;           ///< [1] share of the film that can reach a hole
    double irritancy_flow = 0.5;         ///< [1] gain of blood_flow per irritancy class
};
template <>
struct Describe<SoluteTransport> {
    using S = SoluteTransport;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"temperature", &S::temperature, "K", "of the skin", {}, 273.0, 330.0, "transport"},
            Field{"tissue_ph", &S::tissue_ph, "1", "of viable tissue and channel fluid", {}, 0.0, 14.0, "transport"},
            Field{"blood_flow", &S::blood_flow, "1/s", "Q, clearance rate allowed by blood flow", {}, 0.0, 1.0, "transport"},
            Field{"capillary_surface", &S::capillary_surface, "1/m", "S, capillary surface per volume of dermis", {}, 0.0, 1e7, "transport"},
            Field{"lymph_rate", &S::lymph_rate, "1/s", "clearance of macromolecules and ions", {}, 0.0, 1.0, "transport"},
            Field{"lymph_molar_mass", &S::lymph_molar_mass, "kg/mol", "above which only lymph clears", {}, 0.0, 1e6, "transport"},
            Field{"clearance_onset", &S::clearance_onset, "m", "depth below the junction over which clearance ramps up", {}, 0.0, 1e-2, "transport"},
            Field{"junction_thickness", &S::junction_thickness, "m", "delta of the dermal-epidermal junction", {}, 0.0, 1e-3, "transport"},
            Field{"ionised_ratio", &S::ionised_ratio, "1", "R_i, non-ionised over ionised permeability", {}, 1.0, 1e6, "transport"},
            Field{"fluid_viscosity", &S::fluid_viscosity, "Pa s", "of the channel fluid at skin temperature", {}, 1e-5, 1e3, "transport"},
            Field{"wipe_share", &S::wipe_share, "1", "share of the entrained film that passes the lip", {}, 0.0, 1.0, "transport"},
            Field{"open_time", &S::open_time, "s", "time that a channel stays wide after the needle has left", {}, 0.0, 1e3, "transport"},
            Field{"bleed_onset", &S::bleed_onset, "m", "depth from which blood pushes product out", {}, 0.0, 1e-2, "transport"},
            Field{"bleed_full", &S::bleed_full, "m", "depth at which it reaches bleed_share", {}, 0.0, 1e-2, "transport"},
            Field{"bleed_share", &S::bleed_share, "1", "largest share pushed out", {}, 0.0, 1.0, "transport"},
            Field{"supply_share", &S::supply_share, "1", "share of the film that can reach a hole", {}, 0.0, 1.0, "transport"},
            Field{"irritancy_flow", &S::irritancy_flow, "1", "gain of blood_flow per irritancy class", {}, 0.0, 10.0, "transport"},
        };
    }
    // clang-format on
};

}  // namespace skin
