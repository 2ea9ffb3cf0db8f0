// Deflection from the layers: the table of insert(), the correction for large deflections, and needles that couple
// through the layers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "insertion/array.hpp"
#include "insertion/deflection_table.hpp"
#include "insertion/indentation.hpp"
#include "skin/insertion.hpp"
#include "support/csv.hpp"
#include "support/mechanics_reference.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using insertion::Deflection;
using insertion::DeflectionTable;
using test::bound;
using test::Csv;
using test::round_off;
constexpr double pi = std::numbers::pi;

DeflectionTable table_of(const std::string& name, double tip_radius, double alpha, double deepest = 1.3e-3) {
    Skin skin = test::reference_skin(name);
    for (Layer& layer : skin.layers) layer.ogden_exponent = alpha;
    return {insertion::stack_of(skin), test::reference_tip(tip_radius), insertion::large_deflection(skin), deepest};
}

// INS-V60. Large deflections against finite elements (finite strain, Ogden exponents 4 and 9): 10 %, what the reference
// asks of a fast model. The constants were fitted to the rows of the base skin with a tip of 20 um, of the softer
// stratum corneum and of INS-V61 and V67; the tip of 5 um and the softer fat were left out.
TEST(InsertionVerification, LargeDeflectionsOfTheLayeredReference) {
    const Csv rows("mechanics_reference/mechanics_layered_indentation.csv");
    int compared = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "model") != "finite_strain") continue;
        const std::string name = rows.text(i, "skin");
        const int tip = static_cast<int>(rows.number(i, "tip_radius_um"));
        const double u = rows.number(i, "deflection_mm"), expected = 1e-3 * rows.number(i, "force_mN");
        const auto table = table_of(name, 1e-6 * tip, rows.number(i, "ogden_alpha"));
        EXPECT_NEAR(table.force(1e-3 * u) / expected, 1.0, bound(0.10)) << name << " " << tip << " um, " << u << " mm";
        ++compared;
    }
    EXPECT_EQ(compared, 34);
}

// INS-V61. The same constants on a homogeneous solid, 15 degrees: within 10 %.
TEST(InsertionVerification, LargeDeflectionsOfAHomogeneousSolid) {
    const Csv rows("mechanics_reference/mechanics_homogeneous_cone.csv");
    const double E = 1e5, R = 2e-5;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Skin skin = test::slab(1.0, E);
        skin.layers[0].ogden_exponent = rows.number(i, "ogden_alpha");
        insertion::LayerStack stack{{{1e-4, E, 0.49}}, E, 0.49};
        const DeflectionTable table(stack, test::reference_tip(R), insertion::large_deflection(skin), 1e-3);
        const double expected = E * R * R * rows.number(i, "F_over_E_R2"), depth = rows.number(i, "depth_over_R");
        EXPECT_NEAR(table.force(R * depth) / expected, 1.0, bound(0.10)) << "row " << i;
    }
}

// INS-V67. Other tips (2.5 to 40 um), angles (5 to 25 degrees) and skins, down to 0.87 of the thickness of a thin skin
// on bone, by a second finite-element program, to which the constants were fitted: every row within 10 %.
TEST(InsertionVerification, LargeDeflectionsOfOtherTipsAnglesAndSkins) {
    const Csv rows("mechanics_reference_fe/layered_indentation.csv");
    int compared = 0;
    double squares = 0.0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Skin skin = test::reference_skin(rows.text(i, "skin"));
        const bool finite = rows.text(i, "model") == "finite_strain";
        if (finite) {
            for (Layer& layer : skin.layers) layer.ogden_exponent = rows.number(i, "ogden_alpha");
        }
        const double u = 1e-3 * rows.number(i, "deflection_mm"), expected = 1e-3 * rows.number(i, "force_mN");
        const auto tip = test::reference_tip(1e-6 * rows.number(i, "tip_radius_um"), rows.number(i, "half_angle_deg"));
        const auto large = finite ? insertion::large_deflection(skin) : insertion::LargeDeflection{};
        const DeflectionTable table(insertion::stack_of(skin), tip, large, 1.5e-3);
        const double ratio = table.force(u) / expected;
        if (!finite) {
            EXPECT_NEAR(ratio, 1.0, bound(0.005 + 0.01 * rows.number(i, "error_percent"))) << "row " << i;
            continue;
        }
        ++compared;
        squares += (ratio - 1.0) * (ratio - 1.0);
        EXPECT_NEAR(ratio, 1.0, bound(0.10)) << "row " << i;
    }
    EXPECT_EQ(compared, 172);
    EXPECT_LT(std::sqrt(squares / compared), bound(0.03));  // 0.026 when it was fitted
}

// INS-V62. The table: force, stiffness, energy and inverse are one curve. Inverse to round-off of the Newton step;
// stiffness is the slope and force the slope of energy (central difference, h^2 of a cubic: 1e-6); no step at any node,
// nor at its ends; tension adds in parallel.
TEST(InsertionVerification, DeflectionTableIsOneCurve) {
    const auto table = table_of("base", 5e-6, 9.0, 1e-3);
    const Deflection free{.table = &table, .factor = 1.7}, held{.linear = 12.0, .table = &table, .factor = 1.7};
    double before = 0.0;
    for (double u = 1e-9; u < 2e-3; u *= 1.07) {
        for (const Deflection& d : {free, held}) {
            EXPECT_NEAR(d.depth(d.force(u)), u, bound(1e-12) * u);
            const double h = 1e-4 * u;
            EXPECT_NEAR((d.force(u + h) - d.force(u - h)) / (2.0 * h), d.stiffness(u), bound(1e-5) * d.stiffness(u))
                << u;
            EXPECT_NEAR((d.energy(u + h) - d.energy(u - h)) / (2.0 * h), d.force(u), bound(1e-6) * d.force(u)) << u;
        }
        EXPECT_GT(free.force(u), before);
        before = free.force(u);
        EXPECT_NEAR(held.force(u) - free.force(u), 12.0 * u, round_off(held.force(u)));
    }
    EXPECT_EQ(free.force(0.0), 0.0);
    EXPECT_EQ(free.depth(0.0), 0.0);
    EXPECT_NEAR(free.stiffer(2.0).force(1e-4), 2.0 * free.force(1e-4), round_off(free.force(1e-4)));
}

// INS-N11. The table against exact states between its nodes, at small strain: the cubics lose less than 1e-3 of the
// force (forth power of a step of 0.5 in ln u), for a blunt and a sharp tip.
TEST(InsertionNumerics, DeflectionTableAgainstExactStates) {
    const auto stack = insertion::stack_of(test::reference_skin("base"));
    for (const double R : {2e-6, 2e-5, 1e-4}) {
        const auto tip = test::reference_tip(R);
        const DeflectionTable table(stack, tip, {}, 1e-3);
        insertion::LayeredContact contact(stack);
        for (double a = 0.101 * R; a < 2e-4; a *= 1.19) {
            const auto exact = contact.at_radius(tip, a);
            if (exact.depth > 1e-3) break;
            EXPECT_NEAR(table.force(exact.depth), exact.force, bound(1e-3) * exact.force) << R << " " << a;
            EXPECT_NEAR(table.contact_radius(exact.depth), a, bound(0.05) * a) << R << " " << a;
        }
    }
}

// INS-V63. Scaling of the whole model, correction included: moduli times s, lengths times l give forces times s l^2;
// and for deflections far below the tip radius the correction vanishes (its share is softening x u/(d R) = 0.8 u/R; the
// film's pull is 1e-4 of the stiffness there, and a(u) between exact states is good to 0.5 %).
TEST(InsertionVerification, DeflectionModelScales) {
    auto stack = insertion::stack_of(test::reference_skin("base"));
    const insertion::LargeDeflection large{0.57, 0.2, 0.25, 1e4, 5.0, 2.6e-4};
    const insertion::LargeDeflection twice{0.57, 0.2, 0.25, 2.5e3, 50.0, 5.2e-4};
    const DeflectionTable here(stack, insertion::TipProfile::rounded_cone(2e-5, 0.12, 1.2e-4), large, 1e-3);
    const DeflectionTable linear(stack, insertion::TipProfile::rounded_cone(2e-5, 0.12, 1.2e-4), {}, 1e-3);
    for (auto& layer : stack.layers) layer.youngs_modulus *= 5.0, layer.thickness *= 2.0;
    const DeflectionTable there(stack, insertion::TipProfile::rounded_cone(4e-5, 0.12, 2.4e-4), twice, 2e-3);
    for (const double u : {1e-7, 1e-5, 1e-4, 8e-4}) {
        EXPECT_NEAR(there.force(2.0 * u), 20.0 * here.force(u), bound(1e-9) * there.force(2.0 * u)) << u;
    }
    EXPECT_NEAR(here.force(2e-7) / linear.force(2e-7), 1.0, 0.8 * 0.01 + 0.005);
}

// INS-V64. Two needles that couple through the layers solve d + w(F(d), r) = D with the table of the Green function;
// the field is that function far away, the needle's own deflection at the needle, and never more in between. Sweeps
// settle at 1e-8 m. A stack on a half-space of its own material couples as the half-space does.
TEST(InsertionVerification, NeedlesCoupleThroughTheLayers) {
    const Skin skin = test::reference_skin("base");
    const Needle needle{1.5e-3, 125e-6, 4e-6, 1e-3};
    const InsertionSettings layered{.deflection_model = DeflectionModel::layered};
    const InsertionCurve curve(skin, needle, 1e-3, layered);
    const auto stack = insertion::stack_of(skin);
    insertion::NeedleArray pair({.needle = needle, .rows = 1, .columns = 2, .pitch = 1e-3}, curve,
                                insertion::FarField(stack, 1.0));
    const auto state = pair.at_travel(8e-4);
    EXPECT_NEAR(state.local[0] + pair.field(state.force[0], 1e-3), 8e-4, 3e-8);
    const double own = curve.deflection_at_force(20e-3);
    EXPECT_NEAR(pair.field(20e-3, 0.0), own, bound(1e-6) * own);
    EXPECT_NEAR(pair.field(20e-3, 1e-2), 20e-3 * insertion::surface_deflection(stack, 1e-2), bound(2e-2) * 7.1e-6);
    for (double r = 1e-6; r < 5e-2; r *= 1.3) EXPECT_LE(pair.field(20e-3, r), own * (1.0 + 1e-9)) << r;

    const insertion::FarField bare(2e5 / (1.0 - 0.09), 1.0);
    const insertion::FarField same(insertion::LayerStack{{{1e-4, 2e5, 0.3}}, 2e5, 0.3}, 1.0);
    const insertion::FarField stiffer(insertion::LayerStack{{{1e-4, 2e5, 0.3}}, 2e5, 0.3}, 2.0);
    for (const double r : {1e-5, 1e-3, 1e-1}) {
        EXPECT_NEAR(same.at(r), bare.at(r), bound(1e-9) * bare.at(r));
        EXPECT_NEAR(stiffer.at(r), 0.5 * bare.at(r), bound(1e-9) * bare.at(r));
        EXPECT_NEAR(same.distance_of(bare.at(r)), r, bound(1e-6) * r);
    }
}

// INS-V65. The infinite square array of the reference (finite elements, equal deflection of all needles): lone-needle
// curve plus the lattice sum of the Green function, u = u_loc(F) + F sum G. An estimate, as the reference says: it
// superposes a linear field, and is 7-17 % low. That miss must not grow: 20 %.
TEST(InsertionVerification, InfiniteArrayBySuperposition) {
    const Csv rows("mechanics_reference/mechanics_array_cell.csv");
    const auto stack = insertion::stack_of(test::reference_skin("base"));
    const insertion::SurfaceGreen green(stack);
    const auto table = table_of("base", 2e-5, 9.0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double pitch = 1e-3 * rows.number(i, "pitch_mm"), u = 1e-3 * rows.number(i, "deflection_mm");
        const int reach = static_cast<int>(6e-2 / pitch);
        double lattice = 0.0;
        for (int x = -reach; x <= reach; ++x) {
            for (int y = -reach; y <= reach; ++y) {
                const double r = pitch * std::hypot(x, y);
                if (r > 0.0 && r < 6e-2) lattice += green.at(r);
            }
        }
        double low = 0.0, high = 1.0;
        for (int step = 0; step < 60; ++step) {
            const double F = 0.5 * (low + high);
            (table.depth(F, 0.0) + F * lattice < u ? low : high) = F;
        }
        const double ratio = low / (1e-3 * rows.number(i, "force_per_needle_mN"));
        EXPECT_NEAR(ratio, 1.0, bound(0.20)) << "pitch " << pitch << ", u " << u;
    }
}

// INS-V66. insert() with the layered deflection: the force of an unopened skin is the table's times the rate factor,
// the prepared curve agrees with insert() to its 2e-9 m, travel = depth + deflection, and a rigid support stays rigid.
TEST(InsertionVerification, InsertUsesTheLayers) {
    Skin skin = test::reference_skin("base");
    skin.person.tension = 0.0;
    const Needle needle{1.5e-3, 125e-6, 4e-6, 1e-3};
    const DeflectionTable table(insertion::stack_of(skin), insertion::TipProfile::of(needle),
                                insertion::large_deflection(skin), needle.length);
    const InsertionSettings closed{.tip_model = TipModel::none, .deflection_model = DeflectionModel::layered};
    const auto pressed = insert(skin, needle, Travel{.distance = 5e-4, .speed = 2e-3}, closed);
    const double factor =
        std::pow(2e-3 / skin.mechanics.rate_length / skin.mechanics.reference_rate, skin.mechanics.rate_exponent);
    for (Eigen::Index i = 1; i < pressed.travel.size(); ++i) {
        const double expected = factor * table.force(pressed.travel[i]);
        EXPECT_NEAR(pressed.force[i], expected, bound(1e-12) * expected);
    }
    const InsertionSettings layered{.deflection_model = DeflectionModel::layered};
    const InsertionCurve curve(skin, needle, 1e-3, layered);
    const auto opened = insert(skin, needle, Travel{.distance = 1.2e-3, .speed = 1e-3}, layered);
    for (Eigen::Index i = 0; i < opened.travel.size(); ++i) {
        EXPECT_NEAR(curve.depth_at_travel(opened.travel[i]), opened.tip_depth[i], bound(2e-9)) << opened.travel[i];
        EXPECT_NEAR(opened.tip_depth[i] + opened.deflection[i], opened.travel[i], round_off(1e-3));
    }
    EXPECT_GT(opened.depth[0], 0.0);
    const auto warned = [](const InsertionResult& r) {
        return std::any_of(r.info.warnings.begin(), r.info.warnings.end(),
                           [](const Warning& w) { return w.where == "insertion.deflection_model"; });
    };
    EXPECT_FALSE(warned(pressed));
    const Skin thin = test::reference_skin("eyelid");  // 1.15 mm, of which 0.87 were compared
    EXPECT_FALSE(warned(insert(thin, needle, Travel{.distance = 9.5e-4, .speed = 2e-3}, closed)));
    EXPECT_TRUE(warned(insert(thin, needle, Travel{.distance = 1.05e-3, .speed = 2e-3}, closed)));
    EXPECT_NEAR(curve.force_at_deflection(curve.deflection_at_force(0.03)), 0.03, bound(1e-12) * 0.03);
}

}  // namespace
