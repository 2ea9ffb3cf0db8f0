// The map of holes and slits: ligaments, crossings, chains, capture; Poisson and lattice limits
// (tearing.md 3.10, 3.11).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "skin/core/random.hpp"
#include "skin/device/strike_pattern.hpp"
#include "support/csv.hpp"
#include "support/tolerances.hpp"
#include "tearing/cutting.hpp"
#include "tearing/population.hpp"
#include "tearing/tear_map.hpp"

namespace skin::tearing {
namespace {

using std::numbers::pi;
using test::bound;
using test::round_off;

constexpr double mm = 1e-3;

Damage slit(Point centre, double direction, double length) {
    Damage d;
    d.centre = centre;
    d.direction = direction;
    d.half_length = 0.5 * length;
    d.needle_radius = 0.1 * mm;
    return d;
}

/// `count` slits of this length at random places, in random directions, one pass each.
std::vector<Damage> random_slits(int count, double density, double length, std::uint64_t seed) {
    const double side = std::sqrt(count / density);
    std::vector<Damage> all;
    for (int i = 0; i < count; ++i) {
        RandomStream draw(seed, static_cast<std::uint64_t>(i), StreamId::tearing);
        const double x = side * draw.uniform(), y = side * draw.uniform();
        all.push_back(slit({x, y}, pi * draw.uniform(), length));
        all.back().pass = i;
    }
    return all;
}

struct Sample {
    double mean, error;  // of the mean
};
template <class F>
Sample repeated(int n, const F& value) {
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < n; ++i) {
        const double v = value(static_cast<std::uint64_t>(i));
        sum += v;
        squares += v * v;
    }
    const double mean = sum / n;
    return {mean, std::sqrt(std::max(squares / n - mean * mean, 0.0) / (n - 1))};
}

// TEA-V60 strips of skin between damages, worked out by hand: hole to hole, hole beside and beyond a slit, parallel
// slits, slits in line, slits that cross. Tolerance: round-off.
TEST(TearMap, LigamentsByHand) {
    Damage hole = slit({0.0, 0.0}, 0.0, 0.0), other = slit({3.0 * mm, 4.0 * mm}, 0.0, 0.0);
    hole.hole_radius = 0.2 * mm;
    other.hole_radius = 0.3 * mm;
    EXPECT_NEAR(ligament(hole, other), 4.5 * mm, round_off(mm));
    Damage beside = slit({0.0, 1.0 * mm}, 0.0, 2.0 * mm), beyond = slit({3.0 * mm, 0.0}, 0.0, 2.0 * mm);
    beside.half_gape = 0.05 * mm;
    EXPECT_NEAR(ligament(hole, beside), 0.75 * mm, round_off(mm));
    EXPECT_NEAR(ligament(hole, beyond), 1.8 * mm, round_off(mm));
    EXPECT_NEAR(ligament(beside, slit({0.5 * mm, 2.0 * mm}, pi, 2.0 * mm)), 0.95 * mm, round_off(mm));
    EXPECT_NEAR(ligament(slit({0.0, 0.0}, 0.0, 2.0 * mm), beyond), 1.0 * mm, round_off(mm));
    const Damage upright = slit({0.0, 0.5 * mm}, 0.5 * pi, 1.2 * mm);
    EXPECT_EQ(ligament(slit({0.0, 0.0}, 0.0, 2.0 * mm), upright), 0.0);
    EXPECT_TRUE(cross(slit({0.0, 0.0}, 0.0, 2.0 * mm), upright));
    EXPECT_FALSE(cross(slit({0.0, 0.0}, 0.0, 2.0 * mm), slit({0.0, 0.7 * mm}, 0.5 * pi, 1.2 * mm)));
    EXPECT_FALSE(cross(hole, upright));
    EXPECT_NEAR(angle_between(0.1, pi - 0.1), 0.2, round_off(1.0));
}

// TEA-V61 the grid finds the pairs that a search of all finds, each once: slits of one size, and a few very long ones
// among holes. Equality.
TEST(TearMap, GridFindsEveryPairOnce) {
    for (const bool mixed : {false, true}) {
        std::vector<Damage> all = random_slits(700, 2e6, 0.4 * mm, 5);
        for (std::size_t i = 0; i < all.size() && mixed; ++i) all[i].half_length = i % 50 == 0 ? 8.0 * mm : 0.0;
        const std::vector<double> margin(all.size(), 0.1 * mm);
        std::vector<int> seen(all.size() * all.size(), 0);
        for_each_near_pair(all, margin, [&](std::size_t i, std::size_t j) {
            ASSERT_LT(i, j);
            ++seen[i * all.size() + j];
        });
        int pairs = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i + 1; j < all.size(); ++j) {
                EXPECT_LE(seen[i * all.size() + j], 1);
                if (ligament(all[i], all[j]) < 0.1 * mm) {
                    EXPECT_EQ(seen[i * all.size() + j], 1) << i << " " << j;
                    ++pairs;
                }
            }
        }
        EXPECT_GT(pairs, mixed ? 50 : 120);
    }
}

// TEA-V62 random slits in all directions cross (2/pi) n l^2 others (eq. 37; rows of tearing_hole_statistics.csv with at
// least 0.02 crossings). The border of the patch must not show. Tolerance: three standard errors of 12 patches.
TEST(TearMap, CrossingsOfRandomSlits) {
    const test::Csv csv("tearing_verification/tearing_hole_statistics.csv");
    int rows = 0;
    for (std::size_t row = 0; row < csv.size(); ++row) {
        if (csv.text(row, "statistic") != "isotropic_slit_crossings_per_slit") continue;
        const double n = csv.number(row, "n_per_cm2") * 1e4, l = csv.number(row, "length_mm") * mm;
        const double expected = csv.number(row, "value");
        if (expected < 0.02 || expected > 3.5) continue;
        const Sample found = repeated(12, [&](std::uint64_t seed) {
            return map_damages(random_slits(3000, n, l, 100 + seed), {}).crossings_per_slit;
        });
        EXPECT_NEAR(found.mean, expected, bound(3.0) * found.error) << n << " " << l;
        EXPECT_LT(found.error, 0.1 * expected + 0.002);
        ++rows;
    }
    EXPECT_GE(rows, 8);
}

// TEA-V63 holes within a needle diameter of an older one: with every hole struck by a pass of its own, hole i has i
// older ones, and the mean over i of 1 - exp(-n (i/N) pi d^2) is 1 - (1 - exp(-m))/m, m = n pi d^2 (eq. 36). Tolerance:
// three standard errors of 12 patches.
TEST(TearMap, NeedlesThatMeetAnOlderHole) {
    for (const double n : {1e6, 2e6, 5e6, 1e7}) {
        const double m = n * pi * 0.04 * mm * mm;  // d = 0.2 mm
        const Sample found = repeated(12, [&](std::uint64_t seed) {
            return map_damages(random_slits(3000, n, 0.0, 300 + seed), {}).reentered_fraction;
        });
        EXPECT_NEAR(found.mean, 1.0 + std::expm1(-m) / m, bound(3.0) * found.error) << n;
        EXPECT_NEAR(1.0 - std::exp(-m), neighbour_probability(n, 0.2 * mm), round_off(1.0));
    }
}

// TEA-V64 parallel slits that lie so close that the strip fails. Strip below g = d_n/2 between slits of length l:
// partners n (4 l g + pi g^2), exact (area that the other's middle may lie in). Formula (38) squares the round corners
// of that area: the two differ by (4 - pi) g^2 n. Tolerance: three standard errors of 12 patches; round-off.
TEST(TearMap, PartnersOfParallelSlits) {
    const double n = 2e6, l = 0.6 * mm, g = 0.1 * mm;
    const Sample found = repeated(12, [&](std::uint64_t seed) {
        auto all = random_slits(4000, n, l, 500 + seed);
        for (Damage& d : all) d.direction = 0.3;
        const double side = std::sqrt(4000 / n);
        const std::vector<double> margin(all.size(), g);
        const auto inside = [&](const Damage& d) {
            return std::min(std::min(d.centre.x, side - d.centre.x), std::min(d.centre.y, side - d.centre.y)) > l + g;
        };
        double partners = 0.0, counted = 0.0;
        for_each_near_pair(all, margin, [&](std::size_t i, std::size_t j) {
            if (!merge(all[i], all[j], ligament(all[i], all[j]), {})) return;
            partners += inside(all[i]) + inside(all[j]);
        });
        for (const Damage& d : all) counted += inside(d);
        return partners / counted;
    });
    const double exact = n * (4.0 * l * g + pi * g * g);
    EXPECT_NEAR(found.mean, exact, bound(3.0) * found.error);
    EXPECT_NEAR(merging_partners(n, l, 0.0, g) - exact, n * (4.0 - pi) * g * g, round_off(1.0));
}

// TEA-V65 one pass is a lattice (tearing.md 3.10): slits along the roll stay apart as long as pitch - length is more
// than half a needle diameter, then every ring becomes one chain of (holes - 1) pitch + length. Slits across the roll
// join the rings in the same way. Nothing crosses. Round-off.
TEST(TearMap, OnePassIsALattice) {
    const Roller roller;  // 8 rings on 20 mm: 2.5 mm apart
    const int per_ring = 20;
    const auto strikes = strike_pattern(roller, Rolling{.passes = 1}, roller.rings * per_ring, 1);
    const double pitch = 2.0 * pi * free_rolling_radius(roller) / roller.needles_per_ring;
    const auto map_of = [&](double direction, double length) {
        std::vector<Damage> all;
        for (Eigen::Index i = 0; i < strikes.x.size(); ++i) {
            all.push_back(slit({strikes.x[i], strikes.y[i]}, direction, length));
        }
        return map_damages(all, {});
    };
    const auto apart = map_of(0.0, pitch - 0.101 * mm);
    EXPECT_TRUE(apart.chains.empty());
    EXPECT_EQ(apart.merged_fraction, 0.0);
    EXPECT_EQ(apart.crossings_per_slit, 0.0);
    const double length = pitch - 0.099 * mm;
    const auto joined = map_of(0.0, length);
    ASSERT_EQ(joined.chains.size(), static_cast<std::size_t>(roller.rings));
    for (const Chain& chain : joined.chains) {
        EXPECT_EQ(chain.members.size(), static_cast<std::size_t>(per_ring));
        EXPECT_NEAR(chain.reach.length, (per_ring - 1) * pitch + length, round_off(pitch * per_ring));
        EXPECT_NEAR(angle_between(chain.reach.direction, 0.0), 0.0, round_off(1.0));
    }
    EXPECT_EQ(joined.merged_fraction, 1.0);
    EXPECT_EQ(joined.collinear_fraction, 1.0);
    EXPECT_EQ(joined.crossings_per_slit, 0.0);
    const auto across = map_of(0.5 * pi, 2.45 * mm);
    ASSERT_EQ(across.chains.size(), static_cast<std::size_t>(per_ring));
    EXPECT_NEAR(across.chains[3].reach.length, 7.0 * 2.5 * mm + 2.45 * mm, round_off(20.0 * mm));
}

// TEA-V66 chains are the connected groups, whatever the order of the damages; their length is the largest distance, as
// a search of all finds it (the hull leaves none out). Equality; round-off.
TEST(TearMap, ChainsAreConnectedGroups) {
    auto all = random_slits(400, 6e6, 0.5 * mm, 9);
    const TearMap map = map_damages(all, {});
    std::size_t largest = 0;
    for (const Chain& chain : map.chains) {
        double apart = 0.0;
        for (const std::size_t i : chain.members) {
            for (const std::size_t j : chain.members) {
                for (const Point p : {ends_of(all[i]).first, ends_of(all[i]).second}) {
                    for (const Point q : {ends_of(all[j]).first, ends_of(all[j]).second})
                        apart = std::max(apart, length(p - q));
                }
            }
        }
        EXPECT_NEAR(chain.reach.length, apart, round_off(apart));
        EXPECT_GE(chain.members.size(), 2U);
        largest = std::max(largest, chain.members.size());
    }
    EXPECT_GT(largest, 20U);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (merge(all[i], all[j], ligament(all[i], all[j]), {})) {
                EXPECT_EQ(map.chain_of[i], map.chain_of[j]);
                EXPECT_GE(map.chain_of[i], 0);
            }
        }
    }
    std::vector<Damage> reversed(all.rbegin(), all.rend());
    const TearMap again = map_damages(reversed, {});
    EXPECT_EQ(again.chains.size(), map.chains.size());
    EXPECT_EQ(again.merged_fraction, map.merged_fraction);
    EXPECT_EQ(again.crossings_per_slit, map.crossings_per_slit);
}

// TEA-V67 capture (tearing.md 3.10): a needle slides into the nearest hole of an earlier pass within the radius; the
// first pass stays, 0 switches it off, no needle slides twice. Equality.
TEST(TearMap, NeedlesSlideIntoOlderHoles) {
    std::vector<Damage> all{slit({0.0, 0.0}, 0.0, 0.0), slit({0.15 * mm, 0.0}, 0.0, 0.0),
                            slit({0.25 * mm, 0.0}, 0.0, 0.0), slit({5.0 * mm, 0.0}, 0.0, 0.0)};
    for (std::size_t i = 0; i < all.size(); ++i) all[i].pass = static_cast<double>(i);
    auto off = all;
    capture(off, 0.0);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(off[i].centre.x, all[i].centre.x);
    capture(all, 1.0);  // 0.2 mm
    EXPECT_EQ(all[0].centre.x, 0.0);
    EXPECT_EQ(all[1].centre.x, 0.0);  // into the first
    EXPECT_EQ(all[2].centre.x, 0.0);  // into the second, which had slid
    EXPECT_EQ(all[3].centre.x, 5.0 * mm);
    std::vector<Damage> same{slit({0.0, 0.0}, 0.0, 0.0), slit({0.1 * mm, 0.0}, 0.0, 0.0)};
    capture(same, 1.0);  // of one pass: nobody was there before
    EXPECT_EQ(same[1].centre.x, 0.1 * mm);
}

// TEA-V68 net section (3.11): the strip carries what the half slits beside it cannot, (a1 + a2 + g)/g times the stress;
// with the tension of skin (5 kPa against 21.6 MPa) that never decides, with a stress of half the strength a strip as
// wide as both half slits fails. Exact.
TEST(TearMap, NetSectionOfALigament) {
    const Damage a = slit({0.0, 0.0}, 0.0, 2.0 * mm);
    const auto at_gap = [&](double gap, double stress) {
        const Damage b = slit({2.0 * mm + gap, 0.0}, 0.0, 2.0 * mm);
        return merge(a, b, ligament(a, b), {stress, 21.6e6});
    };
    EXPECT_TRUE(at_gap(1.999 * mm, 10.8e6));
    EXPECT_FALSE(at_gap(2.001 * mm, 10.8e6));
    EXPECT_FALSE(at_gap(0.101 * mm, 5e3));  // d_n/2 decides
    EXPECT_TRUE(at_gap(0.099 * mm, 0.0));
    // the share of the half slits at which tension alone would part the strip: 2.3e-4
    EXPECT_NEAR(5e3 / (21.6e6 - 5e3), 2.3e-4, bound(5e-6));
}

// TEA-V69 strip-yield zone (3.11) of skin: E 83 MPa of the linear region, 0.9 kJ/m^2, 21.6 MPa: 84 um, opening 42 um;
// with the small-strain modulus it would be micrometres. Printed digits of a hand calculation, 1 %.
TEST(TearMap, StripYieldZone) {
    EXPECT_NEAR(strip_yield_zone(83.3e6 / 0.75, 900.0, 21.6e6), 84e-6, bound(0.01) * 84e-6);
    EXPECT_NEAR(900.0 / 21.6e6, 42e-6, bound(0.01) * 42e-6);
    EXPECT_LT(strip_yield_zone(1e5 / 0.75, 900.0, 21.6e6), 1e-6);
}

}  // namespace
}  // namespace skin::tearing
