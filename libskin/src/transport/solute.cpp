#include "transport/solute.hpp"

#include <algorithm>
#include <cmath>

#include "skin/core/error.hpp"
#include "transport/relations.hpp"
#include "transport/timeline.hpp"

namespace skin::transport {

namespace {

constexpr double cm2 = 1e-4;        // m^2
constexpr double cm = 1e-2;         // m
constexpr double angstrom = 1e-10;  // m

/// Schroeder volume, or a guess from the molar mass when no atoms are given.
double molar_volume(const Active& active, ResultInfo& info) {
    const double counted = schroeder_volume(active);
    if (counted > 0.0) return counted;
    // The fifteen small solutes of transport.md 4.1 lie between 0.8 and 1.4 cm3/g.
    constexpr double volume_per_mass = 1.0;  // cm3/g
    info.warn("estimated_property", "active." + active.id,
              "no atom counts are given: the molar volume is taken as 1 cm3/g x molar mass");
    return volume_per_mass * active.molar_mass * 1e3;
}

/// Small solutes and lipids: transport.md 3.2 and 3.3.
void small_solute(Solute& s, const Skin& skin, const Topical& topical, Hydration hydration, int irritancy_class,
                  ResultInfo& info) {
    const Active& a = topical.active;
    const SoluteTransport& t = skin.solute_transport;
    const double MW = a.molar_mass * 1e3;  // g/mol
    ChainSurroundings around;
    around.tissue_ph = t.tissue_ph;
    around.blood_flow = t.blood_flow * (1.0 + t.irritancy_flow * irritancy_class);
    around.capillary_surface = t.capillary_surface * cm;  // 1/m -> 1/cm
    const PropertyChain c = property_chain({.molar_mass = MW,
                                            .log_partition = a.log_partition,
                                            .molar_volume = molar_volume(a, info),
                                            .pka_acid = a.pka_acid,
                                            .pka_base = a.pka_base,
                                            .type = a.compound_type},
                                           hydration, around);
    info.use("transport.property_chain = dancik_2013");
    info.cite("dancik2013");
    s.radius = c.a_s * angstrom;
    s.fluid_diffusivity = c.D_aq * cm2;
    s.tissue_diffusivity = c.D_t * cm2;
    s.tissue_partition = c.K_t;
    // Lymph takes what capillaries do not let through; beyond lymph_molar_mass only lymph is left.
    s.clearance = a.molar_mass > t.lymph_molar_mass ? t.lymph_rate : std::max(c.k_de, t.lymph_rate);

    // P_n: measured, else the chain in the skin's own thickness, never below the polar pathway. K_sc stays, so that
    // D_sc = P_n h/K_sc carries an override (as with saturation in 3.6).
    const double h_sc = skin.layer("stratum_corneum").thickness;
    const double P_polar = polar_floor(MW) * cm;
    const double P_chain = c.K_sc * c.D_sc * cm2 / h_sc;
    // No phase holds more than the pure substance: K_sc is capped, at unchanged permeability (3.6).
    double K_sc = c.K_sc;
    const double S = saturation_of(topical);
    if (a.pure_density && std::isfinite(S) && S > 0.0) K_sc = std::min(K_sc, *a.pure_density / S);
    const double P_n = a.permeability ? *a.permeability : std::max(P_chain, P_polar);
    const double P_i = std::max(P_polar, P_n / t.ionised_ratio);
    const double f_v = neutral_fraction(a.pka_acid, a.pka_base, topical.vehicle.ph);
    const double f_t = c.f_non;
    const double P_eff = f_v * P_n + (1.0 - f_v) * P_i, P_t = f_t * P_n + (1.0 - f_t) * P_i;
    s.neutral_in_vehicle = f_v;
    s.permeability = P_eff;
    if (P_n > 0.0) {
        s.barrier_partition = K_sc * P_eff / P_n;
        s.barrier_diffusivity = P_n * h_sc / K_sc;
        s.potential = P_t / P_eff;
    } else {  // measured as impermeable: only ions, by the polar pathway
        s.barrier_partition = K_sc;
        s.barrier_diffusivity = P_eff * h_sc / K_sc;
    }
    s.reaches_tissue = a.solute_class != SoluteClass::lipid;

    if (MW > 700.0) {
        info.warn("outside_validated_range", "active.molar_mass",
                  text("the property chain holds below about 700 g/mol, %s has %.0f", a.id.c_str(), MW));
    } else if (MW > 450.0 && MW < 520.0) {
        info.warn(
            "outside_validated_range", "active.molar_mass",
            "between 450 and 520 g/mol the two published branches of the barrier permeability differ by 1.6 to 1.8");
    }
    if (!a.permeability && P_chain < P_polar) info.use("transport.barrier = polar_floor");
    if (a.permeability) info.use("transport.barrier = measured_permeability");
    if (a.log_partition > 3.0 && topical.vehicle.lipid) {
        info.warn("outside_validated_range", "topical.vehicle",
                  "a lipophilic active in an oily vehicle: partition between vehicle and water is not modelled, so "
                  "uptake is an upper bound");
    }
}

/// [m] hydrodynamic radius of dextrans and proteins (Venturoli and Rippe 2005); M in g/mol.
double macromolecule_radius(SoluteClass kind, double M) {
    return 1e-9 * (kind == SoluteClass::protein ? 0.0483 * std::pow(M, 0.386) : 0.0332 * std::pow(M, 0.463));
}

/// Macromolecules: transport.md 3.4. Nothing passes intact stratum corneum.
void macromolecule(Solute& s, const Skin& skin, const Topical& topical, ResultInfo& info) {
    const Active& a = topical.active;
    const SoluteTransport& t = skin.solute_transport;
    const double M = a.molar_mass * 1e3;  // g/mol
    s.tissue_partition = 0.6;             // water share of tissue
    s.clearance = t.lymph_rate;
    s.permeability = 0.0;
    switch (a.solute_class) {
        case SoluteClass::hyaluronic_acid:
            s.fluid_diffusivity = 0.16e-6 * std::pow(M / 1e5, -0.6) * cm2;  // dilute scaling, recalled
            s.tissue_diffusivity = 0.1 * s.fluid_diffusivity;
            s.tissue_partition = 0.5;
            break;
        case SoluteClass::nucleic_acid: {
            const double base_pairs = M / 650.0;                                           // g/mol a pair
            s.fluid_diffusivity = 4.9e-6 * std::pow(base_pairs, -0.72) * cm2;              // Lukacs 2000, recalled
            s.tissue_diffusivity = base_pairs > 1000.0 ? 0.0 : 0.1 * s.fluid_diffusivity;  // near-immobile above 1 kbp
            s.tissue_partition = 0.5;
            break;
        }
        case SoluteClass::particle: {
            const auto& diameter = topical.vehicle.particle_diameter;
            if (!diameter && !a.aqueous_diffusivity) {
                throw ParameterError("topical: the active '" + a.id +
                                     "' is a particle, so vehicle.particle_diameter or "
                                     "active.aqueous_diffusivity must be given");
            }
            s.radius = diameter ? 0.5 * *diameter : 0.0;
            s.fluid_diffusivity = diameter ? stokes_einstein(t.temperature, t.fluid_viscosity, s.radius) : 0.0;
            s.tissue_diffusivity = 0.0;  // tissue holds particles back
            s.clearance = 0.0;
            break;
        }
        default:
            s.radius = macromolecule_radius(a.solute_class, M);
            s.fluid_diffusivity = stokes_einstein(t.temperature, t.fluid_viscosity, s.radius);
            s.tissue_diffusivity = std::pow(10.0, -4.15 - 0.6555 * std::log10(M)) * cm2;
            break;
    }
    if (s.radius == 0.0 && s.fluid_diffusivity > 0.0) {
        s.radius = stokes_einstein(t.temperature, t.fluid_viscosity, 1.0) / s.fluid_diffusivity;
    }
    const bool power_law = a.solute_class == SoluteClass::dextran || a.solute_class == SoluteClass::protein;
    if (power_law && M > 70e3 && !a.tissue_diffusivity) {
        info.warn("outside_validated_range", "active.molar_mass",
                  text("the power law of tissue diffusivity holds up to about 70 kDa, %s has %.0f kDa: give "
                       "tissue_diffusivity",
                       a.id.c_str(), M / 1e3));
    }
    info.use("transport.property_chain = macromolecule");
    info.cite("libskin_transport");
}

}  // namespace

Solute solute_in_skin(const Skin& skin, const Topical& topical, Hydration hydration, int irritancy_class,
                      ResultInfo& info) {
    const Active& a = topical.active;
    const SoluteTransport& t = skin.solute_transport;
    const Vehicle& v = topical.vehicle;
    Solute s;
    const bool small = a.solute_class == SoluteClass::small || a.solute_class == SoluteClass::lipid;
    if (small) {
        small_solute(s, skin, topical, hydration, irritancy_class, info);
    } else {
        macromolecule(s, skin, topical, info);
    }
    if (!small && a.permeability && *a.permeability > 0.0) {  // measured: as a plain barrier without ionisation
        s.permeability = *a.permeability;
        s.barrier_diffusivity = *a.permeability * skin.layer("stratum_corneum").thickness;
    }
    if (a.aqueous_diffusivity) s.fluid_diffusivity = *a.aqueous_diffusivity;
    if (a.tissue_diffusivity) s.tissue_diffusivity = *a.tissue_diffusivity;
    if (a.tissue_partition) s.tissue_partition = *a.tissue_partition;
    if (a.junction_diffusivity) {
        s.junction_resistance = t.junction_thickness / (*a.junction_diffusivity * s.tissue_partition);
    }
    // Polymer thickens the bulk but not the small scale (Mackie-Meares); viscous solvents slow the solute itself.
    s.vehicle_diffusivity =
        s.fluid_diffusivity * t.fluid_viscosity / v.diffusion_viscosity * mackie_meares(v.polymer_fraction);
    return s;
}

}  // namespace skin::transport
