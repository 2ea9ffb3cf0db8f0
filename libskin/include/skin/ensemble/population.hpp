// Skins of many persons: the spread that the data state, drawn person by person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/tissue/skin.hpp"

namespace skin {

struct PopulationSettings {
    std::string preset = "face_cheek";     ///< id of the skin set
    Person person;                         ///< what all have in common; the age is drawn
    int n = 1000;                          ///< [1] how many
    double age_low = 30.0;                 ///< [1] youngest age in years
    double age_high = 30.0;                ///< [1] oldest age in years
    std::uint64_t seed = 0;                ///< of the draws
    std::optional<double> female_share;    ///< [1] share of women, the rest men; nothing: the sex of `person`
    std::optional<double> hydration_high;  ///< [1] uniform from person.hydration to this; nothing: as `person`
    std::optional<double> tension_high;    ///< [N/m] uniform from person.tension to this; nothing: as `person`
};
template <>
struct Describe<PopulationSettings> {
    using S = PopulationSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"preset", &S::preset, "1", "id of the skin set"},
            Field{"person", &S::person, "1", "what all have in common; the age is drawn"},
            Field{"n", &S::n, "1", "how many", {}, 0, 100000000},
            Field{"age_low", &S::age_low, "1", "youngest age in years", {}, 0.0, 120.0},
            Field{"age_high", &S::age_high, "1", "oldest age in years", {}, 0.0, 120.0},
            Field{"seed", &S::seed, "1", "of the draws"},
            Field{"female_share", &S::female_share, "1", "share of women, the rest men", {}, 0.0, 1.0},
            Field{"hydration_high", &S::hydration_high, "1", "uniform from person.hydration to this", {}, 0.0, 1.0},
            Field{"tension_high", &S::tension_high, "N/m", "uniform from person.tension to this", {}, 0.0, 1e3},
        };
    }
    // clang-format on
};

/// Ranges, and that each range has its ends in order.
void validate_population(const PopulationSettings& settings, std::string_view path = "population");

/// One person around `reference`: one factor on the thickness of each layer, one on effective_modulus, and one on the
/// toughness of all layers under both of its laws, each lognormal about 1 with the variation that the set states. Of
/// the variance of ln thickness the person takes the share 1 - within_site_share; what is left stays in
/// thickness_variation and is drawn from needle to needle, so over all needles of all persons the variation is the
/// stated one. Person i draws from (seed, i) only.
[[nodiscard]] Skin draw_person(const Skin& reference, std::uint64_t seed, std::uint64_t i);

/// Person `i` of a population around a reference skin at the reference person (before the laws of age and sex): age
/// uniform, sex, hydration and tension as the settings say, then draw_person. `settings.preset` and `settings.n` are
/// not read.
[[nodiscard]] Skin person_of(const Skin& reference, const PopulationSettings& settings, std::uint64_t i);

/// `settings.n` persons of a shipped set, each as person_of.
[[nodiscard]] std::vector<Skin> population(const PopulationSettings& settings);

}  // namespace skin
