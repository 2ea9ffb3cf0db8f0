// heal(), repeated(), phases(), relative_pain(): bad input, null cases, and what results answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "skin/core/error.hpp"
#include "support/doses.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

using test::dermal_dose;
constexpr double day = constants::day;
constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

std::string message(const std::vector<InjuryDose>& doses, double duration, const HealingSettings& settings = {},
                    const Skin& skin = test::reference_layers()) {
    try {
        (void)heal(skin, doses, duration, settings);
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "no error";
}

TEST(Healing, BadInputIsNamed) {
    const auto good = dermal_dose(0.04);
    for (double duration : {0.0, -1.0, nan, inf, 1e11}) {
        EXPECT_EQ(message({good}, duration).rfind("duration = ", 0), 0u) << duration;
    }
    auto bad = good;
    bad.punctured = Eigen::VectorXd::Zero(2);
    EXPECT_EQ(message({good, bad}, day),
              "doses[1].punctured has 2 entries, not 3: epidermis, papillary and reticular dermis");
    bad = good;
    bad.torn[2] = 1.5;
    EXPECT_EQ(message({bad}, day), "doses[0].torn[2] = 1.5 is outside [0, 1]");
    bad.torn[2] = nan;
    EXPECT_NE(message({bad}, day).find("doses[0].torn[2] = nan"), std::string::npos);
    bad = good;
    bad.time = nan;
    EXPECT_NE(message({bad}, day).find("doses[0].time = nan"), std::string::npos);
    EXPECT_EQ(message(repeated(good, 3, 2 * day), 3 * day),
              "duration = 259200 s ends before the session at 345600 s after the first: heal longer or give fewer "
              "sessions");
    bad = good;
    bad.irritation_time = Eigen::Vector2d(0.0, 1.0);
    EXPECT_EQ(message({bad}, day), "doses[0].irritation_rate has 0 entries but irritation_time has 2");
    bad.irritation_rate = Eigen::Vector2d(0.0, -1.0);
    EXPECT_NE(message({bad}, day).find("doses[0].irritation_rate[1] = -1"), std::string::npos);
    bad.irritation_rate.setZero();
    bad.irritation_time = Eigen::Vector2d(1.0, 1.0);
    EXPECT_NE(message({bad}, day).find("doses[0].irritation_time[1] = 1 s"), std::string::npos);
    EXPECT_NE(message({good}, day, {.n_times = 1}).find("settings.n_times = 1"), std::string::npos);
    EXPECT_NE(message({good}, day, {.tolerance = 0.0}).find("settings.tolerance = 0"), std::string::npos);
    EXPECT_NE(message({good}, day, {.n_band_draws = -1}).find("settings.n_band_draws = -1"), std::string::npos);
    Skin skin = test::reference_layers();
    skin.healing_biology.old_age = 31.0;
    skin.person_laws.reference_age = 40.0;
    EXPECT_NE(message({good}, day, {}, skin).find("old_age = 31 must be above"), std::string::npos);
    EXPECT_THROW((void)repeated(good, 0, day), ParameterError);
    EXPECT_THROW((void)repeated(good, 2, -day), ParameterError);
    EXPECT_THROW((void)repeated(good, 2, nan), ParameterError);
    EXPECT_THROW((void)relative_pain(skin, -1e-3), ParameterError);
    EXPECT_THROW((void)relative_pain(skin, 1e-3, nan), ParameterError);
}

TEST(Healing, ModelNoneLeavesSkinAlone) {
    const auto r = heal(test::reference_layers(), {dermal_dose(0.04)}, 10 * day, {.heal_model = HealModel::none});
    EXPECT_EQ(r.collagen_gain("papillary_dermis"), 0.0);
    EXPECT_EQ(r.erythema.maxCoeff(), 0.0);
    EXPECT_EQ(r.debris.maxCoeff(), 0.0);
    EXPECT_EQ(r.capillaries(0, 1), 1.0);
    EXPECT_TRUE(phases(r).empty());
}

TEST(Healing, TheEpidermisHasNoCollagen) {
    auto dose = dermal_dose(0.04);
    dose.punctured[0] = 0.05;
    const auto r = heal(test::reference_layers(), {dose}, 30 * day);
    EXPECT_TRUE(std::isnan(r.collagen_gain("viable_epidermis")));
    EXPECT_TRUE(std::isnan(r.capillaries(3, 0)));
    EXPECT_EQ(r.platelets.col(0).maxCoeff(), 0.0) << "no vessels, no clot";
    EXPECT_GT(r.debris(0, 0), 0.0);
    try {
        (void)r.collagen_gain("papilary_dermis");
        FAIL() << "no error";
    } catch (const ParameterError& error) {
        EXPECT_NE(std::string{error.what()}.find("did you mean 'papillary_dermis'?"), std::string::npos);
    }
}

TEST(Healing, SessionsAreRowsOfTheTimeAxisInAnyOrder) {
    auto doses = repeated(dermal_dose(0.04), 3, 17.3 * day);
    for (auto& dose : doses) dose.time += 5.0 * day;  // time counts from the first session
    const auto r = heal(test::reference_layers(), doses, 60 * day, {.n_times = 7});
    ASSERT_EQ(r.session_time.size(), 3);
    EXPECT_EQ(r.session_time[0], 0.0);
    EXPECT_NEAR(r.session_time[2], 34.6 * day, 1e-6 * day);
    EXPECT_EQ(r.time.size(), 9);
    for (Eigen::Index i = 1; i < r.time.size(); ++i) EXPECT_GT(r.time[i], r.time[i - 1]);
    std::reverse(doses.begin(), doses.end());
    EXPECT_TRUE(heal(test::reference_layers(), doses, 60 * day, {.n_times = 7}) == r);
    EXPECT_EQ(heal(test::reference_layers(), {}, 60 * day).session_time.size(), 0) << "no session is allowed";
}

TEST(Healing, IrritationFeedsTheEpidermisForAsLongAsItLasts) {
    auto dose = dermal_dose(0.0);
    dose.irritation_time = Eigen::Vector3d(0.0, 7200.0, 14400.0);
    dose.irritation_rate = Eigen::Vector3d(0.0, 2e-6, 0.0);  // 0.0144 in all
    Skin skin = test::reference_layers();
    auto& b = skin.healing_biology;
    b.debris_decay = b.debris_clearance_neutrophils = b.debris_clearance_macrophages = 0.0;  // nothing clears it
    const auto r = heal(skin, {dose}, 10 * day);
    EXPECT_NEAR(r.debris(r.time.size() - 1, 0), 0.0144, test::bound(1e-6))
        << "all of the source arrives: about a hundred steps, each within 1e-8, over a source with a kink";
    EXPECT_EQ(r.debris.col(1).maxCoeff(), 0.0);
    EXPECT_EQ(r.collagen_gain("papillary_dermis"), 0.0);
    // A product that lay on the skin before the first strike: only what follows the strike counts.
    dose.irritation_time = Eigen::Vector3d(-3600.0, 0.0, 7200.0);
    dose.irritation_rate = Eigen::Vector3d(0.0, 2e-6, 0.0);
    const auto early = heal(skin, {dose}, 10 * day);
    EXPECT_NEAR(early.debris(early.time.size() - 1, 0), 0.0072, test::bound(1e-6));
}

TEST(Healing, PainIsUnknownOutsideWhatWasMeasured) {
    const Skin skin = test::reference_layers();
    EXPECT_EQ(relative_pain(skin, 1e-3, 0.0), 0.0);
    EXPECT_TRUE(std::isnan(relative_pain(skin, 2.4e-4)));
    EXPECT_TRUE(std::isnan(relative_pain(skin, 1.6e-3)));
    EXPECT_TRUE(std::isnan(relative_pain(skin, 1e-3, 51.0)));
    auto dose = dermal_dose(0.04);
    dose.hole_density = 1e6;
    dose.mean_depth = 1e-3;
    EXPECT_EQ(heal(skin, {dose}, day).pain, relative_pain(skin, 1e-3));
}

TEST(Healing, ResultSaysWhatItUsedAndWhenItExtrapolates) {
    const auto fine = heal(test::reference_layers(), {dermal_dose(0.04)}, day);
    EXPECT_EQ(fine.info.models, std::vector<std::string>{"healing.heal_model = cascade"});
    for (const auto& warning : fine.info.warnings) EXPECT_NE(warning.code, "outside_validated_range");
    const auto large = heal(test::reference_layers(), {dermal_dose(0.5)}, day);
    const auto& warnings = large.info.warnings;
    EXPECT_TRUE(std::any_of(warnings.begin(), warnings.end(),
                            [](const Warning& w) { return w.code == "outside_validated_range"; }));
    EXPECT_TRUE(std::isnan(fine.collagen_gain_low[1])) << "no band unless it was asked for";
    const auto few = heal(test::reference_layers(), {dermal_dose(0.04)}, day, {.n_band_draws = 3});
    EXPECT_TRUE(std::isnan(few.collagen_gain_low[1]));
    EXPECT_EQ(few.info.warnings.back().code, "band_not_computed");
}

TEST(Healing, FullWoundsAndManySessionsStayFinite) {
    auto dose = dermal_dose(1.0);
    dose.punctured[0] = 1.0;
    dose.torn.setOnes();
    dose.hole_density = 1e9;
    dose.mean_depth = 0.02;
    const auto r = heal(test::reference_layers(), repeated(dose, 50, day), 400 * day);
    for (const auto* m : {&r.debris, &r.neutrophils, &r.tgf_beta}) EXPECT_TRUE(m->allFinite());
    EXPECT_TRUE(r.collagen_I.rightCols(2).allFinite());
    EXPECT_TRUE(r.erythema.allFinite());
}

}  // namespace
}  // namespace skin
