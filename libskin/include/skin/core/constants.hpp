// Constants of nature and definitions; everything about skin lives in data files.
#pragma once

namespace skin::constants {

inline constexpr double gas_constant = 8.31446261815324;    // J/(mol K), CODATA 2018, exact
inline constexpr double boltzmann_constant = 1.380649e-23;  // J/K, CODATA 2018, exact
inline constexpr double avogadro_constant = 6.02214076e23;  // 1/mol, CODATA 2018, exact
inline constexpr double standard_gravity = 9.80665;         // m/s^2, CGPM 1901, exact
inline constexpr double zero_celsius = 273.15;              // K, exact
inline constexpr double day = 86400.0;                      // s
inline constexpr double hour = 3600.0;                      // s

}  // namespace skin::constants
