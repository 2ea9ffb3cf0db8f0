// The same strike under each toughness law: how much of a depth hangs on that question.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "insertion/layered_needle.hpp"

namespace skin::insertion {

/// [m] (toughness_law) `depth` of a model built under each law, in the order of the enumerators; empty unless the
/// settings ask for it.
[[nodiscard]] Eigen::VectorXd under_each_toughness_law(
    const Skin& skin, const Needle& needle, const InsertionSettings& settings, double speed_low, double speed_high,
    const std::function<double(const LayeredNeedle&, const InsertionSettings&)>& depth, double known);

}  // namespace skin::insertion
