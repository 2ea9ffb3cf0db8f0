// Needles of one plate that feel each other through the skin.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "insertion/far_field.hpp"
#include "skin/device/device.hpp"
#include "skin/insertion.hpp"

namespace skin::insertion {

/// Balance of the whole plate at one travel. A group is the (up to four) needles that mirror each other.
struct ArrayBalance {
    double travel = 0.0;      ///< [m] D of the plate
    Eigen::VectorXd local;    ///< [m] (group) travel left after the far field of the others
    Eigen::VectorXd deepest;  ///< [m] (group) largest local travel so far: what was cut stays cut
    Eigen::VectorXd force;    ///< [N] (group) on one needle
    double total = 0.0;       ///< [N] on all needles
    double midway = 0.0;      ///< [m] deflection of the skin midway between needles, at the cell where it is least
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
    [[nodiscard]] Eigen::Index group_of(int needle) const noexcept;

    /// [m] deflection at `distance` from a needle with `force`: the far field, at the needle its own deflection.
    [[nodiscard]] double field(double force, double distance) const noexcept;

private:
    struct Neighbour {
        Eigen::Index group;
        double distance;
    };
    [[nodiscard]] std::vector<Neighbour> neighbours_of(double x, double y) const;
    [[nodiscard]] double far_field_at(const std::vector<Neighbour>& around, const Eigen::VectorXd& force,
                                      Eigen::Index without) const noexcept;
    [[nodiscard]] double force_on(double local, double deepest) const noexcept;
    [[nodiscard]] double local_travel(Eigen::Index group, double travel, const ArrayBalance& state) const;
    bool advance();
    [[nodiscard]] bool in_contact(const ArrayBalance& state) const noexcept;
    bool hold_break(double low, double high, double& deepest) const noexcept;
    [[nodiscard]] ArrayBalance solve(double travel, const ArrayBalance& from) const;

    const InsertionCurve& curve_;
    int rows_, columns_;
    double length_, pitch_;
    FarField far_;
    std::vector<std::vector<Neighbour>> neighbours_;  // (group) of its first needle
    std::vector<std::vector<Neighbour>> middles_;     // of the cells of one quarter of the grid
    Eigen::VectorXd members_;                         // (group) needles
    std::vector<ArrayBalance> path_;                  // loading path from first touch on
    bool ended_ = false;                              // by contact of the plate
};

}  // namespace skin::insertion
