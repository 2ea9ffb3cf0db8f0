// Claims on depth, tears and blood (docs/vv/claims.md), each through treat() and from the mechanism.
#include <gtest/gtest.h>

#include <cmath>

#include "support/treatments.hpp"

namespace {

using skin::test::one_session;
using skin::test::pen_set_to;
using skin::test::treated;

// CLM-C1. Depth matters most: the same pen at 0.3 and 0.5 mm (home), 1.0 and 1.5 mm (salon), 2.0 and 2.5 mm (medical).
// Orders and signs only; the injured volume of a layer per area is its volume fraction times its thickness.
TEST(ClaimDepth, DeeperSettingsReachDeeperLayersAndStimulateThem) {
    std::vector<skin::TreatmentResult> results;
    for (const double setting : {0.3e-3, 0.5e-3, 1.0e-3, 1.5e-3, 2.0e-3, 2.5e-3}) {
        results.push_back(treated(one_session(pen_set_to(setting), skin::Gliding{})));
    }
    for (std::size_t i = 1; i < results.size(); ++i) {
        const auto& shallow = results[i - 1].summary;
        const auto& deep = results[i].summary;
        EXPECT_GT(deep.depth_mean, shallow.depth_mean);
        EXPECT_GE(deep.reached[3], shallow.reached[3]);
        EXPECT_GT(deep.collagen_papillary, shallow.collagen_papillary);
        EXPECT_GE(deep.collagen_reticular, shallow.collagen_reticular);
        EXPECT_GE(deep.erythema_duration, shallow.erythema_duration);
    }
    const auto volume = [](const skin::TreatmentResult& r, Eigen::Index living, const char* layer) {
        return r.sessions[0].dose.punctured[living] * r.skin.layer(layer).thickness;
    };
    for (const std::size_t home : {0U, 1U}) {  // epidermis and superficial dermis
        EXPECT_GT(volume(results[home], 1, "papillary_dermis"), volume(results[home], 2, "reticular_dermis"));
    }
    for (const std::size_t salon : {2U, 3U}) {  // reaches the papillary dermis, where collagen starts
        EXPECT_EQ(results[salon].summary.reached[2], 1.0);
        EXPECT_GT(results[salon].summary.collagen_papillary, results[salon].summary.collagen_reticular);
    }
    for (const std::size_t medical : {4U, 5U}) {  // the reticular dermis takes the largest volume
        EXPECT_GT(volume(results[medical], 2, "reticular_dermis"), volume(results[medical], 1, "papillary_dermis"));
        EXPECT_GT(results[medical].summary.collagen_reticular, results[3].summary.collagen_reticular);
        EXPECT_GT(results[medical].summary.erythema_duration, results[3].summary.erythema_duration);
    }
}

double torn(const skin::Rolling& rolling, double age, const char* device = "medical_roller_1.5") {
    return treated(one_session(skin::device(device), rolling), {.age_years = age}).sessions[0].tearing.risk_index;
}

// CLM-C5. A roller's needles drag and tear; skidding and turning make it worse; old skin tears most easily; a pen,
// whose needles go straight in and out, hardly tears. Signs only: no measured slit length exists.
TEST(ClaimTear, RollersTearMoreWithSlipAndInOldSkin) {
    double before = 0.0;
    for (const double slip : {0.0, 0.02, 0.05, 0.1, 0.3}) {
        const double now = torn({.slip = slip}, 30.0);
        EXPECT_GT(now, before) << "slip " << slip;
        before = now;
    }
    EXPECT_GT(torn({.side_slip = 0.035}, 30.0), torn({}, 30.0));
    EXPECT_GT(torn({.side_slip = 0.2}, 30.0), torn({.side_slip = 0.035}, 30.0));
    before = 0.0;
    for (const double age : {30.0, 50.0, 75.0}) {
        const double now = torn({}, age);
        EXPECT_GT(now, before) << "age " << age;
        before = now;
    }
    // The same length of needle: a longer one of a roller is dragged further.
    EXPECT_GT(torn({}, 30.0), torn({}, 30.0, "salon_roller_0.5"));
    const auto pen = treated(one_session(skin::device("medical_pen_1.5"), skin::Gliding{}));
    EXPECT_LT(pen.sessions[0].tearing.risk_index, torn({}, 30.0));
    EXPECT_LT(pen.summary.tear_fraction, 0.01);
    // Sun damage and thin steroid skin tear more, too.
    const auto rolled = one_session(skin::device("medical_roller_1.5"), skin::Rolling{});
    const double young = treated(rolled).sessions[0].tearing.risk_index;
    EXPECT_GT(treated(rolled, {.photo_damage = 1.0}).sessions[0].tearing.risk_index, young);
    EXPECT_GT(treated(rolled, {.steroid = true}).sessions[0].tearing.risk_index, young);
}

// CLM-C6. No bleeding means that the dermis was not really reached. Dots on an area are independent, so an area A shows
// none with probability exp(-dots A). On 1 cm2: nearly sure to be clean while the tips stay in the epidermis, nearly
// sure to bleed once every tip is in the reticular dermis; between them in order of depth.
TEST(ClaimBlood, NoBloodMeansThatTheDermisWasNotReached) {
    constexpr double square_centimetre = 1.0e-4;
    const auto clean = [&](const skin::TreatmentResult& r) {
        return std::exp(-r.summary.dots_per_area * square_centimetre);
    };
    const auto home = treated(one_session(skin::device("home_roller_0.25"), skin::Rolling{}));
    EXPECT_LT(home.summary.reached[2], 0.05);
    EXPECT_GT(clean(home), 0.9);
    double before = 0.0;
    for (const double setting : {0.3e-3, 0.5e-3, 1.0e-3, 1.5e-3, 2.0e-3, 2.5e-3}) {
        const auto result = treated(one_session(pen_set_to(setting), skin::Gliding{}));
        EXPECT_GT(result.sessions[0].bleeding.visible_fraction, before) << "set to " << setting << " m";
        before = result.sessions[0].bleeding.visible_fraction;
        if (result.summary.reached[3] == 1.0) {
            EXPECT_LT(clean(result), 1e-3) << "set to " << setting << " m";
        }
    }
}

}  // namespace
