// How a device is used, and how much the hand varies (data/uses/*.toml holds the same defaults with their sources).
#pragma once

#include <variant>

#include "skin/core/describe.hpp"

namespace skin {

/// Test rig: the base moves by a set distance after first contact.
struct Travel {
    double distance = 1.0e-3;  ///< [m] base travel after first contact
    double speed = 1.0e-3;     ///< [m/s] of the base
};
template <>
struct Describe<Travel> {
    using U = Travel;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"distance", &U::distance, "m", "base travel after first contact", {}, 0.0, 0.02, "insertion"},
                          Field{"speed", &U::speed, "m/s", "of the base", {}, 1e-9, 100.0, "insertion"}};
    }
    // clang-format on
};

/// Test rig or hand: a set force on the whole device.
struct Pressing {
    double force = 1.0;            ///< [N] on the whole device
    double speed = 1.0e-3;         ///< [m/s] of approach
    double force_variation = 0.0;  ///< [1] coefficient of variation from press to press, lognormal
    double tremor = 0.0;           ///< [m] root mean square of the hand's sideways motion on each axis while it presses
};
template <>
struct Describe<Pressing> {
    using U = Pressing;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"force", &U::force, "N", "on the whole device", {}, 0.0, 1000.0, "insertion"},
                          Field{"speed", &U::speed, "m/s", "of approach", {}, 1e-9, 100.0, "insertion"},
                          Field{"force_variation", &U::force_variation, "1", "coefficient of variation from press to press", {}, 0.0, 3.0, "insertion"},
                          Field{"tremor", &U::tremor, "m", "root mean square of the hand's sideways motion on each axis", {}, 0.0, 0.01, "tearing"}};
    }
    // clang-format on
};

/// Applicator: the device hits the skin with kinetic energy.
struct Impact {
    double velocity = 1.0;           ///< [m/s] at contact
    double mass = 0.02;              ///< [kg] moving mass
    double backing_stiffness = 0.0;  ///< [N/m] of what lies under the skin, 0: rigid (drive_model = dynamic)
    double backing_mass = 0.0;       ///< [kg] that moves with it (drive_model = dynamic)
};
template <>
struct Describe<Impact> {
    using U = Impact;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"velocity", &U::velocity, "m/s", "at contact", {}, 0.0, 100.0, "insertion"},
                          Field{"mass", &U::mass, "kg", "moving mass", {}, 1e-6, 10.0, "insertion"},
                          Field{"backing_stiffness", &U::backing_stiffness, "N/m", "of what lies under the skin, 0: rigid", {}, 0.0, 1e9, "insertion"},
                          Field{"backing_mass", &U::backing_mass, "kg", "that moves with it", {}, 0.0, 100.0, "insertion"}};
    }
    // clang-format on
};

/// A hand rolls a drum: force and speed vary from pass to pass, slip from contact to contact.
struct Rolling {
    double force = 3.0;            ///< [N] on the whole roller
    double speed = 0.05;           ///< [m/s] of the hand
    int passes = 15;               ///< [1] over the same area, directions in turn
    double slip = 0.0;             ///< [1] what exceeds free rolling: 0 free, 1 locked drum
    double side_slip = 0.0;        ///< [rad] angle between velocity and rolling plane
    double yaw_rate = 0.0;         ///< [rad/s] turning while pressed
    bool held = true;              ///< [1] skin held taut by the other hand
    double force_variation = 0.4;  ///< [1] coefficient of variation of the force from pass to pass, lognormal
    double speed_variation = 0.3;  ///< [1] coefficient of variation of the speed from pass to pass, lognormal
    double slip_spread = 0.02;     ///< [1] standard deviation of slip from contact to contact
    double side_slip_spread = 0.03490658503988659;  ///< [rad] standard deviation of side-slip from contact to contact
    double stroke_length = 0.05;                    ///< [m] distance from touchdown to lift
    double stroke_share = 0.5;  ///< [1] share of the variance of slip and side-slip that lasts a whole stroke
    bool lifted = true;         ///< [1] lifted out between strokes; false: rolled to and fro in the skin
    double turn_pressed = 0.0;  ///< [rad] by which it is turned at the end of a stroke with its needles in the skin
    double jammed_share = 0.0;  ///< [1] share of strokes in which the drum jams on the way and ploughs to the end
};
template <>
struct Describe<Rolling> {
    using U = Rolling;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"force", &U::force, "N", "on the whole roller", {}, 0.0, 1000.0, "insertion"},
            Field{"speed", &U::speed, "m/s", "of the hand", {}, 1e-6, 10.0, "insertion tearing"},
            Field{"passes", &U::passes, "1", "over the same area, directions in turn", {}, 0, 1000, "insertion"},
            Field{"slip", &U::slip, "1", "what exceeds free rolling: 0 free, 1 locked drum", {}, -0.5, 1.0, "tearing"},
            Field{"side_slip", &U::side_slip, "rad", "angle between velocity and rolling plane", {}, -1.0, 1.0, "tearing"},
            Field{"yaw_rate", &U::yaw_rate, "rad/s", "turning while pressed", {}, -20.0, 20.0, "tearing"},
            Field{"held", &U::held, "1", "skin held taut by the other hand"},
            Field{"force_variation", &U::force_variation, "1", "coefficient of variation of the force from pass to pass", {}, 0.0, 3.0, "insertion"},
            Field{"speed_variation", &U::speed_variation, "1", "coefficient of variation of the speed from pass to pass", {}, 0.0, 3.0, "insertion"},
            Field{"slip_spread", &U::slip_spread, "1", "standard deviation of slip from contact to contact", {}, 0.0, 0.5, "tearing"},
            Field{"side_slip_spread", &U::side_slip_spread, "rad", "standard deviation of side-slip from contact to contact", {}, 0.0, 1.0, "tearing"},
            Field{"stroke_length", &U::stroke_length, "m", "distance from touchdown to lift", {}, 1e-3, 1.0, "tearing"},
            Field{"stroke_share", &U::stroke_share, "1", "share of the variance of slip and side-slip that lasts a whole stroke", {}, 0.0, 1.0, "tearing"},
            Field{"lifted", &U::lifted, "1", "lifted out between strokes; false: rolled to and fro in the skin"},
            Field{"turn_pressed", &U::turn_pressed, "rad", "by which it is turned at the end of a stroke with its needles in the skin", {}, -3.2, 3.2, "tearing"},
            Field{"jammed_share", &U::jammed_share, "1", "share of strokes in which the drum jams on the way and ploughs to the end", {}, 0.0, 1.0, "tearing"},
        };
    }
    // clang-format on
};

/// A hand glides a pen over the skin.
struct Gliding {
    double speed = 0.01;                ///< [m/s] of the hand
    double force = 1.5;                 ///< [N] of the nose on the skin
    int passes = 1;                     ///< [1] over the same area
    double hole_fraction = 0.125;       ///< [1] share of strikes that make a hole of their own, eta_h
    double force_variation = 0.3;       ///< [1] coefficient of variation of the nose force from pass to pass, lognormal
    double speed_variation = 0.3;       ///< [1] coefficient of variation of the speed from pass to pass, lognormal
    double protrusion_spread = 8.7e-5;  ///< [m] standard deviation of the protrusion from stroke to stroke
};
template <>
struct Describe<Gliding> {
    using U = Gliding;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"speed", &U::speed, "m/s", "of the hand", {}, 1e-6, 10.0, "insertion tearing"},
            Field{"force", &U::force, "N", "of the nose on the skin", {}, 0.0, 1000.0, "insertion"},
            Field{"passes", &U::passes, "1", "over the same area", {}, 0, 1000, "insertion"},
            Field{"hole_fraction", &U::hole_fraction, "1", "share of strikes that make a hole of their own", {}, 0.0, 1.0, "insertion"},
            Field{"force_variation", &U::force_variation, "1", "coefficient of variation of the nose force from pass to pass", {}, 0.0, 3.0, "insertion"},
            Field{"speed_variation", &U::speed_variation, "1", "coefficient of variation of the speed from pass to pass", {}, 0.0, 3.0, "insertion"},
            Field{"protrusion_spread", &U::protrusion_spread, "m", "standard deviation of the protrusion from stroke to stroke", {}, 0.0, 1e-3, "insertion"},
        };
    }
    // clang-format on
};

using Use = std::variant<Travel, Pressing, Impact, Rolling, Gliding>;

void validate_use(const Use& use);

}  // namespace skin
