// tissue: layers, persons and their laws.
#include <gtest/gtest.h>

#include <cmath>

#include "skin/core/error.hpp"
#include "skin/tissue/skin.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using skin::Person;
using skin::Skin;
using skin::test::reference_layers;

template <class Call>
std::string message_of(Call&& call) {
    try {
        call();
    } catch (const skin::ParameterError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Skin, LayersAreFoundByNameAndTheNearestIsNamed) {
    const Skin skin = reference_layers();
    EXPECT_DOUBLE_EQ(skin.top_of("papillary_dermis"), 8.0e-5);
    EXPECT_DOUBLE_EQ(skin.bottom_of("reticular_dermis"), 1.5e-3);
    EXPECT_EQ(message_of([&] { (void)skin.layer("papilary_dermis"); }),
              "skin.layer: no layer 'papilary_dermis' in skin 'needling_reference'; did you mean 'papillary_dermis'?");
}

TEST(Skin, BadSkinsAreRefusedByName) {
    Skin skin;
    EXPECT_EQ(message_of([&] { skin::validate_skin(skin); }), "skin.layers is empty: a skin needs at least one layer");
    skin = reference_layers();
    skin.layers[1].thickness = -1.0;
    EXPECT_EQ(message_of([&] { skin::validate_skin(skin); }),
              "skin.viable_epidermis.thickness = -1 m is outside [1e-06, 0.2]");
    skin = reference_layers();
    skin.layers[2].name = "viable_epidermis";
    EXPECT_EQ(message_of([&] { skin::validate_skin(skin); }), "skin.layers: layer 'viable_epidermis' is there twice");
    skin = reference_layers();
    skin.vasculature.bed[0].layer = "muscle";
    EXPECT_EQ(message_of([&] { skin::validate_skin(skin); }),
              "skin.vasculature.papillary_loops.layer = 'muscle' is not a layer of this skin");
    skin = reference_layers();
    skin.layers.erase(skin.layers.begin());
    EXPECT_NE(message_of([&] { skin::require_full_skin(skin, "deliver"); }).find("deliver: skin.layers must be"),
              std::string::npos);
}

TEST(Person, TheReferencePersonChangesNothing) {
    const Skin reference = reference_layers();
    const Skin same = skin::for_person(reference, Person{});
    for (std::size_t i = 0; i < reference.layers.size(); ++i) {
        EXPECT_NEAR(same.layers[i].thickness, reference.layers[i].thickness,
                    skin::test::round_off(reference.layers[i].thickness));
    }
    EXPECT_NEAR(same.tear_resistance.junction_toughness, reference.tear_resistance.junction_toughness,
                skin::test::round_off(30.0));
}

// Signs of tearing.md 3.14 and 4.4: age, sun and steroid weaken and thin; moisture strengthens the junction.
TEST(Person, LawsHaveTheSignsOfTheirSources) {
    const skin::PersonLaws laws;
    const auto young = skin::person_factors(laws, {.age_years = 30.0});
    const auto old = skin::person_factors(laws, {.age_years = 75.0});
    EXPECT_LT(old.thickness, young.thickness);
    EXPECT_LT(old.failure_energy, young.failure_energy);
    EXPECT_LT(old.junction_toughness, young.junction_toughness);
    EXPECT_GT(old.lateral_stiffness, young.lateral_stiffness);
    const auto sun = skin::person_factors(laws, {.photo_damage = 1.0});
    EXPECT_NEAR(sun.failure_energy, 0.75, skin::test::round_off(1.0));
    EXPECT_NEAR(sun.junction_toughness, 0.7, skin::test::round_off(1.0));
    EXPECT_NEAR(skin::person_factors(laws, {.hydration = 0.0}).junction_toughness, 0.75, skin::test::round_off(1.0));
    EXPECT_NEAR(skin::person_factors(laws, {.hydration = 1.0}).junction_toughness, 1.1, skin::test::round_off(1.0));
    EXPECT_LT(skin::person_factors(laws, {.steroid = true}).thickness, 1.0);
}

TEST(Person, ChangedValuesBecomeDerivedAndSayWhy) {
    Skin reference = reference_layers();
    reference.origins["papillary_dermis.thickness"] = {
        .set = "test", .kind = skin::Kind::measured, .source = "x2000", .lo = 1e-4, .hi = 3e-4};
    const Skin old = skin::for_person(reference, {.age_years = 80.0});
    const auto& origin = old.origins.at("papillary_dermis.thickness");
    EXPECT_EQ(origin.kind, skin::Kind::derived);
    EXPECT_NE(origin.note.find("times 0.7 by the law of age"), std::string::npos);
    EXPECT_NEAR(origin.hi, 2.1e-4, skin::test::round_off(3e-4));
}

TEST(Person, AbsurdPersonsAreRefused) {
    EXPECT_EQ(message_of([] { (void)skin::person_factors({}, {.age_years = -3.0}); }),
              "skin.person.age_years = -3 is outside [0, 120]");
    EXPECT_THROW((void)skin::person_factors({}, {.hydration = std::nan("")}), skin::ParameterError);
    // Laws at the end of their ranges together with a very old person would leave negative thickness.
    skin::PersonLaws steep;
    steep.thinning = 0.01;
    steep.reference_age = 1.0;
    EXPECT_THROW((void)skin::person_factors(steep, {.age_years = 120.0}), skin::ParameterError);
}

}  // namespace
