// insert(): errors, results of simple cases, odd skins, and the prepared curve's edges.
#include "skin/insertion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "skin/core/error.hpp"
#include "support/motions.hpp"
#include "support/skins.hpp"

namespace {

using namespace skin;

Skin layered() {
    Skin skin = test::five_layers(15e-6, 60e-6, 120e-6, 900e-6, 4e-3);
    const double J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0}, spread[] = {0.2, 0.2, 0.25, 0.25, 0.5};
    for (std::size_t i = 0; i < 5; ++i) {
        skin.layers[i].toughness = J[i];
        skin.layers[i].thickness_variation = spread[i];
    }
    return skin;
}

template <class Call>
std::string error_of(const Call& call) {
    try {
        static_cast<void>(call());
    } catch (const ParameterError& error) {
        return error.what();
    }
    return {};
}

TEST(Insertion, ErrorsNameFieldValueAndRange) {
    const Skin skin = layered();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(error_of([&] { return insert(skin, Needle{.length = 0.5}, Travel{}); }),
              "needle.length = 0.5 m is outside [5e-05, 0.005]");
    for (const double bad : {nan, -1e-3, 0.021, std::numeric_limits<double>::infinity()}) {
        EXPECT_NE(error_of([&] { return insert(skin, Needle{}, Travel{.distance = bad}); }).find("travel.distance = "),
                  std::string::npos);
    }
    for (const double bad : {nan, 0.0, -1.0, 1e9}) {
        EXPECT_NE(error_of([&] { return insert(skin, Needle{}, Travel{.speed = bad}); }).find("travel.speed = "),
                  std::string::npos);
        EXPECT_NE(error_of([&] { return insert(skin, Needle{.tip_radius = bad}, Travel{}); }).find("needle.tip_radius"),
                  std::string::npos);
    }
    EXPECT_NE(error_of([&] { return insert(skin, Needle{}, Travel{}, {.n_samples = 1}); }).find("settings.n_samples"),
              std::string::npos);
    EXPECT_NE(error_of([&] { return insert(skin, Stamp{}, Travel{}, 0, {.n_needles = 0}); }).find("settings.n_needles"),
              std::string::npos);
    EXPECT_NE(error_of([&] { return insert(Skin{}, Needle{}, Travel{}); }).find("skin.layers is empty"),
              std::string::npos);
    EXPECT_NE(error_of([&] { return insert(skin, Pen{}, Rolling{}); }).find("does not fit"), std::string::npos);
    EXPECT_NE(error_of([&] {
                  return insert(skin, Stamp{.rows = 200, .columns = 200}, Travel{});
              }).find("array_coupling = none"),
              std::string::npos);
    EXPECT_NE(error_of([&] {
                  return insert(skin, Needle{}, Travel{.distance = 2e-3}, {.deflection_model = DeflectionModel::none});
              }).find("beyond needle.length"),
              std::string::npos);
    Skin taut = skin;
    taut.person.tension = 10.0;
    taut.mechanics.tension_span = 1e-4;
    EXPECT_NE(error_of([&] {
                  return insert(taut, Needle{.shaft_radius = 3e-4, .tip_radius = 2e-4}, Travel{});
              }).find("tension_span"),
              std::string::npos);
}

TEST(Insertion, CurveOfOneNeedleAddsUp) {
    const auto r = insert(layered(), Needle{}, Travel{1.5e-3, 1e-3}, {.n_samples = 300});
    ASSERT_EQ(r.travel.size(), 300);
    for (Eigen::Index i = 0; i < r.travel.size(); ++i) {
        EXPECT_NEAR(r.tip_depth[i] + r.deflection[i], r.travel[i], 1e-15);
        if (r.tip_depth[i] > 0.0) {
            EXPECT_NEAR(r.cutting_force[i] + r.spreading_force[i] + r.friction_force[i], r.force[i], 1e-12);
        } else {
            EXPECT_EQ(r.cutting_force[i], 0.0);
        }
    }
    EXPECT_EQ(r.depth[0], r.tip_depth[299]);
    EXPECT_GT(r.puncture_force, 0.0);
    EXPECT_GT(r.puncture_depth, 0.0);
    EXPECT_LT(r.puncture_depth, 75e-6);
    EXPECT_EQ(r.reached[2], 1.0);
    EXPECT_EQ(r.reached[4], 0.0);
    EXPECT_GT(r.entry_force[2], 5.0 * r.entry_force[0]);  // dermis is 36 times tougher
    EXPECT_TRUE(std::isnan(r.entry_force[4]));
    EXPECT_GT(r.energy, 0.0);
    ASSERT_EQ(r.wound.size(), 1);
    EXPECT_NO_THROW(validate_wound(r.wound));
    EXPECT_EQ(r.wound.mouth_radius[0], radius_at(Needle{}, r.depth[0]));
    EXPECT_DOUBLE_EQ(r.wound.channel_radius[0], 0.7 * r.wound.mouth_radius[0]);
    EXPECT_EQ(r.holes_per_area, 0.0);
}

// Dermis shrinks in a section, epidermis does not: 75 um + (h - 75 um)(1 - 0.175).
TEST(Insertion, ThreeDepthObservables) {
    Skin skin = layered();
    skin.mechanics.depth_recoil = 0.9;
    const auto r = insert(skin, Needle{}, Travel{1.5e-3, 1e-3});
    EXPECT_NEAR(r.channel_depth, 0.9 * r.depth[0], 1e-15);
    EXPECT_NEAR(r.histology_depth, 0.9 * (75e-6 + (r.depth[0] - 75e-6) * 0.825), 1e-12);
}

TEST(Insertion, TravelMayExceedTheNeedle) {
    const auto r =
        insert(layered(), Needle{.length = 0.2e-3, .shaft_radius = 3e-5, .taper_length = 0.2e-3}, Travel{1.5e-3, 1e-3});
    EXPECT_EQ(r.depth[0], 0.2e-3);
    EXPECT_NEAR(r.deflection[399], 1.3e-3, 1e-15);
}

TEST(Insertion, QuantileOfDepths) {
    InsertionResult r;
    EXPECT_TRUE(std::isnan(r.depth_quantile(0.5)));
    r.depth = Eigen::VectorXd(4);
    r.depth << 4.0, 1.0, 3.0, 2.0;
    EXPECT_EQ(r.depth_quantile(0.0), 1.0);
    EXPECT_EQ(r.depth_quantile(0.5), 2.5);
    EXPECT_EQ(r.depth_quantile(1.0), 4.0);
    EXPECT_THROW(static_cast<void>(r.depth_quantile(1.1)), ParameterError);
    EXPECT_THROW(static_cast<void>(r.depth_quantile(std::numeric_limits<double>::quiet_NaN())), ParameterError);
}

TEST(Insertion, DevicesFillEveryColumnOfTheWound) {
    const Skin skin = layered();
    const std::pair<Device, Use> cases[] = {{Roller{}, Rolling{}},
                                            {Pen{}, Gliding{}},
                                            {Stamp{}, Travel{1e-3, 1e-3}},
                                            {Stamp{}, Pressing{10.0, 1e-3, 0.3}},
                                            {Stamp{}, Impact{2.0, 0.02}}};
    for (const auto& [device, use] : cases) {
        const auto r = insert(skin, device, use, 5, {.n_needles = 200});
        ASSERT_EQ(r.depth.size(), 200);
        EXPECT_TRUE(r.depth.allFinite());
        EXPECT_TRUE(r.strike_force.allFinite());
        EXPECT_NO_THROW(validate_wound(r.wound));
        EXPECT_NEAR(r.punctured_fraction, static_cast<double>(r.wound.size()) / 200.0, 1e-15);
        ASSERT_GT(r.wound.size(), 0);
        EXPECT_NEAR(r.wound.holes_per_area(), r.holes_per_area, 1e-6 * r.holes_per_area);
        EXPECT_GT(r.wound.entry_speed.minCoeff(), 0.0);
        EXPECT_GT(r.wound.dwell_time.minCoeff(), 0.0);
        EXPECT_GT(r.wound.mouth_radius.minCoeff(), 0.0);
        EXPECT_NEAR(r.depth_mean, r.depth.mean(), 1e-12);
        EXPECT_EQ(r.travel.size(), 0);
        for (Eigen::Index k = 1; k < 5; ++k) EXPECT_LE(r.reached[k], r.reached[k - 1]);
    }
}

TEST(Insertion, NothingStrikesWithoutPassesOrForce) {
    const Skin skin = layered();
    for (const auto& r :
         {insert(skin, Roller{}, Rolling{.passes = 0}), insert(skin, Pen{}, Gliding{.hole_fraction = 0.0})}) {
        EXPECT_EQ(r.depth.size(), 0);
        EXPECT_EQ(r.wound.size(), 0);
        EXPECT_EQ(r.depth_mean, 0.0);
        EXPECT_EQ(r.punctured_fraction, 0.0);
    }
    EXPECT_EQ(insert(skin, Roller{}, Rolling{.force = 0.0}).punctured_fraction, 0.0);
    EXPECT_EQ(insert(skin, Pen{}, Gliding{.force = 0.0}).punctured_fraction, 0.0);  // the needles lift an unheld nose
}

// Once the shank is through the dermis the force falls: the largest force of the strike is that of the curve. The curve
// has 4000 points of 1 um, and the force changes by less than 1 % in one.
TEST(Insertion, LargestForceOfAStrikeIsThatOfItsCurve) {
    const Skin skin = test::cheek();
    const Needle needle{.length = 5e-3, .shaft_radius = 255e-6, .tip_radius = 20e-6, .taper_length = 1.5e-3};
    const auto r = insert(skin, needle, Travel{4e-3, 1e-2}, {.n_samples = 4000});
    EXPECT_LT(r.force[3999], 0.9 * r.force.maxCoeff());  // it did punch through
    EXPECT_NEAR(r.strike_force[0], r.force.maxCoeff(), 0.01 * r.force.maxCoeff());
}

TEST(Insertion, OddSkins) {
    Skin thin = test::slab(1e-6);
    EXPECT_GT(insert(thin, Needle{}, Travel{1e-3, 1e-3}).depth[0], 0.0);
    EXPECT_FALSE(insert(thin, Needle{}, Travel{1e-3, 1e-3}).info.warnings.empty());
    Skin many = test::slab();
    many.layers.clear();
    for (int i = 0; i < 50; ++i) {  // tough and weak in turn: the force falls and rises, and the first balance is taken
        Layer layer;
        layer.name = "l" + std::to_string(i);
        layer.thickness = 20e-6;
        layer.thickness_variation = 0.5;
        layer.toughness = i % 2 == 0 ? 2500.0 : 1.0;
        layer.ogden_exponent = i % 3 == 0 ? 9.0 : 11.5;
        many.layers.push_back(layer);
    }
    const auto r = insert(many, Needle{}, Travel{1.5e-3, 1e-3}, {.n_samples = 60});
    for (Eigen::Index i = 1; i < 60; ++i) EXPECT_GE(r.tip_depth[i], r.tip_depth[i - 1]);
    EXPECT_TRUE(insert(many, Pen{}, Gliding{}, 1, {.n_needles = 50}).depth.allFinite());
    for (Layer& layer : many.layers) layer.ogden_exponent += 20.0;  // beyond the wedge table
    const auto closed =
        insert(many, Needle{}, Travel{1.5e-3, 1e-3}, {.cutting_law = CuttingLaw::equal_perimeter, .n_samples = 60});
    for (Eigen::Index i = 1; i < 60; ++i) EXPECT_GE(closed.tip_depth[i], closed.tip_depth[i - 1]);
}

TEST(Insertion, ExtremesOfEveryRangeStayFinite) {
    for (const double E : {1.0, 1e9}) {
        for (const double J : {0.0, 1e-9, 1e6}) {
            for (const double mu : {1.0, 1e9}) {
                for (const auto& [law, alpha] :
                     {std::pair{CuttingLaw::equal_perimeter, 2.0}, std::pair{CuttingLaw::equal_perimeter, 60.0},
                      std::pair{CuttingLaw::wedge_table, 2.0}, std::pair{CuttingLaw::wedge_table, 12.0}}) {
                    Skin skin = test::slab();
                    skin.mechanics.effective_modulus = E;
                    skin.layers[0].toughness = J;
                    skin.layers[0].ogden_modulus = mu;
                    skin.layers[0].ogden_exponent = alpha;
                    for (const double speed : {1e-9, 100.0}) {
                        const auto r =
                            insert(skin, Needle{}, Travel{1e-3, speed}, {.cutting_law = law, .n_samples = 7});
                        EXPECT_TRUE(r.force.allFinite() && r.tip_depth.allFinite());
                        EXPECT_LE(r.tip_depth.maxCoeff(), 1e-3);
                    }
                }
            }
        }
    }
}

TEST(InsertionCurve, OutOfRangeIsNaN) {
    const InsertionCurve curve(layered(), Needle{});
    const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
    for (const double bad : {-1e-9, nan, inf, -inf}) {
        EXPECT_TRUE(std::isnan(curve.depth_at_travel(bad)));
        EXPECT_TRUE(std::isnan(curve.depth_at_force(bad)));
        EXPECT_TRUE(std::isnan(curve.force_at_depth(bad)));
    }
    EXPECT_TRUE(std::isnan(curve.force_at_depth(1.6e-3)));
    EXPECT_EQ(curve.depth_at_travel(0.0), 0.0);
    EXPECT_EQ(curve.depth_at_force(0.0), 0.0);
    EXPECT_EQ(curve.depth_at_force(1e3), 1.5e-3);
    EXPECT_THROW(InsertionCurve(layered(), Needle{}, -1.0), ParameterError);
    static_assert(noexcept(curve.depth_at_force(0.05))&& noexcept(curve.depth_at_travel(1e-3)));
    const InsertionCurve closed(layered(), Needle{}, 1e-3, {.tip_model = TipModel::none});
    EXPECT_EQ(closed.depth_at_travel(1e-3), 0.0);
    EXPECT_TRUE(std::isnan(closed.force_at_depth(1e-4)));
}

}  // namespace
