// Needles of one plate that feel each other through the skin.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "insertion/layered_needle.hpp"
#include "skin/device/device.hpp"

namespace skin::insertion {

/// Balance of the whole plate at one travel. A group is the (up to four) needles that mirror each other.
struct ArrayBalance {
    double travel = 0.0;          ///< [m] D of the plate
    Eigen::VectorXd local;        ///< [m] (group) travel left after the far field of the others
    Eigen::VectorXd force;        ///< [N] (group) on one needle
    double total = 0.0;           ///< [N] on all needles
    double midway = 0.0;          ///< [m] deflection of the skin midway between needles, mean over the cells
};

class NeedleArray {
public:
    /// `modulus` 0: the needles do not feel each other. Pairs further apart than `cut_off` do not either.
    NeedleArray(const Stamp& stamp, const LayeredNeedle::Strike& strike, double modulus, double cut_off,
                double tolerance);

    [[nodiscard]] ArrayBalance at_travel(double travel) const;  ///< stops where the plate meets the skin
    [[nodiscard]] ArrayBalance at_force(double force) const;    ///< first balance on loading; the plate takes what is left
    [[nodiscard]] ArrayBalance at_energy(double energy) const;  ///< where the work on the skin has used it up
    [[nodiscard]] double contact_travel() const noexcept { return path_.back().travel; }
    [[nodiscard]] std::size_t group_of(int needle) const noexcept;

private:
    [[nodiscard]] ArrayBalance solve(double travel, const ArrayBalance& guess) const;
    [[nodiscard]] const ArrayBalance& before(double travel) const noexcept;

    const LayeredNeedle::Strike& strike_;
    int rows_, columns_;
    double length_, tolerance_;
    Eigen::MatrixXd coupling_;         // [m/N] (group, group) far field at one needle per force on each of a group
    Eigen::VectorXd midway_coupling_;  // [m/N] (group) mean over the cells of the grid
    Eigen::VectorXd members_;          // (group) needles
    std::vector<ArrayBalance> path_;   // loading path from first touch to contact of the plate
};

}  // namespace skin::insertion
