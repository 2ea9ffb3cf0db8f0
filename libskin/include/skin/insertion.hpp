// How deep a needle really goes: force, puncture, depth, and the channel it leaves (docs/theory/insertion.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/wound.hpp"

namespace skin {

/// Where the tip force comes from.
enum class TipModel {
    none,            ///< no cutting: the skin indents and never opens
    energy_release,  ///< crack opened by a tapered tip, layer by layer; the default
};
template <>
struct EnumNames<TipModel> {
    static constexpr std::array entries{std::pair{TipModel::none, std::string_view{"none"}},
                                        std::pair{TipModel::energy_release, std::string_view{"energy_release"}}};
};

/// How the surface gives way under a needle.
enum class DeflectionModel {
    none,       ///< rigid support: no deflection
    parabolic,  ///< F = beta E_eff u^2, deep indentation; the default
};
template <>
struct EnumNames<DeflectionModel> {
    static constexpr std::array entries{std::pair{DeflectionModel::none, std::string_view{"none"}},
                                        std::pair{DeflectionModel::parabolic, std::string_view{"parabolic"}}};
};

/// How needles of one array feel each other.
enum class ArrayCoupling {
    none,        ///< each for itself
    half_space,  ///< Boussinesq far field of an elastic half-space, cut off at twice the fat depth; the default
};
template <>
struct EnumNames<ArrayCoupling> {
    static constexpr std::array entries{std::pair{ArrayCoupling::none, std::string_view{"none"}},
                                        std::pair{ArrayCoupling::half_space, std::string_view{"half_space"}}};
};

/// How stiffness depends on speed.
enum class RateModel {
    none,       ///< stiffness of the reference rate
    power_law,  ///< E and mu times (rate/reference rate)^m; the default
};
template <>
struct EnumNames<RateModel> {
    static constexpr std::array entries{std::pair{RateModel::none, std::string_view{"none"}},
                                        std::pair{RateModel::power_law, std::string_view{"power_law"}}};
};

/// Choices of insert(): the hypotheses, then the numerics.
struct InsertionSettings {
    TipModel tip_model = TipModel::energy_release;                  ///< [1] where the tip force comes from
    DeflectionModel deflection_model = DeflectionModel::parabolic;  ///< [1] how the surface gives way
    ArrayCoupling array_coupling = ArrayCoupling::half_space;       ///< [1] how needles of one array feel each other
    RateModel rate_model = RateModel::power_law;                    ///< [1] how stiffness depends on speed
    int n_samples = 400;                                            ///< [1] points on the travel axis of one needle
    int n_needles = 2000;                                           ///< [1] strikes of a device that are simulated
    double tolerance = 1e-9;                                        ///< [m] root-finding tolerance on tip depth
};
template <>
struct Describe<InsertionSettings> {
    using S = InsertionSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"tip_model", &S::tip_model, "1", "where the tip force comes from"},
            Field{"deflection_model", &S::deflection_model, "1", "how the surface gives way"},
            Field{"array_coupling", &S::array_coupling, "1", "how needles of one array feel each other"},
            Field{"rate_model", &S::rate_model, "1", "how stiffness depends on speed"},
            Field{"n_samples", &S::n_samples, "1", "points on the travel axis of one needle", {}, 2, 1000000},
            Field{"n_needles", &S::n_needles, "1", "strikes of a device that are simulated", {}, 1, 100000000},
            Field{"tolerance", &S::tolerance, "m", "root-finding tolerance on tip depth", {}, 1e-15, 1e-4},
        };
    }
    // clang-format on
};

/// What the needles did: the curve of one needle (n = n_samples, empty for a device) and the depth of all m strikes.
struct InsertionResult {
    Eigen::VectorXd travel;           ///< [m] (travel) base travel since first contact
    Eigen::VectorXd force;            ///< [N] (travel) axial force on the needle, compression positive
    Eigen::VectorXd cutting_force;    ///< [N] (travel) part that opens the crack
    Eigen::VectorXd spreading_force;  ///< [N] (travel) part that spreads the tissue
    Eigen::VectorXd friction_force;   ///< [N] (travel) part of wall friction
    Eigen::VectorXd tip_depth;        ///< [m] (travel) tip below the deflected surface, >= 0
    Eigen::VectorXd deflection;       ///< [m] (travel) surface below its rest position, >= 0
    double puncture_force = 0.0;      ///< [N] force at the first entry into the skin; 0 if it never opened
    double puncture_depth = 0.0;      ///< [m] tip depth right after that entry; NaN if it never opened
    Eigen::VectorXd entry_force;      ///< [N] (layer) force at which the tip got into each layer; NaN: it did not
    double channel_depth = 0.0;       ///< [m] after withdrawal and recoil, mean over strikes
    double channel_radius = 0.0;      ///< [m] at the mouth after withdrawal and recoil, mean over strikes
    double histology_depth = 0.0;     ///< [m] what fixed sections would show, mean over strikes
    Eigen::VectorXd depth;            ///< [m] (strike) loaded tip depth of each strike
    Eigen::VectorXd strike_force;     ///< [N] (strike) largest force on the needle in each strike
    double depth_mean = 0.0;          ///< [m] over strikes
    double depth_std = 0.0;           ///< [m] over strikes
    double punctured_fraction = 0.0;  ///< [1] share of strikes that opened the skin
    double holes_per_area = 0.0;      ///< [1/m^2] holes of their own; 0 for one needle
    double strikes_per_area = 0.0;    ///< [1/m^2] all strikes; 0 for one needle
    Eigen::VectorXd reached;          ///< [1] (layer) share of strikes whose tip got into each layer
    double energy = 0.0;              ///< [J] work done on the skin, mean over strikes
    std::uint64_t seed = 0;           ///< of the strikes
    Wound wound;                      ///< what needling left behind, one row a channel
    ResultInfo info;                  ///< warnings, citation keys, models used

    /// Depth below which the share `q` of the strikes stayed, by linear interpolation of the sorted depths.
    [[nodiscard]] double depth_quantile(double q) const;
};
template <>
struct Describe<InsertionResult> {
    using R = InsertionResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"travel", &R::travel, "m", "base travel since first contact", {"travel"}},
            Field{"force", &R::force, "N", "axial force on the needle, compression positive", {"travel"}},
            Field{"cutting_force", &R::cutting_force, "N", "part that opens the crack", {"travel"}},
            Field{"spreading_force", &R::spreading_force, "N", "part that spreads the tissue", {"travel"}},
            Field{"friction_force", &R::friction_force, "N", "part of wall friction", {"travel"}},
            Field{"tip_depth", &R::tip_depth, "m", "tip below the deflected surface", {"travel"}},
            Field{"deflection", &R::deflection, "m", "surface below its rest position", {"travel"}},
            Field{"puncture_force", &R::puncture_force, "N", "force at the first entry into the skin; 0 if it never opened"},
            Field{"puncture_depth", &R::puncture_depth, "m", "tip depth right after that entry; NaN if it never opened"},
            Field{"entry_force", &R::entry_force, "N", "force at which the tip got into each layer; NaN: it did not", {"layer"}},
            Field{"channel_depth", &R::channel_depth, "m", "after withdrawal and recoil, mean over strikes"},
            Field{"channel_radius", &R::channel_radius, "m", "at the mouth after withdrawal and recoil, mean over strikes"},
            Field{"histology_depth", &R::histology_depth, "m", "what fixed sections would show, mean over strikes"},
            Field{"depth", &R::depth, "m", "loaded tip depth of each strike", {"strike"}},
            Field{"strike_force", &R::strike_force, "N", "largest force on the needle in each strike", {"strike"}},
            Field{"depth_mean", &R::depth_mean, "m", "over strikes"},
            Field{"depth_std", &R::depth_std, "m", "over strikes"},
            Field{"punctured_fraction", &R::punctured_fraction, "1", "share of strikes that opened the skin"},
            Field{"holes_per_area", &R::holes_per_area, "1/m^2", "holes of their own; 0 for one needle"},
            Field{"strikes_per_area", &R::strikes_per_area, "1/m^2", "all strikes; 0 for one needle"},
            Field{"reached", &R::reached, "1", "share of strikes whose tip got into each layer", {"layer"}},
            Field{"energy", &R::energy, "J", "work done on the skin, mean over strikes"},
            Field{"seed", &R::seed, "1", "of the strikes"},
            Field{"wound", &R::wound, "1", "what needling left behind"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
    // clang-format on
};

/// One needle in one skin at one speed, prepared once: the constructor validates, allocates and may throw
/// ParameterError; the members allocate nothing, do not throw, may be called from any thread, and give NaN outside
/// their range. Depths are within 2e-9 m of what insert() finds.
class InsertionCurve {
public:
    explicit InsertionCurve(const Skin& skin, const Needle& needle, double speed = 1.0e-3,
                            const InsertionSettings& settings = {});

    [[nodiscard]] double depth_at_travel(double travel) const noexcept;  ///< [m] on the way in; travel >= 0
    [[nodiscard]] double force_at_travel(double travel) const noexcept;  ///< [N] on the way in; travel >= 0
    [[nodiscard]] double depth_at_force(double force) const noexcept;    ///< [m] on the way in; force >= 0
    [[nodiscard]] double travel_at_force(double force) const noexcept;   ///< [m] depth and deflection; force >= 0
    [[nodiscard]] double force_at_depth(double depth) const noexcept;  ///< [N] of the advancing tip; 0 to needle length
    /// Loops over the above: `depth` gets as many values as `travel` has.
    void depths_at_travel(const double* travel, double* depth, std::size_t n) const noexcept;
    [[nodiscard]] double deflection_at_force(double force) const noexcept;       ///< [m] of the surface; force >= 0
    [[nodiscard]] double force_at_deflection(double deflection) const noexcept;  ///< [N] 0 on a rigid support

    /// [m] travels at which the tip breaks through and jumps deeper, in order.
    [[nodiscard]] const std::vector<double>& breaks() const noexcept { return breaks_; }

private:
    struct Cell {
        double top, width;                  // of depth
        double force[4];                    // cubic in the share of the cell
        double enter_travel, leave_travel;  // least travel that gets the tip into the cell, and through it
        double enter_force, leave_force;
    };
    double length_ = 0.0, quadratic_ = 0.0, linear_ = 0.0;
    bool rigid_ = false;
    std::vector<Cell> cells_;
    std::vector<double> enter_travel_, enter_force_;  // of the cells, for the search
    std::vector<double> breaks_;
};

/// Press one needle straight into layered skin, quasi-statically at the stiffness of its speed.
[[nodiscard]] InsertionResult insert(const Skin& skin, const Needle& needle, const Travel& use,
                                     const InsertionSettings& settings = {});
/// All strikes of a device, each with its own thickness, hand force and speed.
[[nodiscard]] InsertionResult insert(const Skin& skin, const Device& device, const Use& use, std::uint64_t seed = 0,
                                     const InsertionSettings& settings = {});

}  // namespace skin
