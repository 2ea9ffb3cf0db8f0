#include "numerics/band_lanes.hpp"

#include <utility>

#include "numerics/band_kernels.hpp"
#include "skin/core/error.hpp"

namespace skin::numerics {

namespace {

using Index = Eigen::Index;

struct Kernels {
    void (*multiply)(const double* A, const double* x, double* y, Index n);
    Index (*factorise)(const double* J, double c, double* lu, double* inverse, Index n);
    void (*solve)(const double* lu, const double* inverse, double* x, Index n);
};

SKIN_INLINE const Lane* lane(const double* p) { return reinterpret_cast<const Lane*>(p); }
SKIN_INLINE Lane* lane(double* p) { return reinterpret_cast<Lane*>(p); }

#define SKIN_KERNELS(name, ...)                                                                           \
    template <int b>                                                                                      \
    __VA_ARGS__ void multiply_##name(const double* A, const double* x, double* y, Index n) {              \
        multiply_band<b, LaneOfNumbers>(lane(A), lane(x), lane(y), n, b);                                 \
    }                                                                                                     \
    template <int b>                                                                                      \
    __VA_ARGS__ Index factorise_##name(const double* J, double c, double* lu, double* inverse, Index n) { \
        return factorise_band<b, LaneOfNumbers>(lane(J), c, lane(lu), lane(inverse), n, b);               \
    }                                                                                                     \
    template <int b>                                                                                      \
    __VA_ARGS__ void solve_##name(const double* lu, const double* inverse, double* x, Index n) {          \
        solve_band<b, LaneOfNumbers>(lane(lu), lane(inverse), lane(x), n);                                \
    }                                                                                                     \
    template <int... reach>                                                                               \
    const Kernels& choose_##name(int b, std::integer_sequence<int, reach...>) {                           \
        static constexpr Kernels all[] = {                                                                \
            {multiply_##name<reach + 1>, factorise_##name<reach + 1>, solve_##name<reach + 1>}...};       \
        return all[b - 1];                                                                                \
    }
SKIN_KERNELS(plain)
SKIN_KERNELS(avx2, SKIN_AVX2)
SKIN_KERNELS(avx512, SKIN_AVX512)
#undef SKIN_KERNELS

const Kernels& kernels(int reach) {
    constexpr std::make_integer_sequence<int, BandLanes::widest> reaches{};
    switch (instruction_set()) {
        case InstructionSet::avx512:
            return choose_avx512(reach, reaches);
        case InstructionSet::avx2:
            return choose_avx2(reach, reaches);
        default:
            return choose_plain(reach, reaches);
    }
}

}  // namespace

void BandLanes::resize(Eigen::Index size, int reach) {
    if (reach < 1 || reach > widest) {
        throw ParameterError(text("band lanes: reach = %d is outside [1, %d]", reach, widest));
    }
    size_ = size;
    reach_ = reach;
    values_.assign(static_cast<std::size_t>(lanes * size * (2 * reach + 1)), 0.0);
}

void BandLanes::take(const BandMatrix* const (&each)[lanes]) {
    const double* from[lanes];
    for (Index l = 0; l < lanes; ++l) from[l] = each[l]->row(0);
    const Index n = size_ * (2 * reach_ + 1);
    double* to = values_.data();
    for (Index k = 0; k < n; ++k) {
        for (Index l = 0; l < lanes; ++l) to[lanes * k + l] = from[l][k];
    }
}

void BandLanes::multiply(const Vector& x, Vector& y) const {
    y.resize(lanes * size_);
    kernels(reach_).multiply(data(), x.data(), y.data(), size_);
}

void BandLanesSolver::analyse(const Matrix& J) {
    lu_.resize(J.size(), J.reach());
    inverse_pivot_.assign(static_cast<std::size_t>(lanes * J.size()), 0.0);
}

void BandLanesSolver::factorise(const Matrix& J, double c) {
    if (lu_.size() != J.size() || lu_.reach() != J.reach()) analyse(J);
    const Index bad = kernels(J.reach()).factorise(J.data(), c, lu_.data(), inverse_pivot_.data(), J.size());
    if (bad >= 0) {
        throw SolverError(text("band LU of I - c J in lanes: a pivot vanishes in row %lld at c = %g",
                               static_cast<long long>(bad), c));
    }
}

void BandLanesSolver::solve(Vector& x) const {
    kernels(lu_.reach()).solve(lu_.data(), inverse_pivot_.data(), x.data(), lu_.size());
}

}  // namespace skin::numerics
