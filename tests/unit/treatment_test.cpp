// treat() is order and hand-over only.
#include "skin/treatment/session.hpp"

#include <gtest/gtest.h>

#include "skin/core/error.hpp"
#include "skin/io/parameters.hpp"
#include "support/treatments.hpp"

namespace {

using skin::test::quick_settings;

/// The lines of treat(), written out as a user would run them one by one.
std::vector<skin::SessionResult> one_by_one(const skin::TreatmentCase& given, std::uint64_t seed,
                                            const skin::TreatmentSettings& settings, skin::HealingResult& healing) {
    const auto& [skin, protocol] = given;
    std::vector<skin::SessionResult> sessions;
    std::vector<skin::InjuryDose> doses;
    for (int k = 0; k < protocol.sessions; ++k) {
        const auto session_seed = seed + static_cast<std::uint64_t>(k);
        skin::SessionResult s;
        s.insertion = skin::insert(skin, protocol.device, protocol.use, session_seed, settings.insertion);
        s.tearing = skin::tear(skin, protocol.device, protocol.use, s.insertion.wound, session_seed, settings.tearing);
        s.bleeding = skin::bleed(skin, s.tearing.wound, settings.bleeding);
        auto recovery = skin::recovery_settings(protocol, settings.recovery);
        for (int round = 0; round < 2; ++round) {
            s.recovery = skin::recover(skin, s.bleeding.wound, skin::closure_duration(protocol), recovery);
            std::vector<skin::Exposure> exposures;
            for (const auto& application : protocol.applications) {
                s.delivery[application.name] = skin::deliver(skin, s.bleeding.wound, application, s.recovery.closure,
                                                             protocol.delivery_duration, settings.delivery);
                exposures.push_back(s.delivery[application.name].exposure);
            }
            s.safety = skin::assess(skin, exposures, s.bleeding.wound, s.recovery.closure, settings.safety);
            if (s.safety.irritation == 0.0) break;
            recovery.irritation = std::min(s.safety.irritation, 1.0e9);
        }
        s.dose = skin::session_dose(skin, protocol, k, s.bleeding.wound, s.safety);
        doses.push_back(s.dose);
        sessions.push_back(s);
    }
    healing = skin::heal(skin, doses, protocol.horizon, settings.healing);
    return sessions;
}

class EveryTreatment : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Shipped, EveryTreatment, testing::ValuesIn(skin::test::shipped_treatments()),
                         [](const auto& set) { return set.param; });

// CLM-V1. Each line of treat() run alone gives the same bits (design: order and hand-over, no equations). Equality.
TEST_P(EveryTreatment, EqualsItsVerbsCalledOneByOne) {
    auto given = skin::load_treatment(GetParam());
    given.protocol.sessions = 2;
    const auto settings = quick_settings();
    const auto result = skin::treat(given.skin, given.protocol, 7, {}, settings);
    skin::HealingResult healing;
    EXPECT_TRUE(result.sessions == one_by_one(given, 7, settings, healing));
    EXPECT_TRUE(result.healing == healing);
    EXPECT_TRUE(result.skin == given.skin);
    EXPECT_TRUE(result.protocol == given.protocol);
}

// The second round of (6) to (8): an irritant closes the channels later, and treat() hands its index over.
TEST(Treatment, AnIrritantRunsLinesSixToEightOnceMore) {
    auto given = skin::load_treatment("medical_pen");
    given.protocol.sessions = 1;
    skin::Application acid;
    acid.name = "acid";
    acid.topical = skin::topical("ascorbic_acid_15");
    acid.when = skin::When::after;
    given.protocol.applications = {acid};
    const auto settings = quick_settings();
    const auto result = skin::treat(given.skin, given.protocol, 3, {}, settings);
    ASSERT_GT(result.sessions[0].safety.irritation, 0.0);
    skin::HealingResult healing;
    EXPECT_TRUE(result.sessions == one_by_one(given, 3, settings, healing));
    auto first_round =
        skin::recover(given.skin, result.sessions[0].bleeding.wound, skin::closure_duration(given.protocol),
                      skin::recovery_settings(given.protocol, settings.recovery));
    EXPECT_GE(result.sessions[0].recovery.time_to_recover("impedance"), first_round.time_to_recover("impedance"));
}

TEST(Treatment, SameSeedSameNumbersAndSessionsDrawWithSeedPlusTheirNumber) {
    auto given = skin::load_treatment("medical_roller");
    given.protocol.sessions = 2;
    const auto settings = quick_settings();
    const auto a = skin::treat(given.skin, given.protocol, 11, {}, settings);
    EXPECT_TRUE(a == skin::treat(given.skin, given.protocol, 11, {.threads = 2}, settings));
    const auto b = skin::treat(given.skin, given.protocol, 12, {}, settings);
    EXPECT_TRUE(a.sessions[1].insertion == b.sessions[0].insertion);
    EXPECT_FALSE(a.sessions[0].insertion == b.sessions[0].insertion);
    EXPECT_EQ(a.sessions[1].dose.time, given.protocol.interval);
}

TEST(Treatment, KnowsWhatItUsed) {
    const auto given = skin::load_treatment("medical_pen");
    const auto result = skin::treat(given.skin, given.protocol, 5, {}, quick_settings());
    const auto& p = result.provenance;
    EXPECT_EQ(p.seed, 5U);
    EXPECT_EQ(p.protocol_text, given.protocol.source_text);
    EXPECT_FALSE(p.libskin_version.empty());
    for (const char* id : {"face_cheek", "medical_pen_1.5", "lidocaine_cream", "hyaluronic_serum", "mechanics"}) {
        ASSERT_EQ(p.parameter_texts.count(id), 1U) << id;
        EXPECT_EQ(p.parameter_texts.at(id), skin::parameter_text(id));
        EXPECT_EQ(p.parameter_hashes.at(id), skin::sha256(p.parameter_texts.at(id)));
    }
    EXPECT_FALSE(result.info.citations.empty());
    EXPECT_FALSE(result.info.models.empty());
}

TEST(Treatment, NoPassNoWoundAndNothingFollows) {
    auto given = skin::load_treatment("medical_pen");
    given.protocol.sessions = 1;
    std::get<skin::Gliding>(given.protocol.use).passes = 0;
    const auto result = skin::treat(given.skin, given.protocol, 0, {}, quick_settings());
    EXPECT_EQ(result.sessions[0].insertion.wound.size(), 0);
    EXPECT_EQ(result.summary.tear_fraction, 0.0);
    EXPECT_EQ(result.summary.dots_per_area, 0.0);
    EXPECT_EQ(result.summary.collagen_papillary, 0.0);
    EXPECT_EQ(result.summary.erythema_duration, 0.0);
    EXPECT_FALSE(skin::summary(result).empty());
}

TEST(Treatment, ReportsProgressUpToTheEndAndStopsWhenAsked) {
    auto given = skin::load_treatment("medical_pen");
    given.protocol.sessions = 2;
    std::vector<std::int64_t> seen;
    std::int64_t total = 0;
    skin::RunControl control;
    control.on_progress = [&](const skin::Progress& p) {
        seen.push_back(p.done);
        total = p.total;
    };
    (void)skin::treat(given.skin, given.protocol, 0, control, quick_settings());
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_EQ(seen.back(), total);

    std::stop_source stop;
    control.stop = stop.get_token();
    control.on_progress = [&](const skin::Progress& p) {
        if (p.done == 2) stop.request_stop();
    };
    try {
        (void)skin::treat(given.skin, given.protocol, 0, control, quick_settings());
        FAIL();
    } catch (const skin::Cancelled& error) {
        EXPECT_NE(std::string{error.what()}.find("stopped after 3 of"), std::string::npos) << error.what();
    }
}

TEST(Treatment, BadInputIsNamed) {
    const auto given = skin::load_treatment("medical_pen");
    auto skin = given.skin;
    skin.layers.pop_back();
    EXPECT_THROW((void)skin::treat(skin, given.protocol), skin::ParameterError);
    skin = given.skin;
    skin.mechanics.effective_modulus = std::nan("");
    EXPECT_THROW((void)skin::treat(skin, given.protocol), skin::ParameterError);
    auto settings = quick_settings();
    settings.insertion.n_needles = 0;
    EXPECT_THROW((void)skin::treat(given.skin, given.protocol, 0, {}, settings), skin::ParameterError);
    settings = quick_settings();
    settings.recovery.irritancy_class = 2;
    EXPECT_THROW((void)skin::treat(given.skin, given.protocol, 0, {}, settings), skin::ParameterError);
}

// A person reads it: setting and depth, each layer as a share, warnings at the end.
TEST(TreatmentSummary, SaysWhatIsSetWhatIsReachedAndWhatIsAssumed) {
    const auto given = skin::load_treatment("medical_roller");
    const auto result = skin::treat(given.skin, given.protocol, 0, {}, quick_settings());
    const auto words = skin::summary(result);
    for (const char* expected :
         {"Medical roller, 1.5 mm, acne scars", "face_cheek, 30 years", "roller medical_roller_1.5",
          "set on the device", "1.5 mm   (medical band, 1.5 mm and more)", "tip gets into reticular_dermis",
          "numbing: lidocaine", "repair: pdrn", "new collagen, papillary dermis", "Warnings"}) {
        EXPECT_NE(words.find(expected), std::string::npos) << expected << "\n" << words;
    }
    EXPECT_LT(words.find("tip gets into"), words.find("Warnings"));
    EXPECT_EQ(result.summary.reached.size(), 5);
    for (Eigen::Index i = 1; i < 5; ++i) EXPECT_LE(result.summary.reached[i], result.summary.reached[i - 1]);
    EXPECT_LE(result.summary.depth_low, result.summary.depth_high);
}

}  // namespace
