// Identities and signs of tear() on every shipped skin, and of the slit kernel over its range.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "skin/tearing.hpp"
#include "support/rollers.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/play.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;
constexpr double degree = std::numbers::pi / 180.0;

using test::roller_of;

/// Depths from barely in to nearly the whole length, so that every layer is met.
Wound spread_wound(const Needle& needle) {
    std::vector<double> depths;
    for (int i = 1; i <= 60; ++i) depths.push_back(0.95 * needle.length * i / 60.0);
    return test::wound_of(needle, depths, 2.3e6);
}

class TearingOnEverySkin : public testing::TestWithParam<std::string> {
protected:
    [[nodiscard]] double index(const Person& person, const Rolling& use = {},
                               const std::function<void(Skin&)>& change = {}) const {
        Skin skin = Skin::preset(GetParam(), person);
        if (change) change(skin);
        const Roller roller = roller_of(1.0 * mm);
        return tear(skin, roller, use, spread_wound(roller.needle)).risk_index;
    }
};

// TEA-P1 no needle, no tear: no channels, no depth, no model, a stamp. Exactly zero.
TEST_P(TearingOnEverySkin, NothingComesOfNothing) {
    const Skin skin = Skin::preset(GetParam());
    const Roller roller = roller_of(1.0 * mm);
    const auto empty = tear(skin, roller, Rolling{}, intact_skin());
    EXPECT_EQ(empty.slit_length.size(), 0);
    EXPECT_EQ(empty.tear_fraction, 0.0);
    EXPECT_EQ(empty.risk_index, 0.0);
    EXPECT_EQ(empty.risk_high, 0.0);
    const auto flat = tear(skin, roller, Rolling{}, test::equal_channels(roller.needle, 0.0, 5, 1e6));
    EXPECT_EQ(flat.demand.maxCoeff(), 0.0);
    EXPECT_EQ(flat.risk_index, 0.0);
    const auto none =
        tear(skin, roller, Rolling{.slip = 0.5}, spread_wound(roller.needle), 0, {.tear_model = TearModel::none});
    EXPECT_EQ(none.slit_length.maxCoeff(), 0.0);
    EXPECT_EQ(none.wound.slit_depth.maxCoeff(), 0.0);
    EXPECT_EQ(none.hidden_fraction, 0.0);
    EXPECT_EQ(none.risk_index, 0.0);
    EXPECT_EQ(none.risk_high, 0.0);
}

// TEA-P2 signs of case C6 of tearing.md 6: age up, moisturising down, thinner dermis up; and of C7: steroid and sun up.
// Exact signs, on the same channels; the index has no random number in it, so they hold for every seed.
TEST_P(TearingOnEverySkin, RiskFollowsThePerson) {
    double before = 0.0;
    for (const double age : {20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0}) {
        const double now = index({.age_years = age});
        EXPECT_GT(now, before) << age;
        before = now;
    }
    for (const double age : {30.0, 75.0}) {
        EXPECT_GT(index({.age_years = age, .hydration = 0.0}), index({.age_years = age, .hydration = 1.0}));
        EXPECT_GT(index({.age_years = age, .photo_damage = 1.0}), index({.age_years = age}));
        EXPECT_GT(index({.age_years = age, .steroid = true}), index({.age_years = age}));
        for (const auto& which : {std::vector<std::string>{"reticular_dermis"},
                                  std::vector<std::string>{"papillary_dermis", "reticular_dermis"}}) {
            const double thin = index({.age_years = age}, {}, [&](Skin& skin) {
                for (auto& layer : skin.layers) {
                    for (const auto& name : which) layer.thickness *= layer.name == name ? 0.67 : 1.0;
                }
            });
            EXPECT_GT(thin, index({.age_years = age})) << which.size();
        }
    }
}

// TEA-P3 signs of the use: side-slip, extra slip, turning, wider scatter and held skin raise the index; and more
// tension.
TEST_P(TearingOnEverySkin, RiskFollowsTheHand) {
    const double usual = index({});
    EXPECT_GT(index({}, {.slip = 0.05}), usual);
    EXPECT_GT(index({}, {.side_slip = 0.05}), usual);
    EXPECT_GT(index({}, {.side_slip = -0.05}), usual);
    EXPECT_GT(index({}, {.yaw_rate = 1.0}), usual);
    EXPECT_GT(index({}, {.side_slip_spread = 0.07}), usual);
    EXPECT_LT(index({}, {.held = false}), usual);
    EXPECT_GT(index({.tension = 20.0}), usual);
}

// TEA-P4 every number is finite and in its range, whatever slip, side-slip and yaw the hand is allowed.
TEST_P(TearingOnEverySkin, NumbersStayNumbers) {
    const Skin skin = Skin::preset(GetParam(), {.age_years = 80.0, .photo_damage = 1.0, .steroid = true});
    for (const double length : {0.2 * mm, 3.0 * mm}) {
        const Roller roller = roller_of(length);
        const Wound wound = spread_wound(roller.needle);
        for (const Rolling& use : {Rolling{}, Rolling{.slip = -0.5, .slip_spread = 0.5, .side_slip_spread = 1.0},
                                   Rolling{.slip = 0.9}, Rolling{.slip = 1.0, .side_slip = 1.0},
                                   Rolling{.yaw_rate = 4.9}, Rolling{.speed = 1e-6, .yaw_rate = 9.9e-5},
                                   Rolling{.held = false, .slip_spread = 0.0, .side_slip_spread = 0.0}}) {
            for (const auto hypothesis : {SlicePush::none, SlicePush::path_mean}) {
                const auto r =
                    tear(skin, roller, use, wound, 1, {.slice_push = hypothesis, .n_slices = 4, .n_steps = 16});
                for (const auto* column :
                     {&r.slit_length, &r.slit_path, &r.demand, &r.critical_offset, &r.wound.slit_depth}) {
                    EXPECT_TRUE(column->allFinite());
                    EXPECT_GE(column->minCoeff(), 0.0);
                }
                EXPECT_TRUE((r.wound.slit_depth.array() <= wound.depth.array()).all());
                for (const double share : {r.tear_fraction, r.hidden_fraction, r.risk_index, r.risk_low, r.risk_high,
                                           r.slit_index, r.flap_index}) {
                    EXPECT_GE(share, 0.0);
                    EXPECT_LE(share, 1.0);
                }
                EXPECT_LE(r.risk_low, r.risk_index);
                EXPECT_GE(r.risk_high, r.risk_index);
                EXPECT_TRUE(std::isfinite(r.undriven_ratio));
                EXPECT_NO_THROW(validate_wound(r.wound));
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Presets, TearingOnEverySkin, testing::ValuesIn(Skin::presets()),
                         [](const auto& which) { return which.param; });

tearing::Slit mouth_slit(double L, double slip, double alpha, double delta_c) {
    tearing::Contact c;
    c.h = 10.0 * mm;
    c.rho = c.h + L;
    c.R_e = tearing::slipping_radius(tearing::free_rolling_radius(c.h, L), slip);
    c.tan_alpha = std::tan(alpha);
    std::vector<tearing::Point> points;
    tearing::axis_path(c, 0.0, 128, points);
    return tearing::slit_along(points, delta_c);
}

// TEA-P5 V13: at the mouth, path and extent never decrease with slip (0-0.2), side-slip (0-10 degrees), a smaller
// offset (0.6-0.05 mm) and length (0.5-3 mm). Tolerance 2e-3 mm: twice the truncation error of 128 steps with room to
// spare.
TEST(TearingProperties, MoreMisuseNeverGivesAShorterSlit) {
    const double tolerance = test::bound(2e-3 * mm);
    const auto not_shorter = [&](const tearing::Slit& a, const tearing::Slit& b) {
        EXPECT_GE(b.path, a.path - tolerance);
        EXPECT_GE(b.extent, a.extent - tolerance);
    };
    for (const double L : {0.5, 1.0, 1.5, 2.0, 3.0}) {
        for (const double delta_c : {0.6, 0.4, 0.2, 0.1, 0.05}) {
            for (int i = 0; i < 20; ++i) {
                not_shorter(mouth_slit(L * mm, 0.01 * i, 0.0, delta_c * mm),
                            mouth_slit(L * mm, 0.01 * (i + 1), 0.0, delta_c * mm));
                not_shorter(mouth_slit(L * mm, 0.0, 0.5 * i * degree, delta_c * mm),
                            mouth_slit(L * mm, 0.0, 0.5 * (i + 1) * degree, delta_c * mm));
            }
            not_shorter(mouth_slit(L * mm, 0.02, 3.0 * degree, delta_c * mm),
                        mouth_slit(L * mm, 0.02, 3.0 * degree, 0.8 * delta_c * mm));
            not_shorter(mouth_slit(L * mm, 0.0, 2.0 * degree, delta_c * mm),
                        mouth_slit((L + 0.25) * mm, 0.0, 2.0 * degree, delta_c * mm));
        }
    }
}

// TEA-P6 the play operator is rate-independent and odd: cutting a straight way into more pieces changes nothing, and
// mirroring the way mirrors the slit. Tolerance: round-off.
TEST(TearingProperties, TheSlitDoesNotDependOnHowTheWayIsCutUp) {
    std::vector<tearing::Point> coarse{{0.0, 0.0}, {1.0, 0.2}, {0.5, 1.0}, {-0.4, 0.1}}, fine, mirrored;
    for (std::size_t i = 0; i + 1 < coarse.size(); ++i) {
        for (int k = 0; k < 10; ++k) {
            fine.push_back({coarse[i].x + (coarse[i + 1].x - coarse[i].x) * k / 10.0,
                            coarse[i].y + (coarse[i + 1].y - coarse[i].y) * k / 10.0});
        }
    }
    fine.push_back(coarse.back());
    for (const auto& p : coarse) mirrored.push_back({-p.x, p.y});
    for (const double delta_c : {0.05, 0.3, 0.8}) {
        const double path = tearing::slit_along(coarse, delta_c).path;
        EXPECT_NEAR(tearing::slit_along(fine, delta_c).path, path, test::round_off(3.0));
        EXPECT_NEAR(tearing::slit_along(mirrored, delta_c).path, path, test::round_off(3.0));
    }
}

}  // namespace
}  // namespace skin
