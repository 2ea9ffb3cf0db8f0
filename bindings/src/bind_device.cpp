#include "bind_core.hpp"
#include "skin/device/device.hpp"
#include "skin/device/needle_strength.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/device/use.hpp"
#include "skin/treatment/depth_band.hpp"

namespace skin::python {

namespace {
template <class D>
void check_device(const D& device, const std::string&) {
    validate_device(Device{device});
}
template <class U>
void check_use(const U& use, const std::string&) {
    validate_use(Use{use});
}
/// Length, radii and taper of a measured table follow from it; what is given beside it must agree.
void prepare_needle(Needle& needle, const py::kwargs& kwargs) {
    if (!kwargs.contains("profile")) return;
    const RowMatrix profile = to_matrix(py::object(kwargs["profile"]), "needle.profile");
    if (profile.size() == 0) return;
    Needle own = needle_from_profile(profile);
    validate_needle(own);  // the table first: lengths and radii follow from it
    own.bore_radius = needle.bore_radius;
    own.material = needle.material;
    needle = own;
}
/// As other parameters, without tables that are empty and what was not stated.
template <class Struct>
void set_parameters_repr(py::class_<Struct>& cls, const char* name) {
    set_repr(cls, [name = std::string{name}](const py::object& self) {
        std::vector<std::tuple<std::string, py::object, std::string>> items;
        for (const auto& member : members_of<Struct>()) {
            py::object value = member.get(self.cast<const Struct&>(), self);
            const bool empty = value.is_none() || (member.type == "Array" && value.attr("size").cast<int>() == 0);
            if (member.name != "origins" && !empty) items.emplace_back(member.name, value, member.unit);
        }
        return repr_of_parameters(name, items);
    });
}
Device device_from(const py::object& value) {
    Device device;
    from_python(device, value, "device");
    return device;
}
Use use_from(const py::object& value) {
    Use use;
    from_python(use, value, "use");
    return use;
}
}  // namespace

void bind_device(py::module_& m) {
    bind_enum<NeedleShape>(m, "NeedleShape", "What a needle looks like.");
    bind_enum<StampLayout>(m, "StampLayout", "How the needles of a stamp stand on its plate.");
    bind_parameters<NeedleMaterial>(m, "NeedleMaterial", "What a needle is made of: what bends it and what breaks it.");
    auto needle = bind_parameters<Needle>(
        m, "Needle", "A needle: its outline from tip to base plate, and what it is made of.",
        [](const Needle& value, const std::string& path) { validate_needle(value, path); }, prepare_needle);
    set_parameters_repr(needle, "Needle");
    auto stamp_class = bind_parameters<Stamp>(m, "Stamp", "Needles on a plate.", check_device<Stamp>);
    set_parameters_repr(stamp_class, "Stamp");
    bind_parameters<Pen>(m, "Pen", "Needles on a circle, driven by a crank behind a nose that rests on the skin.",
                         check_device<Pen>);
    bind_parameters<Roller>(m, "Roller", "Rings of needles on a drum.", check_device<Roller>);
    bind_parameters<Travel>(m, "Travel", "Test rig: the base moves by a set distance after first contact.",
                            check_use<Travel>);
    bind_parameters<Pressing>(m, "Pressing", "A set force on the whole device.", check_use<Pressing>);
    bind_parameters<Impact>(m, "Impact", "The device hits the skin with kinetic energy.", check_use<Impact>);
    bind_parameters<Rolling>(m, "Rolling", "A hand rolls a drum.", check_use<Rolling>);
    bind_parameters<Gliding>(m, "Gliding", "A hand glides a pen over the skin.", check_use<Gliding>);
    bind_enum<DepthBand>(m, "DepthBand", "Label of what is set on the device.");

    bind_described<StrikePattern>(m, "StrikePattern", "Where, when, at which tilt and how fast each needle strikes.");
    m.def(
        "strike_pattern",
        [](const py::object& device, const py::object& use, int n_strikes, std::uint64_t seed) {
            return strike_pattern(device_from(device), use_from(use), n_strikes, seed);
        },
        py::arg("device"), py::arg("use"), py::arg("n_strikes"), py::arg("seed"));
    m.def(
        "device",
        [](const std::string& id) {
            return std::visit([](auto&& held) { return py::cast(std::move(held)); }, device(id));
        },
        py::arg("id"));
    m.def("needle_material", &needle_material, py::arg("id"));
    m.def("needle_materials", [] { return to_python(needle_materials(), py::none()); });
    m.def("buckling_force", &buckling_force, py::arg("needle"));
    m.def(
        "needle_positions",
        [](const Stamp& stamp) {  // a copy: no bound object owns the places
            const RowMatrix places = needle_positions(stamp);
            return py::array_t<double>({places.rows(), places.cols()}, places.data());
        },
        py::arg("stamp"));
    m.def("devices", [] { return to_python(devices(), py::none()); });
    m.def(
        "depth_band", [](const py::object& d) { return to_python(depth_band(device_from(d)), py::none()); },
        py::arg("device"));
    m.def(
        "nominal_setting", [](const py::object& d) { return nominal_setting(device_from(d)); }, py::arg("device"));
}

}  // namespace skin::python
