// The orderings that the ten preset devices must show (devices.md 6.1), through treat() with depth from insert().
#include <gtest/gtest.h>

#include <map>

#include "support/treatments.hpp"

namespace {

struct Preset {
    const char* device;
    int sessions;
    double interval;  ///< [day]
    double speed;     ///< [m/s]
    int passes;
};
// Sessions and intervals of the table in devices.md 6; passes and pen speed give its holes per cm2.
constexpr Preset presets[] = {{"home_roller_0.25", 12, 7, 0.05, 15},   {"home_roller_0.30", 12, 7, 0.05, 15},
                              {"salon_roller_0.5", 6, 21, 0.05, 15},   {"salon_roller_1.0", 6, 28, 0.05, 15},
                              {"salon_pen_0.5", 4, 28, 0.0068, 1},     {"salon_pen_1.0", 4, 28, 0.0068, 1},
                              {"medical_roller_1.5", 5, 28, 0.05, 16}, {"medical_pen_1.5", 4, 28, 0.01, 1},
                              {"medical_pen_2.5", 6, 14, 0.01, 1},     {"roll_cit_3.0", 1, 28, 0.05, 16}};

/// Numbered from 1, as in the table.
const skin::TreatmentResult& preset(int number) {
    static std::map<int, skin::TreatmentResult> done;
    const auto found = done.find(number);
    if (found != done.end()) return found->second;
    const Preset& p = presets[number - 1];
    skin::Protocol protocol;
    protocol.device = skin::device(p.device);
    if (std::holds_alternative<skin::Roller>(protocol.device)) {
        protocol.use = skin::Rolling{.speed = p.speed, .passes = p.passes};
    } else {
        protocol.use = skin::Gliding{.speed = p.speed, .passes = p.passes};
    }
    protocol.sessions = p.sessions;
    protocol.interval = p.interval * skin::constants::day;
    protocol.horizon = (p.sessions - 1) * protocol.interval + 56.0 * skin::constants::day;
    return done.emplace(number, skin::test::treated(protocol)).first->second;
}

// CLM-P1. New collagen in the reticular dermis: 9 much larger than 8, 8 > 7, 7 much larger than 4, 4 > 3, 3 about 0
// (devices.md 6.1). "Much" is read as at least three times.
TEST(PresetOrder, DeeperNeedlesActOnDeeperLayers) {
    const auto gain = [](int number) { return preset(number).summary.collagen_reticular; };
    EXPECT_GT(gain(9), 3.0 * gain(8));
    EXPECT_GT(gain(8), gain(7));
    EXPECT_GT(gain(7), 3.0 * gain(4));
    EXPECT_GT(gain(4), gain(3));
    EXPECT_LT(gain(3), 0.001);
}

// CLM-P2. Home rollers stay under the limits of devices.md 6 (0.02 and 0.05 of the baseline), without blood.
TEST(PresetOrder, HomeRollersDoNotInduceCollagen) {
    EXPECT_LT(preset(1).summary.collagen_papillary, 0.02);
    EXPECT_LT(preset(2).summary.collagen_papillary, 0.05);
    for (const int number : {1, 2}) {
        EXPECT_EQ(preset(number).summary.collagen_reticular, 0.0);
        EXPECT_LT(preset(number).sessions[0].bleeding.visible_fraction, 0.01);
        EXPECT_LT(preset(number).summary.erythema_duration, 2.0 * skin::constants::hour);
    }
}

// CLM-P3. A visible dot gets more likely with depth among rollers of the same passes and among pens of the same speed;
// redness lasts longer with depth and with density.
TEST(PresetOrder, BloodAndRednessGrowWithDepth) {
    const auto rises = [](std::initializer_list<int> numbers) {
        for (auto i = numbers.begin(); std::next(i) != numbers.end(); ++i) {
            const auto& shallow = preset(*i);
            const auto& deep = preset(*std::next(i));
            EXPECT_GT(deep.summary.depth_mean, shallow.summary.depth_mean) << *i;
            EXPECT_GT(deep.sessions[0].bleeding.visible_fraction, shallow.sessions[0].bleeding.visible_fraction) << *i;
            EXPECT_GE(deep.summary.erythema_duration, shallow.summary.erythema_duration) << *i;
        }
    };
    rises({2, 3, 4, 7});  // rollers, 15 or 16 passes
    rises({5, 6});        // pens, 400 holes per cm2
    // Same pen, twice as many holes: redder for longer.
    skin::Protocol twice = preset(8).protocol;
    std::get<skin::Gliding>(twice.use).passes = 2;
    EXPECT_GT(skin::test::treated(twice).summary.erythema_duration, preset(8).summary.erythema_duration);
}

// CLM-P4. Strikes and holes stay separate: hole_fraction changes the holes in proportion and leaves the strikes as they
// were (devices.md 6.1). Round-off: a product of the same numbers.
TEST(PresetOrder, HoleFractionScalesHolesAndNotStrikes) {
    skin::Protocol half = preset(8).protocol;
    auto& gliding = std::get<skin::Gliding>(half.use);
    gliding.hole_fraction *= 0.5;
    half.sessions = 1;
    const auto with_half = skin::test::treated(half);
    EXPECT_EQ(with_half.sessions[0].insertion.strikes_per_area, preset(8).sessions[0].insertion.strikes_per_area);
    EXPECT_NEAR(with_half.summary.holes_per_area, 0.5 * preset(8).summary.holes_per_area,
                1e-12 * preset(8).summary.holes_per_area);
}

// CLM-P5. Medical presets show the full cascade: pinpoint bleeding and induction in the papillary dermis, well above
// the salon ones of the same kind of device; preset 4 lies between 3 and 7.
TEST(PresetOrder, MedicalPresetsShowTheFullCascade) {
    const auto papillary = [](int number) { return preset(number).summary.collagen_papillary; };
    EXPECT_GT(papillary(4), papillary(3));
    EXPECT_GT(papillary(7), papillary(4));
    EXPECT_GT(papillary(8), papillary(5));
    EXPECT_GT(papillary(9), papillary(8));
    for (const int number : {7, 8, 9}) {
        EXPECT_GT(preset(number).summary.dots_per_area * 1e-4, 5.0) << "dots per cm2 of preset " << number;
    }
}

}  // namespace
