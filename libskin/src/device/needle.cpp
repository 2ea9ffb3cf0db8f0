// The outline of a needle as straight pieces, whatever its shape (docs/theory/insertion.md, section 8).
#include "skin/device/needle.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

constexpr double pi = std::numbers::pi;
constexpr int bevel_pieces = 24;  // chords, closer towards the tip; the outline is within 0.2 % of the shaft radius

/// Equal perimeter: a regular polygon of corner radius R_c has that of a circle of (n/pi) sin(pi/n) R_c.
double polygon_share(const Needle& needle) noexcept {
    return needle.shape == NeedleShape::pyramid && needle.sides > 0 ? needle.sides / pi * std::sin(pi / needle.sides)
                                                                    : 1.0;
}

double on_cone(double tip, double shaft, double slope, double s) noexcept {
    return std::min(tip + std::max(s, 0.0) * slope, shaft);
}

/// Corner k of a bevel. A slanted cut at height s of T leaves a segment of half-angle theta, s = T (1 - cos theta)/2,
/// and chord and arc together measure 2 R (theta + sin theta).
struct Corner {
    double s, radius;
};
Corner bevel_corner(const Needle& needle, int k) noexcept {
    const double theta = pi * k * k / (bevel_pieces * bevel_pieces);
    return {0.5 * needle.taper_length * (1.0 - std::cos(theta)),
            needle.tip_radius + (needle.shaft_radius - needle.tip_radius) * (theta + std::sin(theta)) / pi};
}

[[noreturn]] void unused(const std::string& field, const std::string& shown, const char* why) {
    throw ParameterError(field + " = " + shown + " is not used by " + why);
}

void check_profile(const Needle& needle, const std::string& root) {
    const RowMatrix& table = needle.profile;
    const std::string name = root + ".profile";
    const auto cell = [&](Eigen::Index row, int column) {
        return name + "[" + std::to_string(row) + ", " + std::to_string(column) + "]";
    };
    if (table.rows() < 2 || table.cols() != 2) {
        throw ParameterError(
            text("%s has the shape (%lld, %lld): at least 2 rows of distance from the tip and radius "
                 "are needed",
                 name.c_str(), static_cast<long long>(table.rows()), static_cast<long long>(table.cols())));
    }
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        check_range(cell(i, 0), table(i, 0), "m", 0.0, 5.0e-3);
        check_range(cell(i, 1), table(i, 1), "m", 1.0e-8, 1.0e-3);
    }
    if (table(0, 0) != 0.0) {
        throw ParameterError(
            text("%s = %g m: the table must start at the tip, at 0 m", cell(0, 0).c_str(), table(0, 0)));
    }
    for (Eigen::Index i = 1; i < table.rows(); ++i) {
        if (table(i, 0) < table(i - 1, 0)) {
            throw ParameterError(text("%s = %g m is below %g m of the row before: distances must not fall",
                                      cell(i, 0).c_str(), table(i, 0), table(i - 1, 0)));
        }
        if (table(i, 1) < table(i - 1, 1)) {
            throw ParameterError(
                text("%s = %g m is below %g m of the row before: a needle must not narrow behind its "
                     "tip",
                     cell(i, 1).c_str(), table(i, 1), table(i - 1, 1)));
        }
        if (table(i, 0) == table(i - 1, 0) && i > 1 && table(i - 1, 0) == table(i - 2, 0)) {
            throw ParameterError(
                text("%s = %g m stands in three rows: a step has two", cell(i, 0).c_str(), table(i, 0)));
        }
    }
    const Eigen::Index last = table.rows() - 1;
    if (table(1, 0) == 0.0 || table(last, 0) == table(last - 1, 0)) {
        throw ParameterError(name +
                             ": a step at the very tip or at the base is no outline; leave out its first or "
                             "last row");
    }
    const Needle own = needle_from_profile(table);
    const auto agree = [&](const char* field, double given, double expected, const char* what) {
        if (given == expected) return;
        throw ParameterError(text("%s.%s = %g m does not fit %s, where %s %g m", root.c_str(), field, given,
                                  name.c_str(), what, expected));
    };
    agree("length", needle.length, own.length, "the last distance is");
    agree("tip_radius", needle.tip_radius, own.tip_radius, "the first radius is");
    agree("shaft_radius", needle.shaft_radius, own.shaft_radius, "the last radius is");
    agree("taper_length", needle.taper_length, own.taper_length, "the last radius is first reached at");
}

void check_material(const NeedleMaterial& material, const std::string& root) {
    if (material.shear_strength <= material.compressive_strength) return;
    throw ParameterError(text("%s.material.shear_strength = %g Pa is above %s.material.compressive_strength = %g Pa",
                              root.c_str(), material.shear_strength, root.c_str(), material.compressive_strength));
}

}  // namespace

void validate_needle(const Needle& needle, std::string_view path) {
    const std::string root{path};
    const bool tabulated = needle.shape == NeedleShape::profile;
    if (tabulated) check_profile(needle, root);  // first: lengths and radii follow from the table
    validate(needle, path);
    if (!tabulated && needle.profile.size() > 0) {
        unused(root + ".profile", text("%lld rows", static_cast<long long>(needle.profile.rows())),
               (root + ".shape = '" + std::string{name_of(needle.shape)} + "'; write shape = 'profile'").c_str());
    }
    if (needle.tip_radius > needle.shaft_radius) {
        throw ParameterError(text("%s.tip_radius = %g m is above %s.shaft_radius = %g m", root.c_str(),
                                  needle.tip_radius, root.c_str(), needle.shaft_radius));
    }
    if (needle.taper_length > needle.length) {
        throw ParameterError(
            text("%s.taper_length = %g m is above %s.length = %g m: shorten the cone and the shaft radius "
                 "together",
                 root.c_str(), needle.taper_length, root.c_str(), needle.length));
    }
    const bool polygon = needle.shape == NeedleShape::pyramid;
    if (polygon && needle.sides < 3) {
        throw ParameterError(text("%s.sides = %d is outside [3, 100] of a pyramid", root.c_str(), needle.sides));
    }
    if (!polygon && needle.sides != 0) {
        unused(root + ".sides", std::to_string(needle.sides),
               (root + ".shape = '" + std::string{name_of(needle.shape)} + "'").c_str());
    }
    // The bore of a tube opens at its end and must leave a rim there; elsewhere it must leave a wall in the shank.
    const bool tube = needle.shape == NeedleShape::flat;
    const double wall = tube ? needle.tip_radius : shank_radius(needle);
    if (needle.bore_radius >= wall) {
        throw ParameterError(text("%s.bore_radius = %g m is not below %s = %g m", root.c_str(), needle.bore_radius,
                                  (root + (tube ? ".tip_radius" : ".shaft_radius")).c_str(), wall));
    }
    if (needle.material) check_material(*needle.material, root);
}

Needle needle_from_profile(const RowMatrix& profile) {
    Needle needle;
    needle.shape = NeedleShape::profile;
    needle.profile = profile;
    if (profile.rows() < 2 || profile.cols() != 2) return needle;  // validate_needle says what is wrong
    const Eigen::Index last = profile.rows() - 1;
    needle.length = profile(last, 0);
    needle.tip_radius = profile(0, 1);
    needle.shaft_radius = profile(last, 1);
    Eigen::Index full = last;
    while (full > 1 && profile(full - 1, 1) == profile(last, 1)) --full;
    needle.taper_length = profile(full, 0);
    return needle;
}

double OutlinePiece::radius(double s) const noexcept {
    return std::min(start_radius + (s - start) * slope(), end_radius);
}

std::vector<OutlinePiece> needle_outline(const Needle& needle) {
    std::vector<OutlinePiece> pieces;
    const auto add = [&](double start, double end, double start_radius, double end_radius) {
        if (end > start) pieces.push_back({start, end, start_radius, end_radius});
    };
    if (needle.shape == NeedleShape::profile) {
        const RowMatrix& table = needle.profile;
        for (Eigen::Index i = 1; i < table.rows(); ++i) add(table(i - 1, 0), table(i, 0), table(i - 1, 1), table(i, 1));
        return pieces;
    }
    const double shank = shank_radius(needle);
    if (needle.shape == NeedleShape::bevel) {
        for (int k = 0; k < bevel_pieces; ++k) {
            const Corner a = bevel_corner(needle, k), b = bevel_corner(needle, k + 1);
            add(a.s, b.s, a.radius, b.radius);
        }
    } else {
        add(0.0, needle.taper_length, needle.tip_radius, shank);
    }
    add(needle.taper_length, needle.length, shank, shank);
    return pieces;
}

double shank_radius(const Needle& needle) noexcept {
    // A pyramid that hardly tapers is never narrower than its rounded tip.
    return needle.shape == NeedleShape::pyramid
               ? std::max(polygon_share(needle) * needle.shaft_radius, needle.tip_radius)
               : needle.shaft_radius;
}

double taper_slope(const Needle& needle) noexcept {
    return (shank_radius(needle) - needle.tip_radius) / needle.taper_length;
}

double radius_at(const Needle& needle, double s) noexcept {
    switch (needle.shape) {
        case NeedleShape::cone:
        case NeedleShape::flat:
        case NeedleShape::pyramid:
            return on_cone(needle.tip_radius, shank_radius(needle), taper_slope(needle), s);
        case NeedleShape::bevel: {
            if (!(s > 0.0)) return needle.tip_radius;
            if (s >= needle.taper_length) return needle.shaft_radius;
            const double theta = std::acos(1.0 - 2.0 * s / needle.taper_length);
            const int k = std::clamp(static_cast<int>(std::sqrt(theta / pi) * bevel_pieces), 0, bevel_pieces - 1);
            const Corner a = bevel_corner(needle, k), b = bevel_corner(needle, k + 1);
            return on_cone(a.radius, b.radius, (b.radius - a.radius) / (b.s - a.s), s - a.s);
        }
        case NeedleShape::profile:
            break;
    }
    const RowMatrix& table = needle.profile;
    const Eigen::Index last = table.rows() - 1;
    if (last < 1) return needle.shaft_radius;
    if (!(s > 0.0)) return table(0, 1);
    if (s >= table(last, 0)) return table(last, 1);
    Eigen::Index low = 0, high = last;  // rows with table(low) <= s < table(high)
    while (high - low > 1) {
        const Eigen::Index middle = (low + high) / 2;
        (table(middle, 0) <= s ? low : high) = middle;
    }
    const double slope = (table(high, 1) - table(low, 1)) / (table(high, 0) - table(low, 0));
    return on_cone(table(low, 1), table(high, 1), slope, s - table(low, 0));
}

}  // namespace skin
