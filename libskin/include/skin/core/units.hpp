// The one door between SI (inside) and the units that people and files use.
#pragma once

#include <string>
#include <string_view>

namespace skin::units {

/// "1.5 mm", "30 kJ/m^2", "10 mg/cm^2", "50 %", "32 degC" as a number in SI, checked against `expected`, an SI unit
/// such as "m" or "kg/m^2" ("1": a pure number; an angle needs "rad"). Throws ParameterError that names the text, its
/// dimension and the expected one. A bare number is accepted only where the expected unit is "1".
[[nodiscard]] double parse(std::string_view quantity, std::string_view expected);

/// `value` given in `unit`, as SI, checked against the dimension of `expected`.
[[nodiscard]] double to_si(double value, std::string_view unit, std::string_view expected);

/// A number a person can read, with a prefix that fits: 0.0015 m -> "1.5 mm".
[[nodiscard]] std::string pretty(double value, std::string_view si_unit);

// Literals are plain doubles in SI, rounded once: 1.5_mm is the double 1.5e-3.
constexpr double operator""_m(long double v) { return static_cast<double>(v); }
constexpr double operator""_mm(long double v) { return static_cast<double>(v / 1e3L); }
constexpr double operator""_um(long double v) { return static_cast<double>(v / 1e6L); }
constexpr double operator""_nm(long double v) { return static_cast<double>(v / 1e9L); }
constexpr double operator""_s(long double v) { return static_cast<double>(v); }
constexpr double operator""_ms(long double v) { return static_cast<double>(v / 1e3L); }
constexpr double operator""_min(long double v) { return static_cast<double>(v) * 60.0; }
constexpr double operator""_h(long double v) { return static_cast<double>(v) * 3600.0; }
constexpr double operator""_day(long double v) { return static_cast<double>(v) * 86400.0; }
constexpr double operator""_N(long double v) { return static_cast<double>(v); }
constexpr double operator""_mN(long double v) { return static_cast<double>(v / 1e3L); }
constexpr double operator""_Pa(long double v) { return static_cast<double>(v); }
constexpr double operator""_kPa(long double v) { return static_cast<double>(v) * 1e3; }
constexpr double operator""_MPa(long double v) { return static_cast<double>(v) * 1e6; }
constexpr double operator""_Hz(long double v) { return static_cast<double>(v); }
constexpr double operator""_g(long double v) { return static_cast<double>(v / 1e3L); }
constexpr double operator""_m(unsigned long long v) { return static_cast<double>(v); }
constexpr double operator""_mm(unsigned long long v) { return static_cast<double>(static_cast<long double>(v) / 1e3L); }
constexpr double operator""_um(unsigned long long v) { return static_cast<double>(static_cast<long double>(v) / 1e6L); }
constexpr double operator""_nm(unsigned long long v) { return static_cast<double>(static_cast<long double>(v) / 1e9L); }
constexpr double operator""_s(unsigned long long v) { return static_cast<double>(v); }
constexpr double operator""_ms(unsigned long long v) { return static_cast<double>(static_cast<long double>(v) / 1e3L); }
constexpr double operator""_min(unsigned long long v) { return static_cast<double>(v) * 60.0; }
constexpr double operator""_h(unsigned long long v) { return static_cast<double>(v) * 3600.0; }
constexpr double operator""_day(unsigned long long v) { return static_cast<double>(v) * 86400.0; }
constexpr double operator""_N(unsigned long long v) { return static_cast<double>(v); }
constexpr double operator""_mN(unsigned long long v) { return static_cast<double>(static_cast<long double>(v) / 1e3L); }
constexpr double operator""_Pa(unsigned long long v) { return static_cast<double>(v); }
constexpr double operator""_kPa(unsigned long long v) { return static_cast<double>(v) * 1e3; }
constexpr double operator""_MPa(unsigned long long v) { return static_cast<double>(v) * 1e6; }
constexpr double operator""_Hz(unsigned long long v) { return static_cast<double>(v); }
constexpr double operator""_g(unsigned long long v) { return static_cast<double>(static_cast<long double>(v) / 1e3L); }

}  // namespace skin::units
