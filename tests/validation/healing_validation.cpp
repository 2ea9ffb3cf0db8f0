// HEA-X1 to HEA-X9: healing against observations (healing.md 6, devices.md 6). Each case says what it calibrated.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/csv.hpp"
#include "support/doses.hpp"
#include "support/skins.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

using test::dermal_dose, test::papillary_layer, test::row_at;
constexpr double day = constants::day, hour = constants::hour;

double peak_day(const HealingResult& r, const Eigen::VectorXd& curve) {
    Eigen::Index top = 0;
    curve.maxCoeff(&top);
    return r.time[top] / day;
}

/// Dose of one row of devices_presets.csv on the layer set that belongs to it.
InjuryDose preset_dose(int id) {
    const test::Csv table("devices_reference/devices_presets.csv");
    const auto i = static_cast<std::size_t>(id - 1);
    const double taper = table.number(i, "taper_mm") * 1e-3;
    const Needle needle{.length = std::max(taper, table.number(i, "needle_length_mm") * 1e-3),
                        .shaft_radius = 0.5e-3 * table.number(i, "needle_diameter_mm"),
                        .tip_radius = 1e-8,
                        .taper_length = taper};
    return test::equal_channels(needle, table.number(i, "depth_mm") * 1e-3, 4, table.number(i, "holes_per_cm2") * 1e4)
        .injury_dose(test::reference_layers());
}

HealingResult heal_preset(int id, double days = 10.0) {
    return heal(test::reference_layers(), {preset_dose(id)}, days * day);
}

// HEA-X1 (H2, Engelhardt 1998: neutrophil and macrophage peaks calibrate, the rest validates) neutrophils peak at 12-36
// h, macrophages at 36-96 h, inflammatory cells at 24-72 h, and neutrophils are below 0.3 of their peak at 5 d; delta
// 0.01 to 1, delta_v = delta.
TEST(HealingValidation, InflammationKeepsItsTiming) {
    for (double delta : {0.01, 0.02, 0.04, 0.1, 0.3, 1.0}) {
        const auto r = heal(test::reference_layers(), {dermal_dose(delta)}, 20 * day, {.n_times = 2001});
        const Eigen::VectorXd N = r.neutrophils.col(papillary_layer),
                              M1 = r.inflammatory_macrophages.col(papillary_layer);
        const Eigen::VectorXd M = M1 + r.repair_macrophages.col(papillary_layer);
        EXPECT_GT(peak_day(r, N), 0.5) << delta;
        EXPECT_LT(peak_day(r, N), 1.5) << delta;
        EXPECT_GT(peak_day(r, M), 1.5) << delta;
        EXPECT_LT(peak_day(r, M), 4.0) << delta;
        EXPECT_GT(peak_day(r, N + M1), 1.0) << delta;
        EXPECT_LT(peak_day(r, N + M1), 3.0) << delta;
        EXPECT_LT(N[row_at(r, 5)], 0.3 * N.maxCoeff()) << delta;
    }
}

// HEA-X2 (H3, Lotfi 2013, calibration of k_1 and k_3) five monthly 1.5 mm sessions, read 8 weeks after the last: +53.2
// %; +-25 points.
TEST(HealingValidation, FiveMonthlySessionsGiveTheCalibratedCollagen) {
    const auto r = heal(test::reference_layers(), repeated(preset_dose(7), 5, 28 * day), 168 * day);
    EXPECT_NEAR(r.collagen_gain("papillary_dermis"), 0.532, 0.25);
}

// HEA-X3 (H4: d7 calibrates k_3/k_1, d90 validates) type III is 0.25-0.45 of new collagen at d7 and below 0.2 at d90.
TEST(HealingValidation, TypeThreeGivesWayToTypeOne) {
    const auto r = heal(test::reference_layers(), {dermal_dose(0.04)}, 90 * day);
    const auto share = [&](double t) {
        const Eigen::Index i = row_at(r, t);
        const double III = r.collagen_III(i, papillary_layer), I = r.collagen_I(i, papillary_layer);
        return III / (III + I);
    };
    EXPECT_GT(share(7), 0.25);
    EXPECT_LT(share(7), 0.45);
    EXPECT_LT(share(90), 0.2);
}

// HEA-X4 (H5, validation of the order) 56 d after the last session: 1 session < 5 x 28 d < 6 x 14 d.
TEST(HealingValidation, MoreSessionsGiveMore) {
    const auto total = [](int sessions, double interval) {
        return heal(test::reference_layers(), repeated(dermal_dose(0.0411), sessions, interval),
                    (sessions - 1) * interval + 56 * day)
            .collagen_gain("papillary_dermis");
    };
    EXPECT_LT(total(1, day), total(5, 28 * day));
    EXPECT_LT(total(5, 28 * day), total(6, 14 * day));
}

// HEA-X5 (H7; 0.2/0.4 mm arrays and the 1.5 mm roller calibrate e_0, pens and the 72 h bound w_I; orders validate)
// redness: below 2 h for 0.2 and 0.4 mm arrays and longer for 0.4 (Bal 2008; 200 needles/cm^2 are chosen here, the
// paper's number is not known); 3-6 h for a 1.5 mm roller; 24-72 h for pens of 1.5 and 2.5 mm; nothing longer than 72
// h; monotone in depth and density.
TEST(HealingValidation, RednessLastsAsSeen) {
    const auto array_redness = [](double depth, double density) {
        const Needle needle{.length = 1e-3, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1e-3};
        const auto dose = test::equal_channels(needle, depth, 4, density).injury_dose(test::reference_layers());
        return heal(test::reference_layers(), {dose}, 10 * day).erythema_duration / hour;
    };
    EXPECT_LT(array_redness(2e-4, 2e6), 2.0);
    EXPECT_LT(array_redness(4e-4, 2e6), 2.0);
    EXPECT_GT(array_redness(4e-4, 2e6), array_redness(2e-4, 2e6));
    const double roller = heal_preset(7).erythema_duration / hour;
    EXPECT_GT(roller, 3.0);
    EXPECT_LT(roller, 6.0);
    for (int pen : {8, 9}) {
        EXPECT_GT(heal_preset(pen).erythema_duration / hour, 24.0) << pen;
        EXPECT_LE(heal_preset(pen).erythema_duration / hour, 72.0) << pen;
    }
    double before = 0.0;
    for (double depth : {2e-4, 4e-4, 7e-4, 1.05e-3, 1.3e-3}) {
        EXPECT_GE(array_redness(depth, 2.5e6), before) << depth;
        before = array_redness(depth, 2.5e6);
    }
    EXPECT_GE(array_redness(7e-4, 3.5e6), array_redness(7e-4, 2.5e6));
    for (int id = 1; id <= 10; ++id) EXPECT_LE(heal_preset(id).erythema_duration / hour, 72.0) << id;
    for (int home : {1, 2}) EXPECT_LT(heal_preset(home).erythema_duration / hour, 2.0) << home;
    EXPECT_GT(heal_preset(3).erythema_duration, heal_preset(2).erythema_duration);
}

// HEA-X6 (H8, Gill 2008, n = 10; the exponents and the lower end calibrate, the upper end validates) length x3 gives
// x7, number x10 just over x2, +-20 %; single needles of 480 to 1450 um give 5-40 % of a 26 G needle. Printed values of
// healing.md 5.5 to 1 %: 1.6, 5.4, 18, 38 % (two digits: half a unit).
TEST(HealingValidation, PainFollowsLengthAndNumber) {
    const Skin skin = test::reference_layers();
    EXPECT_NEAR(relative_pain(skin, 1.44e-3) / relative_pain(skin, 4.8e-4), 7.0, 0.2 * 7.0);
    EXPECT_NEAR(relative_pain(skin, 1e-3, 10.0) / relative_pain(skin, 1e-3), 2.1, 0.2 * 2.1);
    EXPECT_NEAR(relative_pain(skin, 4.8e-4), 0.05, 1e-12);
    EXPECT_NEAR(relative_pain(skin, 1.45e-3), 0.40, 0.2 * 0.40);
    const std::vector<std::pair<double, double>> printed{{2.5e-4, .016}, {5e-4, .054}, {1e-3, .18}, {1.5e-3, .38}};
    for (auto [length, share] : printed) {
        const double unit = share < 0.1 ? 0.0005 : 0.005;  // half a unit of the last printed digit
        EXPECT_NEAR(relative_pain(skin, length), share, 0.01 * share + unit);
    }
}

// HEA-X7 (H9) depth acts by layer: with the same needle, density and schedule the reticular gain grows with depth,
// strictly once the tip is below the papillary base, and is exactly 0 where it is not.
TEST(HealingValidation, DeeperNeedlesActOnDeeperLayers) {
    const auto gain = [](double depth) {
        const Needle needle{.length = 3e-3, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1e-3};
        const auto dose = test::equal_channels(needle, depth, 4, 2.5e6).injury_dose(test::reference_layers());
        return heal(test::reference_layers(), repeated(dose, 4, 28 * day), 140 * day).collagen_gain("reticular_dermis");
    };
    EXPECT_EQ(gain(2.5e-4), 0.0);
    double before = 0.0;
    for (double depth : {3.5e-4, 7e-4, 1.05e-3, 1.275e-3, 2.125e-3}) {
        EXPECT_GT(gain(depth), before) << depth;
        before = gain(depth);
    }
}

// HEA-X8 (devices.md 6.1, claims C1, C3, C4) what the presets must show, with their own depths: home rollers below 0.02
// and 0.05, salon 0.5 mm 0.03-0.15, reticular gain 9 > 8 > 7 > 4 > 3, and 9 much larger than 8, 7 much larger than 4
// (factor 3).
TEST(HealingValidation, PresetsShowWhatTheyMust) {
    const struct {
        int id, sessions;
        double interval;
    } rows[] = {{1, 12, 7}, {2, 12, 7}, {3, 6, 21}, {4, 6, 28}, {7, 5, 28}, {8, 4, 28}, {9, 6, 14}};
    std::vector<double> papillary(11), reticular(11);
    for (const auto& row : rows) {
        const auto r = heal(test::reference_layers(), repeated(preset_dose(row.id), row.sessions, row.interval * day),
                            ((row.sessions - 1) * row.interval + 56) * day);
        papillary[static_cast<std::size_t>(row.id)] = r.collagen_gain("papillary_dermis");
        reticular[static_cast<std::size_t>(row.id)] = r.collagen_gain("reticular_dermis");
    }
    EXPECT_LT(papillary[1], 0.02);
    EXPECT_LT(papillary[2], 0.05);
    EXPECT_GT(papillary[3], 0.03);
    EXPECT_LT(papillary[3], 0.15);
    EXPECT_GT(papillary[4], papillary[3]);
    EXPECT_LT(papillary[4], papillary[7]);
    EXPECT_LT(reticular[3], 0.005);
    EXPECT_GT(reticular[4], reticular[3]);
    EXPECT_GT(reticular[7], 3.0 * reticular[4]);
    EXPECT_GT(reticular[8], reticular[7]);
    EXPECT_GT(reticular[9], 3.0 * reticular[8]);
}

// HEA-X9 (healing.md 5.6) the conditioned band: 9 % of draws agree with H3, and C(90 d) at delta 0.04 lies in
// 0.115-0.259. With 2000 draws about 180 are kept: three standard errors are 0.02 of the share; the ends are 5 %
// quantiles of 180 values, between the ranks 3 and 16 at three standard errors, which moved the page's own ends by 0.01
// and 0.06 between halves of its draws (chosen here: 0.015 and 0.07).
TEST(HealingValidation, TheConditionedBandIsThePrintedOne) {
    const auto r = heal(test::reference_layers(), {dermal_dose(0.04)}, 90 * day, {.n_times = 2, .n_band_draws = 2000});
    EXPECT_NEAR(r.collagen_gain_low[1], 0.115, 0.015);
    EXPECT_NEAR(r.collagen_gain_high[1], 0.259, 0.07);
}

}  // namespace
}  // namespace skin
