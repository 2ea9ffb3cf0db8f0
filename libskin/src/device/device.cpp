#include "skin/device/device.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

/// [m] distance of the closest two of the needles, and which they are.
struct Closest {
    double distance = std::numeric_limits<double>::infinity();
    Eigen::Index first = 0, second = 0;
};
Closest closest_pair(const RowMatrix& at) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(at.rows()));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::sort(order.begin(), order.end(), [&](Eigen::Index i, Eigen::Index j) { return at(i, 0) < at(j, 0); });
    Closest closest;
    for (std::size_t i = 0; i < order.size(); ++i) {  // sorted by x: nothing closer lies further on
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            if (at(order[j], 0) - at(order[i], 0) >= closest.distance) break;
            const double distance = (at.row(order[i]) - at.row(order[j])).norm();
            if (distance < closest.distance) closest = {distance, order[i], order[j]};
        }
    }
    return closest;
}

void check_positions(const Stamp& stamp) {
    if (stamp.layout != StampLayout::free) {
        if (stamp.positions.size() == 0) return;
        throw ParameterError(
            text("stamp.positions = %lld rows is not used by stamp.layout = '%s'; write layout = 'free'",
                 static_cast<long long>(stamp.positions.rows()), std::string{name_of(stamp.layout)}.c_str()));
    }
    if (stamp.positions.rows() < 1 || stamp.positions.cols() != 2) {
        throw ParameterError(
            text("stamp.positions has the shape (%lld, %lld): x and y of at least one needle are needed",
                 static_cast<long long>(stamp.positions.rows()), static_cast<long long>(stamp.positions.cols())));
    }
    for (Eigen::Index i = 0; i < stamp.positions.rows(); ++i) {
        for (int axis = 0; axis < 2; ++axis) {
            check_range(text("stamp.positions[%lld, %d]", static_cast<long long>(i), axis), stamp.positions(i, axis),
                        "m", -0.1, 0.1);
        }
    }
}

void check(const Stamp& stamp) {
    validate(stamp, "stamp");
    validate_needle(stamp.needle, "stamp.needle");
    check_positions(stamp);
    const bool is_free = stamp.layout == StampLayout::free;
    if ((is_free || stamp.layout == StampLayout::rings) && stamp.columns != 1) {
        throw ParameterError(text("stamp.columns = %d is not used by stamp.layout = '%s': set it to 1", stamp.columns,
                                  std::string{name_of(stamp.layout)}.c_str()));
    }
    if (is_free && stamp.rows != 1) {
        throw ParameterError(text("stamp.rows = %d is not used by stamp.layout = 'free': set it to 1", stamp.rows));
    }
    constexpr int most_needles = 100000;
    const int count = needle_count(stamp);
    if (count > most_needles) {
        throw ParameterError(
            text("stamp.rows x stamp.columns = %d needles, at most %d are allowed", count, most_needles));
    }
    const double diameter = 2.0 * stamp.needle.shaft_radius;
    if (is_free) {
        const Closest pair = closest_pair(stamp.positions);
        if (pair.distance < diameter) {
            throw ParameterError(
                text("stamp.positions: needles %lld and %lld are %g m apart, below the needle diameter "
                     "%g m",
                     static_cast<long long>(std::min(pair.first, pair.second)),
                     static_cast<long long>(std::max(pair.first, pair.second)), pair.distance, diameter));
        }
    } else if (count > 1 && stamp.pitch < diameter) {
        throw ParameterError(text("stamp.pitch = %g m is below the needle diameter %g m", stamp.pitch, diameter));
    }
}

void check(const Pen& pen) {
    validate(pen, "pen");
    validate_needle(pen.needle, "pen.needle");
    if (pen.protrusion > pen.needle.length) {
        throw ParameterError(
            text("pen.protrusion = %g m is beyond pen.needle.length = %g m", pen.protrusion, pen.needle.length));
    }
    if (pen.stroke != 0.0 && pen.stroke < pen.protrusion) {
        throw ParameterError(
            text("pen.stroke = %g m is below pen.protrusion = %g m: the needle would never leave the skin", pen.stroke,
                 pen.protrusion));
    }
}

void check(const Roller& roller) {
    validate(roller, "roller");
    validate_needle(roller.needle, "roller.needle");
    if (roller.needle.length > roller.drum_radius) {
        throw ParameterError(text("roller.needle.length = %g m is above roller.drum_radius = %g m",
                                  roller.needle.length, roller.drum_radius));
    }
    const double around = 2.0 * std::numbers::pi * roller.drum_radius / roller.needles_per_ring;
    if (roller.needles_per_ring > 1 && around < 2.0 * roller.needle.shaft_radius) {
        throw ParameterError(text("roller.needles_per_ring = %d puts needles of diameter %g m at %g m on the drum",
                                  roller.needles_per_ring, 2.0 * roller.needle.shaft_radius, around));
    }
}

}  // namespace

void validate_device(const Device& device) {
    std::visit([](const auto& d) { check(d); }, device);
}

const Needle& needle_of(const Device& device) noexcept {
    if (const auto* stamp = std::get_if<Stamp>(&device)) return stamp->needle;
    if (const auto* pen = std::get_if<Pen>(&device)) return pen->needle;
    return std::get_if<Roller>(&device)->needle;
}

int needle_count(const Device& device) noexcept {
    if (const auto* stamp = std::get_if<Stamp>(&device)) {
        if (stamp->layout == StampLayout::rings) return 1 + 3 * stamp->rows * (stamp->rows + 1);
        if (stamp->layout == StampLayout::free) return static_cast<int>(stamp->positions.rows());
        return stamp->rows * stamp->columns;
    }
    if (const auto* pen = std::get_if<Pen>(&device)) return pen->count;
    const auto* roller = std::get_if<Roller>(&device);
    return roller->rings * roller->needles_per_ring;
}

RowMatrix needle_positions(const Stamp& stamp) {
    if (stamp.layout == StampLayout::free) return stamp.positions;
    RowMatrix at = RowMatrix::Zero(needle_count(stamp), 2);
    if (stamp.layout == StampLayout::rings) {
        Eigen::Index needle = 1;
        for (int ring = 1; ring <= stamp.rows; ++ring) {
            for (int k = 0; k < 6 * ring; ++k, ++needle) {
                const double angle = 2.0 * std::numbers::pi * k / (6 * ring);
                at(needle, 0) = stamp.pitch * ring * std::cos(angle);
                at(needle, 1) = stamp.pitch * ring * std::sin(angle);
            }
        }
        return at;
    }
    const bool hexagonal = stamp.layout == StampLayout::hexagonal;
    const double row_distance = hexagonal ? 0.5 * std::numbers::sqrt3 : 1.0;
    for (int row = 0; row < stamp.rows; ++row) {
        for (int column = 0; column < stamp.columns; ++column) {
            const Eigen::Index needle = static_cast<Eigen::Index>(row) * stamp.columns + column;
            at(needle, 0) = stamp.pitch * (column + (hexagonal && row % 2 == 1 ? 0.5 : 0.0));
            at(needle, 1) = stamp.pitch * row_distance * row;
        }
    }
    return at;
}

double cell_area(const Stamp& stamp) noexcept {
    const double square = stamp.pitch * stamp.pitch;
    if (stamp.layout == StampLayout::hexagonal) return 0.5 * std::numbers::sqrt3 * square;
    if (stamp.layout == StampLayout::rings) {  // the disc out to half a pitch beyond the last ring
        const double outer = stamp.rows + 0.5;
        return std::numbers::pi * outer * outer * square / (1.0 + 3.0 * stamp.rows * (stamp.rows + 1.0));
    }
    return square;
}

}  // namespace skin
