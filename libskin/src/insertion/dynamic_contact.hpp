// Where the motion stands between tip, plate, nose and skin, what may end that, and what then begins.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "insertion/dynamic_energy.hpp"
#include "insertion/dynamic_jump.hpp"
#include "insertion/dynamic_motion.hpp"
#include "insertion/dynamic_system.hpp"

namespace skin::insertion {

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
struct Signal {
    Event event;
    double value;  ///< the event comes when it falls below zero
};
using Signals = std::array<Signal, 8>;

template <class Kind>
class Contact {
public:
    using State = typename Kind::State;
    Contact(const System& system, double speed, int strokes, double tolerance);

    [[nodiscard]] const State& state() const noexcept { return y_; }
    void set_state(const State& y) noexcept { y_ = y; }
    [[nodiscard]] const Phase& phase() const noexcept { return p_; }
    [[nodiscard]] bool finished() const noexcept { return finished_; }
    [[nodiscard]] Motion& motion() noexcept { return r_; }
    [[nodiscard]] const Motion& motion() const noexcept { return r_; }

    [[nodiscard]] Forces forces(const State& y) const noexcept { return s_.template forces<Kind>(y, p_); }
    /// The value of a signal at one state: those that place alone decides need no forces.
    [[nodiscard]] double value_of(Event event, const State& y, std::size_t among) const noexcept {
        if (is_place(event)) return place(event, y);
        Signals g;
        signals(y, forces(y), g);
        return g[among].value;
    }
    /// What may end the present contact; how many.
    std::size_t signals(const State& y, const Forces& e, Signals& g) const noexcept;
    void handle(Event event);  ///< at the state that was set
    void run_out();            ///< the end of time has come
    void finish_stroke();
    [[nodiscard]] bool in_last_stroke() const noexcept { return static_cast<int>(r_.rows.size()) + 1 >= strokes_; }
    void look(const State& y, const Forces& e) noexcept;  ///< largest values of this stroke
    [[nodiscard]] StrokeRow row() const noexcept;

private:
    using S = state::Index;
    [[nodiscard]] static bool is_place(Event event) noexcept {
        return event == Event::piece_end || event == Event::hole_end || event == Event::leave_hole ||
               event == Event::nose_on || event == Event::stroke_end;
    }
    [[nodiscard]] double place(Event event, const State& y) const noexcept {
        switch (event) {
            case Event::piece_end:
                return s_.resistance.piece(p_.piece).bottom - y[S::h];
            case Event::hole_end:
                return p_.deepest - y[S::h];
            case Event::leave_hole:
                return y[S::h];
            case Event::nose_on:
                return -y[S::z];
            default:  // stroke_end
                return 2.0 * std::numbers::pi * static_cast<double>(r_.rows.size() + 1) - y[S::angle];
        }
    }
    [[nodiscard]] Forces now() const noexcept { return forces(y_); }
    [[nodiscard]] Hold held_base(const Forces& e) const noexcept { return {e.approach, y_[S::b1], y_[S::b2]}; }
    [[nodiscard]] bool hub() const noexcept { return y_[S::h] >= s_.resistance.bottom() - tiny; }
    [[nodiscard]] bool sliding() const noexcept {
        return p_.touch == Touch::cutting || p_.touch == Touch::entering || p_.touch == Touch::leaving;
    }
    [[nodiscard]] double rubbed() const noexcept {  // friction work so far
        if (!sliding()) return p_.rubbed;
        return p_.rubbed + std::abs(s_.resistance.friction_work(std::max(y_[S::h], 0.0)) -
                                    s_.resistance.friction_work(p_.slide_from));
    }
    void start_in_skin();
    void settle_nose() noexcept;
    void hold();
    void touch_down();
    void meet() noexcept;
    void begin_slide(Touch how) noexcept { p_.touch = how, p_.slide_from = y_[S::h]; }
    void end_slide() noexcept {
        p_.rubbed = rubbed();
        p_.slide_from = y_[S::h];
        if (p_.touch == Touch::cutting) p_.deepest = std::max(p_.deepest, y_[S::h]);
    }
    void go_in();
    void go_out();
    void let_go();
    void end_of_hole();
    void next_piece();
    void fall(bool unstable = false);
    void slip_out();
    void press() noexcept;
    void arrive();

    const System& s_;
    State y_{};
    Phase p_;
    Motion r_;
    StrokeRow seen_;
    double start_kinetic_ = 0.0, start_linkage_ = 0.0;
    int strokes_;
    double surplus_;  ///< of the skin's force that the tip takes up as it goes on
    bool finished_ = false, stopped_ = false;
};

template <class Kind>
std::size_t Contact<Kind>::signals(const State& y, const Forces& e, Signals& g) const noexcept {
    using namespace state;
    std::size_t n = 0;
    const auto watch = [&](Event event, double value) { g[n++] = {event, value}; };
    const auto watch_place = [&](Event event) { watch(event, place(event, y)); };
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
            watch_place(Event::piece_end);
            if (!Kind::heavy) watch(Event::yield, e.yield - least_yield * e.stiffness);
            break;
        case Touch::entering:
            watch(Event::stop, e.lead);
            watch_place(Event::hole_end);
            break;
        case Touch::leaving:
            watch(Event::stop, -e.lead);
            watch_place(Event::leave_hole);
            if (!Kind::heavy) watch(Event::yield, e.yield - least_yield * e.stiffness);
            break;
    }
    if (p_.plate) {
        watch(Event::plate_off, base - p_.plate_at);
    } else if (p_.touch != Touch::off) {
        // A plate that has let go meets the skin again where it did: the needles have cut no deeper meanwhile.
        watch(Event::plate_on, std::max(s_.reach(e.u), p_.plate_at) - base);
    }
    if (s_.drive == Drive::pen) {
        if (p_.lifted) {
            watch_place(Event::nose_on);
        } else {
            watch(Event::nose_off, s_.hand - e.drive);
        }
        watch_place(Event::stroke_end);
    } else if (s_.drive == Drive::impact) {
        if (!stopped_) watch(Event::deepest, y[v] - (s_.backed ? y[zv] : 0.0));
    } else if (p_.moving) {
        watch(Event::arrived, s_.distance - y[x]);
    }
    return n;
}

template <class Kind>
void Contact<Kind>::look(const State& y, const Forces& e) noexcept {
    seen_.peak_force = std::max(seen_.peak_force, e.force);
    r_.peak_force = std::max(r_.peak_force, e.force);
    seen_.approach = std::max(seen_.approach, e.approach);
    if (s_.drive == Drive::pen) seen_.lift = std::max(seen_.lift, -y[S::z]);
}

}  // namespace skin::insertion
