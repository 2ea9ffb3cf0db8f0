// Any axisymmetric tip on layers: flat ends, tables, shoulders (docs/theory/insertion.md, 4.1).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "insertion/deflection_table.hpp"
#include "insertion/layered_contact.hpp"
#include "skin/device/needle.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using namespace skin::insertion;
using skin::test::bound;
constexpr double pi = std::numbers::pi;

// A half-space: one layer on a base of the same stuff.
LayerStack half_space(double E = 1e5, double nu = 0.49) { return {{{1e-3, E, nu}}, E, nu}; }
double contact_modulus(const LayerStack& s) { return s.surface_modulus(); }

// INS-V240. Flat ends on a half-space, exact: a punch of radius b takes F = 2 E* b u; a punch that goes over into a
// cone (truncated cone) has u = a m acos(b/a), F = E* m (a^2 acos(b/a) + b sqrt(a^2 - b^2)), m = cot(phi). 1e-6. The
// table of insert() gives the same: punch to round-off of its cubic, truncated cone within 2e-3 of its interpolation.
TEST(TipProfile, FlatEnds) {
    const LayerStack stack = half_space();
    const double E = contact_modulus(stack), b = 4e-5, m = 6.0;
    LayeredContact contact(stack);
    EXPECT_NEAR(contact.disc(b).stiffness, 2.0 * E * b, bound(1e-6) * 2.0 * E * b);
    const auto tip = TipProfile::flat_ended(b, {{b, m}}, 1e-3);
    for (const double a : {1.0001 * b, 1.1 * b, 2.0 * b, 10.0 * b}) {
        const auto state = contact.at_radius(tip, a);
        const double u = a * m * std::acos(b / a);
        const double F = E * m * (a * a * std::acos(b / a) + b * std::sqrt(a * a - b * b));
        EXPECT_NEAR(state.depth, u, bound(1e-6) * u);
        EXPECT_NEAR(state.force, F, bound(1e-6) * F);
    }
    const DeflectionTable punch(stack, TipProfile::flat_ended(b, {}, 1e-3), {}, 1e-3);
    for (const double u : {1e-9, 1e-6, 3e-5, 9e-4}) {
        EXPECT_NEAR(punch.force(u), 2.0 * E * b * u, bound(1e-6) * 2.0 * E * b * u);
    }
    const DeflectionTable table(stack, tip, {}, 2e-3);
    for (const double a : {1.001 * b, 1.3 * b, 4.0 * b}) {
        const double u = a * m * std::acos(b / a);
        const double F = E * m * (a * a * std::acos(b / a) + b * std::sqrt(a * a - b * b));
        EXPECT_NEAR(table.force(u), F, bound(2e-3) * F);
    }
}

// INS-V241. Tables. Cut into pieces of the same slope a cone is the rounded cone of that tip, on layers, 1e-9 (the
// quadrature stops at each row). A paraboloid is Hertz, depth a^2/R and force 4/3 E* a^3/R, to 1e-6; as n straight
// flanks it approaches that at order 3/2 in 1/n: the last flank meets a square root at the rim, the error of the depth
// is 0.294 n^-3/2 (trapezium rule of acos).
TEST(TipProfile, Tables) {
    const LayerStack stack = stack_of(test::reference_layers());
    LayeredContact contact(stack);
    RowMatrix rows(4, 2);
    rows << 0.0, 5e-6, 1e-4, 2e-5, 4e-4, 6.5e-5, 8e-4, 12.5e-5;
    const auto table = TipProfile::of(needle_from_profile(rows));
    const auto cone = TipProfile::rounded_cone(5e-6, 0.15, 12.5e-5);
    for (const double a : {2e-6, 1e-5, 5e-5, 1.2e-4}) {
        const auto one = contact.at_radius(table, a), other = contact.at_radius(cone, a);
        EXPECT_NEAR(one.depth, other.depth, bound(1e-9) * other.depth);
        EXPECT_NEAR(one.force, other.force, bound(1e-9) * other.force);
    }
    const LayerStack solid = half_space();
    const double E = contact_modulus(solid), R = 1e-3, a = 1e-4;
    LayeredContact on_solid(solid);
    const double F = 4.0 / 3.0 * E * a * a * a / R;
    const auto ball = on_solid.at_radius(TipProfile::paraboloid(R, 1.0), a);
    EXPECT_NEAR(ball.depth, a * a / R, bound(1e-6) * a * a / R);
    EXPECT_NEAR(ball.force, F, bound(1e-6) * F);
    std::vector<double> error;
    for (const int n : {200, 400, 800}) {
        std::vector<TipProfile::Flank> flanks;
        for (int i = 0; i < n; ++i) flanks.push_back({a * i / n, a * (i + 0.5) / n / R});
        const auto state = on_solid.at_radius(TipProfile::flat_ended(0.0, flanks, 1.0), a);
        EXPECT_NEAR(state.depth, a * a / R, bound(0.35) * std::pow(n, -1.5) * a * a / R);
        error.push_back(std::abs(state.force / F - 1.0));
    }
    EXPECT_LT(error[2], bound(3e-5));
    EXPECT_GT(std::log2(error[0] / error[1]), 1.4);
}

// INS-V242. Tips that insert() meets on layers. A blunt flat end needs more force for the same small deflection than a
// rounded tip of that radius, with equal forces deep down where the dimple carries (within 25 %: the radius is 60 um of
// some 0.3 mm of dimple); contact of a table with a wall or a flat shoulder ends there, and the curve still rises.
TEST(TipProfile, NeedlesOnLayers) {
    const Skin skin = test::reference_layers();
    const LargeDeflection large = large_deflection(skin);
    Needle flat{.tip_radius = 6e-5, .shape = NeedleShape::flat};
    Needle round{.tip_radius = 6e-5};
    const DeflectionTable of_flat(stack_of(skin), TipProfile::of(flat), large, 1.5e-3);
    const DeflectionTable of_round(stack_of(skin), TipProfile::of(round), large, 1.5e-3);
    EXPECT_GT(of_flat.force(5e-6), 1.5 * of_round.force(5e-6));
    EXPECT_NEAR(of_flat.force(1e-3), of_round.force(1e-3), bound(0.25) * of_round.force(1e-3));
    RowMatrix stepped(5, 2), shoulder(5, 2);
    stepped << 0.0, 5e-6, 3e-4, 3e-5, 6e-4, 3e-5, 7e-4, 1e-4, 1.5e-3, 1e-4;
    shoulder << 0.0, 5e-6, 3e-4, 3e-5, 3.001e-4, 1e-4, 8e-4, 1.1e-4, 1.5e-3, 1.2e-4;
    EXPECT_EQ(TipProfile::of(needle_from_profile(stepped)).end_radius(), 3e-5);
    for (const RowMatrix& rows : {stepped, shoulder}) {
        const Needle needle = needle_from_profile(rows);
        const DeflectionTable table(stack_of(skin), TipProfile::of(needle), large, 1.5e-3);
        double before = 0.0;
        for (int k = 1; k <= 300; ++k) {
            const double F = table.force(5e-6 * k);
            EXPECT_TRUE(std::isfinite(F));
            EXPECT_GT(F, before);
            before = F;
        }
        const auto r = insert(skin, needle, Travel{1e-3}, {.deflection_model = DeflectionModel::layered});
        EXPECT_TRUE(r.tip_depth.allFinite());
    }
}

}  // namespace
