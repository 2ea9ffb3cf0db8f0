// Kinematics with a dimple and a tent, the torque balance over real layers, and a drum that is pressed in (tearing.md
// 3.4, 3.6), each against a rigid drum that is turned step by step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "skin/tearing.hpp"
#include "support/csv.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/motion.hpp"

namespace skin::tearing {
namespace {

using std::numbers::pi;
using test::bound;
using test::Csv;

constexpr double mm = 1e-3;

Contact contact_of(double R, double L, double d, double R_e = 0.0) {
    Contact c;
    c.h = R - d;
    c.rho = R + L;
    c.R_e = R_e;
    return c;
}

/// Stiffness by depth of a stiff sheet on a soft bed, in one place so that both sides of a comparison use the same.
double layered(double z) { return z < 0.1 * mm ? 1.5e6 : z < 0.4 * mm ? 4e4 : 2e5; }

// TEA-V31 a dimple of the skin before puncture and a tent before the needle leaves: the mouth of a rigid drum turned in
// steps of 2e-6 rad, taken from when the tip first is `dimple` below the plane until it is `tent` above it. Tolerance
// 1e-4 mm as for TEA-V2: the ends are found to one step, in which the mouth moves less than 1e-6 mm.
TEST(TearingSoftSkin, TurningARigidDrumGivesTheSameMouthWithDimpleAndTent) {
    for (const double L : {0.5 * mm, 1.5 * mm}) {
        for (const auto& [dimple, tent] : {std::pair{0.0, 0.0}, {0.1, 0.0}, {0.0, 0.15}, {0.2, 0.3}}) {
            const double R = 10.0 * mm, dphi = 2e-6;
            for (const double R_e : {10.0 * mm, 10.6 * mm, 12.5 * mm}) {
                double first = 0.0, last = 0.0, lowest = 0.0, highest = 0.0, from = 0.0, to = 0.0;
                bool inside = false;
                for (double phi = -1.0; phi < 1.0; phi += dphi) {
                    const double root_x = R_e * phi - R * std::sin(phi), root_z = R * std::cos(phi) - R;
                    const double tip_x = R_e * phi - (R + L) * std::sin(phi), tip_z = (R + L) * std::cos(phi) - R;
                    if (!inside && tip_z < dimple * mm) continue;
                    if (inside && tip_z < -tent * mm) break;
                    const double x = root_x - (tip_x - root_x) * root_z / (tip_z - root_z);  // the line at depth 0
                    if (!inside) {
                        first = lowest = highest = x;
                        from = phi;
                    }
                    inside = true;
                    last = x;
                    to = phi;
                    lowest = std::min(lowest, x);
                    highest = std::max(highest, x);
                }
                Contact c = contact_of(R, L, 0.0, R_e);
                c.dimple = dimple * mm;
                c.tent = tent * mm;
                const Excursion e = excursion(c, 0.0);
                SCOPED_TRACE(testing::Message() << L << " " << dimple << " " << tent << " " << R_e);
                EXPECT_NEAR(e.net, last - first, bound(1e-4 * mm));
                EXPECT_NEAR(e.range(), highest - lowest, bound(1e-4 * mm));
                EXPECT_NEAR(e.forward, highest - first, bound(1e-4 * mm));
                EXPECT_NEAR(demand(c, 0.0), std::max(highest - first, first - lowest), bound(1e-4 * mm));
                EXPECT_NEAR(travel(c), R_e * (to - from), bound(1e-4 * mm));
                EXPECT_NEAR(net_way(c, 0.0).x, e.net, test::round_off(L));
            }
        }
    }
}

// TEA-V31 the same path point by point: side-slip and yaw, whose points come from different recurrences. Tolerance:
// round-off of 64 steps, a unit in the last place of the axle's way each.
TEST(TearingSoftSkin, PointsOfThePathLieWhereTheAxisIs) {
    for (const double curvature : {0.0, 5.0}) {
        Contact c = contact_of(10.0 * mm, 1.0 * mm, 0.0, 10.7 * mm);
        c.tan_alpha = 0.05;
        c.curvature = curvature;
        c.dimple = 0.1 * mm;
        c.tent = 0.2 * mm;
        std::vector<Point> points;
        axis_path(c, 0.05 * mm, 64, points);
        const double entry = entry_angle(c, 0.05 * mm), exit = exit_angle(c, 0.05 * mm);
        ASSERT_EQ(points.size(), 67U);  // 64 steps and two turning points
        std::size_t found = 0;
        for (int i = 0; i <= 64; ++i) {
            const Point wanted = axis_at(c, -entry + (entry + exit) * i / 64.0, 0.05 * mm);
            for (const Point& p : points) found += length(p - wanted) < test::round_off(10.0 * mm) ? 1 : 0;
        }
        EXPECT_EQ(found, 65U);
        EXPECT_NEAR(length(net_way(c, 0.05 * mm) - (points.back() - points.front())), 0.0, test::round_off(10.0 * mm));
    }
}

// TEA-V32 equal stiffness at every depth is the closed form, 24 drums and depths, riding high and pressed in too.
// Tolerance 1e-9 relative: the Gauss rule, and the digits of the table.
TEST(TearingSoftSkin, UniformStiffnessIsTheClosedForm) {
    const Csv csv("tearing_verification/tearing_free_rolling.csv");
    ASSERT_GT(csv.size(), 20U);
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double R = csv.number(i, "R_mm") * mm, L = csv.number(i, "L_mm") * mm, d = csv.number(i, "d_mm") * mm;
        const Contact c = contact_of(R, L, d);
        const double radius = torque_balance(c, [](double) { return 3e5; }).radius();
        EXPECT_NEAR(radius, csv.number(i, "R_e_free_mm") * mm, bound(1e-9 * R));
        EXPECT_NEAR(radius, free_rolling_radius(c.h, c.tip_depth()), bound(1e-9 * R));
        const std::vector<double> cuts{0.2 * c.tip_depth(), 0.7 * c.tip_depth()};
        EXPECT_NEAR(torque_balance(
                        c, [](double) { return 3e5; }, cuts)
                        .radius(),
                    radius, bound(1e-12 * R));
    }
    // a skin that only its surface holds: every lever is h, no pair of depths is left to balance: the mouth's own
    // balance sum of (x - x_entry) dphi = 0, i.e. R_e phi_e = h tan phi_e
    const Contact c = contact_of(10.0 * mm, 1.0 * mm, 0.0);
    const double thin = 1e-6 * mm, phi = half_angle(c, 0.0);
    const std::vector<double> cut{thin};
    const double radius = torque_balance(
                              c, [&](double z) { return z < thin ? 1.0 : 0.0; }, cut)
                              .radius();
    EXPECT_NEAR(radius, c.h * std::tan(phi) / phi, bound(1e-5 * mm));  // the band's own thickness
}

/// Mean torque on the axle of one needle [N m], by turning a rigid drum: springs in slices of depth are fixed to the
/// needle's line where its tip has first passed that depth, and let go where it leaves.
double torque_by_turning(const Contact& c, double (*k_w)(double)) {
    constexpr int n_slices = 600;  // borders of layered() fall between slices
    const double dphi = 1e-4, dz = c.tip_depth() / n_slices;
    double sum = 0.0;
    std::vector<double> start(n_slices, 0.0);
    std::vector<int> state(n_slices, 0);  // not yet, in, out
    bool punctured = false;
    for (double phi = -0.9; phi < 0.9; phi += dphi) {
        const double tip = c.rho * std::cos(phi) - c.h;
        const double tangent = std::tan(phi);
        punctured = punctured || tip >= c.dimple;
        if (!punctured) continue;
        for (int j = 0; j < n_slices; ++j) {
            const auto i = static_cast<std::size_t>(j);
            const double z = (j + 0.5) * dz;
            const double x = c.R_e * phi - (c.h + z) * tangent;
            if (state[i] == 0 && tip >= z) {
                state[i] = 1;
                start[i] = x;
            } else if (state[i] == 1 && phi > 0.0 && tip < z - c.tent) {
                state[i] = 2;
            }
            if (state[i] == 1) sum += k_w(z) * (x - start[i]) * (c.h + z) * dz * dphi;
        }
    }
    return sum / (2.0 * pi);
}

// TEA-V33 torque over layers, dimple and tent: balance() against a drum turned step by step. Tolerance 1 % of the
// torque of rolling on the drum's surface: 600 slices, steps of 1e-4 rad at the ends.
TEST(TearingSoftSkin, TurningARigidDrumFeelsTheSameTorque) {
    for (const double L : {0.6 * mm, 1.5 * mm}) {
        for (const auto& [dimple, tent] : {std::pair{0.0, 0.0}, {0.15, 0.0}, {0.0, 0.2}, {0.1, 0.1}}) {
            Contact c = contact_of(10.0 * mm, L, 0.0, 10.0 * mm);
            c.dimple = dimple * mm;
            c.tent = tent * mm;
            const std::vector<double> breaks{0.1 * mm, 0.4 * mm};
            const TorqueBalance balance = torque_balance(c, layered, breaks);
            const double scale = std::abs(balance.roll * c.R_e - balance.drag) / (2.0 * pi);
            SCOPED_TRACE(testing::Message() << L << " " << dimple << " " << tent);
            EXPECT_NEAR(torque_by_turning(c, layered), (balance.roll * c.R_e - balance.drag) / (2.0 * pi),
                        bound(0.01 * scale));
            c.R_e = balance.radius();
            EXPECT_NEAR(torque_by_turning(c, layered), 0.0, bound(0.01 * scale));
        }
    }
}

// TEA-V34 axle friction of 0.9 N mm on k_w = 0.2 N/mm^2 shifts the slip by 0.03 / 0.007 / 0.003 for L = 0.5/1/1.5 mm
// (3.4); and the shift is M_a/(k_w (N/pi) rho^2 B). Tolerance: half of the last printed digit; round-off.
TEST(TearingSoftSkin, AxleFrictionAddsSlip) {
    const double k_w = 2e5, torque = 9e-4, n = 192.0;
    for (const auto& [L, slip, digit] : {std::tuple{0.5, 0.03, 0.01}, {1.0, 0.007, 0.001}, {1.5, 0.003, 0.001}}) {
        const Contact c = contact_of(10.0 * mm, L * mm, 0.0);
        const TorqueBalance balance = torque_balance(c, [&](double) { return k_w; });
        const double shift = balance.axle_slip(n, torque);
        EXPECT_NEAR(shift, slip, bound(0.5 * digit)) << L;
        const double free = free_rolling_radius(c.h, c.tip_depth());
        const Brush at_free = brush(n, c.h, c.tip_depth(), free), off = brush(n, c.h, c.tip_depth(), free + 1.0 * mm);
        const double braked = free + torque / (k_w * (off.torque - at_free.torque) / (1.0 * mm));  // dM/dR_e
        EXPECT_NEAR(slipping_radius(balance.radius(), shift), braked, bound(1e-9 * free));
        EXPECT_EQ(balance.axle_slip(n, 0.0), 0.0);
        EXPECT_GT(balance.axle_slip(n, 1e6), 0.999);
        EXPECT_LE(balance.axle_slip(n, 1e6), 1.0);
    }
}

// TEA-V35 a drum that rides high (L = 1, gap 0.3 mm): R_e 10.845 exact, 10.844 by the rule. Tolerance: printed digits.
// A drum that is pressed in carries the skin over half of a chord, about sqrt(2 R d); inside, a needle stands upright
// in it with its whole length.
TEST(TearingSoftSkin, DrumsRideHighOrArePressedIn) {
    const Contact high = contact_of(10.0 * mm, 1.0 * mm, -0.3 * mm);
    EXPECT_NEAR(free_rolling_radius(high.h, high.tip_depth()), 10.845 * mm, bound(0.5e-3 * mm));
    EXPECT_NEAR(high.h + 7.0 / 9.0 * high.tip_depth(), 10.844 * mm, bound(0.5e-3 * mm));
    EXPECT_EQ(conforming_half_width(high, 10.0 * mm), 0.0);
    EXPECT_NEAR(local_pose(high, 10.0 * mm, 0.0).insertion, 0.7 * mm, test::round_off(mm));
    const double R = 10.0 * mm, L = 1.0 * mm, d = 0.25 * mm;
    const Contact low = contact_of(R, L, d);
    const double a = conforming_half_width(low, R);
    EXPECT_NEAR(a, std::sqrt(2.0 * R * d), bound(0.01 * a));  // next term d/(4 R) of the root
    const double edge = std::asin(a / R);
    for (const double phi : {0.0, 0.5 * edge, 0.999 * edge}) {
        EXPECT_NEAR(local_pose(low, R, phi).insertion, L, test::round_off(L));
        EXPECT_EQ(local_pose(low, R, phi).tilt, 0.0);
        EXPECT_EQ(local_pose(low, R, -phi).tilt, 0.0);
    }
    EXPECT_NEAR(local_pose(low, R, 1.0001 * edge).insertion, L, bound(0.01 * L));  // no jump of the depth at its edge
    EXPECT_NEAR(local_pose(low, R, half_angle(low, 0.0)).insertion, 0.0, test::round_off(R));
    EXPECT_GT(local_pose(low, R, 1.0001 * edge).tilt, edge);
}

// TEA-V35 the radius that tear() reports is the balance over the layers of that skin; uniform_brush is the closed form.
// Depth z alone would roll on h + 2/3 z_max + z/3 (leading order), so a needle that is thinner, and so softer, at depth
// rolls on less than the uniform brush and on more than the mouth alone.
TEST(TearingSoftSkin, TheDrumRollsOnTheBalanceOfItsSkin) {
    Roller roller;
    roller.needle = {.length = 1.5 * mm, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1.0 * mm};
    const Skin skin = test::reference_layers();
    const double d = 0.9 * mm, h = axle_height(roller, d), closed = free_rolling_radius(h, d);
    for (const auto held_by : {LateralStiffness::held_rim, LateralStiffness::embedded}) {
        TearingSettings settings{.lateral_stiffness = held_by};
        const Resistance resistance(skin, roller, settings);
        const double balanced = drum_contact(roller, resistance, settings, d).free_radius;
        EXPECT_LT(balanced, closed);
        EXPECT_GT(balanced, h + 2.0 / 3.0 * d);
        settings.rolling_model = RollingModel::uniform_brush;
        EXPECT_EQ(drum_contact(roller, resistance, settings, d).free_radius, closed);
    }
}

}  // namespace
}  // namespace skin::tearing
