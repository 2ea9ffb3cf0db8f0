// The play operator: slit path and extent, energy, order (tearing.md 3.8).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "skin/core/random.hpp"
#include "support/csv.hpp"
#include "support/tolerances.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/motion.hpp"
#include "tearing/play.hpp"

namespace skin::tearing {
namespace {

using test::bound;
using test::Csv;

constexpr double mm = 1e-3;
constexpr double degree = std::numbers::pi / 180.0;

Contact contact_of(double R, double L, double R_e, double alpha_degrees) {
    Contact c;
    c.h = R;
    c.rho = R + L;
    c.R_e = R_e;
    c.tan_alpha = std::tan(alpha_degrees * degree);
    return c;
}

std::vector<Point> path_of(const Contact& c, double z, int n_steps) {
    std::vector<Point> points;
    axis_path(c, z, n_steps, points);
    return points;
}

/// Equal steps whatever the path, without turning points: what the explicit step of the page uses.
std::vector<Point> equal_steps(const Contact& c, double z, int n_steps) {
    std::vector<Point> points;
    const double end = half_angle(c, z);
    for (int i = 0; i <= n_steps; ++i) points.push_back(axis_at(c, -end + 2.0 * end * i / n_steps, z));
    return points;
}

// TEA-V8 a monotone demand D leaves a path of max(0, D - delta_c) (V8), also for a drum that ploughs: stroke - delta_c
// (V7). Tolerance 1e-6 mm; the operator is exact.
TEST(TearingVerification, MonotoneDemandCutsWhatExceedsTheOffset) {
    for (const double D : {0.1, 0.3, 0.9, 40.0}) {
        for (const double delta_c : {0.05, 0.3, 0.6}) {
            const std::vector<Point> line{{0.0, 0.0}, {0.3 * D * mm, 0.0}, {D * mm, 0.0}};
            const Slit slit = slit_along(line, delta_c * mm);
            EXPECT_NEAR(slit.path, std::max(0.0, D - delta_c) * mm, bound(1e-6 * mm));
            EXPECT_NEAR(slit.extent, slit.path, bound(1e-6 * mm));
        }
    }
    std::vector<Point> points;
    Motion::ploughed(1.0 * mm, 50.0 * mm).path(0.0, 64, points);
    EXPECT_NEAR(slit_along(points, 0.6 * mm).path, 49.4 * mm, bound(1e-6 * mm));
}

// TEA-V9 to and fro below the offset: no cut at all (V9). Exact: the front never moves.
TEST(TearingVerification, MovingToAndFroBelowTheOffsetCutsNothing) {
    std::vector<Point> path;
    for (int i = 0; i <= 200; ++i) {
        path.push_back({0.39 * mm * std::sin(0.3 * i), 0.39 * mm * std::cos(0.17 * i) - 0.39 * mm});
    }
    EXPECT_EQ(slit_along(path, 1.0 * mm).path, 0.0);
    EXPECT_EQ(slit_along(path, 1.0 * mm).extent, 0.0);
}

// TEA-V10 energy (V10): work of the needle = stored + q_c path, for L = 1 mm, free, 5 degrees, delta_c = 0.1 mm.
// Tolerance 1e-3 relative at 100 steps or more: the work integral of the test is a trapezoid; it falls with steps^2.
TEST(TearingVerification, WorkIsStoredOrSpentOnCutting) {
    const double k_w = 1e6, delta_c = 0.1 * mm;
    const Contact c = contact_of(10.0 * mm, 1.0 * mm, free_rolling_radius(10.0 * mm, 1.0 * mm), 5.0);
    double before = 0.0;
    for (const int n : {100, 400}) {
        const auto points = path_of(c, 0.0, n);
        Play play(points.front(), delta_c);
        double work = 0.0;
        Point force{};
        for (std::size_t i = 1; i < points.size(); ++i) {
            const Point step = points[i] - points[i - 1];
            play.move_to(points[i]);
            const Point offset = play.needle() - play.front();
            work += 0.5 * k_w * ((force.x + offset.x) * step.x + (force.y + offset.y) * step.y);
            force = offset;
        }
        const double stored = 0.5 * k_w * (force.x * force.x + force.y * force.y);
        const double error = std::abs(work - stored - k_w * delta_c * play.path()) / work;
        EXPECT_LT(error, bound(1e-3)) << n << " steps";
        if (before > 0.0) {
            EXPECT_LT(error, 0.25 * before);
        }
        before = error;
    }
}

// TEA-V11 path and extent, 60 cases (V11). Tolerance: truncation of the step, measured against a reference that is
// converged to 1e-4 mm: tractrix 2e-3 mm at 64 steps and 5e-4 at 128, explicit 2e-3 at 1000.
TEST(TearingVerification, SlitsFollowTheTable) {
    const Csv csv("tearing_verification/tearing_play_slits.csv");
    ASSERT_EQ(csv.size(), 60U);
    for (std::size_t i = 0; i < csv.size(); ++i) {
        SCOPED_TRACE(csv.text(i, "L_mm") + " mm, " + csv.text(i, "case") + ", delta_c " + csv.text(i, "delta_c_mm"));
        const Contact c = contact_of(csv.number(i, "R_mm") * mm, csv.number(i, "L_mm") * mm,
                                     csv.number(i, "R_e_mm") * mm, csv.number(i, "alpha_deg"));
        const double z = csv.number(i, "z_mm") * mm, delta_c = csv.number(i, "delta_c_mm") * mm;
        const double path = csv.number(i, "slit_path_mm") * mm, extent = csv.number(i, "slit_extent_mm") * mm;
        for (const auto& [n, tolerance] : {std::pair{64, 2e-3}, std::pair{128, 5e-4}}) {
            const Slit slit = slit_along(path_of(c, z, n), delta_c);
            EXPECT_NEAR(slit.path, path, bound(tolerance * mm)) << n;
            EXPECT_NEAR(slit.extent, extent, bound(tolerance * mm)) << n;
        }
        const Slit slit = slit_along(equal_steps(c, z, 1000), delta_c, PlayStep::explicit_euler);
        EXPECT_NEAR(slit.path, path, bound(2e-3 * mm));
        EXPECT_NEAR(slit.extent, extent, bound(2e-3 * mm));
    }
}

// TEA-V12 one dimension (V12): L = 3 mm, free, delta_c = 0.1 mm; extent = (D+ - delta_c) + (D- - delta_c).
// Tolerance 1e-4 mm: printed digits; turning points alone are exact, so more steps change nothing.
TEST(TearingVerification, TurningPointsAloneAreExact) {
    const Contact c = contact_of(10.0 * mm, 3.0 * mm, free_rolling_radius(10.0 * mm, 3.0 * mm), 0.0);
    const auto points = path_of(c, 0.0, 64);
    EXPECT_EQ(points.size(), 4U);
    const Slit slit = slit_along(points, 0.1 * mm);
    EXPECT_NEAR(slit.path, 1.8952 * mm, bound(1e-4 * mm));
    EXPECT_NEAR(slit.extent, 1.2434 * mm, bound(1e-4 * mm));
    const Excursion e = excursion(c, 0.0);
    EXPECT_NEAR(slit.extent, e.forward + e.backward - 0.2 * mm, bound(1e-9 * mm));
}

// TEA-V46 a way that turns little needs few steps: path and extent with the steps that the contact asks for, against
// 4096 equal ones, on 400 contacts of any length, slip, side-slip, depth and offset. Tolerance that of V11: 2e-3 mm at
// 64 steps, 5e-4 at 128, for side-slip up to 10 degrees and slits of a few mm; beyond, where slits reach 15 mm, the
// same share of the path, 1e-3. A hard skid takes less than a third of the steps.
TEST(TearingVerification, FewStepsWhereTheWayHardlyTurns) {
    for (std::uint64_t i = 0; i < 400; ++i) {
        RandomStream draw(9, i, StreamId::tearing);
        const double L = 0.1 * mm * std::pow(30.0, draw.uniform()), R = (8.0 + 4.0 * draw.uniform()) * mm;
        const double slip = -0.1 + 0.35 * draw.uniform(), alpha = 0.3 * std::pow(100.0, draw.uniform());
        const double z = 0.95 * draw.uniform() * L, delta_c = 0.03 * mm * std::pow(30.0, draw.uniform());
        Contact c = contact_of(R, L, slipping_radius(free_rolling_radius(R, L), slip), alpha);
        if (i % 3 == 0) c.tent = 0.2 * L;
        if (i % 4 == 0) c.dimple = 0.1 * L;
        const Slit exact = slit_along(path_of(c, z, 4096), delta_c);
        for (const auto& [n, tolerance] : {std::pair{64, 2e-3}, std::pair{128, 5e-4}}) {
            const int steps = path_steps(c, z, n);
            EXPECT_LE(steps, n);
            EXPECT_GE(steps, 8);
            const Slit slit = slit_along(path_of(c, z, steps), delta_c);
            const double allowed = bound(std::max(tolerance * mm, 0.5 * tolerance * exact.path));
            EXPECT_NEAR(slit.path, exact.path, allowed)
                << L << " " << slip << " " << alpha << " " << z << " " << delta_c;
            EXPECT_NEAR(slit.extent, exact.extent, allowed);
        }
    }
    const Contact skid = contact_of(10.4 * mm, 0.6 * mm, free_rolling_radius(10.4 * mm, 0.6 * mm), 17.0);
    EXPECT_LT(path_steps(skid, 0.0, 64), 64 / 3);
    Contact curve = skid;
    curve.curvature = 10.0;  // nothing is claimed for a curve: all steps
    EXPECT_EQ(path_steps(curve, 0.0, 64), 64);
}

// TEA-N1 order of the steps: the explicit step is first order, the tractrix second (tearing.md 3.8).
// Tolerance: order - 0.1, from three halvings of the error against 8192 tractrix steps.
TEST(TearingVerification, TractrixIsSecondOrderExplicitFirst) {
    const Contact c = contact_of(10.0 * mm, 1.0 * mm, free_rolling_radius(10.0 * mm, 1.0 * mm), 5.0);
    const double delta_c = 0.1 * mm, exact = slit_along(path_of(c, 0.0, 8192), delta_c).path;
    const auto observed = [&](PlayStep step) {
        const double coarse = std::abs(slit_along(equal_steps(c, 0.0, 64), delta_c, step).path - exact);
        const double fine = std::abs(slit_along(equal_steps(c, 0.0, 512), delta_c, step).path - exact);
        return std::log2(coarse / fine) / 3.0;
    };
    EXPECT_GT(observed(PlayStep::explicit_euler), test::order(1.0));
    EXPECT_GT(observed(PlayStep::tractrix), test::order(2.0));
}

}  // namespace
}  // namespace skin::tearing
