// The product on the skin over one stretch of time: a stirred film that may dry, dissolves no more than it can hold and
// keeps the rest as solid (docs/theory/transport.md 3.7).
#pragma once

#include <algorithm>
#include <limits>

namespace skin::transport {

/// Thinner than a few molecules nothing is left of a film: what still lies on the skin then is dry.
inline constexpr double thinnest_film = 1e-9;  // m

struct Film {
    double drying = 0.0;                                          ///< [m/s] at which it gets thinner
    double since = 0.0;                                           ///< [s] when it had its first thickness
    double saturation = std::numeric_limits<double>::infinity();  ///< [1] largest activity, over the strength
    double evaporation = 0.0;  ///< [m/s] of the active into the air, per activity at the surface

    [[nodiscard]] bool dries() const noexcept { return drying > 0.0; }
    [[nodiscard]] double thickness(double first, double t) const noexcept {
        return dries() ? std::max(thinnest_film, first - drying * (t - since)) : first;
    }
};

/// Entries of what a system of transport loses or passes on, integrated over time by the stepper; [m] over the
/// strength.
enum Lost : int { lost_cleared, lost_at_base, lost_into_skin, lost_into_air, n_lost };

}  // namespace skin::transport
