// Exposures that need no transport: a constant concentration over some hours, and a product with particles.
#pragma once

#include "skin/core/constants.hpp"
#include "skin/wound.hpp"

namespace skin::test {

/// SLS of safety_irritants.csv: 3 ug/mL without effect, 50 ug/mL for 1 h at the threshold.
inline Exposure constant_exposure(double concentration, double duration, int n_times = 25) {
    Exposure e;
    e.solute = "sodium_lauryl_sulfate";
    e.time = Eigen::VectorXd::LinSpaced(n_times, 0.0, duration);
    e.epidermis_concentration = Eigen::VectorXd::Constant(n_times, concentration);
    e.dermis_concentration = e.mass_below_junction = Eigen::VectorXd::Zero(n_times);
    e.no_effect_concentration = 3.0e-3;
    e.irritant_concentration = 50.0e-3;
    e.irritant_time = constants::hour;
    e.reaction_delay = 48.0 * constants::hour;
    return e;
}

/// A harmless carrier with particles.
inline Exposure particle_exposure(double diameter, double density_difference, double viscosity, double duration) {
    Exposure e = constant_exposure(0.0, duration);
    e.solute = "particles";
    e.irritant_concentration = 0.0;
    e.particle_diameter = diameter;
    e.particle_density = e.vehicle_density + density_difference;
    e.vehicle_viscosity = viscosity;
    return e;
}

}  // namespace skin::test
