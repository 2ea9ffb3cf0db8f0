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
    int n_band_draws = 0;                       ///< [1] draws behind the band of collagen_gain; 0: no band (NaN).
                                                ///<     About 9 of 100 draws agree with case H3: 2000 are enough
};
template <>
struct Describe<HealingSettings> {
    using S = HealingSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"heal_model", &S::heal_model, "1", "how tissue heals"},
            Field{"n_times", &S::n_times, "1", "output times", {}, 2, 1000000},
            Field{"tolerance", &S::tolerance, "1", "absolute and relative, of the integrator", {}, 1e-13, 1e-2},
            Field{"n_band_draws", &S::n_band_draws, "1", "draws behind the band of collagen_gain", {}, 0, 1000000},
        };
    }
    // clang-format on
};

/// The three living layers: viable_epidermis (from the surface of the skin), papillary_dermis, reticular_dermis.
/// Fibroblasts, collagen and capillaries have a meaning in the dermis only and are NaN in the epidermis. A row at the
/// time of a session is the state just after it.
struct HealingResult {
    Eigen::VectorXd time;                ///< [s] (time) since the first session
    std::vector<std::string> layer;      ///< names of the layers
    RowMatrix platelets;                 ///< [1] (time, layer) clot activity
    RowMatrix debris;                    ///< [1] (time, layer) debris and damage signals
    RowMatrix neutrophils;               ///< [1] (time, layer) relative to a full-thickness wound
    RowMatrix inflammatory_macrophages;  ///< [1] (time, layer) M1
    RowMatrix repair_macrophages;        ///< [1] (time, layer) M2
    RowMatrix tgf_beta;                  ///< [1] (time, layer) active TGF-beta
    RowMatrix fibroblasts;              ///< [1] (time, layer) activated, above the resident level; NaN in the epidermis
    RowMatrix collagen_III;             ///< [1] (time, layer) new, share of the baseline collagen; NaN in the epidermis
    RowMatrix collagen_I;               ///< [1] (time, layer) new, share of the baseline collagen; NaN in the epidermis
    RowMatrix capillaries;              ///< [1] (time, layer) density, 1 normal; NaN in the epidermis
    Eigen::VectorXd session_time;       ///< [s] (session) since the first session
    Eigen::VectorXd erythema;           ///< [1] (time) redness in units of the visible threshold
    double erythema_duration = 0.0;     ///< [s] after the last session; 0: never visible
    double pain = 0.0;                  ///< [1] of one needle stroke over one 26 G needle; NaN outside its range
    Eigen::VectorXd collagen_gain_low;  ///< [1] (layer) 5 % of the conditioned band at the end; NaN when not computed
    Eigen::VectorXd collagen_gain_high;  ///< [1] (layer) 95 % of the conditioned band at the end; NaN when not computed
    ResultInfo info;                     ///< warnings, citation keys, models used

    /// [1] new collagen at the end, types I and III; NaN in the epidermis. ParameterError for another name.
    [[nodiscard]] double collagen_gain(std::string_view layer_name) const;
};
template <>
struct Describe<HealingResult> {
    using R = HealingResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &R::time, "s", "since the first session", {"time"}},
            Field{"layer", &R::layer, "1", "names of the layers", {"layer"}},
            Field{"platelets", &R::platelets, "1", "clot activity", {"time", "layer"}},
            Field{"debris", &R::debris, "1", "debris and damage signals", {"time", "layer"}},
            Field{"neutrophils", &R::neutrophils, "1", "relative to a full-thickness wound", {"time", "layer"}},
            Field{"inflammatory_macrophages", &R::inflammatory_macrophages, "1", "M1", {"time", "layer"}},
            Field{"repair_macrophages", &R::repair_macrophages, "1", "M2", {"time", "layer"}},
            Field{"tgf_beta", &R::tgf_beta, "1", "active TGF-beta", {"time", "layer"}},
            Field{"fibroblasts", &R::fibroblasts, "1", "activated, above the resident level; NaN in the epidermis", {"time", "layer"}},
            Field{"collagen_III", &R::collagen_III, "1", "new, share of the baseline collagen; NaN in the epidermis", {"time", "layer"}},
            Field{"collagen_I", &R::collagen_I, "1", "new, share of the baseline collagen; NaN in the epidermis", {"time", "layer"}},
            Field{"capillaries", &R::capillaries, "1", "density, 1 normal; NaN in the epidermis", {"time", "layer"}},
            Field{"session_time", &R::session_time, "s", "since the first session", {"session"}},
            Field{"erythema", &R::erythema, "1", "redness in units of the visible threshold", {"time"}},
            Field{"erythema_duration", &R::erythema_duration, "s", "after the last session; 0: never visible"},
            Field{"pain", &R::pain, "1", "of one needle stroke over one 26 G needle; NaN outside its range"},
            Field{"collagen_gain_low", &R::collagen_gain_low, "1", "5 % of the conditioned band at the end; NaN when not computed", {"layer"}},
            Field{"collagen_gain_high", &R::collagen_gain_high, "1", "95 % of the conditioned band at the end; NaN when not computed", {"layer"}},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
    // clang-format on
};

/// One phase of healing in one layer.
struct Phase {
    std::string name;    ///< inflammation, proliferation, remodelling
    std::string layer;   ///< where
    double start = 0.0;  ///< [s] since the last session; 0: it was already going on
    double peak = 0.0;   ///< [s] since the last session
    double end = 0.0;    ///< [s] since the last session; NaN: not within the duration
};
template <>
struct Describe<Phase> {
    using P = Phase;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"name", &P::name, "1", "inflammation, proliferation, remodelling"},
                          Field{"layer", &P::layer, "1", "where"},
                          Field{"start", &P::start, "s", "since the last session"},
                          Field{"peak", &P::peak, "s", "since the last session"},
                          Field{"end", &P::end, "s", "since the last session; NaN: not within the duration"}};
    }
    // clang-format on
};
/// Phases after the last session, by layer: inflammation (neutrophils and inflammatory macrophages), proliferation
/// (fibroblasts), remodelling (type III collagen turns into type I). A phase lasts while its signal is above a tenth of
/// its peak; a layer that was not injured has none, and the epidermis has inflammation only.
[[nodiscard]] std::vector<Phase> phases(const HealingResult& result);

/// [1] pain of `n_needles` needles pressed in together over one 26 G needle (healing.md 3.5); NaN outside the lengths
/// and numbers that were measured, 0 without needles.
[[nodiscard]] double relative_pain(const Skin& skin, double needle_length, double n_needles = 1.0);

/// The same dose at sessions 0, interval, 2 interval ...
[[nodiscard]] std::vector<InjuryDose> repeated(const InjuryDose& dose, int sessions, double interval);

/// Heal for `duration` [s] after the first session; doses carry their own times, in any order. Ten states per layer, by
/// controlled dopri5 restarted at every session (docs/theory/healing.md, eqs. 1-16); irritation feeds the epidermis.
///
/// @throws ParameterError  a value is out of range, or a dose lies after the end
/// @throws SolverError     the integrator failed; reports time and layer
/// @par Valid for  sterile needle wounds with an injured fraction of 0.01 to 0.1; absolute collagen to +-50 %
/// @par Sources    lotfi2013 (amplitude), engelhardt1998 (timing), gill2008 (pain), bal2008 (redness)
/// @par Tests      HEA-V1 to HEA-V12, HEA-P1 to HEA-P7, HEA-N1, HEA-X1 to HEA-X5
[[nodiscard]] HealingResult heal(const Skin& skin, const std::vector<InjuryDose>& doses, double duration,
                                 const HealingSettings& settings = {});

}  // namespace skin
