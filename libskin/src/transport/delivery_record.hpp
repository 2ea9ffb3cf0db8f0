// The rows of a DeliveryResult: amounts by compartment, profiles over depth, exposure, and the section around a
// channel.
#pragma once

#include <vector>

#include "skin/transport.hpp"
#include "transport/cell_delivery.hpp"
#include "transport/setup.hpp"
#include "transport/snapshot.hpp"

namespace skin::transport {

/// Columns of `amount`.
enum Compartment : Eigen::Index {
    donor,
    evaporated,
    first_layer,
    channels = first_layer + n_column_layers,
    cleared,
    receptor,
    wiped,
    n_compartments
};

/// What lies on the skin when a row is written.
struct OnSurface {
    double applied = 0.0;         ///< [kg/m^2] of the active put on up to now
    double film = 0.0;            ///< [m] of liquid; 0: nothing on the skin
    double most_dissolved = 0.0;  ///< [kg/m^2] that the film dissolves
};

/// Fills `result` row by row, at the times that the caller asked for.
class DeliveryRecord {
public:
    DeliveryRecord(DeliveryResult& result, const Skin& skin, const Setup& setup, const DeliverySettings& settings,
                   double duration)
        : result_(result), skin_(skin), setup_(setup), settings_(settings), duration_(duration) {}

    /// Room for all rows of these stretches of time.
    void allocate(const std::vector<std::vector<double>>& stretches);
    /// Which times of a stretch up to `end` become rows: those of the caller, and where two stretches meet only once.
    [[nodiscard]] bool wants(double t, double end) const;
    void add(double t, const Snapshot& shot, const OnSurface& surface);

    /// From the next row on there are resolved cells: a section of the fine one, and what two grids differ by.
    void start_section(const CellArray& fine);
    void add_section(const CellArray& fine, std::size_t time);
    void add_doubt(const Amounts& coarse, const Amounts& fine, double weight);

    /// Sums at the end of the delivery, with what is where then.
    void finish(const Amounts& end, double applied);

    /// The cell after the last one of each layer.
    [[nodiscard]] std::vector<Eigen::Index> layer_ends() const;

private:
    [[nodiscard]] Eigen::RowVectorXd compartments(const Amounts& amounts) const;
    [[nodiscard]] double mean(const Vector& values, Eigen::Index first, Eigen::Index last) const;
    [[nodiscard]] Eigen::Index end_of_papillary() const;

    DeliveryResult& result_;
    const Skin& skin_;
    const Setup& setup_;
    const DeliverySettings& settings_;
    double duration_;
    Vector put_on_;                // [kg/m^2] (time) of the active up to then
    Eigen::RowVectorXd estimate_;  // [kg/m^2] (compartment)
    std::size_t section_of_ = 0;   // class that the section is of
    bool resolved_ = false;
    Eigen::Index row_ = 0;
};

/// Sources, models and warnings that come from product and settings; `needled`: there are open channels.
void describe(ResultInfo& info, const Application& application, const DeliverySettings& settings, bool needled);

/// What assess() reads of the product itself.
void describe_exposure(Exposure& exposure, const Application& application);

}  // namespace skin::transport
