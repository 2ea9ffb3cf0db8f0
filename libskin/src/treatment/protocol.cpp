#include "skin/treatment/protocol.hpp"

#include <set>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

void check_device_fits_use(const Device& device, const Use& use) {
    constexpr std::array device_words{"a stamp", "a pen", "a roller"};
    constexpr std::array use_words{"travel", "pressing", "impact", "rolling", "gliding"};
    constexpr std::array fitting{"travel, pressing or impact", "gliding", "rolling"};
    const bool fits = std::holds_alternative<Roller>(device) ? std::holds_alternative<Rolling>(use)
                      : std::holds_alternative<Pen>(device)  ? std::holds_alternative<Gliding>(use)
                                                             : use.index() < 3;
    if (!fits) {
        throw ParameterError(text("protocol.use = %s does not fit protocol.device = %s, which is used by %s",
                                  use_words[use.index()], device_words[device.index()], fitting[device.index()]));
    }
}

/// A name is a key in results, files and dotted names.
void check_name(const Application& application, const std::string& path, std::set<std::string>& taken) {
    const bool plain = !application.name.empty() &&
                       application.name.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    if (!plain) {
        throw ParameterError(path + ".name = '" + application.name + "' must be made of letters, digits, '_' and '-'");
    }
    if (!taken.insert(application.name).second) {
        throw ParameterError(path + ".name = '" + application.name + "' is taken by another application");
    }
}

void check_times(const Application& application, const Protocol& protocol, const std::string& path) {
    if (application.wiped_after && *application.wiped_after <= 0.0) {
        throw ParameterError(
            text("%s.wiped_after = %g s: a product that is wiped off at once is never put on; leave it out",
                 path.c_str(), *application.wiped_after));
    }
    if (application.when == When::after && application.delay >= protocol.delivery_duration) {
        throw ParameterError(
            text("%s.delay = %g s is not below protocol.delivery_duration = %g s: the product would never "
                 "be followed",
                 path.c_str(), application.delay, protocol.delivery_duration));
    }
}

}  // namespace

void validate_protocol(const Protocol& protocol) {
    validate(protocol, "protocol");
    std::visit([](const auto& device) { validate(device, "protocol.device"); }, protocol.device);
    std::visit([](const auto& use) { validate(use, "protocol.use"); }, protocol.use);
    validate_device(protocol.device);
    validate_use(protocol.use);
    check_device_fits_use(protocol.device, protocol.use);
    std::set<std::string> names;
    for (std::size_t i = 0; i < protocol.applications.size(); ++i) {
        const std::string path = "protocol.applications[" + std::to_string(i) + "]";
        check_name(protocol.applications[i], path, names);
        check_times(protocol.applications[i], protocol, path);
    }
    const double last_session = (protocol.sessions - 1) * protocol.interval;
    if (last_session >= protocol.horizon) {
        throw ParameterError(text("protocol.horizon = %g s ends before the last of %d sessions (%g s): raise it",
                                  protocol.horizon, protocol.sessions, last_session));
    }
}

}  // namespace skin
