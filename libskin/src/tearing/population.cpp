#include "tearing/population.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <numbers>

namespace skin::tearing {

using std::numbers::pi;
using std::numbers::sqrt2;

namespace {
double upper_tail(double z) noexcept { return 0.5 * std::erfc(z / sqrt2); }  // 1 - Phi(z)

/// P(|Y| > half_width) for Y ~ N(mean, sd); a step when sd = 0.
double outside(double half_width, double mean, double sd) noexcept {
    if (!(sd > 0.0)) return std::abs(mean) > half_width ? 1.0 : 0.0;
    if (mean == 0.0) return 2.0 * upper_tail(half_width / sd);
    return upper_tail((half_width - mean) / sd) + upper_tail((half_width + mean) / sd);
}
}  // namespace

double exceedance(const DemandScatter& d, double delta_c) {
    if (!(delta_c > 0.0)) return d.sd_x > 0.0 || d.sd_y > 0.0 || d.mean_x != 0.0 || d.mean_y != 0.0 ? 1.0 : 0.0;
    const auto outside_y = [&](double x) {
        return outside(std::sqrt(std::max(delta_c * delta_c - x * x, 0.0)), d.mean_y, d.sd_y);
    };
    if (!(d.sd_x > 0.0)) return std::abs(d.mean_x) > delta_c ? 1.0 : outside_y(d.mean_x);
    // 1 - integral over the disc = P(|x| > delta_c) + integral of P(outside in y): no difference of near-equal numbers.
    // x = delta_c sin(t) takes the root off the ends; the normal density is below 1e-17 beyond 9 standard deviations.
    const double lo = std::max(-delta_c, d.mean_x - 9.0 * d.sd_x), hi = std::min(delta_c, d.mean_x + 9.0 * d.sd_x);
    double inside = 0.0;
    if (lo < hi) {
        // Panels of 30 points: one resolves scatter of a fifth of delta_c in either direction (2e-9 of the share, a
        // point for half a standard deviation), four resolve a hundredth of it.
        constexpr double resolved = 0.2, most = 4.0;
        const double narrow = std::min(d.sd_x, d.sd_y) / delta_c;
        const int panels = narrow > 0.0 ? static_cast<int>(std::clamp(std::ceil(resolved / narrow), 1.0, most)) : 4;
        const double t_lo = std::asin(lo / delta_c), step = (std::asin(hi / delta_c) - t_lo) / panels;
        const auto f = [&](double t) {
            const double x = delta_c * std::sin(t), z = (x - d.mean_x) / d.sd_x;
            return std::exp(-0.5 * z * z) * outside_y(x) * std::cos(t);
        };
        for (int i = 0; i < panels; ++i) {
            inside += boost::math::quadrature::gauss<double, 30>::integrate(f, t_lo + i * step, t_lo + (i + 1) * step);
        }
        inside *= delta_c / (d.sd_x * std::sqrt(2.0 * pi));
    }
    return std::clamp(outside(delta_c, d.mean_x, d.sd_x) + inside, 0.0, 1.0);
}

std::span<const NormalNode> normal_nodes(int n) noexcept {
    // Abramowitz & Stegun 25.10, rescaled to N(0, 1)
    static constexpr std::array<NormalNode, 3> three{
        {{-1.7320508075688773, 1.0 / 6.0}, {0.0, 2.0 / 3.0}, {1.7320508075688773, 1.0 / 6.0}}};
    static constexpr std::array<NormalNode, 5> five{{{-2.8569700138728056, 0.011257411327720689},
                                                     {-1.3556261799742659, 0.22207592200561266},
                                                     {0.0, 0.53333333333333333},
                                                     {1.3556261799742659, 0.22207592200561266},
                                                     {2.8569700138728056, 0.011257411327720689}}};
    return n == 3 ? std::span<const NormalNode>{three} : std::span<const NormalNode>{five};
}

double rayleigh_exceedance(double delta_c, double sd_x, double sd_y) noexcept {
    const double variance = 0.5 * (sd_x * sd_x + sd_y * sd_y);
    return variance > 0.0 ? std::exp(-0.5 * delta_c * delta_c / variance) : 0.0;
}

double relaxation(double distance, double relaxation_length) noexcept {
    return relaxation_length > 0.0 ? -std::expm1(-distance / relaxation_length) : 1.0;
}

double neighbour_probability(double n, double r) noexcept { return -std::expm1(-n * pi * r * r); }

double slit_crossings(double n, double slit_length) noexcept { return 2.0 / pi * n * slit_length * slit_length; }

double merging_partners(double n, double slit_length, double w_s, double gap) noexcept {
    return n * (2.0 * slit_length + 2.0 * gap) * (2.0 * w_s + 2.0 * gap);
}

}  // namespace skin::tearing
