// Array types that results are made of.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace skin {

/// Rows first in memory, as NumPy and HDF5 expect; a column-major matrix written raw comes out transposed.
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Three axes or more: a flat buffer in C order and its shape.
struct NdArray {
    std::vector<double> data;        ///< values, last axis fastest
    std::vector<std::size_t> shape;  ///< length of each axis

    bool operator==(const NdArray&) const = default;
};

}  // namespace skin
