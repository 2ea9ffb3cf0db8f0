// Claims on what follows needling (docs/vv/claims.md), each through treat() and from the mechanism.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "support/treatments.hpp"

namespace {

using skin::When;
using skin::constants::day;
using skin::constants::hour;
using skin::test::one_session;
using skin::test::pen_set_to;
using skin::test::treated;

skin::Protocol with_product(skin::Protocol protocol, const char* topical, When when) {
    skin::Application product;
    product.name = "product";
    product.topical = skin::topical(topical);
    product.when = when;
    protocol.applications = {product};
    return protocol;
}

const skin::DeliveryResult& delivery_of(const skin::TreatmentResult& result) {
    return result.sessions[0].delivery.at("product");
}

// CLM-C3. A home roller does not induce collagen in any meaningful amount (limit 0.02 of the baseline for the 0.25 mm
// preset after 12 sessions, devices.md 6), but it does enhance absorption: more of each product gets below the stratum
// corneum than through intact skin (no pass), and a macromolecule that intact skin keeps out gets in at all.
TEST(ClaimHomeRoller, EnhancesAbsorptionWithoutCollagen) {
    auto weekly = one_session(skin::device("home_roller_0.25"), skin::Rolling{});
    weekly.sessions = 12;
    weekly.interval = 7.0 * day;
    weekly.horizon = 133.0 * day;
    EXPECT_LT(treated(weekly).summary.collagen_papillary, 0.02);
    EXPECT_EQ(treated(weekly).summary.collagen_reticular, 0.0);

    const auto delivered = [](int passes, const char* topical) {
        const auto home = one_session(skin::device("home_roller_0.25"), skin::Rolling{.passes = passes});
        return delivery_of(treated(with_product(home, topical, When::after))).delivered;
    };
    for (const char* topical : {"niacinamide_serum", "tranexamic_acid_solution", "ghk_cu_serum"}) {
        EXPECT_GT(delivered(15, topical), 2.0 * delivered(0, topical)) << topical;
    }
    EXPECT_EQ(delivered(0, "hyaluronic_serum"), 0.0);
    EXPECT_GT(delivered(15, "hyaluronic_serum"), 0.0);
}

// CLM-C7. Barrier function is back after about two hours in open air (Gupta 2011: within 2 h for all geometries, read
// by impedance; not before 1 h is our reading of "about"), much later under a film, and at most about 40 h. The same
// hole: only water loss differs. Calibrated on that source (recovery.md 3.1), so a check of the chain, not a
// validation.
TEST(ClaimBarrier, ClosesInTwoHoursInOpenAirAndMuchLaterUnderAFilm) {
    for (const char* device : {"home_roller_0.25", "salon_roller_0.5", "medical_roller_1.5"}) {
        auto protocol = one_session(skin::device(device), skin::Rolling{});
        protocol.recovery_duration = 72.0 * hour;
        const double open = treated(protocol).summary.barrier_time;
        protocol.covered = true;
        const double covered = treated(protocol).summary.barrier_time;
        EXPECT_GT(open, 1.0 * hour) << device;
        EXPECT_LE(open, 2.0 * hour) << device;
        EXPECT_GT(covered, 5.0 * open) << device;
        EXPECT_LT(covered, 42.0 * hour) << device;
    }
}

// CLM-C8. Put on before needling gets deeper than the same product put on right after: the needle carries the film down
// and its withdrawal sucks it in; afterwards only diffusion fills a collapsed channel that is closing. For a small
// molecule the head start fades within the day, for a macromolecule it lasts.
TEST(ClaimBeforeAfter, BeforeGetsDeeperThanAfter) {
    for (const char* topical : {"niacinamide_serum", "ascorbic_acid_15", "ghk_cu_serum", "hyaluronic_serum"}) {
        const auto session = one_session(pen_set_to(1.5e-3), skin::Gliding{});
        const auto before_result = treated(with_product(session, topical, When::before));
        const auto after_result = treated(with_product(session, topical, When::after));
        const auto& before = delivery_of(before_result);
        const auto& after = delivery_of(after_result);
        EXPECT_GT(before.deposited, 0.0) << topical;
        EXPECT_EQ(after.deposited, 0.0) << topical;
        EXPECT_GT(before.filled_depth, before_result.skin.bottom_of("papillary_dermis")) << topical;
        EXPECT_GT(before.exposure.mass_below_junction.maxCoeff(), after.exposure.mass_below_junction.maxCoeff())
            << topical;
        ASSERT_EQ(before.time.size(), after.time.size());
        for (Eigen::Index i = 1; i < before.time.size() && before.time[i] <= 1.0 * hour; ++i) {
            for (const double share : {0.5, 0.9}) {
                EXPECT_GT(before.penetration_depth(share)[i], after.penetration_depth(share)[i])
                    << topical << " at " << before.time[i] << " s";
            }
        }
        EXPECT_GE(before.delivered, after.delivered) << topical;
    }
    const auto session = one_session(pen_set_to(1.5e-3), skin::Gliding{});
    const auto macromolecule = [&](When when) { return treated(with_product(session, "hyaluronic_serum", when)); };
    const auto before = macromolecule(When::before), after = macromolecule(When::after);
    const auto& deep = delivery_of(before).exposure.mass_below_junction;
    const auto& shallow = delivery_of(after).exposure.mass_below_junction;
    EXPECT_GT(deep[deep.size() - 1], shallow[shallow.size() - 1]);
}

// CLM-C12. Three phases in order: inflammation peaks within 24 to 72 h, proliferation peaks after it and within three
// weeks, remodelling goes on for weeks to months (it does not end within 8 weeks); several sessions add up.
TEST(ClaimPhases, ThreePhasesInOrderAndSessionsAddUp) {
    const auto single = treated(one_session(skin::device("medical_pen_2.5"), skin::Gliding{}));
    for (const char* layer : {"papillary_dermis", "reticular_dermis"}) {
        std::map<std::string, skin::Phase> of;
        for (const auto& phase : skin::phases(single.healing)) {
            if (phase.layer == layer) of[phase.name] = phase;
        }
        ASSERT_EQ(of.size(), 3U) << layer;
        EXPECT_GE(of["inflammation"].peak, 24.0 * hour) << layer;
        EXPECT_LE(of["inflammation"].peak, 72.0 * hour) << layer;
        EXPECT_GT(of["proliferation"].start, of["inflammation"].start) << layer;
        EXPECT_GT(of["proliferation"].peak, 72.0 * hour) << layer;
        EXPECT_LT(of["proliferation"].peak, 21.0 * day) << layer;
        EXPECT_GT(of["remodelling"].start, of["proliferation"].start) << layer;
        EXPECT_GT(of["remodelling"].peak, of["proliferation"].peak) << layer;
        EXPECT_TRUE(std::isnan(of["remodelling"].end)) << layer;
    }
    // Equal injuries must add up: the same hand in every session. This pen needs nearly all of the hand's 1.5 N, so an
    // unsteady hand lets the nose lift in one session and not in the next (0.7 or 2.0 mm deep).
    const skin::Gliding steady{.force_variation = 0.0, .speed_variation = 0.0};
    double papillary = 0.0, reticular = 0.0;
    for (const int sessions : {1, 2, 4}) {
        auto protocol = one_session(skin::device("medical_pen_2.5"), steady);
        protocol.sessions = sessions;
        protocol.horizon = (sessions - 1) * protocol.interval + 56.0 * day;
        const auto result = treated(protocol);
        EXPECT_GT(result.summary.collagen_papillary, papillary) << sessions;
        EXPECT_GT(result.summary.collagen_reticular, reticular) << sessions;
        papillary = result.summary.collagen_papillary;
        reticular = result.summary.collagen_reticular;
    }
}

// Known misses, asserted as they are (docs/vv/claims.md), so that a change is seen. No parameter was bent for them.
// CLM-X1. Redness after a medical session should last 24 to 72 h (devices.md 6, presets 8 and 9); with the depth that
// insert() gives (0.75 mm for a 1.5 mm pen, where the table assumed 1.28 mm) it is a few hours.
// CLM-X2. Preset 3 (salon roller 0.5 mm) should just begin induction, 0.03 to 0.15 of the baseline; the roller reaches
// 0.13 mm (the table assumed 0.35 mm), so it stays below.
TEST(KnownMisses, RednessIsTooShortAndTheShortSalonRollerInducesTooLittle) {
    const auto pen = treated(one_session(skin::device("medical_pen_1.5"), skin::Gliding{}));
    EXPECT_GT(pen.summary.erythema_duration, 1.0 * hour);
    EXPECT_LT(pen.summary.erythema_duration, 24.0 * hour);  // the miss
    auto salon = one_session(skin::device("salon_roller_0.5"), skin::Rolling{});
    salon.sessions = 6;
    salon.interval = 21.0 * day;
    salon.horizon = 161.0 * day;
    const auto result = treated(salon);
    EXPECT_GT(result.summary.collagen_papillary, 0.0);
    EXPECT_LT(result.summary.collagen_papillary, 0.03);  // the miss
}

}  // namespace
