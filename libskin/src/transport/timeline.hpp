// What happens to a product on the skin, and when: put on, put on again, wiped off, needled, dried out
// (docs/theory/transport.md 3.7, 3.8).
#pragma once

#include <vector>

#include "skin/topical/application.hpp"
#include "transport/film.hpp"

namespace skin::transport {

/// The liquid of a product on the skin, in thickness; what dries is taken off as time goes by.
class LiquidFilm {
public:
    LiquidFilm() = default;
    explicit LiquidFilm(const Application& application);

    void put_on(double dose);   ///< [kg/m^2] of product
    void draw(double volume);   ///< [m] into channels
    void rest(double seconds);  ///< dries
    void wipe() { thickness_ = volatile_ = 0.0; }

    [[nodiscard]] double thickness() const noexcept { return thickness_; }
    [[nodiscard]] double drying() const noexcept { return volatile_ > 0.0 ? rate_ : 0.0; }  ///< [m/s]
    [[nodiscard]] double dry_after() const noexcept;                                        ///< [s] infinite: never

private:
    double density_ = 1.0, liquid_ = 1.0, volatile_share_ = 0.0, rate_ = 0.0;  // [kg/m^3], [1], [1], [m/s]
    double thickness_ = 0.0, volatile_ = 0.0;                                  // [m]
};

struct Event {
    double time = 0.0;
    double put_on = 0.0;  ///< [kg/m^2] of product
    bool wiped = false, strikes = false, dries = false;
};

/// [s] when the product is first on the skin and when needles come, since the first strike.
[[nodiscard]] double first_put_on(const Application& application) noexcept;
[[nodiscard]] double strike_time(const Application& application) noexcept;

/// All events before `duration`, in order; at one time: wiped, put on, needled. `drawn` [m] of film goes into channels
/// at the strike, as far as there is so much.
[[nodiscard]] std::vector<Event> plan(const Application& application, double drawn, double duration);

/// Times at which a stretch is looked at, each from one event to the next, both included. Between them those of
/// `times`, or, if there are none, about `n_times` in all, crowded after events.
[[nodiscard]] std::vector<std::vector<double>> stretches(const std::vector<Event>& events, double duration, int n_times,
                                                         const std::vector<double>& times);

/// The caller's output times increase and lie between the first putting on and `duration`.
void validate_times(const std::vector<double>& times, const Application& application, double duration);

/// What belongs together: schedules that fit, concentrations that dissolve, films that do not dry to nothing.
void validate_application(const Application& application, double duration);

/// [kg/m^3] at which this product's film is saturated; infinite when everything dissolves.
[[nodiscard]] double saturation_of(const Topical& topical) noexcept;

/// [m/s] of the active into moving air, per activity at the surface (transport.md 3.6); 0 when covered.
[[nodiscard]] double air_conductance(const Application& application, double temperature) noexcept;

}  // namespace skin::transport
