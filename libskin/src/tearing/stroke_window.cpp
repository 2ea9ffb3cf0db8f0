#include "tearing/stroke_window.hpp"

#include <algorithm>
#include <cmath>

namespace skin::tearing {

namespace {

Point turned(Point p, double angle) {
    if (angle == 0.0) return p;
    const double c = std::cos(angle), s = std::sin(angle);
    return {c * p.x - s * p.y, s * p.x + c * p.y};
}
Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }

/// [m] from where the axis crosses depth z to the tip, along the roll: what pressing in and lifting out move (eq. 50).
double to_tip(const Contact& c, double phi, double z) { return (c.h + z) * std::tan(phi) - c.rho * std::sin(phi); }

/// Calls visit(point) along the needle's way at depth z.
template <class Visit>
void follow(const Contact& c, const StrokeWindow& w, double z, int n_steps, const Visit& visit) {
    const double entry = entry_angle(c, z), exit = exit_angle(c, z);
    const double from = std::max(-entry, -w.before / c.R_e), to = std::min(exit, w.after / c.R_e);
    if (!(exit > 0.0) || !(to > -entry) || !(to >= from)) {
        visit(Point{0.0, 0.0});
        return;
    }
    const auto heading_at = [&](double phi) { return phi * c.R_e * c.curvature; };
    Point at = axis_at(c, from, z);
    const auto go_to = [&](Point p) {
        at = p;
        visit(p);
    };
    if (from > -entry && w.lifted) visit(at + turned({to_tip(c, from, z), 0.0}, heading_at(from)));
    visit(at);
    if (c.straight()) n_steps = 1;  // to and fro along one line: its turning points and ends say all
    const double turn = turning_angle(c, z), step = (to - from) / n_steps;
    // tan(phi + step) from tan(phi), as on the path of a whole contact
    const double advance = n_steps > 1 && c.curvature == 0.0 ? std::tan(step) : 0.0, a = c.h + z;
    double before = from, tangent = advance != 0.0 ? std::tan(from) : 0.0;
    for (int i = 1; i <= n_steps; ++i) {
        const double phi = i == n_steps ? to : from + i * step;
        for (const double there : {-turn, turn}) {
            if (turn > 0.0 && there > before && there < phi) go_to(axis_at(c, there, z));
        }
        if (advance != 0.0) {
            tangent = (tangent + advance) / (1.0 - tangent * advance);
            go_to({c.R_e * phi - a * tangent, c.R_e * c.tan_alpha * phi});
        } else {
            go_to(axis_at(c, phi, z));
        }
        before = phi;
    }
    if (!(to < exit)) return;
    double heading = heading_at(to);
    if (w.plough > 0.0) go_to(at + turned({w.plough, w.plough * c.tan_alpha}, heading));
    if (w.turn != 0.0) {
        constexpr int n_chords = 24;  // of at most 7.5 degrees: 7e-4 of the arc
        const Point start = at, arm = turned({-(c.h + z) * std::tan(to), c.y_0}, heading);
        for (int i = 1; i <= n_chords; ++i) go_to(start + (turned(arm, w.turn * i / n_chords) - arm));
        heading += w.turn;
    }
    if (w.lifted) go_to(at + turned({to_tip(c, to, z), 0.0}, heading));
}

constexpr int few_steps = 32;

}  // namespace

bool StrokeWindow::holds(const Contact& c) const noexcept {
    return before >= c.R_e * entry_angle(c, 0.0) && after >= c.R_e * exit_angle(c, 0.0);
}

bool StrokeWindow::misses(const Contact& c) const noexcept { return after <= -c.R_e * entry_angle(c, 0.0); }

void interrupted_path(const Contact& c, const StrokeWindow& w, double z, int n_steps, std::vector<Point>& points) {
    points.clear();
    follow(c, w, z, n_steps, [&](Point p) { points.push_back(p); });
}

double interrupted_demand(const Contact& c, const StrokeWindow& w, double z) noexcept {
    double reach = 0.0;
    bool started = false;
    Point first;
    follow(c, w, z, few_steps, [&](Point p) {
        if (!started) first = p;
        started = true;
        reach = std::max(reach, length(p - first));
    });
    return reach;
}

Point interrupted_way(const Contact& c, const StrokeWindow& w, double z) noexcept {
    bool started = false;
    Point first, last;
    follow(c, w, z, 1, [&](Point p) {
        if (!started) first = p;
        started = true;
        last = p;
    });
    return last - first;
}

double interrupted_length(const Contact& c, const StrokeWindow& w, double z) noexcept {
    double way = 0.0;
    bool started = false;
    Point before;
    follow(c, w, z, few_steps, [&](Point p) {
        if (started) way += length(p - before);
        started = true;
        before = p;
    });
    return way;
}

}  // namespace skin::tearing
