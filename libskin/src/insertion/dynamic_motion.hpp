// The motion in time: dense-output steps, events bracketed on them, a restart after each, and the energy of every
// stroke.
#pragma once

#include <vector>

#include "insertion/dynamic_system.hpp"

namespace skin::insertion {

struct MotionOptions {
    double tolerance = 1e-8;    ///< absolute and relative, of each step
    double longest_step = 0.3;  ///< so that no event is stepped over
    double end = 0.0;           ///< when to give up, or where the hold of a rig ends
    double speed = 0.0;         ///< of the needle base at the start; of impact and rig
    int strokes = 1;
    bool record = false;        ///< keep every step
    double time_scale = 1.0;    ///< [s] for messages
    double length_scale = 1.0;  ///< [m] for messages
};

/// What one stroke (or one impact) has come to at its end. Energies since the start of the motion.
struct StrokeRow {
    double depth = 0.0, approach = 0.0, peak_force = 0.0, lift = 0.0;
    double work = 0.0, kinetic = 0.0, linkage = 0.0, damped = 0.0, cutting = 0.0, friction = 0.0, stored = 0.0,
           relaxed = 0.0, lost = 0.0, backed = 0.0;
    [[nodiscard]] double imbalance() const noexcept {
        return work - (kinetic + linkage + damped + cutting + friction + stored + relaxed + lost + backed);
    }
};

struct MotionSample {
    double t, x, h, u, force, z, turn;
};

struct Motion {
    std::vector<StrokeRow> rows;        ///< of the strokes that were completed
    std::vector<MotionSample> samples;  ///< if recorded: at the start, after every step, on both sides of every event
    StrokeRow deepest;                  ///< of an impact, where the needle base first stops against the skin
    double rebound = 0.0;               ///< speed of a stamp that left the skin
    double end = 0.0;                   ///< when the motion ended
    double depth = 0.0, peak_force = 0.0;  ///< of all strokes, begun ones too
    int n_steps = 0, n_events = 0;
    bool timed_out = false;  ///< the end came first: a stalled crank, or an impact that never lets go
};

/// SolverError when steps become too small, events chatter, or the state is not finite.
[[nodiscard]] Motion solve_motion(const System& system, const MotionOptions& options);

}  // namespace skin::insertion
