// Where a value comes from, in words: explain() of skins, devices, products and uses.
#include <cmath>
#include <limits>
#include <optional>
#include <sstream>

#include "io/parameter_file.hpp"
#include "io/references.hpp"
#include "skin/core/error.hpp"
#include "skin/core/units.hpp"
#include "skin/core/validate.hpp"
#include "skin/io/parameters.hpp"

namespace skin {
namespace {

/// Everything of one value that can be explained, by its dotted name without the root.
struct Named {
    std::string key;
    Explanation explanation;
};

std::vector<std::string> words_of(std::string_view text) {
    std::istringstream stream{std::string{text}};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

/// Adds every number, switch and choice of a struct; a switch shows as 0 or 1, a choice by its place and its word.
template <Described T>
void collect(std::vector<Named>& all, const T& value, const std::string& prefix) {
    for_each_field<T>([&](const auto& field) {
        const auto& member = value.*(field.member);
        using M = std::remove_cvref_t<decltype(member)>;
        const std::string key = prefix + std::string{field.name};
        Explanation e;
        e.unit = field.unit;
        e.meaning = field.meaning;
        e.read_by = words_of(field.read_by);
        if constexpr (std::is_arithmetic_v<M>) {
            e.value = static_cast<double>(member);
        } else if constexpr (std::is_same_v<M, std::optional<double>>) {
            e.value = member.value_or(std::numeric_limits<double>::quiet_NaN());
            if (!member) e.meaning += " (not stated)";
        } else if constexpr (NamedEnum<M>) {
            e.value = static_cast<double>(static_cast<int>(member));
            e.meaning += ": " + std::string{name_of(member)};
        } else if constexpr (io::detail::is_described_vector<M>) {
            for (const auto& item : member) collect(all, item, prefix + item.name + ".");
            return;
        } else if constexpr (std::is_same_v<M, std::optional<NeedleMaterial>>) {
            if (member) collect(all, *member, key + ".");
            return;
        } else if constexpr (Described<M>) {
            collect(all, member, key + ".");
            return;
        } else {
            return;  // names, titles
        }
        all.push_back({key, std::move(e)});
    });
}

std::string full_reference(const std::string& source) {
    if (source.empty()) return "";
    const std::string key = source.substr(0, source.find(','));
    try {
        return reference(key);
    } catch (const ParameterError&) {
        return "";  // a source of the user's own, not in our list
    }
}

/// The entry for `name`, with or without `root.` in front; its origin from `origins`, else from `defaults` if the value
/// is the same there, else kind user.
Explanation pick(std::vector<Named> all, std::string_view name, const std::string& root, const Origins& origins,
                 const Origins& default_origins, const std::vector<Named>& defaults) {
    std::string_view key = name;
    if (key.starts_with(root + ".")) key.remove_prefix(root.size() + 1);
    std::vector<std::string> known;
    for (auto& [candidate, explanation] : all) {
        known.push_back(root + "." + candidate);
        if (candidate != key) continue;
        explanation.name = known.back();
        if (const auto found = origins.find(candidate); found != origins.end()) {
            explanation.origin = found->second;
        } else {
            for (const auto& other : defaults) {
                const auto source = default_origins.find(candidate);
                if (other.key == candidate && source != default_origins.end() &&
                    same(other.explanation.value, explanation.value)) {
                    explanation.origin = source->second;
                }
            }
        }
        explanation.reference = full_reference(explanation.origin.source);
        return explanation;
    }
    const std::string wanted = root + "." + std::string{key.substr(0, 200)};
    const std::string near = nearest_name(wanted, known);
    throw ParameterError("no value '" + std::string{name.substr(0, 200)} + "' in this " + root +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

std::vector<Named> values_of(const Skin& skin) {
    std::vector<Named> all;
    for (const auto& layer : skin.layers) collect(all, layer, layer.name + ".");
    collect(all, skin.person, "person.");
    collect(all, skin.person, "");  // "skin.age_years" is what treatments and sweeps call it
    collect(all, skin.person_laws, "person_laws.");
    collect(all, skin.mechanics, "mechanics.");
    collect(all, skin.tear_resistance, "tear_resistance.");
    collect(all, skin.vasculature, "vasculature.");
    collect(all, skin.barrier, "barrier.");
    collect(all, skin.solute_transport, "solute_transport.");
    collect(all, skin.healing_biology, "healing_biology.");
    collect(all, skin.tolerance, "tolerance.");
    return all;
}

}  // namespace

namespace {

/// The default sets of the data folder, for values of skins that were built in code.
Skin default_skin() {
    Skin defaults;
    for (const auto& set : io::tissue_names()) {
        const auto document = io::read_document(io::find_on(io::Shelf::tissue, set));
        if (set == "layers") {
            defaults.layers = io::read_layers(document, defaults.origins);
        } else {
            io::read_tissue(document, set, defaults);
        }
    }
    return defaults;
}

}  // namespace

Explanation explain(const Skin& skin, std::string_view name) {
    Explanation found = pick(values_of(skin), name, "skin", skin.origins, {}, {});
    if (found.origin.kind != Kind::user || !found.origin.set.empty()) return found;
    const Skin defaults = default_skin();
    return pick(values_of(skin), name, "skin", skin.origins, defaults.origins, values_of(defaults));
}

Explanation explain(const Device& device, std::string_view name) {
    return std::visit(
        [&](const auto& chosen) {
            std::vector<Named> all;
            collect(all, chosen, "");
            return pick(std::move(all), name, "device", chosen.origins, {}, {});
        },
        device);
}

Explanation explain(const Topical& topical, std::string_view name) {
    std::vector<Named> all;
    collect(all, topical, "");
    return pick(std::move(all), name, "topical", topical.origins, {}, {});
}

Explanation explain(const Use& use, std::string_view name) {
    const auto shipped = io::read_use(io::read_document(io::find_on(io::Shelf::uses, io::kind_of(use))));
    std::vector<Named> all, defaults;
    std::visit([&](const auto& chosen) { collect(all, chosen, ""); }, use);
    std::visit([&](const auto& chosen) { collect(defaults, chosen, ""); }, shipped.use);
    return pick(std::move(all), name, "use", {}, shipped.origins, defaults);
}

std::string to_text(const Explanation& e) {
    const auto line = [](const char* label, const std::string& content) {
        return text("  %-9s ", label) + content + "\n";
    };
    const auto shown = [&](double value) { return units::pretty(value, e.unit); };
    std::string out = e.name + " = " + shown(e.value);
    const std::string plain = text("%.10g ", e.value) + e.unit;
    if (e.unit != "1" && std::isfinite(e.value) && plain != shown(e.value)) out += " (" + plain + ")";
    out += "\n" + line("meaning", e.meaning);
    const Origin& o = e.origin;
    out += line("kind", std::string{name_of(o.kind)} + (o.uncertain ? ", uncertain" : "") +
                            (o.kind == Kind::user ? ": set in code or in the treatment" : ""));
    if (!o.source.empty()) out += line("source", o.source);
    if (!e.reference.empty()) out += line("reference", e.reference);
    if (!o.set.empty()) out += line("set", o.set);
    if (std::isfinite(o.lo) || std::isfinite(o.hi)) {
        const std::string low = std::isfinite(o.lo) ? shown(o.lo) : "?", high = std::isfinite(o.hi) ? shown(o.hi) : "?";
        out += line("range", low + " to " + high);
    }
    if (std::isfinite(o.sd)) {
        out += line("spread", shown(o.sd) + " standard deviation" + (o.n > 0 ? text(", n = %d", o.n) : "") +
                                  (o.distribution.empty() ? "" : ", " + o.distribution));
    } else if (!o.distribution.empty()) {
        out += line("spread", o.distribution);
    }
    if (!o.fitted_to.empty()) out += line("fitted to", o.fitted_to);
    if (!o.note.empty()) out += line("note", o.note);
    std::string readers;
    for (const auto& reader : e.read_by) readers += (readers.empty() ? "" : ", ") + reader;
    out += line("read by", readers.empty() ? "no physics of this version" : readers);
    return out;
}

}  // namespace skin
