// What carries the active: its flow rules filling and film, its small-scale viscosity rules diffusion.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skin/core/provenance.hpp"

namespace skin {

struct Vehicle {
    std::string id = "custom";                  ///< id of the set
    std::string title;                          ///< one line for people
    double bulk_viscosity = 2.0e-3;             ///< [Pa s] at low shear: rules filling and settling
    double diffusion_viscosity = 7.65e-4;       ///< [Pa s] felt by the solute: rules diffusion
    double polymer_fraction = 0.0;              ///< [1] volume share of polymer (Mackie-Meares)
    double yield_stress = 0.0;                  ///< [Pa] below which it does not flow
    double surface_tension = 0.05;              ///< [N/m] against air
    double contact_angle = 1.0471975511965976;  ///< [rad] on the channel wall
    double density = 1000.0;                    ///< [kg/m^3] mass density
    double ph = 7.4;                            ///< [1] of the product
    bool occlusive = false;                     ///< [1] keeps water in
    std::optional<double> particle_diameter;    ///< [m] of the largest common particle; none: no particles
    std::optional<double> particle_density;     ///< [kg/m^3] of the particles
    bool lipid = false;                         ///< [1] oil-rich: counts as material that can cause granuloma
    Origins origins;                            ///< where each value comes from
    std::optional<double> volatile_fraction;    ///< [1] mass share that evaporates from an open film; none: nothing
    std::optional<double> evaporation_flux;     ///< [kg/(m^2 s)] at which it does
    std::optional<double> soaked_share;  ///< [1] of the stratum corneum into which a vehicle that dries out deposits
};
template <>
struct Describe<Vehicle> {
    using V = Vehicle;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &V::id, "1", "id of the set"},
            Field{"title", &V::title, "1", "one line for people"},
            Field{"bulk_viscosity", &V::bulk_viscosity, "Pa s", "at low shear: rules filling and settling", {}, 1e-5, 1e6, "transport safety"},
            Field{"diffusion_viscosity", &V::diffusion_viscosity, "Pa s", "felt by the solute: rules diffusion", {}, 1e-5, 1e6, "transport"},
            Field{"polymer_fraction", &V::polymer_fraction, "1", "volume share of polymer", {}, 0.0, 0.9, "transport"},
            Field{"yield_stress", &V::yield_stress, "Pa", "below which it does not flow", {}, 0.0, 1e5, "transport"},
            Field{"surface_tension", &V::surface_tension, "N/m", "against air", {}, 0.0, 1.0, "transport"},
            Field{"contact_angle", &V::contact_angle, "rad", "on the channel wall", {}, 0.0, 3.1416, "transport"},
            Field{"density", &V::density, "kg/m^3", "mass density", {}, 100.0, 1e4, "transport safety"},
            Field{"ph", &V::ph, "1", "of the product", {}, 0.0, 14.0, "transport"},
            Field{"occlusive", &V::occlusive, "1", "keeps water in"},
            Field{"particle_diameter", &V::particle_diameter, "m", "of the largest common particle", {}, 1e-10, 1e-2, "safety"},
            Field{"particle_density", &V::particle_density, "kg/m^3", "of the particles", {}, 1.0, 3e4, "safety"},
            Field{"lipid", &V::lipid, "1", "oil-rich: counts as material that can cause granuloma"},
            Field{"origins", &V::origins, "1", "where each value comes from"},
            Field{"volatile_fraction", &V::volatile_fraction, "1", "mass share that evaporates from an open film; none: nothing", {}, 0.0, 1.0, "transport"},
            Field{"evaporation_flux", &V::evaporation_flux, "kg/(m^2 s)", "at which it does", {}, 0.0, 1.0, "transport"},
            Field{"soaked_share", &V::soaked_share, "1", "of the stratum corneum into which a vehicle that dries out deposits", {}, 0.0, 1.0, "transport"},
        };
    }
    // clang-format on
};

[[nodiscard]] Vehicle vehicle(std::string_view id);  ///< a shipped vehicle; ParameterError with the nearest id; in io
[[nodiscard]] std::vector<std::string> vehicles();   ///< ids of the shipped vehicles; defined in io

}  // namespace skin
