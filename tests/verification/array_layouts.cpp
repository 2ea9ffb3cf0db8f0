// Arrays of any layout: grouping, symmetry, plate contact, the thousand needles (docs/theory/insertion.md, section 6).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>
#include <string>

#include "insertion/array.hpp"
#include "insertion/neighbourhoods.hpp"
#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/ensemble/bench.hpp"
#include "skin/insertion.hpp"
#include "support/csv.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using skin::test::bound;
using skin::test::round_off;
constexpr double um = 1e-6, mm = 1e-3, modulus = 5.8e4;

Stamp free_stamp(RowMatrix positions) {
    Stamp stamp;
    stamp.layout = StampLayout::free;
    stamp.rows = stamp.columns = 1;
    stamp.positions = std::move(positions);
    return stamp;
}

Stamp shaken(const Stamp& stamp, double by, std::uint64_t seed) {
    RowMatrix at = needle_positions(stamp);
    for (Eigen::Index i = 0; i < at.rows(); ++i) {
        RandomStream draw(seed, static_cast<std::uint64_t>(i), StreamId::strike_pattern);
        for (int axis = 0; axis < 2; ++axis) at(i, axis) += by * (2.0 * draw.uniform() - 1.0);
    }
    return free_stamp(at);
}

std::string error_of(const Stamp& stamp) {
    try {
        validate_device(stamp);
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "";
}

// INS-V120. Layouts: counts, nearest distances and areas in closed form; a press fills its patch at the density of the
// layout (n/area); needles that overlap, and what a layout does not use, are errors. Round-off.
TEST(ArrayLayouts, PlacesAndDensities) {
    const double p = 1e-3;
    const Stamp hexagonal{.rows = 4, .columns = 5, .pitch = p, .layout = StampLayout::hexagonal};
    const Stamp rings{.rows = 3, .columns = 1, .pitch = p, .layout = StampLayout::rings};
    EXPECT_EQ(needle_count(hexagonal), 20);
    EXPECT_EQ(needle_count(rings), 37);
    for (const Stamp& stamp : {hexagonal, rings, Stamp{.pitch = p}}) {
        validate_device(stamp);
        const RowMatrix at = needle_positions(stamp);
        double least = 1.0;
        for (Eigen::Index i = 0; i < at.rows(); ++i) {
            for (Eigen::Index j = 0; j < i; ++j) least = std::min(least, (at.row(i) - at.row(j)).norm());
        }
        EXPECT_NEAR(least, p, round_off(p));
        const auto pattern = strike_pattern(stamp, Travel{}, needle_count(stamp), 1);
        EXPECT_NEAR(pattern.area, needle_count(stamp) * cell_area(stamp), round_off(1e-4));
        for (Eigen::Index i = 0; i < at.rows(); ++i) EXPECT_EQ(pattern.x[i], at(i, 0));
    }
    EXPECT_NEAR(cell_area(hexagonal), std::sqrt(0.75) * p * p, round_off(1e-6));
    EXPECT_NEAR(cell_area(rings) * 37, std::numbers::pi * 12.25 * p * p, round_off(1e-4));

    RowMatrix close(3, 2);
    close << 0.0, 0.0, 3e-3, 1e-3, 3.1e-3, 1e-3;
    EXPECT_NE(error_of(free_stamp(close)).find("stamp.positions: needles 1 and 2 are 0.0001 m apart"),
              std::string::npos);
    EXPECT_NE(error_of(Stamp{.pitch = 2e-4}).find("stamp.pitch = 0.0002 m is below the needle diameter"),
              std::string::npos);
    EXPECT_NE(error_of(Stamp{.positions = close}).find("stamp.positions = 3 rows is not used"), std::string::npos);
    EXPECT_NE(error_of(Stamp{.layout = StampLayout::rings}).find("stamp.columns = 8 is not used"), std::string::npos);
    EXPECT_NE(error_of(Stamp{.rows = 1, .columns = 1, .layout = StampLayout::free}).find("shape (0, 0)"),
              std::string::npos);
    close(1, 1) = std::nan("");
    EXPECT_NE(error_of(free_stamp(close)).find("stamp.positions[1, 1] = nan m is outside"), std::string::npos);
}

// INS-V121. Needles of a group have the same neighbourhood: a 6 x 6 square has 6 kinds of needles (the 8 symmetries of
// a square), 4 x 5 has 2 x 3, three rings have as many as the 12 symmetries of the layout leave, and one needle in a
// million away from its place leaves none. Exact.
TEST(ArrayLayouts, GroupsAreThoseOfTheSymmetry) {
    const auto groups = [](const Stamp& stamp, double cut_off = 1.0) {
        const auto alike = insertion::neighbourhoods(needle_positions(stamp), cut_off * (1.0 + 1e-9));
        EXPECT_EQ(alike.members.sum(), needle_count(stamp));
        return alike.members.size();
    };
    EXPECT_EQ(groups({.rows = 6, .columns = 6}), 6);
    EXPECT_EQ(groups({.rows = 4, .columns = 5}), 6);
    EXPECT_EQ(groups({.rows = 32, .columns = 32, .pitch = 1e-3}, 8e-3), 136);  // a cut-off that is a lattice distance
    EXPECT_EQ(groups({.rows = 1, .columns = 1, .layout = StampLayout::rings}), 2);
    EXPECT_EQ(groups(shaken({.rows = 5, .columns = 5}, 1e-2 * mm, 3)), 25);
}

// INS-V122. Grouping changes nothing: the same plate with places shaken by 1e-5 of the pitch, all needles solved one by
// one, gives the depths of the grouped plate. The shift of places moves far fields by 1e-5 of up to 1 mm, and sweeps
// that settle at 1e-8 m leave up to the sum of couplings times that: 1e-7 m. A plate that is turned and mirrored gives
// the same depths (1e-7 m).
TEST(ArrayLayouts, GroupedTurnedAndMirrored) {
    const Skin skin = test::slab();
    const InsertionCurve curve(skin, Needle{});
    const Stamp stamp{.rows = 4, .columns = 5, .pitch = 1.5e-3};
    insertion::NeedleArray grouped(stamp, curve, modulus, 1.0), single(shaken(stamp, 1.5e-8, 5), curve, modulus, 1.0);
    RowMatrix turned = needle_positions(stamp);
    for (Eigen::Index i = 0; i < turned.rows(); ++i) {
        const double x = turned(i, 0), y = turned(i, 1);
        turned(i, 0) = 0.6 * x + 0.8 * y;
        turned(i, 1) = 0.8 * x - 0.6 * y;
    }
    insertion::NeedleArray mirrored(free_stamp(turned), curve, modulus, 1.0);
    EXPECT_EQ(single.group_count(), 20);
    EXPECT_EQ(mirrored.group_count(), grouped.group_count());
    for (const double D : {0.4e-3, 0.9e-3, 1.3e-3}) {
        const auto a = grouped.at_travel(D), b = single.at_travel(D), c = mirrored.at_travel(D);
        for (Eigen::Index i = 0; i < 20; ++i) {
            EXPECT_NEAR(a.local[grouped.group_of(i)], b.local[single.group_of(i)], bound(1e-7)) << D;
            EXPECT_NEAR(a.local[grouped.group_of(i)], c.local[mirrored.group_of(i)], bound(1e-7)) << D;
        }
        EXPECT_NEAR(a.total, b.total, bound(1e-4) * a.total);
    }
}

// INS-V123. Where the plate meets the skin: midway of four needles of a square (pitch/sqrt 2 from each), of three of a
// hexagon (pitch/sqrt 3), of two in a row (pitch/2). Round-off.
TEST(ArrayLayouts, MiddlesAreTheFurthestPlaces) {
    const auto reach = [](const Stamp& stamp) {
        const RowMatrix at = needle_positions(stamp);
        const RowMatrix points = insertion::middles(at, insertion::neighbourhoods(at, 1.0), 1.0);
        EXPECT_GT(points.rows(), 0);
        double least = 1.0, most = 0.0;
        for (Eigen::Index k = 0; k < points.rows(); ++k) {
            double near = 1.0;
            for (Eigen::Index i = 0; i < at.rows(); ++i) near = std::min(near, (at.row(i) - points.row(k)).norm());
            least = std::min(least, near);
            most = std::max(most, near);
        }
        return std::pair{least, most};
    };
    const double p = 2e-3;
    for (const auto& [stamp, expected] :
         {std::pair{Stamp{.rows = 4, .columns = 6, .pitch = p}, p / std::sqrt(2.0)},
          {Stamp{.rows = 5, .columns = 5, .pitch = p, .layout = StampLayout::hexagonal}, p / std::sqrt(3.0)},
          {Stamp{.rows = 1, .columns = 7, .pitch = p}, 0.5 * p}}) {
        const auto [least, most] = reach(stamp);
        EXPECT_NEAR(least, expected, bound(1e-9));
        EXPECT_NEAR(most, expected, bound(1e-9));
    }
}

// INS-V124. Two needles at any angle are the pair of INS-V34: d + w(F(d), r) = D to the settling of the sweeps (3e-8
// m); one needle of a free list is alone; far apart they are alone.
TEST(ArrayLayouts, TwoNeedlesAtAnyAngle) {
    const Skin skin = test::slab();
    const InsertionCurve curve(skin, Needle{});
    for (const double angle : {0.0, 0.4, 2.2}) {
        RowMatrix at(2, 2);
        at << 1e-3, 2e-3, 1e-3 + 2e-3 * std::cos(angle), 2e-3 + 2e-3 * std::sin(angle);
        insertion::NeedleArray pair(free_stamp(at), curve, modulus, 1.0);
        EXPECT_EQ(pair.group_count(), 1);
        const auto state = pair.at_travel(1e-3);
        EXPECT_NEAR(state.local[0] + pair.field(state.force[0], 2e-3), 1e-3, bound(3e-8));
    }
    insertion::NeedleArray one(free_stamp(RowMatrix::Zero(1, 2)), curve, modulus, 1.0);
    EXPECT_NEAR(one.at_travel(1e-3).local[0], 1e-3, round_off(1e-3));
}

// INS-N26. A thousand needles without any symmetry: every needle meets its own equation d_i + sum_j w(F_j, r_ij) = D.
// Sweeps settle at 1e-8 m for the change of one needle; the rest is that times the sum of couplings, 1e-7 m.
TEST(ArrayLayouts, AThousandNeedlesAreInBalance) {
    const Skin skin = test::reference_layers();
    const Needle needle{.length = 0.7e-3, .shaft_radius = 75 * um, .taper_length = 0.5e-3};
    const InsertionCurve curve(skin, needle);
    Stamp stamp = shaken({.rows = 32, .columns = 32, .pitch = 1e-3}, 0.2 * mm, 11);
    stamp.needle = needle;
    const RowMatrix& at = stamp.positions;
    const double cut_off = 8e-3;
    insertion::NeedleArray array(stamp, curve, modulus, cut_off);
    EXPECT_EQ(array.group_count(), 1024);
    const auto state = array.at_travel(0.6e-3);
    double worst = 0.0, most = 0.0, least = 1.0;
    for (Eigen::Index i = 0; i < 1024; ++i) {
        double sum = state.local[array.group_of(i)];
        for (Eigen::Index j = 0; j < 1024; ++j) {
            const double r = (at.row(i) - at.row(j)).norm();
            if (j != i && r <= cut_off) sum += array.field(state.force[array.group_of(j)], r);
        }
        if (state.local[array.group_of(i)] > 0.0) worst = std::max(worst, std::abs(sum - state.travel));
        most = std::max(most, state.force[array.group_of(i)]);
        least = std::min(least, state.force[array.group_of(i)]);
    }
    EXPECT_LE(worst, bound(1e-7));
    EXPECT_GT(most, least);
}

// INS-V205. A thousand needles in every layout under a total force: the plate gives it all to the needles (1e-6), and
// every needle meets its own equation, the sum over all others taken anew (1e-7 m; the equations are solved to 1e-9 m).
TEST(ArrayLayouts, EveryLayoutOfAThousandNeedlesIsInBalance) {
    const Skin skin = test::reference_layers();
    const Needle needle{.length = 0.7e-3, .shaft_radius = 75 * um, .taper_length = 0.5e-3};
    const InsertionCurve curve(skin, needle);
    const double cut_off = 1e-2, force = 4.0;
    const Stamp square{.needle = needle, .rows = 32, .columns = 32, .pitch = 1e-3};
    Stamp hexagonal = square, rings = square, loose = shaken(square, 0.2 * mm, 11);
    hexagonal.layout = StampLayout::hexagonal;
    rings.layout = StampLayout::rings;
    rings.rows = 18, rings.columns = 1;
    loose.needle = needle;
    for (const Stamp& stamp : {square, hexagonal, rings, loose}) {
        insertion::NeedleArray array(stamp, curve, modulus, cut_off);
        const auto state = array.at_force(force);
        EXPECT_NEAR(state.total, force, bound(1e-5) * force);
        const RowMatrix at = needle_positions(stamp);
        double worst = 0.0;
        for (Eigen::Index i = 0; i < at.rows(); i += 7) {
            double sum = state.local[array.group_of(i)];
            if (!(sum > 0.0)) continue;
            for (Eigen::Index j = 0; j < at.rows(); ++j) {
                const double r = (at.row(i) - at.row(j)).norm();
                if (j != i && r <= cut_off * (1.0 + 1e-9)) sum += array.field(state.force[array.group_of(j)], r);
            }
            worst = std::max(worst, std::abs(sum - state.travel));
        }
        EXPECT_LE(worst, bound(1e-7));
    }
}

// INS-V206. Where a dense plate snaps - a needle in to its base pushes its neighbours off its back - a balance is still
// found: persons of the shipped designs for whom sweeps hopped to and fro without end, and those for whom Newton's
// method alone stops. All come out with a depth.
TEST(ArrayLayouts, PlatesThatSnapFindTheirBalance) {
    const DesignSet designs = load_designs("twelve_needles");
    for (std::size_t d = 0; d < designs.designs.size(); ++d) {
        const bool wide = designs.designs[d].name == "stamp_2_mm_pitch";
        if (!wide && designs.designs[d].name != "stamp_1_mm_pitch") continue;
        const std::vector<int> persons =
            wide ? std::vector<int>{70, 79, 217, 267, 465} : std::vector<int>{34, 40, 68, 359, 507, 650};
        for (const int person : persons) {
            const auto r = bench_design(designs, d, person, 1, {}, {});
            EXPECT_EQ(r.status[0], 0) << designs.designs[d].name << " " << person << ": " << r.message[0];
            EXPECT_GT(r.depth_mean[0], 50 * um);
        }
    }
}

// INS-P53. Edge needles carry more: on every layout with a middle, the needle with the most force stands among the
// outermost, the one with the least well within (not always in the middle: a dense plate loads its rim so much that the
// row behind it is spared). Under a total force the plate gives it all to the needles, to the settling.
TEST(ArrayLayouts, EdgesCarryMore) {
    Skin skin = test::slab();
    skin.mechanics.smooth_entry_diameter = 1e-3;  // chi = 1: no jump, or a needle that has opened the skin carries less
    skin.mechanics.blunt_entry_diameter = 1e-2;
    const InsertionCurve curve(skin, Needle{});
    for (const Stamp& stamp : {Stamp{.rows = 7, .columns = 7, .pitch = 1e-3},
                               Stamp{.rows = 7, .columns = 7, .pitch = 1e-3, .layout = StampLayout::hexagonal},
                               Stamp{.rows = 4, .columns = 1, .pitch = 1e-3, .layout = StampLayout::rings}}) {
        insertion::NeedleArray array(stamp, curve, modulus, 1e-2);
        const auto state = array.at_force(2.0);
        EXPECT_NEAR(state.total, 2.0, bound(1e-4));
        const RowMatrix at = needle_positions(stamp);
        const Eigen::RowVectorXd centre = at.colwise().mean();
        const auto distance = [&](Eigen::Index k) { return (at.row(k) - centre).norm(); };
        Eigen::Index weakest = 0, strongest = 0;
        double furthest = 0.0;
        for (Eigen::Index i = 0; i < at.rows(); ++i) {
            const auto force = [&](Eigen::Index k) { return state.force[array.group_of(k)]; };
            if (force(i) < force(weakest)) weakest = i;
            if (force(i) > force(strongest)) strongest = i;
            furthest = std::max(furthest, distance(i));
        }
        EXPECT_LT(distance(weakest), 0.75 * furthest);
        EXPECT_GT(distance(strongest), 0.99 * furthest);
    }
}

// INS-P54. Layout at equal density: a hexagon has no closer neighbours than 7 % above a square's, so 49 needles of both
// sink alike: total force at the same travel within 2 %. Wider pitch never takes less force per travel, and the work on
// the way in is the integral of the force (trapezoid on a loading path of 31 um steps; a break inside a step costs up
// to half a step of its drop: 5e-3).
TEST(ArrayLayouts, DensityDecidesAndWorkAddsUp) {
    const Skin skin = test::slab();
    const InsertionCurve curve(skin, Needle{});
    const double p = 1.2e-3;
    insertion::NeedleArray square({.rows = 7, .columns = 7, .pitch = p}, curve, modulus, 1.0);
    insertion::NeedleArray hexagon(
        {.rows = 7, .columns = 7, .pitch = p * std::sqrt(2.0 / std::sqrt(3.0)), .layout = StampLayout::hexagonal},
        curve, modulus, 1.0);
    EXPECT_NEAR(hexagon.at_travel(1e-3).total, square.at_travel(1e-3).total,
                bound(0.02) * square.at_travel(1e-3).total);
    double before = 0.0;
    for (const double pitch : {0.6e-3, 1e-3, 2e-3, 5e-3}) {
        insertion::NeedleArray array({.rows = 5, .columns = 5, .pitch = pitch}, curve, modulus, 1.0);
        const double total = array.at_travel(1e-3).total;
        EXPECT_GE(total, before);
        before = total;
    }
    double work = 0.0;
    const int n = 2000;
    for (int i = 0; i < n; ++i) work += 0.8e-3 / n * square.at_travel(0.8e-3 * (i + 0.5) / n).total;
    EXPECT_NEAR(square.at_energy(work).travel, 0.8e-3, bound(5e-3) * 0.8e-3);
}

// INS-V125. Infinite square array at equal deflection against the finite-strain cell of mechanics_reference.md 4 (0.3
// mm pitch: 7.5 % of a lone needle's 11.08 mN at 0.3 mm, 1.0 mm pitch: 52 %). All needles carry F: own deflection and
// the lattice sum of w(F, r) out to twice the fat make 0.3 mm. A known miss: the field of a half-space gives 0.66 %
// and 6.3 %, because it neither turns negative far away nor knows the stiff base (the field of the layers does:
// INS-V65). The figures of the model are asserted (0.1 %, an independent sum of the same formula), and that it stays on
// the soft side of the reference.
TEST(ArrayLayouts, InfiniteArrayAgainstTheFiniteStrainCell) {
    const test::Csv table("mechanics_reference/mechanics_array_cell.csv");
    const double lone = 11.08e-3, u = 0.3e-3;
    Skin skin = test::reference_layers();
    skin.mechanics.effective_modulus = lone / (skin.mechanics.indentation_factor * u * u);
    skin.mechanics.rate_exponent = 0.0;
    const InsertionCurve curve(skin, Needle{}, 1e-3, {.tip_model = TipModel::none});
    insertion::NeedleArray pair({.rows = 1, .columns = 2}, curve, modulus, 1.0);
    EXPECT_NEAR(curve.force_at_travel(u), lone, bound(1e-9));
    const double known[][2] = {{0.3e-3, 0.00660239}, {1.0e-3, 0.0625068}};
    for (const auto& row : known) {
        const double pitch = row[0], share = row[1];
        const double cut_off = 2.0 * 5e-3;  // twice the fat of that skin
        const auto deflection = [&](double F) {
            double sum = curve.deflection_at_force(F);
            const int reach = static_cast<int>(cut_off / pitch);
            for (int i = -reach; i <= reach; ++i) {
                for (int j = -reach; j <= reach; ++j) {
                    const double r = pitch * std::hypot(i, j);
                    if (r > 0.0 && r <= cut_off) sum += pair.field(F, r);
                }
            }
            return sum;
        };
        double low = 0.0, high = lone;
        for (int i = 0; i < 60; ++i) (deflection(0.5 * (low + high)) < u ? low : high) = 0.5 * (low + high);
        double reference = 0.0;
        for (std::size_t k = 0; k < table.size(); ++k) {
            if (std::abs(table.number(k, "pitch_mm") * mm - pitch) < 1e-9 &&
                std::abs(table.number(k, "deflection_mm") * mm - u) < 1e-9)
                reference = table.number(k, "force_per_needle_mN") * 1e-3 / lone;
        }
        EXPECT_NEAR(low / lone, share, bound(1e-3) * share) << pitch;
        EXPECT_GT(reference, low / lone) << pitch;
    }
}

}  // namespace
