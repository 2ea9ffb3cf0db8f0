#include "transport/layered.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "transport/relations.hpp"

namespace skin::transport {

Vector fin_conductances(const Column& column, const ChannelFamily& f, const ChannelMoment& moment) {
    const auto& grid = column.grid;
    Vector g = Vector::Zero(column.cells());
    if (f.jammed || !(moment.plug > 0.0)) return g;
    const Eigen::Index top = [&] {  // first cell whose wall is open
        Eigen::Index i = 0;
        while (i + 1 < f.reach && !column.medium[static_cast<std::size_t>(i)].wall_open) ++i;
        return i;
    }();
    const double floor = grid.edge[f.reach] * std::min(1.0, moment.depth);
    const double L = std::max(floor - grid.edge[top], 0.0);  // [m] fin below the stratum corneum
    if (!(L > 0.0)) return g;
    // Mean section and wall exchange of the fin; the walls of one layer dominate, so means over the open cells are
    // used.
    double area = 0.0, wall = 0.0, D_p = 0.0;
    const double narrow = moment.radius * moment.radius;
    for (Eigen::Index i = top; i < f.reach; ++i) {
        const Medium& m = column.medium[static_cast<std::size_t>(i)];
        const double dz = std::clamp(floor - grid.edge[i], 0.0, grid.width(i));
        const double A = f.area[i] * narrow;
        area += A * dz;
        D_p += f.diffusivity[i] * dz;
        if (m.wall_open) {
            g[i] = m.diffusivity * m.partition * wall_exchange(std::sqrt(A / std::numbers::pi), f.cell_radius[i]) * dz;
            wall += g[i];
        }
    }
    if (!(wall > 0.0)) return Vector::Zero(column.cells());
    area /= L;
    wall /= L;
    D_p /= L;
    const double axial = area * D_p;                // [m^4/s] pi a^2 D_p H
    const double mL = std::sqrt(wall / axial) * L;  // [1]
    const double fin = std::sqrt(axial * wall) * std::tanh(mL);
    double total = 0.0;
    for (Eigen::Index i = top; i < f.reach; ++i) {
        const double below = std::max(0.0, floor - grid.centre(i));
        // cosh(m below)/cosh(m L), written so that it cannot overflow
        const double profile =
            (std::exp(mL * (below / L - 1.0)) + std::exp(-mL * (below / L + 1.0))) / (1.0 + std::exp(-2.0 * mL));
        g[i] *= profile;
        total += g[i];
    }
    const double a = f.mouth_radius * moment.radius;
    double resistance = 1.0 / fin + 1.0 / moment.plug;
    for (Eigen::Index i = 0; i < top; ++i) resistance += grid.width(i) / (f.diffusivity[i] * f.area[i] * narrow);
    if (f.donor_diffusivity > 0.0) resistance += constriction(a / f.cell_radius[0]) / (4.0 * f.donor_diffusivity * a);
    return g / (total * resistance);
}

LayeredSystem::LayeredSystem(const Column& column, std::vector<ChannelFamily> families, bool donor_on)
    : column_(column), families_(std::move(families)), donor_on_(donor_on && column.donor_thickness > 0.0) {
    const Eigen::Index n = column_.cells();
    storage_.resize(n + 1);
    storage_[0] = column_.donor_thickness > 0.0 ? column_.donor_thickness : column_.grid.edge[n];
    for (Eigen::Index i = 0; i < n; ++i) {
        storage_[i + 1] = column_.medium[static_cast<std::size_t>(i)].partition * column_.grid.width(i);
    }
    operator_.clearing = Vector::Zero(n + 1);
    for (Eigen::Index i = 0; i < n; ++i)
        operator_.clearing[i + 1] = column_.medium[static_cast<std::size_t>(i)].clearance * storage_[i + 1];
    tissue_share_ = Vector::Ones(n);
    constant_ = !(donor_on_ && column_.film.dries());
    for (const auto& f : families_) {
        constant_ = constant_ && f.course.constant();
        for (Eigen::Index i = 0; i < f.reach; ++i) {
            if (!column_.medium[static_cast<std::size_t>(i)].wall_open) tissue_share_[i] -= f.density * f.area[i];
        }
    }
}

void LayeredSystem::first(const Vector& x, Vector& dxdt, double t) {
    assemble(t);
    dxdt.noalias() = operator_.matrix * x;
}

void LayeredSystem::second(const Vector& /*x*/, numerics::SparseMatrix& J, double t) {
    assemble(t);
    J = operator_.matrix;
}

void LayeredSystem::quadrature(const Vector& x, Vector& rate, double t) {
    assemble(t);
    operator_.losses(x, rate);
}

void LayeredOperator::losses(const Vector& x, Vector& rate) const {
    rate.resize(n_lost);
    rate[lost_cleared] = clearing.dot(x);
    rate[lost_at_base] = base * x[x.size() - 1];
    rate[lost_into_skin] = taking.dot(x);
    rate[lost_into_air] = evaporating * x[surface];
}

void LayeredSystem::assemble(double t) {
    if (assembled_at_ == t || (constant_ && !std::isnan(assembled_at_))) return;
    const Eigen::Index n = column_.cells();
    entries_.clear();
    const auto put = [&](Eigen::Index i, Eigen::Index j, double value) {
        entries_.emplace_back(static_cast<int>(i), static_cast<int>(j), value);
    };
    operator_.taking = Vector::Zero(n + 1);
    const double h = donor_on_ ? column_.film.thickness(column_.donor_thickness, t) : storage_[0];
    const double dilution = held_ ? 1.0 : storage_[0] / h;  // of the donor: activity over state
    const auto link = [&](Eigen::Index i, Eigen::Index j, double g, double theta_i, double theta_j) {
        if (i == 0) {
            theta_i = dilution;
            operator_.taking[0] += g * theta_i;
            operator_.taking[j] -= g * theta_j;
        }
        if (i == 0 && held_) {
            put(j, j, -g * theta_j / storage_[j]);
            put(j, i, g * theta_i / storage_[j]);
            return;
        }
        put(i, i, -g * theta_i / storage_[i]);
        put(i, j, g * theta_j / storage_[i]);
        put(j, j, -g * theta_j / storage_[j]);
        put(j, i, g * theta_i / storage_[j]);
    };
    const auto theta = [&](Eigen::Index i) { return column_.medium[static_cast<std::size_t>(i)].potential; };
    const Vector face = face_conductance(column_, tissue_share_, donor_on_);
    link(0, 1, face[0], 1.0, theta(0));
    for (Eigen::Index i = 1; i < n; ++i) link(i, i + 1, face[i], theta(i - 1), theta(i));
    for (Eigen::Index i = 0; i < n; ++i) put(i + 1, i + 1, -column_.medium[static_cast<std::size_t>(i)].clearance);
    operator_.surface = donor_on_ ? 0 : 1;
    operator_.evaporating = column_.film.evaporation * dilution;
    if (!donor_on_ && column_.film.evaporation > 0.0) {  // bare skin evaporates
        const Medium& m = column_.medium.front();
        const double half = m.potential * 0.5 * column_.grid.width(0) / (m.diffusivity * m.partition);
        operator_.evaporating = m.potential / (1.0 / column_.film.evaporation + half / tissue_share_[0]);
    }
    if (!(held_ && operator_.surface == 0))
        put(operator_.surface, operator_.surface, -operator_.evaporating / storage_[operator_.surface]);
    operator_.base = face[n];
    put(n, n, -face[n] / storage_[n]);
    for (const auto& f : families_) {
        if (!donor_on_) break;
        const Vector g = f.density * fin_conductances(column_, f, f.course.at(t));
        for (Eigen::Index i = 0; i < f.reach; ++i) link(0, i + 1, g[i], 1.0, 1.0);
    }
    operator_.matrix.resize(n + 1, n + 1);
    operator_.matrix.setFromTriplets(entries_.begin(), entries_.end());
    assembled_at_ = t;
}

}  // namespace skin::transport
