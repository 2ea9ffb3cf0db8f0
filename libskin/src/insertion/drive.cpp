// Load sharing of stamps and pens on the nominal skin (docs/theory/insertion.md, section 6). Each strike then
// meets its own thickness at the travel found here.
#include "insertion/drive.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

#include "insertion/array.hpp"
#include "insertion/dynamic_setup.hpp"
#include "insertion/root.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;

// Travel that leaves what the motion in time has left, where the layers lie as the nominal ones, and the largest force.
struct Moved {
    double travel, force;  // [m], [N] of each needle
};
Moved moved_by(MotionSetup setup, const LayeredNeedle::Strike& strike) {
    setup.system.energies = false;
    const Motion motion = solve_motion(setup.system, setup.options);
    const double force = motion.peak_force * setup.force;
    return {equal_travel(strike, motion.depth * setup.length, force), force};
}

// The motion knows a mean needle. At its largest load the needles share as they do at rest: those at the rim get more
// travel than equal loads would give them, those inside less. Without a far field nobody gets more.
Eigen::VectorXd shared(const Moved& mean, NeedleArray& array, const InsertionCurve& curve, Eigen::Index needles,
                       Eigen::Index strikes) {
    const ArrayBalance state = array.at_force(mean.force * static_cast<double>(needles));
    const double equal = curve.travel_at_force(state.total / static_cast<double>(needles));
    Eigen::VectorXd travel(strikes);
    for (Eigen::Index i = 0; i < strikes; ++i) {
        travel[i] = std::max(mean.travel + state.deepest[array.group_of(i % needles)] - equal, 0.0);
    }
    return travel;
}

}  // namespace

double force_going_out(const LayeredNeedle::Strike& strike, const Balance& deepest, double retreat) {
    return strike.deflection().force(std::max(deepest.deflection - retreat, 0.0));
}

bool same_hand(const StrikePattern& pattern, Eigen::Index i) {
    return i > 0 && pattern.hand_force[i] == pattern.hand_force[i - 1] && pattern.speed[i] == pattern.speed[i - 1];
}

Eigen::VectorXd stamp_travel(const Skin& skin, const Stamp& stamp, const Use& use, const StrikePattern& pattern,
                             const LayeredNeedle& model, const InsertionSettings& settings) {
    const double speed = pattern.speed[0];
    if (!(speed > 0.0)) return Eigen::VectorXd::Zero(pattern.x.size());  // an impact without velocity
    if (const auto* hit = std::get_if<Impact>(&use); hit != nullptr && settings.drive_model == DriveModel::dynamic) {
        const MotionSetup setup = prepare_impact(skin, stamp, *hit, model, settings);
        const Moved mean = moved_by(setup, model.at(model.nominal_tops(), speed));
        if (settings.array_coupling != ArrayCoupling::layered) {
            return Eigen::VectorXd::Constant(pattern.x.size(), mean.travel);
        }
        const InsertionCurve at_speed(skin, stamp.needle, speed, settings);
        NeedleArray plate(stamp, at_speed, far_field_of(skin, settings, model.rate_factor_at(speed)));
        return shared(mean, plate, at_speed, needle_count(stamp), pattern.x.size());
    }
    const InsertionCurve curve(skin, stamp.needle, speed, settings);
    NeedleArray array(stamp, curve, far_field_of(skin, settings, model.rate_factor_at(speed)));
    const Eigen::Index needles = needle_count(stamp);

    Eigen::VectorXd travel(pattern.x.size());
    ArrayBalance state;
    for (Eigen::Index i = 0; i < travel.size(); ++i) {
        if (!same_hand(pattern, i)) {
            if (const auto* rig = std::get_if<Travel>(&use)) {
                state = array.at_travel(rig->distance);
            } else if (const auto* hit = std::get_if<Impact>(&use)) {
                state = array.at_energy(0.5 * hit->mass * hit->velocity * hit->velocity);
            } else {
                state = array.at_force(pattern.hand_force[i]);
            }
        }
        travel[i] = state.deepest[array.group_of(i % needles)];
    }
    return travel;
}

Eigen::VectorXd pen_travel(const Skin& skin, const Pen& pen, const Gliding& use, const StrikePattern& pattern,
                           const LayeredNeedle& model, const InsertionSettings& settings) {
    const auto strike = model.at(model.nominal_tops(), pattern.speed[0]);
    const double stroke = pen.stroke > 0.0 ? pen.stroke : pen.protrusion;
    // Mean over one turn of the crank of the force that the needles return, at deepest travel D.
    const auto mean_force = [&](double D) {
        constexpr int phases = 64;
        const Balance deepest = strike.at_travel(D, settings.tolerance);
        double sum = 0.0;
        for (int k = 0; k < phases; ++k) {
            const double retreat = 0.5 * stroke * (1.0 - std::cos(pi * (k + 0.5) / phases));  // from the deepest point
            sum += strike.at_travel(D - retreat, settings.tolerance).force + force_going_out(strike, deepest, retreat);
        }
        return pen.count * sum / (2.0 * phases);
    };
    Eigen::VectorXd travel(pattern.x.size());
    double lift = 0.0, bulge = 0.0, of_motion = 0.0;
    for (Eigen::Index i = 0; i < travel.size(); ++i) {
        const bool new_hand = !same_hand(pattern, i);
        if (new_hand) bulge = dome_of(skin, pen, pattern.hand_force[i], settings);
        if (settings.drive_model == DriveModel::dynamic) {
            if (new_hand) {
                of_motion = moved_by(prepare_pen(skin, pen, pattern.hand_force[i], pattern.speed[i],
                                                 strokes_at_a_place(use, settings), model, settings),
                                     strike)
                                .travel;
            }
            travel[i] = std::max(of_motion + pattern.protrusion[i] - pen.protrusion, 0.0);
            continue;
        }
        const double nominal = std::max(pen.protrusion - pen.nose_gap + bulge, 0.0);
        if (new_hand) {
            // The hand must carry at least that mean, or the nose leaves the skin by `lift` (momentum over one turn).
            const double excess = mean_force(nominal) - pattern.hand_force[i];
            lift = 0.0;
            if (excess > 0.0) {
                const auto short_of = [&](double g) { return pattern.hand_force[i] - mean_force(nominal - g); };
                lift = bracketed_root(short_of, 0.0, nominal, -excess, pattern.hand_force[i], 1e-8);
            }
        }
        travel[i] = std::max(pattern.protrusion[i] - pen.nose_gap + bulge - lift, 0.0);
    }
    return travel;
}

}  // namespace skin::insertion
