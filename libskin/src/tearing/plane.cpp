#include "tearing/plane.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>

namespace skin::tearing {

namespace {

double turn(Point o, Point a, Point b) { return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x); }

double to_segment(Point p, const Ends& s) {
    const Point along = s.second - s.first, from = p - s.first;
    const double square = along.x * along.x + along.y * along.y;
    const double t = square > 0.0 ? std::clamp((from.x * along.x + from.y * along.y) / square, 0.0, 1.0) : 0.0;
    return length({from.x - t * along.x, from.y - t * along.y});
}

bool segments_cross(const Ends& a, const Ends& b) {
    return turn(a.first, a.second, b.first) * turn(a.first, a.second, b.second) < 0.0 &&
           turn(b.first, b.second, a.first) * turn(b.first, b.second, a.second) < 0.0;
}

double between_segments(const Ends& a, const Ends& b) {
    if (segments_cross(a, b)) return 0.0;
    return std::min(std::min(to_segment(a.first, b), to_segment(a.second, b)),
                    std::min(to_segment(b.first, a), to_segment(b.second, a)));
}

struct Box {
    double x0, y0, x1, y1;
};

Box box_of(const Damage& d, double margin) {
    const Ends e = ends_of(d);
    const double out = std::max(d.hole_radius, d.half_gape) + margin;
    return {std::min(e.first.x, e.second.x) - out, std::min(e.first.y, e.second.y) - out,
            std::max(e.first.x, e.second.x) + out, std::max(e.first.y, e.second.y) + out};
}

}  // namespace

Ends ends_of(const Damage& d) noexcept {
    const double x = d.half_length * std::cos(d.direction), y = d.half_length * std::sin(d.direction);
    return {{d.centre.x - x, d.centre.y - y}, {d.centre.x + x, d.centre.y + y}};
}

bool cross(const Damage& a, const Damage& b) noexcept {
    return torn(a) && torn(b) && segments_cross(ends_of(a), ends_of(b));
}

double ligament(const Damage& a, const Damage& b) noexcept {
    // The hole sits in the middle of its slit and may be wider than the slit gapes.
    double nearest = length(a.centre - b.centre) - a.hole_radius - b.hole_radius;
    if (torn(a) || torn(b)) {
        const Ends ea = ends_of(a), eb = ends_of(b);
        if (torn(b)) nearest = std::min(nearest, to_segment(a.centre, eb) - a.hole_radius - b.half_gape);
        if (torn(a)) nearest = std::min(nearest, to_segment(b.centre, ea) - b.hole_radius - a.half_gape);
        if (torn(a) && torn(b)) nearest = std::min(nearest, between_segments(ea, eb) - a.half_gape - b.half_gape);
    }
    return std::max(nearest, 0.0);
}

double angle_between(double a, double b) noexcept {
    const double d = std::abs(std::remainder(a - b, std::numbers::pi));
    return std::min(d, std::numbers::pi - d);
}

void for_each_near_pair(std::span<const Damage> damages, std::span<const double> margin,
                        const std::function<void(std::size_t, std::size_t)>& f) {
    const std::size_t n = damages.size();
    if (n < 2) return;
    std::vector<Box> boxes;
    boxes.reserve(n);
    double squares = 0.0;
    Box all{HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    for (std::size_t i = 0; i < n; ++i) {
        const Box b = box_of(damages[i], margin[i]);
        boxes.push_back(b);
        squares += (b.x1 - b.x0) * (b.x1 - b.x0) + (b.y1 - b.y0) * (b.y1 - b.y0);
        all = {std::min(all.x0, b.x0), std::min(all.y0, b.y0), std::max(all.x1, b.x1), std::max(all.y1, b.y1)};
    }
    // A cell as wide as the mean spacing, but never narrower than a usual box: each box lies in a few cells.
    const double count = static_cast<double>(n), width = all.x1 - all.x0, height = all.y1 - all.y0;
    const double smallest = 1e-9;  // [m] everything in one spot
    const double cell = std::max(
        {std::sqrt(width * height / count), std::sqrt(squares / count), std::max(width, height) / count, smallest});
    const auto columns = static_cast<std::size_t>(width / cell) + 1, rows = static_cast<std::size_t>(height / cell) + 1;
    const auto place = [&](double at, double origin, std::size_t most) {
        return std::min(static_cast<std::size_t>((at - origin) / cell), most - 1);
    };
    const auto cells_of = [&](const Box& b, const auto& visit) {
        for (std::size_t r = place(b.y0, all.y0, rows); r <= place(b.y1, all.y0, rows); ++r) {
            for (std::size_t c = place(b.x0, all.x0, columns); c <= place(b.x1, all.x0, columns); ++c)
                visit(r * columns + c);
        }
    };
    // Members of each cell, one after another in one array.
    std::vector<std::size_t> start(columns * rows + 1, 0);
    for (const Box& b : boxes) cells_of(b, [&](std::size_t k) { ++start[k + 1]; });
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<std::size_t> members(start.back()), filled(start.begin(), start.end() - 1);
    for (std::size_t i = 0; i < n; ++i) cells_of(boxes[i], [&](std::size_t k) { members[filled[k]++] = i; });
    for (std::size_t k = 0; k < columns * rows; ++k) {
        for (std::size_t p = start[k]; p < start[k + 1]; ++p) {
            const Box& a = boxes[members[p]];
            for (std::size_t q = p + 1; q < start[k + 1]; ++q) {
                const Box& b = boxes[members[q]];
                const double x = std::max(a.x0, b.x0), y = std::max(a.y0, b.y0);
                if (x > std::min(a.x1, b.x1) || y > std::min(a.y1, b.y1)) continue;
                // Two boxes may share several cells: the one with the low corner of their overlap counts.
                if (place(y, all.y0, rows) * columns + place(x, all.x0, columns) == k) f(members[p], members[q]);
            }
        }
    }
}

Groups::Groups(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

std::size_t Groups::find(std::size_t i) noexcept {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
}

void Groups::join(std::size_t i, std::size_t j) noexcept {
    const std::size_t a = find(i), b = find(j);
    parent_[std::max(a, b)] = std::min(a, b);
}

Reach farthest(std::vector<Disc> discs) {
    if (discs.empty()) return {};
    Reach reach{2.0 * discs.front().radius, 0.0};
    // The farthest pair lies on the hull; discs of different size are taken by their middles there.
    std::sort(discs.begin(), discs.end(), [](const Disc& a, const Disc& b) {
        return std::tie(a.centre.x, a.centre.y, a.radius) < std::tie(b.centre.x, b.centre.y, b.radius);
    });
    constexpr std::size_t few = 16;  // below it a hull does not pay
    if (discs.size() > few) {
        std::vector<Disc> hull;
        for (int side = 0; side < 2; ++side) {
            const std::size_t floor = hull.size() + 1;
            for (const Disc& d : discs) {
                while (hull.size() > floor && turn(hull[hull.size() - 2].centre, hull.back().centre, d.centre) <= 0.0) {
                    hull.pop_back();
                }
                hull.push_back(d);
            }
            std::reverse(discs.begin(), discs.end());
        }
        discs = std::move(hull);
    }
    for (std::size_t i = 0; i < discs.size(); ++i) {
        for (std::size_t j = i + 1; j < discs.size(); ++j) {
            const Point d = discs[j].centre - discs[i].centre;
            const double apart = length(d) + discs[i].radius + discs[j].radius;
            if (apart > reach.length) reach = {apart, std::atan2(d.y, d.x)};
        }
    }
    return reach;
}

}  // namespace skin::tearing
