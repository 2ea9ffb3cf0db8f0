// Where a topical goes: through intact stratum corneum and through closing channels (docs/theory/transport.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/topical/application.hpp"
#include "skin/wound.hpp"

namespace skin {

enum class DeliveryModel {
    none,           ///< nothing leaves the surface
    layered,        ///< 1-D layers, pores as conductances in parallel
    dual_porosity,  ///< 1-D column with channels as fins; the default
    unit_cell,      ///< resolved: each channel in its own cylinder of tissue, two grids, with an estimate of the error
    slit,           ///< the same with channels as long as their slits, in confocal ellipses of tissue
};
template <>
struct EnumNames<DeliveryModel> {
    static constexpr std::array entries{std::pair{DeliveryModel::none, std::string_view{"none"}},
                                        std::pair{DeliveryModel::layered, std::string_view{"layered"}},
                                        std::pair{DeliveryModel::dual_porosity, std::string_view{"dual_porosity"}},
                                        std::pair{DeliveryModel::unit_cell, std::string_view{"unit_cell"}},
                                        std::pair{DeliveryModel::slit, std::string_view{"slit"}}};
};

/// What lies below the skin.
enum class BaseCondition {
    no_flux,  ///< in vivo, with clearance; the default
    sink,     ///< in vitro, receptor that is always empty, no clearance
};
template <>
struct EnumNames<BaseCondition> {
    static constexpr std::array entries{std::pair{BaseCondition::no_flux, std::string_view{"no_flux"}},
                                        std::pair{BaseCondition::sink, std::string_view{"sink"}}};
};

/// The outline of a channel after recoil.
enum class ChannelShape {
    needle_outline,  ///< the needle's own profile, narrowed to the channel's mouth; the default
    cylinder,        ///< as wide at the floor as at the mouth
};
template <>
struct EnumNames<ChannelShape> {
    static constexpr std::array entries{std::pair{ChannelShape::needle_outline, std::string_view{"needle_outline"}},
                                        std::pair{ChannelShape::cylinder, std::string_view{"cylinder"}}};
};

struct DeliverySettings {
    DeliveryModel model = DeliveryModel::dual_porosity;         ///< [1] geometry of channels and tissue
    BaseCondition base = BaseCondition::no_flux;                ///< [1] what lies below the skin
    ChannelShape channel_shape = ChannelShape::needle_outline;  ///< [1] outline of a channel after recoil
    int cells_per_layer = 40;                                   ///< [1] finite volumes in each layer
    int n_times = 101;                                          ///< [1] output times
    double tolerance = 1e-5;                                    ///< [1] relative tolerance of the time stepper
    std::vector<double> times;  ///< [s] output times of the caller's choice, increasing; empty: n_times of them
};
template <>
struct Describe<DeliverySettings> {
    using S = DeliverySettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"model", &S::model, "1", "geometry of channels and tissue"},
            Field{"base", &S::base, "1", "what lies below the skin"},
            Field{"channel_shape", &S::channel_shape, "1", "outline of a channel after recoil"},
            Field{"cells_per_layer", &S::cells_per_layer, "1", "finite volumes in each layer", {}, 4, 10000},
            Field{"n_times", &S::n_times, "1", "output times", {}, 2, 1000000},
            Field{"tolerance", &S::tolerance, "1", "relative tolerance of the time stepper", {}, 1e-12, 1e-1},
            Field{"times", &S::times, "s", "output times of the caller's choice, increasing", {}, -1e9, 1e9},
        };
    }
    // clang-format on
};

/// One product over time. Amounts are per area of skin; the compartments add up to the dose.
struct DeliveryResult {
    Eigen::VectorXd time;   ///< [s] (time) since the first strike; negative while put on before it
    Eigen::VectorXd depth;  ///< [m] (depth) cell centres below the surface
    std::vector<std::string>
        compartment;       ///< where the active is: donor, evaporated, each layer, channels, cleared, receptor, wiped
    RowMatrix amount;      ///< [kg/m^2] (time, compartment) of the active
    Eigen::VectorXd flux;  ///< [kg/(m^2 s)] (time) out of the donor into skin and channels
    Eigen::VectorXd cumulative;       ///< [kg/m^2] (time) that has left the donor into skin and channels
    RowMatrix concentration;          ///< [kg/m^3] (time, depth) in tissue, mean over the area
    RowMatrix channel_concentration;  ///< [kg/m^3] (time, depth) in channel fluid; NaN where there is none
    RowMatrix content;                ///< [kg/m^3] (time, depth) tissue and channels together, per volume of skin
    Eigen::VectorXd cell_height;      ///< [m] (depth) of the cells
    double living_top = 0.0;          ///< [m] depth of the lower border of the stratum corneum
    double dose = 0.0;                ///< [kg/m^2] of the active put on
    double delivered = 0.0;           ///< [kg/m^2] in living skin, cleared and receptor at the end
    double deposited = 0.0;           ///< [kg/m^2] carried into channels by the needles
    double filled_depth = 0.0;        ///< [m] mean depth of channel filled at the start
    double permeability = 0.0;        ///< [m/s] of intact stratum corneum for this product
    double mass_balance_error = 0.0;  ///< [1] relative; from terms accumulated on their own
    Eigen::VectorXd error_estimate;   ///< [1] (compartment) of amount over its largest value, from two grids; NaN: none
    Eigen::VectorXd section_radius;   ///< [m] (section_radius) of the unit cell of middle depth, across the gape of a
                                      ///<     slit; empty: no unit cell
    Eigen::VectorXd section_depth;    ///< [m] (section_depth) of the same cell
    NdArray section{{}, {0, 0, 0}};   ///< [kg/m^3] (time, section_radius, section_depth) content around one channel
    Exposure exposure;                ///< for assess
    ResultInfo info;                  ///< warnings, citation keys, models used
    Eigen::VectorXd undissolved;      ///< [kg/m^2] (time) of the donor that is solid
    Eigen::VectorXd film_thickness;   ///< [m] (time) of liquid product on the skin; 0: none, or dry
    Eigen::VectorXd layer_bottom;     ///< [m] (column_layer) lower borders of the layers among the compartments
    double put_on_at = std::numeric_limits<double>::quiet_NaN();  ///< [s] when it was first on the skin; NaN: time[0]
    double section_focus = 0.0;   ///< [m] half the distance of the foci of the slit in the section; 0: round
    double section_border = 0.0;  ///< [m] where the cell of the section ends, as section_radius is measured

    /// [m] (time) depth above which the share `share` of what is in living skin lies; NaN while there is nothing.
    [[nodiscard]] Eigen::VectorXd penetration_depth(double share) const;
    /// [s] during which the mean concentration in the tissue of `layer` lies above `threshold` [kg/m^3].
    [[nodiscard]] double time_above(const std::string& layer, double threshold) const;
    /// [s] since it was put on at which the steepest tangent of what has passed the skin (cleared and receptor) starts
    /// from nothing; NaN when nothing has.
    [[nodiscard]] double lag_time() const;
    /// [1] (time) share of the dose that has passed the skin: cleared and receptor; NaN without a dose.
    [[nodiscard]] Eigen::VectorXd bioavailability() const;
    /// [kg/m^3] (time, x, y, section_depth) content around the channel of the section at distances [m] from its axis, x
    /// along a slit and y across it; NaN outside its cell. ParameterError without a section.
    [[nodiscard]] NdArray field_around(const Eigen::VectorXd& x, const Eigen::VectorXd& y) const;
};
template <>
struct Describe<DeliveryResult> {
    using R = DeliveryResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &R::time, "s", "since the first strike", {"time"}},
            Field{"depth", &R::depth, "m", "cell centres below the surface", {"depth"}},
            Field{"compartment", &R::compartment, "1", "where the active is", {"compartment"}},
            Field{"amount", &R::amount, "kg/m^2", "of the active", {"time", "compartment"}},
            Field{"flux", &R::flux, "kg/(m^2 s)", "out of the donor into skin and channels", {"time"}},
            Field{"cumulative", &R::cumulative, "kg/m^2", "that has left the donor into skin and channels", {"time"}},
            Field{"concentration", &R::concentration, "kg/m^3", "in tissue, mean over the area", {"time", "depth"}},
            Field{"channel_concentration", &R::channel_concentration, "kg/m^3", "in channel fluid; NaN where there is none", {"time", "depth"}},
            Field{"content", &R::content, "kg/m^3", "tissue and channels together, per volume of skin", {"time", "depth"}},
            Field{"cell_height", &R::cell_height, "m", "of the cells", {"depth"}},
            Field{"living_top", &R::living_top, "m", "depth of the lower border of the stratum corneum"},
            Field{"dose", &R::dose, "kg/m^2", "of the active put on"},
            Field{"delivered", &R::delivered, "kg/m^2", "in living skin, cleared and receptor at the end"},
            Field{"deposited", &R::deposited, "kg/m^2", "carried into channels by the needles"},
            Field{"filled_depth", &R::filled_depth, "m", "mean depth of channel filled at the start"},
            Field{"permeability", &R::permeability, "m/s", "of intact stratum corneum for this product"},
            Field{"mass_balance_error", &R::mass_balance_error, "1", "relative; from terms accumulated on their own"},
            Field{"error_estimate", &R::error_estimate, "1", "of amount over its largest value, from two grids; NaN: none", {"compartment"}},
            Field{"section_radius", &R::section_radius, "m", "of the unit cell of middle depth; empty: no unit cell", {"section_radius"}},
            Field{"section_depth", &R::section_depth, "m", "of the same cell", {"section_depth"}},
            Field{"section", &R::section, "kg/m^3", "content around one channel", {"time", "section_radius", "section_depth"}},
            Field{"exposure", &R::exposure, "1", "for assess"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
            Field{"undissolved", &R::undissolved, "kg/m^2", "of the donor that is solid", {"time"}},
            Field{"film_thickness", &R::film_thickness, "m", "of liquid product on the skin; 0: none, or dry", {"time"}},
            Field{"layer_bottom", &R::layer_bottom, "m", "lower borders of the layers among the compartments", {"column_layer"}},
            Field{"put_on_at", &R::put_on_at, "s", "when it was first on the skin"},
            Field{"section_focus", &R::section_focus, "m", "half the distance of the foci of the slit in the section; 0: round"},
            Field{"section_border", &R::section_border, "m", "where the cell of the section ends, as section_radius is measured"},
        };
    }
    // clang-format on
};

/// One product on needled (or, with a wound without channels, intact) skin, until `duration` [s] after the first
/// strike. An empty closure keeps the channels as they are at the start.
[[nodiscard]] DeliveryResult deliver(const Skin& skin, const Wound& wound, const Application& application,
                                     const Closure& closure, double duration, const DeliverySettings& settings = {});

}  // namespace skin
