// The few numbers and words that a person asks for first.
#pragma once

#include <Eigen/Core>
#include <string>

#include "skin/core/describe.hpp"
#include "skin/treatment/depth_band.hpp"

namespace skin {

struct TreatmentResult;

/// Of the first session, but for healing.
struct Summary {
    DepthBand band = DepthBand::home;  ///< [1] label of what is set
    double setting = 0.0;              ///< [m] what is set: protrusion or needle length
    double depth_mean = 0.0;           ///< [m] reached
    double depth_low = 0.0;            ///< [m] 5 % of the strikes stay above
    double depth_high = 0.0;           ///< [m] 5 % of the strikes go below
    Eigen::VectorXd reached;           ///< [1] (layer) share of strikes whose tip got into each layer
    double holes_per_area = 0.0;       ///< [1/m^2] holes of their own
    double tear_fraction = 0.0;        ///< [1] share of holes torn
    double risk_index = 0.0;           ///< [1] population tear index
    double dots_per_area = 0.0;        ///< [1/m^2] visible blood
    double barrier_time = 0.0;         ///< [s] until impedance has recovered; NaN: not within the duration
    double irritation = 0.0;           ///< [1] total index
    double erythema_duration = 0.0;    ///< [s] after the last session
    double collagen_papillary = 0.0;   ///< [1] new collagen at the end, share of baseline
    double collagen_reticular = 0.0;   ///< [1] new collagen at the end, share of baseline
};
template <>
struct Describe<Summary> {
    using S = Summary;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"band", &S::band, "1", "label of what is set"},
            Field{"setting", &S::setting, "m", "what is set: protrusion or needle length"},
            Field{"depth_mean", &S::depth_mean, "m", "reached"},
            Field{"depth_low", &S::depth_low, "m", "5 % of the strikes stay above"},
            Field{"depth_high", &S::depth_high, "m", "5 % of the strikes go below"},
            Field{"reached", &S::reached, "1", "share of strikes whose tip got into each layer", {"layer"}},
            Field{"holes_per_area", &S::holes_per_area, "1/m^2", "holes of their own"},
            Field{"tear_fraction", &S::tear_fraction, "1", "share of holes torn"},
            Field{"risk_index", &S::risk_index, "1", "population tear index"},
            Field{"dots_per_area", &S::dots_per_area, "1/m^2", "visible blood"},
            Field{"barrier_time", &S::barrier_time, "s", "until impedance has recovered; NaN: not within the duration"},
            Field{"irritation", &S::irritation, "1", "total index"},
            Field{"erythema_duration", &S::erythema_duration, "s", "after the last session"},
            Field{"collagen_papillary", &S::collagen_papillary, "1", "new collagen at the end, share of baseline"},
            Field{"collagen_reticular", &S::collagen_reticular, "1", "new collagen at the end, share of baseline"},
        };
    }
    // clang-format on
};

[[nodiscard]] Summary summarise(const TreatmentResult& result);
[[nodiscard]] std::string summary(const TreatmentResult& result);  ///< a table a person can read

}  // namespace skin
