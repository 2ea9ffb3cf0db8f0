// How sure the index is: the same population on skins drawn within the stated spreads (docs/theory/tearing.md, eq. 43).
#pragma once

#include <functional>
#include <vector>

#include "tearing/risk.hpp"

namespace skin::tearing {

struct RiskBand {
    double low = 0.0, high = 0.0;  ///< [1]
};
/// 5 and 95 % of the index over `band_draws` skins, a Latin hypercube of all uncertain inputs together. Where
/// hypotheses disagree, the lowest and the highest of their ends. Nothing here depends on the seed of the contacts.
[[nodiscard]] RiskBand risk_band(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                                 const TearingSettings& settings, const RiskIndex& centre);

/// One uncertain input: its factor at a quantile in (0, 1), and how a skin takes it.
struct UncertainInput {
    std::function<double(double)> factor_at;
    std::function<void(Skin&, double)> scale;
};
/// Inputs of the index whose spread the skin states, and those that it leaves open.
[[nodiscard]] std::vector<UncertainInput> uncertain_inputs(const Skin& skin, double unstated_range);
/// Quantiles of the drawn skins: row `draw`, column `input`; each column takes every stratum once.
[[nodiscard]] RowMatrix latin_hypercube(int n_draws, int n_inputs);

}  // namespace skin::tearing
