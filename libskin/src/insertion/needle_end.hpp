// Where one pressed needle ends, without its curve: what a batch of many skins asks for.
#pragma once

#include "skin/insertion.hpp"

namespace skin::insertion {

struct NeedleEnd {
    double depth = 0.0;           ///< [m] loaded tip depth
    double puncture_force = 0.0;  ///< [N] force at the first entry; 0 if the skin never opened
};
/// The same checks and the same balance as insert(): the same numbers to the last bit.
[[nodiscard]] NeedleEnd needle_end(const Skin& skin, const Needle& needle, const Travel& use,
                                   const InsertionSettings& settings);

}  // namespace skin::insertion
