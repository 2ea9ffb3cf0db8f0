// Surface Green function of a stack of layers (docs/theory/insertion.md, eq. 57):
//   w(r) = 1/(pi E1*) [1/r + integral over k from 0 of g(k) J0(k r)],  -w'(r) the same with 1/r^2 and g k J1.
// Far from the force only long waves count. The integrand is cut by f(q) = e^-q (1 + q + q^2/2 + q^3/6) with
// q = (k r/12)^2: it spreads the load over r/12, with moments that vanish up to the eighth; an error of 1e-6 of the
// field.
#include "insertion/surface_green.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <numbers>

#include "insertion/root.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;

struct ValueSlope {
    double value, slope;
};

// [1/m], [1/m^2] the integrals of g J0 and of g k J1.
ValueSlope wave_part(const LayerStack& stack, double r, int refine) {
    using Gauss = boost::math::quadrature::gauss<double, 10>;
    const double end = 13.0 / stack.layers.front().thickness, filtered = 72.0 / r;
    const bool cut = filtered < end;
    const double last = std::min(end, filtered);
    ValueSlope sum{0.0, 0.0};
    double low = 0.0, high = std::min(stack.longest_wave(), last);
    while (low < last) {
        const int panels = std::max(refine, static_cast<int>(std::ceil(r * (high - low) / 6.0)));
        const double half = 0.5 * (high - low) / panels;
        for (int panel = 0; panel < panels; ++panel) {
            const double middle = low + (2 * panel + 1) * half;
            for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
                for (const double side : {-1.0, 1.0}) {
                    const double k = middle + side * half * Gauss::abscissa()[i];
                    double g = half * Gauss::weights()[i] * (relative_compliance(stack, k) - 1.0);
                    if (cut) {
                        const double q = k * r / 12.0 * k * r / 12.0;
                        g *= std::exp(-q) * (1.0 + q * (1.0 + q * (0.5 + q / 6.0)));
                    }
                    sum.value += g * boost::math::cyl_bessel_j(0, k * r);
                    sum.slope += g * k * boost::math::cyl_bessel_j(1, k * r);
                }
            }
        }
        low = high;
        high = std::min(2.0 * high, last);
    }
    return sum;
}

constexpr double spacing = 0.15;  // of ln r between nodes

struct Cell {
    double v0, m0, v1, m1;
    [[nodiscard]] double at(double s) const noexcept {
        const double rise = v1 - v0;
        return v0 + s * (m0 + s * (3.0 * rise - 2.0 * m0 - m1 + s * (m0 + m1 - 2.0 * rise)));
    }
};

}  // namespace

double surface_deflection(const LayerStack& stack, double distance, int refine) {
    return (1.0 / distance + wave_part(stack, distance, refine).value) / (pi * stack.surface_modulus());
}

SurfaceGreen::SurfaceGreen(const LayerStack& stack) : surface_(1.0 / (pi * stack.surface_modulus())) {
    if (stack.base_modulus > 0.0) base_ = (1.0 - stack.base_ratio * stack.base_ratio) / (pi * stack.base_modulus);
    const double first = std::log(1e-2 * stack.layers.front().thickness), last = std::log(30.0 * stack.thickness());
    const int cells = static_cast<int>(std::ceil((last - first) / spacing));
    double before = std::numeric_limits<double>::infinity();
    bool falls = true;
    for (int i = 0; i <= cells; ++i) {
        const double x = first + (last - first) * i / cells, r = std::exp(x);
        const ValueSlope wave = wave_part(stack, r, 1);
        const double w = surface_ * (1.0 / r + wave.value), slope = -surface_ * (1.0 / (r * r) + wave.slope);
        x_.push_back(x);
        value_.push_back(r * w);
        slope_.push_back(r * w + r * r * slope);
        falls = falls && w < before;
        if (falls) falling_ = x_.size();
        before = w;
    }
    near_ = value_.front() / std::exp(first) - surface_ / std::exp(first);
}

double SurfaceGreen::at(double distance) const noexcept {
    const double x = std::log(distance);
    // Nearer than the table the waves' part is constant; beyond it what the layers add to the base falls as 1/r^2.
    if (!(x > x_.front())) return surface_ / distance + near_;
    if (x >= x_.back()) return (base_ + (value_.back() - base_) * std::exp(x_.back()) / distance) / distance;
    const double width = x_[1] - x_[0];
    const auto i = std::min(static_cast<std::size_t>((x - x_.front()) / width), x_.size() - 2);
    const Cell cell{value_[i], width * slope_[i], value_[i + 1], width * slope_[i + 1]};
    return cell.at((x - x_[i]) / width) / distance;
}

double SurfaceGreen::distance_of(double compliance) const noexcept {
    const auto node = [this](std::size_t i) { return value_[i] * std::exp(-x_[i]); };
    if (compliance >= node(0)) return surface_ / (compliance - near_);
    std::size_t low = 0, high = falling_ - 1;
    if (compliance <= node(high)) {
        if (falling_ < x_.size() || base_ == 0.0) return std::exp(x_[high]);
        const double film = (value_.back() - base_) * std::exp(x_.back());  // beyond the table: base/r + film/r^2
        return (base_ + std::sqrt(base_ * base_ + 4.0 * compliance * film)) / (2.0 * compliance);
    }
    while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (node(middle) > compliance ? low : high) = middle;
    }
    const auto excess = [&](double x) { return compliance - at(std::exp(x)); };
    return std::exp(bracketed_root(excess, x_[low], x_[high], compliance - node(low), compliance - node(high), 1e-12));
}

}  // namespace skin::insertion
