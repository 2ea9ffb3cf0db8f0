// What `libskin check` does.
#include "io/designs_file.hpp"
#include "io/parameter_file.hpp"
#include "io/references.hpp"
#include "io/treatment_file.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/io/parameters.hpp"

namespace skin {
namespace {

/// "12 values, 3 recalled or assumed"; names sources that references.bib does not know.
std::string tally(const Origins& origins) {
    const auto references = io::shipped_references();
    std::size_t unchecked = 0;
    std::string unknown;
    for (const auto& [name, origin] : origins) {
        if (origin.kind == Kind::recalled || origin.kind == Kind::assumed) ++unchecked;
        const std::string key = origin.source.substr(0, origin.source.find(','));
        if (key.empty() || references.contains(key) || unknown.find("'" + key + "'") != std::string::npos) continue;
        unknown += (unknown.empty() ? "" : ", ") + ("'" + key + "'");
    }
    std::string result = text("%zu values", origins.size());
    if (unchecked > 0) result += text(", %zu of them recalled or assumed", unchecked);
    if (!unknown.empty()) result += "; sources that references.bib does not have: " + unknown;
    return result;
}

std::string sentence(const std::filesystem::path& path, const std::string& what, const std::string& id,
                     const std::string& title, const std::string& rest) {
    return path.string() + ": " + what + " '" + id + "' (" + title + "), " + rest;
}

std::string check_tissue(const io::Document& document, const io::Head& head) {
    Skin skin;
    const auto& names = io::tissue_names();
    if (std::find(names.begin(), names.end(), head.id) == names.end()) {
        const std::string near = nearest_name(head.id, names);
        io::fail(document.root.find("id")->place,
                 "'" + head.id + "' is not a default set" + (near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    if (head.id == "layers") {
        static_cast<void>(io::read_layers(document, skin.origins));
    } else {
        io::read_tissue(document, head.id, skin);
    }
    return sentence(document.path, "default set", head.id, head.title, tally(skin.origins));
}

std::string check_parameters(const io::Document& document) {
    const io::Head head = io::read_head(document, {});
    if (head.type == "skin") {
        const Skin skin = io::read_skin(document);
        return sentence(document.path, "skin", head.id, head.title,
                        text("%zu layers, ", skin.layers.size()) + tally(skin.origins));
    }
    if (head.type == "tissue") return check_tissue(document, head);
    if (head.type == "active")
        return sentence(document.path, "active", head.id, head.title, tally(io::read_active(document).origins));
    if (head.type == "vehicle")
        return sentence(document.path, "vehicle", head.id, head.title, tally(io::read_vehicle(document).origins));
    if (head.type == "topical")
        return sentence(document.path, "topical", head.id, head.title, tally(io::read_topical(document).origins));
    if (head.type == "use")
        return sentence(document.path, "use", head.id, head.title, tally(io::read_use(document).origins));
    if (head.type == "needle_material")
        return sentence(document.path, "needle material", head.id, head.title,
                        tally(io::read_material(document).origins));
    const Device device = io::read_device(document);
    const Origins& origins = std::visit([](const auto& d) -> const Origins& { return d.origins; }, device);
    return sentence(document.path, head.type, head.id, head.title, tally(origins));
}

}  // namespace

std::string check_file(const std::filesystem::path& path) {
    const io::Document document = io::read_document(path);
    const io::Node* schema = document.root.find("schema");
    const bool is_treatment = schema != nullptr && schema->string.starts_with("libskin.treatment/");
    const bool is_designs = schema != nullptr && schema->string.starts_with("libskin.designs/");
    if (schema != nullptr && !is_treatment && !is_designs && !schema->string.starts_with("libskin.parameters/")) {
        io::fail(schema->place, "schema " + schema->shown() +
                                    " is not known; known are 'libskin.parameters/1', 'libskin.treatment/1' and "
                                    "'libskin.designs/1'");
    }
    if (is_designs) {
        const DesignSet set = io::read_designs(document);
        return sentence(path, "designs file", set.id, set.title,
                        text("%zu design%s on %d persons, skin '%s'", set.designs.size(),
                             set.designs.size() == 1 ? "" : "s", set.population.n, set.skin.id.c_str()));
    }
    if (!is_treatment) return check_parameters(document);
    const TreatmentCase treatment = io::read_treatment(document, {});
    return sentence(
        path, "treatment", treatment.protocol.id, treatment.protocol.title,
        text("%d session%s on skin '%s', %zu product%s", treatment.protocol.sessions,
             treatment.protocol.sessions == 1 ? "" : "s", treatment.skin.id.c_str(),
             treatment.protocol.applications.size(), treatment.protocol.applications.size() == 1 ? "" : "s"));
}

}  // namespace skin
