// Strikes of stamps, pens and rollers (docs/theory/insertion.md, section 6): density, place, tilt, speed, and how
// force, speed and protrusion scatter. Nothing here knows skin.
#include "skin/device/strike_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

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
    for (auto* column : {&p.x, &p.y, &p.tilt, &p.speed, &p.time, &p.pass_number, &p.heading, &p.travelled,
                         &p.ring_offset, &p.hand_force, &p.protrusion}) {
        column->setZero(n);
    }
    return p;
}

StrikePattern press(const Stamp& stamp, double speed, double force, double variation, int n_strikes,
                    std::uint64_t seed) {
    StrikePattern p = columns(n_strikes);
    const RowMatrix at = needle_positions(stamp);
    const Eigen::Index needles = at.rows();
    const Eigen::Index presses = (n_strikes + needles - 1) / needles;
    const auto presses_a_row = static_cast<Eigen::Index>(std::ceil(std::sqrt(static_cast<double>(presses))));
    p.strikes_per_area = p.holes_per_area = 1.0 / cell_area(stamp);
    p.area = n_strikes / p.holes_per_area;
    p.speed.setConstant(speed);
    p.protrusion.setConstant(stamp.needle.length);
    // Presses stand side by side: a grid goes on, other plates keep one cell's width between their needles.
    const double cell = stamp.layout == StampLayout::grid ? stamp.pitch : std::sqrt(cell_area(stamp));
    const double step_x = at.col(0).maxCoeff() - at.col(0).minCoeff() + cell;
    const double step_y = at.col(1).maxCoeff() - at.col(1).minCoeff() + cell;
    for (Eigen::Index i = 0; i < n_strikes; ++i) {
        const Eigen::Index number = i / needles, needle = i % needles;
        p.x[i] = at(needle, 0) + step_x * static_cast<double>(number % presses_a_row);
        p.y[i] = at(needle, 1) + step_y * static_cast<double>(number / presses_a_row);
        p.hand_force[i] = pass_stream(seed, number).lognormal(force, variation);
    }
    return p;
}

// [1] how far a ring is turned against the first one, in steps between needles.
double turned(const Roller& roller, Eigen::Index ring) {
    const double turn = static_cast<double>(ring) * roller.stagger;
    return turn - std::floor(turn);
}

// [m] of a ring from the middle of the drum.
double ring_offset(const Roller& roller, Eigen::Index ring) {
    return roller.width * ((static_cast<double>(ring) + 0.5) / roller.rings - 0.5);
}

// [rad] of a pass from x: along, across, both diagonals, in turn.
double heading_of(Eigen::Index pass) {
    constexpr double directions[] = {0.0, 0.5 * pi, 0.25 * pi, -0.25 * pi};
    return directions[pass % 4];
}

// The lattice of one pass over the patch: the drum's own, in the direction of the pass and at a random place, strokes
// side by side. The strikes [first, last) get the points nearest to the middle of the patch, as a square that grows.
void lay_lattice(StrikePattern& p, const Roller& roller, const Rolling& use, double along, Eigen::Index pass,
                 Eigen::Index first, Eigen::Index last, std::uint64_t seed) {
    const double angle = heading_of(pass), c = std::cos(angle), s = std::sin(angle);
    const double across = roller.width / roller.rings, half = 0.5 * std::sqrt(p.area);
    auto draw = strike_stream(seed, first);
    const double shift_x = along * draw.uniform(), shift_y = roller.width * draw.uniform();
    // Strokes come one after another along the pass: a stroke touches down at a random place before the patch.
    const double start = use.stroke_length * draw.uniform();
    struct Point {
        double x, y, reach, travelled;
        Eigen::Index ring;
    };
    std::vector<Point> points;
    // A circle round the square, and a cell more, always holds enough of them.
    const double out = 1.5 * half + along + across;
    const auto rows = static_cast<Eigen::Index>(std::ceil(2.0 * out / across)) + 1;
    const auto steps = static_cast<Eigen::Index>(std::ceil(2.0 * out / along)) + 1;
    const auto wanted = static_cast<std::size_t>(last - first);
    points.reserve(static_cast<std::size_t>(rows * steps));
    for (Eigen::Index row = 0; row < rows; ++row) {
        const double v = across * static_cast<double>(row) - out + std::fmod(shift_y, across);
        const Eigen::Index ring = (row + static_cast<Eigen::Index>(shift_y / across)) % roller.rings;
        for (Eigen::Index k = 0; k < steps; ++k) {
            const double u = along * (static_cast<double>(k) + turned(roller, ring)) - out + shift_x - along;
            const double x = c * u - s * v, y = s * u + c * v;
            points.push_back(
                {x, y, std::max(std::abs(x), std::abs(y)), std::fmod(u + 2.0 * out + start, use.stroke_length), ring});
        }
    }
    std::sort(points.begin(), points.end(),
              [](const Point& a, const Point& b) { return std::tie(a.reach, a.x, a.y) < std::tie(b.reach, b.x, b.y); });
    for (std::size_t k = 0; k < wanted; ++k) {
        const Eigen::Index i = first + static_cast<Eigen::Index>(k);
        p.x[i] = half + points[k].x;
        p.y[i] = half + points[k].y;
        p.heading[i] = angle;
        p.travelled[i] = points[k].travelled;
        p.ring_offset[i] = ring_offset(roller, points[k].ring);
    }
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
        p.pass_number[i] = static_cast<double>(pass);
    }
    const double along = 2.0 * pi * free_rolling_radius(roller) / ((1.0 - use.slip) * roller.needles_per_ring);
    if (use.passes > 1) {
        for (Eigen::Index pass = 0, first = 0; first < n_strikes; ++pass) {
            // Strikes i with i passes/n = pass: the same share as above.
            Eigen::Index last = first;
            while (last < n_strikes && last * use.passes / n_strikes == pass) ++last;
            if (last > first) lay_lattice(p, roller, use, along, pass, first, last, seed);
            first = last;
        }
        return p;
    }
    for (Eigen::Index i = 0; i < n_strikes; ++i) {  // one pass leaves the lattice of the drum
        const Eigen::Index ring = i % roller.rings;
        p.x[i] = along * (static_cast<double>(i / roller.rings) + turned(roller, ring));
        p.y[i] = roller.width / roller.rings * (static_cast<double>(ring) + 0.5);
        p.time[i] = p.x[i] / use.speed;
        p.travelled[i] = std::fmod(p.x[i], use.stroke_length);
        p.ring_offset[i] = ring_offset(roller, ring);
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
        p.pass_number[i] = static_cast<double>(pass);
        p.heading[i] = heading_of(pass);
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
