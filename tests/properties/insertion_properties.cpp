// Properties of insert() that hold for every shipped skin and device. Signs and identities only, no fitted number.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <variant>

#include "skin/insertion.hpp"
#include "skin/wound.hpp"

namespace {

using namespace skin;

// The use that fits a device, with the defaults of the data.
Use usual_use(const Device& device) {
    if (std::holds_alternative<Roller>(device)) return Rolling{};
    if (std::holds_alternative<Pen>(device)) return Gliding{};
    return Travel{1e-3, 1e-3};
}

class EverySkin : public testing::TestWithParam<std::string> {};
class EveryDevice : public testing::TestWithParam<std::string> {};

// INS-P3. Pushing further never pulls the tip out; tip_depth + deflection = travel; depth <= needle length; force >= 0
// and its parts add up after entry. Round-off only.
TEST_P(EverySkin, DepthFollowsTravel) {
    const Skin skin = Skin::preset(GetParam());
    const Needle needle;
    const auto r = insert(skin, needle, Travel{3e-3, 1e-3}, {.n_samples = 200});
    for (Eigen::Index i = 0; i < r.travel.size(); ++i) {
        EXPECT_GE(r.tip_depth[i], r.tip_depth[std::max<Eigen::Index>(i - 1, 0)]);
        EXPECT_NEAR(r.tip_depth[i] + r.deflection[i], r.travel[i], 1e-15);
        EXPECT_LE(r.tip_depth[i], needle.length);
        EXPECT_GE(r.force[i], 0.0);
        EXPECT_GE(r.deflection[i], 0.0);
        if (r.tip_depth[i] > 0.0) {
            EXPECT_NEAR(r.cutting_force[i] + r.spreading_force[i] + r.friction_force[i], r.force[i], 1e-12);
        }
    }
}

// INS-P4. Stiffer skin is entered deeper at an imposed travel, tougher skin less deep; more force never gives less
// depth.
TEST_P(EverySkin, StiffnessToughnessAndForceHaveTheirSigns) {
    const Skin skin = Skin::preset(GetParam());
    Skin stiff = skin, tough = skin;
    stiff.mechanics.effective_modulus *= 2.0;
    for (auto& layer : tough.layers) layer.toughness *= 2.0;
    const Needle needle;
    for (const double travel : {0.3e-3, 0.7e-3, 1.2e-3}) {
        const double depth = insert(skin, needle, Travel{travel, 1e-3}, {.n_samples = 2}).depth[0];
        EXPECT_GE(insert(stiff, needle, Travel{travel, 1e-3}, {.n_samples = 2}).depth[0], depth);
        EXPECT_LE(insert(tough, needle, Travel{travel, 1e-3}, {.n_samples = 2}).depth[0], depth);
    }
    const InsertionCurve curve(skin, needle);
    double last = 0.0;
    for (double F = 0.0; F < 0.5; F += 2e-3) {
        const double depth = curve.depth_at_force(F);
        EXPECT_GE(depth, last);
        last = depth;
    }
}

// INS-P5. Null cases: no travel, or tip_model = none, leave no channel in any skin.
TEST_P(EverySkin, NullCasesLeaveNothing) {
    const Skin skin = Skin::preset(GetParam());
    EXPECT_EQ(insert(skin, Needle{}, Travel{0.0, 1e-3}).wound.size(), 0);
    const auto closed = insert(skin, Needle{}, Travel{1.5e-3, 1e-3}, {.tip_model = TipModel::none});
    EXPECT_EQ(closed.tip_depth.maxCoeff(), 0.0);
    EXPECT_EQ(closed.wound.size(), 0);
    EXPECT_EQ(insert(skin, Roller{}, Rolling{}, 1, {.tip_model = TipModel::none, .n_needles = 50}).wound.size(), 0);
}

// INS-P6. Every device: finite depths within the needle, a valid wound, shares of layers that fall with depth, the same
// numbers for the same seed and other ones for another.
TEST_P(EveryDevice, StrikesAreSoundAndRepeatable) {
    const Skin skin = Skin::preset("face_cheek");
    const Device dev = device(GetParam());
    const auto a = insert(skin, dev, usual_use(dev), 3, {.n_needles = 300});
    ASSERT_EQ(a.depth.size(), 300);
    EXPECT_TRUE(a.depth.allFinite());
    EXPECT_GE(a.depth.minCoeff(), 0.0);
    EXPECT_LE(a.depth.maxCoeff(), needle_of(dev).length);
    EXPECT_NO_THROW(validate_wound(a.wound));
    EXPECT_GT(a.wound.size(), 0);
    for (Eigen::Index k = 1; k < a.reached.size(); ++k) EXPECT_LE(a.reached[k], a.reached[k - 1]);
    EXPECT_LE(a.channel_radius, needle_of(dev).shaft_radius);
    EXPECT_LE(a.histology_depth, a.depth_mean * (1.0 + 1e-12));  // sums in another order
    const auto b = insert(skin, dev, usual_use(dev), 3, {.n_needles = 300});
    EXPECT_TRUE(same(a, b));
    EXPECT_FALSE(same(a.depth, insert(skin, dev, usual_use(dev), 4, {.n_needles = 300}).depth));
    EXPECT_EQ(insert(skin, dev, usual_use(dev), 3, {.tip_model = TipModel::none, .n_needles = 40}).wound.size(), 0);
}

// INS-P7. More hand force never makes a roller or a stamp shallower (same draws); without any, nothing opens.
TEST(InsertionProperties, MoreHandForceIsNotShallower) {
    const Skin skin = Skin::preset("face_cheek");
    double rolled = 0.0, pressed = 0.0;
    for (const double force : {0.0, 0.5, 1.0, 3.0, 10.0, 40.0}) {
        const double r =
            insert(skin, device("medical_roller_1.5"), Rolling{.force = force}, 3, {.n_needles = 300}).depth_mean;
        const double s = insert(skin, Stamp{}, Pressing{force, 1e-3}, 3, {.n_needles = 40}).depth_mean;
        EXPECT_GE(r, rolled) << force;
        EXPECT_GE(s, pressed) << force;
        if (force == 0.0) {
            EXPECT_EQ(r + s, 0.0);
        }
        rolled = r, pressed = s;
    }
}

// INS-P8. With fixed thickness, force and speed the strikes of a roller are equal; a spread of hand force spreads
// depth.
TEST(InsertionProperties, ScatterComesFromItsSources) {
    Skin skin = Skin::preset("face_cheek");
    for (auto& layer : skin.layers) layer.thickness_variation = 0.0;
    const Device roller = device("medical_roller_1.5");
    const auto still =
        insert(skin, roller, Rolling{.force_variation = 0.0, .speed_variation = 0.0}, 3, {.n_needles = 100});
    EXPECT_EQ(still.depth.maxCoeff(), still.depth.minCoeff());
    EXPECT_GT(insert(skin, roller, Rolling{.speed_variation = 0.0}, 3, {.n_needles = 300}).depth_std, 1e-5);
}

// INS-C1. Claim C2: a pen's strikes vary less than a medical roller's of the same length, as a share of the mean depth.
// Sources: hand force and speed of the roller, tolerance of the protrusion of the pen, thickness for both.
TEST(InsertionProperties, PenVariesLessThanRoller) {
    const Skin skin = Skin::preset("face_cheek");
    const auto pen = insert(skin, device("medical_pen_1.5"), Gliding{}, 1);
    const auto roller = insert(skin, device("medical_roller_1.5"), Rolling{}, 1);
    EXPECT_LT(pen.depth_std / pen.depth_mean, 0.5 * roller.depth_std / roller.depth_mean);
}

std::string readable(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
}
INSTANTIATE_TEST_SUITE_P(Insertion, EverySkin, testing::ValuesIn(Skin::presets()), readable);
INSTANTIATE_TEST_SUITE_P(Insertion, EveryDevice, testing::ValuesIn(devices()), readable);

}  // namespace
