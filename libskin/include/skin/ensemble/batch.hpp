// Many samples at once: threads change the time, never the numbers.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/run_control.hpp"
#include "skin/insertion.hpp"

namespace skin {

/// Call work(i) for i = 0 ... n_samples - 1 on several threads. `work` writes only to slot i and draws only from
/// streams made from (seed, i): the result does not depend on `control.threads`. The first exception of `work` ends the
/// loop.
void for_each_sample(std::int64_t n_samples, const std::function<void(std::int64_t)>& work,
                     const RunControl& control = {});

/// What became of one sample.
enum class SampleStatus {
    ok,
    bad_parameter,  ///< ParameterError: the sample lies outside what the model allows
    failed,         ///< any other error of the library
};
template <>
struct EnumNames<SampleStatus> {
    static constexpr std::array entries{std::pair{SampleStatus::ok, std::string_view{"ok"}},
                                        std::pair{SampleStatus::bad_parameter, std::string_view{"bad_parameter"}},
                                        std::pair{SampleStatus::failed, std::string_view{"failed"}}};
};

/// A failed sample has its status, the sentence of its error and NaN; the others do not notice.
struct InsertBatch {
    Eigen::VectorXd depth;             ///< [m] (sample) loaded tip depth, mean over strikes; NaN: failed
    Eigen::VectorXd puncture_force;    ///< [N] (sample) force at the first sudden entry; NaN: failed
    std::vector<int> status;           ///< [1] (sample) number of the SampleStatus
    std::vector<std::string> message;  ///< [1] (sample) empty when ok
};
template <>
struct Describe<InsertBatch> {
    using B = InsertBatch;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"depth", &B::depth, "m", "loaded tip depth, mean over strikes; NaN: failed", {"sample"}},
            Field{"puncture_force", &B::puncture_force, "N", "force at the first sudden entry; NaN: failed", {"sample"}},
            Field{"status", &B::status, "1", "number of the SampleStatus", {"sample"}},
            Field{"message", &B::message, "1", "empty when ok", {"sample"}},
        };
    }
    // clang-format on
};

/// One needle pressed into each skin.
[[nodiscard]] InsertBatch insert_batch(const std::vector<Skin>& skins, const Needle& needle, const Travel& use,
                                       const InsertionSettings& settings = {}, const RunControl& control = {});
/// One device used on each skin; sample i draws its strikes with seed + i.
[[nodiscard]] InsertBatch insert_batch(const std::vector<Skin>& skins, const Device& device, const Use& use,
                                       std::uint64_t seed = 0, const InsertionSettings& settings = {},
                                       const RunControl& control = {});

namespace detail {
/// insert_batch of one needle for skins that live elsewhere: copying them takes longer than pressing.
[[nodiscard]] InsertBatch insert_batch(std::span<const Skin* const> skins, const Needle& needle, const Travel& use,
                                       const InsertionSettings& settings, const RunControl& control);
}  // namespace detail

}  // namespace skin
