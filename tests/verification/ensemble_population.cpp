// Populations: how the variance of thickness is split between persons and needles, and what is drawn independently.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/ensemble/population.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using skin::test::bound;
using skin::test::round_off;

skin::Skin spread_layers(double variation, double share) {
    skin::Skin reference = skin::test::reference_layers();
    for (auto& layer : reference.layers) layer.thickness_variation = variation;
    reference.mechanics.within_site_share = share;
    return reference;
}

// ENS-V1. The variances of ln thickness of persons and needles add up to that of the stated variation c: what is left
// to the needles of a drawn person obeys 1 + c_n^2 = (1 + c^2)^w for every c and w; same formula, so round-off.
TEST(PopulationSplit, WhatIsLeftToTheNeedlesIsTheWithinSiteShare) {
    for (const double c : {0.05, 0.25, 0.6}) {
        for (const double w : {0.0, 0.5, 0.62, 0.74, 1.0}) {
            const auto person = skin::draw_person(spread_layers(c, w), 3, 8);
            const double needles = person.layers[2].thickness_variation;
            EXPECT_NEAR(std::log1p(needles * needles), w * std::log1p(c * c), round_off(std::log1p(c * c)));
            EXPECT_EQ(person.mechanics.within_site_share, 1.0);
        }
    }
    EXPECT_EQ(spread_layers(0.25, 0.62).mechanics.within_site_share, 0.62);
}

// ENS-V2. Nested draws as insert() makes them, n = 6000 persons of k = 8 needles: ln t has variance (1 - w) s^2 between
// persons, w s^2 within, and the thickness itself the stated mean and variation over all needles. ln t is normal, so
// the standard errors are exact: a variance of m normal values has s^2 sqrt(2/(m-1)); the between variance is that of
// the person means (with w s^2/k in it) less a k-th of the within variance.
TEST(PopulationSplit, NeedlesOfAllPersonsHaveTheStatedSpread) {
    constexpr int n = 6000, k = 8;
    const double c = 0.3, w = 0.62;
    const skin::Skin reference = spread_layers(c, w);
    const double s2 = std::log1p(c * c), mean_of_t = reference.layers[3].thickness;
    double within = 0.0, sum = 0.0, squares = 0.0, sum_of_means = 0.0, squares_of_means = 0.0;
    for (int i = 0; i < n; ++i) {
        const auto person = skin::draw_person(reference, 21, static_cast<std::uint64_t>(i));
        std::array<double, k> y{};
        double mean = 0.0;
        for (int j = 0; j < k; ++j) {
            skin::RandomStream stream(21 + static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(j),
                                      skin::StreamId::insertion);
            const double t = stream.lognormal(person.layers[3].thickness, person.layers[3].thickness_variation);
            y[static_cast<std::size_t>(j)] = std::log(t / mean_of_t);
            sum += t / mean_of_t;
            squares += t / mean_of_t * t / mean_of_t;
            mean += y[static_cast<std::size_t>(j)] / k;
        }
        for (const double value : y) within += (value - mean) * (value - mean) / (n * (k - 1.0));
        sum_of_means += mean / n;
        squares_of_means += mean * mean / n;
    }
    const double of_means = (squares_of_means - sum_of_means * sum_of_means) * n / (n - 1.0);
    EXPECT_NEAR(within, w * s2, bound(4.0 * w * s2 * std::sqrt(2.0 / (n * (k - 1.0)))));
    const double between = of_means - within / k;
    EXPECT_NEAR(between, (1.0 - w) * s2, bound(4.0 * ((1.0 - w) + w / k) * s2 * std::sqrt(2.0 / (n - 1.0))));
    EXPECT_NEAR(sum_of_means, -0.5 * s2, bound(4.0 * std::sqrt(((1.0 - w) + w / k) * s2 / n)));
    // Of t itself: the mean has the error of n independent persons; of the variation the persons weigh most.
    const double total = sum / (n * k), variation = std::sqrt(squares / (n * k) - total * total) / total;
    EXPECT_NEAR(total, 1.0, bound(4.0 * c * std::sqrt(((1.0 - w) + w / k) / n)));
    EXPECT_NEAR(variation, c, bound(4.0 * c * std::sqrt((0.5 + 3.0 * c * c) / n)));
}

// ENS-P3. A person is complete: drawn around themselves, they keep their thickness (nothing is left between persons).
TEST(PopulationSplit, APersonDrawnAgainKeepsTheirThickness) {
    skin::Skin reference = spread_layers(0.3, 0.62);
    reference.mechanics.effective_modulus_variation = reference.mechanics.toughness_variation = 0.0;
    const auto person = skin::draw_person(reference, 5, 2);
    EXPECT_FALSE(person == reference);
    EXPECT_TRUE(skin::draw_person(person, 6, 7) == person);
}

// ENS-P4. What is chosen about age, sex, hydration or tension moves none of the other draws: the same person has the
// same factors on thickness, stiffness and toughness.
TEST(PopulationSplit, ChoicesAboutOneThingDoNotMoveTheOthers) {
    const skin::Skin reference = spread_layers(0.25, 0.62);
    const skin::PopulationSettings plain{.seed = 4};
    skin::PopulationSettings rich = plain;
    rich.age_high = 80.0;
    rich.female_share = 0.5;
    rich.hydration_high = 1.0;
    rich.tension_high = 10.0;
    for (std::uint64_t i = 0; i < 20; ++i) {
        const auto a = skin::person_of(reference, plain, i), b = skin::person_of(reference, rich, i);
        const auto law = skin::for_person(reference, b.person);
        EXPECT_EQ(a.mechanics.effective_modulus, b.mechanics.effective_modulus);
        for (std::size_t k = 0; k < a.layers.size(); ++k) {
            const double factor = a.layers[k].thickness / reference.layers[k].thickness;
            EXPECT_NEAR(b.layers[k].thickness, factor * law.layers[k].thickness, round_off(b.layers[k].thickness));
            EXPECT_EQ(a.layers[k].toughness, b.layers[k].toughness);
        }
        EXPECT_TRUE(a == skin::draw_person(reference, 4, i));
    }
}

// ENS-P5. Share of women, ages, hydration and tension of n = 20000 persons are the stated ones, and no pair of draws is
// correlated: 4 standard errors of a share, of the mean of a uniform, and of a correlation of independent draws.
TEST(PopulationSplit, DrawsHaveTheirMeansAndAreIndependent) {
    constexpr int n = 20000;
    skin::PopulationSettings settings{.age_low = 20.0, .age_high = 80.0, .seed = 11};
    settings.female_share = 0.3;
    settings.person.hydration = 0.2;
    settings.hydration_high = 0.8;
    settings.tension_high = 12.0;
    const skin::Skin reference = spread_layers(0.25, 0.62);
    std::vector<std::array<double, 6>> x;
    for (std::uint64_t i = 0; i < n; ++i) {
        const auto p = skin::person_of(reference, settings, i);
        const double stratum = std::log(p.layers[0].thickness), modulus = std::log(p.mechanics.effective_modulus);
        x.push_back({p.person.age_years, p.person.sex == skin::Sex::female ? 1.0 : 0.0, p.person.hydration,
                     p.person.tension, stratum, modulus});
    }
    std::array<double, 6> mean{}, sd{};
    for (std::size_t k = 0; k < 6; ++k) {
        for (const auto& row : x) mean[k] += row[k] / n;
        for (const auto& row : x) sd[k] += (row[k] - mean[k]) * (row[k] - mean[k]) / n;
        sd[k] = std::sqrt(sd[k]);
    }
    EXPECT_NEAR(mean[0], 50.0, skin::test::spread(60.0 / std::sqrt(12.0), n, 4.0));
    EXPECT_NEAR(mean[1], 0.3, skin::test::spread(std::sqrt(0.3 * 0.7), n, 4.0));
    EXPECT_NEAR(mean[2], 0.5, skin::test::spread(0.6 / std::sqrt(12.0), n, 4.0));
    EXPECT_NEAR(mean[3], 6.0, skin::test::spread(12.0 / std::sqrt(12.0), n, 4.0));
    for (std::size_t a = 0; a < 6; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            double r = 0.0;
            for (const auto& row : x) r += (row[a] - mean[a]) * (row[b] - mean[b]) / (n * sd[a] * sd[b]);
            EXPECT_NEAR(r, 0.0, skin::test::spread(1.0, n, 4.0)) << a << " and " << b;
        }
    }
}

TEST(PopulationSplit, RangesWithTheirEndsSwappedAreNamed) {
    const auto words = [](const skin::PopulationSettings& settings) -> std::string {
        try {
            skin::validate_population(settings);
        } catch (const skin::ParameterError& error) {
            return error.what();
        }
        return "no error";
    };
    skin::PopulationSettings settings;
    EXPECT_EQ(words(settings), "no error");
    settings.hydration_high = 0.1;
    EXPECT_EQ(words(settings), "population.hydration_high = 0.1 is below population.person.hydration = 0.714286");
    settings = {.age_low = 50.0, .age_high = 40.0};
    EXPECT_EQ(words(settings), "population.age_high = 40 is below population.age_low = 50");
    settings = {};
    settings.female_share = 1.5;
    EXPECT_NE(words(settings).find("population.female_share = 1.5"), std::string::npos);
}

}  // namespace
