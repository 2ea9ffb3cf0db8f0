// Lanes of eight doubles, and a choice of instruction set at run time: for the kernels of the band solvers.
#pragma once

#include <Eigen/Core>

namespace skin::numerics {

inline constexpr Eigen::Index lanes = 8;
typedef double Lane __attribute__((vector_size(lanes * sizeof(double)), aligned(alignof(double)), may_alias));

#define SKIN_INLINE inline __attribute__((always_inline))

enum class InstructionSet { plain, avx2, avx512 };

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SKIN_HAS_INSTRUCTION_SETS
#define SKIN_AVX2 __attribute__((target("avx2,fma")))
#define SKIN_AVX512 __attribute__((target("avx512f,prefer-vector-width=512")))
inline InstructionSet instruction_set() {
    static const InstructionSet best = [] {
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx512f")) return InstructionSet::avx512;
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::avx2;
        return InstructionSet::plain;
    }();
    return best;
}
#else
#define SKIN_AVX2
#define SKIN_AVX512
inline InstructionSet instruction_set() { return InstructionSet::plain; }
#endif

}  // namespace skin::numerics
