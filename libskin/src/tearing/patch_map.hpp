// From the slits of a wound to the map of its patch: chains, flaps, tracks, bruises (docs/theory/tearing.md, eqs.
// 53-60).
#pragma once

#include "skin/tearing.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

/// [m] length at which the flap of each channel stops, from the slide of the epidermis at it; at most the patch's side.
[[nodiscard]] Eigen::VectorXd flap_lengths(const Skin& skin, const Resistance& resistance, const Wound& wound,
                                           const Eigen::VectorXd& junction_slide);
/// [m] depth of the shallowest vessels; infinite without any.
[[nodiscard]] double shallowest_vessels(const Skin& skin);
/// Is channel i cut below `vessels` by more than twice what its mouth shows? Then blood stays in.
[[nodiscard]] bool bruises(const Wound& wound, Eigen::Index i, double vessels);

/// Fills the map of `result` from result.wound; flap_length and hole_pitch are there already.
void fill_map(const Skin& skin, const Device& device, const Resistance& resistance, const TearingSettings& settings,
              TearingResult& result);

}  // namespace skin::tearing
