#include "tearing/resistance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skin::tearing {

namespace {
// A disc needs a rim outside the needle; below this clearance the linear law has no meaning.
constexpr double largest_radius_share = 0.9;

bool is_dermis(const Layer& layer) { return layer.name == "papillary_dermis" || layer.name == "reticular_dermis"; }
}  // namespace

Resistance::Resistance(const Skin& skin, const Needle& needle)
    : tear_(skin.tear_resistance), needle_(needle), junction_depth_(std::numeric_limits<double>::quiet_NaN()) {
    double depth = 0.0;
    for (const auto& layer : skin.layers) {
        depth += layer.thickness;
        slices_.push_back({depth, layer.toughness_intercept, layer.failure_energy});
    }
    junction_ = {tear_.junction_toughness, tear_.junction_stiffness};
    if (skin.has_layer("papillary_dermis") && skin.top_of("papillary_dermis") > 0.0) {
        junction_depth_ = skin.top_of("papillary_dermis");
        // k_i = G_pd/t_pd: a thinner papillary dermis is a stiffer foundation (eq. 25)
        junction_.stiffness *= tear_.junction_thickness / skin.layer("papillary_dermis").thickness;
    }
    // The dermis carries the tension; a skin without named dermis is taken as a whole.
    const bool has_dermis = std::any_of(skin.layers.begin(), skin.layers.end(), is_dermis);
    double thickness = 0.0, stretch_stiffness = 0.0;
    for (const auto& layer : skin.layers) {
        if (has_dermis && !is_dermis(layer)) continue;
        thickness += layer.thickness;
        stretch_stiffness += layer.thickness * layer.youngs_modulus;
    }
    stress_ = (tear_.natural_tension + skin.person.tension) / thickness;
    modulus_ = stretch_stiffness / thickness / 0.75;  // plane strain, incompressible
    // Failure strain is measured on excised skin, which has let go of its tension: what the tension already uses is
    // gone.
    const double least = 0.02 * tear_.failure_strain;  // keeps absurd tension from giving a negative offset
    failure_strain_ = std::max(tear_.failure_strain - stress_ / modulus_, least);
    reference_factor_ = line_stiffness_factor(
        std::min(tear_.stiffness_radius, largest_radius_share * tear_.strained_length), tear_.strained_length);
}

const Resistance::Slice& Resistance::slice_at(double z) const noexcept {
    const auto found = std::find_if(slices_.begin(), slices_.end(), [&](const Slice& s) { return z < s.bottom; });
    return found != slices_.end() ? *found : slices_.back();
}

double Resistance::line_stiffness(double a) const noexcept {
    const double b = tear_.strained_length;
    return tear_.lateral_stiffness * line_stiffness_factor(std::min(a, largest_radius_share * b), b) /
           reference_factor_;
}

double Resistance::shank_stiffness() const noexcept { return line_stiffness(needle_.shaft_radius); }

CriticalOffset Resistance::at(double z, const Drag& drag) const noexcept {
    const Slice& slice = slice_at(z);
    const double a = radius_at(needle_, drag.tip_depth - z);
    const CuttingLaw law{slice.intercept, slice.failure_energy, tear_.cutting_factor, tear_.friction_coefficient,
                         tear_.friction_exponent};
    const double q_c =
        cutting_load(law, 2.0 * a) * direction_factor(tear_.anisotropy, drag.heading) * drag.slice_factor;
    // Tension opens the slit and pays a part of the toughness (eq. 24 in 17); a floor keeps the law meaningful.
    constexpr double smallest_share = 0.05;
    const double helped = undriven_release_rate(stress_, tearing::initial_slit(2.0 * a, tear_.lip_stretch), modulus_);
    return critical_offset(std::max(q_c - helped, smallest_share * q_c), line_stiffness(a), failure_strain_,
                           tear_.strained_length);
}

double Resistance::initial_slit(double tip_depth) const noexcept {
    return tearing::initial_slit(2.0 * radius_at(needle_, tip_depth), tear_.lip_stretch);
}

double Resistance::undriven_ratio(double slit_length, double tip_depth) const noexcept {
    const Slice& slice = slice_at(0.0);
    const CuttingLaw law{slice.intercept, slice.failure_energy, tear_.cutting_factor, 0.0, 0.0};
    const double toughness = cutting_load(law, 2.0 * radius_at(needle_, tip_depth));
    const double G = undriven_release_rate(stress_, slit_length, modulus_);
    constexpr double no_toughness = 1e-9;  // [J/m^2] skin without any is allowed; the ratio stays finite
    return G / std::max(toughness, no_toughness);
}

double Resistance::bending_force(double tip_depth) const noexcept {
    const double arm = std::max(needle_.length - 0.5 * tip_depth, 0.5 * needle_.length);  // load spread over the depth
    return tearing::bending_force(tear_.needle_yield_stress, 2.0 * needle_.shaft_radius, arm);
}

}  // namespace skin::tearing
