#include "bind_core.hpp"
#include "skin/wound.hpp"

namespace skin::python {

void bind_wound(py::module_& m) {
    bind_parameters<InjuryDose>(m, "InjuryDose", "What needling did to the living layers in one session.");
    bind_parameters<Wound>(m, "Wound", "What needling left behind, one row a channel.",
                           [](const Wound& wound, const std::string&) { validate_wound(wound); })
        .def("__len__", &Wound::size)
        .def_property_readonly("holes_per_area", &Wound::holes_per_area, "Holes per area [1/m^2]; 0 without channels.")
        .def("injury_dose", &Wound::injury_dose, py::arg("skin"), py::call_guard<py::gil_scoped_release>(),
             "Injured volume fractions of one session, for heal.");
    bind_parameters<ChannelClasses>(m, "ChannelClasses", "A few representative channels and how many each stands for.")
        .def("__len__", &ChannelClasses::size);
    bind_parameters<Closure>(m, "Closure",
                             "How the channels of each class close over time; empty: they stay as they are.")
        .def("__bool__", [](const Closure& closure) { return !closure.empty(); });
    bind_parameters<Exposure>(m, "Exposure", "What living skin meets of one product over time.");
    m.def("intact_skin", &intact_skin);
    m.def("channel_classes", &channel_classes, py::arg("wound"), py::arg("n_classes"));
}

}  // namespace skin::python
