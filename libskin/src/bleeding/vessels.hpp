// Vessel beds of one skin at their depths, and how many vessels a hole or a slit cuts (docs/theory/bleeding.md).
#pragma once

#include <vector>

#include "skin/device/needle.hpp"
#include "skin/tissue/skin.hpp"

namespace skin::bleeding {

/// A bed with its place in this skin.
struct PlacedBed {
    double top = 0.0, bottom = 0.0;  ///< [m] depth
    VesselBed bed;
    bool deep = false;  ///< at or below the base of the dermis: its blood can stay inside
};
[[nodiscard]] std::vector<PlacedBed> place_beds(const Skin& skin);

/// [1] mean number of vessels that a round hole cuts (eq. 1), tip at `depth`. `cut_share` chi, `step` of the
/// quadrature.
[[nodiscard]] double cut_by_hole(const PlacedBed& bed, const Needle& needle, double depth, double cut_share,
                                 double step);

/// A slit beside the hole.
struct CutSlit {
    double length = 0.0;  ///< [m] beyond the hole
    double depth = 0.0;   ///< [m] to which it reaches
    double width = 0.0;   ///< [m] of the cut
    double top = 0.0;     ///< [m] where it starts
};
/// [1] mean number of vessels that a slit cuts in addition (eqs. 6, 7).
[[nodiscard]] double cut_by_slit(const PlacedBed& bed, const CutSlit& slit) noexcept;

}  // namespace skin::bleeding
