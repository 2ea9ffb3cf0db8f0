// From skin, device and use to the equations of motion without units, and the scales that lead back.
#pragma once

#include "insertion/dynamic_motion.hpp"
#include "insertion/layered_needle.hpp"

namespace skin::insertion {

struct MotionSetup {
    System system;
    MotionOptions options;
    double length = 1.0, time = 1.0, force = 1.0;  ///< [m], [s], [N] of one needle
    double energy = 1.0;                           ///< [J] of the whole device
    double dome = 0.0;                             ///< [m]
    double skin_mass = 0.0;                        ///< [kg] with one needle
    double wave_reach = 0.0;                       ///< [m] of a shear wave while the needle goes in
};

/// [1] mean of the relaxation function over a load that grows as t^2 for `duration` [s]: what a test at that rate
/// feels.
[[nodiscard]] double relaxation_while_loading(const Mechanics& mechanics, double duration);

/// Nominal layers; `speed` [m/s] is the one of the stiffness. ParameterError when the model cannot be asked for that.
[[nodiscard]] MotionSetup prepare_impact(const Skin& skin, const Stamp& stamp, const Impact& use,
                                         const LayeredNeedle& model, const InsertionSettings& settings);
[[nodiscard]] MotionSetup prepare_rig(const Skin& skin, const Stamp& stamp, const Travel& use, double hold,
                                      const LayeredNeedle& model, const InsertionSettings& settings);
[[nodiscard]] MotionSetup prepare_pen(const Skin& skin, const Pen& pen, double hand_force, double speed, int strokes,
                                      const LayeredNeedle& model, const InsertionSettings& settings);

/// [m] travel of a needle base at which the balance of `insert` has this depth, or this force before it opens.
[[nodiscard]] double equal_travel(const LayeredNeedle::Strike& strike, double depth, double peak_force);
/// [1] strokes at one place: what the settings say, else what hole_fraction means.
[[nodiscard]] int strokes_at_a_place(const Gliding& use, const InsertionSettings& settings);
/// [m] bulge of the skin into the nose.
[[nodiscard]] double dome_of(const Skin& skin, const Pen& pen, double hand_force, const InsertionSettings& settings);

}  // namespace skin::insertion
