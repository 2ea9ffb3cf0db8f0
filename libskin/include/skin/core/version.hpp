// Which libskin this is.
#pragma once

#include <string_view>

namespace skin {

[[nodiscard]] std::string_view version() noexcept;            ///< "0.1.0"
[[nodiscard]] std::string_view git_revision() noexcept;       ///< of the source tree at configure time, or "unknown"
[[nodiscard]] std::string_view build_description() noexcept;  ///< compiler and flags

}  // namespace skin
