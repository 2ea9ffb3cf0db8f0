// Data files: where they are, what they say, and who reads a value.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/topical/application.hpp"
#include "skin/treatment/protocol.hpp"

namespace skin {

/// The data folder: set_data_folder(), then SKIN_DATA, then beside the loaded library, then the installed one.
/// FileError that lists the places looked at when there is none.
[[nodiscard]] std::filesystem::path data_folder();
void set_data_folder(const std::filesystem::path& folder);  ///< empty: back to the search

[[nodiscard]] Device load_device(const std::filesystem::path& path);    ///< a user's own file, same format as ours
[[nodiscard]] Active load_active(const std::filesystem::path& path);    ///< a user's own file, same format as ours
[[nodiscard]] Vehicle load_vehicle(const std::filesystem::path& path);  ///< a user's own file, same format as ours
[[nodiscard]] Topical load_topical(const std::filesystem::path& path);  ///< a user's own file, same format as ours

/// @brief Line load of a needle against its offset by depth and diameter, for TearingSettings::lateral_table.
///
/// A file of comma-separated values with the columns depth_mm, diameter_mm, offset_mm, load_N_per_mm. Rows of one depth
/// and diameter are one curve, whose last point is where the skin cuts; every depth has the same diameters and every
/// curve as many points. Lines that start with # are skipped.
/// @return (row, 4) in m, m, m and N/m
/// @throws DataError  the file is not that: a gap, NaN, an axis that does not rise; FileError: it cannot be read
[[nodiscard]] RowMatrix load_lateral_table(const std::filesystem::path& path);

/// What `libskin check` does: parse any libskin file of any schema and validate it; returns what it is, in a sentence.
std::string check_file(const std::filesystem::path& path);

/// Where one value comes from and who reads it.
struct Explanation {
    std::string name;                  ///< dotted: "skin.papillary_dermis.thickness"
    double value = 0.0;                ///< SI
    std::string unit;                  ///< SI
    std::string meaning;               ///< one phrase
    Origin origin;                     ///< where it comes from
    std::vector<std::string> read_by;  ///< physics that read it
    std::string reference;             ///< the full reference behind origin.source

    bool operator==(const Explanation&) const = default;
};
/// `name` within a skin, a device, a product or a use, with or without its root ("skin.", "device.", "topical.",
/// "use."); ParameterError with the nearest name. A value without an origin that equals the default set's has the
/// default's.
[[nodiscard]] Explanation explain(const Skin& skin, std::string_view name);
[[nodiscard]] Explanation explain(const Device& device, std::string_view name);
[[nodiscard]] Explanation explain(const Topical& topical, std::string_view name);
[[nodiscard]] Explanation explain(const Use& use, std::string_view name);
[[nodiscard]] std::string to_text(const Explanation& explanation);  ///< a paragraph for a person

[[nodiscard]] std::string reference(std::string_view key);  ///< one line for a key of references.bib
/// Text of a shipped set by id ("face_cheek"), for files that must be able to run again.
[[nodiscard]] std::string parameter_text(std::string_view id);
[[nodiscard]] std::string sha256(std::string_view content);

}  // namespace skin
