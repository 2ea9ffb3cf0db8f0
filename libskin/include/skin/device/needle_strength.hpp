// Does the needle itself hold: buckling, yield and shear under the force that the skin puts on it
// (docs/theory/insertion.md, section 8).
#pragma once

#include <Eigen/Core>
#include <string_view>

#include "skin/device/needle.hpp"

namespace skin {

/// How a needle gives way.
enum class NeedleFailure {
    buckling,  ///< the column bends away sideways
    normal,    ///< normal stress of axial force and bending reaches the compressive strength
    shear,     ///< mean shear stress of a section reaches the shear strength
};
template <>
struct EnumNames<NeedleFailure> {
    static constexpr std::array entries{std::pair{NeedleFailure::buckling, std::string_view{"buckling"}},
                                        std::pair{NeedleFailure::normal, std::string_view{"normal"}},
                                        std::pair{NeedleFailure::shear, std::string_view{"shear"}}};
};

/// One section of a needle.
struct NeedleSection {
    double area = 0.0;          ///< [m^2] of material
    double inertia = 0.0;       ///< [m^4] second moment about its weakest axis
    double outer_radius = 0.0;  ///< [m] of the fibre furthest from the axis
};
[[nodiscard]] NeedleSection section_at(const Needle& needle, double s) noexcept;

/// Axial force along the needle: `force[i]` acts on the section at `distance[i]` from the tip, linear between; constant
/// before the first and beyond the last.
struct AxialForce {
    Eigen::VectorXd distance;  ///< [m] not falling
    Eigen::VectorXd force;     ///< [N] compression positive
};

/// Smallest ratio of what the needle bears to what it has to bear.
struct NeedleMargin {
    double margin = 0.0;                              ///< [1] below 1 it gives way; infinity without load
    NeedleFailure failure = NeedleFailure::buckling;  ///< which way is the nearest
    double distance = 0.0;                            ///< [m] from the tip where it gives way; buckling: the base
};

/// [N] Euler load of the column that the base plate clamps and whose free tip carries it; NaN without a material.
/// Conservative: a tip that the skin holds sideways carries about eight times as much.
[[nodiscard]] double buckling_force(const Needle& needle);
/// [1] factor on `load` at which the needle buckles, sections loaded by what is picked up between them and the tip.
[[nodiscard]] double buckling_factor(const Needle& needle, const AxialForce& load);
/// The weakest of buckling, normal and shear stress when the force is tilted by `tilt` [rad] from the axis; the needle
/// must have a material.
[[nodiscard]] NeedleMargin strength_margin(const Needle& needle, const AxialForce& load, double tilt = 0.0);

}  // namespace skin
