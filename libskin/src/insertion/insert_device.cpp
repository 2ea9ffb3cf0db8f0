// insert() for a device: every strike with its own layers, hand force, speed and protrusion.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <unordered_map>
#include <vector>

#include "insertion/drive.hpp"
#include "insertion/needle_load.hpp"
#include "insertion/report.hpp"
#include "insertion/toughness_laws.hpp"
#include "insertion/withdrawal.hpp"
#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/core/validate.hpp"
#include "skin/device/strike_pattern.hpp"

namespace skin {

using insertion::Balance;
using insertion::LayeredNeedle;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Layers as they lie under one strike: thickness is lognormal from needle to needle.
void draw_tops(const Skin& skin, std::uint64_t seed, Eigen::Index strike, std::vector<double>& tops) {
    RandomStream draw(seed, static_cast<std::uint64_t>(strike), StreamId::insertion);
    double top = 0.0;
    for (std::size_t i = 0; i < skin.layers.size(); ++i) {
        tops[i] = top;
        top += draw.lognormal(skin.layers[i].thickness, skin.layers[i].thickness_variation);
    }
}

// [s] how long the needle is in the skin, and [rad] the angle at which it first met it.
struct Contact {
    double time, tilt;
};
Contact contact_of(const Device& device, const Use& use, double travel, double depth, double speed) {
    if (const auto* pen = std::get_if<Pen>(&device)) {
        // Crank: share of the turn that the tip is within `depth` of its deepest point (tearing.md 3.15).
        const double amplitude = 0.5 * (pen->stroke > 0.0 ? pen->stroke : pen->protrusion);
        const double argument = amplitude > 0.0 ? std::clamp(1.0 - depth / amplitude, -1.0, 1.0) : 1.0;
        return {std::acos(argument) / (pi * pen->frequency), 0.0};
    }
    if (const auto* roller = std::get_if<Roller>(&device)) {
        // Rolling back from the bottom by q lifts the tip by (r + L)(1 - cos q); speed = omega (r + L) sin(theta).
        const double tip_circle = roller->drum_radius + roller->needle.length;
        const double full = std::acos(roller->drum_radius / tip_circle);
        const double omega = speed / (tip_circle * std::sin(full));
        const double tilt = std::acos(std::clamp(1.0 - travel / tip_circle, -1.0, 1.0));
        return {2.0 * std::acos(std::clamp(1.0 - depth / tip_circle, -1.0, 1.0)) / omega, tilt};
    }
    if (std::holds_alternative<Impact>(use)) return {pi * depth / speed, 0.0};  // half a sine: stopped and thrown back
    return {2.0 * depth / speed, 0.0};
}

Eigen::VectorXd travel_of(const Skin& skin, const Device& device, const Use& use, const StrikePattern& pattern,
                          const LayeredNeedle& model, const InsertionSettings& settings) {
    if (const auto* stamp = std::get_if<Stamp>(&device)) {
        return insertion::stamp_travel(skin, *stamp, use, pattern, model, settings);
    }
    if (const auto* pen = std::get_if<Pen>(&device)) {
        return insertion::pen_travel(skin, *pen, std::get<Gliding>(use), pattern, model, settings);
    }
    return insertion::roller_travel(std::get<Roller>(device), pattern, model, settings);
}

// One strike at the mean force, speed and protrusion of the hand; of a stamp one a needle, which share the load.
StrikePattern mean_strike(const StrikePattern& all, Eigen::Index n) {
    StrikePattern mean;
    mean.x = mean.y = mean.tilt = mean.time = Eigen::VectorXd::Zero(n);
    mean.hand_force = Eigen::VectorXd::Constant(n, all.hand_force.mean());
    mean.speed = Eigen::VectorXd::Constant(n, all.speed.mean());
    mean.protrusion = Eigen::VectorXd::Constant(n, all.protrusion.mean());
    return mean;
}

Eigen::VectorXd toughness_law_depths(const Skin& skin, const Device& device, const Use& use,
                                     const StrikePattern& pattern, const InsertionSettings& settings) {
    const bool stamp = std::holds_alternative<Stamp>(device);
    const StrikePattern mean = mean_strike(pattern, stamp ? needle_count(device) : 1);
    const double speed = mean.speed[0];
    if (!(speed > 0.0)) return {};
    return insertion::under_each_toughness_law(
        skin, needle_of(device), settings, speed, speed,
        [&](const LayeredNeedle& under, const InsertionSettings& law) {
            const Eigen::VectorXd travel = travel_of(skin, device, use, mean, under, law);
            const auto strike = under.at(under.nominal_tops(), speed);
            double sum = 0.0;
            for (const double D : travel) sum += strike.at_travel(D, settings.tolerance).depth;
            return sum / static_cast<double>(travel.size());
        },
        nan);
}

void fill_wound(InsertionResult& r, const Skin& skin, const Device& device, const Use& use,
                const StrikePattern& pattern, const Eigen::VectorXd& travel) {
    const Needle& needle = needle_of(device);
    const Eigen::Index open = (r.depth.array() > 0.0).count();
    r.wound = insertion::empty_wound(needle, open);
    if (open == 0) return;
    r.wound.area = pattern.area;
    Eigen::Index row = 0;
    for (Eigen::Index i = 0; i < r.depth.size(); ++i) {
        if (!(r.depth[i] > 0.0)) continue;
        const double mouth = radius_at(needle, r.depth[i]);
        const Contact contact = contact_of(device, use, travel[i], r.depth[i], pattern.speed[i]);
        r.wound.x[row] = pattern.x[i];
        r.wound.y[row] = pattern.y[i];
        r.wound.depth[row] = r.depth[i];
        r.wound.channel_depth[row] = skin.mechanics.depth_recoil * r.depth[i];
        r.wound.channel_radius[row] = skin.mechanics.initial_recoil * mouth;
        r.wound.mouth_radius[row] = mouth;
        r.wound.tilt[row] = contact.tilt;
        r.wound.entry_speed[row] = pattern.speed[i];
        r.wound.dwell_time[row] = contact.time;
        r.wound.pass_number[row] = pattern.pass_number[i];
        r.wound.heading[row] = pattern.heading[i];
        r.wound.travelled[row] = pattern.travelled[i];
        r.wound.ring_offset[row] = pattern.ring_offset[i];
        ++row;
    }
}

/// [1] share of strikes that come down within the channel of an older hole: its place, in the order of the strikes.
double reentered_share(const InsertionResult& r, const StrikePattern& pattern) {
    if (r.wound.size() == 0) return 0.0;
    const double cell = std::max(r.wound.channel_radius.maxCoeff(), 1e-9);  // holes further off than a cell never count
    std::unordered_map<std::uint64_t, std::vector<Eigen::Index>> holes;
    const auto key = [](std::int64_t x, std::int64_t y) {
        return static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(y);
    };
    Eigen::Index hole = 0;
    double count = 0.0;
    for (Eigen::Index i = 0; i < pattern.x.size(); ++i) {
        const auto cx = static_cast<std::int64_t>(std::floor(pattern.x[i] / cell));
        const auto cy = static_cast<std::int64_t>(std::floor(pattern.y[i] / cell));
        bool inside = false;
        for (std::int64_t dx = -1; dx <= 1 && !inside; ++dx) {
            for (std::int64_t dy = -1; dy <= 1 && !inside; ++dy) {
                const auto found = holes.find(key(cx + dx, cy + dy));
                if (found == holes.end()) continue;
                for (const Eigen::Index old : found->second) {
                    const double distance = std::hypot(pattern.x[i] - r.wound.x[old], pattern.y[i] - r.wound.y[old]);
                    inside = inside || distance < r.wound.channel_radius[old];
                }
            }
        }
        count += inside ? 1.0 : 0.0;
        if (r.depth[i] > 0.0) holes[key(cx, cy)].push_back(hole++);
    }
    return count / static_cast<double>(pattern.x.size());
}

void fill_statistics(InsertionResult& r, double strikes) {
    r.depth_mean = r.depth.mean();
    r.depth_std = std::sqrt((r.depth.array() - r.depth_mean).square().mean());
    r.punctured_fraction = static_cast<double>(r.wound.size()) / strikes;
    r.reached /= strikes;
    r.energy /= strikes;
    r.holding_force /= strikes;
    r.histology_depth /= strikes;
    r.channel_depth = r.wound.channel_depth.sum() / strikes;
    r.channel_radius = r.wound.channel_radius.sum() / strikes;
}

}  // namespace

InsertionResult insert(const Skin& skin, const Device& device, const Use& use, std::uint64_t seed,
                       const InsertionSettings& settings) {
    validate_skin(skin);
    insertion::check_settings(settings);
    insertion::check_drive(settings, std::holds_alternative<Impact>(use) || std::holds_alternative<Gliding>(use));
    if (const auto* hit = std::get_if<Impact>(&use); hit != nullptr && settings.drive_model != DriveModel::dynamic &&
                                                     (hit->backing_stiffness > 0.0 || hit->backing_mass > 0.0)) {
        throw ParameterError(
            "impact.backing_stiffness or backing_mass was given but settings.drive_model = quasi_static does not use "
            "it");
    }
    const StrikePattern pattern = strike_pattern(device, use, settings.n_needles, seed);
    const Needle& needle = needle_of(device);
    const auto layers = static_cast<Eigen::Index>(skin.layers.size());
    const Eigen::Index n = pattern.x.size();

    InsertionResult r;
    r.seed = seed;
    r.strikes_per_area = pattern.strikes_per_area;
    r.reached.setZero(layers);
    r.entry_force.setConstant(layers, nan);
    r.puncture_depth = nan;
    r.info = insertion::describe_run(skin, needle, settings, n > 0 ? pattern.speed.maxCoeff() : 0.0);
    r.wound = insertion::empty_wound(needle, 0);
    r.buckling_force = buckling_force(needle);
    r.strength_margin = needle.material ? std::numeric_limits<double>::infinity() : nan;
    if (n == 0) return r;  // nothing struck

    const LayeredNeedle model(skin, needle, settings, pattern.speed.minCoeff(), pattern.speed.maxCoeff());
    const Eigen::VectorXd travel = travel_of(skin, device, use, pattern, model, settings);
    r.strike_x = pattern.x;
    r.strike_y = pattern.y;
    r.depth.setZero(n);
    r.strike_force.setZero(n);
    std::vector<double> tops(skin.layers.size());
    double dimple = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        draw_tops(skin, seed, i, tops);
        const auto strike = model.at(tops, pattern.speed[i]);
        const Balance state = strike.at_travel(travel[i], settings.tolerance);
        r.depth[i] = state.depth;
        r.strike_force[i] = state.peak_force;
        dimple = std::max(dimple, state.deflection);
        r.energy += strike.work(state);
        r.holding_force += insertion::holding_force(strike, state.depth);
        r.histology_depth += insertion::histology_depth(skin, tops, state.depth);
        for (Eigen::Index k = 0; k < layers; ++k) r.reached[k] += state.depth > tops[static_cast<std::size_t>(k)];
    }
    fill_wound(r, skin, device, use, pattern, travel);
    fill_statistics(r, static_cast<double>(n));
    r.reentered_fraction = reentered_share(r, pattern);
    r.holes_per_area = r.punctured_fraction * pattern.holes_per_area;
    try {
        r.toughness_law_depth = toughness_law_depths(skin, device, use, pattern, settings);
    } catch (const SolverError& error) {  // of the law that was not asked for: say so, keep the result
        r.info.warn("toughness_laws_not_compared", "insertion.toughness_law_depth", error.what());
    }
    insertion::warn_below_skin(r.info, skin, r.depth.maxCoeff());
    insertion::warn_deep_dimple(r.info, skin, settings, dimple);
    const double tilt = r.wound.size() > 0 ? r.wound.tilt.maxCoeff() : 0.0;
    insertion::judge_needle(r, model, model.at(model.nominal_tops(), pattern.speed.mean()), r.depth.maxCoeff(),
                            r.strike_force.maxCoeff(), tilt);
    if (r.punctured_fraction > 0.0) {  // the entry of the mean strike
        const double speed = pattern.speed.mean();
        const auto strike = model.at(model.nominal_tops(), speed);
        r.puncture_force = strike.barrier(0);
        const double at = std::nextafter(strike.deflection().depth(r.puncture_force), 1.0);
        r.puncture_depth = strike.at_travel(at, settings.tolerance).depth;
        for (Eigen::Index k = 0; k < layers; ++k) {
            const auto layer = static_cast<std::size_t>(k);
            if (r.reached[k] > 0.0)
                r.entry_force[k] = strike.has_barrier(layer) ? strike.barrier(layer) : strike.force_above(layer);
        }
    }
    return r;
}

double InsertionResult::depth_quantile(double q) const {
    check_range("q", q, "1", 0.0, 1.0);
    if (depth.size() == 0) return nan;
    std::vector<double> sorted(depth.begin(), depth.end());
    std::sort(sorted.begin(), sorted.end());
    const double position = q * static_cast<double>(sorted.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(position), sorted.size() - 1);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace skin
