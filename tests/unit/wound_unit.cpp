// Wounds, their checks and their classes.
#include <gtest/gtest.h>

#include <limits>

#include "skin/core/error.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

template <class Work>
std::string message(const Work& work) {
    try {
        work();
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Wound, IntactSkinHasNoHolesAndNoDose) {
    const Wound none = intact_skin();
    EXPECT_EQ(none.size(), 0);
    EXPECT_EQ(none.holes_per_area(), 0.0);
    EXPECT_NO_THROW(validate_wound(none));
    const auto dose = none.injury_dose(test::reference_layers());
    EXPECT_EQ(dose.punctured.size(), 3);
    EXPECT_EQ(dose.punctured.sum() + dose.torn.sum() + dose.heated.sum(), 0.0);
    EXPECT_EQ(dose.mean_depth, 0.0);
    EXPECT_EQ(channel_classes(none).size(), 0);
}

// How a channel was struck may be unknown (an empty column), but not for some channels only.
TEST(Wound, ColumnsThatMayBeUnknown) {
    const Wound good = test::equal_channels({}, 1e-3, 3, 1e6);
    for (const auto column : {&Wound::pass_number, &Wound::heading, &Wound::travelled, &Wound::ring_offset,
                              &Wound::visits, &Wound::slit_direction, &Wound::slit_gape}) {
        Wound wound = good;
        (wound.*column).resize(0);
        EXPECT_NO_THROW(validate_wound(wound));
        (wound.*column).setOnes(3);
        (wound.*column) *= 0.05;  // in every range but that of visits
        if (column != &Wound::visits) {
            EXPECT_NO_THROW(validate_wound(wound));
        }
        (wound.*column).setOnes(2);
        EXPECT_NE(message([&] { validate_wound(wound); }).find("has 2 entries but wound.depth has 3"),
                  std::string::npos);
        (wound.*column).setConstant(3, std::numeric_limits<double>::quiet_NaN());
        EXPECT_THROW(validate_wound(wound), ParameterError);
    }
    Wound bad = good;
    bad.visits.setConstant(3, 0.0);
    EXPECT_NE(message([&] { validate_wound(bad); }).find("wound.visits[0] = 0"), std::string::npos);
    bad = good;
    bad.pass_number.setConstant(3, -1.0);
    EXPECT_NE(message([&] { validate_wound(bad); }).find("wound.pass_number[0] = -1"), std::string::npos);
    bad = good;
    bad.slit_profile.setZero(2, 4);
    EXPECT_NE(message([&] { validate_wound(bad); }).find("one row per channel"), std::string::npos);
}

TEST(Wound, ChecksNameFieldValueAndRange) {
    const Wound good = test::equal_channels({}, 1e-3, 3, 1e6);
    EXPECT_NO_THROW(validate_wound(good));
    Wound bad = good;
    bad.x.resize(2);
    EXPECT_EQ(message([&] { validate_wound(bad); }),
              "wound.x has 2 entries but wound.depth has 3: every column needs one entry per channel");
    bad = good;
    bad.depth[1] = -1e-3;
    EXPECT_EQ(message([&] { validate_wound(bad); }), "wound.depth[1] = -0.001 m is outside [0, 0.02]");
    bad = good;
    bad.channel_radius[2] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_NE(message([&] { validate_wound(bad); }).find("wound.channel_radius[2] = nan"), std::string::npos);
    bad = good;
    bad.area = 0.0;
    EXPECT_EQ(message([&] { validate_wound(bad); }), "wound.area = 0 m^2 must be above 0 when there are channels (3)");
    bad = good;
    bad.area = std::numeric_limits<double>::infinity();
    EXPECT_NE(message([&] { validate_wound(bad); }).find("wound.area = inf"), std::string::npos);
    bad = good;
    bad.needle.shaft_radius = 0.0;
    EXPECT_NE(message([&] { validate_wound(bad); }).find("wound.needle.shaft_radius"), std::string::npos);
    EXPECT_NE(message([&] { (void)channel_classes(good, 0); }).find("n_classes = 0"), std::string::npos);
    EXPECT_NE(message([&] { (void)good.injury_dose(test::slab()); }).find("injury_dose"), std::string::npos);
}

TEST(Wound, ClassesAreQuantilesOfDepthAndKeepTheNumberOfChannels) {
    const Wound wound = test::wound_of({}, {9e-4, 1e-4, 5e-4, 7e-4, 3e-4, 8e-4, 2e-4, 6e-4, 4e-4, 1e-3}, 1e6);
    const auto classes = channel_classes(wound, 4);
    ASSERT_EQ(classes.size(), 4);
    EXPECT_EQ(classes.count.sum(), 10.0);
    EXPECT_GE(classes.count.minCoeff(), 2.0);
    EXPECT_LE(classes.count.maxCoeff(), 3.0);
    for (Eigen::Index k = 1; k < 4; ++k) EXPECT_GT(classes.channel_depth[k], classes.channel_depth[k - 1]);
    const double mean = classes.count.dot(classes.channel_depth) / 10.0;
    EXPECT_NEAR(mean, wound.channel_depth.mean(), test::round_off(mean)) << "class means keep the mean of all";
    EXPECT_EQ(classes.area, wound.area);
    // The order of the rows does not matter.
    Wound turned = wound;
    for (auto* column : {&turned.depth, &turned.channel_depth, &turned.mouth_radius, &turned.channel_radius}) {
        column->reverseInPlace();
    }
    EXPECT_TRUE(channel_classes(turned, 4) == classes);
}

TEST(Wound, EqualChannelsMakeOneClassThatIsThatChannel) {
    const Wound wound = test::equal_channels({}, 0.7123e-3, 1999, 2.5e6);
    const auto classes = channel_classes(wound, 4);
    ASSERT_EQ(classes.size(), 1);
    EXPECT_EQ(classes.count[0], 1999.0);
    EXPECT_EQ(classes.channel_depth[0], wound.channel_depth[0]);
    EXPECT_EQ(classes.mouth_radius[0], wound.mouth_radius[0]);
    EXPECT_EQ(channel_classes(test::wound_of({}, {1e-4, 2e-4}, 1e6), 10).size(), 2) << "no empty classes";
}

}  // namespace
}  // namespace skin
