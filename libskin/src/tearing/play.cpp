#include "tearing/play.hpp"

#include <algorithm>
#include <cmath>

namespace skin::tearing {

namespace {
constexpr double smallest = 1e-12;  // [m] skin without any resistance: the front is the needle
}

void Play::jump_to(Point needle) noexcept {
    needle_ = needle;
    const Point offset = needle - front_;
    const double r = length(offset);
    if (!(r > delta_c_)) return;
    const double step = r - delta_c_;
    front_ = {front_.x + offset.x * step / r, front_.y + offset.y * step / r};
    path_ += step;
}

bool Play::move_to(Point needle) noexcept {
    // D offset before the step, e its direction, S its length; q offset where the front starts to move, t =
    // tan(theta/2) of the angle from e to q, which decays as exp(-rem/delta_c); eqs. 29-31.
    const Point after = needle - front_;
    const double square = delta_c_ * delta_c_;
    const Point D = needle_ - front_, move = needle - needle_;
    if (after.x * after.x + after.y * after.y <= square) {  // the circle is convex: it was not left on the way
        needle_ = needle;
        return false;
    }
    const double S = length(move);
    if (!(S > 0.0)) return false;
    const Point e{move.x / S, move.y / S};
    needle_ = needle;
    const double along = D.x * e.x + D.y * e.y;
    const double free = square - (D.x * D.x + D.y * D.y);
    const double s_star = std::max(-along + std::sqrt(std::max(along * along + free, 0.0)), 0.0);
    if (s_star >= S) return false;
    const double rem = S - s_star;
    const double cosine = std::max((along + s_star) / delta_c_, 0.0);  // of theta; q.e >= 0 where the circle is left
    const double sine = (e.x * D.y - e.y * D.x) / delta_c_;
    const double t = sine / (1.0 + cosine);
    // The cosine decays smoothly along the step: Simpson's rule on panels of at most half of delta_c.
    const int panels = 1 + static_cast<int>(std::min(2.0 * rem / delta_c_, 63.0));
    const double half_decay = std::exp(-0.5 * rem / (panels * delta_c_));
    const auto cosine_at = [](double tan_half) {
        const double s = tan_half * tan_half;
        return (1.0 - s) / (1.0 + s);
    };
    double t_end = t, sum = 0.0;
    for (int i = 0; i < panels; ++i) {
        const double middle = t_end * half_decay, next = middle * half_decay;
        sum += cosine_at(t_end) + 4.0 * cosine_at(middle) + cosine_at(next);
        t_end = next;
    }
    pulled_ += sum * rem / (6.0 * panels);
    // delta_c ln(sin(theta)/sin(theta')) without the division by zero at theta = 0
    path_ += rem + delta_c_ * std::log((1.0 + t_end * t_end) / (1.0 + t * t));
    const double norm = 1.0 + t_end * t_end;
    const double c = (1.0 - t_end * t_end) / norm, s = 2.0 * t_end / norm;
    front_ = {needle.x - delta_c_ * (c * e.x - s * e.y), needle.y - delta_c_ * (s * e.x + c * e.y)};
    return true;
}

double extent_of(std::span<Point> points) noexcept {
    if (points.size() < 2) return 0.0;
    // Two points are never further apart than the sum of their distances from the middle: from the outside in, pairs
    // that cannot win are left out.
    const Point first = points.front(), last = points.back();
    const Point middle{0.5 * (first.x + last.x), 0.5 * (first.y + last.y)};
    const auto square = [](Point p) { return p.x * p.x + p.y * p.y; };
    double best = square(last - first);
    const auto inner = std::partition(points.begin(), points.end(),
                                      [&](Point p) { return square(p - middle) >= 0.25 * best * (1.0 - 1e-12); });
    // One of a pair that beats `best` lies outside its circle round the middle.
    for (auto i = points.begin(); i != inner; ++i) {
        for (auto j = i + 1; j != points.end(); ++j) best = std::max(best, square(*j - *i));
    }
    return std::sqrt(best);
}

Slit slit_along(std::span<const Point> needle_path, double critical_offset, PlayStep step) {
    if (needle_path.empty()) return {};
    Play play(needle_path.front(), std::max(critical_offset, smallest));
    std::vector<Point> visited{play.front()};
    for (const Point& needle : needle_path.subspan(1)) {
        const double before = play.path();
        step == PlayStep::tractrix ? static_cast<void>(play.move_to(needle)) : play.jump_to(needle);
        if (play.path() > before) visited.push_back(play.front());
    }
    return {play.path(), extent_of(visited)};
}

SlitGrowth grow_slit(std::vector<Point>& points, const CriticalOffset& law) {
    SlitGrowth growth;
    if (points.empty()) return growth;
    Play play(points.front(), std::max(law.offset, smallest));
    // The front's way is written over the needle's, of which it never has more points. Its second moments about x and y
    // weigh each piece with its length.
    std::size_t n = 1;
    double xx = 0.0, xy = 0.0, yy = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point before = play.front();
        if (!play.move_to(points[i])) continue;
        const Point piece = play.front() - before;
        const double l = length(piece);
        if (l > 0.0) {
            xx += piece.x * piece.x / l;
            xy += piece.x * piece.y / l;
            yy += piece.y * piece.y / l;
        }
        points[n++] = play.front();
    }
    points.resize(n);
    const double r = length(play.needle() - play.front());
    growth.stored = law.energy_at(r);
    growth.dissipated = law.load * play.path();
    growth.work = growth.stored + law.load * play.pulled();
    if (!(play.path() > 0.0)) return growth;
    growth.direction = 0.5 * std::atan2(2.0 * xy, xx - yy);
    growth.slit = {play.path(), extent_of(points)};
    return growth;
}

}  // namespace skin::tearing
