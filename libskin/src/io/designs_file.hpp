// One designs file, checked.
#pragma once

#include "io/document.hpp"
#include "skin/ensemble/bench.hpp"

namespace skin::io {

/// DataError with file and line.
[[nodiscard]] DesignSet read_designs(const Document& document);

}  // namespace skin::io
