#include <pybind11/stl.h>

#include "bind_core.hpp"
#include "skin/safety.hpp"

namespace skin::python {

void bind_safety(py::module_& m) {
    bind_enum<IrritationModel>(m, "IrritationModel", "How irritants add up.");
    bind_parameters<SafetySettings>(m, "SafetySettings", "Choices of assess().");
    bind_described<ParticleReport>(m, "ParticleReport", "What particles of one product do in the channels.");
    bind_described<SafetyResult>(m, "SafetyResult", "What can go wrong: relative indices and flags.");
    using Many =
        SafetyResult(const Skin&, const std::vector<Exposure>&, const Wound&, const Closure&, const SafetySettings&);
    m.def("assess", static_cast<Many*>(&assess), py::arg("skin"), py::arg("exposures"), py::arg("wound"),
          py::arg("closure"), py::arg("settings"), py::call_guard<py::gil_scoped_release>());
}

}  // namespace skin::python
