// Cells along one axis: layers cut into cells that are equal or crowd at the borders.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace skin::numerics {

enum class Spacing {
    equal,      ///< all cells of a segment alike
    clustered,  ///< fine at both ends: x -> x^2 (3 - 2 x), transport.md 3.7
};

/// Cells between consecutive edges.
struct Grid {
    Eigen::VectorXd edge;      ///< [m] (n + 1)
    std::vector<int> segment;  ///< (n) number of the segment that a cell lies in

    [[nodiscard]] Eigen::Index size() const noexcept { return edge.size() - 1; }
    [[nodiscard]] double width(Eigen::Index i) const noexcept { return edge[i + 1] - edge[i]; }
    [[nodiscard]] double centre(Eigen::Index i) const noexcept { return 0.5 * (edge[i] + edge[i + 1]); }
    [[nodiscard]] Eigen::VectorXd centres() const { return 0.5 * (edge.head(size()) + edge.tail(size())); }
    [[nodiscard]] Eigen::VectorXd widths() const { return edge.tail(size()) - edge.head(size()); }
};

/// Segments between `borders` (increasing), cut into `cells[i]` cells each.
[[nodiscard]] Grid make_grid(const std::vector<double>& borders, const std::vector<int>& cells, Spacing spacing);

}  // namespace skin::numerics
