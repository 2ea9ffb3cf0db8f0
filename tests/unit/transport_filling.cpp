#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "transport/filling.hpp"

namespace {

using namespace skin::transport;
using skin::test::bound;
using skin::test::round_off;

const skin::Skin body = skin::test::reference_layers();

FillingInput hole(double needle_radius, double recoil, double depth) {
    FillingInput in;
    in.outline.needle = {.length = 2e-3, .shaft_radius = needle_radius, .tip_radius = 1e-9, .taper_length = depth};
    in.outline.depth = depth;
    in.outline.mouth_radius = recoil * needle_radius;
    in.needle_radius = needle_radius;
    in.entry_speed = 0.314;  // pen, 100 Hz and 1 mm of stroke
    in.dwell_time = 0.005;
    in.film_per_hole = 5e-11;  // 50 um over 1 mm2
    return in;
}

// Void of a cone (transport.md 3.5): r_b = 100 um, d = 1 mm -> 10.5 nL; after recoil to 50 % 2.6 nL. Printed with 3 and
// 2 digits; the cone itself is exact.
TEST(TransportFilling, VoidIsTheConeOfTheNeedle) {
    const auto wide = hole(1e-4, 1.0, 1e-3), narrow = hole(1e-4, 0.5, 1e-3);
    const double cone = std::numbers::pi / 3.0 * 1e-8 * 1e-3;
    EXPECT_NEAR(wide.outline.volume(0.0, 1e-3), cone, 1e-4 * cone) << "tip of 1 nm";
    EXPECT_NEAR(wide.outline.volume(0.0, 1e-3) * 1e12, 10.5, bound(0.05));
    EXPECT_NEAR(narrow.outline.volume(0.0, 1e-3) * 1e12, 2.6, bound(0.05));
    const double z = narrow.outline.depth_of_volume(1e-12);
    EXPECT_NEAR(narrow.outline.volume(0.0, z), 1e-12, round_off(1e-12));
}

// Time to fill 1 mm by capillary imbibition (table of transport.md 3.5): with that time open the reach is 1 mm.
// Printed with two digits, reach goes with the root of time: 2.5 %.
TEST(TransportFilling, ImbibitionFollowsLucasAndWashburn) {
    struct Row {
        double viscosity, radius, time;
    };
    for (const Row& row : {Row{1e-3, 25e-6, 3.2e-3}, Row{1e-3, 10e-6, 8e-3}, Row{1e-2, 25e-6, 32e-3},
                           Row{1e-1, 25e-6, 0.32}, Row{1.0, 25e-6, 3.2}, Row{1.0, 10e-6, 8.0}}) {
        skin::Skin opened = body;
        opened.solute_transport.open_time = row.time;
        skin::Topical product = skin::test::watery_niacinamide();
        product.vehicle.bulk_viscosity = row.viscosity;
        FillingInput in = hole(row.radius, 1.0, 1.05e-3);
        in.dwell_time = 0.0;
        const Filling f = fill_channel(in, opened, product);
        EXPECT_NEAR(f.imbibed / (std::numbers::pi * row.radius * row.radius), 1e-3, bound(25e-6)) << row.viscosity;
    }
}

// A yield stress stops the meniscus at gamma cos(theta)/tau_y: 10 Pa -> 2.5 mm, 100 Pa -> 0.25 mm.
TEST(TransportFilling, YieldStressStopsTheMeniscus) {
    skin::Topical product = skin::test::watery_niacinamide();
    product.vehicle.yield_stress = 100.0;
    const Filling f = fill_channel(hole(1e-4, 1.0, 1e-3), body, product);
    EXPECT_NEAR(f.imbibed / (std::numbers::pi * 1e-8), 0.25e-3, round_off(0.25e-3));
}

// The film on the needle: Ca 0.0628 at 10 mPa s -> h/r 0.21 (printed with two digits: 2.5 %).
TEST(TransportFilling, NeedleCarriesALandauLevichFilm) {
    skin::Topical product = skin::test::watery_niacinamide();
    product.vehicle.bulk_viscosity = 1e-2;
    FillingInput in = hole(1e-4, 0.7, 1e-3);
    const Filling f = fill_channel(in, body, product);
    const double h = f.entrained / (0.2 * 2.0 * std::numbers::pi * 1e-4 * 1e-3);
    EXPECT_NEAR(h / 1e-4, 0.21, bound(0.0055));
}

// Thicker products go in less, for every speed, radius and depth (transport.md section 6, always test), and nothing at
// all in the limit (3.10). Supply, blood and particles take away; none adds. Signs and limits only.
TEST(TransportFilling, FallsWithViscosityAndVanishesInTheLimit) {
    for (const double speed : {1e-3, 0.05, 0.314, 3.0}) {
        for (const double radius : {2e-5, 1e-4}) {
            for (const double depth : {1e-4, 5e-4, 2e-3}) {
                FillingInput in = hole(radius, 0.6, depth);
                in.entry_speed = speed;
                double last = 1.0;
                for (double eta = 1e-4; eta < 1e12; eta *= 1.5) {
                    skin::Topical product = skin::test::watery_niacinamide();
                    product.vehicle.bulk_viscosity = eta;
                    const Filling f = fill_channel(in, body, product);
                    EXPECT_LE(f.deposited, last * (1.0 + 1e-12))
                        << "eta " << eta << " speed " << speed << " r " << radius;
                    EXPECT_LE(f.deposited, f.void_volume);
                    EXPECT_LE(f.depth, depth);
                    last = f.deposited;
                }
                // The reach falls with the root of the viscosity, sixteen decades down to below 1e-4 of the hole.
                EXPECT_LE(last, 1e-4 * in.outline.volume(0.0, depth));
            }
        }
    }
}

TEST(TransportFilling, SupplyBloodAndParticlesLimitIt) {
    skin::Topical product = skin::test::watery_niacinamide();
    FillingInput in = hole(1e-4, 0.7, 4e-4);
    const Filling all = fill_channel(in, body, product);
    EXPECT_NEAR(all.deposited, all.void_volume, round_off(all.void_volume)) << "a watery serum fills the hole";
    in.film_per_hole = 0.25 * all.void_volume;
    EXPECT_NEAR(fill_channel(in, body, product).deposited, in.film_per_hole, round_off(in.film_per_hole));
    in = hole(1e-4, 0.7, 4e-4);
    in.blood_fraction = 1.0;
    EXPECT_NEAR(fill_channel(in, body, product).deposited, 0.5 * all.deposited, round_off(all.deposited));
    product.active.solute_class = skin::SoluteClass::particle;
    product.vehicle.particle_diameter = 60e-6;  // above 2 a/3 = 47 um
    EXPECT_EQ(fill_channel(in, body, product).deposited, 0.0);
}

}  // namespace
