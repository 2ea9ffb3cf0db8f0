// The small tools of the motion in time: sine and cosine of the crank, roots of smooth functions.
#include <gtest/gtest.h>

#include <cmath>

#include "insertion/root.hpp"
#include "insertion/sine_cosine.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin::insertion;
using skin::test::bound;

// INS-V200. Sine and cosine of one angle against the standard library, to 4e-16: two roundings of numbers up to 1, at
// all quadrants, both signs, at quarter turns and up to a thousand turns, where the rest of pi/2 has been taken off.
TEST(InsertionNumerics, SineAndCosineAreThoseOfTheLibrary) {
    double worst = 0.0;
    for (int i = -40000; i <= 40000; ++i) {
        const double angle = 0.157079632679 * i + 1e-7 * (i % 7);
        const auto [sine, cosine] = sine_cosine(angle);
        worst = std::max({worst, std::abs(sine - std::sin(angle)), std::abs(cosine - std::cos(angle))});
    }
    EXPECT_LE(worst, bound(4e-16));
    EXPECT_EQ(sine_cosine(0.0).sine, 0.0);
    EXPECT_EQ(sine_cosine(0.0).cosine, 1.0);
}

// INS-V201. Roots of smooth functions to the tolerance asked for (ten times it where the last step of interpolation is
// taken on trust), with fewer looks than halving: straight, curved, flat at one end, steep at the other.
TEST(InsertionNumerics, SmoothRootsAreFoundWithFewLooks) {
    const auto check = [](auto&& f, double a, double b, double expected, int most_looks) {
        int looks = 0;
        const auto counted = [&](double x) {
            ++looks;
            return f(x);
        };
        const double root = smooth_root(counted, a, b, f(a), f(b), 1e-9);
        EXPECT_NEAR(root, expected, bound(1e-8)) << expected;
        EXPECT_LE(looks, most_looks) << expected;
    };
    check([](double x) { return 3.0 * x - 1.0; }, 0.0, 1.0, 1.0 / 3.0, 2);
    check([](double x) { return x * x - 0.5; }, 0.0, 1.0, std::sqrt(0.5), 6);
    check([](double x) { return std::sin(x) - 0.3; }, 0.0, 1.5, std::asin(0.3), 6);
    check([](double x) { return std::exp(8.0 * x) - 20.0; }, 0.0, 1.0, std::log(20.0) / 8.0, 12);
    check([](double x) { return x * x * x - 1e-3; }, 0.0, 1.0, 0.1, 16);
}

}  // namespace
