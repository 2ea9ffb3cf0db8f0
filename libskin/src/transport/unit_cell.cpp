#include "transport/unit_cell.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "transport/relations.hpp"

namespace skin::transport {

namespace {

using Eigen::Index;
constexpr double pi = std::numbers::pi;
constexpr double blocked = std::numeric_limits<double>::infinity();  // resistance of what nothing passes

// Three Gauss points on [0, 1]: the part of a face where the wall crosses the path between two centres.
constexpr double gauss_at[3] = {0.11270166537925831, 0.5, 0.88729833462074169};
constexpr double gauss_weight[3] = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};

double square(double x) noexcept { return x * x; }

/// Resistance of a stretch of a path; none where there is no stretch, even if nothing diffuses there.
double along(double length, double diffusivity) noexcept { return length > 0.0 ? length / diffusivity : 0.0; }

/// Where a wall that runs straight from radius `top` to `bottom` passes between two radii: shares of its length.
struct Crossing {
    double inside = 0.0;             ///< as long as it lies outside r1
    double within = 0.0;             ///< between r1 and r0
    double first = 0.0, last = 0.0;  ///< [m] radii at both ends of `within`

    Crossing(double top, double bottom, double r0, double r1) {
        const double fall = top - bottom;
        const auto reached = [&](double r) {
            if (fall > 0.0) return std::clamp((top - r) / fall, 0.0, 1.0);
            return top > r ? 1.0 : 0.0;
        };
        inside = reached(r1);
        within = reached(r0) - inside;
        first = std::min(top, r1);
        last = std::max(bottom, r0);
    }
};

/// Elliptic coordinate of the ellipse of area pi r^2 with these foci: sinh(2 mu) = 2 (r/focus)^2.
double elliptic(double r, double focus) noexcept { return 0.5 * std::asinh(2.0 * square(r / focus)); }

/// Radius of the disk with the access resistance of an ellipse of area pi r^2 with these foci.
double access_radius(double r, double focus) noexcept {
    if (!(focus > 0.0)) return r;
    const double along = focus * std::cosh(elliptic(r, focus));
    return 0.5 * pi * along / std::comp_ellint_1(std::min(focus / along, 1.0 - 1e-15));
}

}  // namespace

double UnitCell::apart(double r0, double r1) const noexcept {
    return focus > 0.0 ? elliptic(r1, focus) - elliptic(r0, focus) : std::log(r1 / r0);
}

double UnitCell::along_gape(double r) const noexcept { return elliptic(r, focus); }

UnitCellSystem::UnitCellSystem(UnitCell cell, bool donor_on)
    : cell_(std::move(cell)), donor_on_(donor_on && cell_.donor_thickness > 0.0) {
    const Index rings = cell_.rings(), rows = cell_.rows(), n = 1 + rings * rows;
    const auto& r = cell_.radial.edge;
    area_ = pi * r[rings] * r[rings];
    volume_ = inside_ = storage_ = Vector::Zero(n);
    for (Index j = 0; j < rows; ++j) {
        for (Index i = 0; i < rings; ++i)
            volume_[unknown(j, i)] = pi * (square(r[i + 1]) - square(r[i])) * cell_.axial.width(j) / area_;
    }
    log_step_.resize(rings - 1);
    for (Index i = 0; i + 1 < rings; ++i)
        log_step_[i] = cell_.apart(cell_.radial.centre(i), cell_.radial.centre(i + 1));
    operator_.rings = rings;
    operator_.loss = operator_.clearing = Vector::Zero(n);
    operator_.base = Vector::Zero(rings);
    operator_.dilution = Vector::Ones(n);
    operator_.storage = Vector::Zero(n);
    tissue_conductances();
    volumes(ChannelMoment{});  // as at withdrawal: the reference storages
    storage_ = operator_.storage;
    operator_.per_storage = storage_.cwiseInverse();
}

const CellOperator& UnitCellSystem::at(double t) {
    assemble(t);
    return operator_;
}

void UnitCellSystem::assemble(double t) {
    const bool started = !std::isnan(assembled_at_);
    if (assembled_at_ == t || (constant() && started)) return;
    const ChannelMoment m = cell_.course.at(t);
    donor_storage(t);
    if (!started || m.radius != moment_.radius || m.depth != moment_.depth) volumes(m);
    moment_ = m;
    operator_.top = tissue_top_;
    operator_.radial = tissue_radial_;
    operator_.axial = tissue_axial_;
    operator_.excess = tissue_excess_;
    if (cell_.depth > 0.0) {
        channel_conductances(m);
        moving_fluid(m);
    }
    assembled_at_ = t;
}

void UnitCellSystem::donor_storage(double t) {
    CellOperator& A = operator_;
    if (!donor_on_) return;
    if (dries()) A.storage[0] = cell_.film.thickness(cell_.donor_thickness, t);
    A.dilution[0] = A.held ? 1.0 : storage_[0] / A.storage[0];
    A.loss[0] = cell_.film.evaporation;
    A.drying = A.loss[0] * A.dilution[0];
}

/// Channel and tissue share of every cell, hence storage, dilution and clearance.
void UnitCellSystem::volumes(const ChannelMoment& m) {
    const Index rings = cell_.rings(), rows = cell_.rows();
    const double floor = cell_.depth * std::min(1.0, m.depth);
    const bool reference = storage_.isZero(0.0);
    CellOperator& A = operator_;
    if (reference) A.storage[0] = cell_.donor_thickness > 0.0 ? cell_.donor_thickness : cell_.axial.edge[rows];
    inside_.setZero();
    for (Index j = 0; j < rows; ++j) {
        const double dz = cell_.axial.width(j), z = cell_.axial.edge[j];
        const double open = std::clamp(floor - z, 0.0, dz);
        const double top = m.radius * (open > 0.0 ? cell_.edge_radius[j] : 0.0);
        const double bottom = open > 0.0 ? m.radius * open_radius(j, z + open) : 0.0;
        const Medium& tissue = cell_.medium[static_cast<std::size_t>(j)];
        for (Index i = 0; i < rings; ++i) {
            const Index u = unknown(j, i);
            const double r0 = cell_.radial.edge[i], r1 = cell_.radial.edge[i + 1];
            if (top > r0) {
                const Crossing c(top, bottom, r0, r1);
                const double mean = (square(c.first) + c.first * c.last + square(c.last)) / 3.0 - square(r0);
                inside_[u] =
                    std::min(volume_[u], pi * open * (c.inside * (square(r1) - square(r0)) + c.within * mean) / area_);
            }
            const double outside = volume_[u] - inside_[u];
            A.storage[u] = inside_[u] + tissue.partition * outside;
            if (!reference) A.dilution[u] = storage_[u] / A.storage[u];
            A.loss[u] = tissue.clearance * tissue.partition * outside;
            A.clearing[u] = A.loss[u] * A.dilution[u];
        }
    }
    if (!donor_on_ && cell_.film.evaporation > 0.0) {  // bare skin evaporates
        const Medium& tissue = cell_.medium.front();
        const double dz = cell_.axial.width(0);
        const double half = tissue.potential * 0.5 * dz / (tissue.diffusivity * tissue.partition);
        A.evaporating.resize(rings);
        for (Index i = 0; i < rings; ++i) {
            const Index u = unknown(0, i);
            const double g = (volume_[u] - inside_[u]) / dz * tissue.potential / (1.0 / cell_.film.evaporation + half);
            A.loss[u] += g;
            A.evaporating[i] = g * A.dilution[u];
        }
    }
    if (!cell_.sink) return;
    for (Index i = 0; i < rings; ++i) {
        const Index u = unknown(rows - 1, i);
        const Medium& tissue = cell_.medium.back();
        const double g = volume_[u] / cell_.axial.width(rows - 1) * tissue.diffusivity * tissue.partition /
                         (0.5 * cell_.axial.width(rows - 1));
        A.loss[u] += g;
        A.base[i] = g * A.dilution[u];
    }
}

/// [m] radius of the channel at withdrawal at depth z within a row, straight between the row's edges.
double UnitCellSystem::open_radius(Index row, double z) const {
    const double share = std::clamp((z - cell_.axial.edge[row]) / cell_.axial.width(row), 0.0, 1.0);
    return (1.0 - share) * cell_.edge_radius[row] + share * cell_.edge_radius[row + 1];
}

/// Every face as if there were no channel.
void UnitCellSystem::tissue_conductances() {
    const Index rings = cell_.rings(), rows = cell_.rows(), n = 1 + rings * rows;
    const auto medium = [&](Index j) -> const Medium& { return cell_.medium[static_cast<std::size_t>(j)]; };
    tissue_top_ = Vector::Zero(rings);
    tissue_radial_ = tissue_axial_ = Vector::Zero(n);
    for (Index j = 0; j < rows; ++j) {
        const double DK = medium(j).diffusivity * medium(j).partition, dz = cell_.axial.width(j);
        for (Index i = 0; i + 1 < rings; ++i) tissue_radial_[unknown(j, i)] = 2.0 * pi * dz * DK / log_step_[i] / area_;
        const double half = medium(j).potential * (DK > 0.0 ? 0.5 * dz / DK : blocked);
        for (Index i = 0; i < rings; ++i) {
            const double face = volume_[unknown(j, i)] / dz;
            if (j == 0 && donor_on_) tissue_top_[i] = face / (cell_.donor_resistance + half);
            if (j + 1 == rows) continue;
            const Medium& below = medium(j + 1);
            const double DK_below = below.diffusivity * below.partition;
            const double r = half + medium(j).potential * cell_.border_resistance[j + 1] +
                             below.potential * (DK_below > 0.0 ? 0.5 * cell_.axial.width(j + 1) / DK_below : blocked);
            tissue_axial_[unknown(j, i)] = face / r * medium(j).potential;
            if (below.potential == medium(j).potential) continue;
            if (tissue_excess_.size() == 0) tissue_excess_ = Vector::Zero(rings);
            operator_.border = j;
            tissue_excess_[i] = face / r * (below.potential - medium(j).potential);
        }
    }
}

/// The faces that the channel passes or cuts: resistances in series along the path between two centres, the parts of a
/// face in parallel (the wall is straight within a row).
void UnitCellSystem::channel_conductances(const ChannelMoment& m) {
    const Index rings = cell_.rings(), rows = cell_.rows();
    const auto& axial = cell_.axial;
    const auto& radial = cell_.radial;
    const double floor = cell_.depth * std::min(1.0, m.depth);
    const auto medium = [&](Index j) -> const Medium& { return cell_.medium[static_cast<std::size_t>(j)]; };
    const auto tissue = [&](Index j) { return medium(j).diffusivity * medium(j).partition; };
    const auto fluid = [&](Index j) {
        if (!(m.fluid < 1.0)) return cell_.diffusivity[j];
        const double beside = medium(j).diffusivity;
        return beside + (cell_.diffusivity[j] - beside) * m.fluid;
    };

    if (donor_on_ && floor > 0.0) {  // the mouth: access and plug, spread evenly over it
        const double a = m.radius * cell_.edge_radius[0], z = axial.centre(0);
        const double disk = access_radius(a, cell_.focus);
        const double access = cell_.donor_diffusivity > 0.0
                                  ? constriction(disk / radial.edge[rings]) / (4.0 * cell_.donor_diffusivity * disk)
                                  : 0.0;
        const double plug = m.plug > 0.0 ? 1.0 / m.plug : blocked;
        const double lid = cell_.jammed ? blocked : (access + plug) * pi * a * a;
        const double open = std::min(floor, z), bottom = m.radius * open_radius(0, open);
        const auto g = [&](double in) { return 1.0 / (lid + along(in, fluid(0)) + along(z - in, tissue(0))); };
        for (Index i = 0; i < rings && radial.edge[i] < a; ++i) {
            const double r0 = radial.edge[i], r1 = radial.edge[i + 1];
            const double q0 = square(std::clamp(bottom, r0, r1)), q1 = square(std::clamp(a, r0, r1));
            double sum = (q0 - square(r0)) * g(open);
            for (int k = 0; k < 3 && q1 > q0; ++k) {
                const double r = std::sqrt(q0 + gauss_at[k] * (q1 - q0));
                sum += gauss_weight[k] * (q1 - q0) * g(open * (a - r) / (a - bottom));
            }
            const double beside = (square(r1) - q1) / (square(r1) - square(r0));
            operator_.top[i] = beside * tissue_top_[i] + pi * sum / area_;
        }
    }

    for (Index j = 0; j < rows && axial.edge[j] < floor; ++j) {
        const double dz = axial.width(j), z = axial.edge[j], D_in = fluid(j), D_out = tissue(j);
        const double open = std::min(dz, floor - z);
        const double top = m.radius * cell_.edge_radius[j], bottom = m.radius * open_radius(j, z + open);
        for (Index i = 0; i + 1 < rings; ++i) {
            const double r0 = radial.centre(i), r1 = radial.centre(i + 1);
            if (top <= r0) break;
            const Index u = unknown(j, i);
            const Crossing c(top, bottom, r0, r1);
            double sum = c.inside * D_in / log_step_[i];
            for (int k = 0; k < 3 && c.within > 0.0; ++k) {
                const double in = cell_.apart(r0, c.first + gauss_at[k] * (c.last - c.first));
                sum += gauss_weight[k] * c.within / (along(in, D_in) + along(log_step_[i] - in, D_out));
            }
            const double share = open / dz * (c.inside + c.within);
            operator_.radial[u] = (1.0 - share) * tissue_radial_[u] + 2.0 * pi * open * sum / area_;
        }
        if (j + 1 == rows || !(axial.centre(j) < floor)) continue;
        const double z0 = axial.centre(j), up = 0.5 * dz, down = 0.5 * axial.width(j + 1);
        const double reach = std::min(floor - z0, up + down);  // open length along the path on the axis
        const double a = m.radius * cell_.centre_radius[j];
        const double end =
            reach <= up ? m.radius * open_radius(j, z0 + reach) : m.radius * open_radius(j + 1, z + dz + reach - up);
        const double D_in_below = fluid(j + 1), D_out_below = tissue(j + 1), barrier = cell_.border_resistance[j + 1];
        const double theta = medium(j).potential, theta_below = medium(j + 1).potential;
        for (Index i = 0; i < rings && radial.edge[i] < a; ++i) {
            const double r0 = radial.edge[i], r1 = radial.edge[i + 1];
            const Index u = unknown(j, i);
            const double q0 = square(std::clamp(end, r0, r1)), q1 = square(std::clamp(a, r0, r1));
            double sum = 0.0, excess = 0.0;
            const auto add = [&](double part, double in) {
                if (in >= up) {  // fluid at the face: no barrier, no ionisation step
                    const double more = in - up;
                    sum += part / (up / D_in + along(more, D_in_below) + along(down - more, D_out_below));
                    return;
                }
                const double g =
                    part / (theta * (along(in, D_in) + (up - in) / D_out + barrier) + theta_below * down / D_out_below);
                sum += theta * g;
                excess += (theta_below - theta) * g;
            };
            if (q0 > square(r0)) add(q0 - square(r0), reach);
            for (int k = 0; k < 3 && q1 > q0; ++k) {
                const double r = std::sqrt(q0 + gauss_at[k] * (q1 - q0));
                add(gauss_weight[k] * (q1 - q0), reach * (a - r) / (a - end));
            }
            const double beside = (square(r1) - q1) / (square(r1) - square(r0));
            operator_.axial[u] = beside * tissue_axial_[u] + pi * sum / area_;
            if (theta != theta_below) operator_.excess[i] = beside * tissue_excess_[i] + pi * excess / area_;
        }
    }
}

/// What the recoil expels rises through the channel, evenly over its section; what closes stays in its cell.
void UnitCellSystem::moving_fluid(const ChannelMoment& m) {
    if (!(m.expelling > 0.0)) {
        operator_.rise.resize(0);
        return;
    }
    const Index rings = cell_.rings();
    operator_.rise = Vector::Zero(size());
    double rising = 0.0;
    for (Index j = cell_.rows() - 1; j >= 0; --j) {
        const auto row = inside_.segment(unknown(j, 0), rings);
        const double open = row.sum();
        if (!(open > 0.0)) continue;
        rising += m.expelling * open;
        operator_.rise.segment(unknown(j, 0), rings) = (rising / open) * row;
    }
}

}  // namespace skin::transport
