// What one contact returns: energy of all slices, slit by depth, direction and gape (tearing.md 3.8, 3.11).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "skin/core/random.hpp"
#include "skin/tearing.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "tearing/contact_tear.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/play.hpp"

namespace skin::tearing {
namespace {

using std::numbers::pi;
using test::bound;

constexpr double mm = 1e-3;

Roller roller_of(double length, double radius = 1.25e-4) {
    Roller roller;
    roller.needle = {
        .length = length, .shaft_radius = radius, .tip_radius = 4e-6, .taper_length = std::min(length, 1.0 * mm)};
    return roller;
}

/// Layers that differ, so that stiffness and cutting load change from slice to slice.
Skin layers() {
    Skin skin = test::reference_layers();
    for (auto& layer : skin.layers) {
        const bool epidermis = layer.name == "stratum_corneum" || layer.name == "viable_epidermis";
        layer.youngs_modulus = epidermis ? 1.5e6 : 1e5;
        layer.toughness_intercept = epidermis ? 10.0 : 200.0;
    }
    return skin;
}

/// Work, stored and cutting energy of a contact with the explicit step in very small steps: force times way by the
/// trapezoid, the front pulled straight. Knows nothing of tractrices, early outs or turning points.
struct Energies {
    double work = 0.0, stored = 0.0, dissipated = 0.0;
};
Energies by_small_steps(const Contact& c, const Resistance& resistance, double heading, int n_slices) {
    constexpr int n = 40000;
    Energies sum;
    const double d = c.tip_depth(), dz = d / n_slices;
    for (int j = 0; j < n_slices; ++j) {
        const double z = (j + 0.5) * dz, entry = entry_angle(c, z), exit = exit_angle(c, z);
        const Point net = axis_at(c, exit, z) - axis_at(c, -entry, z);
        const CriticalOffset law = resistance.at(z, {d, heading, 1.0, std::atan2(net.y, net.x)});
        Play play(axis_at(c, -entry, z), law.offset);
        Point force{};
        for (int i = 1; i <= n; ++i) {
            const Point before = play.needle();
            play.jump_to(axis_at(c, -entry + (entry + exit) * i / n, z));
            const Point step = play.needle() - before, offset = play.needle() - play.front();
            const Point now{law.stiffness * offset.x, law.stiffness * offset.y};
            sum.work += 0.5 * ((force.x + now.x) * step.x + (force.y + now.y) * step.y) * dz;
            force = now;
        }
        const double r = length(play.needle() - play.front());
        sum.stored += 0.5 * law.stiffness * r * r * dz;
        sum.dissipated += law.load * play.path() * dz;
    }
    return sum;
}

// TEA-V39 energy of a contact over slices whose stiffness and cutting load differ, strain-limited ones among them
// (q_eff = k_w delta_c): work = stored + dissipated, and each of the three against small explicit steps. Tolerance:
// 1e-3 of the work at 64 steps (V10's), a quarter of it at 128 (second order); small steps are first order: 2e-3 of the
// work.
TEST(TearingContact, EnergyIsStoredOrSpentInEverySlice) {
    const Skin skin = layers();
    const double d = 0.9 * mm;
    for (const auto held_by : {LateralStiffness::held_rim, LateralStiffness::embedded}) {
        for (const double tan_alpha : {0.0, 0.1, -0.3}) {
            for (const double curvature : {0.0, 8.0}) {
                const TearingSettings settings{.lateral_stiffness = held_by};
                const Roller roller = roller_of(1.5 * mm);
                const Resistance resistance(skin, roller, settings);
                Contact c;
                c.h = axle_height(roller, d);
                c.rho = c.h + d;
                c.R_e = slipping_radius(free_rolling_radius(c.h, d), 0.12);
                c.tan_alpha = tan_alpha;
                c.curvature = curvature;
                c.y_0 = 3.0 * mm;
                c.dimple = 0.05 * mm;
                c.tent = 0.1 * mm;
                std::vector<Point> points;
                const auto at = [&](int n_steps) {
                    TearingSettings finer = settings;
                    finer.n_steps = n_steps;
                    return tear_contact(Motion::rolled(d, c), resistance, 0.4, finer, points);
                };
                SCOPED_TRACE(testing::Message() << tan_alpha << " " << curvature);
                const ContactTear coarse = at(64), fine = at(128);
                ASSERT_GT(coarse.dissipated, 0.05 * coarse.work);
                const auto gap = [](const ContactTear& t) {
                    return std::abs(t.work - t.stored - t.dissipated) / t.work;
                };
                EXPECT_LT(gap(coarse), bound(1e-3));
                EXPECT_LT(gap(fine), bound(0.25e-3));
                const Energies small = by_small_steps(c, resistance, 0.4, settings.n_slices);
                EXPECT_NEAR(fine.work, small.work, bound(2e-3 * small.work));
                EXPECT_NEAR(fine.stored, small.stored, bound(2e-3 * small.work));
                EXPECT_NEAR(fine.dissipated, small.dissipated, bound(2e-3 * small.work));
            }
        }
    }
}

// TEA-V39 a contact that cuts nothing stores what it does, and dissipates nothing; without a model nothing is cut.
TEST(TearingContact, WithoutACutAllWorkIsStored) {
    const Skin skin = layers();
    const Roller roller = roller_of(1.0 * mm);
    const Resistance resistance(skin, roller, {});
    std::vector<Point> points;
    const double d = 0.5 * mm;
    const Motion rolling = rolling_motion(roller, Rolling{}, d, {});
    for (const auto model : {TearModel::play, TearModel::none}) {
        const ContactTear t = tear_contact(rolling, resistance, 0.0, {.tear_model = model}, points);
        EXPECT_EQ(t.dissipated, 0.0);
        EXPECT_GT(t.work, 0.0);
        EXPECT_EQ(t.work, t.stored);
        EXPECT_EQ(*std::max_element(t.slit_profile.begin(), t.slit_profile.end()), 0.0);
    }
    EXPECT_EQ(tear_contact(Motion::none(d), resistance, 0.0, {}, points).work, 0.0);
}

// TEA-V42 direction of a slit: that of the drag for a straight one, within (-pi/2, pi/2]; side-slip to the other side
// mirrors it. A furrow runs along slip and side-slip. Tolerance: round-off for straight ways; for a rolling needle with
// side-slip the slit lies between the roll and the way from entry to exit.
TEST(TearingContact, SlitsLieAlongTheDrag) {
    const Skin skin = layers();
    const Roller roller = roller_of(1.5 * mm);
    const Resistance resistance(skin, roller, {});
    std::vector<Point> points;
    const double d = 0.9 * mm;
    for (const double angle : {0.0, 0.4, -1.2, 0.5 * pi, 2.5, -3.0}) {
        const Motion furrow = Motion::ploughed(d, Point{5.0 * mm * std::cos(angle), 5.0 * mm * std::sin(angle)});
        const ContactTear t = tear_contact(furrow, resistance, 0.3, {}, points);
        EXPECT_NEAR(std::remainder(t.slit_direction - angle, pi), 0.0, 1e-12) << angle;
        EXPECT_LE(t.slit_direction, 0.5 * pi);
        EXPECT_GT(t.slit_direction, -0.5 * pi - 1e-12);
        EXPECT_EQ(t.slit_depth, d);
        EXPECT_NEAR(t.slit_path, 5.0 * mm - t.critical_offset, test::round_off(5.0 * mm));
    }
    const auto steered = [&](double side_slip) {
        const Motion m = rolling_motion(roller, Rolling{}, d, {.slip = 0.02, .side_slip = side_slip});
        return tear_contact(m, resistance, 0.0, {}, points);
    };
    const ContactTear left = steered(0.15), right = steered(-0.15);
    EXPECT_NEAR(left.slit_direction, -right.slit_direction, bound(1e-12));
    EXPECT_NEAR(left.slit_length, right.slit_length, test::round_off(mm));
    EXPECT_GT(left.slit_direction, 0.5);  // sideways 1.4 mm, along 0.3 mm
    EXPECT_LT(left.slit_direction, 0.5 * pi);
    EXPECT_EQ(steered(0.0).slit_direction, 0.0);
    // locked drum that is pushed askew: stroke x slip along, stroke x tan(alpha) across
    const Motion locked = rolling_motion(roller, Rolling{}, d, {.slip = 1.0, .side_slip = 0.3});
    EXPECT_NEAR(tear_contact(locked, resistance, 0.0, {}, points).slit_direction, 0.3, test::round_off(1.0));
}

// TEA-V42 gape at rest: what tension opens, 2 sigma l/E', until the needle's width; the slit by depth is the initial
// slit plus the extent there, at most the mouth's way, and ends at slit_depth. Exact; one slice.
TEST(TearingContact, GapeAndProfileFollowTheSlit) {
    const Skin skin = layers();
    const Roller roller = roller_of(1.5 * mm);
    const Resistance resistance(skin, roller, {});
    const double sigma = skin.tear_resistance.natural_tension / (1.42 * mm), modulus = 1e5 / 0.75, d = 0.9 * mm;
    const double l = 0.3 * mm;
    EXPECT_NEAR(resistance.gape(l, d), 2.0 * sigma * l / modulus, test::round_off(l));
    EXPECT_NEAR(resistance.gape(50.0 * mm, d), 2.0 * radius_at(roller.needle, d), test::round_off(l));
    EXPECT_EQ(resistance.gape(0.0, d), 0.0);
    std::vector<Point> points;
    const TearingSettings settings{.n_slices = 24};
    const Motion m = rolling_motion(roller, Rolling{}, d, {.side_slip = 0.12});
    const ContactTear t = tear_contact(m, resistance, 0.2, settings, points);
    ASSERT_EQ(t.slit_profile.size(), 24U);
    ASSERT_GT(t.slit_length, 0.0);
    EXPECT_EQ(t.slit_gape, resistance.gape(t.slit_length, d));
    const double dz = d / 24.0;
    for (int j = 0; j < 24; ++j) {
        const double z = (j + 0.5) * dz, here = t.slit_profile[static_cast<std::size_t>(j)];
        EXPECT_EQ(here > 0.0, z < t.slit_depth) << j;
        if (here == 0.0) continue;
        EXPECT_GT(here, resistance.initial_slit(d - z));
        std::vector<Point> way;
        m.path(z, settings.n_steps, way);
        const Point net = m.net_way(z);
        const Slit alone = slit_along(way, resistance.at(z, {d, 0.2, 1.0, std::atan2(net.y, net.x)}).offset);
        EXPECT_NEAR(here, resistance.initial_slit(d - z) + alone.extent, test::round_off(mm));
    }
}

// TEA-V47 a hook on its way out (3.7): a cylinder under an even load that cuts nothing (0.8 of the offset) gives way at
// every section from a tenth of the depth behind its tip on; k tenths behind it at 0.2/k^2 of the load, since the
// moment grows with the square. A hinge turns by the rest of the way, (1 - 0.2/k^2) x 0.8 of the offset; sliding along
// its axis the hook cuts what passes the eased offset, at every depth the farthest of those whose hinge lies deeper. A
// needle that bears the load, or no model, cuts nothing. Round-off.
TEST(TearingContact, AHookedTipTearsOnItsWayOut) {
    Skin skin = test::slab();
    skin.tear_resistance.lateral_stiffness = 2e7;  // an offset of some 30 um: a hook of 0.1 mm can pass it
    skin.tear_resistance.failure_strain = 5.0;
    skin.tear_resistance.natural_tension = 0.0;
    const double d = 1.0 * mm, dz = 0.1 * mm, D = 0.1 * mm, heading = 0.3;
    Roller roller = roller_of(1.5 * mm, 0.5 * D);
    roller.needle.tip_radius = 0.5 * D;
    roller.needle.taper_length = 1e-5;
    const TearingSettings settings{.n_slices = 10};
    const Resistance stiff(skin, roller, settings);
    const CriticalOffset law = stiff.at(0.5 * d, {d, heading, 1.0});
    const CriticalOffset eased = stiff.at(0.5 * d, {d, heading, stiff.slice_push_floor()});
    ASSERT_NEAR(eased.offset, 0.5 * law.offset, test::round_off(mm));
    const double drag = 0.8 * law.offset, moment = 0.5 * law.stiffness * drag * dz * dz;
    std::vector<Point> points;
    const auto contact = [&](double borne, TearModel model) {
        skin.tear_resistance.needle_yield_stress = borne * moment / (pi * D * D * D / 32.0);
        const Resistance resistance(skin, roller, settings);
        TearingSettings chosen = settings;
        chosen.tear_model = model;
        return tear_contact(Motion::ploughed(d, Point{0.0, drag}), resistance, heading - 0.5 * pi, chosen, points);
    };
    const ContactTear hooked = contact(0.2, TearModel::play);
    ASSERT_TRUE(hooked.hooked);
    ASSERT_NEAR(hooked.hook_length, dz, test::round_off(mm));
    const auto cut = [&](int k) { return (1.0 - 0.2 / (k * k)) * drag - eased.offset; };
    ASSERT_GT(cut(1), 0.0);
    ASSERT_LT(drag, dz);  // no hook lies flat
    EXPECT_NEAR(hooked.slit_length, stiff.initial_slit(d) + cut(9), test::round_off(mm));
    EXPECT_NEAR(hooked.slit_path, cut(9), test::round_off(mm));
    EXPECT_NEAR(hooked.slit_depth, d - dz, test::round_off(mm));
    EXPECT_NEAR(hooked.slit_direction, 0.5 * pi, test::round_off(1.0));
    EXPECT_FALSE(hooked.hidden);
    double sum = 0.0;
    for (int j = 0; j < 9; ++j) {
        const double l = stiff.initial_slit(d - (j + 0.5) * dz) + cut(9 - j);
        EXPECT_NEAR(hooked.slit_profile[static_cast<std::size_t>(j)], l, test::round_off(mm)) << j;
        sum += cut(9 - j);
    }
    EXPECT_EQ(hooked.slit_profile[9], 0.0);
    EXPECT_NEAR(hooked.dissipated, eased.load * sum * dz, test::round_off(hooked.work));
    EXPECT_NEAR(hooked.work, hooked.stored + hooked.dissipated, test::round_off(hooked.work));
    EXPECT_EQ(contact(200.0, TearModel::play).slit_length, 0.0);
    EXPECT_EQ(contact(0.2, TearModel::none).slit_length, 0.0);
}

// TEA-V45 the largest distance of two points, found from the outside in, is that of all pairs. Exact up to round-off,
// 200 random clouds, curves and lines.
TEST(TearingContact, ExtentIsThatOfAllPairs) {
    RandomStream stream(5, 0, StreamId::tearing);
    for (int trial = 0; trial < 200; ++trial) {
        std::vector<Point> points(static_cast<std::size_t>(1 + trial % 70));
        for (std::size_t i = 0; i < points.size(); ++i) {
            const double t = 6.0 * static_cast<double>(i) / 70.0;
            if (trial % 3 == 0) points[i] = {stream.normal(), 0.3 * stream.normal()};
            if (trial % 3 == 1) points[i] = {std::cos(t), 0.8 * std::sin(t)};
            if (trial % 3 == 2) points[i] = {t * (trial % 5 - 2.0), 0.1 * t * t};
        }
        double widest = 0.0;
        for (const Point& a : points) {
            for (const Point& b : points) widest = std::max(widest, length(a - b));
        }
        std::vector<Point> scratch = points;
        EXPECT_NEAR(extent_of(scratch), widest, test::round_off(widest)) << trial;
    }
    EXPECT_EQ(extent_of({}), 0.0);
}

}  // namespace
}  // namespace skin::tearing
