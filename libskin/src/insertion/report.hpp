// What insert() writes besides the numbers: checks of the settings, sources, ranges, the channel after withdrawal.
#pragma once

#include "insertion/layered_needle.hpp"
#include "skin/insertion.hpp"

namespace skin::insertion {

/// Ranges, and that something can move: no deflection and no cutting leave nothing.
void check_settings(const InsertionSettings& settings);
/// What only the motion in time reads, where that cannot be asked for or was not.
void check_drive(const InsertionSettings& settings, bool moves);
/// Sources of the skin's values, models used, and warnings where the model has not been compared with experiments.
[[nodiscard]] ResultInfo describe_run(const Skin& skin, const Needle& needle, const InsertionSettings& settings,
                                      double speed);
/// Warn when a tip went below the last layer, whose values then stand for what lies under it.
void warn_below_skin(ResultInfo& info, const Skin& skin, double deepest);

/// Warn when the layers were pressed further than the large-deflection law was compared with finite elements.
void warn_deep_dimple(ResultInfo& info, const Skin& skin, const InsertionSettings& settings, double deflection);

/// Warn when a drum sinks in so far that the layers under it are no longer strained by little.
void warn_deep_trough(ResultInfo& info, const Skin& skin, double sink);

/// [m] length of a channel of loaded depth `depth` in a fixed section: what lies in dermis shrinks.
[[nodiscard]] double histology_depth(const Skin& skin, std::span<const double> tops, double depth);
/// Columns of the wound for n channels, all zero; what a device does that moves over skin only if it did.
[[nodiscard]] Wound empty_wound(const Needle& needle, Eigen::Index n, bool moved);

}  // namespace skin::insertion
