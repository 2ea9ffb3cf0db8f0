// What the index comes from: its Shapley value over the things that can be taken away (docs/theory/tearing.md, eq.
// 43a).
#pragma once

#include <array>
#include <string_view>

#include "tearing/risk.hpp"

namespace skin::tearing {

/// Slip and side-slip with their scatter, rolling in a curve, contacts cut short by touchdown and lift, turning the
/// drum with its needles in the skin, drums that jam, rolling to and fro without lifting, what the needle is longer
/// than the shortest one, what age and condition did to the skin, the junction between epidermis and dermis. For a pen
/// `slip` is the glide of the hand, for a stamp its tremor.
inline constexpr std::array<std::string_view, 12> cause_names{"slip",         "side_slip", "yaw",      "stroke_ends",
                                                              "turn_pressed", "jammed",    "lifted",   "length",
                                                              "age",          "condition", "junction", "rest"};
/// [1] share of each cause in `centre.total`; they add up to it. `rest` is what stays when all others are taken away.
[[nodiscard]] Eigen::VectorXd risk_by_cause(const Skin& skin, const Device& device, const Use& use,
                                            const Eigen::VectorXd& depth, const TearingSettings& settings,
                                            const RiskIndex& centre);

/// Shapley value of a game of n players: `worth[mask]` for every coalition, bit k set when player k takes part.
[[nodiscard]] Eigen::VectorXd shapley(const Eigen::VectorXd& worth, int n);

}  // namespace skin::tearing
