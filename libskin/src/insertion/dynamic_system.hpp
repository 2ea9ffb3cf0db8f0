// The equations of motion of one needle and its share of the device (docs/theory/insertion.md, section 8), without
// units: lengths over the needle length, times over the time scale of the drive, masses over the moving mass of one
// needle.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "insertion/dynamic_skin.hpp"
#include "insertion/sine_cosine.hpp"

namespace skin::insertion {

/// What moves the needle base: a rig at a set speed, its own momentum, or a crank through a linkage.
enum class Drive { rig, impact, pen };

/// Where the tip is: off the skin, at rest in it, opening new skin, or sliding in its hole, in and out.
enum class Touch { off, held, cutting, entering, leaving };

namespace state {
enum Index : std::size_t {
    x,      ///< needle base
    v,      ///< its speed
    h,      ///< depth of the tip in its hole
    b1,     ///< relaxed force of the fast branch, before its share
    b2,     ///< of the slow branch
    z,      ///< nose of a pen into the skin (negative: lifted), or what lies under the skin
    zv,     ///< its speed
    angle,  ///< of the crank
    turn,   ///< its rate
    u,      ///< deflection of the surface, where it has mass
    w,      ///< its speed
};
}  // namespace state

/// What the state holds behind the crank: the surface where it is heavy, and the energies where they are summed up.
template <bool with_skin_mass, bool with_energies>
struct MotionKind {
    static constexpr bool heavy = with_skin_mass, balanced = with_energies;
    static constexpr std::size_t work = heavy ? state::w + 1 : state::u;  ///< done by motor, hand and rig
    static constexpr std::size_t damped = work + 1;                       ///< lost in the linkage
    static constexpr std::size_t relaxed = work + 2;                      ///< lost in the skin
    static constexpr std::size_t used = work + (balanced ? 3 : 0);
    using State = std::array<double, used + used % 2>;  ///< an even number: two fit a register
};

inline constexpr double tiny = 1e-13;  ///< below what decides a switch
/// Of the skin's stiffness: nearer to the fold of the force the tip jumps, steps would shrink to nothing.
inline constexpr double least_yield = 1e-4;

/// What changes at events only.
struct Phase {
    Touch touch = Touch::off;
    int piece = 0;             ///< of the resistance: where the tip cuts next
    bool waiting = true;       ///< the tip has not entered that piece yet
    double deepest = 0.0;      ///< what was cut stays cut
    double up = 0.0;           ///< force at which a held tip goes in
    double low = 0.0;          ///< and out
    bool lifted = false;       ///< the nose is off the skin
    bool plate = false;        ///< the plate presses on the skin: the needle's own patch moves with it
    double plate_at = 0.0;     ///< approach at which that began
    double plate_force = 0.0;  ///< of the needle then: plate and needle together go on from there
    double rubbed = 0.0;       ///< friction work of slides that have ended
    double slide_from = 0.0;   ///< depth where the present slide began
    double lost = 0.0;         ///< energy lost at events
    bool moving = true;        ///< a rig that has not arrived
};

/// Forces on one needle at one instant.
struct Forces {
    double approach = 0.0;  ///< of the needle base to its own patch of resting skin
    double speed = 0.0;     ///< its rate
    double u = 0.0, udot = 0.0;
    double elastic = 0.0;    ///< instantaneous force of the spring
    double stiffness = 0.0;  ///< and its slope
    double skin = 0.0;       ///< elastic less what has relaxed
    double force = 0.0;      ///< between needle and skin
    double hdot = 0.0;
    double lead = 0.0;   ///< rate of the skin's force if the tip did not slide
    double yield = 1.0;  ///< stiffness of skin and resistance in series; 0: the tip jumps
    double plate = 0.0;
    double drive = 0.0;                   ///< from the linkage
    double link_rate = 0.0, lever = 0.0;  ///< at which it is stretched; de/dtheta of the crank
    double acceleration = 0.0, wdot = 0.0;
    double b1dot = 0.0, b2dot = 0.0;
};

struct System {
    SkinSpring spring;
    Resistance resistance;
    Drive drive = Drive::impact;
    double share1 = 0.0, share2 = 0.0;  ///< of the stiffness that relaxes
    double rate1 = 0.0, rate2 = 0.0;    ///< 1/time of the branches
    double skin_mass = 0.0;
    double settling = 0.0;         ///< rate at which a sliding tip goes back to its balance
    double offset = 0.0;           ///< dome less gap: how much earlier the tip meets the skin
    double plate_stiffness = 0.0;  ///< of the skin under the plate
    double plate_reach =
        INFINITY;                ///< the plate meets the skin where the approach exceeds the midway deflection by this
    std::vector<double> midway;  ///< deflection midway between needles over that at the needle, at even steps of u
    double midway_step = 1.0;
    // pen
    double linkage = 0.0, damping = 0.0, body = 1.0, hand = 0.0, inertia = 1.0, stall = 0.0;
    double half_stroke = 0.0, protrusion = 0.0;
    // impact and rig
    bool backed = false;
    bool energies = true;  ///< false: they are left out, for who needs depth and force only
    double backing_stiffness = 0.0, backing_mass = 1.0;
    double distance = 0.0;  ///< where the rig stops

    [[nodiscard]] double pin(double angle) const noexcept {
        return protrusion - half_stroke * (1.0 + sine_cosine(angle).cosine);
    }
    [[nodiscard]] double reach(double u) const noexcept {
        if (midway.empty()) return plate_reach;
        const double at = std::clamp(u / midway_step, 0.0, static_cast<double>(midway.size() - 1) - 1e-9);
        const auto i = static_cast<std::size_t>(at);
        const double share = at - static_cast<double>(i);
        return plate_reach + u * (midway[i] + share * (midway[i + 1] - midway[i]));
    }
    /// Force of the linkage on the needle base, from what crank pin and needle base are apart and how fast.
    template <class State>
    [[nodiscard]] double linkage_force(const State& y, double& rate, double& lever) const noexcept {
        const auto [sine, cosine] = sine_cosine(y[state::angle]);
        const double stretch = y[state::z] + (protrusion - half_stroke * (1.0 + cosine)) - y[state::x];
        lever = half_stroke * sine;
        rate = y[state::zv] + lever * y[state::turn] - y[state::v];
        return linkage * stretch + damping * rate;
    }

    template <class Kind>
    [[nodiscard]] Forces forces(const typename Kind::State& y, const Phase& phase) const noexcept {
        using namespace state;
        constexpr bool heavy = Kind::heavy;
        Forces e;
        const double base = y[x] + offset - (backed ? y[z] : 0.0);
        e.approach = phase.plate ? phase.plate_at : base;
        e.speed = phase.plate ? 0.0 : y[v] - (backed ? y[zv] : 0.0);

        const double relaxed_force = share1 * y[b1] + share2 * y[b2];
        const bool off = phase.touch == Touch::off;
        if constexpr (heavy) {
            e.u = y[u];
        } else {
            e.u = off ? spring.depth(relaxed_force) : e.approach - y[h];  // a free surface carries nothing
        }
        if (!heavy && off) {
            e.elastic = relaxed_force;
        } else {
            const Sloped f = spring.force(e.u);
            e.elastic = f.value;
            e.stiffness = f.slope;
        }
        e.skin = e.elastic - relaxed_force;
        // What the needle gives up while it relaxes under the plate the plate takes over.
        if (phase.plate) e.plate = plate_stiffness * (base - phase.plate_at) + phase.plate_force - e.skin;

        e.b1dot = rate1 * (e.elastic - y[b1]);
        e.b2dot = rate2 * (e.elastic - y[b2]);
        const double relaxing = share1 * e.b1dot + share2 * e.b2dot;

        double rub_slope = 0.0, against = 0.0;  // of a sliding tip
        switch (phase.touch) {
            case Touch::cutting: {
                const Sloped R = resistance.whole(y[h], phase.piece);
                against = R.value, rub_slope = R.slope;
                break;
            }
            case Touch::entering: {
                const Sloped R = resistance.friction(y[h]);
                against = R.value, rub_slope = R.slope;
                break;
            }
            case Touch::leaving: {
                const Sloped R = resistance.friction(y[h]);
                against = -R.value, rub_slope = -R.slope;
                break;
            }
            default:
                break;
        }
        const bool sliding =
            phase.touch == Touch::cutting || phase.touch == Touch::entering || phase.touch == Touch::leaving;
        if (drive == Drive::pen) e.drive = linkage_force(y, e.link_rate, e.lever);
        if constexpr (heavy) {
            e.udot = y[w];
            e.hdot = sliding ? e.speed - y[w] : 0.0;
            e.lead = e.hdot;
            const double push = e.drive - e.plate;
            if (sliding) {
                e.force = against;
                e.acceleration = push - e.force;
                e.wdot = (e.force - e.skin) / skin_mass;
            } else if (off) {
                e.acceleration = push;
                e.wdot = -e.skin / skin_mass;
            } else if (phase.plate) {
                e.force = e.skin;
                e.acceleration = push - e.force;
                e.udot = 0.0;
            } else {  // tip and surface move as one mass
                e.acceleration = drive == Drive::rig ? 0.0 : (push - e.skin) / (1.0 + skin_mass);
                e.wdot = e.acceleration;
                e.force = e.skin + skin_mass * e.wdot;
            }
        } else {
            e.force = off ? 0.0 : e.skin;
            e.lead = e.stiffness * e.speed - relaxing;
            e.yield = e.stiffness + rub_slope;
            // F_skin = F in time, with what the steps have missed it by falling off. Neither spring nor wall resists at
            // the very surface of a hole without friction: the tip just goes in.
            if (sliding) e.hdot = e.yield != 0.0 ? (e.lead + settling * (e.skin - against)) / e.yield : e.speed;
            e.acceleration = e.drive - e.plate - e.force;
            e.udot = e.speed - e.hdot;
        }
        if (drive == Drive::rig) e.acceleration = 0.0;
        return e;
    }

    template <class Kind>
    [[gnu::flatten]] void rates(const typename Kind::State& y, typename Kind::State& d,
                                const Phase& phase) const noexcept {
        using namespace state;
        const Forces e = forces<Kind>(y, phase);
        d[x] = y[v];
        d[v] = e.acceleration;
        d[h] = e.hdot;
        d[b1] = e.b1dot;
        d[b2] = e.b2dot;
        d[z] = d[zv] = d[angle] = d[turn] = 0.0;
        double power = 0.0, damping_loss = 0.0;
        if (drive == Drive::pen) {
            const double torque = stall * (1.0 - y[turn]);
            d[z] = phase.lifted ? y[zv] : 0.0;
            d[zv] = phase.lifted ? (hand - e.drive) / body : 0.0;
            d[angle] = y[turn];
            d[turn] = (torque - e.drive * e.lever) / inertia;
            power = torque * y[turn] + hand * d[z];
            damping_loss = damping * e.link_rate * e.link_rate;
        } else {
            if (backed) {
                d[z] = y[zv];
                d[zv] = (e.force + e.plate - backing_stiffness * y[z]) / backing_mass;
            }
            if (drive == Drive::rig) power = (e.force + e.plate) * y[v];
        }
        if constexpr (Kind::heavy) {
            d[u] = e.udot;
            d[w] = e.wdot;
        }
        if constexpr (Kind::used < std::tuple_size_v<typename Kind::State>) d.back() = 0.0;
        if constexpr (Kind::balanced) {
            d[Kind::work] = power;
            d[Kind::damped] = damping_loss;
            // Each branch loses what its dashpot takes: (u - w_i)(f - b_i) share/time, f(w_i) = b_i.
            d[Kind::relaxed] =
                share1 * e.b1dot * (e.u - spring.depth(y[b1])) + share2 * e.b2dot * (e.u - spring.depth(y[b2]));
        }
    }

    /// Elastic energy of the skin: the spring that stays, and in each branch what its dashpot has not taken yet.
    [[nodiscard]] double stored(double u, double b1, double b2) const noexcept {
        const double full = spring.energy(u);
        const auto branch = [&](double b) {
            const double w = spring.depth(b);
            return full - spring.energy(w) - b * (u - w);
        };
        return (1.0 - share1 - share2) * full + share1 * branch(b1) + share2 * branch(b2);
    }
};

/// Place and speed at t = 0 of the swing of needle plate and linkage that the crank keeps up in air, so that nothing
/// rings at the start.
[[nodiscard]] inline std::pair<double, double> swing_in_air(const System& s) noexcept {
    const double a = s.half_stroke, k = s.linkage, c = s.damping;
    // x'' = k (e - x) + c (e' - x'), e = p - a - a cos t
    // ->  x = p - a - Re[a H exp(i t)], H = (k + i c)/(k - 1 + i c)
    const double d = (k - 1.0) * (k - 1.0) + c * c;
    const double re = (k * (k - 1.0) + c * c) / d, im = (c * (k - 1.0) - k * c) / d;
    return {s.protrusion - a - a * re, a * im};
}

}  // namespace skin::insertion
