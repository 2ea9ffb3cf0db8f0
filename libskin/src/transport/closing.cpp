#include "transport/closing.hpp"

#include <algorithm>
#include <cmath>

#include "skin/numerics/interpolation.hpp"

namespace skin::transport {

namespace {
// A channel narrower than this share of its first radius carries a millionth of its first area: closed for every output,
// and the equations stay regular.
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
    constant_ = (radius_.array() == radius_[0]).all() && (depth_.array() == depth_[0]).all() &&
                (wet_vehicle_ || (plug_.array() == plug_[0]).all());
}

ChannelMoment ClosingCourse::at(double time) const noexcept {
    ChannelMoment m;
    double plug = wet_;
    if (time_.size() > 0) {
        const numerics::Place place = numerics::locate(time_, time);
        m.radius = place.value(radius_);
        m.depth = place.value(depth_);
        m.depth_rate = place.derivative(depth_);
        m.shrinking = -2.0 * place.derivative(radius_) / m.radius;
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
