// Bad input of the motion in time, in words.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "skin/core/error.hpp"
#include "skin/insertion.hpp"
#include "support/motions.hpp"

namespace {

using namespace skin;

template <class F>
std::string error_of(F&& call) {
    try {
        static_cast<void>(call());
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "";
}

TEST(Strokes, SayWhatDoesNotFit) {
    const Skin skin = test::cheek();
    const InsertionSettings moving{.drive_model = DriveModel::dynamic};
    const auto has = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
    EXPECT_TRUE(has(error_of([&] { return strokes(skin, Roller{}, Rolling{}); }), "strokes() follows a Pen"));
    EXPECT_TRUE(has(error_of([&] { return strokes(skin, Stamp{}, Pressing{}); }), "strokes() follows a Pen"));
    EXPECT_TRUE(has(error_of([&] { return strokes(skin, Pen{}, Impact{}); }), "does not fit"));
    EXPECT_TRUE(has(error_of([&] { return strokes(skin, Pen{}, Gliding{}, {}, 1.0); }), "hold = 1 s"));
    EXPECT_TRUE(has(error_of([&] { return strokes(skin, Stamp{}, Travel{}, {}, -1.0); }), "hold = -1"));
    EXPECT_TRUE(has(error_of([&] {
                        return strokes(skin, Stamp{}, Impact{1.0, 0.02, 100.0, 0.0});
                    }),
                    "backing_mass = 0"));
    EXPECT_TRUE(has(error_of([&] { return strokes(skin, Stamp{}, Impact{1.0, 0.02, 0.0, 0.1}); }), "does not use it"));
    EXPECT_TRUE(
        has(error_of([&] {
                return strokes(skin, Stamp{}, Impact{1.0, 0.02, 100.0, 0.1}, {.skin_mass = SkinMass::hemisphere});
            }),
            "rigid backing"));
    EXPECT_TRUE(
        has(error_of([&] { return strokes(skin, Pen{}, Gliding{}, {.deflection_model = DeflectionModel::none}); }),
            "gives way"));
    EXPECT_TRUE(has(error_of([&] {
                        return insert(skin, Stamp{}, Impact{1.0, 0.02, 100.0, 0.1}, 1);
                    }),
                    "does not use it"));
    Skin relaxed = skin;
    relaxed.mechanics.prony_share_1 = relaxed.mechanics.prony_share_2 = 0.5;
    EXPECT_TRUE(has(error_of([&] { return strokes(relaxed, Pen{}, Gliding{}); }), "below 1"));
    EXPECT_TRUE(has(error_of([&] { return insert(skin, Roller{}, Rolling{}, 1, moving); }), "does not move in time"));
    EXPECT_TRUE(has(error_of([&] { return insert(skin, Needle{}, Travel{}, moving); }), "does not move in time"));
    EXPECT_TRUE(has(error_of([&] { return insert(skin, Pen{}, Gliding{}, 1, {.n_strokes = 3}); }), "does not use it"));
    EXPECT_TRUE(has(error_of([&] { return insert(skin, Pen{}, Gliding{}, 1, {.skin_mass = SkinMass::hemisphere}); }),
                    "does not use it"));
    EXPECT_TRUE(
        has(error_of([&] { return strokes(skin, Pen{}, Gliding{}, {.step_tolerance = 0.0}); }), "step_tolerance"));
}

TEST(Strokes, AStalledMotorIsAWarning) {
    Pen weak;
    weak.stall_torque = 5e-5;  // needles alone load the crank with some 4e-4 N m
    weak.rotor_inertia = 3e-10;
    const auto r = strokes(test::cheek(), weak, Gliding{.force = 5.0}, {.n_strokes = 3});
    EXPECT_LT(r.depth.size(), 3);
    ASSERT_FALSE(r.info.warnings.empty());
    bool told = false;
    for (const auto& warning : r.info.warnings) told = told || warning.code == "motor_stalled";
    EXPECT_TRUE(told);
    const auto sound = strokes(test::cheek(), Pen{}, Gliding{}, {.n_strokes = 3});
    for (const auto& warning : sound.info.warnings) EXPECT_NE(warning.code, "motor_stalled");
}

TEST(Strokes, TellTheirModelsAndStrokes) {
    const auto r = strokes(test::cheek(), Pen{}, Gliding{}, {});
    EXPECT_EQ(r.depth.size(), 8);  // 1/hole_fraction
    const auto& models = r.info.models;
    EXPECT_NE(std::find(models.begin(), models.end(), "insertion.drive_model = dynamic"), models.end());
    const auto soft = strokes(test::cheek(), Pen{}, Gliding{}, {.dome_model = DomeModel::elastic, .n_strokes = 1});
    bool told = false;
    for (const auto& warning : soft.info.warnings) told = told || warning.where == "insertion.dome_model";
    EXPECT_TRUE(told);  // 1.5 N on such a ring is far outside linear elasticity
}

}  // namespace
