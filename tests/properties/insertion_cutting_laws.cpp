// What must hold for every shipped skin under every law of cutting, toughness and puncture. Signs and identities only.
#include <gtest/gtest.h>

#include <cctype>
#include <numbers>
#include <string>
#include <vector>

#include "insertion/cutting.hpp"
#include "skin/insertion.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;

std::vector<InsertionSettings> every_law() {
    std::vector<InsertionSettings> all;
    for (const auto& cutting : EnumNames<CuttingLaw>::entries) {
        for (const auto& toughness : EnumNames<ToughnessLaw>::entries) {
            for (const auto& puncture : EnumNames<PunctureModel>::entries) {
                InsertionSettings s{.n_samples = 2};
                s.cutting_law = cutting.first;
                s.toughness_law = toughness.first;
                s.puncture_model = puncture.first;
                all.push_back(s);
            }
        }
    }
    return all;
}

std::string words(const InsertionSettings& s) {
    return std::string{name_of(s.cutting_law)} + " " + std::string{name_of(s.toughness_law)} + " " +
           std::string{name_of(s.puncture_model)};
}

class EverySkinAndLaw : public testing::TestWithParam<std::string> {};

// INS-P30. Tougher layers, less depth: all of them, and each alone, by the parameter that the law reads. Under the
// energy model a tough layer alone may be crossed by a jump, so there only all together. 1e-9 m is the root tolerance.
TEST_P(EverySkinAndLaw, TougherLayersAreEnteredLessDeep) {
    const Skin skin = Skin::preset(GetParam());
    const Needle needle;
    for (const auto& law : every_law()) {
        const auto depth = [&](const Skin& s, double travel) {
            return insert(s, needle, Travel{travel, 1e-3}, law).depth[0];
        };
        const auto toughen = [&](Skin& s, std::size_t i) {
            s.layers[i].toughness *= 2.0;
            s.layers[i].toughness_intercept *= 2.0;
            s.layers[i].failure_energy *= 2.0;
        };
        for (const double travel : {0.4e-3, 1.0e-3}) {
            const double before = depth(skin, travel);
            Skin all = skin;
            for (std::size_t i = 0; i < skin.layers.size(); ++i) {
                toughen(all, i);
                if (law.puncture_model == PunctureModel::energy_barrier) continue;
                Skin one = skin;
                toughen(one, i);
                EXPECT_LE(depth(one, travel), before + 1e-9) << words(law) << " " << skin.layers[i].name;
            }
            EXPECT_LE(depth(all, travel), before + 1e-9) << words(law);
        }
    }
}

// INS-P31. A sharper tip on the same cone needs less force at puncture and goes at least as deep. (Flat punch too: a
// smaller ring.) A finer cone needs less force at the same depth.
TEST_P(EverySkinAndLaw, SharperNeedlesNeedLessForce) {
    const Skin skin = Skin::preset(GetParam());
    for (const auto& law : every_law()) {
        double force = 0.0, depth = 1.0;
        for (const double tip : {1e-6, 4e-6, 10e-6, 25e-6}) {
            const Needle needle{1.5e-3, 125e-6, tip, 1.0e-3};
            const auto r = insert(skin, needle, Travel{1.2e-3, 1e-3}, law);
            EXPECT_GT(r.puncture_force, force) << words(law) << " " << tip;
            EXPECT_LE(r.depth[0], depth + 1e-9) << words(law) << " " << tip;
            force = r.puncture_force, depth = r.depth[0];
        }
        const InsertionCurve fine(skin, Needle{1.5e-3, 100e-6, 4e-6, 1.2e-3}, 1e-3, law);
        const InsertionCurve wide(skin, Needle{1.5e-3, 125e-6, 4e-6, 1.0e-3}, 1e-3, law);
        for (double h = 20e-6; h < 0.9e-3; h += 40e-6)
            EXPECT_LT(fine.force_at_depth(h), wide.force_at_depth(h)) << words(law);
    }
}

// INS-P32. Under every law: depth never falls with travel or force, tip_depth + deflection = travel, the parts of the
// force add up, on the way out travel and depth never rise and the pull never exceeds the holding force.
TEST_P(EverySkinAndLaw, CurvesAreSound) {
    const Skin skin = Skin::preset(GetParam());
    const Needle needle;
    for (auto law : every_law()) {
        law.n_samples = 60;
        const auto r = insert(skin, needle, Travel{2e-3, 1e-3}, law);
        for (Eigen::Index i = 1; i < r.travel.size(); ++i) {
            EXPECT_GE(r.tip_depth[i], r.tip_depth[i - 1] - 1e-9) << words(law);
            EXPECT_NEAR(r.tip_depth[i] + r.deflection[i], r.travel[i], 1e-15);
            if (r.tip_depth[i] > 0.0) {
                EXPECT_NEAR(r.cutting_force[i] + r.spreading_force[i] + r.friction_force[i], r.force[i], 1e-12);
            }
            EXPECT_LE(r.withdrawal_travel[i], r.withdrawal_travel[i - 1]);
            EXPECT_LE(r.withdrawal_depth[i], r.withdrawal_depth[i - 1]);
            EXPECT_GE(r.withdrawal_force[i], -r.holding_force * (1.0 + 1e-12));
        }
        EXPECT_GE(r.hysteresis_energy, r.friction_energy);
        const InsertionCurve curve(skin, needle, 1e-3, law);
        double last = 0.0;
        for (double F = 0.0; F < 0.5; F += 5e-3) {
            EXPECT_GE(curve.depth_at_force(F), last) << words(law);
            last = curve.depth_at_force(F);
        }
    }
}

// INS-P33. Units: all stresses and toughnesses times c leaves every depth as it is and multiplies every force by c.
// Lengths times l with toughness J and intercept times l (J/(mu R) stays) multiplies depths by l and forces by l^2.
// Bisections and roots end at absolute tolerances of 1e-9 m: 2e-8 of the depth at l = 1.
TEST_P(EverySkinAndLaw, UnitScaling) {
    const Skin skin = Skin::preset(GetParam());
    const Needle needle;
    for (const auto& law : every_law()) {
        const auto r = insert(skin, needle, Travel{1.1e-3, 1e-3}, law);
        Skin stiff = skin;
        const double c = 3.0;
        stiff.mechanics.effective_modulus *= c;
        stiff.mechanics.friction_cap *= c;
        for (auto& layer : stiff.layers) {
            layer.ogden_modulus *= c;
            layer.toughness *= c;
            layer.toughness_intercept *= c;
            layer.failure_energy *= c;
        }
        const auto scaled = insert(stiff, needle, Travel{1.1e-3, 1e-3}, law);
        EXPECT_NEAR(scaled.depth[0], r.depth[0], 5e-9) << words(law);
        EXPECT_NEAR(scaled.puncture_force, c * r.puncture_force, 1e-5 * c * r.puncture_force) << words(law);

        Skin large = skin;
        const double l = 1.5;
        large.mechanics.rate_length *= l;  // the rate v/l_r stays with v times l
        large.mechanics.smooth_entry_diameter *= l;
        large.mechanics.blunt_entry_diameter *= l;
        for (auto& layer : large.layers) {
            layer.thickness *= l;
            layer.toughness *= l;
            layer.toughness_intercept *= l;
        }
        const Needle longer{l * needle.length, l * needle.shaft_radius, l * needle.tip_radius, l * needle.taper_length};
        const auto grown = insert(large, longer, Travel{l * 1.1e-3, l * 1e-3}, law);
        EXPECT_NEAR(grown.depth[0], l * r.depth[0], 5e-9) << words(law);
        EXPECT_NEAR(grown.puncture_force, l * l * r.puncture_force, 1e-5 * l * l * r.puncture_force) << words(law);
    }
}

// INS-P34. J -> 0 under every law of cutting: the resistance falls without end and to 0. Only the equal-perimeter hole
// stays below pi R J (a slit whose lips meet round the needle at no cost); a slit and a ring need elastic energy even
// then, and stay above it. All rise with kappa, and with alpha at a fixed kappa of 1 and more.
TEST(InsertionCuttingLaws, VanishWithTheToughness) {
    for (const auto& [law, name] : EnumNames<CuttingLaw>::entries) {
        double last = 0.0;
        for (const double kappa : {1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1.0, 10.0, 1e3, 1e5}) {
            const double G = insertion::steady_cut(law, kappa, 9.0).resistance;
            EXPECT_GT(G, last) << name << " " << kappa;
            if (law == CuttingLaw::equal_perimeter) {
                EXPECT_LE(G, std::numbers::pi * kappa) << name;
            } else if (kappa <= 0.1) {
                EXPECT_GT(G, std::numbers::pi * kappa) << name;
            }
            last = G;
            if (kappa >= 1.0) {
                EXPECT_GT(insertion::steady_cut(law, kappa, 9.5).resistance, G);
            }
        }
        EXPECT_LT(insertion::steady_cut(law, 1e-30, 9.0).resistance, 0.1) << name;
    }
}

std::string readable(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
}
INSTANTIATE_TEST_SUITE_P(Insertion, EverySkinAndLaw, testing::ValuesIn(Skin::presets()), readable);

}  // namespace
