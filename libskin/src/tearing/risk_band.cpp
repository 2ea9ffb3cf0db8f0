#include "tearing/risk_band.hpp"

#include <algorithm>
#include <cmath>

namespace skin::tearing {

namespace {

double logit(double p) { return std::log(p) - std::log1p(-p); }
double from_logit(double x) { return 1.0 / (1.0 + std::exp(-x)); }
double safe_logit(double p) {
    constexpr double smallest = 1e-300;  // keeps the logit finite at indices of exactly 0 and 1
    return logit(std::clamp(p, smallest, 1.0 - 1e-15));
}

/// Linear between order statistics, ends at 0 and 1.
double quantile(std::vector<double>& sorted, double q) {
    const double at = q * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const double share = at - static_cast<double>(low);
    return sorted[low] * (1.0 - share) + sorted[std::min(low + 1, sorted.size() - 1)] * share;
}

}  // namespace

RiskBand risk_band(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                   const TearingSettings& settings, const RiskIndex& centre) {
    if (settings.tear_model == TearModel::none || depth.size() == 0) return {};
    const auto inputs = uncertain_inputs(skin, settings.unstated_range);
    Skin plain = skin;
    plain.origins.clear();  // the draws need no sources, and copies are cheap without
    const auto depths = depth_classes(depth, coarse_grid.depths);
    const RowMatrix quantiles = latin_hypercube(settings.band_draws, static_cast<int>(inputs.size()));
    const double fine_centre = safe_logit(centre.total);

    TearingSettings choice = settings;
    const auto logit_on = [&](const Skin& one) {
        const Resistance resistance(one, device, choice);
        const Population population{resistance, choice, coarse_grid};
        return safe_logit(index_of(contact_classes(device, use, depths, population), population).total);
    };
    // The draws look at the population more coarsely than the index; what they say is how far it moves.
    const double coarse_centre = logit_on(plain);
    RiskBand band{centre.total, centre.total};
    bool moves = false;
    for (const auto& [hypothesis, name] : EnumNames<LateralStiffness>::entries) {
        choice.lateral_stiffness = hypothesis;
        std::vector<double> found;
        for (int i = 0; i < settings.band_draws; ++i) {
            Skin drawn = plain;
            for (std::size_t k = 0; k < inputs.size(); ++k) {
                inputs[k].scale(drawn, inputs[k].factor_at(quantiles(i, static_cast<Eigen::Index>(k))));
            }
            found.push_back(logit_on(drawn));
        }
        std::sort(found.begin(), found.end());
        moves = moves || found.front() != coarse_centre || found.back() != coarse_centre;
        constexpr double level = 0.05;
        band.low = std::min(band.low, from_logit(fine_centre + quantile(found, level) - coarse_centre));
        band.high = std::max(band.high, from_logit(fine_centre + quantile(found, 1.0 - level) - coarse_centre));
        if (settings.lateral_table.size() > 0) break;  // it replaces the stiffness: the hypotheses do not differ
    }
    if (!moves) return {centre.total, centre.total};  // nothing is dragged, whatever the skin
    return band;
}

}  // namespace skin::tearing
