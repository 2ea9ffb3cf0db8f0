// Checks at the public door: every described member finite, inside its range, and named in the error if not.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/error.hpp"

namespace skin {

/// Throw ParameterError unless `value` is finite and in [lo, hi]: "needle.length = 0.5 m is outside [5e-05, 0.005]".
void check_range(std::string_view path, double value, std::string_view unit, double lo, double hi);

/// The name in `known` nearest to `name` (edit distance), or "" when nothing is near: for "did you mean".
[[nodiscard]] std::string nearest_name(std::string_view name, const std::vector<std::string>& known);

/// `name` as an enumerator of Enum; ParameterError with the nearest choice and all of them when unknown.
template <NamedEnum Enum>
[[nodiscard]] Enum parse_choice(std::string_view name, std::string_view field) {
    std::vector<std::string> known;
    for (const auto& [value, entry] : EnumNames<Enum>::entries) {
        if (entry == name) return value;
        known.emplace_back(entry);
    }
    const std::string near = nearest_name(name, known);
    std::string all;
    for (const auto& entry : known) all += (all.empty() ? "" : ", ") + entry;
    throw ParameterError(std::string{field} + " = '" + std::string{name} + "' is not one of: " + all +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

namespace detail {
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
}  // namespace detail

template <Described T>
void validate(const T& value, std::string_view path);

namespace detail {
template <class F, class M>
void validate_member(const F& field, const M& member, const std::string& path) {
    if constexpr (std::is_same_v<M, bool>) {
        return;
    } else if constexpr (std::is_arithmetic_v<M>) {
        check_range(path, static_cast<double>(member), field.unit, field.lo, field.hi);
    } else if constexpr (is_optional<M>::value) {
        if (member) validate_member(field, *member, path);
    } else if constexpr (Described<M>) {
        validate(member, path);
    } else if constexpr (std::is_same_v<M, Eigen::VectorXd>) {
        for (Eigen::Index i = 0; i < member.size(); ++i) {
            // The path is made for a bad value only: columns can have many thousand rows.
            const double x = member[i];
            if (x >= field.lo && x <= field.hi && std::isfinite(x)) continue;
            check_range(path + "[" + std::to_string(i) + "]", x, field.unit, field.lo, field.hi);
        }
    } else if constexpr (is_vector<M>::value) {
        if constexpr (!std::is_same_v<M, std::vector<std::string>>) {
            for (std::size_t i = 0; i < member.size(); ++i) {
                validate_member(field, member[i], path + "[" + std::to_string(i) + "]");
            }
        }
    }
}
}  // namespace detail

/// Check every described member of a parameter struct, nested ones too. `path` is how the caller names the value.
template <Described T>
void validate(const T& value, std::string_view path) {
    for_each_field<T>([&](const auto& field) {
        detail::validate_member(field, value.*(field.member), std::string{path} + "." + std::string{field.name});
    });
}

}  // namespace skin
