// The shipped treatments, settings that make a whole treatment quick, and treatments in one line.
#pragma once

#include <string>
#include <vector>

#include "skin/core/constants.hpp"
#include "skin/io/parameters.hpp"
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

/// One session with a device on the cheek of a 30-year-old; healing is followed for 8 weeks.
inline Protocol one_session(const Device& device, const Use& use) {
    Protocol protocol;
    protocol.device = device;
    protocol.use = use;
    protocol.horizon = 56.0 * constants::day;
    return protocol;
}

/// The same cartridge with another dial.
inline Pen pen_set_to(double protrusion) {
    Pen pen = std::get<Pen>(device("medical_pen_2.5"));
    pen.protrusion = protrusion;
    return pen;
}

inline TreatmentResult treated(const Protocol& protocol, const Person& person = {},
                               const char* skin_set = "face_cheek") {
    return treat(Skin::preset(skin_set, person), protocol, 7, {}, quick_settings());
}

}  // namespace skin::test
