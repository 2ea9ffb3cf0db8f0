// The grid of a unit cell: fine where the solution bends, for any geometry (docs/theory/transport.md 4).
#pragma once

#include <functional>
#include <vector>

#include "transport/unit_cell.hpp"

namespace skin::transport {

/// The limit of two grids of a family is fine + to_limit (fine - coarse): order 7/4, between the 2 of smooth places and
/// the 4/3 of a corner that is not graded into, and what families of grids show (docs/vv/transport.md, TRN-N12).
inline constexpr double to_limit = 0.42285;  // 1/(2^(7/4) - 1)
/// |fine - coarse| times this is how far the limits of order 7/4 and 4/3 lie apart: the estimate of the error.
inline constexpr double doubt = 0.23529;  // 1/(2^(4/3) - 1) - to_limit

struct CellShape {
    std::vector<double> borders;           ///< [m] of the layers, from 0 to the base
    double barrier_length = 0.0;           ///< [m] to which the solute enters the first layer during the run
    double depth = 0.0;                    ///< [m] of the channel; 0: none
    std::function<double(double)> radius;  ///< [m] of the channel at a depth
    double cell_radius = 0.0;              ///< [m]
};

/// Grids and outline of a cell. `coarsening` 1: the standard fine grid; `refine` 1 and 2: a family of two grids, the
/// second (the standard one) with every cell of the first cut in two both ways.
[[nodiscard]] UnitCell lay_out(const CellShape& shape, int refine, double coarsening = 1.0);

}  // namespace skin::transport
