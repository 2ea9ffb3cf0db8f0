// Where the loads of a dragged needle bend it, and what its hook cuts on the way out (docs/theory/tearing.md, eqs. 47,
// 47a).
#pragma once

#include <vector>

#include "tearing/motion.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

/// A section in the skin that gave way: what lies beyond it is a hook.
struct Hinge {
    double hook_length = 0.0;  ///< [m] of needle beyond it
    double borne = 1.0;        ///< [1] share of the load that it bore before
};

/// Bending of the needle by the loads of its slices, from the tip up: the force beyond a section and its moment there.
class Bending {
public:
    Bending(const Resistance& resistance, double tip_depth, double drift)
        : resistance_(resistance), tip_depth_(tip_depth), drift_(drift) {}

    void add_slice(double load, double bottom, double dz);  ///< load [N/m] from `bottom` up to `bottom` - dz
    [[nodiscard]] bool bends_outside() const noexcept;      ///< between the skin and the drum, after all slices
    [[nodiscard]] const std::vector<Hinge>& hinges() const noexcept { return hinges_; }  ///< from the tip up

private:
    const Resistance& resistance_;
    double tip_depth_, drift_, force_ = 0.0, moment_ = 0.0;  // [N], [N m]
    std::vector<Hinge> hinges_;
};

/// A hook on its way out: it stands out sideways in the line of the drag and slides up with the needle (eq. 47a).
class Hook {
public:
    Hook(const Motion& motion, const Resistance& resistance, const std::vector<Hinge>& hinges, double heading);

    [[nodiscard]] double deepest() const noexcept { return deepest_; }  ///< [m] below it no hook passes
    /// [m] extent of the slit at depth z that was `extent` long before; adds what the cut costs to `energy` [J/m].
    [[nodiscard]] double cut(double z, double extent, double& energy) const;

private:
    struct Arm {
        double hinge, reach;  // [m] depth of the hinge, how far the hook stands out
    };
    const Motion& motion_;
    const Resistance& resistance_;
    double heading_, deepest_ = 0.0;
    std::vector<Arm> arms_;
};

}  // namespace skin::tearing
