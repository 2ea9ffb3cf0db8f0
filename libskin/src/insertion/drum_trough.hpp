// The trough that the needles and the body of a drum press into layered skin (docs/theory/insertion.md, 6, eq.
// 36a-36c).
#pragma once

#include <vector>

#include "insertion/strip_contact.hpp"
#include "skin/device/device.hpp"
#include "skin/insertion.hpp"

namespace skin::insertion {

/// The drum in balance with a hand.
class DrumTrough {
public:
    /// `curve` at the speed of the needles, `factor` on the stiffness of `skin` at that speed.
    DrumTrough(const Roller& roller, const InsertionCurve& curve, const StripCompliance& skin, double factor,
               double hand_force);

    [[nodiscard]] double travel() const noexcept { return local_at(0.0); }  ///< [m] local, of the needles at the bottom
    [[nodiscard]] double local_at(double angle) const noexcept;  ///< [m] travel of a needle into the skin around it
    [[nodiscard]] double angle_at(double local) const noexcept;  ///< [rad] on the way in, where it has that travel
    [[nodiscard]] double drum_force() const noexcept { return drum_force_; }      ///< [N]
    [[nodiscard]] double needle_force() const noexcept { return needle_force_; }  ///< [N] upwards, of all needles
    [[nodiscard]] double half_width() const noexcept { return half_width_; }      ///< [m] of skin that lies on the drum
    [[nodiscard]] double sink() const noexcept { return drum_radius_ - axle_; }   ///< [m] of the drum below the level

private:
    double tip_circle_, length_, drum_radius_, axle_ = 0.0;
    double drum_force_ = 0.0, needle_force_ = 0.0, half_width_ = 0.0;
    std::vector<double> angle_, sunk_;  // of the rows on the way in: how far others press the skin down there
};

}  // namespace skin::insertion
