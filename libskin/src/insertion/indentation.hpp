// How the skin gives way before and around a needle: small exact laws, and the one that insert() uses.
#pragma once

namespace skin::insertion {

class DeflectionTable;

// Laws of a half-space, a layer and a plate (insertion.md 3.2.1). E [Pa], nu [1], lengths [m]; force in N.
[[nodiscard]] double hertz_force(double E, double nu, double tip_radius, double indentation) noexcept;
[[nodiscard]] double sneddon_cone_force(double E, double nu, double tan_half_angle, double indentation) noexcept;
[[nodiscard]] double flat_disc_force(double E, double nu, double radius, double indentation) noexcept;
/// [1] factor on Hertz for a layer of `thickness` on a rigid base, nu = 1/2 (Dimitriadis 2002).
[[nodiscard]] double thin_layer_factor(double tip_radius, double indentation, double thickness, bool bonded) noexcept;
/// [m/N] compliance of a plate (E, nu, thickness) on an elastic half-space of modulus E* under a point load.
[[nodiscard]] double plate_on_half_space(double E, double nu, double thickness, double base_modulus) noexcept;
/// [m/N] the same on Winkler springs of E*/l; stiffer by 8 x 2^(2/3)/(3 sqrt 3).
[[nodiscard]] double plate_on_springs(double E, double nu, double thickness, double base_modulus) noexcept;
/// [N] force at which the work of F = k u^n reaches `work_per_area` x `tip_area` (insertion.md 3.2.2).
[[nodiscard]] double energy_per_area_force(double k, double n, double work_per_area, double tip_area) noexcept;

/// [1] chi, puncture peak over steady force: 1 up to the smooth diameter, 3 from the blunt one, linear between.
[[nodiscard]] double barrier_factor(double tip_diameter, double smooth_diameter, double blunt_diameter) noexcept;
/// [1] factor on a modulus at `speed`: (speed/length/reference_rate)^exponent, 1 at the reference rate.
[[nodiscard]] double rate_factor(double speed, double length, double reference_rate, double exponent) noexcept;
/// [m] deflection of an elastic half-space of modulus E* at `distance` from a point force (Boussinesq).
[[nodiscard]] double far_field(double force, double modulus, double distance) noexcept;

/// F(u) of the surface under one needle. Parabolic: quadratic u^2 of deep indentation; layered: factor times the table
/// of tip and layers, which must outlive this. A stretched membrane lies in parallel (same u, forces add): linear u.
struct Deflection {
    double quadratic = 0.0;                  ///< [N/m^2] beta E_eff
    double linear = 0.0;                     ///< [N/m] 2 pi T/ln(B/R_t)
    bool rigid = false;                      ///< no deflection at all
    const DeflectionTable* table = nullptr;  ///< of the layers
    double factor = 1.0;                     ///< [1] on the table: rate

    [[nodiscard]] double depth(double force) const noexcept;      ///< [m] u of F
    [[nodiscard]] double force(double depth) const noexcept;      ///< [N] F of u; 0 when rigid
    [[nodiscard]] double stiffness(double depth) const noexcept;  ///< [N/m] dF/du; infinite when rigid
    [[nodiscard]] double energy(double depth) const noexcept;     ///< [J] stored at u
    [[nodiscard]] Deflection stiffer(double by) const noexcept;   ///< elastic part times `by`, tension as it is
};

}  // namespace skin::insertion
