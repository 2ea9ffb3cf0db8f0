// A check that every reader of a Closure makes.
#pragma once

#include "skin/wound.hpp"

namespace skin {

/// ParameterError when a channel opens again: its radius or its depth is larger at a later time. A plug may get wet
/// again, so its conductance is free. Shapes are checked by the reader.
void check_never_reopens(const Closure& closure);

}  // namespace skin
