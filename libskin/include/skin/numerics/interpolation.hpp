// Piecewise linear in time or depth, constant beyond the ends.
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

}  // namespace skin::numerics
