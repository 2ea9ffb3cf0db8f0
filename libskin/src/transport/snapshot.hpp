// What a model hands to deliver() at one moment, on the cells over depth of the column.
#pragma once

#include <vector>

#include "skin/numerics/linear_solver.hpp"

namespace skin::transport {

using numerics::Vector;

/// Amounts of the active per area of skin, kg/m^2: what goes from one stretch of time into the next.
struct Amounts {
    double donor = 0.0, evaporated = 0.0, wiped = 0.0, cleared = 0.0, receptor = 0.0;
    double taken = 0.0;           // out of the donor into skin and channels, up to now
    Vector tissue;                // (cell)
    std::vector<Vector> channel;  // per family (reach)
};

/// What is read off at one output time.
struct Snapshot {
    Amounts amounts;
    Vector concentration;          // [kg/m^3] (cell) in tissue
    Vector channel_concentration;  // [kg/m^3] (cell) in channels, NaN where there is none
    double flux = 0.0;             // [kg/(m^2 s)] out of the donor
};

}  // namespace skin::transport
