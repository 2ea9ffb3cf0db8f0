#include <pybind11/stl/filesystem.h>

#include "bind_core.hpp"
#include "skin/core/units.hpp"
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

/// A table of the layers; the constants of each physics would fill pages.
std::string words_of(const Skin& skin) {
    std::string text =
        "Skin '" + skin.id + "'" + (skin.title.empty() ? "" : ": " + skin.title) +
        skin::text("\n  %g years, sex %s", skin.person.age_years, std::string{name_of(skin.person.sex)}.c_str());
    text += "\n  layer                 thickness   mu (Ogden)   toughness";
    for (const Layer& layer : skin.layers) {
        text += skin::text(
            "\n  %-20s  %-10s  %-11s  %s", layer.name.c_str(), units::pretty(layer.thickness, "m").c_str(),
            units::pretty(layer.ogden_modulus, "Pa").c_str(), units::pretty(layer.toughness, "J/m^2").c_str());
    }
    return text;
}

/// The laws of age and sex have been applied to the members: another person needs the reference values again.
void refuse_person(const Skin& skin, const py::kwargs& changes) {
    if (skin.origins.empty()) return;  // built in code: nothing was applied
    for (auto [key, value] : changes) {
        const std::string name = py::str(key);
        if (name == "person" || name.starts_with("person.") || name.starts_with("person_laws")) {
            throw ParameterError("skin." + name +
                                 " cannot be replaced: its laws have already changed the layers; use "
                                 "Skin.preset(id, age_years=...) or Skin.load(path, age_years=...)");
        }
    }
}
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

    auto cls = bind_parameters<Skin>(
        m, "Skin", "Layers outermost first, the person, and the constants that each physics reads.", check_skin);
    set_repr(cls, [](const Skin& skin) { return words_of(skin); });
    const py::object replace = cls.attr("replace");
    cls.attr("replace") = py::cpp_function(
        [replace](const py::object& self, const py::kwargs& changes) -> py::object {
            refuse_person(self.cast<const Skin&>(), changes);
            return replace(self, **changes);
        },
        py::name("replace"), py::is_method(cls),
        py::doc("A copy with some members changed; dotted names reach inside."));
    cls.def_static(
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
