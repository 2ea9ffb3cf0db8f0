// Line load against offset by depth and needle diameter, as a slice model would tabulate it (tearing.md, eq. 49).
#pragma once

#include <string_view>
#include <vector>

#include "skin/core/types.hpp"

namespace skin::tearing {

/// Line load q against offset at one depth and diameter: straight pieces from (0, 0); the last point is where it cuts.
/// Beyond it the last piece goes on.
struct LateralCurve {
    std::vector<double> offset, load;  ///< [m], [N/m] both rising

    [[nodiscard]] bool empty() const noexcept { return offset.empty(); }
    [[nodiscard]] double stiffness() const noexcept;                            ///< [Pa] k_w of the first piece
    [[nodiscard]] double load_at(double offset) const noexcept;                 ///< [N/m]
    [[nodiscard]] double offset_of(double load) const noexcept;                 ///< [m]
    [[nodiscard]] double energy_at(double offset) const noexcept;               ///< [J/m] stored per depth
    [[nodiscard]] double cutting_load() const noexcept { return load.back(); }  ///< [N/m] q_c
};

/// Rows of depth [m], needle diameter [m], offset [m], line load [N/m], sorted in that order.
class LateralTable {
public:
    LateralTable() = default;
    /// @throws ParameterError  a row is not finite or out of range, an axis does not rise, or a depth lacks a diameter
    explicit LateralTable(const RowMatrix& rows, std::string_view name = "settings.lateral_table");

    [[nodiscard]] bool empty() const noexcept { return depth_.empty(); }
    [[nodiscard]] double deepest() const noexcept { return depth_.back(); }    ///< [m]
    [[nodiscard]] double widest() const noexcept { return diameter_.back(); }  ///< [m]
    [[nodiscard]] const std::vector<double>& depths() const noexcept { return depth_; }
    /// Points of the curves between depths and diameters are interpolated linearly; beyond the table its edge holds.
    [[nodiscard]] LateralCurve at(double depth, double diameter) const;

private:
    std::vector<double> depth_, diameter_;  // [m] rising
    std::size_t n_points_ = 0;
    std::vector<double> offset_, load_;  // (depth, diameter, point)
};

}  // namespace skin::tearing
