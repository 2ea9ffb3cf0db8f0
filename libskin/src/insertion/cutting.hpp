// Steady cutting of one material by a conical needle: the planar crack and the hole that it is spread to.
// Everything is dimensionless: lengths over the needle radius R, stress over the Ogden modulus mu.
#pragma once

#include <vector>

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

/// ln G over ln kappa for one alpha: cubic Hermite with exact slopes, error of G below 4e-6 for alpha from 2 to 60.
class CuttingTable {
public:
    CuttingTable(double alpha, double kappa_low, double kappa_high);

    struct Value {
        double ln_resistance;  ///< [1] ln G
        double crack_share;    ///< [1] d ln G/d ln kappa: the share of the crack, 1 minus that of the spreading
    };
    /// Outside the tabulated range the exact minimiser answers.
    [[nodiscard]] Value at(double ln_kappa) const noexcept;
    [[nodiscard]] double alpha() const noexcept { return alpha_; }

private:
    double alpha_, start_, step_;
    std::vector<Value> nodes_;
};

}  // namespace skin::insertion
