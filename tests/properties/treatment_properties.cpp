// What holds for a treatment of every shipped skin and with every shipped device and product.
#include <gtest/gtest.h>

#include "support/nan_check.hpp"
#include "support/treatments.hpp"

namespace {

using skin::test::quick_settings;

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += name + "\n";
    return all;
}

void expect_sound(const skin::TreatmentResult& result, const std::string& what) {
    EXPECT_EQ(joined(skin::test::undocumented_nan(result)), "") << what;
    for (const auto& session : result.sessions) {
        const auto& depth = session.insertion.depth;
        for (Eigen::Index i = 0; i < depth.size(); ++i) {
            ASSERT_GE(depth[i], 0.0) << what;
            ASSERT_LE(depth[i], skin::needle_of(result.protocol.device).length) << what;
        }
        for (const auto& [name, delivery] : session.delivery) {
            EXPECT_LE(std::abs(delivery.mass_balance_error), 1e-10) << what << " " << name;  // transport's own bound
            EXPECT_LE(delivery.delivered, delivery.dose * (1.0 + 1e-9)) << what << " " << name;
        }
    }
    for (Eigen::Index i = 1; i < result.summary.reached.size(); ++i) {
        EXPECT_LE(result.summary.reached[i], result.summary.reached[i - 1]) << what;
    }
    EXPECT_FALSE(skin::summary(result).empty()) << what;
}

skin::Protocol short_pen() {
    auto given = skin::load_treatment("medical_pen").protocol;
    given.sessions = 2;
    given.horizon = 60.0 * skin::constants::day;
    return given;
}

// CLM-P6. On every shipped skin, and on odd persons: depth within the needle, mass kept, shares in order, and NaN only
// where the describe table says what it means.
TEST(TreatmentProperties, HoldOnEverySkinAndForOddPersons) {
    for (const auto& id : skin::Skin::presets()) {
        expect_sound(skin::treat(skin::Skin::preset(id), short_pen(), 1, {}, quick_settings()), id);
    }
    const skin::Person persons[] = {
        {.age_years = 0.0},
        {.age_years = 120.0, .photo_damage = 1.0, .steroid = true},
        {.hydration = 0.0, .tension = 100.0, .l_star = 0.0},
        {.sex = skin::Sex::male, .l_star = 100.0, .cox_inhibitor = true, .anticoagulant = true}};
    for (const auto& person : persons) {
        expect_sound(skin::treat(skin::Skin::preset("face_cheek", person), short_pen(), 1, {}, quick_settings()),
                     "person of age " + std::to_string(person.age_years));
    }
}

// CLM-P7. The same with every shipped device.
TEST(TreatmentProperties, HoldWithEveryDevice) {
    for (const auto& id : skin::devices()) {
        skin::Protocol protocol;
        protocol.device = skin::device(id);
        if (std::holds_alternative<skin::Roller>(protocol.device)) {
            protocol.use = skin::Rolling{};
        } else if (std::holds_alternative<skin::Pen>(protocol.device)) {
            protocol.use = skin::Gliding{};
        } else {
            protocol.use = skin::Pressing{.force = 20.0};
        }
        expect_sound(skin::test::treated(protocol), id);
    }
}

// CLM-P8. The same with every shipped product, put on before and after; more than nothing gets in only if there is a
// dose.
TEST(TreatmentProperties, HoldWithEveryProduct) {
    for (const auto& id : skin::topicals()) {
        for (const skin::When when : {skin::When::before, skin::When::after}) {
            auto protocol = skin::test::one_session(skin::device("salon_pen_1.0"), skin::Gliding{});
            skin::Application product;
            product.topical = skin::topical(id);
            product.when = when;
            protocol.applications = {product};
            expect_sound(skin::test::treated(protocol), id);
        }
    }
}

// CLM-P9. Every hypothesis off: nothing happens, and nothing breaks.
TEST(TreatmentProperties, WithEveryModelOffNothingHappens) {
    auto settings = quick_settings();
    settings.insertion.tip_model = skin::TipModel::none;
    settings.tearing.tear_model = skin::TearModel::none;
    settings.bleeding.bleed_model = skin::BleedModel::none;
    settings.recovery.closure_model = skin::ClosureModel::none;
    settings.delivery.model = skin::DeliveryModel::none;
    settings.safety.irritation_model = skin::IrritationModel::none;
    settings.healing.heal_model = skin::HealModel::none;
    const auto result = skin::treat(skin::Skin::preset("face_cheek"), short_pen(), 1, {}, settings);
    EXPECT_EQ(joined(skin::test::undocumented_nan(result)), "");
    EXPECT_EQ(result.summary.depth_mean, 0.0);
    EXPECT_EQ(result.summary.tear_fraction, 0.0);
    EXPECT_EQ(result.summary.dots_per_area, 0.0);
    EXPECT_EQ(result.summary.irritation, 0.0);
    EXPECT_EQ(result.summary.erythema_duration, 0.0);
    EXPECT_FALSE(skin::summary(result).empty());
}

}  // namespace
