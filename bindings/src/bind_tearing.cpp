#include "bind_core.hpp"
#include "skin/tearing.hpp"
#include "skin/tearing/needle_path.hpp"

namespace skin::python {

void bind_tearing(py::module_& m) {
    bind_enum<TearModel>(m, "TearModel", "How a slit grows.");
    bind_enum<SlicePush>(m, "SlicePush", "Whether axial sliding eases the cut.");
    bind_enum<StrokeEnds>(m, "StrokeEnds", "What happens to the needles that are in the skin at touchdown and lift.");
    bind_enum<LateralStiffness>(m, "LateralStiffness", "What holds the skin that a needle pushes sideways.");
    bind_enum<InitialSlit>(m, "InitialSlit", "How long a slit is before any drag.");
    bind_enum<RollingModel>(m, "RollingModel", "On what a drum rolls that nobody brakes or pushes.");
    bind_parameters<TearingSettings>(m, "TearingSettings", "Choices of tear().");
    bind_described<TearingResult>(m, "TearingResult", "Slits and the risk of a tear.")
        .def_property_readonly(
            "risk_band", [](const TearingResult& r) { return py::make_tuple(r.risk_low, r.risk_high); },
            "Lower and upper end of the 90 % band of risk_index [1].")
        .def_property_readonly(
            "risk_causes",
            [](const TearingResult& r) {
                py::dict shares;
                for (std::size_t k = 0; k < r.cause.size(); ++k) {
                    shares[py::str(r.cause[k])] = r.risk_by_cause[static_cast<Eigen::Index>(k)];
                }
                return shares;
            },
            "Share of each cause in risk_index [1]; the shares add up to it.")
        .def_property_readonly(
            "words",
            [](const TearingResult& r) {
                py::list lines;
                for (const auto& line : tear_words(r)) lines.append(line);
                return py::tuple(lines);
            },
            "What a person should know of it, a sentence each.");
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
    m.def(
        "tear_index",
        [](const Skin& skin, const py::object& device_object, const py::object& use_object,
           const py::object& depth_object, const TearingSettings& settings) {
            Device device;
            Use use;
            Eigen::VectorXd depth;
            from_python(device, device_object, "device");
            from_python(use, use_object, "use");
            from_python(depth, depth_object, "depth");
            const py::gil_scoped_release no_gil;
            return tear_index(skin, device, use, depth, settings);
        },
        py::arg("skin"), py::arg("device"), py::arg("use"), py::arg("depth"), py::arg("settings"));
    bind_parameters<NeedlePathSettings>(m, "NeedlePathSettings", "Choices of needle_path().");
    bind_described<NeedlePath>(m, "NeedlePath", "The way of one needle of a roller through the skin.");
    m.def("needle_path", &needle_path, py::arg("skin"), py::arg("roller"), py::arg("use"), py::arg("depth"),
          py::arg("tearing"), py::arg("settings"));
    bind_described<TreatedArea>(m, "TreatedArea", "What a whole treatment has, from a patch of it.");
    m.def("scale_to_area", &scale_to_area, py::arg("result"), py::arg("area"));
}

}  // namespace skin::python
