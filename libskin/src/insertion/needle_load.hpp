// What the skin does to the needle: axial force along it, and whether it holds.
#pragma once

#include "insertion/layered_needle.hpp"
#include "skin/device/needle_strength.hpp"

namespace skin::insertion {

/// Axial force along a needle whose tip advances at `depth`, with `at_tip` [N] more on the tip alone.
[[nodiscard]] AxialForce axial_force(const LayeredNeedle::Strike& strike, double depth, double at_tip = 0.0);

/// Fills buckling_force and strength_margin, and warns when the needle does not hold. `depth` and `force` are the
/// largest of all strikes, `tilt` [rad] the largest at first contact.
void judge_needle(InsertionResult& result, const LayeredNeedle& model, const LayeredNeedle::Strike& strike,
                  double depth, double force, double tilt);

}  // namespace skin::insertion
