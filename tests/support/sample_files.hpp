// A small valid file of every schema, written by hand, for tests that break or change them.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace skin::test {

inline const std::string good_skin = R"(schema = "libskin.parameters/1"
type = "skin"
id = "my_skin"
title = "A skin of my own"

[[layer]]
name = "stratum_corneum"
thickness = { value = 15, unit = "um", kind = "measured", source = "me2026, table 1", lo = 10, hi = 20, sd = 3, n = 12 }

[[layer]]
name = "viable_epidermis"
thickness = { value = 60, unit = "um", kind = "assumed", source = "me2026" }

[[layer]]
name = "papillary_dermis"
thickness = { value = 0.12, unit = "mm", kind = "assumed", source = "me2026" }
toughness = { value = 2, unit = "kJ/m^2", kind = "fitted", source = "me2026", fitted_to = "experiments/kalluri2011" }

[[layer]]
name = "reticular_dermis"
thickness = { value = 1.1, unit = "mm", kind = "assumed", source = "me2026" }

[[layer]]
name = "hypodermis"
thickness = { value = 4, unit = "mm", kind = "recalled", source = "me2026", uncertain = true }

[mechanics]
effective_modulus = { value = 200, unit = "kPa", kind = "assumed", source = "me2026" }

[[vasculature.bed]]
name = "deep_plexus"
flow = { value = 90, unit = "nL/s", kind = "assumed", source = "me2026" }
)";

inline const std::string good_pen = R"(schema = "libskin.parameters/1"
type = "pen"
id = "my_pen"
title = "A pen of my own"
count = { value = 9, unit = "1", kind = "measured", source = "me2026" }
head_diameter = { value = 5, unit = "mm", kind = "measured", source = "me2026" }
protrusion = { value = 1, unit = "mm", kind = "measured", source = "me2026" }
frequency = { value = 6000, unit = "rpm", kind = "measured", source = "me2026" }
nose_aperture = { value = 5, unit = "mm", kind = "measured", source = "me2026" }

[needle]
length = { value = 1.5, unit = "mm", kind = "measured", source = "me2026" }
shaft_radius = { value = 125, unit = "um", kind = "measured", source = "me2026" }
tip_radius = { value = 4, unit = "um", kind = "measured", source = "me2026" }
taper_length = { value = 1, unit = "mm", kind = "measured", source = "me2026" }
)";

inline const std::string good_needle = good_pen.substr(good_pen.find("[needle]"));

inline const std::string good_roller = R"(schema = "libskin.parameters/1"
type = "roller"
id = "my_roller"
title = "A roller of my own"
drum_radius = { value = 10, unit = "mm", kind = "measured", source = "me2026" }
rings = { value = 8, unit = "1", kind = "measured", source = "me2026" }
needles_per_ring = { value = 24, unit = "1", kind = "measured", source = "me2026" }
width = { value = 20, unit = "mm", kind = "measured", source = "me2026" }
)" + good_needle;

inline const std::string good_stamp = R"(schema = "libskin.parameters/1"
type = "stamp"
id = "my_stamp"
title = "A stamp of my own"
rows = { value = 5, unit = "1", kind = "measured", source = "me2026" }
columns = { value = 8, unit = "1", kind = "measured", source = "me2026" }
pitch = { value = 2, unit = "mm", kind = "measured", source = "me2026" }
)" + good_needle;

inline const std::string good_active = R"(schema = "libskin.parameters/1"
type = "active"
id = "my_active"
title = "A solute of my own"
solute_class = "small"
compound_type = "acid"
molar_mass = { value = 176.12, unit = "g/mol", kind = "measured", source = "me2026" }
log_partition = { value = -1.85, unit = "1", kind = "measured", source = "me2026" }
pka_acid = { value = 4.2, unit = "1", kind = "measured", source = "me2026" }
carbon = { value = 6, unit = "1", kind = "measured", source = "me2026" }
sensitiser = { value = true, kind = "assumed", source = "me2026" }
)";

inline const std::string good_vehicle = R"(schema = "libskin.parameters/1"
type = "vehicle"
id = "my_vehicle"
title = "A vehicle of my own"
bulk_viscosity = { value = 50, unit = "mPa s", kind = "measured", source = "me2026" }
diffusion_viscosity = { value = 1, unit = "mPa s", kind = "measured", source = "me2026" }
surface_tension = { value = 40, unit = "mN/m", kind = "measured", source = "me2026" }
contact_angle = { value = 60, unit = "deg", kind = "measured", source = "me2026" }
density = { value = 1000, unit = "kg/m^3", kind = "measured", source = "me2026" }
ph = { value = 5.5, unit = "1", kind = "measured", source = "me2026" }
occlusive = true
)";

inline const std::string good_topical = R"(schema = "libskin.parameters/1"
type = "topical"
id = "my_topical"
title = "A product of my own"
active = "my_active.toml"
vehicle = "my_vehicle.toml"
concentration = { value = 150, unit = "mg/mL", kind = "measured", source = "me2026" }
irritancy_class_after = { value = 2, unit = "1", kind = "assumed", source = "me2026" }
)";

inline const std::string good_use = R"(schema = "libskin.parameters/1"
type = "use"
id = "my_use"
title = "How I hit"
kind = "impact"
velocity = { value = 3, unit = "m/s", kind = "assumed", source = "me2026" }
mass = { value = 20, unit = "g", kind = "assumed", source = "me2026" }
)";

inline const std::string good_treatment = R"(schema = "libskin.treatment/1"
title = "A treatment of my own"
skin = { file = "my_skin.toml", age_years = 45, sex = "female" }
output = { horizon = "84 d" }

[session]
count = 2
interval = "28 d"
area = "100 cm^2"
covered = false
device = { file = "my_pen.toml", protrusion = "1.2 mm" }
use = { kind = "gliding", speed = "10 mm/s", force = "1.5 N", passes = 2 }

[[application]]
name = "serum"
topical = "my_topical.toml"
when = "before"
dose = "10 mg/cm^2"
occluded = true
)";

/// An empty folder that goes away at the end.
class Folder {
public:
    Folder()
        : path_(std::filesystem::path(testing::TempDir()) /
                ("libskin_test_" + std::to_string(::getpid()) + "_" + std::to_string(next()))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& name, const std::string& content) const {
        std::ofstream(path_ / name, std::ios::binary) << content;
        return path_ / name;
    }
    /// All the good files above, so that they can refer to each other.
    void write_good_files() const {
        write("my_skin.toml", good_skin);
        write("my_pen.toml", good_pen);
        write("my_roller.toml", good_roller);
        write("my_stamp.toml", good_stamp);
        write("my_active.toml", good_active);
        write("my_vehicle.toml", good_vehicle);
        write("my_topical.toml", good_topical);
        write("my_use.toml", good_use);
        write("my_treatment.toml", good_treatment);
    }

private:
    static int next() {
        static int count = 0;
        return ++count;
    }
    std::filesystem::path path_;
};

/// `text` with its first `from` replaced; the test fails if `from` is not in it.
inline std::string changed(const std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << "nothing to change: " << from;
    if (at == std::string::npos) return text;
    return text.substr(0, at) + to + text.substr(at + from.size());
}

/// `text` without the line that starts with `start`.
inline std::string without(const std::string& text, const std::string& start) {
    const auto at = text.find("\n" + start);
    EXPECT_NE(at, std::string::npos) << "no such line: " << start;
    if (at == std::string::npos) return text;
    return text.substr(0, at) + text.substr(text.find('\n', at + 1));
}

}  // namespace skin::test
