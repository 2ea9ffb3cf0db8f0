// The steady conductance of tissue around a channel whose fluid is held: the tissue term of a hole (transport.md 3.3).
#include <algorithm>
#include <cmath>
#include <numbers>

#include "transport/column.hpp"
#include "transport/relations.hpp"

namespace skin::transport {

double held_channel_conductance(const Column& column, const ChannelFamily& f) {
    const Eigen::Index n = column.cells();
    const auto& grid = column.grid;
    Vector p = Vector::Ones(n), source = Vector::Zero(n);  // source: conductance per area from the held channel
    for (Eigen::Index i = 0; i < f.reach; ++i) {
        const Medium& m = column.medium[static_cast<std::size_t>(i)];
        p[i] -= f.density * f.area[i];
        const double radius = std::sqrt(f.area[i] / std::numbers::pi);
        if (m.wall_open)
            source[i] +=
                f.density * grid.width(i) * m.diffusivity * m.partition * wall_exchange(radius, f.cell_radius[i]);
    }
    const Eigen::Index last = f.reach - 1, below = std::min(f.reach, n - 1);
    const Medium& ground = column.medium[static_cast<std::size_t>(below)];
    const double floor = 2.0 * f.density * ground.diffusivity * ground.partition * f.floor_radius;
    source[last] += floor;
    source[below] += floor;

    // Steady balance of u by elimination from the top: tridiagonal and diagonally dominant.
    const Vector g = face_conductance(column, p, false);
    Vector pivot(n), right(n);
    const auto theta = [&](Eigen::Index i) { return column.medium[static_cast<std::size_t>(i)].potential; };
    for (Eigen::Index i = 0; i < n; ++i) {
        const Medium& m = column.medium[static_cast<std::size_t>(i)];
        double diagonal = source[i] + m.clearance * p[i] * m.partition * grid.width(i);
        if (i > 0) diagonal += g[i] * theta(i);
        diagonal += i + 1 < n ? g[i + 1] * theta(i) : g[n];
        double b = source[i];
        if (i > 0 && pivot[i - 1] > 0.0) {
            const double factor = g[i] * theta(i - 1) / pivot[i - 1];
            diagonal -= factor * g[i] * theta(i);
            b += factor * right[i - 1];
        }
        pivot[i] = diagonal;
        right[i] = b;
    }
    Vector u = Vector::Zero(n);
    double flow = 0.0;
    for (Eigen::Index i = n - 1; i >= 0; --i) {
        const double from_below = i + 1 < n ? g[i + 1] * theta(i + 1) * u[i + 1] : 0.0;
        u[i] = pivot[i] > 0.0 ? (right[i] + from_below) / pivot[i] : 0.0;
        flow += source[i] * (1.0 - u[i]);
    }
    return flow / f.density;
}

}  // namespace skin::transport
