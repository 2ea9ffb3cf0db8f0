// The only file that knows an absolute path, so that a compiler cache serves every other one in any clone.
#include "support/experiments.hpp"

namespace skin::test {

std::string experiments_folder() { return SKIN_EXPERIMENTS; }

}  // namespace skin::test
