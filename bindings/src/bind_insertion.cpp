#include <pybind11/stl.h>

#include <optional>

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
    bind_enum<HoleCapture>(m, "HoleCapture", "What a strike does that comes down on an older hole.");
    bind_enum<DrumContact>(m, "DrumContact", "How the skin lies under the drum of a roller.");
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
    auto curve = py::class_<InsertionCurve>(
        m, "InsertionCurve",
        "One needle in one skin at one speed, prepared once: numbers or arrays in, SI, NaN outside of the range.");
    curve.def(py::init([](const Skin& skin, const Needle& needle, double speed,
                          const std::optional<InsertionSettings>& settings) {
                  return InsertionCurve(skin, needle, speed, settings.value_or(InsertionSettings{}));
              }),
              py::arg("skin"), py::arg("needle"), py::arg("speed") = 1.0e-3, py::arg("settings") = py::none());
    const auto add = [&curve](const char* name, double (InsertionCurve::*member)(double) const noexcept,
                              const char* argument, const char* doc) {
        curve.def(
            name,
            [member](const InsertionCurve& self, const py::object& value) -> py::object {
                if (!py::isinstance<py::array>(value) && !py::isinstance<py::sequence>(value)) {
                    double number = 0.0;
                    from_python(number, value, "insertion_curve");
                    return py::float_((self.*member)(number));
                }
                const auto in = py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(value);
                if (!in) throw ParameterError("insertion_curve takes a number or an array of numbers");
                py::array_t<double> out(std::vector<py::ssize_t>(in.shape(), in.shape() + in.ndim()));
                for (py::ssize_t i = 0; i < in.size(); ++i) out.mutable_data()[i] = (self.*member)(in.data()[i]);
                return out;
            },
            py::arg(argument), doc);
    };
    add("depth_at_travel", &InsertionCurve::depth_at_travel, "travel", "Tip depth [m] on the way in.");
    add("force_at_travel", &InsertionCurve::force_at_travel, "travel", "Force [N] on the way in.");
    add("depth_at_force", &InsertionCurve::depth_at_force, "force", "Tip depth [m] at a force on the way in.");
    add("travel_at_force", &InsertionCurve::travel_at_force, "force", "Depth and deflection [m] at a force.");
    add("force_at_depth", &InsertionCurve::force_at_depth, "depth", "Force [N] of the advancing tip.");
    add("deflection_at_force", &InsertionCurve::deflection_at_force, "force", "Of the surface [m].");
    add("force_at_deflection", &InsertionCurve::force_at_deflection, "deflection", "Force [N] of the dented skin.");
    curve.def_property_readonly(
        "breaks", [](const InsertionCurve& self) { return py::tuple(py::cast(self.breaks())); },
        "Travels [m] at which the tip breaks through and jumps deeper, in order.");
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
