#include "insertion/dynamic_setup.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <numbers>

#include "insertion/dome.hpp"
#include "insertion/far_field.hpp"
#include "insertion/neighbourhoods.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;

void check_model(const Skin& skin, const InsertionSettings& settings) {
    if (settings.deflection_model == DeflectionModel::none) {
        throw ParameterError(
            "settings.drive_model = dynamic needs a skin that gives way: settings.deflection_model = none does not");
    }
    const Mechanics& m = skin.mechanics;
    if (m.prony_share_1 + m.prony_share_2 >= 1.0) {
        throw ParameterError(text("skin.mechanics.prony_share_1 + prony_share_2 = %g: together they must be below 1",
                                  m.prony_share_1 + m.prony_share_2));
    }
}

// Mean over the skin without its fat: [m/s] speed of shear waves, [kg/m^3] density, [m] thickness.
struct SkinWave {
    double speed, density, thickness;
};
SkinWave wave_of(const Skin& skin) {
    double modulus = 0.0, density = 0.0, thickness = 0.0;
    for (const Layer& layer : skin.layers) {
        if (layer.name == "hypodermis" && skin.layers.size() > 1) continue;
        modulus += layer.thickness * layer.youngs_modulus / 3.0;  // incompressible
        density += layer.thickness * layer.density;
        thickness += layer.thickness;
    }
    return {std::sqrt(modulus / density), density / thickness, thickness};
}

// How often each distance occurs, seen from the mean needle, and from the place between needles that is pushed down
// least, where the plate meets the skin first.
struct Distances {
    std::vector<std::pair<double, double>> of_needles, of_least_place;  // distance, how many
};
Distances distances_of(const Stamp& stamp, double reach) {
    const RowMatrix at = needle_positions(stamp);
    const Neighbourhoods alike = neighbourhoods(at, reach);
    const auto n = static_cast<double>(at.rows());
    constexpr double grain = 1e-10;  // [m] distances closer than that are one
    const auto seen_from = [&](double x, double y, double weight, std::map<std::int64_t, double>& seen) {
        for (Eigen::Index j = 0; j < at.rows(); ++j) {
            const double r = std::hypot(at(j, 0) - x, at(j, 1) - y);
            if (r > grain && r <= reach) seen[std::llround(r / grain)] += weight;
        }
    };
    const auto listed = [&](const std::map<std::int64_t, double>& seen) {
        std::vector<std::pair<double, double>> list;
        for (const auto& [r, count] : seen) list.emplace_back(static_cast<double>(r) * grain, count);
        return list;
    };
    std::map<std::int64_t, double> mean;
    for (std::size_t g = 0; g < alike.representative.size(); ++g) {
        const Eigen::Index i = alike.representative[g];
        seen_from(at(i, 0), at(i, 1), alike.members[static_cast<Eigen::Index>(g)] / n, mean);
    }
    Distances d{listed(mean), {}};
    const RowMatrix places = middles(at, alike, reach);
    double least = std::numeric_limits<double>::infinity();
    for (Eigen::Index k = 0; k < places.rows(); ++k) {
        std::map<std::int64_t, double> seen;
        seen_from(places(k, 0), places(k, 1), 1.0, seen);
        double sum = 0.0;
        for (const auto& [r, count] : seen) sum += count / static_cast<double>(r);
        if (!(sum < least)) continue;
        least = sum;
        d.of_least_place = listed(seen);
    }
    return d;
}

// What all drives share: skin, resistance, relaxation, scales.
MotionSetup begin(const Skin& skin, const LayeredNeedle& model, const InsertionSettings& settings, double speed,
                  double loading_time, double time, double mass, int needles, const Stamp* stamp) {
    check_model(skin, settings);
    const Mechanics& m = skin.mechanics;
    const auto strike = model.at(model.nominal_tops(), speed);
    MotionSetup s;
    s.length = model.needle().length;
    s.time = time;
    // Stiffness of the rate law is that of a test that takes the loading time; what relaxes meanwhile is in it already.
    const double instant = 1.0 / relaxation_while_loading(m, loading_time);
    const auto local = [&](double u) { return instant * strike.deflection().force(u); };
    s.force = mass > 0.0 ? mass * s.length / (time * time) : local(s.length);
    s.energy = s.force * s.length * needles;
    System& y = s.system;
    y.resistance = Resistance(model, strike, s.length, s.force);
    y.share1 = m.prony_share_1, y.share2 = m.prony_share_2;
    y.rate1 = time / m.prony_time_1, y.rate2 = time / m.prony_time_2;

    const double modulus = instant * m.far_field_modulus * model.rate_factor_at(speed);
    const FarField far = stamp != nullptr && needles > 1
                             ? far_field_of(skin, settings, instant * model.rate_factor_at(speed))
                             : FarField{};
    if (!far.couples()) {
        y.spring = SkinSpring([&](double u) { return local(u * s.length) / s.force; }, 1.0);
    } else {
        // Equal shares: each needle also rides on the mean dimple of the others (eq. 33).
        const Distances d = distances_of(*stamp, far.reach());
        const auto field = [&](double u, const std::vector<std::pair<double, double>>& around) {
            const double force = local(u), core = u > 0.0 && force > 0.0 ? far.distance_of(u / force) : 0.0;
            double sum = 0.0;
            for (const auto& [r, count] : around) sum += count * force * far.at(std::hypot(r, core));
            return sum;
        };
        const auto own_part = [&](double whole) {  // own deflection where own and shared add up to `whole`
            const auto missing = [&](double u) { return u + field(u, d.of_needles) - whole; };
            return bracketed_root(missing, 0.0, whole, -whole, missing(whole), 1e-15 * s.length);
        };
        y.spring = SkinSpring([&](double u) { return u > 0.0 ? local(own_part(u * s.length)) / s.force : 0.0; }, 2.0);
        constexpr int steps = 64;
        y.midway_step = 2.0 / steps;
        for (int i = 0; i <= steps; ++i) {
            const double whole = s.length * y.midway_step * std::max(i, 1);
            y.midway.push_back(field(own_part(whole), d.of_least_place) / whole);
        }
    }
    if (stamp != nullptr && needles > 1) {  // the hub of a single needle presses on the needle's own patch
        y.plate_reach = 1.0;
        y.plate_stiffness = 2.0 * modulus * stamp->pitch * std::sqrt(needles / pi) / needles * s.length / s.force;
    }

    const SkinWave wave = wave_of(skin);
    s.wave_reach = wave.speed * s.length / speed;
    if (settings.skin_mass == SkinMass::hemisphere) {
        s.skin_mass = 2.0 / 3.0 * pi * std::pow(std::min(s.wave_reach, wave.thickness), 3) * wave.density;
        y.skin_mass = s.skin_mass / (s.force * time * time / s.length);
    }
    s.options.tolerance = settings.step_tolerance;
    s.options.time_scale = s.time;
    s.options.length_scale = s.length;
    return s;
}

// Steps of dopri5 are stable up to 3.3 over the rate.
void set_longest_step(MotionSetup& s, double step) {
    s.options.longest_step = step;
    s.system.settling = 2.0 / step;
}

}  // namespace

double relaxation_while_loading(const Mechanics& m, double duration) {
    // (2/T^2) integral of s exp(-(T - s)/tau): what is left of a branch when the load has grown as s^2.
    const auto left = [&](double tau) {
        const double r = duration / tau;
        return r < 1e-3 ? 1.0 - r / 3.0 + r * r / 12.0 : 2.0 / (r * r) * (r + std::expm1(-r));
    };
    return 1.0 - m.prony_share_1 * (1.0 - left(m.prony_time_1)) - m.prony_share_2 * (1.0 - left(m.prony_time_2));
}

MotionSetup prepare_impact(const Skin& skin, const Stamp& stamp, const Impact& use, const LayeredNeedle& model,
                           const InsertionSettings& settings) {
    const int needles = needle_count(stamp);
    const double L = stamp.needle.length, time = L / use.velocity;
    MotionSetup s = begin(skin, model, settings, use.velocity, time, time, use.mass / needles, needles, &stamp);
    s.system.drive = Drive::impact;
    if (use.backing_stiffness > 0.0) {
        if (!(use.backing_mass > 0.0)) {
            throw ParameterError(
                text("impact.backing_mass = %g kg: a backing that gives way needs a mass above 0", use.backing_mass));
        }
        if (settings.skin_mass != SkinMass::none) {
            throw ParameterError("settings.skin_mass = hemisphere needs a rigid backing: impact.backing_stiffness = 0");
        }
        s.system.backed = true;
        s.system.backing_stiffness = use.backing_stiffness / needles * s.length / s.force;
        s.system.backing_mass = use.backing_mass / use.mass;
    } else if (use.backing_mass > 0.0) {
        throw ParameterError(
            text("impact.backing_mass = %g kg was given but a rigid backing does not use it: "
                 "impact.backing_stiffness = 0",
                 use.backing_mass));
    }
    s.options.speed = 1.0;
    set_longest_step(s, 0.25);
    // A light or slow stamp needs longer than L/v to be thrown back: swing on the softest spring there is.
    s.options.end = 1000.0;
    return s;
}

MotionSetup prepare_rig(const Skin& skin, const Stamp& stamp, const Travel& use, double hold,
                        const LayeredNeedle& model, const InsertionSettings& settings) {
    const double L = stamp.needle.length, time = L / use.speed;
    const double loading = std::max(use.distance, 1e-9) / use.speed;
    MotionSetup s = begin(skin, model, settings, use.speed, loading, time, 0.0, needle_count(stamp), &stamp);
    s.system.drive = Drive::rig;
    s.system.distance = use.distance / L;
    s.options.speed = 1.0;
    s.options.end = use.distance / L + hold / time;
    set_longest_step(s, std::max(use.distance / L, s.options.end / 200.0) / 20.0);
    return s;
}

MotionSetup prepare_pen(const Skin& skin, const Pen& pen, double hand_force, double speed, int strokes,
                        const LayeredNeedle& model, const InsertionSettings& settings) {
    const double turn = 2.0 * pi * pen.frequency, time = 1.0 / turn;
    const double stroke = pen.stroke > 0.0 ? pen.stroke : pen.protrusion;
    const double mass = pen.moving_mass / pen.count;
    MotionSetup s = begin(skin, model, settings, speed, pen.protrusion / speed, time, mass, pen.count, nullptr);
    System& y = s.system;
    y.drive = Drive::pen;
    s.dome = dome_of(skin, pen, hand_force, settings);
    const double torque = s.energy;  // of the whole device
    y.linkage = pen.linkage_stiffness / pen.count * s.length / s.force;
    y.damping = 2.0 * pen.linkage_damping * std::sqrt(y.linkage);
    y.body = pen.body_mass / pen.moving_mass;
    y.hand = hand_force / pen.count / s.force;
    y.inertia = pen.rotor_inertia * turn * turn / torque;
    y.stall = pen.stall_torque / torque;
    y.half_stroke = 0.5 * stroke / s.length;
    y.protrusion = pen.protrusion / s.length;
    y.offset = (s.dome - pen.nose_gap) / s.length;
    s.options.strokes = strokes;
    set_longest_step(s, 2.0 * pi / 24.0);
    s.options.end = 2.0 * pi * (4.0 * strokes + 4.0);
    return s;
}

double equal_travel(const LayeredNeedle::Strike& strike, double depth, double peak_force) {
    // It did not open: stay below the barrier, however it was rounded.
    if (depth <= 0.0) return strike.deflection().depth(std::min(peak_force, (1.0 - 1e-9) * strike.barrier(0)));
    return depth + strike.deflection().depth(strike.force(depth));
}

int strokes_at_a_place(const Gliding& use, const InsertionSettings& settings) {
    if (settings.n_strokes > 0) return settings.n_strokes;
    return use.hole_fraction > 1e-4 ? static_cast<int>(std::lround(1.0 / use.hole_fraction)) : 1;
}

double dome_of(const Skin& skin, const Pen& pen, double hand_force, const InsertionSettings& settings) {
    if (!(pen.nose_aperture > 0.0)) return 0.0;
    if (settings.dome_model == DomeModel::constant) return skin.mechanics.dome;
    return elastic_dome(hand_force, 0.5 * pen.nose_aperture, pen.nose_width, skin.mechanics.far_field_modulus);
}

}  // namespace skin::insertion
