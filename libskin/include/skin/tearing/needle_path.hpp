// The way of one needle of a roller through the skin: for figures, for teaching, and for other models to build on.
#pragma once

#include <Eigen/Core>

#include "skin/core/describe.hpp"
#include "skin/core/types.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/tearing.hpp"
#include "skin/tissue/skin.hpp"

namespace skin {

struct NeedlePathSettings {
    int n_steps = 181;         ///< [1] equal steps of the needle angle, entry and exit included
    int n_slices = 41;         ///< [1] depths from the surface to the deepest point of the tip
    double heading = 0.0;      ///< [rad] of the roll from the Langer lines
    double ring_offset = 0.0;  ///< [m] of the needle's ring from the middle of the drum; counts when the roller turns
};
template <>
struct Describe<NeedlePathSettings> {
    using S = NeedlePathSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"n_steps", &S::n_steps, "1", "equal steps of the needle angle, entry and exit included", {}, 3, 100000},
            Field{"n_slices", &S::n_slices, "1", "depths from the surface to the deepest point of the tip", {}, 2, 10000},
            Field{"heading", &S::heading, "rad", "of the roll from the Langer lines", {}, -10.0, 10.0},
            Field{"ring_offset", &S::ring_offset, "m", "of the needle's ring from the middle of the drum", {}, -0.25, 0.25},
        };
    }
    // clang-format on
};

/// x runs along the roll and is 0 where the needle stands upright, y to the left, depth into the skin.
struct NeedlePath {
    Eigen::VectorXd angle;        ///< [rad] (step) of the needle from the vertical, from entry to exit
    Eigen::VectorXd axle_x;       ///< [m] (step) way of the axle along the roll
    Eigen::VectorXd tip_x;        ///< [m] (step) of the tip, along the roll
    Eigen::VectorXd tip_y;        ///< [m] (step) of the tip, to the left
    Eigen::VectorXd tip_depth;    ///< [m] (step) of the tip
    Eigen::VectorXd slice_depth;  ///< [m] (slice) depth of each slice
    RowMatrix axis_x;             ///< [m] (step, slice) where the needle crosses the slice, along; NaN: not that deep
    RowMatrix axis_y;             ///< [m] (step, slice) where the needle crosses the slice, to the left
    RowMatrix front_x;            ///< [m] (step, slice) end of the slit that it drags along, along; NaN: not that deep
    RowMatrix front_y;            ///< [m] (step, slice) end of the slit that it drags along, to the left
    Eigen::VectorXd demand;       ///< [m] (slice) lateral travel that the skin must accommodate
    Eigen::VectorXd critical_offset;  ///< [m] (slice) offset of needle and slit front at which the skin cuts
    Eigen::VectorXd slit_extent;      ///< [m] (slice) by which the hole is cut longer
    double axle_height = 0.0;         ///< [m] above the skin
    double rolling_radius = 0.0;      ///< [m] on which the drum rolls
    double slip_stiffness = 0.0;      ///< [N] of all needles: force along the roll over slip, while nothing is cut
    double ploughing_force = 0.0;     ///< [N] at which all needles in the skin cut; most that a slipping drum can pull
    double dimple_depth = 0.0;        ///< [m] by which the skin was pressed in before entry
    double tent_height = 0.0;         ///< [m] by which it is lifted before exit
};
template <>
struct Describe<NeedlePath> {
    using P = NeedlePath;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"angle", &P::angle, "rad", "of the needle from the vertical, from entry to exit", {"step"}},
            Field{"axle_x", &P::axle_x, "m", "way of the axle along the roll", {"step"}},
            Field{"tip_x", &P::tip_x, "m", "of the tip, along the roll", {"step"}},
            Field{"tip_y", &P::tip_y, "m", "of the tip, to the left", {"step"}},
            Field{"tip_depth", &P::tip_depth, "m", "of the tip", {"step"}},
            Field{"slice_depth", &P::slice_depth, "m", "depth of each slice", {"slice"}},
            Field{"axis_x", &P::axis_x, "m", "where the needle crosses the slice, along; NaN: not that deep", {"step", "slice"}},
            Field{"axis_y", &P::axis_y, "m", "where the needle crosses the slice, to the left", {"step", "slice"}},
            Field{"front_x", &P::front_x, "m", "end of the slit that it drags along, along; NaN: not that deep", {"step", "slice"}},
            Field{"front_y", &P::front_y, "m", "end of the slit that it drags along, to the left", {"step", "slice"}},
            Field{"demand", &P::demand, "m", "lateral travel that the skin must accommodate", {"slice"}},
            Field{"critical_offset", &P::critical_offset, "m", "offset of needle and slit front at which the skin cuts", {"slice"}},
            Field{"slit_extent", &P::slit_extent, "m", "by which the hole is cut longer", {"slice"}},
            Field{"axle_height", &P::axle_height, "m", "above the skin"},
            Field{"rolling_radius", &P::rolling_radius, "m", "on which the drum rolls"},
            Field{"slip_stiffness", &P::slip_stiffness, "N", "of all needles: force along the roll over slip, while nothing is cut"},
            Field{"ploughing_force", &P::ploughing_force, "N", "at which all needles in the skin cut"},
            Field{"dimple_depth", &P::dimple_depth, "m", "by which the skin was pressed in before entry"},
            Field{"tent_height", &P::tent_height, "m", "by which it is lifted before exit"},
        };
    }
    // clang-format on
};

/// @brief Where one needle of a rolling drum is while it is in the skin, and what it drags along (tearing.md, eqs. 1-9,
/// 28-31).
///
/// Mean slip, side-slip and yaw rate of `use`, without their scatter. `depth` is where the tip gets at its deepest.
/// `tearing` chooses what holds the skin, on what the drum rolls, and dimple and tent.
/// @throws ParameterError  a value is out of range, depth is 0 or more than the needle, or the drum is locked
[[nodiscard]] NeedlePath needle_path(const Skin& skin, const Roller& roller, const Rolling& use, double depth,
                                     const TearingSettings& tearing = {}, const NeedlePathSettings& settings = {});

}  // namespace skin
