#include "insertion/dynamic_contact.hpp"

#include <tuple>

namespace skin::insertion {

using namespace state;

template <class Kind>
Contact<Kind>::Contact(const System& system, double speed, int strokes, double tolerance)
    : s_(system), strokes_(strokes), surplus_(std::max(tolerance, 1e-10)) {
    y_[v] = speed;
    y_[turn] = s_.drive == Drive::pen ? 1.0 : 0.0;
    if (s_.drive == Drive::pen) std::tie(y_[x], y_[v]) = swing_in_air(s_);
    start_kinetic_ = kinetic_energy<Kind>(s_, y_);
    start_linkage_ = linkage_energy(s_, y_);
    r_.rows.reserve(static_cast<std::size_t>(strokes));
    if (s_.drive != Drive::pen) {
        touch_down();  // impact and rig start in touch
    } else if (y_[x] + s_.offset > 0.0) {
        start_in_skin();
    }
    settle_nose();
}

// Where the skin bulges beyond the tip of a drawn-in needle, the pen was put on with the tip in the skin: it is at
// rest in its balance, and what that took was work of the hand.
template <class Kind>
void Contact<Kind>::start_in_skin() {
    if constexpr (Kind::heavy) {
        y_[u] = y_[x] + s_.offset;
        y_[w] = y_[v];
        start_kinetic_ = kinetic_energy<Kind>(s_, y_);
    }
    p_.touch = Touch::held;
    if (now().skin > s_.resistance.piece(0).barrier) {
        p_.waiting = false;
        begin_slide(Touch::cutting);
        fall();
        end_slide();
    }
    hold();
    p_.lost = 0.0;
    if constexpr (Kind::balanced) {
        y_[Kind::work] = s_.stored(now().u, y_[b1], y_[b2]) + s_.resistance.cutting_work(p_.deepest) + rubbed();
    }
}

template <class Kind>
void Contact<Kind>::handle(Event event) {
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
            p_.touch == Touch::cutting ? fall(true) : slip_out();
            break;
        case Event::leave_hole:
            y_[h] = 0.0, end_slide(), let_go();
            break;
        case Event::nose_off:
            p_.lifted = true;
            break;
        case Event::nose_on:
            p_.lifted = false;
            p_.lost += 0.5 * s_.body * y_[zv] * y_[zv];
            y_[z] = y_[zv] = 0.0;
            break;
        case Event::plate_on:
            press();
            break;
        case Event::plate_off:
            p_.plate = false;
            meet(), hold();
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
template <class Kind>
void Contact<Kind>::settle_nose() noexcept {
    if (s_.drive != Drive::pen || p_.lifted) return;
    double rate = 0.0, lever = 0.0;
    p_.lifted = s_.hand - s_.linkage_force(y_, rate, lever) < -tiny;
}

// The tip rests: what would let it in, and what would pull it out.
template <class Kind>
void Contact<Kind>::hold() {
    p_.touch = Touch::held;
    if (hub()) {
        p_.up = std::numeric_limits<double>::infinity();
    } else if (y_[h] < p_.deepest) {
        p_.up = s_.resistance.friction(y_[h]).value;
    } else if (p_.waiting) {
        p_.up = s_.resistance.piece(p_.piece).barrier;
    } else {
        p_.up = s_.resistance.whole(y_[h], std::min(p_.piece, s_.resistance.pieces() - 1)).value;
    }
    p_.low = y_[h] > 0.0 ? -s_.resistance.friction(y_[h]).value : 0.0;
    const double F = now().force;
    p_.up = std::max(p_.up, F);
    p_.low = std::min(p_.low, F);
}

template <class Kind>
void Contact<Kind>::touch_down() {
    y_[h] = 0.0;
    if (p_.deepest > 0.0) {
        begin_slide(Touch::entering);
        return;
    }
    meet();
    hold();
}

// Needle and surface go on with one speed, momentum kept; a rig does not change its own.
template <class Kind>
void Contact<Kind>::meet() noexcept {
    if constexpr (Kind::heavy) {
        const double m = s_.skin_mass, gap = y_[v] - y_[w];
        const bool driven = s_.drive == Drive::rig;
        p_.lost += driven ? 0.5 * m * gap * gap : 0.5 * m / (1.0 + m) * gap * gap;
        if constexpr (Kind::balanced) {
            if (driven) y_[Kind::work] += m * gap * y_[v];
        }
        const double common = driven ? y_[v] : (y_[v] + m * y_[w]) / (1.0 + m);
        y_[v] = y_[w] = common;
    }
}

template <class Kind>
void Contact<Kind>::go_in() {
    if (y_[h] < p_.deepest) {
        begin_slide(Touch::entering);
        return;
    }
    p_.waiting = false;
    begin_slide(Touch::cutting);
    fall();
}

template <class Kind>
void Contact<Kind>::go_out() {
    if (y_[h] > 0.0) {
        begin_slide(Touch::leaving);
        const Forces e = now();
        if (!Kind::heavy && e.yield <= least_yield * e.stiffness) slip_out();
    } else {
        let_go();
    }
}

template <class Kind>
void Contact<Kind>::let_go() {
    p_.touch = Touch::off;
    if (s_.drive == Drive::impact && y_[v] <= 0.0) {
        r_.rebound = -y_[v];
        if (!stopped_) r_.deepest = row();
        finish_stroke();
    }
}

// Back where the last stroke ended. A surface with mass lags behind: then the tip does not stop there.
template <class Kind>
void Contact<Kind>::end_of_hole() {
    y_[h] = p_.deepest;
    end_slide();
    if (Kind::heavy && !p_.waiting && !hub()) {
        begin_slide(Touch::cutting);
    } else {
        meet();
        hold();
    }
}

// The tip comes to the next piece: a barrier holds it, a weaker layer lets it fall, else it goes on.
template <class Kind>
void Contact<Kind>::next_piece() {
    y_[h] = s_.resistance.piece(p_.piece).bottom;
    end_slide();
    const bool in_to_its_base = p_.piece + 1 >= s_.resistance.pieces();  // the hub presses on
    if (!in_to_its_base) ++p_.piece;
    if (in_to_its_base || s_.resistance.piece(p_.piece).barrier > 0.0) {
        p_.waiting = !in_to_its_base;
        meet();
        hold();
        return;
    }
    fall();
}

// `unstable`: the force falls with depth as fast as the skin lets go, so no balance lies next to this one.
template <class Kind>
void Contact<Kind>::fall(bool unstable) {
    if (Kind::heavy) return;  // the mass of the surface takes up the difference
    const Forces e = now();
    const Hold base = held_base(e);
    const double surplus = skin_force(s_, base, y_[h]) - s_.resistance.whole(y_[h], p_.piece).value;
    if (!unstable && surplus <= surplus_ && e.yield > least_yield * e.stiffness) return;  // it goes on smoothly
    const Jump jump = jump_in(s_, base, y_[h], p_.piece);
    y_[h] = jump.depth;
    p_.lost += jump.lost;
    p_.piece = jump.piece;
    if (jump.waiting) p_.waiting = true;
    end_slide();
    p_.deepest = std::max(p_.deepest, y_[h]);
    if (hub() || p_.waiting) hold();
}

template <class Kind>
void Contact<Kind>::slip_out() {
    const Jump jump = jump_out(s_, held_base(now()), y_[h]);
    y_[h] = jump.depth;
    p_.lost += jump.lost;
    end_slide();
    if (y_[h] <= 0.0) let_go();
}

// What the plate carries from now on the needle's own patch does not.
template <class Kind>
void Contact<Kind>::press() noexcept {
    p_.plate_at = now().approach;
    p_.plate_force = now().skin;
    if (p_.touch != Touch::held) end_slide();
    p_.plate = true;
    if constexpr (Kind::heavy) {
        p_.lost += 0.5 * s_.skin_mass * y_[w] * y_[w];
        y_[w] = 0.0;
    }
    p_.touch = Touch::held;
}

template <class Kind>
void Contact<Kind>::arrive() {
    p_.moving = false;
    y_[v] = 0.0;
    if (p_.touch == Touch::held && !p_.plate) meet();
    if (p_.touch == Touch::cutting || p_.touch == Touch::entering) end_slide(), hold();
}

template <class Kind>
StrokeRow Contact<Kind>::row() const noexcept {
    StrokeRow r = seen_;
    r.depth = std::max(p_.deepest, p_.touch == Touch::cutting ? y_[h] : 0.0);
    r.friction = rubbed();
    if constexpr (Kind::balanced) add_energies<Kind>(r, s_, y_, p_, now().u, start_kinetic_, start_linkage_);
    return r;
}

template <class Kind>
void Contact<Kind>::finish_stroke() {
    finished_ = finished_ || in_last_stroke();
    r_.rows.push_back(row());
    seen_ = {};
}

template <class Kind>
void Contact<Kind>::run_out() {
    finished_ = true;
    r_.timed_out = s_.drive != Drive::rig;
    if (s_.drive == Drive::pen) return;
    if (s_.drive == Drive::impact && !stopped_) r_.deepest = row();
    finish_stroke();
}

template class Contact<MotionKind<false, false>>;
template class Contact<MotionKind<false, true>>;
template class Contact<MotionKind<true, false>>;
template class Contact<MotionKind<true, true>>;

}  // namespace skin::insertion
