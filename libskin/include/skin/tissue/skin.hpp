// Skin: layers outermost first, the person they belong to, and the constants that each physics reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skin/core/provenance.hpp"
#include "skin/tissue/barrier.hpp"
#include "skin/tissue/healing_biology.hpp"
#include "skin/tissue/layer.hpp"
#include "skin/tissue/mechanics.hpp"
#include "skin/tissue/person.hpp"
#include "skin/tissue/solute_transport.hpp"
#include "skin/tissue/tear_resistance.hpp"
#include "skin/tissue/tolerance.hpp"
#include "skin/tissue/vasculature.hpp"

namespace skin {

/// The names that the five layers of a complete skin have, outermost first.
inline constexpr std::array<std::string_view, 5> layer_names{"stratum_corneum", "viable_epidermis", "papillary_dermis",
                                                             "reticular_dermis", "hypodermis"};

/// A value: copy it, change it, share it between threads. The members hold the values of `person`: preset() has
/// already applied the laws of person.hpp to the reference values of the set.
struct Skin {
    std::string id = "custom";         ///< id of the set, "custom" when built in code
    std::string title;                 ///< one line for people
    std::vector<Layer> layers;         ///< outermost first
    Person person;                     ///< whose skin it is
    PersonLaws person_laws;            ///< how age, sex and condition change the reference values
    Mechanics mechanics;               ///< read by insertion
    TearResistance tear_resistance;    ///< read by tearing
    Vasculature vasculature;           ///< read by bleeding
    Barrier barrier;                   ///< read by recovery and transport
    SoluteTransport solute_transport;  ///< read by transport
    HealingBiology healing_biology;    ///< read by healing
    Tolerance tolerance;               ///< read by safety
    Origins origins;                   ///< where each value comes from; a missing name was set in code

    /// A shipped set by id ("face_cheek"), for one person. Throws ParameterError with the nearest id. Defined in io.
    [[nodiscard]] static Skin preset(std::string_view id, const Person& person = {});
    /// A user's own set, same format as ours. Defined in io.
    [[nodiscard]] static Skin load(const std::filesystem::path& path, const Person& person = {});
    [[nodiscard]] static std::vector<std::string> presets();  ///< ids of the shipped sets, sorted; defined in io

    [[nodiscard]] const Layer& layer(std::string_view name) const;  ///< ParameterError with the nearest name
    [[nodiscard]] bool has_layer(std::string_view name) const noexcept;
    [[nodiscard]] double top_of(std::string_view name) const;     ///< [m] depth of the upper border of a layer
    [[nodiscard]] double bottom_of(std::string_view name) const;  ///< [m] depth of the lower border of a layer
    [[nodiscard]] double thickness() const noexcept;              ///< [m] of all layers together
};
template <>
struct Describe<Skin> {
    using S = Skin;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &S::id, "1", "id of the set"},
            Field{"title", &S::title, "1", "one line for people"},
            Field{"layers", &S::layers, "1", "outermost first", {"layer"}},
            Field{"person", &S::person, "1", "whose skin it is"},
            Field{"person_laws", &S::person_laws, "1", "how age, sex and condition change the reference values"},
            Field{"mechanics", &S::mechanics, "1", "read by insertion"},
            Field{"tear_resistance", &S::tear_resistance, "1", "read by tearing"},
            Field{"vasculature", &S::vasculature, "1", "read by bleeding"},
            Field{"barrier", &S::barrier, "1", "read by recovery and transport"},
            Field{"solute_transport", &S::solute_transport, "1", "read by transport"},
            Field{"healing_biology", &S::healing_biology, "1", "read by healing"},
            Field{"tolerance", &S::tolerance, "1", "read by safety"},
            Field{"origins", &S::origins, "1", "where each value comes from"},
        };
    }
    // clang-format on
};

/// Throw ParameterError unless the skin can be used: at least one layer, unique names, every value in range.
void validate_skin(const Skin& skin);
/// As validate_skin, and the five layers of `layer_names` in that order must be there.
void require_full_skin(const Skin& skin, std::string_view verb);

/// `reference` with the laws of its person_laws applied for `person`; origins of changed values become derived.
[[nodiscard]] Skin for_person(Skin reference, const Person& person);

/// Sources of everything `physics` reads from this skin, and one warning that names recalled and assumed values.
[[nodiscard]] ResultInfo skin_info(const Skin& skin, std::string_view physics);

}  // namespace skin
