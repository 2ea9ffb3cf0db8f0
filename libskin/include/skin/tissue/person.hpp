// Who the skin belongs to, and the laws by which that changes the reference values of a set.
#pragma once

#include <array>
#include <utility>

#include "skin/core/describe.hpp"

namespace skin {

enum class Sex { unspecified, female, male };
template <>
struct EnumNames<Sex> {
    static constexpr std::array entries{std::pair{Sex::unspecified, std::string_view{"unspecified"}},
                                        std::pair{Sex::female, std::string_view{"female"}},
                                        std::pair{Sex::male, std::string_view{"male"}}};
};

/// The defaults are the reference person of every set: all laws give factor 1.
struct Person {
    double age_years = 30.0;       ///< [1] age in years
    Sex sex = Sex::unspecified;    ///< [1] unspecified keeps the mean of the set
    double hydration = 5.0 / 7.0;  ///< [1] 0 dry, 1 moisturised; 5/7 is neutral for the junction law
    double tension = 0.0;          ///< [N/m] in-plane tension held on top of the natural one
    double l_star = 60.0;          ///< [1] CIELAB lightness; darker skin closes more slowly
    double photo_damage = 0.0;     ///< [1] 0 none, 1 severe sun damage
    bool steroid = false;          ///< [1] long use of potent topical steroid
    bool cox_inhibitor = false;    ///< [1] daily topical COX inhibitor
    bool anticoagulant = false;    ///< [1] bleeds longer
};
template <>
struct Describe<Person> {
    using P = Person;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"age_years", &P::age_years, "1", "age in years", {}, 0.0, 120.0, "tearing recovery healing"},
            Field{"sex", &P::sex, "1", "unspecified keeps the mean of the set"},
            Field{"hydration", &P::hydration, "1", "0 dry, 1 moisturised", {}, 0.0, 1.0, "tearing"},
            Field{"tension", &P::tension, "N/m", "in-plane tension held on top of the natural one", {}, 0.0, 1e3, "insertion tearing"},
            Field{"l_star", &P::l_star, "1", "CIELAB lightness", {}, 0.0, 100.0, "recovery"},
            Field{"photo_damage", &P::photo_damage, "1", "0 none, 1 severe sun damage", {}, 0.0, 1.0, "tearing"},
            Field{"steroid", &P::steroid, "1", "long use of potent topical steroid"},
            Field{"cox_inhibitor", &P::cox_inhibitor, "1", "daily topical COX inhibitor"},
            Field{"anticoagulant", &P::anticoagulant, "1", "bleeds longer"},
        };
    }
    // clang-format on
};

/// Laws of person and condition, relative to 30 years (tearing.md 3.14, data/tissue/person_laws.toml).
struct PersonLaws {
    double reference_age = 30.0;              ///< [1] age in years at which every factor is 1
    double thinning = 0.006;                  ///< [1] relative loss of epidermis and dermis thickness per year
    double failure_energy_loss = 0.006;       ///< [1] relative loss of W_f per year
    double failure_energy_floor = 0.5;        ///< [1] smallest factor on W_f
    double lateral_stiffening = 0.012;        ///< [1] relative gain of the lateral stiffness per year
    double interlock_loss = 0.363;            ///< [1] final loss of the interlock of the junction
    double interlock_age = 46.8;              ///< [1] age in years at half of that loss
    double interlock_width = 6.0;             ///< [1] width in years of the logistic
    double photo_failure_energy_loss = 0.25;  ///< [1] loss of W_f at photo_damage = 1
    double photo_junction_loss = 0.3;         ///< [1] loss of junction toughness at photo_damage = 1
    double steroid_thickness = 0.85;          ///< [1] factor on epidermis and dermis thickness
    double steroid_failure_energy = 0.8;      ///< [1] factor on W_f
    double steroid_junction = 0.7;            ///< [1] factor on junction toughness
    double dry_junction = 0.75;               ///< [1] factor on junction toughness at hydration = 0
    double moist_junction = 1.1;              ///< [1] factor on junction toughness at hydration = 1
    double dermis_male = 1.0;                 ///< [1] dermis thickness of men over the mean of the set
    double dermis_female = 1.0;               ///< [1] dermis thickness of women over the mean of the set
};
template <>
struct Describe<PersonLaws> {
    using P = PersonLaws;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"reference_age", &P::reference_age, "1", "age in years at which every factor is 1", {}, 1.0, 120.0},
            Field{"thinning", &P::thinning, "1", "relative loss of epidermis and dermis thickness per year", {}, 0.0, 0.01, "insertion"},
            Field{"failure_energy_loss", &P::failure_energy_loss, "1", "relative loss of W_f per year", {}, 0.0, 0.02, "tearing"},
            Field{"failure_energy_floor", &P::failure_energy_floor, "1", "smallest factor on W_f", {}, 0.01, 1.0, "tearing"},
            Field{"lateral_stiffening", &P::lateral_stiffening, "1", "relative gain of the lateral stiffness per year", {}, 0.0, 0.05, "tearing"},
            Field{"interlock_loss", &P::interlock_loss, "1", "final loss of the interlock of the junction", {}, 0.0, 0.99, "tearing"},
            Field{"interlock_age", &P::interlock_age, "1", "age in years at half of that loss", {}, 1.0, 120.0, "tearing"},
            Field{"interlock_width", &P::interlock_width, "1", "width in years of the logistic", {}, 0.1, 50.0, "tearing"},
            Field{"photo_failure_energy_loss", &P::photo_failure_energy_loss, "1", "loss of W_f at photo_damage = 1", {}, 0.0, 1.0, "tearing"},
            Field{"photo_junction_loss", &P::photo_junction_loss, "1", "loss of junction toughness at photo_damage = 1", {}, 0.0, 1.0, "tearing"},
            Field{"steroid_thickness", &P::steroid_thickness, "1", "factor on epidermis and dermis thickness", {}, 0.1, 1.0, "insertion"},
            Field{"steroid_failure_energy", &P::steroid_failure_energy, "1", "factor on W_f", {}, 0.1, 1.0, "tearing"},
            Field{"steroid_junction", &P::steroid_junction, "1", "factor on junction toughness", {}, 0.1, 1.0, "tearing"},
            Field{"dry_junction", &P::dry_junction, "1", "factor on junction toughness at hydration = 0", {}, 0.1, 2.0, "tearing"},
            Field{"moist_junction", &P::moist_junction, "1", "factor on junction toughness at hydration = 1", {}, 0.1, 2.0, "tearing"},
            Field{"dermis_male", &P::dermis_male, "1", "dermis thickness of men over the mean of the set", {}, 0.2, 5.0, "insertion"},
            Field{"dermis_female", &P::dermis_female, "1", "dermis thickness of women over the mean of the set", {}, 0.2, 5.0, "insertion"},
        };
    }
    // clang-format on
};

/// The factors that the laws give for one person; all 1 for the default person.
struct PersonFactors {
    double thickness = 1.0;           ///< [1] on viable epidermis and dermis
    double dermis = 1.0;              ///< [1] on dermis only, from the sex law
    double failure_energy = 1.0;      ///< [1] on W_f
    double lateral_stiffness = 1.0;   ///< [1] on k_w
    double interlock = 1.0;           ///< [1] chi of the junction
    double junction_toughness = 1.0;  ///< [1] on Gamma_DEJ
};
[[nodiscard]] PersonFactors person_factors(const PersonLaws& laws, const Person& person);

}  // namespace skin
