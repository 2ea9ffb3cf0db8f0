// Which needles draw blood: a Poisson count of cut vessels (docs/theory/bleeding.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <utility>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/wound.hpp"

namespace skin {

enum class BleedModel {
    none,     ///< nothing bleeds
    poisson,  ///< independent isotropic vessels in each bed; the default
};
template <>
struct EnumNames<BleedModel> {
    static constexpr std::array entries{std::pair{BleedModel::none, std::string_view{"none"}},
                                        std::pair{BleedModel::poisson, std::string_view{"poisson"}}};
};

struct BleedingSettings {
    BleedModel bleed_model = BleedModel::poisson;  ///< [1] how vessels are cut
    double depth_step = 2.0e-6;                    ///< [m] of the quadrature along a channel
};
template <>
struct Describe<BleedingSettings> {
    using S = BleedingSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"bleed_model", &S::bleed_model, "1", "how vessels are cut"},
                          Field{"depth_step", &S::depth_step, "m", "of the quadrature along a channel", {}, 1e-8, 1e-4}};
    }
    // clang-format on
};

struct BleedingResult {
    RowMatrix cut_vessels;                ///< [1] (channel, bed) mean number of vessels cut
    Eigen::VectorXd cut_probability;      ///< [1] (channel) at least one vessel cut
    Eigen::VectorXd visible_probability;  ///< [1] (channel) a visible dot
    double cut_fraction = 0.0;            ///< [1] mean over channels of cut_probability
    double visible_fraction = 0.0;        ///< [1] mean over channels of visible_probability
    double dots_per_area = 0.0;           ///< [1/m^2] visible dots
    double blood_per_hole = 0.0;          ///< [m^3] mean volume
    double blood_per_area = 0.0;          ///< [m^3/m^2] volume
    double haematoma_index = 0.0;         ///< [1] mean probability that a deep vessel bleeds into a closed channel
    Wound wound;                          ///< the wound with its blood
    ResultInfo info;                      ///< warnings, citation keys, models used
};
template <>
struct Describe<BleedingResult> {
    using R = BleedingResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"cut_vessels", &R::cut_vessels, "1", "mean number of vessels cut", {"channel", "bed"}},
            Field{"cut_probability", &R::cut_probability, "1", "at least one vessel cut", {"channel"}},
            Field{"visible_probability", &R::visible_probability, "1", "a visible dot", {"channel"}},
            Field{"cut_fraction", &R::cut_fraction, "1", "mean over channels of cut_probability"},
            Field{"visible_fraction", &R::visible_fraction, "1", "mean over channels of visible_probability"},
            Field{"dots_per_area", &R::dots_per_area, "1/m^2", "visible dots"},
            Field{"blood_per_hole", &R::blood_per_hole, "m^3", "mean volume"},
            Field{"blood_per_area", &R::blood_per_area, "m^3/m^2", "volume"},
            Field{"haematoma_index", &R::haematoma_index, "1", "mean probability that a deep vessel bleeds into a closed channel"},
            Field{"wound", &R::wound, "1", "the wound with its blood"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
    // clang-format on
};

/// Blood of every channel of `wound`.
[[nodiscard]] BleedingResult bleed(const Skin& skin, const Wound& wound, const BleedingSettings& settings = {});

}  // namespace skin
