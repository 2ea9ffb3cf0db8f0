// Closed relations of pores and fluids, SI (docs/theory/transport.md 3.6, 3.8).
#pragma once

#include <numbers>
#include <string_view>

namespace skin::transport {

/// [1] diffusion of a solute in a fluid pore over that in free fluid, partition included; `ratio` = solute over pore
/// radius (Dechadilok and Deen 2006). 1 at 0, 0 where the solute no longer fits.
[[nodiscard]] double hindrance(double ratio) noexcept;

/// [1] diffusion in a polymer solution of volume share phi over that in the solvent (Mackie and Meares 1955).
[[nodiscard]] double mackie_meares(double phi) noexcept;

/// [1] constriction of a disk of radius a in a flux tube of radius b, eps = a/b: access resistance psi/(4 D a)
/// (Negus and Yovanovich 1984).
[[nodiscard]] double constriction(double eps) noexcept;

/// [1] pseudo-steady exchange between the wall of a channel (radius a) and the mean of the annulus up to b, per length,
/// over D K: g_w/(D K). Tends to 2 pi/(ln(b/a) - 3/4).
[[nodiscard]] double wall_exchange(double a, double b) noexcept;
/// The same from a^2, b^2 and ln(b/a).
[[nodiscard]] inline double wall_exchange(double a2, double b2, double log_ratio) noexcept {
    const double annulus = b2 - a2;
    return 8.0 * std::numbers::pi * annulus * annulus / (4.0 * b2 * b2 * log_ratio - (3.0 * b2 - a2) * annulus);
}

/// [m^2/s] Stokes and Einstein at T [K], viscosity [Pa s], radius [m].
[[nodiscard]] double stokes_einstein(double temperature, double viscosity, double radius) noexcept;

}  // namespace skin::transport
