// How the needles of a stamp that hits share its load (docs/theory/insertion.md, section 6).
#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "insertion/array.hpp"
#include "insertion/far_field.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using skin::test::bound;

// INS-V237. 5 x 5 needles that hit, in time: under the field of the layers the corners go deepest and the middle least
// deep, needles that stand alike are alike (1e-8 m, the array's balance is found to 1e-8 m), and the mean is near that
// of equal shares (5 %: depth is nearly a line of the load over its spread). With the other couplings all are equal.
TEST(MovingStamp, EdgeNeedlesCarryMore) {
    Skin skin = test::reference_layers();
    for (Layer& layer : skin.layers) layer.thickness_variation = 0.0;
    const Stamp stamp{.needle = {.length = 0.6e-3, .shaft_radius = 6e-5, .tip_radius = 4e-6, .taper_length = 0.5e-3},
                      .rows = 5,
                      .columns = 5,
                      .pitch = 1.5e-3};
    const Impact hit{.velocity = 0.5, .mass = 0.02};
    InsertionSettings settings{.drive_model = DriveModel::dynamic, .n_needles = 25};
    settings.array_coupling = ArrayCoupling::layered;
    const auto r = insert(skin, stamp, hit, 1, settings);
    const double corner = r.depth[0], middle = r.depth[12];
    EXPECT_GT(corner, middle + 1e-6);
    EXPECT_NEAR(r.depth.maxCoeff(), corner, bound(1e-8));
    EXPECT_NEAR(r.depth.minCoeff(), middle, bound(1e-8));
    for (const int i : {4, 20, 24}) EXPECT_NEAR(r.depth[i], corner, bound(1e-8));
    for (const auto coupling : {ArrayCoupling::none, ArrayCoupling::half_space}) {
        settings.array_coupling = coupling;
        const auto equal = insert(skin, stamp, hit, 1, settings);
        EXPECT_NEAR(equal.depth.maxCoeff(), equal.depth.minCoeff(), bound(1e-12));
    }
    // The mean needle of the motion, from a plate of needles that share equally by symmetry: two.
    settings.array_coupling = ArrayCoupling::layered;
    const Stamp two{.needle = stamp.needle, .rows = 1, .columns = 2, .pitch = 1.5e-3};
    const auto pair = insert(skin, two, Impact{.velocity = 0.3, .mass = 0.001}, 1, settings);
    EXPECT_NEAR(pair.depth[0], pair.depth[1], bound(1e-9));
    const double moved = strokes(skin, two, Impact{.velocity = 0.3, .mass = 0.001}, settings).depth[0];
    EXPECT_NEAR(pair.depth[0], moved, bound(1e-3) * moved);
    const double mean = strokes(skin, stamp, hit, settings).depth[0];
    EXPECT_NEAR(r.depth_mean, mean, bound(5e-2) * mean);
}

// INS-V238. Small dense stamps that hit up to their plate under the field of the layers: the skin between the needles
// is pushed down nearly as far as at them, so a plate that lets go lies close to the skin for long. Each stamp still
// comes off, its plate carries something, and its energy closes (1e-6 of what was put in, INS-V101).
TEST(MovingStamp, PlatesOfSmallDenseStampsComeOff) {
    const Skin skin = test::reference_layers();
    const InsertionSettings settings{.array_coupling = ArrayCoupling::layered, .drive_model = DriveModel::dynamic};
    for (const auto& [rows, columns] : {std::pair{1, 2}, std::pair{2, 2}, std::pair{2, 3}, std::pair{3, 3}}) {
        for (const double pitch : {0.5e-3, 1e-3}) {
            for (const double velocity : {0.5, 3.0, 6.0}) {
                const Stamp stamp{.needle = {.length = 0.7e-3, .shaft_radius = 1e-4, .taper_length = 0.5e-3},
                                  .rows = rows,
                                  .columns = columns,
                                  .pitch = pitch};
                const auto r = strokes(skin, stamp, Impact{.velocity = velocity, .mass = 0.1}, settings);
                EXPECT_LT(r.imbalance.cwiseAbs().maxCoeff(), bound(1e-6)) << rows << "x" << columns << ", " << pitch;
                EXPECT_GT(r.backing_share, 0.0) << rows << "x" << columns << ", " << pitch;
                EXPECT_GT(r.rebound_speed, 0.0) << rows << "x" << columns << ", " << pitch;
            }
        }
    }
}

}  // namespace
