#include <pybind11/stl.h>

#include "bind_core.hpp"
#include "run_interruptible.hpp"
#include "skin/ensemble/batch.hpp"
#include "skin/ensemble/population.hpp"

namespace skin::python {

void bind_ensemble(py::module_& m) {
    bind_enum<SampleStatus>(m, "SampleStatus", "What became of one sample; `status` holds the position in this list.");
    bind_described<InsertBatch>(m, "InsertBatch", "One insertion a skin; a failed one has its status, words and NaN.");
    m.def(
        "population",
        [](const std::string& preset, int n, double age_low, double age_high, std::uint64_t seed,
           const Person& person) {
            const PopulationSettings settings{preset, person, n, age_low, age_high, seed};
            const py::gil_scoped_release no_gil;
            return population(settings);
        },
        py::arg("preset"), py::arg("n"), py::arg("age_low"), py::arg("age_high"), py::arg("seed"), py::arg("person"));
    m.def(
        "insert_batch_needle",
        [](const std::vector<Skin>& skins, const Needle& needle, const Travel& use, const InsertionSettings& settings,
           const py::object& on_progress, int threads) {
            return run_interruptible(on_progress, threads, [&](const RunControl& control) {
                return insert_batch(skins, needle, use, settings, control);
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
