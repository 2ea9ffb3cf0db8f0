// How the dermis heals: inflammation, proliferation, remodelling; several sessions add up (docs/theory/healing.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/wound.hpp"

namespace skin {

enum class HealModel {
    none,     ///< nothing happens
    cascade,  ///< ten states per layer; the default
};
template <>
struct EnumNames<HealModel> {
    static constexpr std::array entries{std::pair{HealModel::none, std::string_view{"none"}},
                                        std::pair{HealModel::cascade, std::string_view{"cascade"}}};
};

struct HealingSettings {
    HealModel heal_model = HealModel::cascade;  ///< [1] how tissue heals
    int n_times = 361;                          ///< [1] output times, session times are added
    double tolerance = 1e-8;                    ///< [1] absolute and relative, of the integrator
};
template <>
struct Describe<HealingSettings> {
    using S = HealingSettings;
    static constexpr auto fields() {
        return std::tuple{
            Field{"heal_model", &S::heal_model, "1", "how tissue heals"},
            Field{"n_times", &S::n_times, "1", "output times", {}, 2, 1000000},
            Field{"tolerance", &S::tolerance, "1", "absolute and relative, of the integrator", {}, 1e-13, 1e-2},
        };
    }
};

/// The three living layers: viable_epidermis, papillary_dermis, reticular_dermis. Collagen and capillaries have a
/// meaning in the dermis only and are NaN in the epidermis.
struct HealingResult {
    Eigen::VectorXd time;               ///< [s] (time) since the first session
    std::vector<std::string> layer;     ///< names of the layers
    RowMatrix platelets;                ///< [1] (time, layer) clot activity
    RowMatrix debris;                   ///< [1] (time, layer) debris and damage signals
    RowMatrix neutrophils;              ///< [1] (time, layer) relative to a full-thickness wound
    RowMatrix inflammatory_macrophages; ///< [1] (time, layer) M1
    RowMatrix repair_macrophages;       ///< [1] (time, layer) M2
    RowMatrix tgf_beta;                 ///< [1] (time, layer) active TGF-beta
    RowMatrix fibroblasts;              ///< [1] (time, layer) activated, above the resident level
    RowMatrix collagen_III;             ///< [1] (time, layer) new, share of the baseline collagen
    RowMatrix collagen_I;               ///< [1] (time, layer) new, share of the baseline collagen
    RowMatrix capillaries;              ///< [1] (time, layer) density, 1 normal
    Eigen::VectorXd erythema;           ///< [1] (time) redness in units of the visible threshold
    double erythema_duration = 0.0;     ///< [s] after the last session; 0: never visible
    double pain = 0.0;                  ///< [1] of one needle stroke over one 26 G needle; NaN outside its range
    Eigen::VectorXd collagen_gain_low;  ///< [1] (layer) 5 % of the conditioned band at the end; NaN when not computed
    Eigen::VectorXd collagen_gain_high; ///< [1] (layer) 95 % of the conditioned band at the end; NaN when not computed
    ResultInfo info;                    ///< warnings, citation keys, models used

    [[nodiscard]] double collagen_gain(std::string_view layer_name) const;  ///< [1] new collagen at the end
};
template <>
struct Describe<HealingResult> {
    using R = HealingResult;
    static constexpr auto fields() {
        return std::tuple{
            Field{"time", &R::time, "s", "since the first session", {"time"}},
            Field{"layer", &R::layer, "1", "names of the layers", {"layer"}},
            Field{"platelets", &R::platelets, "1", "clot activity", {"time", "layer"}},
            Field{"debris", &R::debris, "1", "debris and damage signals", {"time", "layer"}},
            Field{"neutrophils", &R::neutrophils, "1", "relative to a full-thickness wound", {"time", "layer"}},
            Field{"inflammatory_macrophages", &R::inflammatory_macrophages, "1", "M1", {"time", "layer"}},
            Field{"repair_macrophages", &R::repair_macrophages, "1", "M2", {"time", "layer"}},
            Field{"tgf_beta", &R::tgf_beta, "1", "active TGF-beta", {"time", "layer"}},
            Field{"fibroblasts", &R::fibroblasts, "1", "activated, above the resident level", {"time", "layer"}},
            Field{"collagen_III", &R::collagen_III, "1", "new, share of the baseline collagen", {"time", "layer"}},
            Field{"collagen_I", &R::collagen_I, "1", "new, share of the baseline collagen", {"time", "layer"}},
            Field{"capillaries", &R::capillaries, "1", "density, 1 normal", {"time", "layer"}},
            Field{"erythema", &R::erythema, "1", "redness in units of the visible threshold", {"time"}},
            Field{"erythema_duration", &R::erythema_duration, "s", "after the last session; 0: never visible"},
            Field{"pain", &R::pain, "1", "of one needle stroke over one 26 G needle; NaN outside its range"},
            Field{"collagen_gain_low", &R::collagen_gain_low, "1", "5 % of the conditioned band at the end; NaN when not computed", {"layer"}},
            Field{"collagen_gain_high", &R::collagen_gain_high, "1", "95 % of the conditioned band at the end; NaN when not computed", {"layer"}},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
};

/// One phase of healing in one layer.
struct Phase {
    std::string name;    ///< inflammation, proliferation, remodelling
    std::string layer;   ///< where
    double start = 0.0;  ///< [s] since the last session
    double peak = 0.0;   ///< [s] since the last session
    double end = 0.0;    ///< [s] since the last session; NaN: not within the duration
};
template <>
struct Describe<Phase> {
    using P = Phase;
    static constexpr auto fields() {
        return std::tuple{Field{"name", &P::name, "1", "inflammation, proliferation, remodelling"},
                          Field{"layer", &P::layer, "1", "where"},
                          Field{"start", &P::start, "s", "since the last session"},
                          Field{"peak", &P::peak, "s", "since the last session"},
                          Field{"end", &P::end, "s", "since the last session; NaN: not within the duration"}};
    }
};
[[nodiscard]] std::vector<Phase> phases(const HealingResult& result);

/// The same dose at sessions 0, interval, 2 interval ...
[[nodiscard]] std::vector<InjuryDose> repeated(const InjuryDose& dose, int sessions, double interval);

/// Heal for `duration` [s] after the first session; doses carry their own times.
[[nodiscard]] HealingResult heal(const Skin& skin, const std::vector<InjuryDose>& doses, double duration,
                                 const HealingSettings& settings = {});

}  // namespace skin
