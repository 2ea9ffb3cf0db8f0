// How far the surface sinks at a distance from a unit force on a stack of layers.
#pragma once

#include <vector>

#include "insertion/layer_stack.hpp"

namespace skin::insertion {

/// [m/N] deflection at `distance` [m] from a unit force: Boussinesq's field near by, less beyond the layers, negative
/// far away on a rigid base (eq. 57 of docs/theory/insertion.md). An integral of some 200 waves; `refine` divides its
/// panels.
[[nodiscard]] double surface_deflection(const LayerStack& stack, double distance, int refine = 1);

/// The same as a table: within 1e-4 of Boussinesq's field of the first layer or of the value, whichever is larger.
class SurfaceGreen {
public:
    explicit SurfaceGreen(const LayerStack& stack);
    [[nodiscard]] double at(double distance) const noexcept;  ///< [m/N]
    /// [m] where the deflection per force is `compliance` > 0: the inverse of its falling part.
    [[nodiscard]] double distance_of(double compliance) const noexcept;

private:
    double surface_ = 0.0;                   // [m^2/N] 1/(pi E*) of the first layer
    double base_ = 0.0;                      // [m^2/N] the same of the base; 0: rigid
    double near_ = 0.0;                      // [m/N] what the layers below add close to the force
    std::vector<double> x_, value_, slope_;  // ln distance, distance x deflection, d/dx
    std::size_t falling_ = 0;                // nodes of the first, falling part
};

}  // namespace skin::insertion
