// Boost.Odeint knows no events: each step's dense output is searched for a change of sign, the state is taken there,
// the phase changes, and the stepper starts afresh. Kinks of contact are events too.
#include "insertion/dynamic_motion.hpp"

#include <algorithm>
#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

using namespace state;
constexpr double turn_angle = 2.0 * std::numbers::pi;
constexpr double tiny = 1e-13;  // below what decides a switch
constexpr double least_yield =
    1e-4;  // of the skin's stiffness: nearer to the fold the tip jumps, steps would shrink to nothing
constexpr int most_at_once = 60;      // events without progress in time
constexpr int most_a_stroke = 20000;  // events

enum class Event {
    touch_down,
    go_in,
    go_out,
    stop,
    piece_end,
    hole_end,
    yield,
    leave_hole,
    nose_off,
    nose_on,
    plate_on,
    plate_off,
    stroke_end,
    deepest,
    arrived
};

template <bool heavy>
class Solver {
public:
    using State = MotionState<heavy>;
    Solver(const System& system, const MotionOptions& options) : s_(system), o_(options) {
        y_.fill(0.0);
        y_[v] = o_.speed;
        y_[turn] = s_.drive == Drive::pen ? 1.0 : 0.0;
        if (s_.drive == Drive::pen) start_pen();
        if (s_.drive == Drive::rig) y_[v] = o_.speed;
        start_kinetic_ = kinetic();
        start_linkage_ = linkage();
        r_.rows.reserve(static_cast<std::size_t>(o_.strokes));
    }

    Motion solve() {
        namespace odeint = boost::numeric::odeint;
        auto stepper =
            odeint::make_dense_output(o_.tolerance, o_.tolerance, o_.longest_step, odeint::runge_kutta_dopri5<State>());
        const auto rhs = [this](const State& y, State& d, double) { s_.template rates<heavy>(y, d, p_); };
        double dt = 0.02 * o_.longest_step;
        if (s_.drive != Drive::pen) {
            touch_down();  // impact and rig start in touch
        } else if (y_[x] + s_.offset > 0.0) {
            start_in_skin();
        }
        settle_nose();
        look(y_);
        keep(0.0, y_);
        int at_once = 0;
        while (!finished_) {
            Forces e;
            const int n = events(y_, g_, e);
            for (int k = 0; k < n; ++k) {
                base_[k] = std::min(0.0, g_[k].value) - tiny;
                before_[k] = g_[k].value;
            }
            double lead = e.lead;
            stepper.initialize(y_, t_, std::min(dt, o_.longest_step));
            bool switched = false;
            while (!switched) {
                const double before = stepper.current_time();
                try {
                    stepper.do_step(rhs);
                } catch (const std::runtime_error& error) {
                    throw failed(before, error.what());
                }
                ++r_.n_steps;
                const State& after = stepper.current_state();
                double now = stepper.current_time();
                check(after, before, now);
                if (now >= o_.end) {  // the hold of a rig is over, or time has run out
                    now = o_.end;
                    stepper.calc_state(now, here_);
                } else {
                    here_ = after;
                }
                events(here_, g_, e);
                double hit = first_event(stepper, n, before, now);
                // A held tip whose force rose and fell within the step may have been let in between.
                const double lead_before = std::exchange(lead, e.lead);
                if (p_.touch == Touch::held && !heavy && lead_before > 0.0 && lead < 0.0) {
                    const double peak = root(stepper, before, now, -lead_before,
                                             [&](const State& y) { return -s_.template forces<heavy>(y, p_).lead; });
                    if (peak < hit) {
                        stepper.calc_state(peak, there_);
                        Forces at_peak;
                        events(there_, g_, at_peak);
                        look(there_, at_peak);
                        hit = std::min(hit, first_event(stepper, n, before, peak));
                        if (hit > now) events(here_, g_, at_peak);
                    }
                }
                if (hit > now) {
                    for (int k = 0; k < n; ++k) before_[k] = g_[k].value;
                    look(here_, e);
                    keep(now, here_);
                    if (now >= o_.end) {
                        y_ = here_, t_ = now;
                        run_out();
                        break;
                    }
                    continue;
                }
                stepper.calc_state(hit, y_);
                dt = 0.3 * (now - before);
                at_once = hit - t_ < 1e-12 ? at_once + 1 : 0;
                t_ = hit;
                look(y_);
                keep(t_, y_);
                ++r_.n_events;
                if (at_once > most_at_once || r_.n_events > most_a_stroke * o_.strokes) {
                    throw failed(t_, "contact switches to and fro without end");
                }
                handle(hit_);
                look(y_);
                keep(t_, y_);
                switched = true;
            }
        }
        r_.end = t_;
        r_.depth = row().depth;
        return std::move(r_);
    }

private:
    struct Signal {
        Event event;
        double value;  // the event comes when it falls below zero
    };

    // The swing of carrier and linkage that the crank keeps up in air, so that nothing rings at the start.
    void start_pen() {
        const double a = s_.half_stroke, k = s_.linkage, c = s_.damping;
        // x'' = k (e - x) + c (e' - x'), e = p - a - a cos t  ->  x = p - a - Re[a H exp(i t)], H = (k + i c)/(k - 1 +
        // i c)
        const double d = (k - 1.0) * (k - 1.0) + c * c;
        const double re = (k * (k - 1.0) + c * c) / d, im = (c * (k - 1.0) - k * c) / d;
        y_[x] = s_.protrusion - a - a * re;
        y_[v] = a * im;
    }

    // Where the skin bulges beyond the tip of a drawn-in needle, the pen was put on with the tip in the skin: it is at
    // rest in
    // its balance, and what that took was work of the hand.
    void start_in_skin() {
        if constexpr (heavy) {
            y_[u] = y_[x] + s_.offset;
            y_[w] = y_[v];
            start_kinetic_ = kinetic();
        }
        p_.touch = Touch::held;
        if (now().skin > s_.resistance.piece(0).barrier) {
            p_.waiting = false;
            begin_slide(Touch::cutting);
            jump_in();
            end_slide();
        }
        hold();
        p_.lost = 0.0;
        y_[work] = stored() + s_.resistance.cutting_work(p_.deepest) + rubbed();
    }

    double kinetic() const noexcept {
        double sum = s_.drive == Drive::rig ? 0.0 : 0.5 * y_[v] * y_[v];
        if (s_.drive == Drive::pen) sum += 0.5 * s_.body * y_[zv] * y_[zv] + 0.5 * s_.inertia * y_[turn] * y_[turn];
        if constexpr (heavy) sum += 0.5 * s_.skin_mass * y_[w] * y_[w];
        return sum;
    }
    double linkage() const noexcept {
        if (s_.drive != Drive::pen) return 0.0;
        const double stretch = y_[z] + s_.pin(y_[angle]) - y_[x];
        return 0.5 * s_.linkage * stretch * stretch;
    }

    int events(const State& y, Signal (&g)[8], Forces& e) const noexcept {
        e = s_.template forces<heavy>(y, p_);
        int n = 0;
        const auto watch = [&](Event event, double value) { g[n++] = {event, value}; };
        const double base = y[x] + s_.offset - (s_.backed ? y[z] : 0.0);
        switch (p_.touch) {
            case Touch::off:
                watch(Event::touch_down, e.u - e.approach);
                break;
            case Touch::held:
                if (p_.plate) break;
                watch(Event::go_in, p_.up - e.force);
                watch(Event::go_out, e.force - p_.low);
                break;
            case Touch::cutting:
                watch(Event::stop, e.lead);
                watch(Event::piece_end, s_.resistance.piece(p_.piece).bottom - y[h]);
                if (!heavy) watch(Event::yield, e.yield - least_yield * e.stiffness);
                break;
            case Touch::entering:
                watch(Event::stop, e.lead);
                watch(Event::hole_end, p_.deepest - y[h]);
                break;
            case Touch::leaving:
                watch(Event::stop, -e.lead);
                watch(Event::leave_hole, y[h]);
                if (!heavy) watch(Event::yield, e.yield - least_yield * e.stiffness);
                break;
        }
        if (p_.plate) {
            watch(Event::plate_off, base - p_.plate_at);
        } else if (p_.touch != Touch::off) {
            watch(Event::plate_on, s_.reach(e.u) - base);
        }
        if (s_.drive == Drive::pen) {
            if (p_.lifted) {
                watch(Event::nose_on, -y[z]);
            } else {
                watch(Event::nose_off, s_.hand - e.drive);
            }
            watch(Event::stroke_end, turn_angle * static_cast<double>(r_.rows.size() + 1) - y[angle]);
        } else if (s_.drive == Drive::impact) {
            if (!stopped_) watch(Event::deepest, y[v] - (s_.backed ? y[zv] : 0.0));
        } else if (p_.moving) {
            watch(Event::arrived, s_.distance - y[x]);
        }
        return n;
    }
    bool hub() const noexcept { return y_[h] >= s_.resistance.bottom() - tiny; }

    template <class Stepper, class F>
    double root(Stepper& stepper, double a, double b, double at_a, F&& f) {
        const auto at = [&](double t) {
            stepper.calc_state(t, there_);
            return f(there_);
        };
        // A thousandth of what a step may be wrong by.
        const double width = std::max(1e-3 * o_.tolerance, 1e-12);
        return bracketed_root(at, a, b, std::min(at_a, -tiny), std::max(at(b), tiny), width);
    }

    // Time of the earliest event up to `now`, where the signals are g_; infinity when there is none.
    template <class Stepper>
    double first_event(Stepper& stepper, int n, double before, double now) {
        double earliest = std::numeric_limits<double>::infinity();
        for (int k = 0; k < n; ++k) {
            if (!(g_[k].value < base_[k])) continue;
            const auto past = [&](const State& at) {
                Signal there[8];
                Forces e;
                events(at, there, e);
                return base_[k] - there[k].value;
            };
            const double until = std::min(now, earliest);
            if (until < now) {  // only what comes before the one that is known already
                stepper.calc_state(until, there_);
                if (past(there_) <= 0.0) continue;
            }
            earliest = root(stepper, before, until, base_[k] - before_[k], past);
            hit_ = g_[k].event;
        }
        return earliest;
    }

    void handle(Event event) {
        switch (event) {
            case Event::touch_down:
                touch_down();
                break;
            case Event::go_in:
                go_in();
                break;
            case Event::go_out:
                go_out();
                break;
            case Event::stop:
                end_slide(), hold();
                break;
            case Event::piece_end:
                next_piece();
                break;
            case Event::hole_end:
                end_of_hole();
                break;
            case Event::yield:
                p_.touch == Touch::cutting ? jump_in(true) : jump_out();
                break;
            case Event::leave_hole:
                y_[h] = 0.0, end_slide(), let_go();
                break;
            case Event::nose_off:
                p_.lifted = true;
                break;
            case Event::nose_on:
                land();
                break;
            case Event::plate_on:
                press();
                break;
            case Event::plate_off:
                release();
                break;
            case Event::stroke_end:
                finish_stroke();
                break;
            case Event::deepest:
                stopped_ = true;
                r_.deepest = row();
                break;
            case Event::arrived:
                arrive();
                break;
        }
        settle_nose();
    }

    // A nose that has landed may have to leave at once.
    void settle_nose() noexcept {
        if (s_.drive == Drive::pen && !p_.lifted && s_.hand - now().drive < -tiny) p_.lifted = true;
    }

    Forces now() const noexcept { return s_.template forces<heavy>(y_, p_); }

    // The tip rests: what would let it in, and what would pull it out.
    void hold() {
        p_.touch = Touch::held;
        const auto R = s_.resistance.at(y_[h], std::min(p_.piece, s_.resistance.pieces() - 1));
        if (hub()) {
            p_.up = std::numeric_limits<double>::infinity();
        } else if (y_[h] < p_.deepest) {
            p_.up = s_.resistance.at(y_[h]).friction;
        } else {
            p_.up = p_.waiting ? s_.resistance.piece(p_.piece).barrier : R.value();
        }
        p_.low = y_[h] > 0.0 ? -s_.resistance.at(y_[h]).friction : 0.0;
        const double F = now().force;
        p_.up = std::max(p_.up, F);
        p_.low = std::min(p_.low, F);
    }

    void touch_down() {
        y_[h] = 0.0;
        if (p_.deepest > 0.0) {
            begin_slide(Touch::entering);
            return;
        }
        meet();
        hold();
    }

    // Needle and surface go on with one speed, momentum kept; a rig does not change its own.
    void meet() {
        if constexpr (heavy) {
            const double m = s_.skin_mass, gap = y_[v] - y_[w];
            const bool driven = s_.drive == Drive::rig;
            p_.lost += driven ? 0.5 * m * gap * gap : 0.5 * m / (1.0 + m) * gap * gap;
            if (driven) y_[work] += m * gap * y_[v];
            const double common = driven ? y_[v] : (y_[v] + m * y_[w]) / (1.0 + m);
            y_[v] = y_[w] = common;
        }
    }

    void begin_slide(Touch how) {
        p_.touch = how;
        p_.slide_from = y_[h];
    }
    double rubbed() const noexcept {
        const bool slides = p_.touch == Touch::cutting || p_.touch == Touch::entering || p_.touch == Touch::leaving;
        return p_.rubbed + (slides ? std::abs(s_.resistance.friction_work(std::max(y_[h], 0.0)) -
                                              s_.resistance.friction_work(p_.slide_from))
                                   : 0.0);
    }
    void end_slide() {
        p_.rubbed = rubbed();
        p_.slide_from = y_[h];
        if (p_.touch == Touch::cutting) p_.deepest = std::max(p_.deepest, y_[h]);
    }

    void go_in() {
        if (y_[h] < p_.deepest) {
            begin_slide(Touch::entering);
            return;
        }
        p_.waiting = false;
        begin_slide(Touch::cutting);
        jump_in();
    }

    void go_out() {
        if (y_[h] > 0.0) {
            begin_slide(Touch::leaving);
            if (!heavy && now().yield <= least_yield * now().stiffness) jump_out();
        } else {
            let_go();
        }
    }

    void let_go() {
        p_.touch = Touch::off;
        if (s_.drive == Drive::impact && y_[v] <= 0.0) {
            r_.rebound = -y_[v];
            if (!stopped_) r_.deepest = row();
            finish_stroke();
        }
    }

    // Back where the last stroke ended. A surface with mass lags behind: then the tip does not stop there.
    void end_of_hole() {
        y_[h] = p_.deepest;
        end_slide();
        if (heavy && !p_.waiting && !hub()) {
            begin_slide(Touch::cutting);
        } else {
            meet();
            hold();
        }
    }

    // The tip comes to the next piece: a barrier holds it, a weaker layer lets it fall, else it goes on.
    void next_piece() {
        y_[h] = s_.resistance.piece(p_.piece).bottom;
        end_slide();
        if (p_.piece + 1 >= s_.resistance.pieces()) {  // in to its base: the hub presses on
            meet();
            hold();
            return;
        }
        ++p_.piece;
        if (s_.resistance.piece(p_.piece).barrier > 0.0) {
            p_.waiting = true;
            meet();
            hold();
            return;
        }
        jump_in();
    }

    double skin_force(double depth) const noexcept {
        const double relaxed_force = s_.share1 * y_[b1] + s_.share2 * y_[b2];
        return s_.spring.force(now().approach - depth).value - relaxed_force;
    }
    double stored() const noexcept { return s_.stored(now().u, y_[b1], y_[b2]); }

    // A surface without mass follows at once: the tip goes to the first depth at which it is held again.
    // `unstable`: the force falls with depth as fast as the skin lets go, so no balance lies next to this one.
    void jump_in(bool unstable = false) {
        if (heavy) return;  // the mass of the surface takes up the difference
        const double elastic = stored(), from = y_[h];
        const double approach = now().approach;
        double a = from;
        double fa = s_.resistance.at(a, p_.piece).value() - skin_force(a);
        if (!unstable && fa >= -1e-10 && now().yield > least_yield * now().stiffness)
            return;  // no surplus: it goes on smoothly
        fa = std::min(fa, -tiny);
        for (;;) {
            const auto& piece = s_.resistance.piece(p_.piece);
            const double end = std::min(piece.bottom, approach);
            constexpr int cells = 24;
            const double start = a;
            bool found = false;
            for (int i = 1; i <= cells && !found; ++i) {
                const double b = start + (end - start) * i / cells;
                const auto excess = [&](double at) { return s_.resistance.at(at, p_.piece).value() - skin_force(at); };
                const double fb = excess(b);
                if (fb >= 0.0) {
                    a = bracketed_root(excess, a, b, fa, fb, 1e-14);
                    found = true;
                } else {
                    a = b, fa = fb;
                }
            }
            if (found || a >= approach) break;
            if (p_.piece + 1 >= s_.resistance.pieces()) break;  // in to its base
            ++p_.piece;
            fa = s_.resistance.at(a, p_.piece).value() - skin_force(a);
            const double barrier = s_.resistance.piece(p_.piece).barrier;
            if (barrier > 0.0 && skin_force(a) < barrier) {
                p_.waiting = true;
                break;
            }
            if (fa >= 0.0) break;
        }
        y_[h] = a;
        const double rubbed_on_the_way = s_.resistance.friction_work(a) - s_.resistance.friction_work(from);
        const double cut_on_the_way = s_.resistance.cutting_work(a) - s_.resistance.cutting_work(from);
        p_.lost += elastic - stored() - rubbed_on_the_way - cut_on_the_way;
        end_slide();
        p_.deepest = std::max(p_.deepest, a);
        if (hub() || p_.waiting) hold();
    }

    void jump_out() {
        const double elastic = stored(), from = y_[h];
        double a = from;
        const auto excess = [&](double at) { return skin_force(at) + s_.resistance.at(at).friction; };
        double fa = std::min(excess(a), -tiny);
        constexpr int cells = 64;
        for (int i = 1; i <= cells; ++i) {
            const double b = from * (1.0 - static_cast<double>(i) / cells), fb = excess(b);
            if (fb >= 0.0) {
                a = bracketed_root(excess, a, b, fa, fb, 1e-14);
                break;
            }
            a = b, fa = fb;
        }
        y_[h] = a;
        if (a <= 0.0) {
            y_[h] = 0.0;
            end_slide();
            p_.touch = Touch::off;
            p_.lost += elastic - stored() - s_.resistance.friction_work(from);
            let_go();
            return;
        }
        p_.lost += elastic - stored() - (s_.resistance.friction_work(from) - s_.resistance.friction_work(a));
        end_slide();
    }

    void press() {
        p_.plate_at = now().approach;
        p_.plate_force = now().skin;
        if (p_.touch != Touch::held) end_slide();
        p_.plate = true;
        if constexpr (heavy) {
            p_.lost += 0.5 * s_.skin_mass * y_[w] * y_[w];
            y_[w] = 0.0;
        }
        p_.touch = Touch::held;
    }
    void release() {
        p_.plate = false;
        meet();
        hold();
    }
    void land() {
        p_.lifted = false;
        p_.lost += 0.5 * s_.body * y_[zv] * y_[zv];
        y_[z] = y_[zv] = 0.0;
    }
    void arrive() {
        p_.moving = false;
        y_[v] = 0.0;
        if (p_.touch == Touch::held && !p_.plate) meet();
        if (p_.touch == Touch::cutting || p_.touch == Touch::entering) end_slide(), hold();
    }

    StrokeRow row() const noexcept {
        StrokeRow r = seen_;
        r.depth = std::max(p_.deepest, p_.touch == Touch::cutting ? y_[h] : 0.0);
        r.work = s_.drive == Drive::impact ? start_kinetic_ : y_[work];
        r.kinetic = kinetic() - (s_.drive == Drive::impact ? 0.0 : start_kinetic_);
        r.linkage = linkage() - start_linkage_;
        r.damped = y_[damped];
        r.cutting = s_.resistance.cutting_work(r.depth);
        r.friction = rubbed();
        r.stored = stored();
        r.relaxed = y_[relaxed];
        r.lost = p_.lost;
        if (p_.plate) {
            const double pressed = y_[x] + s_.offset - (s_.backed ? y_[z] : 0.0) - p_.plate_at;
            r.backed = pressed * (p_.plate_force + 0.5 * s_.plate_stiffness * pressed);
        }
        if (s_.backed) r.backed += 0.5 * s_.backing_stiffness * y_[z] * y_[z] + 0.5 * s_.backing_mass * y_[zv] * y_[zv];
        return r;
    }

    void finish_stroke() {
        r_.rows.push_back(row());
        seen_ = {};
        if (static_cast<int>(r_.rows.size()) >= o_.strokes) finished_ = true;
    }
    void run_out() {
        finished_ = true;
        if (s_.drive == Drive::pen) {
            r_.timed_out = true;
            return;
        }
        r_.timed_out = s_.drive == Drive::impact;
        if (s_.drive == Drive::impact && !stopped_) r_.deepest = row();
        finish_stroke();
    }

    // Largest values of this stroke.
    void look(const State& y) noexcept { look(y, s_.template forces<heavy>(y, p_)); }
    void look(const State& y, const Forces& e) noexcept {
        seen_.peak_force = std::max(seen_.peak_force, e.force);
        r_.peak_force = std::max(r_.peak_force, e.force);
        seen_.approach = std::max(seen_.approach, e.approach);
        if (s_.drive == Drive::pen) seen_.lift = std::max(seen_.lift, -y[z]);
    }
    void keep(double t, const State& y) {
        if (!o_.record) return;
        const Forces e = s_.template forces<heavy>(y, p_);
        const bool inside = p_.touch != Touch::off;
        r_.samples.push_back({t, y[x] + s_.offset, inside ? y[h] : 0.0, e.u, e.force, y[z], y[turn]});
    }

    void check(const State& y, double before, double now) const {
        if (!std::all_of(y.begin(), y.end(), [](double value) { return std::isfinite(value); })) {
            throw failed(before, "the state is not finite");
        }
        if (!(now > before)) throw failed(before, "the step has become too small");
    }
    SolverError failed(double t, const char* why) const {
        static constexpr const char* names[] = {"off the skin", "held", "cutting", "entering", "leaving"};
        return SolverError(
            text("insertion, motion in time: stopped at %.9g s (stroke %zu, %d steps, %d events) with the "
                 "needle %s at %.6g m depth: %s; tolerance %g, steps restarted after every event",
                 t * o_.time_scale, r_.rows.size() + 1, r_.n_steps, r_.n_events, names[static_cast<int>(p_.touch)],
                 y_[h] * o_.length_scale, why, o_.tolerance));
    }

    const System& s_;
    const MotionOptions& o_;
    State y_{}, here_{}, there_{};
    Phase p_;
    Motion r_;
    StrokeRow seen_;
    Signal g_[8]{};
    double base_[8]{}, before_[8]{};  // of the signals: what counts as zero, and at the start of the step
    Event hit_ = Event::touch_down;
    double t_ = 0.0, start_kinetic_ = 0.0, start_linkage_ = 0.0;
    bool finished_ = false, stopped_ = false;
};

}  // namespace

Motion solve_motion(const System& system, const MotionOptions& options) {
    if (system.skin_mass > 0.0) return Solver<true>(system, options).solve();
    return Solver<false>(system, options).solve();
}

}  // namespace skin::insertion
