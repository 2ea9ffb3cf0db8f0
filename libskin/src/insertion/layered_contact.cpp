// Contact by dual integral equations (docs/theory/insertion.md, eq. 53-56). With the pressure written as the transform
// of phi(t), 0 <= t <= a (a radius of contact [m], E* that of the first layer [Pa]):
//   phi(t) + (2/pi) int_0^a phi(s) int_0^inf g(k) cos(kt) cos(ks) dk ds = (E*/pi) [depth - theta(t)]
//   phi(a) = 0 (the pressure vanishes at the rim),   F = 2 pi int_0^a phi dt
// phi is sought in even Legendre polynomials of t/a, whose cosine transforms are a (-1)^n j_2n(k a): the matrix is
// symmetric and positive definite. Two smooth problems are solved, that of the disc (right side 1) and that of the
// kernel at the rim; theta enters by integrals against their solutions only, so its kinks cost nothing.
#include "insertion/layered_contact.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <numbers>
#include <utility>

#include "numerics/spherical_bessel.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;
constexpr int most_terms = 40;

// Sum over n of c_n P_2n(x) for two coefficient sets.
std::pair<double, double> legendre_sums(const Eigen::VectorXd& c, const Eigen::VectorXd& d, double x) noexcept {
    double before = 1.0, now = x, first = c[0], second = d[0];
    for (int order = 2; order / 2 < c.size(); ++order) {
        const double next = ((2 * order - 1) * x * now - (order - 1) * before) / order;
        before = now, now = next;
        if (order % 2 != 0) continue;
        first += c[order / 2] * now;
        second += d[order / 2] * now;
    }
    return {first, second};
}

}  // namespace

LayeredContact::LayeredContact(const LayerStack& stack, const ContactSettings& settings)
    : stack_(stack), settings_(settings) {}

void LayeredContact::solve(double radius) {
    const double a = radius, first = stack_.layers.front().thickness;
    // Narrow contacts share one rule; wide ones have a rule for each doubling, without the waves shorter than a/32, of
    // which their pressure holds next to nothing.
    const double widest = first * std::exp2(std::max(std::ceil(std::log2(a / first)), 0.0));
    if (widest != widest_) {
        widest_ = widest;
        rule_ = wave_rule(stack_, widest, settings_.panels_an_octave, settings_.whole_tail ? 0.0 : 200.0 / widest);
    }
    const int n = settings_.terms > 0 ? std::min(settings_.terms, most_terms)
                                      : std::min(5 + static_cast<int>(2.4 * std::sqrt(a / first)), most_terms);
    const auto m = static_cast<Eigen::Index>(rule_.k.size());
    waves_.resize(n, m);
    weighted_.resize(n, m);
    Eigen::VectorXd at_rim = Eigen::VectorXd::Zero(n);
    for (Eigen::Index i = 0; i < m; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double x = rule_.k[at] * a, weight = 2.0 / pi * rule_.weight[at] * rule_.g[at] * a;
        numerics::even_spherical_bessel(x, n, waves_.col(i).data());
        for (int j = 1; j < n; j += 2) waves_(j, i) = -waves_(j, i);
        weighted_.col(i) = weight * waves_.col(i);
        at_rim += std::cos(x) * weighted_.col(i);
    }
    // Divided by a: M_mn = delta_mn/(4n + 1) + (2a/pi) int g J_m J_n dk.
    Eigen::MatrixXd matrix = weighted_ * waves_.transpose();
    for (int j = 0; j < n; ++j) matrix(j, j) += 1.0 / (4 * j + 1);
    const Eigen::LLT<Eigen::MatrixXd> factor(matrix);
    if (factor.info() != Eigen::Success) {
        throw SolverError(
            text("insertion: the contact of radius %g m with the layers has no positive stiffness matrix "
                 "(%d terms, %d waves)",
                 a, n, static_cast<int>(m)));
    }
    disc_ = factor.solve(Eigen::VectorXd::Unit(n, 0));
    rim_ = factor.solve(at_rim / a);
}

ContactState LayeredContact::disc(double radius) {
    solve(radius);
    const double E = stack_.surface_modulus();
    const double rim = 1.0 - radius * rim_[0];  // phi at the rim of the unit disc
    return {0.0, 0.0, 2.0 * E * radius * disc_[0], 2.0 * E * rim * rim};
}

ContactState LayeredContact::at_radius(const TipProfile& tip, double radius) {
    using Gauss = boost::math::quadrature::gauss<double, 20>;
    ContactState state = disc(radius);
    // Integrals of theta against both solutions: up to the first flank with nodes gathered at it, beyond in the square
    // root of the distance to where a flank begins.
    const double a = radius;
    double with_disc = 0.0, with_rim = 0.0;
    const auto add = [&](double t, double weight) {
        const double theta = weight * tip.theta(t);
        const auto [p, q] = legendre_sums(disc_, rim_, t / a);
        with_disc += theta * p;
        with_rim += theta * q;
    };
    const int panels = 1 + static_cast<int>(disc_.size()) / 8;
    const auto each_node = [&](const auto& use) {
        for (int panel = 0; panel < panels; ++panel) {
            for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
                for (const double side : {-1.0, 1.0}) {
                    use((panel + 0.5 + 0.5 * side * Gauss::abscissa()[i]) / panels, 0.5 * Gauss::weights()[i] / panels);
                }
            }
        }
    };
    const auto& flanks = tip.flanks();
    const double b = flanks.empty() ? (tip.flat_radius() > 0.0 ? a : 0.0) : std::min(flanks.front().radius, a);
    if (b > 0.0) {
        each_node(
            [&](double x, double weight) { add(b * (1.0 - (1.0 - x) * (1.0 - x)), 2.0 * b * (1.0 - x) * weight); });
    }
    double low = b;
    for (std::size_t i = 0; low < a; ++i) {
        const double high = i + 1 < flanks.size() ? std::min(flanks[i + 1].radius, a) : a;
        each_node([&](double x, double weight) { add(low + (high - low) * x * x, 2.0 * (high - low) * x * weight); });
        low = high;
    }
    state.depth = (tip.theta(a) - with_rim) / (1.0 - a * rim_[0]);
    state.force = state.stiffness * state.depth - 2.0 * stack_.surface_modulus() * with_disc;
    return state;
}

}  // namespace skin::insertion
