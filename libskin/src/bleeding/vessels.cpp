#include "bleeding/vessels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace skin::bleeding {

using std::numbers::pi;

std::vector<PlacedBed> place_beds(const Skin& skin) {
    double base = skin.thickness();  // of the dermis; of everything in a skin without named dermis
    for (const auto* name : {"papillary_dermis", "reticular_dermis"}) {
        if (skin.has_layer(name)) base = skin.bottom_of(name);
    }
    std::vector<PlacedBed> placed;
    for (const VesselBed& bed : skin.vasculature.bed) {
        const double layer_top = skin.top_of(bed.layer), thickness = skin.layer(bed.layer).thickness;
        PlacedBed p;
        p.bed = bed;
        p.top = layer_top + bed.top_fraction * thickness;
        p.bottom = bed.extent > 0.0 ? p.top + bed.extent : layer_top + bed.bottom_fraction * thickness;
        const double round_off = 1e-9 * base;
        p.deep = p.top >= base - round_off;
        placed.push_back(p);
    }
    return placed;
}

double cut_by_hole(const PlacedBed& bed, const Needle& needle, double depth, double cut_share, double step) {
    const double lower = std::min(bed.bottom, depth), length = lower - bed.top;
    if (!(length > 0.0) || bed.bed.length_density == 0.0) return 0.0;
    // lambda = int (pi/2) (chi r_n(z) + r_v) L_V dz, midpoint rule; eq. 1 (Crofton: hits = L_V S/4)
    const auto n = static_cast<long>(std::ceil(length / step));
    const double dz = length / static_cast<double>(n);
    double sum = 0.0;
    for (long i = 0; i < n; ++i) {
        const double z = bed.top + (static_cast<double>(i) + 0.5) * dz;
        sum += cut_share * radius_at(needle, depth - z) + bed.bed.vessel_radius;
    }
    return 0.5 * pi * bed.bed.length_density * sum * dz;
}

double cut_by_slit(const PlacedBed& bed, const CutSlit& slit) noexcept {
    const double height = std::min(bed.bottom, slit.depth) - std::max(bed.top, slit.top);
    if (!(slit.length > 0.0) || !(height > 0.0)) return 0.0;
    if (bed.bed.loop_density > 0.0) {  // upright loops: those that stand in the footprint of the slit, eq. 6
        const double d_c = 2.0 * bed.bed.vessel_radius;
        return bed.bed.loop_density * slit.length * (slit.width + d_c);
    }
    return 2.0 / pi * bed.bed.length_density * height * slit.length;  // plexus, eq. 7
}

}  // namespace skin::bleeding
