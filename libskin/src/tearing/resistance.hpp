// What one skin opposes to one needle at each depth: layers, person and tension put into the cutting laws.
#pragma once

#include <vector>

#include "skin/device/needle.hpp"
#include "skin/tissue/skin.hpp"
#include "tearing/cutting.hpp"

namespace skin::tearing {

/// A needle whose tip is at `tip_depth`, and how it is dragged.
struct Drag {
    double tip_depth = 0.0;     ///< [m]
    double heading = 0.0;       ///< [rad] of the drag from the Langer lines
    double slice_factor = 1.0;  ///< [1] slice-push factor on the cutting load
};

class Resistance {
public:
    Resistance(const Skin& skin, const Needle& needle);

    /// Critical offset at depth z. The needle diameter is that at z with the tip at its deepest.
    [[nodiscard]] CriticalOffset at(double z, const Drag& drag) const noexcept;
    [[nodiscard]] double initial_slit(double tip_depth) const noexcept;  ///< [m] l_0 at the mouth
    [[nodiscard]] double slide_depth() const noexcept {
        return junction_depth_;
    }  ///< [m] NaN: the skin has no junction
    [[nodiscard]] const Junction& junction() const noexcept { return junction_; }
    /// [1] energy release rate of a slit by skin tension alone, over its toughness at the mouth.
    [[nodiscard]] double undriven_ratio(double slit_length, double tip_depth) const noexcept;
    /// [N] lateral force at which the shank of a needle with this tip depth yields.
    [[nodiscard]] double bending_force(double tip_depth) const noexcept;
    [[nodiscard]] double patch_stiffness() const noexcept { return tear_.patch_stiffness; }
    [[nodiscard]] double shank_stiffness() const noexcept;  ///< [Pa] k_w of the shank
    [[nodiscard]] double slice_push_floor() const noexcept { return tear_.slice_push_floor; }

private:
    struct Slice {
        double bottom, intercept, failure_energy;
    };
    [[nodiscard]] const Slice& slice_at(double z) const noexcept;
    [[nodiscard]] double line_stiffness(double a) const noexcept;

    std::vector<Slice> slices_;
    TearResistance tear_;
    Needle needle_;
    Junction junction_;
    double junction_depth_;
    double stress_, modulus_;  // [Pa] of in-plane tension; plane-strain modulus of the dermis
    double failure_strain_;    // [1] what tension has left of it
    double reference_factor_;  // [1] k_w/G at the reference radius
};

}  // namespace skin::tearing
