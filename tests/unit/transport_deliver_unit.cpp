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
#include "transport/integrate.hpp"
#include "transport/setup.hpp"

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
    EXPECT_EQ(error_of([](Case& c) { c.application.dose = 0.0; }),
              "application.dose = 0 kg/m^2 is outside (0, 10]: without a product there is nothing to deliver");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.reapplied_after = {100.0, 200.0};
                  c.application.reapplied_dose = {0.01, 0.0};
              }),
              "application.reapplied_dose[1] = 0 kg/m^2 is outside (0, 10]: leave out the time at which nothing is put "
              "on");
    EXPECT_EQ(error_of([](Case& c) {
                  c.settings.times = {0.0, 60.0, 60.0};
              }),
              "settings.times[2] = 60 s is not above the time before it (60 s): output times must increase");
    EXPECT_EQ(error_of([](Case& c) {
                  c.settings.times = {60.0, 601.0};
              }),
              "settings.times[1] = 601 s is outside [0, 600]");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.delay = 90.0;
                  c.settings.times = {-100.0, 60.0};
              }),
              "settings.times[0] = -100 s is outside [-90, 600]");
    EXPECT_EQ(error_of([&](Case& c) { c.settings.times = {NaN}; }),
              "settings.times[0] = nan s is outside [-1e+09, 1e+09]");
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
    // 5e7 channels of 70 um per m2: 80 um of skin around each, of which 0.8 may be mouth. 3.5e7: mouths fit, but cover
    // 54 %.
    EXPECT_EQ(error_of([](Case& c) { c.wound = equal_channels({.count = 5000}); }),
              "wound.channel_radius: a mouth of 7e-05 m (slit included) is outside (0, 6.38e-05], 0.8 of the radius of "
              "the skin around one channel at 5e+07 channels per m^2");
    EXPECT_EQ(error_of([](Case& c) { c.wound = equal_channels({.count = 3500}); }),
              "wound: open channels cover 0.539 of the skin; up to 0.5 can be computed");
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

// A product without active (no product at all is refused above, since a dose of 0 is a slip: nobody asks where nothing
// goes): exact zeros, no NaN but the documented ones (penetration depth of nothing).
TEST(TransportDeliver, NoActiveGivesNothing) {
    for (const When when : {When::before, When::after}) {
        Case c;
        c.application.when = when;
        c.application.topical.concentration = 0.0;
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

// A product on skin without holes is no error: the intact path.
TEST(TransportDeliver, AWoundWithoutChannelsIsIntactSkin) {
    Case c;
    c.wound = intact_skin();
    const DeliveryResult r = c.run();
    EXPECT_GT(r.dose, 0.0);
    EXPECT_EQ(r.deposited, 0.0);
    EXPECT_EQ(r.amount(r.time.size() - 1, 6), 0.0) << "no channels";
}

// The caller's times are the rows, to the last bit, on every model and over events; they only choose where one looks,
// so amounts agree with a run that looks elsewhere within the tolerance of the steps (1e-5 relative, a hundred steps),
// and what is delivered is that of the end even when nobody looks there.
TEST(TransportDeliver, ReportsAtTheCallersTimes) {
    for (const DeliveryModel model :
         {DeliveryModel::none, DeliveryModel::layered, DeliveryModel::dual_porosity, DeliveryModel::unit_cell}) {
        Case c;
        c.settings.model = model;
        c.application.delay = 60.0;
        c.application.reapplied_after = {160.0};
        c.application.wiped_after = 160.0;
        const DeliveryResult often = c.run();
        c.settings.times = {-60.0, -10.0, 0.0, 33.0, 100.0, 500.0};
        const DeliveryResult r = c.run();
        ASSERT_EQ(r.time.size(), 6);
        for (Eigen::Index k = 0; k < 6; ++k) EXPECT_EQ(r.time[k], c.settings.times[static_cast<std::size_t>(k)]);
        EXPECT_EQ(r.exposure.time, r.time);
        EXPECT_EQ(r.put_on_at, -60.0);
        EXPECT_NEAR(r.delivered, often.delivered, test::bound(1e-3) * often.dose) << name_of(model);
        EXPECT_LE(r.mass_balance_error, 1e-10);
        EXPECT_EQ(r.amount(0, 0), 0.5 * r.dose) << "the first of two doses";
        Eigen::Index at_100 = 0;
        while (often.time[at_100] < 100.0) ++at_100;
        ASSERT_EQ(often.time[at_100], 100.0);
        const Eigen::RowVectorXd off = r.amount.row(4) - often.amount.row(at_100);
        EXPECT_LE(off.cwiseAbs().maxCoeff(), test::bound(1e-3) * often.dose) << name_of(model);
    }
}

// A step that fails says when, in which layer, and what was tried. No valid input is known to make one fail, so the
// system is spoiled from inside: a layer whose clearance is no number.
TEST(TransportDeliver, AFailedStepSaysTimeLayerAndWhatWasTried) {
    using namespace transport;
    const Skin body = test::reference_layers();
    for (const std::size_t layer : {1U, 3U}) {
        Column column;
        double z = 0.0;
        std::vector<double> borders{0.0};
        for (std::size_t l = 0; l < n_column_layers; ++l) borders.push_back(z += body.layers[l].thickness);
        column.grid = numerics::make_grid(borders, {5, 5, 5, 5}, numerics::Spacing::equal);
        for (const int s : column.grid.segment) {
            const bool spoiled = static_cast<std::size_t>(s) == layer;
            column.medium.push_back({1e-10, 1.0, 1.0, spoiled ? std::nan("") : 0.0, true});
        }
        column.border_resistance = Vector::Zero(column.cells() + 1);
        column.donor_thickness = 1e-4;
        ColumnSystem system(column, {}, true);
        Vector x = Vector::Zero(system.storage().size());
        x[0] = 1.0;
        numerics::StepperStatistics work;
        try {
            integrate(system, x, {30.0, 600.0}, 1e-5, work, [](const Vector&, double, const Vector&) {});
            ADD_FAILURE() << "no error";
        } catch (const FailedStep& failed) {
            const std::string message = failure_message(body, failed.what(), failed.depth);
            EXPECT_EQ(message.find("deliver: a step failed in " + body.layers[layer].name), 0U) << message;
            EXPECT_NE(message.find("t = 30"), std::string::npos) << message;
            EXPECT_NE(message.find("dt = 0.1"), std::string::npos) << message;
        }
    }
    EXPECT_EQ(failure_message(body, "x", -1.0), "deliver: a step failed in the product on the skin: x");
    EXPECT_EQ(failure_message(body, "x", 1.4e-3), "deliver: a step failed in reticular_dermis, 1.4e+03 um deep: x");
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
