// Spherical Bessel functions of even order: the cosine transforms of even Legendre polynomials.
#pragma once

#include <cmath>

namespace skin::numerics {

/// values[i] = j_{2i}(x) for i = 0 ... n - 1, x > 0, n <= 40: upward recurrence where it is stable, else downward.
inline void even_spherical_bessel(double x, int n, double* values) noexcept {
    const int top = 2 * n - 2;
    const double over_x = 1.0 / x;
    if (x > top + 1) {
        double before = std::sin(x) * over_x, now = (before - std::cos(x)) * over_x;
        values[0] = before;
        for (int order = 2; order <= top; ++order) {
            const double next = (2 * order - 1) * over_x * now - before;
            before = now, now = next;
            if (order % 2 == 0) values[order / 2] = now;
        }
        return;
    }
    if (x < 1.0) {  // the series: j_m = x^m/(2m+1)!! (1 - y/(2m+3) + y^2/(2 (2m+3)(2m+5)) - ...), y = x^2/2
        double leading = 1.0;
        for (int order = 0; order <= top; ++order) {
            if (order > 0) leading *= x / (2 * order + 1);
            if (order % 2 != 0) continue;
            double sum = 1.0, term = 1.0;
            for (int i = 1; i <= 9 && std::abs(term) > 1e-17; ++i)
                sum += term *= -0.5 * x * x / (i * (2 * (order + i) + 1));
            values[order / 2] = leading * sum;
        }
        return;
    }
    // Miller: downward from where the functions are far below round-off, then scaled to the larger of j_0 and j_1.
    double above = 0.0, now = 1e-200;  // 1e170 is the most that they grow for x >= 1 and n <= 40
    for (int order = top + 24; order > 0; --order) {
        const double below = (2 * order + 1) * over_x * now - above;
        above = now, now = below;
        if ((order - 1) % 2 == 0 && order - 1 <= top) values[(order - 1) / 2] = now;
    }
    const double zeroth = std::sin(x) / x, first = (zeroth - std::cos(x)) / x;
    const double scale = std::abs(zeroth) > std::abs(first) ? zeroth / now : first / above;
    for (int i = 0; i < n; ++i) values[i] *= scale;
}

}  // namespace skin::numerics
