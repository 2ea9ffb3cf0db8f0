// Buckling, normal and shear stress of a needle (docs/theory/insertion.md, eq. 81-85).
//
//   N(s)  axial force [N]     E I(s)  bending stiffness [N m^2]     phi  slope of the deflected axis [rad]
//   (E I phi')' + lambda N phi = 0,  phi'(0) = 0 at the free tip,  phi(L) = 0 at the base plate
#include "skin/device/needle_strength.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace skin {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int slices_of_all = 400;  // of the outline: buckling loads are within 1e-4 (INS-V116, V117)
constexpr int least_slices = 12;    // of a piece
constexpr double shortest_share = 1e-9;

/// Where the stress is looked at and the column is integrated: finer where the radius changes by a larger factor.
std::vector<double> stations(const Needle& needle) {
    const auto pieces = needle_outline(needle);
    const int slices = std::max(least_slices, slices_of_all / static_cast<int>(pieces.size()));
    std::vector<double> at{0.0};
    for (const OutlinePiece& piece : pieces) {
        const double ratio = std::log(piece.end_radius / piece.start_radius), width = piece.end - piece.start;
        for (int k = 1; k <= slices; ++k) {
            const double share = static_cast<double>(k) / slices;
            // Equal steps of ln R along the piece; equal steps of s where it is a cylinder.
            const double x = ratio > shortest_share ? std::expm1(ratio * share) / std::expm1(ratio) : share;
            at.push_back(k == slices ? piece.end : piece.start + x * width);
        }
    }
    return at;
}

double force_at(const AxialForce& load, double s) noexcept {
    const Eigen::Index n = load.distance.size();
    if (n == 0) return 0.0;
    if (s <= load.distance[0]) return load.force[0];
    if (s >= load.distance[n - 1]) return load.force[n - 1];
    const auto after = std::upper_bound(load.distance.begin(), load.distance.end(), s) - load.distance.begin();
    const double a = load.distance[after - 1], b = load.distance[after];
    return load.force[after - 1] + (load.force[after] - load.force[after - 1]) * (s - a) / (b - a);
}

struct Slice {
    double width, stiffness, force;  // [m], [N m^2] harmonic mean, [N] mean
};

std::vector<Slice> slices_of(const Needle& needle, const AxialForce& load) {
    const double E = needle.material->youngs_modulus;
    const auto at = stations(needle);
    std::vector<Slice> slices;
    for (std::size_t i = 1; i < at.size(); ++i) {
        const double a = at[i - 1], b = at[i], width = b - a;
        if (!(width > 0.0)) continue;
        // Mean flexibility by Simpson, inside the slice: a step of the outline lies on a border.
        const double inside = 1e-9 * width;
        const auto flexibility = [&](double s) { return 1.0 / (E * section_at(needle, s).inertia); };
        const double mean =
            (flexibility(a + inside) + 4.0 * flexibility(0.5 * (a + b)) + flexibility(b - inside)) / 6.0;
        slices.push_back({width, 1.0 / mean, force_at(load, 0.5 * (a + b))});
    }
    return slices;
}

/// Does the axis, started upright at the tip, turn through zero before the base? Each slice is solved exactly.
bool turns_over(const std::vector<Slice>& slices, double factor) noexcept {
    double phi = 1.0, moment = 0.0;
    for (const Slice& slice : slices) {
        const double k = std::sqrt(std::max(factor * slice.force, 0.0) / slice.stiffness);
        const double angle = k * slice.width;
        if (angle > pi) return true;
        const double c = std::cos(angle), s = std::sin(angle);
        const double over = angle > 0.0 ? s / (k * slice.stiffness) : slice.width / slice.stiffness;
        const double next = phi * c + moment * over;
        moment = moment * c - phi * k * slice.stiffness * s;
        phi = next;
        if (!(phi > 0.0)) return true;
    }
    return false;
}

AxialForce force_on_tip(double force) { return {Eigen::VectorXd::Zero(1), Eigen::VectorXd::Constant(1, force)}; }

}  // namespace

NeedleSection section_at(const Needle& needle, double s) noexcept {
    const double R = radius_at(needle, s), shank = shank_radius(needle);
    // A tube has the same bore all along; in other shapes it opens to the side and takes the same share of a section
    // everywhere.
    const double b = needle.shape == NeedleShape::flat ? needle.bore_radius : needle.bore_radius * R / shank;
    const double bore_area = pi * b * b, bore_inertia = 0.25 * pi * b * b * b * b;
    if (needle.shape == NeedleShape::pyramid) {
        const double n = needle.sides, corner = R * needle.shaft_radius / shank, side = 2.0 * corner * std::sin(pi / n);
        const double area = 0.5 * n * corner * corner * std::sin(2.0 * pi / n);
        return {area - bore_area, area / 24.0 * (6.0 * corner * corner - side * side) - bore_inertia, corner};
    }
    return {pi * R * R - bore_area, 0.25 * pi * R * R * R * R - bore_inertia, R};
}

double buckling_factor(const Needle& needle, const AxialForce& load) {
    if (!needle.material) return std::numeric_limits<double>::quiet_NaN();
    if (load.force.size() == 0 || !(load.force.maxCoeff() > 0.0)) return infinity;
    const auto slices = slices_of(needle, load);
    double low = 0.0, high = 1.0;
    while (!turns_over(slices, high) && high < 1e18) low = high, high *= 4.0;
    if (high >= 1e18) return infinity;
    for (int i = 0; i < 80 && high - low > 1e-9 * high; ++i) {
        const double middle = low > 0.0 ? std::sqrt(low * high) : 0.5 * high;
        (turns_over(slices, middle) ? high : low) = middle;
    }
    return 0.5 * (low + high);
}

double buckling_force(const Needle& needle) { return buckling_factor(needle, force_on_tip(1.0)); }

NeedleMargin strength_margin(const Needle& needle, const AxialForce& load, double tilt) {
    NeedleMargin weakest{buckling_factor(needle, load), NeedleFailure::buckling, needle.length};
    if (!needle.material) return weakest;
    const NeedleMaterial& material = *needle.material;
    const auto consider = [&](double strength, double stress, NeedleFailure failure, double s) {
        if (!(stress > 0.0) || !(strength < weakest.margin * stress)) return;
        weakest = {strength / stress, failure, s};
    };
    // A force tilted by t has the lateral part N sin t, which bends: M' = V.
    const double sideways = std::abs(std::sin(tilt)), along = std::cos(tilt);
    double moment = 0.0, before = 0.0;
    for (const double s : stations(needle)) {
        const NeedleSection section = section_at(needle, s);
        const double N = force_at(load, s), V = N * sideways;
        moment += 0.5 * (s - before) * (V + force_at(load, before) * sideways);
        before = s;
        const double normal = N * along / section.area + moment * section.outer_radius / section.inertia;
        consider(material.compressive_strength, normal, NeedleFailure::normal, s);
        consider(material.shear_strength, V / section.area, NeedleFailure::shear, s);
    }
    return weakest;
}

}  // namespace skin
