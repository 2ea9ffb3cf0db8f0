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
        lag = 0.5 * (time[t] + time[t + 1]) - 0.5 * (through[t] + through[t + 1]) / slope - time[0];
    }
    return lag;
}

Eigen::VectorXd DeliveryResult::bioavailability() const {
    if (!(dose > 0.0)) return Eigen::VectorXd::Constant(time.size(), NaN);
    return through_skin(*this) / dose;
}

}  // namespace skin
