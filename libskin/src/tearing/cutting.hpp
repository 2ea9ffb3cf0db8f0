// What a needle that is dragged sideways must overcome, per depth (docs/theory/tearing.md, eqs. 16-24).
#pragma once

#include "tearing/lateral_table.hpp"

namespace skin::tearing {

/// [1] k_w/G of a rigid cylinder of radius a bonded in an incompressible disc of outer radius b (eq. 16).
[[nodiscard]] double line_stiffness_factor(double a, double b) noexcept;

/// [1] lateral stiffness of a rigid needle embedded in layers with nothing else to hold them, over the sum of E_i h_i
/// down to its tip, for the embedded depth over the needle radius (eq. 44). Between the five depths of the independent
/// solution linear in the logarithm; beyond them the ends hold.
[[nodiscard]] double embedded_factor(double slenderness) noexcept;

/// Energy release rates at the two ends of a slit with a needle in it that is dragged along it (eq. 48).
struct FrontRates {
    double front = 0.0, rear = 0.0;  ///< [J/m^2] their difference is the line load, exactly
};
/// `wedged`: rate at both ends before the drag; `line_load` [N/m]. Half of the load to either end while the rear stays
/// open (slits no longer than the needle); a rear that has closed gives nothing back.
[[nodiscard]] FrontRates front_rates(double wedged, double line_load) noexcept;

/// What decides the cutting resistance at one depth.
struct CuttingLaw {
    double intercept = 0.0;          ///< [J/m^2] Gamma_0, size-free part of the toughness
    double failure_energy = 0.0;     ///< [J/m^3] W_f
    double cutting_factor = 1.0;     ///< [1] c_q
    double friction = 0.0;           ///< [1] mu
    double friction_exponent = 0.0;  ///< [1] m
};
/// [N/m] lateral line load per depth at which a needle of diameter d_n cuts (eq. 17).
[[nodiscard]] double cutting_load(const CuttingLaw& law, double d_n) noexcept;

/// [1] factor on the cutting load for a cut at `angle` from the Langer lines (eq. 18).
[[nodiscard]] double direction_factor(double anisotropy, double angle) noexcept;
/// [1] anisotropy eta whose ratio of resistance across to along the lines is `ratio`.
[[nodiscard]] double anisotropy_from_ratio(double ratio) noexcept;

/// [1] factor on the cutting load when the needle slides xi times as far along its axis as sideways (eq. 19).
[[nodiscard]] double slice_push_factor(double xi, double floor) noexcept;

/// Offset of needle and slit front at which the skin cuts, and the line load that the energy balance then needs.
struct CriticalOffset {
    double offset = 0.0;     ///< [m] delta_c
    double load = 0.0;       ///< [N/m] q_eff = k_w delta_c: equals q_c unless the strain limit governs
    double stiffness = 0.0;  ///< [Pa] k_w
    LateralCurve curve;      ///< line load against offset in its place; empty: k_w times offset

    [[nodiscard]] double load_at(double r) const noexcept { return curve.empty() ? stiffness * r : curve.load_at(r); }
    [[nodiscard]] double energy_at(double r) const noexcept {
        return curve.empty() ? 0.5 * stiffness * r * r : curve.energy_at(r);
    }
};
[[nodiscard]] CriticalOffset critical_offset(double cutting_load, double k_w, double failure_strain,
                                             double strained_length) noexcept;
/// [m] offset at which a first slit starts if the slit is the seed (Griffith), a variant (eq. 21).
[[nodiscard]] double initiation_offset(double toughness, double d_n, double cutting_factor, double k_w) noexcept;

/// [m] slit whose opened perimeter fits the shank (eq. 22).
[[nodiscard]] double initial_slit(double d_n, double lip_stretch) noexcept;

/// [N] lateral force at which a round shank of diameter d_n yields, load at `arm` from its root (eq. 23).
[[nodiscard]] double bending_force(double yield_stress, double d_n, double arm) noexcept;

/// [J/m^2] energy release rate of a slit that nothing drives but in-plane stress (eq. 24).
[[nodiscard]] double undriven_release_rate(double stress, double slit_length, double plane_strain_modulus) noexcept;

/// [m] strip-yield (Dugdale) zone ahead of a crack: pi/8 E' Gamma/sigma_c^2 (eq. 58).
[[nodiscard]] double strip_yield_zone(double plane_strain_modulus, double toughness, double strength) noexcept;

/// Epidermis that slides on the papillary foundation (eqs. 25-27).
struct Junction {
    double toughness = 0.0;  ///< [J/m^2] Gamma_DEJ
    double stiffness = 0.0;  ///< [Pa/m] k_i

    [[nodiscard]] double release_rate(double slide) const noexcept;  ///< [J/m^2] G at the mouth
    [[nodiscard]] double critical_slide() const noexcept;            ///< [m] u_c; 0 if the junction has no strength
    /// [m] length over which the epidermis strip (stiffness E_e t_e [N/m]) hands its load to the foundation.
    [[nodiscard]] double shear_lag(double strip_stiffness) const noexcept;
    /// [m] length at which a flap stops that a slide `slide` of the mouth has opened.
    [[nodiscard]] double arrest_length(double slide, double strip_stiffness) const noexcept;
};

}  // namespace skin::tearing
