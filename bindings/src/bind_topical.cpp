#include "bind_core.hpp"
#include "skin/topical/application.hpp"

namespace skin::python {

void bind_topical(py::module_& m) {
    bind_enum<CompoundType>(m, "CompoundType", "How albumin binds a solute.");
    bind_enum<SoluteClass>(m, "SoluteClass", "Which law gives diffusivity and clearance.");
    bind_enum<When>(m, "When", "Before or after needling.");
    bind_parameters<Active>(m, "Active", "A solute: what the property chain needs and what overrides it.");
    bind_parameters<Vehicle>(m, "Vehicle", "What carries the active.");
    bind_parameters<Topical>(m, "Topical", "A product: one active at a concentration in a vehicle.");
    bind_parameters<Application>(m, "Application", "When, how much and how a product is put on.");
    m.def("active", &active, py::arg("id"));
    m.def("vehicle", &vehicle, py::arg("id"));
    m.def("topical", &topical, py::arg("id"));
    m.def("actives", [] { return to_python(actives(), py::none()); });
    m.def("vehicles", [] { return to_python(vehicles(), py::none()); });
    m.def("topicals", [] { return to_python(topicals(), py::none()); });
}

}  // namespace skin::python
