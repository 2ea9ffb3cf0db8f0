#include "bind_core.hpp"
#include "skin/recovery.hpp"

namespace skin::python {

void bind_recovery(py::module_& m) {
    bind_enum<ClosureModel>(m, "ClosureModel", "How channels close.");
    bind_parameters<Interval>(m, "Interval", "A stretch of time under a cover.");
    bind_parameters<RecoverySettings>(m, "RecoverySettings", "Choices of recover().");
    bind_described<RecoveryResult>(m, "RecoveryResult", "How the barrier closes: one pore state, several read-outs.")
        .def("time_to_recover", &RecoveryResult::time_to_recover, py::arg("observable"),
             "Time [s] after which `observable` stays below its own threshold; NaN: not within the duration.");
    m.def("recover", &recover, py::arg("skin"), py::arg("wound"), py::arg("duration"), py::arg("settings"),
          py::call_guard<py::gil_scoped_release>());
}

}  // namespace skin::python
