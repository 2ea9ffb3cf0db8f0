// A root that is known to lie between two points.
#pragma once

#include <algorithm>
#include <cmath>

namespace skin::insertion {

/// Where the continuous `f` changes sign in [a, b], f(a) < 0 <= f(b), to `tolerance`: Chandrupatla (1997), inverse
/// quadratic steps that fall back on halving, so it always ends.
template <class F>
[[nodiscard]] double bracketed_root(F&& f, double a, double b, double fa, double fb, double tolerance) {
    double c = a, fc = fa;
    double share = 0.5;
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

/// The same for a smooth `f` that costs more than the search: starts from the chord and ends, without another look,
/// when the next step of inverse interpolation would be below `tolerance`.
template <class F>
[[nodiscard]] double smooth_root(F&& f, double a, double b, double fa, double fb, double tolerance) {
    double x = a + fa / (fa - fb) * (b - a);
    for (int i = 0; i < 400; ++i) {
        const double fx = f(x);
        if (fx == 0.0) return x;
        double next = a * (fb * fx) / ((fa - fb) * (fa - fx)) + b * (fa * fx) / ((fb - fa) * (fb - fx)) +
                      x * (fa * fb) / ((fx - fa) * (fx - fb));
        (fx < 0.0 ? a : b) = x;
        (fx < 0.0 ? fa : fb) = fx;
        // Every eighth look halves, so that it always ends.
        if (i % 8 == 7 || !(next > a && next < b)) next = a + 0.5 * (b - a);
        if (std::abs(next - x) <= tolerance || b - a <= tolerance) return next;
        x = next;
    }
    return x;
}

}  // namespace skin::insertion
