// Slits and holes where they lie in a patch: which of them merge, cross and lie in line (docs/theory/tearing.md,
// eqs. 54-58).
#pragma once

#include <span>
#include <vector>

#include "tearing/plane.hpp"

namespace skin::tearing {

/// What skin makes of the strip between two damages.
struct LigamentLaw {
    double stress = 0.0;    ///< [Pa] in-plane stress of the skin
    double strength = 0.0;  ///< [Pa] at which the strip parts
};
/// Does the strip between them fail: too narrow, or too much stress on what is left (eq. 55)?
[[nodiscard]] bool merge(const Damage& a, const Damage& b, double gap, const LigamentLaw& law) noexcept;

/// Damages that have grown together.
struct Chain {
    std::vector<std::size_t> members;  ///< two or more
    Reach reach;                       ///< longest way across
};

struct TearMap {
    std::vector<Chain> chains;
    std::vector<long> chain_of;       ///< per damage; -1: it stands alone
    double merged_fraction = 0.0;     ///< [1]
    double collinear_fraction = 0.0;  ///< [1] of the pairs of slits that merge
    double crossings_per_slit = 0.0;  ///< [1]
    double reentered_fraction = 0.0;  ///< [1] within a needle diameter of a damage of an earlier pass
};
/// The map of a patch. Shares and crossings count what lies off the border of the patch by the longest slit (at most a
/// quarter of the patch), against everything: what the cut through the pattern hides is not counted (eq. 56).
[[nodiscard]] TearMap map_damages(std::span<const Damage> damages, const LigamentLaw& law);

/// Each damage that lies within `capture` needle diameters of one of an earlier pass moves there: the needle has slid
/// into the older hole (eq. 57). Damages are taken pass by pass, in their order.
/// @return  per damage the one whose hole it is in at the end, itself if it has not moved
std::vector<std::size_t> capture(std::span<Damage> damages, double capture_radius);

}  // namespace skin::tearing
