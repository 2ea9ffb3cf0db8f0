// Closing laws. theta [1] half-lives that have passed, eps [1] threshold, x [1] radius and g [1] conductance over their
// first values after the recoil. Every law but two_phase and recoil reaches g = eps at theta = log2(1/eps): closing
// times were measured, half-lives follow from them (docs/theory/recovery.md, 3.2).
#include "recovery/hole.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "recovery/closing_laws.hpp"

namespace skin::recovery {

using std::numbers::pi;

double ConductanceLaw::conductance(double x) const noexcept {
    if (!(x > 0.0)) return 0.0;
    if (resistance == HoleResistance::channel) return x * x;
    if (resistance == HoleResistance::access) return x;
    return (1.0 + beta) / (1.0 / (x * x) + beta / x);
}

double ConductanceLaw::radius(double g) const noexcept {
    if (!(g > 0.0)) return 0.0;
    if (resistance == HoleResistance::channel) return std::sqrt(g);
    if (resistance == HoleResistance::access) return g;
    // y = 1/x: y^2 + beta y = (1 + beta)/g; the form without cancellation
    const double c = (1.0 + beta) / g;
    return (0.5 * beta + std::sqrt(0.25 * beta * beta + c)) / c;
}

Hole::Hole(const Skin& skin, const Needle& needle, const HoleGeometry& geometry, const ClosingFactors& factors,
           const RecoverySettings& settings)
    : geometry_(geometry), model_(settings.closure_model) {
    const Barrier& b = skin.barrier;
    early_ = b.early_recoil, late_ = b.late_recoil, recoil_time_ = b.recoil_time;
    slow_share_ = b.slow_share, slow_half_life_ = b.slow_half_life * factors.drying, hill_exponent_ = b.hill_exponent;
    half_life_covered_ = between(b.half_life_short, b.half_life_long, geometry.share) * factors.half_life;
    half_life_open_ = half_life_covered_;  // with a plug the hole does not know what covers it
    if (!has_plug(model_)) {
        const double many = model_ == ClosureModel::two_phase ? b.half_life_open_long : b.half_life_open;
        half_life_open_ = between(b.half_life_open, many, geometry.share) * factors.drying;
    }
    law_.resistance = settings.hole_resistance;
    const double a_0 = late_ * geometry.mouth_radius;
    double length = geometry.depth;
    if (model_ == ClosureModel::depth_resolved) length = std::min(length, skin.bottom_of("viable_epidermis"));
    law_.beta = length > 0.0 ? pi * a_0 / (4.0 * length) : 0.0;
    if (!(length > 0.0)) law_.resistance = HoleResistance::access;
    half_lives_to_close_ = std::log2(1.0 / b.threshold);
    closed_radius_ = law_.radius(b.threshold);
    if (model_ == ClosureModel::depth_resolved) {
        slice(skin, needle, settings.n_slices);
        first_resistance_ = epidermal_resistance(0.0);
    }
}

double Hole::first_radius() const noexcept {
    return model_ == ClosureModel::none ? geometry_.channel_radius : late_ * geometry_.mouth_radius;
}

double Hole::recoil(double t, double time_constant) const noexcept {
    return late_ + (early_ - late_) * std::exp(-t / time_constant);
}

/// [1] conductance that the law leaves.
double Hole::share_left(double t, double theta) const noexcept {
    const double u = theta / half_lives_to_close_;  // 1 when closed by threshold
    switch (model_) {
        case ClosureModel::linear_radius:
            return law_.conductance(linear_radius(u * (1.0 - closed_radius_), 1.0));
        case ClosureModel::exponential_radius:
            return law_.conductance(std::pow(closed_radius_, u));
        case ClosureModel::hill: {  // of the area; t_50 such that u = 1 is the closing time
            const double closed_area = closed_radius_ * closed_radius_;
            const double t_50 = std::pow(1.0 / closed_area - 1.0, -1.0 / hill_exponent_);
            return law_.conductance(std::sqrt(hill(u, t_50, hill_exponent_)));
        }
        case ClosureModel::two_phase:
            return (1.0 - slow_share_) * first_order(theta, 1.0) + slow_share_ * first_order(t, slow_half_life_);
        default:
            return first_order(theta, 1.0);
    }
}

HoleState Hole::at(double t, double open_time) const {
    if (model_ == ClosureModel::none) return {geometry_.channel_radius, 1.0, 1.0};
    if (model_ == ClosureModel::depth_resolved) return resolved(t);
    const double rested = recoil(t, recoil_time_);
    if (model_ == ClosureModel::recoil) {
        return {geometry_.mouth_radius * rested, law_.conductance(rested / early_), 1.0};
    }
    const double theta = open_time / half_life_open_ + (t - open_time) / half_life_covered_;
    const double g = share_left(t, theta);
    return {geometry_.mouth_radius * rested * law_.radius(g), g, 1.0};
}

// ---------------------------------------------------------------------------------------- depth_resolved

void Hole::slice(const Skin& skin, const Needle& needle, int n_slices) {
    const double h = geometry_.depth, z_e = std::min(skin.bottom_of("viable_epidermis"), h);
    const double base = radius_at(needle, h);
    if (!(h > 0.0) || !(base > 0.0)) return;
    const double stiffness = skin.layer("papillary_dermis").youngs_modulus;
    const double closing_time = half_life_covered_ * half_lives_to_close_;
    const double speed = late_ * geometry_.mouth_radius * (1.0 - closed_radius_) / closing_time;
    // The channel is the needle's outline, as wide at the mouth as what passed there.
    const auto needle_radius = [&](double z) { return geometry_.mouth_radius * radius_at(needle, h - z) / base; };
    const auto fill = [&](double top, double bottom, int n, bool epidermal) {
        for (int i = 0; i < n; ++i) {
            HoleSlice s{};
            s.top = top + (bottom - top) * i / n, s.bottom = top + (bottom - top) * (i + 1) / n;
            s.top_radius = needle_radius(s.top), s.bottom_radius = needle_radius(s.bottom);
            const double middle = 0.5 * (s.top + s.bottom);
            double E = skin.layers.back().youngs_modulus, below = 0.0;
            for (const Layer& layer : skin.layers) {
                below += layer.thickness;
                if (middle >= below) continue;
                E = layer.youngs_modulus;
                break;
            }
            s.recoil_time = recoil_time_ * stiffness / E;  // one viscosity: a stiffer layer springs back sooner
            s.epidermal = epidermal;
            s.front_speed = epidermal ? speed : speed * skin.barrier.dermis_front_ratio;
            slices_.push_back(s);
        }
    };
    const int upper = h > z_e ? std::max(1, n_slices / 2) : n_slices;
    fill(0.0, z_e, upper, true);
    if (h > z_e) fill(z_e, h, std::max(1, n_slices - upper), false);
}

/// [1/m] of the hole through the epidermis without the recoil: exact where the radius is linear in a slice.
double Hole::epidermal_resistance(double t) const noexcept {
    double channel = 0.0, end = 0.0;
    for (const HoleSlice& s : slices_) {
        if (!s.epidermal) break;
        const double gone = s.front_speed * t;
        const double top = late_ * s.top_radius - gone, bottom = late_ * s.bottom_radius - gone;
        if (!(top > 0.0 && bottom > 0.0)) return std::numeric_limits<double>::infinity();
        channel += (s.bottom - s.top) / (pi * top * bottom);
        end = bottom;
    }
    const double access = end > 0.0 ? 1.0 / (4.0 * end) : 0.0;
    if (law_.resistance == HoleResistance::channel) return channel;
    return law_.resistance == HoleResistance::access ? access : channel + access;
}

HoleState Hole::resolved(double t) const {
    HoleState state;
    if (slices_.empty()) return {0.0, first_order(t, half_life_covered_), 1.0};
    const double left = epidermal_resistance(t);
    state.conductance = first_resistance_ > 0.0 && std::isfinite(left) ? first_resistance_ / left : 0.0;
    const auto radius = [&](const HoleSlice& s, double of_needle) {
        return of_needle * recoil(t, s.recoil_time) - s.front_speed * t;
    };
    state.radius = std::max(0.0, radius(slices_.front(), slices_.front().top_radius));
    double open = geometry_.depth;
    for (const HoleSlice& s : slices_) {
        const double top = radius(s, s.top_radius), bottom = radius(s, s.bottom_radius);
        if (bottom > 0.0) continue;
        open = top > 0.0 ? s.top + (s.bottom - s.top) * top / (top - bottom) : s.top;
        break;
    }
    state.depth = open / geometry_.depth;
    return state;
}

std::vector<double> Hole::profile(double t) const {
    std::vector<double> radius;
    for (const HoleSlice& s : slices_) {
        radius.push_back(std::max(0.0, s.top_radius * recoil(t, s.recoil_time) - s.front_speed * t));
    }
    if (slices_.empty()) return radius;
    const HoleSlice& s = slices_.back();
    radius.push_back(std::max(0.0, s.bottom_radius * recoil(t, s.recoil_time) - s.front_speed * t));
    return radius;
}

}  // namespace skin::recovery
