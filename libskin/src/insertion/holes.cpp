#include "insertion/holes.hpp"

#include <algorithm>
#include <cmath>

#include "insertion/root.hpp"

namespace skin::insertion {
namespace {

constexpr int steps = 32;  // along a hole; even (Simpson)

// [f] integrated from the mouth to `end`, Simpson's rule from interface to interface, where the force has steps.
template <class F>
double along(const LayeredNeedle::Strike& strike, double end, const F& f) {
    double sum = 0.0;
    const auto tops = strike.tops();
    for (std::size_t i = 0; i < tops.size() && tops[i] < end; ++i) {
        const double h = ((i + 1 < tops.size() ? std::min(tops[i + 1], end) : end) - tops[i]) / steps;
        for (int k = 0; k <= steps && h > 0.0; ++k) {
            const double weight = k == 0 || k == steps ? 1.0 : k % 2 == 1 ? 4.0 : 2.0;
            sum += weight * h / 3.0 * f(tops[i] + (k == 0 ? 1e-9 : k) * h);  // an interface belongs to the layer above
        }
    }
    return sum;
}

}  // namespace

HoleMap::HoleMap(double widest) : cell_(std::max(widest, 1e-9)) {}

std::int64_t HoleMap::cell_of(double at) const noexcept { return static_cast<std::int64_t>(std::floor(at / cell_)); }

void HoleMap::add(double x, double y, std::size_t hole) {
    places_[key(cell_of(x), cell_of(y))].push_back({x, y, hole});
}

Reentry reenter(const LayeredNeedle::Strike& strike, double travel, double open, double tolerance) {
    const auto walls = [&](double h) {
        const ForceParts parts = strike.parts(h);
        return parts.spreading + parts.friction;
    };
    const Deflection& skin = strike.deflection();
    Reentry r;
    r.state = strike.at_travel(travel, tolerance);
    if (r.state.depth > open) {  // through the bottom: there it is fresh skin
        r.work = strike.work(r.state) - along(strike, open, [&](double h) { return strike.parts(h).cutting; });
        r.state.peak_force = r.state.force;
        return r;
    }
    // First depth at which the walls carry what the dented skin pushes; they carry less than fresh skin, so it is not
    // less deep than the fresh balance.
    const auto excess = [&](double h) { return h + skin.depth(walls(h)) - travel; };
    r.state.advancing = false;
    r.state.depth = open;
    double low = 0.0, at_low = -travel;
    for (int k = 1; k <= steps; ++k) {
        const double high = open * k / steps, at_high = excess(high);
        if (at_high >= 0.0) {
            r.state.depth = bracketed_root(excess, low, high, at_low, at_high, tolerance);
            break;
        }
        low = high, at_low = at_high;
    }
    r.state.deflection = std::max(travel - r.state.depth, 0.0);
    // The dented skin says it: at an interface the walls may ask for less above than below.
    r.state.force = skin.rigid && r.state.depth > 0.0 ? walls(r.state.depth) : skin.force(r.state.deflection);
    r.state.peak_force = r.state.force;
    r.work = along(strike, r.state.depth, walls) + skin.energy(r.state.deflection);
    return r;
}

}  // namespace skin::insertion
