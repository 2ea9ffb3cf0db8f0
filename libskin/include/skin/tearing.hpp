// How a roller's drag (or a pen's glide) tears the skin that its needles are in (docs/theory/tearing.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/wound.hpp"

namespace skin {

enum class TearModel {
    none,  ///< nothing tears
    play,  ///< play (backlash) operator per contact and depth slice; the default
};
template <>
struct EnumNames<TearModel> {
    static constexpr std::array entries{std::pair{TearModel::none, std::string_view{"none"}},
                                        std::pair{TearModel::play, std::string_view{"play"}}};
};

/// Whether a shank that also slides along its axis cuts more easily (tearing.md, eq. 19).
enum class SlicePush {
    none,       ///< it does not: a round shank has no edge; the default, on which the reference offsets rest
    path_mean,  ///< Atkins' factor for the mean ratio of axial and lateral way of a contact
};
template <>
struct EnumNames<SlicePush> {
    static constexpr std::array entries{std::pair{SlicePush::none, std::string_view{"none"}},
                                        std::pair{SlicePush::path_mean, std::string_view{"path_mean"}}};
};

/// What happens to the needles that are in the skin when the roller touches down and lifts (tearing.md, eqs. 50-52).
enum class StrokeEnds {
    ignored,  ///< every contact is a whole one
    pressed,  ///< a drum that comes down between two contacts presses its needles in tilted, lifts them out tilted, and
              ///< turns with them in the skin if the use says so; the default: geometry, no further assumption
};
template <>
struct EnumNames<StrokeEnds> {
    static constexpr std::array entries{std::pair{StrokeEnds::ignored, std::string_view{"ignored"}},
                                        std::pair{StrokeEnds::pressed, std::string_view{"pressed"}}};
};

/// What holds the skin that a needle pushes sideways (tearing.md, eqs. 16 and 44).
enum class LateralStiffness {
    held_rim,  ///< a rim at `strained_length`, where the next needle stands: the stiff end, and the default
    embedded,  ///< nothing but the layers themselves, as round a lone needle: 5-7 times softer in the dermis
};
template <>
struct EnumNames<LateralStiffness> {
    static constexpr std::array entries{std::pair{LateralStiffness::held_rim, std::string_view{"held_rim"}},
                                        std::pair{LateralStiffness::embedded, std::string_view{"embedded"}}};
};

/// How long the slit is that the tip cut before any drag (tearing.md, eq. 22).
enum class InitialSlit {
    lip_stretch,     ///< its lips, stretched by `lip_stretch`, fit round the shank; the default
    energy_minimum,  ///< the slit that costs a wedging needle least: two to three times shorter
};
template <>
struct EnumNames<InitialSlit> {
    static constexpr std::array entries{std::pair{InitialSlit::lip_stretch, std::string_view{"lip_stretch"}},
                                        std::pair{InitialSlit::energy_minimum, std::string_view{"energy_minimum"}}};
};

/// On what a drum rolls that nobody brakes or pushes (tearing.md, eqs. 10 and 45).
enum class RollingModel {
    torque_balance,  ///< the stiffness of each depth and the friction of the axle decide; the default
    uniform_brush,   ///< closed form for the same stiffness at every depth and an axle without friction
};
template <>
struct EnumNames<RollingModel> {
    static constexpr std::array entries{std::pair{RollingModel::torque_balance, std::string_view{"torque_balance"}},
                                        std::pair{RollingModel::uniform_brush, std::string_view{"uniform_brush"}}};
};

struct TearingSettings {
    TearModel tear_model = TearModel::play;  ///< [1] how a slit grows
    SlicePush slice_push = SlicePush::none;  ///< [1] whether axial sliding eases the cut
    int n_slices = 16;                       ///< [1] depth slices of one contact
    int n_steps = 64;                        ///< [1] steps of the path with side-slip or yaw
    double unstated_range = 2.0;       ///< [1] factor either side of an input whose range is not stated, for the band
    int band_draws = 128;              ///< [1] parameter sets drawn for the band of the index
    double reference_length = 2.0e-4;  ///< [m] needle from which the share of length counts: shortest of home rollers
    StrokeEnds stroke_ends = StrokeEnds::pressed;  ///< [1] contacts at touchdown and lift; needs a wound that says how
    double capture_radius = 0.0;  ///< [1] in needle diameters: within it a needle slides into an older hole; 0: never
    LateralStiffness lateral_stiffness = LateralStiffness::held_rim;  ///< [1] what holds the skin beside a needle
    InitialSlit initial_slit = InitialSlit::lip_stretch;              ///< [1] how long a slit is before any drag
    RollingModel rolling_model = RollingModel::torque_balance;        ///< [1] on what a free drum rolls
    double dimple_depth = 0.0;  ///< [m] of the skin under a tip that enters, before it gives way
    double tent_height = 0.0;   ///< [m] to which a needle lifts the skin before it leaves
    RowMatrix lateral_table;    ///< [1] (row, 4) depth m, needle diameter m, offset m, line load N/m; none: formulas
};
template <>
struct Describe<TearingSettings> {
    using S = TearingSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"tear_model", &S::tear_model, "1", "how a slit grows"},
            Field{"slice_push", &S::slice_push, "1", "whether axial sliding eases the cut"},
            Field{"n_slices", &S::n_slices, "1", "depth slices of one contact", {}, 1, 10000},
            Field{"n_steps", &S::n_steps, "1", "steps of the path with side-slip or yaw", {}, 4, 100000},
            Field{"unstated_range", &S::unstated_range, "1", "factor either side of an input whose range is not stated", {}, 1.0, 100.0},
            Field{"band_draws", &S::band_draws, "1", "parameter sets drawn for the band of the index", {}, 16, 100000},
            Field{"reference_length", &S::reference_length, "m", "needle from which the share of length counts", {}, 1e-5, 5e-3},
            Field{"stroke_ends", &S::stroke_ends, "1", "contacts at touchdown and lift"},
            Field{"capture_radius", &S::capture_radius, "1", "in needle diameters: within it a needle slides into an older hole; 0: never", {}, 0.0, 10.0},
            Field{"lateral_stiffness", &S::lateral_stiffness, "1", "what holds the skin beside a needle"},
            Field{"initial_slit", &S::initial_slit, "1", "how long a slit is before any drag"},
            Field{"rolling_model", &S::rolling_model, "1", "on what a free drum rolls"},
            Field{"dimple_depth", &S::dimple_depth, "m", "of the skin under a tip that enters, before it gives way", {}, 0.0, 5e-3},
            Field{"tent_height", &S::tent_height, "m", "to which a needle lifts the skin before it leaves", {}, 0.0, 5e-3},
            Field{"lateral_table", &S::lateral_table, "1", "depth m, needle diameter m, offset m, line load N/m; none: formulas", {"lateral_row", "lateral_column"}},
        };
    }
    // clang-format on
};

struct TearingResult {
    Eigen::VectorXd slit_length;      ///< [m] (channel) at the mouth, what is seen; 0: round
    Eigen::VectorXd slit_path;        ///< [m] (channel) cut at the mouth, what is dissipated
    Eigen::VectorXd demand;           ///< [m] (channel) lateral travel that the skin must accommodate at the mouth
    Eigen::VectorXd critical_offset;  ///< [m] (channel) offset of needle and slit front at which the skin cuts
    double tear_fraction = 0.0;       ///< [1] share of holes torn
    double hidden_fraction = 0.0;     ///< [1] share of holes cut below a mouth that stays round
    double risk_index = 0.0;          ///< [1] population tear index, not a probability of a clinical tear
    double slit_index = 0.0;          ///< [1] its part from slits: share of a population of contacts that cut the mouth
    double flap_index = 0.0;          ///< [1] its part from the junction: mean load over its toughness
    double risk_low = 0.0;            ///< [1] lower end of its 90 % band
    double risk_high = 0.0;           ///< [1] upper end of its 90 % band
    double rolling_radius = 0.0;  ///< [m] on which the drum rolls; NaN for a pen or stamp, a locked drum, no contact
    double hole_pitch = 0.0;      ///< [m] along the roll; NaN where rolling_radius is
    double junction_slide = 0.0;  ///< [m] largest slide of epidermis on dermis
    double junction_critical_slide = 0.0;  ///< [m] slide at which the junction delaminates
    double undriven_ratio = 0.0;     ///< [1] release rate of the longest slit by skin tension alone, over its toughness
    bool needle_bent = false;        ///< [1] the shank yields before it cuts
    std::uint64_t seed = 0;          ///< of slip and side-slip
    Wound wound;                     ///< the wound with its slits
    ResultInfo info;                 ///< warnings, citation keys, models used
    std::vector<std::string> cause;  ///< (cause) what the index is shared out to
    Eigen::VectorXd risk_by_cause;   ///< [1] (cause) share of each cause in risk_index (Shapley value); they add up

    // The map: slits and holes where they lie in the patch. Without places (every channel in one spot) it is empty.
    Eigen::VectorXd flap_length;      ///< [m] (channel) to which the epidermis comes off beside the mouth
    Eigen::VectorXd chain;            ///< [1] (channel) number of the chain that the channel merged into; -1: none
    Eigen::VectorXd chain_length;     ///< [m] (merged_chain) largest distance between two points of it
    double longest_chain = 0.0;       ///< [m] of chains and single slits
    double merged_fraction = 0.0;     ///< [1] share of channels that merged with another
    double collinear_fraction = 0.0;  ///< [1] share of the merging slits that lie in line
    double crossings_per_slit = 0.0;  ///< [1] other slits that a slit crosses
    double reentered_fraction = 0.0;  ///< [1] share of channels within a needle diameter of an older one
    double bruised_fraction = 0.0;    ///< [1] share of channels cut down to vessels below a mouth that stays small
    double largest_flap = 0.0;        ///< [m] longest flap_length
    double chain_growth = 0.0;     ///< [1] release rate of the longest chain by skin tension alone, over its toughness
    double slits_per_area = 0.0;   ///< [1/m^2] of the patch, and so of any treated area
    double chains_per_area = 0.0;  ///< [1/m^2] of chains
    double slit_length_per_area = 0.0;  ///< [1/m] summed length of slits
    double mapped_area = 0.0;           ///< [m^2] patch of the map; 0: no map, the channels have no places
    bool macro_flap = false;            ///< [1] a chain above 5 mm at which the junction gives way
    bool tram_track = false;            ///< [1] holes of one stroke joined into a line along it
    bool bruise = false;                ///< [1] vessels cut below a mouth that stays small
    bool hooked_tip = false;            ///< [1] a needle yields inside the skin: its tip comes out as a hook

    // What a needle's sideways way costs in one contact: work = stored + dissipated.
    Eigen::VectorXd work;               ///< [J] (channel) that the needle does on the skin
    Eigen::VectorXd stored_energy;      ///< [J] (channel) in the skin beside the needle when it leaves
    Eigen::VectorXd dissipated_energy;  ///< [J] (channel) spent on cutting
};
template <>
struct Describe<TearingResult> {
    using R = TearingResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"slit_length", &R::slit_length, "m", "at the mouth, what is seen; 0: round", {"channel"}},
            Field{"slit_path", &R::slit_path, "m", "cut at the mouth, what is dissipated", {"channel"}},
            Field{"demand", &R::demand, "m", "lateral travel that the skin must accommodate at the mouth", {"channel"}},
            Field{"critical_offset", &R::critical_offset, "m", "offset of needle and slit front at which the skin cuts", {"channel"}},
            Field{"tear_fraction", &R::tear_fraction, "1", "share of holes torn"},
            Field{"hidden_fraction", &R::hidden_fraction, "1", "share of holes cut below a mouth that stays round"},
            Field{"risk_index", &R::risk_index, "1", "population tear index, not a probability of a clinical tear"},
            Field{"slit_index", &R::slit_index, "1", "its part from slits"},
            Field{"flap_index", &R::flap_index, "1", "its part from the junction"},
            Field{"risk_low", &R::risk_low, "1", "lower end of its 90 % band"},
            Field{"risk_high", &R::risk_high, "1", "upper end of its 90 % band"},
            Field{"rolling_radius", &R::rolling_radius, "m", "on which the drum rolls; NaN for a pen or stamp, a locked drum, no contact"},
            Field{"hole_pitch", &R::hole_pitch, "m", "along the roll; NaN where rolling_radius is"},
            Field{"junction_slide", &R::junction_slide, "m", "largest slide of epidermis on dermis"},
            Field{"junction_critical_slide", &R::junction_critical_slide, "m", "slide at which the junction delaminates"},
            Field{"undriven_ratio", &R::undriven_ratio, "1", "release rate of the longest slit by skin tension alone, over its toughness"},
            Field{"needle_bent", &R::needle_bent, "1", "the shank yields before it cuts"},
            Field{"seed", &R::seed, "1", "of slip and side-slip"},
            Field{"wound", &R::wound, "1", "the wound with its slits"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
            Field{"cause", &R::cause, "1", "what the index is shared out to", {"cause"}},
            Field{"risk_by_cause", &R::risk_by_cause, "1", "share of each cause in risk_index", {"cause"}},
            Field{"flap_length", &R::flap_length, "m", "to which the epidermis comes off beside the mouth", {"channel"}},
            Field{"chain", &R::chain, "1", "number of the chain that the channel merged into; -1: none", {"channel"}},
            Field{"chain_length", &R::chain_length, "m", "largest distance between two points of it", {"merged_chain"}},
            Field{"longest_chain", &R::longest_chain, "m", "of chains and single slits"},
            Field{"merged_fraction", &R::merged_fraction, "1", "share of channels that merged with another"},
            Field{"collinear_fraction", &R::collinear_fraction, "1", "share of the merging slits that lie in line"},
            Field{"crossings_per_slit", &R::crossings_per_slit, "1", "other slits that a slit crosses"},
            Field{"reentered_fraction", &R::reentered_fraction, "1", "share of channels within a needle diameter of an older one"},
            Field{"bruised_fraction", &R::bruised_fraction, "1", "share of channels cut down to vessels below a mouth that stays small"},
            Field{"largest_flap", &R::largest_flap, "m", "longest flap_length"},
            Field{"chain_growth", &R::chain_growth, "1", "release rate of the longest chain by skin tension alone, over its toughness"},
            Field{"slits_per_area", &R::slits_per_area, "1/m^2", "of the patch, and so of any treated area"},
            Field{"chains_per_area", &R::chains_per_area, "1/m^2", "of chains"},
            Field{"slit_length_per_area", &R::slit_length_per_area, "1/m", "summed length of slits"},
            Field{"mapped_area", &R::mapped_area, "m^2", "patch of the map; 0: no map, the channels have no places"},
            Field{"macro_flap", &R::macro_flap, "1", "a chain above 5 mm at which the junction gives way"},
            Field{"tram_track", &R::tram_track, "1", "holes of one stroke joined into a line along it"},
            Field{"bruise", &R::bruise, "1", "vessels cut below a mouth that stays small"},
            Field{"hooked_tip", &R::hooked_tip, "1", "a needle yields inside the skin: its tip comes out as a hook"},
            Field{"work", &R::work, "J", "that the needle does on the skin", {"channel"}},
            Field{"stored_energy", &R::stored_energy, "J", "in the skin beside the needle when it leaves", {"channel"}},
            Field{"dissipated_energy", &R::dissipated_energy, "J", "spent on cutting", {"channel"}},
        };
    }
    // clang-format on
};

/// @brief Slits of every channel of `wound`, for the device and use that made it.
///
/// A rolling needle moves sideways in the skin that it is in. Each contact and depth slice is a play operator whose
/// radius is the offset at which the skin cuts (docs/theory/tearing.md). Slip and side-slip are drawn per stroke and
/// per contact, from (seed, stroke) and (seed, channel); heading, way since touchdown and ring are those of the wound,
/// and drawn per contact where the wound does not know them. A channel whose demand stays below the critical offset
/// keeps a round hole: slit_length = 0; else slit_length = initial slit + extent. The map then lays all slits and holes
/// out as the wound has them: a patch of any number of channels stands for the treated area, per area (see
/// scale_to_area).
///
/// @post  No channels, TearModel::none, a stamp that does not tremble or a rig: no slit, indices 0.
/// @throws ParameterError  a value is out of range, or the use does not fit the device (Rolling needs a Roller,
///                         Gliding a Pen)
/// @par Valid for  tip depth up to 0.3 of the axle height, slip up to 0.2, side-slip up to 10 degrees; a prediction: no
///                 measured slit length, slip or hand force of a roller is known
[[nodiscard]] TearingResult tear(const Skin& skin, const Device& device, const Use& use, const Wound& wound,
                                 std::uint64_t seed = 0, const TearingSettings& settings = {});

/// [1] The risk index alone, for channels of these depths [m]: what tear() gives, without following a channel and
/// without band and causes. For sweeps over skins, devices and hands; no random number is in it.
[[nodiscard]] double tear_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                                const TearingSettings& settings = {});

/// What a person should know of a result, a sentence a line: index with band and what it is not, its largest causes,
/// flags, and the experiments that would settle it. Empty if nothing was dragged.
[[nodiscard]] std::vector<std::string> tear_words(const TearingResult& result);

/// What a whole treatment has, from a patch of it.
struct TreatedArea {
    double slits = 0.0;          ///< [1] expected number
    double chains = 0.0;         ///< [1] expected number
    double slit_length = 0.0;    ///< [m] expected sum
    double longest_chain = 0.0;  ///< [m] length that one chain of the area is expected to pass
};
template <>
struct Describe<TreatedArea> {
    using T = TreatedArea;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"slits", &T::slits, "1", "expected number"},
            Field{"chains", &T::chains, "1", "expected number"},
            Field{"slit_length", &T::slit_length, "m", "expected sum"},
            Field{"longest_chain", &T::longest_chain, "m", "length that one chain of the area is expected to pass"},
        };
    }
    // clang-format on
};
/// @brief Counts and the longest chain of a treated `area`, from the patch of a result.
///
/// Counts grow with the area, the longest chain with its logarithm: an exponential tail above the upper quartile, and
/// never less than that of the patch (docs/theory/tearing.md, eq. 60). Too short where most channels have merged.
/// @throws ParameterError  area not in 0 to 3 m^2, or the result has no map
[[nodiscard]] TreatedArea scale_to_area(const TearingResult& result, double area);

}  // namespace skin
