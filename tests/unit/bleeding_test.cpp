// bleed(): the verb on whole wounds.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "skin/bleeding.hpp"
#include "skin/core/error.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;

TEST(Bleeding, GivesOneRowAChannelAndFillsTheWound) {
    const Wound wound = test::wound_of(Needle{}, {0.1 * mm, 0.5 * mm, 1.4 * mm}, 2e6);
    const auto r = bleed(test::reference_layers(), wound);
    EXPECT_EQ(r.cut_vessels.rows(), 3);
    EXPECT_EQ(r.cut_vessels.cols(), 4);
    EXPECT_NEAR(r.cut_fraction, r.cut_probability.mean(), test::round_off(1.0));
    EXPECT_NEAR(r.dots_per_area, 2e6 * r.visible_fraction, test::round_off(2e6));
    EXPECT_NEAR(r.blood_per_area, 2e6 * r.blood_per_hole, test::round_off(1.0));
    EXPECT_GT(r.wound.blood_fraction[2], r.wound.blood_fraction[0]);
    EXPECT_LE(r.wound.blood_fraction.maxCoeff(), 1.0);
    EXPECT_TRUE(same(r.wound.slit_length, wound.slit_length));
}

TEST(Bleeding, AnticoagulantsLengthenBleedingNotItsFrequency) {
    Skin skin = test::reference_layers();
    const Wound wound = test::equal_channels(Needle{}, 1.0 * mm, 2, 1e6);
    const auto usual = bleed(skin, wound);
    skin.person.anticoagulant = true;
    const auto longer = bleed(skin, wound);
    EXPECT_EQ(longer.visible_fraction, usual.visible_fraction);
    EXPECT_NEAR(longer.blood_per_hole, skin.vasculature.anticoagulant_factor * usual.blood_per_hole,
                test::round_off(longer.blood_per_hole));
}

TEST(Bleeding, HeatSealsVessels) {
    Wound wound = test::equal_channels(Needle{}, 1.0 * mm, 2, 1e6);
    wound.heated_fraction[1] = 1.0;
    const auto r = bleed(test::reference_layers(), wound);
    EXPECT_GT(r.visible_probability[0], 0.0);
    EXPECT_EQ(r.visible_probability[1], 0.0);
    EXPECT_EQ(r.wound.blood_fraction[1], 0.0);
}

TEST(Bleeding, OnlyDeepNeedlesRaiseTheHaematomaIndex) {
    const Skin skin = test::reference_layers();
    const Needle needle{.length = 2.5 * mm};
    EXPECT_EQ(bleed(skin, test::equal_channels(needle, 1.4 * mm, 2, 1e6)).haematoma_index, 0.0);
    EXPECT_GT(bleed(skin, test::equal_channels(needle, 2.1 * mm, 2, 1e6)).haematoma_index, 0.05);
    Wound open = test::equal_channels(needle, 2.1 * mm, 2, 1e6);
    open.channel_radius = open.mouth_radius;  // a channel that stays open keeps nothing inside
    EXPECT_EQ(bleed(skin, open).haematoma_index, 0.0);
}

TEST(Bleeding, AWoundThatFillsLessThanItsChannelHasABloodShareBelowTheDotShare) {
    Skin skin = test::reference_layers();
    for (auto& bed : skin.vasculature.bed) bed.flow *= 1e-3;
    const auto r = bleed(skin, test::equal_channels(Needle{}, 1.2 * mm, 1, 1e6));
    EXPECT_LT(r.wound.blood_fraction[0], r.visible_probability[0]);
    EXPECT_GT(r.wound.blood_fraction[0], 0.0);
}

TEST(Bleeding, RefusesWhatDoesNotFit) {
    const Wound wound = test::equal_channels(Needle{}, 1.0 * mm, 2, 1e6);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW((void)bleed(Skin{}, wound), ParameterError);
    EXPECT_THROW((void)bleed(test::reference_layers(), wound, {.depth_step = 0.0}), ParameterError);
    EXPECT_THROW((void)bleed(test::reference_layers(), wound, {.depth_step = nan}), ParameterError);
    Skin skin = test::reference_layers();
    skin.vasculature.bed[0].layer = "papilary_dermis";
    EXPECT_THROW((void)bleed(skin, wound), ParameterError);
    skin = test::reference_layers();
    skin.vasculature.bed[1].flow = nan;
    EXPECT_THROW((void)bleed(skin, wound), ParameterError);
}

}  // namespace
}  // namespace skin
