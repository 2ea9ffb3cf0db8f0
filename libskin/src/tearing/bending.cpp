#include "tearing/bending.hpp"

#include <algorithm>
#include <cmath>

namespace skin::tearing {

void Bending::add_slice(double load, double bottom, double dz) {
    moment_ += force_ * dz + 0.5 * load * dz * dz;
    force_ += load * dz;
    const double s = tip_depth_ - (bottom - dz), most = resistance_.yield_moment(s, drift_);
    if (moment_ > most) hinges_.push_back({s, most / moment_});
}

bool Bending::bends_outside() const noexcept {
    const double free = std::max(resistance_.needle_length() - tip_depth_, 0.0);
    return moment_ + force_ * free > resistance_.yield_moment(resistance_.needle_length(), drift_);
}

Hook::Hook(const Motion& motion, const Resistance& resistance, const std::vector<Hinge>& hinges, double heading)
    : motion_(motion), resistance_(resistance), heading_(heading) {
    for (const Hinge& hinge : hinges) {
        const double depth = std::max(motion.tip_depth() - hinge.hook_length, 0.0);
        // It turns by the way that the needle makes after it gave way, at most until the hook lies flat.
        arms_.push_back({depth, std::min((1.0 - hinge.borne) * motion.demand(depth), hinge.hook_length)});
        deepest_ = std::max(deepest_, depth);
    }
}

double Hook::cut(double z, double extent, double& energy) const {
    double reach = 0.0;
    for (const Arm& arm : arms_) reach = z < arm.hinge ? std::max(reach, arm.reach) : reach;
    if (!(reach > extent)) return extent;
    const Point net = motion_.net_way(z);
    const double drift = net.y == 0.0 ? 0.0 : std::atan2(net.y, net.x);
    // It slides along its axis and hardly sideways: slicing eases the cut as far as it can.
    const CriticalOffset eased =
        resistance_.at(z, {motion_.tip_depth(), heading_, resistance_.slice_push_floor(), drift});
    const double longer = std::max(reach - eased.offset - extent, 0.0);
    energy += longer * eased.load;
    return extent + longer;
}

}  // namespace skin::tearing
