// The comparison of designs: blocks, threads, failures, and the files that it reads.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "io/designs_file.hpp"
#include "skin/core/error.hpp"
#include "skin/ensemble/batch.hpp"
#include "skin/ensemble/bench.hpp"
#include "skin/io/parameters.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

skin::DesignSet three_designs() {
    skin::DesignSet set;
    set.skin = skin::test::reference_layers();
    for (auto& layer : set.skin.layers) layer.thickness_variation = 0.2;
    set.population.age_high = 70.0;
    set.population.seed = 5;
    set.designs = {{"roller", skin::Roller{}, skin::Rolling{}},
                   {"pen", skin::Pen{}, skin::Gliding{}},
                   {"stamp", skin::Stamp{.rows = 2, .columns = 3}, skin::Pressing{}}};
    return set;
}
const skin::InsertionSettings few{.n_needles = 12};

template <class Member>
void expect_rows(const skin::DesignResult& whole, const skin::DesignResult& part, Eigen::Index first, Member member) {
    EXPECT_TRUE((whole.*member).middleRows(first, (part.*member).rows()) == part.*member);
}

// ENS-P6. Bit for bit: 1 and 2 threads, and blocks of persons against all at once, for every kind of device.
TEST(Bench, NeitherThreadsNorBlocksChangeANumber) {
    const auto set = three_designs();
    for (std::size_t d = 0; d < set.designs.size(); ++d) {
        const auto one = skin::bench_design(set, d, 0, 10, few, {.threads = 1});
        EXPECT_TRUE(one == skin::bench_design(set, d, 0, 10, few, {.threads = 2}));
        const auto tail = skin::bench_design(set, d, 6, 4, few);
        expect_rows(one, tail, 6, &skin::DesignResult::depth);
        expect_rows(one, tail, 6, &skin::DesignResult::reached);
        expect_rows(one, tail, 6, &skin::DesignResult::puncture_force);
        expect_rows(one, tail, 6, &skin::DesignResult::energy);
    }
}

// ENS-P7. A row is what insert() says about that person, to the last bit: there is one physics.
TEST(Bench, ARowIsWhatInsertSays) {
    const auto set = three_designs();
    const auto bench = skin::bench_design(set, 0, 3, 2, few);
    const auto person = skin::person_of(set.skin, set.population, 4);
    const auto alone = skin::insert(person, set.designs[0].device, set.designs[0].use, 5 + 4, few);
    EXPECT_EQ(bench.age_years[1], person.person.age_years);
    EXPECT_TRUE(bench.depth.row(1).transpose() == alone.depth);
    EXPECT_EQ(bench.depth_mean[1], alone.depth_mean);
    EXPECT_EQ(bench.depth_std[1], alone.depth_std);
    EXPECT_EQ(bench.puncture_force[1], alone.puncture_force);
    EXPECT_EQ(bench.strike_force[1], alone.strike_force.mean());
    EXPECT_TRUE(bench.reached.row(1).transpose() == alone.reached);
    EXPECT_TRUE(skin::same(Eigen::VectorXd(bench.entry_force.row(1).transpose()), alone.entry_force));
    EXPECT_EQ(bench.holes_per_area[1], alone.holes_per_area);
    EXPECT_EQ(bench.energy[1], alone.energy);
}

// ENS-P8. The same design under two names has the same numbers: persons and strikes are shared, so that a difference
// between designs is the designs'.
TEST(Bench, EqualDesignsHaveEqualNumbers) {
    auto set = three_designs();
    set.designs.push_back(set.designs[1]);
    set.designs.back().name = "pen_again";
    EXPECT_TRUE(skin::bench_design(set, 1, 0, 6, few) == skin::bench_design(set, 3, 0, 6, few));
}

// ENS-P9. Without any spread all persons are one: every row is the same.
TEST(Bench, WithoutSpreadAllPersonsAreOne) {
    auto set = three_designs();
    for (auto& layer : set.skin.layers) layer.thickness_variation = 0.0;
    set.skin.mechanics.effective_modulus_variation = set.skin.mechanics.toughness_variation = 0.0;
    set.population.age_high = set.population.age_low;
    set.designs[0].use = skin::Rolling{.force_variation = 0.0, .speed_variation = 0.0};
    const auto r = skin::bench_design(set, 0, 0, 5, few);
    EXPECT_GT(r.depth_mean[0], 0.0);
    EXPECT_EQ(r.depth.minCoeff(), r.depth.maxCoeff());
    EXPECT_EQ(r.puncture_force.minCoeff(), r.puncture_force.maxCoeff());
    EXPECT_LE(r.depth_std.maxCoeff(), skin::test::round_off(r.depth_mean[0]));
}

// ENS-P10. Persons for whom the model has no answer get a status, words and NaN; the others keep their numbers.
TEST(Bench, AFailedPersonSpoilsNothing) {
    auto set = three_designs();
    const auto sound = skin::bench_design(set, 0, 0, 12, few);
    set.population.female_share = 0.5;
    set.skin.person_laws.dermis_male = 5.0;
    set.skin.layers[3].thickness = 0.1;  // of men up to half a metre: more than a layer may have
    const auto mixed = skin::bench_design(set, 0, 0, 12, few);
    int failed = 0;
    for (Eigen::Index i = 0; i < 12; ++i) {
        const auto slot = static_cast<std::size_t>(i);
        const bool ok = mixed.status[slot] == static_cast<int>(skin::SampleStatus::ok);
        EXPECT_EQ(sound.status[slot], static_cast<int>(skin::SampleStatus::ok));
        EXPECT_EQ(std::isfinite(mixed.depth_mean[i]), ok);
        EXPECT_EQ(mixed.message[slot].empty(), ok);
        if (ok) continue;
        ++failed;
        EXPECT_EQ(mixed.status[slot], static_cast<int>(skin::SampleStatus::bad_parameter));
        EXPECT_TRUE(std::isnan(mixed.energy[i]) && std::isnan(mixed.depth(i, 0)) && std::isnan(mixed.reached(i, 0)));
        EXPECT_NE(mixed.message[slot].find("thickness"), std::string::npos) << mixed.message[slot];
    }
    EXPECT_GT(failed, 0);
    EXPECT_LT(failed, 12);
}

TEST(Bench, StopsWhenAskedAndNamesBadInput) {
    auto set = three_designs();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW((void)skin::bench_design(set, 0, 0, 10, few, {.stop = stop.get_token()}), skin::Cancelled);
    EXPECT_THROW((void)skin::bench_design(set, 3, 0, 10, few), skin::ParameterError);
    EXPECT_THROW((void)skin::bench_design(set, 0, -1, 10, few), skin::ParameterError);
    set.designs[0].use = skin::Gliding{};
    EXPECT_THROW((void)skin::bench_design(set, 0, 0, 1, few), skin::ParameterError);
    set.designs.clear();
    EXPECT_THROW(skin::validate_designs(set), skin::ParameterError);
}

// INS-P60. A shut skin (no cutting) has no entry force, no hole and depth 0, for every device.
TEST(Bench, AShutSkinHasNoHolesAndNoEntryForce) {
    auto set = three_designs();
    skin::InsertionSettings shut = few;
    shut.tip_model = skin::TipModel::none;
    for (std::size_t d = 0; d < set.designs.size(); ++d) {
        const auto r = skin::bench_design(set, d, 0, 3, shut);
        EXPECT_EQ(r.depth.maxCoeff(), 0.0);
        EXPECT_EQ(r.holes_per_area.maxCoeff(), 0.0);
        EXPECT_TRUE(r.puncture_force.array().isNaN().all());
        EXPECT_EQ(r.reached.maxCoeff(), 0.0);
    }
}

// ---- files

constexpr const char* good = R"(schema = "libskin.designs/1"
title = "Two pens"
skin = { preset = "face_cheek", hydration = 0.5, mechanics = { effective_modulus = "200 kPa" } }

[population]
n = 20
age_low = 30
age_high = 70
female_share = 0.5
seed = 9

[[design]]
name = "sharp"
device = { preset = "medical_pen_1.5", needle = { tip_radius = "1 um" } }
use = { kind = "gliding", speed = "10 mm/s", force = "1.5 N" }

[[design]]
name = "long"
device = { preset = "medical_pen_2.5" }
use = { kind = "gliding" }
)";

std::string with(const std::string& old_text, const std::string& new_text) {
    std::string text = good;
    const auto at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << old_text;
    return text.replace(at, old_text.size(), new_text);
}

std::string words_of(const std::string& text) {
    try {
        (void)skin::io::read_designs(skin::io::parse_document("my_designs.toml", text));
        return "no error";
    } catch (const skin::Error& error) {
        return error.what();
    }
}

TEST(DesignsFile, SaysWhoAndWhat) {
    const auto set = skin::io::read_designs(skin::io::parse_document("my_designs.toml", good));
    EXPECT_EQ(set.id, "my_designs");
    EXPECT_EQ(set.population.n, 20);
    EXPECT_EQ(set.population.seed, 9u);
    EXPECT_EQ(set.population.person.hydration, 0.5);
    EXPECT_EQ(set.population.female_share, 0.5);
    EXPECT_EQ(set.population.preset, "face_cheek");
    EXPECT_EQ(set.skin.mechanics.effective_modulus, 2e5);
    EXPECT_EQ(set.skin.origins.at("mechanics.effective_modulus").kind, skin::Kind::user);
    ASSERT_EQ(set.designs.size(), 2u);
    EXPECT_EQ(std::get<skin::Pen>(set.designs[0].device).needle.tip_radius, 1e-6);
    EXPECT_EQ(std::get<skin::Gliding>(set.designs[0].use).force, 1.5);
    EXPECT_EQ(set.source_text, good);
    EXPECT_EQ(skin::load_designs("twelve_needles").designs.size(), 12u);
    EXPECT_THROW((void)skin::load_designs("twelve_needle"), skin::ParameterError);
}

TEST(DesignsFile, ErrorsNameFileLineKeyAndTheNearestKnownOne) {
    // clang-format off
    const std::pair<std::string, std::string> cases[] = {
        {with("designs/1", "designs/2"), "my_designs.toml:1: schema 'libskin.designs/2' is newer than this libskin reads ('libskin.designs/1')"},
        {with("title =", "titel ="), "my_designs.toml:2: unknown key 'titel'; did you mean 'title'?"},
        {with("hydration =", "hydratoin ="), "my_designs.toml:3: unknown key 'hydratoin' in skin; did you mean 'hydration'?"},
        {with("face_cheek", "face_check"), "my_designs.toml:3: skin.preset: no skin 'face_check'; did you mean 'face_cheek'?"},
        {with("age_low", "age_lo"), "my_designs.toml:7: unknown key 'age_lo' in population; did you mean 'age_low'?"},
        {with("age_high = 70\n", ""), "my_designs.toml:5: missing key 'age_high' in population"},
        {with("age_high = 70", "age_high = 20"), "my_designs.toml:5: population.age_high = 20 is below population.age_low = 30"},
        {with("seed = 9", "seed = -1"), "my_designs.toml:10: population.seed = -1"},
        {with("hydration = 0.5", "sex = \"female\""), "my_designs.toml:9: population.female_share draws what skin.sex sets for all; keep one"},
        {with("hydration = 0.5", "age_years = 40"), "my_designs.toml:7: population.age_low draws what skin.age_years sets for all; keep one"},
        {with("tip_radius", "tip_radios"), "my_designs.toml:14: unknown key 'tip_radios' in design.sharp.device.needle; did you mean 'tip_radius'?"},
        {with("\"1 um\"", "\"1 N\""), "my_designs.toml:14: design.sharp.device.needle.tip_radius"},
        {with("\"1 um\"", "\"1 mm\""), "my_designs.toml:14: "},
        {with("force =", "forse ="), "my_designs.toml:15: unknown key 'forse' in design.sharp.use; did you mean 'force'?"},
        {with("kind = \"gliding\", speed", "kind = \"rolling\", speed"), "my_designs.toml:12: "},
        {with("\"long\"", "\"sharp\""), "my_designs.toml:17: duplicate design 'sharp'"},
        {with("\"long\"", "\"a b\""), "my_designs.toml: design.name = 'a b' must be made of letters, digits, '_', '-' and '.'"},
        {with("device = { preset = \"medical_pen_2.5\" }\n", ""), "my_designs.toml:17: missing key 'device' in design.long"},
    };
    // clang-format on
    EXPECT_EQ(words_of(good), "no error");
    for (const auto& [text, expected] : cases) {
        const std::string words = words_of(text);
        EXPECT_EQ(words.substr(0, expected.size()), expected) << words;
    }
    EXPECT_NE(words_of("schema = \"libskin.designs/1\"\ntitle = \"x\"\nskin = { preset = \"back\" }\n")
                  .find("missing key 'design'"),
              std::string::npos);
}

}  // namespace
