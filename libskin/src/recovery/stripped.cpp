// The whole horny layer gone: the slow limit of recovery (docs/theory/recovery.md, 3.6).
#include <algorithm>
#include <cmath>

#include "skin/core/validate.hpp"
#include "skin/recovery/band.hpp"

namespace skin {

namespace {
/// [s] of the horny layer of this person.
double turnover(const Skin& skin) {
    const Barrier& b = skin.barrier;
    return b.turnover_time * (skin.person.age_years >= b.elderly_age ? b.elderly_factor : 1.0);
}
}  // namespace

Eigen::VectorXd stripped_excess(const Skin& skin, const Eigen::VectorXd& time) {
    validate_skin(skin);
    const double d = skin.barrier.bare_resistance, T = turnover(skin);
    // x = min(1, t/T) of the horny layer is back; loss ~ 1/(d + x), its excess over that at x = 1, over the first one
    const double intact = 1.0 / (d + 1.0), first = 1.0 / d - intact;
    Eigen::VectorXd excess(time.size());
    for (Eigen::Index i = 0; i < time.size(); ++i) {
        check_range("time[" + std::to_string(i) + "]", time[i], "s", 0.0, 1e10);
        excess[i] = (1.0 / (d + std::min(1.0, time[i] / T)) - intact) / first;
    }
    return excess;
}

double stripped_recovery_time(const Skin& skin) {
    validate_skin(skin);
    const double d = skin.barrier.bare_resistance, eps = skin.barrier.tewl_threshold;
    const double intact = 1.0 / (d + 1.0), first = 1.0 / d - intact;
    return turnover(skin) * std::max(0.0, 1.0 / (intact + eps * first) - d);
}

}  // namespace skin
