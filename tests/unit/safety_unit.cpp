// assess(): bad input and null cases.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "skin/core/error.hpp"
#include "skin/recovery.hpp"
#include "skin/safety.hpp"
#include "support/exposures.hpp"
#include "support/skins.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

constexpr double hour = constants::hour;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string message(const Exposure& exposure, const Wound& wound = intact_skin(), const Closure& closure = {}) {
    try {
        (void)assess(test::reference_layers(), exposure, wound, closure);
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Safety, BadInputIsNamed) {
    const auto good = test::constant_exposure(0.05, hour, 5);
    EXPECT_EQ(message(good), "no error");
    auto bad = good;
    bad.epidermis_concentration.resize(3);
    EXPECT_EQ(message(bad), "exposures[0].epidermis_concentration has 3 entries but exposures[0].time has 5");
    bad = good;
    bad.epidermis_concentration[2] = nan;
    EXPECT_NE(message(bad).find("exposures[0].epidermis_concentration[2] = nan"), std::string::npos);
    bad.epidermis_concentration[2] = -0.01;
    EXPECT_NE(message(bad).find("exposures[0].epidermis_concentration[2] = -0.01"), std::string::npos);
    bad = good;
    bad.time[3] = bad.time[2];
    EXPECT_NE(message(bad).find("exposures[0].time[3] = 1800 s must be later"), std::string::npos);
    bad = good;
    bad.irritant_concentration = bad.no_effect_concentration;
    EXPECT_NE(message(bad).find("must be above no_effect_concentration"), std::string::npos);
    bad = good;
    bad.irritant_time = 0.0;
    EXPECT_NE(message(bad).find("exposures[0].irritant_time = 0 s"), std::string::npos);
    bad = good;
    bad.particle_diameter = 1e-6;
    EXPECT_NE(message(bad).find("exposures[0].particle_density = 0"), std::string::npos);
    EXPECT_NE(message(good, test::many_long_needles()).find("closure is empty although the wound has 2000 channels"),
              std::string::npos);
    const auto other = recover(test::reference_layers(), test::few_short_needles(), hour).closure;
    EXPECT_NE(message(good, test::many_long_needles(), other).find("it belongs to another wound"), std::string::npos);
    auto broken = recover(test::reference_layers(), test::many_long_needles(), hour).closure;
    broken.plug_wetness(1, 0) = nan;
    EXPECT_NE(message(good, test::many_long_needles(), broken).find("closure.plug_wetness = nan"), std::string::npos);
    EXPECT_THROW((void)assess(test::slab(), good, intact_skin(), {}), ParameterError);
}

TEST(Safety, NothingOnIntactSkinIsNothing) {
    const auto r = assess(test::reference_layers(), std::vector<Exposure>{}, intact_skin(), {});
    EXPECT_EQ(r.irritation, 0.0);
    EXPECT_EQ(r.severity, 0.0);
    EXPECT_TRUE(std::isnan(r.reaction_time));
    EXPECT_EQ(r.infection_relative, 0.0);
    EXPECT_FALSE(r.granuloma);
    EXPECT_EQ(r.granuloma_mass, 0.0);
    EXPECT_TRUE(r.particles.empty());
    EXPECT_EQ(r.time.size(), 0);
}

TEST(Safety, ModelNoneIrritatesNobody) {
    const auto r = assess(test::reference_layers(), test::constant_exposure(10.0, hour), intact_skin(), {},
                          {.irritation_model = IrritationModel::none});
    EXPECT_EQ(r.irritation, 0.0);
    EXPECT_EQ(r.irritation_rate.maxCoeff(), 0.0);
    EXPECT_EQ(r.info.models, std::vector<std::string>{"safety.irritation_model = none"});
    const auto used = assess(test::reference_layers(), test::constant_exposure(10.0, hour), intact_skin(), {});
    EXPECT_GT(used.irritation, 1.0);
    bool warned = false;
    for (const auto& warning : used.info.warnings) warned = warned || warning.code == "placeholder_reference";
    EXPECT_TRUE(warned);
}

TEST(Safety, HarmlessProductsHaveAColumnOfZeros) {
    auto water = test::constant_exposure(100.0, hour);
    water.irritant_concentration = 0.0;
    const auto r = assess(test::reference_layers(), {test::constant_exposure(0.05, hour), water}, intact_skin(), {});
    ASSERT_EQ(r.solute.size(), 2u);
    EXPECT_EQ(r.irritation_index.col(1).maxCoeff(), 0.0);
    EXPECT_GT(r.irritation_index.col(0).maxCoeff(), 0.9);
}

}  // namespace
}  // namespace skin
