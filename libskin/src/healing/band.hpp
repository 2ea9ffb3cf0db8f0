// The uncertainty band of new collagen: all rates drawn, kept only where case H3 still comes out (healing.md 5.6).
#pragma once

#include <span>
#include <vector>

#include "healing/cascade.hpp"
#include "skin/tissue/person.hpp"

namespace skin::healing {

struct Band {
    std::vector<double> low, high;  ///< [1] (layer) 5 % and 95 % of new collagen at the end; NaN: too few draws kept
    int kept = 0;                   ///< [1] draws that agree with case H3
};

/// `layers` has the injuries of each dermal layer. Draw i is a function of i alone: more draws keep the first ones.
[[nodiscard]] Band collagen_band(const HealingBiology& reference, const Person& person, double reference_age,
                                 std::span<const std::vector<Injury>> layers, double duration, int n_draws);

/// One draw of all rates but eta_C, lognormal with median `reference` and sigma prior_spread.
[[nodiscard]] HealingBiology drawn(const HealingBiology& reference, int draw);

/// [1] new collagen at `duration`.
[[nodiscard]] double collagen_at_end(const HealingBiology& b, std::span<const Injury> injuries, double duration,
                                     double tolerance);

}  // namespace skin::healing
