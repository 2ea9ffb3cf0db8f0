// One treatment file as a case, with overrides already in their place in the tree.
#pragma once

#include <string>
#include <vector>

#include "io/document.hpp"
#include "skin/treatment/protocol.hpp"

namespace skin::io {

/// DataError with file and line; ParameterError that names the override.
[[nodiscard]] TreatmentCase read_treatment(Document document, const std::vector<std::string>& overrides);

}  // namespace skin::io
