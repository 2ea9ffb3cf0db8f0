// The wedge-energy table as a law of cutting: its rows, what follows from them, interpolation, asymptotes
// (mechanics_reference.md 3 and 6, docs/theory/insertion.md eq. 40-46).
#include "insertion/wedge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <numbers>
#include <sstream>
#include <string>

#include "insertion/cutting.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"
#include "skin/insertion.hpp"
#include "support/csv.hpp"
#include "support/experiments.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using namespace skin::insertion;
using skin::test::bound;
constexpr double pi = std::numbers::pi;
constexpr auto wedge_table_law = CuttingLaw::wedge_table;

std::string file_text(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// INS-V70. Every row of mechanics_wedge_energy.csv is reproduced (the spline goes through it: rounding of exp(ln s),
// 1e-14) and the file that is built into the library is the reference, byte by byte.
TEST(InsertionWedge, EveryRowOfTheEnergyTable) {
    const test::Csv rows("mechanics_reference/mechanics_wedge_energy.csv");
    ASSERT_EQ(rows.size(), 170u);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const WedgeEnergy wedge(rows.number(i, "alpha"));
        const double s = rows.number(i, "S_over_mu_R2");
        EXPECT_NEAR(wedge.at(std::log(rows.number(i, "half_slit_over_R"))).energy, s, bound(1e-14) * s) << i;
    }
    const std::string folder = test::experiments_folder();
    const std::string built_in = file_text(folder + "/../mechanics/wedge_energy.csv");
    ASSERT_FALSE(built_in.empty());
    EXPECT_EQ(built_in, file_text(folder + "/mechanics_reference/mechanics_wedge_energy.csv"));
}

// INS-V71. Every row of mechanics_wedge_pressure.csv: p/mu, slit at the minimum, wall line force, 2 % as the page asks
// (three printed digits, and both tables come from one model). Found: 0.4, 1.3 and 1.3 %.
TEST(InsertionWedge, EveryRowOfThePressureTable) {
    const test::Csv rows("mechanics_reference/mechanics_wedge_pressure.csv");
    ASSERT_EQ(rows.size(), 31u);
    double worst[3] = {};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const SteadyCut cut = steady_cut(wedge_table_law, rows.number(i, "J_over_mu_R"), rows.number(i, "alpha"));
        const double found[] = {cut.resistance / pi, cut.opening, cut.line_force};
        const char* column[] = {"p_over_mu", "half_slit_over_R_at_minimum", "wall_line_force_over_mu_R"};
        for (int k = 0; k < 3; ++k) {
            const double printed = rows.number(i, column[k]);
            EXPECT_NEAR(found[k], printed, bound(0.02) * printed) << i << " " << column[k];
            worst[k] = std::max(worst[k], std::abs(found[k] / printed - 1.0));
        }
    }
    std::printf("wedge pressure table: largest difference p %.2f %%, slit %.2f %%, line force %.2f %%\n",
                100 * worst[0], 100 * worst[1], 100 * worst[2]);
}

// INS-V72. alpha = 9 beyond the pressure table (needle tips in dermis): p/mu 702, 1427, 2827 and a/R 0.476, 0.427,
// 0.385 at J/(mu R) = 2000, 4545, 10000. Printed to three or four digits: half of the last one.
TEST(InsertionWedge, NeedleTipsInDermis) {
    const double rows[][3] = {{2000, 702, 0.476}, {4545, 1427, 0.427}, {10000, 2827, 0.385}};
    for (const auto& [kappa, p, a] : rows) {
        const SteadyCut cut = steady_cut(wedge_table_law, kappa, 9.0);
        EXPECT_NEAR(cut.resistance / pi, p, bound(0.5)) << kappa;
        EXPECT_NEAR(cut.opening, a, bound(5e-4)) << kappa;
    }
}

// INS-V73. Cavity spread by l = 2 without a crack: p/mu 1.068, 1.194, 1.401, 1.728, 6.425 for alpha = 2, 3, 4, 5, 9
// (closed form of mechanics_reference.md 3, printed to three decimals), and neo-Hookean ln l + (1 - l^-2)/2 for any l.
TEST(InsertionWedge, CavityWithoutACrack) {
    const double rows[][2] = {{2, 1.068}, {3, 1.194}, {4, 1.401}, {5, 1.728}, {9, 6.425}};
    for (const auto& [alpha, p] : rows) EXPECT_NEAR(wall_pressure(0.5, alpha), p, bound(5e-4)) << alpha;
    for (const double l : {1.1, 2.0, 6.0}) {
        EXPECT_NEAR(wall_pressure(1.0 / l, 2.0), std::log(l) + (1.0 - 1.0 / (l * l)) / 2.0, test::round_off(5.0));
    }
}

// INS-V74. Identities at the minimum: N/(mu R) = pi p/mu + s; N is dS/dR at a fixed slit (central difference of mu R^2
// s(a/R), step 1e-4: 1e-7); J is -(dS/da)/2; d ln G/d ln kappa is the share of the crack; nothing cheaper is near.
TEST(InsertionWedge, IdentitiesAtTheMinimum) {
    for (const double alpha : {2.0, 3.0, 4.0, 4.6, 7.3, 9.0, 12.0}) {
        const WedgeEnergy wedge(alpha);
        for (const double kappa : {0.2, 1.0, 5.0, 0.9 * wedge.highest_kappa()}) {
            const SteadyCut cut = steady_cut(wedge_table_law, kappa, alpha);
            const auto S = [&](double a, double R) { return R * R * wedge.at(std::log(a / R)).energy; };
            const double y = cut.opening, s = S(y, 1.0), d = 1e-4;
            EXPECT_NEAR(cut.line_force, cut.resistance + s, test::round_off(cut.line_force));
            EXPECT_NEAR((S(y, 1 + d) - S(y, 1 - d)) / (2 * d), cut.line_force, bound(1e-5) * cut.line_force) << alpha;
            EXPECT_NEAR((S(y * (1 - d), 1) - S(y * (1 + d), 1)) / (4 * d * y), kappa, bound(1e-5) * kappa) << alpha;
            EXPECT_NEAR(cut.resistance, 2 * kappa * y + s, test::round_off(cut.resistance));
            const double up = steady_cut(wedge_table_law, kappa * (1 + d), alpha).resistance;
            const double down = steady_cut(wedge_table_law, kappa * (1 - d), alpha).resistance;
            EXPECT_NEAR((std::log(up) - std::log(down)) / (2 * d), 1.0 - cut.spreading_share, bound(1e-6));
            for (const double factor : {0.7, 0.95, 1.05, 1.4}) {
                EXPECT_GE(2 * kappa * y * factor + S(y * factor, 1.0), cut.resistance);
            }
        }
    }
}

// INS-V75. What the page says of the surrogate: half of the table at kappa = 1 (alpha 9), 24 and 18 % low at 10 (alpha
// 9 and 5), 12-15 % low at 100-1000 (both), 11-12 % low at 1000-10000 (alpha 9). Printed to a per cent.
TEST(InsertionWedge, HowLowTheEqualPerimeterIs) {
    const auto low = [](double kappa, double alpha) {
        return 1.0 - solve_cut(kappa, alpha).resistance / steady_cut(wedge_table_law, kappa, alpha).resistance;
    };
    EXPECT_NEAR(low(1, 9), 0.55, bound(0.05));
    EXPECT_NEAR(low(10, 9), 0.24, bound(0.005));
    EXPECT_NEAR(low(10, 5), 0.18, bound(0.005));
    for (const double kappa : {100.0, 300.0, 1000.0}) {
        for (const double alpha : {5.0, 9.0}) EXPECT_NEAR(low(kappa, alpha), 0.135, bound(0.02)) << kappa << alpha;
    }
    for (const double kappa : {1e3, 3e3, 1e4}) EXPECT_NEAR(low(kappa, 9), 0.115, bound(0.01)) << kappa;
}

// INS-V76. Asymptotes. They join with value and slope (steps of 1e-9 in ln y: 1e-7). Wide slits: s = A/(ln y + const),
// so G -> 0 with kappa, but only as A/ln(1/kappa): far above pi kappa, the bound of the surrogate, which lets a slit
// open to a round hole at no cost. Exact leading factor of a long crack held open by a pair of forces: 2 pi; A
// is 4.4-5.3 because the table ends at a/R = 3.3. Narrow slits: G is a power of kappa; the exact exponent of the hole
// is (alpha-2)/(alpha-1), the local one at the end of the table is within 0.03 of it (alpha 3 to 9).
TEST(InsertionWedge, Asymptotes) {
    for (const double alpha : {2.0, 3.0, 5.0, 9.0, 11.0}) {
        const WedgeEnergy wedge(alpha);
        for (const double y : {wedge_table::slit(0), wedge_table::slit(WedgeEnergy::n_slits - 1)}) {
            const auto before = wedge.at(std::log(y) - 1e-9), after = wedge.at(std::log(y) + 1e-9);
            EXPECT_NEAR(before.energy, after.energy, bound(1e-7) * after.energy);
            EXPECT_NEAR(before.steepness, after.steepness, bound(1e-7));
        }
        double last = steady_cut(wedge_table_law, 0.1, alpha).resistance;
        for (const double kappa : {1e-2, 1e-4, 1e-8, 1e-16, 1e-100}) {
            const double G = steady_cut(wedge_table_law, kappa, alpha).resistance;
            EXPECT_LT(G, last) << alpha;
            EXPECT_GT(G, pi * kappa) << alpha;
            last = G;
        }
        EXPECT_LT(last, 0.03);  // A/ln(1e100) = 5.3/230
        const auto far = wedge.at(200.0);
        const double A = far.energy / far.steepness;
        EXPECT_GT(A, 3.8);
        EXPECT_LT(A, 2.0 * pi);
        if (alpha < 3.0 || alpha > 9.0) continue;
        const double k = 2.0 * wedge.highest_kappa();
        const double local = std::log(steady_cut(wedge_table_law, 100 * k, alpha).resistance /
                                      steady_cut(wedge_table_law, k, alpha).resistance) /
                             std::log(100.0);
        EXPECT_NEAR(local, (alpha - 2.0) / (alpha - 1.0), bound(0.03)) << alpha;
    }
}

double equivalent_hole(double energy, double alpha) {
    const auto f = [&](double ln_x) { return energy - spreading_energy(std::exp(ln_x), alpha); };
    return std::exp(bracketed_root(f, -12.0, -1e-9, f(-12.0), f(-1e-9), 1e-15));
}
// Lagrange's polynomial in `map`(alpha) through (alpha_k, value_k) without point `left_out`.
template <class Map>
double polynomial(const Map& map, const std::array<double, 5>& value, int left_out, double alpha) {
    const auto& a = wedge_table::exponents();
    double sum = 0.0;
    for (int k = 0; k < 5; ++k) {
        double term = k == left_out ? 0.0 : value[static_cast<std::size_t>(k)];
        for (int j = 0; j < 5; ++j) {
            if (j == k || j == left_out) continue;
            term *= (map(alpha) - map(a[static_cast<std::size_t>(j)])) /
                    (map(a[static_cast<std::size_t>(k)]) - map(a[static_cast<std::size_t>(j)]));
        }
        sum += term;
    }
    return sum;
}

// INS-N15. Interpolation between exponents. Leave one out: the rows of alpha = 3, 4 and 5 follow from the other four
// within 0.7 % of s, the accuracy of the table itself; found 0.40, 0.31 and 0.65 %. (ln s interpolated as it
// stands: 1.2, 1.0, 2.4 % at best, and 8 % with a monotone cubic.) What is used is exact at the tabulated exponents and
// s rises with alpha at every slit; kappa(y), hence the minimum, is monotone for every alpha.
TEST(InsertionWedge, ExponentsBetweenTheTabulated) {
    const auto q = [](double a) { return 1.0 / (a + 2.0); };
    for (int left_out = 1; left_out < 4; ++left_out) {
        const double alpha = wedge_table::exponents()[static_cast<std::size_t>(left_out)];
        double worst = 0.0;
        for (std::size_t i = 0; i < WedgeEnergy::n_slits; ++i) {
            std::array<double, 5> hole{};
            for (std::size_t k = 0; k < 5; ++k) {
                hole[k] = equivalent_hole(wedge_table::energy(k, i), wedge_table::exponents()[k]);
            }
            const double s = spreading_energy(polynomial(q, hole, left_out, alpha), alpha);
            worst = std::max(worst, std::abs(s / wedge_table::energy(static_cast<std::size_t>(left_out), i) - 1.0));
        }
        std::printf("alpha = %g from the other exponents: s within %.2f %%\n", alpha, 100.0 * worst);
        EXPECT_LT(worst, bound(0.007)) << alpha;
    }
    for (double alpha = 2.0; alpha < 11.85; alpha += 0.1) {
        const WedgeEnergy wedge(alpha), higher(alpha + 0.0999);
        double last = std::numeric_limits<double>::infinity();
        for (double ln_y = std::log(0.2); ln_y < std::log(3.33); ln_y += 0.004) {
            const auto here = wedge.at(ln_y);
            EXPECT_LT(here.energy, higher.at(ln_y).energy) << alpha;
            const double kappa = 0.5 * here.energy * here.steepness / std::exp(ln_y);
            EXPECT_LT(kappa, last) << alpha << " " << ln_y;
            last = kappa;
        }
    }
    EXPECT_NEAR(WedgeEnergy(5.0 + 1e-9).at(0.0).energy, WedgeEnergy(5.0).at(0.0).energy, bound(1e-8));
}

// INS-N16. The table of ln G over ln kappa that insert() uses, wedge law: stated bound 1e-5 of G and 5e-4 of the share
// (its derivative; kinks in the curvature of the spline). Flat punch: 4e-6 and 5e-5, as the closed form.
TEST(InsertionWedge, TableOfTheFastPath) {
    const auto check = [](CuttingLaw law, double alpha, double low, double high, double of_G, double of_share) {
        const CuttingTable table(law, alpha, low, high);
        double worst_G = 0.0, worst_share = 0.0;
        for (double ln_kappa = std::log(low); ln_kappa < std::log(high); ln_kappa += 0.0137) {
            const SteadyCut cut = steady_cut(law, std::exp(ln_kappa), alpha);
            const auto value = table.at(ln_kappa);
            worst_G = std::max(worst_G, std::abs(value.ln_resistance - std::log(cut.resistance)));
            worst_share = std::max(worst_share, std::abs(value.crack_share - (1.0 - cut.spreading_share)));
        }
        std::printf("table %d, alpha %g: ln G %.1e, share %.1e\n", static_cast<int>(law), alpha, worst_G, worst_share);
        EXPECT_LT(worst_G, bound(of_G)) << alpha;
        EXPECT_LT(worst_share, bound(of_share)) << alpha;
    };
    for (const double alpha : {2.0, 3.0, 5.0, 9.0, 10.5}) check(wedge_table_law, alpha, 1e-3, 1e5, 1e-5, 5e-4);
    for (const double alpha : {3.0, 9.0}) check(CuttingLaw::flat_punch, alpha, 1.0, 1e4, 4e-6, 5e-5);
}

// INS-N17. Above alpha = 9 the equivalent hole is extrapolated. At 12 (pig skin) other forms of the same idea,
// polynomials in 1/(alpha+4), ln alpha and 1/alpha, differ from it by less than 3 % of G; that is the stated
// uncertainty. (The last one, which is off by 2.4 % in INS-N15's measure, gives the 2.7 %; the others 1.4 %.)
TEST(InsertionWedge, ExtrapolationToPigSkin) {
    const double alpha = WedgeEnergy::highest_alpha;
    const WedgeEnergy used(alpha);
    double worst = 0.0;
    for (std::size_t i = 0; i < WedgeEnergy::n_slits; ++i) {
        std::array<double, 5> hole{};
        for (std::size_t k = 0; k < 5; ++k) {
            hole[k] = equivalent_hole(wedge_table::energy(k, i), wedge_table::exponents()[k]);
        }
        const double y = wedge_table::slit(i), s = used.at(std::log(y)).energy;
        // A change of ln s at a fixed slit changes ln G by the spreading share of it (the slit is at its minimum).
        const double kappa = 0.5 * s * used.at(std::log(y)).steepness / y;
        const double share = s / (2.0 * kappa * y + s);
        for (const double other : {polynomial([](double a) { return 1.0 / (a + 4.0); }, hole, -1, alpha),
                                   polynomial([](double a) { return std::log(a); }, hole, -1, alpha),
                                   polynomial([](double a) { return 1.0 / a; }, hole, -1, alpha)}) {
            worst = std::max(worst, share * std::abs(std::log(spreading_energy(other, alpha) / s)));
        }
    }
    std::printf("alpha = 12: forms of extrapolation differ by %.2f %% of G\n", 100.0 * worst);
    EXPECT_LT(worst, bound(0.03));
}

// INS-V77. Flat punch as a law of insert(): a cylinder feels F_f of 3.2.3 (table error, 4e-6), its wall line force is 2
// pi times the pressure of the ring's hole, d ln G/d ln kappa its share; mode_ii_ratio multiplies J.
TEST(InsertionWedge, FlatPunchAsALaw) {
    const double d = 1e-4;
    for (const double kappa : {30.0, 450.0, 4500.0}) {
        const SteadyCut cut = steady_cut(CuttingLaw::flat_punch, kappa, 9.0);
        EXPECT_NEAR(cut.resistance, flat_punch_force(1.0, 9.0, kappa, 1.0), test::round_off(cut.resistance));
        EXPECT_NEAR(cut.line_force, 2.0 * pi * wall_pressure(cut.opening, 9.0), test::round_off(cut.line_force));
        const double up = flat_punch_force(1.0, 9.0, kappa * (1 + d), 1.0);
        const double down = flat_punch_force(1.0, 9.0, kappa * (1 - d), 1.0);
        EXPECT_NEAR((std::log(up) - std::log(down)) / (2 * d), 1.0 - cut.spreading_share, bound(1e-6)) << kappa;
    }
    Skin skin = test::slab();
    skin.mechanics.friction_coefficient = 0.0;
    skin.mechanics.mode_ii_ratio = 1.7;
    const Needle cylinder{1e-3, 50e-6, 50e-6, 1e-6};
    const auto r = insert(skin, cylinder, Travel{4e-3, 1e-3}, {.cutting_law = CuttingLaw::flat_punch, .n_samples = 8});
    const double steady = flat_punch_force(0.11e6, 9.0, 1.7 * 2500.0, 50e-6);
    EXPECT_NEAR(r.puncture_force, 3.0 * steady, bound(4e-6) * 3.0 * steady);  // 100 um wide: chi = 3
}

// INS-P35. An exponent outside the table is an error that names the law to choose; inside but beyond what is tabulated,
// or J/(mu R) beyond it, the result warns; the defaults in dermis warn of nothing about cutting.
TEST(InsertionWedge, RangesAreSaid) {
    const InsertionSettings wedge{.cutting_law = wedge_table_law, .n_samples = 2};
    const auto warned = [&](const Skin& skin, const Needle& needle, const InsertionSettings& settings) {
        int count = 0;
        for (const auto& w : insert(skin, needle, Travel{0.5e-3, 1e-3}, settings).info.warnings) {
            count += w.where == "insertion.cutting_law";
        }
        return count;
    };
    Skin skin = test::slab();
    EXPECT_EQ(warned(skin, Needle{}, wedge), 0);
    skin.layers[0].ogden_exponent = 12.0;
    EXPECT_EQ(warned(skin, Needle{}, wedge), 1);
    skin.layers[0].ogden_exponent = 3.0;  // kappa up to 5700, tabulated to 33
    EXPECT_EQ(warned(skin, Needle{}, wedge), 1);
    skin.layers[0].ogden_exponent = 9.0;
    skin.layers[0].toughness = 1.0;  // kappa down to 0.07, tabulated from 0.12
    EXPECT_EQ(warned(skin, Needle{}, wedge), 1);
    skin.layers[0].toughness = 2500.0;
    EXPECT_EQ(warned(skin, Needle{}, {.cutting_law = CuttingLaw::flat_punch, .n_samples = 2}), 1);  // it tapers
    skin.layers[0].ogden_exponent = 26.0;
    try {
        static_cast<void>(insert(skin, Needle{}, Travel{}, wedge));
        FAIL() << "no error";
    } catch (const ParameterError& error) {
        EXPECT_EQ(std::string{error.what()},
                  "skin.slab.ogden_exponent = 26 is outside [2, 12] of the wedge table: choose settings.cutting_law = "
                  "equal_perimeter");
    }
    EXPECT_NO_THROW(static_cast<void>(insert(skin, Needle{}, Travel{}, {.cutting_law = CuttingLaw::equal_perimeter})));
    EXPECT_TRUE(std::isnan(steady_cut(wedge_table_law, 10.0, 26.0).resistance));
}

}  // namespace
