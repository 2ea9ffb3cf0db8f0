// Needles that slide into an older hole: one row of the wound for both (docs/theory/tearing.md, eq. 57).
#pragma once

#include "skin/tearing.hpp"

namespace skin::tearing {

/// Joins the row of every needle that slid into an older hole with that hole's row, in all columns of `result` and its
/// wound, and in `junction_slide`: a hole that is visited again is as deep, wide and torn as the worst of its needles
/// made it. How it was struck stays that of the first.
/// @return  [1] share of the channels that did
double join_captured(const TearingSettings& settings, TearingResult& result, Eigen::VectorXd& junction_slide);

}  // namespace skin::tearing
