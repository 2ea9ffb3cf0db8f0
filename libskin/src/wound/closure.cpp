#include "skin/wound/closure.hpp"

#include <utility>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

void check_never_reopens(const Closure& closure) {
    constexpr double round_off = 1e-9;  // of a curve that was interpolated or written to a file
    for (const auto& [name, share] : {std::pair{"radius_fraction", &closure.radius_fraction},
                                      std::pair{"depth_fraction", &closure.depth_fraction}}) {
        for (Eigen::Index i = 1; i < share->rows(); ++i) {
            for (Eigen::Index k = 0; k < share->cols(); ++k) {
                const double before = (*share)(i - 1, k), now = (*share)(i, k);
                if (now <= before * (1.0 + round_off)) continue;
                throw ParameterError(
                    text("closure.%s[%lld, %lld] = %g is above %g, its value at the time before: a channel that closes "
                         "must stay within [0, %g]",
                         name, static_cast<long long>(i), static_cast<long long>(k), now, before, before));
            }
        }
    }
}

}  // namespace skin
