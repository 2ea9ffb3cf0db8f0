// How often a contact of a population tears, and how holes and slits meet (docs/theory/tearing.md, eqs. 32-38).
#pragma once

#include <span>

namespace skin::tearing {

/// Demand vector of a random contact: normal along and across the roll, independent.
struct DemandScatter {
    double mean_x = 0.0, mean_y = 0.0;  ///< [m]
    double sd_x = 0.0, sd_y = 0.0;      ///< [m]
};
/// [1] probability that the demand is longer than delta_c; keeps its digits in the far tail.
[[nodiscard]] double exceedance(const DemandScatter& demand, double delta_c);
/// [1] the Rayleigh form for zero mean: quick ranking only, it understates small values when sd_x != sd_y.
[[nodiscard]] double rayleigh_exceedance(double delta_c, double sd_x, double sd_y) noexcept;

/// A point of a rule for the mean over a standard normal variable.
struct NormalNode {
    double x = 0.0, weight = 0.0;  // [1]
};
/// Gauss-Hermite rule of 3 or 5 points, exact for polynomials up to degree 5 and 9.
[[nodiscard]] std::span<const NormalNode> normal_nodes(int n) noexcept;

/// [1] psi = 1 - exp(-S/l_r): how much of the slip has built up S after touchdown.
[[nodiscard]] double relaxation(double distance, double relaxation_length) noexcept;

/// Randomly superposed passes; n holes per area.
[[nodiscard]] double neighbour_probability(double n, double r) noexcept;     ///< [1] another hole within r
[[nodiscard]] double slit_crossings(double n, double slit_length) noexcept;  ///< [1] per isotropic slit
/// [1] parallel slits of width w_s that merge with one when gaps below `gap` merge.
[[nodiscard]] double merging_partners(double n, double slit_length, double w_s, double gap) noexcept;

}  // namespace skin::tearing
