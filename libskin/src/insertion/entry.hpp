// When a waiting tip gets in, by comparing energies (docs/theory/insertion.md, eq. 47-49).
#pragma once

#include "insertion/layered_needle.hpp"

namespace skin::insertion {

/// [J] work that a blunt tip needs to start its crack: what makes the energy comparison in a medium of constant
/// resistance `steady` end at the force `peak` (eq. 48). 0 when they are equal.
[[nodiscard]] double entry_work(const Deflection& deflection, double steady, double peak) noexcept;

/// The least travel at which a deeper tip, its work and its entry work included, has no more energy than one that waits
/// at the top of `layer` (eq. 47): the force there, and the depth of that tip. A rigid support stores nothing to
/// compare: there the barrier factor answers.
[[nodiscard]] Entry energy_entry(const LayeredNeedle::Strike& strike, std::size_t layer);

}  // namespace skin::insertion
