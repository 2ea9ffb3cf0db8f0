// How far skin bulges into the nose of a pen.
#pragma once

namespace skin::insertion {

/// [m] sinking of an elastic half-space of modulus E* [Pa] at `r` under even pressure [Pa] on a disc (Johnson
/// 1985, 3.29).
[[nodiscard]] double disc_sinking(double pressure, double radius, double modulus, double r);

/// [m] bulge into a ring of inner radius and width [m] that is pressed on with `force` [N]: the mean sinking under the
/// ring less that inside it. Linear elasticity: to be trusted while force/area is below about a fifth of the modulus.
[[nodiscard]] double elastic_dome(double force, double inner_radius, double width, double modulus);

}  // namespace skin::insertion
