// The population tear index and its band (docs/theory/tearing.md, eqs. 40-43).
#pragma once

#include <Eigen/Core>

#include "skin/tearing.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

struct RiskIndex {
    double slit = 0.0;   ///< [1] share of a population of contacts that cut the mouth
    double flap = 0.0;   ///< [1] mean energy release rate at the junction over its toughness, each contact at most 1
    double total = 0.0;  ///< [1] 1 - (1 - slit)(1 - flap)
};

/// Index for channels of these depths; no random numbers, so that a comparison of skins is free of sampling.
[[nodiscard]] RiskIndex risk_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                                   const TearingSettings& settings);

struct RiskBand {
    double low = 0.0, high = 0.0;  ///< [1]
};
/// Band of `centre` when each uncertain input is moved alone to the ends of its stated range, the changes added in
/// quadrature on the logit scale.
[[nodiscard]] RiskBand risk_band(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                                 const TearingSettings& settings, const RiskIndex& centre);

}  // namespace skin::tearing
