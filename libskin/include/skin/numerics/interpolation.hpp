// Piecewise linear, or monotone cubic with continuous slope, in time or depth; constant beyond the ends.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>

namespace skin::numerics {

/// Where `x` lies in the increasing `nodes`: value = (1 - share) v[index] + share v[index + 1].
struct Place {
    Eigen::Index index = 0;
    double share = 0.0;
    double slope = 0.0;  ///< 1/(width of the interval), 0 beyond the ends

    template <class Values>
    [[nodiscard]] double value(const Values& v) const {
        return share == 0.0 ? v[index] : (1.0 - share) * v[index] + share * v[index + 1];
    }
    template <class Values>
    [[nodiscard]] double derivative(const Values& v) const {
        return slope == 0.0 ? 0.0 : slope * (v[index + 1] - v[index]);
    }
};

[[nodiscard]] inline Place locate(const Eigen::VectorXd& nodes, double x) noexcept {
    const Eigen::Index n = nodes.size();
    if (n < 2 || x < nodes[0]) return {};
    if (x >= nodes[n - 1]) return {n - 1, 0.0, 0.0};
    const auto* after = std::upper_bound(nodes.data(), nodes.data() + n, x);
    const auto i = static_cast<Eigen::Index>(after - nodes.data()) - 1;
    const double width = nodes[i + 1] - nodes[i];
    return {i, (x - nodes[i]) / width, 1.0 / width};
}

/// Slopes at the nodes of the cubic that is monotone where the values are (Fritsch and Carlson 1980).
[[nodiscard]] inline Eigen::VectorXd monotone_slopes(const Eigen::VectorXd& nodes, const Eigen::VectorXd& values) {
    const Eigen::Index n = nodes.size();
    Eigen::VectorXd slope = Eigen::VectorXd::Zero(n);
    if (n < 2) return slope;
    const auto secant = [&](Eigen::Index i) { return (values[i + 1] - values[i]) / (nodes[i + 1] - nodes[i]); };
    for (Eigen::Index i = 1; i + 1 < n; ++i) {
        const double left = secant(i - 1), right = secant(i);
        if (left * right <= 0.0) continue;
        const double h = nodes[i] - nodes[i - 1], k = nodes[i + 1] - nodes[i];
        const double w = 2.0 * k + h, v = k + 2.0 * h;
        slope[i] = (w + v) / (w / left + v / right);  // harmonic: never steeper than three times the flatter secant
    }
    slope[0] = secant(0);
    slope[n - 1] = secant(n - 2);
    return slope;
}

struct CubicValue {
    double value = 0.0, derivative = 0.0;
};
[[nodiscard]] inline CubicValue monotone_cubic(const Place& place, const Eigen::VectorXd& values,
                                               const Eigen::VectorXd& slopes) {
    if (place.slope == 0.0) return {values[place.index], 0.0};
    const double h = 1.0 / place.slope, s = place.share, y0 = values[place.index], y1 = values[place.index + 1];
    const double m0 = h * slopes[place.index], m1 = h * slopes[place.index + 1], rise = y1 - y0;
    const double a = m0 + m1 - 2.0 * rise, b = 3.0 * rise - 2.0 * m0 - m1;
    return {y0 + s * (m0 + s * (b + s * a)), (m0 + s * (2.0 * b + 3.0 * s * a)) / h};
}

}  // namespace skin::numerics
