// Particles of a product in the channels: jamming, sinking, Brownian motion (docs/theory/safety.md, eqs. 6-8).
#pragma once

#include "skin/safety.hpp"
#include "skin/tissue/tolerance.hpp"

namespace skin::safety {

/// [m/s] Stokes speed (2/9) d_rho g (D_p/2)^2/mu; negative: they rise.
[[nodiscard]] double settling_speed(double diameter, double density_difference, double viscosity);
/// [m^2/s] Stokes-Einstein: k_B T/(3 pi mu D_p).
[[nodiscard]] double brownian_diffusivity(double diameter, double viscosity, double temperature);

/// Particles of one product; `closure` holds at least one class and two times.
[[nodiscard]] ParticleReport assess_particles(const Tolerance& tolerance, const Exposure& exposure,
                                              const Closure& closure);

}  // namespace skin::safety
