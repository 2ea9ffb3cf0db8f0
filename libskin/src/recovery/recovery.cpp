// recover(): docs/theory/recovery.md, eqs. 1-9 (recovery.md 3.1).
#include "skin/recovery.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "recovery/pores.hpp"
#include "skin/core/constants.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

using namespace recovery;

Eigen::VectorXd output_times(double duration, const RecoverySettings& settings) {
    if (!settings.times.empty()) {
        return Eigen::Map<const Eigen::VectorXd>(settings.times.data(),
                                                 static_cast<Eigen::Index>(settings.times.size()));
    }
    const int n = settings.n_times;
    Eigen::VectorXd time(n);
    for (int i = 0; i < n; ++i) {
        const double x = static_cast<double>(i) / (n - 1);
        time[i] = duration * x * x;  // fine while the recoil and the drying go on
    }
    time[n - 1] = duration;
    return time;
}

/// Read-outs and closure over the output times, in one walk.
void fill_curves(RecoveryResult& r, const Pores& pores) {
    const Eigen::Index n_t = r.time.size(), n_k = r.closure.classes.size();
    const Tolerance& tolerance = pores.skin().tolerance;
    for (auto* column : {&r.pore_radius, &r.impedance, &r.tewl, &r.tracer_permeability, &r.staining, &r.optical_opening,
                         &r.open_area, &r.largest_particle}) {
        *column = Eigen::VectorXd::Zero(n_t);
    }
    Closure& c = r.closure;
    c.radius_fraction = c.plug_wetness = c.plug_conductance = c.hole_conductance = RowMatrix::Zero(n_t, n_k);
    c.depth_fraction = RowMatrix::Ones(n_t, n_k);
    Instant now;
    for (Eigen::Index i = 0; i < n_t; ++i) {
        pores.look(pores.plug().segment_of(r.time[i]), r.time[i], now);
        r.impedance[i] = pores.impedance_at(now);
        r.tewl[i] = pores.tewl_at(now);
        r.tracer_permeability[i] = pores.tracer_at(now);
        r.staining[i] = pores.staining_at(now);
        r.optical_opening[i] = pores.seen_radius(now);
        r.pore_radius[i] = pores.mean_radius(now);
        r.open_area[i] = pores.open_area(now);
        if (now.wetness > tolerance.wet_mouth) {
            r.largest_particle[i] = 2.0 * pores.largest_radius(now) / tolerance.jamming_factor;
        }
        const double plug = pores.plug_conductance(now.wetness);
        for (Eigen::Index k = 0; k < n_k; ++k) {
            const HoleState& hole = now.hole[static_cast<std::size_t>(k)];
            const double a_0 = c.classes.channel_radius[k];
            if (a_0 > 0.0) c.radius_fraction(i, k) = hole.radius / a_0;
            c.depth_fraction(i, k) = hole.depth;
            c.plug_wetness(i, k) = now.wetness;
            c.plug_conductance(i, k) = plug;
            c.hole_conductance(i, k) = hole.conductance;
        }
    }
}

void fill_recovery_times(RecoveryResult& r, const Pores& pores, double duration) {
    Instant now;
    const auto fall = [&](double threshold, const auto& value) {
        return falls_for_good(pores.plug(), duration, threshold, [&](std::size_t segment, double t) {
            pores.look(segment, t, now);
            return value();
        });
    };
    r.observable.assign(observable_names.begin(), observable_names.end());
    r.recovered_at = Eigen::VectorXd::Zero(n_observables);
    if (!pores.open()) return;
    pores.look(0, 0.0, now);
    const double first_tewl = pores.tewl_at(now);
    r.recovered_at[impedance] = fall(r.impedance_threshold, [&] { return pores.impedance_at(now); });
    r.recovered_at[tewl] = fall(r.tewl_threshold * first_tewl, [&] { return pores.tewl_at(now); });
    r.recovered_at[tracer_permeability] = fall(r.impedance_threshold, [&] { return pores.tracer_at(now); });
    r.recovered_at[staining] = fall(r.staining_threshold, [&] { return pores.staining_at(now); });
    // The mean of what is still seen may rise when a class drops out; the last class to vanish is what counts.
    r.recovered_at[optical_opening] = fall(r.optical_threshold, [&] { return pores.largest_radius(now); });
}

void fill_profile(RecoveryResult& r, const Pores& pores) {
    r.hole_radius.resize(r.time.size(), 0);
    if (r.closure.classes.size() == 0) return;
    const Hole& hole = pores.hole(r.closure.classes.size() / 2);
    const auto n = static_cast<Eigen::Index>(hole.slices().size());
    if (n == 0) return;
    r.hole_depth.resize(n + 1);
    for (Eigen::Index i = 0; i < n; ++i) r.hole_depth[i] = hole.slices()[static_cast<std::size_t>(i)].top;
    r.hole_depth[n] = hole.slices().back().bottom;
    r.hole_radius.resize(r.time.size(), n + 1);
    for (Eigen::Index i = 0; i < r.time.size(); ++i) {
        const std::vector<double> radius = hole.profile(r.time[i]);
        r.hole_radius.row(i) = Eigen::Map<const Eigen::RowVectorXd>(radius.data(), n + 1);
    }
}

void describe_run(RecoveryResult& r, const Skin& skin, const Wound& wound, double duration,
                  const RecoverySettings& settings) {
    r.info = skin_info(skin, "recovery");
    r.info.use("recovery.closure_model = " + std::string{name_of(settings.closure_model)});
    if (settings.hole_resistance != HoleResistance::channel) {
        r.info.use("recovery.hole_resistance = " + std::string{name_of(settings.hole_resistance)});
    }
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

RecoveryResult recovery::close_channels(const Skin& skin, const Wound& wound, const ChannelClasses& classes,
                                        double duration, const RecoverySettings& settings) {
    RecoveryResult result;
    result.time = output_times(duration, settings);
    result.impedance_threshold = skin.barrier.threshold;
    result.tewl_threshold = skin.barrier.tewl_threshold;
    result.staining_threshold = skin.barrier.stained_share;
    result.optical_threshold = skin.barrier.optical_resolution;
    result.closure.classes = classes;
    result.closure.time = result.time;
    const Pores pores(skin, wound, result.closure.classes, settings);
    fill_curves(result, pores);
    fill_profile(result, pores);
    fill_recovery_times(result, pores, duration);
    return result;
}

RecoveryResult recover(const Skin& skin, const Wound& wound, double duration, const RecoverySettings& settings) {
    check_inputs(skin, wound, duration, settings);
    RecoveryResult result = close_channels(skin, wound, channel_classes(wound, settings.n_classes), duration, settings);
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
