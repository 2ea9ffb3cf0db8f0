// Four columns at a time: a small triangle, then one pass over what lies below or beside it. The passes run in lanes of
// eight, compiled for the instruction sets that processors have; which one is taken is decided at run time.
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

SKIN_INLINE void solve_with(const double* a, const double* inverse, Eigen::Index n, Eigen::Index stride,
                            Eigen::Index reach, double* x) {
    Eigen::Index k = 0;
    for (; k < n; k += panel) {
        const double* col[panel] = {a + k * stride, a + (k + 1) * stride, a + (k + 2) * stride, a + (k + 3) * stride};
        const Eigen::Index width = std::min(panel, n - k);
        for (Eigen::Index c = 0; c < width; ++c)
            for (Eigen::Index r = c + 1; r < width; ++r) x[k + r] -= col[c][r - c] * x[k + c];
        if (width < panel) break;
        const double w[panel] = {x[k], x[k + 1], x[k + 2], x[k + 3]};
        subtract_four(x + k + panel, col[0] + panel, col[1] + panel - 1, col[2] + panel - 2, col[3] + panel - 3, w,
                      reach);
    }
    for (Eigen::Index i = 0; i < n; ++i) x[i] *= inverse[i];
    for (k = (n - 1) / panel * panel; k >= 0; k -= panel) {
        const double* col[panel] = {a + k * stride, a + (k + 1) * stride, a + (k + 2) * stride, a + (k + 3) * stride};
        const Eigen::Index width = std::min(panel, n - k);
        if (width == panel) {
            Lane sum[panel] = {};
            for (Eigen::Index i = 0; i < reach; i += lanes) {
                const Lane& below = *reinterpret_cast<const Lane*>(x + k + panel + i);
                for (Eigen::Index c = 0; c < panel; ++c)
                    sum[c] += below * *reinterpret_cast<const Lane*>(col[c] + panel - c + i);
            }
            for (Eigen::Index c = 0; c < panel; ++c) {
                const Lane& s = sum[c];
                x[k + c] -= ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
            }
        }
        for (Eigen::Index c = width - 1; c >= 0; --c)
            for (Eigen::Index r = c + 1; r < width; ++r) x[k + c] -= col[c][r - c] * x[k + r];
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
