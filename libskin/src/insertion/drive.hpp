// What each device turns a strike into: the travel of a needle's base into its own patch of skin.
#pragma once

#include <Eigen/Core>

#include "insertion/layered_needle.hpp"
#include "skin/device/strike_pattern.hpp"

namespace skin::insertion {

/// [m] (strike) travel D of each base, the far field of its neighbours taken off. One function a device.
[[nodiscard]] Eigen::VectorXd stamp_travel(const Skin& skin, const Stamp& stamp, const Use& use,
                                           const StrikePattern& pattern, const LayeredNeedle& model,
                                           const InsertionSettings& settings);
[[nodiscard]] Eigen::VectorXd pen_travel(const Skin& skin, const Pen& pen, const Gliding& use,
                                         const StrikePattern& pattern, const LayeredNeedle& model,
                                         const InsertionSettings& settings);
[[nodiscard]] Eigen::VectorXd roller_travel(const Roller& roller, const StrikePattern& pattern,
                                            const LayeredNeedle& model, const InsertionSettings& settings);

}  // namespace skin::insertion
