// Strikes of stamps, pens and rollers (docs/theory/insertion.md, section 6): density, place, tilt, speed, and how
// force, speed and protrusion scatter. Nothing here knows skin.
#include "skin/device/strike_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <variant>

#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/core/validate.hpp"

namespace skin {
namespace {

constexpr double pi = std::numbers::pi;
constexpr std::uint64_t pass_samples = std::uint64_t{1} << 48;  // draws of a pass never meet draws of a strike

RandomStream strike_stream(std::uint64_t seed, Eigen::Index strike) {
    return {seed, static_cast<std::uint64_t>(strike), StreamId::strike_pattern};
}
RandomStream pass_stream(std::uint64_t seed, Eigen::Index pass) {
    return {seed, pass_samples + static_cast<std::uint64_t>(pass), StreamId::strike_pattern};
}

StrikePattern columns(Eigen::Index n) {
    StrikePattern p;
    for (auto* column : {&p.x, &p.y, &p.tilt, &p.speed, &p.time, &p.hand_force, &p.protrusion}) column->setZero(n);
    return p;
}

StrikePattern press(const Stamp& stamp, double speed, double force, double variation, int n_strikes,
                    std::uint64_t seed) {
    StrikePattern p = columns(n_strikes);
    const Eigen::Index needles = static_cast<Eigen::Index>(stamp.rows) * stamp.columns;
    const Eigen::Index presses = (n_strikes + needles - 1) / needles;
    const auto presses_a_row = static_cast<Eigen::Index>(std::ceil(std::sqrt(static_cast<double>(presses))));
    p.strikes_per_area = p.holes_per_area = 1.0 / (stamp.pitch * stamp.pitch);
    p.area = n_strikes / p.holes_per_area;
    p.speed.setConstant(speed);
    p.protrusion.setConstant(stamp.needle.length);
    for (Eigen::Index i = 0; i < n_strikes; ++i) {
        const Eigen::Index number = i / needles, needle = i % needles;
        p.x[i] = stamp.pitch * static_cast<double>((number % presses_a_row) * stamp.columns + needle % stamp.columns);
        p.y[i] = stamp.pitch * static_cast<double>((number / presses_a_row) * stamp.rows + needle / stamp.columns);
        p.hand_force[i] = pass_stream(seed, number).lognormal(force, variation);
    }
    return p;
}

StrikePattern roll(const Roller& roller, const Rolling& use, int n_strikes, std::uint64_t seed) {
    const double r = roller.drum_radius, L = roller.needle.length;
    const double per_pass = (1.0 - use.slip) * holes_per_pass(roller, free_rolling_radius(roller));
    const double density = use.passes * per_pass;
    if (!(density > 0.0)) return columns(0);  // no pass, or a locked drum that makes no new holes

    StrikePattern p = columns(n_strikes);
    p.strikes_per_area = p.holes_per_area = density;
    p.area = n_strikes / density;
    const double theta = std::acos(r / (r + L));
    p.tilt.setConstant(theta);
    p.protrusion.setConstant(L);
    for (Eigen::Index i = 0; i < n_strikes; ++i) {
        const Eigen::Index pass = i * use.passes / n_strikes;
        auto draw = pass_stream(seed, pass);
        p.hand_force[i] = draw.lognormal(use.force, use.force_variation);
        const double v = draw.lognormal(use.speed, use.speed_variation);
        p.speed[i] = v * (1.0 - use.slip) / free_rolling_radius(roller) * (r + L) * std::sin(theta);
        p.time[i] = static_cast<double>(pass) * use.stroke_length / use.speed;
    }
    if (use.passes > 1) {  // directions in turn: the holes of several passes are a Poisson field
        const double side = std::sqrt(p.area);
        for (Eigen::Index i = 0; i < n_strikes; ++i) {
            auto draw = strike_stream(seed, i);
            p.x[i] = side * draw.uniform();
            p.y[i] = side * draw.uniform();
        }
        return p;
    }
    const double along = 2.0 * pi * free_rolling_radius(roller) / ((1.0 - use.slip) * roller.needles_per_ring);
    for (Eigen::Index i = 0; i < n_strikes; ++i) {  // one pass leaves the lattice of the drum
        p.x[i] = along * static_cast<double>(i / roller.rings);
        p.y[i] = roller.width / roller.rings * (static_cast<double>(i % roller.rings) + 0.5);
        p.time[i] = p.x[i] / use.speed;
    }
    return p;
}

StrikePattern glide(const Pen& pen, const Gliding& use, int n_strikes, std::uint64_t seed) {
    const double all = use.passes * strikes_per_pass(pen, use.speed);
    const double own = use.hole_fraction * all;
    if (!(own > 0.0)) {
        StrikePattern none = columns(0);
        none.strikes_per_area = all;
        return none;
    }
    StrikePattern p = columns(n_strikes);
    p.strikes_per_area = all;
    p.holes_per_area = own;
    p.area = n_strikes / own;
    const double stroke = pen.stroke > 0.0 ? pen.stroke : pen.protrusion;
    p.speed.setConstant(pi * pen.frequency * stroke);
    const double side = std::sqrt(p.area);
    for (Eigen::Index i = 0; i < n_strikes; ++i) {
        const Eigen::Index pass = i * use.passes / n_strikes;
        p.hand_force[i] = pass_stream(seed, pass).lognormal(use.force, use.force_variation);
        auto draw = strike_stream(seed, i);
        p.x[i] = side * draw.uniform();
        p.y[i] = side * draw.uniform();
        // A tolerance is a bound: uniform with this standard deviation, and never behind the nose or past the needle.
        const double error = std::sqrt(3.0) * use.protrusion_spread * (2.0 * draw.uniform() - 1.0);
        p.protrusion[i] = std::clamp(pen.protrusion + error, 0.0, pen.needle.length);
        p.time[i] = static_cast<double>(i) / (pen.count * pen.frequency * use.hole_fraction);
    }
    return p;
}

constexpr const char* device_names[] = {"Stamp", "Pen", "Roller"};
constexpr const char* use_names[] = {"Travel", "Pressing", "Impact", "Rolling", "Gliding"};
constexpr const char* device_needs[] = {"a Stamp is used by Travel, Pressing or Impact", "a Pen is used by Gliding",
                                        "a Roller is used by Rolling"};

}  // namespace

double holes_per_pass(const Roller& roller, double rolling_radius) {
    return roller.rings * roller.needles_per_ring / (2.0 * pi * rolling_radius * roller.width);
}

double free_rolling_radius(const Roller& roller) { return roller.drum_radius + 7.0 / 9.0 * roller.needle.length; }

double strikes_per_pass(const Pen& pen, double hand_speed) {
    return pen.count * pen.frequency / (hand_speed * pen.head_diameter);
}

StrikePattern strike_pattern(const Device& device, const Use& use, int n_strikes, std::uint64_t seed) {
    validate_device(device);
    validate_use(use);
    check_range("n_strikes", n_strikes, "1", 1, 100000000);
    if (const auto* stamp = std::get_if<Stamp>(&device)) {
        if (const auto* travel = std::get_if<Travel>(&use))
            return press(*stamp, travel->speed, 0.0, 0.0, n_strikes, seed);
        if (const auto* pressing = std::get_if<Pressing>(&use)) {
            return press(*stamp, pressing->speed, pressing->force, pressing->force_variation, n_strikes, seed);
        }
        if (const auto* impact = std::get_if<Impact>(&use))
            return press(*stamp, impact->velocity, 0.0, 0.0, n_strikes, seed);
    } else if (const auto* drum = std::get_if<Roller>(&device)) {
        if (const auto* rolling = std::get_if<Rolling>(&use)) return roll(*drum, *rolling, n_strikes, seed);
    } else if (const auto* gliding = std::get_if<Gliding>(&use)) {
        return glide(std::get<Pen>(device), *gliding, n_strikes, seed);
    }
    throw ParameterError(std::string{"use = "} + use_names[use.index()] + " does not fit device = " +
                         device_names[device.index()] + ": " + device_needs[device.index()]);
}

}  // namespace skin
