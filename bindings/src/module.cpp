// The compiled half of the package. Nobody imports it: defaults, docstrings and strings live in libskin/*.py.
#include "bind.hpp"

namespace skin::python {
namespace {

/// New exception that is also one of Python's own: `class ParameterError(Error, ValueError)`.
PyObject* new_exception(py::module_& m, const char* name, const char* doc, PyObject* first,
                        PyObject* second = nullptr) {
    py::list bases;
    bases.append(py::handle(first));
    if (second != nullptr) bases.append(py::handle(second));
    const std::string full = std::string{"libskin."} + name;
    PyObject* type = PyErr_NewExceptionWithDoc(full.c_str(), doc, py::tuple(bases).ptr(), nullptr);
    if (type == nullptr) throw py::error_already_set();
    m.add_object(name, py::handle(type));
    return type;
}

PyObject *error, *parameter_error, *data_error, *file_error, *solver_error, *cancelled;  // live as long as the process

void bind_errors(py::module_& m) {
    error = new_exception(m, "Error", "Base of everything that libskin raises.", PyExc_Exception);
    parameter_error =
        new_exception(m, "ParameterError", "Bad input: names field, value and range.", error, PyExc_ValueError);
    data_error = new_exception(m, "DataError", "Bad parameter or treatment file: names file, line and key.", error,
                               PyExc_ValueError);
    file_error = new_exception(m, "FileError", "A file cannot be read or written.", error, PyExc_OSError);
    solver_error = new_exception(m, "SolverError", "The numbers failed: says when, where and what was tried.", error,
                                 PyExc_RuntimeError);
    cancelled = new_exception(m, "Cancelled", "A stop was asked for; says how far the work came.", error);
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const ParameterError& e) {
            PyErr_SetString(parameter_error, e.what());
        } catch (const DataError& e) {
            PyErr_SetString(data_error, e.what());
        } catch (const FileError& e) {
            PyErr_SetString(file_error, e.what());
        } catch (const SolverError& e) {
            PyErr_SetString(solver_error, e.what());
        } catch (const Cancelled& e) {
            PyErr_SetString(cancelled, e.what());
        } catch (const Error& e) {
            PyErr_SetString(error, e.what());
        }
    });
}

}  // namespace
}  // namespace skin::python

PYBIND11_MODULE(_core, m) {
    using namespace skin::python;
    m.doc() = "Compiled core of libskin; import libskin instead.";
    bind_errors(m);
    bind_core(m);
    bind_tissue(m);
    bind_device(m);
    bind_topical(m);
    bind_wound(m);
    bind_insertion(m);
    bind_tearing(m);
    bind_bleeding(m);
    bind_recovery(m);
    bind_transport(m);
    bind_safety(m);
    bind_healing(m);
    bind_ensemble(m);
    bind_treatment(m);
    bind_io(m);
}
