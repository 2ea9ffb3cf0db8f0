// A skin file on top of the default sets of data/tissue.
#include "io/parameter_file.hpp"
#include "skin/core/error.hpp"

namespace skin::io {
namespace {

/// Call visit(member) on the struct of `skin` that data/tissue/<name>.toml describes.
template <class Visitor>
bool visit_tissue(Skin& skin, std::string_view name, Visitor&& visit) {
    if (name == "person_laws") return visit(skin.person_laws), true;
    if (name == "mechanics") return visit(skin.mechanics), true;
    if (name == "tear_resistance") return visit(skin.tear_resistance), true;
    if (name == "vasculature") return visit(skin.vasculature), true;
    if (name == "barrier") return visit(skin.barrier), true;
    if (name == "solute_transport") return visit(skin.solute_transport), true;
    if (name == "healing_biology") return visit(skin.healing_biology), true;
    if (name == "tolerance") return visit(skin.tolerance), true;
    return false;
}

ReadContext layer_context(const std::string& name, Origins& origins, const std::string& set) {
    ReadContext context;
    context.path = name;
    context.prefix = name + ".";
    context.origins = &origins;
    context.set = set;
    context.omit = Omit::anything;
    context.given = {"name"};
    return context;
}

/// The [[layer]] tables of a file, by name, no name twice.
std::vector<std::pair<std::string, const Node*>> named_layers(const Document& document) {
    const Node* array = document.root.find("layer");
    if (array == nullptr) missing_key(document.root, "", "layer");
    std::vector<std::pair<std::string, const Node*>> layers;
    for (const Node& table : as_array_of_tables(*array, "layer").items) {
        const std::string name = require_string(table, "layer", "name");
        for (const auto& [other, node] : layers) {
            if (other == name) fail(table.place, "duplicate layer '" + name + "'");
        }
        layers.emplace_back(name, &table);
    }
    if (layers.empty()) fail(array->place, "layer is empty: a skin needs at least one layer");
    return layers;
}

}  // namespace

const std::vector<std::string>& tissue_names() {
    static const std::vector<std::string> names{"layers",           "person_laws",     "mechanics",
                                                "tear_resistance",  "vasculature",     "barrier",
                                                "solute_transport", "healing_biology", "tolerance"};
    return names;
}

void read_tissue(const Document& document, const std::string& name, Skin& skin) {
    const Head head = read_head(document, {"tissue"});
    ReadContext context;
    context.origins = &skin.origins;
    context.prefix = name + ".";
    context.set = head.id;
    context.given = head_keys;
    visit_tissue(skin, name, [&](auto& member) { read_fields(member, document.root, context); });
}

std::vector<Layer> read_layers(const Document& document, Origins& origins) {
    const Head head = read_head(document, {"tissue"});
    std::vector<std::string> known(head_keys.begin(), head_keys.end());
    known.emplace_back("layer");
    check_known(document.root, "", known);
    std::vector<Layer> layers;
    for (const auto& [name, table] : named_layers(document)) {
        ReadContext context = layer_context(name, origins, head.id);
        Layer layer;
        layer.name = name;
        read_fields(layer, *table, context);
        layers.push_back(layer);
    }
    return layers;
}

Skin read_skin(const Document& document) {
    const Head head = read_head(document, {"skin"});
    std::vector<std::string> known(head_keys.begin(), head_keys.end());
    known.insert(known.end(), tissue_names().begin() + 1, tissue_names().end());
    known.emplace_back("layer");
    check_known(document.root, "", known);

    Skin skin;
    skin.id = head.id;
    skin.title = head.title;
    std::vector<Layer> defaults;
    for (const auto& name : tissue_names()) {
        const Document set = read_document(find_on(Shelf::tissue, name));
        if (name == "layers") {
            defaults = read_layers(set, skin.origins);
            continue;
        }
        read_tissue(set, name, skin);
        const Node* overrides = document.root.find(name);
        if (overrides == nullptr) continue;
        ReadContext context;
        context.path = name;
        context.prefix = name + ".";
        context.origins = &skin.origins;
        context.set = head.id;
        context.omit = Omit::anything;
        visit_tissue(skin, name, [&](auto& member) { read_fields(member, as_table(*overrides, name), context); });
    }
    for (const auto& [name, table] : named_layers(document)) {
        Layer layer;
        layer.name = name;
        for (const auto& candidate : defaults) {
            if (candidate.name == name) layer = candidate;
        }
        if (table->find("thickness") == nullptr) missing_key(*table, name, "thickness");
        read_fields(layer, *table, layer_context(name, skin.origins, head.id));
        for_each_field<Layer>([&](const auto& field) {
            const std::string key = name + "." + std::string{field.name};
            if (field.name != "name" && !skin.origins.contains(key)) missing_key(*table, name, field.name);
        });
        skin.layers.push_back(layer);
    }
    // Defaults of layers that this skin does not have are nobody's values.
    for (const auto& layer : defaults) {
        if (!skin.has_layer(layer.name))
            std::erase_if(skin.origins, [&](const auto& item) { return item.first.starts_with(layer.name + "."); });
    }
    check_whole_file(document, [&] { validate_skin(skin); });
    return skin;
}

std::vector<std::string> changeable_parts(const Skin& skin) {
    std::vector<std::string> parts(tissue_names().begin() + 1, tissue_names().end());
    for (const auto& layer : skin.layers) parts.push_back(layer.name);
    return parts;
}

void change_skin(Skin& skin, const Node& table, const std::string& path, const std::string& set) {
    ReadContext root;
    root.path = path;
    root.style = Style::plain;
    root.omit = Omit::anything;
    root.origins = &skin.origins;
    root.set = set;
    for (const auto& name : changeable_parts(skin)) {
        const Node* part = table.find(name);
        if (part == nullptr) continue;
        const Node& values = as_table(*part, root.name_of(name));
        ReadContext context = root.inside(name);
        if (name == "vasculature") {  // a bed is addressed by its name, as in dotted names
            for (auto& bed : skin.vasculature.bed) {
                context.given.emplace_back(bed.name);
                const Node* own = values.find(bed.name);
                ReadContext inner = context.inside(bed.name);
                inner.given = {"name", "layer"};
                if (own != nullptr) read_fields(bed, as_table(*own, inner.path), inner);
            }
        }
        for (auto& layer : skin.layers) {
            if (layer.name != name) continue;
            context.given = {"name"};
            read_fields(layer, values, context);
        }
        visit_tissue(skin, name, [&](auto& member) { read_fields(member, values, context); });
    }
}

}  // namespace skin::io
