#include "skin/treatment/depth_band.hpp"

namespace skin {

double nominal_setting(const Device& device) noexcept {
    const auto* pen = std::get_if<Pen>(&device);
    return pen != nullptr ? pen->protrusion : needle_of(device).length;
}

DepthBand depth_band(const Device& device) noexcept {
    // Borders of the bands of the trade; a setting at a border belongs to the deeper band, as the trade counts it:
    // a 0.5 mm roller is sold to salons, and a medical treatment starts at 1.5 mm.
    constexpr double home_end = 0.5e-3, salon_end = 1.5e-3;  // [m]
    const double setting = nominal_setting(device);
    if (setting < home_end) return DepthBand::home;
    return setting < salon_end ? DepthBand::salon : DepthBand::medical;
}

}  // namespace skin
