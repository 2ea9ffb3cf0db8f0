#include "tearing/risk.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

#include "tearing/contact_tear.hpp"
#include "tearing/risk_strokes.hpp"

namespace skin::tearing {

namespace {

using std::numbers::pi;

void add_gliding(const Pen& pen, const Gliding& use, const Population& population, double tip_depth, double weight,
                 std::vector<ContactClass>& classes) {
    if (!(tip_depth > 0.0)) return;
    ContactClass c(Motion::glided(tip_depth, use.speed, pen.frequency, crank_amplitude(pen)));
    c.weight = weight;
    c.gliding = true;
    c.demand.mean_x = c.mean.demand(0.0);
    c.glide_sd = std::sqrt(std::log1p(use.speed_variation * use.speed_variation));
    const double slide = junction_slide(c.mean, population.resistance, c.demand.mean_x);
    for (const NormalNode& node : normal_nodes(population.grid.nodes)) {
        c.slide.push_back(slide * std::exp(c.glide_sd * node.x - 0.5 * c.glide_sd * c.glide_sd));
        c.slide_weight.push_back(node.weight);
    }
    classes.push_back(std::move(c));
}

/// A stamp that is held while the hand trembles: the way between entry and exit, the same at every depth.
void add_trembling(const Pressing& use, double tip_depth, double weight, std::vector<ContactClass>& classes) {
    if (!(tip_depth > 0.0) || !(use.tremor > 0.0)) return;
    ContactClass c(Motion::none(tip_depth));
    c.weight = weight;
    c.demand.sd_x = c.demand.sd_y = std::numbers::sqrt2 * use.tremor;
    classes.push_back(std::move(c));
}

/// [1] share of the contacts of a class that ask for more than delta_c.
double torn_share(const ContactClass& c, double delta_c) {
    if (!c.gliding) return exceedance(c.demand, delta_c);
    const double demand = c.demand.mean_x;
    if (!(c.glide_sd > 0.0)) return demand > delta_c ? 1.0 : 0.0;
    if (!(demand > 0.0)) return 0.0;
    const double z = std::log(delta_c / demand) / c.glide_sd + 0.5 * c.glide_sd;  // of the lognormal speed
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double load_share(double slide, double critical_slide) {
    if (!(slide > 0.0)) return 0.0;
    if (!(critical_slide > 0.0)) return 1.0;
    const double ratio = slide / critical_slide;
    return std::min(ratio * ratio, 1.0);
}

}  // namespace

std::vector<double> depth_classes(const Eigen::VectorXd& depth, int n) {
    std::vector<double> sorted(depth.data(), depth.data() + depth.size());
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() <= static_cast<std::size_t>(n)) return sorted;
    std::vector<double> classes;
    for (int i = 0; i < n; ++i) {
        const double at = (i + 0.5) / n * static_cast<double>(sorted.size()) - 0.5;
        const auto low = static_cast<std::size_t>(at);
        const double share = at - static_cast<double>(low);
        classes.push_back(sorted[low] * (1.0 - share) + sorted[std::min(low + 1, sorted.size() - 1)] * share);
    }
    return classes;
}

std::vector<ContactClass> contact_classes(const Device& device, const Use& use, const std::vector<double>& depths,
                                          const Population& population) {
    std::vector<ContactClass> classes;
    const double weight = 1.0 / static_cast<double>(depths.size());
    for (const double d : depths) {
        if (const auto* rolling = std::get_if<Rolling>(&use)) {
            add_strokes(*std::get_if<Roller>(&device), *rolling, population, d, weight, classes);
        } else if (const auto* gliding = std::get_if<Gliding>(&use)) {
            add_gliding(*std::get_if<Pen>(&device), *gliding, population, d, weight, classes);
        } else if (const auto* pressing = std::get_if<Pressing>(&use)) {
            add_trembling(*pressing, d, weight, classes);
        }
    }
    return classes;
}

RiskIndex index_of(const std::vector<ContactClass>& contacts, const Population& population) {
    const auto& [resistance, settings, grid] = population;
    RiskIndex index;
    const double critical_slide = resistance.junction().critical_slide();
    for (const ContactClass& c : contacts) {
        const double factor = slice_factor(c.mean, resistance, settings.slice_push, 0.0);
        for (int k = 0; k < grid.headings; ++k) {
            const double heading = (k + 0.5) / grid.headings * 0.5 * pi;
            const double delta_c = resistance.at(0.0, {c.mean.tip_depth(), heading, factor}).offset;
            index.slit += c.weight / grid.headings * torn_share(c, delta_c);
        }
        for (std::size_t i = 0; i < c.slide.size(); ++i) {
            index.flap += c.weight * c.slide_weight[i] * load_share(c.slide[i], critical_slide);
        }
    }
    index.slit = std::min(index.slit, 1.0);
    index.flap = std::min(index.flap, 1.0);
    index.total = index.slit + index.flap - index.slit * index.flap;
    return index;
}

RiskIndex risk_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                     const TearingSettings& settings) {
    if (settings.tear_model == TearModel::none || depth.size() == 0) return {};
    const Resistance resistance(skin, device, settings);
    const Population population{resistance, settings, fine_grid};
    return index_of(contact_classes(device, use, depth_classes(depth, fine_grid.depths), population), population);
}

}  // namespace skin::tearing
