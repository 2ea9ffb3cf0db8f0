// insert() for a device: every strike with its own layers, hand force, speed and protrusion.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include "insertion/drive.hpp"
#include "insertion/holes.hpp"
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
using insertion::Hole;
using insertion::LayeredNeedle;
using insertion::StrikeDrive;

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
Contact contact_of(const Device& device, const Use& use, const StrikeDrive& drive, Eigen::Index strike, double depth,
                   double speed) {
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
        if (const insertion::DrumTrough* trough = drive.trough_of(strike)) {
            return {2.0 * trough->angle_at(trough->travel() - depth) / omega, trough->angle_at(0.0)};
        }
        const double tilt = std::acos(std::clamp(1.0 - drive.travel[strike] / tip_circle, -1.0, 1.0));
        return {2.0 * std::acos(std::clamp(1.0 - depth / tip_circle, -1.0, 1.0)) / omega, tilt};
    }
    if (std::holds_alternative<Impact>(use)) return {pi * depth / speed, 0.0};  // half a sine: stopped and thrown back
    return {2.0 * depth / speed, 0.0};
}

StrikeDrive drive_of(const Skin& skin, const Device& device, const Use& use, const StrikePattern& pattern,
                     const LayeredNeedle& model, const InsertionSettings& settings) {
    if (const auto* stamp = std::get_if<Stamp>(&device)) {
        return {.travel = insertion::stamp_travel(skin, *stamp, use, pattern, model, settings)};
    }
    if (const auto* pen = std::get_if<Pen>(&device)) {
        return {.travel = insertion::pen_travel(skin, *pen, std::get<Gliding>(use), pattern, model, settings)};
    }
    return insertion::roller_drive(skin, std::get<Roller>(device), pattern, model, settings);
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
            const Eigen::VectorXd travel = drive_of(skin, device, use, mean, under, law).travel;
            const auto strike = under.at(under.nominal_tops(), speed);
            double sum = 0.0;
            for (const double D : travel) sum += strike.at_travel(D, settings.tolerance).depth;
            return sum / static_cast<double>(travel.size());
        },
        nan);
}

// [m] within which a strike meets a hole: its open mouth after recoil, or a needle diameter (tearing.md 3.10).
double capture_radius(const Skin& skin, const Needle& needle, HoleCapture capture, double depth) {
    return capture == HoleCapture::needle_diameter ? 2.0 * needle.shaft_radius
                                                   : skin.mechanics.initial_recoil * radius_at(needle, depth);
}

void fill_wound(InsertionResult& r, const Skin& skin, const Device& device, const Use& use,
                const StrikePattern& pattern, const StrikeDrive& drive, const std::vector<Hole>& holes) {
    const Needle& needle = needle_of(device);
    const bool moved = !std::holds_alternative<Stamp>(device);
    r.wound = insertion::empty_wound(needle, static_cast<Eigen::Index>(holes.size()), moved);
    if (holes.empty()) return;
    r.wound.area = pattern.area;
    Eigen::Index row = 0;
    for (const Hole& hole : holes) {
        const Eigen::Index i = hole.strike;
        const double mouth = radius_at(needle, hole.depth);
        const Contact contact = contact_of(device, use, drive, i, r.depth[i], pattern.speed[i]);
        r.wound.x[row] = pattern.x[i];
        r.wound.y[row] = pattern.y[i];
        r.wound.depth[row] = hole.depth;
        r.wound.channel_depth[row] = skin.mechanics.depth_recoil * hole.depth;
        r.wound.channel_radius[row] = skin.mechanics.initial_recoil * mouth;
        r.wound.mouth_radius[row] = mouth;
        r.wound.tilt[row] = contact.tilt;
        r.wound.entry_speed[row] = pattern.speed[i];
        r.wound.dwell_time[row] = contact.time;
        if (moved) {
            r.wound.pass_number[row] = pattern.pass_number[i];
            r.wound.heading[row] = pattern.heading[i];
            r.wound.travelled[row] = pattern.travelled[i];
            r.wound.ring_offset[row] = pattern.ring_offset[i];
        }
        r.wound.visits[row] = hole.visits;
        ++row;
    }
}

void fill_passes(InsertionResult& r, const StrikePattern& pattern) {
    const auto passes = static_cast<Eigen::Index>(pattern.pass_number.maxCoeff()) + 1;
    Eigen::VectorXd strikes = Eigen::VectorXd::Zero(passes);
    r.pass_depth = r.pass_force = Eigen::VectorXd::Zero(passes);
    for (Eigen::Index i = 0; i < r.depth.size(); ++i) {
        const auto pass = static_cast<Eigen::Index>(pattern.pass_number[i]);
        strikes[pass] += 1.0;
        r.pass_depth[pass] += r.depth[i];
        r.pass_force[pass] += r.strike_force[i];
    }
    r.pass_depth.array() /= strikes.array();  // 0/0 is NaN: more passes than strikes that are simulated
    r.pass_force.array() /= strikes.array();
}

void fill_statistics(InsertionResult& r, double strikes) {
    r.depth_mean = r.depth.mean();
    r.depth_std = std::sqrt((r.depth.array() - r.depth_mean).square().mean());
    r.punctured_fraction = static_cast<double>(r.wound.size()) / strikes;
    r.reached /= strikes;
    r.energy /= strikes;
    r.holding_force /= strikes;
    r.histology_depth /= strikes;
    r.channel_depth = r.wound.channel_depth.dot(r.wound.visits) / strikes;
    r.channel_radius = r.wound.channel_radius.dot(r.wound.visits) / strikes;
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
    r.wound = insertion::empty_wound(needle, 0, false);
    r.buckling_force = buckling_force(needle);
    r.strength_margin = needle.material ? std::numeric_limits<double>::infinity() : nan;
    if (n == 0) return r;  // nothing struck

    const LayeredNeedle model(skin, needle, settings, pattern.speed.minCoeff(), pattern.speed.maxCoeff());
    const StrikeDrive drive = drive_of(skin, device, use, pattern, model, settings);
    const Eigen::VectorXd& travel = drive.travel;
    r.strike_x = pattern.x;
    r.strike_y = pattern.y;
    r.depth.setZero(n);
    r.strike_force.setZero(n);
    std::vector<double> tops(skin.layers.size());
    std::vector<Hole> holes;
    const auto radius_of = [&](std::size_t hole) {
        return capture_radius(skin, needle, settings.hole_capture, holes[hole].depth);
    };
    insertion::HoleMap places(capture_radius(skin, needle, settings.hole_capture, needle.length));
    double dimple = 0.0, met = 0.0, missed = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        draw_tops(skin, seed, i, tops);
        const auto strike = model.at(tops, pattern.speed[i]);
        const std::ptrdiff_t old = places.met(pattern.x[i], pattern.y[i], radius_of);
        met += old >= 0 ? 1.0 : 0.0;
        Balance state;
        if (old >= 0 && settings.hole_capture != HoleCapture::none && travel[i] > 0.0) {
            Hole& hole = holes[static_cast<std::size_t>(old)];
            const insertion::Reentry into = insertion::reenter(strike, travel[i], hole.depth, settings.tolerance);
            state = into.state;
            r.energy += into.work;
            hole.visits += 1.0;
            hole.depth = std::max(hole.depth, state.depth);
        } else {
            state = strike.at_travel(travel[i], settings.tolerance);
            r.energy += strike.work(state);
            if (state.depth > 0.0) {
                places.add(pattern.x[i], pattern.y[i], holes.size());
                holes.push_back({.strike = i, .depth = state.depth});
            } else {
                missed += 1.0;
            }
        }
        r.depth[i] = state.depth;
        r.strike_force[i] = state.peak_force;
        dimple = std::max(dimple, state.deflection);
        r.holding_force += insertion::holding_force(strike, state.depth);
        r.histology_depth += insertion::histology_depth(skin, tops, state.depth);
        for (Eigen::Index k = 0; k < layers; ++k) r.reached[k] += state.depth > tops[static_cast<std::size_t>(k)];
    }
    fill_wound(r, skin, device, use, pattern, drive, holes);
    fill_statistics(r, static_cast<double>(n));
    fill_passes(r, pattern);
    r.reentered_fraction = met / static_cast<double>(n);
    r.missed_fraction = missed / static_cast<double>(n);
    r.drum_force = drive.drum_force;
    r.drum_half_width = drive.drum_half_width;
    r.holes_per_area = r.punctured_fraction * pattern.holes_per_area;
    try {
        r.toughness_law_depth = toughness_law_depths(skin, device, use, pattern, settings);
    } catch (const SolverError& error) {  // of the law that was not asked for: say so, keep the result
        r.info.warn("toughness_laws_not_compared", "insertion.toughness_law_depth", error.what());
    }
    insertion::warn_below_skin(r.info, skin, r.depth.maxCoeff());
    insertion::warn_deep_dimple(r.info, skin, settings, dimple);
    double sink = 0.0;
    for (const insertion::DrumTrough& trough : drive.trough) sink = std::max(sink, trough.sink());
    insertion::warn_deep_trough(r.info, skin, sink);
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
