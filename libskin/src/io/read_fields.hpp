// Reads any described struct from a table of a file, by its describe table: one loader for every schema. Values land in
// SI, checked against the field's unit and range; where each came from lands in Origins.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "io/document.hpp"
#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/core/validate.hpp"
#include "skin/device/device.hpp"

namespace skin::io {

/// How a table writes its values.
enum class Style {
    sourced,  ///< parameter sets: { value, unit, kind, source, ... }
    plain,    ///< treatments: "10 mm/s", 0.5, true
};

/// What a table may leave out.
enum class Omit {
    nothing,   ///< a complete set
    zeros,     ///< what is zero, false or absent by default: atoms, coatings, spreads that are not there
    anything,  ///< overrides of a complete set
};

/// How to read one table and where the results go.
struct ReadContext {
    std::string path;  ///< in messages: "session.device"; empty: the file itself
    Style style = Style::sourced;
    Omit omit = Omit::nothing;
    Origins* origins = nullptr;           ///< where origins go; nullptr: nowhere
    std::string prefix;                   ///< of the keys in origins: "mechanics."
    std::string set;                      ///< id of the set, for Origin::set
    std::vector<std::string_view> given;  ///< keys that the caller reads itself; fields of these names are left alone

    [[nodiscard]] std::string name_of(std::string_view key) const {
        return path.empty() ? std::string{key} : path + "." + std::string{key};
    }
    [[nodiscard]] ReadContext inside(std::string_view key) const {
        ReadContext inner = *this;
        inner.path = name_of(key);
        inner.prefix = prefix + std::string{key} + ".";
        inner.given.clear();
        return inner;
    }
};

/// What a describe table says about one number.
struct NumberField {
    std::string name;  ///< as messages call it
    std::string_view unit;
    double lo, hi;
    bool whole = false;  ///< an integer
};

/// One number with what the file says about it; the range is checked.
[[nodiscard]] double read_number(const Node& node, const NumberField& field, Style style, Origin& origin);
/// Rows of numbers of equal length, as `[[0, 4], [100, 20]]` in one unit: { value, unit, kind, source } in a parameter
/// set, { value, unit } in a treatment.
[[nodiscard]] RowMatrix read_matrix(const Node& node, const NumberField& field, Style style, Origin& origin);
/// Numbers one by one: ["1 h", "2 h"] in a treatment.
[[nodiscard]] std::vector<double> read_column(const Node& node, const NumberField& field, Style style, Origin& origin);
[[nodiscard]] bool read_bool(const Node& node, const std::string& name, Style style, Origin& origin);
[[nodiscard]] std::string read_string(const Node& node, const std::string& name, Style style, Origin& origin);

/// `node` as a table, else a sentence that names it.
const Node& as_table(const Node& node, const std::string& name);
const Node& as_array_of_tables(const Node& node, const std::string& name);
/// Fails at the first key, in the order of the file, that is not in `known`; names the nearest.
void check_known(const Node& table, const std::string& path, const std::vector<std::string>& known);
[[noreturn]] void missing_key(const Node& table, const std::string& path, std::string_view key);
/// A plain string that must be there; not empty.
[[nodiscard]] std::string require_string(const Node& table, const std::string& path, std::string_view key);

template <Described T>
void read_fields(T& target, const Node& table, const ReadContext& context);

/// Choices whose first one goes without saying in a complete set.
template <class M>
inline constexpr bool has_usual_choice = false;
template <>
inline constexpr bool has_usual_choice<NeedleShape> = true;
template <>
inline constexpr bool has_usual_choice<StampLayout> = true;

/// A needle of a table of radii: what follows from the table need not be said again.
void read_needle(Needle& needle, const Node& table, const ReadContext& context);
/// A material by the id of a shipped one, or as a table of its values.
void read_needle_material(std::optional<NeedleMaterial>& material, const Node& node, const ReadContext& context);

namespace detail {

template <class M>
inline constexpr bool is_described_vector = false;
template <Described E>
inline constexpr bool is_described_vector<std::vector<E>> = true;

/// Members that no table of a file holds under their own name: origins, and seeds, which their owner reads.
template <class M>
inline constexpr bool is_read = !std::is_same_v<M, Origins> && !std::is_same_v<M, std::uint64_t>;

inline bool is_given(const ReadContext& context, std::string_view key) {
    return key == "id" || key == "title" ||
           std::find(context.given.begin(), context.given.end(), key) != context.given.end();
}

/// Members that parameters/1 gained later: files that were written before lack them, and the default stands in.
inline constexpr auto later_members = std::to_array<std::string_view>({
    // drive_model = dynamic: all assumed (docs/theory/insertion.md, section 8)
    "nose_width",
    "moving_mass",
    "linkage_stiffness",
    "linkage_damping",
    "stall_torque",
    "rotor_inertia",
    "body_mass",
    "backing_stiffness",
    "backing_mass",
    // deflection_model = layered: fitted (the same page, section 4.1)
    "load_radius_exponent",
    "base_stiffening",
    "film_tension",
    "film_tension_depth",
    "film_depth",
    // the hand that rolls, and cracks that nothing drives (docs/theory/tearing.md)
    "tremor",
    "stroke_share",
    "lifted",
    "turn_pressed",
    "jammed_share",
    "strength",
    "linear_modulus",
    "flaw_size",
});
inline bool came_later(std::string_view key) {
    return std::find(later_members.begin(), later_members.end(), key) != later_members.end();
}
inline Origin origin_of_later_member(const std::string& set) {
    Origin origin;
    origin.set = set;
    origin.kind = Kind::assumed;
    origin.source = "libskin_insertion, section 3.2.4";
    origin.note = "not in the file: the default of the library";
    return origin;
}

/// May this member be left out, given its default?
template <class M>
bool may_omit(const M& current, Omit omit) {
    if (omit == Omit::anything) return true;
    if constexpr (skin::detail::is_optional<M>::value) return true;
    if (omit == Omit::nothing) return false;
    if constexpr (std::is_arithmetic_v<M>) return current == M{};
    if constexpr (has_usual_choice<M>) return current == M{};
    if constexpr (std::is_same_v<M, RowMatrix> || std::is_same_v<M, std::vector<double>>) return current.size() == 0;
    return false;
}

/// Elements are told apart by their name: one that is already there is changed, a new one must be complete.
template <Described E>
void read_elements(std::vector<E>& elements, const Node& node, const ReadContext& context, std::string_view key) {
    const Node& array = as_array_of_tables(node, context.name_of(key));
    std::vector<std::string> seen;
    for (const Node& item : array.items) {
        const std::string name = require_string(item, context.name_of(key), "name");
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            fail(item.place, "duplicate " + std::string{key} + " '" + name + "'");
        }
        seen.push_back(name);
        auto found = std::find_if(elements.begin(), elements.end(), [&](const E& e) { return e.name == name; });
        ReadContext inner = context.inside(name);  // "vasculature.deep_plexus.flow"
        inner.given = {"name"};
        if (found == elements.end()) {
            inner.omit = Omit::nothing;
            elements.push_back(E{});
            found = std::prev(elements.end());
            found->name = name;
        }
        read_fields(*found, item, inner);
    }
}

template <class F, class M>
void read_member(const F& field, M& member, const Node& node, const ReadContext& context) {
    const std::string name = context.name_of(field.name);
    Origin origin;
    if constexpr (is_described_vector<M>) {
        read_elements(member, node, context, field.name);
        return;
    } else if constexpr (std::is_same_v<M, Needle>) {
        read_needle(member, as_table(node, name), context.inside(field.name));
        return;
    } else if constexpr (std::is_same_v<M, std::optional<NeedleMaterial>>) {
        read_needle_material(member, node, context.inside(field.name));
        return;
    } else if constexpr (std::is_same_v<M, RowMatrix>) {
        member = read_matrix(node, {name, field.unit, field.lo, field.hi}, context.style, origin);
    } else if constexpr (std::is_same_v<M, std::vector<double>>) {
        member = read_column(node, {name, field.unit, field.lo, field.hi}, context.style, origin);
    } else if constexpr (Described<M>) {
        read_fields(member, as_table(node, name), context.inside(field.name));
        return;
    } else if constexpr (std::is_same_v<M, bool>) {
        member = read_bool(node, name, context.style, origin);
    } else if constexpr (std::is_same_v<M, std::string>) {
        member = read_string(node, name, context.style, origin);
    } else if constexpr (NamedEnum<M>) {
        const std::string word = read_string(node, name, context.style, origin);
        try {
            member = parse_choice<M>(word, name);
        } catch (const ParameterError& error) {
            fail(node.place, error.what());
        }
    } else if constexpr (std::is_same_v<M, int>) {
        member =
            static_cast<int>(read_number(node, {name, field.unit, field.lo, field.hi, true}, context.style, origin));
    } else {
        static_assert(std::is_same_v<M, double> || std::is_same_v<M, std::optional<double>>);
        member = read_number(node, {name, field.unit, field.lo, field.hi}, context.style, origin);
    }
    if (context.origins == nullptr) return;
    // A plain value has no source but the person who wrote it.
    const bool stated = !origin.source.empty() || context.style == Style::plain;
    const std::string key = context.prefix + std::string{field.name};
    if (!stated) return;
    origin.set = context.set;
    (*context.origins)[key] = std::move(origin);
}

}  // namespace detail

/// Read what `table` says about `target`; members that it may omit and does are left as they are.
template <Described T>
void read_fields(T& target, const Node& table, const ReadContext& context) {
    std::vector<std::string> known;
    for (const auto key : context.given) known.emplace_back(key);
    for_each_field<T>([&](const auto& field) {
        using M = std::remove_reference_t<decltype(target.*(field.member))>;
        if (detail::is_read<M> && !detail::is_given(context, field.name)) known.emplace_back(field.name);
    });
    check_known(as_table(table, context.path), context.path, known);
    for_each_field<T>([&](const auto& field) {
        auto& member = target.*(field.member);
        using M = std::remove_reference_t<decltype(member)>;
        if constexpr (detail::is_read<M>) {
            if (detail::is_given(context, field.name)) return;
            if (const Node* node = table.find(field.name)) {
                detail::read_member(field, member, *node, context);
            } else if (detail::came_later(field.name)) {
                if (context.origins != nullptr && context.omit != Omit::anything)
                    (*context.origins)[context.prefix + std::string{field.name}] =
                        detail::origin_of_later_member(context.set);
            } else if (!detail::may_omit(member, context.omit)) {
                missing_key(table, context.path, field.name);
            }
        }
    });
}

}  // namespace skin::io
