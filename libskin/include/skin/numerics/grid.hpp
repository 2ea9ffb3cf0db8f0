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

/// Where cells have to be fine: `size` there, growing by `growth` per length away from it.
struct FineSpot {
    double x = 0.0;
    double size = 0.0;                 ///< [m] of a cell at x
    double growth = 0.0;               ///< [1] by which a cell may be wider per length of distance
    double from = -1e300, to = 1e300;  ///< [m] it rules cells between these only
};

/// Segments between `borders` (increasing), cells as wide as the finest of `spots` and `coarsest` allow: an integral
/// number of `refine` cells per border-to-border unit, so that the grids of refine 1, 2, 3 ... are one family, each the
/// same smooth map sampled `refine` times as densely; `unit` cells of the wanted size make one unit.
[[nodiscard]] Grid make_graded_grid(const std::vector<double>& borders, const std::vector<FineSpot>& spots,
                                    double coarsest, int refine, double unit);

}  // namespace skin::numerics
