#include "tearing/resistance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "skin/core/error.hpp"
#include "skin/tissue/person.hpp"

namespace skin::tearing {

namespace {
// A disc needs a rim outside the needle; below this clearance the linear law has no meaning.
constexpr double largest_radius_share = 0.9;

bool is_dermis(const Layer& layer) { return layer.name == "papillary_dermis" || layer.name == "reticular_dermis"; }
}  // namespace

Resistance::Resistance(const Skin& skin, const Device& device, const TearingSettings& settings)
    : tear_(skin.tear_resistance),
      needle_(needle_of(device)),
      held_by_(settings.lateral_stiffness),
      initial_slit_(settings.initial_slit),
      table_(settings.lateral_table),
      junction_depth_(std::numeric_limits<double>::quiet_NaN()),
      stiffening_(person_factors(skin.person_laws, skin.person).lateral_stiffness),
      cutting_factor_(tear_.cutting_factor * std::pow(1.0 + tear_.friction_coefficient, tear_.friction_exponent)) {
    if (const auto* roller = std::get_if<Roller>(&device)) {
        blade_thickness_ = roller->blade_thickness;
        axle_torque_ = roller->axle_torque;
    }
    double depth = 0.0;
    for (const auto& layer : skin.layers) {
        depth += layer.thickness;
        slices_.push_back({depth, layer.toughness_intercept, layer.failure_energy, layer.youngs_modulus});
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
    // gone. It limits the offset where a rim holds the skin; round a lone needle no length is given that it strains.
    const double least = 0.02 * tear_.failure_strain;  // keeps absurd tension from giving a negative offset
    failure_strain_ = held_by_ == LateralStiffness::embedded
                          ? std::numeric_limits<double>::infinity()
                          : std::max(tear_.failure_strain - stress_ / modulus_, least);
    reference_factor_ = line_stiffness_factor(
        std::min(tear_.stiffness_radius, largest_radius_share * tear_.strained_length), tear_.strained_length);
    if (!table_.empty()) check_table();
}

void Resistance::check_table() const {
    // Deeper than the needle is long nothing is asked; thinner than the table only the tip is, for which its edge
    // holds.
    if (table_.deepest() < needle_.length) {
        throw ParameterError(text("settings.lateral_table reaches %g m deep, the needle is %g m long", table_.deepest(),
                                  needle_.length));
    }
    const double widest = std::max(2.0 * shank_radius(needle_), blade_thickness_);
    if (table_.widest() < widest * (1.0 - 1e-9)) {
        throw ParameterError(
            text("settings.lateral_table ends at a diameter of %g m, the needle has %g m", table_.widest(), widest));
    }
}

const Resistance::Slice& Resistance::slice_at(double z) const noexcept {
    const auto found = std::find_if(slices_.begin(), slices_.end(), [&](const Slice& s) { return z < s.bottom; });
    return found != slices_.end() ? *found : slices_.back();
}

double Resistance::width(double z, double tip_depth, double drift) const noexcept {
    const double across = 2.0 * radius_at(needle_, tip_depth - z);
    if (!(blade_thickness_ > 0.0)) return across;
    // A tooth is a blade in the rolling plane: ahead it shows its thickness, sideways its breadth.
    return blade_thickness_ * std::abs(std::cos(drift)) + across * std::abs(std::sin(drift));
}

double Resistance::held_rim(double a) const noexcept {
    const double b = tear_.strained_length;
    return tear_.lateral_stiffness * line_stiffness_factor(std::min(a, largest_radius_share * b), b) /
           reference_factor_;
}

double Resistance::shank_stiffness() const noexcept { return held_rim(needle_.shaft_radius); }

double Resistance::stiffness(double z, double tip_depth, double drift) const {
    const double w = width(z, tip_depth, drift);
    if (!table_.empty()) return table_.at(z, w).stiffness();
    if (held_by_ == LateralStiffness::held_rim) return held_rim(0.5 * w);
    return embedded_factor(tip_depth / (0.5 * w)) * stiffening_ * slice_at(z).youngs_modulus;  // eq. 44
}

double Resistance::slit_of_width(double w) const noexcept {
    return initial_slit_ == InitialSlit::lip_stretch ? tearing::initial_slit(w, tear_.lip_stretch)
                                                     : tear_.wedged_slit * 0.5 * w;  // eq. 22
}

CriticalOffset Resistance::at(double z, const Drag& drag) const {
    const Slice& slice = slice_at(z);
    const double w = width(z, drag.tip_depth, drag.drift);
    const double eased = direction_factor(tear_.anisotropy, drag.heading + drag.drift) * drag.slice_factor;
    // Tension opens the slit and pays a part of the toughness (eq. 24 in 17); a floor keeps the law meaningful.
    constexpr double smallest_share = 0.05;
    const double helped = undriven_release_rate(stress_, slit_of_width(w), modulus_);
    const auto load_to_cut = [&](double q_c) { return std::max(q_c * eased - helped, smallest_share * q_c * eased); };
    if (table_.empty()) {
        const double q_c = slice.intercept + cutting_factor_ * slice.failure_energy * w;  // eq. 17
        return critical_offset(load_to_cut(q_c), stiffness(z, drag.tip_depth, drag.drift), failure_strain_,
                               tear_.strained_length);
    }
    CriticalOffset critical;
    critical.curve = table_.at(z, w);
    critical.stiffness = critical.curve.stiffness();
    critical.offset = std::min(critical.curve.offset_of(load_to_cut(critical.curve.cutting_load())),
                               failure_strain_ * tear_.strained_length);
    critical.load = critical.curve.load_at(critical.offset);
    return critical;
}

double Resistance::initial_slit(double tip_depth) const noexcept {
    return slit_of_width(2.0 * radius_at(needle_, tip_depth));
}

double Resistance::gape(double slit_length, double tip_depth) const noexcept {
    return std::min(2.0 * stress_ * slit_length / modulus_, 2.0 * radius_at(needle_, tip_depth));  // eq. 24a
}

double Resistance::mouth_toughness(double tip_depth) const noexcept {
    const Slice& slice = slice_at(0.0);
    const CuttingLaw law{slice.intercept, slice.failure_energy, tear_.cutting_factor, 0.0, 0.0};
    constexpr double no_toughness = 1e-9;  // [J/m^2] skin without any is allowed; ratios stay finite
    return std::max(cutting_load(law, 2.0 * radius_at(needle_, tip_depth)), no_toughness);
}

double Resistance::undriven_ratio(double slit_length, double tip_depth) const noexcept {
    return undriven_release_rate(stress_, slit_length, modulus_) / mouth_toughness(tip_depth);
}

double Resistance::chain_growth(double chain_length, double tip_depth) const noexcept {
    if (!(chain_length > 0.0)) return 0.0;
    const double zone = strip_yield_zone(tear_.linear_modulus / 0.75, mouth_toughness(tip_depth), tear_.strength);
    return undriven_ratio(chain_length + 2.0 * zone, tip_depth);
}

double Resistance::bending_force(double tip_depth) const noexcept {
    const double arm = std::max(needle_.length - 0.5 * tip_depth, 0.5 * needle_.length);  // load spread over the depth
    return tearing::bending_force(tear_.needle_yield_stress, 2.0 * needle_.shaft_radius, arm);
}

double Resistance::yield_moment(double s, double drift) const noexcept {
    const double across = 2.0 * radius_at(needle_, s);
    if (!(blade_thickness_ > 0.0)) return tearing::bending_force(tear_.needle_yield_stress, across, 1.0);
    // Rectangle: the parts of the moment about either axis add up at a corner.
    const double t = blade_thickness_;
    const double in_plane = std::abs(std::cos(drift)) / (t * across * across);
    const double sideways = std::abs(std::sin(drift)) / (t * t * across);
    return tear_.needle_yield_stress / (6.0 * (in_plane + sideways));
}

std::vector<double> Resistance::breaks(double tip_depth) const {
    std::vector<double> at{tip_depth - needle_.taper_length};
    if (!table_.empty()) at.insert(at.end(), table_.depths().begin(), table_.depths().end());
    if (held_by_ == LateralStiffness::embedded) {
        for (const Slice& slice : slices_) at.push_back(slice.bottom);
    }
    at.erase(std::remove_if(at.begin(), at.end(), [&](double z) { return !(z > 0.0 && z < tip_depth); }), at.end());
    std::sort(at.begin(), at.end());
    return at;
}

}  // namespace skin::tearing
