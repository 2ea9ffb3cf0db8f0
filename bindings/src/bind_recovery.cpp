#include "bind_core.hpp"
#include "skin/recovery/band.hpp"

namespace skin::python {

void bind_recovery(py::module_& m) {
    bind_enum<ClosureModel>(m, "ClosureModel", "How channels close.");
    bind_enum<HoleResistance>(m, "HoleResistance", "How the conductance of a hole goes with its radius.");
    bind_parameters<Interval>(m, "Interval", "A stretch of time under a cover.");
    bind_parameters<RecoverySettings>(m, "RecoverySettings", "Choices of recover().");
    bind_described<RecoveryResult>(m, "RecoveryResult", "How the barrier closes: one pore state, several read-outs.")
        .def("time_to_recover", &RecoveryResult::time_to_recover, py::arg("observable"),
             "Time [s] after which `observable` stays below its own threshold; NaN: not within the duration.");
    m.def("recover", &recover, py::arg("skin"), py::arg("wound"), py::arg("duration"), py::arg("settings"),
          py::call_guard<py::gil_scoped_release>());
    bind_described<RecoveryBand>(m, "RecoveryBand", "How far a recovery is known: 90 % bands of times and curves.");
    m.def("recovery_band", &recovery_band, py::arg("skin"), py::arg("wound"), py::arg("duration"), py::arg("settings"),
          py::arg("n_draws"), py::arg("seed"), py::call_guard<py::gil_scoped_release>());
    m.def("draw_barrier", &draw_barrier, py::arg("skin"), py::arg("seed"), py::arg("i"));
    m.def(
        "stripped_excess",
        [](const Skin& skin, const py::object& time) {
            Eigen::VectorXd values;
            from_python(values, time, "time");
            const Eigen::VectorXd excess = stripped_excess(skin, values);
            return py::array_t<double>(excess.size(), excess.data());
        },
        py::arg("skin"), py::arg("time"));
    m.def("stripped_recovery_time", &stripped_recovery_time, py::arg("skin"));
}

}  // namespace skin::python
