#include "transport/filling.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skin::transport {

namespace {
constexpr double pi = std::numbers::pi;

/// Integral of pi r^2 where r is linear between both ends.
double frustum(double length, double r0, double r1) noexcept {
    return length > 0.0 ? pi / 3.0 * length * (r0 * r0 + r0 * r1 + r1 * r1) : 0.0;
}
}  // namespace

double ChannelOutline::radius(double z) const noexcept {
    if (cylinder) return mouth_radius;
    const double s =
        std::clamp(depth - z, 0.0, depth);  // distance behind the tip, the channel being shortened as a whole
    return mouth_radius * radius_at(needle, s) / radius_at(needle, depth);
}

double ChannelOutline::volume(double z0, double z1) const noexcept {
    z0 = std::clamp(z0, 0.0, depth);
    z1 = std::clamp(z1, 0.0, depth);
    if (cylinder) return pi * mouth_radius * mouth_radius * std::max(0.0, z1 - z0);
    double sum = 0.0;
    const auto outline = needle_outline(needle);
    for (std::size_t i = outline.size();
         i-- > 0;) {  // from the mouth down: a piece of the needle is one of the channel
        const OutlinePiece& piece = outline[i];
        const double top = i + 1 < outline.size() ? std::clamp(depth - piece.end, z0, z1) : z0;
        const double bottom = i > 0 ? std::clamp(depth - piece.start, z0, z1) : z1;
        if (!(bottom > top)) continue;
        const auto r = [&](double z) {  // a table may have steps: there the piece says which side is meant
            if (needle.shape != NeedleShape::profile) return radius(z);
            return mouth_radius * piece.radius(depth - z) / radius_at(needle, depth);
        };
        sum += frustum(bottom - top, r(top), r(bottom));
    }
    return sum;
}

double ChannelOutline::depth_of_volume(double v) const noexcept {
    const double all = volume(0.0, depth);
    if (!(v > 0.0)) return 0.0;
    if (v >= all) return depth;
    double lo = 0.0, hi = depth;  // volume is increasing in z: bisection cannot fail, 60 halvings reach round-off
    for (int i = 0; i < 60; ++i) {
        const double middle = 0.5 * (lo + hi);
        (volume(0.0, middle) < v ? lo : hi) = middle;
    }
    return 0.5 * (lo + hi);
}

// eta [Pa s] bulk viscosity, gamma [N/m], theta [rad], V [m/s], r [m] recoiled radius at the mouth, r_n [m] needle
// there, d [m] depth: transport.md 3.5.
Filling fill_channel(const FillingInput& in, const Skin& skin, const Topical& topical) {
    const SoluteTransport& s = skin.solute_transport;
    const Vehicle& v = topical.vehicle;
    const double eta = v.bulk_viscosity, gamma = v.surface_tension;
    const double cos_theta = std::cos(v.contact_angle);
    const double d = in.outline.depth, r = in.outline.mouth_radius, r_n = in.needle_radius;
    Filling f;
    f.void_volume = in.outline.volume(0.0, d);
    if (!(f.void_volume > 0.0) || !(in.film_per_hole > 0.0) || !(gamma > 0.0)) return f;
    const auto& particle = v.particle_diameter;
    const bool jammed = topical.active.solute_class == SoluteClass::particle && particle &&
                        *particle >= 2.0 * r / skin.tolerance.jamming_factor;
    if (jammed) return f;

    // Imbibition while the hole stays wide: the up-stroke (half the dwell) and the first recoil; a yield stress stops
    // it.
    const double open_time = 0.5 * in.dwell_time + s.open_time;
    double reach = cos_theta > 0.0 ? std::sqrt(gamma * r * cos_theta * open_time / (2.0 * eta)) : 0.0;
    if (v.yield_stress > 0.0) reach = std::min(reach, gamma * std::max(0.0, cos_theta) / v.yield_stress);
    f.imbibed = pi * r * r * std::min(reach, d);

    // Film on the needle, capped where Landau-Levich ends (a thicker film is wiped off at the lip). It stays in the
    // hole only as far as it sheds while the hole is wide, else the needle takes it out again.
    constexpr double largest_capillary_number = 0.1;
    const double Ca = std::min(eta * in.entry_speed / gamma, largest_capillary_number);
    const double h_LL = 1.34 * std::pow(Ca, 2.0 / 3.0) * r_n;
    const double shed = std::min(1.0, reach / d);
    f.entrained = s.wipe_share * 2.0 * pi * r_n * d * h_LL * shed;

    const double ramp = s.bleed_full > s.bleed_onset
                            ? std::clamp((d - s.bleed_onset) / (s.bleed_full - s.bleed_onset), 0.0, 1.0)
                            : (d > s.bleed_onset ? 1.0 : 0.0);
    const double f_bleed = s.bleed_share * std::max(ramp, in.blood_fraction);
    f.deposited =
        (1.0 - f_bleed) * std::min({f.void_volume, f.imbibed + f.entrained, s.supply_share * in.film_per_hole});
    f.depth = in.outline.depth_of_volume(f.deposited);
    return f;
}

}  // namespace skin::transport
