#include "insertion/toughness_laws.hpp"

#include <cmath>

namespace skin::insertion {

Eigen::VectorXd under_each_toughness_law(
    const Skin& skin, const Needle& needle, const InsertionSettings& settings, double speed_low, double speed_high,
    const std::function<double(const LayeredNeedle&, const InsertionSettings&)>& depth, double known) {
    constexpr auto laws = EnumNames<ToughnessLaw>::entries;
    Eigen::VectorXd depths(static_cast<Eigen::Index>(laws.size()));
    for (std::size_t i = 0; i < laws.size(); ++i) {
        double& here = depths[static_cast<Eigen::Index>(i)];
        here = known;
        if (laws[i].first == settings.toughness_law && !std::isnan(known)) continue;
        InsertionSettings other = settings;
        other.toughness_law = laws[i].first;
        here = depth({skin, needle, other, speed_low, speed_high}, other);
    }
    return depths;
}

}  // namespace skin::insertion
