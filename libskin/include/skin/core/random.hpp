// Counter-based random numbers: a draw is a pure function of (seed, sample, stream, counter), so results depend
// neither on thread count nor on order.
#pragma once

#include <cstdint>

namespace skin {

/// What the numbers are for. Append only: the values are part of every stored result.
enum class StreamId : std::uint32_t {
    strike_pattern = 1,
    insertion = 2,
    tearing = 3,
    bleeding = 4,
    population = 5,
    healing = 6,
    study = 7,
    recovery = 8,
};

/// Philox 4x32-10 (Salmon et al. 2011) keyed by the seed; sample and stream sit in the counter.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint64_t sample, StreamId id) noexcept;

    [[nodiscard]] double uniform() noexcept;  ///< in (0, 1), never an end point
    [[nodiscard]] double normal() noexcept;   ///< mean 0, variance 1 (Box-Muller)
    /// Mean `mean` and coefficient of variation `variation` of the lognormal value itself; 0 gives `mean`.
    [[nodiscard]] double lognormal(double mean, double variation) noexcept;

private:
    std::uint64_t seed_, sample_;
    std::uint32_t id_, block_ = 0;
    std::uint32_t words_[4]{};
    int used_ = 4;
    double spare_normal_ = 0.0;
    bool has_spare_ = false;
};

}  // namespace skin
