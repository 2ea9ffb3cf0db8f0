// Energy of a planar slit that a round needle wedges open (docs/theory/insertion.md, eq. 40-46).
//
//   y = a/R   half slit over needle radius [1]      s(y)   energy per length over mu R^2 [1]
//   n         steepness -d ln s/d ln y [1]          kappa  J/(mu R) [1], = -s'(y)/2 where 2 kappa y + s is least
#pragma once

#include <array>

namespace skin::insertion {

/// s(y) for one Ogden exponent: natural spline of ln s in ln y through the 34 tabulated slits, with its asymptotes.
class WedgeEnergy {
public:
    static constexpr double lowest_alpha = 2.0;     ///< end of the table
    static constexpr double tabulated_alpha = 9.0;  ///< other end; above it the equivalent hole is extrapolated
    static constexpr double highest_alpha = 12.0;   ///< beyond, the forms of extrapolation differ by more than 3 %
    static constexpr std::size_t n_slits = 34;

    /// `alpha` in [lowest_alpha, highest_alpha]; otherwise every answer is NaN.
    explicit WedgeEnergy(double alpha);

    struct Point {
        double energy;     ///< [1] s
        double steepness;  ///< [1] n
    };
    [[nodiscard]] Point at(double ln_y) const noexcept;
    /// [1] ln y of the slit that costs least at `ln_kappa`.
    [[nodiscard]] double best_slit(double ln_kappa) const noexcept;

    [[nodiscard]] double alpha() const noexcept { return alpha_; }
    [[nodiscard]] double lowest_kappa() const noexcept;   ///< [1] of the widest tabulated slit
    [[nodiscard]] double highest_kappa() const noexcept;  ///< [1] of the narrowest one

private:
    struct Local {
        double ln_energy, steepness, change;  // change: dn/d ln y
    };
    [[nodiscard]] Local local(double ln_y) const noexcept;

    double alpha_;
    std::array<double, n_slits> ln_energy_{}, curvature_{}, ln_kappa_{};  // over ln y, narrowest slit first
};

/// Rows of the built-in table: exponents, slits (falling) and energies as they stand in the data file.
namespace wedge_table {
inline constexpr std::size_t n_exponents = 5;
[[nodiscard]] const std::array<double, n_exponents>& exponents() noexcept;
[[nodiscard]] double slit(std::size_t row) noexcept;  ///< [1] a/R of `row`, narrowest first
[[nodiscard]] double energy(std::size_t exponent, std::size_t row) noexcept;
}  // namespace wedge_table

}  // namespace skin::insertion
