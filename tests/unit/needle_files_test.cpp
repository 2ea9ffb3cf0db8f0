// Needles of every shape, their materials and layouts of stamps in parameter files and result files.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "io/hdf5_file.hpp"
#include "io/results_fields.hpp"
#include "skin/core/error.hpp"
#include "skin/device/needle_strength.hpp"
#include "skin/io/parameters.hpp"
#include "support/folder.hpp"

namespace {

using namespace skin;

const std::string head = R"(schema = "libskin.parameters/1"
type = "stamp"
id = "mine"
title = "A stamp of my own"
rows = { value = 1, unit = "1", kind = "assumed", source = "me2026" }
columns = { value = 1, unit = "1", kind = "assumed", source = "me2026" }
pitch = { value = 1, unit = "mm", kind = "assumed", source = "me2026" }
layout = { value = "free", kind = "assumed", source = "me2026" }
positions = { value = [[0, 0], [1, 0], [0.2, 1.5]], unit = "mm", kind = "measured", source = "me2026" }

[needle]
)";
const std::string profile =
    "profile = { value = [[0, 4], [300, 40], [300, 60], [900, 80]], unit = \"um\", kind = \"measured\", source = "
    "\"me2026\" }\n";

class NeedleFiles : public testing::Test {
protected:
    Stamp load(const std::string& needle) {
        test::write_bytes(folder_ / "mine.toml", head + needle);
        return std::get<Stamp>(load_device(folder_ / "mine.toml"));
    }
    std::string error_of(const std::string& needle) {
        try {
            static_cast<void>(load(needle));
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
    test::TemporaryFolder folder_;
};

TEST_F(NeedleFiles, AProfileSaysTheRest) {
    const Stamp stamp = load(profile + "material = \"silicon\"\n");
    EXPECT_EQ(stamp.needle.shape, NeedleShape::profile);
    EXPECT_EQ(stamp.needle.profile.rows(), 4);
    EXPECT_DOUBLE_EQ(stamp.needle.length, 0.9e-3);
    EXPECT_DOUBLE_EQ(stamp.needle.tip_radius, 4e-6);
    EXPECT_DOUBLE_EQ(stamp.needle.shaft_radius, 80e-6);
    EXPECT_EQ(stamp.positions.rows(), 3);
    EXPECT_DOUBLE_EQ(stamp.positions(2, 1), 1.5e-3);
    EXPECT_EQ(stamp.origins.at("positions").source, "me2026");
    ASSERT_TRUE(stamp.needle.material.has_value());
    EXPECT_EQ(stamp.needle.material->id, "silicon");
    EXPECT_EQ(stamp.needle.material->compressive_strength, 2.9e9);
    EXPECT_EQ(stamp.origins.at("needle.material.shear_strength").source, "omahony2014, abstract");
    EXPECT_EQ(explain(stamp, "device.needle.material.shear_strength").value, 9.2e6);
}

TEST_F(NeedleFiles, AMaterialOfOnesOwnIsATable) {
    const std::string own =
        "[needle.material]\n"
        "youngs_modulus = { value = 10, unit = \"GPa\", kind = \"measured\", source = \"me2026\" }\n"
        "compressive_strength = { value = 80, unit = \"MPa\", kind = \"measured\", source = \"me2026\" }\n";
    const std::string shear =
        "shear_strength = { value = 40, unit = \"MPa\", kind = \"measured\", source = \"me2026\" }\n";
    EXPECT_EQ(load(profile + own + shear).needle.material->youngs_modulus, 10e9);
    EXPECT_NE(error_of(profile + own).find("missing key 'shear_strength' in needle.material"), std::string::npos);
}

TEST_F(NeedleFiles, WhatIsWrongIsSaidWithItsLine) {
    EXPECT_NE(
        error_of(profile + "material = \"sillicon\"\n").find("no needle material 'sillicon'; did you mean 'silicon'?"),
        std::string::npos);
    EXPECT_NE(error_of("profile = { value = [[0, 4], [300]], unit = \"um\", kind = \"measured\", source = \"me\" }\n")
                  .find("needle.profile.value[1] must be a row of 2 numbers"),
              std::string::npos);
    EXPECT_NE(
        error_of("profile = { value = [[0, 4], [300, 2]], unit = \"um\", kind = \"measured\", source = \"me\" }\n")
            .find("must not narrow behind its tip"),
        std::string::npos);
    EXPECT_NE(
        error_of("profile = { value = [[0, 4], [300, nan]], unit = \"um\", kind = \"measured\", source = \"me\" }\n")
            .find("needle.profile.value[1][1]"),
        std::string::npos);
    EXPECT_NE(error_of("profile = [[0, 4], [300, 40]]\n").find("must be a table { value = [[...], ...], unit"),
              std::string::npos);
    EXPECT_NE(error_of("length = { value = 1.5, unit = \"mm\", kind = \"measured\", source = \"me\" }\n")
                  .find("missing key 'shaft_radius' in needle"),
              std::string::npos);
}

TEST_F(NeedleFiles, ShippedMaterialsAreWhole) {
    EXPECT_GE(needle_materials().size(), 4u);
    for (const auto& id : needle_materials()) {
        Needle needle;
        needle.material = needle_material(id);
        EXPECT_EQ(needle.material->id, id);
        EXPECT_NO_THROW(validate_needle(needle));
        EXPECT_GT(buckling_force(needle), 0.0);
        EXPECT_NE(check_file(data_folder() / "needle_materials" / (id + ".toml")).find("needle material"),
                  std::string::npos);
    }
    EXPECT_TRUE(needle_of(device("medical_roller_1.5")).material.has_value());
}

TEST_F(NeedleFiles, ResultFilesKeepThem) {
    const Stamp stamp = load(profile + "material = \"nickel\"\n");
    {
        io::Hdf5File file = io::Hdf5File::create(folder_ / "stamp.h5", false);
        io::Hdf5Group group = file.root().create("stamp");
        io::detail::write_described(group, stamp);
        file.publish();
    }
    Stamp again;
    const io::Hdf5File file = io::Hdf5File::read(folder_ / "stamp.h5");
    io::detail::read_described(file.root().open("stamp"), again);
    EXPECT_TRUE(again == stamp);
    EXPECT_TRUE(again.needle.material == stamp.needle.material);
}

}  // namespace
