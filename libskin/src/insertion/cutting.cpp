// Shergold & Fleck's mechanism with the hole of equal perimeter (docs/theory/insertion.md, eq. 1-8).
//
//   alpha  Ogden exponent [1]              x = b/R     undeformed hole over needle radius [1]
//   kappa  J/(mu R) [1]                    t = ln(R/b) logarithm of the hoop stretch at the wall [1]
//   p      wall pressure / mu [1]          W           Ogden energy density / mu [1]
//   U1     spreading energy / (mu R^2) [1] G           cutting force / (mu R^2) [1]
#include "insertion/cutting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <numbers>
#include <utility>

#include "skin/insertion.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;

// W of eq. 2, written so that small stretches keep all digits.
double energy_density(double t, double alpha) noexcept {
    const double half = std::sinh(0.5 * alpha * t);
    return 8.0 / (alpha * alpha) * half * half;
}

// Eq. 4: closed form for integer alpha, else Gauss-Legendre of p = (2/alpha) int_0^t exp(-tau) sinh(alpha
// tau)/sinh(tau).
double pressure(double t, double alpha) noexcept {
    const double whole = std::round(alpha);
    if (std::abs(alpha - whole) < 1e-12 && whole < 200.0) {
        double sum = 0.0;
        for (int k = 0; k < static_cast<int>(whole); ++k) {
            const double power = 2.0 * k - whole;
            sum += power == 0.0 ? t : std::expm1(power * t) / power;
        }
        return 2.0 / alpha * sum;
    }
    static constexpr std::array<double, 5> node{0.1488743389816312, 0.4333953941292472, 0.6794095682990244,
                                                0.8650633666889845, 0.9739065285171717};
    static constexpr std::array<double, 5> weight{0.2955242247147529, 0.2692667193099963, 0.2190863625159820,
                                                  0.1494513491505806, 0.0666713443086881};
    const auto integrand = [&](double tau) {
        return std::exp(-tau) * (tau < 1e-9 ? alpha : std::sinh(alpha * tau) / std::sinh(tau));
    };
    const int panels = 1 + static_cast<int>(std::min(alpha * t / 2.0, 400.0));  // growth of at most e^2 in a panel
    const double width = t / panels;
    double sum = 0.0;
    for (int panel = 0; panel < panels; ++panel) {
        const double middle = (panel + 0.5) * width;
        for (std::size_t i = 0; i < node.size(); ++i) {
            const double offset = 0.5 * width * node[i];
            sum += 0.5 * width * weight[i] * (integrand(middle - offset) + integrand(middle + offset));
        }
    }
    return 2.0 / alpha * sum;
}

// The energy is least where kappa = 2 x (p + W), because dU1/dx = -2 pi x (p + W).
struct Stationary {
    double kappa, slope;  // slope: d kappa/d t
};
Stationary stationary(double t, double alpha) noexcept {
    const double x = std::exp(-t);
    const double kappa = 2.0 * x * (pressure(t, alpha) + energy_density(t, alpha));
    const double s = std::sinh(alpha * t);
    const double dp = t < 1e-9 ? 2.0 : 2.0 / alpha * x * s / std::sinh(t);
    return {kappa, -kappa + 2.0 * x * (dp + 4.0 / alpha * s)};
}

Cut cut_at(double t, double alpha) noexcept {
    const double x = std::exp(-t);
    const double p = pressure(t, alpha);
    const double W = energy_density(t, alpha);
    return {x, pi * (p * (1.0 + x * x) + x * x * W), p};  // pi kappa x + U1 with the kappa of `stationary`
}

}  // namespace

double wall_pressure(double x, double alpha) noexcept { return pressure(-std::log(x), alpha); }

double spreading_energy(double x, double alpha) noexcept {
    const double t = -std::log(x);
    return -pi * std::expm1(-2.0 * t) * pressure(t, alpha) - pi * x * x * energy_density(t, alpha);
}

double stretch_energy(double lambda, double alpha) noexcept { return energy_density(std::log(lambda), alpha); }

Cut solve_cut(double kappa, double alpha) noexcept {
    if (!(kappa > 0.0)) return {};
    if (kappa < 1e-9) return {1.0 - kappa / 4.0, pi * kappa * (1.0 - kappa / 8.0), kappa / 2.0};  // eq. 7
    // Newton on ln kappa(t), kept inside a bracket: kappa grows with t from 4 t on.
    double low = 0.0;
    double high = kappa / 4.0;
    while (stationary(high, alpha).kappa < kappa && high < 300.0) {
        low = high;
        high *= 2.0;
    }
    double t = std::min(kappa / 4.0, std::log1p(alpha * alpha * kappa / 4.0) / (alpha - 1.0));
    if (!(t > low && t < high)) t = 0.5 * (low + high);
    for (int i = 0; i < 200; ++i) {
        const auto [value, slope] = stationary(t, alpha);
        (value < kappa ? low : high) = t;
        double next = t - value * std::log(value / kappa) / slope;
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        const double change = std::abs(next - t);
        t = next;
        if (change <= 4.0 * std::numeric_limits<double>::epsilon() * t) break;
    }
    return cut_at(t, alpha);
}

double cutting_force(double mu, double alpha, double J, double R) noexcept {
    return mu * R * R * solve_cut(J / (mu * R), alpha).resistance;
}

namespace {
// Ring crack of a flat end: the undeformed radius b = x R that needs least force.
struct Ring {
    double opening, resistance;
};
Ring solve_ring(double kappa, double alpha) noexcept {
    // l = x^2 axial stretch of the core, w its energy density over mu.
    const auto resistance = [&](double x) {
        const double l = x * x;
        const double w = 2.0 / (alpha * alpha) * (std::pow(l, alpha) + 2.0 * std::pow(x, -alpha) - 3.0);
        return (2.0 * pi * x * kappa + pi * l * w + spreading_energy(x, alpha)) / (1.0 - l);
    };
    constexpr double golden = 0.6180339887498949;
    double a = 1e-3, b = 1.0 - 1e-9;
    double c = b - golden * (b - a), d = a + golden * (b - a);
    double fc = resistance(c), fd = resistance(d);
    for (int i = 0; i < 80; ++i) {
        if (fc < fd) {
            b = d, d = c, fd = fc, c = b - golden * (b - a), fc = resistance(c);
        } else {
            a = c, c = d, fc = fd, d = a + golden * (b - a), fd = resistance(d);
        }
    }
    const double x = 0.5 * (a + b);
    return {x, resistance(x)};
}
}  // namespace

double flat_punch_force(double mu, double alpha, double J, double R) noexcept {
    return mu * R * R * solve_ring(J / (mu * R), alpha).resistance;
}

SteadyCut steady_cut(CuttingLaw law, double kappa, double alpha) {
    switch (law) {
        case CuttingLaw::wedge_table: {
            const WedgeEnergy wedge(alpha);
            const double ln_y = wedge.best_slit(std::log(kappa));
            const double y = std::exp(ln_y), s = wedge.at(ln_y).energy, G = 2.0 * kappa * y + s;
            return {y, G, s / G, G + s};  // N = dS/dR at fixed a: mu R (2 s - y s') with s' = -2 kappa
        }
        case CuttingLaw::flat_punch: {
            const Ring ring = solve_ring(kappa, alpha);
            const double crack = 2.0 * pi * kappa * ring.opening / (1.0 - ring.opening * ring.opening);
            return {ring.opening, ring.resistance, 1.0 - crack / ring.resistance,
                    2.0 * pi * wall_pressure(ring.opening, alpha)};
        }
        case CuttingLaw::equal_perimeter:
            break;
    }
    const Cut cut = solve_cut(kappa, alpha);
    return {0.5 * pi * cut.opening, cut.resistance, 1.0 - pi * kappa * cut.opening / cut.resistance,
            2.0 * pi * cut.pressure};
}

double flat_end_force(double mu, double alpha, double J, double R, double bore_radius) noexcept {
    const double pressed = flat_punch_force(mu, alpha, J, R);
    if (!(bore_radius > 0.0)) return pressed;
    // Core of radius r_b as it is, outside it opened from r_b to R: 2 pi r_b J + U(r_b, R).
    const double cored = 2.0 * pi * bore_radius * J + mu * R * R * spreading_energy(bore_radius / R, alpha);
    return std::min(pressed, cored);
}

CuttingTable::CuttingTable(double alpha, double kappa_low, double kappa_high)
    : CuttingTable(CuttingLaw::equal_perimeter, alpha, kappa_low, kappa_high) {}

CuttingTable::CuttingTable(CuttingLaw law, double alpha, double kappa_low, double kappa_high)
    : law_(law), alpha_(alpha), start_(std::log(kappa_low)), step_(law == CuttingLaw::wedge_table ? 0.05 : 0.2) {
    if (law == CuttingLaw::wedge_table) wedge_.emplace(alpha);
    const int cells = std::clamp(static_cast<int>(std::ceil((std::log(kappa_high) - start_) / step_)), 1, 2000);
    nodes_.reserve(static_cast<std::size_t>(cells) + 1);
    for (int i = 0; i <= cells; ++i) nodes_.push_back(exact(std::exp(start_ + i * step_)));
}

// The derivative of ln G is the share of the crack under every law, because the opening is at a minimum.
CuttingTable::Value CuttingTable::exact(double kappa) const noexcept {
    if (wedge_) {
        const double ln_y = wedge_->best_slit(std::log(kappa));
        const double crack = 2.0 * kappa * std::exp(ln_y), G = crack + wedge_->at(ln_y).energy;
        return {std::log(G), crack / G};
    }
    if (law_ == CuttingLaw::flat_punch) {
        const Ring ring = solve_ring(kappa, alpha_);
        return {std::log(ring.resistance),
                2.0 * pi * kappa * ring.opening / (1.0 - ring.opening * ring.opening) / ring.resistance};
    }
    const Cut cut = solve_cut(kappa, alpha_);
    return {std::log(cut.resistance), pi * kappa * cut.opening / cut.resistance};
}

CuttingTable::Value CuttingTable::at(double ln_kappa) const noexcept {
    const double position = (ln_kappa - start_) / step_;
    if (!(position >= 0.0 && position <= static_cast<double>(nodes_.size() - 1))) {
        return exact(std::exp(ln_kappa));
    }
    const auto cell = std::min(static_cast<std::size_t>(position), nodes_.size() - 2);
    const double s = position - static_cast<double>(cell);
    const Value& left = nodes_[cell];
    const Value& right = nodes_[cell + 1];
    const double rise = right.ln_resistance - left.ln_resistance;
    const double m0 = step_ * left.crack_share;
    const double m1 = step_ * right.crack_share;
    const double c2 = 3.0 * rise - 2.0 * m0 - m1;
    const double c3 = m0 + m1 - 2.0 * rise;
    return {left.ln_resistance + s * (m0 + s * (c2 + s * c3)), (m0 + s * (2.0 * c2 + 3.0 * s * c3)) / step_};
}

std::shared_ptr<const CuttingTable> cutting_table(CuttingLaw law, double alpha) {
    constexpr std::size_t most = 64;  // exponents that are kept; a study that draws them does not fill the memory
    static std::mutex guard;
    static std::map<std::pair<CuttingLaw, double>, std::shared_ptr<const CuttingTable>> kept;
    const std::pair key{law, alpha};
    {
        const std::lock_guard lock(guard);
        if (const auto found = kept.find(key); found != kept.end()) return found->second;
    }
    const auto made = std::make_shared<const CuttingTable>(law, alpha, 1e-3, 1e7);
    const std::lock_guard lock(guard);
    return kept.size() < most ? kept.emplace(key, made).first->second : made;
}

}  // namespace skin::insertion
