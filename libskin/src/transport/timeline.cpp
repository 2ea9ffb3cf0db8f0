#include "transport/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "skin/core/constants.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin::transport {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool covered(const Application& a) noexcept { return a.occluded || a.topical.vehicle.occlusive; }

double reapplied_dose(const Application& a, std::size_t k) {
    return a.reapplied_dose.empty() ? a.dose : a.reapplied_dose[k];
}

/// [kg/m^3] of the product that is solid.
double suspended(const Topical& topical) noexcept {
    return std::max(topical.suspended.value_or(0.0), topical.concentration - saturation_of(topical));
}

}  // namespace

LiquidFilm::LiquidFilm(const Application& a) {
    const Vehicle& v = a.topical.vehicle;
    // Solid takes its own room; what is dissolved counts as liquid.
    const double solid = a.topical.active.pure_density && suspended(a.topical) > 0.0
                             ? std::min(1.0, a.topical.concentration / *a.topical.active.pure_density)
                             : 0.0;
    density_ = v.density;
    liquid_ = 1.0 - solid;
    volatile_share_ = std::min(liquid_, v.volatile_fraction.value_or(0.0));
    rate_ = covered(a) ? 0.0 : v.evaporation_flux.value_or(0.0) / v.density;
}

void LiquidFilm::put_on(double dose) {
    thickness_ += dose / density_ * liquid_;
    volatile_ += dose / density_ * volatile_share_;
}

void LiquidFilm::draw(double volume) {
    const double left = thickness_ > 0.0 ? std::max(0.0, 1.0 - volume / thickness_) : 0.0;
    thickness_ = std::max(0.0, thickness_ - volume);
    volatile_ *= left;
}

void LiquidFilm::rest(double seconds) {
    const double gone = std::min(volatile_, drying() * seconds);
    volatile_ -= gone;
    thickness_ -= gone;
    if (volatile_ < 1e-12 * thickness_ || volatile_ < 1e-3 * thinnest_film) volatile_ = 0.0;  // rounding
}

double LiquidFilm::dry_after() const noexcept { return drying() > 0.0 ? volatile_ / drying() : infinity; }

double first_put_on(const Application& a) noexcept { return a.when == When::before ? 0.0 - a.delay : a.delay; }
double strike_time(const Application& a) noexcept { return a.when == When::before ? 0.0 : a.delay; }

std::vector<Event> plan(const Application& a, double drawn, double duration) {
    std::map<double, Event> at;
    const double start = first_put_on(a), strike = strike_time(a);
    const auto put = [&](double time, double dose) {
        at[time].put_on += dose;
        if (a.wiped_after && time + *a.wiped_after < duration) at[time + *a.wiped_after].wiped = true;
    };
    put(start, a.dose);
    for (std::size_t k = 0; k < a.reapplied_after.size(); ++k) put(start + a.reapplied_after[k], reapplied_dose(a, k));
    if (strike >= start && strike < duration) at[strike].strikes = true;

    LiquidFilm film(a);
    for (auto now = at.begin(); now != at.end(); ++now) {
        Event& event = now->second;
        event.time = now->first;
        if (event.wiped) film.wipe();
        film.put_on(event.put_on);
        if (event.strikes && a.when == When::before) film.draw(drawn);
        const auto next = std::next(now);
        const double until = next != at.end() ? next->first : duration;
        const double dry = event.time + film.dry_after();
        if (dry < until) at[dry].dries = true;  // becomes the next event
        film.rest(std::min(dry, until) - event.time);
    }
    std::vector<Event> events;
    for (const auto& [time, event] : at) events.push_back(event);
    return events;
}

std::vector<std::vector<double>> stretches(const std::vector<Event>& events, double duration, int n_times,
                                           const std::vector<double>& wanted) {
    const double whole = duration - events.front().time;
    std::vector<std::vector<double>> all;
    for (std::size_t e = 0; e < events.size(); ++e) {
        const double start = events[e].time, end = e + 1 < events.size() ? events[e + 1].time : duration;
        const double length = end - start;
        const int points = std::max(1, static_cast<int>(std::lround((n_times - 1) * length / whole)));
        std::vector<double> times{start};
        for (const double t : wanted) {
            if (t > start && t < end) times.push_back(t);
        }
        for (int k = 1; k < points && wanted.empty(); ++k) {  // crowded at the start, where everything is quick
            const double share = static_cast<double>(k) / points;
            const double t = start + share * share * length;
            if (t > times.back() && t < end) times.push_back(t);
        }
        times.push_back(end);
        all.push_back(std::move(times));
    }
    return all;
}

void validate_times(const std::vector<double>& times, const Application& a, double duration) {
    for (std::size_t k = 0; k < times.size(); ++k) {
        const std::string path = "settings.times[" + std::to_string(k) + "]";
        if (k > 0 && !(times[k] > times[k - 1])) {
            throw ParameterError(text("%s = %g s is not above the time before it (%g s): output times must increase",
                                      path.c_str(), times[k], times[k - 1]));
        }
        check_range(path, times[k], "s", first_put_on(a), duration);
    }
}

double saturation_of(const Topical& t) noexcept {
    if (t.solubility) return *t.solubility;
    // Solid beside its solution: what is dissolved is all that dissolves.
    return t.suspended.value_or(0.0) > 0.0 ? std::max(0.0, t.concentration - *t.suspended) : infinity;
}

double air_conductance(const Application& a, double temperature) noexcept {
    const Active& active = a.topical.active;
    if (!active.vapour_pressure || covered(a)) return 0.0;
    constexpr double room = 0.168;              // m/s, of the source cases (transport.md 3.6)
    constexpr double per_hour = 1e-2 / 3600.0;  // cm/h in m/s
    const double v = a.air_speed.value_or(room);
    const double gas = 6320.0 * std::pow(v, 0.78) / std::cbrt(active.molar_mass * 1e3) * per_hour;  // [m/s]
    const double vapour = *active.vapour_pressure * active.molar_mass / (constants::gas_constant * temperature);
    return gas * vapour / saturation_of(a.topical);
}

void validate_application(const Application& a, double duration) {
    const Topical& t = a.topical;
    const Vehicle& v = t.vehicle;
    // Nothing put on is most likely a slip; who wants intact or needled skin without a product leaves it out.
    if (!(a.dose > 0.0)) {
        throw ParameterError(
            text("application.dose = %g kg/m^2 is outside (0, 10]: without a product there is nothing to "
                 "deliver",
                 a.dose));
    }
    for (std::size_t k = 0; k < a.reapplied_dose.size(); ++k) {
        if (!(a.reapplied_dose[k] > 0.0)) {
            throw ParameterError(
                text("application.reapplied_dose[%zu] = %g kg/m^2 is outside (0, 10]: leave out the "
                     "time at which nothing is put on",
                     k, a.reapplied_dose[k]));
        }
    }
    if (a.when == When::after && !(a.delay < duration)) {
        throw ParameterError(
            text("application.delay = %g s is not before the end of the delivery, duration = %g s", a.delay, duration));
    }
    if (!a.reapplied_dose.empty() && a.reapplied_dose.size() != a.reapplied_after.size()) {
        throw ParameterError(text("application.reapplied_dose has %zu entries but application.reapplied_after has %zu",
                                  a.reapplied_dose.size(), a.reapplied_after.size()));
    }
    if (a.wiped_after && !(*a.wiped_after > 0.0)) {
        throw ParameterError(
            text("application.wiped_after = %g s: a product that is wiped off at once is never put on; "
                 "leave it out",
                 *a.wiped_after));
    }
    double previous = 0.0;
    for (std::size_t k = 0; k < a.reapplied_after.size(); ++k) {
        const double after = a.reapplied_after[k], last = duration - first_put_on(a);
        if (!(after > previous)) {
            throw ParameterError(
                text("application.reapplied_after[%zu] = %g s is not after %g s: the times must "
                     "increase from 0",
                     k, after, previous));
        }
        if (!(after < last)) {
            throw ParameterError(
                text("application.reapplied_after[%zu] = %g s is not before the end of the delivery, "
                     "%g s after the product is first put on",
                     k, after, last));
        }
        if (a.wiped_after && *a.wiped_after > after - previous) {
            throw ParameterError(
                text("application.wiped_after = %g s is longer than the %g s until the product is put "
                     "on again",
                     *a.wiped_after, after - previous));
        }
        previous = after;
    }
    const double solid = t.suspended.value_or(0.0);
    if (solid > t.concentration) {
        throw ParameterError(text("topical.suspended = %g kg/m^3 is more than topical.concentration = %g kg/m^3", solid,
                                  t.concentration));
    }
    if (solid == t.concentration && solid > 0.0 && !t.solubility) {
        throw ParameterError(
            text("topical.suspended = %g kg/m^3 is all of topical.concentration: give "
                 "topical.solubility, the part that dissolves",
                 solid));
    }
    constexpr double rounding = 1e-9;
    if (t.solubility && t.concentration - solid > *t.solubility * (1.0 + rounding)) {
        throw ParameterError(
            text("topical.concentration = %g kg/m^3 is outside [0, %g], its topical.solubility; if "
                 "solid is suspended in the product say how much with topical.suspended",
                 t.concentration, *t.solubility + solid));
    }
    if (t.active.vapour_pressure && !std::isfinite(saturation_of(t))) {
        throw ParameterError(
            "active.vapour_pressure is given, so topical.solubility must be given too: it is the "
            "concentration at which the active evaporates like the pure substance");
    }
    const double share = v.volatile_fraction.value_or(0.0);
    if (share > 0.0 && !v.evaporation_flux) {
        throw ParameterError(
            text("vehicle.volatile_fraction = %g needs vehicle.evaporation_flux, how fast it "
                 "evaporates",
                 share));
    }
    if (share >= 1.0 && !covered(a) && !std::isfinite(saturation_of(t))) {
        throw ParameterError(
            text("vehicle.volatile_fraction = %g: what a film that dries out leaves behind dissolves "
                 "up to topical.solubility, which must be given",
                 share));
    }
}

}  // namespace skin::transport
