#include "io/parameter_file.hpp"

#include <charconv>
#include <limits>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin::io {
namespace {

const std::vector<std::string> parameter_types{"skin",   "tissue",  "stamp",   "pen", "roller",
                                               "active", "vehicle", "topical", "use", "needle_material"};

std::string listed(const std::vector<std::string>& words) {
    std::string result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        result += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    }
    return result;
}

/// "libskin.parameters/1" as its name and major version; version 0 when there is none.
std::pair<std::string, int> schema_parts(const std::string& schema) {
    const auto slash = schema.rfind('/');
    if (slash == std::string::npos) return {schema, 0};
    int version = 0;
    std::from_chars(schema.data() + slash + 1, schema.data() + schema.size(), version);
    return {schema.substr(0, slash), version};
}

void check_conditions(const Node& root) {
    if (root.find("note") != nullptr) static_cast<void>(require_string(root, "", "note"));
    const Node* conditions = root.find("conditions");
    if (conditions == nullptr) return;
    for (const auto& entry : as_table(*conditions, "conditions").entries) {
        static_cast<void>(require_string(*conditions, "conditions", entry.key));
    }
}

/// Results store the text of each set by its id, so a file elsewhere may not bear the id of a shipped set and say
/// something else. Default sets and uses are only read from the data folder.
void check_own_id(const Document& document, const Head& head) {
    if (head.type == "tissue" || head.type == "use") return;
    std::string shipped;
    try {
        const auto folder = document.path.parent_path();
        std::error_code error;
        for (const Shelf shelf : {Shelf::skins, Shelf::devices, Shelf::actives, Shelf::vehicles, Shelf::topicals,
                                  Shelf::needle_materials}) {
            if (std::filesystem::equivalent(folder.empty() ? "." : folder, folder_of(shelf), error)) return;
            const auto path = folder_of(shelf) / (head.id + ".toml");
            if (std::filesystem::is_regular_file(path, error)) shipped = read_text(path);
        }
    } catch (const FileError&) {
        return;  // no data folder, nothing shipped
    }
    if (shipped.empty() || shipped == document.text) return;
    fail(document.root.find("id")->place,
         "id '" + head.id + "' belongs to a shipped set that says something else; give your file another name and id");
}

ReadContext file_context(const Head& head, Origins& origins, Omit omit) {
    ReadContext context;
    context.omit = omit;
    context.origins = &origins;
    context.set = head.id;
    context.given = head_keys;
    return context;
}

/// What a file leaves out because it is zero there: said in the origins, so that nobody takes it for a user's choice.
template <Described T>
void note_zeros(const T& value, Origins& origins, const std::string& set, const std::string& prefix = "") {
    for_each_field<T>([&](const auto& field) {
        using M = std::remove_cvref_t<decltype(value.*(field.member))>;
        const std::string key = prefix + std::string{field.name};
        if constexpr (std::is_arithmetic_v<M>) {
            if (value.*(field.member) != M{} || origins.contains(key)) return;
            Origin origin;
            origin.set = set;
            origin.kind = Kind::derived;
            origin.note = "not in the file: zero";
            origins[key] = origin;
        } else if constexpr (std::is_same_v<M, Needle>) {
            note_zeros(value.*(field.member), origins, set, key + ".");
        }
    });
}

}  // namespace

std::string stem_of(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    return name.ends_with(".toml") ? name.substr(0, name.size() - 5) : name;  // stem() would eat the .5 of "pen_1.5"
}

void check_schema(const Document& document, std::string_view schema) {
    const Node& root = document.root;
    const Node* found = root.find("schema");
    if (found == nullptr) fail(root.place, "missing key 'schema'; write schema = \"" + std::string{schema} + "\"");
    const std::string given = require_string(root, "", "schema");
    if (given == schema) return;
    const auto [name, version] = schema_parts(given);
    const auto [known_name, known_version] = schema_parts(std::string{schema});
    if (name == known_name && version > known_version) {
        fail(found->place, "schema '" + given + "' is newer than this libskin reads ('" + std::string{schema} + "')");
    }
    fail(found->place, "schema '" + given + "' is not '" + std::string{schema} + "'");
}

Head read_head(const Document& document, const std::vector<std::string>& wanted) {
    const Node& root = document.root;
    check_schema(document, parameter_schema);
    Head head;
    head.type = require_string(root, "", "type");
    const auto is_in = [&](const std::vector<std::string>& types) {
        return std::find(types.begin(), types.end(), head.type) != types.end();
    };
    if (!is_in(parameter_types)) {
        const std::string near = nearest_name(head.type, parameter_types);
        fail(root.find("type")->place, "type '" + head.type + "' is not " + listed(parameter_types) +
                                           (near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    if (!wanted.empty() && !is_in(wanted)) {
        fail(root.find("type")->place, "type '" + head.type + "' where " + listed(wanted) + " was expected");
    }
    head.id = require_string(root, "", "id");
    if (const std::string stem = stem_of(document.path); head.id != stem) {
        fail(root.find("id")->place, "id '" + head.id + "' differs from the name of the file, '" + stem + "'");
    }
    head.title = require_string(root, "", "title");
    check_conditions(root);
    check_own_id(document, head);
    return head;
}

Device read_device(const Document& document) {
    const Head head = read_head(document, {"stamp", "pen", "roller"});
    const auto read = [&](auto device) -> Device {
        device.id = head.id;
        read_fields(device, document.root, file_context(head, device.origins, Omit::zeros));
        note_zeros(device, device.origins, head.id);
        check_whole_file(document, [&] { validate_device(device); });
        return device;
    };
    if (head.type == "stamp") return read(Stamp{});
    if (head.type == "pen") return read(Pen{});
    return read(Roller{});
}

NeedleMaterial read_material(const Document& document) {
    const Head head = read_head(document, {"needle_material"});
    NeedleMaterial material;
    material.id = head.id;
    read_fields(material, document.root, file_context(head, material.origins, Omit::nothing));
    return material;
}

void read_needle(Needle& needle, const Node& table, const ReadContext& context) {
    ReadContext inner = context;
    if (const Node* profile = table.find("profile")) {
        Origin origin;
        Needle own = needle_from_profile(
            read_matrix(*profile, {context.name_of("profile"), "m", 0.0, std::numeric_limits<double>::infinity()},
                        context.style, origin));
        own.bore_radius = needle.bore_radius;
        own.material = std::move(needle.material);
        needle = std::move(own);
        inner.omit = Omit::anything;  // lengths and radii follow from the table; what is said again must agree
    }
    read_fields(needle, table, inner);
}

void read_needle_material(std::optional<NeedleMaterial>& material, const Node& node, const ReadContext& context) {
    const bool by_id = node.type == Node::Type::string || node.find("value") != nullptr;
    if (!by_id) {
        ReadContext inner = context;
        inner.omit = material ? Omit::anything : Omit::nothing;
        if (!material) material.emplace();
        read_fields(*material, as_table(node, context.path), inner);
        return;
    }
    Origin origin;
    const std::string id = read_string(node, context.path, context.style, origin);
    std::filesystem::path path;
    try {
        path = find_on(Shelf::needle_materials, id);
    } catch (const ParameterError& error) {
        fail(node.place, context.path + ": " + error.what());
    }
    material = read_material(read_document(path));
    if (context.origins == nullptr) return;
    for (const auto& [key, of_value] : material->origins) (*context.origins)[context.prefix + key] = of_value;
}

Active read_active(const Document& document) {
    const Head head = read_head(document, {"active"});
    Active active;
    active.id = head.id;
    active.title = head.title;
    read_fields(active, document.root, file_context(head, active.origins, Omit::zeros));
    // The property chain of a small solute starts from it; zero by silence would be a wrong drug.
    if (active.solute_class == SoluteClass::small && !active.origins.contains("log_partition")) {
        missing_key(document.root, "", "log_partition");
    }
    note_zeros(active, active.origins, head.id);
    return active;
}

Vehicle read_vehicle(const Document& document) {
    const Head head = read_head(document, {"vehicle"});
    Vehicle vehicle;
    vehicle.id = head.id;
    vehicle.title = head.title;
    read_fields(vehicle, document.root, file_context(head, vehicle.origins, Omit::zeros));
    note_zeros(vehicle, vehicle.origins, head.id);
    return vehicle;
}

Topical read_topical(const Document& document) {
    const Head head = read_head(document, {"topical"});
    Topical topical;
    topical.id = head.id;
    topical.title = head.title;
    ReadContext context = file_context(head, topical.origins, Omit::zeros);
    context.given.insert(context.given.end(), {"active", "vehicle"});
    read_fields(topical, document.root, context);
    // An id of ours, or a file of the user's beside this one.
    const auto part = [&](Shelf shelf, std::string_view key) {
        const std::string name = require_string(document.root, "", key);
        if (name.ends_with(".toml")) return document.path.parent_path() / name;
        try {
            return find_on(shelf, name);
        } catch (const ParameterError& error) {
            fail(document.root.find(key)->place, error.what());
        }
    };
    topical.active = read_active(read_document(part(Shelf::actives, "active")));
    topical.vehicle = read_vehicle(read_document(part(Shelf::vehicles, "vehicle")));
    note_zeros(topical, topical.origins, head.id);
    for (const auto& [key, origin] : topical.active.origins) topical.origins["active." + key] = origin;
    for (const auto& [key, origin] : topical.vehicle.origins) topical.origins["vehicle." + key] = origin;
    return topical;
}

std::string_view kind_of(const Use& use) noexcept {
    constexpr std::array<std::string_view, std::variant_size_v<Use>> kinds{"travel", "pressing", "impact", "rolling",
                                                                           "gliding"};
    return kinds[use.index()];
}

Use use_of_kind(std::string_view kind, const std::string& where) {
    const std::vector<Use> uses{Travel{}, Pressing{}, Impact{}, Rolling{}, Gliding{}};
    std::vector<std::string> known;
    for (const auto& use : uses) {
        if (kind_of(use) == kind) return use;
        known.emplace_back(kind_of(use));
    }
    const std::string near = nearest_name(kind, known);
    throw ParameterError(where + " = '" + std::string{kind} + "' is not " + listed(known) +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

SourcedUse read_use(const Document& document) {
    const Head head = read_head(document, {"use"});
    const Node& root = document.root;
    SourcedUse result;
    const std::string kind = require_string(root, "", "kind");
    try {
        result.use = use_of_kind(kind, "kind");
    } catch (const ParameterError& error) {
        fail(root.find("kind")->place, error.what());
    }
    std::visit(
        [&](auto& use) {
            ReadContext context = file_context(head, result.origins, Omit::nothing);
            context.given.push_back("kind");
            read_fields(use, root, context);
        },
        result.use);
    return result;
}

}  // namespace skin::io
