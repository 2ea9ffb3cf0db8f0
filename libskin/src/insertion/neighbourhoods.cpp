#include "insertion/neighbourhoods.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <numbers>
#include <set>
#include <utility>

namespace skin::insertion {
namespace {

constexpr double same_distance = 1e-7;  // [1] of the shortest distance: what round-off of positions never reaches
constexpr int near_needles = 10;        // among which the cell of a needle is looked for: a hexagon has 6, a square 8

/// Mixes the bits of a number (splitmix64): sums of these tell multisets apart.
std::uint64_t mixed(std::uint64_t x) noexcept {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

double shortest_distance(const RowMatrix& at) {
    double least = std::numeric_limits<double>::infinity();
    for (Eigen::Index i = 0; i < at.rows(); ++i) {
        for (Eigen::Index j = i + 1; j < at.rows(); ++j) least = std::min(least, (at.row(i) - at.row(j)).norm());
    }
    return least;
}

/// What a place sees: distances and groups of all needles within the cut-off, as one number.
std::uint64_t view_from(const Eigen::Vector2d& place, const RowMatrix& at, const std::vector<Eigen::Index>& group,
                        double cut_off, double unit) noexcept {
    std::uint64_t sum = 0;
    for (Eigen::Index j = 0; j < at.rows(); ++j) {
        const double dx = at(j, 0) - place.x(), dy = at(j, 1) - place.y(), r = std::sqrt(dx * dx + dy * dy);
        if (!(r > 0.0) || r > cut_off) continue;
        const auto bin = static_cast<std::uint64_t>(r / unit + 0.37);  // few layouts have distances on such a border
        sum += mixed(bin ^ mixed(static_cast<std::uint64_t>(group[static_cast<std::size_t>(j)])));
    }
    return sum;
}

/// Corners of the convex hull, anticlockwise (Andrew's monotone chain).
std::vector<Eigen::Vector2d> hull_of(const RowMatrix& at) {
    std::vector<Eigen::Vector2d> points;
    for (Eigen::Index j = 0; j < at.rows(); ++j) points.emplace_back(at(j, 0), at(j, 1));
    std::sort(points.begin(), points.end(), [](const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
        return a.x() < b.x() || (a.x() == b.x() && a.y() < b.y());
    });
    std::vector<Eigen::Vector2d> hull;
    const auto turn = [](const Eigen::Vector2d& o, const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
        return (a.x() - o.x()) * (b.y() - o.y()) - (a.y() - o.y()) * (b.x() - o.x());
    };
    for (int side = 0; side < 2; ++side) {  // below from left to right, then above from right to left
        const std::size_t start = hull.size();
        for (const Eigen::Vector2d& p : points) {
            while (hull.size() >= start + 2 && turn(hull[hull.size() - 2], hull.back(), p) <= 0.0) hull.pop_back();
            hull.push_back(p);
        }
        hull.pop_back();  // the first of the other side
        std::reverse(points.begin(), points.end());
    }
    return hull;
}

bool inside(const Eigen::Vector2d& p, const std::vector<Eigen::Vector2d>& hull, double tolerance) {
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const Eigen::Vector2d& a = hull[i];
        const Eigen::Vector2d edge = hull[(i + 1) % hull.size()] - a, to = p - a;
        if (edge.x() * to.y() - edge.y() * to.x() < -tolerance * edge.norm()) return false;
    }
    return true;
}

std::vector<Eigen::Index> nearest(const RowMatrix& at, Eigen::Index i) {
    std::vector<Eigen::Index> order;
    for (Eigen::Index j = 0; j < at.rows(); ++j) {
        if (j != i) order.push_back(j);
    }
    const auto distance = [&](Eigen::Index j) { return (at.row(j) - at.row(i)).squaredNorm(); };
    const auto keep = std::min<std::size_t>(near_needles, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(keep), order.end(),
                      [&](Eigen::Index a, Eigen::Index b) { return distance(a) < distance(b); });
    order.resize(keep);
    return order;
}

/// Centre of the circle through three needles; false when they stand on a line.
bool circle_centre(const Eigen::Vector2d& a, const Eigen::Vector2d& b, const Eigen::Vector2d& c,
                   Eigen::Vector2d& centre) {
    const Eigen::Vector2d u = b - a, v = c - a;
    const double cross = u.x() * v.y() - u.y() * v.x();
    if (std::abs(cross) < 1e-9 * u.norm() * v.norm()) return false;
    const double uu = u.squaredNorm(), vv = v.squaredNorm();
    centre = a + Eigen::Vector2d(v.y() * uu - u.y() * vv, u.x() * vv - v.x() * uu) / (2.0 * cross);
    return true;
}

}  // namespace

Neighbourhoods neighbourhoods(const RowMatrix& at, double cut_off) {
    const Eigen::Index n = at.rows();
    const double unit = same_distance * (n > 1 ? shortest_distance(at) : 1.0);
    Neighbourhoods result;
    result.group_of.assign(static_cast<std::size_t>(n), 0);
    // Split groups by what their needles see until nothing splits any more: then the partition is equitable.
    for (std::size_t groups = 1;;) {
        std::map<std::pair<Eigen::Index, std::uint64_t>, Eigen::Index> kinds;
        std::vector<Eigen::Index> next(result.group_of.size());
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto seen = view_from(at.row(i).transpose(), at, result.group_of, cut_off, unit);
            const std::pair key{result.group_of[static_cast<std::size_t>(i)], seen};
            next[static_cast<std::size_t>(i)] =
                kinds.try_emplace(key, static_cast<Eigen::Index>(kinds.size())).first->second;
        }
        result.group_of = std::move(next);
        if (kinds.size() == groups) break;
        groups = kinds.size();
    }
    for (Eigen::Index i = 0; i < n; ++i) {
        const Eigen::Index g = result.group_of[static_cast<std::size_t>(i)];
        if (g == static_cast<Eigen::Index>(result.representative.size())) result.representative.push_back(i);
    }
    result.members = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(result.representative.size()));
    for (const Eigen::Index g : result.group_of) result.members[g] += 1.0;
    return result;
}

RowMatrix middles(const RowMatrix& at, const Neighbourhoods& alike, double cut_off) {
    const double pitch = at.rows() > 1 ? shortest_distance(at) : 0.0;
    std::vector<Eigen::Vector2d> found;
    std::set<std::uint64_t> known;
    const auto add = [&](const Eigen::Vector2d& p) {
        if (known.insert(view_from(p, at, alike.group_of, cut_off, 10.0 * same_distance * pitch)).second)
            found.push_back(p);
    };
    bool on_a_line = true;
    const auto hull = hull_of(at);
    std::set<std::pair<long long, long long>> places;
    for (const Eigen::Index i : alike.representative) {
        const auto near = nearest(at, i);
        const Eigen::Vector2d a = at.row(i).transpose();
        for (std::size_t j = 0; j < near.size(); ++j) {
            for (std::size_t k = j + 1; k < near.size(); ++k) {
                Eigen::Vector2d centre;
                if (!circle_centre(a, at.row(near[j]).transpose(), at.row(near[k]).transpose(), centre)) continue;
                on_a_line = false;
                if (!inside(centre, hull, 1e-9 * pitch)) continue;
                // Each corner belongs to three needles and more: once is enough.
                const std::pair place{std::llround(centre.x() / (1e-6 * pitch)),
                                      std::llround(centre.y() / (1e-6 * pitch))};
                if (places.contains(place)) continue;
                const double radius = (centre - a).norm();
                const auto outside = [&](Eigen::Index m) {
                    const double dx = at(m, 0) - centre.x(), dy = at(m, 1) - centre.y();
                    return dx * dx + dy * dy > radius * radius * (1.0 - 2e-7);
                };
                bool empty = std::all_of(near.begin(), near.end(), outside);  // most fail here
                for (Eigen::Index m = 0; m < at.rows() && empty; ++m) empty = outside(m);
                if (!empty) continue;
                places.insert(place);
                add(centre);
            }
        }
    }
    if (on_a_line || found.empty()) {  // gaps to the nearest needles on both sides
        for (const Eigen::Index i : alike.representative) {
            const auto near = nearest(at, i);
            for (std::size_t j = 0; j < std::min<std::size_t>(near.size(), 2); ++j) {
                const Eigen::Vector2d middle = 0.5 * (at.row(i) + at.row(near[j])).transpose();
                bool empty = true;
                const double radius = 0.5 * (at.row(i) - at.row(near[j])).norm();
                for (Eigen::Index m = 0; m < at.rows() && empty; ++m) {
                    empty = std::hypot(at(m, 0) - middle.x(), at(m, 1) - middle.y()) > radius * (1.0 - 1e-7);
                }
                if (empty) add(middle);
            }
        }
    }
    RowMatrix points(static_cast<Eigen::Index>(found.size()), 2);
    for (std::size_t i = 0; i < found.size(); ++i) points.row(static_cast<Eigen::Index>(i)) = found[i].transpose();
    return points;
}

}  // namespace skin::insertion
