// SAF-P1 to SAF-P6: orders that must hold whatever the reference concentrations are (safety.md 3, 6).
#include <gtest/gtest.h>

#include <cmath>

#include "skin/recovery.hpp"
#include "skin/safety.hpp"
#include "support/exposures.hpp"
#include "support/skins.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;

Wound wound_to(double depth, double shaft_radius = 1.25e-4, int count = 40) {
    const Needle needle{.length = 2e-3, .shaft_radius = shaft_radius, .tip_radius = 4e-6, .taper_length = 1e-3};
    return test::equal_channels(needle, depth, count, 2.5e6);
}

double infection(const Skin& skin, const Wound& wound, const RecoverySettings& settings = {}, double hours = 24.0) {
    const auto closure = recover(skin, wound, hours * hour, settings).closure;
    return assess(skin, std::vector<Exposure>{}, wound, closure).infection_relative;
}

// SAF-P1 the index rises with concentration and with time, never falls over time, and its share among two products is
// that of the stronger one.
TEST(SafetyProperties, IrritationRisesWithConcentrationAndTime) {
    const Skin skin = test::reference_layers();
    double before = 0.0;
    for (double c : {0.004, 0.01, 0.02, 0.05, 0.5, 5.0}) {
        const auto r = assess(skin, test::constant_exposure(c, 2 * hour), intact_skin(), {});
        EXPECT_GT(r.irritation, before);
        EXPECT_GT(assess(skin, test::constant_exposure(c, 3 * hour), intact_skin(), {}).irritation, r.irritation);
        for (Eigen::Index i = 1; i < r.time.size(); ++i) EXPECT_GE(r.irritation_total[i], r.irritation_total[i - 1]);
        EXPECT_GE(r.severity, 0.0);
        EXPECT_LE(r.severity, 1.0);
        before = r.irritation;
    }
}

// SAF-P2 (S7, claim C11) the infection index is 0 where no hole passes the epidermis or no organism is there, small at
// shallow depth, and rises with depth, open time, cover, and contamination.
TEST(SafetyProperties, InfectionIndexFollowsOpenAreaBelowTheEpidermis) {
    Skin skin = test::reference_layers();
    EXPECT_EQ(infection(skin, wound_to(7e-5)), 0.0) << "inside the epidermis";
    const double shallow = infection(skin, wound_to(2e-4)), deep = infection(skin, wound_to(1.5e-3));
    EXPECT_GT(shallow, 0.0) << "low, but not nil";
    EXPECT_LT(shallow, deep);
    EXPECT_LT(deep, infection(skin, wound_to(1.5e-3, 2.5e-4))) << "a hypodermic needle is wider";
    EXPECT_GT(infection(skin, wound_to(1.5e-3), {.occluded = {{0.0, 24 * hour}}}), deep);
    EXPECT_GT(infection(skin, wound_to(1.5e-3), {}, 48.0), deep);
    EXPECT_GT(infection(skin, wound_to(1.5e-3), {.wetted = {4 * hour}}), deep);
    EXPECT_NEAR(infection(skin, wound_to(1.5e-3, 1.25e-4, 400)) / deep, 1.0, 0.02)
        << "per area of skin: a larger patch of the same treatment only moves the half-life rule";
    skin.tolerance.device_contamination = 3.0;
    EXPECT_NEAR(infection(skin, wound_to(1.5e-3)), 3.0 * deep, 1e-9 * deep);
    skin.tolerance.organism_load = 0.0;
    EXPECT_EQ(infection(skin, wound_to(1.5e-3)), 0.0);
}

// SAF-P3 (claim C10) larger particles enter for a shorter time, and the largest not at all; a cover keeps the mouth
// open for them.
TEST(SafetyProperties, LargerParticlesEnterForAShorterTime) {
    const Skin skin = test::reference_layers();
    const Wound wound = wound_to(1.0e-3);
    const auto open = recover(skin, wound, 24 * hour).closure;
    const auto closed = recover(skin, wound, 24 * hour, {.occluded = {{0.0, 24 * hour}}}).closure;
    const auto report = [&](const Closure& closure, double diameter) {
        return assess(skin, test::particle_exposure(diameter, 3000.0, 1.0, 24 * hour), wound, closure).particles.at(0);
    };
    const double widest = 2.0 * 0.7 * wound.mouth_radius[0] / skin.tolerance.jamming_factor;
    double before = 1e9;
    for (double share : {0.02, 0.3, 0.6, 0.8, 0.95}) {
        const auto r = report(closed, share * widest);
        ASSERT_TRUE(r.enters) << share;
        EXPECT_LE(r.last_entry, before);
        before = r.last_entry;
    }
    EXPECT_FALSE(report(closed, 1.01 * widest).enters);
    EXPECT_LT(report(open, 0.02 * widest).last_entry, report(closed, 0.02 * widest).last_entry);
    EXPECT_LT(report(open, 0.02 * widest).last_entry, hour) << "the mouth dries";
}

// SAF-P4 a viscous cream caps the mouth: settled depth falls with viscosity and vanishes in the limit; particles that
// are lighter than their vehicle do not sink.
TEST(SafetyProperties, ViscousVehiclesHoldTheirParticles) {
    const Skin skin = test::reference_layers();
    const Wound wound = wound_to(1.0e-3);
    const auto closure = recover(skin, wound, 4 * hour).closure;
    const auto depth = [&](double viscosity, double d_rho) {
        return assess(skin, test::particle_exposure(1e-6, d_rho, viscosity, 4 * hour), wound, closure)
            .particles.at(0)
            .settled_depth;
    };
    EXPECT_GT(depth(1e-3, 3230), depth(1.0, 3230));
    EXPECT_GT(depth(1.0, 3230), depth(20.0, 3230));
    EXPECT_LT(depth(20.0, 3230), 5e-6);
    EXPECT_NEAR(depth(1e8, 3230), 0.0, 1e-12);
    EXPECT_EQ(depth(1e-3, -500.0), 0.0);
    EXPECT_EQ(depth(1e-3, 0.0), 0.0);
}

// SAF-P5 (S9, claims C8, C10) tagged material below the junction: more when it was put on before; none without a tag,
// without a deep hole, or without mass.
TEST(SafetyProperties, GranulomaNeedsTaggedMaterialBelowTheJunction) {
    const Skin skin = test::reference_layers();
    const Wound deep = wound_to(1.0e-3), shallow = wound_to(6e-5);
    const auto run = [&](const Exposure& e, const Wound& wound) {
        return assess(skin, e, wound, recover(skin, wound, 2 * hour).closure);
    };
    Exposure after = test::particle_exposure(1e-6, 3000.0, 1.0, 2 * hour);
    EXPECT_FALSE(run(after, deep).granuloma) << "nothing was carried in";
    Exposure before = after;
    before.applied_before = true;
    before.deposited = 1e-3;
    EXPECT_TRUE(run(before, deep).granuloma);
    EXPECT_GT(run(before, deep).granuloma_mass, run(after, deep).granuloma_mass);
    EXPECT_LT(run(before, deep).granuloma_mass, before.deposited) << "some of it stays in the epidermis";
    EXPECT_FALSE(run(before, shallow).granuloma);
    Exposure vitamin = test::constant_exposure(0.1, 2 * hour);
    vitamin.mass_below_junction.setLinSpaced(0.0, 2e-4);
    EXPECT_FALSE(run(vitamin, deep).granuloma) << "not tagged";
    vitamin.sensitiser = true;
    EXPECT_EQ(run(vitamin, deep).granuloma_mass, 2e-4);
    EXPECT_FALSE(run(vitamin, shallow).granuloma);
}

// SAF-P6 assess of several products is the sum of their single runs, and the order of the products does not matter.
TEST(SafetyProperties, ProductsAddUp) {
    const Skin skin = test::reference_layers();
    const auto a = test::constant_exposure(0.02, 3 * hour, 11), b = test::constant_exposure(0.07, 3 * hour, 31);
    const double ab = assess(skin, {a, b}, intact_skin(), {}).irritation;
    EXPECT_NEAR(ab, assess(skin, a, intact_skin(), {}).irritation + assess(skin, b, intact_skin(), {}).irritation,
                1e-12 * ab);
    EXPECT_EQ(assess(skin, {b, a}, intact_skin(), {}).irritation, ab);
}

}  // namespace
}  // namespace skin
