// device: what fits together, and what does not.
#include <gtest/gtest.h>

#include <limits>

#include "skin/core/error.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"

namespace {

template <class Call>
std::string message_of(Call&& call) {
    try {
        call();
    } catch (const skin::ParameterError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Needle, IsAConeThatEndsInAShank) {
    const skin::Needle needle;
    EXPECT_DOUBLE_EQ(skin::radius_at(needle, 0.0), needle.tip_radius);
    EXPECT_DOUBLE_EQ(skin::radius_at(needle, needle.taper_length), needle.shaft_radius);
    EXPECT_DOUBLE_EQ(skin::radius_at(needle, 1.0), needle.shaft_radius);
    EXPECT_DOUBLE_EQ(skin::radius_at(needle, -1.0), needle.tip_radius);
}

TEST(Needle, MustClose) {
    EXPECT_EQ(message_of([] { skin::validate_needle({.shaft_radius = 1e-5, .tip_radius = 2e-5}); }),
              "needle.tip_radius = 2e-05 m is above needle.shaft_radius = 1e-05 m");
    EXPECT_NE(message_of([] {
                  skin::validate_needle({.length = 5e-4, .taper_length = 1e-3});
              }).find("needle.taper_length = 0.001 m is above needle.length = 0.0005 m"),
              std::string::npos);
}

TEST(Device, PartsMustFit) {
    skin::Pen pen;
    pen.protrusion = 1.9e-3;
    EXPECT_EQ(message_of([&] { skin::validate_device(pen); }),
              "pen.protrusion = 0.0019 m is beyond pen.needle.length = 0.0015 m");
    pen = {};
    pen.stroke = 1e-3;
    EXPECT_NE(message_of([&] { skin::validate_device(pen); }).find("pen.stroke = 0.001 m is below"), std::string::npos);
    skin::Stamp stamp;
    stamp.pitch = 1e-4;
    EXPECT_NE(message_of([&] { skin::validate_device(stamp); }).find("stamp.pitch"), std::string::npos);
    stamp = {};
    stamp.rows = stamp.columns = 1000;
    EXPECT_NE(message_of([&] { skin::validate_device(stamp); }).find("at most 100000"), std::string::npos);
    skin::Roller roller;
    roller.drum_radius = 1e-3;
    EXPECT_NE(message_of([&] { skin::validate_device(roller); }).find("roller.needle.length"), std::string::npos);
    EXPECT_EQ(skin::needle_count(skin::Roller{}), 192);
}

TEST(Use, IsCheckedByName) {
    EXPECT_EQ(message_of([] { skin::validate_use(skin::Rolling{.force = -1.0}); }),
              "rolling.force = -1 N is outside [0, 1000]");
    EXPECT_EQ(message_of([] { skin::validate_use(skin::Impact{.velocity = std::numeric_limits<double>::infinity()}); }),
              "impact.velocity = inf m/s is outside [0, 100]");
}

}  // namespace
