#include "insertion/far_field.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace skin::insertion {

FarField::FarField(double modulus, double cut_off) noexcept
    : couples_(modulus > 0.0),
      strength_(couples_ ? 1.0 / (std::numbers::pi * modulus) : 0.0),
      reach_(cut_off * (1.0 + 1e-9)) {}  // a lattice may have a distance just there: round-off must not choose

FarField::FarField(const LayerStack& stack, double factor)
    : couples_(true), strength_(1.0 / factor), layered_(std::make_shared<const SurfaceGreen>(stack)) {}

double FarField::at(double distance) const noexcept {
    return strength_ * (layered_ ? layered_->at(distance) : 1.0 / distance);
}

void FarField::at(const double* __restrict distance_squared, double* __restrict compliance,
                  double* __restrict inverse_distance, std::size_t n) const noexcept {
    for (std::size_t i = 0; i < n; ++i) inverse_distance[i] = 1.0 / std::sqrt(distance_squared[i]);
    if (layered_) {
        for (std::size_t i = 0; i < n; ++i)
            compliance[i] = strength_ * layered_->at(distance_squared[i] * inverse_distance[i]);
    } else {
        for (std::size_t i = 0; i < n; ++i) compliance[i] = strength_ * inverse_distance[i];
    }
}

double FarField::distance_of(double compliance) const noexcept {
    return layered_ ? layered_->distance_of(compliance / strength_) : strength_ / compliance;
}

FarField far_field_of(const Skin& skin, const InsertionSettings& settings, double factor) {
    if (settings.deflection_model == DeflectionModel::none) return {};
    switch (settings.array_coupling) {
        case ArrayCoupling::none:
            return {};
        case ArrayCoupling::layered:
            return FarField(stack_of(skin), factor);
        case ArrayCoupling::half_space:
            break;
    }
    const double cut_off = skin.has_layer("hypodermis") ? 2.0 * skin.layer("hypodermis").thickness
                                                        : std::numeric_limits<double>::infinity();
    return FarField(skin.mechanics.far_field_modulus * factor, cut_off);
}

}  // namespace skin::insertion
