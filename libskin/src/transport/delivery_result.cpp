// What is read off a delivery: depth reached, time above a threshold, lag, share in the blood.
#include <algorithm>
#include <cmath>
#include <limits>

#include "skin/core/validate.hpp"
#include "skin/transport.hpp"

namespace skin {

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

Eigen::Index column_of(const DeliveryResult& r, const std::string& name) {
    const auto at = std::find(r.compartment.begin(), r.compartment.end(), name);
    return at == r.compartment.end() ? -1 : at - r.compartment.begin();
}

/// [kg/m^2] (time) that has left the skin inwards.
Eigen::VectorXd through_skin(const DeliveryResult& r) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(r.time.size());
    for (const char* name : {"cleared", "receptor"}) {
        const Eigen::Index c = column_of(r, name);
        if (c >= 0) sum += r.amount.col(c);
    }
    return sum;
}

/// How far a ring lies from the axis, as resistances count: the elliptic coordinate around a slit, ln r around a hole.
/// A quasi-steady field is straight in it.
double outwards(double across, double focus) {
    return focus > 0.0 ? std::asinh(across / focus) : std::log(std::max(across, 1e-12));
}

/// Where the ring through (x, y) crosses the y axis [m], as `section_radius` counts.
double across_gape(double x, double y, double focus) {
    if (!(focus > 0.0)) return std::hypot(x, y);
    const double along = 0.5 * (std::hypot(x - focus, y) + std::hypot(x + focus, y));  // the other semi-axis
    return std::sqrt(std::max(0.0, (along - focus) * (along + focus)));
}

}  // namespace

Eigen::VectorXd DeliveryResult::penetration_depth(double share) const {
    check_range("share", share, "1", 0.0, 1.0);
    Eigen::VectorXd reached = Eigen::VectorXd::Constant(time.size(), NaN);
    for (Eigen::Index t = 0; t < time.size(); ++t) {
        double total = 0.0;
        for (Eigen::Index i = 0; i < depth.size(); ++i) {
            if (depth[i] > living_top) total += std::max(0.0, content(t, i)) * cell_height[i];
        }
        if (!(total > 0.0)) continue;
        double above = 0.0;
        for (Eigen::Index i = 0; i < depth.size(); ++i) {
            if (!(depth[i] > living_top)) continue;
            const double here = std::max(0.0, content(t, i)) * cell_height[i];
            if (above + here >= share * total) {
                const double part = here > 0.0 ? (share * total - above) / here : 0.0;
                reached[t] = depth[i] + (part - 0.5) * cell_height[i];
                break;
            }
            above += here;
            reached[t] = depth[i] + 0.5 * cell_height[i];
        }
    }
    return reached;
}

double DeliveryResult::time_above(const std::string& layer, double threshold) const {
    check_range("threshold", threshold, "kg/m^3", 0.0, 1e5);
    const Eigen::Index l = column_of(*this, layer) - column_of(*this, "evaporated") - 1;
    if (l < 0 || l >= layer_bottom.size()) {
        std::string names;
        for (Eigen::Index k = 0; k < layer_bottom.size(); ++k)
            names +=
                (k > 0 ? ", " : "") + compartment[static_cast<std::size_t>(column_of(*this, "evaporated") + 1 + k)];
        throw ParameterError("layer = '" + layer + "' is not one of: " + names);
    }
    const double top = l > 0 ? layer_bottom[l - 1] : 0.0, bottom = layer_bottom[l];
    Eigen::VectorXd mean = Eigen::VectorXd::Zero(time.size());
    double height = 0.0;
    for (Eigen::Index i = 0; i < depth.size(); ++i) {
        if (depth[i] < top || depth[i] > bottom) continue;
        mean += cell_height[i] * concentration.col(i);
        height += cell_height[i];
    }
    double above = 0.0;
    for (Eigen::Index t = 0; height > 0.0 && t + 1 < time.size(); ++t) {  // straight between two output times
        const double a = mean[t] / height - threshold, b = mean[t + 1] / height - threshold;
        const double dt = time[t + 1] - time[t];
        if (a > 0.0 && b > 0.0) above += dt;
        if ((a > 0.0) != (b > 0.0)) above += dt * std::max(a, b) / std::abs(b - a);
    }
    return above;
}

double DeliveryResult::lag_time() const {
    const Eigen::VectorXd through = through_skin(*this);
    double steepest = 0.0, lag = NaN;
    for (Eigen::Index t = 0; t + 1 < time.size(); ++t) {
        const double dt = time[t + 1] - time[t];
        const double slope = (through[t + 1] - through[t]) / dt;
        if (!(dt > 0.0) || !(slope > steepest)) continue;
        steepest = slope;
        lag = 0.5 * (time[t] + time[t + 1]) - 0.5 * (through[t] + through[t + 1]) / slope -
              (std::isnan(put_on_at) ? time[0] : put_on_at);
    }
    return lag;
}

Eigen::VectorXd DeliveryResult::bioavailability() const {
    if (!(dose > 0.0)) return Eigen::VectorXd::Constant(time.size(), NaN);
    return through_skin(*this) / dose;
}

NdArray DeliveryResult::field_around(const Eigen::VectorXd& x, const Eigen::VectorXd& y) const {
    if (section.data.empty()) {
        throw ParameterError(
            "result has no section, so there is no field around a channel: the models unit_cell and slit "
            "make one");
    }
    for (const double value : x) check_range("x", value, "m", -1.0, 1.0);
    for (const double value : y) check_range("y", value, "m", -1.0, 1.0);
    const auto rings = static_cast<std::size_t>(section_radius.size()),
               rows = static_cast<std::size_t>(section_depth.size()), n_times = section.shape[0];
    const auto n_x = static_cast<std::size_t>(x.size()), n_y = static_cast<std::size_t>(y.size());
    std::vector<double> at(rings);
    for (std::size_t i = 0; i < rings; ++i)
        at[i] = outwards(section_radius[static_cast<Eigen::Index>(i)], section_focus);
    constexpr double rounding = 1.0 + 1e-9;
    const double border = std::max(section_border, section_radius.tail(1)[0]) * rounding;

    NdArray field{{}, {n_times, n_x, n_y, rows}};
    field.data.assign(n_times * n_x * n_y * rows, NaN);
    for (std::size_t p = 0; p < n_x * n_y; ++p) {
        const double here =
            across_gape(x[static_cast<Eigen::Index>(p / n_y)], y[static_cast<Eigen::Index>(p % n_y)], section_focus);
        if (here > border) continue;
        const double place = outwards(here, section_focus);
        const auto next = static_cast<std::size_t>(std::upper_bound(at.begin(), at.end(), place) - at.begin());
        const std::size_t outer = std::min(next, rings - 1), inner = next == 0 ? 0 : next - 1;  // flat at both ends
        const double share = outer > inner ? (place - at[inner]) / (at[outer] - at[inner]) : 0.0;
        for (std::size_t t = 0; t < n_times; ++t) {
            const double* a = &section.data[(t * rings + inner) * rows];
            const double* b = &section.data[(t * rings + outer) * rows];
            double* out = &field.data[(t * n_x * n_y + p) * rows];
            for (std::size_t j = 0; j < rows; ++j) out[j] = (1.0 - share) * a[j] + share * b[j];
        }
    }
    return field;
}

}  // namespace skin
