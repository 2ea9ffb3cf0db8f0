#include "tearing/contact_tear.hpp"

#include <algorithm>
#include <cmath>

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

/// Bending of the needle by the loads of its slices, from the tip up: the force beyond a section and its moment there.
class Bending {
public:
    Bending(const Resistance& resistance, double tip_depth, double drift)
        : resistance_(resistance), tip_depth_(tip_depth), drift_(drift) {}

    /// Load [N/m] of the slice from `bottom` up to `bottom` - dz.
    void add_slice(double load, double bottom, double dz, ContactTear& result) {
        moment_ += force_ * dz + 0.5 * load * dz * dz;
        force_ += load * dz;
        const double s = tip_depth_ - (bottom - dz);
        if (result.hooked || !(moment_ > resistance_.yield_moment(s, drift_))) return;
        result.bent = result.hooked = true;
        result.hook_length = s;
    }
    /// What is left between the skin and the drum.
    void root(ContactTear& result) const {
        const double free = std::max(resistance_.needle_length() - tip_depth_, 0.0);
        result.bent =
            result.bent || moment_ + force_ * free > resistance_.yield_moment(resistance_.needle_length(), drift_);
    }

private:
    const Resistance& resistance_;
    double tip_depth_, drift_, force_ = 0.0, moment_ = 0.0;  // [N], [N m]
};

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
    std::vector<double> cut(load.size(), 0.0);
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
            cut[slice] = growth.slit.extent > 0.0 ? resistance.initial_slit(d - z) + growth.slit.extent : 0.0;
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
        bending.add_slice(load[static_cast<std::size_t>(j)], (j + 1) * dz, dz, result);
    }
    bending.root(result);
    result.slit_profile.swap(cut);
    result.hidden = below && !open && tears;
    if (!open || !tears) return result;
    motion.path(0.0, settings.n_steps, points);
    const SlitGrowth growth = grow_slit(points, mouth, true);
    result.slit_path = growth.slit.path;
    if (!(growth.slit.extent > 0.0)) return result;
    result.slit_length = resistance.initial_slit(d) + growth.slit.extent;
    result.slit_direction = growth.direction;
    result.slit_gape = resistance.gape(result.slit_length, d);
    result.slit_depth = connected ? d : reach;
    return result;
}

}  // namespace skin::tearing
