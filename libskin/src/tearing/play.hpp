// Slit growth at one depth: a play (backlash) operator drawn along by the needle (docs/theory/tearing.md, eqs. 28-31).
#pragma once

#include <span>
#include <vector>

#include "tearing/kinematics.hpp"

namespace skin::tearing {

/// The slit front follows the needle and is never further from it than delta_c.
class Play {
public:
    Play(Point start, double critical_offset) noexcept : needle_(start), front_(start), delta_c_(critical_offset) {}

    /// Move the needle in a straight line; the front follows a tractrix, exactly.
    void move_to(Point needle) noexcept;
    /// Move the needle at once and pull the front straight: first order. For the order test only.
    void jump_to(Point needle) noexcept;

    [[nodiscard]] Point needle() const noexcept { return needle_; }
    [[nodiscard]] Point front() const noexcept { return front_; }
    [[nodiscard]] double path() const noexcept { return path_; }  ///< [m] cut so far: what is dissipated

private:
    Point needle_, front_;
    double delta_c_, path_ = 0.0;
};

/// Two lengths of a slit: the path counts ground that was cut twice, the extent is what is seen.
struct Slit {
    double path = 0.0;    ///< [m] length of the way of the front
    double extent = 0.0;  ///< [m] largest distance of two points that the front visited
};
enum class PlayStep { tractrix, explicit_euler };
[[nodiscard]] Slit slit_along(std::span<const Point> needle_path, double critical_offset,
                              PlayStep step = PlayStep::tractrix);
/// The same when the front's way is straight (no side-slip, no yaw) is exact with the turning points alone.

}  // namespace skin::tearing
