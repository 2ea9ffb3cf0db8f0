// Table of F(u) for insert(): exact small-strain states over the radius of contact a, then the load radius of a deep
// dimple (docs/theory/insertion.md, eq. 58-60).
//   S(a)  stiffness of a flat disc [N/m]      a(u)  radius of contact at small strain [m]
//   dF/du = S(larger of a(u) and c u) [1 - s u/(u + d R)] [1 + q u^2] + T u/(u + l)
// with c, s, d, q, T, l: LargeDeflection, R: tip radius [m]
#include "insertion/deflection_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace skin::insertion {
namespace {

constexpr double radius_step = 0.25;  // of ln a between exact states
constexpr double widest_ratio = 1.7;  // of u between exact states
constexpr double depth_step = 0.15;   // of ln u between nodes of the table
constexpr std::array<double, 3> gauss_node{-0.7745966692414834, 0.0, 0.7745966692414834};
constexpr std::array<double, 3> gauss_weight{5.0 / 9.0, 8.0 / 9.0, 5.0 / 9.0};

// y over x, both logarithms, with slopes at the nodes; nodes increase.
struct LogCurve {
    std::vector<double> x, y, slope;
    [[nodiscard]] double at(double value) const noexcept {
        const double s = std::log(value);
        if (s <= x.front()) return std::exp(y.front() + slope.front() * (s - x.front()));
        if (s >= x.back()) return std::exp(y.back() + slope.back() * (s - x.back()));
        const auto i = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), s) - x.begin()) - 1;
        const double width = x[i + 1] - x[i], t = (s - x[i]) / width, rise = y[i + 1] - y[i];
        const double m0 = width * slope[i], m1 = width * slope[i + 1];
        return std::exp(y[i] + t * (m0 + t * (3.0 * rise - 2.0 * m0 - m1 + t * (m0 + m1 - 2.0 * rise))));
    }
    // Slopes of a monotone curve without known ones: three-point, limited (Fritsch and Carlson 1980).
    void guess_slopes() {
        const std::size_t n = x.size();
        slope.assign(n, 0.0);
        if (n < 2) return;
        const auto secant = [&](std::size_t i) { return (y[i + 1] - y[i]) / (x[i + 1] - x[i]); };
        slope.front() = secant(0);
        slope.back() = secant(n - 2);
        for (std::size_t i = 1; i + 1 < n; ++i) {
            const double left = secant(i - 1), right = secant(i), h = x[i] - x[i - 1], k = x[i + 1] - x[i];
            slope[i] = std::min((left * k + right * h) / (h + k), 3.0 * std::min(left, right));
        }
    }
};

double cubic(double y0, double y1, double m0, double m1, double t) noexcept {
    const double rise = y1 - y0;
    return y0 + t * (m0 + t * (3.0 * rise - 2.0 * m0 - m1 + t * (m0 + m1 - 2.0 * rise)));
}

// The larger of two radii, rounded where they meet.
double load_radius(double contact, double dimple) noexcept {
    constexpr double sharpness = 5.0;  // fits are best between 4 and 6 and hardly differ there
    const double larger = std::max(contact, dimple), share = std::min(contact, dimple) / larger;
    return larger * std::pow(1.0 + std::pow(share, sharpness), 1.0 / sharpness);
}

}  // namespace

LargeDeflection large_deflection(const Skin& skin) {
    double weight = 0.0, sum = 0.0;
    for (const Layer& layer : skin.layers) {
        weight += layer.youngs_modulus * layer.thickness;
        sum += layer.youngs_modulus * layer.thickness * layer.ogden_exponent;
    }
    const Mechanics& m = skin.mechanics;
    const double thickness = skin.thickness(), mean = weight / thickness;
    double film = 0.0, top = 0.0;  // [N/m] integral of what is stiffer than the mean, exponentially weighted by depth
    for (const Layer& layer : skin.layers) {
        const double bottom = top + layer.thickness;
        film += std::max(layer.youngs_modulus - mean, 0.0) * m.film_depth *
                (std::exp(-top / m.film_depth) - std::exp(-bottom / m.film_depth));
        top = bottom;
    }
    LargeDeflection large;
    large.load_radius = m.load_radius_factor * std::pow(sum / weight, m.load_radius_exponent);
    large.softening = m.tip_softening;
    large.softening_depth = m.tip_softening_depth;
    large.squeeze = m.base_stiffening / (thickness * thickness);
    large.film_tension = m.film_tension * film;
    large.film_depth = m.film_tension_depth;
    return large;
}

DeflectionTable::DeflectionTable(const LayerStack& stack, const TipProfile& tip, const LargeDeflection& large,
                                 double deepest) {
    // Exact states from a small part of the tip or of the first layer up to the end of the profile; discs beyond.
    LayeredContact contact(stack);
    const double thin = stack.layers.front().thickness;
    const double flat = tip.flat_radius();
    // A flat end touches with its whole radius at once; its flank follows with the square root of what goes beyond.
    const double first = flat > 0.0
                             ? std::min(flat * (1.0 + 1e-6), tip.end_radius())
                             : std::min(0.1 * (tip.radius() > 0.0 ? tip.radius() : thin), 0.1 * tip.end_radius());
    const double widest = load_radius(tip.end_radius(), large.load_radius * deepest);
    std::vector<ContactState> states;
    const auto add_state = [&](std::size_t at, double a) {
        contact_radius_.insert(contact_radius_.begin() + static_cast<std::ptrdiff_t>(at), a);
        states.insert(states.begin() + static_cast<std::ptrdiff_t>(at), contact.at_radius(tip, a));
    };
    const int on_tip = 1 + static_cast<int>(std::log(tip.end_radius() / first) / radius_step);
    for (int i = 0; i <= on_tip && !tip.is_punch() && (i == 0 || states.back().depth <= deepest); ++i) {
        const double share = static_cast<double>(i) / on_tip;
        add_state(states.size(), i == on_tip ? tip.end_radius() : first * std::pow(tip.end_radius() / first, share));
        // A shoulder so flat that skin touches it further out first: contact ends in front of it.
        if (i > 0 && states.back().depth <= states[states.size() - 2].depth) {
            states.pop_back();
            contact_radius_.pop_back();
            break;
        }
    }
    if (tip.is_punch()) {
        ContactState punch = contact.disc(flat);
        for (const double u : {1e-3 * std::min(flat, deepest), deepest}) {
            punch.depth = u;
            punch.force = punch.stiffness * u;
            contact_radius_.push_back(flat);
            states.push_back(punch);
        }
    }
    // On a stiff film the depth grows much faster than the radius: look between.
    for (std::size_t i = 1; i < states.size() && !tip.is_punch();) {
        if (states[i].depth > widest_ratio * states[i - 1].depth) {
            add_state(i, std::sqrt(contact_radius_[i - 1] * contact_radius_[i]));
        } else {
            ++i;
        }
    }
    LogCurve disc_stiffness, radius_at;  // S over a, a over u
    const auto add_stiffness = [&disc_stiffness](double a, const ContactState& state) {
        disc_stiffness.x.push_back(std::log(a));
        disc_stiffness.y.push_back(std::log(state.stiffness));
        disc_stiffness.slope.push_back(state.stiffness_slope * a / state.stiffness);
    };
    for (std::size_t i = 0; i < states.size(); ++i) add_stiffness(contact_radius_[i], states[i]);
    for (std::size_t i = 0; i < states.size(); ++i) {
        contact_depth_.push_back(states[i].depth);
        radius_at.x.push_back(std::log(states[i].depth));
        radius_at.y.push_back(std::log(contact_radius_[i]));
    }
    for (double a = contact_radius_.back(); a < widest;) {
        a = std::min(a * std::exp(radius_step), widest);
        add_stiffness(a, contact.disc(a));
    }
    radius_at.guess_slopes();

    const double R = tip.radius();
    const auto softened = [&](double u) { return 1.0 - large.softening * u / (u + large.softening_depth * R); };
    const double end_depth = contact_depth_.back();
    const auto slope_at = [&](double u) {
        const double a = u < end_depth ? radius_at.at(u) : contact_radius_.back();
        return disc_stiffness.at(load_radius(a, large.load_radius * u)) * softened(u) * (1.0 + large.squeeze * u * u) +
               large.film_tension * u / (u + large.film_depth);
    };
    // Without the correction F and dF/du of the exact states; with it the slope is integrated from state to state.
    const auto push = [this](double u, double F, double S) {
        depth_.push_back(u);
        force_.push_back(F);
        slope_.push_back(S);
    };
    power_ = states.front().stiffness * states.front().depth / states.front().force;
    if (large.none()) {
        for (const ContactState& state : states) push(state.depth, state.force, state.stiffness);
    } else {
        const double start = states.front().depth;
        const double S = slope_at(start);
        push(start, S * start / power_, S);
        const double end = std::max(deepest, 2.0 * start);
        const int cells = static_cast<int>(std::ceil(std::log(end / start) / depth_step));
        for (int i = 1; i <= cells; ++i) {
            const double u = start * std::pow(end / start, static_cast<double>(i) / cells), width = u - depth_.back();
            double sum = 0.0;
            for (std::size_t q = 0; q < gauss_node.size(); ++q)
                sum += 0.5 * gauss_weight[q] * slope_at(depth_.back() + 0.5 * width * (1.0 + gauss_node[q]));
            push(u, force_.back() + width * sum, slope_at(u));
        }
    }
    energy_.push_back(force_.front() * depth_.front() / (power_ + 1.0));
    for (std::size_t i = 0; i + 1 < depth_.size(); ++i) {
        const double width = depth_[i + 1] - depth_[i];
        energy_.push_back(energy_.back() +
                          width * (0.5 * (force_[i] + force_[i + 1]) + width / 12.0 * (slope_[i] - slope_[i + 1])));
    }
}

DeflectionTable::Place DeflectionTable::locate(double depth) const noexcept {
    const auto after = std::upper_bound(depth_.begin(), depth_.end(), depth);
    const auto i = std::min(static_cast<std::size_t>(after - depth_.begin()) - 1, depth_.size() - 2);
    const double width = depth_[i + 1] - depth_[i];
    return {i, (depth - depth_[i]) / width, width};
}

double DeflectionTable::force(double depth) const noexcept {
    if (!(depth > 0.0)) return 0.0;
    if (depth < depth_.front()) return force_.front() * std::pow(depth / depth_.front(), power_);
    if (depth >= depth_.back()) return force_.back() + slope_.back() * (depth - depth_.back());
    const auto [i, t, width] = locate(depth);
    return cubic(force_[i], force_[i + 1], width * slope_[i], width * slope_[i + 1], t);
}

double DeflectionTable::stiffness(double depth) const noexcept {
    if (!(depth > 0.0)) return 0.0;
    if (depth < depth_.front()) return slope_.front() * std::pow(depth / depth_.front(), power_ - 1.0);
    if (depth >= depth_.back()) return slope_.back();
    const auto [i, t, width] = locate(depth);
    const double secant = (force_[i + 1] - force_[i]) / width;
    return slope_[i] + t * (2.0 * (3.0 * secant - 2.0 * slope_[i] - slope_[i + 1]) +
                            3.0 * t * (slope_[i] + slope_[i + 1] - 2.0 * secant));
}

double DeflectionTable::energy(double depth) const noexcept {
    if (!(depth > 0.0)) return 0.0;
    if (depth < depth_.front()) return energy_.front() * std::pow(depth / depth_.front(), power_ + 1.0);
    if (depth >= depth_.back()) {
        const double beyond = depth - depth_.back();
        return energy_.back() + beyond * (force_.back() + 0.5 * slope_.back() * beyond);
    }
    const auto [i, t, width] = locate(depth);
    const double rise = force_[i + 1] - force_[i], m0 = width * slope_[i], m1 = width * slope_[i + 1];
    return energy_[i] + width * t *
                            (force_[i] + t * (m0 / 2.0 + t * ((3.0 * rise - 2.0 * m0 - m1) / 3.0 +
                                                              t * (m0 + m1 - 2.0 * rise) / 4.0)));
}

double DeflectionTable::depth(double total, double parallel) const noexcept {
    if (!(total > 0.0)) return 0.0;
    const auto at_node = [&](std::size_t i) { return force_[i] + parallel * depth_[i]; };
    const std::size_t last = depth_.size() - 1;
    if (total >= at_node(last)) return depth_[last] + (total - at_node(last)) / (slope_[last] + parallel);
    if (total < at_node(0)) {  // power law; convex, so Newton overshoots once at most
        double u = depth_[0] * std::pow(total / at_node(0), 1.0 / power_);
        for (int i = 0; i < 50; ++i) {
            const double step = (force(u) + parallel * u - total) / (stiffness(u) + parallel);
            u = std::clamp(u - step, 0.5 * u, 2.0 * u);
            if (std::abs(step) <= 1e-14 * u) break;
        }
        return std::min(u, depth_[0]);
    }
    std::size_t i = 0, j = last;
    while (j - i > 1) {
        const std::size_t middle = (i + j) / 2;
        (at_node(middle) <= total ? i : j) = middle;
    }
    // In the cell: Newton on its cubic in a bracket that halves when a step leaves it.
    const double width = depth_[j] - depth_[i], F0 = force_[i], F1 = force_[j];
    const double m0 = width * slope_[i], m1 = width * slope_[j], rise = F1 - F0;
    const double b = 3.0 * rise - 2.0 * m0 - m1, c = m0 + m1 - 2.0 * rise, along = parallel * width;
    const double start = F0 + parallel * depth_[i] - total;
    double low = 0.0, high = 1.0, t = std::clamp(-start / (rise + along), 0.0, 1.0);
    for (int step = 0; step < 60; ++step) {
        const double excess = start + t * (m0 + along + t * (b + t * c));
        (excess < 0.0 ? low : high) = t;
        double next = t - excess / (m0 + along + t * (2.0 * b + 3.0 * t * c));
        if (!(next >= low && next <= high)) next = 0.5 * (low + high);
        const bool settled = std::abs(next - t) <= 1e-14;
        t = next;
        if (settled) break;
    }
    return depth_[i] + t * width;
}

double DeflectionTable::contact_radius(double depth) const noexcept {
    if (!(depth > contact_depth_.front())) {
        return contact_radius_.front() * std::pow(std::max(depth, 0.0) / contact_depth_.front(), power_ - 1.0);
    }
    if (depth >= contact_depth_.back()) return contact_radius_.back();
    const auto i = static_cast<std::size_t>(std::upper_bound(contact_depth_.begin(), contact_depth_.end(), depth) -
                                            contact_depth_.begin()) -
                   1;
    const double share = std::log(depth / contact_depth_[i]) / std::log(contact_depth_[i + 1] / contact_depth_[i]);
    return contact_radius_[i] * std::pow(contact_radius_[i + 1] / contact_radius_[i], share);
}

}  // namespace skin::insertion
