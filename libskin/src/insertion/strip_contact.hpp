// Skin pressed by strips of even load, and by a body that is as wide as they are (docs/theory/insertion.md, 6).
#pragma once

#include <Eigen/Core>

#include "insertion/far_field.hpp"

namespace skin::insertion {

/// How skin gives way to strips of even load, as wide as the drum and `element` long, side by side in the direction of
/// rolling: mean over each strip.
struct StripCompliance {
    Eigen::VectorXd place;    ///< [m] (element) of the middles, 0 under the axle
    Eigen::MatrixXd sinks;    ///< [m/N] (element, element) of a strip by the load on another one
    double element = 0.0;     ///< [m]
    double drum_width = 0.0;  ///< [m]
};
/// Strips out to `reach` [m] on either side.
[[nodiscard]] StripCompliance strip_compliance(const FarField& far, double drum_width, double reach, double element);

/// [N] (element) frictionless contact with a body whose surface lies `depth` [m] below resting skin: loads are not
/// negative, the skin lies on the body where it is loaded and nowhere above it.
[[nodiscard]] Eigen::VectorXd contact_loads(const StripCompliance& skin, const Eigen::VectorXd& depth);

}  // namespace skin::insertion
