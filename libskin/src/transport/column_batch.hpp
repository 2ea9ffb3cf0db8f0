// Columns of eight samples in lanes: one grid, their own media, channels and closing; all take the same steps.
#pragma once

#include <vector>

#include "numerics/band_lanes.hpp"
#include "transport/integrate.hpp"

namespace skin::transport {

/// A of one moment in every lane, and what each loses: `rate` has n_lost x lanes values, lane by lane within a loss.
struct ColumnBatchOperator {
    numerics::BandLanes matrix;
    Vector clearing, taking;  ///< [m/s] (unknown, lane), as in ColumnOperator
    Eigen::Array<double, numerics::lanes, 1> base, evaporating;
    Eigen::Index last = 0, surface = 0;

    void multiply(const Vector& x, Vector& y) const { matrix.multiply(x, y); }
    void losses(const Vector& x, Vector& rate) const;
};

/// Up to eight systems that differ in numbers, not in shape; lanes that are left over repeat the last one.
class ColumnBatch {
public:
    explicit ColumnBatch(std::vector<ColumnSystem> samples);

    const ColumnBatchOperator& at(double t);
    [[nodiscard]] Eigen::Index samples() const noexcept { return samples_; }
    [[nodiscard]] bool constant() const noexcept { return constant_; }
    [[nodiscard]] ColumnSystem& sample(Eigen::Index l) { return systems_[static_cast<std::size_t>(l)]; }
    /// States of one lane out of those of all, and the other way round; also of losses.
    [[nodiscard]] static Vector lane_of(const Vector& all, Eigen::Index l);
    [[nodiscard]] static Vector in_lanes(const std::vector<Vector>& each);
    /// Storage of every unknown over that of its sample: how much an error counts.
    [[nodiscard]] Vector weights() const;

private:
    std::vector<ColumnSystem> systems_;
    Eigen::Index samples_ = 0;
    bool constant_ = true;
    double assembled_at_ = std::numeric_limits<double>::quiet_NaN();
    ColumnBatchOperator operator_;
};

/// Advance all samples through `times`; no film of theirs may saturate. The mean square of the error over the samples
/// stays within the tolerance.
void integrate(ColumnBatch& batch, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level = 1e-6);

}  // namespace skin::transport
