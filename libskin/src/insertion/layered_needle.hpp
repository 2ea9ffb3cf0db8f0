// One needle in layered skin: force at a depth, and the depth at which travel or force is in balance.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "insertion/cutting.hpp"
#include "insertion/deflection_table.hpp"
#include "insertion/indentation.hpp"
#include "skin/device/needle.hpp"
#include "skin/insertion.hpp"
#include "skin/tissue/skin.hpp"

namespace skin::insertion {

/// Parts of the axial force while the tip advances.
struct ForceParts {
    double cutting = 0.0;    ///< [N] 2 a J of the crack
    double spreading = 0.0;  ///< [N] U of the tissue pushed aside
    double friction = 0.0;   ///< [N] of the wall
    [[nodiscard]] double total() const noexcept { return cutting + spreading + friction; }
};

/// Where needle and skin are in balance on the way in.
struct Balance {
    double depth = 0.0;       ///< [m] tip below the deflected surface
    double deflection = 0.0;  ///< [m] surface below its rest position
    double force = 0.0;       ///< [N] on the needle
    double peak_force = 0.0;  ///< [N] largest force on the way there
    bool advancing = false;   ///< false: in front of a barrier, or the needle is in up to its base
};

/// How a tip gets past the top of a layer at which it waits.
struct Entry {
    double force = 0.0;    ///< [N] on the needle when it gets in
    double landing = 0.0;  ///< [m] depth of the tip right after; the top of the layer unless the tip jumps
};

/// [m] depths within `layer`, down to `bottom`, at which the force of this outline has a kink or a step: where one of
/// its corners comes to an interface. With both ends, in order.
[[nodiscard]] std::vector<double> force_kinks(std::span<const double> tops, std::size_t layer, double bottom,
                                              const std::vector<OutlinePiece>& outline);

/// Everything that is the same for all strikes of one needle in one skin. Immutable after construction.
class LayeredNeedle {
public:
    /// `speed_low` and `speed_high` bound the speeds that `at` will be asked for.
    LayeredNeedle(const Skin& skin, const Needle& needle, const InsertionSettings& settings, double speed_low,
                  double speed_high);

    /// The same needle where the layers lie as they do under this strike, and at its speed. `tops` must outlive it:
    /// n_layers depths, the first 0, not decreasing.
    class Strike {
    public:
        [[nodiscard]] ForceParts parts(
            double depth) const noexcept;  ///< while advancing at `depth`, which is in (0, max]
        [[nodiscard]] double force(double depth) const noexcept { return parts(depth).total(); }
        [[nodiscard]] double force_slope(double depth) const noexcept;     ///< [N/m] dF/dh while advancing
        [[nodiscard]] double barrier(std::size_t layer) const noexcept;    ///< [N] force that opens `layer`
        [[nodiscard]] double landing(std::size_t layer) const noexcept;    ///< [m] tip right behind that barrier
        [[nodiscard]] bool has_barrier(std::size_t layer) const noexcept;  ///< at the top, and into tougher layers
        [[nodiscard]] Balance at_travel(double travel, double tolerance) const noexcept;
        [[nodiscard]] Balance at_force(double force, double tolerance) const noexcept;
        /// [N] axial force in the section `s` behind the tip while the tip advances at `depth`: what the skin between
        /// tip and section puts on the needle.
        [[nodiscard]] double section_force(double depth, double s) const noexcept;
        [[nodiscard]] double work(const Balance& state) const noexcept;  ///< [J] cutting, friction, stored
        [[nodiscard]] const Deflection& deflection() const noexcept { return deflection_; }
        [[nodiscard]] std::span<const double> tops() const noexcept { return tops_; }
        [[nodiscard]] const Needle& needle() const noexcept { return model_.needle_; }
        /// [N] share of `barrier` that the bluntness of the tip adds, (chi - 1) Gamma(R_t).
        [[nodiscard]] double blunt_force(std::size_t layer) const noexcept;
        /// Force just inside the top of `layer`, and just above it.
        [[nodiscard]] double force_below(std::size_t layer) const noexcept;
        [[nodiscard]] double force_above(std::size_t layer) const noexcept;

    private:
        friend class LayeredNeedle;
        Strike(const LayeredNeedle& model, std::span<const double> tops, double factor);
        [[nodiscard]] ForceParts parts_in(double depth, std::size_t layer) const noexcept;
        [[nodiscard]] double next_kink(
            double depth) const noexcept;  // where a corner of the outline comes to an interface
        template <class Excess>
        [[nodiscard]] Balance first_balance(const Excess& excess, double limit, double tolerance) const noexcept;

        const LayeredNeedle& model_;
        std::span<const double> tops_;
        double ln_factor_;
        Deflection deflection_;
        std::vector<Entry> entries_;  // of each layer; only under PunctureModel::energy_barrier
    };
    [[nodiscard]] Strike at(std::span<const double> tops, double speed) const;

    [[nodiscard]] const std::vector<double>& nominal_tops() const noexcept { return nominal_tops_; }
    [[nodiscard]] double rate_factor_at(double speed) const noexcept;
    [[nodiscard]] double chi() const noexcept { return chi_; }
    [[nodiscard]] const Needle& needle() const noexcept { return needle_; }
    [[nodiscard]] std::size_t layer_count() const noexcept { return materials_.size(); }
    [[nodiscard]] bool cuts() const noexcept { return cuts_; }
    /// Table that the deflections of the strikes point to; null unless settings.deflection_model is layered.
    [[nodiscard]] const std::shared_ptr<const DeflectionTable>& deflection_table() const noexcept { return table_; }

private:
    struct Material {
        double ln_modulus, ln_toughness;  ///< ln mu, ln of the part of J that does not grow
        double toughness, growth;         ///< [J/m^2], [J/m^3] J = toughness + growth R
        double alpha;
        std::size_t table;
        bool resists;          ///< J > 0
        bool as_above;         ///< same constants as the layer above: no interface for the crack
        bool monotone;         ///< no layer down to this one is less tough or softer than the one above it
        bool friction_capped;  ///< the cap holds for every radius of the needle
        double ln_flat_low = 0.0,
               ln_flat_high = 0.0;  ///< ln of the force of its flat end at the least and largest rate
    };
    [[nodiscard]] double wall_shear(const Material& m, double ln_factor, double radius) const noexcept;
    [[nodiscard]] ForceParts steady(const Material& m, double ln_factor, double ln_radius) const noexcept;
    [[nodiscard]] double radius_integral(double s) const noexcept;  ///< [m^2] integral of R from tip to s
    void set_materials(const Skin& skin, const InsertionSettings& settings);
    void set_tables(CuttingLaw law, double factor_low, double factor_high);
    [[nodiscard]] double outline_slope(double s) const noexcept;  ///< [1] R' at s
    /// [N] of the friction on the stretch from `near` to `far` behind the tip, all of it in `m`.
    [[nodiscard]] double friction_on(const Material& m, double ln_factor, double near, double far) const noexcept;
    /// [N] by which a flat end needs more than a sharp tip of its radius (eq. 38); 0 for the other shapes.
    [[nodiscard]] double flat_excess(std::size_t layer, double ln_factor) const noexcept;
    /// [N] force at the tip alone, sharp or flat.
    [[nodiscard]] double tip_force(std::size_t layer, double ln_factor) const noexcept;

    Needle needle_;
    std::vector<OutlinePiece> outline_;
    bool many_pieces_;  ///< more than taper and shank: quadratures stop at each of them
    std::vector<Material> materials_;
    std::vector<std::shared_ptr<const CuttingTable>> tables_;
    std::vector<double> nominal_tops_;
    std::shared_ptr<const DeflectionTable> table_;
    Deflection reference_deflection_;
    double chi_ = 1.0, friction_coefficient_ = 0.0, friction_cap_ = 0.0;
    double mode_ii_ratio_ = 1.0, rate_length_ = 1.0, reference_rate_ = 1.0, rate_exponent_ = 0.0;
    double ln_factor_low_ = 0.0, ln_factor_high_ = 0.0;  ///< of the rates that `at` may be asked for
    bool cuts_ = true, all_capped_ = true, flat_ = false, by_energy_ = false;
};

}  // namespace skin::insertion
