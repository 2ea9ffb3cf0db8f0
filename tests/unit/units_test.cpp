// The one door between people's units and SI: skin/core/units.hpp.
#include "skin/core/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "skin/core/error.hpp"

namespace {

using skin::units::parse;
using skin::units::pretty;
using skin::units::to_si;

std::string sentence(const std::string& quantity, const std::string& expected) {
    try {
        const double value = parse(quantity, expected);
        return "no error: " + std::to_string(value);
    } catch (const skin::ParameterError& error) {
        return error.what();
    }
}

struct Case {
    const char* quantity;
    const char* expected;
    double si;
};

// A power of ten moves the decimal point and nothing else, so the result is the double of the literal: equality.
TEST(Units, DecimalUnitsGiveTheLiteralToTheBit) {
    const std::vector<Case> cases{
        {"1.5 mm", "m", 1.5e-3},
        {"0.15 mm", "m", 0.15e-3},
        {"15.3 um", "m", 15.3e-6},
        {"70 nm", "m", 70e-9},
        {"2 cm", "m", 0.02},
        {"-3 m", "m", -3.0},
        {"+3 m", "m", 3.0},
        {"1.5mm", "m", 1.5e-3},
        {"  1.5   mm  ", "m", 1.5e-3},
        {"1e-3 km", "m", 1.0},
        {"5 g", "kg", 5e-3},
        {"12 mg", "kg", 12e-6},
        {"3 ug", "kg", 3e-9},
        {"7 ng", "kg", 7e-12},
        {"1.1 kg", "kg", 1.1},
        {"3 ms", "s", 3e-3},
        {"9 us", "s", 9e-6},
        {"50 mN", "N", 0.05},
        {"2 kN", "N", 2000.0},
        {"58 kPa", "Pa", 58e3},
        {"1.1 MPa", "Pa", 1.1e6},
        {"0.3 GPa", "Pa", 0.3e9},
        {"2.5 mJ", "J", 2.5e-3},
        {"10 W", "W", 10.0},
        {"110 Hz", "Hz", 110.0},
        {"1 L", "m^3", 1e-3},
        {"2 mL", "m^3", 2e-6},
        {"5 uL", "m^3", 5e-9},
        {"3 nL", "m^3", 3e-12},
        {"500 Da", "kg/mol", 0.5},
        {"150 kDa", "kg/mol", 150.0},
        {"180.16 g/mol", "kg/mol", 0.18016},
        {"50 %", "1", 0.5},
        {"20 ppm", "1", 20e-6},
        {"0.4", "1", 0.4},
        {"0.4 1", "1", 0.4},
        {"2 M", "mol/m^3", 2000.0},
        {"3 mmol/L", "mol/m^3", 3.0},
        {"10 mg/cm^2", "kg/m^2", 0.1},
        {"0.5 uL/cm^2", "m^3/m^2", 0.5e-5},
        {"100 1/cm^2", "1/m^2", 1e6},
        {"100 /cm^2", "1/m^2", 1e6},
        {"12 mm/mm^3", "1/m^2", 12e6},
        {"3 nL/s", "m^3/s", 3e-12},
        {"7 mPa s", "Pa s", 7e-3},
        {"7 mPa*s", "Pa s", 7e-3},
        {"2.5 kJ/m^2", "J/m^2", 2500.0},
        {"5 um^2/s", "m^2/s", 5e-12},
        {"3.6 MJ/m^3", "J/m^3", 3.6e6},
        {"50 mg/mL", "kg/m^3", 50.0},
        {"8 N/m", "N/m", 8.0},
        {"95 ohm cm", "ohm m", 0.95},
        {"1 bar", "Pa", 1e5},
        {"2 cP", "Pa s", 2e-3},
        {"5 (m/s)^2", "m^2/s^2", 5.0},
        {"4 m^-2", "1/m^2", 4.0},
        {"80 \xC2\xB5m", "m", 80e-6},
        {"80 \xCE\xBCm", "m", 80e-6},
        {"2 mm\xC2\xB2", "m^2", 2e-6},
    };
    for (const auto& c : cases) EXPECT_EQ(parse(c.quantity, c.expected), c.si) << c.quantity;
}

// Units with a factor that is no power of ten: one multiplication or division in double, so equality with the same one.
TEST(Units, OtherUnitsAreOneOperation) {
    const std::vector<Case> cases{
        {"5 min", "s", 5 * 60.0},
        {"2 h", "s", 7200.0},
        {"0.44 h", "s", 0.44 * 3600.0},
        {"28 d", "s", 28 * 86400.0},
        {"28 day", "s", 28 * 86400.0},
        {"28 days", "s", 28 * 86400.0},
        {"4 week", "s", 28 * 86400.0},
        {"0.25 1/day", "1/s", 0.25 / 86400.0},
        {"1.6 1/day", "1/s", 1.6 / 86400.0},
        {"2 deg", "rad", 2 * std::numbers::pi / 180.0},
        {"32 degC", "K", 32 + 273.15},
        {"305.15 K", "K", 305.15},
        {"120 mmHg", "Pa", 120 * 133.322387415},
    };
    for (const auto& c : cases) EXPECT_EQ(parse(c.quantity, c.expected), c.si) << c.quantity;
    // Two roundings instead of one: 25 g/(m^2 h) = 25e-3/3600 kg/(m^2 s); the bound is two units in the last place.
    const double flux = 25e-3 / 3600.0;
    EXPECT_NEAR(parse("25 g/(m^2 h)", "kg/(m^2 s)"), flux, 2 * (std::nextafter(flux, 1.0) - flux));
    EXPECT_EQ(parse("25 g/m^2/h", "kg/(m^2 s)"), parse("25 g/(m^2 h)", "kg/(m^2 s)"));
}

TEST(Units, RevolutionsAreStrokesOrAnglesAsTheFieldAsks) {
    EXPECT_EQ(parse("6000 rpm", "Hz"), 100.0);
    EXPECT_EQ(parse("6000 rpm", "1/s"), 100.0);
    EXPECT_DOUBLE_EQ(parse("60 rpm", "rad/s"), 2.0 * std::numbers::pi);
}

TEST(Units, WrongDimensionNamesBoth) {
    EXPECT_EQ(sentence("30 kPa", "m"), "'30 kPa' is a pressure [Pa]; expected a length [m]");
    EXPECT_EQ(sentence("10 uL/cm^2", "kg/m^2"), "'10 uL/cm^2' is a length [m]; expected a mass per area [kg/m^2]");
    EXPECT_EQ(sentence("45 deg", "1"), "'45 deg' is an angle [rad]; expected a pure number [1]");
    EXPECT_EQ(sentence("2", "rad"), "'2' is a pure number [1]; expected an angle [rad]");
    EXPECT_EQ(sentence("2", "m"), "'2' is a pure number [1]; expected a length [m]");
    EXPECT_EQ(sentence("5 mM", "kg/m^3"),
              "'5 mM' is a molar concentration [mol/m^3]; expected a mass per volume [kg/m^3]");
    EXPECT_EQ(sentence("5 m^7", "m"), "'5 m^7' is of dimension [m^7]; expected a length [m]");
    EXPECT_EQ(sentence("628 rad/s", "Hz"), "'628 rad/s' is an angular speed [rad/s]; expected a rate [1/s]");
}

TEST(Units, UnknownUnitsNameTheNearest) {
    EXPECT_EQ(sentence("5 mmm", "m"), "'5 mmm' has the unknown unit 'mmm'; did you mean 'mm'?");
    EXPECT_EQ(sentence("5 m2", "m^2"), "'5 m2' has the unknown unit 'm2'; did you mean 'm^2'?");
    EXPECT_EQ(sentence("5 furlong", "m"), "'5 furlong' has the unknown unit 'furlong'");
    EXPECT_EQ(sentence("5 Mpa", "Pa"), "'5 Mpa' has the unknown unit 'Mpa'; did you mean 'MPa'?");
}

TEST(Units, GarbageIsASentence) {
    EXPECT_EQ(sentence("", "m"), "an empty text is no quantity; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("   ", "m"), "an empty text is no quantity; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("mm", "m"), "'mm' does not start with a finite number; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("nan m", "m"),
              "'nan m' does not start with a finite number; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("inf m", "m"),
              "'inf m' does not start with a finite number; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("1e999 m", "m"),
              "'1e999 m' does not start with a finite number; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("+-3 m", "m"),
              "'+-3 m' does not start with a finite number; expected a number and a unit like 'm'");
    EXPECT_EQ(sentence("1,5 mm", "m"), "'1,5 mm' has a decimal comma; write a point");
    EXPECT_EQ(sentence("1e308 km", "m"), "'1e308 km' is too large");
    EXPECT_EQ(sentence("5 m//s", "m/s"), "'5 m//s' has '/' where a unit was expected");
    EXPECT_EQ(sentence("5 m/", "m"), "'5 m/' ends where a unit was expected");
    EXPECT_EQ(sentence("5 (m", "m"), "'5 (m' lacks a ')'");
    EXPECT_EQ(sentence("5 m)", "m"), "'5 m)' has ')' where a unit was expected");
    EXPECT_EQ(sentence("5 m^", "m"), "'5 m^' lacks a whole number from -12 to 12 after '^'");
    EXPECT_EQ(sentence("5 m^99", "m"), "'5 m^99' lacks a whole number from -12 to 12 after '^'");
    EXPECT_EQ(sentence("5 ((((((((((m", "m"), "'5 ((((((((((m' has too many parentheses");
    EXPECT_EQ(sentence("5 g/m^2 h", "kg/(m^2 s)"),
              "'5 g/m^2 h' is ambiguous after '/': put the denominator in parentheses, as in 'g/(m^2 h)'");
    EXPECT_EQ(sentence("5 degC/m", "K/m"), "'5 degC/m' uses degC in a product; write K there");
    EXPECT_EQ(sentence("5 " + std::string(300, 'm'), "m").substr(0, 20), "'5 mmmmmmmmmmmmmmmmm");
}

// Whatever bytes come in, it is a number or a ParameterError: never another exception, never a crash, never NaN.
TEST(Units, NoTextCrashesTheParser) {
    const std::string alphabet = "0159.+-eEmkgsPaJ/*^() \t%\xC2\xB5nNdhHz";
    unsigned long state = 12345;  // a linear congruential generator: the same texts in every run
    for (int round = 0; round < 20000; ++round) {
        std::string quantity;
        for (int i = 0; i < round % 17; ++i) {
            state = state * 6364136223846793005UL + 1442695040888963407UL;
            quantity += alphabet[(state >> 33) % alphabet.size()];
        }
        try {
            EXPECT_TRUE(std::isfinite(parse(quantity, "m"))) << quantity;
        } catch (const skin::ParameterError&) {
        }
    }
}

TEST(Units, ToSiChecksTheUnitAlone) {
    EXPECT_EQ(to_si(1.5, "mm", "m"), 1.5e-3);
    EXPECT_EQ(to_si(37.0, "degC", "K"), 37.0 + 273.15);
    EXPECT_THROW(static_cast<void>(to_si(1.0, "", "1")), skin::ParameterError);
    EXPECT_THROW(static_cast<void>(to_si(std::nan(""), "m", "m")), skin::ParameterError);
    EXPECT_THROW(static_cast<void>(to_si(1.0, "s", "m")), skin::ParameterError);
}

TEST(Units, PrettyTakesThePrefixThatFits) {
    EXPECT_EQ(pretty(1.5e-3, "m"), "1.5 mm");
    EXPECT_EQ(pretty(1e-3, "m"), "1 mm");
    EXPECT_EQ(pretty(15e-6, "m"), "15 um");
    EXPECT_EQ(pretty(0.2, "m"), "200 mm");
    EXPECT_EQ(pretty(-0.002, "m"), "-2 mm");
    EXPECT_EQ(pretty(0.0, "m"), "0 m");
    EXPECT_EQ(pretty(3e5, "Pa"), "300 kPa");
    EXPECT_EQ(pretty(7200.0, "s"), "2 h");
    EXPECT_EQ(pretty(0.05, "kg/m^2"), "5 mg/cm^2");
    EXPECT_EQ(pretty(6e-11, "m^3/s"), "60 nL/s");
    EXPECT_EQ(pretty(0.25, "1"), "0.25");
    EXPECT_EQ(pretty(42.0, "kg/m^3"), "42 kg/m^3");
    EXPECT_EQ(pretty(std::nan(""), "s"), "nan");
}

// Equality: a literal is rounded once, like the number of the text.
TEST(Units, LiteralsAgreeWithTexts) {
    using namespace skin::units;
    EXPECT_EQ(1.5_mm, parse("1.5 mm", "m"));
    EXPECT_EQ(0.15_mm, parse("0.15 mm", "m"));
    EXPECT_EQ(80_um, parse("80 um", "m"));
    EXPECT_EQ(2_h, parse("2 h", "s"));
    EXPECT_EQ(28_day, parse("28 day", "s"));
    EXPECT_EQ(50_mN, parse("50 mN", "N"));
    EXPECT_EQ(1_MPa, parse("1 MPa", "Pa"));
}

}  // namespace
