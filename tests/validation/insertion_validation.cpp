// What of the validation of insert() needs the laws themselves: insertion.md 6.6 and 7. The cases V1-V9 have their
// set-ups in libskin/data/validation; tests/python/test_validation.py asserts them and `libskin validate` prints them.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "insertion/cutting.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"

namespace {

using namespace skin;

// Force at entry into the dermis: one needle of half-angle 7 deg, SC 15 um, entry at `entry_depth`; toughness and
// friction of libskin/data/tissue but for the epidermis.
double dermal_entry_force(double tip_diameter, double J_top, double entry_depth) {
    Skin skin = test::five_layers(15e-6, entry_depth - 15e-6, 300e-6, 1700e-6, 4e-3);
    const double J[] = {J_top, J_top, 2500.0, 2500.0, 200.0};
    for (std::size_t i = 0; i < 5; ++i) skin.layers[i].toughness = J[i];
    const double taper = 1.4e-3, tip = 0.5 * tip_diameter;
    const Needle needle{.length = 1.5e-3,
                        .shaft_radius = tip + taper * std::tan(7.0 * std::numbers::pi / 180.0),
                        .tip_radius = tip,
                        .taper_length = taper};
    // The numbers were derived with the closed form.
    const InsertionSettings closed{.cutting_law = CuttingLaw::equal_perimeter};
    return insert(skin, needle, Travel{1.5e-3, 1e-3}, closed).entry_force[2];
}

// INS-V40. Derived numbers of trap T3: entry at 160 um, half-angle 7 deg, J_top = 500 J/m2: 18.3 mN at 5 um, 159 mN at
// 37 um; 70 J/m2: 6.7-8.7 mN at 5 um; 10 J/m2: 5.3-5.7 mN. Printed to three digits; friction (under 0.1 mN) was left
// out there: 1 %.
TEST(InsertionValidation, DermalEntryOfTheTipSeriesAsDerived) {
    EXPECT_NEAR(dermal_entry_force(5e-6, 500.0, 160e-6), 18.3e-3, 0.01 * 18.3e-3);
    EXPECT_NEAR(dermal_entry_force(37e-6, 500.0, 160e-6), 159e-3, 0.01 * 159e-3);
    EXPECT_NEAR(dermal_entry_force(5e-6, 70.0, 160e-6), 7.7e-3, 1.0e-3);
    EXPECT_NEAR(dermal_entry_force(5e-6, 10.0, 160e-6), 5.5e-3, 0.3e-3);
}

// INS-X9. Flat punch above sharp needle and both pressures fall with the diameter (Shergold & Fleck 2005, measured in
// people and silicone, SN29): signs, on the laws themselves.
TEST(InsertionValidation, FlatTakesMorePressureThanSharpAndBothFallWithDiameter) {
    double last_sharp = 1e99, last_flat = 1e99;
    for (const double R : {25e-6, 50e-6, 100e-6, 300e-6}) {
        const double sharp = insertion::cutting_force(0.11e6, 9.0, 2500.0, R) / (R * R);
        const double flat = insertion::flat_punch_force(0.11e6, 9.0, 2500.0, R) / (R * R);
        EXPECT_GT(flat, sharp);
        EXPECT_LT(sharp, last_sharp);
        EXPECT_LT(flat, last_flat);
        last_sharp = sharp, last_flat = flat;
    }
}

}  // namespace
