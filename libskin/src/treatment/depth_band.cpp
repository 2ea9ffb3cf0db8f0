#include "skin/treatment/depth_band.hpp"

namespace skin {

double nominal_setting(const Device& device) noexcept {
    const auto* pen = std::get_if<Pen>(&device);
    return pen != nullptr ? pen->protrusion : needle_of(device).length;
}

DepthBand depth_band(const Device& device) noexcept {
    // Upper ends of the bands of the trade; a setting at the end still belongs to the band.
    constexpr double home_end = 0.5e-3, salon_end = 1.5e-3;  // [m]
    const double setting = nominal_setting(device);
    if (setting <= home_end) return DepthBand::home;
    return setting <= salon_end ? DepthBand::salon : DepthBand::medical;
}

}  // namespace skin
