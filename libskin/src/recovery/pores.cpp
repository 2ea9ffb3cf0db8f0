// Symbols: a [m] radius at the mouth, h [m] depth, w [1] wetness of the plug, g_p, g_h [1] conductance of plug and hole
// over the first one of the hole (docs/theory/recovery.md, eqs. 1-9).
#include "recovery/pores.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "recovery/closing_laws.hpp"
#include "skin/core/validate.hpp"

namespace skin::recovery {

using std::numbers::pi;

namespace {

void check_covers(const std::vector<Interval>& occluded) {
    for (std::size_t i = 0; i < occluded.size(); ++i) {
        const Interval& cover = occluded[i];
        const double earliest = i > 0 ? occluded[i - 1].end : 0.0;
        const std::string path = "settings.occluded[" + std::to_string(i) + "]";
        if (cover.start < earliest) {
            throw ParameterError(
                text("%s.start = %g s lies before the end of the interval before it (%g s): give "
                     "intervals in order and without overlap",
                     path.c_str(), cover.start, earliest));
        }
        if (!(cover.end > cover.start)) {
            throw ParameterError(
                text("%s.end = %g s must lie after its start (%g s)", path.c_str(), cover.end, cover.start));
        }
    }
}

void check_times(const std::vector<double>& times, double duration) {
    for (std::size_t i = 0; i < times.size(); ++i) {
        const std::string path = "settings.times[" + std::to_string(i) + "]";
        if (i > 0 && !(times[i] > times[i - 1])) {
            throw ParameterError(text("%s = %g s is not above the time before it (%g s): output times must increase",
                                      path.c_str(), times[i], times[i - 1]));
        }
        check_range(path, times[i], "s", 0.0, duration);
    }
}

void check_order(const Barrier& b) {
    const auto ordered = [](const char* low, double x, const char* high, double y, bool strict) {
        if (strict ? x < y : x <= y) return;
        throw ParameterError(text("skin.barrier.%s = %g must be %s skin.barrier.%s = %g", low, x,
                                  strict ? "below" : "at most", high, y));
    };
    ordered("late_recoil", b.late_recoil, "early_recoil", b.early_recoil, false);
    ordered("dry_plug_conductance", b.dry_plug_conductance, "wet_plug_conductance", b.wet_plug_conductance, false);
    ordered("half_life_short", b.half_life_short, "half_life_long", b.half_life_long, false);
    ordered("short_needle", b.short_needle, "long_needle", b.long_needle, true);
    ordered("few_channels", b.few_channels, "many_channels", b.many_channels, true);
    ordered("thin_needle", b.thin_needle, "thick_needle", b.thick_needle, true);
}

}  // namespace

void check_inputs(const Skin& skin, const Wound& wound, double duration, const RecoverySettings& settings) {
    validate_skin(skin);
    validate_wound(wound);
    check_range("duration", duration, "s", 1.0e-3, 1.0e9);
    validate(settings, "settings");
    check_covers(settings.occluded);
    check_times(settings.times, duration);
    check_order(skin.barrier);
    if (settings.closure_model == ClosureModel::depth_resolved) require_full_skin(skin, "recover");
}

Pores::Pores(const Skin& skin, const Wound& wound, const ChannelClasses& classes, const RecoverySettings& settings)
    : skin_(skin),
      classes_(classes),
      plug_(skin.barrier.drying_time * closing_factors(skin, settings).drying, settings),
      plugged_(has_plug(settings.closure_model)) {
    const Barrier& b = skin.barrier;
    const ClosingFactors factors = closing_factors(skin, settings);
    const double n = static_cast<double>(wound.size());
    // What an instrument sees, so that the answer does not depend on how large a patch was simulated.
    const double n_seen = std::min(n, wound.holes_per_area() * b.observed_area);
    double sum = 0.0;
    for (Eigen::Index k = 0; k < classes.size(); ++k) {
        const HoleGeometry geometry{classes.mouth_radius[k], classes.channel_radius[k], classes.channel_depth[k],
                                    geometry_share(b, wound.needle.length, n_seen, classes.mouth_radius[k])};
        hole_.emplace_back(skin, wound.needle, geometry, factors, settings);
        share_.push_back(classes.count[k] / n);
        // Channel and access resistance in series, rho (h/(pi a^2) + 1/(4 a)); rho is common to all pores. A slit of
        // known gape adds its open area to the hole's.
        const double round = hole_.back().first_radius(), h = geometry.depth;
        const double a = std::sqrt(round * round + classes.open_slit(k, 0.0) / pi);
        weight_.push_back(round > 0.0 ? classes.count[k] / (h / (pi * a * a) + 1.0 / (4.0 * a)) : 0.0);
        sum += weight_.back();
    }
    open_ = sum > 0.0;
    for (double& weight : weight_) weight = open_ ? weight / sum : 0.0;
    if (!open_) return;
    Instant first;
    look(0, 0.0, first);
    first_tewl_ = std::min(b.tewl_excess, evaporation_bound(first));
}

void Pores::look(std::size_t segment, double t, Instant& now) const {
    now.wetness = plug_.wetness(segment, t);
    const double open_time = plug_.open_time(segment, t);
    now.hole.resize(hole_.size());
    for (std::size_t k = 0; k < hole_.size(); ++k) now.hole[k] = hole_[k].at(t, open_time);
}

double Pores::opening(std::size_t k, const HoleState& hole) const {
    const double slit = classes_.open_slit(static_cast<Eigen::Index>(k), 0.0);
    return slit > 0.0 ? std::sqrt(hole.radius * hole.radius + slit / pi * hole.conductance) : hole.radius;
}

double Pores::plug_conductance(double w) const noexcept {
    const Barrier& b = skin_.barrier;
    return b.dry_plug_conductance + (b.wet_plug_conductance - b.dry_plug_conductance) * w;
}

/// [1] plug and hole in series over their first value, mean over pores by conductance.
double Pores::in_series(double g_p, const Instant& now) const {
    double sum = 0.0;
    if (!plugged_) {  // one law for both
        for (std::size_t k = 0; k < weight_.size(); ++k) sum += weight_[k] * now.hole[k].conductance;
        return sum;
    }
    const double first = 1.0 / (1.0 / skin_.barrier.wet_plug_conductance + 1.0);
    for (std::size_t k = 0; k < weight_.size(); ++k) {
        const double g_h = now.hole[k].conductance;
        if (g_p + g_h > 0.0) sum += weight_[k] * g_p * g_h / (g_p + g_h);
    }
    return sum / first;
}

double Pores::impedance_at(const Instant& now) const {
    return open_ ? in_series(plug_conductance(now.wetness), now) : 0.0;
}

/// [kg/(m^2 s)] what wet mouths of this size can evaporate at most (recovery.md 3.4).
double Pores::evaporation_bound(const Instant& now) const {
    const Barrier& b = skin_.barrier;
    double sum = 0.0;
    for (std::size_t k = 0; k < now.hole.size(); ++k) {
        sum += classes_.count[static_cast<Eigen::Index>(k)] / classes_.area *
               wet_pore_evaporation(opening(k, now.hole[k]), b.vapour_diffusivity, b.saturated_vapour,
                                    b.relative_humidity);
    }
    return sum;
}

double Pores::tewl_at(const Instant& now) const {
    return open_ ? std::min(first_tewl_ * impedance_at(now), evaporation_bound(now)) : 0.0;
}

double Pores::tracer_at(const Instant& now) const {
    return open_ ? in_series(skin_.barrier.wet_plug_conductance, now) : 0.0;
}

double Pores::staining_at(const Instant& now) const {
    const Barrier& b = skin_.barrier;
    const double r = plugged_ ? 1.0 / b.wet_plug_conductance : 0.0;
    double stained = 0.0;
    for (std::size_t k = 0; k < weight_.size(); ++k) {
        if (!(weight_[k] > 0.0)) continue;
        if ((r + 1.0) / (r + 1.0 / now.hole[k].conductance) > b.threshold) stained += share_[k];
    }
    return stained;
}

double Pores::seen_radius(const Instant& now) const {
    double sum = 0.0, seen = 0.0;
    for (std::size_t k = 0; k < share_.size(); ++k) {
        const double a = now.hole[k].radius;
        if (!(a > skin_.barrier.optical_resolution)) continue;
        sum += share_[k] * a;
        seen += share_[k];
    }
    return seen > 0.0 ? sum / seen : 0.0;
}

double Pores::largest_radius(const Instant& now) const {
    double largest = 0.0;
    for (const HoleState& hole : now.hole) largest = std::max(largest, hole.radius);
    return largest;
}

double Pores::mean_radius(const Instant& now) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < share_.size(); ++k) sum += share_[k] * now.hole[k].radius;
    return sum;
}

double Pores::open_area(const Instant& now) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < share_.size(); ++k) {
        const double a = opening(k, now.hole[k]);
        sum += classes_.count[static_cast<Eigen::Index>(k)] / classes_.area * pi * a * a * now.wetness;
    }
    return sum;
}

}  // namespace skin::recovery
