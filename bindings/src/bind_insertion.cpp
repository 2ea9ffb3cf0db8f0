#include "bind_core.hpp"
#include "run_interruptible.hpp"
#include "skin/insertion.hpp"

namespace skin::python {

void bind_insertion(py::module_& m) {
    bind_enum<TipModel>(m, "TipModel", "Where the tip force comes from.");
    bind_enum<DeflectionModel>(m, "DeflectionModel", "How the surface gives way under a needle.");
    bind_enum<ArrayCoupling>(m, "ArrayCoupling", "How needles of one array feel each other.");
    bind_enum<RateModel>(m, "RateModel", "How stiffness depends on speed.");
    bind_enum<CuttingLaw>(m, "CuttingLaw", "What steady cutting costs.");
    bind_enum<ToughnessLaw>(m, "ToughnessLaw", "Whether the toughness of a layer knows the size of the tool.");
    bind_enum<PunctureModel>(m, "PunctureModel", "When a tip that waits in front of a layer gets in.");
    bind_enum<DriveModel>(m, "DriveModel", "How an impact or a pen moves its needles.");
    bind_enum<DomeModel>(m, "DomeModel", "How far the skin bulges into the nose of a pen.");
    bind_enum<SkinMass>(m, "SkinMass", "Which mass of the skin moves with the needle.");
    bind_parameters<InsertionSettings>(m, "InsertionSettings", "Choices of insert().");
    bind_described<InsertionResult>(m, "InsertionResult", "What the needles did.")
        .def("depth_quantile", &InsertionResult::depth_quantile, py::arg("q"),
             "Depth [m] below which the share q of the strikes stayed.");
    bind_described<StrokesResult>(m, "StrokesResult", "What one needle does in time.");
    m.def(
        "strokes",
        [](const Skin& skin, const py::object& device_object, const py::object& use_object,
           const InsertionSettings& settings, double hold) {
            Device device;
            Use use;
            from_python(device, device_object, "device");
            from_python(use, use_object, "use");
            const py::gil_scoped_release no_gil;
            return strokes(skin, device, use, settings, hold);
        },
        py::arg("skin"), py::arg("device"), py::arg("use"), py::arg("settings"), py::arg("hold"));
    m.def(
        "insert_needle",
        [](const Skin& skin, const Needle& needle, const Travel& use, const InsertionSettings& settings) {
            return insert(skin, needle, use, settings);
        },
        py::arg("skin"), py::arg("needle"), py::arg("use"), py::arg("settings"),
        py::call_guard<py::gil_scoped_release>());
    m.def(
        "insert_device",
        [](const Skin& skin, const py::object& device_object, const py::object& use_object, std::uint64_t seed,
           const InsertionSettings& settings) {
            Device device;
            Use use;
            from_python(device, device_object, "device");
            from_python(use, use_object, "use");
            const py::gil_scoped_release no_gil;
            return insert(skin, device, use, seed, settings);
        },
        py::arg("skin"), py::arg("device"), py::arg("use"), py::arg("seed"), py::arg("settings"));
}

}  // namespace skin::python
