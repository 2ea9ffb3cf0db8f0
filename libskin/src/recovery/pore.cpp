#include "recovery/pore.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace skin::recovery {

namespace {
/// [1] 0 below lo, 1 above hi, straight between.
double ramp(double x, double lo, double hi) { return std::clamp((x - lo) / (hi - lo), 0.0, 1.0); }

/// The top of the scale of irritancy classes (transport.md 3.8: 0 benign to 3 contraindicated in the open window).
constexpr double highest_class = 3.0;
}  // namespace

PlugHistory::PlugHistory(double tau_dry, const RecoverySettings& settings) : tau_dry_(tau_dry) {
    std::vector<double> events{0.0};
    for (const Interval& cover : settings.occluded) events.insert(events.end(), {cover.start, cover.end});
    events.insert(events.end(), settings.wetted.begin(), settings.wetted.end());
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());

    // A law without a plug holds what drying does in its half-life.
    const bool dries = has_plug(settings.closure_model) && settings.closure_model != ClosureModel::none;
    double w = 1.0;  // blood and tissue fluid fill the mouth at the strike
    double open_time = 0.0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const double t = events[i];
        if (i > 0 && drying_.back()) w *= std::exp(-(t - events[i - 1]) / tau_dry_);
        if (i > 0 && open_.back()) open_time += t - events[i - 1];
        if (std::find(settings.wetted.begin(), settings.wetted.end(), t) != settings.wetted.end()) w = 1.0;
        const bool covered = std::any_of(settings.occluded.begin(), settings.occluded.end(),
                                         [&](const Interval& cover) { return cover.start <= t && t < cover.end; });
        start_.push_back(t);
        wetness_.push_back(w);
        open_time_.push_back(open_time);
        open_.push_back(!covered);
        drying_.push_back(dries && !covered);
    }
}

double PlugHistory::wetness(std::size_t segment, double t) const noexcept {
    // dw/dt = -w/tau_dry in open air, 0 under a cover
    return drying_[segment] ? wetness_[segment] * std::exp(-(t - start_[segment]) / tau_dry_) : wetness_[segment];
}

double PlugHistory::wetness(double t) const noexcept { return wetness(segment_of(t), t); }

std::size_t PlugHistory::segment_of(double t) const noexcept {
    const auto after = std::upper_bound(start_.begin(), start_.end(), t);
    return static_cast<std::size_t>(after - start_.begin()) - 1;
}

double PlugHistory::open_time(std::size_t segment, double t) const noexcept {
    return open_time_[segment] + (open_[segment] ? t - start_[segment] : 0.0);
}

ClosingFactors closing_factors(const Skin& skin, const RecoverySettings& settings) {
    const Barrier& b = skin.barrier;
    // Two groups were compared, young and over elderly_age; nothing is known between them: a step.
    const double f_age = skin.person.age_years >= b.elderly_age ? b.elderly_factor : 1.0;
    const double f_cox = skin.person.cox_inhibitor ? b.cox_factor : 1.0;
    const double f_lightness = std::exp(b.lightness_slope * (b.reference_lightness - skin.person.l_star));
    const double load = std::pow(settings.irritation, skin.tolerance.severity_exponent);  // severity of safety.md 3.1
    const double severity = std::isinf(load) ? 1.0 : load / (1.0 + load);
    const double c = std::max(static_cast<double>(settings.irritancy_class), highest_class * severity);
    const double f_irr = 1.0 + b.irritancy_slope * c;
    // Age and irritation also slow drying; the others were seen under covers, where nothing dries (recovery.md 3.1).
    return {f_age * f_cox * f_lightness * b.site_factor * f_irr, f_age * f_irr};
}

double geometry_share(const Barrier& b, double needle_length, double n_channels, double mouth_radius) {
    return (ramp(needle_length, b.short_needle, b.long_needle) +
            ramp(std::log(std::max(n_channels, 1.0)), std::log(b.few_channels), std::log(b.many_channels)) +
            ramp(mouth_radius, b.thin_needle, b.thick_needle)) /
           3.0;
}

double falls_for_good(const PlugHistory& plug, double duration, double threshold,
                      const std::function<double(std::size_t, double)>& value) {
    std::size_t segment = plug.size();
    while (segment-- > 0) {
        double lo = plug.start(segment);
        if (lo > duration || value(segment, lo) <= threshold) continue;  // only a fall or a step up can come before
        double hi = segment + 1 < plug.size() ? std::min(plug.start(segment + 1), duration) : duration;
        if (value(segment, hi) > threshold) return std::numeric_limits<double>::quiet_NaN();
        // Bisection to the last bit: value > threshold at lo, not at hi.
        for (double mid = 0.5 * (lo + hi); lo < mid && mid < hi; mid = 0.5 * (lo + hi)) {
            (value(segment, mid) > threshold ? lo : hi) = mid;
        }
        return hi;
    }
    return 0.0;
}

}  // namespace skin::recovery
