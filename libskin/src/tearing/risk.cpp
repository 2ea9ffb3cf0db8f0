#include "tearing/risk.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "tearing/contact_tear.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/motion.hpp"
#include "tearing/population.hpp"

namespace skin::tearing {

namespace {

using std::numbers::pi;

constexpr int n_classes = 8;    // quantile classes of depth
constexpr int n_headings = 4;   // midpoints of the angle from the Langer lines in (0, pi/2): the rest is symmetric
constexpr int n_distances = 6;  // midpoints of the stroke, for skin that follows the roller

// Gauss-Hermite rule for N(0, 1), exact for polynomials up to degree 9 (Abramowitz & Stegun 25.10, rescaled).
constexpr std::array<double, 5> hermite_node{-2.8569700138728056, -1.3556261799742659, 0.0, 1.3556261799742659,
                                             2.8569700138728056};
constexpr std::array<double, 5> hermite_weight{0.011257411327720689, 0.22207592200561266, 0.53333333333333333,
                                               0.22207592200561266, 0.011257411327720689};

std::vector<double> depth_classes(const Eigen::VectorXd& depth) {
    std::vector<double> sorted(depth.data(), depth.data() + depth.size());
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() <= n_classes) return sorted;
    std::vector<double> classes;
    for (int i = 0; i < n_classes; ++i) {
        const double at = (i + 0.5) / n_classes * static_cast<double>(sorted.size()) - 0.5;
        const auto low = static_cast<std::size_t>(at);
        const double share = at - static_cast<double>(low);
        classes.push_back(sorted[low] * (1.0 - share) + sorted[std::min(low + 1, sorted.size() - 1)] * share);
    }
    return classes;
}

double heading_of(int k) { return (k + 0.5) / n_headings * 0.5 * pi; }

double load_share(double slide, const Junction& junction) {
    const double u_c = junction.critical_slide();
    if (!(slide > 0.0)) return 0.0;
    return u_c > 0.0 ? std::min(slide * slide / (u_c * u_c), 1.0) : 1.0;
}

/// Mean over headings of f(critical offset at the mouth).
template <class F>
double over_headings(const Motion& motion, const Resistance& resistance, const TearingSettings& settings, const F& f) {
    double mean = 0.0;
    const double factor = slice_factor(motion, resistance, settings.slice_push, 0.0);
    for (int k = 0; k < n_headings; ++k) {
        mean += f(resistance.at(0.0, {motion.tip_depth(), heading_of(k), factor}).offset) / n_headings;
    }
    return mean;
}

/// [1] share of the slip that a contact feels at each of the representative distances since touchdown (eq. 35).
std::vector<double> relief(const Roller& roller, const Rolling& use, const Resistance& resistance, double tip_depth) {
    if (use.held) return {1.0};
    const double h = axle_height(roller, tip_depth);
    const double n_needles = roller.rings * roller.needles_per_ring;
    const double C_s =
        resistance.shank_stiffness() * brush(n_needles, h, tip_depth, free_rolling_radius(h, tip_depth)).slip_stiffness;
    std::vector<double> psi;
    for (int i = 0; i < n_distances; ++i) {
        psi.push_back(relaxation((i + 0.5) / n_distances * use.stroke_length, C_s / resistance.patch_stiffness()));
    }
    return psi;
}

RiskIndex rolling_class(const Roller& roller, const Rolling& use, const Resistance& resistance, double tip_depth,
                        const TearingSettings& settings) {
    RiskIndex index;
    const DrumContact drum = drum_contact(roller, resistance, settings, tip_depth);
    const Motion free = rolling_motion(roller, use, drum, {});
    const double h = axle_height(roller, tip_depth);
    if (!(tip_depth > 0.0) || !(h > 0.0)) return index;
    Contact contact;
    contact.h = h;
    contact.rho = h + tip_depth;
    contact.R_e = drum.free_radius;
    contact.dimple = drum.dimple;
    contact.tent = drum.tent;
    const double T = travel(contact);
    const double m_x = 0.5 * demand(contact, 0.0);  // convention of the index: half of the free-rolling demand
    // Yaw: to leading order each ring has a slip of its own, evenly spread over the width.
    const double ring_slip = use.yaw_rate / use.speed * roller.width / std::sqrt(12.0);
    const double sd_slip = std::hypot(use.slip_spread, ring_slip);
    const auto psis = relief(roller, use, resistance, tip_depth);
    for (const double psi : psis) {
        const DemandScatter scatter{m_x + psi * T * use.slip + T * drum.axle_slip, psi * T * std::tan(use.side_slip),
                                    psi * T * sd_slip, psi * T * use.side_slip_spread};
        index.slit +=
            over_headings(free, resistance, settings, [&](double delta_c) { return exceedance(scatter, delta_c); });
        for (std::size_t i = 0; i < hermite_node.size(); ++i) {
            for (std::size_t j = 0; j < hermite_node.size(); ++j) {
                Rolling straight = use;
                straight.yaw_rate = 0.0;  // its slip is in sd_slip
                const Motion motion =
                    rolling_motion(roller, straight, drum,
                                   {psi * (use.slip + sd_slip * hermite_node[i]),
                                    psi * (use.side_slip + use.side_slip_spread * hermite_node[j]), 0.0});
                index.flap += hermite_weight[i] * hermite_weight[j] *
                              load_share(junction_slide(motion, resistance, motion.demand(0.0)), resistance.junction());
            }
        }
    }
    index.slit /= static_cast<double>(psis.size());
    index.flap /= static_cast<double>(psis.size());
    return index;
}

RiskIndex gliding_class(const Pen& pen, const Gliding& use, const Resistance& resistance, double tip_depth,
                        const TearingSettings& settings) {
    RiskIndex index;
    if (!(tip_depth > 0.0)) return index;
    const Motion mean = Motion::glided(tip_depth, use.speed, pen.frequency, crank_amplitude(pen));
    const double demand = mean.demand(0.0), slide = junction_slide(mean, resistance, demand);
    const double sigma = std::sqrt(std::log1p(use.speed_variation * use.speed_variation));
    index.slit = over_headings(mean, resistance, settings, [&](double delta_c) {
        if (!(sigma > 0.0)) return demand > delta_c ? 1.0 : 0.0;
        if (!(demand > 0.0)) return 0.0;
        const double z = std::log(delta_c / demand) / sigma + 0.5 * sigma;  // of the lognormal speed
        return 0.5 * std::erfc(z / std::numbers::sqrt2);
    });
    for (std::size_t i = 0; i < hermite_node.size(); ++i) {
        const double speed = std::exp(sigma * hermite_node[i] - 0.5 * sigma * sigma);  // over its mean
        index.flap += hermite_weight[i] * load_share(slide * speed, resistance.junction());
    }
    return index;
}

double logit(double p) { return std::log(p) - std::log1p(-p); }
double from_logit(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// One uncertain input: how to set it in a skin to `factor` times its value, and its range as factors.
struct Input {
    std::function<void(Skin&, double)> scale;
    double lo, hi;
};

/// Range of a value as factors: stated ends, else one standard deviation, else the factor for unstated ranges.
Input input(const Skin& skin, const std::string& key, double value, double unstated,
            std::function<void(Skin&, double)> scale) {
    constexpr double smallest = 0.05;  // a standard deviation may be as large as the value itself
    double lo = 1.0 / unstated, hi = unstated;
    const auto found = skin.origins.find(key);
    if (found != skin.origins.end() && value > 0.0) {
        const Origin& origin = found->second;
        if (std::isfinite(origin.lo) && std::isfinite(origin.hi)) {
            lo = origin.lo / value;
            hi = origin.hi / value;
        } else if (std::isfinite(origin.sd)) {
            lo = 1.0 - origin.sd / value;
            hi = 1.0 + origin.sd / value;
        }
    }
    return {std::move(scale), std::clamp(lo, smallest, 1.0), std::max(hi, 1.0)};
}

std::vector<Input> uncertain_inputs(const Skin& skin, double unstated) {
    const std::string main = skin.has_layer("reticular_dermis") ? "reticular_dermis" : skin.layers.front().name;
    const TearResistance& tear = skin.tear_resistance;
    return {
        input(skin, "tear_resistance.lateral_stiffness", tear.lateral_stiffness, unstated,
              [](Skin& s, double f) { s.tear_resistance.lateral_stiffness *= f; }),
        input(skin, "tear_resistance.failure_strain", tear.failure_strain, unstated,
              [](Skin& s, double f) { s.tear_resistance.failure_strain *= f; }),
        input(skin, "tear_resistance.junction_toughness", tear.junction_toughness, unstated,
              [](Skin& s, double f) { s.tear_resistance.junction_toughness *= f; }),
        input(skin, main + ".failure_energy", skin.layer(main).failure_energy, unstated,
              [](Skin& s, double f) {
                  for (auto& layer : s.layers) layer.failure_energy *= f;
              }),
        input(skin, main + ".toughness_intercept", skin.layer(main).toughness_intercept, unstated,
              [](Skin& s, double f) {
                  for (auto& layer : s.layers) layer.toughness_intercept *= f;
              }),
    };
}

}  // namespace

RiskIndex risk_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                     const TearingSettings& settings) {
    RiskIndex index;
    if (settings.tear_model == TearModel::none || depth.size() == 0) return index;
    const Resistance resistance(skin, device, settings);
    const auto classes = depth_classes(depth);
    for (const double d : classes) {
        RiskIndex of_class;
        if (const auto* rolling = std::get_if<Rolling>(&use)) {
            of_class = rolling_class(*std::get_if<Roller>(&device), *rolling, resistance, d, settings);
        } else if (const auto* gliding = std::get_if<Gliding>(&use)) {
            of_class = gliding_class(*std::get_if<Pen>(&device), *gliding, resistance, d, settings);
        }
        index.slit += of_class.slit / static_cast<double>(classes.size());
        index.flap += of_class.flap / static_cast<double>(classes.size());
    }
    index.slit = std::min(index.slit, 1.0);
    index.flap = std::min(index.flap, 1.0);
    index.total = index.slit + index.flap - index.slit * index.flap;
    return index;
}

RiskBand risk_band(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                   const TearingSettings& settings, const RiskIndex& centre) {
    if (settings.tear_model == TearModel::none || depth.size() == 0) return {};
    constexpr double smallest = 1e-300;  // keeps the logit finite at indices of exactly 0 and 1
    const auto safe = [&](double p) { return std::clamp(p, smallest, 1.0 - 1e-15); };
    const double here = logit(safe(centre.total));
    double up = 0.0, down = 0.0;  // squares
    for (const Input& in : uncertain_inputs(skin, settings.unstated_range)) {
        double highest = 0.0, lowest = 0.0;  // either end of an input may be the severe one
        for (const double factor : {in.lo, in.hi}) {
            Skin moved = skin;
            in.scale(moved, factor);
            const double change = logit(safe(risk_index(moved, device, use, depth, settings).total)) - here;
            highest = std::max(highest, change);
            lowest = std::min(lowest, change);
        }
        up += highest * highest;
        down += lowest * lowest;
    }
    if (centre.total == 0.0 && up == 0.0) return {};
    return {std::min(from_logit(here - std::sqrt(down)), centre.total),
            std::max(from_logit(here + std::sqrt(up)), centre.total)};
}

}  // namespace skin::tearing
