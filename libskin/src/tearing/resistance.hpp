// What one skin opposes to one needle at each depth: layers, person and tension put into the cutting laws.
#pragma once

#include <vector>

#include "skin/device/device.hpp"
#include "skin/tearing.hpp"
#include "skin/tissue/skin.hpp"
#include "tearing/cutting.hpp"
#include "tearing/lateral_table.hpp"

namespace skin::tearing {

/// A needle whose tip is at `tip_depth`, and how it is dragged.
struct Drag {
    double tip_depth = 0.0;     ///< [m]
    double heading = 0.0;       ///< [rad] of the device from the Langer lines
    double slice_factor = 1.0;  ///< [1] slice-push factor on the cutting load
    double drift = 0.0;         ///< [rad] of the drag from the heading, to the left
};

class Resistance {
public:
    /// The settings decide what holds the skin, how long an initial slit is, and whether a table replaces the formulas;
    /// for both ends of the stiffness make one with each LateralStiffness.
    /// @throws ParameterError  the table is not one, or does not reach as deep or as wide as the needle
    Resistance(const Skin& skin, const Device& device, const TearingSettings& settings);

    /// Critical offset at depth z. The needle diameter is that at z with the tip at its deepest.
    [[nodiscard]] CriticalOffset at(double z, const Drag& drag) const;
    /// [Pa] k_w at depth z of a needle whose tip is at tip_depth, dragged `drift` off the rolling plane.
    [[nodiscard]] double stiffness(double z, double tip_depth, double drift = 0.0) const;
    /// [m] width that the needle shows the skin at depth z: its diameter, or what a blade shows in that direction.
    [[nodiscard]] double width(double z, double tip_depth, double drift) const noexcept;
    [[nodiscard]] double initial_slit(double tip_depth) const noexcept;  ///< [m] l_0 at the mouth
    /// [m] how far a slit of this length stands open at rest: what tension opens, at most the needle's width.
    [[nodiscard]] double gape(double slit_length, double tip_depth) const noexcept;
    [[nodiscard]] double slide_depth() const noexcept {
        return junction_depth_;
    }  ///< [m] NaN: the skin has no junction
    [[nodiscard]] const Junction& junction() const noexcept { return junction_; }
    /// [1] energy release rate of a slit by skin tension alone, over its toughness at the mouth.
    [[nodiscard]] double undriven_ratio(double slit_length, double tip_depth) const noexcept;
    /// [1] the same of a chain of slits this long, its ends as far out as the zone in which skin yields there (eq. 58).
    [[nodiscard]] double chain_growth(double chain_length, double tip_depth) const noexcept;
    [[nodiscard]] double stress() const noexcept { return stress_; }  ///< [Pa] of in-plane tension in the dermis
    /// [N] lateral force, in the middle of the depth, at which the shank of a needle with this tip depth yields.
    [[nodiscard]] double bending_force(double tip_depth) const noexcept;
    /// [N m] bending moment that the section `s` behind the tip bears, bent `drift` off the rolling plane.
    [[nodiscard]] double yield_moment(double s, double drift) const noexcept;
    [[nodiscard]] double needle_length() const noexcept { return needle_.length; }
    [[nodiscard]] double patch_stiffness() const noexcept { return tear_.patch_stiffness; }
    [[nodiscard]] double shank_stiffness() const noexcept;  ///< [Pa] k_w of the shank
    [[nodiscard]] double slice_push_floor() const noexcept { return tear_.slice_push_floor; }
    [[nodiscard]] double axle_torque() const noexcept { return axle_torque_; }  ///< [N m] 0 without an axle
    /// [m] depths at which the stiffness may have a kink or a jump, rising, for a quadrature over depth.
    [[nodiscard]] std::vector<double> breaks(double tip_depth) const;

private:
    struct Slice {
        double bottom, intercept, failure_energy, youngs_modulus;
    };
    [[nodiscard]] const Slice& slice_at(double z) const noexcept;
    [[nodiscard]] double held_rim(double a) const noexcept;
    [[nodiscard]] double slit_of_width(double width) const noexcept;
    [[nodiscard]] double mouth_toughness(double tip_depth) const noexcept;  // [J/m^2]
    void check_table() const;

    std::vector<Slice> slices_;
    TearResistance tear_;
    Needle needle_;
    LateralStiffness held_by_;
    InitialSlit initial_slit_;
    LateralTable table_;
    double blade_thickness_ = 0.0;  // [m] 0: round
    double axle_torque_ = 0.0;      // [N m]
    Junction junction_;
    double junction_depth_;
    double stress_, modulus_;  // [Pa] of in-plane tension; plane-strain modulus of the dermis
    double failure_strain_;    // [1] what tension has left of it; infinite without a rim
    double reference_factor_;  // [1] k_w/G at the reference radius
    double stiffening_;        // [1] of the layers with age, which their Young's moduli do not carry
    double cutting_factor_;    // [1] c_q (1 + mu)^m
};

}  // namespace skin::tearing
