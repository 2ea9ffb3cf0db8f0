// Skins of many persons: the spread that the data state, drawn person by person.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/tissue/skin.hpp"

namespace skin {

struct PopulationSettings {
    std::string preset = "face_cheek";  ///< id of the skin set
    Person person;                      ///< what all have in common; the age is drawn
    int n = 1000;                       ///< [1] how many
    double age_low = 30.0;              ///< [1] youngest age in years
    double age_high = 30.0;             ///< [1] oldest age in years
    std::uint64_t seed = 0;             ///< of the draws
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
        };
    }
    // clang-format on
};

/// One person around `reference`: the thickness of each layer, effective_modulus, and one factor on the toughness of
/// all layers, each lognormal about its value with the variation that the set states. Person i draws from (seed, i)
/// only.
[[nodiscard]] Skin draw_person(const Skin& reference, std::uint64_t seed, std::uint64_t i);

/// `settings.n` persons of a shipped set, ages uniform from age_low to age_high, then draw_person.
[[nodiscard]] std::vector<Skin> population(const PopulationSettings& settings);

}  // namespace skin
