// How much of a product that is already on the skin ends up in a channel (transport.md 3.5).
#pragma once

#include "skin/core/types.hpp"
#include "skin/device/needle.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/topical/topical.hpp"
#include "skin/wound.hpp"

namespace skin::transport {

/// Outline of one representative channel after recoil: the needle's outline, narrowed and shortened.
struct ChannelOutline {
    Needle needle;
    double depth = 0.0;         ///< [m]
    double mouth_radius = 0.0;  ///< [m] of the channel, slit included
    bool cylinder = false;      ///< same radius all the way down

    [[nodiscard]] double radius(double z) const noexcept;              ///< [m] at depth z
    [[nodiscard]] double volume(double z0, double z1) const noexcept;  ///< [m^3] between two depths
    [[nodiscard]] double depth_of_volume(double v) const noexcept;     ///< [m] z with volume(0, z) = v
};

/// What one hole takes up. Volumes [m^3].
struct Filling {
    double entrained = 0.0;    ///< carried down on the needle, past the lip, and shed (Landau-Levich)
    double imbibed = 0.0;      ///< drawn in while the hole stays wide (Lucas-Washburn)
    double void_volume = 0.0;  ///< of the hole after recoil
    double deposited = 0.0;    ///< what stays
    double depth = 0.0;        ///< [m] to which it fills the hole
};

struct FillingInput {
    ChannelOutline outline;
    double needle_radius = 0.0;   ///< [m] at the mouth
    double entry_speed = 0.0;     ///< [m/s]
    double dwell_time = 0.0;      ///< [s] needle in the skin
    double blood_fraction = 0.0;  ///< [1]
    double film_per_hole = 0.0;   ///< [m^3] product that can reach the hole
};

[[nodiscard]] Filling fill_channel(const FillingInput& in, const Skin& skin, const Topical& topical);

}  // namespace skin::transport
