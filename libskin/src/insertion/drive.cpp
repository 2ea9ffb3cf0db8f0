// Load sharing of stamps, pens and rollers on the nominal skin (docs/theory/insertion.md, section 6). Each strike then
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

// On the way out the tip stays where it is and the skin under it recovers: F = F(u_max - what the base went back).
double force_going_out(const LayeredNeedle::Strike& strike, const Balance& deepest, double retreat) {
    return strike.deflection().force(std::max(deepest.deflection - retreat, 0.0));
}

// Travel that leaves what the motion in time has left, where the layers lie as the nominal ones.
double travel_of_motion(MotionSetup setup, const LayeredNeedle::Strike& strike) {
    setup.system.energies = false;
    const Motion motion = solve_motion(setup.system, setup.options);
    return equal_travel(strike, motion.depth * setup.length, motion.peak_force * setup.force);
}

// Same hand force and speed as the strike before: same balance.
bool same_hand(const StrikePattern& pattern, Eigen::Index i) {
    return i > 0 && pattern.hand_force[i] == pattern.hand_force[i - 1] && pattern.speed[i] == pattern.speed[i - 1];
}

}  // namespace

Eigen::VectorXd stamp_travel(const Skin& skin, const Stamp& stamp, const Use& use, const StrikePattern& pattern,
                             const LayeredNeedle& model, const InsertionSettings& settings) {
    const double speed = pattern.speed[0];
    if (!(speed > 0.0)) return Eigen::VectorXd::Zero(pattern.x.size());  // an impact without velocity
    if (const auto* hit = std::get_if<Impact>(&use); hit != nullptr && settings.drive_model == DriveModel::dynamic) {
        const MotionSetup setup = prepare_impact(skin, stamp, *hit, model, settings);
        return Eigen::VectorXd::Constant(pattern.x.size(),
                                         travel_of_motion(setup, model.at(model.nominal_tops(), speed)));
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
                of_motion = travel_of_motion(prepare_pen(skin, pen, pattern.hand_force[i], pattern.speed[i],
                                                         strokes_at_a_place(use, settings), model, settings),
                                             strike);
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

namespace {

// Rings that stand alike when a needle of the first ring is at the bottom: how far turned, in steps between needles,
// and how many.
struct RingClass {
    double turned;
    int rings;
};
std::vector<RingClass> ring_classes(const Roller& roller) {
    constexpr double same = 1e-9;
    std::vector<RingClass> classes;
    for (int ring = 0; ring < roller.rings; ++ring) {
        double turned = ring * roller.stagger - std::floor(ring * roller.stagger + same);
        turned = std::max(turned, 0.0);
        const auto known = std::find_if(classes.begin(), classes.end(),
                                        [&](const RingClass& c) { return std::abs(c.turned - turned) < same; });
        if (known == classes.end()) {
            classes.push_back({turned, 1});
        } else {
            ++known->rings;
        }
    }
    return classes;
}

// Vertical force of all needles when the deepest ones, upright at the bottom, have the travel D (eq. 36). A needle at
// angle q reaches the skin along its own axis: its base has the travel (r + L) - (r + L - D)/cos q.
double drum_force(const Roller& roller, const std::vector<RingClass>& classes, const LayeredNeedle::Strike& strike,
                  double D, double tolerance) {
    const double tip_circle = roller.drum_radius + roller.needle.length, axle = tip_circle - D;
    const double step = 2.0 * pi / roller.needles_per_ring;
    const Balance deepest = strike.at_travel(D, tolerance);
    const auto travel_at = [&](double q) { return tip_circle - axle / std::cos(q); };
    double total = 0.0;
    for (const RingClass& c : classes) {
        double sum = c.turned == 0.0 ? deepest.force : 0.0;
        for (int k = c.turned == 0.0 ? 1 : 0; (k + c.turned) * step < 0.5 * pi; ++k) {  // on the way in
            const double q = (k + c.turned) * step, travel = travel_at(q);
            if (!(travel > 0.0)) break;
            sum += std::cos(q) * strike.at_travel(travel, tolerance).force;
        }
        for (int k = 1; (k - c.turned) * step < 0.5 * pi; ++k) {  // on the way out
            const double q = (k - c.turned) * step, travel = travel_at(q);
            if (!(travel > 0.0)) break;
            sum += std::cos(q) * force_going_out(strike, deepest, D - travel);
        }
        total += c.rings * sum;
    }
    return total;
}

}  // namespace

Eigen::VectorXd roller_travel(const Roller& roller, const StrikePattern& pattern, const LayeredNeedle& model,
                              const InsertionSettings& settings) {
    const auto classes = ring_classes(roller);
    Eigen::VectorXd travel(pattern.x.size());
    for (Eigen::Index i = 0; i < travel.size(); ++i) {
        if (same_hand(pattern, i)) {
            travel[i] = travel[i - 1];
            continue;
        }
        const auto strike = model.at(model.nominal_tops(), pattern.speed[i]);
        const auto force = [&](double D) { return drum_force(roller, classes, strike, D, settings.tolerance); };
        // First balance on loading: scan, because the force drops when a barrier gives way.
        constexpr int points = 48;
        const double hand = pattern.hand_force[i], contact = roller.needle.length;
        double low = 0.0, at_low = -hand;
        travel[i] = hand > 0.0 ? contact : 0.0;  // drum contact: the skin under the drum carries the rest
        for (int k = 1; k <= points && hand > 0.0; ++k) {
            const double high = contact * k / points;
            const double at_high = force(high) - hand;
            if (at_high >= 0.0) {
                travel[i] = bracketed_root([&](double D) { return force(D) - hand; }, low, high, at_low, at_high,
                                           settings.tolerance);
                break;
            }
            low = high, at_low = at_high;
        }
    }
    return travel;
}

}  // namespace skin::insertion
