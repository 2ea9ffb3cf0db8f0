// What tear() refuses: every message names the field and its range.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/io/parameters.hpp"
#include "skin/tearing.hpp"
#include "support/folder.hpp"
#include "support/skins.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;
const double nan = std::numeric_limits<double>::quiet_NaN();

/// A call that works until one thing is changed.
struct Call {
    Skin skin = test::reference_layers();
    Roller roller;
    Rolling use;
    TearingSettings settings;
    Call() {
        roller.needle = {.length = 1.0 * mm, .shaft_radius = 1e-4, .tip_radius = 1e-4, .taper_length = 1e-5};
        settings.lateral_table.resize(4, 4);
        settings.lateral_table << 0.0, 1e-4, 5e-4, 300.0, 0.0, 2e-4, 6e-4, 500.0,  //
            2.0 * mm, 1e-4, 5e-4, 300.0, 2.0 * mm, 2e-4, 6e-4, 500.0;
    }
    [[nodiscard]] std::string message() const {
        try {
            const Wound wound = test::equal_channels(roller.needle, 0.6 * mm, 3, 1e6);
            static_cast<void>(tear(skin, roller, use, wound, 0, settings));
        } catch (const ParameterError& error) {
            return error.what();
        }
        return "";
    }
};

struct Bad {
    const char* what;
    std::function<void(Call&)> change;
    std::vector<std::string> says;
};

class TearingInput : public testing::TestWithParam<Bad> {};

TEST_P(TearingInput, IsRefusedByName) {
    EXPECT_EQ(Call{}.message(), "");
    Call call;
    GetParam().change(call);
    const std::string message = call.message();
    ASSERT_NE(message, "") << GetParam().what;
    for (const auto& part : GetParam().says) EXPECT_NE(message.find(part), std::string::npos) << message;
}

RowMatrix& table(Call& c) { return c.settings.lateral_table; }

INSTANTIATE_TEST_SUITE_P(
    One, TearingInput,
    testing::Values(
        Bad{"slip above 1", [](Call& c) { c.use.slip = 1.01; }, {"slip", "1.01", "[-0.5, 1]"}},
        Bad{"slip not a number", [](Call& c) { c.use.slip = nan; }, {"slip", "nan"}},
        Bad{"negative radius",
            [](Call& c) { c.roller.drum_radius = -0.01; },
            {"roller.drum_radius", "-0.01", "[0.001"}},
        Bad{"needle longer than the drum's radius",
            [](Call& c) {
                c.roller.needle.length = 3.0 * mm;
                c.roller.drum_radius = 2.0 * mm;
                c.roller.needles_per_ring = 12;
            },
            {"roller.needle.length", "0.003", "roller.drum_radius", "0.002"}},
        Bad{"turn about a point inside the drum",
            [](Call& c) { c.use.yaw_rate = 5.0; },
            {"rolling.yaw_rate = 5", "rolling.speed = 0.05", "0.01 m", "inside the drum", "[-5, 5]"}},
        Bad{"turn on the spot", [](Call& c) { c.use.yaw_rate = -20.0; }, {"rolling.yaw_rate = -20", "[-5, 5]"}},
        Bad{"no force", [](Call& c) { c.use.force = 0.0; }, {"rolling.force = 0", "(0, 1000]"}},
        Bad{"negative force", [](Call& c) { c.use.force = -1.0; }, {"force", "-1", "[0, 1000]"}},
        Bad{"negative dimple",
            [](Call& c) { c.settings.dimple_depth = -1e-4; },
            {"settings.dimple_depth", "[0, 0.005]"}},
        Bad{"tent not a number", [](Call& c) { c.settings.tent_height = nan; }, {"settings.tent_height", "nan"}},
        Bad{"negative axle torque", [](Call& c) { c.roller.axle_torque = -1.0; }, {"roller.axle_torque", "[0, 0.1]"}},
        Bad{"thick blade", [](Call& c) { c.roller.blade_thickness = 0.1; }, {"roller.blade_thickness", "[0, 0.001]"}},
        Bad{"wide blade beside a narrow table",
            [](Call& c) { c.roller.blade_thickness = 9e-4; },
            {"settings.lateral_table", "0.0002", "0.0009"}},
        Bad{"no slit at all", [](Call& c) { c.skin.tear_resistance.wedged_slit = 0.0; }, {"wedged_slit", "[0.05, 6]"}},
        Bad{"three columns",
            [](Call& c) { table(c) = table(c).leftCols(3).eval(); },
            {"settings.lateral_table", "3 columns"}},
        Bad{"NaN in the table", [](Call& c) { table(c)(1, 3) = nan; }, {"settings.lateral_table[1, 3]", "nan"}},
        Bad{"negative load", [](Call& c) { table(c)(2, 3) = -3.0; }, {"settings.lateral_table[2, 3]", "-3"}},
        Bad{"no offset", [](Call& c) { table(c)(2, 2) = 0.0; }, {"settings.lateral_table[2, 2]", "1e-09"}},
        Bad{"gap: a diameter is missing at one depth",
            [](Call& c) { table(c) = table(c).topRows(3).eval(); },
            {"settings.lateral_table", "0.002 m", "other diameters"}},
        Bad{"gap: a curve is shorter",
            [](Call& c) {
                RowMatrix more(5, 4);
                more << 0.0, 2e-4, 2e-4, 100.0, 0.0, 2e-4, 5e-4, 300.0, 1.0 * mm, 2e-4, 5e-4, 300.0,  //
                    2.0 * mm, 2e-4, 2e-4, 100.0, 2.0 * mm, 2e-4, 5e-4, 300.0;
                table(c) = more;
            },
            {"settings.lateral_table", "row 2", "1 points", "2"}},
        Bad{"depths fall", [](Call& c) { table(c)(2, 0) = table(c)(3, 0) = -0.0; }, {"settings.lateral_table[2"}},
        Bad{"diameters fall", [](Call& c) { table(c)(1, 1) = 5e-5; }, {"settings.lateral_table[1, 1]", "must rise"}},
        Bad{"offsets fall",
            [](Call& c) {
                table(c)(1, 1) = table(c)(3, 1) = 1e-4;
                table(c)(3, 2) = 4e-4;
            },
            {"settings.lateral_table[3, 2]", "must rise"}},
        Bad{"table too shallow",
            [](Call& c) { table(c)(2, 0) = table(c)(3, 0) = 0.5 * mm; },
            {"settings.lateral_table", "0.0005 m", "0.001 m"}},
        Bad{"table too narrow",
            [](Call& c) { c.roller.needle.shaft_radius = c.roller.needle.tip_radius = 1.5e-4; },
            {"settings.lateral_table", "0.0002 m", "0.0003 m"}}),
    [](const auto& which) { return "Case" + std::to_string(which.index); });

// A locked drum is no error, nor a roller that is not pressed and made nothing.
TEST(TearingInputs, LimitsThatAreFine) {
    Call call;
    call.use.slip = 1.0;
    EXPECT_EQ(call.message(), "");
    call.use.yaw_rate = 4.99;
    EXPECT_EQ(call.message(), "");
    call.use.force = 0.0;
    EXPECT_NO_THROW((void)tear(call.skin, call.roller, call.use, intact_skin(), 0, call.settings));
}

TEST(TearingInputs, ATableFileIsReadOrRefusedByLine) {
    const test::TemporaryFolder folder;
    const auto write = [&](const std::string& text) {
        const auto path = folder.path() / "table.csv";
        std::ofstream(path) << text;
        return path;
    };
    const std::string head = "depth_mm,diameter_mm,offset_mm,load_N_per_mm\n";
    const RowMatrix good =
        load_lateral_table(write("# a slice model\n" + head + "0,0.1,0.5,0.3\n 2, 0.1, 0.6, 0.4\r\n"));
    ASSERT_EQ(good.rows(), 2);
    EXPECT_DOUBLE_EQ(good(1, 0), 2e-3);
    EXPECT_DOUBLE_EQ(good(1, 2), 6e-4);
    EXPECT_DOUBLE_EQ(good(1, 3), 400.0);
    const auto says = [&](const std::string& text) -> std::string {
        try {
            static_cast<void>(load_lateral_table(write(text)));
        } catch (const DataError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_NE(says("depth,diameter,offset,load\n").find("table.csv:1: column 'depth' where 'depth_mm'"),
              std::string::npos);
    EXPECT_NE(says(head + "0,0.1,0.5\n").find("table.csv:2: 3 columns"), std::string::npos);
    EXPECT_NE(says(head + "0,0.1,,0.3\n").find("table.csv:2: offset_mm = '' is not a number"), std::string::npos);
    EXPECT_NE(says(head + "0,0.1,0.5,0.3 N\n").find("load_N_per_mm = '0.3 N'"), std::string::npos);
    EXPECT_NE(says(head + "0,0.1,nan,0.3\n").find("[0, 2] = nan"), std::string::npos);
    EXPECT_NE(says(head + "1,0.1,0.5,0.3\n0,0.1,0.5,0.3\n").find("must rise"), std::string::npos);
    EXPECT_NE(says(head).find("no row"), std::string::npos);
    EXPECT_THROW(static_cast<void>(load_lateral_table(folder.path() / "none.csv")), Error);
}

}  // namespace
}  // namespace skin
