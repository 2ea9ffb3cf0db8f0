#include "healing/band.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "skin/core/random.hpp"

namespace skin::healing {

namespace {

using H = HealingBiology;
/// Every parameter of the cascade but eta_C, in the order of healing_cascade_parameters.csv: the order is part of
/// every drawn number.
constexpr double H::*drawn_members[] = {&H::platelet_decay,
                                        &H::debris_decay,
                                        &H::debris_clearance_neutrophils,
                                        &H::debris_clearance_macrophages,
                                        &H::neutrophil_recruitment,
                                        &H::neutrophil_saturation,
                                        &H::platelet_weight,
                                        &H::macrophage_inhibition,
                                        &H::neutrophil_decay,
                                        &H::macrophage_recruitment,
                                        &H::macrophage_saturation,
                                        &H::neutrophil_weight,
                                        &H::macrophage_switch,
                                        &H::inflammatory_macrophage_decay,
                                        &H::repair_macrophage_decay,
                                        &H::tgf_beta_from_platelets,
                                        &H::tgf_beta_from_inflammatory_macrophages,
                                        &H::tgf_beta_from_repair_macrophages,
                                        &H::tgf_beta_from_fibroblasts,
                                        &H::tgf_beta_decay,
                                        &H::fibroblast_activation,
                                        &H::fibroblast_proliferation,
                                        &H::tgf_beta_threshold,
                                        &H::fibroblast_maximum,
                                        &H::fibroblast_decay,
                                        &H::collagen_III_production,
                                        &H::collagen_I_production,
                                        &H::collagen_conversion,
                                        &H::collagen_III_decay,
                                        &H::collagen_I_decay,
                                        &H::collagen_capacity,
                                        &H::capillary_growth,
                                        &H::capillary_growth_from_fibroblasts,
                                        &H::capillary_maximum,
                                        &H::capillary_regression};

constexpr double draw_tolerance = 1e-6;  // 1e-4 of a band that is itself known to a factor: cheap draws
constexpr int fewest_kept = 20;          // below it the 5 % quantile is the smallest draw

double quantile(std::vector<double> values, double p) {
    std::sort(values.begin(), values.end());
    const double place = p * static_cast<double>(values.size() - 1);
    const auto i = static_cast<std::size_t>(place);
    const double x = place - static_cast<double>(i);
    return i + 1 < values.size() ? values[i] + x * (values[i + 1] - values[i]) : values[i];
}

}  // namespace

HealingBiology drawn(const HealingBiology& reference, int draw) {
    RandomStream stream(0, static_cast<std::uint64_t>(draw), StreamId::healing);
    HealingBiology b = reference;
    for (const auto member : drawn_members) b.*member *= std::exp(reference.prior_spread * stream.normal());
    return b;
}

double collagen_at_end(const HealingBiology& b, std::span<const Injury> injuries, double duration, double tolerance) {
    double gain = 0.0;
    const double end[] = {duration};
    heal_layer(
        b, injuries, duration, end, tolerance, "collagen band",
        [&](std::size_t, const CascadeState& y) { gain = new_collagen(y); }, [](double, const CascadeState&) {});
    return gain;
}

Band collagen_band(const HealingBiology& reference, const Person& person, double reference_age,
                   std::span<const std::vector<Injury>> layers, double duration, int n_draws) {
    std::vector<Injury> anchor;  // case H3, in the reference person
    for (int s = 0; s < static_cast<int>(reference.anchor_sessions); ++s) {
        const double time = s * reference.anchor_interval;
        anchor.push_back({.time = time, .delta = reference.anchor_dose, .delta_v = reference.anchor_dose});
    }
    std::vector<std::vector<double>> gains(layers.size());
    Band band;
    for (int i = 0; i < n_draws; ++i) {
        const HealingBiology b = drawn(reference, i);
        const double gain = collagen_at_end(b, anchor, reference.anchor_time, draw_tolerance);
        if (std::abs(gain - reference.anchor_gain) > reference.anchor_window) continue;
        ++band.kept;
        const HealingBiology aged = at_age(b, person.age_years, reference_age);
        for (std::size_t l = 0; l < layers.size(); ++l) {
            gains[l].push_back(collagen_at_end(aged, layers[l], duration, draw_tolerance));
        }
    }
    for (const auto& values : gains) {
        const bool enough = band.kept >= fewest_kept;
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        band.low.push_back(enough ? quantile(values, 0.05) : nan);
        band.high.push_back(enough ? quantile(values, 0.95) : nan);
    }
    return band;
}

}  // namespace skin::healing
