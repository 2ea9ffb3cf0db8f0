#include "tearing/tear_map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace skin::tearing {

namespace {

constexpr double in_line = 15.0 * std::numbers::pi / 180.0;  // [rad] what counts as aligned: half a compass point

/// [1] strip over the half slits beside it below which the stress on it passes the strength (eq. 55).
double net_section_share(const LigamentLaw& law) {
    if (!(law.strength > law.stress)) return law.stress > 0.0 ? 1.0 : 0.0;
    return std::min(law.stress / (law.strength - law.stress), 1.0);
}

bool lie_in_line(const Damage& a, const Damage& b) {
    const Point d = b.centre - a.centre;
    const double joint = std::atan2(d.y, d.x);
    return angle_between(a.direction, b.direction) < in_line && angle_between(a.direction, joint) < in_line &&
           angle_between(b.direction, joint) < in_line;
}

/// Damages off the border of the patch by `guard`; all of them if that leaves none.
std::vector<char> inner(std::span<const Damage> damages) {
    double x0 = HUGE_VAL, y0 = HUGE_VAL, x1 = -HUGE_VAL, y1 = -HUGE_VAL, longest = 0.0;
    for (const Damage& d : damages) {
        x0 = std::min(x0, d.centre.x), x1 = std::max(x1, d.centre.x);
        y0 = std::min(y0, d.centre.y), y1 = std::max(y1, d.centre.y);
        longest = std::max(longest, 2.0 * std::max(d.half_length, d.needle_radius) + d.needle_radius);
    }
    const double guard = std::min(longest, 0.25 * std::min(x1 - x0, y1 - y0));
    std::vector<char> is_inner(damages.size());
    bool any = false;
    for (std::size_t i = 0; i < damages.size(); ++i) {
        const Point c = damages[i].centre;
        is_inner[i] = c.x >= x0 + guard && c.x <= x1 - guard && c.y >= y0 + guard && c.y <= y1 - guard ? 1 : 0;
        any = any || is_inner[i] != 0;
    }
    if (!any) std::fill(is_inner.begin(), is_inner.end(), char{1});
    return is_inner;
}

double share(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

Reach reach_of(std::span<const Damage> damages, const std::vector<std::size_t>& members) {
    std::vector<Disc> discs;
    for (const std::size_t i : members) {
        const Damage& d = damages[i];
        discs.push_back({d.centre, d.hole_radius});
        if (!torn(d)) continue;
        const Ends e = ends_of(d);
        discs.push_back({e.first, 0.0});
        discs.push_back({e.second, 0.0});
    }
    return farthest(std::move(discs));
}

}  // namespace

bool merge(const Damage& a, const Damage& b, double gap, const LigamentLaw& law) noexcept {
    // Mean needle diameter over two; the load that the half slits (or holes) beside the strip cannot carry goes into
    // it.
    const double narrow = 0.5 * (a.needle_radius + b.needle_radius);
    const double beside = std::max(a.half_length, a.hole_radius) + std::max(b.half_length, b.hole_radius);
    return gap < narrow || gap < net_section_share(law) * beside;
}

TearMap map_damages(std::span<const Damage> damages, const LigamentLaw& law) {
    TearMap map;
    const std::size_t n = damages.size();
    map.chain_of.assign(n, -1);
    if (n == 0) return map;
    std::vector<double> margin;
    const double net = net_section_share(law);
    for (const Damage& d : damages) {
        margin.push_back(std::max(d.needle_radius, net * std::max(d.half_length, d.hole_radius)));
    }
    const std::vector<char> is_inner = inner(damages);
    Groups groups(n);
    std::vector<char> merged(n, 0), reentered(n, 0);
    double crossings = 0.0, slit_pairs = 0.0, aligned = 0.0;
    for_each_near_pair(damages, margin, [&](std::size_t i, std::size_t j) {
        const Damage &a = damages[i], &b = damages[j];
        if (cross(a, b)) crossings += is_inner[i] + is_inner[j];
        if (a.pass != b.pass && length(a.centre - b.centre) < a.needle_radius + b.needle_radius) {
            reentered[a.pass > b.pass ? i : j] = 1;
        }
        if (!merge(a, b, ligament(a, b), law)) return;
        groups.join(i, j);
        merged[i] = merged[j] = 1;
        if (!torn(a) || !torn(b)) return;
        slit_pairs += 1.0;
        aligned += lie_in_line(a, b) ? 1.0 : 0.0;
    });
    double inside = 0.0, slits = 0.0, joined = 0.0, captured = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        if (is_inner[i] == 0) continue;
        inside += 1.0;
        slits += torn(damages[i]) ? 1.0 : 0.0;
        joined += merged[i];
        captured += reentered[i];
    }
    map.merged_fraction = share(joined, inside);
    map.reentered_fraction = share(captured, inside);
    map.crossings_per_slit = share(crossings, slits);
    map.collinear_fraction = share(aligned, slit_pairs);
    for (std::size_t i = 0; i < n; ++i) {
        if (merged[i] == 0) continue;
        const std::size_t root = groups.find(i);  // the smallest member: it comes first
        if (root == i) {
            map.chain_of[i] = static_cast<long>(map.chains.size());
            map.chains.emplace_back();
        }
        map.chain_of[i] = map.chain_of[root];
        map.chains[static_cast<std::size_t>(map.chain_of[i])].members.push_back(i);
    }
    for (Chain& chain : map.chains) chain.reach = reach_of(damages, chain.members);
    return map;
}

std::vector<std::size_t> capture(std::span<Damage> damages, double capture_radius) {
    std::vector<std::size_t> host(damages.size());
    std::iota(host.begin(), host.end(), std::size_t{0});
    if (!(capture_radius > 0.0)) return host;
    std::vector<double> margin;
    for (const Damage& d : damages) margin.push_back(capture_radius * d.needle_radius);
    struct Meeting {
        std::size_t later, earlier;
        double apart;
    };
    std::vector<Meeting> meetings;
    const std::vector<Damage> before(damages.begin(), damages.end());
    for_each_near_pair(before, margin, [&](std::size_t i, std::size_t j) {
        const Damage &a = before[i], &b = before[j];
        const double apart = length(a.centre - b.centre);
        if (a.pass == b.pass || apart >= capture_radius * (a.needle_radius + b.needle_radius)) return;
        const bool i_later = a.pass > b.pass;
        meetings.push_back({i_later ? i : j, i_later ? j : i, apart});
    });
    // The nearest older hole takes the needle; older ones have found their place first.
    std::sort(meetings.begin(), meetings.end(), [&](const Meeting& a, const Meeting& b) {
        if (before[a.later].pass != before[b.later].pass) return before[a.later].pass < before[b.later].pass;
        if (a.later != b.later) return a.later < b.later;
        return a.apart != b.apart ? a.apart < b.apart : a.earlier < b.earlier;
    });
    std::size_t taken = damages.size();
    for (const Meeting& m : meetings) {
        if (m.later == taken) continue;
        taken = m.later;
        damages[m.later].centre = damages[m.earlier].centre;
        host[m.later] = host[m.earlier];  // which found its place before
    }
    return host;
}

}  // namespace skin::tearing
