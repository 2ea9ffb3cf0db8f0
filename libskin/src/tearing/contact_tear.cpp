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

ContactTear tear_contact(const Motion& motion, const Resistance& resistance, double heading,
                         const TearingSettings& settings, std::vector<Point>& points) {
    ContactTear result;
    const double d = motion.tip_depth();
    if (!(d > 0.0)) return result;
    const auto offset_at = [&](double z) {
        return resistance.at(z, {d, heading, slice_factor(motion, resistance, settings.slice_push, z)});
    };
    const CriticalOffset mouth = offset_at(0.0);
    result.demand = motion.demand(0.0);
    result.critical_offset = mouth.offset;
    result.junction_slide = junction_slide(motion, resistance, result.demand);
    const bool open = result.demand > mouth.offset;

    // Slices: the lateral load, the depth to which the slit reaches without a gap, and cuts below a round mouth.
    const double dz = d / settings.n_slices;
    double load = 0.0, reach = 0.0, above = result.demand - mouth.offset, z_above = 0.0;
    bool connected = open, below = false;
    for (int j = 0; j < settings.n_slices; ++j) {
        const double z = (j + 0.5) * dz;
        const CriticalOffset critical = offset_at(z);
        double demand = motion.demand_bound(z);
        if (demand > critical.offset) {  // the bound may cry wolf; search only if the way out does not settle it
            demand = motion.demand_at_exit(z);
            if (demand <= critical.offset) demand = motion.demand(z);
        }
        const double margin = demand - critical.offset;
        load += std::min(demand / critical.offset, 1.0) * critical.load * dz;
        below = below || margin > 0.0;
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
    result.bent = load > resistance.bending_force(d);
    result.hidden = below && !open;
    if (!open || settings.tear_model == TearModel::none) {
        result.hidden = result.hidden && settings.tear_model != TearModel::none;
        return result;
    }
    motion.path(0.0, settings.n_steps, points);
    const Slit slit = slit_along(points, mouth.offset);
    result.slit_path = slit.path;
    result.slit_length = slit.extent > 0.0 ? resistance.initial_slit(d) + slit.extent : 0.0;
    result.slit_depth = connected ? d : reach;
    return result;
}

}  // namespace skin::tearing
