// The way out: the skin recovers under a tip that sticks, then the needle slides (docs/theory/insertion.md, eq. 86-88).
#pragma once

#include <Eigen/Core>

#include "insertion/layered_needle.hpp"

namespace skin::insertion {

/// From the end of the travel until the needle is free. Points lie where they resolve both phases: not evenly spaced.
struct Withdrawal {
    Eigen::VectorXd travel;        ///< [m] of the base, never rising
    Eigen::VectorXd force;         ///< [N] on the needle, pulling negative
    Eigen::VectorXd depth;         ///< [m] of the tip, never rising
    double holding_force = 0.0;    ///< [N] pull at which the needle begins to slide
    double returned_energy = 0.0;  ///< [J] what the skin gives back less what the pull costs
    double friction_energy = 0.0;  ///< [J] of sliding out; as much as it took to slide in
};
[[nodiscard]] Withdrawal withdraw(const LayeredNeedle::Strike& strike, const Balance& end, Eigen::Index n_points);

/// [N] friction of the wall on a needle buried `depth` deep: the pull that frees it.
[[nodiscard]] double holding_force(const LayeredNeedle::Strike& strike, double depth) noexcept;

}  // namespace skin::insertion
