// Narrow bands over a scalar type: `double` for one matrix, `Lane` for eight of one shape side by side. Written once,
// so that a batch does what one sample does. `fixed` is the reach as the compiler knows it; 0: only `reach` says.
#pragma once

#include <algorithm>
#include <type_traits>

#include "numerics/lanes.hpp"

namespace skin::numerics {

/// What a kernel counts with. A template argument would lose that lanes lie anywhere in memory; a member keeps it.
struct OneNumber {
    using Real = double;
};
struct LaneOfNumbers {
    using Real = Lane;
};

/// Whether a comparison holds for the number, or for all numbers of a lane.
template <class Mask>
SKIN_INLINE bool all(const Mask& mask) {
    if constexpr (std::is_same_v<Mask, bool>) {
        return mask;
    } else {
        bool every = true;
        for (int l = 0; l < static_cast<int>(lanes); ++l) every = every && mask[l] != 0;
        return every;
    }
}

/// y = A x; row i of A starts at column i - reach.
template <int fixed, class Scalar>
SKIN_INLINE void multiply_band(const typename Scalar::Real* A, const typename Scalar::Real* x, typename Scalar::Real* y,
                               Eigen::Index n, int reach) {
    using Real = typename Scalar::Real;
    const int b = fixed > 0 ? fixed : reach, w = 2 * b + 1;
    for (Eigen::Index i = 0; i < n; ++i) {
        const Real* a = A + i * w;
        Real sum{};
        if (i >= b && i + b < n) {
            const Real* v = x + i - b;
            for (int k = 0; k < w; ++k) sum += a[k] * v[k];
        } else {
            const int first = static_cast<int>(std::max<Eigen::Index>(0, b - i));
            const int last = static_cast<int>(std::min<Eigen::Index>(w, n - i + b));
            for (int k = first; k < last; ++k) sum += a[k] * x[i - b + k];
        }
        y[i] = sum;
    }
}

/// Factors of I - c J, both triangles with ones on the diagonal; `inverse`: of the pivots. The first row whose pivot
/// vanishes against it, or is no number; -1: none.
template <int fixed, class Scalar>
SKIN_INLINE Eigen::Index factorise_band(const typename Scalar::Real* J, double c, typename Scalar::Real* lu,
                                        typename Scalar::Real* inverse, Eigen::Index n, int reach) {
    using Real = typename Scalar::Real;
    const int b = fixed > 0 ? fixed : reach, w = 2 * b + 1;
    for (Eigen::Index i = 0; i < n; ++i) {
        const Real* from = J + i * w;
        Real* a = lu + i * w;
        Real largest = Real{} + 1.0;
        for (int k = 0; k < w; ++k) {
            a[k] = -c * from[k];
            const Real size = a[k] < 0.0 ? -a[k] : a[k];
            largest = size > largest ? size : largest;
        }
        a[b] += 1.0;
        for (int k = static_cast<int>(std::max<Eigen::Index>(0, b - i)); k < b; ++k) {
            const Eigen::Index p = i - b + k;  // row to eliminate with
            const Real factor = a[k];
            a[k] = factor * inverse[p];
            const Real* above = lu + p * w + b;  // already over its pivot
            for (int j = 1; j <= b; ++j) a[k + j] -= factor * above[j];
        }
        const Real pivot = a[b], size = pivot < 0.0 ? -pivot : pivot;
        if (!all(size > 1e-14 * largest) || !all(pivot - pivot == 0.0)) return i;
        const Real per_pivot = 1.0 / pivot;
        inverse[i] = per_pivot;
        for (int j = 1; j <= b; ++j) a[b + j] *= per_pivot;
    }
    return -1;
}

/// Solve with the last `b` values held in registers: the chain from row to row is one multiplication and one addition.
template <int b, class Scalar>
SKIN_INLINE void solve_band(const typename Scalar::Real* lu, const typename Scalar::Real* inverse,
                            typename Scalar::Real* x, Eigen::Index n) {
    using Real = typename Scalar::Real;
    constexpr int w = 2 * b + 1;
    Real last[b] = {};  // x[i - b ... i - 1]; what lies left of the first column is zero
    for (Eigen::Index i = 0; i < n; ++i) {
        const Real* a = lu + i * w;
        Real sum = x[i];
#pragma GCC unroll 8
        for (int k = 0; k < b; ++k) sum -= a[k] * last[k];
#pragma GCC unroll 8
        for (int k = 0; k + 1 < b; ++k) last[k] = last[k + 1];
        last[b - 1] = sum;
        x[i] = sum * inverse[i];
    }
    Real next[b] = {};  // x[i + 1 ... i + b]
    for (Eigen::Index i = n - 1; i >= 0; --i) {
        const Real* a = lu + i * w + b + 1;
        Real sum = x[i];
#pragma GCC unroll 8
        for (int k = b - 1; k >= 0; --k) sum -= a[k] * next[k];
#pragma GCC unroll 8
        for (int k = b - 1; k > 0; --k) next[k] = next[k - 1];
        next[0] = sum;
        x[i] = sum;
    }
}

}  // namespace skin::numerics
