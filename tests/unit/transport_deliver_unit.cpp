#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/transport.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace {

using namespace skin;
using skin::test::closing;
using skin::test::equal_channels;

struct Case {
    Skin body = test::reference_layers();
    Wound wound = equal_channels({});
    Application application{.topical = test::watery_niacinamide()};
    Closure closure;
    double duration = 600.0;
    DeliverySettings settings{.cells_per_layer = 10, .n_times = 11};

    [[nodiscard]] DeliveryResult run() const { return deliver(body, wound, application, closure, duration, settings); }
};

std::string error_of(const std::function<void(Case&)>& spoil) {
    Case c;
    spoil(c);
    try {
        (void)c.run();
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "accepted";
}

// Bad input is refused by name, value and range; the words are the test.
TEST(TransportDeliver, RefusesBadInputByName) {
    constexpr double NaN = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
    EXPECT_EQ(error_of([](Case& c) { c.duration = 0.0; }), "duration = 0 s is outside [0.001, 3.2e+08]");
    EXPECT_EQ(error_of([](Case& c) { c.duration = -1.0; }), "duration = -1 s is outside [0.001, 3.2e+08]");
    EXPECT_EQ(error_of([&](Case& c) { c.duration = NaN; }), "duration = nan s is outside [0.001, 3.2e+08]");
    EXPECT_EQ(error_of([&](Case& c) { c.duration = inf; }), "duration = inf s is outside [0.001, 3.2e+08]");
    EXPECT_EQ(error_of([](Case& c) { c.application.dose = -1.0; }), "application.dose = -1 kg/m^2 is outside [0, 10]");
    EXPECT_EQ(error_of([](Case& c) { c.application.dose = 1e6; }),
              "application.dose = 1e+06 kg/m^2 is outside [0, 10]");
    EXPECT_EQ(error_of([&](Case& c) { c.application.topical.concentration = NaN; }),
              "application.topical.concentration = nan kg/m^3 is outside [0, 5000]");
    EXPECT_EQ(error_of([](Case& c) { c.application.wiped_after = -5.0; }),
              "application.wiped_after = -5 s is outside [0, 2.6e+06]");
    EXPECT_EQ(error_of([](Case& c) { c.application.when = When::after, c.application.delay = 900.0; }),
              "application.delay = 900 s is not before the end of the delivery, duration = 600 s");
    EXPECT_EQ(error_of([](Case& c) { c.settings.cells_per_layer = 0; }),
              "settings.cells_per_layer = 0 is outside [4, 10000]");
    EXPECT_EQ(error_of([](Case& c) { c.settings.tolerance = 0.0; }), "settings.tolerance = 0 is outside [1e-12, 0.1]");
    EXPECT_EQ(error_of([](Case& c) { c.wound.area = 0.0; }).substr(0, 21), "wound.area = 0 m^2 mu");
    EXPECT_EQ(error_of([](Case& c) { c.body.layers.erase(c.body.layers.begin()); }).substr(0, 27),
              "deliver: skin.layers must b");
    EXPECT_EQ(error_of([](Case& c) { c.wound = equal_channels({.count = 5000}); }).substr(0, 26),
              "wound: open channels cover");
    EXPECT_NE(error_of([](Case& c) {
                  c.application.topical.active.solute_class = SoluteClass::particle;
              }).find("particle_diameter"),
              std::string::npos);
}

// A closure that belongs to another wound, or whose tables do not fit, is refused.
TEST(TransportDeliver, RefusesAClosureOfAnotherWound) {
    EXPECT_NE(error_of([](Case& c) {
                  c.closure = closing(equal_channels({.count = 7}), 3600.0, 600.0);
              }).find("7 channels but the wound has 100"),
              std::string::npos);
    EXPECT_NE(error_of([](Case& c) {
                  c.closure = closing(c.wound, 3600.0, 600.0);
                  c.wound = intact_skin();
              }).find("belongs to another wound"),
              std::string::npos);
    EXPECT_NE(error_of([](Case& c) {
                  c.closure = closing(c.wound, 3600.0, 600.0);
                  c.closure.radius_fraction.resize(3, 1);
              }).find("closure.radius_fraction is 3 x 1"),
              std::string::npos);
    EXPECT_EQ(error_of([](Case& c) {
                  c.closure = closing(c.wound, 3600.0, 600.0);
                  c.closure.radius_fraction(4, 0) = std::nan("");
              }),
              "closure.radius_fraction = nan is outside [0, 10]");
    EXPECT_EQ(error_of([](Case& c) {
                  c.closure = closing(c.wound, 3600.0, 600.0);
                  c.closure.time[3] = c.closure.time[2];
              }),
              "closure.time must increase");
}

// No product, or no active in it: exact zeros, no NaN but the documented ones (penetration depth of nothing).
TEST(TransportDeliver, NothingPutOnGivesNothing) {
    for (const bool empty : {true, false}) {
        for (const When when : {When::before, When::after}) {
            Case c;
            c.application.when = when;
            (empty ? c.application.dose : c.application.topical.concentration) = 0.0;
            const DeliveryResult r = c.run();
            EXPECT_EQ(r.dose, 0.0);
            EXPECT_TRUE((r.amount.array() == 0.0).all());
            EXPECT_TRUE((r.concentration.array() == 0.0).all());
            EXPECT_TRUE((r.flux.array() == 0.0).all());
            EXPECT_EQ(r.deposited, 0.0);
            EXPECT_EQ(r.delivered, 0.0);
            EXPECT_EQ(r.mass_balance_error, 0.0);
            EXPECT_TRUE(r.penetration_depth(0.5).array().isNaN().all());
        }
    }
}

// The model `none`: everything stays on the surface until it is wiped off.
TEST(TransportDeliver, NoneLeavesTheProductOnTheSurface) {
    Case c;
    c.settings.model = DeliveryModel::none;
    c.application.wiped_after = 300.0;
    const DeliveryResult r = c.run();
    const Eigen::Index last = r.time.size() - 1;
    EXPECT_EQ(r.amount(0, 0), r.dose);
    EXPECT_EQ(r.amount(last, 0), 0.0);
    EXPECT_EQ(r.amount(last, r.amount.cols() - 1), r.dose);
    EXPECT_EQ(r.delivered, 0.0);
    EXPECT_EQ(r.deposited, 0.0);
}

// Numbing: put on 40 min before, wiped at the first strike. Time starts at -2400 s; until 0 the skin is intact; nothing
// is carried in because nothing is left to carry.
TEST(TransportDeliver, NumbingStartsBeforeTheFirstStrike) {
    Case c;
    c.application.delay = c.application.wiped_after.emplace(2400.0);
    const DeliveryResult r = c.run();
    EXPECT_EQ(r.time[0], -2400.0);
    EXPECT_EQ(r.time[r.time.size() - 1], 600.0);
    EXPECT_EQ(r.deposited, 0.0);
    Eigen::Index strike = 0;
    while (r.time[strike] < 0.0) {
        EXPECT_TRUE(r.channel_concentration.row(strike).array().isNaN().all());
        ++strike;
    }
    EXPECT_EQ(r.time[strike], 0.0);
    EXPECT_EQ(r.amount(strike, 0), 0.0) << "wiped";
    EXPECT_GT(r.amount(strike, r.amount.cols() - 1), 0.5 * r.dose) << "most of it never went in";

    Case intact = c;
    intact.wound = intact_skin();
    const DeliveryResult same = intact.run();
    for (Eigen::Index k = 0; k < strike; ++k) {
        EXPECT_NEAR(r.amount(k, 0), same.amount(k, 0), 1e-6 * r.dose)
            << "intact until the needles come (other grid: 1e-6)";
    }
}

// After: the holes are full of tissue fluid, so nothing is deposited and the channels start clean.
TEST(TransportDeliver, AfterStartsAtTheMouth) {
    Case c;
    c.application.when = When::after;
    c.application.delay = 120.0;
    const DeliveryResult r = c.run();
    EXPECT_EQ(r.time[0], 120.0);
    EXPECT_EQ(r.deposited, 0.0);
    EXPECT_EQ(r.filled_depth, 0.0);
    EXPECT_EQ(r.amount(0, 0), r.dose);
    EXPECT_EQ(r.channel_concentration(0, 0), 0.0);
}

// Compartments have names, arrays have the sizes of their axes, and the exposure carries what safety asks for.
TEST(TransportDeliver, DescribesItself) {
    Case c;
    c.application.topical.active.irritant_concentration = 5.0;
    c.application.topical.active.irritant_time = 86400.0;
    c.application.topical.irritancy_class_before = 3;
    c.application.topical.vehicle.particle_diameter = 1e-6;
    const DeliveryResult r = c.run();
    const std::vector<std::string> names{"donor",
                                         "evaporated",
                                         "stratum_corneum",
                                         "viable_epidermis",
                                         "papillary_dermis",
                                         "reticular_dermis",
                                         "channels",
                                         "cleared",
                                         "receptor",
                                         "wiped"};
    EXPECT_EQ(r.compartment, names);
    EXPECT_EQ(r.amount.cols(), static_cast<Eigen::Index>(names.size()));
    EXPECT_EQ(r.concentration.cols(), r.depth.size());
    EXPECT_NEAR(r.cell_height.sum(), 1.5e-3, test::round_off(1.5e-3)) << "down to the lower border of the dermis";
    EXPECT_EQ(r.exposure.solute, "niacinamide");
    EXPECT_EQ(r.exposure.irritant_concentration, 5.0);
    EXPECT_EQ(r.exposure.irritancy_class, 3);
    EXPECT_EQ(r.exposure.particle_diameter, 1e-6);
    EXPECT_TRUE(r.exposure.applied_before);
    EXPECT_NEAR(r.exposure.deposited * 50.0 / 1000.0, r.deposited, test::round_off(r.deposited))
        << "product, not active";
    bool warned = false;
    for (const auto& w : r.info.warnings) warned = warned || w.code == "contraindicated";
    EXPECT_TRUE(warned) << "class 3 inside the open window";
    const auto p50 = r.penetration_depth(0.5), p90 = r.penetration_depth(0.9);
    EXPECT_TRUE((p90.array() >= p50.array()).all());
    EXPECT_THROW((void)r.penetration_depth(1.5), ParameterError);
}

}  // namespace
