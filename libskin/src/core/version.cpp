#include "skin/core/version.hpp"

namespace skin {

std::string_view version() noexcept { return SKIN_VERSION; }
std::string_view git_revision() noexcept { return SKIN_GIT_REVISION; }
std::string_view build_description() noexcept { return SKIN_BUILD; }

}  // namespace skin
