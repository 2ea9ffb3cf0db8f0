// What all parameter files share: shelves of the data folder, the head of a file, and how one set is read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "io/document.hpp"
#include "io/read_fields.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/topical/topical.hpp"

namespace skin::io {

/// Folders of the data folder.
enum class Shelf { skins, devices, actives, vehicles, topicals, tissue, uses, treatments, needle_materials, designs };
[[nodiscard]] std::string_view shelf_folder(Shelf shelf);
[[nodiscard]] std::string_view shelf_word(Shelf shelf);  ///< "skin", "device": one thing on it
[[nodiscard]] std::filesystem::path folder_of(Shelf shelf);
[[nodiscard]] std::vector<std::string> ids_on(Shelf shelf);  ///< sorted
/// Path of a shipped set; ParameterError with the nearest id, or all of them.
[[nodiscard]] std::filesystem::path find_on(Shelf shelf, std::string_view id);

inline constexpr std::string_view parameter_schema = "libskin.parameters/1";
inline constexpr std::string_view treatment_schema = "libskin.treatment/1";
inline constexpr std::string_view designs_schema = "libskin.designs/1";
inline const std::vector<std::string_view> head_keys{"schema", "type", "id", "title", "note", "conditions"};

/// The first lines of a parameter file, checked.
struct Head {
    std::string type, id, title;
};
/// `wanted`: the types that the caller can use, "" in `what` when any will do.
[[nodiscard]] Head read_head(const Document& document, const std::vector<std::string>& wanted);
/// Only the schema; DataError unless it is `schema` or an older version of it.
void check_schema(const Document& document, std::string_view schema);
/// The id that a file must have: its name without ".toml".
[[nodiscard]] std::string stem_of(const std::filesystem::path& path);

/// Run a check of the whole value; its ParameterError becomes a DataError that names the file.
template <class Check>
void check_whole_file(const Document& document, Check&& check) {
    try {
        check();
    } catch (const ParameterError& error) {
        throw DataError(document.path.string() + ": " + error.what());
    }
}

/// The reference skin of a file, before the laws of a person.
[[nodiscard]] Skin read_skin(const Document& document);
/// Names of the tables by which a treatment may change single values of a skin: sets and layers.
[[nodiscard]] std::vector<std::string> changeable_parts(const Skin& skin);
/// What those tables of `table` say, over the values of this person; kind user.
void change_skin(Skin& skin, const Node& table, const std::string& path, const std::string& set);
[[nodiscard]] Device read_device(const Document& document);
[[nodiscard]] NeedleMaterial read_material(const Document& document);
[[nodiscard]] Active read_active(const Document& document);
[[nodiscard]] Vehicle read_vehicle(const Document& document);
[[nodiscard]] Topical read_topical(const Document& document);

/// Names of the default sets data/tissue/*.toml, "layers" too.
[[nodiscard]] const std::vector<std::string>& tissue_names();
/// One default set into `skin`; its origins as "mechanics.effective_modulus". Not for "layers".
void read_tissue(const Document& document, const std::string& name, Skin& skin);
/// The default layers: everything but thickness; origins as "papillary_dermis.toughness".
[[nodiscard]] std::vector<Layer> read_layers(const Document& document, Origins& origins);

/// The default of one kind of use ("rolling") and its origins ("force_variation").
struct SourcedUse {
    Use use;
    Origins origins;
};
[[nodiscard]] SourcedUse read_use(const Document& document);
[[nodiscard]] Use use_of_kind(std::string_view kind, const std::string& where);  ///< ParameterError with the nearest
[[nodiscard]] std::string_view kind_of(const Use& use) noexcept;

}  // namespace skin::io
