// Where the digitised data of libskin/data/experiments lie in this source tree.
#pragma once

#include <string>

namespace skin::test {

[[nodiscard]] std::string experiments_folder();

}  // namespace skin::test
