// Array types that results are made of.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <vector>

namespace skin {

/// Rows first in memory, as NumPy and HDF5 expect; a column-major matrix written raw comes out transposed.
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Three axes or more: a flat buffer in C order and its shape.
struct NdArray {
    std::vector<double> data;        ///< values, last axis fastest
    std::vector<std::size_t> shape;  ///< length of each axis

    /// Equal to the last bit, and NaN equals NaN.
    [[nodiscard]] bool operator==(const NdArray& other) const {
        return shape == other.shape && std::equal(data.begin(), data.end(), other.data.begin(), other.data.end(),
                                                  [](double a, double b) { return a == b || (a != a && b != b); });
    }
};

}  // namespace skin
