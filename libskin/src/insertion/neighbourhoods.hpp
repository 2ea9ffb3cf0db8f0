// Which needles of a plate are alike, and where the plate between them meets the skin first. Geometry only.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "skin/core/types.hpp"

namespace skin::insertion {

/// Groups of needles with equal neighbourhoods: each needle of a group has the same number of needles of every group at
/// every distance within the cut-off (an equitable partition). What couples by distance alone then acts alike on all of
/// a group, so one needle may stand for it.
struct Neighbourhoods {
    std::vector<Eigen::Index> group_of;        ///< (needle)
    std::vector<Eigen::Index> representative;  ///< (group) its first needle
    Eigen::VectorXd members;                   ///< (group) needles in it
};
[[nodiscard]] Neighbourhoods neighbourhoods(const RowMatrix& positions, double cut_off);

/// (point, 2) places between neighbouring needles that are furthest from all of them: corners of their Voronoi cells
/// within the plate; the middles of the gaps when all stand on a line. One of each kind that the groups tell apart.
[[nodiscard]] RowMatrix middles(const RowMatrix& positions, const Neighbourhoods& alike, double cut_off);

}  // namespace skin::insertion
