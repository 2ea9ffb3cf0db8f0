// Exact kinematics of the rolling needle against closed forms tabulated with 9 digits (tearing.md 3.1-3.5).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/csv.hpp"
#include "support/tolerances.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"

namespace skin::tearing {
namespace {

using test::bound;
using test::Csv;

constexpr double mm = 1e-3;
constexpr double degree = std::numbers::pi / 180.0;

Contact contact_of(double R, double L, double d, double R_e) {
    Contact c;
    c.h = R - d;
    c.rho = R + L;
    c.R_e = R_e;
    return c;
}

Contact free_contact(double R, double L) { return contact_of(R, L, 0.0, free_rolling_radius(R, L)); }

// TEA-V1 exact kinematics of a rolling needle, 12 rows of slip and length (V1 of tearing.md 5).
// Tolerance 1e-6 mm or relative: closed forms; the table carries 9 digits, and the swept area (a quadrature with
// kinks) 5.
TEST(TearingVerification, KinematicsFollowTheTable) {
    const Csv csv("tearing_verification/tearing_kinematics.csv");
    ASSERT_EQ(csv.size(), 12U);
    for (std::size_t i = 0; i < csv.size(); ++i) {
        SCOPED_TRACE(csv.text(i, "L_mm") + " mm, slip " + csv.text(i, "slip_s"));
        const double R = csv.number(i, "R_mm") * mm, L = csv.number(i, "L_mm") * mm;
        const Contact c = contact_of(R, L, csv.number(i, "d_mm") * mm, R / (1.0 - csv.number(i, "slip_s")));
        const double length_tolerance = bound(1e-6 * mm), z_mid = 0.5 * c.tip_depth();
        EXPECT_NEAR(half_angle(c, 0.0) / degree, csv.number(i, "phi_e_deg"), bound(1e-6));
        EXPECT_NEAR(travel(c), csv.number(i, "travel_T_mm") * mm, length_tolerance);
        EXPECT_NEAR(tip_excursion(c).net, csv.number(i, "tip_net_mm") * mm, length_tolerance);
        EXPECT_NEAR(tip_excursion(c).range(), csv.number(i, "tip_range_mm") * mm, length_tolerance);
        EXPECT_NEAR(excursion(c, 0.0).net, csv.number(i, "mouth_net_mm") * mm, length_tolerance);
        EXPECT_NEAR(excursion(c, 0.0).range(), csv.number(i, "mouth_range_mm") * mm, length_tolerance);
        EXPECT_NEAR(demand(c, 0.0), csv.number(i, "mouth_demand_mm") * mm, length_tolerance);
        EXPECT_NEAR(excursion(c, z_mid).range(), csv.number(i, "mid_range_mm") * mm, length_tolerance);
        EXPECT_NEAR(demand(c, z_mid), csv.number(i, "mid_demand_mm") * mm, length_tolerance);
        EXPECT_NEAR(swept_area(c), csv.number(i, "swept_area_mm2") * mm * mm, bound(1e-3 * swept_area(c)));
        EXPECT_NEAR(tip_velocity(c, 0.0).lateral, csv.number(i, "tip_vx_over_V_bottom"), bound(1e-6));
        EXPECT_NEAR(attack_angle(c) / degree, csv.number(i, "attack_angle_deg"), bound(1e-6));
    }
}

// TEA-V2 the same by brute force: a rigid drum is turned in small time steps and the needle line cut with z = 0 (V2).
// Tolerance 1e-4 mm: entry and exit are found to one step of 2e-6 rad, in which the mouth moves less than 1e-6 mm.
TEST(TearingVerification, TurningARigidDrumGivesTheSameMouth) {
    for (const double L : {0.5 * mm, 1.0 * mm, 1.5 * mm}) {
        for (const double slip : {0.0, 0.05, 0.2}) {
            const double R = 10.0 * mm, R_e = R / (1.0 - slip), dphi = 2e-6;
            double first = 0.0, last = 0.0, lowest = 0.0, highest = 0.0;
            bool inside = false;
            for (double phi = -1.0; phi < 1.0; phi += dphi) {
                const double axle = R_e * phi;  // the drum turns clockwise while it rolls to +x
                const double root_x = axle - R * std::sin(phi), root_z = R - R * std::cos(phi);
                const double tip_x = axle - (R + L) * std::sin(phi), tip_z = R - (R + L) * std::cos(phi);
                if (tip_z > 0.0) {
                    if (inside) break;
                    continue;
                }
                const double x =
                    root_x + (tip_x - root_x) * root_z / (root_z - tip_z);  // where the line meets the skin
                if (!inside) first = lowest = highest = x;
                inside = true;
                last = x;
                lowest = std::min(lowest, x);
                highest = std::max(highest, x);
            }
            const Excursion e = excursion(contact_of(R, L, 0.0, R_e), 0.0);
            EXPECT_NEAR(last - first, e.net, bound(1e-4 * mm));
            EXPECT_NEAR(highest - lowest, e.range(), bound(1e-4 * mm));
        }
    }
}

// TEA-V3 free-rolling radius and everything at it, 28 cases of partial and full insertion (V3).
// Tolerance: the table carries 7-10 digits (1e-8 relative for R_e: the form is exact; 1e-6 mm for lengths, 1e-4 for
// areas).
TEST(TearingVerification, FreeRollingFollowsTheTable) {
    const Csv csv("tearing_verification/tearing_free_rolling.csv");
    ASSERT_GE(csv.size(), 24U);
    for (std::size_t i = 0; i < csv.size(); ++i) {
        SCOPED_TRACE(csv.text(i, "L_mm") + " mm, " + csv.text(i, "case"));
        const double h = csv.number(i, "h_mm") * mm, z_max = csv.number(i, "z_max_mm") * mm;
        const double R = csv.number(i, "R_mm") * mm;
        const double R_e = free_rolling_radius(h, z_max);
        EXPECT_NEAR(R_e, csv.number(i, "R_e_free_mm") * mm, bound(1e-9 * R_e));
        EXPECT_NEAR(1.0 - R / R_e, csv.number(i, "s_free"), bound(1e-8));
        Contact c;
        c.h = h;
        c.rho = h + z_max;
        c.R_e = R_e;
        EXPECT_NEAR(travel(c), csv.number(i, "travel_T_mm") * mm, bound(1e-7 * mm));
        EXPECT_NEAR(hole_pitch(R_e, 24), csv.number(i, "hole_pitch_24_mm") * mm, bound(1e-7 * mm));
        EXPECT_NEAR(excursion(c, 0.0).net, csv.number(i, "mouth_net_mm") * mm, bound(1e-6 * mm));
        EXPECT_NEAR(excursion(c, 0.0).range(), csv.number(i, "mouth_range_mm") * mm, bound(1e-6 * mm));
        EXPECT_NEAR(demand(c, 0.0), csv.number(i, "mouth_demand_mm") * mm, bound(1e-6 * mm));
        EXPECT_NEAR(demand(c, 0.5 * z_max), csv.number(i, "mid_demand_mm") * mm, bound(1e-6 * mm));
        EXPECT_NEAR(swept_area(c), csv.number(i, "swept_area_mm2") * mm * mm, bound(1e-3 * swept_area(c)));
        EXPECT_NEAR(2.0 * half_angle(c, 0.0) / (15.0 * degree) * 8.0, csv.number(i, "needles_in_contact_8x24"),
                    bound(1e-3));
        EXPECT_NEAR(hole_density(192, R_e, 20.0 * mm), csv.number(i, "holes_per_cm2_per_pass_192_w20") * 1e4,
                    bound(1e-5 * 1.5e5));
        EXPECT_NEAR(brush(192, h, z_max, R_e).slip_stiffness, csv.number(i, "brush_c_mm2_192") * mm * mm,
                    bound(1e-5 * brush(192, h, z_max, R_e).slip_stiffness));
        Contact rolling_on_drum = c;
        rolling_on_drum.R_e = R;
        EXPECT_NEAR(excursion(rolling_on_drum, 0.0).range(), csv.number(i, "mouth_range_at_s0_mm") * mm,
                    bound(1e-6 * mm));
        for (const auto& [column, alpha] :
             {std::pair{"mouth_demand_free_plus_5deg_mm", 5.0}, std::pair{"mouth_demand_free_plus_10deg_mm", 10.0}}) {
            Contact side = c;
            side.tan_alpha = std::tan(alpha * degree);
            EXPECT_NEAR(demand(side, 0.0), csv.number(i, column) * mm, bound(1e-6 * mm)) << column;
            EXPECT_GE(demand_bound(side, 0.0), demand(side, 0.0));
        }
        for (const auto& [column, slip] : {std::pair{"mouth_demand_free_extra_slip_0.05_mm", 0.05},
                                           std::pair{"mouth_demand_free_extra_slip_0.10_mm", 0.10}}) {
            Contact slipping = c;
            slipping.R_e = slipping_radius(R_e, slip);
            EXPECT_NEAR(demand(slipping, 0.0), csv.number(i, column) * mm, bound(1e-6 * mm)) << column;
        }
    }
}

// TEA-V4 the 7/9 law (V4): (R_e - h)/z_max for h = 10 mm, with the digits of tearing.md 3.4.
// Tolerance 1e-8: printed digits. The last value crosses from the series (phi < 0.05) to the closed form.
TEST(TearingVerification, RollingRadiusIsSevenNinthsOfTheInsertedLength) {
    const double h = 10.0 * mm;
    for (const auto& [ratio, value] : {std::pair{1e-3, 0.77778210}, std::pair{1e-2, 0.77782159},
                                       std::pair{0.1, 0.77826349}, std::pair{0.3, 0.77945537}}) {
        EXPECT_NEAR((free_rolling_radius(h, ratio * h) - h) / (ratio * h), value, bound(1e-8)) << ratio;
    }
}

// TEA-V5 hole pitch, 24 needles per ring (V5). Tolerance 1e-3 mm: printed digits.
TEST(TearingVerification, HolePitchCanBeMeasuredWithARuler) {
    for (const auto& [L, pitch] : {std::pair{0.5, 2.720}, std::pair{1.0, 2.822}, std::pair{1.5, 2.924}}) {
        EXPECT_NEAR(hole_pitch(free_rolling_radius(10.0 * mm, L * mm), 24), pitch * mm, bound(1e-3 * mm));
    }
}

// TEA-V6 axle torque zero in free rolling; lateral force at s = 0 and slip stiffness (V6).
// Tolerance: torque 1e-10 of its s = 0 value (round-off of A and B); forces 1e-3 relative (printed digits).
TEST(TearingVerification, FreeRollingHasNoTorque) {
    const double h = 10.0 * mm;
    for (const auto& [L, force, c_b] :
         {std::tuple{0.5, -0.568, 15.198}, std::tuple{1.0, -4.358, 60.500}, std::tuple{1.5, -14.12, 135.53}}) {
        const double R_e = free_rolling_radius(h, L * mm);
        const double at_drum = brush(192, h, L * mm, h).torque;
        EXPECT_NEAR(brush(192, h, L * mm, R_e).torque, 0.0, bound(1e-10 * std::abs(at_drum)));
        EXPECT_NEAR(brush(192, h, L * mm, h).force, force * mm * mm, bound(1e-3 * std::abs(force) * mm * mm));
        EXPECT_NEAR(brush(192, h, L * mm, R_e).slip_stiffness, c_b * mm * mm, bound(1e-3 * c_b * mm * mm));
    }
}

// TEA-V7 limits of the mouth (V7): E/(1.8856 L^1.5 R^-0.5) -> 1 as R grows; T tan(alpha) sideways; L -> 0 gives 0.
// Tolerance: the next term of the ratio is -(9/20) L/R, so 0.5 L/R; 1e-7 where that is below what R - h keeps of 16
// digits.
TEST(TearingVerification, MouthWidthHasItsLimits) {
    const double L = 1.0 * mm;
    for (const double R : {0.1, 1.0, 10.0, 100.0}) {
        const Contact c = contact_of(R, L, 0.0, R);
        EXPECT_NEAR(demand(c, 0.0) / (4.0 * std::sqrt(2.0) / 3.0 * std::pow(L, 1.5) / std::sqrt(R)), 1.0,
                    bound(std::max(0.5 * L / R, 1e-7)));
    }
    Contact side = free_contact(10.0 * mm, L);
    side.tan_alpha = std::tan(5.0 * degree);
    const double end = half_angle(side, 0.0);
    EXPECT_NEAR(axis_at(side, end, 0.0).y - axis_at(side, -end, 0.0).y, travel(side) * side.tan_alpha,
                bound(1e-9 * mm));
    EXPECT_LT(demand(free_contact(10.0 * mm, 1e-6 * mm), 0.0), 1e-9 * mm);
    const Csv csv("tearing_verification/tearing_drum_radius.csv");
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const double R = csv.number(i, "R_mm") * mm;
        EXPECT_NEAR(demand(contact_of(R, L, 0.0, R), 0.0), csv.number(i, "mouth_net_abs_E_at_s0_mm") * mm,
                    bound(1e-6 * mm));
        EXPECT_NEAR(free_rolling_radius(R, L), csv.number(i, "R_e_free_mm") * mm, bound(1e-9 * R));
    }
}

// TEA-V16 velocity of the crossing point (V16), and as the derivative of the path.
// Tolerance 1e-6: printed digits; the central difference has an error of step^2 = 1e-10.
TEST(TearingVerification, VelocityIsTheDerivativeOfThePath) {
    const Contact c = free_contact(10.0 * mm, 1.0 * mm);
    const Velocity v = velocity(c, -0.3, 0.2 * mm);
    EXPECT_NEAR(v.axial, 0.295520, bound(1e-6));
    EXPECT_NEAR(v.lateral, -0.036904, bound(1e-6));
    const double step = 1e-5;
    const double slope = (axis_at(c, -0.3 + step, 0.2 * mm).x - axis_at(c, -0.3 - step, 0.2 * mm).x) / (2.0 * step);
    EXPECT_NEAR(slope / c.R_e, v.lateral, bound(1e-8));
}

// TEA-V17 yaw about a circle of 100 mm (V17). Tolerance 1e-4 mm: printed digits of an exact rotation.
TEST(TearingVerification, TurningDragsTheOuterRings) {
    for (const auto& [y_0, net, side] :
         {std::tuple{-10.0, 1.0301, 0.0942}, std::tuple{0.0, 0.1042, 0.1049}, std::tuple{10.0, -0.8218, 0.1157}}) {
        Contact c = free_contact(10.0 * mm, 1.0 * mm);
        c.curvature = 1.0 / 0.1;
        c.y_0 = y_0 * mm;
        const double end = half_angle(c, 0.0);
        const Point entry = axis_at(c, -end, 0.0), bottom = axis_at(c, 0.0, 0.0), exit = axis_at(c, end, 0.0);
        EXPECT_NEAR(exit.x - entry.x, net * mm, bound(1e-4 * mm));
        EXPECT_NEAR(exit.y - entry.y, 0.0, bound(1e-4 * mm));
        EXPECT_NEAR(std::abs(bottom.y - entry.y), side * mm, bound(1e-4 * mm));
    }
}

// TEA-V20 hole density (V20): 192 needles, 20 mm wide. Tolerance 1e-3 relative: printed digits (1/229 for a whole
// number).
TEST(TearingVerification, HoleDensityIsGeometry) {
    const double per_cm2 = 1e4;
    EXPECT_NEAR(hole_density(192, 10.0 * mm, 20.0 * mm), 15.28 * per_cm2, bound(1e-3 * 15.28 * per_cm2));
    EXPECT_NEAR(15.0 * hole_density(192, 10.0 * mm, 20.0 * mm), 229.0 * per_cm2, bound(0.5 * per_cm2));
    EXPECT_NEAR(15.0 * hole_density(192, free_rolling_radius(10.0 * mm, 0.5 * mm), 20.0 * mm), 221.0 * per_cm2,
                bound(0.5 * per_cm2));
}

}  // namespace
}  // namespace skin::tearing
