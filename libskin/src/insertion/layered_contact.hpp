// Frictionless contact of a rigid tip with a stack of elastic layers, at small strain.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "insertion/layer_stack.hpp"
#include "insertion/tip_profile.hpp"

namespace skin::insertion {

/// Contact with a given radius.
struct ContactState {
    double depth = 0.0;            ///< [m] of the tip below the surface at rest
    double force = 0.0;            ///< [N]
    double stiffness = 0.0;        ///< [N/m] dF/d depth: that of a flat disc of the same radius
    double stiffness_slope = 0.0;  ///< [N/m^2] its derivative to the radius of contact
};

/// Numerics of the solver; the defaults are converged to 1e-4 (INS-N10).
struct ContactSettings {
    int terms = 0;             ///< [1] even Legendre polynomials, at most 40; 0: from the radius over the first layer
    int panels_an_octave = 1;  ///< [1] of wave numbers
    bool whole_tail = false;   ///< keep the short waves under a wide contact, whose share is below 1e-4
};

/// Solves for one radius after the other; keeps the waves for neighbours in size, so ask for radii in order.
class LayeredContact {
public:
    explicit LayeredContact(const LayerStack& stack, const ContactSettings& settings = {});

    [[nodiscard]] ContactState at_radius(const TipProfile& tip, double radius);
    /// Flat disc: stiffness and its slope; depth and force are zero.
    [[nodiscard]] ContactState disc(double radius);

private:
    void solve(double radius);

    const LayerStack stack_;
    ContactSettings settings_;
    WaveRule rule_;
    double widest_ = 0.0;  // radius for which rule_ was made
    // Solutions of the last radius, in Legendre coefficients: of the disc, and of the kernel at the rim.
    Eigen::VectorXd disc_, rim_;
    Eigen::MatrixXd waves_, weighted_;
};

}  // namespace skin::insertion
