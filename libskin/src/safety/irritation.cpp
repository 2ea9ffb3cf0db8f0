#include "safety/irritation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skin::safety {

namespace {

/// Value at t of samples joined by straight lines; 0 outside.
double interpolate(const Eigen::VectorXd& time, const Eigen::VectorXd& value, double t) {
    const Eigen::Index n = time.size();
    if (n == 0 || t < time[0] || t > time[n - 1]) return 0.0;
    const auto above = std::upper_bound(time.data(), time.data() + n, t) - time.data();
    if (above == n) return value[n - 1];
    const double x = (t - time[above - 1]) / (time[above] - time[above - 1]);
    return value[above - 1] + x * (value[above] - value[above - 1]);
}

/// Integral of `rate` by the trapezoid rule on its own times, at each of `at`.
Eigen::VectorXd accumulated(const Eigen::VectorXd& time, const Eigen::VectorXd& rate, const Eigen::VectorXd& at) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(at.size());
    double until = 0.0;
    Eigen::Index i = 0;  // steps of the substance that are complete
    for (Eigen::Index j = 0; j < at.size(); ++j) {
        for (; i + 1 < time.size() && time[i + 1] <= at[j]; ++i) {
            until += 0.5 * (rate[i] + rate[i + 1]) * (time[i + 1] - time[i]);
        }
        sum[j] = until;
        if (i + 1 < time.size() && at[j] > time[i]) {
            sum[j] += 0.5 * (rate[i] + interpolate(time, rate, at[j])) * (at[j] - time[i]);
        }
    }
    return sum;
}

}  // namespace

Eigen::VectorXd index_rate(const Exposure& e, double n_H) {
    if (!(e.irritant_concentration > 0.0)) return Eigen::VectorXd::Zero(e.time.size());  // not an irritant
    const double scale = e.irritant_concentration - e.no_effect_concentration;
    return e.epidermis_concentration.unaryExpr([&](double C) {
        return std::pow(std::max(0.0, C - e.no_effect_concentration) / scale, n_H) / e.irritant_time;
    });
}

double severity(double index, double exponent) {
    const double load = std::pow(index, exponent);
    return std::isinf(load) ? 1.0 : load / (1.0 + load);
}

void assess_irritation(SafetyResult& r, const Tolerance& tolerance, const std::vector<Exposure>& exposures) {
    const Eigen::Index n_t = r.time.size(), n_s = static_cast<Eigen::Index>(exposures.size());
    r.irritation_index = RowMatrix::Zero(n_t, n_s);
    Eigen::VectorXd rate = Eigen::VectorXd::Zero(n_t);
    for (Eigen::Index k = 0; k < n_s; ++k) {
        const Exposure& e = exposures[static_cast<std::size_t>(k)];
        const Eigen::VectorXd own = index_rate(e, tolerance.load_exponent);
        r.irritation_index.col(k) = accumulated(e.time, own, r.time);
        for (Eigen::Index j = 0; j < n_t; ++j) rate[j] += interpolate(e.time, own, r.time[j]);
    }
    r.irritation_total = r.irritation_index.rowwise().sum();
    r.irritation_rate = tolerance.irritation_source * rate;  // s_irr = k_irr dI/dt
    r.irritation = n_t > 0 ? r.irritation_total[n_t - 1] : 0.0;
    r.severity = severity(r.irritation, tolerance.severity_exponent);
    r.reaction_time = std::numeric_limits<double>::quiet_NaN();
    if (!(r.irritation >= 1.0)) return;
    Eigen::Index j = 0;
    while (r.irritation_total[j] < 1.0) ++j;
    double t = r.time[j];
    if (j > 0) {
        const double below = r.irritation_total[j - 1];
        t = r.time[j - 1] + (1.0 - below) / (r.irritation_total[j] - below) * (r.time[j] - r.time[j - 1]);
    }
    Eigen::Index worst = 0;
    r.irritation_index.row(j).maxCoeff(&worst);
    r.reaction_time = t + exposures[static_cast<std::size_t>(worst)].reaction_delay;
}

}  // namespace skin::safety
