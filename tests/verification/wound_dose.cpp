// HEA-V9 to HEA-V11: injured volume fractions of healing.md 3.1, and the presets of devices.md 6 fed with their own
// depths.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/csv.hpp"
#include "support/doses.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double day = constants::day;

/// The cone of the page, r = min(r_shaft, s r_shaft/taper): a tip of 10 nm is the sharpest that a Needle may have.
Needle sharp_cone(double shaft_radius, double taper, double length) {
    return {.length = length, .shaft_radius = shaft_radius, .tip_radius = 1e-8, .taper_length = taper};
}

// HEA-V9 a cone that ends inside the epidermis: pi n ((kappa R + w)^3 - w^3)/(3 kappa tan(phi)) in closed form; the
// implementation is exact as well, so only round-off and the 10 nm of the tip (1e-4 relative) remain. Layers that the
// tip does not reach get exactly 0, also when it ends at their border.
TEST(WoundVerification, DoseOfAConeIsExact) {
    const Skin skin = test::reference_layers();
    const double kappa = skin.healing_biology.recoil, w = skin.healing_biology.killed_rim;
    const Needle needle = sharp_cone(1.25e-4, 1.0e-3, 1.5e-3);
    const double d = 7.0e-5, h = 8.0e-5, n = 2.5e6, slope = taper_slope(needle);
    const double r_tip = kappa * needle.tip_radius + w, r_top = r_tip + kappa * slope * d;
    const double volume = std::numbers::pi * (std::pow(r_top, 3) - std::pow(r_tip, 3)) / (3.0 * kappa * slope);
    const auto dose = test::equal_channels(needle, d, 7, n).injury_dose(skin);
    const double exact = 1.0 - std::exp(-n * volume / h);
    EXPECT_NEAR(dose.punctured[0], exact, test::bound(1e-12));
    EXPECT_EQ(dose.punctured[1], 0.0);
    EXPECT_EQ(dose.punctured[2], 0.0);
    EXPECT_EQ(test::equal_channels(needle, skin.bottom_of("viable_epidermis"), 3, n).injury_dose(skin).punctured[1],
              0.0);
    EXPECT_NEAR(dose.hole_density, n, test::round_off(n));
    EXPECT_NEAR(dose.mean_depth, d, test::round_off(d));
    EXPECT_EQ(dose.heated.sum() + dose.torn.sum(), 0.0);
}

// HEA-V14 channels of different depth in one patch add up in the exponent, each with its own profile: Poisson holes.
// Round-off.
TEST(WoundVerification, ChannelsAddUpInTheExponent) {
    const Skin skin = test::reference_layers();
    const Needle needle{.length = 1.5e-3};
    const double n = 2.0e6;
    const auto share = [&](const std::vector<double>& depths) {
        return test::wound_of(needle, depths, n).injury_dose(skin).punctured;
    };
    const auto both = share({3e-4, 9e-4}), shallow = share({3e-4}), deep = share({9e-4});
    for (Eigen::Index l = 0; l < 3; ++l) {
        const double mean = 0.5 * (std::log1p(-shallow[l]) + std::log1p(-deep[l]));
        EXPECT_NEAR(std::log1p(-both[l]), mean, test::round_off(1.0));
    }
    const auto many = test::equal_channels(needle, 1.0e-3, 10, 1.0e9).injury_dose(skin);
    const double rim = skin.healing_biology.killed_rim;
    EXPECT_GT(many.punctured[0], 1.0 - std::exp(-1.0e9 * std::numbers::pi * rim * rim))
        << "the rims alone kill this share";
    EXPECT_LE(many.punctured[0], 1.0);
}

// HEA-V15 a slit is a sheet of length l with a killed rim on both walls: 1 - exp(-2 w_k l n share of the layer it
// crosses). Round-off.
TEST(WoundVerification, SlitsKillTheirRims) {
    const Skin skin = test::reference_layers();
    Wound wound = test::equal_channels({.length = 1.5e-3}, 5e-4, 20, 2.0e6);
    wound.slit_length.setConstant(4e-4);
    wound.slit_depth.setConstant(1.9e-4);  // half of papillary dermis: 0.08 to 0.30 mm
    const auto dose = wound.injury_dose(skin);
    const double sheet = 2.0 * skin.healing_biology.killed_rim * 4e-4 * 2.0e6;
    EXPECT_NEAR(dose.torn[0], 1.0 - std::exp(-sheet), test::round_off(1.0));
    EXPECT_NEAR(dose.torn[1], 1.0 - std::exp(-0.5 * sheet), test::round_off(1.0));
    EXPECT_EQ(dose.torn[2], 0.0);
}

// HEA-V10 delta of the ten presets (devices_presets.csv) with their own depths: 2e-4 absolute as stated there; the
// table has four decimals and was made with 2 um steps.
TEST(WoundVerification, PresetDosesFollowTheTable) {
    const test::Csv table("devices_reference/devices_presets.csv");
    ASSERT_EQ(table.size(), 10u);
    const Skin skin = test::reference_layers();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double taper = table.number(i, "taper_mm") * 1e-3;
        const Needle needle = sharp_cone(0.5e-3 * table.number(i, "needle_diameter_mm"), taper,
                                         std::max(taper, table.number(i, "needle_length_mm") * 1e-3));
        const auto dose =
            test::equal_channels(needle, table.number(i, "depth_mm") * 1e-3, 4, table.number(i, "holes_per_cm2") * 1e4)
                .injury_dose(skin);
        const char* columns[] = {"delta_epi", "delta_PD", "delta_RD"};
        for (Eigen::Index l = 0; l < 3; ++l) {
            EXPECT_NEAR(dose.punctured[l], table.number(i, columns[l]), test::bound(2e-4))
                << table.text(i, "name") << " " << columns[l];
        }
    }
}

// HEA-V11 new collagen of the ten presets, 56 d after the last session: 1e-3 absolute as stated there.
TEST(WoundVerification, PresetCollagenFollowsTheTable) {
    const test::Csv table("devices_reference/devices_presets.csv");
    const Skin skin = test::reference_layers();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double taper = table.number(i, "taper_mm") * 1e-3;
        const Needle needle = sharp_cone(0.5e-3 * table.number(i, "needle_diameter_mm"), taper,
                                         std::max(taper, table.number(i, "needle_length_mm") * 1e-3));
        const auto dose =
            test::equal_channels(needle, table.number(i, "depth_mm") * 1e-3, 4, table.number(i, "holes_per_cm2") * 1e4)
                .injury_dose(skin);
        const int sessions = static_cast<int>(table.number(i, "sessions"));
        const double interval = table.has(i, "interval_d") ? table.number(i, "interval_d") * day : 28.0 * day;
        const double end = (sessions - 1) * interval + 56.0 * day;
        const auto result = heal(skin, repeated(dose, sessions, interval), end, {.n_times = 2});
        EXPECT_NEAR(result.collagen_gain("papillary_dermis"), table.number(i, "dC_PD"), test::bound(1e-3))
            << table.text(i, "name");
        EXPECT_NEAR(result.collagen_gain("reticular_dermis"), table.number(i, "dC_RD"), test::bound(1e-3))
            << table.text(i, "name");
    }
}

}  // namespace
}  // namespace skin
