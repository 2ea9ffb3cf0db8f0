#include "bind_core.hpp"
#include "skin/tearing.hpp"

namespace skin::python {

void bind_tearing(py::module_& m) {
    bind_enum<TearModel>(m, "TearModel", "How a slit grows.");
    bind_enum<SlicePush>(m, "SlicePush", "Whether axial sliding eases the cut.");
    bind_enum<LateralStiffness>(m, "LateralStiffness", "What holds the skin that a needle pushes sideways.");
    bind_enum<InitialSlit>(m, "InitialSlit", "How long a slit is before any drag.");
    bind_enum<RollingModel>(m, "RollingModel", "On what a drum rolls that nobody brakes or pushes.");
    bind_parameters<TearingSettings>(m, "TearingSettings", "Choices of tear().");
    bind_described<TearingResult>(m, "TearingResult", "Slits and the risk of a tear.")
        .def_property_readonly(
            "risk_band", [](const TearingResult& r) { return py::make_tuple(r.risk_low, r.risk_high); },
            "Lower and upper end of the band of risk_index [1].");
    m.def(
        "tear",
        [](const Skin& skin, const py::object& device_object, const py::object& use_object, const Wound& wound,
           std::uint64_t seed, const TearingSettings& settings) {
            Device device;
            Use use;
            from_python(device, device_object, "device");
            from_python(use, use_object, "use");
            const py::gil_scoped_release no_gil;
            return tear(skin, device, use, wound, seed, settings);
        },
        py::arg("skin"), py::arg("device"), py::arg("use"), py::arg("wound"), py::arg("seed"), py::arg("settings"));
    bind_described<TreatedArea>(m, "TreatedArea", "What a whole treatment has, from a patch of it.");
    m.def("scale_to_area", &scale_to_area, py::arg("result"), py::arg("area"));
}

}  // namespace skin::python
