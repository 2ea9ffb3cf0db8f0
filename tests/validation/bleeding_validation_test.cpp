// Bleeding against depth: what clinics and labels say (healing.md 6.1, case H6).
#include <gtest/gtest.h>

#include "skin/bleeding.hpp"
#include "support/csv.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"

namespace skin {
namespace {

// BLE-X1 case H6: no blood up to 0.3 mm, occasional at 0.5, pinpoint from 1.0 mm, profuse at 2-2.5 mm: P(visible) per
// hole < 0.01, < 0.05, > 0.05, > 0.15, > 0.35 for presets 1, 3, 4, 7, 9, and monotone in depth. The bounds are the
// page's.
TEST(BleedingValidation, BloodShowsWhereClinicsSeeIt) {
    const test::Csv csv("devices_reference/devices_presets.csv");
    const auto visible = [&](std::size_t row) {
        const double mm = 1e-3, length = csv.number(row, "needle_length_mm") * mm;
        const double taper = csv.number(row, "taper_mm") * mm,
                     radius = 0.5 * csv.number(row, "needle_diameter_mm") * mm;
        const double cone = std::min(taper, length);
        const Needle needle{
            .length = length, .shaft_radius = radius * cone / taper, .tip_radius = 4e-6, .taper_length = cone};
        return bleed(test::reference_layers(), test::equal_channels(needle, csv.number(row, "depth_mm") * mm, 1, 2.5e6))
            .visible_fraction;
    };
    EXPECT_LT(visible(0), 0.01);
    EXPECT_LT(visible(2), 0.05);
    EXPECT_GT(visible(3), 0.05);
    EXPECT_GT(visible(6), 0.15);
    EXPECT_GT(visible(8), 0.35);
    for (const auto& [shallow, deep] :
         {std::pair{0, 1}, std::pair{1, 2}, std::pair{2, 3}, std::pair{3, 6}, std::pair{6, 7}, std::pair{7, 8}}) {
        EXPECT_LT(visible(static_cast<std::size_t>(shallow)), visible(static_cast<std::size_t>(deep)));
    }
}

}  // namespace
}  // namespace skin
