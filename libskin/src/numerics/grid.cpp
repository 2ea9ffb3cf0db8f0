#include "skin/numerics/grid.hpp"

#include "skin/core/error.hpp"

namespace skin::numerics {

Grid make_grid(const std::vector<double>& borders, const std::vector<int>& cells, Spacing spacing) {
    if (borders.size() != cells.size() + 1 || cells.empty()) {
        throw ParameterError("make_grid: there must be one border more than segments");
    }
    Eigen::Index n = 0;
    for (std::size_t s = 0; s < cells.size(); ++s) {
        if (cells[s] < 1) throw ParameterError(text("make_grid: segment %zu has %d cells", s, cells[s]));
        if (!(borders[s + 1] > borders[s])) {
            throw ParameterError(text("make_grid: border %g does not lie below %g", borders[s + 1], borders[s]));
        }
        n += cells[s];
    }
    Grid grid;
    grid.edge.resize(n + 1);
    grid.segment.reserve(static_cast<std::size_t>(n));
    Eigen::Index i = 0;
    for (std::size_t s = 0; s < cells.size(); ++s) {
        for (int k = 0; k < cells[s]; ++k) {
            const double x = static_cast<double>(k) / cells[s];
            const double share = spacing == Spacing::equal ? x : x * x * (3.0 - 2.0 * x);
            grid.edge[i++] = borders[s] + share * (borders[s + 1] - borders[s]);
            grid.segment.push_back(static_cast<int>(s));
        }
    }
    grid.edge[i] = borders.back();
    return grid;
}

}  // namespace skin::numerics
