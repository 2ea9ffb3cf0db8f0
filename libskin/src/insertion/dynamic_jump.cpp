#include "insertion/dynamic_jump.hpp"

#include <algorithm>
#include <cmath>

#include "insertion/root.hpp"

namespace skin::insertion {
namespace {

constexpr double found_within = 1e-14;
constexpr int cells_in = 24, cells_out = 64;  // in which a balance is looked for

double relaxed_force(const System& s, const Hold& hold) noexcept { return s.share1 * hold.b1 + s.share2 * hold.b2; }

// Energy that the skin gives up when its surface goes from one deflection to another and the tip slides meanwhile, less
// what friction takes.
double freed(const System& s, const Hold& hold, double u_before, double u_after, double from, double to) {
    const double rubbed = std::abs(s.resistance.friction_work(to) - s.resistance.friction_work(from));
    return s.stored(u_before, hold.b1, hold.b2) - s.stored(u_after, hold.b1, hold.b2) - rubbed;
}

}  // namespace

double skin_force(const System& s, const Hold& hold, double depth) noexcept {
    return s.spring.force(hold.approach - depth).value - relaxed_force(s, hold);
}

Jump jump_in(const System& s, const Hold& hold, double from, int piece) {
    Jump jump{from, 0.0, piece, false};
    const auto excess = [&](double at) { return s.resistance.whole(at, jump.piece).value - skin_force(s, hold, at); };
    double a = from, fa = std::min(excess(a), -tiny);
    for (;;) {
        const double end = std::min(s.resistance.piece(jump.piece).bottom, hold.approach), start = a;
        bool found = false;
        for (int i = 1; i <= cells_in && !found; ++i) {
            const double b = start + (end - start) * i / cells_in, fb = excess(b);
            found = fb >= 0.0;
            a = found ? bracketed_root(excess, a, b, fa, fb, found_within) : b;
            fa = fb;
        }
        if (found || a >= hold.approach) break;
        if (jump.piece + 1 >= s.resistance.pieces()) break;  // in to its base
        ++jump.piece;
        fa = excess(a);
        const double barrier = s.resistance.piece(jump.piece).barrier;
        if (barrier > 0.0 && skin_force(s, hold, a) < barrier) {
            jump.waiting = true;
            break;
        }
        if (fa >= 0.0) break;
    }
    jump.depth = a;
    jump.lost = freed(s, hold, hold.approach - from, hold.approach - a, from, a) -
                (s.resistance.cutting_work(a) - s.resistance.cutting_work(from));
    return jump;
}

Jump jump_out(const System& s, const Hold& hold, double from) {
    const auto excess = [&](double at) { return skin_force(s, hold, at) + s.resistance.friction(at).value; };
    double a = from, fa = std::min(excess(a), -tiny);
    for (int i = 1; i <= cells_out; ++i) {
        const double b = from * (1.0 - static_cast<double>(i) / cells_out), fb = excess(b);
        if (fb >= 0.0) {
            a = bracketed_root(excess, a, b, fa, fb, found_within);
            break;
        }
        a = b, fa = fb;
    }
    // Out of the skin: a free surface carries nothing.
    const double u_after = a > 0.0 ? hold.approach - a : s.spring.depth(relaxed_force(s, hold));
    a = std::max(a, 0.0);
    return {a, freed(s, hold, hold.approach - from, u_after, from, a), 0, false};
}

}  // namespace skin::insertion
