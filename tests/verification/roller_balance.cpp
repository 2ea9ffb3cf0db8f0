// Rollers: balance of all needles under the drum, lattices of several passes, holes that are met again
// (docs/theory/insertion.md, section 6).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "insertion/drive.hpp"
#include "insertion/layered_needle.hpp"
#include "skin/core/error.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using skin::test::bound;
using skin::test::round_off;
constexpr double pi = std::numbers::pi;

// INS-V126. The hand force is the sum over every needle of the drum, one by one: ring i is turned by i stagger steps, a
// needle at angle q reaches the skin along its axis, H = r + L - D being the height of the axle:
//   F_z = cos q F(r + L - H/cos q) on the way in, cos q F_elastic(u_max - retreat) on the way out.
// Direct sum against the balance that insert() uses, for turned rings of several kinds; 1e-6 of the force (the travel
// is found to 1e-9 m). One needle per ring and one ring is a lone needle under the hand force.
TEST(RollerBalance, EveryNeedleUnderTheDrum) {
    const Skin skin = test::reference_layers();
    InsertionSettings settings;
    settings.tolerance = 1e-13;
    for (const auto& [stagger, rings] : {std::pair{0.0, 8}, {0.5, 8}, {0.25, 6}, {0.37, 5}}) {
        Roller roller;
        roller.stagger = stagger;
        roller.rings = rings;
        const auto pattern = strike_pattern(
            roller, Rolling{.force = 0.1 * rings, .passes = 1, .force_variation = 0.0, .speed_variation = 0.0}, 1, 1);
        const insertion::LayeredNeedle model(skin, roller.needle, settings, pattern.speed[0], pattern.speed[0]);
        const double D = insertion::roller_travel(roller, pattern, model, settings)[0];
        ASSERT_GT(D, 0.3e-3);
        ASSERT_LT(D, roller.needle.length);
        const auto strike = model.at(model.nominal_tops(), pattern.speed[0]);
        const double tip_circle = roller.drum_radius + roller.needle.length, H = tip_circle - D;
        const double u_max = strike.at_travel(D, 1e-13).deflection, step = 2.0 * pi / roller.needles_per_ring;
        double sum = 0.0;
        for (int ring = 0; ring < rings; ++ring) {
            for (int k = -roller.needles_per_ring / 2; k < roller.needles_per_ring / 2; ++k) {
                const double turn = ring * stagger - std::floor(ring * stagger + 1e-12);
                const double q = (k + turn) * step;
                const double travel = std::abs(q) < 0.5 * pi ? tip_circle - H / std::cos(q) : 0.0;
                if (!(travel > 0.0)) continue;
                const double F = q > -1e-9 ? strike.at_travel(travel, 1e-13).force
                                           : strike.deflection().force(std::max(u_max - (D - travel), 0.0));
                sum += std::cos(q) * F;
            }
        }
        EXPECT_NEAR(sum, 0.1 * rings, bound(1e-6) * 3.0) << stagger;
    }
    Roller lone;
    lone.rings = lone.needles_per_ring = 1;
    const auto pattern = strike_pattern(lone, Rolling{.force = 0.1, .passes = 1, .force_variation = 0.0}, 1, 1);
    const insertion::LayeredNeedle model(skin, lone.needle, settings, pattern.speed[0], pattern.speed[0]);
    const double D = insertion::roller_travel(lone, pattern, model, settings)[0];
    EXPECT_NEAR(model.at(model.nominal_tops(), pattern.speed[0]).at_travel(D, 1e-13).force, 0.1, bound(1e-6) * 0.1);
}

// INS-P55. Rings that fill each other's gaps share the hand force among fewer needles at the bottom: at the same force
// they go deeper, whole turns (stagger 1) are no turn at all (exact), and every needle on the drum overlapping the next
// one is an error.
TEST(RollerBalance, StaggerGoesDeeper) {
    const Skin skin = test::reference_layers();
    const auto depth = [&](double stagger) {
        Roller roller;
        roller.stagger = stagger;
        return insert(skin, roller, Rolling{}, 2, {.n_needles = 100}).depth;
    };
    const Eigen::VectorXd aligned = depth(0.0), turned = depth(0.5), whole = depth(1.0);
    for (Eigen::Index i = 0; i < aligned.size(); ++i) {
        EXPECT_GE(turned[i], aligned[i] - 1e-9);
        EXPECT_EQ(whole[i], aligned[i]);
    }
    EXPECT_GT(turned.mean(), aligned.mean());
    EXPECT_THROW(validate_device(Roller{.needles_per_ring = 400}), ParameterError);
}

// INS-V127. One pass of several keeps the drum's lattice: along its direction neighbours of a ring lie 2 pi R_e/n
// apart, rings W/rings apart, turned rings by their share; the pattern of pass 0, 1, 2 runs along x, y and a diagonal.
// The places of a pass, brought back into its direction, fall on that lattice (round-off), and they fill the patch at
// the density of the pass: a square that grew to hold them has the patch's side within one cell each way.
TEST(RollerBalance, EachPassIsALattice) {
    Roller roller;
    roller.stagger = 0.5;
    const int passes = 8, n = 3200;
    const auto p = strike_pattern(roller, Rolling{.passes = passes}, n, 9);
    const double along = 2.0 * pi * free_rolling_radius(roller) / roller.needles_per_ring;
    const double across = roller.width / roller.rings, side = std::sqrt(p.area);
    const double angles[] = {0.0, 0.5 * pi, 0.25 * pi, -0.25 * pi};
    for (int pass = 0; pass < passes; ++pass) {
        const double c = std::cos(angles[pass % 4]), s = std::sin(angles[pass % 4]);
        std::vector<std::pair<double, double>> at;
        double reach = 0.0;
        for (int i = pass * n / passes; i < (pass + 1) * n / passes; ++i) {
            const double x = p.x[i] - 0.5 * side, y = p.y[i] - 0.5 * side;
            at.emplace_back(c * x + s * y, -s * x + c * y);
            reach = std::max({reach, std::abs(x), std::abs(y)});
        }
        for (const auto& [u, v] : at) {
            const double row = (v - at[0].second) / across;
            EXPECT_NEAR(row, std::round(row), bound(1e-9));
            const double turn = std::abs(std::fmod(std::round(row), 2.0)) * 0.5;
            const double place = (u - at[0].first) / along;
            const double off = place - turn;  // half a step, one way or the other
            EXPECT_NEAR(off, std::round(off), bound(1e-9));
        }
        EXPECT_NEAR(2.0 * reach, side, 2.0 * (along + across));
    }
    EXPECT_NEAR(p.area * p.holes_per_area, n, 1e-6);
}

// INS-V128. Holes that are met again: for a pen, whose strikes are a Poisson field, the share is the mean of
// 1 - exp(-rho_i pi r^2) over the strikes, rho_i the holes per area before strike i. All strikes with the same
// thickness make equal channels; within four standard errors of a binomial share, and 1 % for what lies over the edge.
TEST(RollerBalance, PoissonShareOfReenteredHoles) {
    Skin skin = test::reference_layers();
    for (Layer& layer : skin.layers) layer.thickness_variation = 0.0;
    const int n = 4000;
    const auto r = insert(skin, Pen{}, Gliding{.hole_fraction = 1.0, .protrusion_spread = 0.0}, 4, {.n_needles = n});
    ASSERT_EQ(r.wound.size(), n);
    const double radius = r.wound.channel_radius[0];
    EXPECT_NEAR(r.wound.channel_radius.minCoeff(), radius, round_off(1e-3));
    double expected = 0.0;
    for (int i = 0; i < n; ++i) expected += -std::expm1(-i / r.wound.area * pi * radius * radius) / n;
    EXPECT_NEAR(r.reentered_fraction, expected, 4.0 * std::sqrt(expected / n) + 0.01 * expected);
    EXPECT_GT(expected, 0.01);
    EXPECT_EQ(insert(skin, Roller{}, Rolling{.passes = 1}, 4, {.n_needles = 200}).reentered_fraction, 0.0);
    EXPECT_EQ(insert(skin, Stamp{}, Travel{}, 4, {.n_needles = 200}).reentered_fraction, 0.0);
}

// INS-P56. Missed and met: strikes split into those that opened the skin and those that did not; places of all strikes
// are in the result, those of the wound are the places of the strikes that opened it. Exact.
TEST(RollerBalance, EveryStrikeHasItsPlace) {
    const Skin skin = test::reference_layers();
    const auto r = insert(skin, Roller{.stagger = 0.5}, Rolling{}, 3, {.n_needles = 300});
    ASSERT_EQ(r.strike_x.size(), 300);
    Eigen::Index row = 0;
    for (Eigen::Index i = 0; i < 300; ++i) {
        if (!(r.depth[i] > 0.0)) continue;
        EXPECT_EQ(r.wound.x[row], r.strike_x[i]);
        EXPECT_EQ(r.wound.y[row++], r.strike_y[i]);
    }
    EXPECT_EQ(row, r.wound.size());
}

}  // namespace
