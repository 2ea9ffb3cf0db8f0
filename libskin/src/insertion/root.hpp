// A root that is known to lie between two points.
#pragma once

#include <algorithm>
#include <cmath>

namespace skin::insertion {

/// Where the continuous `f` changes sign in [a, b], f(a) < 0 <= f(b), to `tolerance`: Chandrupatla (1997), inverse
/// quadratic steps that fall back on halving, so it always ends. `share` of the way from a to b is looked at first.
template <class F>
[[nodiscard]] double bracketed_root(F&& f, double a, double b, double fa, double fb, double tolerance,
                                    double share = 0.5) {
    double c = a, fc = fa;
    for (int i = 0; i < 200; ++i) {
        const double x = a + share * (b - a);
        const double fx = f(x);
        if ((fx < 0.0) == (fa < 0.0)) {
            c = a, fc = fa;
        } else {
            c = b, fc = fb, b = a, fb = fa;
        }
        a = x, fa = fx;
        const double best = std::abs(fb) < std::abs(fa) ? b : a;
        if (fx == 0.0) return x;
        const double limit = 0.5 * tolerance / std::max(std::abs(b - a), 1e-300);
        if (limit > 0.5) return best;
        const double xi = (a - b) / (c - b);
        const double phi = (fa - fb) / (fc - fb);
        if (phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi) {
            share = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
        } else {
            share = 0.5;
        }
        share = std::clamp(share, limit, 1.0 - limit);
    }
    return std::abs(fb) < std::abs(fa) ? b : a;
}

}  // namespace skin::insertion
