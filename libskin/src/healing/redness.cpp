#include "healing/redness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skin::healing {

void Redness::add_session(double time, double n, double d) {
    sessions_.push_back({time, b_.erythema_neurogenic * n * d});  // E_0 = e_0 n d
}

void Redness::add_step(double time, double cells, double rate) { steps_.push_back({time, cells, rate}); }

double Redness::cells_at(double t) const {
    const auto above = std::upper_bound(steps_.begin(), steps_.end(), t,
                                        [](double value, const Step& step) { return value < step.time; });
    if (above == steps_.begin()) return 0.0;
    const Step& a = *(above - 1);
    if (above == steps_.end()) return a.cells;
    const Step& b = *above;  // cubic Hermite between two steps of the integrator
    const double h = b.time - a.time, x = (t - a.time) / h;
    return (1.0 + 2.0 * x) * (1.0 - x) * (1.0 - x) * a.cells + x * (1.0 - x) * (1.0 - x) * h * a.rate +
           x * x * (3.0 - 2.0 * x) * b.cells + x * x * (x - 1.0) * h * b.rate;
}

double Redness::at(double t) const {
    double E = b_.erythema_inflammatory * cells_at(t);
    for (const Session& s : sessions_) {
        if (t >= s.time) E += s.start_value * std::exp(-(t - s.time) / b_.erythema_decay_time);
    }
    return E;
}

double Redness::duration(double since, double end) const {
    constexpr double threshold = 1.0;
    // Nodes between which redness cannot rise and fall again unseen: steps of the integrator, and quarters of tau_n
    // until the neurogenic term has gone.
    std::vector<double> nodes{since, end};
    for (const Step& step : steps_) {
        if (step.time > since && step.time < end) nodes.push_back(step.time);
    }
    constexpr int quarters = 400;  // 100 tau_n: exp(-100) of any start value is nothing
    for (int i = 1; i <= quarters; ++i) {
        const double t = since + 0.25 * i * b_.erythema_decay_time;
        if (t >= end) break;
        nodes.push_back(t);
    }
    std::sort(nodes.begin(), nodes.end());
    if (at(end) > threshold) return std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = nodes.size() - 1; i-- > 0;) {
        if (!(at(nodes[i]) > threshold)) continue;
        double lo = nodes[i], hi = nodes[i + 1];
        for (double mid = 0.5 * (lo + hi); lo < mid && mid < hi; mid = 0.5 * (lo + hi)) {
            (at(mid) > threshold ? lo : hi) = mid;
        }
        return hi - since;
    }
    return 0.0;
}

}  // namespace skin::healing
