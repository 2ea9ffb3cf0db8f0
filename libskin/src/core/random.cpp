#include "skin/core/random.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace skin {

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t sample, StreamId id) noexcept
    : seed_(seed), sample_(sample), id_(static_cast<std::uint32_t>(id)) {}

double RandomStream::uniform() noexcept {
    if (used_ + 2 > 4) {
        // Counter: block of this stream, stream, sample. Key: seed. So a draw depends on nothing else.
        const r123::Philox4x32::ctr_type counter{
            {block_++, id_, static_cast<std::uint32_t>(sample_), static_cast<std::uint32_t>(sample_ >> 32)}};
        const r123::Philox4x32::key_type key{
            {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
        const auto words = r123::Philox4x32{}(counter, key);
        for (std::size_t i = 0; i < 4; ++i) words_[i] = words[i];
        used_ = 0;
    }
    const std::uint64_t bits = (static_cast<std::uint64_t>(words_[used_]) << 32) | words_[used_ + 1];
    used_ += 2;
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1.0p-53;  // 53 bits, centred: never 0 or 1
}

double RandomStream::normal() noexcept {
    if (has_spare_) {
        has_spare_ = false;
        return spare_normal_;
    }
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    const double angle = 2.0 * std::numbers::pi * uniform();
    spare_normal_ = radius * std::sin(angle);
    has_spare_ = true;
    return radius * std::cos(angle);
}

double RandomStream::lognormal(double mean, double variation) noexcept {
    // Both branches draw once, so that a spread of 0 does not shift the draws that follow.
    const double z = normal();
    if (!(variation > 0.0)) return mean;
    const double sigma = std::sqrt(std::log1p(variation * variation));
    return mean * std::exp(sigma * z - 0.5 * sigma * sigma);
}

}  // namespace skin
