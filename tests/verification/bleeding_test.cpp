// Poisson counts of cut vessels against the tables of the needling pages (healing.md 3.3, 5.5).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "skin/bleeding.hpp"
#include "support/csv.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

using test::bound;
using test::Csv;

constexpr double mm = 1e-3;
constexpr double nanolitre = 1e-12;

/// The page counts with a sharp cone; our needle has a tip, here as small as it may be (10 nm of 125 um: 1e-4 of
/// lambda).
Needle sharp(double diameter, double taper, double length) {
    return {
        .length = length, .shaft_radius = 0.5 * diameter, .tip_radius = 1e-8, .taper_length = std::min(taper, length)};
}

/// A taper longer than the needle is cut off where the needle ends: the same cone, a thinner shank.
Needle conical(double diameter, double taper, double length) {
    return taper <= length ? sharp(diameter, taper, length) : sharp(diameter * length / taper, length, length);
}

// BLE-V1 vessels cut, visible dots and blood of the ten presets (devices_presets.csv, tolerance column of devices.md
// 5). Tolerance: lambda 1 % or half of the last printed digit; p_v 5e-4; blood half of its last digit (1 nL) and 1 %.
TEST(BleedingVerification, PresetsFollowTheTable) {
    const Csv csv("devices_reference/devices_presets.csv");
    ASSERT_EQ(csv.size(), 10U);
    const Skin skin = test::reference_layers();
    for (std::size_t i = 0; i < csv.size(); ++i) {
        SCOPED_TRACE(csv.text(i, "name"));
        const Needle needle = conical(csv.number(i, "needle_diameter_mm") * mm, csv.number(i, "taper_mm") * mm,
                                      csv.number(i, "needle_length_mm") * mm);
        const double density = csv.number(i, "holes_per_cm2") * 1e4;
        const auto r = bleed(skin, test::equal_channels(needle, csv.number(i, "depth_mm") * mm, 3, density));
        const char* columns[] = {"lambda_loops", "lambda_superficial", "lambda_reticular", "lambda_deep"};
        for (Eigen::Index b = 0; b < 4; ++b) {
            const double lambda = csv.number(i, columns[b]);
            EXPECT_NEAR(r.cut_vessels(0, b), lambda, bound(std::max(0.01 * lambda, 5e-5))) << columns[b];
        }
        EXPECT_NEAR(r.visible_fraction, csv.number(i, "p_visible"), bound(5e-4));
        const double blood = csv.number(i, "blood_nL_per_hole") * nanolitre;
        EXPECT_NEAR(r.blood_per_hole, blood, bound(0.01 * blood + 0.5 * nanolitre));
        EXPECT_NEAR(r.dots_per_area, density * r.visible_fraction, test::round_off(density));
    }
}

// BLE-V2 P(visible) per hole and dots per area of healing.md 5.5. Tolerance 1 % of the value (quadrature, as the page).
TEST(BleedingVerification, VisibleDotsFollowThePage) {
    struct Row {
        double length, depth, diameter, taper, percent, dots;
    };
    const Skin skin = test::reference_layers();
    for (const Row& row : {Row{0.25, 0.1125, 0.20, 0.5, 0.0676, 0.17}, Row{0.30, 0.15, 0.20, 0.5, 0.187, 0.47},
                           Row{0.5, 0.35, 0.25, 1.0, 1.64, 4.1}, Row{1.0, 0.70, 0.25, 1.0, 11.5, 28.7},
                           Row{1.5, 1.05, 0.25, 1.0, 22.6, 56.4}, Row{1.5, 1.275, 0.25, 1.0, 29.9, 74.7},
                           Row{2.5, 2.125, 0.25, 1.0, 53.3, 133.0}}) {
        const auto r = bleed(skin, test::equal_channels(conical(row.diameter * mm, row.taper * mm, row.length * mm),
                                                        row.depth * mm, 1, 250e4));
        EXPECT_NEAR(100.0 * r.visible_fraction, row.percent, bound(0.01 * row.percent)) << row.length;
        EXPECT_NEAR(r.dots_per_area * 1e-4, row.dots, bound(0.02 * row.dots)) << row.length;  // 1 % + printed digits
    }
}

// BLE-V3 Crofton in closed form: a cylinder through one bed cuts (pi/2)(chi r + r_v) L_V h vessels.
// Tolerance: round-off; the integrand is constant.
TEST(BleedingVerification, ACylinderCutsWhatCroftonSays) {
    Skin skin = test::slab(5.0 * mm);
    skin.vasculature.bed = {{"one", "slab", 0.2, 0.6, 0.0, 1e7, 1e-5, 1e-12, 0.5}};
    const Needle rod{.length = 4.0 * mm, .shaft_radius = 1e-4, .tip_radius = 1e-4, .taper_length = 1e-5};
    const auto r = bleed(skin, test::equal_channels(rod, 3.5 * mm, 1, 1e6));
    const double lambda = 0.5 * std::numbers::pi * (0.5 * 1e-4 + 1e-5) * 1e7 * 2.0 * mm;
    EXPECT_NEAR(r.cut_vessels(0, 0), lambda, test::round_off(lambda));
    EXPECT_NEAR(r.cut_probability[0], 1.0 - std::exp(-lambda), test::round_off(1.0));
    EXPECT_NEAR(r.visible_probability[0], 1.0 - std::exp(-0.5 * lambda), test::round_off(1.0));
    EXPECT_NEAR(r.blood_per_hole, lambda * 1e-12 * 60.0, test::round_off(lambda * 6e-11));
}

// BLE-N1 the default quadrature step is converged: 2 um against 0.1 um on a tapered needle.
// Tolerance 1e-5 relative: midpoint error (step/2)^2 of the one cell that holds the kink, over the bed's height.
TEST(BleedingVerification, DefaultStepIsConverged) {
    const Wound wound = test::equal_channels(Needle{}, 1.4 * mm, 1, 1e6);
    const auto coarse = bleed(test::reference_layers(), wound);
    const auto fine = bleed(test::reference_layers(), wound, {.depth_step = 1e-7});
    for (Eigen::Index b = 0; b < 4; ++b) {
        EXPECT_NEAR(coarse.cut_vessels(0, b), fine.cut_vessels(0, b), bound(1e-5) * fine.cut_vessels(0, b));
    }
}

// BLE-V4 a slit adds what tearing.md 3.13 says: loops in its footprint, (2/pi) L_A l of a plexus it passes.
// Tolerance: round-off.
TEST(BleedingVerification, ASlitCutsMore) {
    const Skin skin = test::reference_layers();
    const Needle needle{};
    Wound round = test::equal_channels(needle, 1.0 * mm, 1, 1e6), torn = round;
    torn.slit_length[0] = 2.0 * torn.mouth_radius[0] + 0.5 * mm;
    torn.slit_depth[0] = 0.6 * mm;
    const auto a = bleed(skin, round), b = bleed(skin, torn);
    const double loops = 8.4e7 * 0.5 * mm * (skin.tear_resistance.slit_mouth_width + 1e-5);
    EXPECT_NEAR(b.cut_vessels(0, 0) - a.cut_vessels(0, 0), loops, test::round_off(2.0));
    EXPECT_NEAR(b.cut_vessels(0, 1) - a.cut_vessels(0, 1), 2.0 / std::numbers::pi * 1.2e7 * 0.3 * mm * 0.5 * mm,
                test::round_off(2.0));
    EXPECT_EQ(b.cut_vessels(0, 3), a.cut_vessels(0, 3));
    EXPECT_GT(b.visible_fraction, a.visible_fraction);
}

}  // namespace
}  // namespace skin
