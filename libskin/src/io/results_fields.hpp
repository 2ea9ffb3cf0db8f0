// Any described struct as an HDF5 group, and back: one rule a type of member, nothing per struct.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "io/hdf5_file.hpp"
#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"

namespace skin::io {

void write_info(Hdf5Group& group, const ResultInfo& info);
[[nodiscard]] ResultInfo read_info(const Hdf5Group& group);
void write_origins(Hdf5Group& parent, const std::string& name, const Origins& origins);
[[nodiscard]] Origins read_origins(const Hdf5Group& parent, const std::string& name);

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... T>
inline constexpr bool is_variant<std::variant<T...>> = true;
template <class T>
inline constexpr bool unknown_type = false;

/// The words of `type` in the files: those of the treatment files.
template <class T>
inline constexpr std::string_view type_name{};
template <>
inline constexpr std::string_view type_name<Stamp> = "stamp";
template <>
inline constexpr std::string_view type_name<Pen> = "pen";
template <>
inline constexpr std::string_view type_name<Roller> = "roller";
template <>
inline constexpr std::string_view type_name<Travel> = "travel";
template <>
inline constexpr std::string_view type_name<Pressing> = "pressing";
template <>
inline constexpr std::string_view type_name<Impact> = "impact";
template <>
inline constexpr std::string_view type_name<Rolling> = "rolling";
template <>
inline constexpr std::string_view type_name<Gliding> = "gliding";

template <class F>
[[nodiscard]] Label label_of(const F& field) {
    Label label{
        .name = std::string{field.name}, .units = std::string{field.unit}, .meaning = std::string{field.meaning}};
    for (const auto dim : field.dims) {
        if (!dim.empty()) label.dims.emplace_back(dim);
    }
    if (field.lo < field.hi) {
        label.lo = field.lo;
        label.hi = field.hi;
    }
    return label;
}

/// As many axis names as the array has axes.
inline Label with_rank(Label label, std::size_t rank) {
    for (std::size_t i = label.dims.size(); i < rank; ++i) {
        label.dims.push_back(i == 0 ? label.name : label.name + "_" + std::to_string(i));
    }
    label.dims.resize(rank);
    return label;
}

template <class T>
void write_described(Hdf5Group& group, const T& value);
template <class T>
void read_described(const Hdf5Group& group, T& value);

/// One value in one cell: a number, a choice, a flag, a text.
template <class T>
inline constexpr bool is_scalar = std::is_arithmetic_v<T> || NamedEnum<T> || std::is_same_v<T, std::string>;

/// How a cell of this type lies in the file.
template <class T>
using Stored = std::conditional_t<std::is_same_v<T, std::string>, std::string,
                                  std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>>;

/// What only cells of this type have: flags of choices, the mark of 64 bits without sign.
template <class T>
[[nodiscard]] Label cell_label(Label label) {
    label.dims.clear();
    if constexpr (std::is_same_v<T, bool>) {
        label.flag_values = {0, 1};
        label.flag_meanings = {"false", "true"};
        label.lo = label.hi = std::numeric_limits<double>::infinity();
    } else if constexpr (NamedEnum<T>) {
        for (const auto& [entry, name] : EnumNames<T>::entries) {
            label.flag_values.push_back(static_cast<std::int64_t>(entry));
            label.flag_meanings.emplace_back(name);
        }
    }
    label.is_unsigned = std::is_same_v<T, std::uint64_t>;
    return label;
}

template <class T>
[[nodiscard]] T from_stored(const Hdf5Group& group, const std::string& name, const Stored<T>& stored) {
    if constexpr (NamedEnum<T>) {
        for (const auto& [entry, word] : EnumNames<T>::entries) {
            if (static_cast<std::int64_t>(entry) == stored) return entry;
        }
        group.fail("'" + name + "' holds an unknown choice");
    } else if constexpr (std::is_same_v<T, bool>) {
        if (stored != 0 && stored != 1) group.fail("'" + name + "' is neither 0 nor 1");
        return stored == 1;
    } else if constexpr (std::is_integral_v<T>) {
        const auto value = static_cast<T>(stored);
        if (static_cast<std::int64_t>(value) != stored) group.fail("'" + name + "' is out of range");
        return value;
    } else {
        return stored;
    }
}

inline std::vector<double> read_cells(const Hdf5Group& g, const std::string& name, Shape& s, double) {
    return g.read_doubles(name, s);
}
inline std::vector<std::int64_t> read_cells(const Hdf5Group& g, const std::string& name, Shape& s, std::int64_t) {
    return g.read_integers(name, s);
}
inline std::vector<std::string> read_cells(const Hdf5Group& g, const std::string& name, Shape& s, std::string) {
    return g.read_strings(name, s);
}
inline void write_cells(Hdf5Group& g, const Label& label, const Shape& s, const std::vector<std::string>& v) {
    g.write(label, s, v);
}
template <class V>
void write_cells(Hdf5Group& g, const Label& label, const Shape& s, const std::vector<V>& v) {
    g.write(label, s, v.data());
}

/// A struct whose members are all cells: a list of them is a table.
template <class T>
[[nodiscard]] constexpr bool is_row() {
    if constexpr (Described<T>) {
        bool row = true;
        for_each_field<T>([&](const auto& field) {
            row = row && is_scalar<std::decay_t<decltype(std::declval<T>().*(field.member))>>;
        });
        return row;
    } else {
        return false;
    }
}

template <class T>
void write_table(Hdf5Group& group, const std::string& axis, const std::vector<T>& rows) {
    for_each_field<T>([&](const auto& field) {
        using M = std::decay_t<decltype(std::declval<T>().*(field.member))>;
        Label label = cell_label<M>(label_of(field));
        label.dims = {axis};
        std::vector<Stored<M>> column;
        for (const auto& row : rows) column.push_back(static_cast<Stored<M>>(row.*(field.member)));
        write_cells(group, label, {rows.size()}, column);
    });
}

template <class T>
void read_table(const Hdf5Group& group, std::vector<T>& rows) {
    constexpr std::int64_t most = 10'000'000;  // far more rows than any list of ours
    const std::int64_t length = group.integer_attribute("length");
    if (length < 0 || length > most) group.fail("'length' is out of range");
    rows.assign(static_cast<std::size_t>(length), T{});
    for_each_field<T>([&](const auto& field) {
        using M = std::decay_t<decltype(std::declval<T>().*(field.member))>;
        const std::string name{field.name};
        if (!group.has(name) && !group.same_version()) return;
        Shape shape;
        const auto column = read_cells(group, name, shape, Stored<M>{});
        if (column.size() != rows.size()) group.fail("its columns differ in length");
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i].*(field.member) = from_stored<M>(group, name, column[i]);
    });
}

template <class T>
void write_member(Hdf5Group& group, const Label& label, const T& value) {
    if constexpr (is_scalar<T>) {
        write_cells(group, cell_label<T>(label), {}, std::vector<Stored<T>>{static_cast<Stored<T>>(value)});
    } else if constexpr (std::is_same_v<T, NdArray>) {
        group.write(with_rank(label, value.shape.size()), value.shape, value.data.data());
    } else if constexpr (std::is_same_v<T, RowMatrix>) {
        group.write(with_rank(label, 2),
                    {static_cast<std::size_t>(value.rows()), static_cast<std::size_t>(value.cols())}, value.data());
    } else if constexpr (std::is_base_of_v<Eigen::DenseBase<T>, T>) {
        static_assert(T::ColsAtCompileTime == 1 && std::is_same_v<typename T::Scalar, double>,
                      "use VectorXd or RowMatrix");
        group.write(with_rank(label, 1), {static_cast<std::size_t>(value.size())}, value.data());
    } else if constexpr (std::is_same_v<T, std::vector<double>>) {
        group.write(with_rank(label, 1), {value.size()}, value.data());
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        group.write(with_rank(label, 1), {value.size()}, value);
    } else if constexpr (std::is_same_v<T, std::vector<int>>) {
        group.write(with_rank(label, 1), {value.size()}, std::vector<std::int64_t>(value.begin(), value.end()).data());
    } else if constexpr (is_optional<T>) {
        if (value) write_member(group, label, *value);
    } else if constexpr (std::is_same_v<T, ResultInfo>) {
        write_info(group, value);
    } else if constexpr (std::is_same_v<T, Origins>) {
        write_origins(group, label.name, value);
    } else if constexpr (is_variant<T>) {
        Hdf5Group inner = group.create(label.name);
        std::visit(
            [&](const auto& alternative) {
                using A = std::decay_t<decltype(alternative)>;
                static_assert(!type_name<A>.empty(), "name the alternative above");
                inner.attribute("type", std::string{type_name<A>});
                write_described(inner, alternative);
            },
            value);
    } else if constexpr (Described<T>) {
        Hdf5Group inner = group.create(label.name);
        inner.attribute("long_name", label.meaning);
        write_described(inner, value);
    } else if constexpr (is_vector<T>) {
        Hdf5Group list = group.create(label.name);
        list.attribute("long_name", label.meaning);
        list.attribute("length", static_cast<std::int64_t>(value.size()));
        if constexpr (is_row<typename T::value_type>()) {
            write_table(list, label.dims.empty() ? label.name + "_number" : label.dims[0], value);
            return;
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            Hdf5Group entry = list.create(std::to_string(i));
            write_described(entry, value[i]);
        }
    } else if constexpr (is_map<T>) {
        Hdf5Group list = group.create(label.name);
        list.attribute("long_name", label.meaning);
        for (const auto& [key, item] : value) {
            Hdf5Group entry = list.create(key);
            write_described(entry, item);
        }
    } else {
        static_assert(unknown_type<T>, "say here how this type lies in a file");
    }
}

/// The coordinate of its own axis: `time (time)`.
template <class F, class T>
[[nodiscard]] bool is_coordinate(const F& field, const T&) {
    return field.dims[0] == field.name && field.dims[1].empty() &&
           (std::is_same_v<T, Eigen::VectorXd> || std::is_same_v<T, std::vector<double>> ||
            std::is_same_v<T, std::vector<std::string>>);
}

template <class T>
void write_described(Hdf5Group& group, const T& value) {
    for (const bool coordinates : {true, false}) {  // an axis must exist before something lies along it
        for_each_field<T>([&](const auto& field) {
            const auto& member = value.*(field.member);
            if (is_coordinate(field, member) == coordinates) write_member(group, label_of(field), member);
        });
    }
}

/// The one value of a scalar dataset.
template <class Values>
auto only(const Hdf5Group& group, const std::string& name, const Values& values, const Shape& shape) {
    if (!shape.empty() || values.size() != 1) group.fail("'" + name + "' is not a single value");
    return values.front();
}

template <class T>
void read_member(const Hdf5Group& group, const std::string& name, T& value) {
    Shape shape;
    if constexpr (is_scalar<T>) {
        value = from_stored<T>(group, name, only(group, name, read_cells(group, name, shape, Stored<T>{}), shape));
    } else if constexpr (std::is_same_v<T, NdArray>) {
        value.data = group.read_doubles(name, shape);
        value.shape.assign(shape.begin(), shape.end());
    } else if constexpr (std::is_same_v<T, RowMatrix>) {
        const auto data = group.read_doubles(name, shape);
        if (shape.size() != 2) group.fail("'" + name + "' does not have two axes");
        value = Eigen::Map<const RowMatrix>(data.data(), static_cast<Eigen::Index>(shape[0]),
                                            static_cast<Eigen::Index>(shape[1]));
    } else if constexpr (std::is_base_of_v<Eigen::DenseBase<T>, T>) {
        const auto data = group.read_doubles(name, shape);
        if (shape.size() != 1) group.fail("'" + name + "' does not have one axis");
        value = Eigen::Map<const Eigen::VectorXd>(data.data(), static_cast<Eigen::Index>(data.size()));
    } else if constexpr (std::is_same_v<T, std::vector<double>>) {
        value = group.read_doubles(name, shape);
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        value = group.read_strings(name, shape);
    } else if constexpr (std::is_same_v<T, std::vector<int>>) {
        const auto data = group.read_integers(name, shape);
        value.assign(data.begin(), data.end());
    } else if constexpr (is_optional<T>) {
        value.reset();
        if (group.has(name)) read_member(group, name, value.emplace());
    } else if constexpr (std::is_same_v<T, ResultInfo>) {
        value = read_info(group);
    } else if constexpr (std::is_same_v<T, Origins>) {
        value = read_origins(group, name);
    } else if constexpr (is_variant<T>) {
        const Hdf5Group inner = group.open(name);
        const std::string type = inner.text_attribute("type");
        bool known = false;
        const auto attempt = [&]<class A>(A alternative) {
            if (known || type != type_name<A>) return;
            read_described(inner, alternative);
            value = std::move(alternative);
            known = true;
        };
        [&]<class... A>(const std::variant<A...>*) { (attempt(A{}), ...); }(static_cast<const T*>(nullptr));
        if (!known) inner.fail("is of the unknown type '" + type + "'");
    } else if constexpr (Described<T>) {
        read_described(group.open(name), value);
    } else if constexpr (is_vector<T>) {
        const Hdf5Group list = group.open(name);
        if constexpr (is_row<typename T::value_type>()) {
            read_table(list, value);
            return;
        }
        const auto length = list.integer_attribute("length");
        value.clear();
        for (std::int64_t i = 0; i < length; ++i) {  // a false length ends at the first missing group
            read_described(list.open(std::to_string(i)), value.emplace_back());
        }
    } else if constexpr (is_map<T>) {
        const Hdf5Group list = group.open(name);
        value.clear();
        for (const auto& key : list.names()) read_described(list.open(key), value[key]);
    } else {
        static_assert(unknown_type<T>, "say here how this type lies in a file");
    }
}

template <class T>
void read_described(const Hdf5Group& group, T& value) {
    for_each_field<T>([&](const auto& field) {
        auto& member = value.*(field.member);
        using M = std::decay_t<decltype(member)>;
        const std::string name{field.name};
        // A file of another version may lack what was added since: the default stands in. In our own nothing may lack.
        constexpr bool is_attribute = std::is_same_v<M, ResultInfo>;
        if (!is_attribute && !is_optional<M> && !group.has(name) && !group.same_version()) return;
        read_member(group, name, member);
    });
}

}  // namespace detail
}  // namespace skin::io
