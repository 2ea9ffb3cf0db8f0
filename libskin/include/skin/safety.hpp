// What can go wrong: irritation, particles, infection, granuloma; relative indices and flags (docs/theory/safety.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/wound.hpp"

namespace skin {

enum class IrritationModel {
    none,        ///< nothing irritates
    toxic_load,  ///< Haber load of the concentration in viable epidermis; the default
};
template <>
struct EnumNames<IrritationModel> {
    static constexpr std::array entries{std::pair{IrritationModel::none, std::string_view{"none"}},
                                        std::pair{IrritationModel::toxic_load, std::string_view{"toxic_load"}}};
};

struct SafetySettings {
    IrritationModel irritation_model = IrritationModel::toxic_load;  ///< [1] how irritants add up
};
template <>
struct Describe<SafetySettings> {
    using S = SafetySettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"irritation_model", &S::irritation_model, "1", "how irritants add up"}};
    }
    // clang-format on
};

/// What particles of one product do in the channels.
struct ParticleReport {
    std::string solute;           ///< id of the product's active
    bool enters = false;          ///< [1] some channel takes them
    double last_entry = 0.0;      ///< [s] until when they enter; NaN: never
    double settling_speed = 0.0;  ///< [m/s] in the vehicle
    double settled_depth = 0.0;   ///< [m] reached by sinking before the channel is too narrow; 0 if they float
    double brownian_depth = 0.0;  ///< [m] reached by Brownian motion alone in the same time
};
template <>
struct Describe<ParticleReport> {
    using P = ParticleReport;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"solute", &P::solute, "1", "id of the product's active"},
                          Field{"enters", &P::enters, "1", "some channel takes them"},
                          Field{"last_entry", &P::last_entry, "s", "until when they enter; NaN: never"},
                          Field{"settling_speed", &P::settling_speed, "m/s", "in the vehicle"},
                          Field{"settled_depth", &P::settled_depth, "m", "reached by sinking before the channel is too narrow"},
                          Field{"brownian_depth", &P::brownian_depth, "m", "reached by Brownian motion alone in the same time"}};
    }
    // clang-format on
};

struct SafetyResult {
    Eigen::VectorXd time;              ///< [s] (time) since the first strike
    std::vector<std::string> solute;   ///< names of the products' actives
    RowMatrix irritation_index;        ///< [1] (time, solute) 1: clinical irritant threshold
    Eigen::VectorXd irritation_total;  ///< [1] (time) sum over solutes
    Eigen::VectorXd irritation_rate;   ///< [1/s] (time) damage signal that feeds healing
    double irritation = 0.0;           ///< [1] total index at the end
    double severity = 0.0;             ///< [1] 0 none ... 1 full
    double reaction_time = 0.0;        ///< [s] when it shows: index 1 and the delay of what irritates most then; NaN:
                                       ///<     the index stays below 1
    std::vector<ParticleReport> particles;  ///< one a product with particles
    double infection_relative = 0.0;        ///< [s] exposure index: only ratios between scenarios mean something. Share
                                            ///<     of skin that is wet open hole below the epidermis, over time
    bool granuloma = false;                 ///< [1] tagged material lies below the junction
    double granuloma_mass = 0.0;            ///< [kg/m^2] of tagged material below the junction
    ResultInfo info;                        ///< warnings, citation keys, models used
};
template <>
struct Describe<SafetyResult> {
    using R = SafetyResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &R::time, "s", "since the first strike", {"time"}},
            Field{"solute", &R::solute, "1", "names of the products' actives", {"solute"}},
            Field{"irritation_index", &R::irritation_index, "1", "1: clinical irritant threshold", {"time", "solute"}},
            Field{"irritation_total", &R::irritation_total, "1", "sum over solutes", {"time"}},
            Field{"irritation_rate", &R::irritation_rate, "1/s", "damage signal that feeds healing", {"time"}},
            Field{"irritation", &R::irritation, "1", "total index at the end"},
            Field{"severity", &R::severity, "1", "0 none ... 1 full"},
            Field{"reaction_time", &R::reaction_time, "s", "when it shows; NaN: it does not"},
            Field{"particles", &R::particles, "1", "one a product with particles", {"particle"}},
            Field{"infection_relative", &R::infection_relative, "s", "exposure index: only ratios between scenarios mean something"},
            Field{"granuloma", &R::granuloma, "1", "tagged material lies below the junction"},
            Field{"granuloma_mass", &R::granuloma_mass, "kg/m^2", "of tagged material below the junction"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
    // clang-format on
};

/// What the products and the open channels of one session can do: relative indices and flags, never a clinical
/// statement (docs/theory/safety.md, eqs. 1-9).
///
/// @throws ParameterError  a value is out of range, or `closure` belongs to another wound
/// @par Valid for  comparing scenarios; most reference concentrations of irritants are recalled or assumed
/// @par Tests      SAF-V1 to SAF-V7, SAF-P1 to SAF-P6
[[nodiscard]] SafetyResult assess(const Skin& skin, const std::vector<Exposure>& exposures, const Wound& wound,
                                  const Closure& closure, const SafetySettings& settings = {});
[[nodiscard]] SafetyResult assess(const Skin& skin, const Exposure& exposure, const Wound& wound,
                                  const Closure& closure, const SafetySettings& settings = {});

}  // namespace skin
