// Injury doses given directly, without a wound.
#pragma once

#include <cmath>

#include "skin/core/constants.hpp"
#include "skin/healing.hpp"

namespace skin::test {

/// The same injured fraction in both dermal layers; `with_vessels` of it cuts vessels, the rest is heat.
inline InjuryDose dermal_dose(double delta, double with_vessels) {
    InjuryDose dose;
    dose.punctured = Eigen::Vector3d(0.0, with_vessels, with_vessels);
    dose.torn = Eigen::Vector3d::Zero();
    dose.heated = Eigen::Vector3d(0.0, delta - with_vessels, delta - with_vessels);
    return dose;
}
inline InjuryDose dermal_dose(double delta) { return dermal_dose(delta, delta); }

/// Row of a result nearest to `day`.
inline Eigen::Index row_at(const HealingResult& result, double day) {
    Eigen::Index row = 0;
    (result.time.array() - day * constants::day).abs().minCoeff(&row);
    return row;
}

constexpr Eigen::Index papillary_layer = 1, reticular_layer = 2;

}  // namespace skin::test
