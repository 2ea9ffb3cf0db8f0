// The pore state of docs/theory/recovery.md: plug and hole in closed form, between events that wet or cover the mouth.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <vector>

#include "skin/recovery.hpp"
#include "skin/tissue/barrier.hpp"
#include "skin/tissue/skin.hpp"

namespace skin::recovery {

/// Wetness of the plug, the same for every pore: it falls exponentially in open air and rests under a cover.
class PlugHistory {
public:
    /// tau_dry [s]; `settings` are validated.
    PlugHistory(double tau_dry, const RecoverySettings& settings);

    [[nodiscard]] std::size_t size() const noexcept { return start_.size(); }
    [[nodiscard]] double start(std::size_t segment) const noexcept { return start_[segment]; }
    /// [1] at t [s] by the law of one segment, also at its end; and by the segment that holds t.
    [[nodiscard]] double wetness(std::size_t segment, double t) const noexcept;
    [[nodiscard]] double wetness(double t) const noexcept;

private:
    double tau_dry_;
    std::vector<double> start_, wetness_;
    std::vector<bool> drying_;
};

/// What acts on half-life and drying time for this person and product (recovery.md 3.1, last line).
struct ClosingFactors {
    double half_life = 1.0;  ///< [1] on the half-life of the hole
    double drying = 1.0;     ///< [1] on the drying time of the plug
};
[[nodiscard]] ClosingFactors closing_factors(const Skin& skin, const RecoverySettings& settings);

/// [s] half-life of the reference person by the rule of recovery.md 4.2.
[[nodiscard]] double reference_half_life(const Barrier& barrier, double needle_length, double n_channels,
                                         double mouth_radius);

/// [s] when `value` falls to `threshold` for good; NaN: not before `duration`; 0: never above. `value(segment, t)` must
/// not rise inside a segment of `plug`.
[[nodiscard]] double falls_for_good(const PlugHistory& plug, double duration, double threshold,
                                    const std::function<double(std::size_t, double)>& value);

}  // namespace skin::recovery
