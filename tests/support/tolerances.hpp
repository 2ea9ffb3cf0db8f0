// Tolerance classes. Each says why a number may differ; SKIN_TOL_SCALE=0 makes every test print its true residual.
#pragma once

#include <cmath>
#include <cstdlib>
#include <limits>

namespace skin::test {

inline double tolerance_scale() {
    static const double scale = [] {
        const char* text = std::getenv("SKIN_TOL_SCALE");
        return text != nullptr ? std::atof(text) : 1.0;
    }();
    return scale;
}

/// Same formula in another order of operations: a few hundred units in the last place of `magnitude`.
inline double round_off(double magnitude) {
    return tolerance_scale() * 512.0 * std::numeric_limits<double>::epsilon() * std::abs(magnitude);
}

/// A bound that the test derives in a comment (truncation error, digits of a printed reference).
inline double bound(double value) { return tolerance_scale() * value; }

/// Smallest acceptable observed order of a method of order `p`.
inline double order(double p) { return p - tolerance_scale() * 0.1; }

/// Measured spread: k standard deviations of the mean of n samples (n = 0: of the population).
inline double spread(double sd, int n = 0, double k = 2.0) {
    return tolerance_scale() * k * (n > 0 ? sd / std::sqrt(static_cast<double>(n)) : sd);
}

}  // namespace skin::test
