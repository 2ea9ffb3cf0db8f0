// Products that are put on again, wiped off, dry, saturate: what is refused, and what can be counted by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

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
    Application application{.topical = test::watery_niacinamide(), .when = When::after};
    Closure closure;
    double duration = 7200.0;
    DeliverySettings settings{.cells_per_layer = 10, .n_times = 21};

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

// Bad input is refused by field, value and range; the words are the test.
TEST(TransportSchedule, RefusesWhatDoesNotFit) {
    EXPECT_EQ(
        error_of([](Case& c) { c.application.topical.solubility = 20.0; }),
        "topical.concentration = 50 kg/m^3 is outside [0, 20], its topical.solubility; if solid is suspended in the "
        "product say how much with topical.suspended");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.topical.solubility = 20.0;
                  c.application.topical.suspended = 10.0;
              }).substr(0, 55),
              "topical.concentration = 50 kg/m^3 is outside [0, 30], i");
    EXPECT_EQ(error_of([](Case& c) { c.application.topical.suspended = 60.0; }),
              "topical.suspended = 60 kg/m^3 is more than topical.concentration = 50 kg/m^3");
    EXPECT_EQ(error_of([](Case& c) { c.application.topical.suspended = 50.0; }).substr(0, 64),
              "topical.suspended = 50 kg/m^3 is all of topical.concentration: g");
    EXPECT_EQ(error_of([](Case& c) { c.application.topical.solubility = 0.0; }).substr(0, 53),
              "application.topical.solubility = 0 kg/m^3 is outside ");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.reapplied_after = {3600.0, 1800.0};
              }),
              "application.reapplied_after[1] = 1800 s is not after 3600 s: the times must increase from 0");
    EXPECT_EQ(error_of([](Case& c) { c.application.reapplied_after = {0.0}; }),
              "application.reapplied_after[0] = 0 s is not after 0 s: the times must increase from 0");
    EXPECT_EQ(
        error_of([](Case& c) { c.application.reapplied_after = {7200.0}; }),
        "application.reapplied_after[0] = 7200 s is not before the end of the delivery, 7200 s after the product is "
        "first put on");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.reapplied_after = {3600.0};
                  c.application.reapplied_dose = {0.01, 0.02};
              }),
              "application.reapplied_dose has 2 entries but application.reapplied_after has 1");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.reapplied_after = {1000.0};
                  c.application.wiped_after = 1500.0;
              }),
              "application.wiped_after = 1500 s is longer than the 1000 s until the product is put on again");
    EXPECT_EQ(error_of([](Case& c) { c.application.wiped_after = 0.0; }),
              "application.wiped_after = 0 s: a product that is wiped off at once is never put on; leave it out");
    EXPECT_EQ(error_of([](Case& c) { c.application.topical.active.vapour_pressure = 10.0; }).substr(0, 53),
              "active.vapour_pressure is given, so topical.solubilit");
    EXPECT_EQ(error_of([](Case& c) { c.application.topical.vehicle.volatile_fraction = 0.5; }).substr(0, 61),
              "vehicle.volatile_fraction = 0.5 needs vehicle.evaporation_flu");
    EXPECT_EQ(error_of([](Case& c) {
                  c.application.topical.vehicle.volatile_fraction = 1.0;
                  c.application.topical.vehicle.evaporation_flux = 1e-4;
              }).substr(0, 60),
              "vehicle.volatile_fraction = 1: what a film that dries out le");
    EXPECT_EQ(error_of([](Case& c) { c.wound.channel_depth.setConstant(6e-3); }),
              "wound.channel_depth = 0.006 m is outside [0, 0.0055]");
}

// A closure only closes; the first place where it does not is named.
TEST(TransportSchedule, RefusesAClosureThatOpensAgain) {
    EXPECT_NE(error_of([](Case& c) {
                  c.closure = closing(c.wound, 3600.0, 7200.0);
                  c.closure.radius_fraction(5, 0) = c.closure.radius_fraction(4, 0) + 0.1;
              }).find("closure.radius_fraction[5, 0] = "),
              std::string::npos);
    EXPECT_NE(error_of([](Case& c) {
                  c.closure = closing(c.wound, 3600.0, 7200.0);
                  c.closure.depth_fraction.setConstant(0.5);
                  c.closure.depth_fraction(7, 0) = 0.6;
              }).find("closure.depth_fraction[7, 0] = 0.6 is above 0.5"),
              std::string::npos);
}

// Twice put on, wiped off after half an hour each: the donor is what was put on, to the last digit, at both times; the
// dose is both; nothing is on the skin between; what was wiped is the sum of both leftovers.
TEST(TransportSchedule, PutsOnAgainAndWipesOff) {
    for (const auto model : {DeliveryModel::layered, DeliveryModel::dual_porosity, DeliveryModel::unit_cell}) {
        Case c;
        c.settings.model = model;
        c.settings.tolerance = 1e-3;
        c.application.dose = 0.02;
        c.application.wiped_after = 1800.0;
        c.application.reapplied_after = {3600.0};
        c.application.reapplied_dose = {0.04};
        const DeliveryResult r = c.run();
        const double first = 0.02 * 50.0 / 1000.0, second = 2.0 * first;
        EXPECT_NEAR(r.dose, first + second, test::round_off(r.dose));
        const auto row_at = [&](double t) {
            Eigen::Index k = 0;
            while (r.time[k] < t) ++k;
            EXPECT_EQ(r.time[k], t);
            return k;
        };
        const Eigen::Index wiped = row_at(1800.0), again = row_at(3600.0), last = r.time.size() - 1;
        EXPECT_NEAR(r.amount(0, 0), first, test::round_off(first));
        EXPECT_EQ(r.amount(wiped, 0), 0.0);
        EXPECT_EQ(r.film_thickness[wiped], 0.0);
        EXPECT_NEAR(r.amount(again, 0), second, 1e-9 * second) << "what was there had been wiped off";
        EXPECT_NEAR(r.film_thickness[again], 4e-5, test::round_off(4e-5));
        EXPECT_GT(r.amount(wiped, 9), 0.0);
        EXPECT_GT(r.amount(last, 9), r.amount(wiped, 9));
        EXPECT_LE(r.mass_balance_error, test::bound(1e-10));
        EXPECT_TRUE((r.cumulative.array().head(again) <= first * (1.0 + 1e-12)).all());
    }
}

// Two halves at once are one dose: the second follows a millisecond later (5e-4 of the dose: what passes until then).
TEST(TransportSchedule, TwoHalvesAreOneDose) {
    Case whole;
    whole.application.dose = 0.04;
    Case halves = whole;
    halves.application.dose = 0.02;
    halves.application.reapplied_after = {1e-3};
    const DeliveryResult a = whole.run(), b = halves.run();
    EXPECT_NEAR(a.dose, b.dose, test::round_off(a.dose));
    EXPECT_NEAR(a.delivered, b.delivered, test::bound(5e-4) * a.dose);
}

// A film of which half evaporates in an hour: half as thick then, the same amount of active, no less delivered; under a
// cover it stays as it is.
TEST(TransportSchedule, OpenFilmsDryAndCoveredOnesDoNot) {
    Case open;
    open.application.topical.vehicle.volatile_fraction = 0.5;
    open.application.topical.vehicle.evaporation_flux = 0.5 * open.application.dose / 3600.0;
    Case covered = open;
    covered.application.occluded = true;
    Case plain;
    const DeliveryResult a = open.run(), b = covered.run(), c = plain.run();
    const Eigen::Index last = a.time.size() - 1;
    EXPECT_NEAR(a.film_thickness[last], 0.5 * a.film_thickness[0], 1e-9 * a.film_thickness[0]);
    EXPECT_EQ(b.film_thickness[last], b.film_thickness[0]);
    EXPECT_GT(a.delivered, c.delivered) << "a thinner film of the same active is stronger";
    EXPECT_LE(a.mass_balance_error, test::bound(1e-10));
    EXPECT_TRUE((a.undissolved.array() == 0.0).all());
}

// What passes the skin, read off a result made by hand: the series of Daynes and Barrer has the lag L^2/(6 D) (here
// 1/6; the last of 400 times is at 2, where the slope is that of the end to exp(-20)); time above a threshold of a
// ramp.
TEST(TransportSchedule, ReadsLagShareAndTimeAbove) {
    DeliveryResult r;
    constexpr int n = 401;
    r.time = Eigen::VectorXd::LinSpaced(n, 0.0, 2.0);
    r.compartment = {"donor", "evaporated", "stratum_corneum", "viable_epidermis", "cleared", "receptor"};
    r.amount = RowMatrix::Zero(n, 6);
    constexpr double pi = 3.14159265358979;
    for (int t = 1; t < n; ++t) {
        double sum = r.time[t] - 1.0 / 6.0;
        for (int k = 1; k < 200; ++k)
            sum -= 2.0 / (pi * pi) * (k % 2 == 0 ? 1.0 : -1.0) * std::exp(-k * k * pi * pi * r.time[t]) / (k * k);
        r.amount(t, 5) = sum;
    }
    r.dose = 4.0;
    EXPECT_NEAR(r.lag_time(), 1.0 / 6.0, 1e-6);
    EXPECT_NEAR(r.bioavailability()[n - 1], (2.0 - 1.0 / 6.0) / 4.0, 1e-6);
    r.depth = r.cell_height = Eigen::VectorXd::Constant(2, 1e-5);
    r.depth[1] = 6e-5;
    r.cell_height[1] = 8e-5;
    r.layer_bottom = Eigen::VectorXd::Constant(2, 2e-5);
    r.layer_bottom[1] = 1e-4;
    r.concentration = RowMatrix::Zero(n, 2);
    r.concentration.col(1) = r.time;  // 0 to 2
    EXPECT_NEAR(r.time_above("viable_epidermis", 0.5), 1.5, 1e-12);
    EXPECT_EQ(r.time_above("stratum_corneum", 0.0), 0.0);
    EXPECT_THROW((void)r.time_above("cleared", 0.5), ParameterError);
    EXPECT_THROW((void)r.time_above("viable_epidermis", -1.0), ParameterError);
    r.amount.setZero();
    EXPECT_TRUE(std::isnan(r.lag_time()));
    r.dose = 0.0;
    EXPECT_TRUE(r.bioavailability().array().isNaN().all());
}

}  // namespace
