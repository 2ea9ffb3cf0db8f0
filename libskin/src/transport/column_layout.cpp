// What a column is before it moves: who reaches which depth, where the unknowns lie, what passes between cells of
// tissue.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "skin/numerics/finite_volume.hpp"
#include "transport/column.hpp"

namespace skin::transport {

void arrange(std::vector<ChannelFamily>& families) {
    std::stable_sort(families.begin(), families.end(),
                     [](const ChannelFamily& a, const ChannelFamily& b) { return a.reach > b.reach; });
    for (auto& family : families) {
        family.cell_radius.resize(family.reach);
        for (Eigen::Index i = 0; i < family.reach; ++i) {
            double n = 0.0;
            for (const auto& other : families) n += other.reach > i ? other.density : 0.0;
            family.cell_radius[i] = std::sqrt(1.0 / (std::numbers::pi * n));
        }
    }
}

Vector half_cells(const Column& column) {
    Vector half(column.cells());
    for (Eigen::Index i = 0; i < column.cells(); ++i) {
        const Medium& m = column.medium[static_cast<std::size_t>(i)];
        half[i] = m.potential * numerics::half_cell_resistance(column.grid.width(i), m.diffusivity, m.partition);
    }
    return half;
}

void face_conductance(const Column& column, const Vector& half, const Vector& p, bool donor_on, Vector& g) {
    const Eigen::Index n = column.cells();
    g.resize(n + 1);
    double above = half[0] / p[0];
    g[0] = donor_on ? numerics::series_conductance(column.donor_resistance, above) : 0.0;
    for (Eigen::Index i = 1; i < n; ++i) {
        const double here = half[i] / p[i];
        double interface = 0.0;
        if (column.border_resistance[i] > 0.0) {
            const double theta = column.medium[static_cast<std::size_t>(i - 1)].potential;
            interface = theta * column.border_resistance[i] / std::min(p[i - 1], p[i]);
        }
        g[i] = numerics::series_conductance(above, here, interface);
        above = here;
    }
    g[n] = column.sink ? column.medium.back().potential / above : 0.0;
}

Vector face_conductance(const Column& column, const Vector& p, bool donor_on) {
    Vector g;
    face_conductance(column, half_cells(column), p, donor_on, g);
    return g;
}

Layout::Layout(Eigen::Index cells, const std::vector<ChannelFamily>& families) {
    first_.resize(static_cast<std::size_t>(cells));
    Eigen::Index at = 1;  // the donor is 0
    for (Eigen::Index i = 0; i < cells; ++i) {
        first_[static_cast<std::size_t>(i)] = at;
        const auto open = std::count_if(families.begin(), families.end(), [&](const auto& f) { return f.reach > i; });
        band_ = std::max(band_, static_cast<int>(open) + 1);
        at += 1 + open;
    }
    size_ = at;
}

}  // namespace skin::transport
