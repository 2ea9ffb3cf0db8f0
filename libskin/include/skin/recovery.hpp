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

enum class ClosureModel {
    none,       ///< channels stay as they are
    plug_hole,  ///< drying plug and closing hole in series; the default
};
template <>
struct EnumNames<ClosureModel> {
    static constexpr std::array entries{std::pair{ClosureModel::none, std::string_view{"none"}},
                                        std::pair{ClosureModel::plug_hole, std::string_view{"plug_hole"}}};
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
        };
    }
    // clang-format on
};

/// Close the channels of `wound` over `duration` [s]: a plug at the mouth dries in open air, the hole below closes, and
/// instruments see both in series or one of them (docs/theory/recovery.md, eqs. 1-9).
///
/// @param duration  [s] since the first strike, above 0; times beyond it are not recovered: NaN
/// @throws ParameterError  a value is out of range, or intervals are not in order or overlap
/// @par Valid for  human skin, needles of 0.2 to 1.5 mm, 10 to 2000 holes per cm^2, up to about 100 h; every half-life
///      is assumed or derived from one of two published closing times.
/// @par Sources    gupta2011 (open air, occluded), ogunjimi2021 (covered); brogden2012, kelchen2016, ogunjimi2020
/// (person)
/// @par Tests      REC-V1 to REC-V12, REC-P1 to REC-P6, REC-X1 to REC-X11
[[nodiscard]] RecoveryResult recover(const Skin& skin, const Wound& wound, double duration,
                                     const RecoverySettings& settings = {});

}  // namespace skin
