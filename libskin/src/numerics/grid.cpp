#include "skin/numerics/grid.hpp"

#include <algorithm>
#include <cmath>

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

Grid make_graded_grid(const std::vector<double>& borders, const std::vector<FineSpot>& spots, double coarsest,
                      int refine, double unit) {
    if (borders.size() < 2 || refine < 1 || !(unit > 0.0) || !(coarsest > 0.0)) {
        throw ParameterError("make_graded_grid: needs two borders, refine >= 1, unit > 0 and coarsest > 0");
    }
    const auto size = [&](double x) {
        double finest = coarsest;
        for (const FineSpot& s : spots) {
            if (x >= s.from && x <= s.to) finest = std::min(finest, s.size + s.growth * std::abs(x - s.x));
        }
        return finest;
    };
    Grid grid;
    std::vector<double> edges{borders[0]};
    for (std::size_t s = 0; s + 1 < borders.size(); ++s) {
        const double x0 = borders[s], length = borders[s + 1] - x0;
        if (!(length > 0.0))
            throw ParameterError(text("make_graded_grid: border %g does not lie below %g", borders[s + 1], x0));
        // Cells up to x: the integral of 1/size, on points that crowd at both ends where sizes change most.
        constexpr int points = 1000;
        std::vector<double> x(points + 1), cells(points + 1, 0.0);
        for (int k = 0; k <= points; ++k) {
            const double u = static_cast<double>(k) / points;
            x[static_cast<std::size_t>(k)] = x0 + length * u * u * u * (10.0 - 15.0 * u + 6.0 * u * u);
        }
        for (std::size_t k = 1; k < x.size(); ++k) {
            const double width = x[k] - x[k - 1];  // the middle: spots rule one side of a border only
            cells[k] = cells[k - 1] + width / size(0.5 * (x[k] + x[k - 1]));
        }
        const int n = refine * std::max(1, static_cast<int>(std::lround(cells.back() / unit)));
        std::size_t at = 0;
        for (int k = 1; k <= n; ++k) {
            const double wanted = cells.back() * k / n;
            while (at + 2 < x.size() && cells[at + 1] < wanted) ++at;
            const double share = (wanted - cells[at]) / (cells[at + 1] - cells[at]);
            edges.push_back(k == n ? borders[s + 1] : x[at] + share * (x[at + 1] - x[at]));
            grid.segment.push_back(static_cast<int>(s));
        }
    }
    grid.edge = Eigen::Map<const Eigen::VectorXd>(edges.data(), static_cast<Eigen::Index>(edges.size()));
    return grid;
}

}  // namespace skin::numerics
