#include "transport/cell_delivery.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "transport/cell_grid.hpp"

namespace skin::transport {

namespace {

using Eigen::Index;

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

Index column_cell(const numerics::Grid& grid, double z) {
    const auto* after = std::upper_bound(grid.edge.data(), grid.edge.data() + grid.edge.size(), z);
    return std::clamp<Index>(after - grid.edge.data() - 1, 0, grid.size() - 1);
}

UnitCell make_cell(const Setup& setup, const Skin& skin, std::size_t family, double density, double duration,
                   int refine, double coarsening) {
    const Column& column = setup.column;
    const ChannelFamily& f = setup.families[family];
    const ChannelOutline& outline = setup.outlines[family];
    CellShape shape;
    shape.borders.push_back(0.0);
    for (std::size_t l = 0; l < n_column_layers; ++l)
        shape.borders.push_back(shape.borders.back() + skin.layers[l].thickness);
    shape.borders.back() = column.grid.edge[column.cells()];
    shape.barrier_length = std::sqrt(setup.solute.barrier_diffusivity * duration);
    shape.depth = column.grid.edge[f.reach];
    shape.radius = [outline](double z) { return outline.radius(std::min(z, outline.depth)); };
    shape.cell_radius = std::sqrt(1.0 / (std::numbers::pi * density));
    UnitCell cell = lay_out(shape, refine, coarsening);
    cell.medium = column_media(setup.solute, skin, cell.axial, !column.sink);
    for (Index j = 0; j <= cell.rows(); ++j) {  // what lies between two cells of the column lies between two rows
        for (const Index border : {setup.living, setup.junction}) {
            if (std::abs(cell.axial.edge[j] - column.grid.edge[border]) < 1e-9 * shape.borders.back())
                cell.border_resistance[j] = column.border_resistance[border];
        }
    }
    cell.sink = column.sink;
    cell.diffusivity = Vector::Zero(cell.rows());
    for (Index j = 0; j < cell.rows(); ++j) {
        const Index i = std::min(column_cell(column.grid, cell.axial.centre(j)), f.reach - 1);
        cell.diffusivity[j] = f.diffusivity[i];
    }
    cell.donor_diffusivity = f.donor_diffusivity;
    cell.jammed = f.jammed;
    cell.course = f.course;
    cell.focus = setup.slit ? f.focus : 0.0;
    return cell;
}

}  // namespace

CellArray::CellArray(const Setup& setup, const Skin& skin, int cells_per_layer, double duration, double strength,
                     int refine)
    : setup_(setup), strength_(strength) {
    double density = 0.0;
    for (const auto& f : setup.families) density += f.density;
    constexpr double standard = 40.0;  // cells a layer of the column, for which the cell's grid is the standard one
    const auto& out = setup.column.grid;
    for (std::size_t k = 0; k < setup.families.size(); ++k) {
        cells_.push_back(make_cell(setup, skin, k, density, duration, refine, standard / cells_per_layer));
        weight_.push_back(setup.families[k].density / density);
        const auto& rows = cells_.back().axial;
        std::vector<std::vector<Overlap>> overlap(static_cast<std::size_t>(rows.size()));
        for (Index j = 0; j < rows.size(); ++j) {
            double given = 0.0;
            auto& parts = overlap[static_cast<std::size_t>(j)];
            for (Index i = column_cell(out, rows.edge[j]); i < out.size() && out.edge[i] < rows.edge[j + 1]; ++i) {
                const double common = std::min(out.edge[i + 1], rows.edge[j + 1]) - std::max(out.edge[i], rows.edge[j]);
                const double share = std::max(0.0, common / rows.width(j));
                if (share < 1e-9) continue;  // borders that differ by rounding
                parts.push_back({i, share});
                given += share;
            }
            for (auto& part : parts) part.share /= given;
        }
        overlap_.push_back(std::move(overlap));
    }
    sections_.resize(cells_.size());
}

void CellArray::open(const Amounts& amounts) {
    amount_.clear();
    lost_[lost_cleared] = amounts.cleared / strength_;
    lost_[lost_at_base] = amounts.receptor / strength_;
    lost_[lost_into_skin] = amounts.taken / strength_;
    lost_[lost_into_air] = amounts.evaporated / strength_;
    wiped_ = amounts.wiped / strength_;
    const auto& out = setup_.column.grid;
    for (std::size_t k = 0; k < cells_.size(); ++k) {
        const UnitCell& cell = cells_[k];
        UnitCellSystem system(cell, false);
        const Vector& volume = system.volume();
        const Vector& inside = system.channel_volume();
        Vector m = Vector::Zero(system.size());
        m[0] = amounts.donor;
        Vector wet = Vector::Zero(system.size());
        for (Index j = 0; j < cell.rows(); ++j) {
            const double dz = cell.axial.width(j);
            double here = 0.0;  // [kg/m^2] of tissue in this row
            for (const Overlap& part : overlap_[k][static_cast<std::size_t>(j)])
                here += amounts.tissue[part.out] * part.share * dz / out.width(part.out);
            const Index u = system.unknown(j, 0);
            const auto ring = [&](const Vector& v) { return v.segment(u, cell.rings()); };
            const double tissue = ring(volume).sum() - ring(inside).sum();
            m.segment(u, cell.rings()) += (here / tissue) * (ring(volume) - ring(inside));
            const double filled = std::clamp((setup_.fillings[k].depth - cell.axial.edge[j]) / dz, 0.0, 1.0);
            wet.segment(u, cell.rings()) = filled * ring(inside);
        }
        m.tail(m.size() - 1) *= amounts.tissue.sum() > 0.0 ? amounts.tissue.sum() / m.tail(m.size() - 1).sum() : 0.0;
        const double filling = amounts.channel[k].sum() / weight_[k];
        if (filling > 0.0 && wet.sum() > 0.0) m += (filling / wet.sum()) * wet;
        amount_.push_back(m / strength_);
    }
}

void CellArray::wipe() {
    for (std::size_t k = 0; k < amount_.size(); ++k) {
        wiped_ += weight_[k] * amount_[k][0];
        amount_[k][0] = 0.0;
    }
}

void CellArray::put_on(double amount) {
    for (Vector& m : amount_) m[0] += amount / strength_;
}

void CellArray::soak(const Vector& profile, double share) {
    const auto& out = setup_.column.grid;
    for (std::size_t k = 0; k < cells_.size(); ++k) {
        const UnitCell& cell = cells_[k];
        const UnitCellSystem system(cell, false);
        Vector more = Vector::Zero(system.size());
        for (Index j = 0; j < cell.rows(); ++j) {
            double here = 0.0;  // into this row
            for (const Overlap& part : overlap_[k][static_cast<std::size_t>(j)])
                here += profile[part.out] * part.share * cell.axial.width(j) / out.width(part.out);
            const Index u = system.unknown(j, 0);
            const Vector tissue =
                system.volume().segment(u, cell.rings()) - system.channel_volume().segment(u, cell.rings());
            more.segment(u, cell.rings()) = (here / tissue.sum()) * tissue;
        }
        const double taken = share * amount_[k][0];
        amount_[k] += (taken / more.sum()) * more;
        amount_[k][0] -= taken;
        lost_[lost_into_skin] += weight_[k] * taken;
    }
}

std::vector<Snapshot> CellArray::advance(const std::vector<double>& times, double thickness, const Film& film,
                                         bool donor_on, double tolerance, double level,
                                         numerics::StepperStatistics& work) {
    const Index cells = setup_.column.cells();
    Snapshot empty;
    empty.amounts.cleared = lost_[lost_cleared] * strength_;
    empty.amounts.receptor = lost_[lost_at_base] * strength_;
    empty.amounts.taken = lost_[lost_into_skin] * strength_;
    empty.amounts.evaporated = lost_[lost_into_air] * strength_;
    empty.amounts.wiped = wiped_ * strength_;
    empty.amounts.tissue = empty.concentration = Vector::Zero(cells);
    for (const auto& f : setup_.families) empty.amounts.channel.push_back(Vector::Zero(f.reach));
    empty.channel_concentration = Vector::Constant(cells, NaN);
    std::vector<Snapshot> shots(times.size(), empty);
    std::vector<Vector> tissue_volume(times.size(), Vector::Zero(cells)), channel_volume = tissue_volume,
                                                                          channel_amount = tissue_volume;
    for (std::size_t k = 0; k < cells_.size(); ++k) {
        UnitCell cell = cells_[k];
        cell.donor_thickness = thickness;
        cell.film = film;
        UnitCellSystem system(std::move(cell), donor_on);
        system.at(times.front());  // storages of this moment
        Vector x = amount_[k].cwiseProduct(system.storage().cwiseInverse());
        std::size_t row = 0;
        sections_[k].clear();
        Vector lost_at_end = Vector::Zero(n_lost);
        const auto look = [&](const Vector& state, double t, const Vector& lost) {
            read(k, system, state, t, lost, shots[row], tissue_volume[row], channel_volume[row], channel_amount[row]);
            const Vector content = state.tail(state.size() - 1)
                                       .cwiseProduct(system.storage().tail(state.size() - 1))
                                       .cwiseQuotient(system.volume().tail(state.size() - 1));
            sections_[k].push_back(
                strength_ * Eigen::Map<const Eigen::MatrixXd>(content.data(), cells_[k].rings(), cells_[k].rows()));
            lost_at_end = lost;
            ++row;
        };
        look(x, times.front(), Vector::Zero(n_lost));
        integrate(system, x, times, tolerance, work, look, level);
        amount_[k] = x.cwiseProduct(system.storage());
        for (int l = 0; l < n_lost; ++l) lost_[l] += weight_[k] * lost_at_end[l];
    }
    for (std::size_t s = 0; s < shots.size(); ++s) {
        for (Index i = 0; i < cells; ++i) {
            if (tissue_volume[s][i] > 0.0) shots[s].concentration[i] = shots[s].amounts.tissue[i] / tissue_volume[s][i];
            if (channel_volume[s][i] > 0.0)
                shots[s].channel_concentration[i] = channel_amount[s][i] / channel_volume[s][i];
        }
    }
    return shots;
}

void CellArray::read(std::size_t k, UnitCellSystem& system, const Vector& x, double t, const Vector& lost,
                     Snapshot& shot, Vector& tissue_volume, Vector& channel_volume, Vector& channel_amount) const {
    const UnitCell& cell = cells_[k];
    const CellOperator& A = system.at(t);
    const double weight = weight_[k], scale = weight * strength_;
    const auto& families = setup_.families;
    shot.flux += scale * donor_flux(system, x, t);
    shot.amounts.donor += scale * x[0] * system.storage()[0];
    shot.amounts.cleared += scale * lost[lost_cleared];
    shot.amounts.receptor += scale * lost[lost_at_base];
    shot.amounts.taken += scale * lost[lost_into_skin];
    shot.amounts.evaporated += scale * lost[lost_into_air];
    const Vector& inside = system.channel_volume();
    for (Index j = 0; j < cell.rows(); ++j) {
        double fluid = 0.0, whole = 0.0, open = 0.0, volume = 0.0;
        for (Index i = 0; i < cell.rings(); ++i) {
            const Index u = system.unknown(j, i);
            whole += x[u] * system.storage()[u];
            fluid += x[u] * A.dilution[u] * inside[u];
            open += inside[u];
            volume += system.volume()[u];
        }
        for (const Overlap& part : overlap_[k][static_cast<std::size_t>(j)]) {
            const bool passes = part.out < families[k].reach;
            const double in_channel = passes ? fluid : 0.0;
            shot.amounts.tissue[part.out] += scale * part.share * (whole - in_channel);
            tissue_volume[part.out] += weight * part.share * (volume - open);
            if (!passes) continue;
            shot.amounts.channel[k][part.out] += scale * part.share * in_channel;
            channel_amount[part.out] += scale * part.share * in_channel;
            channel_volume[part.out] += weight * part.share * open;
        }
    }
}

}  // namespace skin::transport
