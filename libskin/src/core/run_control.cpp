#include "skin/core/run_control.hpp"

#include "skin/core/error.hpp"

namespace skin {

void RunControl::report(std::int64_t done, std::int64_t total, const char* what) const {
    if (stop.stop_requested()) {
        throw Cancelled(
            text("stopped after %lld of %lld: %s", static_cast<long long>(done), static_cast<long long>(total), what));
    }
    if (on_progress) on_progress({done, total, what});
}

}  // namespace skin
