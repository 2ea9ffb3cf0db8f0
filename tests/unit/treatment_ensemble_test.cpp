// Populations and batches: the same numbers for any number of threads, and a failed sample spoils nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>

#include "skin/core/error.hpp"
#include "skin/ensemble/batch.hpp"
#include "skin/ensemble/population.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

const skin::Travel push{.distance = 1.2e-3, .speed = 1.0e-3};

TEST(ForEachSample, CallsEachOnceAndReportsAll) {
    std::vector<int> calls(500, 0);
    std::int64_t last = 0;
    skin::for_each_sample(500, [&](std::int64_t i) { ++calls[static_cast<std::size_t>(i)]; },
                          {.on_progress = [&](const skin::Progress& p) { last = p.done; }, .threads = 2});
    EXPECT_EQ(calls, std::vector<int>(500, 1));
    EXPECT_EQ(last, 500);
    EXPECT_NO_THROW(skin::for_each_sample(0, [](std::int64_t) { FAIL(); }));
    EXPECT_THROW(skin::for_each_sample(-1, [](std::int64_t) {}), skin::ParameterError);
    EXPECT_THROW(skin::for_each_sample(1, [](std::int64_t) {}, {.threads = -2}), skin::ParameterError);
}

TEST(ForEachSample, StopsWhenAskedAndPassesErrorsOn) {
    std::stop_source stop;
    std::atomic<int> calls{0};
    const auto work = [&](std::int64_t) {
        if (++calls == 10) stop.request_stop();
    };
    EXPECT_THROW(skin::for_each_sample(100000, work, {.stop = stop.get_token(), .threads = 2}), skin::Cancelled);
    EXPECT_LT(calls, 100000);
    EXPECT_THROW(skin::for_each_sample(10, [](std::int64_t) { throw skin::SolverError("no"); }), skin::SolverError);
}

// ENS-P1. Same seed, 1 and 2 threads: the same numbers bit for bit.
TEST(Population, DepthsAreTheSameForAnyNumberOfThreads) {
    const auto skins =
        skin::population({.preset = "face_cheek", .n = 40, .age_low = 30.0, .age_high = 70.0, .seed = 3});
    ASSERT_EQ(skins.size(), 40U);
    const auto one = skin::insert_batch(skins, skin::Needle{}, push, {}, {.threads = 1});
    const auto two = skin::insert_batch(skins, skin::Needle{}, push, {}, {.threads = 2});
    EXPECT_TRUE(one == two);
    EXPECT_TRUE(skins ==
                skin::population({.preset = "face_cheek", .n = 40, .age_low = 30.0, .age_high = 70.0, .seed = 3}));
    const auto roller =
        skin::insert_batch(skins, skin::Roller{}, skin::Rolling{}, 9, {.n_needles = 50}, {.threads = 1});
    EXPECT_TRUE(roller ==
                skin::insert_batch(skins, skin::Roller{}, skin::Rolling{}, 9, {.n_needles = 50}, {.threads = 2}));
}

TEST(Population, APersonStaysTheSameWhenMoreAreDrawn) {
    const auto few = skin::population({.n = 3, .age_low = 20.0, .age_high = 60.0, .seed = 5});
    const auto many = skin::population({.n = 9, .age_low = 20.0, .age_high = 60.0, .seed = 5});
    for (std::size_t i = 0; i < few.size(); ++i) EXPECT_TRUE(few[i] == many[i]);
}

// ENS-P2. The drawn spread is the stated one, of thickness the share that lies between persons: mean and coefficient of
// variation of n = 20000 lognormal draws.
// Tolerance: 4 standard errors; of the variation c of a lognormal about c sqrt((1/2 + 3 c^2)/n) for small c.
TEST(Population, SpreadIsTheStatedOne) {
    skin::Skin reference = skin::test::reference_layers();
    for (auto& layer : reference.layers) layer.thickness_variation = 0.2;
    reference.mechanics.effective_modulus_variation = 0.3;
    reference.mechanics.toughness_variation = 0.25;
    constexpr int n = 20000;
    double sum[3]{}, squares[3]{};
    for (int i = 0; i < n; ++i) {
        const auto person = skin::draw_person(reference, 17, static_cast<std::uint64_t>(i));
        const double x[3] = {person.layers[2].thickness / reference.layers[2].thickness,
                             person.mechanics.effective_modulus / reference.mechanics.effective_modulus,
                             person.layers[3].toughness / reference.layers[3].toughness};
        for (int k = 0; k < 3; ++k) {
            sum[k] += x[k];
            squares[k] += x[k] * x[k];
        }
    }
    const double between = std::sqrt(std::pow(1.0 + 0.2 * 0.2, 1.0 - reference.mechanics.within_site_share) - 1.0);
    const double stated[3] = {between, 0.3, 0.25};
    for (int k = 0; k < 3; ++k) {
        const double mean = sum[k] / n, c = stated[k];
        EXPECT_NEAR(mean, 1.0, skin::test::spread(c, n, 4.0));
        EXPECT_NEAR(std::sqrt(squares[k] / n - mean * mean) / mean, c,
                    skin::test::bound(4.0 * c * std::sqrt((0.5 + 3.0 * c * c) / n)));
    }
}

TEST(Population, NoSpreadIsTheReferenceAndBadSettingsAreNamed) {
    skin::Skin reference = skin::test::reference_layers();
    reference.mechanics.effective_modulus_variation = reference.mechanics.toughness_variation = 0.0;
    EXPECT_TRUE(skin::draw_person(reference, 1, 1) == reference);
    EXPECT_THROW((void)skin::population({.age_low = 50.0, .age_high = 40.0}), skin::ParameterError);
    EXPECT_THROW((void)skin::population({.n = -1}), skin::ParameterError);
    EXPECT_THROW((void)skin::population({.preset = "face_check"}), skin::ParameterError);
}

// ENS-P12. One needle in many skins is insert() of each, to the last bit, also where the skin does not open.
TEST(InsertBatch, OneNeedleIsInsertOfEach) {
    const auto skins = skin::population({.n = 30, .age_high = 80.0, .seed = 2});
    for (const double distance : {0.0, 2e-5, 5e-4, 1.4e-3}) {
        const skin::Travel use{.distance = distance, .speed = 1e-3};
        const auto batch = skin::insert_batch(skins, skin::Needle{}, use);
        for (std::size_t i = 0; i < skins.size(); ++i) {
            const auto alone = skin::insert(skins[i], skin::Needle{}, use);
            EXPECT_EQ(batch.depth[static_cast<Eigen::Index>(i)], alone.depth_mean);
            EXPECT_EQ(batch.puncture_force[static_cast<Eigen::Index>(i)], alone.puncture_force);
        }
    }
}

TEST(InsertBatch, AFailedSampleHasItsStatusAndSpoilsNothing) {
    std::vector<skin::Skin> skins(5, skin::test::reference_layers());
    skins[1].mechanics.effective_modulus = std::nan("");
    skins[3].layers.clear();
    const auto batch = skin::insert_batch(skins, skin::Needle{}, push);
    const auto alone = skin::insert_batch({skins[0]}, skin::Needle{}, push);
    for (const std::size_t i : {0, 2, 4}) {
        EXPECT_EQ(batch.status[i], static_cast<int>(skin::SampleStatus::ok));
        EXPECT_EQ(batch.depth[static_cast<Eigen::Index>(i)], alone.depth[0]);
        EXPECT_TRUE(batch.message[i].empty());
    }
    for (const std::size_t i : {1, 3}) {
        EXPECT_EQ(batch.status[i], static_cast<int>(skin::SampleStatus::bad_parameter));
        EXPECT_TRUE(std::isnan(batch.depth[static_cast<Eigen::Index>(i)]));
        EXPECT_FALSE(batch.message[i].empty());
    }
    EXPECT_EQ(skin::insert_batch({}, skin::Needle{}, push).depth.size(), 0);
    EXPECT_THROW((void)skin::insert_batch(skins, skin::Needle{.length = 1.0}, push), skin::ParameterError);
}

}  // namespace
