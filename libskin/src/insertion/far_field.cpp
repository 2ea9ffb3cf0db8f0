#include "insertion/far_field.hpp"

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

double FarField::distance_of(double compliance) const noexcept {
    return layered_ ? layered_->distance_of(compliance / strength_) : strength_ / compliance;
}

}  // namespace skin::insertion
