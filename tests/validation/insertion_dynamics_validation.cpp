// The motion in time on cases V4, V6 and V8 of insertion.md 6.6. Nothing is fitted: shipped parameters, and what a case
// leaves open is assumed in the test. Printed numbers are the finding; the assertions hold signs and present figures.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "skin/insertion.hpp"
#include "support/motions.hpp"

namespace {

using namespace skin;

// INS-P47. V4, pen on facial strips (Sasaki 2019): h/p about 1 at p = 0.5 and 1.5 mm. What motion adds to the balance
// (0.52 and 0.46): inertia of the needle plate, strokes into the same hole, less force once the skin has relaxed, lift
// of the nose. Signs: later strokes go deeper than the first, and never above p + dome. KNOWN MISS of the measured
// ratio.
TEST(InsertionDynamicsValidation, PenOnFacialStrips) {
    Skin face = test::five_layers(15e-6, 60e-6, 120e-6, 880e-6, 1e-3);
    const double J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0};
    for (std::size_t i = 0; i < 5; ++i) face.layers[i].toughness = J[i];
    for (const double p : {1.5e-3, 0.5e-3}) {
        Pen pen;
        pen.needle = {.length = 1.5e-3, .shaft_radius = 117.5e-6, .tip_radius = 4e-6, .taper_length = 1e-3};
        pen.protrusion = p;
        pen.frequency = 100.0;
        for (const double hand : {0.5, 1.5, 5.0}) {
            const auto r = strokes(face, pen, Gliding{.force = hand}, {.n_strokes = 8});
            std::printf(
                "V4 p %.1f mm, hand %.1f N: h/p first %.3f, eighth %.3f; peak force %.1f, %.1f mN; lift %.0f um\n",
                1e3 * p, hand, r.depth[0] / p, r.depth[7] / p, 1e3 * r.peak_force[0], 1e3 * r.peak_force[7],
                1e6 * r.lift.maxCoeff());
            EXPECT_GE(r.depth[7], r.depth[0]);
            EXPECT_LT(r.depth[7], p + face.mechanics.dome);
        }
    }
}

// INS-P48. V6, speed threshold (Verbaan 2008): 4x4 needles of 300 um open the skin at 1 and 3 m/s (holds). The plate
// stops them: depth hardly differs (sign: not less at 3 m/s), and most of the energy goes into plate and tissue behind
// it.
TEST(InsertionDynamicsValidation, SpeedThresholdOfShortArrays) {
    Skin full = test::five_layers(20e-6, 55e-6, 120e-6, 1000e-6, 5.5e-3);
    const double J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0};
    for (std::size_t i = 0; i < 5; ++i) full.layers[i].toughness = J[i];
    const Stamp array{.needle = {.length = 300e-6, .shaft_radius = 60e-6, .tip_radius = 5e-6, .taper_length = 300e-6},
                      .rows = 4,
                      .columns = 4,
                      .pitch = 1e-3};
    double last = 0.0;
    for (const double v : {0.01, 0.1, 1.0, 3.0}) {
        const auto r = strokes(full, array, Impact{v, 0.02});
        std::printf(
            "V6 %.2f m/s: depth %.1f um, peak force %.1f mN a needle, share of skin %.3f, of plate %.3f, rebound %.3f "
            "m/s\n",
            v, 1e6 * r.depth[0], 1e3 * r.peak_force[0], r.skin_share, r.backing_share, r.rebound_speed);
        EXPECT_GE(r.depth[0], last);
        if (v >= 1.0) {
            EXPECT_GT(r.depth[0], 75e-6);
        }
        last = r.depth[0];
    }
}

// INS-P49. V8, micro-projections on mouse ear (Crichton 2010; recalled, uncertain): 110 um long, J_top = 10 J/m2, tip
// radius 0.5-1 um, 0.26 to 3.1 m/s, about 20 to 50 um. The sign of the trend is exact: deeper at more velocity.
// Assumed: layers 5 + 15 + 30 + 150 um, 58 x 58 projections at 70 um on 20 g, and the stiffness of the shipped skin.
TEST(InsertionDynamicsValidation, MicroProjectionsOnMouseEar) {
    Skin ear = test::five_layers(5e-6, 15e-6, 30e-6, 150e-6, 50e-6);
    const double J[] = {10.0, 10.0, 2500.0, 2500.0, 2500.0};
    for (std::size_t i = 0; i < 5; ++i) ear.layers[i].toughness = J[i];
    for (const double tip : {0.5e-6, 1e-6}) {
        const Stamp patch{
            .needle = {.length = 110e-6, .shaft_radius = 15e-6, .tip_radius = tip, .taper_length = 110e-6},
            .rows = 58,
            .columns = 58,
            .pitch = 70e-6};
        for (const auto coupling : {ArrayCoupling::half_space, ArrayCoupling::none}) {
            double last = 0.0;
            for (const double v : {0.26, 0.6, 1.0, 1.9, 3.1}) {
                const auto r = strokes(ear, patch, Impact{v, 0.02}, {.array_coupling = coupling});
                std::printf("V8 tip %.1f um, %s, %.2f m/s: depth %.1f um, share of skin %.3f, of plate %.3f\n",
                            1e6 * tip, coupling == ArrayCoupling::none ? "uncoupled" : "coupled", v, 1e6 * r.depth[0],
                            r.skin_share, r.backing_share);
                EXPECT_GE(r.depth[0], last) << v;
                last = r.depth[0];
            }
        }
    }
}

}  // namespace
