// Bulge of an elastic half-space into a ring that is pressed on it.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "insertion/dome.hpp"
#include "support/tolerances.hpp"

namespace {

using skin::insertion::disc_sinking;
using skin::insertion::elastic_dome;
using skin::test::bound;

// INS-V103. Even pressure on a disc (Johnson 1985): 2 p R/E* in the middle, 4 p R/(pi E*) at the edge from both sides,
// p R^2/(E* r) far away (point force: relative error (R/r)^2/8); round-off.
TEST(InsertionDynamics, DiscSinksAsTheTextbookSays) {
    const double p = 3e3, R = 2e-3, E = 6e4;
    EXPECT_NEAR(disc_sinking(p, R, E, 0.0), 2.0 * p * R / E, 1e-15);
    EXPECT_NEAR(disc_sinking(p, R, E, R), 4.0 * p * R / (std::numbers::pi * E), 1e-15);
    EXPECT_NEAR(disc_sinking(p, R, E, R * (1.0 + 1e-12)), disc_sinking(p, R, E, R), 1e-12);
    const double far = p * R * R / (E * 0.2);
    EXPECT_NEAR(disc_sinking(p, R, E, 0.2), far, bound(1.3e-5) * far);
}

// INS-V104. Bulge in a ring: proportional to the force, inverse to modulus and size at one shape (round-off). Narrow
// rings: under the ring the skin sinks by F/(pi^2 E* a) (ln(a/width) + const), inside it does not any more, so a ring a
// tenth as wide adds ln 10 of that; 1e-2: next term of order width/a = 5e-3, and the quadrature next to the logarithm.
// No force or no aperture: none.
TEST(InsertionDynamics, BulgeOfARing) {
    const double one = elastic_dome(1.0, 2.75e-3, 1e-3, 5.8e4);
    EXPECT_GT(one, 0.0);
    EXPECT_NEAR(elastic_dome(3.0, 2.75e-3, 1e-3, 5.8e4), 3.0 * one, 1e-12 * one);
    EXPECT_NEAR(elastic_dome(1.0, 2.75e-3, 1e-3, 11.6e4), 0.5 * one, 1e-12 * one);
    EXPECT_NEAR(elastic_dome(1.0, 5.5e-3, 2e-3, 5.8e4), 0.5 * one, 1e-12 * one);
    EXPECT_EQ(elastic_dome(0.0, 2.75e-3, 1e-3, 5.8e4), 0.0);
    EXPECT_EQ(elastic_dome(1.0, 0.0, 1e-3, 5.8e4), 0.0);
    // Narrow rings: sinking under the ring is F/(pi^2 E* a) (ln(a/width) + const), inside it does not grow.
    const double a = 2e-3, slope = 1.0 / (std::numbers::pi * std::numbers::pi * 5.8e4 * a);
    const double step = elastic_dome(1.0, a, 1e-6, 5.8e4) - elastic_dome(1.0, a, 1e-5, 5.8e4);
    EXPECT_NEAR(step, slope * std::log(10.0), bound(1e-2) * slope * std::log(10.0));
}

}  // namespace
