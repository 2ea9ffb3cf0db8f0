// How the barrier closes again: one pore state, several read-outs (docs/theory/recovery.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/wound.hpp"

namespace skin {

/// How channels close (docs/theory/recovery.md, 3.1 to 3.4). The laws without a plug have a half-life in open air and
/// one under a cover; a sealed pore means the same to every instrument.
enum class ClosureModel {
    none,                ///< channels stay as they are
    plug_hole,           ///< drying plug and closing hole in series; the default
    first_order,         ///< admittance falls at first order
    linear_radius,       ///< the wall moves in at constant speed
    exponential_radius,  ///< the radius falls at first order
    hill,                ///< the area follows a sigmoid: nothing happens, then it seals
    two_phase,           ///< most of the admittance falls fast, a tenth slowly: water loss after a long needle
    recoil,              ///< elastic recoil and nothing else: dead skin
    depth_resolved,      ///< plug, and a hole whose wall moves in layer by layer
};
template <>
struct EnumNames<ClosureModel> {
    static constexpr std::array entries{
        std::pair{ClosureModel::none, std::string_view{"none"}},
        std::pair{ClosureModel::plug_hole, std::string_view{"plug_hole"}},
        std::pair{ClosureModel::first_order, std::string_view{"first_order"}},
        std::pair{ClosureModel::linear_radius, std::string_view{"linear_radius"}},
        std::pair{ClosureModel::exponential_radius, std::string_view{"exponential_radius"}},
        std::pair{ClosureModel::hill, std::string_view{"hill"}},
        std::pair{ClosureModel::two_phase, std::string_view{"two_phase"}},
        std::pair{ClosureModel::recoil, std::string_view{"recoil"}},
        std::pair{ClosureModel::depth_resolved, std::string_view{"depth_resolved"}}};
};

/// What resists in a hole: how its conductance goes with its radius a.
enum class HoleResistance {
    channel,  ///< the hole itself, conductance ~ a^2; the default
    access,   ///< the tissue at its end, ~ a
    series,   ///< both, by depth and radius of each class
};
template <>
struct EnumNames<HoleResistance> {
    static constexpr std::array entries{std::pair{HoleResistance::channel, std::string_view{"channel"}},
                                        std::pair{HoleResistance::access, std::string_view{"access"}},
                                        std::pair{HoleResistance::series, std::string_view{"series"}}};
};

/// A stretch of time under a cover.
struct Interval {
    double start = 0.0;  ///< [s] since the first strike
    double end = 0.0;    ///< [s] since the first strike
};
template <>
struct Describe<Interval> {
    using I = Interval;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"start", &I::start, "s", "since the first strike", {}, 0.0, 1e9},
                          Field{"end", &I::end, "s", "since the first strike", {}, 0.0, 1e9}};
    }
    // clang-format on
};

struct RecoverySettings {
    ClosureModel closure_model = ClosureModel::plug_hole;  ///< [1] how channels close
    std::vector<Interval> occluded;                        ///< when the skin is covered; empty: open air
    std::vector<double> wetted;                            ///< [s] times at which a wet vehicle is laid on the mouths
    int irritancy_class = 0;                               ///< [1] of what touches the open channels: slows closing
    double irritation = 0.0;  ///< [1] irritation index of the first hours, 0 before it is known: counts as a
                              ///<     class of 3 x severity when that is more than irritancy_class
    int n_classes = 4;        ///< [1] channel classes
    int n_times = 200;        ///< [1] output times, finer at the start
    HoleResistance hole_resistance = HoleResistance::channel;  ///< [1] how conductance goes with radius
    std::vector<double> times;  ///< [s] output times of the caller's choice, increasing; empty: n_times of them
    int n_slices = 32;          ///< [1] slices of depth, depth_resolved only
};
template <>
struct Describe<RecoverySettings> {
    using S = RecoverySettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"closure_model", &S::closure_model, "1", "how channels close"},
            Field{"occluded", &S::occluded, "1", "when the skin is covered"},
            Field{"wetted", &S::wetted, "s", "times at which a wet vehicle is laid on the mouths", {}, 0.0, 1e9},
            Field{"irritancy_class", &S::irritancy_class, "1", "of what touches the open channels", {}, 0, 3},
            Field{"irritation", &S::irritation, "1", "irritation index of the first hours", {}, 0.0, 1e9},
            Field{"n_classes", &S::n_classes, "1", "channel classes", {}, 1, 1000},
            Field{"n_times", &S::n_times, "1", "output times", {}, 2, 1000000},
            Field{"hole_resistance", &S::hole_resistance, "1", "how conductance goes with radius"},
            Field{"times", &S::times, "s", "output times of the caller's choice, increasing", {}, 0.0, 1e9},
            Field{"n_slices", &S::n_slices, "1", "slices of depth, depth_resolved only", {}, 2, 10000},
        };
    }
    // clang-format on
};

struct RecoveryResult {
    Eigen::VectorXd time;                 ///< [s] (time) since the first strike
    Eigen::VectorXd pore_radius;          ///< [m] (time) mean over channels, at the mouth
    Eigen::VectorXd impedance;            ///< [1] (time) pore admittance over its first value
    Eigen::VectorXd tewl;                 ///< [kg/(m^2 s)] (time) excess water loss over intact skin
    Eigen::VectorXd tracer_permeability;  ///< [1] (time) hole with re-wetted plug, over its first value
    Eigen::VectorXd staining;             ///< [1] (time) share of pores that still stain
    Eigen::VectorXd optical_opening;      ///< [m] (time) mean radius of the holes that tomography still sees
    Eigen::VectorXd open_area;            ///< [1] (time) wet open area over skin area
    Eigen::VectorXd largest_particle;     ///< [m] (time) diameter of the largest particle that enters
    double impedance_threshold = 0.0;     ///< [1] that counts as recovered
    double tewl_threshold = 0.0;          ///< [1] share of the first excess that counts as recovered
    double staining_threshold = 0.0;      ///< [1] share of stained pores that counts as recovered
    double optical_threshold = 0.0;       ///< [m] resolution of tomography
    std::vector<std::string> observable;  ///< (observable) names that time_to_recover knows
    Eigen::VectorXd recovered_at;  ///< [s] (observable) when each observable stays below its threshold; NaN: not within
                                   ///< the duration
    Closure closure;               ///< for deliver and assess
    ResultInfo info;               ///< warnings, citation keys, models used
    Eigen::VectorXd hole_depth;    ///< [m] (hole_depth) below the surface, class of middle depth; depth_resolved only
    RowMatrix hole_radius;         ///< [m] (time, hole_depth) of the same class; depth_resolved only

    /// [s] when `observable` (impedance, tewl, tracer_permeability, staining, optical_opening) falls below its own
    /// threshold for good; NaN: not within the duration; 0: never above. ParameterError for another name.
    [[nodiscard]] double time_to_recover(std::string_view observable) const;
};
template <>
struct Describe<RecoveryResult> {
    using R = RecoveryResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &R::time, "s", "since the first strike", {"time"}},
            Field{"pore_radius", &R::pore_radius, "m", "mean over channels, at the mouth", {"time"}},
            Field{"impedance", &R::impedance, "1", "pore admittance over its first value", {"time"}},
            Field{"tewl", &R::tewl, "kg/(m^2 s)", "excess water loss over intact skin", {"time"}},
            Field{"tracer_permeability", &R::tracer_permeability, "1", "hole with re-wetted plug, over its first value", {"time"}},
            Field{"staining", &R::staining, "1", "share of pores that still stain", {"time"}},
            Field{"optical_opening", &R::optical_opening, "m", "mean radius of the holes that tomography still sees", {"time"}},
            Field{"open_area", &R::open_area, "1", "wet open area over skin area", {"time"}},
            Field{"largest_particle", &R::largest_particle, "m", "diameter of the largest particle that enters", {"time"}},
            Field{"impedance_threshold", &R::impedance_threshold, "1", "that counts as recovered"},
            Field{"tewl_threshold", &R::tewl_threshold, "1", "share of the first excess that counts as recovered"},
            Field{"staining_threshold", &R::staining_threshold, "1", "share of stained pores that counts as recovered"},
            Field{"optical_threshold", &R::optical_threshold, "m", "resolution of tomography"},
            Field{"observable", &R::observable, "1", "names that time_to_recover knows", {"observable"}},
            Field{"recovered_at", &R::recovered_at, "s", "when each observable stays below its threshold; NaN: not within the duration", {"observable"}},
            Field{"closure", &R::closure, "1", "for deliver and assess"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
            Field{"hole_depth", &R::hole_depth, "m", "below the surface, class of middle depth; depth_resolved only", {"hole_depth"}},
            Field{"hole_radius", &R::hole_radius, "m", "of the same class; depth_resolved only", {"time", "hole_depth"}},
        };
    }
    // clang-format on
};

/// Close the channels of `wound` over `duration` [s]: a plug at the mouth dries in open air, the hole below closes, and
/// instruments see both in series or one of them (docs/theory/recovery.md, eqs. 1-9).
///
/// @param duration  [s] since the first strike, above 0; times beyond it are not recovered: NaN
/// @throws ParameterError  a value is out of range, intervals are not in order or overlap, output times do not increase
/// @par Valid for  human skin, needles of 0.2 to 1.5 mm, 10 to 2000 holes per cm^2, up to about 100 h; every half-life
///      is assumed or derived from one of two published closing times.
/// @par Sources    gupta2011 (open air, occluded), ogunjimi2021 (covered); brogden2012, kelchen2016, ogunjimi2020
/// (person)
/// @par Tests      REC-V1 to REC-V12, V60 to V66, REC-P1 to REC-P10, P20 to P25, REC-X1 to REC-X7, X21 to X33
[[nodiscard]] RecoveryResult recover(const Skin& skin, const Wound& wound, double duration,
                                     const RecoverySettings& settings = {});

}  // namespace skin
