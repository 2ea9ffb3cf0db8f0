// REC-X1 to REC-X7: recovery against observations (recovery.md 6). What calibrated a number cannot validate it: each
// case says which of the two it is. Mouth radii and hole densities that a study does not state are chosen here and
// named.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "recovery/closing_laws.hpp"
#include "skin/core/constants.hpp"
#include "skin/recovery.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;

Wound array_of(double length, double radius, int count) {
    const Needle needle{.length = length, .shaft_radius = radius, .tip_radius = 2e-6, .taper_length = 0.9 * length};
    return test::equal_channels(needle, length, count, count * 1e4);  // all of them on 1 cm^2
}

double recovered(const Wound& wound, bool covered) {
    RecoverySettings settings;
    if (covered) settings.occluded = {{0.0, 200 * hour}};
    return recover(Skin::preset("forearm_volar", {.age_years = 30}), wound, 150 * hour, settings)
               .time_to_recover("impedance") /
           hour;
}

struct Geometry {
    double length, radius;
    int count;
};
std::vector<Geometry> gupta_geometries() {
    std::vector<Geometry> all;
    for (double length : {5e-4, 6e-4, 7.5e-4, 1.5e-3}) {
        for (double radius : {2.5e-5, 6e-5, 1.25e-4}) {
            for (int count : {10, 50, 400, 2000}) all.push_back({length, radius, count});
        }
    }
    return all;
}

// REC-X1 (RC1, Gupta 2011, calibration of drying_time) impedance of young human skin in open air recovers within 2 h
// for all lengths, numbers and cross-sections; the page allows 2.2 h.
TEST(RecoveryValidation, OpenAirWithinTwoHoursForEveryGeometry) {
    for (const auto& g : gupta_geometries()) {
        const double t = recovered(array_of(g.length, g.radius, g.count), false);
        EXPECT_LT(t, 2.2) << g.length << " " << g.radius << " " << g.count;
        EXPECT_GT(t, 0.5) << "not instantly either";
    }
}

// REC-X2 (RC2, Gupta 2011, validation of the order; the 40 h end calibrates half_life_long) covered skin is slower for
// every geometry, and longer with longer needles, more needles and larger cross-section; slowest 30-50 h. The site
// factor of the forearm is 0.85.
TEST(RecoveryValidation, CoveredIsSlowerAndGrowsWithTheNeedles) {
    double slowest = 0.0;
    for (const auto& g : gupta_geometries()) {
        const double t = recovered(array_of(g.length, g.radius, g.count), true);
        EXPECT_GT(t, recovered(array_of(g.length, g.radius, g.count), false));
        EXPECT_GE(recovered(array_of(1.2 * g.length, g.radius, g.count), true), t) << "length";
        EXPECT_GE(recovered(array_of(g.length, 1.2 * g.radius, g.count), true), t) << "cross-section";
        EXPECT_GE(recovered(array_of(g.length, g.radius, 2 * g.count), true), t) << "number";
        slowest = std::max(slowest, t);
    }
    EXPECT_GT(slowest, 30.0);
    EXPECT_LT(slowest, 50.0);
    EXPECT_GT(recovered(array_of(7.5e-4, 6e-5, 50), true), recovered(array_of(5e-4, 6e-5, 50), true));
    EXPECT_GT(recovered(array_of(6e-4, 1.2e-4, 50), true), recovered(array_of(6e-4, 4e-5, 50), true));
    EXPECT_GT(recovered(array_of(6e-4, 6e-5, 400), true), recovered(array_of(6e-4, 6e-5, 20), true));
}

// REC-X3 (RC3, Ogunjimi 2021, n = 35: half-lives calibrate, closing times validate) first-order closing at eps =
// 0.15: 70.8, 64.8, 55.3 h against 63.09, 60.34, 58.29 h: +12, +7, -5 %; tolerance of the page 15 %.
TEST(RecoveryValidation, ClosingTimesFollowFromHalfLives) {
    const struct {
        double t_half, t_close, printed;
    } sites[] = {{25.86, 63.09, 70.8}, {23.69, 60.34, 64.8}, {20.2, 58.29, 55.3}};
    for (const auto& s : sites) {
        const double t = recovery::closing_time(s.t_half, 0.15);
        EXPECT_NEAR(t, s.printed, 0.05) << "three printed digits";
        EXPECT_NEAR(t / s.t_close, 1.0, 0.15);
    }
}

// REC-X4 (RC4, Sasaki 2019, validation of order and sign) after a pen in open air water loss is slightly above baseline
// at 48 h, and longer raised after 1.5 mm than after 0.5 mm. Known miss: the first excess is one number for all
// needles, so the higher first value after 1.5 mm does not come out (ratio 1, seen above 1).
TEST(RecoveryValidation, WaterLossAfterAPenStaysSlightlyRaised) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = 40});
    const auto shallow = recover(skin, array_of(5e-4, 6e-5, 250), 72 * hour);
    const auto deep = recover(skin, array_of(1.5e-3, 1.25e-4, 250), 72 * hour);
    Eigen::Index row = 0;
    (shallow.time.array() - 48 * hour).abs().minCoeff(&row);
    EXPECT_GT(shallow.tewl[row], 0.0);
    EXPECT_LT(shallow.tewl[row], 0.1 * shallow.tewl[0]);
    EXPECT_GT(deep.tewl[row], shallow.tewl[row]);
    EXPECT_GT(deep.time_to_recover("tewl"), shallow.time_to_recover("tewl"));
}

// REC-X5 (RC5, Donnelly 2014, n = 15, validation) 300 um hydrogel needles worn for up to 6 h: water loss is normal
// within 24 h whatever the wear time, the holes are still seen by tomography at 24 h. Base radius 150 um and 200
// needles/cm^2 are chosen here.
TEST(RecoveryValidation, TomographySeesHolesWhenWaterLossIsNormal) {
    const Skin skin = Skin::preset("forearm_volar");
    const Wound wound = array_of(3e-4, 1.5e-4, 200);
    for (double worn : {0.5, 1.0, 3.0, 6.0}) {
        const auto r = recover(skin, wound, 24 * hour, {.occluded = {{0.0, worn * hour}}});
        EXPECT_LE(r.time_to_recover("tewl"), 24 * hour) << worn;
        EXPECT_TRUE(std::isnan(r.time_to_recover("optical_opening"))) << worn << ": later than 24 h";
    }
}

// REC-X6 (RC7, Han 2012, validation) a 0.15 or 0.25 mm roller on the face, open air: water loss back within 72 h, an
// upper bound set by the sampling.
TEST(RecoveryValidation, ShortRollersRecoverWithinThreeDays) {
    for (double length : {1.5e-4, 2.5e-4}) {
        const auto r = recover(Skin::preset("face_cheek"), array_of(length, 5e-5, 230), 72 * hour);
        EXPECT_LE(r.time_to_recover("tewl"), 72 * hour) << length;
    }
}

// REC-X7 (RC8, Wermeling 2008, validation) under a patch something still passes at 48 h: the tracer permeability of
// many long needles is 11 % of the first at t_h = 14.6 h and 30 % at 25.86 h (two printed digits). The flat plateau
// within a factor 3 is a known miss of the default half-life (factor 9): a resistance that does not close is not in
// this model.
TEST(RecoveryValidation, TheDeliveryWindowUnderAPatchIsTwoDays) {
    for (auto [t_h, left] : {std::pair{14.6, 0.11}, std::pair{25.86, 0.30}}) {
        Skin skin = Skin::preset("forearm_volar");
        skin.barrier.half_life_short = skin.barrier.half_life_long = t_h * hour;
        skin.barrier.site_factor = 1.0;
        const auto r = recover(skin, test::many_long_needles(), 48 * hour, {.occluded = {{0.0, 48 * hour}}});
        EXPECT_NEAR(r.tracer_permeability[r.time.size() - 1], left, 0.005);
    }
}

}  // namespace
}  // namespace skin
