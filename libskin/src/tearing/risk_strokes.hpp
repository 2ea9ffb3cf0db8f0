// Contacts of a roller for the index, by where in a stroke they lie (docs/theory/tearing.md, eqs. 40a-40c).
#pragma once

#include <vector>

#include "tearing/risk.hpp"

namespace skin::tearing {

/// Adds the contacts of all strokes at one depth: whole ones, those of touchdown and lift, those that a drum drags on
/// when it jams, those that turn with the drum. Their weights add up to `weight`.
void add_strokes(const Roller& roller, const Rolling& use, const Population& population, double tip_depth,
                 double weight, std::vector<ContactClass>& classes);

}  // namespace skin::tearing
