// What may stand in a protocol, and what it says to recover().
#include "skin/treatment/protocol.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "skin/core/error.hpp"
#include "skin/treatment/session.hpp"

namespace {

using skin::Application;
using skin::Protocol;
using skin::When;

Protocol pen_protocol() {
    Protocol protocol;
    protocol.device = skin::Pen{};
    protocol.use = skin::Gliding{};
    Application serum;
    serum.name = "serum";
    serum.when = When::after;
    protocol.applications = {serum};
    return protocol;
}

TEST(Protocol, ThePlainOneIsAccepted) { EXPECT_NO_THROW(skin::validate_protocol(pen_protocol())); }

struct BadProtocol {
    const char* words;  ///< that the error must hold
    std::function<void(Protocol&)> change;
};

TEST(Protocol, BadValuesAreNamed) {
    const double nan = std::nan("");
    const BadProtocol cases[] = {
        {"protocol.sessions = 0", [](Protocol& p) { p.sessions = 0; }},
        {"protocol.sessions = -3", [](Protocol& p) { p.sessions = -3; }},
        {"protocol.interval = nan", [nan](Protocol& p) { p.interval = nan; }},
        {"protocol.interval = 0 s", [](Protocol& p) { p.interval = 0.0; }},
        {"protocol.area = -1 m^2", [](Protocol& p) { p.area = -1.0; }},
        {"protocol.area = inf", [](Protocol& p) { p.area = INFINITY; }},
        {"protocol.horizon = 1e+300", [](Protocol& p) { p.horizon = 1e300; }},
        {"protocol.recovery_duration = 0 s", [](Protocol& p) { p.recovery_duration = 0.0; }},
        {"protocol.delivery_duration = -5 s", [](Protocol& p) { p.delivery_duration = -5.0; }},
        {"protocol.horizon = 86400 s ends before the last of 3 sessions (4.8384e+06 s)",
         [](Protocol& p) {
             p.sessions = 3;
             p.horizon = 86400.0;
         }},
        {"protocol.use = rolling does not fit protocol.device = a pen, which is used by gliding",
         [](Protocol& p) { p.use = skin::Rolling{}; }},
        {"protocol.use = gliding does not fit protocol.device = a stamp",
         [](Protocol& p) { p.device = skin::Stamp{}; }},
        {"protocol.use = travel does not fit protocol.device = a roller",
         [](Protocol& p) {
             p.device = skin::Roller{};
             p.use = skin::Travel{};
         }},
        {"protocol.device.count = 0", [](Protocol& p) { std::get<skin::Pen>(p.device).count = 0; }},
        {"protocol.device.needle.length = 1", [](Protocol& p) { std::get<skin::Pen>(p.device).needle.length = 1.0; }},
        {"is beyond pen.needle.length", [](Protocol& p) { std::get<skin::Pen>(p.device).protrusion = 2.0e-3; }},
        {"is above pen.needle.shaft_radius",
         [](Protocol& p) { std::get<skin::Pen>(p.device).needle.tip_radius = 2.0e-4; }},
        {"protocol.use.speed = 0", [](Protocol& p) { p.use = skin::Gliding{.speed = 0.0}; }},
        {"protocol.use.force = nan", [nan](Protocol& p) { p.use = skin::Gliding{.force = nan}; }},
        {"protocol.applications[0].name = ''", [](Protocol& p) { p.applications[0].name = ""; }},
        {"protocol.applications[0].name = 'a.b'", [](Protocol& p) { p.applications[0].name = "a.b"; }},
        {"protocol.applications[1].name = 'serum' is taken",
         [](Protocol& p) { p.applications.push_back(p.applications[0]); }},
        {"protocol.applications[0].dose = -1", [](Protocol& p) { p.applications[0].dose = -1.0; }},
        {"protocol.applications[0].delay = -1", [](Protocol& p) { p.applications[0].delay = -1.0; }},
        {"protocol.applications[0].delay = 90000 s is not below protocol.delivery_duration = 86400 s",
         [](Protocol& p) { p.applications[0].delay = 90000.0; }},
        {"protocol.applications[0].wiped_after = 0", [](Protocol& p) { p.applications[0].wiped_after = 0.0; }},
        {"protocol.applications[0].topical.concentration = nan",
         [nan](Protocol& p) { p.applications[0].topical.concentration = nan; }},
        {"protocol.applications[0].topical.active.molar_mass = 0",
         [](Protocol& p) { p.applications[0].topical.active.molar_mass = 0.0; }},
        {"protocol.applications[0].topical.vehicle.ph = 15",
         [](Protocol& p) { p.applications[0].topical.vehicle.ph = 15.0; }},
        {"protocol.applications[0].topical.irritancy_class_after = 4",
         [](Protocol& p) { p.applications[0].topical.irritancy_class_after = 4; }},
    };
    for (const auto& bad : cases) {
        Protocol protocol = pen_protocol();
        bad.change(protocol);
        try {
            skin::validate_protocol(protocol);
            ADD_FAILURE() << "accepted: " << bad.words;
        } catch (const skin::ParameterError& error) {
            EXPECT_NE(std::string{error.what()}.find(bad.words), std::string::npos)
                << error.what() << "\nshould say " << bad.words;
        }
    }
}

Application product(When when, double delay, bool occluded, int irritancy_class) {
    Application a;
    a.when = when;
    a.delay = delay;
    a.occluded = occluded;
    a.topical.irritancy_class_before = a.topical.irritancy_class_after = irritancy_class;
    return a;
}

TEST(RecoverySettingsOfAProtocol, OpenAirAndNoProductIsTheDefault) {
    Protocol protocol = pen_protocol();
    protocol.applications.clear();
    EXPECT_TRUE(skin::recovery_settings(protocol) == skin::RecoverySettings{});
}

TEST(RecoverySettingsOfAProtocol, ProductsCoverWetAndIrritateWhileTheyLieOnOpenChannels) {
    Protocol protocol = pen_protocol();
    protocol.applications = {product(When::after, 600.0, true, 1), product(When::after, 7200.0, false, 2)};
    protocol.applications[0].wiped_after = 3600.0;
    const auto settings = skin::recovery_settings(protocol);
    ASSERT_EQ(settings.occluded.size(), 1U);
    EXPECT_EQ(settings.occluded[0].start, 600.0);
    EXPECT_EQ(settings.occluded[0].end, 4200.0);
    EXPECT_EQ(settings.wetted, (std::vector<double>{600.0, 7200.0}));
    EXPECT_EQ(settings.irritancy_class, 2);
}

TEST(RecoverySettingsOfAProtocol, NumbingCreamThatIsWipedOffBeforeTheNeedlesTouchesNoChannel) {
    Protocol protocol = pen_protocol();
    protocol.applications = {product(When::before, 2400.0, true, 3)};
    protocol.applications[0].wiped_after = 2280.0;
    EXPECT_TRUE(skin::recovery_settings(protocol) == skin::RecoverySettings{});
    protocol.applications[0].wiped_after.reset();  // left on: the film comes off for the needles, the cream stays
    const auto settings = skin::recovery_settings(protocol);
    EXPECT_TRUE(settings.occluded.empty());
    EXPECT_EQ(settings.wetted, std::vector<double>{0.0});
    EXPECT_EQ(settings.irritancy_class, 3);
}

TEST(RecoverySettingsOfAProtocol, AnOilyProductCoversButDoesNotWet) {
    Protocol protocol = pen_protocol();
    protocol.applications = {product(When::before, 60.0, false, 0)};
    protocol.applications[0].topical.vehicle.occlusive = true;
    protocol.applications[0].topical.vehicle.lipid = true;
    const auto settings = skin::recovery_settings(protocol);
    ASSERT_EQ(settings.occluded.size(), 1U);
    EXPECT_EQ(settings.occluded[0].start, 0.0);
    EXPECT_EQ(settings.occluded[0].end, skin::closure_duration(protocol));
    EXPECT_TRUE(settings.wetted.empty());
}

TEST(RecoverySettingsOfAProtocol, OverlappingCoversBecomeOne) {
    Protocol protocol = pen_protocol();
    protocol.applications = {product(When::after, 1000.0, true, 0), product(When::after, 0.0, true, 0),
                             product(When::after, 9000.0, true, 0)};
    protocol.applications[0].wiped_after = 2000.0;
    protocol.applications[1].wiped_after = 1500.0;
    protocol.applications[2].wiped_after = 100.0;
    const auto settings = skin::recovery_settings(protocol);
    ASSERT_EQ(settings.occluded.size(), 2U);
    EXPECT_EQ(settings.occluded[0].end, 3000.0);
    EXPECT_EQ(settings.occluded[1].start, 9000.0);
    protocol.covered = true;
    EXPECT_EQ(skin::recovery_settings(protocol).occluded.size(), 1U);
}

TEST(RecoverySettingsOfAProtocol, WhatWouldBeIgnoredIsRefused) {
    const Protocol protocol = pen_protocol();
    EXPECT_THROW((void)skin::recovery_settings(protocol, {.irritancy_class = 1}), skin::ParameterError);
    EXPECT_THROW((void)skin::recovery_settings(protocol, {.irritation = 0.1}), skin::ParameterError);
    EXPECT_THROW((void)skin::recovery_settings(protocol, {.occluded = {{0.0, 1.0}}}), skin::ParameterError);
    EXPECT_EQ(skin::recovery_settings(protocol, {.n_classes = 7}).n_classes, 7);
}

TEST(DepthBand, IsALabelOfTheSetting) {
    const auto band = [](double length) { return skin::depth_band(skin::Stamp{.needle = {.length = length}}); };
    EXPECT_EQ(band(0.49e-3), skin::DepthBand::home);
    EXPECT_EQ(band(0.5e-3), skin::DepthBand::salon);
    EXPECT_EQ(band(1.49e-3), skin::DepthBand::salon);
    EXPECT_EQ(band(1.5e-3), skin::DepthBand::medical);
    EXPECT_EQ(skin::nominal_setting(skin::Pen{.needle = {.length = 2.5e-3}, .protrusion = 0.4e-3}), 0.4e-3);
}

}  // namespace
