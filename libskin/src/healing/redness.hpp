// Erythema: a neurogenic term of hours and an inflammatory term of days (docs/theory/healing.md, eq. 17).
#pragma once

#include <vector>

#include "skin/tissue/healing_biology.hpp"

namespace skin::healing {

/// What makes the skin red over time; times ascend.
class Redness {
public:
    explicit Redness(const HealingBiology& biology) : b_(biology) {}

    /// One session: n [1/m^2] holes of mean depth d [m].
    void add_session(double time, double n, double d);
    /// Inflammatory cells N + M1 [1] of papillary dermis and their rate [1/s], at one step of the integrator.
    void add_step(double time, double cells, double rate);

    [[nodiscard]] double at(double t) const;  ///< [1] in units of the visible threshold; just after a session
    /// [s] last time with redness above 1, since `since`; 0: never after it. NaN: still red at `end`.
    [[nodiscard]] double duration(double since, double end) const;

private:
    struct Session {
        double time, start_value;
    };
    struct Step {
        double time, cells, rate;
    };
    [[nodiscard]] double cells_at(double t) const;

    HealingBiology b_;
    std::vector<Session> sessions_;
    std::vector<Step> steps_;
};

}  // namespace skin::healing
