#include "transport/relations.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "skin/core/constants.hpp"

namespace skin::transport {

double hindrance(double l) noexcept {
    if (!(l > 0.0)) return 1.0;
    if (l >= 0.95) return 0.0;  // the fit ends there
    const double series =
        -1.56034 + l * (0.528155 + l * (1.91521 + l * (-2.81903 + l * (0.270788 + l * (1.10115 - 0.435933 * l)))));
    return std::clamp(1.0 + 9.0 / 8.0 * l * std::log(l) + l * series, 0.0, 1.0);
}

double mackie_meares(double phi) noexcept {
    const double open = (1.0 - phi) / (1.0 + phi);
    return open * open;
}

double constriction(double e) noexcept {
    if (e >= 1.0) return 0.0;
    const double e2 = e * e, e3 = e2 * e;
    return std::max(0.0, 1.0 - 1.40978 * e + e3 * (0.34406 + e2 * (0.0435 + 0.02271 * e2)));
}

double wall_exchange(double a, double b) noexcept { return wall_exchange(a * a, b * b, std::log(b / a)); }

double stokes_einstein(double temperature, double viscosity, double radius) noexcept {
    return constants::boltzmann_constant * temperature / (6.0 * std::numbers::pi * viscosity * radius);
}

}  // namespace skin::transport
