// What one needle of an array pushes down at another: deflection per force over distance.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>

#include "insertion/surface_green.hpp"
#include "skin/insertion.hpp"

namespace skin::insertion {

/// A value: nothing, Boussinesq's half-space with a cut-off, or the surface Green function of a stack of layers.
class FarField {
public:
    FarField() = default;
    /// Half-space of modulus E/(1-nu^2) [Pa]; nothing beyond `cut_off` [m]. `modulus` 0: nothing at all.
    FarField(double modulus, double cut_off) noexcept;
    /// Layers, all stiffer by `factor` (rate).
    FarField(const LayerStack& stack, double factor);

    [[nodiscard]] bool couples() const noexcept { return couples_; }
    [[nodiscard]] double reach() const noexcept { return reach_; }  ///< [m] nothing beyond
    [[nodiscard]] double at(double distance) const noexcept;        ///< [m/N] > 0 of distance, which is > 0
    /// [m/N] of each of `n` distances, and [1/m] one over it.
    void at(const double* distance_squared, double* compliance, double* inverse_distance, std::size_t n) const noexcept;
    [[nodiscard]] double distance_of(double compliance) const noexcept;  ///< [m] where `at` has this value > 0

private:
    bool couples_ = false;
    double strength_ = 0.0;  ///< [m^2/N] 1/(pi E*); of a stack: [1] 1/factor
    double reach_ = std::numeric_limits<double>::infinity();
    std::shared_ptr<const SurfaceGreen> layered_;
};

/// The far field that `settings.array_coupling` asks for, all stiffer by `factor`; none on a rigid support.
[[nodiscard]] FarField far_field_of(const Skin& skin, const InsertionSettings& settings, double factor);

}  // namespace skin::insertion
