// The depth bands of the trade: labels of what is set, not of what is reached.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "skin/core/describe.hpp"
#include "skin/device/device.hpp"

namespace skin {

/// Ranges of the nominal needle length or protrusion.
enum class DepthBand {
    home,     ///< below 0.5 mm: epidermis and superficial dermis, penetration enhancement
    salon,    ///< 0.5 mm to below 1.5 mm: papillary dermis
    medical,  ///< 1.5 mm and more: reticular dermis
};
template <>
struct EnumNames<DepthBand> {
    static constexpr std::array entries{std::pair{DepthBand::home, std::string_view{"home"}},
                                        std::pair{DepthBand::salon, std::string_view{"salon"}},
                                        std::pair{DepthBand::medical, std::string_view{"medical"}}};
};

[[nodiscard]] double nominal_setting(const Device& device) noexcept;  ///< [m] protrusion of a pen, else needle length
[[nodiscard]] DepthBand depth_band(const Device& device) noexcept;

}  // namespace skin
