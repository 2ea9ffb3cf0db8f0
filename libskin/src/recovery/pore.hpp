// The pore state of docs/theory/recovery.md: plug and hole in closed form, between events that wet or cover the mouth.
#pragma once

#include <Eigen/Core>
#include <cmath>
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
    /// [s] in open air until t; the rest of t was under a cover.
    [[nodiscard]] double open_time(std::size_t segment, double t) const noexcept;
    /// Which segment holds t.
    [[nodiscard]] std::size_t segment_of(double t) const noexcept;

private:
    double tau_dry_;
    std::vector<double> start_, wetness_, open_time_;
    std::vector<bool> drying_, open_;
};

/// Laws in which a plug of its own lies in series with the hole.
[[nodiscard]] constexpr bool has_plug(ClosureModel law) noexcept {
    return law == ClosureModel::none || law == ClosureModel::plug_hole || law == ClosureModel::depth_resolved;
}

/// What acts on half-life and drying time for this person and product (recovery.md 3.1, last line).
struct ClosingFactors {
    double half_life = 1.0;  ///< [1] on the half-life of the hole
    double drying = 1.0;     ///< [1] on the drying time of the plug
};
[[nodiscard]] ClosingFactors closing_factors(const Skin& skin, const RecoverySettings& settings);

/// [1] where a geometry lies between few short thin needles (0) and many long thick ones (1): recovery.md 4.2.
[[nodiscard]] double geometry_share(const Barrier& barrier, double needle_length, double n_channels,
                                    double mouth_radius);
/// [s] half-life at that share: from `few` to `many` in the logarithm.
[[nodiscard]] inline double between(double few, double many, double share) { return few * std::pow(many / few, share); }

/// [s] when `value` falls to `threshold` for good; NaN: not before `duration`; 0: never above. `value(segment, t)` must
/// not rise inside a segment of `plug`.
[[nodiscard]] double falls_for_good(const PlugHistory& plug, double duration, double threshold,
                                    const std::function<double(std::size_t, double)>& value);

}  // namespace skin::recovery
