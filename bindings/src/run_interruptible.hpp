// Long work on a second thread with the GIL released: the calling thread reports progress and honours Ctrl-C.
#pragma once

#include <pybind11/pybind11.h>

#include <chrono>
#include <future>
#include <mutex>
#include <utility>

#include "skin/core/run_control.hpp"

namespace skin::python {

namespace py = pybind11;

/// Ctrl-C lands on the calling thread only, so the work goes to the other one; this one wakes ten times a second.
/// `on_progress` is None or callable(done, total, what) and runs on the calling thread.
template <class Work>
auto run_interruptible(const py::object& on_progress, int threads, Work work) {
    std::mutex guard;
    Progress latest;
    bool fresh = false;
    std::stop_source stop;
    const RunControl control{.on_progress =
                                 [&](const Progress& p) {
                                     const std::lock_guard lock(guard);
                                     latest = p;
                                     fresh = true;
                                 },
                             .stop = stop.get_token(),
                             .threads = threads};
    auto result = std::async(std::launch::async, [&] { return work(control); });
    const auto finished = [&](std::chrono::milliseconds patience) {
        const py::gil_scoped_release no_gil;
        return result.wait_for(patience) == std::future_status::ready;
    };
    const auto tell = [&] {
        if (on_progress.is_none()) return;
        Progress now;
        {
            const std::lock_guard lock(guard);
            if (!std::exchange(fresh, false)) return;
            now = latest;
        }
        on_progress(now.done, now.total, now.what);
    };
    try {
        while (!finished(std::chrono::milliseconds(100))) {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            tell();
        }
        tell();  // the last report, also of work that took less than one beat
    } catch (...) {
        stop.request_stop();
        const py::gil_scoped_release no_gil;
        result.wait();
        throw;
    }
    return result.get();
}

}  // namespace skin::python
