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

double Play::path() const noexcept { return path_ + delta_c_ * std::log(ratio_); }

bool Play::move_to(Point needle) noexcept {
    // D offset before the step, e its direction, S its length; q offset where the front starts to move, t =
    // tan(theta/2) of the angle from e to q, which decays as exp(-rem/delta_c); eqs. 29-31.
    const Point after = needle - front_;
    const double square = delta_c_ * delta_c_;
    if (after.x * after.x + after.y * after.y <= square) {  // the circle is convex: it was not left on the way
        needle_ = needle;
        return false;
    }
    const Point D = needle_ - front_, move = needle - needle_;
    const double S = length(move);
    if (!(S > 0.0)) return false;
    needle_ = needle;
    const double per_length = 1.0 / S;
    const Point e{move.x * per_length, move.y * per_length};
    const double along = D.x * e.x + D.y * e.y;
    const double free = square - (D.x * D.x + D.y * D.y);
    // A front that is already dragged stands on the circle: the root is then its first term.
    constexpr double on_circle = 1e-12;
    const bool dragged = along > 0.0 && std::abs(free) <= on_circle * along * along;
    const double s_star =
        std::max(dragged ? 0.5 * free / along : -along + std::sqrt(std::max(along * along + free, 0.0)), 0.0);
    if (s_star >= S) return false;
    const double rem = S - s_star;
    const double cosine = std::max((along + s_star) * per_offset_, 0.0);  // of theta; q.e >= 0 where the circle is left
    const double sine = (e.x * D.y - e.y * D.x) * per_offset_;
    const double t = sine / (1.0 + cosine);
    // The cosine decays smoothly along the step: Simpson's rule on panels of at most half of delta_c.
    const int panels = 1 + static_cast<int>(std::min(2.0 * rem * per_offset_, 63.0));
    const double half_decay = std::exp(-0.5 * rem * per_offset_ / panels);
    double t_end = t, cos_end = cosine, sum = 0.0;
    for (int i = 0; i < panels; ++i) {
        const double middle = t_end * half_decay, next = middle * half_decay;
        sum += cos_end + 4.0 * (2.0 / (1.0 + middle * middle) - 1.0);
        t_end = next;
        cos_end = 2.0 / (1.0 + next * next) - 1.0;
        sum += cos_end;
    }
    pulled_ += sum * rem / (6.0 * panels);
    // delta_c ln(sin(theta)/sin(theta')) without the division by zero at theta = 0; the logarithms of many steps are
    // one of their product.
    path_ += rem;
    ratio_ *= (1.0 + t_end * t_end) * 0.5 * (1.0 + cosine);  // 1/(1 + t^2) = (1 + cos(theta))/2
    if (ratio_ < 1e-200) {
        path_ += delta_c_ * std::log(ratio_);
        ratio_ = 1.0;
    }
    const double sin_end = t_end * (1.0 + cos_end);
    front_ = {needle.x - delta_c_ * (cos_end * e.x - sin_end * e.y),
              needle.y - delta_c_ * (sin_end * e.x + cos_end * e.y)};
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
        const bool moved =
            step == PlayStep::tractrix ? play.move_to(needle) : (play.jump_to(needle), play.path() > before);
        if (moved) visited.push_back(play.front());
    }
    return {play.path(), extent_of(visited)};
}

namespace {
/// [rad] principal direction of a way, each piece counted with its length.
double direction_of(std::span<const Point> way) noexcept {
    double xx = 0.0, xy = 0.0, yy = 0.0;
    for (std::size_t i = 1; i < way.size(); ++i) {
        const Point piece = way[i] - way[i - 1];
        const double l = length(piece);
        if (!(l > 0.0)) continue;
        xx += piece.x * piece.x / l;
        xy += piece.x * piece.y / l;
        yy += piece.y * piece.y / l;
    }
    return 0.5 * std::atan2(2.0 * xy, xx - yy);
}
}  // namespace

SlitGrowth grow_slit(std::vector<Point>& points, const CriticalOffset& law, bool directed) {
    SlitGrowth growth;
    if (points.empty()) return growth;
    Play play(points.front(), std::max(law.offset, smallest));
    std::size_t n = 1;  // the front's way is written over the needle's, of which it never has more points
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (play.move_to(points[i])) points[n++] = play.front();
    }
    points.resize(n);
    growth.stored = law.energy_at(length(play.needle() - play.front()));
    growth.dissipated = law.load * play.path();
    growth.work = growth.stored + law.load * play.pulled();
    if (n < 2) return growth;
    if (directed) growth.direction = direction_of(points);
    growth.slit = {play.path(), extent_of(points)};
    return growth;
}

}  // namespace skin::tearing
