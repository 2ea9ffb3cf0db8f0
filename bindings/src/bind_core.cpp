#include "bind_core.hpp"

#include "skin/core/units.hpp"
#include "skin/core/version.hpp"

namespace skin::python {

void bind_core(py::module_& m) {
    m.attr("__version__") = std::string{version()};
    m.def("git_revision", [] { return std::string{git_revision()}; });
    m.def("build_description", [] { return std::string{build_description()}; });
    m.def("parse_quantity", &units::parse, py::arg("quantity"), py::arg("expected"));
    m.def("pretty", &units::pretty, py::arg("value"), py::arg("si_unit"));

    bind_enum<Kind>(m, "Kind", "How a value came to be known.");
    bind_parameters<Origin>(m, "Origin", "What the data file says about one value.");
    bind_parameters<Warning>(m, "Warning", "One sentence that a result carries, with a code and a place.");
    bind_described<ResultInfo>(m, "ResultInfo", "What a result says about itself.");
    bind_described<Provenance>(m, "Provenance", "What a whole run says about itself: enough to run it again.");
}

}  // namespace skin::python
