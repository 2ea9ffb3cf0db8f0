#include "transport/closing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "skin/core/validate.hpp"
#include "skin/numerics/interpolation.hpp"
#include "skin/wound/closure.hpp"

namespace skin::transport {

namespace {
// A channel narrower than this share of its first radius carries a millionth of its first area: closed for every
// output, and the equations stay regular.
constexpr double closed_radius = 1e-3;

void check_rows(const RowMatrix& values, const char* name, Eigen::Index n_times, Eigen::Index n_classes, double hi) {
    if (values.rows() != n_times || values.cols() != n_classes) {
        throw ParameterError(text("closure.%s is %lld x %lld but must be times x classes = %lld x %lld", name,
                                  static_cast<long long>(values.rows()), static_cast<long long>(values.cols()),
                                  static_cast<long long>(n_times), static_cast<long long>(n_classes)));
    }
    for (Eigen::Index i = 0; i < values.size(); ++i)
        check_range(std::string{"closure."} + name, values.data()[i], "1", 0.0, hi);
}

}  // namespace

void validate_closure(const Closure& closure, const Wound& wound) {
    if (closure.empty()) return;
    const ChannelClasses& c = closure.classes;
    const Eigen::Index n = closure.time.size(), m = c.size();
    for (Eigen::Index i = 0; i < n; ++i) {
        check_range("closure.time", closure.time[i], "s", -1e10, 1e10);
        if (i > 0 && !(closure.time[i] > closure.time[i - 1])) throw ParameterError("closure.time must increase");
    }
    constexpr double most = 1e9;
    check_rows(closure.radius_fraction, "radius_fraction", n, m, 10.0);
    check_rows(closure.depth_fraction, "depth_fraction", n, m, 1.0);
    check_rows(closure.plug_conductance, "plug_conductance", n, m, most);
    check_never_reopens(closure);
    for (const auto* column : {&c.channel_depth, &c.channel_radius, &c.mouth_radius, &c.slit_length, &c.entry_speed,
                               &c.dwell_time, &c.blood_fraction}) {
        if (column->size() != m) throw ParameterError("closure.classes: every column needs one entry per class");
        for (Eigen::Index k = 0; k < m; ++k) check_range("closure.classes", (*column)[k], "", 0.0, most);
    }
    if (c.slit_area.size() > 0 && c.slit_area.size() != m) {
        throw ParameterError("closure.classes.slit_area needs one entry per class, or none");
    }
    for (Eigen::Index k = 0; k < c.slit_area.size(); ++k)
        check_range("closure.classes.slit_area", c.slit_area[k], "m^2", 0.0, 1.0);
    const double channels = m > 0 ? c.count.sum() : 0.0;
    if (std::abs(channels - static_cast<double>(wound.size())) > 1e-6 * std::max(1.0, channels)) {
        throw ParameterError(
            text("closure.classes stand for %g channels but the wound has %lld: this closure belongs to "
                 "another wound",
                 channels, static_cast<long long>(wound.size())));
    }
    if (channels > 0.0 && std::abs(c.area - wound.area) > 1e-9 * wound.area) {
        throw ParameterError(
            text("closure.classes.area = %g m^2 but wound.area = %g m^2: this closure belongs to another "
                 "wound",
                 c.area, wound.area));
    }
}

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
