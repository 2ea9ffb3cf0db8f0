#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bind_core.hpp"
#include "run_interruptible.hpp"
#include "skin/ensemble/batch.hpp"
#include "skin/ensemble/bench.hpp"
#include "skin/ensemble/population.hpp"

namespace skin::python {

void bind_ensemble(py::module_& m) {
    bind_enum<SampleStatus>(m, "SampleStatus", "What became of one sample; `status` holds the position in this list.");
    bind_described<InsertBatch>(m, "InsertBatch", "One insertion a skin; a failed one has its status, words and NaN.");
    bind_parameters<PopulationSettings>(
        m, "PopulationSettings", "How many persons, and what is drawn about them.",
        [](const PopulationSettings& settings, const std::string& path) { validate_population(settings, path); });
    m.def(
        "population", [](const PopulationSettings& settings) { return population(settings); }, py::arg("settings"),
        py::call_guard<py::gil_scoped_release>());

    bind_parameters<Design>(m, "Design", "A needle design: a device and how it is used.");
    bind_parameters<DesignSet>(m, "DesignSet", "Designs to compare, and the persons to compare them on.",
                               [](const DesignSet& set, const std::string&) { validate_designs(set); });
    bind_described<DesignResult>(m, "DesignResult",
                                 "One design on some persons; a failed one has its status, words and NaN.");
    m.def("load_designs", &load_designs, py::arg("path_or_name"));
    m.def("designs", [] { return to_python(designs(), py::none()); });
    m.def(
        "bench_design",
        [](const DesignSet& set, std::size_t design, int first, int n, const InsertionSettings& settings,
           const py::object& on_progress, int threads) {
            return run_interruptible(on_progress, threads, [&](const RunControl& control) {
                return bench_design(set, design, first, n, settings, control);
            });
        },
        py::arg("designs"), py::arg("design"), py::arg("first"), py::arg("n"), py::arg("settings"),
        py::arg("on_progress"), py::arg("threads"));
    m.def(
        "insert_batch_needle",
        [](const py::list& skins, const Needle& needle, const Travel& use, const InsertionSettings& settings,
           const py::object& on_progress, int threads) {
            std::vector<const Skin*> places;  // the list holds them, and they never change
            places.reserve(skins.size());
            for (const py::handle skin : skins) places.push_back(&skin.cast<const Skin&>());
            return run_interruptible(on_progress, threads, [&](const RunControl& control) {
                return detail::insert_batch(places, needle, use, settings, control);
            });
        },
        py::arg("skins"), py::arg("needle"), py::arg("use"), py::arg("settings"), py::arg("on_progress"),
        py::arg("threads"));
    m.def(
        "insert_batch_device",
        [](const std::vector<Skin>& skins, const py::object& device_object, const py::object& use_object,
           std::uint64_t seed, const InsertionSettings& settings, const py::object& on_progress, int threads) {
            Device device;
            Use use;
            from_python(device, device_object, "device");
            from_python(use, use_object, "use");
            return run_interruptible(on_progress, threads, [&](const RunControl& control) {
                return insert_batch(skins, device, use, seed, settings, control);
            });
        },
        py::arg("skins"), py::arg("device"), py::arg("use"), py::arg("seed"), py::arg("settings"),
        py::arg("on_progress"), py::arg("threads"));

    // Skin.population belongs to the class, but its parts are only known here.
    py::object skin_class = py::type::of<Skin>();
    skin_class.attr("population") = py::staticmethod(py::cpp_function(
        [](const std::string& preset, const py::kwargs& kwargs) -> py::object {
            return py::module_::import("libskin.ensemble").attr("population")(preset, **kwargs);
        },
        py::name("population"), py::scope(skin_class), py::arg("preset"),
        py::doc("Skins of n persons: population('face_cheek', n=1000, age_years=(30, 70), seed=1).")));
}

}  // namespace skin::python
