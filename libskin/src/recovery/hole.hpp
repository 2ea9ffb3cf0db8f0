// The hole of one class of channels under each closing law (docs/theory/recovery.md, 3.2 and 3.3), in closed form.
#pragma once

#include <vector>

#include "recovery/pore.hpp"
#include "skin/device/needle.hpp"
#include "skin/recovery.hpp"
#include "skin/tissue/skin.hpp"

namespace skin::recovery {

/// One class of channels, as the law sees it.
struct HoleGeometry {
    double mouth_radius = 0.0;    ///< [m] a_n, of the needle
    double channel_radius = 0.0;  ///< [m] of the channel, for a law that leaves it alone
    double depth = 0.0;           ///< [m]
    double share = 0.0;           ///< [1] between few short thin needles and many long thick ones
};

/// The hole at one moment.
struct HoleState {
    double radius = 0.0;       ///< [m] at the mouth, recoil included
    double conductance = 1.0;  ///< [1] over its first value
    double depth = 1.0;        ///< [1] over the first one
};

/// How the conductance of a hole goes with its radius x over the first radius: 1/g = (1/x^2 + beta/x)/(1 + beta), beta
/// the first access resistance over that of the channel; beta = 0: channel alone; infinite: access alone.
struct ConductanceLaw {
    HoleResistance resistance = HoleResistance::channel;
    double beta = 0.0;
    [[nodiscard]] double conductance(double x) const noexcept;  ///< [1] of radius share x
    [[nodiscard]] double radius(double g) const noexcept;       ///< [1] its inverse
};

/// A slice of the hole, one layer deep at most: the needle's radius is linear in it.
struct HoleSlice {
    double top, bottom;                ///< [m]
    double top_radius, bottom_radius;  ///< [m] of the needle there
    double recoil_time;                ///< [s] of this layer
    double front_speed;                ///< [m/s] at which its wall moves in
    bool epidermal;                    ///< part of the path that an instrument sees
};

class Hole {
public:
    Hole(const Skin& skin, const Needle& needle, const HoleGeometry& geometry, const ClosingFactors& factors,
         const RecoverySettings& settings);

    /// At t [s], of which `open_time` in open air.
    [[nodiscard]] HoleState at(double t, double open_time) const;
    /// [m] after the recoil, before closing.
    [[nodiscard]] double first_radius() const noexcept;
    /// [m] (slices + 1) radius by depth at t; only for depth_resolved.
    [[nodiscard]] std::vector<double> profile(double t) const;
    [[nodiscard]] const std::vector<HoleSlice>& slices() const noexcept { return slices_; }

private:
    [[nodiscard]] double recoil(double t, double time_constant) const noexcept;
    [[nodiscard]] double share_left(double t, double half_lives) const noexcept;
    [[nodiscard]] HoleState resolved(double t) const;
    [[nodiscard]] double epidermal_resistance(double t) const noexcept;
    void slice(const Skin& skin, const Needle& needle, int n_slices);

    HoleGeometry geometry_;
    ConductanceLaw law_;
    ClosureModel model_;
    double early_, late_, recoil_time_;  // [1], [1], [s]
    double half_life_open_, half_life_covered_, slow_half_life_, slow_share_, hill_exponent_;
    double half_lives_to_close_, closed_radius_;  // [1] log2(1/eps); x at g = eps
    std::vector<HoleSlice> slices_;
    double first_resistance_ = 1.0;
};

}  // namespace skin::recovery
