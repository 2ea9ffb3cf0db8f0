// Tearing against what is known: needle cutting, what rollers are seen to do, directions (tearing.md 6).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "skin/tearing.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "tearing/cutting.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/kinematics.hpp"
#include "tearing/play.hpp"
#include "tearing/population.hpp"

namespace skin {
namespace {

constexpr double mm = 1e-3;

// TEA-X1 case C1: cutting toughness of pig skin by a 0.25 mm needle, 1.136 kJ/m^2 (Liu 2022, a review table), against
// W_f of tension tests with nothing fitted. Tolerance: the factor 2 of the page; both ends of Gamma_0 must lie in it.
TEST(TearingValidation, NeedleToughnessFollowsFromTensionTests) {
    const double measured = 1136.0;
    for (const double intercept : {0.0, 500.0}) {
        const double model = tearing::cutting_load({intercept, 3.6e6, 1.0, 0.3, 0.0}, 0.25 * mm);
        EXPECT_LT(std::abs(std::log(model / measured)), test::bound(std::log(2.0))) << intercept;
    }
}

// TEA-X2 case C4: mouths of a properly rolled 1 mm roller on young skin are round (Fernandes, not reviewed): fewer than
// 5 % torn, for the prior offset of 0.6 mm and for the shipped skin at 60 % penetration. Consistency only: the scatter
// of slip and side-slip was bounded with this observation.
TEST(TearingValidation, ProperRollingOnYoungSkinLeavesRoundMouths) {
    tearing::Contact c;
    c.h = 10.4 * mm;
    c.rho = 11.0 * mm;
    c.R_e = tearing::free_rolling_radius(c.h, 0.6 * mm);
    const double T = tearing::travel(c), m_x = 0.5 * tearing::demand(c, 0.0);
    const Rolling use;
    EXPECT_LT(tearing::exceedance({m_x, 0.0, T * use.slip_spread, T * use.side_slip_spread}, 0.6 * mm),
              test::bound(0.05));

    Roller roller;
    roller.needle = {.length = 1.0 * mm, .shaft_radius = 1.25e-4, .tip_radius = 4e-6, .taper_length = 1.0 * mm};
    const auto r =
        tear(Skin::preset("face_cheek"), roller, use, test::equal_channels(roller.needle, 0.6 * mm, 2000, 2.3e6));
    EXPECT_LT(r.slit_index, test::bound(0.05));
    EXPECT_LT(r.tear_fraction, test::bound(0.05 + 3.0 * std::sqrt(0.05 * 0.95 / 2000.0)));
}

// TEA-X3 case C5: 3 mm needles slit somewhat even when they roll freely (Fernandes, not reviewed): path > 0 at delta_c
// = 0.6 mm, where 1.5 mm needles leave none. Direction only.
TEST(TearingValidation, LongNeedlesSlitEvenInFreeRolling) {
    const auto path = [](double L) {
        tearing::Contact c;
        c.h = 10.0 * mm;
        c.rho = c.h + L;
        c.R_e = tearing::free_rolling_radius(c.h, L);
        std::vector<tearing::Point> points;
        tearing::axis_path(c, 0.0, 64, points);
        return tearing::slit_along(points, 0.6 * mm).path;
    };
    EXPECT_GT(path(3.0 * mm), 0.3 * mm);
    EXPECT_EQ(path(1.5 * mm), 0.0);
}

// TEA-X4 critical offset of the shipped skin against its prior ranges: 0.3-1.0 mm at 30 y, 0.15-0.5 mm at 75 y
// (tearing.md 3.7), for a needle of the reference diameter 0.2 mm in the dermis, where the page's default block stands.
TEST(TearingValidation, OffsetsLieInTheirPriorRanges) {
    Roller roller;
    roller.needle = {.length = 1.0 * mm, .shaft_radius = 1.0e-4, .tip_radius = 4e-6, .taper_length = 0.3 * mm};
    for (const auto& [age, lo, hi] : {std::tuple{30.0, 0.3, 1.0}, std::tuple{75.0, 0.15, 0.5}}) {
        const auto r = tear(Skin::preset("face_cheek", {.age_years = age}), roller, Rolling{},
                            test::equal_channels(roller.needle, 0.6 * mm, 200, 2.3e6));
        EXPECT_GT(r.critical_offset.minCoeff(), lo * mm);
        EXPECT_LT(r.critical_offset.maxCoeff(), hi * mm);
    }
}

}  // namespace
}  // namespace skin
