// Where the shipped data are. SKIN_SOURCE_DATA and SKIN_INSTALLED_DATA are given to this file by CMake.
#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "io/parameter_file.hpp"
#include "skin/core/error.hpp"
#include "skin/io/parameters.hpp"

#ifndef SKIN_SOURCE_DATA
#define SKIN_SOURCE_DATA ""
#endif
#ifndef SKIN_INSTALLED_DATA
#define SKIN_INSTALLED_DATA ""
#endif

namespace skin {
namespace {

namespace fs = std::filesystem;

struct Choice {
    std::mutex guard;
    fs::path folder;
};
/// The one setting of the process: which folder set_data_folder() named.
Choice& choice() {
    static Choice the_choice;
    return the_choice;
}

bool is_data_folder(const fs::path& folder) {
    std::error_code error;
    return !folder.empty() && fs::is_directory(folder / "skins", error) && fs::is_directory(folder / "tissue", error);
}

/// Folder of the file that holds this code: libskin.so, the Python module, or a program that links it statically.
fs::path library_folder() {
    static const int here = 0;
    Dl_info info{};
    if (dladdr(&here, &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code error;
    const fs::path file = fs::weakly_canonical(info.dli_fname, error);
    return error ? fs::path{} : file.parent_path();
}

std::vector<fs::path> search_places() {
    std::vector<fs::path> places;
    const fs::path beside = library_folder();
    if (!beside.empty()) {
        places.push_back(beside / "data");                                                    // a wheel
        places.push_back(beside.parent_path() / "share" / "libskin" / "data");                // prefix/lib
        places.push_back(beside.parent_path().parent_path() / "share" / "libskin" / "data");  // prefix/lib/<triplet>
    }
    for (const char* place : {SKIN_SOURCE_DATA, SKIN_INSTALLED_DATA}) {
        if (*place != '\0') places.emplace_back(place);
    }
    return places;
}

[[noreturn]] void not_a_data_folder(const fs::path& folder, const char* who) {
    throw FileError(std::string{who} + " names '" + folder.string() +
                    "', which is not a data folder of libskin: it lacks the folders skins and tissue");
}

}  // namespace

std::filesystem::path data_folder() {
    {
        const std::lock_guard lock(choice().guard);
        if (!choice().folder.empty()) {
            if (!is_data_folder(choice().folder)) not_a_data_folder(choice().folder, "set_data_folder");
            return choice().folder;
        }
    }
    if (const char* named = std::getenv("SKIN_DATA"); named != nullptr && *named != '\0') {
        if (!is_data_folder(named)) not_a_data_folder(named, "the environment variable SKIN_DATA");
        return named;
    }
    std::string looked;
    for (const auto& place : search_places()) {
        if (is_data_folder(place)) return place;
        looked += (looked.empty() ? "" : ", ") + place.string();
    }
    throw FileError("the data folder of libskin was not found; set SKIN_DATA to it (looked in: " + looked + ")");
}

void set_data_folder(const std::filesystem::path& folder) {
    const std::lock_guard lock(choice().guard);
    choice().folder = folder;
}

namespace io {

std::filesystem::path folder_of(Shelf shelf) {
    const fs::path data = data_folder();
    const fs::path installed = data / std::string{shelf_folder(shelf)};
    if (shelf != Shelf::treatments && shelf != Shelf::designs) return installed;
    std::error_code error;
    // In the source tree treatments and designs are examples.
    return fs::is_directory(installed, error) ? installed
                                              : data.parent_path().parent_path() / "examples" / installed.filename();
}

std::string_view shelf_folder(Shelf shelf) {
    switch (shelf) {
        case Shelf::skins:
            return "skins";
        case Shelf::devices:
            return "devices";
        case Shelf::actives:
            return "actives";
        case Shelf::vehicles:
            return "vehicles";
        case Shelf::topicals:
            return "topicals";
        case Shelf::tissue:
            return "tissue";
        case Shelf::uses:
            return "uses";
        case Shelf::treatments:
            return "treatments";
        case Shelf::needle_materials:
            return "needle_materials";
        case Shelf::designs:
            return "designs";
    }
    return "";
}

std::string_view shelf_word(Shelf shelf) {
    switch (shelf) {
        case Shelf::skins:
            return "skin";
        case Shelf::devices:
            return "device";
        case Shelf::actives:
            return "active";
        case Shelf::vehicles:
            return "vehicle";
        case Shelf::topicals:
            return "topical";
        case Shelf::tissue:
            return "tissue set";
        case Shelf::uses:
            return "use";
        case Shelf::treatments:
            return "treatment";
        case Shelf::needle_materials:
            return "needle material";
        case Shelf::designs:
            return "designs file";
    }
    return "";
}

std::vector<std::string> ids_on(Shelf shelf) {
    std::vector<std::string> ids;
    std::error_code error;
    for (fs::directory_iterator entry(folder_of(shelf), error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.size() > 5 && name.ends_with(".toml") && name.front() != '.')
            ids.push_back(name.substr(0, name.size() - 5));
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::filesystem::path find_on(Shelf shelf, std::string_view id) {
    const auto ids = ids_on(shelf);
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) return folder_of(shelf) / (std::string{id} + ".toml");
    const std::string shown{id.size() > 60 ? std::string{id.substr(0, 60)} + "..." : std::string{id}};
    const std::string near = id.size() <= 100 ? nearest_name(id, ids) : "";
    std::string hint = near.empty() ? "" : "; did you mean '" + near + "'?";
    if (near.empty()) {
        hint = ids.empty() ? "; none are shipped in " + folder_of(shelf).string() : "; known are: ";
        for (const auto& known : ids) hint += (known == ids.front() ? "" : ", ") + known;
    }
    throw ParameterError("no " + std::string{shelf_word(shelf)} + " '" + shown + "'" + hint);
}

}  // namespace io
}  // namespace skin
