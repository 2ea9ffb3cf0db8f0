// What is done to the skin: the device, its use, the products, how often.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/topical/application.hpp"

namespace skin {

struct Protocol {
    std::string id = "custom";                 ///< id of the treatment
    std::string title;                         ///< one line for people
    Device device;                             ///< what makes the holes
    Use use;                                   ///< how it is used
    int sessions = 1;                          ///< [1] how often
    double interval = 28.0 * 86400.0;          ///< [s] from session to session
    double area = 1.0e-2;                      ///< [m^2] treated
    bool covered = false;                      ///< [1] the skin stays under a film after needling
    double recovery_duration = 48.0 * 3600.0;  ///< [s] that the barrier is followed
    double delivery_duration = 24.0 * 3600.0;  ///< [s] that the products are followed after the first strike
    double horizon = 84.0 * 86400.0;           ///< [s] that healing is followed, from the first session
    std::vector<Application> applications;     ///< the products, in the order of the file
    std::string source_text;                   ///< the treatment file itself, "" if built in code
};
template <>
struct Describe<Protocol> {
    using P = Protocol;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &P::id, "1", "id of the treatment"},
            Field{"title", &P::title, "1", "one line for people"},
            Field{"device", &P::device, "1", "what makes the holes"},
            Field{"use", &P::use, "1", "how it is used"},
            Field{"sessions", &P::sessions, "1", "how often", {}, 1, 1000},
            Field{"interval", &P::interval, "s", "from session to session", {}, 60.0, 3.2e8},
            Field{"area", &P::area, "m^2", "treated", {}, 1e-8, 2.0},
            Field{"covered", &P::covered, "1", "the skin stays under a film after needling"},
            Field{"recovery_duration", &P::recovery_duration, "s", "that the barrier is followed", {}, 60.0, 3.2e8},
            Field{"delivery_duration", &P::delivery_duration, "s", "that the products are followed after the first strike", {}, 60.0, 3.2e8},
            Field{"horizon", &P::horizon, "s", "that healing is followed, from the first session", {}, 3600.0, 3.2e8},
            Field{"applications", &P::applications, "1", "the products, in the order of the file"},
            Field{"source_text", &P::source_text, "1", "the treatment file itself"},
        };
    }
    // clang-format on
};

void validate_protocol(const Protocol& protocol);

/// A treatment file: whose skin, and what is done to it.
struct TreatmentCase {
    Skin skin;
    Protocol protocol;

    bool operator==(const TreatmentCase&) const = default;
};

/// Read a treatment file, or a shipped treatment by name ("medical_pen"). `overrides` are "key=value" with dotted keys
/// ("skin.age_years=60", "session.device.protrusion=1 mm"). Throws DataError with file and line. Defined in io.
[[nodiscard]] TreatmentCase load_treatment(const std::filesystem::path& path_or_name,
                                           const std::vector<std::string>& overrides = {});
[[nodiscard]] std::vector<std::string> treatments();  ///< names of the shipped treatments; defined in io

}  // namespace skin
