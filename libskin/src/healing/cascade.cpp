// Eqs. 4-16 of docs/theory/healing.md (healing.md 3.2). P clot, D debris, N neutrophils, M1 and M2 macrophages,
// T TGF-beta, F active fibroblasts, C3 and C1 new collagen, V capillaries; all [1], rates [1/s].
#include "healing/cascade.hpp"

#include <algorithm>

#include "healing/integrate.hpp"

namespace skin::healing {

void cascade_rates(const HealingBiology& b, const CascadeState& y, CascadeState& dydt) {
    const double signal_N = y[D] + b.platelet_weight * y[P];
    const double S_N = signal_N / (b.neutrophil_saturation + signal_N);
    const double signal_M = y[D] + b.neutrophil_weight * y[N];
    const double S_M = signal_M / (b.macrophage_saturation + signal_M);
    const double T_2 = y[T] * y[T];
    const double h = T_2 / (b.tgf_beta_threshold * b.tgf_beta_threshold + T_2);
    const double g_C = std::max(0.0, 1.0 - (y[C1] + y[C3]) / b.collagen_capacity);
    constexpr double supply_by_diffusion = 0.4, supply_by_vessels = 0.6;  // equation of N; sum 1 at V = 1

    dydt[P] = -b.platelet_decay * y[P];
    dydt[D] =
        -(b.debris_decay + b.debris_clearance_neutrophils * y[N] + b.debris_clearance_macrophages * (y[M1] + y[M2])) *
        y[D];
    dydt[N] = b.neutrophil_recruitment * S_N * (supply_by_diffusion + supply_by_vessels * y[V]) /
                  (1.0 + y[M2] / b.macrophage_inhibition) -
              b.neutrophil_decay * y[N];
    dydt[M1] = b.macrophage_recruitment * S_M - (b.macrophage_switch + b.inflammatory_macrophage_decay) * y[M1];
    dydt[M2] = b.macrophage_switch * y[M1] - b.repair_macrophage_decay * y[M2];
    dydt[T] = b.tgf_beta_from_platelets * y[P] + b.tgf_beta_from_inflammatory_macrophages * y[M1] +
              b.tgf_beta_from_repair_macrophages * y[M2] + b.tgf_beta_from_fibroblasts * y[F] - b.tgf_beta_decay * y[T];
    dydt[F] = (b.fibroblast_activation + b.fibroblast_proliferation * y[F]) * h * (1.0 - y[F] / b.fibroblast_maximum) -
              b.fibroblast_decay * y[F];
    dydt[C3] = b.collagen_III_production * y[F] * g_C - (b.collagen_conversion + b.collagen_III_decay) * y[C3];
    dydt[C1] = b.collagen_I_production * y[F] * g_C + b.collagen_conversion_yield * b.collagen_conversion * y[C3] -
               b.collagen_I_decay * y[C1];
    dydt[V] =
        b.capillary_growth * (y[M2] + b.capillary_growth_from_fibroblasts * y[F]) * (1.0 - y[V] / b.capillary_maximum) -
        b.capillary_regression * (y[V] - 1.0);
}

HealingBiology at_age(HealingBiology b, double age_years, double reference_age) {
    const double x = std::clamp((age_years - reference_age) / (b.old_age - reference_age), 0.0, 1.0);
    const auto factor = [&](double at_old_age) { return 1.0 + x * (at_old_age - 1.0); };
    b.macrophage_recruitment *= factor(b.old_macrophage_recruitment);
    b.fibroblast_activation *= factor(b.old_fibroblast_activation);
    b.collagen_I_production *= factor(b.old_collagen_production);
    b.collagen_III_production *= factor(b.old_collagen_production);
    return b;
}

namespace {

/// [1/s] straight between the samples, 0 outside.
double source_at(const Injury& injury, double t) {
    const auto& at = injury.source_time;
    const double s = t - injury.time;
    if (at.empty() || s < at.front() || s > at.back()) return 0.0;
    const auto above = std::upper_bound(at.begin(), at.end(), s);
    if (above == at.end()) return injury.source_rate.back();
    const auto i = static_cast<std::size_t>(above - at.begin());
    const double x = (s - at[i - 1]) / (at[i] - at[i - 1]);
    return injury.source_rate[i - 1] + x * (injury.source_rate[i] - injury.source_rate[i - 1]);
}

bool irritates(const Injury& injury) {
    return std::any_of(injury.source_rate.begin(), injury.source_rate.end(), [](double r) { return r > 0.0; });
}

/// Sessions and the ends of irritation, sorted: the right-hand side is smooth between them.
std::vector<double> stretch_ends(std::span<const Injury> injuries, double duration) {
    std::vector<double> ends{0.0, duration};
    for (const Injury& injury : injuries) {
        ends.push_back(injury.time);
        if (irritates(injury)) {
            ends.push_back(injury.time + injury.source_time.front());
            ends.push_back(injury.time + injury.source_time.back());
        }
    }
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    ends.erase(std::upper_bound(ends.begin(), ends.end(), duration), ends.end());
    ends.erase(ends.begin(), std::lower_bound(ends.begin(), ends.end(), 0.0));  // nothing is healed before the first
    return ends;
}

}  // namespace

long heal_layer(const HealingBiology& b, std::span<const Injury> injuries, double duration,
                std::span<const double> times, double tolerance, const char* layer,
                const std::function<void(std::size_t, const CascadeState&)>& at,
                const std::function<void(double, const CascadeState&)>& step) {
    CascadeState y = at_rest();
    const CascadeState rest = y;
    const auto ends = stretch_ends(injuries, duration);
    std::size_t next = 0;  // output time
    long n_steps = 0;
    for (std::size_t s = 0; s < ends.size(); ++s) {
        const double t0 = ends[s], t1 = s + 1 < ends.size() ? ends[s + 1] : duration;
        for (const Injury& injury : injuries) {
            if (injury.time != t0) continue;
            y[P] += injury.delta_v;
            y[D] += injury.delta;
            y[V] *= 1.0 - injury.delta_v;
        }
        for (; next < times.size() && times[next] <= t0; ++next) at(next, y);
        if (!(t1 > t0)) break;
        std::vector<const Injury*> sources;
        for (const Injury& injury : injuries) {
            if (!irritates(injury)) continue;
            const double on = injury.time + injury.source_time.front(), off = injury.time + injury.source_time.back();
            if (on < t1 && off > t0) sources.push_back(&injury);
        }
        std::size_t last = next;
        while (last < times.size() && times[last] < t1) ++last;
        if (sources.empty() && y == rest) {  // an uninjured layer stays at rest exactly
            for (; next < last; ++next) at(next, y);
            continue;
        }
        step(t0, y);
        const auto rhs = [&](const CascadeState& x, CascadeState& dxdt, double t) {
            cascade_rates(b, x, dxdt);
            for (const Injury* source : sources) dxdt[D] += source_at(*source, t);
        };
        IntegratorSettings settings{.tolerance = tolerance, .what = layer};
        // A pulse of irritation must not fall between two steps.
        if (!sources.empty()) settings.dt_max = (t1 - t0) / 50.0;
        n_steps += integrate(
            rhs, y, t0, t1, times.subspan(next, last - next), settings,
            [&](double, const CascadeState& x) { at(next++, x); }, step);
    }
    for (; next < times.size(); ++next) at(next, y);
    return n_steps;
}

}  // namespace skin::healing
