// Properties of the motion in time that hold for every shipped skin and pen. Signs and identities only.
#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <variant>
#include <vector>

#include "skin/insertion.hpp"
#include "skin/wound.hpp"

namespace {

using namespace skin;

class MovingSkin : public testing::TestWithParam<std::string> {};
class MovingPen : public testing::TestWithParam<std::string> {};

Stamp one_needle() { return {.rows = 1, .columns = 1}; }

// INS-P40. More velocity and more mass of an impact never give less depth; tougher skin never gives more. Every skin.
TEST_P(MovingSkin, ImpactHasItsSigns) {
    const Skin skin = Skin::preset(GetParam());
    Skin tough = skin;
    for (Layer& layer : tough.layers) layer.toughness *= 2.0;
    double last = 0.0;
    for (const double v : {0.1, 0.3, 0.6, 1.0}) {
        const double depth = strokes(skin, one_needle(), Impact{v, 1e-4}).depth[0];
        EXPECT_GE(depth, last) << v;
        EXPECT_GE(strokes(skin, one_needle(), Impact{v, 2e-4}).depth[0], depth) << v;
        EXPECT_LE(strokes(tough, one_needle(), Impact{v, 1e-4}).depth[0], depth) << v;
        last = depth;
    }
    EXPECT_GT(last, 0.0);
}

// INS-P41. A pen: what was cut stays cut from stroke to stroke, later strokes cut no more than the first one did (they
// find the hole), forces and energies have their signs, the tip never passes the needle, and every curve is finite.
// Every skin.
TEST_P(MovingSkin, StrokesOfAPenAreSound) {
    const Skin skin = Skin::preset(GetParam());
    const Pen pen;
    const auto r = strokes(skin, pen, Gliding{}, {.n_strokes = 4});
    ASSERT_EQ(r.depth.size(), 4);
    for (Eigen::Index k = 0; k < 4; ++k) {
        if (k > 0) {
            EXPECT_GE(r.depth[k], r.depth[k - 1]);
            EXPECT_LE(r.cutting[k], r.cutting[0]);
        }
        EXPECT_GT(r.peak_force[k], 0.0);
        EXPECT_LE(r.depth[k], pen.needle.length);
    }
    for (const auto* curve : {&r.time, &r.carrier, &r.tip_depth, &r.deflection, &r.force, &r.nose_lift, &r.frequency})
        EXPECT_TRUE(curve->allFinite());
    EXPECT_GE(r.tip_depth.minCoeff(), 0.0);
    EXPECT_GE(r.nose_lift.minCoeff(), -1e-12);
    for (Eigen::Index i = 1; i < r.time.size(); ++i) EXPECT_GE(r.time[i], r.time[i - 1]);
}

// INS-P42. insert() with drive_model = dynamic on every shipped pen: finite depths within the needle, a valid wound,
// the same numbers for the same seed.
TEST_P(MovingPen, StrikesAreSoundAndRepeatable) {
    const Skin skin = Skin::preset("face_cheek");
    const Device pen = device(GetParam());
    const InsertionSettings moving{.drive_model = DriveModel::dynamic, .n_needles = 60};
    const auto r = insert(skin, pen, Gliding{}, 3, moving);
    EXPECT_TRUE(r.depth.allFinite());
    EXPECT_GE(r.depth.minCoeff(), 0.0);
    EXPECT_LE(r.depth.maxCoeff(), needle_of(pen).length);
    EXPECT_NO_THROW(validate_wound(r.wound));
    EXPECT_EQ(insert(skin, pen, Gliding{}, 3, moving).depth, r.depth);
}

// INS-P43. A pen that is pressed on with 4 N goes deeper than one that lies on with 0.2 N; on the way the nose that
// bounces in step with the strokes may gain a little (3 % allowed), so depth over force is no monotone curve. Its lift
// falls.
TEST(InsertionDynamics, HandForceHasItsSign) {
    const Skin skin = Skin::preset("face_cheek");
    double last = 0.0, first = 0.0, lift = 1.0;
    for (const double force : {0.2, 0.5, 1.0, 2.0, 4.0}) {
        const auto r = strokes(skin, Pen{}, Gliding{.force = force}, {.n_strokes = 6});
        const double depth = r.depth.maxCoeff();
        if (first == 0.0) first = depth;
        EXPECT_GT(depth, 0.97 * last) << force;
        EXPECT_LE(r.lift.maxCoeff(), lift) << force;
        lift = r.lift.maxCoeff();
        last = depth;
    }
    EXPECT_GT(first, 0.0);
    EXPECT_GT(last, first);
}

// INS-P44. Null cases: no velocity, no travel and tip_model = none leave no hole; an unreachable skin sees no force.
TEST(InsertionDynamics, NullCasesLeaveNothing) {
    const Skin skin = Skin::preset("face_cheek");
    EXPECT_EQ(strokes(skin, Stamp{}, Impact{0.0, 0.02}).depth.size(), 0);
    EXPECT_EQ(strokes(skin, Stamp{}, Travel{0.0, 1e-3}).depth.size(), 0);
    const auto closed = strokes(skin, Pen{}, Gliding{}, {.tip_model = TipModel::none, .n_strokes = 2});
    EXPECT_EQ(closed.depth.maxCoeff(), 0.0);
    EXPECT_GT(closed.peak_force.maxCoeff(), 0.0);
    const auto bounced = strokes(skin, one_needle(), Impact{0.5, 1e-3}, {.tip_model = TipModel::none});
    EXPECT_EQ(bounced.depth[0], 0.0);
    EXPECT_GT(bounced.rebound_speed, 0.0);
    Pen far;
    far.nose_gap = 4e-3;
    EXPECT_EQ(strokes(skin, far, Gliding{}, {.n_strokes = 2}).peak_force.maxCoeff(), 0.0);
    const InsertionSettings moving{.drive_model = DriveModel::dynamic, .n_needles = 10};
    EXPECT_EQ(insert(skin, Stamp{}, Impact{0.0, 0.02}, 1, moving).depth.maxCoeff(), 0.0);
}

// INS-P45. Scaling all lengths, forces and times of an impact by one factor each changes no dimensionless number: skin
// of E and J, needle of length l, mass m against 2 E, 4 J (J/(E l) kept), 2 l and 16 m at the same speed (F ~ E l^2 =
// 8-fold, energy 16-fold): depth doubles. The step control works without units: 1e-6.
TEST(InsertionDynamics, UnitsDoNotMatter) {
    Skin small;
    small.id = "scaled";
    Layer layer;
    layer.name = "slab";
    layer.thickness = 5e-3;
    small.layers = {layer};
    small.mechanics.friction_coefficient = 0.0;
    small.mechanics.rate_exponent = 0.0;
    small.mechanics.smooth_entry_diameter = 1e-4;  // chi = 1 for both tips
    small.mechanics.prony_share_1 = small.mechanics.prony_share_2 = 0.0;
    Skin large = small;
    large.layers[0].thickness *= 2.0;
    large.layers[0].ogden_modulus *= 2.0;
    large.layers[0].toughness *= 4.0;
    large.mechanics.effective_modulus *= 2.0;
    const Needle needle{0.7e-3, 60e-6, 5e-6, 0.5e-3}, twice{1.4e-3, 120e-6, 10e-6, 1.0e-3};
    const Stamp stamp{.needle = needle, .rows = 1, .columns = 1}, larger{.needle = twice, .rows = 1, .columns = 1};
    const auto a = strokes(small, stamp, Impact{0.4, 1e-4}), b = strokes(large, larger, Impact{0.4, 16e-4});
    EXPECT_GT(a.depth[0], 1e-5);
    EXPECT_NEAR(b.depth[0], 2.0 * a.depth[0], 1e-6 * b.depth[0]);
    EXPECT_NEAR(b.peak_force[0], 8.0 * a.peak_force[0], 1e-6 * b.peak_force[0]);
    EXPECT_NEAR(b.rebound_speed, a.rebound_speed, 1e-5 * a.rebound_speed);
}

std::string test_name(const testing::TestParamInfo<std::string>& tested) {
    std::string name = tested.param;
    for (char& c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return name;
}
std::vector<std::string> pens() {
    std::vector<std::string> found;
    for (const std::string& id : devices()) {
        if (std::holds_alternative<Pen>(device(id))) found.push_back(id);
    }
    return found;
}
INSTANTIATE_TEST_SUITE_P(Shipped, MovingSkin, testing::ValuesIn(Skin::presets()), test_name);
INSTANTIATE_TEST_SUITE_P(Shipped, MovingPen, testing::ValuesIn(pens()), test_name);

}  // namespace
