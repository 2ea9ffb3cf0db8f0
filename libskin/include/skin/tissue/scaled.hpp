// The same skin under other factors of person and condition.
#pragma once

#include "skin/tissue/skin.hpp"

namespace skin {

/// `skin` with every value that the laws of a person change multiplied by these factors. For a look at the same skin at
/// another age: factors of that age over factors of its own.
[[nodiscard]] Skin scaled(Skin skin, const PersonFactors& factors);

}  // namespace skin
