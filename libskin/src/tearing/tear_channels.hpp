// Every channel of a wound: how it was struck, what the contact tore, and how that stands in the wound.
#pragma once

#include <cstdint>

#include "skin/tearing.hpp"

namespace skin::tearing {

/// Fills the columns of `result` and of result.wound, the shares and largest values over them, and the map of the
/// patch. result.wound is the wound to be torn; result.hole_pitch is known.
void tear_channels(const Skin& skin, const Device& device, const Use& use, const TearingSettings& settings,
                   TearingResult& result);

}  // namespace skin::tearing
