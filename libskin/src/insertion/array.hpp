// Needles of one plate that feel each other through the skin.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "insertion/far_field.hpp"
#include "skin/device/device.hpp"
#include "skin/insertion.hpp"

namespace skin::insertion {

/// Balance of the whole plate at one travel. A group is the needles with equal neighbourhoods.
struct ArrayBalance {
    double travel = 0.0;      ///< [m] D of the plate
    Eigen::VectorXd local;    ///< [m] (group) travel left after the far field of the others
    Eigen::VectorXd deepest;  ///< [m] (group) largest local travel so far: what was cut stays cut
    Eigen::VectorXd force;    ///< [N] (group) on one needle
    double total = 0.0;       ///< [N] on all needles
    double midway = 0.0;      ///< [m] deflection of the skin midway between needles, at the cell where it is least
};

/// The far field of one needle: force x G(sqrt(r^2 + core^2)). What its force decides, so that a sum over many needles
/// need not ask again.
struct FieldSource {
    double force = 0.0;         ///< [N] on the needle
    double core_squared = 0.0;  ///< [m^2] of the dimple that the load is spread over
    double slope = 0.0;         ///< [N/m] dF/d local travel
    double steepness = 0.0;     ///< [m^2 N/m] slope x force/2 x d core_squared/dF
};

class NeedleArray {
public:
    /// An empty far field: the needles do not feel each other. Pairs beyond its reach do not either.
    NeedleArray(const Stamp& stamp, const InsertionCurve& curve, FarField far);
    /// Half-space of `modulus` [Pa], 0 for none; pairs further apart than `cut_off` [m] do not feel each other.
    NeedleArray(const Stamp& stamp, const InsertionCurve& curve, double modulus, double cut_off)
        : NeedleArray(stamp, curve, FarField(modulus, cut_off)) {}

    // The loading path grows as far as it is asked for.
    [[nodiscard]] ArrayBalance at_travel(double travel);  ///< stops where the plate meets the skin
    [[nodiscard]] ArrayBalance at_force(double force);    ///< first balance on loading; the plate takes what is left
    [[nodiscard]] ArrayBalance at_energy(double energy);  ///< where the work on the skin has used it up
    [[nodiscard]] Eigen::Index group_of(Eigen::Index needle) const noexcept;
    [[nodiscard]] Eigen::Index group_count() const noexcept { return members_.size(); }

    /// [m] deflection at `distance` from a needle with `force`: the far field, at the needle its own deflection.
    [[nodiscard]] double field(double force, double distance) const noexcept {
        return field(source_of(force), distance * distance);
    }

private:
    /// The needles around a place.
    struct Around {
        std::vector<double> distance_squared;  // [m^2]
        std::vector<std::uint32_t> group;
    };
    [[nodiscard]] FieldSource source_of(double force) const noexcept;
    [[nodiscard]] double field(const FieldSource& source, double distance_squared) const noexcept {
        return source.force > 0.0 ? source.force * far_.at(std::sqrt(distance_squared + source.core_squared)) : 0.0;
    }
    [[nodiscard]] Around neighbours_of(double x, double y) const;
    /// The equations at one set of local travels, and their slopes.
    struct Linear {
        Eigen::VectorXd force, residual;   // [N], [m] (group)
        std::vector<FieldSource> sources;  // (group)
        std::vector<float> slopes;         // [1] (pair) far field of the other over its local travel
    };
    [[nodiscard]] double far_field_at(const Around& around, const std::vector<FieldSource>& sources) const noexcept;
    [[nodiscard]] double next_break(double deepest) const noexcept;
    [[nodiscard]] double force_on(double local, double deepest, double next) const noexcept;
    void linearise(double travel, const Eigen::VectorXd& local, const Eigen::VectorXd& deepest, Linear& at) const;
    [[nodiscard]] Eigen::VectorXd product(const Linear& at, const Eigen::VectorXd& x) const;
    bool newton(double travel, const Eigen::VectorXd& deepest, Eigen::VectorXd& local, Linear& at) const;
    void relax(double travel, Eigen::VectorXd& deepest, Eigen::VectorXd& local, Linear& at) const;
    bool break_through(Eigen::VectorXd& deepest, const Eigen::VectorXd& local) const noexcept;
    static constexpr int patient = 60;  // relaxations
    [[nodiscard]] ArrayBalance solve(double travel, const ArrayBalance& from, int most_relaxations = patient) const;
    [[nodiscard]] ArrayBalance guessed(double travel, const ArrayBalance& from, const ArrayBalance& other) const;
    bool advance(double most_step = std::numeric_limits<double>::infinity());
    [[nodiscard]] double predicted_step(double force) const noexcept;
    [[nodiscard]] double past_contact(const ArrayBalance& state) const noexcept;

    const InsertionCurve& curve_;
    double length_, path_step_ = 0.0;
    FarField far_;
    RowMatrix positions_;
    std::vector<Eigen::Index> group_of_;  // (needle); empty: one group
    std::vector<Around> neighbours_;      // (group) of its first needle
    std::size_t n_pairs_ = 0;             // neighbours of all groups
    std::vector<Around> middles_;         // where the plate may touch first
    Eigen::VectorXd members_;             // (group) needles
    std::vector<ArrayBalance> path_;      // loading path from first touch on
    bool ended_ = false;                  // by contact of the plate
};

}  // namespace skin::insertion
