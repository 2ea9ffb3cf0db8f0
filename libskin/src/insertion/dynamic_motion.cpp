// Boost.Odeint knows no events: each step's dense output is searched for a change of sign, the state is taken there,
// the contact changes, and the stepper starts afresh. Kinks of contact are events too.
#include "insertion/dynamic_motion.hpp"

#include <algorithm>
#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "insertion/dynamic_contact.hpp"
#include "insertion/lane_algebra.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

namespace odeint = boost::numeric::odeint;
// Of the tolerance, where energies are summed up: what a stroke takes may be some thousandths of force times length.
constexpr double energy_share = 0.2;
constexpr int most_at_once = 60;      // events without progress in time
constexpr int most_a_stroke = 20000;  // events

template <class Kind>
class Solver {
public:
    using State = typename Kind::State;
    using Dopri5 = odeint::runge_kutta_dopri5<State, double, State, double, LaneAlgebra>;
    Solver(const System& system, const MotionOptions& options)
        : s_(system),
          o_(options),
          tolerance_(options.tolerance * (Kind::balanced ? energy_share : 1.0)),
          c_(system, options.speed, options.strokes, tolerance_),
          stepper_(odeint::make_dense_output(tolerance_, tolerance_, options.longest_step, Dopri5())) {}

    Motion solve() {
        Motion& r = c_.motion();
        const auto rhs = [this](const State& y, State& d, double) { s_.template rates<Kind>(y, d, c_.phase()); };
        double dt = 0.02 * o_.longest_step;
        Forces e = c_.forces(c_.state());
        seen(0.0, c_.state(), e);
        int at_once = 0;
        while (!c_.finished()) {
            n_ = c_.signals(c_.state(), e, after_);
            for (std::size_t k = 0; k < n_; ++k) zero_[k] = std::min(0.0, after_[k].value) - tiny;
            before_ = after_;
            double lead = e.lead;
            stepper_.initialize(c_.state(), t_, std::min(dt, o_.longest_step));
            for (;;) {
                const double before = stepper_.current_time();
                try {
                    stepper_.do_step(rhs);
                } catch (const std::runtime_error& error) {
                    throw failed(before, error.what());
                }
                ++r.n_steps;
                here_ = stepper_.current_state();
                double now = stepper_.current_time();
                check(here_, before, now);
                if (now >= o_.end) {  // the hold of a rig is over, or time has run out
                    now = o_.end;
                    stepper_.calc_state(now, here_);
                }
                e = c_.forces(here_);
                c_.signals(here_, e, after_);
                double from = before, hit = first_event(from, now);
                while (hit <= now && hit_ == Event::stroke_end && !c_.in_last_stroke()) {
                    count_stroke(hit, e);
                    from = hit, hit = first_event(from, now);
                }
                // A held tip whose force rose and fell within the step may have been let in between.
                const double lead_before = std::exchange(lead, e.lead);
                if (!Kind::heavy && c_.phase().touch == Touch::held && lead_before > 0.0 && lead < 0.0)
                    hit = std::min(hit, event_before_peak(from, std::min(now, hit), lead_before));
                if (hit <= now) {
                    stepper_.calc_state(hit, here_);
                    dt = now - before;
                    at_once = hit - t_ < 1e-12 ? at_once + 1 : 0;
                    t_ = hit;
                    break;
                }
                std::swap(before_, after_);
                seen(now, here_, e);
                if (now < o_.end) continue;
                c_.set_state(here_);
                c_.run_out();
                r.end = now;
                r.depth = c_.row().depth;
                return std::move(r);
            }
            seen(t_, here_, c_.forces(here_));
            c_.set_state(here_);
            ++r.n_events;
            if (at_once > most_at_once || r.n_events > most_a_stroke * o_.strokes)
                throw failed(t_, "contact switches to and fro without end");
            c_.handle(hit_);
            e = c_.forces(c_.state());
            seen(t_, c_.state(), e);
        }
        r.end = t_;
        r.depth = c_.row().depth;
        return std::move(r);
    }

private:
    // Time at which `f` of the state, `at_a` < 0 at a and `at_b` >= 0 at b, changes sign.
    template <class F>
    double root(double a, double b, double at_a, double at_b, F&& f) {
        const auto at = [&](double t) {
            stepper_.calc_state(t, there_);
            return f(there_);
        };
        // A tenth of what a step may be wrong by.
        const double width = std::max(0.1 * tolerance_, 1e-12);
        return smooth_root(at, a, b, std::min(at_a, -tiny), std::max(at_b, tiny), width);
    }

    // Time of the earliest event up to `now`, where the signals are after_; infinity when there is none.
    double first_event(double before, double now) {
        double earliest = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < n_; ++k) {
            if (!(after_[k].value < zero_[k])) continue;
            const auto past = [&](const State& y) { return zero_[k] - c_.value_of(after_[k].event, y, k); };
            double until = now, at_end = zero_[k] - after_[k].value;
            if (earliest < now) {  // only what comes before the one that is known already
                until = earliest;
                stepper_.calc_state(until, there_);
                at_end = past(there_);
                if (at_end <= 0.0) continue;
            }
            earliest = root(before, until, zero_[k] - before_[k].value, at_end, past);
            hit_ = after_[k].event;
        }
        return earliest;
    }

    // The end of a stroke changes no contact: the step goes on. `at_end` are the forces at its end.
    void count_stroke(double hit, const Forces& at_end) {
        stepper_.calc_state(hit, there_);
        const Forces e = c_.forces(there_);
        seen(hit, there_, e);
        c_.set_state(there_);
        c_.finish_stroke();
        ++c_.motion().n_events;
        c_.signals(there_, e, before_);
        c_.signals(here_, at_end, after_);
    }

    // Time of an event on the way to the largest force of a step.
    double event_before_peak(double before, double now, double lead_before) {
        const auto falling = [&](const State& y) { return -c_.forces(y).lead; };
        stepper_.calc_state(now, there_);
        const double at_end = falling(there_);
        if (at_end <= 0.0) return std::numeric_limits<double>::infinity();  // the known event comes before the peak
        const double peak = root(before, now, -lead_before, at_end, falling);
        stepper_.calc_state(peak, there_);
        const Forces e = c_.forces(there_);
        c_.look(there_, e);
        const Signals at_step_end = after_;
        c_.signals(there_, e, after_);
        const double hit = first_event(before, peak);
        after_ = at_step_end;
        return hit;
    }

    void seen(double t, const State& y, const Forces& e) {
        c_.look(y, e);
        if (!o_.record) return;
        const bool inside = c_.phase().touch != Touch::off;
        using namespace state;
        c_.motion().samples.push_back({t, y[x] + s_.offset, inside ? y[h] : 0.0, e.u, e.force, y[z], y[turn]});
    }

    void check(const State& y, double before, double now) const {
        double sum = 0.0;
        for (const double value : y) sum += value;
        if (!std::isfinite(sum)) throw failed(before, "the state is not finite");
        if (!(now > before)) throw failed(before, "the step has become too small");
    }
    SolverError failed(double t, const char* why) const {
        static constexpr const char* names[] = {"off the skin", "held", "cutting", "entering", "leaving"};
        const Motion& r = c_.motion();
        return SolverError(
            text("insertion, motion in time: stopped at %.9g s (stroke %zu, %d steps, %d events) with the "
                 "needle %s at %.6g m depth: %s; tolerance %g, steps restarted after every event",
                 t * o_.time_scale, r.rows.size() + 1, r.n_steps, r.n_events, names[static_cast<int>(c_.phase().touch)],
                 c_.state()[state::h] * o_.length_scale, why, o_.tolerance));
    }

    using Stepper = decltype(odeint::make_dense_output(0.0, 0.0, 0.0, Dopri5()));
    const System& s_;
    const MotionOptions& o_;
    double tolerance_;
    Contact<Kind> c_;
    Stepper stepper_;
    State here_{}, there_{};
    Signals after_{}, before_{};    // at the end and the start of the step
    std::array<double, 8> zero_{};  // of the signals: what counts as zero
    std::size_t n_ = 0;             // signals
    Event hit_ = Event::touch_down;
    double t_ = 0.0;
};

}  // namespace

Motion solve_motion(const System& system, const MotionOptions& options) {
    if (system.skin_mass > 0.0) {
        if (system.energies) return Solver<MotionKind<true, true>>(system, options).solve();
        return Solver<MotionKind<true, false>>(system, options).solve();
    }
    if (system.energies) return Solver<MotionKind<false, true>>(system, options).solve();
    return Solver<MotionKind<false, false>>(system, options).solve();
}

}  // namespace skin::insertion
