// Lateral stiffness by hypothesis, release rates of a dragged slit, needles that bend, blades, tables of line loads
// (tearing.md 3.7; mechanics_reference.md 5).
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "insertion/wedge.hpp"
#include "skin/tearing.hpp"
#include "support/csv.hpp"
#include "support/mechanics_reference.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "tearing/contact_tear.hpp"
#include "tearing/cutting.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {
namespace {

using std::numbers::pi;
using test::bound;
using test::Csv;

constexpr double mm = 1e-3;

/// A needle of equal thickness from tip to base, as long as allowed.
Needle cylinder(double radius, double length = 3.0 * mm) {
    return {.length = length, .shaft_radius = radius, .tip_radius = radius, .taper_length = 1e-5};
}
Roller roller_of(const Needle& needle) {
    Roller roller;
    roller.needle = needle;
    return roller;
}

// TEA-V36 embedded needle, 5 depths of the independent solution: the force that moves it sideways, the integral of k_w
// over its depth. Tolerance 0.4 %, the table's; the midpoint rule of 4000 slices adds 0.03 % at the layers' borders.
TEST(TearingLateral, AnEmbeddedNeedleIsAsStiffAsItsLayers) {
    const Csv csv("mechanics_reference/mechanics_lateral_stiffness.csv");
    ASSERT_EQ(csv.size(), 5U);
    const Skin skin = test::reference_skin("base");
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double radius = csv.number(i, "needle_radius_um") * 1e-6, d = csv.number(i, "embedded_depth_mm") * mm;
        const double K = csv.number(i, "K_N_per_mm") * 1e3;
        const Resistance embedded(skin, roller_of(cylinder(radius)), {.lateral_stiffness = LateralStiffness::embedded});
        double sum = 0.0, held = 0.0, layers = 0.0;
        constexpr int n = 4000;
        for (int j = 0; j < n; ++j) sum += embedded.stiffness((j + 0.5) * d / n, d) * d / n;
        EXPECT_NEAR(sum, K, bound(4e-3 * K)) << d;
        double top = 0.0;
        for (const Layer& layer : skin.layers) {
            layers += std::max(std::min(top + layer.thickness, d) - top, 0.0) * layer.youngs_modulus;
            top += layer.thickness;
        }
        EXPECT_GT(sum / layers, 0.68);  // "0.69-1.04 times the sum of E_i h_i", two digits
        EXPECT_LT(sum / layers, 1.05);
        const Resistance rim(skin, roller_of(cylinder(radius)), {});
        for (int j = 0; j < n; ++j) held += rim.stiffness((j + 0.5) * d / n, d) * d / n;
        EXPECT_GT(held, 1.2 * K);  // the held rim is the stiff end
    }
    EXPECT_EQ(embedded_factor(0.0), embedded_factor(1.0));
    EXPECT_EQ(embedded_factor(1e9), embedded_factor(2.0 / 0.06));
    EXPECT_LT(embedded_factor(12.0), 0.97);  // between 0.5 and 1 mm
    EXPECT_GT(embedded_factor(12.0), 0.83);
}

// TEA-V37 a slit that is dragged, 12 rows: its ends differ by the line load exactly; a slit no longer than the needle
// has G_insertion + 0.49-0.56 F' at its front; G_insertion = -(1/2) dS/da of the wedge table. Tolerance: round-off; the
// range; 2 % (what the wedge table is good to).
TEST(TearingLateral, ADraggedSlitKeepsItsBalance) {
    const Csv csv("mechanics_reference/mechanics_drag_slit.csv");
    ASSERT_EQ(csv.size(), 12U);
    double before = 0.0;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double alpha = csv.number(i, "ogden_alpha"), y = csv.number(i, "half_slit_over_R");
        const double G = csv.number(i, "G_insertion_over_mu_R"), F = csv.number(i, "line_force_over_mu_R");
        SCOPED_TRACE(testing::Message() << y << ", offset " << csv.number(i, "offset_over_R"));
        const auto wedge = insertion::WedgeEnergy(alpha).at(std::log(y));
        EXPECT_NEAR(0.5 * wedge.steepness * wedge.energy / y, G, bound(0.02 * G));
        const FrontRates rates = front_rates(G, F);
        EXPECT_NEAR(rates.front - rates.rear, F, test::round_off(G + F));
        EXPECT_GE(rates.rear, 0.0);
        if (y <= 1.0) {
            EXPECT_GE(rates.front, G + 0.49 * F);
            EXPECT_LE(rates.front, G + 0.56 * F);
        } else {
            EXPECT_GE(rates.front, std::max(G, F) * (1.0 - 1e-12));
            EXPECT_LE(rates.front, G + F);
        }
        if (csv.number(i, "offset_over_R") == 0.25) before = 0.0;
        EXPECT_GT(F, before);  // the load rises with the offset
        before = F;
    }
    EXPECT_EQ(front_rates(3.0, 0.0).front, 3.0);
    EXPECT_EQ(front_rates(0.0, 2.0).front, 2.0);
}

// TEA-V38 trap 21: a millimetre of slip loads the dermis of the base skin with 0.14-0.2 N/mm through an embedded
// needle, below its cutting load; through a held rim with k_w = 1 N/mm^2 it is above. Bounds: the page's figures.
// and the table of the theory page to its printed digits.
TEST(TearingLateral, AMillimetreOfSlipCutsTheDermisOnlyWhenARimHoldsIt) {
    Skin skin = test::reference_skin("base");
    skin.layers[0].toughness_intercept = skin.layers[1].toughness_intercept = 10.0;
    const Roller roller = roller_of(cylinder(1e-4, 1.5 * mm));
    const double d = 1.0 * mm, z = 0.7 * mm, slip = 1.0 * mm;
    const Resistance soft(skin, roller, {.lateral_stiffness = LateralStiffness::embedded});
    const Resistance stiff(skin, roller, {});
    const CriticalOffset embedded = soft.at(z, {d, 0.25 * pi}), held = stiff.at(z, {d, 0.25 * pi});
    EXPECT_GT(soft.stiffness(z, d) * slip, 140.0);  // N/m
    EXPECT_LT(soft.stiffness(z, d) * slip, 200.0);
    EXPECT_GT(embedded.load, 3.0 * soft.stiffness(z, d) * slip);  // q_c is far away
    EXPECT_GT(embedded.offset, slip);
    EXPECT_LT(held.offset, slip);
    // the stiff epidermis can be cut: E = 5 and 0.5 MPa
    EXPECT_LT(soft.at(0.0, {d, 0.25 * pi}).offset, slip);
    const Motion drag = Motion::ploughed(d, slip);
    std::vector<Point> points;
    const ContactTear lone =
        tear_contact(drag, soft, 0.25 * pi, {.lateral_stiffness = LateralStiffness::embedded}, points);
    const ContactTear rim = tear_contact(drag, stiff, 0.25 * pi, {}, points);
    EXPECT_GT(lone.slit_length, 0.0);
    EXPECT_LT(lone.slit_depth, 0.2 * mm);  // epidermis only
    EXPECT_EQ(rim.slit_depth, d);
    constexpr double middle[] = {0.01, 0.05, 0.2, 0.7}, load[] = {0.73, 0.73, 0.92, 0.92};  // mm, N/mm
    constexpr double k_w[] = {4.67, 0.467, 0.093, 0.187}, offset[] = {0.156, 1.56, 9.85, 4.92};
    for (std::size_t i = 0; i < 4; ++i) {
        const CriticalOffset one = soft.at(middle[i] * mm, {d, 0.25 * pi});
        EXPECT_NEAR(one.load * 1e-3, load[i], bound(5e-3));
        EXPECT_NEAR(one.stiffness * 1e-6, k_w[i], bound(2e-3 * (1.0 + k_w[i])));
        EXPECT_NEAR(one.offset / mm, offset[i], bound(5e-3 * (1.0 + offset[i] / 10.0)));
        EXPECT_NEAR(stiff.at(middle[i] * mm, {d, 0.25 * pi}).offset / mm, 0.646, bound(5e-4));
    }
    EXPECT_NEAR(lone.slit_length / mm, 1.09, bound(5e-3));
    EXPECT_NEAR(rim.slit_length / mm, 0.60, bound(5e-3));
}

// TEA-V40 the initial slit and its two readings (trap 22): lips that fit the shank, pi d_n/(2 lambda), or 2a/R of least
// wedging energy, where lambda would be 2.4-4.5. The shipped 2a/R and its range hold what the wedge table gives for
// needles of 20-100 um in dermis (J = 2.5 kJ/m^2, mu = 0.11 MPa, alpha = 9). Exact; the range as stated.
TEST(TearingLateral, InitialSlitHasTwoReadings) {
    const Skin skin = test::reference_layers();
    const Roller roller = roller_of(cylinder(1e-4, 1.5 * mm));
    const double lips = Resistance(skin, roller, {}).initial_slit(0.9 * mm);
    const double least = Resistance(skin, roller, {.initial_slit = InitialSlit::energy_minimum}).initial_slit(0.9 * mm);
    EXPECT_NEAR(lips, pi * 2e-4 / (2.0 * skin.tear_resistance.lip_stretch), test::round_off(lips));
    EXPECT_NEAR(least, skin.tear_resistance.wedged_slit * 1e-4, test::round_off(lips));
    EXPECT_GT(lips / least, 2.0);  // "two to three times shorter"
    EXPECT_LT(lips / least, 3.0);
    const double lambda = pi * 1e-4 / least;
    EXPECT_GT(lambda, 2.4);
    EXPECT_LT(lambda, 4.5);
    const insertion::WedgeEnergy wedge(9.0);
    for (const double radius : {2e-5, 5e-5, 7.5e-5, 1e-4}) {
        const double width = 2.0 * std::exp(wedge.best_slit(std::log(2500.0 / (1.1e5 * radius))));
        EXPECT_GT(width, 0.7) << radius;
        EXPECT_LT(width, 1.3) << radius;
    }
}

// TEA-V43 cutting and bending by needle diameter, all rows of tearing_needle_limits.csv. Tolerance 1e-3: printed
// digits. A needle bends where the moment of its slices passes what a section bears: for an even load on a cylinder at
// its root, q d (L - d/2) against sigma_y pi D^3/32. Tolerance 1 %: the bisection.
TEST(TearingLateral, NeedlesBendWhereTheMomentIsTooMuch) {
    const Csv csv("tearing_verification/tearing_needle_limits.csv");
    ASSERT_EQ(csv.size(), 6U);
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double D = csv.number(i, "d_n_mm") * mm, q = cutting_load({0.0, 3.6e6}, D);
        EXPECT_NEAR(q, csv.number(i, "q_c_N_per_mm_Gamma0_0") * 1e3, bound(1e-3 * q));
        for (const auto& [column, depth] :
             {std::pair{"F_cut_0.35mm_N", 0.35}, {"F_cut_0.70mm_N", 0.7}, {"F_cut_1.05mm_N", 1.05}}) {
            EXPECT_NEAR(q * depth * mm, csv.number(i, column), bound(1e-3 * q * depth * mm));
        }
        for (const auto& [column, arm] : {std::pair{"F_bend_arm_0.5mm_N", 0.5},
                                          {"F_bend_arm_1.0mm_N", 1.0},
                                          {"F_bend_arm_1.5mm_N", 1.5},
                                          {"F_bend_arm_0.65mm_N", 0.65}}) {
            const double F = bending_force(1e9, D, arm * mm);
            EXPECT_NEAR(F, csv.number(i, column), bound(1e-3 * F));
        }
    }
    // An even load: a slab whose stiffness and depth make k_w times demand the load; no cutting in reach.
    Skin skin = test::slab();
    skin.layers[0].failure_energy = 1e9;
    skin.tear_resistance.failure_strain = 5.0;
    const double D = 2e-4, L = 1.5 * mm, d = 1.0 * mm, drag = 0.1 * mm;
    const auto contact = [&](double yield) {
        skin.tear_resistance.needle_yield_stress = yield;
        const Resistance r(skin, roller_of(cylinder(0.5 * D, L)), {});
        std::vector<Point> points;
        return tear_contact(Motion::ploughed(d, drag), r, 0.0, {}, points);
    };
    const double q = Resistance(skin, roller_of(cylinder(0.5 * D, L)), {}).stiffness(0.5 * d, d) * drag;
    const double root = q * d * (L - 0.5 * d) / (pi * D * D * D / 32.0);  // stress at the root
    EXPECT_TRUE(contact(0.995 * root).bent);
    EXPECT_FALSE(contact(1.005 * root).bent);
    EXPECT_FALSE(contact(0.995 * root).hooked);                      // it bends outside the skin
    const double mouth = 0.5 * q * d * d / (pi * D * D * D / 32.0);  // stress where it enters the skin
    EXPECT_FALSE(contact(1.005 * mouth).hooked);
    EXPECT_TRUE(contact(0.995 * mouth).hooked);
    EXPECT_NEAR(contact(0.995 * mouth).hook_length, d, test::round_off(d));
    EXPECT_LT(contact(0.25 * mouth).hook_length, 0.6 * d);  // moment grows with the square from the tip
}

// TEA-V44 teeth cut from discs: along the roll the skin meets the thickness of the disc, sideways the breadth of the
// tooth; so do cutting load and stiffness. Exact.
TEST(TearingLateral, BladesCutEasilyInTheRollingPlane) {
    Skin skin = test::reference_layers();
    skin.tear_resistance.anisotropy = 0.0;
    Roller discs = roller_of(cylinder(2e-4, 1.5 * mm));
    discs.blade_thickness = 1e-4;
    const Resistance blade(skin, discs, {}), tooth(skin, roller_of(cylinder(2e-4, 1.5 * mm)), {});
    const Resistance thin(skin, roller_of(cylinder(5e-5, 1.5 * mm)), {});
    const double d = 0.9 * mm, z = 0.5 * mm;
    EXPECT_NEAR(blade.width(z, d, 0.0), 1e-4, test::round_off(1e-4));
    EXPECT_NEAR(blade.width(z, d, 0.5 * pi), 4e-4, test::round_off(4e-4));
    EXPECT_NEAR(blade.width(z, d, -0.5 * pi), 4e-4, test::round_off(4e-4));
    EXPECT_NEAR(blade.at(z, {d}).offset, thin.at(z, {d}).offset, test::round_off(mm));
    EXPECT_NEAR(blade.stiffness(z, d, 0.5 * pi), tooth.stiffness(z, d), test::round_off(1e7));
    EXPECT_LT(blade.at(z, {d}).load, blade.at(z, {.tip_depth = d, .drift = 0.5 * pi}).load);
    // a rectangle t x w bent in its plane and across it
    const double yield = skin.tear_resistance.needle_yield_stress;
    EXPECT_NEAR(blade.yield_moment(mm, 0.0), yield * 1e-4 * 16e-8 / 6.0, test::round_off(1e-3));
    EXPECT_NEAR(blade.yield_moment(mm, 0.5 * pi), yield * 4e-4 * 1e-8 / 6.0, test::round_off(1e-3));
    EXPECT_NEAR(tooth.yield_moment(mm, 0.3), yield * pi * 64e-12 / 32.0, test::round_off(1e-3));
}

/// Rows of a table that holds what the formulas give at these depths, for needles along the middle direction.
RowMatrix table_of(const Skin& skin, const std::vector<double>& depths, const std::vector<double>& diameters,
                   double tip) {
    RowMatrix rows(static_cast<Eigen::Index>(depths.size() * diameters.size()), 4);
    Eigen::Index i = 0;
    for (const double z : depths) {
        for (const double D : diameters) {
            const Resistance r(skin, roller_of(cylinder(0.5 * D)), {});
            const Layer* layer = &skin.layers.back();
            double bottom = 0.0;
            for (const auto& l : skin.layers) {
                bottom += l.thickness;
                if (z < bottom) {
                    layer = &l;
                    break;
                }
            }
            const double q_c = cutting_load(
                {layer->toughness_intercept, layer->failure_energy, skin.tear_resistance.cutting_factor, 0.0, 0.0}, D);
            rows.row(i++) << z, D, q_c / r.stiffness(z, tip), q_c;
        }
    }
    return rows;
}

// TEA-V41 a table that holds what the formulas give takes their place without a difference: the whole result, for a
// needle and depths that are nodes of the table. Tolerance: round-off of the interpolation, and what the front's way
// makes of it.
TEST(TearingLateral, ATableOfTheFormulasGivesTheirResult) {
    const Skin skin = test::reference_layers();
    const Roller roller = roller_of(cylinder(1e-4, 1.5 * mm));
    const double d = 0.8 * mm;
    std::vector<double> depths{0.0};
    for (int j = 0; j < 16; ++j) depths.push_back((j + 0.5) * d / 16);
    depths.push_back(3.0 * mm);
    const Wound wound = test::equal_channels(roller.needle, d, 100, 2.3e6);
    TearingSettings settings{.rolling_model = RollingModel::uniform_brush};
    const Rolling use{.side_slip = 0.08};
    const auto formulas = tear(skin, roller, use, wound, 3, settings);
    settings.lateral_table = table_of(skin, depths, {1e-4, 2e-4, 3e-4}, d);
    const auto table = tear(skin, roller, use, wound, 3, settings);
    EXPECT_GT(formulas.tear_fraction, 0.3);
    EXPECT_EQ(table.tear_fraction, formulas.tear_fraction);
    for (Eigen::Index i = 0; i < wound.size(); ++i) {
        EXPECT_NEAR(table.critical_offset[i], formulas.critical_offset[i], test::round_off(mm));
        EXPECT_NEAR(table.slit_length[i], formulas.slit_length[i], bound(1e-9 * mm));
        EXPECT_NEAR(table.slit_path[i], formulas.slit_path[i], bound(1e-9 * mm));
        EXPECT_NEAR(table.wound.slit_depth[i], formulas.wound.slit_depth[i], bound(1e-9 * mm));
        EXPECT_NEAR(table.work[i], formulas.work[i], bound(1e-9 * formulas.work[i]));
    }
    bool said = false;
    for (const auto& model : table.info.models) said = said || model == "tearing.lateral_stiffness = table";
    EXPECT_TRUE(said);
}

// TEA-V41 a curve: loads, offsets and energy of its straight pieces; beyond the last point its piece goes on. Exact.
TEST(TearingLateral, ATabulatedCurveIsFollowed) {
    RowMatrix rows(4, 4);
    rows << 0.0, 1e-4, 1e-4, 100.0, 0.0, 1e-4, 3e-4, 200.0,  //
        2e-3, 1e-4, 2e-4, 100.0, 2e-3, 1e-4, 6e-4, 200.0;
    const LateralTable table(rows);
    const LateralCurve at_top = table.at(0.0, 1e-4), middle = table.at(1e-3, 5e-5);
    EXPECT_NEAR(at_top.stiffness(), 1e6, test::round_off(1e6));
    EXPECT_NEAR(at_top.load_at(2e-4), 150.0, test::round_off(150.0));
    EXPECT_NEAR(at_top.load_at(5e-4), 300.0, test::round_off(300.0));
    EXPECT_NEAR(at_top.offset_of(150.0), 2e-4, test::round_off(2e-4));
    EXPECT_NEAR(at_top.offset_of(50.0), 5e-5, test::round_off(5e-5));
    EXPECT_NEAR(at_top.energy_at(1e-4), 5e-3, test::round_off(5e-3));
    EXPECT_NEAR(at_top.energy_at(3e-4), 5e-3 + 0.03, test::round_off(0.035));
    EXPECT_NEAR(at_top.energy_at(5e-4), 5e-3 + 0.03 + 0.05, test::round_off(0.085));
    EXPECT_NEAR(middle.offset[0], 1.5e-4, test::round_off(1.5e-4));
    EXPECT_NEAR(middle.offset[1], 4.5e-4, test::round_off(4.5e-4));
    EXPECT_EQ(table.at(9.0, 9.0).offset[1], 6e-4);
}

}  // namespace
}  // namespace skin::tearing
