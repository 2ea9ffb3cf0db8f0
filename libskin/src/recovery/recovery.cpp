// recover(): docs/theory/recovery.md, eqs. 1-9 (recovery.md 3.1). Symbols: a [m] radius at the mouth, h [m] depth,
// w [1] wetness of the plug, g_p, g_h [1] conductance of plug and hole over the first one of the hole, k_h [1/s].
#include "skin/recovery.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "recovery/closing_laws.hpp"
#include "recovery/pore.hpp"
#include "skin/core/constants.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

using recovery::PlugHistory;

enum Observable { impedance, tewl, tracer_permeability, staining, optical_opening, n_observables };
constexpr std::array<std::string_view, n_observables> observable_names{"impedance", "tewl", "tracer_permeability",
                                                                       "staining", "optical_opening"};

void check_inputs(const Skin& skin, const Wound& wound, double duration, const RecoverySettings& settings) {
    validate_skin(skin);
    validate_wound(wound);
    check_range("duration", duration, "s", 1.0e-3, 1.0e9);
    validate(settings, "settings");
    for (std::size_t i = 0; i < settings.occluded.size(); ++i) {
        const Interval& cover = settings.occluded[i];
        const double earliest = i > 0 ? settings.occluded[i - 1].end : 0.0;
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
    const Barrier& b = skin.barrier;
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

/// All pores of one wound: rates and weights by class, and the read-outs as closed forms of time.
struct Pores {
    const Skin& skin;
    const ChannelClasses& classes;
    const PlugHistory plug;
    const bool closes;
    Eigen::ArrayXd k_h;     // [1/s] (class) rate of the hole conductance
    Eigen::ArrayXd share;   // [1] (class) of all channels
    Eigen::ArrayXd weight;  // [1] (class) of the first conductance of all holes

    Pores(const Skin& s, const Wound& wound, const ChannelClasses& c, const RecoverySettings& settings)
        : skin(s),
          classes(c),
          plug(s.barrier.drying_time * recovery::closing_factors(s, settings).drying, settings),
          closes(settings.closure_model != ClosureModel::none) {
        const Barrier& b = skin.barrier;
        const double n = static_cast<double>(wound.size());
        // What an instrument sees, so that the answer does not depend on how large a patch was simulated.
        const double n_seen = std::min(n, wound.holes_per_area() * b.observed_area);
        const double factor = recovery::closing_factors(s, settings).half_life;
        k_h = share = weight = Eigen::ArrayXd::Zero(c.size());
        for (Eigen::Index k = 0; k < c.size(); ++k) {
            const double t_h0 = recovery::reference_half_life(b, wound.needle.length, n_seen, c.mouth_radius[k]);
            k_h[k] = closes ? std::numbers::ln2 / (t_h0 * factor) : 0.0;
            share[k] = c.count[k] / n;
            // Channel and access resistance in series, rho (h/(pi a^2) + 1/(4 a)); rho is common to all pores.
            // A slit of known gape adds its open area to the hole's.
            const double slit = c.open_slit(k, 0.0) / std::numbers::pi;
            const double round = first_radius(k), h = c.channel_depth[k], a = std::sqrt(round * round + slit);
            if (round > 0.0) weight[k] = c.count[k] / (h / (std::numbers::pi * a * a) + 1.0 / (4.0 * a));
        }
        if (weight.sum() > 0.0) weight /= weight.sum();
    }

    [[nodiscard]] bool open() const { return weight.sum() > 0.0; }
    [[nodiscard]] double first_radius(Eigen::Index k) const {  // after the recoil, before closing
        return closes ? skin.barrier.late_recoil * classes.mouth_radius[k] : classes.channel_radius[k];
    }
    [[nodiscard]] double radius(Eigen::Index k, double t) const {
        const Barrier& b = skin.barrier;
        if (!closes) return classes.channel_radius[k];
        const double recoil = b.late_recoil + (b.early_recoil - b.late_recoil) * std::exp(-t / b.recoil_time);
        return classes.mouth_radius[k] * recoil * std::exp(-0.5 * k_h[k] * t);  // channel-limited: g ~ a^2
    }
    /// [m] radius of a round mouth as open as hole and slit; the slit closes in step with the hole (assumed).
    [[nodiscard]] double opening(Eigen::Index k, double t) const {
        const double slit = classes.open_slit(k, 0.0);
        return slit > 0.0 ? std::sqrt(radius(k, t) * radius(k, t) + slit / std::numbers::pi * hole(k, t))
                          : radius(k, t);
    }
    [[nodiscard]] double hole(Eigen::Index k, double t) const { return std::exp(-k_h[k] * t); }
    [[nodiscard]] double plug_conductance(double w) const {
        const Barrier& b = skin.barrier;
        return b.dry_plug_conductance + (b.wet_plug_conductance - b.dry_plug_conductance) * w;
    }
    /// [1] plug and hole in series over their first value, mean over pores by conductance.
    [[nodiscard]] double series(double g_p, double t) const {
        const double first = 1.0 / (1.0 / skin.barrier.wet_plug_conductance + 1.0);
        double sum = 0.0;
        for (Eigen::Index k = 0; k < weight.size(); ++k) {
            const double g_h = hole(k, t);
            if (g_p + g_h > 0.0) sum += weight[k] * g_p * g_h / (g_p + g_h);
        }
        return sum / first;
    }
    [[nodiscard]] double impedance_at(std::size_t segment, double t) const {
        return open() ? series(plug_conductance(plug.wetness(segment, t)), t) : 0.0;
    }
    /// [kg/(m^2 s)] what wet mouths of this size can evaporate at most (recovery.md 3.4).
    [[nodiscard]] double evaporation_bound(double t) const {
        const Barrier& b = skin.barrier;
        double sum = 0.0;
        for (Eigen::Index k = 0; k < k_h.size(); ++k) {
            sum += classes.count[k] / classes.area *
                   recovery::wet_pore_evaporation(opening(k, t), b.vapour_diffusivity, b.saturated_vapour,
                                                  b.relative_humidity);
        }
        return sum;
    }
    [[nodiscard]] double tewl_at(std::size_t segment, double t) const {
        if (!open()) return 0.0;
        const double first = std::min(skin.barrier.tewl_excess, evaporation_bound(0.0));
        return std::min(first * impedance_at(segment, t), evaporation_bound(t));
    }
    [[nodiscard]] double tracer_at(double t) const {
        return open() ? series(skin.barrier.wet_plug_conductance, t) : 0.0;
    }
    /// [1] share of pores whose own tracer permeability is above the threshold.
    [[nodiscard]] double staining_at(double t) const {
        const Barrier& b = skin.barrier;
        double stained = 0.0;
        for (Eigen::Index k = 0; k < k_h.size(); ++k) {
            if (!(weight[k] > 0.0)) continue;
            const double r = 1.0 / b.wet_plug_conductance;
            if ((r + 1.0) / (r + 1.0 / hole(k, t)) > b.threshold) stained += share[k];
        }
        return stained;
    }
    /// [m] mean radius of the holes above the resolution.
    [[nodiscard]] double seen_radius(double t) const {
        double sum = 0.0, seen = 0.0;
        for (Eigen::Index k = 0; k < k_h.size(); ++k) {
            const double a = radius(k, t);
            if (!(a > skin.barrier.optical_resolution)) continue;
            sum += share[k] * a;
            seen += share[k];
        }
        return seen > 0.0 ? sum / seen : 0.0;
    }
    [[nodiscard]] double largest_radius(double t) const {
        double largest = 0.0;
        for (Eigen::Index k = 0; k < k_h.size(); ++k) largest = std::max(largest, radius(k, t));
        return largest;
    }
};

Eigen::VectorXd output_times(double duration, int n) {
    Eigen::VectorXd time(n);
    for (int i = 0; i < n; ++i) {
        const double x = static_cast<double>(i) / (n - 1);
        time[i] = duration * x * x;  // fine while the recoil and the drying go on
    }
    time[n - 1] = duration;
    return time;
}

void fill_read_outs(RecoveryResult& r, const Pores& pores) {
    const Eigen::Index n_t = r.time.size();
    const Tolerance& tolerance = pores.skin.tolerance;
    for (auto* column : {&r.pore_radius, &r.impedance, &r.tewl, &r.tracer_permeability, &r.staining, &r.optical_opening,
                         &r.open_area, &r.largest_particle}) {
        *column = Eigen::VectorXd::Zero(n_t);
    }
    std::size_t segment = 0;
    for (Eigen::Index i = 0; i < n_t; ++i) {
        const double t = r.time[i];
        while (segment + 1 < pores.plug.size() && pores.plug.start(segment + 1) <= t) ++segment;
        const double w = pores.plug.wetness(segment, t);
        r.impedance[i] = pores.impedance_at(segment, t);
        r.tewl[i] = pores.tewl_at(segment, t);
        r.tracer_permeability[i] = pores.tracer_at(t);
        r.staining[i] = pores.staining_at(t);
        r.optical_opening[i] = pores.seen_radius(t);
        if (w > tolerance.wet_mouth) r.largest_particle[i] = 2.0 * pores.largest_radius(t) / tolerance.jamming_factor;
        for (Eigen::Index k = 0; k < pores.k_h.size(); ++k) {
            const double a = pores.opening(k, t);
            r.pore_radius[i] += pores.share[k] * pores.radius(k, t);
            r.open_area[i] += pores.classes.count[k] / pores.classes.area * std::numbers::pi * a * a * w;
        }
    }
}

void fill_closure(Closure& closure, const Pores& pores) {
    const Eigen::Index n_t = closure.time.size(), n_k = pores.k_h.size();
    closure.radius_fraction = closure.plug_wetness = closure.plug_conductance = closure.hole_conductance =
        RowMatrix::Zero(n_t, n_k);
    closure.depth_fraction = RowMatrix::Ones(n_t, n_k);  // the fast model keeps the depth
    for (Eigen::Index i = 0; i < n_t; ++i) {
        const double t = closure.time[i], w = pores.plug.wetness(t);
        for (Eigen::Index k = 0; k < n_k; ++k) {
            const double a_0 = pores.classes.channel_radius[k];
            if (a_0 > 0.0) closure.radius_fraction(i, k) = pores.radius(k, t) / a_0;
            closure.plug_wetness(i, k) = w;
            closure.plug_conductance(i, k) = pores.plug_conductance(w);
            closure.hole_conductance(i, k) = pores.hole(k, t);
        }
    }
}

void fill_recovery_times(RecoveryResult& r, const Pores& pores, double duration) {
    const auto fall = [&](double threshold, const auto& value) {
        return recovery::falls_for_good(pores.plug, duration, threshold, value);
    };
    r.observable.assign(observable_names.begin(), observable_names.end());
    r.recovered_at = Eigen::VectorXd::Zero(n_observables);
    if (!pores.open()) return;
    r.recovered_at[impedance] =
        fall(r.impedance_threshold, [&](std::size_t s, double t) { return pores.impedance_at(s, t); });
    r.recovered_at[tewl] =
        fall(r.tewl_threshold * pores.tewl_at(0, 0.0), [&](std::size_t s, double t) { return pores.tewl_at(s, t); });
    r.recovered_at[tracer_permeability] =
        fall(r.impedance_threshold, [&](std::size_t, double t) { return pores.tracer_at(t); });
    r.recovered_at[staining] = fall(r.staining_threshold, [&](std::size_t, double t) { return pores.staining_at(t); });
    // The mean of what is still seen may rise when a class drops out; the last class to vanish is what counts.
    r.recovered_at[optical_opening] =
        fall(r.optical_threshold, [&](std::size_t, double t) { return pores.largest_radius(t); });
}

void describe_run(RecoveryResult& r, const Skin& skin, const Wound& wound, double duration,
                  const RecoverySettings& settings) {
    r.info = skin_info(skin, "recovery");
    r.info.use("recovery.closure_model = " + std::string{name_of(settings.closure_model)});
    if (settings.closure_model == ClosureModel::none) return;
    for (const char* key : {"gupta2011", "ogunjimi2021"}) r.info.cite(key);
    if (skin.person.age_years >= skin.barrier.elderly_age) r.info.cite("kelchen2016");
    if (skin.person.cox_inhibitor) r.info.cite("brogden2012");
    if (skin.person.l_star != skin.barrier.reference_lightness) r.info.cite("ogunjimi2020");
    if (wound.size() == 0) return;
    constexpr double longest_needle = 1.5e-3,
                     longest_time = 100.0 * constants::hour;  // recovery.md 4.1: observed range
    if (wound.needle.length > longest_needle) {
        r.info.warn("outside_validated_range", "recovery.half_life",
                    text("needles of %.2g mm: no closing was measured above 1.5 mm, so the half-life stays at its "
                         "upper end",
                         wound.needle.length * 1e3));
    }
    if (duration > longest_time) {
        r.info.warn("outside_validated_range", "recovery.duration",
                    text("%.3g h: closing was observed for 100 h at most", duration / constants::hour));
    }
}

}  // namespace

RecoveryResult recover(const Skin& skin, const Wound& wound, double duration, const RecoverySettings& settings) {
    check_inputs(skin, wound, duration, settings);
    RecoveryResult result;
    result.time = output_times(duration, settings.n_times);
    result.impedance_threshold = skin.barrier.threshold;
    result.tewl_threshold = skin.barrier.tewl_threshold;
    result.staining_threshold = skin.barrier.stained_share;
    result.optical_threshold = skin.barrier.optical_resolution;
    result.closure.classes = channel_classes(wound, settings.n_classes);
    result.closure.time = result.time;
    const Pores pores(skin, wound, result.closure.classes, settings);
    fill_read_outs(result, pores);
    fill_closure(result.closure, pores);
    fill_recovery_times(result, pores, duration);
    describe_run(result, skin, wound, duration, settings);
    return result;
}

double RecoveryResult::time_to_recover(std::string_view name) const {
    for (std::size_t i = 0; i < observable_names.size(); ++i) {
        if (observable_names[i] != name) continue;
        const auto index = static_cast<Eigen::Index>(i);
        return index < recovered_at.size() ? recovered_at[index] : std::numeric_limits<double>::quiet_NaN();
    }
    const std::vector<std::string> known(observable_names.begin(), observable_names.end());
    const std::string near = nearest_name(name, known);
    std::string all;
    for (const auto& entry : known) all += (all.empty() ? "" : ", ") + entry;
    throw ParameterError("observable = '" + std::string{name} + "' is not one of: " + all +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

}  // namespace skin
