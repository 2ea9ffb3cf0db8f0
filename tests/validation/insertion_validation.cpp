// insert() against experiments: insertion.md 6.6. Each case prints what was measured and what comes out. "calibration"
// cases cannot validate anything; a known miss asserts its present figure, so that a change shows.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "insertion/cutting.hpp"
#include "skin/core/random.hpp"
#include "skin/insertion.hpp"
#include "support/csv.hpp"
#include "support/skins.hpp"

namespace {

using namespace skin;

// Toughness and friction of libskin/data/tissue, thickness as the case says.
Skin human(double stratum_corneum, double viable_epidermis, double papillary, double reticular, double fat) {
    Skin skin = test::five_layers(stratum_corneum, viable_epidermis, papillary, reticular, fat);
    const double J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0};
    for (std::size_t i = 0; i < 5; ++i) skin.layers[i].toughness = J[i];
    return skin;
}

Needle cone(double length, double base_radius, double tip_radius, double taper) {
    return {.length = length, .shaft_radius = base_radius, .tip_radius = tip_radius, .taper_length = taper};
}

void report(const char* id, const char* what, double measured, double predicted, const char* unit,
            const char* verdict) {
    std::printf("%-4s %-58s measured %8.3g  predicted %8.3g %-6s", id, what, measured, predicted, unit);
    if (measured != 0.0) std::printf(" %+5.0f %%", 100.0 * (predicted / measured - 1.0));
    std::printf("  %s\n", verdict);
}

// Force at entry into the dermis, and what is reached at 1.5 mm travel: one needle of half-angle 7 deg, SC 15, VE 85
// um.
struct TipCase {
    double entry_force, final_depth;
};
TipCase roemgens(double tip_diameter, double J_top, double entry_depth = 100e-6) {
    Skin skin = human(15e-6, entry_depth - 15e-6, 300e-6, 1700e-6, 4e-3);
    skin.layers[0].toughness = skin.layers[1].toughness = J_top;
    const double taper = 1.4e-3, tip = 0.5 * tip_diameter;
    const Needle needle = cone(1.5e-3, tip + taper * std::tan(7.0 * 3.14159265358979 / 180.0), tip, taper);
    const auto r = insert(skin, needle, Travel{1.5e-3, 1e-3});
    return {r.entry_force[2], r.depth[0]};
}

double reached_by(const Skin& skin, const Needle& needle, const Travel& use) {
    return insert(skin, needle, use, {.n_samples = 2}).depth[0];
}

// INS-X1. V1, tip-diameter series (Roemgens 2014; calibration of the slope, validation of the rest). Tolerances of the
// page: forces +-35 %, slope +-25 %, linearity r > 0.98, final depth changes by less than 15 %. KNOWN MISS: at 5 um 20
// mN were measured; the default toughness of the epidermis (70 J/m2) gives 6.5 mN (trap T3; 500 J/m2 and entry at 160
// um give 18.3 mN). KNOWN MISS: final depth falls by 18 % from 5 to 37 um, against "independent" within 15 %.
TEST(InsertionValidation, TipDiameterSeries) {
    const double tips[] = {5e-6, 10e-6, 20e-6, 37e-6};
    double force[4], depth[4];
    for (int i = 0; i < 4; ++i) {
        const TipCase c = roemgens(tips[i], 70.0);
        force[i] = c.entry_force;
        depth[i] = c.final_depth;
    }
    const double slope = (force[3] - force[0]) / (tips[3] - tips[0]);
    double mean_x = 0, mean_y = 0, xy = 0, xx = 0, yy = 0;
    for (int i = 0; i < 4; ++i) mean_x += tips[i] / 4, mean_y += force[i] / 4;
    for (int i = 0; i < 4; ++i) {
        xy += (tips[i] - mean_x) * (force[i] - mean_y);
        xx += (tips[i] - mean_x) * (tips[i] - mean_x);
        yy += (force[i] - mean_y) * (force[i] - mean_y);
    }
    const double r = xy / std::sqrt(xx * yy);
    report("V1", "force at dermal entry, tip 5 um (calibration)", 20.0, 1e3 * force[0], "mN", "KNOWN MISS");
    report("V1", "force at dermal entry, tip 37 um (calibration)", 167.0, 1e3 * force[3], "mN", "within 35 %");
    report("V1", "slope (calibration)", 4.59375, 1e-3 * slope, "mN/um", "within 25 %");
    report("V1", "linearity r > 0.98 (validation)", 1.0, r, "-", "holds");
    report("V1", "final depth, 37 um over 5 um (validation)", 1.0, depth[3] / depth[0], "-", "KNOWN MISS");
    EXPECT_NEAR(force[3], 0.167, 0.35 * 0.167);
    EXPECT_NEAR(slope, 4.59375e3, 0.25 * 4.59375e3);
    EXPECT_GT(r, 0.98);
    EXPECT_LT(force[0], 0.65 * 0.020);  // the miss
    EXPECT_GT(force[0], 6.0e-3);
    EXPECT_NEAR(depth[3] / depth[0], 0.82, 0.02);  // the other miss
}

// INS-V40. Derived numbers of trap T3: entry at 160 um, half-angle 7 deg, J_top = 500 J/m2: 18.3 mN at 5 um, 159 mN at
// 37 um; 70 J/m2: 6.7-8.7 mN at 5 um; 10 J/m2: 5.3-5.7 mN. Printed to three digits; friction (under 0.1 mN) was left
// out there: 1 %.
TEST(InsertionValidation, DermalEntryOfTheTipSeriesAsDerived) {
    EXPECT_NEAR(roemgens(5e-6, 500.0, 160e-6).entry_force, 18.3e-3, 0.01 * 18.3e-3);
    EXPECT_NEAR(roemgens(37e-6, 500.0, 160e-6).entry_force, 159e-3, 0.01 * 159e-3);
    EXPECT_NEAR(roemgens(5e-6, 70.0, 160e-6).entry_force, 7.7e-3, 1.0e-3);
    EXPECT_NEAR(roemgens(5e-6, 10.0, 160e-6).entry_force, 5.5e-3, 0.3e-3);
}

// INS-X2. V2, roller on hairless rat (Kalluri 2011): calibration of E_eff, so no validation. 152.5 +- 9.6 um (a lower
// bound), accepted 100-300 um. Mouth diameter 70.7 um was used for the recoil ratio and disagrees with that depth in
// any vertical model (trap T5): needle diameter at the mouth 34 um.
TEST(InsertionValidation, RollerOnHairlessRat) {
    const test::Csv data("kalluri2011/insertion_roller.csv");
    const double measured = data.number(0, "value");
    EXPECT_EQ(measured, 152.5);
    Skin rat = human(10e-6, 20e-6, 100e-6, 700e-6, 1e-3);
    const Needle needle = cone(770e-6, 70e-6, 4e-6, 770e-6);
    const auto r = insert(rat, needle, Travel{770e-6, 1e-3});
    report("V2", "channel depth (calibration of E_eff)", measured, 1e6 * r.channel_depth, "um", "within 100-300 um");
    report("V2", "mouth diameter (calibration of the recoil)", 70.7, 2e6 * r.channel_radius, "um", "trap T5");
    EXPECT_GT(r.channel_depth, 100e-6);
    EXPECT_LT(r.channel_depth, 300e-6);
}

// INS-X3. V3, polymer needles in people (Donnelly 2011, 2014): wide cones, 600 um long, 300 um at the base; about 0.03
// N a needle gave 460 um by OCT, a gentle press 300 um. KNOWN MISS (trap T6): with dermal toughness right below the
// epidermis the plate is in contact at 0.10 mm, whatever the force. Depth does not fall with force: holds.
TEST(InsertionValidation, PolymerNeedlesInPeople) {
    const Skin forearm = human(20e-6, 55e-6, 120e-6, 1000e-6, 5.5e-3);
    double last = 0.0;
    for (const double force : {0.03, 0.1, 0.3}) {
        const Stamp one{.needle = cone(600e-6, 150e-6, 5e-6, 600e-6), .rows = 1, .columns = 1};
        const double depth = insert(forearm, one, Pressing{force, 1e-3}, 1, {.n_needles = 1}).depth[0];
        char what[80];
        std::snprintf(what, sizeof what, "depth at %.2f N a needle (calibration)", force);
        report("V3", what, 460.0, 1e6 * depth, "um", "KNOWN MISS");
        EXPECT_GE(depth, last);
        EXPECT_LT(depth, 0.8 * 460e-6);  // the miss
        last = depth;
    }
    EXPECT_GT(last, 75e-6);
}

// INS-X4. V4, pen on facial strips (Sasaki 2019, one patient, no SD): h/p about 1 at 0.5 and 1.5 mm; accepted 0.8-1.1,
// failed below 0.7. KNOWN MISS: 0.52 and 0.46. Ratcheting between strokes and the tension of the strip are not in the
// model.
TEST(InsertionValidation, PenOnFacialStrips) {
    const Skin face = human(15e-6, 60e-6, 120e-6, 880e-6, 1e-3);
    for (const double p : {1.5e-3, 0.5e-3}) {
        Pen pen;
        pen.needle = cone(1.5e-3, 117.5e-6, 4e-6, 1e-3);
        pen.protrusion = p;
        pen.frequency = 100.0;
        const auto r = insert(face, pen, Gliding{}, 1, {.n_needles = 400});
        report("V4", p > 1e-3 ? "h/p at p = 1.5 mm (calibration)" : "h/p at p = 0.5 mm (validation)", 1.0,
               r.depth_mean / p, "-", "KNOWN MISS");
        EXPECT_GT(r.depth_mean / p, 0.3);
        EXPECT_LT(r.depth_mean / p, 0.7);  // the miss
    }
}

// INS-X5. V5, short steel needles in pig skin (Lam 2008; calibration constraint): buried length / travel < 0.5 in at
// least 90 % of draws of E_eff (lognormal, CV 0.75). Shank 100 um, taper not given: 0.3-0.8 mm.
TEST(InsertionValidation, ShortSteelNeedlesStayHalfOut) {
    int below = 0, all = 0;
    for (std::uint64_t draw = 0; draw < 200; ++draw) {
        Skin pig = human(20e-6, 60e-6, 150e-6, 1500e-6, 4e-3);
        RandomStream random(11, draw, StreamId::population);
        pig.mechanics.effective_modulus = random.lognormal(0.3e6, 0.75);
        const double taper = 0.3e-3 + 0.5e-3 * random.uniform(), travel = 0.2e-3 + 0.8e-3 * random.uniform();
        const double h = reached_by(pig, cone(1e-3, 50e-6, 4e-6, taper), Travel{travel, 1e-3});
        below += h / travel < 0.5;
        ++all;
    }
    report("V5", "share of draws with buried length < half of travel", 0.9, static_cast<double>(below) / all, "-",
           "holds (>=)");
    EXPECT_GE(below, 0.9 * all);
}

// INS-X6. V6, speed threshold (Verbaan 2008; calibration constraint, binary): 4x4 needles of 300 um are not pierced by
// hand and are at 1 and 3 m/s. The model pierces at 1 and 3 m/s: holds. KNOWN MISS: by hand it pierces the stratum
// corneum too (a barrier of about 1 mN at 70 J/m2), and the energy at 3 m/s is not the limit, so 1 and 3 m/s hardly
// differ.
TEST(InsertionValidation, SpeedThresholdOfShortArrays) {
    const Skin full = human(20e-6, 55e-6, 120e-6, 1000e-6, 5.5e-3);
    const Stamp array{.needle = cone(300e-6, 60e-6, 5e-6, 300e-6), .rows = 4, .columns = 4, .pitch = 1e-3};
    const auto by_hand = insert(full, array, Pressing{20.0, 10e-3}, 1, {.n_needles = 160});
    const auto slow = insert(full, array, Impact{1.0, 0.02}, 1, {.n_needles = 160});
    const auto fast = insert(full, array, Impact{3.0, 0.02}, 1, {.n_needles = 160});
    report("V6", "pierced by hand: share of needles", 0.0, by_hand.punctured_fraction, "-", "KNOWN MISS");
    report("V6", "pierced at 1 m/s: share of needles", 1.0, slow.punctured_fraction, "-", "holds");
    report("V6", "pierced at 3 m/s: share of needles", 1.0, fast.punctured_fraction, "-", "holds");
    EXPECT_EQ(slow.punctured_fraction, 1.0);
    EXPECT_EQ(fast.punctured_fraction, 1.0);
    EXPECT_GT(by_hand.punctured_fraction, 0.5);  // the miss
}

// INS-X7. V7, spacing (Olatunji 2013, Potts 2023): force per needle at puncture 0.028 N at a gap of 600 um and 0.030 N
// at 30 um. The model's is the same at any spacing (within 3 % above 150 um: holds; +3 to +10 % at 30 um: KNOWN MISS, 0
// %). The travel needed for it rises when needles come closer than 2-3 mm: the sign that follows from load sharing.
TEST(InsertionValidation, SpacingCostsTravelNotForce) {
    const Skin pig = human(20e-6, 60e-6, 150e-6, 1500e-6, 4e-3);
    const auto depth_at = [&](double pitch, double travel) {
        return insert(pig, Stamp{.needle = cone(600e-6, 100e-6, 5e-6, 600e-6), .rows = 3, .columns = 3, .pitch = pitch},
                      Travel{travel, 0.5e-3}, 1, {.n_needles = 9});
    };
    const double near = depth_at(0.33e-3, 0.6e-3).puncture_force, far = depth_at(0.9e-3, 0.6e-3).puncture_force;
    report("V7", "puncture force, gap 30 um over 600 um (calibration)", 0.030 / 0.028, near / far, "-",
           "KNOWN MISS (0 %)");
    EXPECT_EQ(near, far);
    double last = 0.0;
    for (const double pitch : {0.33e-3, 0.9e-3, 2.5e-3, 10e-3}) {
        const double depth = depth_at(pitch, 0.5e-3).depth_mean;
        EXPECT_GE(depth, last) << pitch;
        last = depth;
    }
}

// INS-X8. V9, secondary checks (validation; most data are recalled, uncertain): depth is 10-30 % of a travel of
// 0.5-1.08 mm (AR18: 22, 28 and 32 %, so KNOWN MISS by 2 % of travel at the longest; needle geometry is not given);
// flat punch above sharp and both pressures fall with diameter (SN29, measured: holds); needles of 550-900 um pierce by
// hand (AR19: holds). An ultra-sharp tip enters below 10 mN (SN11: holds).
TEST(InsertionValidation, SecondaryChecks) {
    const Skin forearm = human(20e-6, 55e-6, 120e-6, 1000e-6, 5.5e-3);
    for (const double travel : {0.5e-3, 0.8e-3, 1.08e-3}) {
        const double share = reached_by(forearm, cone(1.5e-3, 60e-6, 5e-6, 0.8e-3), Travel{travel, 1e-3}) / travel;
        report("V9", "depth/travel, accepted 0.1-0.3", 0.2, share, "-", share < 0.3 ? "holds" : "KNOWN MISS");
        EXPECT_GT(share, 0.1);
        EXPECT_LT(share, travel < 1e-3 ? 0.3 : 0.33);  // the miss
    }
    double last_sharp = 1e99, last_flat = 1e99;
    for (const double R : {25e-6, 50e-6, 100e-6, 300e-6}) {
        const double sharp = insertion::cutting_force(0.11e6, 9.0, 2500.0, R) / (R * R);
        const double flat = insertion::flat_punch_force(0.11e6, 9.0, 2500.0, R) / (R * R);
        EXPECT_GT(flat, sharp);
        EXPECT_LT(sharp, last_sharp);
        EXPECT_LT(flat, last_flat);
        last_sharp = sharp, last_flat = flat;
    }
    for (const double L : {550e-6, 700e-6, 900e-6}) {
        const Stamp array{.needle = cone(L, 155e-6, 10e-6, 500e-6), .rows = 4, .columns = 4, .pitch = 1.25e-3};
        EXPECT_EQ(insert(forearm, array, Pressing{20.0, 10e-3}, 1, {.n_needles = 16}).punctured_fraction, 1.0) << L;
    }
    const auto sharp = insert(forearm, cone(400e-6, 50e-6, 0.1e-6, 400e-6), Travel{0.4e-3, 1e-3});
    report("V9", "entry of an ultra-sharp tip, measured below 10 mN", 10.0, 1e3 * sharp.entry_force[0], "mN", "holds");
    EXPECT_LT(sharp.entry_force[0], 10e-3);
}

}  // namespace
