// All pores of one wound at one moment, and what instruments see of them (docs/theory/recovery.md, 3.1).
#pragma once

#include <vector>

#include "recovery/hole.hpp"
#include "recovery/pore.hpp"
#include "skin/recovery.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/wound.hpp"

namespace skin::recovery {

enum Observable { impedance, tewl, tracer_permeability, staining, optical_opening, n_observables };
inline constexpr std::array<std::string_view, n_observables> observable_names{
    "impedance", "tewl", "tracer_permeability", "staining", "optical_opening"};

/// What can be wrong with skin, wound, duration and settings, in words.
void check_inputs(const Skin& skin, const Wound& wound, double duration, const RecoverySettings& settings);

/// The state at one moment: the plug, the same for all, and the hole of each class.
struct Instant {
    double wetness = 1.0;         ///< [1] of the plug
    std::vector<HoleState> hole;  ///< (class)
};

/// The references must outlive it.
class Pores {
public:
    Pores(const Skin& skin, const Wound& wound, const ChannelClasses& classes, const RecoverySettings& settings);

    /// The state at t [s] by the law of a segment of plug(), also at its end.
    void look(std::size_t segment, double t, Instant& now) const;

    [[nodiscard]] const Skin& skin() const noexcept { return skin_; }
    [[nodiscard]] bool open() const noexcept { return open_; }
    [[nodiscard]] const PlugHistory& plug() const noexcept { return plug_; }
    [[nodiscard]] const Hole& hole(Eigen::Index k) const { return hole_[static_cast<std::size_t>(k)]; }
    [[nodiscard]] double plug_conductance(double wetness) const noexcept;  ///< [1] over the first one of the hole

    // Read-outs; 0 when nothing was ever open.
    [[nodiscard]] double impedance_at(const Instant& now) const;    ///< [1] over the first value
    [[nodiscard]] double tewl_at(const Instant& now) const;         ///< [kg/(m^2 s)] excess
    [[nodiscard]] double tracer_at(const Instant& now) const;       ///< [1] over the first value
    [[nodiscard]] double staining_at(const Instant& now) const;     ///< [1] share of pores
    [[nodiscard]] double seen_radius(const Instant& now) const;     ///< [m] mean of the holes above the resolution
    [[nodiscard]] double largest_radius(const Instant& now) const;  ///< [m]
    [[nodiscard]] double mean_radius(const Instant& now) const;     ///< [m]
    [[nodiscard]] double open_area(const Instant& now) const;       ///< [1] wet, over skin area

private:
    /// [m] radius of a round mouth as open as hole and slit of class k; the slit closes in step with the hole
    /// (assumed).
    [[nodiscard]] double opening(std::size_t k, const HoleState& hole) const;
    [[nodiscard]] double in_series(double plug, const Instant& now) const;
    [[nodiscard]] double evaporation_bound(const Instant& now) const;

    const Skin& skin_;
    const ChannelClasses& classes_;
    PlugHistory plug_;
    std::vector<Hole> hole_;
    std::vector<double> share_;   // [1] (class) of all channels
    std::vector<double> weight_;  // [1] (class) of the first conductance of all holes
    bool plugged_, open_ = false;
    double first_tewl_ = 0.0;  // [kg/(m^2 s)]
};

/// recover() of checked input, without the account of sources.
[[nodiscard]] RecoveryResult close_channels(const Skin& skin, const Wound& wound, const ChannelClasses& classes,
                                            double duration, const RecoverySettings& settings);

}  // namespace skin::recovery
