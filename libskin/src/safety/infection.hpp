// Exposure of tissue below the epidermis through open wet channels, and what lies there (docs/theory/safety.md, eqs. 5,
// 9).
#pragma once

#include <Eigen/Core>
#include <vector>

#include "skin/safety.hpp"
#include "skin/tissue/tolerance.hpp"

namespace skin::safety {

/// Channels of each class of `closure` that reach below the epidermis; `wound` is the one behind the closure.
[[nodiscard]] Eigen::VectorXd deep_channels(const Wound& wound, const Closure& closure, double epidermis);

/// [s] R_inf per area of skin: load f_dev f_occ sum over deep holes of the integral of pi a^2 w, over the patch.
[[nodiscard]] double infection_index(const Tolerance& tolerance, const Closure& closure, const Eigen::VectorXd& deep);

/// [kg/m^2] tagged material (sensitiser, lipid, particles) below the junction; 0 without deep holes.
[[nodiscard]] double granuloma_mass(const std::vector<Exposure>& exposures, const Wound& wound, double epidermis);

}  // namespace skin::safety
