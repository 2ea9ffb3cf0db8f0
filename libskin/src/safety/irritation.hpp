// Irritation as a toxic load on the concentration in viable epidermis (docs/theory/safety.md, eqs. 1-4).
#pragma once

#include <Eigen/Core>
#include <vector>

#include "skin/safety.hpp"
#include "skin/tissue/tolerance.hpp"

namespace skin::safety {

/// [1/s] rate of the index of one substance over its own times: max(0, C - C_0)^n_H / ((C_ref - C_0)^n_H t_ref).
[[nodiscard]] Eigen::VectorXd index_rate(const Exposure& exposure, double load_exponent);

/// [1] 0 none to 1 full: I^s/(1 + I^s).
[[nodiscard]] double severity(double index, double exponent);

/// Fill the members of `result` that concern irritation; its `time` is set.
void assess_irritation(SafetyResult& result, const Tolerance& tolerance, const std::vector<Exposure>& exposures);

}  // namespace skin::safety
