#include <pybind11/stl.h>

#include "bind_core.hpp"
#include "skin/healing.hpp"

namespace skin::python {

void bind_healing(py::module_& m) {
    bind_enum<HealModel>(m, "HealModel", "How tissue heals.");
    bind_parameters<HealingSettings>(m, "HealingSettings", "Choices of heal().");
    bind_described<Phase>(m, "Phase", "One phase of healing in one layer.");
    bind_described<HealingResult>(m, "HealingResult", "How the living layers heal, over all sessions.")
        .def("collagen_gain", &HealingResult::collagen_gain, py::arg("layer_name"),
             "New collagen at the end as a share of the baseline.")
        .def(
            "phases", [](const HealingResult& result) { return phases(result); },
            "Inflammation, proliferation and remodelling in each layer.");
    m.def("relative_pain", &relative_pain, py::arg("skin"), py::arg("needle_length"), py::arg("n_needles"));
    m.def("repeated", &repeated, py::arg("dose"), py::arg("sessions"), py::arg("interval"));
    m.def("heal", &heal, py::arg("skin"), py::arg("doses"), py::arg("duration"), py::arg("settings"),
          py::call_guard<py::gil_scoped_release>());
}

}  // namespace skin::python
