// insert() for one needle on a rig: the whole curve, then the channel it leaves.
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "insertion/needle_end.hpp"
#include "insertion/needle_load.hpp"
#include "insertion/report.hpp"
#include "insertion/toughness_laws.hpp"
#include "insertion/withdrawal.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

using insertion::Balance;
using insertion::ForceParts;
using insertion::LayeredNeedle;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// In front of a barrier the load above that of the sliding tip waits at the tip: it counts as cutting.
ForceParts reported_parts(const LayeredNeedle::Strike& strike, const Balance& state) {
    if (state.depth <= 0.0) return {};
    ForceParts parts = strike.parts(state.depth);
    parts.cutting = state.force - parts.spreading - parts.friction;
    return parts;
}

void fill_curve(InsertionResult& r, const LayeredNeedle::Strike& strike, double distance,
                const InsertionSettings& settings) {
    const Eigen::Index n = settings.n_samples;
    r.travel = Eigen::VectorXd::LinSpaced(n, 0.0, distance);
    for (auto* column :
         {&r.force, &r.cutting_force, &r.spreading_force, &r.friction_force, &r.tip_depth, &r.deflection}) {
        column->setZero(n);
    }
    for (Eigen::Index i = 0; i < n; ++i) {
        const Balance state = strike.at_travel(r.travel[i], settings.tolerance);
        const ForceParts parts = reported_parts(strike, state);
        r.force[i] = state.force;
        r.tip_depth[i] = state.depth;
        r.deflection[i] = state.deflection;
        r.cutting_force[i] = parts.cutting;
        r.spreading_force[i] = parts.spreading;
        r.friction_force[i] = parts.friction;
        if (i > 0) r.energy += 0.5 * (r.force[i] + r.force[i - 1]) * (r.travel[i] - r.travel[i - 1]);
    }
}

void fill_entries(InsertionResult& r, const LayeredNeedle::Strike& strike, double depth, double tolerance) {
    const auto tops = strike.tops();
    r.reached.setZero(static_cast<Eigen::Index>(tops.size()));
    r.entry_force.setConstant(static_cast<Eigen::Index>(tops.size()), nan);
    r.puncture_depth = nan;
    for (std::size_t i = 0; i < tops.size() && depth > tops[i]; ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        r.reached[at] = 1.0;
        r.entry_force[at] = strike.has_barrier(i) ? strike.barrier(i) : strike.force_above(i);
    }
    if (depth <= 0.0) return;
    r.puncture_force = r.entry_force[0];
    // Right after it: the balance at the same travel, beyond the barrier.
    const double travel = strike.deflection().depth(r.puncture_force);
    r.puncture_depth = std::min(strike.at_travel(std::nextafter(travel, 1.0), tolerance).depth, depth);
}

void fill_withdrawal(InsertionResult& r, const LayeredNeedle::Strike& strike, const Balance& end) {
    auto out = insertion::withdraw(strike, end, r.travel.size());
    r.withdrawal_travel = std::move(out.travel);
    r.withdrawal_force = std::move(out.force);
    r.withdrawal_depth = std::move(out.depth);
    r.holding_force = out.holding_force;
    r.hysteresis_energy = end.depth > 0.0 ? r.energy - out.returned_energy : 0.0;
    r.friction_energy = 2.0 * out.friction_energy;  // in and out over the same wall
}

void check_arguments(const Skin& skin, const Needle& needle, const Travel& use, const InsertionSettings& settings) {
    validate_skin(skin);
    validate_needle(needle);
    validate_use(use);
    insertion::check_settings(settings);
    insertion::check_drive(settings, false);
    if (settings.deflection_model == DeflectionModel::none && use.distance > needle.length) {
        throw ParameterError(
            text("travel.distance = %g m is beyond needle.length = %g m: with deflection_model = none the "
                 "base cannot follow",
                 use.distance, needle.length));
    }
}

}  // namespace

insertion::NeedleEnd insertion::needle_end(const Skin& skin, const Needle& needle, const Travel& use,
                                           const InsertionSettings& settings) {
    check_arguments(skin, needle, use, settings);
    const LayeredNeedle model(skin, needle, settings, use.speed, use.speed);
    const LayeredNeedle::Strike strike = model.at(model.nominal_tops(), use.speed);
    InsertionResult entries;
    const double depth = strike.at_travel(use.distance, settings.tolerance).depth;
    fill_entries(entries, strike, depth, settings.tolerance);
    return {depth, entries.puncture_force};
}

InsertionResult insert(const Skin& skin, const Needle& needle, const Travel& use, const InsertionSettings& settings) {
    check_arguments(skin, needle, use, settings);
    const LayeredNeedle model(skin, needle, settings, use.speed, use.speed);
    const LayeredNeedle::Strike strike = model.at(model.nominal_tops(), use.speed);

    InsertionResult r;
    r.info = insertion::describe_run(skin, needle, settings, use.speed);
    fill_curve(r, strike, use.distance, settings);
    const Balance end = strike.at_travel(use.distance, settings.tolerance);
    fill_entries(r, strike, end.depth, settings.tolerance);
    r.depth = Eigen::VectorXd::Constant(1, end.depth);
    r.strike_force = Eigen::VectorXd::Constant(1, end.peak_force);
    r.depth_mean = end.depth;
    r.punctured_fraction = end.depth > 0.0 ? 1.0 : 0.0;
    fill_withdrawal(r, strike, end);
    r.toughness_law_depth = insertion::under_each_toughness_law(
        skin, needle, settings, use.speed, use.speed,
        [&](const LayeredNeedle& other, const InsertionSettings&) {
            return other.at(other.nominal_tops(), use.speed).at_travel(use.distance, settings.tolerance).depth;
        },
        end.depth);
    r.strike_x = r.strike_y = Eigen::VectorXd::Zero(1);
    insertion::warn_below_skin(r.info, skin, end.depth);
    insertion::warn_deep_dimple(r.info, skin, settings, r.deflection.maxCoeff());
    insertion::judge_needle(r, model, strike, end.depth, end.peak_force, 0.0);

    r.wound = insertion::empty_wound(needle, end.depth > 0.0 ? 1 : 0, false);
    if (end.depth > 0.0) {
        const double mouth = radius_at(needle, end.depth);
        r.channel_depth = skin.mechanics.depth_recoil * end.depth;
        r.channel_radius = skin.mechanics.initial_recoil * mouth;
        r.histology_depth = insertion::histology_depth(skin, strike.tops(), end.depth);
        r.wound.area = std::numbers::pi * skin.mechanics.tension_span * skin.mechanics.tension_span;
        r.wound.depth[0] = end.depth;
        r.wound.channel_depth[0] = r.channel_depth;
        r.wound.channel_radius[0] = r.channel_radius;
        r.wound.mouth_radius[0] = mouth;
        r.wound.entry_speed[0] = use.speed;
        r.wound.dwell_time[0] = 2.0 * end.depth / use.speed;  // in and out at the same speed
    }
    return r;
}

}  // namespace skin
