// From the slits of a wound to the map of its patch: chains, flaps, tracks, bruises (docs/theory/tearing.md, eqs.
// 53-60).
#pragma once

#include "skin/tearing.hpp"
#include "tearing/plane.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

/// [m] length at which the flap of each channel stops, from the slide of the epidermis at it; at most the patch's side.
[[nodiscard]] Eigen::VectorXd flap_lengths(const Skin& skin, const Resistance& resistance, const Wound& wound,
                                           const Eigen::VectorXd& junction_slide);
/// [m] depth of the shallowest vessels; infinite without any.
[[nodiscard]] double shallowest_vessels(const Skin& skin);
/// Is channel i cut below `vessels` by more than twice what its mouth shows? Then blood stays in.
[[nodiscard]] bool bruises(const Wound& wound, Eigen::Index i, double vessels);

/// Do its channels lie in different places?
[[nodiscard]] bool has_places(const Wound& wound);
/// The channels whose needle went in, of a wound whose slits are known, as the map sees them; `channel`: their rows.
struct Damages {
    std::vector<Damage> all;
    std::vector<Eigen::Index> channel;
};
[[nodiscard]] Damages damages_of(const Wound& wound);

/// Fills the map of `result` from result.wound; flap_length and hole_pitch are there already. `captured` [1]: share of
/// the needles that slid into older holes, whose rows are joined already.
void fill_map(const Skin& skin, const Device& device, const Resistance& resistance, double captured,
              TearingResult& result);

}  // namespace skin::tearing
