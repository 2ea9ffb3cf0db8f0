// How a roller's drag (or a pen's glide) tears the skin that its needles are in (docs/theory/tearing.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <utility>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
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

struct TearingSettings {
    TearModel tear_model = TearModel::play;  ///< [1] how a slit grows
    int n_slices = 16;                       ///< [1] depth slices of one contact
    int n_steps = 64;                        ///< [1] steps of the path with side-slip or yaw
};
template <>
struct Describe<TearingSettings> {
    using S = TearingSettings;
    static constexpr auto fields() {
        return std::tuple{
            Field{"tear_model", &S::tear_model, "1", "how a slit grows"},
            Field{"n_slices", &S::n_slices, "1", "depth slices of one contact", {}, 1, 10000},
            Field{"n_steps", &S::n_steps, "1", "steps of the path with side-slip or yaw", {}, 4, 1000000},
        };
    }
};

struct TearingResult {
    Eigen::VectorXd slit_length;      ///< [m] (channel) at the mouth, what is seen; 0: round
    Eigen::VectorXd slit_path;        ///< [m] (channel) cut at the mouth, what is dissipated
    Eigen::VectorXd demand;           ///< [m] (channel) lateral travel that the skin must accommodate at the mouth
    Eigen::VectorXd critical_offset;  ///< [m] (channel) offset of needle and slit front at which the skin cuts
    double tear_fraction = 0.0;       ///< [1] share of holes torn
    double risk_index = 0.0;          ///< [1] population tear index, not a probability of a clinical tear
    double risk_low = 0.0;            ///< [1] lower end of its band
    double risk_high = 0.0;           ///< [1] upper end of its band
    double rolling_radius = 0.0;      ///< [m] on which the drum rolls; NaN for a pen or stamp
    double hole_pitch = 0.0;          ///< [m] along the roll; NaN for a pen or stamp
    double junction_slide = 0.0;      ///< [m] largest slide of epidermis on dermis
    double junction_critical_slide = 0.0;  ///< [m] slide at which the junction delaminates
    bool needle_bent = false;         ///< [1] the shank yields before it cuts
    std::uint64_t seed = 0;           ///< of slip and side-slip
    Wound wound;                      ///< the wound with its slits
    ResultInfo info;                  ///< warnings, citation keys, models used
};
template <>
struct Describe<TearingResult> {
    using R = TearingResult;
    static constexpr auto fields() {
        return std::tuple{
            Field{"slit_length", &R::slit_length, "m", "at the mouth, what is seen; 0: round", {"channel"}},
            Field{"slit_path", &R::slit_path, "m", "cut at the mouth, what is dissipated", {"channel"}},
            Field{"demand", &R::demand, "m", "lateral travel that the skin must accommodate at the mouth", {"channel"}},
            Field{"critical_offset", &R::critical_offset, "m", "offset of needle and slit front at which the skin cuts", {"channel"}},
            Field{"tear_fraction", &R::tear_fraction, "1", "share of holes torn"},
            Field{"risk_index", &R::risk_index, "1", "population tear index, not a probability of a clinical tear"},
            Field{"risk_low", &R::risk_low, "1", "lower end of its band"},
            Field{"risk_high", &R::risk_high, "1", "upper end of its band"},
            Field{"rolling_radius", &R::rolling_radius, "m", "on which the drum rolls; NaN for a pen or stamp"},
            Field{"hole_pitch", &R::hole_pitch, "m", "along the roll; NaN for a pen or stamp"},
            Field{"junction_slide", &R::junction_slide, "m", "largest slide of epidermis on dermis"},
            Field{"junction_critical_slide", &R::junction_critical_slide, "m", "slide at which the junction delaminates"},
            Field{"needle_bent", &R::needle_bent, "1", "the shank yields before it cuts"},
            Field{"seed", &R::seed, "1", "of slip and side-slip"},
            Field{"wound", &R::wound, "1", "the wound with its slits"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
};

/// Slits of every channel of `wound`, for the device and use that made it.
[[nodiscard]] TearingResult tear(const Skin& skin, const Device& device, const Use& use, const Wound& wound,
                                 std::uint64_t seed = 0, const TearingSettings& settings = {});

}  // namespace skin
