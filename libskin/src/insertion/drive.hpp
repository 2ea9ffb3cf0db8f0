// What each device turns a strike into: the travel of a needle's base into its own patch of skin.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "insertion/drum_trough.hpp"
#include "insertion/layered_needle.hpp"
#include "skin/device/strike_pattern.hpp"

namespace skin::insertion {

/// What a device makes of its strikes.
struct StrikeDrive {
    Eigen::VectorXd travel;          ///< [m] (strike) of the base into its own patch of skin
    double drum_force = 0.0;         ///< [N] on the body of a drum, mean over strikes
    double drum_half_width = 0.0;    ///< [m] of skin that lies on it, mean over strikes
    std::vector<DrumTrough> trough;  ///< one for each hand force and speed; empty on level skin
    std::vector<std::size_t> hand;   ///< (strike) which trough
    [[nodiscard]] const DrumTrough* trough_of(Eigen::Index strike) const noexcept {
        return trough.empty() ? nullptr : &trough[hand[static_cast<std::size_t>(strike)]];
    }
};

/// Same hand force and speed as the strike before: same balance.
[[nodiscard]] bool same_hand(const StrikePattern& pattern, Eigen::Index strike);
/// [N] on the way out the tip stays where it is and the skin under it recovers: F(u_max - what the base went back).
[[nodiscard]] double force_going_out(const LayeredNeedle::Strike& strike, const Balance& deepest, double retreat);

/// [m] (strike) travel D of each base, the far field of its neighbours taken off. One function a device.
[[nodiscard]] Eigen::VectorXd stamp_travel(const Skin& skin, const Stamp& stamp, const Use& use,
                                           const StrikePattern& pattern, const LayeredNeedle& model,
                                           const InsertionSettings& settings);
[[nodiscard]] Eigen::VectorXd pen_travel(const Skin& skin, const Pen& pen, const Gliding& use,
                                         const StrikePattern& pattern, const LayeredNeedle& model,
                                         const InsertionSettings& settings);
/// Needles, and the drum itself, in balance with the hand: on level skin, or in the trough that they press.
[[nodiscard]] StrikeDrive roller_drive(const Skin& skin, const Roller& roller, const StrikePattern& pattern,
                                       const LayeredNeedle& model, const InsertionSettings& settings);
/// The same on level skin: travel only.
[[nodiscard]] Eigen::VectorXd roller_travel(const Roller& roller, const StrikePattern& pattern,
                                            const LayeredNeedle& model, const InsertionSettings& settings);

}  // namespace skin::insertion
