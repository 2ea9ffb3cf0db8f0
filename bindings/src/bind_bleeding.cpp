#include "bind_core.hpp"
#include "skin/bleeding.hpp"

namespace skin::python {

void bind_bleeding(py::module_& m) {
    bind_enum<BleedModel>(m, "BleedModel", "How vessels are cut.");
    bind_parameters<BleedingSettings>(m, "BleedingSettings", "Choices of bleed().");
    bind_described<BleedingResult>(m, "BleedingResult", "Which needles drew blood, and how much.");
    m.def("bleed", &bleed, py::arg("skin"), py::arg("wound"), py::arg("settings"),
          py::call_guard<py::gil_scoped_release>());
}

}  // namespace skin::python
