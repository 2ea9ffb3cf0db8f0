// Finite volumes in the activity u = C/K: continuous at borders, second order, conservative (transport.md 3.1).
#pragma once

#include <limits>

namespace skin::numerics {

/// Resistance between the centre and the face of a cell of width dz, diffusivity D and partition K; infinite if D K =
/// 0.
[[nodiscard]] inline double half_cell_resistance(double dz, double diffusivity, double partition = 1.0) noexcept {
    const double DK = diffusivity * partition;
    return DK > 0.0 ? 0.5 * dz / DK : std::numeric_limits<double>::infinity();
}

/// Conductance of resistances in series.
[[nodiscard]] inline double series_conductance(double r1, double r2, double interface = 0.0) noexcept {
    return 1.0 / (r1 + interface + r2);
}

}  // namespace skin::numerics
