// Slit growth at one depth: a play (backlash) operator drawn along by the needle (docs/theory/tearing.md, eqs. 28-31).
#pragma once

#include <span>
#include <vector>

#include "tearing/cutting.hpp"
#include "tearing/kinematics.hpp"

namespace skin::tearing {

/// The slit front follows the needle and is never further from it than delta_c.
class Play {
public:
    Play(Point start, double critical_offset) noexcept
        : needle_(start), front_(start), delta_c_(critical_offset), per_offset_(1.0 / critical_offset) {}

    /// Move the needle in a straight line; the front follows a tractrix, exactly. True if it moved.
    bool move_to(Point needle) noexcept;
    /// Move the needle at once and pull the front straight: first order. For the order test only.
    void jump_to(Point needle) noexcept;

    [[nodiscard]] Point needle() const noexcept { return needle_; }
    [[nodiscard]] Point front() const noexcept { return front_; }
    [[nodiscard]] double path() const noexcept;  ///< [m] cut so far: what is dissipated
    /// [m] way of the needle while it cut, as the load sees it: integral of the cosine between load and motion. Equals
    /// path() in the continuum; here by quadrature, so that the two check each other.
    [[nodiscard]] double pulled() const noexcept { return pulled_; }

private:
    Point needle_, front_;
    double delta_c_, per_offset_, path_ = 0.0, pulled_ = 0.0;
    double ratio_ = 1.0;  // product of (1 + t'^2)/(1 + t^2) whose logarithm is not in path_ yet
};

/// Two lengths of a slit: the path counts ground that was cut twice, the extent is what is seen.
struct Slit {
    double path = 0.0;    ///< [m] length of the way of the front
    double extent = 0.0;  ///< [m] largest distance of two points that the front visited
};
enum class PlayStep { tractrix, explicit_euler };
/// For a straight way (no side-slip, no yaw) the turning points alone are exact.
[[nodiscard]] Slit slit_along(std::span<const Point> needle_path, double critical_offset,
                              PlayStep step = PlayStep::tractrix);

/// What one depth makes of a contact: lengths, direction and energy per depth.
struct SlitGrowth {
    Slit slit;
    double direction =
        0.0;              ///< [rad] principal direction of the front's way from x, in (-pi/2, pi/2]; 0: not asked for
    double work = 0.0;    ///< [J/m] of the needle on the skin
    double stored = 0.0;  ///< [J/m] left in the skin at the end
    double dissipated = 0.0;  ///< [J/m] q_eff times path
};
/// `points` holds the way of the needle; what it holds afterwards is of no use. The direction is found if `directed`.
[[nodiscard]] SlitGrowth grow_slit(std::vector<Point>& points, const CriticalOffset& law, bool directed = false);

/// [m] largest distance of two of the points; exact. `points` is reordered.
[[nodiscard]] double extent_of(std::span<Point> points) noexcept;

}  // namespace skin::tearing
