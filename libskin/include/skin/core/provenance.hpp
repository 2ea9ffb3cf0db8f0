// Where a number comes from, and what a result must say about itself.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"

namespace skin {

/// How a value came to be known.
enum class Kind {
    measured,  ///< read in the source itself
    fitted,    ///< fitted by us to a named experiment, which then cannot validate it
    derived,   ///< follows from other sourced values; the note says how
    recalled,  ///< source known, value not yet checked in it: every result warns
    assumed,   ///< an engineering choice: every result warns
    user,      ///< set or changed in code
};
template <>
struct EnumNames<Kind> {
    static constexpr std::array entries{std::pair{Kind::measured, std::string_view{"measured"}},
                                        std::pair{Kind::fitted, std::string_view{"fitted"}},
                                        std::pair{Kind::derived, std::string_view{"derived"}},
                                        std::pair{Kind::recalled, std::string_view{"recalled"}},
                                        std::pair{Kind::assumed, std::string_view{"assumed"}},
                                        std::pair{Kind::user, std::string_view{"user"}}};
};

/// What the data file says about one value.
struct Origin {
    std::string set;  ///< id of the parameter set (file name without .toml)
    Kind kind = Kind::user;
    std::string source;      ///< key of references.bib and the place in it: "key, table 2"
    bool uncertain = false;  ///< recalled with doubt: never in a test
    double lo = std::numeric_limits<double>::quiet_NaN();  ///< lower end of the stated range, SI
    double hi = std::numeric_limits<double>::quiet_NaN();  ///< upper end of the stated range, SI
    double sd = std::numeric_limits<double>::quiet_NaN();  ///< standard deviation, SI
    int n = 0;                                             ///< number of subjects or samples behind sd, 0 if not stated
    std::string distribution;                              ///< "normal", "lognormal", "loguniform" or ""
    std::string note;
    std::string fitted_to;  ///< "experiments/<author><year>" for kind fitted
};
bool operator==(const Origin& a, const Origin& b);  // NaN equals NaN

/// Origin of each value of one set by dotted name without the root: "papillary_dermis.thickness".
/// A name that is missing was set in code: kind user.
using Origins = std::map<std::string, Origin>;

struct Warning {
    std::string code;     ///< "assumed_parameters", "outside_validated_range", ...
    std::string where;    ///< dotted name or verb
    std::string message;  ///< one sentence

    bool operator==(const Warning&) const = default;
};

/// What a single result says about itself; travels into Python and files.
struct ResultInfo {
    std::vector<Warning> warnings;
    std::vector<std::string> citations;  ///< keys of references.bib, data and models, in order of first use
    std::vector<std::string> models;     ///< "insertion.tip_model = energy_release"

    void warn(std::string code, std::string where, std::string message);  ///< once per (code, where)
    void cite(std::string_view source);                                   ///< key up to the first comma; once
    void use(std::string model);
    void merge(const ResultInfo& other);

    bool operator==(const ResultInfo&) const = default;
};

/// What a whole run says about itself: enough to run it again.
struct Provenance {
    std::string libskin_version, git_revision, build;
    std::string created;  ///< UTC, ISO 8601; never compared
    std::uint64_t seed = 0;
    std::string protocol_text;                            ///< the treatment file itself, "" if built in code
    std::map<std::string, std::string> parameter_texts;   ///< id of a set -> text of its file
    std::map<std::string, std::string> parameter_hashes;  ///< id of a set -> SHA-256
    int threads = 0;                                      ///< never affects numbers, never compared
    double wall_time = 0.0;                               ///< [s] never compared

    /// Whether two runs should give the same numbers: when, how fast and on how many threads they ran does not count.
    [[nodiscard]] bool operator==(const Provenance& other) const;
};

/// Add to `info` the sources of all values of `T` that `physics` reads (Field::read_by), and one warning that names
/// those that are only recalled or assumed. `path` is the root of the dotted name: "skin.mechanics".
struct SourcedName {
    std::string name;  ///< dotted, with the root
    std::string key;   ///< dotted, as in Origins
};
void append_sources(ResultInfo& info, const Origins& origins, const std::vector<SourcedName>& names,
                    std::string_view physics);

/// Names of the fields of T that `physics` reads, ready for append_sources.
template <Described T>
void names_read_by(std::vector<SourcedName>& names, std::string_view physics, const std::string& root,
                   const std::string& key_prefix) {
    for_each_field<T>([&](const auto& field) {
        const std::string_view readers = field.read_by;
        std::size_t at = readers.find(physics);
        while (at != std::string_view::npos) {
            const bool starts = at == 0 || readers[at - 1] == ' ';
            const bool ends = at + physics.size() == readers.size() || readers[at + physics.size()] == ' ';
            if (starts && ends) {
                names.push_back({root + "." + std::string{field.name}, key_prefix + std::string{field.name}});
                break;
            }
            at = readers.find(physics, at + 1);
        }
    });
}

}  // namespace skin
