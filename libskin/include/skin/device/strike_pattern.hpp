// Where, when, at which tilt and how fast each needle strikes: geometry and the hand's scatter, no skin.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "skin/core/describe.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"

namespace skin {

/// One row a strike that can make a hole of its own (n); `area` is the patch that they fill at the density of the whole
/// treatment. No rows and no area when nothing strikes (no pass, hole_fraction 0, locked drum).
struct StrikePattern {
    Eigen::VectorXd x;              ///< [m] (n) along the first rolling direction
    Eigen::VectorXd y;              ///< [m] (n) across it
    Eigen::VectorXd tilt;           ///< [rad] (n) needle from the normal at first contact
    Eigen::VectorXd speed;          ///< [m/s] (n) of the tip into the skin
    Eigen::VectorXd time;           ///< [s] (n) since the first strike
    Eigen::VectorXd pass_number;    ///< [1] (n) of the pass over the patch, from 0
    Eigen::VectorXd heading;        ///< [rad] (n) in which the device moves, from x
    Eigen::VectorXd travelled;      ///< [m] (n) way of the device since it touched down
    Eigen::VectorXd ring_offset;    ///< [m] (n) of the needle's ring from the middle of the drum, to the left
    Eigen::VectorXd hand_force;     ///< [N] (n) on the whole device during that strike
    Eigen::VectorXd protrusion;     ///< [m] (n) needle beyond drum, nose or plate for that strike
    double area = 0.0;              ///< [m^2] patch that these strikes fill
    double strikes_per_area = 0.0;  ///< [1/m^2] all strikes
    double holes_per_area = 0.0;    ///< [1/m^2] strikes that can make a hole of their own (hole_fraction)
};
template <>
struct Describe<StrikePattern> {
    using S = StrikePattern;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"x", &S::x, "m", "along the first rolling direction", {"strike"}},
            Field{"y", &S::y, "m", "across it", {"strike"}},
            Field{"tilt", &S::tilt, "rad", "needle from the normal at first contact", {"strike"}},
            Field{"speed", &S::speed, "m/s", "of the tip into the skin", {"strike"}},
            Field{"time", &S::time, "s", "since the first strike", {"strike"}},
            Field{"pass_number", &S::pass_number, "1", "of the pass over the patch, from 0", {"strike"}},
            Field{"heading", &S::heading, "rad", "in which the device moves, from x", {"strike"}},
            Field{"travelled", &S::travelled, "m", "way of the device since it touched down", {"strike"}},
            Field{"ring_offset", &S::ring_offset, "m", "of the needle's ring from the middle of the drum, to the left", {"strike"}},
            Field{"hand_force", &S::hand_force, "N", "on the whole device during that strike", {"strike"}},
            Field{"protrusion", &S::protrusion, "m", "needle beyond drum, nose or plate for that strike", {"strike"}},
            Field{"area", &S::area, "m^2", "patch that these strikes fill"},
            Field{"strikes_per_area", &S::strikes_per_area, "1/m^2", "all strikes"},
            Field{"holes_per_area", &S::holes_per_area, "1/m^2", "strikes that can make a hole of their own"},
        };
    }
    // clang-format on
};

/// `n_strikes` strikes of a use (devices.md 3), spread evenly over its passes; ParameterError when the use does not fit
/// the device. Pure: same arguments, same numbers.
[[nodiscard]] StrikePattern strike_pattern(const Device& device, const Use& use, int n_strikes, std::uint64_t seed);

/// [1/m^2] holes that one pass of a drum leaves when it rolls on `rolling_radius` (devices.md 3.1).
[[nodiscard]] double holes_per_pass(const Roller& roller, double rolling_radius);
/// [m] on which a torque-free drum rolls with its needles fully in: drum radius + 7/9 needle length (tearing.md 3.4).
[[nodiscard]] double free_rolling_radius(const Roller& roller);
/// [1/m^2] strikes of one pass of a pen, each counted once (devices.md 3.2).
[[nodiscard]] double strikes_per_pass(const Pen& pen, double hand_speed);

}  // namespace skin
