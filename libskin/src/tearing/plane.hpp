// Distances between holes and slits in the plane of the skin, and which of them are near each other.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "tearing/kinematics.hpp"

namespace skin::tearing {

/// A hole in the skin, with the slit through its middle if it is torn; as they lie at rest.
struct Damage {
    Point centre;                ///< [m]
    double direction = 0.0;      ///< [rad] of the slit from x
    double half_length = 0.0;    ///< [m] of the slit; 0: a round hole
    double half_gape = 0.0;      ///< [m] of the slit
    double hole_radius = 0.0;    ///< [m] at rest
    double needle_radius = 0.0;  ///< [m] of the needle at the mouth
    double heading = 0.0;        ///< [rad] in which the device moved
    double pass = 0.0;           ///< [1] of the pass over the patch
    bool heading_known = false;  ///< [1] else there is no stroke to speak of
};

[[nodiscard]] inline bool torn(const Damage& d) noexcept { return d.half_length > 0.0; }
/// Ends of the slit; the centre twice for a round hole.
struct Ends {
    Point first, second;
};
[[nodiscard]] Ends ends_of(const Damage& d) noexcept;

/// Do the slits cut through each other? Round holes never do.
[[nodiscard]] bool cross(const Damage& a, const Damage& b) noexcept;
/// [m] of intact skin between two damages: hole to hole, hole to slit, slit to slit; 0 where they touch or cross.
[[nodiscard]] double ligament(const Damage& a, const Damage& b) noexcept;
/// [rad] smallest angle between two lines (not arrows), 0 to pi/2.
[[nodiscard]] double angle_between(double a, double b) noexcept;

/// Calls f(i, j), i < j, once for every pair whose boxes, widened by `margin` of each, meet. Spatial grid: effort grows
/// with the number of damages and of pairs. The order of the calls depends on the damages alone.
void for_each_near_pair(std::span<const Damage> damages, std::span<const double> margin,
                        const std::function<void(std::size_t, std::size_t)>& f);

/// Sets that grow together (union-find); the smallest member stands for its set.
class Groups {
public:
    explicit Groups(std::size_t n);
    [[nodiscard]] std::size_t find(std::size_t i) noexcept;
    void join(std::size_t i, std::size_t j) noexcept;

private:
    std::vector<std::size_t> parent_;
};

/// The two points of a set that are farthest apart, each with a radius round it.
struct Reach {
    double length = 0.0;     ///< [m] distance plus both radii
    double direction = 0.0;  ///< [rad] from x
};
struct Disc {
    Point centre;
    double radius = 0.0;  // [m]
};
[[nodiscard]] Reach farthest(std::vector<Disc> discs);

}  // namespace skin::tearing
