// A root between two ends of opposite sign: TOMS 748, never leaves the bracket.
#pragma once

#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>

#include "skin/core/error.hpp"

namespace skin::numerics {

/// x in [lo, hi] with f(x) = 0, to `digits` binary digits. SolverError when f has the same sign at both ends.
template <class F>
[[nodiscard]] double bracketed_root(F&& f, double lo, double hi, int digits = 50) {
    const double f_lo = f(lo), f_hi = f(hi);
    if (f_lo == 0.0) return lo;
    if (f_hi == 0.0) return hi;
    if (!(std::signbit(f_lo) != std::signbit(f_hi)) || !std::isfinite(f_lo) || !std::isfinite(f_hi)) {
        throw SolverError(text("no root in [%g, %g]: f = %g and %g there", lo, hi, f_lo, f_hi));
    }
    std::uintmax_t iterations = 200;
    const auto [a, b] = boost::math::tools::toms748_solve(
        f, lo, hi, f_lo, f_hi, boost::math::tools::eps_tolerance<double>(digits), iterations);
    if (iterations >= 200) throw SolverError(text("no convergence to a root in [%g, %g]", lo, hi));
    return 0.5 * (a + b);
}

}  // namespace skin::numerics
