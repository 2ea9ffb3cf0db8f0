// The public door to parameter files: shipped sets by id, a user's own by path.
#include "skin/io/parameters.hpp"

#include "io/parameter_file.hpp"
#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

using io::Shelf;

Skin Skin::preset(std::string_view id, const Person& person) {
    validate(person, "person");
    return for_person(io::read_skin(io::read_document(io::find_on(Shelf::skins, id))), person);
}

Skin Skin::load(const std::filesystem::path& path, const Person& person) {
    validate(person, "person");
    return for_person(io::read_skin(io::read_document(path)), person);
}

std::vector<std::string> Skin::presets() { return io::ids_on(Shelf::skins); }

Device device(std::string_view id) { return load_device(io::find_on(Shelf::devices, id)); }
std::vector<std::string> devices() { return io::ids_on(Shelf::devices); }
Device load_device(const std::filesystem::path& path) { return io::read_device(io::read_document(path)); }

NeedleMaterial needle_material(std::string_view id) {
    return io::read_material(io::read_document(io::find_on(Shelf::needle_materials, id)));
}
std::vector<std::string> needle_materials() { return io::ids_on(Shelf::needle_materials); }

Active active(std::string_view id) { return load_active(io::find_on(Shelf::actives, id)); }
std::vector<std::string> actives() { return io::ids_on(Shelf::actives); }
Active load_active(const std::filesystem::path& path) { return io::read_active(io::read_document(path)); }

Vehicle vehicle(std::string_view id) { return load_vehicle(io::find_on(Shelf::vehicles, id)); }
std::vector<std::string> vehicles() { return io::ids_on(Shelf::vehicles); }
Vehicle load_vehicle(const std::filesystem::path& path) { return io::read_vehicle(io::read_document(path)); }

Topical topical(std::string_view id) { return load_topical(io::find_on(Shelf::topicals, id)); }
std::vector<std::string> topicals() { return io::ids_on(Shelf::topicals); }
Topical load_topical(const std::filesystem::path& path) { return io::read_topical(io::read_document(path)); }

std::vector<std::string> treatments() { return io::ids_on(Shelf::treatments); }

std::string parameter_text(std::string_view id) {
    // Most people ask for a skin; a treatment comes last. Ids are unique over the shelves of the shipped data (a test).
    for (const Shelf shelf : {Shelf::skins, Shelf::devices, Shelf::topicals, Shelf::actives, Shelf::vehicles,
                              Shelf::tissue, Shelf::uses, Shelf::needle_materials, Shelf::treatments, Shelf::designs}) {
        const auto ids = io::ids_on(shelf);
        if (std::find(ids.begin(), ids.end(), id) != ids.end()) return io::read_text(io::find_on(shelf, id));
    }
    throw ParameterError("no shipped parameter set '" + std::string{id} + "'");
}

}  // namespace skin
