// Steady cutting of one material by a conical needle: the planar crack and the hole that it is spread to.
// Everything is dimensionless: lengths over the needle radius R, stress over the Ogden modulus mu.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "insertion/wedge.hpp"

namespace skin {
enum class CuttingLaw;  // skin/insertion.hpp
}

namespace skin::insertion {

/// [1] wall pressure over mu when a hole of undeformed radius x R is spread to R (insertion.md 3.1.2); x in (0, 1].
[[nodiscard]] double wall_pressure(double x, double alpha) noexcept;
/// [1] spreading energy per length over mu R^2 of that hole.
[[nodiscard]] double spreading_energy(double x, double alpha) noexcept;
/// [1] Ogden energy density over mu of plane-strain stretch `lambda`.
[[nodiscard]] double stretch_energy(double lambda, double alpha) noexcept;

/// The crack that costs least.
struct Cut {
    double opening = 1.0;     ///< [1] x = b/R, undeformed hole over needle radius
    double resistance = 0.0;  ///< [1] G = Gamma/(mu R^2)
    double pressure = 0.0;    ///< [1] wall pressure over mu
};
/// Minimiser of pi kappa x + U1(x) for kappa = J/(mu R) >= 0 and alpha >= 2, to round-off.
[[nodiscard]] Cut solve_cut(double kappa, double alpha) noexcept;

/// [N] steady cutting force of a needle of radius R.
[[nodiscard]] double cutting_force(double mu, double alpha, double J, double R) noexcept;
/// [N] steady force of a flat-ended cylinder: mode-II ring crack round a compressed core (insertion.md 3.2.3).
[[nodiscard]] double flat_punch_force(double mu, double alpha, double J, double R) noexcept;

/// [N] steady force of the flat end of a needle of radius R with a bore, 0: solid. The cheaper of two: the tissue ahead
/// is pressed together as under a punch, or a ring crack along the rim lets a core of the bore's width stay as it is.
[[nodiscard]] double flat_end_force(double mu, double alpha, double J, double R, double bore_radius) noexcept;

/// One law's answer for one kappa and alpha.
struct SteadyCut {
    double opening = 0.0;          ///< [1] half slit a/R; radius b/R of the ring of a flat punch
    double resistance = 0.0;       ///< [1] G = Gamma/(mu R^2)
    double spreading_share = 0.0;  ///< [1] S/Gamma, what is not spent on the crack
    double line_force = 0.0;       ///< [1] N/(mu R), force of the wall on the needle per length of wall
};
/// kappa = J/(mu R) > 0; alpha >= 2 and within WedgeEnergy's range for wedge_table, else NaN.
[[nodiscard]] SteadyCut steady_cut(CuttingLaw law, double kappa, double alpha);

/// ln G over ln kappa for one alpha: cubic Hermite with exact slopes. Error of G below 4e-6 for the closed form (alpha
/// from 2 to 60) and the flat punch (2 to 12), below 1e-5 for the wedge table, whose spline has kinks in its curvature.
class CuttingTable {
public:
    CuttingTable(double alpha, double kappa_low, double kappa_high);  ///< of equal_perimeter
    CuttingTable(CuttingLaw law, double alpha, double kappa_low, double kappa_high);

    struct Value {
        double ln_resistance;  ///< [1] ln G
        double crack_share;    ///< [1] d ln G/d ln kappa: the share of the crack, 1 minus that of the spreading
    };
    /// Outside the tabulated range the exact minimiser answers.
    [[nodiscard]] Value at(double ln_kappa) const noexcept;
    [[nodiscard]] double alpha() const noexcept { return alpha_; }

private:
    [[nodiscard]] Value exact(double kappa) const noexcept;

    CuttingLaw law_;
    std::optional<WedgeEnergy> wedge_;
    double alpha_, start_, step_;
    std::vector<Value> nodes_;
};

/// The table of one law and exponent for kappa from 1e-3 to 1e7. G is a special function: it is tabulated once a
/// process, on nodes that do not depend on who asks, so the numbers are the same in any order and from any thread.
[[nodiscard]] std::shared_ptr<const CuttingTable> cutting_table(CuttingLaw law, double alpha);

}  // namespace skin::insertion
