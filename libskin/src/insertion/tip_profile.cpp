#include "insertion/tip_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace skin::insertion {

TipProfile TipProfile::paraboloid(double radius, double end_radius) noexcept {
    TipProfile p;
    p.radius_ = radius;
    p.end_radius_ = end_radius;
    p.paraboloid_ = true;
    return p;
}

TipProfile TipProfile::cone(double tan_half_angle, double end_radius) {
    TipProfile p;
    p.flanks_ = {{0.0, 1.0 / tan_half_angle}};
    p.end_radius_ = end_radius;
    return p;
}

TipProfile TipProfile::rounded_cone(double radius, double tan_half_angle, double end_radius) {
    TipProfile p;
    p.radius_ = radius;
    p.flanks_ = {
        {radius / std::sqrt(1.0 + tan_half_angle * tan_half_angle), tan_half_angle > 0.0 ? 1.0 / tan_half_angle : 0.0}};
    p.end_radius_ = end_radius;
    if (!(tan_half_angle > 0.0)) {  // a hemisphere on a cylinder: its rim has a finite height, but theta has not
        p.flanks_[0].radius = 0.999 * radius;
        p.end_radius_ = std::min(end_radius, p.flanks_[0].radius);
    }
    return p;
}

TipProfile TipProfile::flat_ended(double radius, std::vector<Flank> flanks, double end_radius) {
    TipProfile p;
    p.radius_ = radius;
    p.flat_ = true;
    p.flanks_ = std::move(flanks);
    p.end_radius_ = p.flanks_.empty() ? radius : end_radius;
    return p;
}

TipProfile TipProfile::outline(const std::vector<OutlinePiece>& pieces) {
    const OutlinePiece& first = pieces.front();
    TipProfile p = rounded_cone(first.start_radius, first.slope(), first.end_radius);
    if (!(first.slope() > 0.0)) return p;
    for (std::size_t i = 1; i < pieces.size() && pieces[i].slope() > 0.0; ++i) {
        if (pieces[i].start_radius > p.end_radius_) break;  // a step
        p.flanks_.push_back({pieces[i].start_radius, 1.0 / pieces[i].slope()});
        p.end_radius_ = pieces[i].end_radius;
    }
    return p;
}

TipProfile TipProfile::of(const Needle& needle) {
    if (needle.shape == NeedleShape::flat) {
        const double slope = taper_slope(needle);
        return flat_ended(needle.tip_radius,
                          slope > 0.0 ? std::vector<Flank>{{needle.tip_radius, 1.0 / slope}} : std::vector<Flank>{},
                          needle.shaft_radius);
    }
    if (needle.shape == NeedleShape::profile) return outline(needle_outline(needle));
    return rounded_cone(needle.tip_radius, taper_slope(needle), needle.shaft_radius);
}

double TipProfile::theta(double t) const noexcept {
    if (paraboloid_) return t * t / radius_;
    double sum = 0.0;
    const double first = flanks_.empty() ? t : std::min(t, flanks_.front().radius);
    if (!flat_ && radius_ > 0.0) {  // sphere f' = r/sqrt(R^2 - r^2) up to the first flank
        const double rim = std::sqrt(radius_ * radius_ - first * first);
        sum = std::log((radius_ + t) / (rim + std::sqrt(std::max(t * t - first * first, 0.0))));
    }
    // t times the integrals of f'/sqrt(t^2 - r^2): a flank of slope m from b to c gives m [acos(b/t) - acos(c/t)].
    for (std::size_t i = 0; i < flanks_.size() && flanks_[i].radius < t; ++i) {
        const double before = i > 0 ? flanks_[i - 1].slope : 0.0;
        sum += (flanks_[i].slope - before) * std::acos(flanks_[i].radius / t);
    }
    return t * sum;
}

}  // namespace skin::insertion
