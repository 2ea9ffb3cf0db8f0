// One table per struct: unit, meaning, range and axes of each member. Validation, TOML, Python, xarray, HDF5 and
// the generated documentation all read it.
#pragma once

#include <Eigen/Core>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace skin {

/// One member of a parameter or result struct: name, unit, meaning, and where it may lie.
template <class Struct, class Member>
struct Field {
    std::string_view name;  ///< same in C++, Python, TOML and HDF5
    Member Struct::*member;
    std::string_view unit;                   ///< SI, "1" if dimensionless
    std::string_view meaning;                ///< one phrase, starts lower case
    std::array<std::string_view, 4> dims{};  ///< axis names of an array, empty for scalars
    double lo = -std::numeric_limits<double>::infinity();
    double hi = std::numeric_limits<double>::infinity();  ///< allowed range of a scalar parameter
    std::string_view read_by{};  ///< which physics read it, separated by blanks: "insertion tearing"
};

template <class S, class M>  // clang-tidy 14 cannot deduce an aggregate without this guide; GCC can
Field(std::string_view, M S::*, std::string_view, std::string_view, std::array<std::string_view, 4> = {}, double = 0.0,
      double = 0.0, std::string_view = {})
    ->Field<S, M>;

/// The table of a struct: a plain list of Field of different types. Not a std::tuple, whose constructors took the
/// compiler longer than all the rest of our headers.
template <std::size_t Index, class F>
struct FieldSlot {
    F field;
};
template <class Indices, class... F>
struct FieldSlots;
template <std::size_t... Index, class... F>
struct FieldSlots<std::index_sequence<Index...>, F...> : FieldSlot<Index, F>... {
    template <class Visitor>
    constexpr void for_each(Visitor&& visit) const {
        (visit(static_cast<const FieldSlot<Index, F>&>(*this).field), ...);
    }
};
template <class... F>
struct FieldList : FieldSlots<std::index_sequence_for<F...>, F...> {
    constexpr explicit FieldList(F... field) : FieldSlots<std::index_sequence_for<F...>, F...>{{field}...} {}
};

/// Specialise with `static constexpr auto fields()` that returns a FieldList.
template <class Struct>
struct Describe;

template <class T>
concept Described = requires {
    Describe<T>::fields();
};

template <class Struct, class Visitor>
constexpr void for_each_field(Visitor&& visit) {
    Describe<Struct>::fields().for_each(visit);
}

/// Equal to the last bit, except that NaN equals NaN: "did not happen" twice is the same.
template <class T>
[[nodiscard]] bool same(const T& a, const T& b) {
    if constexpr (Described<T>) {
        bool equal = true;
        for_each_field<T>([&](const auto& field) { equal = equal && same(a.*(field.member), b.*(field.member)); });
        return equal;
    } else if constexpr (std::is_floating_point_v<T>) {
        return a == b || (a != a && b != b);
    } else if constexpr (std::is_base_of_v<Eigen::DenseBase<T>, T>) {
        if (a.rows() != b.rows() || a.cols() != b.cols()) return false;
        for (Eigen::Index i = 0; i < a.size(); ++i) {
            if (!same(a.data()[i], b.data()[i])) return false;
        }
        return true;
    } else if constexpr (requires {
                             a.has_value();
                             *a;
                         }) {  // optional
        return a.has_value() == b.has_value() && (!a.has_value() || same(*a, *b));
    } else if constexpr (requires {
                             a.front();
                             a.capacity();
                         } &&
                         !std::is_convertible_v<T, std::string_view>) {  // vector
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!same(a[i], b[i])) return false;
        }
        return true;
    } else {
        return a == b;
    }
}

/// Described structs compare member by member with `same`; found by argument-dependent lookup.
template <Described T>
[[nodiscard]] bool operator==(const T& a, const T& b) {
    return same(a, b);
}

/// Specialise with `static constexpr std::array entries{std::pair{Enum::value, "value"}, ...}`: the enumerators and
/// the strings that TOML and Python use for them, which are the same words.
template <class Enum>
struct EnumNames;

template <class T>
concept NamedEnum = requires {
    EnumNames<T>::entries;
};

template <NamedEnum Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) noexcept {
    for (const auto& [entry, name] : EnumNames<Enum>::entries) {
        if (entry == value) return name;
    }
    return "?";
}

}  // namespace skin
