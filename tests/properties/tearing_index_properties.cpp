// What band and causes of the tear index must do on every shipped skin.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/tearing.hpp"
#include "skin/tearing/needle_path.hpp"
#include "support/rollers.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;

using test::roller_of;

Wound few_channels(const Needle& needle) {
    std::vector<double> depths;
    for (int i = 1; i <= 12; ++i) depths.push_back(0.9 * needle.length * i / 12.0);
    return test::wound_of(needle, depths, 2.3e6);
}

double share(const TearingResult& r, const std::string& cause) {
    const auto found = std::find(r.cause.begin(), r.cause.end(), cause);
    return r.risk_by_cause[found - r.cause.begin()];
}

class TearIndexOnEverySkin : public testing::TestWithParam<std::string> {};

// TEA-P30 the shares of the causes add up to the index (round-off of 128 coalitions), whoever and whatever; the index
// alone is that of the whole result (equal); the band holds the index and the one under the other stiffness.
TEST_P(TearIndexOnEverySkin, CausesAddUpAndTheBandHoldsTheIndex) {
    const Roller roller = roller_of(1.0 * mm);
    const Wound wound = few_channels(roller.needle);
    const TearingSettings settings{.n_slices = 4, .band_draws = 32};
    TearingSettings soft = settings;
    soft.lateral_stiffness = LateralStiffness::embedded;
    for (const Person& person : {Person{}, Person{.age_years = 80.0, .hydration = 0.0, .photo_damage = 1.0},
                                 Person{.age_years = 20.0, .steroid = true}}) {
        const Skin skin = Skin::preset(GetParam(), person);
        for (const Rolling& use : {Rolling{}, Rolling{.slip = 0.05, .side_slip = 0.1, .yaw_rate = 0.5}}) {
            const auto r = tear(skin, roller, use, wound, 1, settings);
            EXPECT_NEAR(r.risk_by_cause.sum(), r.risk_index, test::round_off(64.0));
            EXPECT_EQ(r.risk_index, tear_index(skin, roller, use, wound.depth, settings));
            EXPECT_LE(r.risk_low, r.risk_index);
            EXPECT_GE(r.risk_high, r.risk_index);
            const double other = tear_index(skin, roller, use, wound.depth, soft);
            EXPECT_LE(r.risk_low, other);
            EXPECT_GE(r.risk_high, other);
            EXPECT_FALSE(tear_words(r).empty());
        }
    }
}

// TEA-P31 what is not there has no share: no yaw, the shortest needle, the reference age, a plain condition. Exactly
// zero: the coalitions with and without it are the same computation.
TEST_P(TearIndexOnEverySkin, WhatIsNotThereHasNoShare) {
    const Roller roller = roller_of(0.2 * mm);
    const TearingSettings settings{.n_slices = 4, .band_draws = 16};
    const auto r =
        tear(Skin::preset(GetParam()), roller, Rolling{.side_slip = 0.3}, few_channels(roller.needle), 1, settings);
    ASSERT_GT(r.risk_index, 0.0);
    for (const char* cause : {"yaw", "length"}) EXPECT_EQ(share(r, cause), 0.0) << cause;
    // Factors of the reference person over themselves are 1 to round-off, not always exactly.
    for (const char* cause : {"age", "condition"}) EXPECT_NEAR(share(r, cause), 0.0, test::round_off(64.0)) << cause;
    EXPECT_GT(share(r, "side_slip"), 0.5 * r.risk_index);
}

// TEA-P32 each cause raises its own share when there is more of it: side-slip, slip, turning, length, age.
TEST_P(TearIndexOnEverySkin, MoreOfACauseIsALargerShare) {
    const TearingSettings settings{.n_slices = 4, .band_draws = 16};
    const auto result = [&](double length, double age, const Rolling& use) {
        const Roller roller = roller_of(length);
        return tear(Skin::preset(GetParam(), {.age_years = age}), roller, use, few_channels(roller.needle), 1,
                    settings);
    };
    const auto plain = result(1.0 * mm, 50.0, {});
    EXPECT_GT(share(result(1.0 * mm, 50.0, {.side_slip = 0.06}), "side_slip"), share(plain, "side_slip"));
    EXPECT_GT(share(result(1.0 * mm, 50.0, {.slip = 0.06}), "slip"), share(plain, "slip"));
    EXPECT_GT(share(result(1.0 * mm, 50.0, {.yaw_rate = 1.0}), "yaw"), share(plain, "yaw"));
    EXPECT_GT(share(result(2.0 * mm, 50.0, {}), "length"), share(plain, "length"));
    EXPECT_GT(share(result(1.0 * mm, 70.0, {}), "age"), share(plain, "age"));
}

// TEA-P35 whatever the skin and the needle: drums that jam, that are turned in the skin and that are never lifted from
// loose skin raise the index, the more the more of it; a stroke without ends is no less than one with them for a hand
// that only scatters, since a contact that is cut short drags less. Signs; 1e-3 of the index for the midpoints of
// contacts that all tear already.
TEST_P(TearIndexOnEverySkin, StrokesRaiseTheIndexAsTheyShould) {
    const Skin skin = Skin::preset(GetParam(), {.age_years = 50.0});
    for (const double length : {0.5 * mm, 1.5 * mm, 3.0 * mm}) {
        const Roller roller = roller_of(length);
        const Eigen::VectorXd depth = Eigen::VectorXd::LinSpaced(6, 0.3 * length, 0.7 * length);
        const auto index = [&](const Rolling& use, StrokeEnds ends = StrokeEnds::pressed) {
            return tear_index(skin, roller, use, depth, {.stroke_ends = ends});
        };
        const auto rises = [&](const std::vector<Rolling>& uses) {
            double before = index(uses.front());
            for (std::size_t i = 1; i < uses.size(); ++i) {
                const double now = index(uses[i]);
                EXPECT_GT(now, before * (1.0 - test::bound(1e-3))) << length << ", " << i;
                before = now;
            }
            EXPECT_GT(before, index(uses.front())) << length;
        };
        rises({{}, {.jammed_share = 0.1}, {.jammed_share = 0.4}, {.jammed_share = 1.0}});
        rises({{}, {.turn_pressed = 0.1}, {.turn_pressed = 0.4}, {.turn_pressed = 1.0}});
        rises({{.held = false}, {.held = false, .lifted = false}});
        EXPECT_GE(index({}, StrokeEnds::ignored), index({}) * (1.0 - test::bound(1e-3))) << length;
    }
}

INSTANTIATE_TEST_SUITE_P(Presets, TearIndexOnEverySkin, testing::ValuesIn(Skin::presets()),
                         [](const auto& which) { return which.param; });

// TEA-P33 a path that cannot be: depth 0 or beyond the needle, a locked drum. The message names field and range.
TEST(TearingProperties, NeedlePathNamesWhatItCannotDo) {
    const Skin skin = Skin::preset("face_cheek");
    const Roller roller = roller_of(1.0 * mm);
    const auto words = [&](const Rolling& use, double depth) -> std::string {
        try {
            (void)needle_path(skin, roller, use, depth);
        } catch (const ParameterError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_NE(words({}, 0.0).find("depth"), std::string::npos);
    EXPECT_NE(words({}, 1.1 * mm).find("depth"), std::string::npos);
    EXPECT_NE(words({.slip = 1.0}, 0.5 * mm).find("use.slip"), std::string::npos);
    EXPECT_EQ(words({}, 1.0 * mm), "");
}

}  // namespace
}  // namespace skin
