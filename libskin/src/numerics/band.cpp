// Band LU: the inner loops are compiled for the reaches that columns have, so that the compiler can unroll them.
#include "numerics/band_kernels.hpp"
#include "numerics/lanes.hpp"
#include "skin/numerics/linear_solver.hpp"

namespace skin::numerics {

namespace {

/// Call work(std::integral_constant) with the reach, or with 0 for "any".
template <class Work>
void with_reach(int reach, Work&& work) {
    switch (reach) {
        case 1:
            return work(std::integral_constant<int, 1>{});
        case 2:
            return work(std::integral_constant<int, 2>{});
        case 3:
            return work(std::integral_constant<int, 3>{});
        case 4:
            return work(std::integral_constant<int, 4>{});
        case 5:
            return work(std::integral_constant<int, 5>{});
        default:
            return work(std::integral_constant<int, 0>{});
    }
}

/// target[j] -= factor source[j], j < length.
SKIN_INLINE void subtract(double* target, const double* source, double factor, Eigen::Index length) {
    Eigen::Index j = 0;
    for (; j + lanes <= length; j += lanes) {
        Lane& t = *reinterpret_cast<Lane*>(target + j);
        t = t - factor * *reinterpret_cast<const Lane*>(source + j);
    }
    for (; j < length; ++j) target[j] -= factor * source[j];
}

/// Rows of I - c J, already in `lu`, become its factors; the first bad pivot's row, or -1.
SKIN_INLINE Eigen::Index eliminate(double* lu, double* inverse, Eigen::Index n, Eigen::Index b) {
    const Eigen::Index w = 2 * b + 1;
    for (Eigen::Index i = 0; i < n; ++i) {
        double* a = lu + i * w;
        const double largest = inverse[i];  // kept there until the pivot is known
        for (Eigen::Index k = std::max<Eigen::Index>(0, b - i); k < b; ++k) {
            if (a[k] == 0.0) continue;
            const Eigen::Index p = i - b + k;  // row to eliminate with
            a[k] *= inverse[p];
            subtract(a + k + 1, lu + p * w + b + 1, a[k], b);
        }
        if (!(std::abs(a[b]) > 1e-14 * largest) || !std::isfinite(a[b])) return i;
        inverse[i] = 1.0 / a[b];
    }
    return -1;
}
Eigen::Index eliminate_plain(double* lu, double* inverse, Eigen::Index n, Eigen::Index b) {
    return eliminate(lu, inverse, n, b);
}
SKIN_AVX2 Eigen::Index eliminate_avx2(double* lu, double* inverse, Eigen::Index n, Eigen::Index b) {
    return eliminate(lu, inverse, n, b);
}
SKIN_AVX512 Eigen::Index eliminate_avx512(double* lu, double* inverse, Eigen::Index n, Eigen::Index b) {
    return eliminate(lu, inverse, n, b);
}
auto* eliminate_wide() {
    switch (instruction_set()) {
        case InstructionSet::avx512:
            return &eliminate_avx512;
        case InstructionSet::avx2:
            return &eliminate_avx2;
        default:
            return &eliminate_plain;
    }
}

}  // namespace

void BandMatrix::multiply(const Vector& x, Vector& y) const {
    y.resize(size_);
    with_reach(reach_,
               [&](auto fixed) { multiply_band<fixed.value, OneNumber>(row(0), x.data(), y.data(), size_, reach_); });
}

void BandSolver::factorise(const Matrix& J, double c) {
    if (lu_.size() != J.size() || lu_.reach() != J.reach()) analyse(J);
    const Eigen::Index n = J.size();
    constexpr int widest_column = 5;  // beyond, rows are long enough for lanes
    if (J.reach() > widest_column) {
        const int b = J.reach(), w = 2 * b + 1;
        for (Eigen::Index i = 0; i < n; ++i) {
            double* a = lu_.row(i);
            double largest = 1.0;
            for (int k = 0; k < w; ++k) {
                a[k] = -c * J.row(i)[k];
                largest = std::max(largest, std::abs(a[k]));
            }
            a[b] += 1.0;
            inverse_pivot_[i] = largest;
        }
        const Eigen::Index bad = eliminate_wide()(lu_.row(0), inverse_pivot_.data(), n, b);
        if (bad >= 0) {
            throw SolverError(text("band LU of I - c J: pivot %g in row %lld at c = %g", lu_(bad, bad),
                                   static_cast<long long>(bad), c));
        }
        return;
    }
    Eigen::Index bad = -1;
    with_reach(J.reach(), [&](auto fixed) {
        bad = factorise_band<fixed.value, OneNumber>(J.row(0), c, lu_.row(0), inverse_pivot_.data(), n, J.reach());
    });
    if (bad >= 0) {
        throw SolverError(
            text("band LU of I - c J: pivot %g in row %lld at c = %g", lu_(bad, bad), static_cast<long long>(bad), c));
    }
}

void BandSolver::solve(Vector& x) const {
    const Eigen::Index n = lu_.size();
    with_reach(lu_.reach(), [&](auto fixed) {
        if constexpr (fixed.value > 0) {
            solve_band<fixed.value, OneNumber>(lu_.row(0), inverse_pivot_.data(), x.data(), n);
        } else {
            const int b = lu_.reach();
            for (Eigen::Index i = 0; i < n; ++i) {
                const double* a = lu_.row(i);
                double sum = x[i];
                for (int k = static_cast<int>(std::max<Eigen::Index>(0, b - i)); k < b; ++k) sum -= a[k] * x[i - b + k];
                x[i] = sum;
            }
            for (Eigen::Index i = n - 1; i >= 0; --i) {
                const double* a = lu_.row(i);
                double sum = x[i];
                const int last = static_cast<int>(std::min<Eigen::Index>(b, n - 1 - i));
                for (int k = 1; k <= last; ++k) sum -= a[b + k] * x[i + k];
                x[i] = sum * inverse_pivot_[i];
            }
        }
    });
}

}  // namespace skin::numerics
