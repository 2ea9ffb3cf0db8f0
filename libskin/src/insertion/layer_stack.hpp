// A stack of elastic layers as the surface feels it: its compliance to pressure of one wave number.
#pragma once

#include <vector>

#include "skin/tissue/skin.hpp"

namespace skin::insertion {

/// One isotropic elastic layer. poissons_ratio may be 1/2: the modes below stay finite there.
struct ElasticLayer {
    double thickness = 0.0;        ///< [m]
    double youngs_modulus = 0.0;   ///< [Pa]
    double poissons_ratio = 0.49;  ///< [1]
    [[nodiscard]] double contact_modulus() const noexcept {
        return youngs_modulus / (1.0 - poissons_ratio * poissons_ratio);
    }
};

/// Layers, outermost first, bonded to each other. `base_modulus` 0: bonded to a rigid base; else to a half-space.
struct LayerStack {
    std::vector<ElasticLayer> layers;
    double base_modulus = 0.0;  ///< [Pa]
    double base_ratio = 0.49;   ///< [1]

    [[nodiscard]] double thickness() const noexcept;        ///< [m]
    [[nodiscard]] double surface_modulus() const noexcept;  ///< [Pa] E/(1-nu^2) of the first layer
    /// [1/m] wave number below which g is almost a line: 0.05 over the thickness, less for stiff layers on a soft one,
    /// which bend over lengths that grow with the cube root of the contrast.
    [[nodiscard]] double longest_wave() const noexcept;
};

/// Layers of `skin` with their nominal thickness; muscle or bone under the last one counts as rigid. Neighbours of
/// equal constants are one layer.
[[nodiscard]] LayerStack stack_of(const Skin& skin);

/// [m/N m^2] surface deflection per pressure p J0(k r) without shear, times k E1*/2: 1 for k -> infinity.
/// 1 + g(k) of docs/theory/insertion.md, eq. 52; k [1/m] >= 0.
[[nodiscard]] double relative_compliance(const LayerStack& stack, double k) noexcept;

/// Wave numbers and weights of a Gauss rule that resolves g(k) of the stack, and cos(2 k a) for a up to `widest`; it
/// ends where g does, or at `shortest` [1/m] if that is above 0 and less.
struct WaveRule {
    std::vector<double> k, weight, g;
};
[[nodiscard]] WaveRule wave_rule(const LayerStack& stack, double widest, int panels_an_octave = 1,
                                 double shortest = 0.0);

}  // namespace skin::insertion
