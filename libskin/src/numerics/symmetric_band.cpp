// Four columns at a time (eight when solving): a small triangle, then one pass over what lies below or beside it. The
// passes run in lanes of eight, compiled for the instruction sets that processors have; which one is taken is decided
// at run time.
#include "skin/numerics/symmetric_band.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/lanes.hpp"
#include "skin/core/error.hpp"

namespace skin::numerics {

namespace {

constexpr Eigen::Index panel = 4;

/// y -= a x, z -= b x ... for four columns: target[i] -= sum_c w[c] source[c][i], i < length rounded up to lanes.
SKIN_INLINE void subtract_four(double* target, const double* s0, const double* s1, const double* s2, const double* s3,
                               const double* w, Eigen::Index length) {
    for (Eigen::Index i = 0; i < length; i += lanes) {
        Lane& t = *reinterpret_cast<Lane*>(target + i);
        t = t - w[0] * *reinterpret_cast<const Lane*>(s0 + i) - w[1] * *reinterpret_cast<const Lane*>(s1 + i) -
            w[2] * *reinterpret_cast<const Lane*>(s2 + i) - w[3] * *reinterpret_cast<const Lane*>(s3 + i);
    }
}

/// Index of the first bad pivot, or -1.
SKIN_INLINE Eigen::Index factorise_with(double* a, double* inverse, Eigen::Index n, Eigen::Index stride,
                                        Eigen::Index reach) {
    constexpr double least = 1e-13;  // of the diagonal entry: about 500 units in the last place
    for (Eigen::Index k = 0; k < n; k += panel) {
        const Eigen::Index width = std::min(panel, n - k);
        double* col[panel] = {a + k * stride, a + (k + 1) * stride, a + (k + 2) * stride, a + (k + 3) * stride};
        for (Eigen::Index c = 0; c < width; ++c) {  // the columns of the panel, with what the panel itself takes off
            double* here = col[c];
            for (Eigen::Index p = 0; p < c; ++p) {
                const double* left = col[p] + (c - p);
                const double w = left[0] * col[p][0];
                for (Eigen::Index i = 0; i < reach + panel; i += lanes) {
                    Lane& t = *reinterpret_cast<Lane*>(here + i);
                    t = t - w * *reinterpret_cast<const Lane*>(left + i);
                }
            }
            // What the diagonal was is kept one place before the column's end.
            if (!(here[0] > least * here[stride - 1]) || !std::isfinite(here[0])) return k + c;
            const double pivot = here[0], per_pivot = 1.0 / pivot;
            inverse[k + c] = per_pivot;
            for (Eigen::Index i = 0; i < reach + 1; i += lanes) {
                Lane& t = *reinterpret_cast<Lane*>(here + i);
                t = t * per_pivot;
            }
            here[0] = pivot;
        }
        const Eigen::Index end = std::min(n, k + panel + reach);
        for (Eigen::Index j = k + panel; j < end; ++j) {
            const double* s0 = col[0] + (j - k);
            const double* s1 = col[1] + (j - k - 1);
            const double* s2 = col[2] + (j - k - 2);
            const double* s3 = col[3] + (j - k - 3);
            const double w[panel] = {s0[0] * col[0][0], s1[0] * col[1][0], s2[0] * col[2][0], s3[0] * col[3][0]};
            subtract_four(a + j * stride, s0, s1, s2, s3, w, k + panel + reach - j);
        }
    }
    return -1;
}

SKIN_INLINE void add_pairs(const Lane& a, const Lane& b, Lane& sum) {
    sum = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +
          __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}
SKIN_INLINE void add_fours(const Lane& a, const Lane& b, Lane& sum) {
    sum = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +
          __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
}
/// all[c] = sum of the lanes of s[c].
SKIN_INLINE void sum_lanes(const Lane* s, Lane& all) {
    Lane p[4], q[2];
    for (int c = 0; c < 4; ++c) add_pairs(s[2 * c], s[2 * c + 1], p[c]);
    add_fours(p[0], p[1], q[0]);
    add_fours(p[2], p[3], q[1]);
    all = __builtin_shufflevector(q[0], q[1], 0, 1, 2, 3, 8, 9, 10, 11) +
          __builtin_shufflevector(q[0], q[1], 4, 5, 6, 7, 12, 13, 14, 15);
}

/// The triangle of eight columns, unrolled by the templates: a loop would go through memory.
template <Eigen::Index c, Eigen::Index r = c + 1>
SKIN_INLINE void forward_triangle(double* w, const double* first, Eigen::Index stride) {
    if constexpr (r < lanes) {
        w[r] -= first[c * stride + r - c] * w[c];
        forward_triangle<c, r + 1>(w, first, stride);
    } else if constexpr (c + 2 < lanes) {
        forward_triangle<c + 1>(w, first, stride);
    }
}
template <Eigen::Index c, Eigen::Index r = c - 1>
SKIN_INLINE void backward_triangle(double* w, const double* first, Eigen::Index stride) {
    if constexpr (r >= 0) {
        w[r] -= first[r * stride + c - r] * w[c];
        backward_triangle<c, r - 1>(w, first, stride);
    } else if constexpr (c > 1) {
        backward_triangle<c - 1>(w, first, stride);
    }
}

/// Eight columns at a time: lanes that one panel writes are the lanes that the next one reads.
SKIN_INLINE void solve_with(const double* a, const double* inverse, Eigen::Index n, Eigen::Index stride,
                            Eigen::Index reach, double* x) {
    constexpr Eigen::Index wide = lanes;
    const Eigen::Index full = n / wide * wide;
    double w[wide];
    for (Eigen::Index k = 0; k < full; k += wide) {
        const double* first = a + k * stride;
        for (Eigen::Index c = 0; c < wide; ++c) w[c] = x[k + c];
        forward_triangle<0>(w, first, stride);
        for (Eigen::Index c = 0; c < wide; ++c) x[k + c] = w[c];
        for (Eigen::Index i = 0; i < reach; i += lanes) {
            Lane even = {}, odd = {};
            for (Eigen::Index c = 0; c < wide; c += 2) {
                even += w[c] * *reinterpret_cast<const Lane*>(first + c * stride + wide - c + i);
                odd += w[c + 1] * *reinterpret_cast<const Lane*>(first + (c + 1) * stride + wide - c - 1 + i);
            }
            Lane& t = *reinterpret_cast<Lane*>(x + k + wide + i);
            t = t - (even + odd);
        }
    }
    for (Eigen::Index c = full; c < n; ++c)
        for (Eigen::Index r = c + 1; r < n; ++r) x[r] -= a[c * stride + r - c] * x[c];

    for (Eigen::Index i = 0; i < n; ++i) x[i] *= inverse[i];
    for (Eigen::Index c = n - 1; c >= full; --c)
        for (Eigen::Index r = c + 1; r < n; ++r) x[c] -= a[c * stride + r - c] * x[r];
    for (Eigen::Index k = full - wide; k >= 0; k -= wide) {
        const double* first = a + k * stride;
        Lane sum[wide] = {};
        for (Eigen::Index i = 0; i < reach; i += lanes) {
            const Lane& below = *reinterpret_cast<const Lane*>(x + k + wide + i);
#pragma GCC unroll 8
            for (Eigen::Index c = 0; c < wide; ++c)
                sum[c] += below * *reinterpret_cast<const Lane*>(first + c * stride + wide - c + i);
        }
        Lane all;
        sum_lanes(sum, all);
        for (Eigen::Index c = 0; c < wide; ++c) w[c] = x[k + c] - all[c];
        backward_triangle<lanes - 1>(w, first, stride);
        for (Eigen::Index c = 0; c < wide; ++c) x[k + c] = w[c];
    }
}

using Index = Eigen::Index;
using Factorise = Index(double*, double*, Index, Index, Index);
using Solve = void(const double*, const double*, Index, Index, Index, double*);
struct Kernels {
    Factorise* factorise;
    Solve* solve;
};

#define SKIN_KERNELS(name, ...)                                                                               \
    __VA_ARGS__ Index factorise_##name(double* a, double* inverse, Index n, Index stride, Index reach) {      \
        return factorise_with(a, inverse, n, stride, reach);                                                  \
    }                                                                                                         \
    __VA_ARGS__ void solve_##name(const double* a, const double* inverse, Index n, Index stride, Index reach, \
                                  double* x) {                                                                \
        solve_with(a, inverse, n, stride, reach, x);                                                          \
    }
SKIN_KERNELS(plain)
SKIN_KERNELS(avx2, SKIN_AVX2)
SKIN_KERNELS(avx512, SKIN_AVX512)
#undef SKIN_KERNELS

Kernels kernels() {
    switch (instruction_set()) {
        case InstructionSet::avx512:
            return {factorise_avx512, solve_avx512};
        case InstructionSet::avx2:
            return {factorise_avx2, solve_avx2};
        default:
            return {factorise_plain, solve_plain};
    }
}

constexpr Eigen::Index rounded(Eigen::Index n) { return (n + lanes - 1) / lanes * lanes; }

}  // namespace

void SymmetricBand::resize(Eigen::Index size, int reach) {
    size_ = size;
    reach_ = reach;
    stride_ = rounded(reach + panel + 2 * lanes);  // lanes read past the last entry, never its very end
    // A last panel that is not full reads columns behind the last one.
    values_.assign(static_cast<std::size_t>(stride_ * (size + panel)), 0.0);
    inverse_.assign(static_cast<std::size_t>(size + panel), 0.0);
    work_.assign(static_cast<std::size_t>(size + panel + reach + lanes), 0.0);
}

void SymmetricBand::set_zero() { std::fill(values_.begin(), values_.end(), 0.0); }

void SymmetricBand::factorise() {
    for (Eigen::Index j = 0; j < size_; ++j) column(j)[stride_ - 1] = column(j)[0];
    const Eigen::Index bad = kernels().factorise(values_.data(), inverse_.data(), size_, stride_, reach_);
    if (bad >= 0) {
        throw SolverError(text("band LDL^T: pivot %g in row %lld, where the diagonal was %g", column(bad)[0],
                               static_cast<long long>(bad), column(bad)[stride_ - 1]));
    }
}

void SymmetricBand::solve(Eigen::VectorXd& x) const {
    std::copy(x.data(), x.data() + size_, work_.begin());
    std::fill(work_.begin() + size_, work_.end(), 0.0);
    kernels().solve(values_.data(), inverse_.data(), size_, stride_, reach_, work_.data());
    std::copy(work_.begin(), work_.begin() + size_, x.data());
}

}  // namespace skin::numerics
