// Layered cutting and equilibrium: tables of insertion.md 3.1.6 and section 5, null and limit cases of 3.3.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "insertion/array.hpp"
#include "insertion/layered_needle.hpp"
#include "skin/core/error.hpp"
#include "skin/insertion.hpp"
#include "support/csv.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using skin::test::bound;
using skin::test::round_off;

// The setting of the reference tables: beta = 0.4, chi = 1, no friction, reference rate.
Skin bare(Skin skin, double E_eff = 0.3e6) {
    skin.mechanics.effective_modulus = E_eff;
    skin.mechanics.friction_coefficient = 0.0;
    skin.mechanics.smooth_entry_diameter = 1e-3;
    skin.mechanics.blunt_entry_diameter = 1e-2;
    return skin;
}
// The reference tables are those of the hole of equal perimeter.
const InsertionSettings surrogate{.cutting_law = CuttingLaw::equal_perimeter};
constexpr Travel at_reference_rate(double distance) { return {distance, 1e-3}; }  // 1 mm/s over 0.2 mm = 5 /s
const Needle cone{770e-6, 70e-6, 4e-6, 770e-6};

Skin two_layers(double top, double J_top, double J_below) {
    Skin skin = test::slab();
    skin.layers.push_back(skin.layers[0]);
    skin.layers[1].name = "below";
    skin.layers[0].thickness = top;
    skin.layers[0].toughness = J_top;
    skin.layers[1].toughness = J_below;
    return skin;
}

// INS-V25. Layered F_cut (E17): 75 um of J = 100 J/m2 over 2.5 kJ/m2, R_t = 5 um, tan phi = 0.08, shank far away;
// values in mN at 1e-3, and the central difference of the work W(h) agrees (Gauss points on smooth pieces: 1e-6).
TEST(InsertionVerification, LayeredCuttingForce) {
    const Skin skin = bare(two_layers(75e-6, 100.0, 2500.0));
    const Needle needle{1.5e-3, 5e-6 + 0.08 * 1.5e-3, 5e-6, 1.5e-3};
    const insertion::LayeredNeedle model(skin, needle, surrogate, 1e-3, 1e-3);
    const auto strike = model.at(model.nominal_tops(), 1e-3);
    EXPECT_NEAR(strike.force(50e-6), 1.3054e-3, bound(1e-3) * 1.3054e-3);
    EXPECT_NEAR(strike.force_above(1), 1.6411e-3, bound(1e-3) * 1.6411e-3);
    EXPECT_NEAR(strike.force_below(1), 11.8849e-3, bound(1e-3) * 11.8849e-3);
    EXPECT_NEAR(strike.force(300e-6), 62.405e-3, bound(1e-3) * 62.405e-3);
    const Skin dermis = bare(test::slab());
    const insertion::LayeredNeedle single(dermis, needle, surrogate, 1e-3, 1e-3);
    EXPECT_NEAR(single.at(single.nominal_tops(), 1e-3).force(300e-6), 79.623e-3, bound(1e-3) * 79.623e-3);
    for (const double h : {30e-6, 150e-6, 300e-6, 900e-6}) {
        const double dh = 1e-6;
        const auto work = [&](double depth) { return strike.work({depth, 0.0, 0.0, 0.0, true}); };
        const double slope = (work(h + dh) - work(h - dh)) / (2.0 * dh);
        EXPECT_NEAR(slope, strike.force(h), bound(2e-4) * strike.force(h)) << h;  // (dh)^2 F''/6 next to the tip's 5 um
    }
}

// INS-V26. Core demonstration table (E18): h within 0.5 um, F within 0.2 %, exact Gamma. (Printed taper and h are
// rounded.)
TEST(InsertionVerification, CoreDemonstration) {
    const test::Csv table("insertion_verification/insertion_core_demo.csv");
    ASSERT_EQ(table.size(), 15u);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double L = 1e-6 * table.number(i, "L_um"), R_t = 1e-6 * table.number(i, "R_tip_um");
        const double slope = table.number(i, "tan_phi"), R_max = 1e-6 * table.number(i, "R_max_um");
        const double taper = std::min((R_max - R_t) / slope, L);
        const Needle needle{L, R_t + slope * taper, R_t, taper};
        const auto r =
            insert(bare(test::slab(), 1e6 * table.number(i, "E_eff_MPa")), needle, at_reference_rate(L), surrogate);
        EXPECT_NEAR(1e6 * r.depth[0], table.number(i, "h_um"), bound(0.5)) << i;
        EXPECT_NEAR(1e3 * r.force[399], table.number(i, "F_mN"), bound(2e-3) * table.number(i, "F_mN")) << i;
    }
}

// INS-N2. InsertionCurve is a table of the same equilibrium: depth within 2e-9 m of the exact one (its stated bound),
// at travels on both sides of every barrier, in layered skin with a shank and fat below; force_at_depth within 1e-5.
TEST(InsertionVerification, PreparedCurveAgreesWithTheExactEquilibrium) {
    Skin skin = test::five_layers(15e-6, 60e-6, 120e-6, 900e-6, 4e-3);
    const double J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0};
    for (std::size_t i = 0; i < 5; ++i) skin.layers[i].toughness = J[i];
    for (const double tip : {4e-6, 18e-6}) {
        const Needle needle{1.5e-3, 125e-6, tip, 1.0e-3};
        const insertion::LayeredNeedle model(skin, needle, {}, 1e-3, 1e-3);
        const auto strike = model.at(model.nominal_tops(), 1e-3);
        const InsertionCurve curve(skin, needle);
        for (double D = 0.0; D < 3.2e-3; D += 7.7e-6) {
            EXPECT_NEAR(curve.depth_at_travel(D), strike.at_travel(D, 1e-13).depth, bound(2e-9)) << tip << " " << D;
        }
        for (double F = 0.0; F < 0.3; F += 1.3e-3) {
            EXPECT_NEAR(curve.depth_at_force(F), strike.at_force(F, 1e-13).depth, bound(2e-9)) << tip << " " << F;
        }
        for (double h = 1e-6; h < 1.5e-3; h += 7.7e-6) {
            EXPECT_NEAR(curve.force_at_depth(h), strike.force(h), bound(1e-5) * strike.force(h)) << tip << " " << h;
        }
    }
}

// INS-V27. D = 0: h = 0, F = 0 (3.3), for one needle and a stamp. Exact.
TEST(InsertionVerification, NoTravelDoesNothing) {
    const auto r = insert(test::slab(), Needle{}, Travel{0.0, 1e-3});
    EXPECT_EQ(r.force.cwiseAbs().maxCoeff(), 0.0);
    EXPECT_EQ(r.depth[0], 0.0);
    EXPECT_EQ(r.wound.size(), 0);
    EXPECT_EQ(r.puncture_force, 0.0);
    EXPECT_TRUE(std::isnan(r.puncture_depth));
    for (const auto& use : {Use{Travel{0.0, 1e-3}}, Use{Pressing{0.0, 1e-3}}, Use{Impact{0.0, 0.02}}}) {
        const auto stamp = insert(test::slab(), Stamp{}, use, 1, {.n_needles = 40});
        EXPECT_EQ(stamp.depth.maxCoeff(), 0.0);
        EXPECT_EQ(stamp.wound.size(), 0);
    }
}

// INS-V28. E_eff -> inf: h -> min(D, L); as u = sqrt(F/(beta E)) with F < 1 N and beta E = 4e8, u < 5e-5 m; and
// deflection_model = none is that limit exactly. E_eff -> 0: h = 0 (3.3).
TEST(InsertionVerification, LimitsOfTheStiffness) {
    Skin stiff = bare(test::slab(), 1e9);
    const Needle needle{1.5e-3, 125e-6, 4e-6, 1e-3};
    EXPECT_NEAR(insert(stiff, needle, at_reference_rate(1e-3)).depth[0], 1e-3, 5e-5);
    const InsertionSettings rigid{.deflection_model = DeflectionModel::none};
    const auto r = insert(stiff, needle, at_reference_rate(1e-3), rigid);
    EXPECT_NEAR(r.depth[0], 1e-3, 1e-9);
    EXPECT_EQ(r.deflection.maxCoeff(), 0.0);
    EXPECT_EQ(insert(bare(test::slab(), 1.0), needle, at_reference_rate(1.5e-3)).depth[0], 0.0);
}

// INS-V29. J -> 0 in all layers: Gamma -> 0 and h -> D (3.3). J = 0 exactly: no force at all without friction.
TEST(InsertionVerification, NoToughnessNoResistance) {
    Skin soft = bare(test::slab());
    soft.layers[0].toughness = 0.0;
    EXPECT_NEAR(insert(soft, Needle{}, at_reference_rate(1e-3)).depth[0], 1e-3, 1e-8);
    soft.layers[0].toughness =
        1e-6;  // Gamma < pi R J = 4e-10 N, so u < 6e-8 m; a slit falls as 1/ln(1/J) only (INS-P34)
    const InsertionSettings closed{.cutting_law = CuttingLaw::equal_perimeter};
    EXPECT_NEAR(insert(soft, Needle{}, at_reference_rate(1e-3), closed).depth[0], 1e-3, 1e-7);
}

// INS-V30. All layers equal: F_cut = Gamma(R(h)) (3.3). The interfaces cancel: round-off.
TEST(InsertionVerification, EqualLayersAreOneLayer) {
    Skin many = bare(test::slab());
    many.layers.clear();
    for (int i = 0; i < 50; ++i) {
        Layer layer = test::slab().layers[0];
        layer.name = "l" + std::to_string(i);
        layer.thickness = 30e-6;
        many.layers.push_back(layer);
    }
    const insertion::LayeredNeedle model(many, cone, surrogate, 1e-3, 1e-3);
    const auto strike = model.at(model.nominal_tops(), 1e-3);
    for (const double h : {10e-6, 30e-6, 100e-6, 700e-6}) {
        const double gamma = insertion::cutting_force(0.11e6, 9.0, 2500.0, radius_at(cone, h));
        EXPECT_NEAR(strike.force(h), gamma, bound(4e-6) * gamma) << h;  // error of the table, INS-N1
    }
}

// INS-V31. R' = 0, a cylinder: F_cut = Gamma(R) of the layer at the tip (3.3). A tip as wide as the shank; INS-N1's
// 4e-6.
TEST(InsertionVerification, CylinderFeelsTheLayerAtItsTip) {
    const Skin skin = bare(two_layers(200e-6, 300.0, 2500.0));
    const Needle cylinder{1e-3, 50e-6, 50e-6, 1e-6};
    const insertion::LayeredNeedle model(skin, cylinder, surrogate, 1e-3, 1e-3);
    const auto strike = model.at(model.nominal_tops(), 1e-3);
    const double top = insertion::cutting_force(0.11e6, 9.0, 300.0, 50e-6);
    const double below = insertion::cutting_force(0.11e6, 9.0, 2500.0, 50e-6);
    EXPECT_NEAR(strike.force(100e-6), top, bound(8e-6) * top);
    EXPECT_NEAR(strike.force(201e-6), below, bound(8e-6) * below);
    EXPECT_NEAR(strike.force(900e-6), below, bound(8e-6) * below);
}

// INS-V32. chi = 1: no jump, F continuous at puncture; chi > 1: the force drops by (1 - 1/chi) or more of the peak and
// the tip jumps (3.1.5, 3.3). Continuity over a travel step of 1e-9 m: dF/dD = 2 beta E u < 3e2 N/m, so 1e-6 N is
// ample.
TEST(InsertionVerification, JumpAtPunctureOnlyAboveTheBarrier) {
    Skin skin = bare(test::slab());
    const Needle sharp{1.5e-3, 125e-6, 2e-6, 1e-3}, blunt{1.5e-3, 125e-6, 18.5e-6, 1e-3};
    for (const Needle& needle : {sharp, blunt}) {
        skin.mechanics.smooth_entry_diameter = 5e-6;
        skin.mechanics.blunt_entry_diameter = 37e-6;
        const double chi = insertion::barrier_factor(2.0 * needle.tip_radius, 5e-6, 37e-6);
        const double steady = insertion::cutting_force(0.11e6, 9.0, 2500.0, needle.tip_radius);
        const double at = std::sqrt(chi * steady / (0.4 * 0.3e6));
        const InsertionCurve curve(skin, needle, 1e-3, surrogate);
        const double before = curve.force_at_travel(at - 1e-9), after = curve.force_at_travel(at + 1e-9);
        EXPECT_NEAR(before, 0.4 * 0.3e6 * (at - 1e-9) * (at - 1e-9), bound(1e-9) * before);  // still elastic
        EXPECT_EQ(curve.depth_at_travel(at - 1e-9), 0.0);
        if (chi == 1.0) {
            EXPECT_NEAR(after, before, 1e-6);
            EXPECT_LT(curve.depth_at_travel(at + 1e-9), 1e-8);
        } else {
            EXPECT_EQ(chi, 3.0);
            EXPECT_LT(after, before);
            EXPECT_GT(curve.depth_at_travel(at + 1e-9), 1e-5);
        }
    }
}

// INS-V33. Friction: mu_f = 0 gives none (3.3); with the cap everywhere it is tau_f times the wetted area of the
// needle, 2 pi tau_f (R_t h + tan(phi) h^2/2) on the cone. Exact. The holding force of 3.1.7 (cylinder, 100 um wide,
// 100 um deep: 0.1 mN) is where tau_f comes from: 0.5 % because 3.2 kPa is rounded.
TEST(InsertionVerification, FrictionOfTheWall) {
    Skin skin = test::slab();
    const insertion::LayeredNeedle model(skin, cone, surrogate, 1e-3, 1e-3);
    const double h = 300e-6, tau = 3200.0;
    const double area = 2.0 * std::numbers::pi * (4e-6 * h + 0.5 * taper_slope(cone) * h * h);
    EXPECT_NEAR(model.at(model.nominal_tops(), 1e-3).parts(h).friction, tau * area, round_off(tau * area));
    const Needle cylinder{1e-3, 50e-6, 50e-6, 1e-6};
    const insertion::LayeredNeedle holding(skin, cylinder, surrogate, 1e-3, 1e-3);
    EXPECT_NEAR(holding.at(holding.nominal_tops(), 1e-3).parts(100e-6).friction, 0.1e-3, bound(0.006) * 0.1e-3);
    skin.mechanics.friction_coefficient = 0.0;
    const insertion::LayeredNeedle without(skin, cone, surrogate, 1e-3, 1e-3);
    EXPECT_EQ(without.at(without.nominal_tops(), 1e-3).parts(h).friction, 0.0);
    // Below the cap the wall shear is mu_f p_c: one layer of low toughness, cylinder, so the integral is a product.
    Skin weak = test::slab();
    weak.layers[0].toughness = 0.1;
    const insertion::LayeredNeedle low(weak, cylinder, surrogate, 1e-3, 1e-3);
    const double p = 0.11e6 * insertion::solve_cut(0.1 / (0.11e6 * 50e-6), 9.0).pressure;
    const double expected = 2.0 * std::numbers::pi * 50e-6 * 100e-6 * 0.2 * p;
    ASSERT_LT(0.2 * p, tau);
    EXPECT_NEAR(low.at(low.nominal_tops(), 1e-3).parts(100e-6).friction, expected, bound(5e-6) * expected);  // INS-N1
}

// INS-V34. Arrays (3.3): N = 1, spacing -> inf and E*_bulk -> inf are the single needle; the far field of one needle is
// Boussinesq's within (c/r)^2/2 and never above its own deflection. Two coupled needles solve their equation
// d + w(F(d), r) = D, residual below 3e-8 m (the sweeps settle at 1e-8).
TEST(InsertionVerification, ArrayLimits) {
    const Skin skin = bare(test::slab());
    const Needle needle{1.5e-3, 125e-6, 4e-6, 1e-3};
    const double alone = insert(skin, needle, at_reference_rate(1e-3)).depth[0];
    const auto depth = [&](int rows, int columns, double pitch, double modulus) {
        Skin other = skin;
        other.mechanics.far_field_modulus = modulus;
        const auto r = insert(other, Stamp{.needle = needle, .rows = rows, .columns = columns, .pitch = pitch},
                              at_reference_rate(1e-3), 1, {.n_needles = rows * columns});
        return r.depth;
    };
    EXPECT_NEAR(depth(1, 1, 2e-3, 5.8e4)[0], alone, 1e-8);
    EXPECT_NEAR(depth(4, 4, 2e-3, 1e12).minCoeff(), alone, 1e-8);
    EXPECT_NEAR(depth(2, 2, 0.1, 1e9).minCoeff(), alone, 1e-7);  // w < F/(pi E* r) = 5e-10 m
    EXPECT_LT(depth(2, 2, 2e-3, 5.8e4)[0], alone);

    const InsertionCurve curve(skin, needle);
    insertion::NeedleArray pair({.needle = needle, .rows = 1, .columns = 2, .pitch = 2e-3}, curve,
                                insertion::FarField(5.8e4, 1.0));
    const auto state = pair.at_travel(1e-3);
    EXPECT_NEAR(state.local[0] + pair.field(state.force[0], 2e-3), 1e-3, 3e-8);
    EXPECT_NEAR(pair.field(30e-3, 0.1), insertion::far_field(30e-3, 5.8e4, 0.1), bound(1e-4) * pair.field(30e-3, 0.1));
    EXPECT_NEAR(pair.field(30e-3, 0.0), curve.deflection_at_force(30e-3), round_off(1e-3));
}

// INS-V35. Impact: the kinetic energy is the work on the skin. With one needle the loading path is the single curve, so
// the integral of F dD up to the depth found must be (1/2) M v^2; trapezoid over 48 path steps a length: 1e-3.
TEST(InsertionVerification, ImpactEnergyIsTheWorkOfTheNeedle) {
    Skin skin = bare(test::slab());
    skin.mechanics.rate_exponent = 0.0;
    const Needle needle{1.5e-3, 125e-6, 4e-6, 1e-3};
    const Stamp stamp{.needle = needle, .rows = 1, .columns = 1};
    const Impact hit{1.0, 5e-5};  // 25 uJ
    const double depth = insert(skin, stamp, hit, 1, {.n_needles = 1}).depth[0];
    const InsertionCurve curve(skin, needle, 1.0);
    double D = 0.0, work = 0.0;
    for (const double dD = 1e-7; curve.depth_at_travel(D) < depth; D += dD)
        work += dD * curve.force_at_travel(D + 0.5 * dD);
    EXPECT_NEAR(work, 25e-6, bound(2e-3) * 25e-6);
}

// INS-V36. Null models: tip_model = none never opens the skin and follows F = beta E_eff D^2 exactly; both none
// together is an error because nothing could move.
TEST(InsertionVerification, NullModels) {
    const Skin skin = bare(test::slab());
    const auto r = insert(skin, Needle{}, at_reference_rate(1e-3), {.tip_model = TipModel::none});
    for (Eigen::Index i = 0; i < r.travel.size(); ++i) {
        const double expected = 0.4 * 0.3e6 * r.travel[i] * r.travel[i];
        EXPECT_NEAR(r.force[i], expected, round_off(0.12));
    }
    EXPECT_EQ(r.tip_depth.maxCoeff(), 0.0);
    EXPECT_EQ(r.punctured_fraction, 0.0);
    EXPECT_EQ(r.wound.size(), 0);
    EXPECT_THROW(static_cast<void>(insert(skin, Needle{}, Travel{},
                                          {.tip_model = TipModel::none, .deflection_model = DeflectionModel::none})),
                 ParameterError);
}

}  // namespace
