#include "bind_core.hpp"
#include "skin/transport.hpp"

namespace skin::python {

void bind_transport(py::module_& m) {
    bind_enum<DeliveryModel>(m, "DeliveryModel", "Geometry of channels and tissue.");
    bind_enum<BaseCondition>(m, "BaseCondition", "What lies below the skin.");
    bind_enum<ChannelShape>(m, "ChannelShape", "How channels look to the transport model.");
    bind_parameters<DeliverySettings>(m, "DeliverySettings", "Choices of deliver().");
    bind_described<DeliveryResult>(m, "DeliveryResult", "One product over time, per area of skin.")
        .def(
            "penetration_depth",
            [](const DeliveryResult& result, double share) {
                const Eigen::VectorXd depth = result.penetration_depth(share);
                return py::array_t<double>(depth.size(), depth.data());
            },
            py::arg("share"), "Depth [m] over time above which that share of what is in living skin lies.")
        .def("time_above", &DeliveryResult::time_above, py::arg("layer"), py::arg("threshold"),
             "Time [s] during which the mean concentration in the tissue of a layer lies above a threshold [kg/m^3].")
        .def("lag_time", &DeliveryResult::lag_time,
             "Time [s] since it was put on at which the steepest tangent of what has passed the skin starts from "
             "nothing; NaN: nothing has passed.")
        .def(
            "bioavailability",
            [](const DeliveryResult& result) {
                const Eigen::VectorXd share = result.bioavailability();
                return py::array_t<double>(share.size(), share.data());
            },
            "Share of the dose over time that has passed the skin: cleared and receptor; NaN without a dose.")
        .def(
            "field_around",
            [](const DeliveryResult& result, const py::object& x, const py::object& y) {
                const NdArray field = result.field_around(to_vector(x, "x"), to_vector(y, "y"));
                return py::array_t<double>(field.shape, field.data.data());
            },
            py::arg("x"), py::arg("y"),
            "Content [kg/m^3] (time, x, y, section_depth) around the channel of the section at distances [m] from its "
            "axis, x along a slit and y across it; NaN outside its cell.");
    m.def("deliver", &deliver, py::arg("skin"), py::arg("wound"), py::arg("application"), py::arg("closure"),
          py::arg("duration"), py::arg("settings"), py::call_guard<py::gil_scoped_release>());
}

}  // namespace skin::python
