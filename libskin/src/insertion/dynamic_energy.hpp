// Energies of the motion: what the state alone tells, and the balance of a stroke.
#pragma once

#include "insertion/dynamic_motion.hpp"
#include "insertion/dynamic_system.hpp"

namespace skin::insertion {

template <class Kind>
[[nodiscard]] double kinetic_energy(const System& s, const typename Kind::State& y) noexcept {
    using namespace state;
    double sum = s.drive == Drive::rig ? 0.0 : 0.5 * y[v] * y[v];
    if (s.drive == Drive::pen) sum += 0.5 * s.body * y[zv] * y[zv] + 0.5 * s.inertia * y[turn] * y[turn];
    if constexpr (Kind::heavy) sum += 0.5 * s.skin_mass * y[w] * y[w];
    return sum;
}

/// In the linkage between crank and needle plate.
template <class State>
[[nodiscard]] double linkage_energy(const System& s, const State& y) noexcept {
    using namespace state;
    if (s.drive != Drive::pen) return 0.0;
    const double stretch = y[z] + s.pin(y[angle]) - y[x];
    return 0.5 * s.linkage * stretch * stretch;
}

/// In the skin under the plate, and in what lies beneath the skin.
template <class State>
[[nodiscard]] double backing_energy(const System& s, const State& y, const Phase& p) noexcept {
    using namespace state;
    double sum = 0.0;
    if (p.plate) {
        const double pressed = y[x] + s.offset - (s.backed ? y[z] : 0.0) - p.plate_at;
        sum = pressed * (p.plate_force + 0.5 * s.plate_stiffness * pressed);
    }
    if (s.backed) sum += 0.5 * s.backing_stiffness * y[z] * y[z] + 0.5 * s.backing_mass * y[zv] * y[zv];
    return sum;
}

/// Fills the energies of a row whose depth and friction are known, `start_...` taken off.
template <class Kind>
void add_energies(StrokeRow& r, const System& s, const typename Kind::State& y, const Phase& p, double u,
                  double start_kinetic, double start_linkage) noexcept {
    const bool thrown = s.drive == Drive::impact;
    r.work = thrown ? start_kinetic : y[Kind::work];
    r.kinetic = kinetic_energy<Kind>(s, y) - (thrown ? 0.0 : start_kinetic);
    r.linkage = linkage_energy(s, y) - start_linkage;
    r.damped = y[Kind::damped];
    r.cutting = s.resistance.cutting_work(r.depth);
    r.stored = s.stored(u, y[state::b1], y[state::b2]);
    r.relaxed = y[Kind::relaxed];
    r.lost = p.lost;
    r.backed = backing_energy(s, y, p);
}

}  // namespace skin::insertion
