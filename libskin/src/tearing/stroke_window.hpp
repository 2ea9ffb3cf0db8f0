// A contact that begins or ends inside the skin: touchdown, lift, a drum that jams, a roller turned while pressed
// (docs/theory/tearing.md, eqs. 50-52).
#pragma once

#include <limits>
#include <vector>

#include "tearing/kinematics.hpp"

namespace skin::tearing {

/// What of the stroke lies before and behind the moment at which the needle stands upright.
struct StrokeWindow {
    double before = std::numeric_limits<double>::infinity();  ///< [m] way of the device since it touched down
    double after = std::numeric_limits<double>::infinity();   ///< [m] way that it still rolls
    double plough = 0.0;                                      ///< [m] way that it then slides with a jammed drum
    double turn = 0.0;                                        ///< [rad] by which it is then turned about its middle
    bool lifted = true;                                       ///< pressed in and lifted out, not rolled on

    [[nodiscard]] bool holds(const Contact& c) const noexcept;   ///< the whole contact lies in the stroke
    [[nodiscard]] bool misses(const Contact& c) const noexcept;  ///< the drum stopped before the needle came down
};

/// Points of the needle's way at depth z: pressed in at a tilt, rolled, dragged, turned, lifted out. `points` is
/// overwritten; a depth that the needle never reaches gets one point.
void interrupted_path(const Contact& c, const StrokeWindow& w, double z, int n_steps, std::vector<Point>& points);
/// [m] largest distance from its first point, over chords of a thirty-second of the contact: to 1e-3.
[[nodiscard]] double interrupted_demand(const Contact& c, const StrokeWindow& w, double z) noexcept;
/// From first to last point.
[[nodiscard]] Point interrupted_way(const Contact& c, const StrokeWindow& w, double z) noexcept;
/// [m] length of its way.
[[nodiscard]] double interrupted_length(const Contact& c, const StrokeWindow& w, double z) noexcept;

}  // namespace skin::tearing
