#include "transport/column.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "transport/relations.hpp"

namespace skin::transport {

namespace {
// Share of a cell that stays open below a receding floor: keeps the storage regular, carries nothing.
constexpr double least_opening = 1e-6;
constexpr double infinity = std::numeric_limits<double>::infinity();
}  // namespace

ColumnSystem::ColumnSystem(const Column& column, std::vector<ChannelFamily> families, bool donor_on)
    : column_(column),
      families_(std::move(families)),
      moments_(families_.size()),
      layout_(column.cells(), families_),
      donor_on_(donor_on && column.donor_thickness > 0.0) {
    const Eigen::Index n = column_.cells();
    operator_.matrix.resize(layout_.size(), layout_.reach());
    operator_.clearing = Vector::Zero(layout_.size());
    operator_.last = layout_.tissue(n - 1);
    half_ = half_cells(column_);
    storage_.resize(layout_.size());
    dilution_ = Vector::Ones(layout_.size());
    storage_[Layout::donor()] = column_.donor_thickness > 0.0 ? column_.donor_thickness : column_.grid.edge[n];
    tissue_share_ = Vector::Ones(n);
    for (std::size_t k = 0; k < families_.size(); ++k) {
        const ChannelFamily& f = families_[k];
        Fins fins;
        fins.share = f.density * f.area;
        fins.log_ratio = (f.cell_radius.array() / (f.area / std::numbers::pi).array().sqrt()).log();
        fins.wall = fins.half = Vector::Zero(f.reach);
        tissue_share_.head(f.reach) -= fins.share;
        for (Eigen::Index i = 0; i < f.reach; ++i)
            storage_[layout_.channel(k, i)] = fins.share[i] * column_.grid.width(i);
        fins_.push_back(std::move(fins));
        constant_ = constant_ && f.course.constant();
    }
    constant_ = constant_ && !(donor_on_ && column_.film.dries());
    for (Eigen::Index i = 0; i < n; ++i) {
        const Medium& m = column_.medium[static_cast<std::size_t>(i)];
        const Eigen::Index u = layout_.tissue(i);
        storage_[u] = tissue_share_[i] * m.partition * column_.grid.width(i);
        operator_.clearing[u] = m.clearance * storage_[u];
    }
    per_storage_ = storage_.cwiseInverse();
}

void ColumnSystem::first(const Vector& x, Vector& dxdt, double t) {
    assemble(t);
    operator_.multiply(x, dxdt);
}

void ColumnSystem::second(const Vector& /*x*/, numerics::BandMatrix& J, double t) {
    assemble(t);
    J = operator_.matrix;
}

void ColumnSystem::quadrature(const Vector& x, Vector& rate, double t) {
    assemble(t);
    operator_.losses(x, rate);
}

Vector ColumnSystem::activity_factor(double t) {
    assemble(t);
    return dilution_;
}

const Vector& ColumnSystem::tissue_share(double t) {
    assemble(t);
    return tissue_share_;
}

double ColumnSystem::channel_share(std::size_t family, Eigen::Index cell) const noexcept {
    return fins_[family].share[cell];
}

/// Flow g (theta_i u_i - theta_j u_j) from i to j.
void ColumnSystem::link(Eigen::Index i, Eigen::Index j, double g, double theta_i, double theta_j) {
    numerics::BandMatrix& A = operator_.matrix;
    const double from_i = g * theta_i * dilution_[i], from_j = g * theta_j * dilution_[j];
    const double per_i = per_storage_[i], per_j = per_storage_[j];
    double* at_i = A.row(i) + A.reach();  // the diagonal
    double* at_j = A.row(j) + A.reach();
    at_i[0] -= from_i * per_i;
    at_i[j - i] += from_j * per_i;
    at_j[0] -= from_j * per_j;
    at_j[i - j] += from_i * per_j;
}

/// Flow rate u_from out of `from` into `to`: fluid that moves takes its solute along.
void ColumnSystem::carry(Eigen::Index from, Eigen::Index to, double rate) {
    const double q = rate * dilution_[from];
    operator_.matrix(from, from) -= q * per_storage_[from];
    operator_.matrix(to, from) += q * per_storage_[to];
}

void ColumnSystem::assemble(double t) {
    const bool started = !std::isnan(assembled_at_);
    if (assembled_at_ == t || (constant_ && started)) return;
    bool moved = !started || (donor_on_ && column_.film.dries());
    if (moved && donor_on_) {
        const double h = column_.film.thickness(column_.donor_thickness, t);
        dilution_[Layout::donor()] = held_ ? 1.0 : storage_[Layout::donor()] / h;
    }
    for (std::size_t k = 0; k < families_.size(); ++k) {
        const ChannelMoment before = moments_[k];
        moments_[k] = families_[k].course.at(t);
        moved = moved || moments_[k].radius != before.radius || moments_[k].depth != before.depth;
    }
    if (moved) dilute();
    operator_.matrix = standing_;
    for (std::size_t k = 0; k < families_.size(); ++k) channel_links(k);
    close_donor();
    assembled_at_ = t;
}

/// What leaves the donor, as a sum over states; then evaporation from it, and its own row if it is held.
void ColumnSystem::close_donor() {
    ColumnOperator& A = operator_;
    constexpr Eigen::Index d = Layout::donor();
    double* row = A.matrix.row(d) + A.matrix.reach();
    A.taking = -storage_[d] * Eigen::Map<const Vector>(row, A.matrix.reach() + 1);
    if (donor_on_) {
        A.surface = d;
        A.evaporating = column_.film.evaporation * dilution_[d];
        row[0] -= A.evaporating * per_storage_[d];
    }
    if (held_) std::fill(row, row + A.matrix.reach() + 1, 0.0);
}

/// Shares, storages and the part of the matrix that stays while channels are as wide and deep as `moments_` says:
/// tissue and walls.
void ColumnSystem::dilute() {
    const auto& grid = column_.grid;
    tissue_share_.setOnes();
    for (std::size_t k = 0; k < families_.size(); ++k) {
        narrow(k);
        tissue_share_.head(families_[k].reach) -= fins_[k].share;
    }
    for (Eigen::Index i = 0; i < column_.cells(); ++i) {
        const Eigen::Index u = layout_.tissue(i);
        dilution_[u] =
            storage_[u] / (tissue_share_[i] * column_.medium[static_cast<std::size_t>(i)].partition * grid.width(i));
    }
    face_conductance(column_, half_, tissue_share_, donor_on_, face_);
    operator_.matrix.set_zero();
    tissue_links();
    for (std::size_t k = 0; k < families_.size(); ++k) {
        for (Eigen::Index i = 0; i < families_[k].reach; ++i) {
            if (fins_[k].wall[i] > 0.0) link(layout_.channel(k, i), layout_.tissue(i), fins_[k].wall[i], 1.0, 1.0);
        }
    }
    standing_ = operator_.matrix;
}

void ColumnSystem::narrow(std::size_t k) {
    const ChannelFamily& f = families_[k];
    const ChannelMoment& m = moments_[k];
    const auto& grid = column_.grid;
    Fins& fins = fins_[k];
    const double floor = grid.edge[f.reach] * m.depth, squeezed = m.radius * m.radius, log_radius = std::log(m.radius);
    for (Eigen::Index i = 0; i < f.reach; ++i) {
        const double dz = grid.width(i);
        const double open = m.depth >= 1.0 ? 1.0 : std::clamp((floor - grid.edge[i]) / dz, least_opening, 1.0);
        const double share = f.density * f.area[i] * squeezed * open;
        fins.share[i] = share;
        const Eigen::Index c = layout_.channel(k, i);
        dilution_[c] = storage_[c] / (share * dz);
        const Medium& tissue = column_.medium[static_cast<std::size_t>(i)];
        if (!tissue.wall_open) continue;
        const double log_ratio = fins.log_ratio[i] - log_radius - (open < 1.0 ? 0.5 * std::log(open) : 0.0);
        const double b = f.cell_radius[i];
        fins.wall[i] = f.density * dz * tissue.diffusivity * tissue.partition *
                       wall_exchange(share / (f.density * std::numbers::pi), b * b, log_ratio);
    }
}

void ColumnSystem::tissue_links() {
    const Eigen::Index n = column_.cells();
    const auto theta = [&](Eigen::Index i) { return column_.medium[static_cast<std::size_t>(i)].potential; };
    if (face_[0] > 0.0) link(Layout::donor(), layout_.tissue(0), face_[0], 1.0, theta(0));
    for (Eigen::Index i = 1; i < n; ++i) {
        if (face_[i] > 0.0) link(layout_.tissue(i - 1), layout_.tissue(i), face_[i], theta(i - 1), theta(i));
    }
    numerics::BandMatrix& A = operator_.matrix;
    for (Eigen::Index i = 0; i < n; ++i) {
        const Eigen::Index u = layout_.tissue(i);
        A(u, u) -= column_.medium[static_cast<std::size_t>(i)].clearance;
    }
    if (!donor_on_ && column_.film.evaporation > 0.0) {  // bare skin evaporates
        const Eigen::Index u = layout_.tissue(0);
        const double theta_0 = theta(0);
        operator_.surface = u;
        operator_.evaporating = theta_0 * dilution_[u] / (1.0 / column_.film.evaporation + half_[0] / tissue_share_[0]);
        A(u, u) -= operator_.evaporating * per_storage_[u];
    }
    const Eigen::Index base = operator_.last;
    operator_.base = face_[n] * dilution_[base];
    A(base, base) -= operator_.base * per_storage_[base];
}

void ColumnSystem::channel_links(std::size_t k) {
    const ChannelFamily& f = families_[k];
    const ChannelMoment& m = moments_[k];
    const auto& grid = column_.grid;
    Fins& fins = fins_[k];
    const double n = f.density;
    for (Eigen::Index i = 0; i < f.reach; ++i) {
        double D = f.diffusivity[i];
        if (m.fluid < 1.0) {
            const double beside = column_.medium[static_cast<std::size_t>(i)].diffusivity;
            D = beside + (D - beside) * m.fluid;
        }
        fins.half[i] = 0.5 * grid.width(i) / (D * fins.share[i]);
    }
    const double a = f.mouth_radius * m.radius;
    if (donor_on_ && !f.jammed) {
        const double access =
            f.donor_diffusivity > 0.0 ? constriction(a / f.cell_radius[0]) / (4.0 * f.donor_diffusivity * a) : 0.0;
        const double plug = m.plug > 0.0 ? 1.0 / m.plug : infinity;
        link(Layout::donor(), layout_.channel(k, 0), n / (access + plug + n * fins.half[0]), 1.0, 1.0);
    }
    double rising = 0.0;  // fluid that the recoil drives up through the upper face of a cell
    const double floor = grid.edge[f.reach] * m.depth;
    for (Eigen::Index i = f.reach - 1; i >= 0; --i) {
        const Eigen::Index c = layout_.channel(k, i), u = layout_.tissue(i);
        if (i + 1 < f.reach) link(c, layout_.channel(k, i + 1), 1.0 / (fins.half[i] + fins.half[i + 1]), 1.0, 1.0);
        if (!(m.expelling > 0.0 || m.shrinking > 0.0 || m.depth < 1.0)) continue;
        // Narrowing: what the recoil expels rises, the rest stays in the tissue beside the wall.
        const double volume = fins.share[i] * grid.width(i);
        rising += m.expelling * volume;
        if (rising > 0.0) carry(c, i > 0 ? layout_.channel(k, i - 1) : Layout::donor(), rising);
        const bool at_floor = m.depth < 1.0 && floor > grid.edge[i] && floor < grid.edge[i + 1];
        const double filling_up = at_floor ? -m.depth_rate * grid.edge[f.reach] / (floor - grid.edge[i]) : 0.0;
        const double closing = m.shrinking - m.expelling + filling_up;
        if (closing > 0.0) carry(c, u, closing * volume);
    }
    // The floor exchanges with the tissue at its depth: the mean of the cells above and below.
    const Eigen::Index last = f.reach - 1, below = std::min(f.reach, column_.cells() - 1);
    const Medium& ground = column_.medium[static_cast<std::size_t>(below)];
    const double floor_access = 4.0 * ground.diffusivity * ground.partition * f.floor_radius * m.radius;
    if (floor_access > 0.0) {
        const double g = 0.5 * n / (n * fins.half[last] + 1.0 / floor_access);
        link(layout_.channel(k, last), layout_.tissue(last), g, 1.0, 1.0);
        link(layout_.channel(k, last), layout_.tissue(below), g, 1.0, 1.0);
    }
}

}  // namespace skin::transport
