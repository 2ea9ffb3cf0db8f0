#include "tearing/tear_channels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "tearing/captured.hpp"
#include "tearing/contact_tear.hpp"
#include "tearing/hand.hpp"
#include "tearing/patch_map.hpp"

namespace skin::tearing {

namespace {

/// [rad] of a line (not an arrow), in (-pi/2, pi/2].
double line_direction(double angle) {
    using std::numbers::pi;
    const double turned = std::remainder(angle, pi);
    return turned > -0.5 * pi ? turned : turned + pi;
}

void make_columns(const TearingSettings& settings, TearingResult& r) {
    const Eigen::Index n = r.wound.size();
    for (auto* column :
         {&r.slit_length, &r.slit_path, &r.demand, &r.critical_offset, &r.work, &r.stored_energy, &r.dissipated_energy,
          &r.wound.slit_length, &r.wound.slit_depth, &r.wound.slit_direction, &r.wound.slit_gape}) {
        *column = Eigen::VectorXd::Zero(n);
    }
    r.wound.slit_profile = RowMatrix::Zero(n, settings.n_slices);
}

void put(const ContactTear& t, double heading, Eigen::Index i, TearingResult& r) {
    r.demand[i] = t.demand;
    r.critical_offset[i] = t.critical_offset;
    r.slit_length[i] = t.slit_length;
    r.slit_path[i] = t.slit_path;
    r.work[i] = t.work;
    r.stored_energy[i] = t.stored;
    r.dissipated_energy[i] = t.dissipated;
    r.wound.slit_length[i] = t.slit_length;
    r.wound.slit_depth[i] = t.slit_depth;
    r.wound.slit_direction[i] = line_direction(heading + t.slit_direction);
    r.wound.slit_gape[i] = t.slit_gape;
    for (std::size_t j = 0; j < t.slit_profile.size(); ++j)
        r.wound.slit_profile(i, static_cast<Eigen::Index>(j)) = t.slit_profile[j];
    r.junction_slide = std::max(r.junction_slide, t.junction_slide);
    r.needle_bent = r.needle_bent || t.bent;
    r.hooked_tip = r.hooked_tip || t.hooked;
}

}  // namespace

void tear_channels(const Skin& skin, const Device& device, const Use& use, const TearingSettings& settings,
                   TearingResult& result) {
    const Resistance resistance(skin, device, settings);
    const Eigen::Index n = result.wound.size();
    make_columns(settings, result);
    const Hand hand(device, use, result.wound, resistance, result.seed, settings);
    std::vector<Point> points;
    Eigen::VectorXd slide = Eigen::VectorXd::Zero(n);
    double hidden = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        const Struck struck = hand.strike(i);
        const ContactTear t = tear_contact(struck.motion, resistance, struck.heading, settings, points);
        put(t, struck.heading, i, result);
        slide[i] = t.junction_slide;
        hidden += t.hidden ? 1.0 : 0.0;
    }
    if (n > 0) result.hidden_fraction = hidden / static_cast<double>(n);
    result.junction_critical_slide = resistance.junction().critical_slide();
    const double captured = join_captured(settings, result, slide);
    result.flap_length = flap_lengths(skin, resistance, result.wound, slide);
    if (n > 0) {
        Eigen::Index longest = 0;
        const double length = result.slit_length.maxCoeff(&longest);
        result.tear_fraction = static_cast<double>((result.slit_length.array() > 0.0).count()) /
                               static_cast<double>(result.slit_length.size());
        result.undriven_ratio = length > 0.0 ? resistance.undriven_ratio(length, result.wound.depth[longest]) : 0.0;
    }
    fill_map(skin, device, resistance, captured, result);
}

}  // namespace skin::tearing
