// The ten-state cascade of docs/theory/healing.md: states, rates, and one layer through all its sessions.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

#include "skin/tissue/healing_biology.hpp"

namespace skin::healing {

enum StateIndex : std::size_t { P, D, N, M1, M2, T, F, C3, C1, V, n_states };
using CascadeState = std::array<double, n_states>;

/// Before any injury: all zero, capillaries normal.
[[nodiscard]] constexpr CascadeState at_rest() {
    CascadeState y{};
    y[V] = 1.0;
    return y;
}

/// Right-hand side without the irritation source.
void cascade_rates(const HealingBiology& b, const CascadeState& y, CascadeState& dydt);

/// `reference` as it is at this age: straight from `reference_age` to old_age, constant outside.
[[nodiscard]] HealingBiology at_age(HealingBiology reference, double age_years, double reference_age);

/// One session in one layer.
struct Injury {
    double time = 0.0;                    ///< [s]
    double delta = 0.0;                   ///< [1] injured fraction
    double delta_v = 0.0;                 ///< [1] injured fraction with cut vessels
    std::span<const double> source_time;  ///< [s] since `time`; empty: no irritation
    std::span<const double> source_rate;  ///< [1/s] straight between its times, 0 outside
};

/// Integrate one layer from 0 to `duration`. `times` are sorted, in [0, duration]; `at(i, y)` is called for each, just
/// after a session at that time; `step(t, y)` for every accepted step, and after every session. Returns the steps.
long heal_layer(const HealingBiology& b, std::span<const Injury> injuries, double duration,
                std::span<const double> times, double tolerance, const char* layer,
                const std::function<void(std::size_t, const CascadeState&)>& at,
                const std::function<void(double, const CascadeState&)>& step);

/// [1] new collagen, types I and III.
[[nodiscard]] inline double new_collagen(const CascadeState& y) { return y[C1] + y[C3]; }

}  // namespace skin::healing
