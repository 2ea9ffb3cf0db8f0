#include "transport/closing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "skin/numerics/interpolation.hpp"

namespace skin::transport {

namespace {
// A channel narrower than this share of its first radius carries a millionth of its first area: closed for every
// output, and the equations stay regular.
constexpr double closed_radius = 1e-3;
}  // namespace

ClosingCourse::ClosingCourse(const Closure& closure, Eigen::Index k, const Barrier& barrier, double unit_conductance,
                             bool wet_vehicle)
    : early_(barrier.early_recoil),
      late_(barrier.late_recoil),
      recoil_time_(barrier.recoil_time),
      unit_conductance_(unit_conductance),
      wet_(barrier.wet_plug_conductance),
      wet_vehicle_(wet_vehicle),
      constant_(closure.empty()) {
    if (closure.empty()) return;
    time_ = closure.time;
    radius_ = closure.radius_fraction.col(k).cwiseMax(closed_radius);
    depth_ = closure.depth_fraction.col(k).cwiseMax(0.0);
    plug_ = closure.plug_conductance.col(k).cwiseMax(0.0);
    radius_slope_ =
        numerics::monotone_slopes(time_, radius_);  // a continuous rate of narrowing: no kink stops the stepper
    depth_slope_ = numerics::monotone_slopes(time_, depth_);
    constant_ = (radius_.array() == radius_[0]).all() && (depth_.array() == depth_[0]).all() &&
                (wet_vehicle_ || (plug_.array() == plug_[0]).all());
}

ClosingCourse::ClosingCourse(Eigen::VectorXd time, Eigen::VectorXd fluid_share)
    : time_(std::move(time)), fluid_(std::move(fluid_share)), constant_(false) {}

ChannelMoment ClosingCourse::at(double time) const noexcept {
    ChannelMoment m;
    if (fluid_.size() > 0) {
        m.fluid = numerics::locate(time_, time).value(fluid_);
        return m;
    }
    double plug = wet_;
    if (time_.size() > 0) {
        const numerics::Place place = numerics::locate(time_, time);
        const auto [radius, radius_rate] = numerics::monotone_cubic(place, radius_, radius_slope_);
        const auto [depth, depth_rate] = numerics::monotone_cubic(place, depth_, depth_slope_);
        m.radius = radius;
        m.depth = depth;
        m.depth_rate = depth_rate;
        m.shrinking = -2.0 * radius_rate / radius;
        if (!wet_vehicle_) plug = place.value(plug_);
        // a_rec = a_needle (r_inf + (r_0 - r_inf) exp(-t/tau_v)): what the elastic recoil explains of the narrowing.
        const double wave = (early_ - late_) * std::exp(-std::max(0.0, time) / recoil_time_);
        const double recoil = 2.0 * wave / recoil_time_ / (late_ + wave);
        m.expelling = std::clamp(recoil, 0.0, std::max(0.0, m.shrinking));
    }
    if (unit_conductance_ > 0.0) m.plug = plug * unit_conductance_;
    return m;
}

}  // namespace skin::transport
