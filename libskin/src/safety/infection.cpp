#include "safety/infection.hpp"

#include <algorithm>
#include <numbers>

namespace skin::safety {

Eigen::VectorXd deep_channels(const Wound& wound, const Closure& closure, double epidermis) {
    // Classes are quantiles of channel depth, so sorted rows fill them one after another.
    std::vector<double> depths(wound.channel_depth.data(), wound.channel_depth.data() + wound.channel_depth.size());
    std::sort(depths.begin(), depths.end());
    Eigen::VectorXd deep = Eigen::VectorXd::Zero(closure.classes.size());
    std::size_t row = 0;
    for (Eigen::Index k = 0; k < closure.classes.size(); ++k) {
        const auto end = std::min(depths.size(), row + static_cast<std::size_t>(closure.classes.count[k]));
        for (; row < end; ++row) deep[k] += depths[row] > epidermis ? 1.0 : 0.0;
    }
    return deep;
}

double infection_index(const Tolerance& tolerance, const Closure& closure, const Eigen::VectorXd& deep) {
    double open = 0.0;  // [m^2 s]
    for (Eigen::Index k = 0; k < deep.size(); ++k) {
        const auto wet_area = [&](Eigen::Index i) {
            const double share = closure.radius_fraction(i, k), a = closure.classes.channel_radius[k] * share;
            const double slit = closure.classes.open_slit(k, 0.0) * share * share;  // closes in step with the hole
            return (std::numbers::pi * a * a + slit) * closure.plug_wetness(i, k);
        };
        for (Eigen::Index i = 0; i + 1 < closure.time.size(); ++i) {
            open += deep[k] * 0.5 * (wet_area(i) + wet_area(i + 1)) * (closure.time[i + 1] - closure.time[i]);
        }
    }
    if (!(open > 0.0)) return 0.0;
    return tolerance.organism_load * tolerance.device_contamination * tolerance.occlusion_contamination * open /
           closure.classes.area;
}

double granuloma_mass(const std::vector<Exposure>& exposures, const Wound& wound, double epidermis) {
    // Of a cone filled with product the share (1 - h_epi/h)^3 lies below the junction; mean over the channels.
    double below = 0.0;
    for (Eigen::Index i = 0; i < wound.size(); ++i) {
        const double h = wound.channel_depth[i];
        if (!(h > epidermis)) continue;
        const double x = 1.0 - epidermis / h;
        below += x * x * x / static_cast<double>(wound.size());
    }
    if (!(below > 0.0)) return 0.0;
    double mass = 0.0;
    for (const Exposure& e : exposures) {
        const bool particles = e.particle_diameter > 0.0;
        if (!(e.sensitiser || e.lipid || particles)) continue;
        double solute = 0.0;
        if ((e.sensitiser || e.lipid) && e.mass_below_junction.size() > 0) solute = e.mass_below_junction.maxCoeff();
        // Particles and lipid do not dissolve: they stay where the needle put them.
        mass += solute + (particles || e.lipid ? e.deposited * below : 0.0);
    }
    return mass;
}

}  // namespace skin::safety
