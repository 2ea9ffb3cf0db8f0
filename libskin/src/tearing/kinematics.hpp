// Exact path of one needle of a drum that rolls over flat skin (docs/theory/tearing.md, eqs. 1-9).
#pragma once

#include <vector>

namespace skin::tearing {

/// A point of the skin plane: x along the roll, y to the side.
struct Point {
    double x = 0.0, y = 0.0;  // [m]
};
[[nodiscard]] inline Point operator-(Point a, Point b) noexcept { return {a.x - b.x, a.y - b.y}; }
[[nodiscard]] double length(Point p) noexcept;

/// One contact of one needle. The needle angle phi runs from -entry_angle to exit_angle; phi = 0 is vertical. On flat
/// skin both are phi_e; a dimple before puncture delays the entry and a tent delays the exit.
struct Contact {
    double h = 0.0;          ///< [m] axle above the skin plane
    double rho = 0.0;        ///< [m] tip circle radius R + L
    double R_e = 0.0;        ///< [m] effective rolling radius V/omega; finite (a locked drum ploughs, see tear.cpp)
    double tan_alpha = 0.0;  ///< [1] side-slip
    double curvature = 0.0;  ///< [1/m] yaw rate over speed, 1/rho_c
    double y_0 = 0.0;        ///< [m] position of the ring on the axle, counts with yaw only
    double dimple = 0.0;     ///< [m] depth of the skin under the tip when it gives way
    double tent = 0.0;       ///< [m] height to which skin that clings to the needle is lifted before it lets go

    [[nodiscard]] bool straight() const noexcept { return tan_alpha == 0.0 && curvature == 0.0; }
    [[nodiscard]] double tip_depth() const noexcept { return rho - h; }
};

/// [rad] half contact angle at depth z; 0 where the needle does not reach.
[[nodiscard]] double half_angle(const Contact& c, double z) noexcept;
/// [rad] how far before the vertical depth z is opened: all that the dimple had pressed down at once (eq. 3a).
[[nodiscard]] double entry_angle(const Contact& c, double z) noexcept;
/// [rad] how far after the vertical depth z, lifted by the tent, lets the tip go (eq. 3b).
[[nodiscard]] double exit_angle(const Contact& c, double z) noexcept;
/// Where the needle axis crosses depth z.
[[nodiscard]] Point axis_at(const Contact& c, double phi, double z) noexcept;
/// Where the tip is, without side-slip and yaw: x along the roll and the depth below the skin plane.
struct TipPose {
    double x = 0.0, depth = 0.0;  // [m]
};
[[nodiscard]] TipPose tip_at(const Contact& c, double phi) noexcept;
/// [rad] phi_0 > 0 at which the axis at depth z turns round, as it does at -phi_0; 0: not while it is in the skin.
[[nodiscard]] double turning_angle(const Contact& c, double z) noexcept;
/// [m] travel of the axle while the needle is in the skin.
[[nodiscard]] double travel(const Contact& c) noexcept;

/// Displacement along the roll between entry and exit at one depth.
struct Excursion {
    double net = 0.0;       ///< [m] exit minus entry
    double forward = 0.0;   ///< [m] D+, largest excursion ahead of the entry point
    double backward = 0.0;  ///< [m] D-, largest excursion behind it

    [[nodiscard]] double range() const noexcept { return forward + backward; }
};
[[nodiscard]] Excursion excursion(const Contact& c, double z) noexcept;  ///< of the axis at depth z
[[nodiscard]] Excursion tip_excursion(const Contact& c) noexcept;        ///< of the tip, whatever its depth

/// From entry to exit at one depth, side-slip and yaw included.
[[nodiscard]] Point net_way(const Contact& c, double z) noexcept;

/// [m] demand: largest distance from where depth z was first opened; exact with turning points if the path is
/// straight, else by search over the contact angle (to round-off of the maximum).
[[nodiscard]] double demand(const Contact& c, double z) noexcept;
/// [m] never below demand(): largest excursion along and across taken together. Cheap; exact for a straight path.
[[nodiscard]] double demand_bound(const Contact& c, double z) noexcept;
/// [m^2] integral of the range over the inserted depth (composite Gauss rule; kinks limit it to about 1e-4).
[[nodiscard]] double swept_area(const Contact& c);

/// Velocities over the speed of the axle (eq. 4).
struct Velocity {
    double lateral = 0.0;  ///< [1] of the crossing point at the depth asked for
    double axial = 0.0;    ///< [1] along the needle, into the skin for phi < 0 ... taken as -sin(phi)
};
[[nodiscard]] Velocity velocity(const Contact& c, double phi, double z) noexcept;
[[nodiscard]] Velocity tip_velocity(const Contact& c,
                                    double phi) noexcept;  ///< lateral: v_x, axial: v_z (down positive)
/// [rad] angle between needle axis and velocity of the tip at entry.
[[nodiscard]] double attack_angle(const Contact& c) noexcept;

/// A drum that is pressed in carries the skin on its surface: half width of that band (0: the drum rides on its
/// needles).
[[nodiscard]] double conforming_half_width(const Contact& c, double drum_radius) noexcept;  // [m]
/// How a needle stands in skin that follows the drum where the drum is below the skin plane (eq. 9a).
struct LocalPose {
    double insertion = 0.0;  ///< [m] along the needle
    double tilt = 0.0;       ///< [rad] from the local normal
};
[[nodiscard]] LocalPose local_pose(const Contact& c, double drum_radius, double phi) noexcept;

/// Points of the axis path at depth z: entry, `n_steps` equal steps of phi with the turning points put in, exit.
/// A straight path needs its ends and turning points only. `points` is overwritten.
void axis_path(const Contact& c, double z, int n_steps, std::vector<Point>& points);
/// Steps of axis_path that keep the error of its chords below that of `n_steps` chords along half a turn over 2 mm, and
/// never more than `n_steps` at the mouth or a step of that size below it (eq. 29a).
[[nodiscard]] int path_steps(const Contact& c, double z, int n_steps) noexcept;

}  // namespace skin::tearing
