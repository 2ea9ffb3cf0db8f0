// Designs files (schema libskin.designs/1): whose skin, how many persons, and the designs to compare on them.
#include <algorithm>

#include "io/case_tables.hpp"
#include "io/designs_file.hpp"
#include "skin/core/validate.hpp"
#include "skin/device/strike_pattern.hpp"

namespace skin {
namespace io {
namespace {

constexpr double largest_seed = 9007199254740992.0;  // 2^53: every whole number up to it is a double

/// The persons; what the skin table says about all of them must not be drawn as well.
PopulationSettings read_population(const Node& root, const Node& skin, const Person& person, const CaseTables& tables) {
    PopulationSettings population;
    population.person = person;
    population.age_low = population.age_high = person.age_years;
    const Node* node = root.find("population");
    if (node == nullptr) return population;
    const Node& table = as_table(*node, "population");
    std::vector<std::string> known{"n",   "age_low", "age_high", "female_share", "hydration_high", "tension_high",
                                   "seed"};
    check_known(table, "population", known);
    const std::pair<std::string_view, std::string_view> twice[] = {{"age_years", "age_low"}, {"sex", "female_share"}};
    for (const auto& [one, many] : twice) {
        const Node* drawn = table.find(many);
        if (drawn != nullptr && skin.find(one) != nullptr) {
            fail(drawn->place, "population." + std::string{many} + " draws what skin." + std::string{one} +
                                   " sets for all; keep one");
        }
    }
    if ((table.find("age_low") == nullptr) != (table.find("age_high") == nullptr)) {
        missing_key(table, "population", table.find("age_low") == nullptr ? "age_low" : "age_high");
    }
    read_fields(population, table, tables.plain("population", Omit::anything, {"preset", "person", "seed"}));
    if (const Node* seed = table.find("seed")) {
        Origin unused;
        population.seed = static_cast<std::uint64_t>(
            read_number(*seed, {"population.seed", "1", 0.0, largest_seed, true}, Style::plain, unused));
    }
    check_part(table, [&] { validate_population(population); });
    return population;
}

Design read_design(const Node& table, const CaseTables& tables, const std::vector<Design>& others) {
    Design design;
    design.name = require_string(table, "design", "name");
    for (const auto& other : others) {
        if (other.name == design.name) fail(table.place, "duplicate design '" + design.name + "'");
    }
    const std::string path = "design." + design.name;
    check_known(table, path, {"name", "device", "use"});
    design.device = tables.device(required_table(table, path, "device"), path + ".device");
    design.use = tables.use(required_table(table, path, "use"), path + ".use");
    check_part(table, [&] { static_cast<void>(strike_pattern(design.device, design.use, 1, 0)); });
    return design;
}

}  // namespace

DesignSet read_designs(const Document& document) {
    check_schema(document, designs_schema);
    const Node& root = document.root;
    check_known(root, "", {"schema", "id", "title", "note", "skin", "population", "design"});
    DesignSet result;
    result.id = stem_of(document.path);
    if (const Node* id = root.find("id"); id != nullptr && require_string(root, "", "id") != result.id) {
        fail(id->place, "id '" + id->string + "' differs from the name of the file, '" + result.id + "'");
    }
    result.title = require_string(root, "", "title");
    result.source_text = document.text;
    const CaseTables tables(document.path.parent_path(), result.id);
    const Node& skin = required_table(root, "", "skin");
    auto [reference, person] = tables.reference_skin(skin, "skin");
    result.skin = std::move(reference);
    result.population = read_population(root, skin, person, tables);
    result.population.preset = result.skin.id;
    const Node* array = root.find("design");
    if (array == nullptr) missing_key(root, "", "design");
    for (const Node& table : as_array_of_tables(*array, "design").items) {
        result.designs.push_back(read_design(table, tables, result.designs));
    }
    check_whole_file(document, [&] { validate_designs(result); });
    return result;
}

}  // namespace io

DesignSet load_designs(const std::filesystem::path& path_or_name) {
    const std::string name = path_or_name.string();
    const bool is_path = name.ends_with(".toml") || path_or_name.has_parent_path();
    const auto path = is_path ? path_or_name : io::find_on(io::Shelf::designs, name);
    return io::read_designs(io::read_document(path));
}

std::vector<std::string> designs() { return io::ids_on(io::Shelf::designs); }

}  // namespace skin
