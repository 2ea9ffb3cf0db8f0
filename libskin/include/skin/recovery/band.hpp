// How far a recovery is known: the same wound on persons and parameters drawn from the spreads that the data state.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/types.hpp"
#include "skin/recovery.hpp"

namespace skin {

/// Observables in the order of RecoveryResult::observable; every row of a curve is over the first value of its own
/// draw.
struct RecoveryBand {
    Eigen::VectorXd time;                 ///< [s] (time) since the first strike
    std::vector<std::string> observable;  ///< (observable) names that time_to_recover knows
    Eigen::VectorXd low;                  ///< [s] (observable) 5 % of the draws recover before this
    Eigen::VectorXd median;               ///< [s] (observable) half of the draws do
    Eigen::VectorXd high;                 ///< [s] (observable) 95 % do; NaN: not within the duration
    Eigen::VectorXd unrecovered;          ///< [1] (observable) share of the draws that do not recover in the duration
    RowMatrix curve_low;                  ///< [1] (observable, time) 5 % of the draws lie below
    RowMatrix curve_high;                 ///< [1] (observable, time) 95 % do
    int n_draws = 0;                      ///< [1] persons drawn
};
template <>
struct Describe<RecoveryBand> {
    using B = RecoveryBand;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &B::time, "s", "since the first strike", {"time"}},
            Field{"observable", &B::observable, "1", "names that time_to_recover knows", {"observable"}},
            Field{"low", &B::low, "s", "5 % of the draws recover before this", {"observable"}},
            Field{"median", &B::median, "s", "half of the draws do", {"observable"}},
            Field{"high", &B::high, "s", "95 % do; NaN: not within the duration", {"observable"}},
            Field{"unrecovered", &B::unrecovered, "1", "share of the draws that do not recover in the duration", {"observable"}},
            Field{"curve_low", &B::curve_low, "1", "5 % of the draws lie below", {"observable", "time"}},
            Field{"curve_high", &B::curve_high, "1", "95 % do", {"observable", "time"}},
            Field{"n_draws", &B::n_draws, "1", "persons drawn"},
        };
    }
    // clang-format on
};

/// `skin` with the barrier of one person: every value of the barrier within its stated range (log-uniform where that
/// spans more than a factor of 3), and all closing times together lognormal with `closure_variation`. A pure function
/// of (seed, i).
[[nodiscard]] Skin draw_barrier(const Skin& skin, std::uint64_t seed, std::uint64_t i);

/// recover() for `n_draws` such persons: when each observable is back, and the 90 % band of its curve.
///
/// @param n_draws  [1] 2 to 100000
/// @throws ParameterError  as recover()
/// @par Tests      REC-V64, REC-P25
[[nodiscard]] RecoveryBand recovery_band(const Skin& skin, const Wound& wound, double duration,
                                         const RecoverySettings& settings = {}, int n_draws = 200,
                                         std::uint64_t seed = 0);

/// [1] (time) excess of water loss over its first value after the whole horny layer was stripped off: it grows back at
/// its turnover, and water diffuses through what there is. The slow limit of recovery (docs/theory/recovery.md, 3.6).
/// @param time  [s] since the stripping, not negative
/// @par Tests   REC-V65, REC-X33
[[nodiscard]] Eigen::VectorXd stripped_excess(const Skin& skin, const Eigen::VectorXd& time);
/// [s] until that excess is below the threshold of water loss.
[[nodiscard]] double stripped_recovery_time(const Skin& skin);

}  // namespace skin
