// Properties of the layered deflection over all shipped skins.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "insertion/deflection_table.hpp"
#include "skin/ensemble/population.hpp"
#include "skin/insertion.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;

class InsertionLayers : public testing::TestWithParam<std::string> {};

insertion::DeflectionTable table_of(const Skin& skin, const Needle& needle) {
    return {insertion::stack_of(skin), insertion::TipProfile::of(needle), insertion::large_deflection(skin),
            needle.length};
}

// INS-P20. Every shipped skin and three needles: the force rises with the deflection, its stiffness is positive, the
// energy is positive and below force times deflection. Signs only.
TEST_P(InsertionLayers, ForceRisesWithDeflection) {
    const Skin skin = Skin::preset(GetParam());
    for (const Needle& needle : {Needle{}, Needle{3e-4, 5e-5, 1e-6, 3e-4}, Needle{2.5e-3, 1.5e-4, 1.5e-4, 1e-3}}) {
        const auto table = table_of(skin, needle);
        double before = 0.0;
        for (double u = 1e-8; u < needle.length; u *= 1.2) {
            const double force = table.force(u), energy = table.energy(u);
            EXPECT_GT(force, before);
            EXPECT_GT(table.stiffness(u), 0.0);
            EXPECT_GT(energy, 0.0);
            EXPECT_LT(energy, force * u);
            before = force;
        }
    }
}

// INS-P21. A stiffer layer never gives less force at the same deflection, whichever it is, and all layers twice as
// stiff give twice the force (round-off of the recursion: 1e-9).
TEST_P(InsertionLayers, StifferLayerMoreForce) {
    const Skin skin = Skin::preset(GetParam());
    const auto table = table_of(skin, Needle{});
    Skin all = skin;
    for (std::size_t i = 0; i < skin.layers.size(); ++i) {
        Skin other = skin;
        other.layers[i].youngs_modulus *= 1.5;
        all.layers[i].youngs_modulus *= 2.0;
        const auto stiffer = table_of(other, Needle{});
        for (const double u : {1e-5, 1e-4, 6e-4}) EXPECT_GE(stiffer.force(u), table.force(u)) << skin.layers[i].name;
    }
    const auto twice = table_of(all, Needle{});
    EXPECT_NEAR(twice.force(3e-4), 2.0 * table.force(3e-4), test::bound(1e-9) * twice.force(3e-4));
}

// INS-P22. Depth grows with travel and stays below it; held skin gives way less. Signs only.
TEST_P(InsertionLayers, DepthFollowsTravel) {
    Skin skin = Skin::preset(GetParam());
    const InsertionSettings layered{.deflection_model = DeflectionModel::layered};
    const auto free = insert(skin, Needle{}, Travel{.distance = 1.5e-3, .speed = 1e-3}, layered);
    for (Eigen::Index i = 1; i < free.travel.size(); ++i) {
        EXPECT_GE(free.tip_depth[i], free.tip_depth[i - 1]);
        EXPECT_LE(free.tip_depth[i], free.travel[i]);
    }
    skin.person.tension = 20.0;
    const auto held = insert(skin, Needle{}, Travel{.distance = 1.5e-3, .speed = 1e-3}, layered);
    EXPECT_GE(held.depth[0], free.depth[0]);
}

INSTANTIATE_TEST_SUITE_P(EverySet, InsertionLayers, testing::ValuesIn(Skin::presets()),
                         [](const auto& set) { return set.param; });

// INS-P23. Persons differ in stiffness as they do with the parabolic form: the drawn factor on effective_modulus is on
// all layers too.
TEST(InsertionLayersOfPersons, StiffnessOfAPersonIsInTheLayers) {
    const Skin reference = Skin::preset("face_cheek");
    for (std::uint64_t i = 0; i < 20; ++i) {
        const Skin person = draw_person(reference, 7, i);
        const double factor = person.mechanics.effective_modulus / reference.mechanics.effective_modulus;
        for (std::size_t k = 0; k < person.layers.size(); ++k) {
            EXPECT_NEAR(person.layers[k].youngs_modulus, factor * reference.layers[k].youngs_modulus,
                        test::round_off(person.layers[k].youngs_modulus));
        }
    }
}

}  // namespace
