#include <pybind11/stl/filesystem.h>

#include "bind_core.hpp"
#include "skin/tissue/skin.hpp"

namespace skin::python {

namespace {
Person person_from(const py::kwargs& kwargs) {
    Person person;
    assign(person, py::args(), kwargs, "person");
    validate(person, "person");
    return person;
}

void check_skin(const Skin& skin, const std::string&) { validate_skin(skin); }
}  // namespace

void bind_tissue(py::module_& m) {
    bind_enum<Sex>(m, "Sex", "Whose law of dermis thickness holds.");
    bind_parameters<Layer>(m, "Layer", "One layer of skin.");
    bind_parameters<Person>(m, "Person", "Whose skin it is.");
    bind_parameters<PersonLaws>(m, "PersonLaws", "How age, sex and condition change the reference values.");
    bind_parameters<Mechanics>(m, "Mechanics", "What a needle feels of the skin as a whole.");
    bind_parameters<TearResistance>(m, "TearResistance", "What resists a needle that drags sideways.");
    bind_parameters<VesselBed>(m, "VesselBed", "A bed of vessels, anchored to a layer.");
    bind_parameters<Vasculature>(m, "Vasculature", "Vessels that a needle can cut.");
    bind_parameters<Barrier>(m, "Barrier", "How a channel recoils, dries and reseals.");
    bind_parameters<SoluteTransport>(m, "SoluteTransport", "What solutes meet in skin besides the layers.");
    bind_parameters<HealingBiology>(m, "HealingBiology", "Rates of the healing cascade.");
    bind_parameters<Tolerance>(m, "Tolerance", "What living skin tolerates.");

    bind_parameters<Skin>(m, "Skin", "Layers outermost first, the person, and the constants that each physics reads.", check_skin)
        .def_static(
            "preset",
            [](const std::string& id, const py::kwargs& person) { return Skin::preset(id, person_from(person)); },
            py::arg("id"), "A shipped set for one person: preset('face_cheek', age_years=45, sex='female').")
        .def_static(
            "load",
            [](const std::filesystem::path& path, const py::kwargs& person) {
                return Skin::load(path, person_from(person));
            },
            py::arg("path"), "A user's own set, same format as the shipped ones.")
        .def_static(
            "presets",
            [] {
                py::list ids;
                for (const auto& id : Skin::presets()) ids.append(id);
                return ids;
            },
            "Ids of the shipped sets.")
        .def(
            "layer",
            [](const py::object& self, const std::string& name) {
                return to_python(self.cast<const Skin&>().layer(name), self);
            },
            py::arg("name"), "The layer of that name.")
        .def("has_layer", &Skin::has_layer, py::arg("name"))
        .def("top_of", &Skin::top_of, py::arg("name"), "Depth of the upper border of a layer, m.")
        .def("bottom_of", &Skin::bottom_of, py::arg("name"), "Depth of the lower border of a layer, m.")
        .def_property_readonly("thickness", &Skin::thickness, "Thickness of all layers together, m.");
}

}  // namespace skin::python
