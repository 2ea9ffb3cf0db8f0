#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bind_treatment.hpp"
#include "skin/io/parameters.hpp"
#include "skin/io/results.hpp"

namespace skin::python {

template <>
struct Members<Explanation> {
    using E = Explanation;
    static constexpr auto fields() {
        return FieldList{Field{"name", &E::name, "1", "dotted name"},
                         Field{"value", &E::value, "SI", "the number"},
                         Field{"unit", &E::unit, "1", "its unit"},
                         Field{"meaning", &E::meaning, "1", "one phrase"},
                         Field{"origin", &E::origin, "1", "where it comes from"},
                         Field{"read_by", &E::read_by, "1", "physics that read it"},
                         Field{"reference", &E::reference, "1", "the full reference"}};
    }
};

namespace {
template <class Result>
void bind_save(py::module_& m) {
    m.def(
        "save",
        [](const Result& result, const std::filesystem::path& path, bool compress) {
            save(result, path, SaveOptions{.compress = compress});
        },
        py::arg("result"), py::arg("path"), py::arg("compress"), py::call_guard<py::gil_scoped_release>());
}
}  // namespace

void bind_io(py::module_& m) {
    auto explanation = bind_values<Explanation>(m, "Explanation", "Where one value comes from and who reads it.");
    set_repr(explanation, [](const Explanation& e) { return to_text(e); });

    m.def("data_folder", &data_folder);
    m.def("set_data_folder", &set_data_folder, py::arg("folder"));
    m.def(
        "load_device",
        [](const std::filesystem::path& path) {
            return std::visit([](auto&& held) { return py::cast(std::move(held)); }, load_device(path));
        },
        py::arg("path"));
    m.def("load_active", &load_active, py::arg("path"));
    m.def("load_vehicle", &load_vehicle, py::arg("path"));
    m.def("load_topical", &load_topical, py::arg("path"));
    m.def(
        "load_lateral_table",
        [](const std::filesystem::path& path) {
            const RowMatrix table = load_lateral_table(path);
            return py::array_t<double>({table.rows(), table.cols()}, table.data());
        },
        py::arg("path"));
    m.def("check_file", &check_file, py::arg("path"));
    m.def(
        "explain", [](const Skin& skin, const std::string& name) { return explain(skin, name); }, py::arg("value"),
        py::arg("name"));
    m.def(
        "explain", [](const Topical& topical, const std::string& name) { return explain(topical, name); },
        py::arg("value"), py::arg("name"));
    m.def(
        "explain",
        [](const py::object& value, const std::string& name) {
            Device device;
            from_python(device, value, "device");
            return explain(device, name);
        },
        py::arg("value"), py::arg("name"));
    m.def("reference", &reference, py::arg("key"));
    m.def("parameter_text", &parameter_text, py::arg("id"));
    m.def("sha256", &sha256, py::arg("content"));

    bind_save<TreatmentResult>(m);
    bind_save<InsertionResult>(m);
    bind_save<TearingResult>(m);
    bind_save<BleedingResult>(m);
    bind_save<RecoveryResult>(m);
    bind_save<DeliveryResult>(m);
    bind_save<SafetyResult>(m);
    bind_save<HealingResult>(m);
    m.def(
        "load",
        [](const std::filesystem::path& path) {
            AnyResult result = [&] {
                const py::gil_scoped_release no_gil;
                return load_any(path);
            }();
            return std::visit([](auto&& held) { return py::cast(std::move(held)); }, std::move(result));
        },
        py::arg("path"));
}

}  // namespace skin::python
