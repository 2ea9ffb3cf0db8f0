#include "bind_core.hpp"
#include "skin/device/device.hpp"
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
    bind_parameters<Needle>(m, "Needle", "A needle: a cone that ends in a shank.",
                            [](const Needle& needle, const std::string& path) { validate_needle(needle, path); });
    bind_parameters<Stamp>(m, "Stamp", "Needles on a plate, a regular grid.", check_device<Stamp>);
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
    m.def("devices", [] { return to_python(devices(), py::none()); });
    m.def(
        "depth_band", [](const py::object& d) { return to_python(depth_band(device_from(d)), py::none()); },
        py::arg("device"));
    m.def(
        "nominal_setting", [](const py::object& d) { return nominal_setting(device_from(d)); }, py::arg("device"));
}

}  // namespace skin::python
