// The index: shares of causes, band, resolution; and the path of one needle (docs/theory/tearing.md, eqs. 40-43a).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "skin/tearing.hpp"
#include "skin/tearing/needle_path.hpp"
#include "support/tolerances.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/play.hpp"
#include "tearing/risk.hpp"
#include "tearing/risk_band.hpp"
#include "tearing/risk_causes.hpp"

namespace skin::tearing {
namespace {

constexpr double mm = 1e-3;

Roller roller_of(double length) {
    Roller roller;
    roller.needle = {
        .length = length, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = std::min(length, 1.0 * mm)};
    return roller;
}

double logit(double p) { return std::log(p) - std::log1p(-p); }

// TEA-V90 Shapley values of games whose solution is known: an additive game gives each player its own worth, the glove
// game (one left, two right gloves; a pair is worth 1) gives 2/3, 1/6, 1/6. Tolerance: round-off of sums of 8 terms.
TEST(TearingVerification, CausesShareTheIndexAsShapleySays) {
    const double own[] = {0.25, 1.5, -0.5};
    Eigen::VectorXd additive = Eigen::VectorXd::Zero(8), gloves = Eigen::VectorXd::Zero(8);
    for (unsigned mask = 0; mask < 8; ++mask) {
        for (unsigned k = 0; k < 3; ++k) additive[mask] += (mask >> k & 1U) != 0U ? own[k] : 0.0;
        gloves[mask] = (mask & 1U) != 0U && (mask & 6U) != 0U ? 1.0 : 0.0;
    }
    for (int k = 0; k < 3; ++k) EXPECT_NEAR(shapley(additive, 3)[k], own[k], test::round_off(1.5));
    EXPECT_NEAR(shapley(gloves, 3)[0], 2.0 / 3.0, test::round_off(1.0));
    EXPECT_NEAR(shapley(gloves, 3)[1], 1.0 / 6.0, test::round_off(1.0));
    EXPECT_NEAR(shapley(gloves, 3)[2], 1.0 / 6.0, test::round_off(1.0));
}

// TEA-V91 every column of the draws holds the middle of each stratum exactly once (equality after sorting), and no two
// columns are the same order: their correlation stays below 0.35, four standard errors of 128 independent pairs.
TEST(TearingVerification, DrawsTakeEveryStratumOnce) {
    const int n = 128, m = 16;
    const RowMatrix q = latin_hypercube(n, m);
    for (int k = 0; k < m; ++k) {
        std::vector<double> column(n);
        for (int i = 0; i < n; ++i) column[static_cast<std::size_t>(i)] = q(i, k);
        std::sort(column.begin(), column.end());
        for (int i = 0; i < n; ++i) EXPECT_EQ(column[static_cast<std::size_t>(i)], (i + 0.5) / n);
        for (int j = 0; j < k; ++j) {
            const Eigen::ArrayXd a = q.col(k).array() - 0.5, b = q.col(j).array() - 0.5;
            EXPECT_LT(std::abs((a * b).sum()) * 12.0 / n, test::bound(4.0 / std::sqrt(128.0)));
        }
    }
}

// TEA-V92 the band does not hang on the number of draws: 128 against 4096. The 5 % quantile of 128 draws of a normal
// has a standard error of 0.19 standard deviations (sqrt(q (1 - q)/n)/density), and the logit of the index has one of
// about 2.3 here; stratified draws do better. Tolerance: three of these standard errors.
TEST(TearingVerification, BandIsConvergedInTheDraws) {
    for (const double age : {30.0, 75.0}) {
        const Skin skin = Skin::preset("face_cheek", {.age_years = age});
        const Roller roller = roller_of(1.0 * mm);
        const Eigen::VectorXd depth = Eigen::VectorXd::LinSpaced(40, 0.2 * mm, 0.8 * mm);
        TearingSettings few, many;
        many.band_draws = 4096;
        const RiskIndex centre = risk_index(skin, roller, Rolling{}, depth, few);
        const RiskBand a = risk_band(skin, roller, Rolling{}, depth, few, centre);
        const RiskBand b = risk_band(skin, roller, Rolling{}, depth, many, centre);
        EXPECT_NEAR(logit(a.low), logit(b.low), test::bound(1.3)) << age;
        EXPECT_NEAR(logit(a.high), logit(b.high), test::bound(1.3)) << age;
        EXPECT_LT(b.low, centre.total);
        EXPECT_GT(b.high, centre.total);
    }
}

// TEA-V93 the coarse population, on which band and causes look, against the fine one: two instead of four headings,
// four instead of eight depths, three instead of five nodes. Tolerance 10 % of the index or 0.01: the band spans a
// factor of a hundred.
TEST(TearingVerification, CoarsePopulationIsGoodEnoughForBandAndCauses) {
    for (const double age : {30.0, 75.0}) {
        const Skin skin = Skin::preset("face_cheek", {.age_years = age});
        const Roller roller = roller_of(1.5 * mm);
        const TearingSettings settings;
        const Resistance resistance(skin, roller, settings);
        const Eigen::VectorXd depth = Eigen::VectorXd::LinSpaced(100, 0.2 * mm, 1.2 * mm);
        for (const Rolling& use :
             {Rolling{}, Rolling{.slip = 0.05}, Rolling{.side_slip = 0.09}, Rolling{.held = false}}) {
            const auto total = [&](const RiskGrid& grid) {
                const Population population{resistance, settings, grid};
                return index_of(contact_classes(roller, use, depth_classes(depth, grid.depths), population), population)
                    .total;
            };
            const double fine = total(fine_grid);
            EXPECT_NEAR(total(coarse_grid), fine, test::bound(std::max(0.1 * fine, 0.01)));
        }
    }
}

// TEA-V94 the path of one needle: its demand is that of the closed forms (equal), its slit that of the kernel (1e-9 m
// of the different steps of a straight way; the front never further from the needle than the offset), the tip is at the
// surface at entry and exit and at its deepest upright.
TEST(TearingVerification, NeedlePathIsThatOfTheClosedForms) {
    const Skin skin = Skin::preset("face_cheek");
    for (const double length : {0.5 * mm, 1.5 * mm, 3.0 * mm}) {
        const Roller roller = roller_of(length);
        const TearingSettings brush{.rolling_model = RollingModel::uniform_brush};
        for (const Rolling& use : {Rolling{}, Rolling{.slip = 0.1}, Rolling{.side_slip = 0.1}}) {
            const double depth = 0.8 * length;
            const NeedlePath path = needle_path(skin, roller, use, depth, brush, {.n_steps = 401});
            Contact c;
            c.h = roller.drum_radius + length - depth;
            c.rho = c.h + depth;
            c.tan_alpha = std::tan(use.side_slip);
            c.R_e = slipping_radius(free_rolling_radius(c.h, depth), use.slip);
            EXPECT_EQ(path.rolling_radius, c.R_e);
            for (Eigen::Index j = 0; j < path.slice_depth.size(); ++j) {
                const double z = path.slice_depth[j];
                EXPECT_EQ(path.demand[j], demand(c, z));
                std::vector<Point> points;
                axis_path(c, z, 400, points);
                EXPECT_NEAR(path.slit_extent[j], slit_along(points, path.critical_offset[j]).extent, test::bound(2e-6));
                for (Eigen::Index i = 0; i < path.angle.size(); ++i) {
                    if (std::isnan(path.axis_x(i, j))) continue;
                    const double apart =
                        std::hypot(path.axis_x(i, j) - path.front_x(i, j), path.axis_y(i, j) - path.front_y(i, j));
                    EXPECT_LE(apart, path.critical_offset[j] * (1.0 + test::round_off(1.0)));
                }
            }
            EXPECT_NEAR(path.tip_depth[0], 0.0, test::round_off(10.0 * mm));
            EXPECT_NEAR(path.tip_depth[400], 0.0, test::round_off(10.0 * mm));
            EXPECT_NEAR(path.tip_depth[200], depth, test::round_off(10.0 * mm));
            const double n = roller.rings * roller.needles_per_ring;
            EXPECT_NEAR(path.slip_stiffness / Resistance(skin, roller, brush).shank_stiffness(),
                        tearing::brush(n, c.h, depth, c.R_e).slip_stiffness, test::round_off(1e-4));
        }
    }
}

}  // namespace
}  // namespace skin::tearing
