#include "transport/cell_grid.hpp"

#include <algorithm>
#include <cmath>

namespace skin::transport {

UnitCell lay_out(const CellShape& shape, int refine, double coarsening) {
    using numerics::FineSpot;
    const double barrier = shape.borders[1], base = shape.borders.back(), b = shape.cell_radius;
    std::vector<double> borders = shape.borders, rings{0.0, b};
    std::vector<FineSpot> down, out;
    // Stratum corneum: from both sides only the depth that the solute reaches is used.
    const double skin_deep = std::clamp(shape.barrier_length / 66.0, 1e-3 * barrier, 0.05 * barrier);
    constexpr double along_barrier = 0.15, along_depth = 0.35, along_radius = 0.55;  // growth of cells, per length
    down.push_back({0.0, skin_deep, along_barrier});  // no cell is taller than that share of its depth, anywhere
    down.push_back({barrier, skin_deep, along_barrier, 0.0, barrier});
    const bool open = shape.depth > 0.0;
    if (open) {
        // The corner of wall, barrier and living skin: u ~ distance^(2/3) below it.
        const double a = std::min(shape.radius(std::min(barrier, 0.5 * shape.depth)), 0.9 * b), corner = 0.015 * a;
        rings = {0.0, a, b};
        // Through the wall, which leans from its mouth to a, the stratum corneum takes up no deeper than through its
        // top.
        const double into_wall = std::clamp(shape.barrier_length / 10.0, 0.2 * corner, corner);
        out.push_back({a, into_wall, along_radius});
        out.push_back({std::min(shape.radius(0.0), 0.9 * b), into_wall, along_radius});
        down.push_back({barrier, corner, along_depth, barrier, base});
        // A blunt floor has such a corner too; a tip has none.
        const double floor = std::max(0.02 * a, a - shape.radius(shape.depth));
        down.push_back({shape.depth, floor, along_depth});
        borders.push_back(shape.depth);
        std::sort(borders.begin(), borders.end());
        const auto same = [&](double x, double y) { return std::abs(x - y) < 1e-9 * base; };
        borders.erase(std::unique(borders.begin(), borders.end(), same), borders.end());
    } else {
        down.push_back({barrier, 0.05 * (base - barrier), along_depth, barrier, base});
    }
    constexpr double unit = 2.0;  // cells of the standard grid that make one of the coarse grid
    UnitCell cell;
    cell.axial = numerics::make_graded_grid(borders, down, base / 32.0, refine, unit * coarsening);
    cell.radial = numerics::make_graded_grid(rings, out, open ? 0.24 * b : 0.5 * b, refine, unit * coarsening);
    cell.depth = shape.depth;
    const Eigen::Index rows = cell.rows();
    cell.edge_radius = Eigen::VectorXd::Zero(rows + 1);
    cell.centre_radius = Eigen::VectorXd::Zero(rows);
    for (Eigen::Index j = 0; open && j <= rows; ++j) {
        if (cell.axial.edge[j] <= shape.depth * (1.0 + 1e-9)) cell.edge_radius[j] = shape.radius(cell.axial.edge[j]);
        if (j < rows && cell.axial.centre(j) < shape.depth) cell.centre_radius[j] = shape.radius(cell.axial.centre(j));
    }
    cell.border_resistance = Eigen::VectorXd::Zero(rows + 1);
    cell.medium.resize(static_cast<std::size_t>(rows));
    return cell;
}

}  // namespace skin::transport
