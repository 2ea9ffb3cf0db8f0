#include "io/case_tables.hpp"

#include "skin/core/validate.hpp"

namespace skin::io {

const Node& required_table(const Node& table, const std::string& path, std::string_view key) {
    const Node* found = table.find(key);
    if (found == nullptr) missing_key(table, path, key);
    return as_table(*found, path.empty() ? std::string{key} : path + "." + std::string{key});
}

ReadContext CaseTables::plain(const std::string& path, Omit omit, std::vector<std::string_view> given) const {
    ReadContext context;
    context.path = path;
    context.style = Style::plain;
    context.omit = omit;
    context.set = set_;
    context.given = std::move(given);
    return context;
}

std::filesystem::path CaseTables::chosen_file(const Node& table, const std::string& path, Shelf shelf) const {
    const Node* preset = table.find("preset");
    const Node* file = table.find("file");
    if (preset != nullptr && file != nullptr) fail(file->place, path + " has both 'preset' and 'file'; keep one");
    if (preset == nullptr && file == nullptr) fail(table.place, "missing key 'preset' (or 'file') in " + path);
    if (file != nullptr) return folder_ / require_string(table, path, "file");
    const std::string id = require_string(table, path, "preset");
    try {
        return find_on(shelf, id);
    } catch (const ParameterError& error) {
        fail(preset->place, path + ".preset: " + error.what());
    }
}

std::pair<Skin, Person> CaseTables::parts(const Node& table, const std::string& path) const {
    Skin reference = read_skin(read_document(chosen_file(table, path, Shelf::skins)));
    const auto changeable = changeable_parts(reference);
    std::vector<std::string_view> given{"preset", "file"};
    given.insert(given.end(), changeable.begin(), changeable.end());
    Person person;
    read_fields(person, table, plain(path, Omit::anything, given));
    return {std::move(reference), person};
}

Skin CaseTables::skin(const Node& table, const std::string& path) const {
    auto found = parts(table, path);
    Skin result;
    check_part(table, [&] { result = for_person(std::move(found.first), found.second); });
    change_skin(result, table, path, set_);
    check_part(table, [&] { validate_skin(result); });
    return result;
}

std::pair<Skin, Person> CaseTables::reference_skin(const Node& table, const std::string& path) const {
    auto result = parts(table, path);
    change_skin(result.first, table, path, set_);
    check_part(table, [&] { validate_skin(result.first); });
    check_part(table, [&] { static_cast<void>(for_person(result.first, result.second)); });
    return result;
}

Device CaseTables::device(const Node& table, const std::string& path) const {
    Device result = read_device(read_document(chosen_file(table, path, Shelf::devices)));
    std::visit(
        [&](auto& device) {
            ReadContext context = plain(path, Omit::anything, {"preset", "file"});
            context.origins = &device.origins;
            read_fields(device, table, context);
        },
        result);
    check_part(table, [&] { validate_device(result); });
    return result;
}

Use CaseTables::use(const Node& table, const std::string& path) const {
    const std::string kind = require_string(table, path, "kind");
    try {
        static_cast<void>(use_of_kind(kind, path + ".kind"));
    } catch (const ParameterError& error) {
        fail(table.find("kind")->place, error.what());
    }
    Use result = read_use(read_document(find_on(Shelf::uses, kind))).use;
    std::visit([&](auto& chosen) { read_fields(chosen, table, plain(path, Omit::anything, {"kind"})); }, result);
    check_part(table, [&] { validate_use(result); });
    return result;
}

}  // namespace skin::io
