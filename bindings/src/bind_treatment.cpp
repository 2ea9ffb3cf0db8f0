#include "bind_treatment.hpp"

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "run_interruptible.hpp"

namespace skin::python {

void bind_treatment(py::module_& m) {
    bind_parameters<Protocol>(m, "Protocol", "What is done to the skin: the device, its use, the products, how often.",
                              [](const Protocol& protocol, const std::string&) { validate_protocol(protocol); });
    bind_parameters<TreatmentCase>(m, "TreatmentCase", "A treatment file: whose skin, and what is done to it.");
    bind_parameters<TreatmentSettings>(m, "TreatmentSettings", "Choices of every verb in one place.");
    bind_described<Summary>(m, "Summary", "The few numbers and words that a person asks for first.");
    bind_described<SessionResult>(m, "SessionResult", "One session of a treatment.");
    auto result = bind_values<TreatmentResult>(m, "TreatmentResult", "A whole treatment.");
    set_repr(result, [](const TreatmentResult& r) { return summary(r); });
    result.def_property_readonly("warnings", [](const py::object& self) {
        return to_python(self.cast<const TreatmentResult&>().info.warnings, self);
    });
    // The first session's parts under their own names.
    for (const auto& member : members_of<SessionResult>()) {
        const auto get = member.get;
        result.def_property_readonly(
            member.name.c_str(),
            [get](const py::object& self) -> py::object {
                const auto& sessions = self.cast<const TreatmentResult&>().sessions;
                if (sessions.empty()) throw ParameterError("treatment_result.sessions is empty");
                return get(sessions.front(), self);
            },
            py::doc((member.meaning + ", first session").c_str()));
    }

    m.def(
        "summary", [](const TreatmentResult& r) { return summary(r); }, py::arg("result"));
    m.def("load_treatment", &load_treatment, py::arg("path_or_name"), py::arg("overrides"));
    m.def("treatments", [] { return to_python(treatments(), py::none()); });
    m.def(
        "treat",
        [](const Skin& skin, const Protocol& protocol, std::uint64_t seed, const py::object& on_progress, int threads,
           const TreatmentSettings& settings) {
            return run_interruptible(on_progress, threads, [&](const RunControl& control) {
                return treat(skin, protocol, seed, control, settings);
            });
        },
        py::arg("skin"), py::arg("protocol"), py::arg("seed"), py::arg("on_progress"), py::arg("threads"),
        py::arg("settings"));
}

}  // namespace skin::python
