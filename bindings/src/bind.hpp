// Bind a struct from its table: members, keyword constructor, replace, ==, hash, repr and pickle for every struct
// alike.
#pragma once

#include <algorithm>
#include <cmath>

#include "convert.hpp"
#include "skin/core/provenance.hpp"

namespace skin::python {

/// One member without its type: what the loops below need.
template <class Struct>
struct AnyMember {
    std::string name, unit, meaning, type, read_by;
    std::vector<std::string> dims;
    double lo = 0.0, hi = 0.0;
    std::function<py::object(const Struct&, py::handle)> get;
    std::function<void(Struct&, py::handle, const std::string&)> set;
};

template <class Struct>
const std::vector<AnyMember<Struct>>& members_of() {
    static const std::vector<AnyMember<Struct>> members = [] {
        std::vector<AnyMember<Struct>> all;
        const auto add = [&](const auto& f) {
            using Member = std::remove_cvref_t<decltype(std::declval<Struct&>().*(f.member))>;
            AnyMember<Struct> one{std::string{f.name},
                                  std::string{f.unit},
                                  std::string{f.meaning},
                                  type_name<Member>(),
                                  std::string{f.read_by},
                                  {},
                                  f.lo,
                                  f.hi,
                                  {},
                                  {}};
            for (auto dim : f.dims) {
                if (!dim.empty()) one.dims.emplace_back(dim);
            }
            const auto pointer = f.member;
            one.get = [pointer](const Struct& s, py::handle owner) { return to_python(s.*pointer, owner); };
            one.set = [pointer](Struct& s, py::handle value, const std::string& path) {
                from_python(s.*pointer, value, path);
            };
            all.push_back(std::move(one));
        };
        Members<Struct>::fields().for_each(add);
        return all;
    }();
    return members;
}

std::string snake_case(const std::string& name);
/// "Needle(length=1.5 mm, ...)" from (name, value, unit) of each member.
std::string repr_of_parameters(const std::string& type,
                               const std::vector<std::tuple<std::string, py::object, std::string>>& items);
/// A line a member: name, value or shape and range, meaning.
std::string repr_of_result(const std::string& type,
                           const std::vector<std::tuple<std::string, py::object, std::string, std::string>>& items);
[[noreturn]] void unknown_member(const std::string& path, const std::string& key,
                                 const std::vector<std::string>& known);
/// `current` with one member of one of its parts changed: key "papillary_dermis.thickness" inside a tuple of layers.
py::object replace_in_part(py::handle current, const std::string& rest, py::handle value);
/// Index of the element of a tuple whose `name` is `name`, or -1.
int find_named(py::handle tuple, const std::string& name);

// Names of values that differ lose their origin: what was changed in code is the user's own.
template <class T>
void forget_changed(Origins& origins, const T& before, const T& after, const std::string& prefix) {
    if constexpr (Described<T>) {
        for_each_field<T>([&](const auto& f) {
            const std::string key = prefix.empty() ? std::string{f.name} : prefix + "." + std::string{f.name};
            const auto& a = before.*(f.member);
            const auto& b = after.*(f.member);
            using Member = std::remove_cvref_t<decltype(a)>;
            if constexpr (is_vector<Member>::value) {
                if constexpr (requires { a.front().name; }) {  // layers and vessel beds are addressed by name
                    for (const auto& one : b) {
                        for (const auto& old : a) {
                            const std::string inside = f.name == "layers" ? one.name : prefix + "." + one.name;
                            if (old.name == one.name) forget_changed(origins, old, one, inside);
                        }
                    }
                }
            } else if constexpr (is_variant<Member>::value) {
                return;  // a device keeps its own origins
            } else {
                forget_changed(origins, a, b, key);
            }
        });
    } else if constexpr (requires { before == after; }) {
        if (!same(before, after)) origins.erase(prefix);
    }
}

template <class Struct>
void set_member(Struct& target, const std::string& key, py::handle value, const std::string& path) {
    const auto& members = members_of<Struct>();
    const auto dot = key.find('.');
    const std::string head = key.substr(0, dot);
    for (const auto& member : members) {
        if (member.name != head) continue;
        if (dot == std::string::npos) return member.set(target, value, path + "." + key);
        const py::object part = member.get(target, py::cast(target));
        return member.set(target, replace_in_part(part, key.substr(dot + 1), value), path + "." + head);
    }
    if (dot != std::string::npos) {  // "papillary_dermis.thickness": the element of a list by its name
        for (const auto& member : members) {
            if (member.type.starts_with("tuple[") == false) continue;
            const py::object part = member.get(target, py::cast(target));
            if (find_named(part, head) < 0) continue;
            return member.set(target, replace_in_part(part, key, value), path + "." + member.name);
        }
    }
    std::vector<std::string> known;
    for (const auto& member : members) {
        known.push_back(member.name);
        if (dot == std::string::npos || !member.type.starts_with("tuple[")) continue;
        const py::object part = member.get(target, py::cast(target));
        for (py::handle item : part) {
            if (py::hasattr(item, "name")) known.push_back(py::str(item.attr("name")));
        }
    }
    unknown_member(path, dot == std::string::npos ? key : head, known);
}

/// Keyword arguments and, in the order of the table without id, title, name, positional ones.
template <class Struct>
void assign(Struct& target, const py::args& args, const py::kwargs& kwargs, const std::string& path) {
    std::vector<std::string> order;
    for (const auto& member : members_of<Struct>()) {
        if (member.name != "id" && member.name != "title" && member.name != "name") order.push_back(member.name);
    }
    if (args.size() > order.size()) {
        throw ParameterError(path + ": " + std::to_string(args.size()) + " positional values, at most " +
                             std::to_string(order.size()) + " are known");
    }
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (kwargs.contains(order[i].c_str())) {
            throw ParameterError(path + "." + order[i] + " was given twice: by position and by name");
        }
        set_member(target, order[i], args[i], path);
    }
    for (auto [key, value] : kwargs) set_member(target, py::str(key).cast<std::string>(), value, path);
}

template <class Struct>
py::dict fields_dict() {
    py::dict fields;
    for (const auto& m : members_of<Struct>()) {
        py::tuple dims(m.dims.size());
        for (std::size_t i = 0; i < m.dims.size(); ++i) dims[i] = m.dims[i];
        fields[py::str(m.name)] = py::make_tuple(dims, m.unit, m.meaning);
    }
    return fields;
}

/// What parameters and results share: read-only members, `_fields`, `_types`, ==, hash and pickle.
template <class Struct>
py::class_<Struct> bind_values(py::module_& m, const char* name, const char* doc) {
    py::class_<Struct> cls(m, name, doc);
    py::dict types, ranges;
    for (const auto& member : members_of<Struct>()) {
        const std::string text =
            member.meaning + (member.unit == "1" || member.unit.empty() ? "" : " [" + member.unit + "]");
        const auto get = member.get;
        cls.def_property_readonly(
            member.name.c_str(), [get](const py::object& self) { return get(self.cast<const Struct&>(), self); },
            py::doc(text.c_str()));
        types[py::str(member.name)] = member.type;
        if (std::isfinite(member.lo) || std::isfinite(member.hi)) {
            ranges[py::str(member.name)] = py::make_tuple(member.lo, member.hi);
        }
    }
    cls.attr("_fields") = fields_dict<Struct>();
    cls.attr("_types") = types;
    cls.attr("_ranges") = ranges;
    cls.def("__eq__", [](const Struct& a, const py::object& b) -> py::object {
        if (!py::isinstance<Struct>(b)) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
        return py::bool_(a == b.cast<const Struct&>());
    });
    cls.def("__hash__", [](const Struct& s) { return static_cast<py::ssize_t>(hash_of(s) >> 1); });
    cls.def("__copy__", [](const py::object& self) { return self; });  // it never changes
    cls.def("__deepcopy__", [](const py::object& self, const py::dict&) { return self; });
    cls.def(py::pickle(
        [](const py::object& self) {
            py::dict state;
            for (const auto& member : members_of<Struct>()) {
                py::object value = member.get(self.cast<const Struct&>(), self);
                if (member.type.starts_with("Mapping")) value = py::dict(value);  // proxies cannot be pickled
                state[py::str(member.name)] = value;
            }
            return state;
        },
        [name = std::string{name}](const py::dict& state) {
            Struct value{};
            for (const auto& member : members_of<Struct>()) {  // a member that an old pickle lacks keeps its default
                if (state.contains(member.name.c_str()))
                    member.set(value, state[member.name.c_str()], name + "." + member.name);
            }
            return value;
        }));
    return cls;
}

template <class Function>
void set_repr(py::object cls, Function function) {
    cls.attr("__repr__") = py::cpp_function(std::move(function), py::name("__repr__"), py::is_method(cls));
}

/// `__repr__` with a line a member: name, value or shape and range, meaning. Replaces an earlier one.
template <class Struct>
void set_result_repr(py::class_<Struct>& cls, const char* name) {
    set_repr(cls, [name = std::string{name}](const py::object& self) {
        std::vector<std::tuple<std::string, py::object, std::string, std::string>> items;
        for (const auto& member : members_of<Struct>()) {
            items.emplace_back(member.name, member.get(self.cast<const Struct&>(), self), member.unit, member.meaning);
        }
        return repr_of_result(name, items);
    });
}

/// A result: read-only, without a constructor; prints a line a member.
template <class Struct>
py::class_<Struct> bind_described(py::module_& m, const char* name, const char* doc) {
    auto cls = bind_values<Struct>(m, name, doc);
    set_result_repr(cls, name);
    return cls;
}

/// A parameter struct: an immutable value with a keyword constructor that validates, and replace().
template <class Struct>
py::class_<Struct> bind_parameters(py::module_& m, const char* name, const char* doc,
                                   std::function<void(const Struct&, const std::string&)> check = {}) {
    auto cls = bind_values<Struct>(m, name, doc);
    const std::string path = snake_case(name);
    const auto full_check = [check, path](const Struct& value) {
        if constexpr (Described<Struct>) validate(value, path);
        if (check) check(value, path);
    };
    cls.def(py::init([path, full_check](const py::args& args, const py::kwargs& kwargs) {
        Struct value{};
        assign(value, args, kwargs, path);
        full_check(value);
        return value;
    }));
    cls.def(
        "replace",
        [path, full_check](const py::object& self, const py::kwargs& changes) {
            const auto& before = self.cast<const Struct&>();
            Struct value = before;
            for (auto [key, change] : changes) set_member(value, py::str(key).cast<std::string>(), change, path);
            full_check(value);
            if constexpr (requires { value.origins; }) {
                if (!changes.contains("origins")) forget_changed(value.origins, before, value, "");
            }
            return value;
        },
        "A copy with some members changed; dotted names reach inside: replace(**{'mechanics.dome': 0.0}).");
    cls.def("__repr__", [name = std::string{name}](const py::object& self) {
        std::vector<std::tuple<std::string, py::object, std::string>> items;
        for (const auto& member : members_of<Struct>()) {
            if (member.name == "origins" || member.name == "source_text") continue;
            items.emplace_back(member.name, member.get(self.cast<const Struct&>(), self), member.unit);
        }
        return repr_of_parameters(name, items);
    });
    // Columns are read better a line each.
    const auto& all = members_of<Struct>();
    if (std::any_of(all.begin(), all.end(), [](const auto& member) { return member.type == "Array"; })) {
        set_result_repr(cls, name);
    }
    return cls;
}

/// An enumeration as enum.StrEnum: its members are the strings of TOML and api.md.
template <NamedEnum Enum>
void bind_enum(py::module_& m, const char* name, const char* doc) {
    py::list entries;
    for (const auto& [value, entry] : EnumNames<Enum>::entries) {
        entries.append(py::make_tuple(std::string{entry}, std::string{entry}));
    }
    py::object type = py::module_::import("enum").attr("StrEnum")(name, entries, py::arg("module") = m.attr("__name__"),
                                                                  py::arg("qualname") = name);
    type.attr("__doc__") = doc;
    m.attr(name) = type;
    enum_class<Enum>() = type.release().ptr();
}

// One function a file, called by module.cpp in the order of dependency.
void bind_core(py::module_& m);
void bind_tissue(py::module_& m);
void bind_device(py::module_& m);
void bind_topical(py::module_& m);
void bind_wound(py::module_& m);
void bind_insertion(py::module_& m);
void bind_tearing(py::module_& m);
void bind_bleeding(py::module_& m);
void bind_recovery(py::module_& m);
void bind_transport(py::module_& m);
void bind_safety(py::module_& m);
void bind_healing(py::module_& m);
void bind_ensemble(py::module_& m);
void bind_treatment(py::module_& m);
void bind_io(py::module_& m);

}  // namespace skin::python
