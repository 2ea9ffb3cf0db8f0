#include "tearing/lateral_table.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin::tearing {

namespace {
/// Where `x` lies on a rising axis: the lower node and the share of the way to the next; ends hold.
struct Place {
    std::size_t low;
    double share;
};
Place place_on(const std::vector<double>& axis, double x) noexcept {
    if (axis.size() < 2 || x <= axis.front()) return {0, 0.0};
    const auto above = std::upper_bound(axis.begin(), axis.end(), x);
    if (above == axis.end()) return {axis.size() - 2, 1.0};
    const auto low = static_cast<std::size_t>(above - axis.begin()) - 1;
    return {low, (x - axis[low]) / (axis[low + 1] - axis[low])};
}
}  // namespace

double LateralCurve::stiffness() const noexcept { return load.front() / offset.front(); }

double LateralCurve::load_at(double x) const noexcept {
    double x0 = 0.0, q0 = 0.0;
    for (std::size_t i = 0;; ++i) {
        if (x <= offset[i] || i + 1 == offset.size()) return q0 + (load[i] - q0) * (x - x0) / (offset[i] - x0);
        x0 = offset[i];
        q0 = load[i];
    }
}

double LateralCurve::offset_of(double q) const noexcept {
    double x0 = 0.0, q0 = 0.0;
    for (std::size_t i = 0;; ++i) {
        if (q <= load[i] || i + 1 == load.size()) return x0 + (offset[i] - x0) * (q - q0) / (load[i] - q0);
        x0 = offset[i];
        q0 = load[i];
    }
}

double LateralCurve::energy_at(double x) const noexcept {
    double x0 = 0.0, q0 = 0.0, energy = 0.0;
    for (std::size_t i = 0; i < offset.size(); ++i) {
        const bool last = i + 1 == offset.size();
        const double end = last ? x : std::min(x, offset[i]);
        if (end <= x0) break;
        const double slope = (load[i] - q0) / (offset[i] - x0);
        energy += (end - x0) * (q0 + 0.5 * slope * (end - x0));
        x0 = offset[i];
        q0 = load[i];
    }
    return energy;
}

LateralTable::LateralTable(const RowMatrix& rows, std::string_view name) {
    if (rows.size() == 0) return;
    const std::string root{name};
    if (rows.cols() != 4) {
        throw ParameterError(text("%s has %lld columns: depth, needle diameter, offset and line load are 4",
                                  root.c_str(), static_cast<long long>(rows.cols())));
    }
    const auto cell = [&](Eigen::Index row, int column) {
        return root + "[" + std::to_string(row) + ", " + std::to_string(column) + "]";
    };
    constexpr double deepest = 0.02, widest = 2e-3, farthest = 0.1,
                     heaviest = 1e6;  // ranges of the fields they replace
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        check_range(cell(i, 0), rows(i, 0), "m", 0.0, deepest);
        check_range(cell(i, 1), rows(i, 1), "m", 1e-7, widest);
        check_range(cell(i, 2), rows(i, 2), "m", 1e-9, farthest);
        check_range(cell(i, 3), rows(i, 3), "N/m", 1e-9, heaviest);
    }
    // One block of rows is one curve; blocks run over the diameters of one depth, then on to the next depth.
    std::vector<double> of_depth;
    std::size_t points = 0;
    const auto curve_is_whole = [&](Eigen::Index row) {
        if (n_points_ == 0) n_points_ = points;
        if (points == n_points_) return;
        throw ParameterError(text("%s: the curve that ends in row %lld has %zu points, the first one has %zu",
                                  root.c_str(), static_cast<long long>(row), points, n_points_));
    };
    const auto depth_is_whole = [&](Eigen::Index row) {
        if (diameter_.empty()) diameter_ = of_depth;
        if (of_depth == diameter_) return;
        throw ParameterError(text("%s: depth %g m, which ends in row %lld, has other diameters than depth %g m",
                                  root.c_str(), depth_.back(), static_cast<long long>(row), depth_.front()));
    };
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const double z = rows(i, 0), d = rows(i, 1);
        const bool new_depth = i == 0 || z != rows(i - 1, 0), new_curve = new_depth || d != rows(i - 1, 1);
        const auto must_rise = [&](int column) {
            if (rows(i, column) > rows(i - 1, column)) return;
            throw ParameterError(
                text("%s = %g is not above %g of the row before: depths, diameters, offsets and loads "
                     "must rise",
                     cell(i, column).c_str(), rows(i, column), rows(i - 1, column)));
        };
        if (i > 0 && new_curve) {
            curve_is_whole(i - 1);
            if (new_depth) {
                must_rise(0);
                depth_is_whole(i - 1);
                of_depth.clear();
            } else {
                must_rise(1);
            }
            points = 0;
        } else if (i > 0) {
            must_rise(2);
            must_rise(3);
        }
        if (new_depth) depth_.push_back(z);
        if (new_curve) of_depth.push_back(d);
        ++points;
        offset_.push_back(rows(i, 2));
        load_.push_back(rows(i, 3));
    }
    curve_is_whole(rows.rows() - 1);
    depth_is_whole(rows.rows() - 1);
}

LateralCurve LateralTable::at(double depth, double diameter) const {
    const Place z = place_on(depth_, depth), d = place_on(diameter_, diameter);
    const std::size_t z_high = std::min(z.low + 1, depth_.size() - 1),
                      d_high = std::min(d.low + 1, diameter_.size() - 1);
    const auto between = [&](const std::vector<double>& values, std::size_t point) {
        const auto value = [&](std::size_t i, std::size_t j) {
            return values[(i * diameter_.size() + j) * n_points_ + point];
        };
        const auto on_depth = [&](std::size_t i) {
            return value(i, d.low) * (1.0 - d.share) + value(i, d_high) * d.share;
        };
        return on_depth(z.low) * (1.0 - z.share) + on_depth(z_high) * z.share;
    };
    LateralCurve curve;
    for (std::size_t k = 0; k < n_points_; ++k) {
        curve.offset.push_back(between(offset_, k));
        curve.load.push_back(between(load_, k));
    }
    return curve;
}

}  // namespace skin::tearing
