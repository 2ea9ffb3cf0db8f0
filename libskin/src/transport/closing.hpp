// How one family of channels changes while a product is on the skin (recovery.md 3.1, read from the Closure).
#pragma once

#include <Eigen/Core>
#include <limits>

#include "skin/tissue/barrier.hpp"
#include "skin/wound.hpp"

namespace skin::transport {

/// A family at one moment, relative to the moment of withdrawal.
struct ChannelMoment {
    double radius = 1.0;      ///< [1] a(t)/a(0)
    double depth = 1.0;       ///< [1] h(t)/h(0)
    double shrinking = 0.0;   ///< [1/s] -d ln(area)/dt
    double expelling = 0.0;   ///< [1/s] part of `shrinking` that is elastic recoil: its fluid leaves upward
    double depth_rate = 0.0;  ///< [1/s] d depth/dt
    double plug = std::numeric_limits<double>::infinity();  ///< [m^3/s] conductance of the plug at the mouth
    double fluid = 1.0;  ///< [1] share of the channel's own diffusivity; the rest is that of the tissue beside it
};

/// The course of one family over time.
class ClosingCourse {
public:
    ClosingCourse() = default;  ///< channels stay as they are, no plug
    /// Class `k` of `closure`; `unit_conductance` [m^3/s] is G_0. A wet vehicle on the mouth keeps the plug wet.
    ClosingCourse(const Closure& closure, Eigen::Index k, const Barrier& barrier, double unit_conductance,
                  bool wet_vehicle);

    /// A channel that keeps its outline while tissue takes the place of its fluid (the closing of reference problem
    /// T1).
    ClosingCourse(Eigen::VectorXd time, Eigen::VectorXd fluid_share);

    [[nodiscard]] ChannelMoment at(double time) const noexcept;
    [[nodiscard]] bool constant() const noexcept { return constant_; }

private:
    Eigen::VectorXd time_, radius_, depth_, plug_, fluid_;
    Eigen::VectorXd radius_slope_, depth_slope_;
    double early_ = 1.0, late_ = 1.0, recoil_time_ = 1.0, unit_conductance_ = 0.0, wet_ = 0.0;
    bool wet_vehicle_ = true, constant_ = true;
};

/// Sizes, ranges, order of times, and that the classes are those of this wound.
void validate_closure(const Closure& closure, const Wound& wound);

}  // namespace skin::transport
