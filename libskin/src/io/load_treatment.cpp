// Treatment files (schema libskin.treatment/1): whose skin, which device and how, which products, how often.
#include <charconv>
#include <cmath>

#include "io/case_tables.hpp"
#include "io/parameter_file.hpp"
#include "io/treatment_file.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/io/parameters.hpp"

namespace skin {
namespace io {
namespace {

namespace fs = std::filesystem;

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \t") - first + 1);
}

// ---- overrides: "session.device.protrusion=1 mm" changes the tree before it is read, so every check holds for them
// too

Node override_value(std::string_view value, const Place& place) {
    Node node;
    node.place = place;
    const char* end = value.data() + value.size();
    std::int64_t integer = 0;
    double real = 0.0;
    if (value == "true" || value == "false") {
        node.type = Node::Type::boolean;
        node.boolean = value == "true";
    } else if (const auto i = std::from_chars(value.data(), end, integer); i.ec == std::errc{} && i.ptr == end) {
        node.type = Node::Type::integer;
        node.integer = integer;
        node.real = static_cast<double>(integer);
    } else if (const auto r = std::from_chars(value.data(), end, real); r.ec == std::errc{} && r.ptr == end) {
        node.type = Node::Type::real;
        node.real = real;
    } else {
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
            value = value.substr(1, value.size() - 2);
        }
        node.type = Node::Type::string;
        node.string = value;
    }
    return node;
}

std::vector<std::string> segments_of(std::string_view key, const Place& place) {
    std::vector<std::string> segments;
    for (std::size_t at = 0; at <= key.size();) {
        const std::size_t dot = std::min(key.find('.', at), key.size());
        segments.emplace_back(trimmed(key.substr(at, dot - at)));
        if (segments.back().empty()) fail(place, "the key before '=' has an empty part");
        at = dot + 1;
    }
    if (segments.size() > 8) fail(place, "the key before '=' has more than 8 parts");
    // "device.protrusion" is what sweeps call it; in the file it lies in [session].
    if (segments.front() == "device" || segments.front() == "use") segments.insert(segments.begin(), "session");
    return segments;
}

/// The [[application]] table of this name.
Node& application_of(Node& root, const std::string& name, const Place& place) {
    std::vector<std::string> names;
    if (Node* array = root.find("application")) {
        for (Node& item : array->items) {
            const Node* found = item.find("name");
            if (found == nullptr) continue;
            if (found->string == name) return item;
            names.push_back(found->string);
        }
    }
    const std::string near = nearest_name(name, names);
    std::string hint = near.empty() ? "" : "; did you mean '" + near + "'?";
    if (near.empty()) {
        hint = names.empty() ? "; the treatment has none" : "; known are: ";
        for (const auto& known : names) hint += (known == names.front() ? "" : ", ") + known;
    }
    fail(place, "no application '" + name + "'" + hint);
}

void apply_override(Node& root, std::string_view text) {
    const Place place{std::make_shared<const std::string>(text), 0, true};
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) fail(place, "an override is written key=value, as in 'skin.age_years=60'");
    const std::string_view value = trimmed(text.substr(equals + 1));
    if (value.empty()) fail(place, "there is no value after '='");
    std::vector<std::string> segments = segments_of(trimmed(text.substr(0, equals)), place);
    Node* table = &root;
    std::string path;
    if (segments.front() == "application" && segments.size() > 1) {
        table = &application_of(root, segments[1], place);
        segments.erase(segments.begin(), segments.begin() + 2);
        if (segments.empty()) fail(place, "the key before '=' names a whole application; add one of its keys");
    }
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        path += (path.empty() ? "" : ".") + segments[i];
        Node* inner = table->find(segments[i]);
        if (inner == nullptr) {
            Node empty;
            empty.place = place;
            table->entries.push_back({segments[i], place, empty});
            inner = &table->entries.back().value;
        }
        if (inner->type != Node::Type::table)
            fail(place, path + " is " + std::string{inner->type_name()} + ", not a table");
        table = inner;
    }
    const std::string& last = segments.back();
    // Either of the two says which set is meant, so one takes the place of the other.
    const std::string other = last == "preset" ? "file" : last == "file" ? "preset" : "";
    std::erase_if(table->entries, [&](const Entry& entry) { return entry.key == last || entry.key == other; });
    table->entries.push_back({last, place, override_value(value, place)});
}

// ---- the parts of a treatment

class TreatmentReader {
public:
    explicit TreatmentReader(const Document& document)
        : document_(document), id_(stem_of(document.path)), tables_(document.path.parent_path(), id_) {}

    TreatmentCase read() {
        const Node& root = document_.root;
        check_known(root, "", {"schema", "id", "title", "note", "skin", "session", "application", "output"});
        if (const Node* id = root.find("id"); id != nullptr && require_string(root, "", "id") != id_) {
            fail(id->place, "id '" + id->string + "' differs from the name of the file, '" + id_ + "'");
        }
        TreatmentCase result;
        result.protocol.id = id_;
        result.protocol.title = require_string(root, "", "title");
        result.protocol.source_text = document_.text;
        result.skin = tables_.skin(required_table(root, "", "skin"), "skin");
        read_session(required_table(root, "", "session"), result.protocol);
        if (const Node* output = root.find("output")) read_output(as_table(*output, "output"), result.protocol);
        if (const Node* applications = root.find("application")) read_applications(*applications, result.protocol);
        check_whole_file(document_, [&] { validate_protocol(result.protocol); });
        return result;
    }

private:
    /// A field of Protocol that a file holds under another name or in another table.
    template <class M>
    void read_protocol_field(const Node& table, const std::string& path, std::string_view key, std::string_view member,
                             Protocol& protocol) const {
        const Node* node = table.find(key);
        if (node == nullptr) return;
        for_each_field<Protocol>([&](const auto& field) {
            using F = std::remove_reference_t<decltype(protocol.*(field.member))>;
            if constexpr (std::is_same_v<F, M>) {
                if (field.name != member) return;
                Origin unused;
                const std::string name = path + "." + std::string{key};
                if constexpr (std::is_same_v<M, bool>) {
                    protocol.*(field.member) = read_bool(*node, name, Style::plain, unused);
                } else {
                    const NumberField number{name, field.unit, field.lo, field.hi, std::is_same_v<M, int>};
                    protocol.*(field.member) = static_cast<M>(read_number(*node, number, Style::plain, unused));
                }
            }
        });
    }

    void read_session(const Node& table, Protocol& protocol) const {
        check_known(table, "session", {"count", "interval", "area", "covered", "device", "use"});
        read_protocol_field<int>(table, "session", "count", "sessions", protocol);
        if (protocol.sessions > 1 && table.find("interval") == nullptr) missing_key(table, "session", "interval");
        read_protocol_field<double>(table, "session", "interval", "interval", protocol);
        if (table.find("area") == nullptr) missing_key(table, "session", "area");
        read_protocol_field<double>(table, "session", "area", "area", protocol);
        read_protocol_field<bool>(table, "session", "covered", "covered", protocol);
        protocol.device = tables_.device(required_table(table, "session", "device"), "session.device");
        protocol.use = tables_.use(required_table(table, "session", "use"), "session.use");
    }

    void read_output(const Node& table, Protocol& protocol) const {
        check_known(table, "output", {"horizon", "recovery_duration", "delivery_duration"});
        for (const std::string_view key : {"horizon", "recovery_duration", "delivery_duration"}) {
            read_protocol_field<double>(table, "output", key, key, protocol);
        }
    }

    /// `topical = "id"`, `topical = "file.toml"`, or a table with preset or file and changed values.
    [[nodiscard]] Topical read_product(const Node& application, const std::string& path) const {
        const Node* node = application.find("topical");
        if (node == nullptr) missing_key(application, path, "topical");
        if (node->type == Node::Type::table) {
            const std::string inner = path + ".topical";
            Topical topical = read_topical(read_document(tables_.chosen_file(*node, inner, Shelf::topicals)));
            ReadContext context = tables_.plain(inner, Omit::anything, {"preset", "file"});
            context.origins = &topical.origins;
            read_fields(topical, *node, context);
            return topical;
        }
        const std::string name = require_string(application, path, "topical");
        if (name.ends_with(".toml")) return load_topical(document_.path.parent_path() / name);
        fs::path file;
        try {
            file = find_on(Shelf::topicals, name);
        } catch (const ParameterError& error) {
            fail(node->place, path + ".topical: " + error.what());
        }
        return load_topical(file);
    }

    void read_applications(const Node& array, Protocol& protocol) const {
        for (const Node& table : as_array_of_tables(array, "application").items) {
            Application application;
            application.name = require_string(table, "application", "name");
            const std::string path = "application." + application.name;
            if (application.name.find_first_of("./ \t") != std::string::npos) {
                fail(table.find("name")->place,
                     "the name '" + application.name + "' has a blank, a dot or a slash; it is part of dotted names");
            }
            for (const auto& other : protocol.applications) {
                if (other.name == application.name)
                    fail(table.place, "duplicate application '" + application.name + "'");
            }
            read_fields(application, table, tables_.plain(path, Omit::zeros, {"name", "topical"}));
            application.topical = read_product(table, path);
            protocol.applications.push_back(std::move(application));
        }
    }

    const Document& document_;
    std::string id_;
    CaseTables tables_;
};

}  // namespace

TreatmentCase read_treatment(Document document, const std::vector<std::string>& overrides) {
    check_schema(document, treatment_schema);
    for (const auto& change : overrides) {
        apply_override(document.root, change);
        if (!document.text.ends_with('\n')) document.text += '\n';
        document.text += "# changed for this run: " + change + "\n";  // part of the protocol's source text
    }
    return TreatmentReader(document).read();
}

}  // namespace io

TreatmentCase load_treatment(const std::filesystem::path& path_or_name, const std::vector<std::string>& overrides) {
    const std::string name = path_or_name.string();
    const bool is_path = name.ends_with(".toml") || path_or_name.has_parent_path();
    const auto path = is_path ? path_or_name : io::find_on(io::Shelf::treatments, name);
    return io::read_treatment(io::read_document(path), overrides);
}

}  // namespace skin
