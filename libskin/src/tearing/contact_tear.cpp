#include "tearing/contact_tear.hpp"

#include <algorithm>
#include <cmath>

#include "tearing/bending.hpp"
#include "tearing/play.hpp"

namespace skin::tearing {

double slice_factor(const Motion& motion, const Resistance& resistance, SlicePush hypothesis, double z) noexcept {
    if (hypothesis == SlicePush::none) return 1.0;
    return slice_push_factor(motion.slice_ratio(z), resistance.slice_push_floor());
}

double junction_slide(const Motion& motion, const Resistance& resistance, double mouth_demand) noexcept {
    const double z = resistance.slide_depth();
    if (!(z > 0.0)) return 0.0;  // NaN: no junction
    // The stiff epidermis cannot shear: the difference of demand between its faces slides on the dermis (eq. 26).
    return std::max(mouth_demand - motion.demand(z), 0.0);
}

namespace {

/// [rad] of a line along p, in (-pi/2, pi/2].
double line_along(Point p) noexcept { return 0.5 * std::atan2(2.0 * p.x * p.y, p.x * p.x - p.y * p.y); }

/// [m] demand at z if it passes `offset`, else something between it and `offset`: the search is made only where neither
/// the upper bound nor the way out settles it.
double demand_against(const Motion& motion, double z, double at_exit, double offset) noexcept {
    if (at_exit > offset) return at_exit;
    const double bound = motion.demand_bound(z);
    return bound > offset ? motion.demand(z) : bound;
}

}  // namespace

ContactTear tear_contact(const Motion& motion, const Resistance& resistance, double heading,
                         const TearingSettings& settings, std::vector<Point>& points) {
    ContactTear result;
    result.slit_profile.assign(static_cast<std::size_t>(settings.n_slices), 0.0);
    const double d = motion.tip_depth();
    if (!(d > 0.0)) return result;
    const auto offset_at = [&](double z, Point net) {
        const double drift = net.y == 0.0 ? 0.0 : std::atan2(net.y, net.x);
        return resistance.at(z, {d, heading, slice_factor(motion, resistance, settings.slice_push, z), drift});
    };
    const Point mouth_way = motion.net_way(0.0);
    const CriticalOffset mouth = offset_at(0.0, mouth_way);
    result.demand = motion.demand(0.0);
    result.critical_offset = mouth.offset;
    result.junction_slide = junction_slide(motion, resistance, result.demand);
    const bool tears = settings.tear_model != TearModel::none;
    const bool open = result.demand > mouth.offset;

    // Slices from the mouth down: the depth to which the slit reaches without a gap, cuts below a round mouth, energy.
    const double dz = d / settings.n_slices;
    std::vector<double>& load = result.slit_profile;  // first the loads, for the bending, which starts at the tip
    double reach = 0.0, above = result.demand - mouth.offset, z_above = 0.0;
    bool connected = open, below = false;
    std::vector<double> extent(load.size(), 0.0);
    for (int j = 0; j < settings.n_slices; ++j) {
        const auto slice = static_cast<std::size_t>(j);
        const double z = (j + 0.5) * dz;
        const Point net = motion.net_way(z);
        const CriticalOffset critical = offset_at(z, net);
        const double at_exit = length(net);
        const double demand = demand_against(motion, z, at_exit, critical.offset);
        const double margin = demand - critical.offset;
        load[slice] = margin > 0.0 ? critical.load : critical.load_at(demand);
        below = below || margin > 0.0;
        if (margin > 0.0 && tears) {
            motion.path(z, settings.n_steps, points);
            const SlitGrowth growth = grow_slit(points, critical);
            result.work += growth.work * dz;
            result.stored += growth.stored * dz;
            result.dissipated += growth.dissipated * dz;
            extent[slice] = growth.slit.extent;
        } else {
            const double energy = critical.energy_at(std::min(at_exit, critical.offset)) * dz;
            result.work += energy;
            result.stored += energy;
        }
        if (connected) {
            if (margin > 0.0) {
                reach = z;
            } else {  // the slit ends where the margin, taken as linear, is zero
                reach = z_above + (z - z_above) * above / (above - margin);
                connected = false;
            }
        }
        above = margin;
        z_above = z;
    }
    const double drift = mouth_way.y == 0.0 ? 0.0 : std::atan2(mouth_way.y, mouth_way.x);
    Bending bending(resistance, d, drift);
    for (int j = settings.n_slices; j-- > 0;) {
        bending.add_slice(load[static_cast<std::size_t>(j)], (j + 1) * dz, dz);
    }
    result.hooked = !bending.hinges().empty();
    result.bent = result.hooked || bending.bends_outside();
    if (result.hooked) result.hook_length = bending.hinges().front().hook_length;
    SlitGrowth mouth_cut;
    if (open && tears) {
        motion.path(0.0, settings.n_steps, points);
        mouth_cut = grow_slit(points, mouth, true);
    }
    result.slit_depth = !(mouth_cut.slit.extent > 0.0) ? 0.0 : connected ? d : reach;
    if (tears && result.hooked) {
        const Hook hook(motion, resistance, bending.hinges(), heading);
        double energy = 0.0, unused = 0.0;
        for (int j = 0; j < settings.n_slices; ++j) {
            double& here = extent[static_cast<std::size_t>(j)];
            here = hook.cut((j + 0.5) * dz, here, energy);
            below = below || here > 0.0;
        }
        result.work += energy * dz;
        result.dissipated += energy * dz;
        const double longer = hook.cut(0.0, mouth_cut.slit.extent, unused) - mouth_cut.slit.extent;
        if (longer > 0.0) {
            if (!(mouth_cut.slit.extent > 0.0)) mouth_cut.direction = line_along(mouth_way);
            mouth_cut.slit.extent += longer;
            mouth_cut.slit.path += longer;
            result.slit_depth = std::max(result.slit_depth, hook.deepest());
        }
    }
    for (int j = 0; j < settings.n_slices; ++j) {
        const auto slice = static_cast<std::size_t>(j);
        const double l = extent[slice];
        result.slit_profile[slice] = l > 0.0 ? resistance.initial_slit(d - (j + 0.5) * dz) + l : 0.0;
    }
    const bool torn = mouth_cut.slit.extent > 0.0;
    result.hidden = below && !open && !torn && tears;
    result.slit_path = mouth_cut.slit.path;
    if (!torn) return result;
    result.slit_length = resistance.initial_slit(d) + mouth_cut.slit.extent;
    result.slit_direction = mouth_cut.direction;
    result.slit_gape = resistance.gape(result.slit_length, d);
    return result;
}

}  // namespace skin::tearing
