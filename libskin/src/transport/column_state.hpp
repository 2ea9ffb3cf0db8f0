// From amounts of active to the states of a column, and back.
#pragma once

#include "transport/column.hpp"
#include "transport/layered.hpp"
#include "transport/snapshot.hpp"

namespace skin::transport {

/// Amount over storage and `strength` [kg/m^3], unknown by unknown.
[[nodiscard]] Vector state_of(const ColumnSystem& system, const Amounts& amounts, double strength);
[[nodiscard]] Vector state_of(const LayeredSystem& system, const Amounts& amounts, double strength);

/// Amounts in donor, tissue and channels, and concentrations, at time `t`; the rest of `shot` stays.
void read_state(ColumnSystem& system, const Vector& x, double t, double strength, Snapshot& shot);
void read_state(LayeredSystem& system, const Vector& x, double t, double strength, Snapshot& shot);

}  // namespace skin::transport
