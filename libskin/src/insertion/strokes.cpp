// strokes(): the motion of an impact, of a pen or of a rig, back in units and with what it says about itself.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "insertion/dynamic_setup.hpp"
#include "insertion/report.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/device/strike_pattern.hpp"

namespace skin {

using insertion::LayeredNeedle;
using insertion::Motion;
using insertion::MotionSample;
using insertion::MotionSetup;
using insertion::StrokeRow;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

void fill_times(StrokesResult& r, const Motion& motion, const MotionSetup& s, bool pen) {
    const auto n = static_cast<Eigen::Index>(motion.samples.size());
    for (auto* column :
         {&r.time, &r.carrier, &r.tip_depth, &r.deflection, &r.force, &r.nose_lift, &r.backing, &r.frequency}) {
        column->setZero(n);
    }
    for (Eigen::Index i = 0; i < n; ++i) {
        const MotionSample& at = motion.samples[static_cast<std::size_t>(i)];
        r.time[i] = at.t * s.time;
        r.carrier[i] = at.x * s.length;
        r.tip_depth[i] = std::max(at.h, 0.0) * s.length;
        r.deflection[i] = at.u * s.length;
        r.force[i] = at.force * s.force;
        if (pen) {
            r.nose_lift[i] = -at.z * s.length;
            r.frequency[i] = at.turn / (two_pi * s.time);
        } else {
            r.backing[i] = at.z * s.length;
        }
    }
}

// What went into one stroke: what was added since the last one, or what turned over in it.
void fill_strokes(StrokesResult& r, const Motion& motion, const MotionSetup& s) {
    const auto n = static_cast<Eigen::Index>(motion.rows.size());
    for (auto* column : {&r.depth, &r.travel, &r.peak_force, &r.lift, &r.work, &r.kinetic, &r.linkage, &r.damped,
                         &r.cutting, &r.friction, &r.stored, &r.relaxed, &r.snapped, &r.backed, &r.imbalance}) {
        column->setZero(n);
    }
    StrokeRow last;
    for (Eigen::Index i = 0; i < n; ++i) {
        const StrokeRow& row = motion.rows[static_cast<std::size_t>(i)];
        r.depth[i] = row.depth * s.length;
        r.travel[i] = row.approach * s.length;
        r.peak_force[i] = row.peak_force * s.force;
        r.lift[i] = row.lift * s.length;
        r.work[i] = (row.work - last.work) * s.energy;
        r.kinetic[i] = (row.kinetic - last.kinetic) * s.energy;
        r.linkage[i] = (row.linkage - last.linkage) * s.energy;
        r.damped[i] = (row.damped - last.damped) * s.energy;
        r.cutting[i] = (row.cutting - last.cutting) * s.energy;
        r.friction[i] = (row.friction - last.friction) * s.energy;
        r.stored[i] = (row.stored - last.stored) * s.energy;
        r.relaxed[i] = (row.relaxed - last.relaxed) * s.energy;
        r.snapped[i] = (row.lost - last.lost) * s.energy;
        r.backed[i] = (row.backed - last.backed) * s.energy;
        const double put_in = std::abs(row.work - last.work);
        r.imbalance[i] = put_in > 0.0 ? (row.imbalance() - last.imbalance()) / put_in : 0.0;
        last = row;
    }
}

ResultInfo describe_motion(const Skin& skin, const Needle& needle, const InsertionSettings& settings, double speed,
                           const MotionSetup& s) {
    InsertionSettings used = settings;
    used.drive_model = DriveModel::dynamic;
    ResultInfo info = insertion::describe_run(skin, needle, used, speed);
    if (settings.skin_mass == SkinMass::none && s.wave_reach < skin.thickness() && speed > 0.0 &&
        s.wave_reach < 2.0 * needle.length) {
        info.warn("outside_validated_range", "insertion.skin_mass",
                  text("while the needle goes in a shear wave reaches %.3g mm only: the inertia of the skin, which "
                       "settings.skin_mass = none leaves out, begins to confine it",
                       1e3 * s.wave_reach));
    }
    return info;
}

}  // namespace

StrokesResult strokes(const Skin& skin, const Device& device, const Use& use, const InsertionSettings& settings,
                      double hold) {
    validate_skin(skin);
    insertion::check_settings(settings);
    check_range("hold", hold, "s", 0.0, 1e6);
    const StrikePattern pattern = strike_pattern(device, use, 1, 0);  // checks that they fit, and knows the speed
    const Needle& needle = needle_of(device);
    const auto* rig = std::get_if<Travel>(&use);
    if (hold > 0.0 && rig == nullptr) {
        throw ParameterError(text("hold = %g s was given but only use = Travel holds its needles in the skin", hold));
    }
    StrokesResult r;
    const auto* pen = std::get_if<Pen>(&device);
    const auto* hit = std::get_if<Impact>(&use);
    if (pen == nullptr && hit == nullptr && rig == nullptr) {
        throw ParameterError("strokes() follows a Pen with Gliding, or a Stamp with Impact or Travel");
    }
    double speed = 0.0;
    if (pen != nullptr) {
        const double stroke = pen->stroke > 0.0 ? pen->stroke : pen->protrusion;
        speed = std::numbers::pi * pen->frequency * stroke;
    } else {
        speed = hit != nullptr ? hit->velocity : rig->speed;
    }
    if (!(speed > 0.0) || (rig != nullptr && !(rig->distance > 0.0))) {  // nothing moves
        r.info = insertion::describe_run(skin, needle, settings, 0.0);
        return r;
    }
    const LayeredNeedle model(skin, needle, settings, speed, speed);
    MotionSetup setup;
    if (pen != nullptr) {
        const auto& gliding = std::get<Gliding>(use);
        setup = insertion::prepare_pen(skin, *pen, gliding.force, speed,
                                       insertion::strokes_at_a_place(gliding, settings), model, settings);
    } else if (hit != nullptr) {
        setup = insertion::prepare_impact(skin, std::get<Stamp>(device), *hit, model, settings);
    } else {
        setup = insertion::prepare_rig(skin, std::get<Stamp>(device), *rig, hold, model, settings);
    }
    setup.options.record = true;
    const Motion motion = insertion::solve_motion(setup.system, setup.options);

    r.info = describe_motion(skin, needle, settings, speed, setup);
    fill_times(r, motion, setup, pen != nullptr);
    fill_strokes(r, motion, setup);
    r.dome = setup.dome;
    r.skin_mass = setup.skin_mass;
    r.n_steps = motion.n_steps;
    r.n_events = motion.n_events;
    if (hit != nullptr) {
        const StrokeRow& deepest = motion.deepest;
        r.skin_share =
            (deepest.cutting + deepest.friction + deepest.stored + deepest.relaxed + deepest.lost) / deepest.work;
        r.backing_share = deepest.backed / deepest.work;
        r.rebound_speed = motion.rebound * setup.length / setup.time;
    }
    if (motion.timed_out) {
        r.info.warn(pen != nullptr ? "motor_stalled" : "still_in_contact", "insertion.drive_model",
                    pen != nullptr
                        ? text("the crank made %zu of %d turns in four times the time they take unloaded: the motor "
                               "stalls on the skin",
                               motion.rows.size(), setup.options.strokes)
                        : text("the stamp was still in contact after %.3g s", motion.end * setup.time));
    }
    if (pen != nullptr && settings.dome_model == DomeModel::elastic && setup.dome > 0.0) {
        const double a = 0.5 * pen->nose_aperture, b = a + pen->nose_width;
        const double strain =
            std::get<Gliding>(use).force / (std::numbers::pi * (b * b - a * a)) / skin.mechanics.far_field_modulus;
        if (strain > 0.2) {
            r.info.warn(
                "outside_validated_range", "insertion.dome_model",
                text("the nose presses with %.2g times the modulus of the skin: linear elasticity gives a dome of "
                     "%.3g mm, which is too much",
                     strain, 1e3 * setup.dome));
        }
    }
    const double deepest = r.depth.size() > 0 ? r.depth.maxCoeff() : 0.0;
    insertion::warn_below_skin(r.info, skin, deepest);
    return r;
}

}  // namespace skin
