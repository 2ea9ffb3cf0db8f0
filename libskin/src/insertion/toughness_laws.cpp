#include "insertion/toughness_laws.hpp"

namespace skin::insertion {

Eigen::VectorXd under_each_toughness_law(
    const Skin& skin, const Needle& needle, const InsertionSettings& settings, double speed_low, double speed_high,
    const std::function<double(const LayeredNeedle&, const InsertionSettings&)>& depth) {
    if (!settings.compare_toughness_laws) return {};
    constexpr auto laws = EnumNames<ToughnessLaw>::entries;
    Eigen::VectorXd depths(static_cast<Eigen::Index>(laws.size()));
    for (std::size_t i = 0; i < laws.size(); ++i) {
        InsertionSettings other = settings;
        other.toughness_law = laws[i].first;
        depths[static_cast<Eigen::Index>(i)] = depth({skin, needle, other, speed_low, speed_high}, other);
    }
    return depths;
}

}  // namespace skin::insertion
