// How a needle moves sideways while it is in the skin: rolled by a drum, or dragged along a line (locked drum, pen).
#pragma once

#include <vector>

#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/resistance.hpp"
#include "tearing/stroke_window.hpp"

namespace skin::tearing {

/// The slip of one contact.
struct Slip {
    double slip = 0.0;       ///< [1] beyond free rolling
    double side_slip = 0.0;  ///< [rad]
    double ring = 0.0;       ///< [m] position of the ring on the axle
};

/// Sideways motion of one contact: a rolling needle, or a straight drag whose length may depend on depth.
class Motion {
public:
    static Motion none(double tip_depth) { return Motion{tip_depth}; }
    static Motion rolled(double tip_depth, const Contact& contact);
    /// The same way at every depth that the needle reaches.
    static Motion ploughed(double tip_depth, double length) { return ploughed(tip_depth, Point{length, 0.0}); }
    static Motion ploughed(double tip_depth, Point way);
    /// A needle on a crank of amplitude A that glides: dragged while it is below a depth (eq. 39).
    static Motion glided(double tip_depth, double speed, double frequency, double amplitude);

    /// The same contact within a stroke: itself if it lies inside, cut short where the stroke begins or ends.
    [[nodiscard]] Motion within(const StrokeWindow& window) const noexcept;

    [[nodiscard]] double tip_depth() const noexcept { return tip_depth_; }
    /// Does the needle turn with a drum, over the whole contact or a part of it?
    [[nodiscard]] bool turns() const noexcept { return kind_ == Kind::rolled || kind_ == Kind::interrupted; }
    [[nodiscard]] double demand(double z) const noexcept;        ///< [m] at depth z
    [[nodiscard]] double demand_bound(double z) const noexcept;  ///< [m] never below demand(z), cheap
    [[nodiscard]] Point net_way(double z) const noexcept;        ///< from entry to exit; never longer than demand(z)
    /// [1] way along the needle's axis over way sideways, at depth z.
    [[nodiscard]] double slice_ratio(double z) const noexcept;
    /// Points of the needle's way at depth z, entry first; n_steps of them at the mouth. `points` is overwritten.
    void path(double z, int n_steps, std::vector<Point>& points) const;

private:
    explicit Motion(double tip_depth) : tip_depth_(tip_depth) {}
    [[nodiscard]] double drag_length(double z) const noexcept;

    enum class Kind { still, rolled, interrupted, dragged } kind_ = Kind::still;
    double tip_depth_;
    Contact contact_;
    StrokeWindow window_;     // of an interrupted contact
    double length_ = 0.0;     // [m] dragged at full length, or speed/(pi f) for a crank
    Point along_{1.0, 0.0};   // direction of the drag
    double amplitude_ = 0.0;  // [m] 0: no crank
};

/// How a drum stands and rolls in the skin at one tip depth.
struct DrumContact {
    double tip_depth = 0.0;    ///< [m]
    double free_radius = 0.0;  ///< [m] on which it rolls when nobody brakes or pushes it and its axle turns freely
    double axle_slip = 0.0;    ///< [1] slip that the friction of its axle adds; 1: the axle stands
    double dimple = 0.0;       ///< [m] of the skin before puncture
    double tent = 0.0;         ///< [m] of the skin before the needle leaves
};
/// Under the hypotheses of the settings; from the closed form where the drum does not touch the skin.
[[nodiscard]] DrumContact drum_contact(const Roller& roller, const Resistance& resistance,
                                       const TearingSettings& settings, double tip_depth);

/// Motion of a contact of this drum: free rolling of a drum at the height that tip_depth gives it, with slip added.
/// A drum that slips over its whole stroke ploughs: R_e, and with it the contact, would be longer than the stroke.
[[nodiscard]] Motion rolling_motion(const Roller& roller, const Rolling& use, const DrumContact& drum,
                                    const Slip& slip);
/// The same on flat skin, with the closed form for the rolling radius (uniform_brush).
[[nodiscard]] Motion rolling_motion(const Roller& roller, const Rolling& use, double tip_depth, const Slip& slip);
/// [m] axle above the skin when the tip is at tip_depth.
[[nodiscard]] double axle_height(const Roller& roller, double tip_depth) noexcept;
/// [m] amplitude of the crank: half of the stroke, which is the protrusion if not given.
[[nodiscard]] double crank_amplitude(const Pen& pen) noexcept;
/// [s] time that a needle on this crank stays below `depth_above_tip` over its deepest point.
[[nodiscard]] double time_in_skin(double height, double amplitude, double frequency) noexcept;

}  // namespace skin::tearing
