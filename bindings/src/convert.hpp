// Values between C++ and Python by type: arrays as read-only views without copy, enumerators as strings, and words
// when something does not fit.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <stdexcept>

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/error.hpp"
#include "skin/core/types.hpp"
#include "skin/core/validate.hpp"

namespace skin::python {

namespace py = pybind11;

/// The fields of a struct: its describe table, or a tuple of Field written for the bindings.
template <class T>
struct Members;
template <Described T>
struct Members<T> {
    static constexpr auto fields() { return Describe<T>::fields(); }
};
template <class T>
concept Structured = requires {
    Members<T>::fields();
};

template <class T>
struct is_variant : std::false_type {};
template <class... T>
struct is_variant<std::variant<T...>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class T>
struct is_map<std::map<std::string, T>> : std::true_type {};
using skin::detail::is_optional;
using skin::detail::is_vector;

/// The Python enumeration (an enum.StrEnum) of a C++ one; set once by bind_enum.
template <NamedEnum Enum>
PyObject*& enum_class() {
    static PyObject* type = nullptr;  // owned by the module for the life of the process
    return type;
}

/// As enum_class, but an enumeration that nobody bound is an error at import, not a crash.
template <NamedEnum Enum>
py::object bound_enum() {
    if (enum_class<Enum>() == nullptr) {
        throw std::logic_error("an enumeration with the value '" + std::string{EnumNames<Enum>::entries[0].second} +
                               "' has no bind_enum line");
    }
    return py::reinterpret_borrow<py::object>(enum_class<Enum>());
}

/// "needle.length = 'x' is not a number".
[[noreturn]] void reject(const std::string& path, py::handle value, const char* expected);
double to_double(py::handle value, const std::string& path);
std::int64_t to_integer(py::handle value, const std::string& path);
bool to_bool(py::handle value, const std::string& path);
std::string to_string(py::handle value, const std::string& path);
/// One axis of numbers, from a NumPy array or a sequence.
Eigen::VectorXd to_vector(py::handle value, const std::string& path);
RowMatrix to_matrix(py::handle value, const std::string& path);
py::array view(const double* data, std::vector<py::ssize_t> shape, py::handle owner);
py::array int_view(const int* data, py::ssize_t size, py::handle owner);
py::object read_only_mapping(const py::dict& dict);
py::object nested_replace(py::handle current, const py::dict& changes);

// ---------------------------------------------------------------- C++ to Python

/// `value` as Python sees it; arrays and structs are views that keep `owner` alive.
template <class T>
py::object to_python(const T& value, py::handle owner) {
    if constexpr (NamedEnum<T>) {
        return bound_enum<T>()(std::string{name_of(value)});
    } else if constexpr (is_optional<T>::value) {
        return value ? to_python(*value, owner) : py::none();
    } else if constexpr (std::is_same_v<T, Eigen::VectorXd>) {
        return view(value.data(), {value.size()}, owner);
    } else if constexpr (std::is_same_v<T, RowMatrix>) {
        return view(value.data(), {value.rows(), value.cols()}, owner);
    } else if constexpr (std::is_same_v<T, NdArray>) {
        return view(value.data.data(), {value.shape.begin(), value.shape.end()}, owner);
    } else if constexpr (std::is_same_v<T, std::vector<int>>) {
        return int_view(value.data(), static_cast<py::ssize_t>(value.size()), owner);
    } else if constexpr (is_vector<T>::value) {
        py::tuple items(value.size());
        for (std::size_t i = 0; i < value.size(); ++i) items[i] = to_python(value[i], owner);
        return items;
    } else if constexpr (is_map<T>::value) {
        py::dict items;
        for (const auto& [key, item] : value) items[py::str(key)] = to_python(item, owner);
        return read_only_mapping(items);
    } else if constexpr (is_variant<T>::value) {
        return std::visit([&](const auto& held) { return to_python(held, owner); }, value);
    } else if constexpr (Structured<T>) {
        return py::cast(&value, py::return_value_policy::reference_internal, owner);
    } else {
        return py::cast(value);
    }
}

// ---------------------------------------------------------------- Python to C++

template <class T>
void from_python(T& target, py::handle value, const std::string& path);

template <class... Held>
void variant_from_python(std::variant<Held...>& target, py::handle value, const std::string& path) {
    const bool found = ([&] {
        if (!py::isinstance<Held>(value)) return false;
        target = value.cast<const Held&>();
        return true;
    }() || ...);
    if (!found) {
        std::string names;
        ((names += (names.empty() ? "" : ", ") + py::type::of<Held>().attr("__name__").template cast<std::string>()),
         ...);
        reject(path, value, ("one of " + names).c_str());
    }
}

/// Set `target` from a Python object; ParameterError that names `path` when it does not fit.
template <class T>
void from_python(T& target, py::handle value, const std::string& path) {
    if constexpr (NamedEnum<T>) {
        target = parse_choice<T>(to_string(value, path), path);
    } else if constexpr (std::is_same_v<T, bool>) {
        target = to_bool(value, path);
    } else if constexpr (std::is_same_v<T, double>) {
        target = to_double(value, path);
    } else if constexpr (std::is_integral_v<T>) {
        const std::int64_t number = to_integer(value, path);
        if (std::is_unsigned_v<T> && number < 0) reject(path, value, "0 or a positive whole number");
        target = static_cast<T>(number);
        if (static_cast<std::int64_t>(target) != number) reject(path, value, "a whole number that fits");
    } else if constexpr (std::is_same_v<T, std::string>) {
        target = to_string(value, path);
    } else if constexpr (is_optional<T>::value) {
        if (value.is_none()) {
            target.reset();
        } else {
            typename T::value_type inner{};
            from_python(inner, value, path);
            target = inner;
        }
    } else if constexpr (std::is_same_v<T, Eigen::VectorXd>) {
        target = to_vector(value, path);
    } else if constexpr (std::is_same_v<T, RowMatrix>) {
        target = to_matrix(value, path);
    } else if constexpr (std::is_same_v<T, NdArray>) {
        const auto array = py::array_t<double, py::array::c_style | py::array::forcecast>::ensure(value);
        if (!array) throw py::error_already_set();
        target.data.assign(array.data(), array.data() + array.size());
        target.shape.assign(array.shape(), array.shape() + array.ndim());
    } else if constexpr (is_vector<T>::value) {
        if (py::isinstance<py::str>(value) || !py::isinstance<py::iterable>(value)) reject(path, value, "a sequence");
        T items;
        for (py::handle item : py::reinterpret_borrow<py::iterable>(value)) {
            items.emplace_back();
            from_python(items.back(), item, path + "[" + std::to_string(items.size() - 1) + "]");
        }
        target = std::move(items);
    } else if constexpr (is_map<T>::value) {
        if (!py::hasattr(value, "items")) reject(path, value, "a mapping");
        T items;
        for (py::handle pair : value.attr("items")()) {
            const auto entry = py::reinterpret_borrow<py::tuple>(pair);
            const std::string key = to_string(entry[0], path);
            from_python(items[key], entry[1], path + "." + key);
        }
        target = std::move(items);
    } else if constexpr (is_variant<T>::value) {
        if (py::isinstance<py::dict>(value)) {
            const py::object current = std::visit([](const auto& held) { return py::cast(held); }, target);
            return variant_from_python(target, nested_replace(current, py::reinterpret_borrow<py::dict>(value)), path);
        }
        variant_from_python(target, value, path);
    } else {
        static_assert(Structured<T>, "no conversion for this member");
        if (py::isinstance<py::dict>(value)) {  // changes to the value that is there
            const py::object changed = nested_replace(py::cast(target), py::reinterpret_borrow<py::dict>(value));
            target = changed.template cast<const T&>();
            return;
        }
        if (!py::isinstance<T>(value)) {
            const auto name = py::type::of<T>().attr("__name__").template cast<std::string>();
            reject(path, value, ("a " + name).c_str());
        }
        target = value.template cast<const T&>();
    }
}

// ---------------------------------------------------------------- names of types, for the stub

template <class T>
std::string type_name() {
    if constexpr (NamedEnum<T>) {
        return bound_enum<T>().attr("__name__").template cast<std::string>();
    } else if constexpr (std::is_same_v<T, bool>) {
        return "bool";
    } else if constexpr (std::is_floating_point_v<T>) {
        return "float";
    } else if constexpr (std::is_integral_v<T>) {
        return "int";
    } else if constexpr (std::is_same_v<T, std::string>) {
        return "str";
    } else if constexpr (is_optional<T>::value) {
        return type_name<typename T::value_type>() + " | None";
    } else if constexpr (std::is_same_v<T, Eigen::VectorXd> || std::is_same_v<T, RowMatrix> ||
                         std::is_same_v<T, NdArray>) {
        return "Array";
    } else if constexpr (std::is_same_v<T, std::vector<int>>) {
        return "IntArray";
    } else if constexpr (is_vector<T>::value) {
        return "tuple[" + type_name<typename T::value_type>() + ", ...]";
    } else if constexpr (is_map<T>::value) {
        return "Mapping[str, " + type_name<typename T::mapped_type>() + "]";
    } else if constexpr (is_variant<T>::value) {
        return []<class... Held>(std::type_identity<std::variant<Held...>>) {
            std::string names;
            ((names += (names.empty() ? "" : " | ") + type_name<Held>()), ...);
            return names;
        }(std::type_identity<T>{});
    } else {
        return py::type::of<T>().attr("__name__").template cast<std::string>();
    }
}

// ---------------------------------------------------------------- hash and words

inline void mix(std::size_t& seed, std::size_t value) {
    seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
}
std::size_t hash_doubles(const double* data, std::size_t n);

/// Equal values (NaN equals NaN, 0 equals -0) have equal hashes.
template <class T>
std::size_t hash_of(const T& value) {
    if constexpr (std::is_same_v<T, double>) {
        return hash_doubles(&value, 1);
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
        return std::hash<std::int64_t>{}(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return std::hash<std::string>{}(value);
    } else if constexpr (is_optional<T>::value) {
        return value ? hash_of(*value) : 0;
    } else if constexpr (std::is_same_v<T, Eigen::VectorXd> || std::is_same_v<T, RowMatrix>) {
        return hash_doubles(value.data(), static_cast<std::size_t>(value.size()));
    } else if constexpr (std::is_same_v<T, NdArray>) {
        return hash_doubles(value.data.data(), value.data.size());
    } else {
        std::size_t seed = 17;
        if constexpr (is_vector<T>::value) {
            for (const auto& item : value) mix(seed, hash_of(item));
        } else if constexpr (is_map<T>::value) {
            for (const auto& [key, item] : value) {
                mix(seed, hash_of(key));
                mix(seed, hash_of(item));
            }
        } else if constexpr (is_variant<T>::value) {
            mix(seed, value.index());
            mix(seed, std::visit([](const auto& held) { return hash_of(held); }, value));
        } else {
            Members<T>::fields().for_each([&](const auto& field) { mix(seed, hash_of(value.*(field.member))); });
        }
        return seed;
    }
}

}  // namespace skin::python
