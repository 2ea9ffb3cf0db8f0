// Non-stiff systems of fixed size: controlled dopri5 with dense output (Boost.Odeint), and every failure named.
#pragma once

#include <algorithm>
#include <array>
#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <span>

#include "skin/core/error.hpp"

namespace skin::healing {

struct IntegratorSettings {
    double tolerance = 1e-8;   ///< [1] absolute and relative
    double first_step = 60.0;  ///< [units of time] first trial step
    double dt_max = 0.0;       ///< [units of time] 0: no limit
    const char* what = "";     ///< for messages
};

/// Integrate dy/dt = rhs(y, dydt, t) from t_begin to t_end. `at(t, y)` is called for each of `times`, which are sorted
/// and lie in (t_begin, t_end]; `step(t, y)` after every accepted step, and at the end of the last one, which is cut
/// at t_end. Returns the number of steps.
template <std::size_t n, class Rhs, class At, class Step>
long integrate(const Rhs& rhs, std::array<double, n>& y, double t_begin, double t_end, std::span<const double> times,
               const IntegratorSettings& settings, const At& at, const Step& step) {
    namespace odeint = boost::numeric::odeint;
    using State = std::array<double, n>;
    if (!(t_end > t_begin)) return 0;
    const auto fail = [&](double t, const char* reason) {
        return SolverError(text("%s: integration from %g to %g failed at %g (tolerance %g): %s", settings.what, t_begin,
                                t_end, t, settings.tolerance, reason));
    };
    auto stepper = odeint::make_dense_output(settings.tolerance, settings.tolerance, settings.dt_max,
                                             odeint::runge_kutta_dopri5<State>());
    double dt = std::min(settings.first_step, t_end - t_begin);
    if (settings.dt_max > 0.0) dt = std::min(dt, settings.dt_max);
    stepper.initialize(y, t_begin, dt);
    auto next = times.begin();
    State sample;
    long n_steps = 0;
    while (stepper.current_time() < t_end) {
        try {
            stepper.do_step(std::cref(rhs));
        } catch (const std::runtime_error& error) {  // odeint: 500 trial steps in a row were rejected
            throw fail(stepper.current_time(), error.what());
        }
        ++n_steps;
        const State& now = stepper.current_state();
        if (!std::all_of(now.begin(), now.end(), [](double x) { return std::isfinite(x); })) {
            throw fail(stepper.current_time(), "the state is not finite");
        }
        const double t = std::min(stepper.current_time(), t_end);
        for (; next != times.end() && *next <= t; ++next) {
            stepper.calc_state(*next, sample);
            at(*next, sample);
        }
        if (t < t_end) {
            step(t, now);
        } else {
            stepper.calc_state(t_end, y);
            step(t_end, y);
        }
    }
    return n_steps;
}

}  // namespace skin::healing
