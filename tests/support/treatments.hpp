// The shipped treatments, and settings that make a whole treatment quick.
#pragma once

#include <string>
#include <vector>

#include "skin/treatment/session.hpp"

namespace skin::test {

inline std::vector<std::string> shipped_treatments() {
    return {"home_roller", "salon_roller", "salon_pen", "medical_roller", "medical_pen"};
}

/// Fewer strikes and times; every model stays on.
inline TreatmentSettings quick_settings() {
    TreatmentSettings settings;
    settings.insertion.n_needles = 300;
    settings.delivery.n_times = 21;
    settings.healing.n_times = 61;
    return settings;
}

}  // namespace skin::test
