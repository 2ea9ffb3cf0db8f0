// How a long call reports progress, is stopped, and how many threads it may use.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace skin {

struct Progress {
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::string what;
};

/// Long calls poll `stop` once per sample or accepted step and throw Cancelled.
struct RunControl {
    std::function<void(const Progress&)> on_progress;  ///< called one at a time, from any thread
    std::stop_token stop;
    int threads = 0;  ///< 0: all cores; never changes a number

    /// Report, then throw Cancelled if a stop was asked for.
    void report(std::int64_t done, std::int64_t total, const char* what) const;
};

}  // namespace skin
