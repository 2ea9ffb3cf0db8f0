// recover(): bad input, null cases, and what time_to_recover says.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "skin/core/constants.hpp"
#include "skin/core/error.hpp"
#include "skin/recovery/band.hpp"
#include "skin/wound/closure.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;
constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

std::string message(double duration, const RecoverySettings& settings, const Skin& skin = test::reference_layers()) {
    try {
        (void)recover(skin, test::many_long_needles(), duration, settings);
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Recovery, BadInputIsNamed) {
    for (double duration : {0.0, -1.0, nan, inf, 1e12}) {
        EXPECT_EQ(message(duration, {}).rfind("duration = ", 0), 0u) << duration;
    }
    EXPECT_EQ(message(hour, {.occluded = {{5.0, 2.0}}}),
              "settings.occluded[0].end = 2 s must lie after its start (5 s)");
    EXPECT_EQ(message(hour, {.occluded = {{5.0, 9.0}, {7.0, 10.0}}}),
              "settings.occluded[1].start = 7 s lies before the end of the interval before it (9 s): give intervals in "
              "order and without overlap");
    EXPECT_NE(message(hour, {.occluded = {{-5.0, 2.0}}}).find("settings.occluded[0].start = -5 s"), std::string::npos);
    EXPECT_NE(message(hour, {.occluded = {{nan, 2.0}}}).find("settings.occluded[0].start = nan"), std::string::npos);
    EXPECT_NE(message(hour, {.wetted = {-1.0}}).find("settings.wetted[0] = -1 s"), std::string::npos);
    EXPECT_NE(message(hour, {.irritancy_class = 4}).find("settings.irritancy_class = 4"), std::string::npos);
    EXPECT_NE(message(hour, {.irritation = -1.0}).find("settings.irritation = -1"), std::string::npos);
    EXPECT_NE(message(hour, {.n_classes = 0}).find("settings.n_classes = 0"), std::string::npos);
    EXPECT_NE(message(hour, {.n_times = 1}).find("settings.n_times = 1"), std::string::npos);
    Skin skin = test::reference_layers();
    skin.barrier.late_recoil = 0.9;
    EXPECT_EQ(message(hour, {}, skin),
              "skin.barrier.late_recoil = 0.9 must be at most skin.barrier.early_recoil = 0.7");
    skin = test::reference_layers();
    skin.barrier.long_needle = skin.barrier.short_needle;
    EXPECT_NE(message(hour, {}, skin).find("skin.barrier.short_needle = 0.0005 must be below"), std::string::npos);
    skin = test::reference_layers();
    skin.barrier.drying_time = nan;
    EXPECT_NE(message(hour, {}, skin).find("drying_time = nan"), std::string::npos);
}

TEST(Recovery, OutputTimesOfTheCallersChoice) {
    const auto r = recover(test::reference_layers(), test::many_long_needles(), 5.0, {.times = {0.0, 2.0, 5.0}});
    EXPECT_EQ(r.time, Eigen::VectorXd({{0.0, 2.0, 5.0}}));
    EXPECT_EQ(r.closure.time, r.time);
    EXPECT_EQ(message(5.0, {.times = {0.0, 2.0, 2.0}}),
              "settings.times[2] = 2 s is not above the time before it (2 s): output times must increase");
    EXPECT_EQ(message(5.0, {.times = {4.0, 3.0}}),
              "settings.times[1] = 3 s is not above the time before it (4 s): output times must increase");
    EXPECT_EQ(message(5.0, {.times = {0.0, 6.0}}), "settings.times[1] = 6 s is outside [0, 5]");
    EXPECT_NE(message(5.0, {.times = {nan}}).find("settings.times[0] = nan"), std::string::npos);
    EXPECT_NE(message(hour, {.n_slices = 1}).find("settings.n_slices = 1"), std::string::npos);
    EXPECT_NE(message(hour, {.closure_model = ClosureModel::depth_resolved}, test::slab()).find("recover"),
              std::string::npos)
        << "a slab has no epidermis";
}

TEST(Recovery, AChannelThatOpensAgainIsRefused) {
    Closure closure = recover(test::reference_layers(), test::many_long_needles(), hour, {.n_times = 5}).closure;
    EXPECT_NO_THROW(check_never_reopens(closure));
    const double before = closure.radius_fraction(2, 0);
    closure.radius_fraction(3, 0) = before * 1.5;
    try {
        check_never_reopens(closure);
        FAIL() << "no error";
    } catch (const ParameterError& error) {
        const std::string said = error.what();
        EXPECT_EQ(said.rfind("closure.radius_fraction[3, 0] = ", 0), 0u) << said;
        EXPECT_NE(said.find("must stay within [0, "), std::string::npos) << said;
    }
    closure.radius_fraction(3, 0) = before;
    closure.depth_fraction(1, 0) = 0.4;
    EXPECT_THROW(check_never_reopens(closure), ParameterError);
}

TEST(RecoveryBand, BadInputIsNamed) {
    const auto said = [](int n, const Eigen::VectorXd& time) -> std::string {
        try {
            if (n != 2) (void)recovery_band(test::reference_layers(), test::many_long_needles(), hour, {}, n);
            (void)stripped_excess(test::reference_layers(), time);
        } catch (const ParameterError& error) {
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(said(1, {}), "n_draws = 1 is outside [2, 100000]");
    EXPECT_EQ(said(2, Eigen::VectorXd{{0.0, -1.0}}), "time[1] = -1 s is outside [0, 1e+10]");
    EXPECT_THROW((void)recovery_band(test::reference_layers(), test::many_long_needles(), 0.0), ParameterError);
}

TEST(RecoveryBand, IntactSkinHasNoBand) {
    const auto band = recovery_band(test::reference_layers(), intact_skin(), hour, {.n_times = 4}, 5);
    EXPECT_EQ(band.high, Eigen::VectorXd::Zero(5));
    EXPECT_EQ(band.curve_high.maxCoeff(), 0.0);
}

TEST(Recovery, UnknownObservableSuggestsTheNearest) {
    const auto result = recover(test::reference_layers(), test::many_long_needles(), hour);
    try {
        (void)result.time_to_recover("impedence");
        FAIL() << "no error";
    } catch (const ParameterError& error) {
        EXPECT_STREQ(error.what(),
                     "observable = 'impedence' is not one of: impedance, tewl, tracer_permeability, "
                     "staining, optical_opening; did you mean 'impedance'?");
    }
    EXPECT_TRUE(std::isnan(RecoveryResult{}.time_to_recover("tewl"))) << "an empty result knows nothing";
}

TEST(Recovery, IntactSkinIsAtBaseline) {
    const auto r = recover(test::reference_layers(), intact_skin(), 24 * hour);
    for (const auto* column : {&r.pore_radius, &r.impedance, &r.tewl, &r.tracer_permeability, &r.staining,
                               &r.optical_opening, &r.open_area, &r.largest_particle}) {
        EXPECT_EQ(column->size(), r.time.size());
        EXPECT_EQ(column->cwiseAbs().maxCoeff(), 0.0);
    }
    for (const auto& name : r.observable) EXPECT_EQ(r.time_to_recover(name), 0.0) << name;
    EXPECT_EQ(r.closure.radius_fraction.cols(), 0);
}

TEST(Recovery, ClosureModelNoneLeavesTheChannelsAsTheyAre) {
    const auto r =
        recover(test::reference_layers(), test::many_long_needles(), 24 * hour, {.closure_model = ClosureModel::none});
    EXPECT_TRUE((r.impedance.array() == r.impedance[0]).all());
    EXPECT_TRUE((r.closure.radius_fraction.array() == 1.0).all());
    EXPECT_TRUE((r.closure.plug_wetness.array() == 1.0).all());
    EXPECT_TRUE((r.closure.hole_conductance.array() == 1.0).all());
    for (const auto& name : r.observable) EXPECT_TRUE(std::isnan(r.time_to_recover(name))) << name;
}

TEST(Recovery, ShortDurationsSayThatItDidNotHappen) {
    const auto r = recover(test::reference_layers(), test::many_long_needles(), 1.0 * hour);
    EXPECT_TRUE(std::isnan(r.time_to_recover("impedance")));
    EXPECT_EQ(r.time[r.time.size() - 1], 1.0 * hour);
    EXPECT_EQ(r.time[0], 0.0);
}

TEST(Recovery, ResultSaysWhatItUsed) {
    Skin skin = test::reference_layers();
    skin.person.cox_inhibitor = true;
    const auto r =
        recover(skin, test::equal_channels({.length = 3e-3, .taper_length = 1e-3}, 2e-3, 3, 1e6), 200 * hour);
    EXPECT_EQ(r.info.models, std::vector<std::string>{"recovery.closure_model = plug_hole"});
    const auto& cited = r.info.citations;
    for (const char* key : {"gupta2011", "ogunjimi2021", "brogden2012"}) {
        EXPECT_NE(std::find(cited.begin(), cited.end(), key), cited.end()) << key;
    }
    int outside = 0;
    for (const auto& warning : r.info.warnings) outside += warning.code == "outside_validated_range" ? 1 : 0;
    EXPECT_EQ(outside, 2) << "3 mm needles and 200 h";
}

TEST(Recovery, AbsurdButAllowedInputGivesNumbers) {
    Wound wound = test::wound_of({}, {0.0, 0.02}, 1e6);
    wound.mouth_radius[0] = wound.channel_radius[0] = 0.0;
    const auto r = recover(test::reference_layers(), wound, 1e9, {.irritation = 1e9});
    for (const auto* column : {&r.pore_radius, &r.impedance, &r.tewl, &r.staining, &r.open_area}) {
        EXPECT_TRUE(column->allFinite());
    }
    EXPECT_TRUE(r.closure.radius_fraction.allFinite());
    Wound closed = wound;
    closed.mouth_radius.setZero();
    closed.channel_radius.setZero();
    EXPECT_EQ(recover(test::reference_layers(), closed, hour).time_to_recover("tewl"), 0.0) << "no opening at all";
}

}  // namespace
}  // namespace skin
