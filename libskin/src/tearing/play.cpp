#include "tearing/play.hpp"

#include <algorithm>
#include <cmath>

namespace skin::tearing {

void Play::jump_to(Point needle) noexcept {
    needle_ = needle;
    const Point offset = needle - front_;
    const double r = length(offset);
    if (!(r > delta_c_)) return;
    const double step = r - delta_c_;
    front_ = {front_.x + offset.x * step / r, front_.y + offset.y * step / r};
    path_ += step;
}

void Play::move_to(Point needle) noexcept {
    // D offset before the step, e its direction, S its length; q offset where the front starts to move, t =
    // tan(theta/2) of the angle from e to q, which decays as exp(-rem/delta_c); eqs. 29-31.
    const Point move = needle - needle_;
    const double S = length(move);
    if (!(S > 0.0)) return;
    const Point e{move.x / S, move.y / S};
    const Point D = needle_ - front_;
    needle_ = needle;
    const double along = D.x * e.x + D.y * e.y;
    const double free = delta_c_ * delta_c_ - (D.x * D.x + D.y * D.y);
    const double s_star = -along + std::sqrt(std::max(along * along + free, 0.0));
    if (s_star >= S) return;
    const double rem = S - std::max(s_star, 0.0);
    const double cosine = (along + std::max(s_star, 0.0)) / delta_c_;  // of theta; q.e >= 0 where the circle is left
    const double sine = (e.x * D.y - e.y * D.x) / delta_c_;
    const double t = sine / (1.0 + std::max(cosine, 0.0));
    const double t_end = t * std::exp(-rem / delta_c_);
    // delta_c ln(sin(theta)/sin(theta')) without the division by zero at theta = 0
    path_ += rem + delta_c_ * (std::log1p(t_end * t_end) - std::log1p(t * t));
    const double norm = 1.0 + t_end * t_end;
    const double c = (1.0 - t_end * t_end) / norm, s = 2.0 * t_end / norm;
    front_ = {needle.x - delta_c_ * (c * e.x - s * e.y), needle.y - delta_c_ * (s * e.x + c * e.y)};
}

Slit slit_along(std::span<const Point> needle_path, double critical_offset, PlayStep step) {
    if (needle_path.empty()) return {};
    constexpr double smallest = 1e-12;  // [m] skin without any resistance: the front is the needle
    Play play(needle_path.front(), std::max(critical_offset, smallest));
    std::vector<Point> visited{play.front()};
    for (const Point& needle : needle_path.subspan(1)) {
        const double before = play.path();
        step == PlayStep::tractrix ? play.move_to(needle) : play.jump_to(needle);
        if (play.path() > before) visited.push_back(play.front());
    }
    double extent = 0.0;  // squared
    for (std::size_t i = 0; i < visited.size(); ++i) {
        for (std::size_t j = i + 1; j < visited.size(); ++j) {
            const Point d = visited[i] - visited[j];
            extent = std::max(extent, d.x * d.x + d.y * d.y);
        }
    }
    return {play.path(), std::sqrt(extent)};
}

}  // namespace skin::tearing
