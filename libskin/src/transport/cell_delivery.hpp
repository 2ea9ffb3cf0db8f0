// One delivery on unit cells: one cell per class of channels, weighted by how many there are, all on one of two grids.
#pragma once

#include <vector>

#include "skin/transport.hpp"
#include "transport/integrate.hpp"
#include "transport/setup.hpp"
#include "transport/snapshot.hpp"

namespace skin::transport {

/// Cells of all classes of a wound at one fineness, and what is in them. Every cell has the area 1/(channels per area)
/// and its own share of the product; concentrations are over `strength` [kg/m^3].
class CellArray {
public:
    /// `refine`: 1 or 2, the coarse and the fine grid of one family; `duration` [s] of the run from now on.
    CellArray(const Setup& setup, const Skin& skin, int cells_per_layer, double duration, double strength, int refine);

    /// The channels open: tissue keeps what it holds, channels get what the needles left in them down to the fill
    /// depth.
    void open(const Amounts& amounts);
    void wipe();
    void put_on(double amount);  ///< [kg/m^2] more on every cell
    /// A share of what lies on each cell goes into its tissue, spread over depth as `profile` by cell of the column.
    void soak(const Vector& profile, double share);

    /// One snapshot per time of `times`, the first included. `thickness` [m] of product; `donor_on`: it touches the
    /// skin.
    [[nodiscard]] std::vector<Snapshot> advance(const std::vector<double>& times, double thickness, const Film& film,
                                                bool donor_on, double tolerance, double level,
                                                numerics::StepperStatistics& work);

    /// [kg/m^3] (ring, row) content of the cell of one class at each time of the last `advance`.
    [[nodiscard]] const std::vector<Eigen::MatrixXd>& sections(std::size_t family) const { return sections_[family]; }
    [[nodiscard]] const UnitCell& cell(std::size_t family) const { return cells_[family]; }

private:
    struct Overlap {
        Eigen::Index out = 0;  ///< cell of the column's grid
        double share = 0.0;    ///< of the row's height
    };

    void read(std::size_t family, UnitCellSystem& system, const Vector& x, double t, const Vector& lost, Snapshot& shot,
              Vector& tissue_volume, Vector& channel_volume, Vector& channel_amount) const;

    const Setup& setup_;
    double strength_;
    std::vector<UnitCell> cells_;
    std::vector<double> weight_;                              // share of the area
    std::vector<std::vector<std::vector<Overlap>>> overlap_;  // per class and row
    std::vector<Vector> amount_;              // per class: [m] (unknown) amount per area of its cell over strength
    double wiped_ = 0.0, lost_[n_lost] = {};  // [m] over strength, up to now
    std::vector<std::vector<Eigen::MatrixXd>> sections_;
};

/// What two grids of a family give for vanishing cells: fine + weight (fine - coarse).
struct Extrapolated {
    Snapshot shot;
    double weight = 0.0;  ///< [1] to_limit, or less where an amount would become negative
};
/// `layer_ends`: the cell after the last one of each layer.
[[nodiscard]] Extrapolated extrapolated(const Snapshot& coarse, const Snapshot& fine,
                                        const std::vector<Eigen::Index>& layer_ends);

}  // namespace skin::transport
