// Wounds, closures and products that need neither another physics nor a data file.
#pragma once

#include <cmath>
#include <vector>

#include "skin/topical/topical.hpp"
#include "skin/wound.hpp"

namespace skin::test {

/// Channels of the given loaded depths [m]; the mouth is as wide as the needle there, the channel half as wide.
inline Wound wound_of(const Needle& needle, const std::vector<double>& depths, double holes_per_area) {
    Wound wound;
    wound.needle = needle;
    const auto n = static_cast<Eigen::Index>(depths.size());
    wound.area = static_cast<double>(n) / holes_per_area;
    wound.depth = Eigen::Map<const Eigen::VectorXd>(depths.data(), n);
    wound.channel_depth = wound.depth;
    wound.mouth_radius = wound.depth.unaryExpr([&](double d) { return radius_at(needle, d); });
    wound.channel_radius = 0.5 * wound.mouth_radius;
    for (auto* column : {&wound.x, &wound.y, &wound.tilt, &wound.entry_speed, &wound.dwell_time, &wound.slit_length,
                         &wound.slit_depth, &wound.blood_fraction, &wound.heated_fraction}) {
        *column = Eigen::VectorXd::Zero(n);
    }
    return wound;
}

inline Wound equal_channels(const Needle& needle, double depth, int count, double holes_per_area) {
    return wound_of(needle, std::vector<double>(static_cast<std::size_t>(count), depth), holes_per_area);
}

/// Many long, thick needles: every ramp of the half-life rule at its upper end.
inline Wound many_long_needles() {
    return equal_channels({.length = 1.5e-3, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1.0e-3},
                          1.05e-3, 2000, 2.0e7);
}

/// Few short, thin needles: every ramp at its lower end.
inline Wound few_short_needles() {
    return equal_channels({.length = 5.0e-4, .shaft_radius = 2.5e-5, .tip_radius = 1e-6, .taper_length = 2.0e-4},
                          3.0e-4, 10, 1.0e5);
}

struct EqualChannels {
    int count = 100;
    double area = 1e-4;           ///< [m^2]
    double depth = 8e-4;          ///< [m]
    double needle_radius = 1e-4;  ///< [m] at the mouth
    double recoil = 0.7;          ///< [1] channel over needle radius
    double speed = 0.3;           ///< [m/s]
    double dwell = 0.005;         ///< [s]
};

/// Channels that are all alike, whatever their needle.
inline Wound equal_channels(const EqualChannels& c = {}) {
    Wound w;
    w.area = c.area;
    w.needle.taper_length = 1.5e-3;
    const auto all = [&](double value) { return Eigen::VectorXd::Constant(c.count, value).eval(); };
    w.x = w.y = w.tilt = w.slit_length = w.slit_depth = w.blood_fraction = w.heated_fraction = all(0.0);
    w.depth = w.channel_depth = all(c.depth);
    w.mouth_radius = all(c.needle_radius);
    w.channel_radius = all(c.recoil * c.needle_radius);
    w.entry_speed = all(c.speed);
    w.dwell_time = all(c.dwell);
    return w;
}

/// Elastic recoil from 0.7 to 0.5 in five minutes, then the radius halves every `half_life`; a plug that dries in half
/// an hour.
inline Closure closing(const Wound& wound, double half_life, double duration, int n_times = 60) {
    Closure c;
    c.classes = channel_classes(wound);
    const Eigen::Index m = c.classes.size();
    c.time.resize(n_times);
    c.radius_fraction = c.plug_conductance = c.hole_conductance = c.plug_wetness = RowMatrix(n_times, m);
    c.depth_fraction = RowMatrix::Ones(n_times, m);
    for (int i = 0; i < n_times; ++i) {
        const double share = static_cast<double>(i) / (n_times - 1), t = share * share * duration;
        c.time[i] = t;
        const double narrowed = std::pow(0.5, t / half_life), wet = std::exp(-t / 1584.0);
        c.radius_fraction.row(i).setConstant((0.5 + 0.2 * std::exp(-t / 300.0)) / 0.7 * narrowed);
        c.hole_conductance.row(i).setConstant(narrowed * narrowed);
        c.plug_wetness.row(i).setConstant(wet);
        c.plug_conductance.row(i).setConstant(0.05 + 9.95 * wet);
    }
    return c;
}

/// Niacinamide, 5 %, in a watery vehicle (transport.md 4.1, 4.5).
inline Topical watery_niacinamide() {
    Topical t;
    t.id = "watery_niacinamide";
    Active& a = t.active;
    a.id = "niacinamide";
    a.compound_type = CompoundType::base;
    a.molar_mass = 0.12212;
    a.log_partition = -0.37;
    a.pka_base = 3.35;
    a.carbon = 6, a.hydrogen = 6, a.nitrogen = 2, a.oxygen = 1, a.rings = 1, a.double_bonds = 4;
    t.concentration = 50.0;
    return t;
}

}  // namespace skin::test
