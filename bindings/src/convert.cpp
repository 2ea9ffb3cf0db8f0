#include "convert.hpp"

#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstring>

#include "bind.hpp"
#include "skin/core/units.hpp"

namespace skin::python {

namespace {

std::string shorten(std::string text, std::size_t limit) {
    return text.size() <= limit ? text : text.substr(0, limit - 3) + "...";
}

/// One value as a person reads it.
std::string words(const py::handle& value, const std::string& unit) {
    if (value.is_none()) return "none";
    if (py::isinstance<py::bool_>(value)) return value.cast<bool>() ? "True" : "False";
    if (py::isinstance<py::float_>(value)) {
        const double number = value.cast<double>();
        if (std::isnan(number)) return "NaN";
        return units::pretty(number, unit.empty() ? "1" : unit);
    }
    if (py::isinstance<py::str>(value)) return "'" + shorten(py::str(value), 60) + "'";
    if (py::isinstance<py::array>(value)) {
        const auto array = py::reinterpret_borrow<py::array_t<double>>(value);
        std::string shape;
        for (py::ssize_t axis = 0; axis < array.ndim(); ++axis) {
            shape += (axis > 0 ? ", " : "") + std::to_string(array.shape(axis));
        }
        shape = "(" + shape + ")";
        double lo = std::numeric_limits<double>::infinity(), hi = -lo;
        for (py::ssize_t i = 0; i < array.size(); ++i) {
            const double number = array.data()[i];
            if (std::isnan(number)) continue;
            lo = std::min(lo, number);
            hi = std::max(hi, number);
        }
        if (lo > hi) return shape;
        const std::string shown = unit.empty() ? "1" : unit;
        return shape + " " + units::pretty(lo, shown) + (lo == hi ? "" : " ... " + units::pretty(hi, shown));
    }
    if (py::isinstance<py::tuple>(value)) {
        const auto tuple = py::reinterpret_borrow<py::tuple>(value);
        std::string text;
        for (py::handle item : tuple) {
            text += (text.empty() ? "" : ", ") +
                    (py::hasattr(item, "name") ? py::str(item.attr("name")).cast<std::string>() : words(item, unit));
        }
        return "(" + shorten(text, 400) + ")";
    }
    const auto text = py::repr(value).cast<std::string>();
    if (std::count(text.begin(), text.end(), '\n') < 14) return text;
    return py::str(py::type::handle_of(value).attr("__name__")).cast<std::string>() + "(...)";  // too long to nest
}

}  // namespace

void reject(const std::string& path, py::handle value, const char* expected) {
    throw ParameterError(path + " = " + shorten(py::repr(value).cast<std::string>(), 80) + " is not " + expected);
}

double to_double(py::handle value, const std::string& path) {
    if (py::isinstance<py::str>(value)) {
        throw ParameterError(path + " = " + py::repr(value).cast<std::string>() +
                             " is text; give a number in SI, for example 1.5 * libskin.units.mm");
    }
    if (PyBool_Check(value.ptr())) reject(path, value, "a number");
    const double number = PyFloat_AsDouble(value.ptr());
    if (number == -1.0 && PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        reject(path, value, "a number");
    }
    return number;
}

std::int64_t to_integer(py::handle value, const std::string& path) {
    if (PyBool_Check(value.ptr()) || PyIndex_Check(value.ptr()) == 0) reject(path, value, "a whole number");
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
    int overflow = 0;
    const long long result = number ? PyLong_AsLongLongAndOverflow(number.ptr(), &overflow) : -1;
    if (!number || overflow != 0 || (result == -1 && PyErr_Occurred() != nullptr)) {
        PyErr_Clear();
        reject(path, value, "a whole number that fits into 64 bits");
    }
    return result;
}

bool to_bool(py::handle value, const std::string& path) {
    if (PyBool_Check(value.ptr())) return value.ptr() == Py_True;
    const std::string type = py::type::handle_of(value).attr("__name__").cast<std::string>();
    if (type == "bool" || type == "bool_") return py::bool_(py::reinterpret_borrow<py::object>(value));  // NumPy's
    reject(path, value, "True or False");
}

std::string to_string(py::handle value, const std::string& path) {
    if (!py::isinstance<py::str>(value)) reject(path, value, "text");
    return py::str(value);
}

Eigen::VectorXd to_vector(py::handle value, const std::string& path) {
    const auto array = py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(value);
    if (!array || array.ndim() > 1) {
        PyErr_Clear();
        reject(path, value, "one axis of numbers");
    }
    Eigen::VectorXd result(array.size());
    std::copy_n(array.data(), array.size(), result.data());
    return result;
}

RowMatrix to_matrix(py::handle value, const std::string& path) {
    const auto array = py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(value);
    if (!array || array.ndim() != 2) {
        PyErr_Clear();
        reject(path, value, "two axes of numbers");
    }
    RowMatrix result(array.shape(0), array.shape(1));
    std::copy_n(array.data(), array.size(), result.data());
    return result;
}

namespace {
py::array read_only(py::array array) {
    py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
    return array;
}
}  // namespace

// With an owner NumPy keeps the owner alive instead of copying.
py::array view(const double* data, std::vector<py::ssize_t> shape, py::handle owner) {
    return read_only(py::array_t<double>(std::move(shape), data, owner));
}

py::array int_view(const int* data, py::ssize_t size, py::handle owner) {
    return read_only(py::array_t<int>(std::vector<py::ssize_t>{size}, data, owner));
}

py::object read_only_mapping(const py::dict& dict) {
    return py::module_::import("types").attr("MappingProxyType")(dict);
}

py::object nested_replace(py::handle current, const py::dict& changes) { return current.attr("replace")(**changes); }

int find_named(py::handle tuple, const std::string& name) {
    if (!py::isinstance<py::tuple>(tuple)) return -1;
    int index = 0;
    for (py::handle item : py::reinterpret_borrow<py::tuple>(tuple)) {
        if (py::hasattr(item, "name") && py::str(item.attr("name")).cast<std::string>() == name) return index;
        ++index;
    }
    return -1;
}

py::object replace_in_part(py::handle current, const std::string& rest, py::handle value) {
    if (!py::isinstance<py::tuple>(current)) {
        py::dict change;
        change[py::str(rest)] = value;
        return nested_replace(current, change);
    }
    const auto dot = rest.find('.');
    const std::string name = rest.substr(0, dot);
    const int index = find_named(current, name);
    if (index < 0 || dot == std::string::npos) {
        std::vector<std::string> known;
        for (py::handle item : py::reinterpret_borrow<py::tuple>(current)) {
            if (py::hasattr(item, "name")) known.push_back(py::str(item.attr("name")));
        }
        unknown_member("replace", rest, known);
    }
    py::list items = py::list(py::reinterpret_borrow<py::object>(current));
    try {
        items[index] = replace_in_part(items[index], rest.substr(dot + 1), value);
    } catch (py::error_already_set& error) {  // "layer.thickness = ..." does not say which layer
        if (!error.matches(py::module_::import("libskin._core").attr("ParameterError"))) throw;
        throw ParameterError(name + ": " + py::str(error.value()).cast<std::string>());
    }
    return items;
}

void unknown_member(const std::string& path, const std::string& key, const std::vector<std::string>& known) {
    const std::string near =
        nearest_name(key.substr(key.rfind('.') == std::string::npos ? 0 : key.rfind('.') + 1), known);
    std::string all;
    for (const auto& name : known) all += (all.empty() ? "" : ", ") + name;
    throw ParameterError(path + ": unknown name '" + key + "'" +
                         (near.empty() ? "; known are " + all : "; did you mean '" + near + "'?"));
}

std::size_t hash_doubles(const double* data, std::size_t n) {
    std::size_t seed = n;
    for (std::size_t i = 0; i < n; ++i) {
        const double value = std::isnan(data[i]) ? std::numeric_limits<double>::quiet_NaN() : data[i] + 0.0;
        mix(seed, std::bit_cast<std::uint64_t>(value));
    }
    return seed;
}

std::string snake_case(const std::string& name) {
    std::string result;
    for (char c : name) {
        if (std::isupper(static_cast<unsigned char>(c)) != 0 && !result.empty()) result += '_';
        result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

std::string repr_of_parameters(const std::string& type,
                               const std::vector<std::tuple<std::string, py::object, std::string>>& items) {
    std::vector<std::string> parts;
    std::size_t length = type.size();
    for (const auto& [name, value, unit] : items) {
        if (value.is_none() || (py::isinstance<py::str>(value) && py::len(value) == 0)) continue;  // says nothing
        parts.push_back(name + "=" + words(value, unit));
        length += parts.back().size() + 2;
    }
    std::string text = type + "(";
    const bool one_line = length <= 110;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!one_line) {
            std::string inner;  // parts that span lines keep their own indentation
            for (char c : parts[i]) inner += c == '\n' ? std::string{"\n    "} : std::string{c};
            text += "\n    " + inner + ",";
        } else {
            text += (i > 0 ? ", " : "") + parts[i];
        }
    }
    return text + (one_line ? ")" : "\n)");
}

std::string repr_of_result(const std::string& type,
                           const std::vector<std::tuple<std::string, py::object, std::string, std::string>>& items) {
    std::string text = type;
    for (const auto& [name, value, unit, meaning] : items) {
        std::string shown;
        const bool plain = value.is_none() || py::isinstance<py::bool_>(value) || py::isinstance<py::float_>(value) ||
                           py::isinstance<py::int_>(value) || py::isinstance<py::str>(value) ||
                           py::isinstance<py::array>(value);
        if (plain) {
            shown = words(value, unit);
        } else if (py::isinstance<py::tuple>(value)) {
            shown = "(" + std::to_string(py::len(value)) + ")";
            if (py::len(value) > 0 && py::isinstance<py::str>(value[py::int_(0)])) shown += " " + words(value, "1");
        } else {
            shown = py::str(py::type::handle_of(value).attr("__name__"));
            if (py::hasattr(value, "__len__")) shown += " of " + std::to_string(py::len(value));
        }
        text += "\n  " + name + std::string(name.size() < 24 ? 24 - name.size() : 1, ' ') + shorten(shown, 90) +
                std::string(shown.size() < 30 ? 30 - shown.size() : 1, ' ') + "  " + meaning;
    }
    return text;
}

}  // namespace skin::python
