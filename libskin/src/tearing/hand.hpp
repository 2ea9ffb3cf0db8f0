// How a hand leads a device over each channel: heading, slip of the stroke and of the contact, stroke ends, tremor.
// Every draw is a pure function of (seed, pass), (seed, stroke) or (seed, channel).
#pragma once

#include <cstdint>

#include "skin/tearing.hpp"
#include "tearing/motion.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

/// One channel and the motion that made it.
struct Struck {
    Motion motion;
    double heading = 0.0;  ///< [rad] of the device, or of the drag of a trembling hand, from the Langer lines
};

class Hand {
public:
    Hand(const Device& device, const Use& use, const Wound& wound, const Resistance& resistance, std::uint64_t seed,
         const TearingSettings& settings);

    /// What the wound does not say about a channel is drawn.
    [[nodiscard]] Struck strike(Eigen::Index channel) const;

private:
    [[nodiscard]] Struck roll(const Roller& roller, const Rolling& use, Eigen::Index channel) const;
    [[nodiscard]] Struck glide(const Pen& pen, const Gliding& use, Eigen::Index channel) const;
    [[nodiscard]] Struck press(const Pressing& use, Eigen::Index channel) const;

    const Device& device_;
    const Use& use_;
    const Wound& wound_;
    const Resistance& resistance_;
    const TearingSettings& settings_;
    std::uint64_t seed_;
    std::vector<Eigen::Index> first_of_pass_;  // its strokes are counted from here
};

}  // namespace skin::tearing
