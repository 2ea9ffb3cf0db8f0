// treat(): order and hand-over, no equations. Each line can be run alone with the same bits
// (tests/unit/treatment_test.cpp).
#include "skin/treatment/session.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/core/version.hpp"

namespace skin {

namespace {

/// [s] since the first strike: when a product lies on needled skin.
struct Contact {
    double start = 0.0;
    double end = 0.0;  ///< not after start: it is off before the needles come
};

/// Each time it is put on.
std::vector<Contact> contacts_of(const Application& application, double duration) {
    const double first = application.when == When::before ? -application.delay : application.delay;
    std::vector<double> put_on{first};
    for (const double after : application.reapplied_after) put_on.push_back(first + after);
    std::vector<Contact> contacts;
    for (const double start : put_on) {
        const double off = application.wiped_after ? start + *application.wiped_after : duration;
        contacts.push_back({std::max(start, 0.0), std::min(off, duration)});
    }
    return contacts;
}

/// Whether the product keeps water in while it lies on needled skin. A film put on before comes off for the needles.
bool covers(const Application& application) {
    return application.topical.vehicle.occlusive || (application.occluded && application.when == When::after);
}

std::vector<Interval> merged(std::vector<Interval> intervals) {
    std::sort(intervals.begin(), intervals.end(),
              [](const Interval& a, const Interval& b) { return a.start < b.start; });
    std::vector<Interval> result;
    for (const Interval& next : intervals) {
        if (!result.empty() && next.start <= result.back().end) {
            result.back().end = std::max(result.back().end, next.end);
        } else {
            result.push_back(next);
        }
    }
    return result;
}

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char words[32];
    std::strftime(words, sizeof words, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return words;
}

/// Progress of one treatment: reports after each verb, and stops there when asked to.
class Steps {
public:
    Steps(const RunControl& control, const Protocol& protocol)
        : control_(control),
          total_(protocol.sessions * (5 + static_cast<std::int64_t>(protocol.applications.size())) + 1) {
        control_.report(0, total_, "insertion");
    }
    void done(const char* next) { control_.report(std::min(++done_, total_), total_, next); }

private:
    const RunControl& control_;
    std::int64_t total_;
    std::int64_t done_ = 0;
};

/// Lines (6) to (8): the barrier, the products on it, and what they do.
void close_and_deliver(SessionResult& session, const Skin& skin, const Protocol& protocol,
                       const RecoverySettings& recovery, const TreatmentSettings& settings, Steps& steps) {
    const Wound& wound = session.bleeding.wound;
    session.recovery = recover(skin, wound, closure_duration(protocol), recovery);
    steps.done("transport");
    std::vector<Exposure> exposures;
    for (const Application& application : protocol.applications) {
        DeliveryResult& delivery = session.delivery[application.name];
        delivery =
            deliver(skin, wound, application, session.recovery.closure, protocol.delivery_duration, settings.delivery);
        exposures.push_back(delivery.exposure);
        steps.done("transport");
    }
    session.safety = assess(skin, exposures, wound, session.recovery.closure, settings.safety);
    steps.done("insertion");
}

SessionResult run_session(const Skin& skin, const Protocol& protocol, int k, std::uint64_t seed,
                          const TreatmentSettings& settings, const RunControl& control, Steps& steps) {
    SessionResult session;
    session.insertion = insert(skin, protocol.device, protocol.use, seed, settings.insertion);
    steps.done("tearing");
    session.tearing = tear(skin, protocol.device, protocol.use, session.insertion.wound, seed, settings.tearing);
    steps.done("bleeding");
    session.bleeding = bleed(skin, session.tearing.wound, settings.bleeding);
    steps.done("recovery");
    RecoverySettings recovery = recovery_settings(protocol, settings.recovery);
    close_and_deliver(session, skin, protocol, recovery, settings, steps);
    if (session.safety.irritation > 0.0) {  // irritation slows closing: once more, with what it was
        recovery.irritation = std::min(session.safety.irritation, 1.0e9);  // far beyond full severity
        RunControl quiet = control;  // it can still be stopped, but the bar does not run twice
        quiet.on_progress = nullptr;
        Steps silent(quiet, protocol);
        close_and_deliver(session, skin, protocol, recovery, settings, silent);
    }
    session.dose = session_dose(skin, protocol, k, session.bleeding.wound, session.safety);
    return session;
}

ResultInfo info_of(const TreatmentResult& result) {
    ResultInfo info;
    for (const SessionResult& session : result.sessions) {
        for (const ResultInfo* part :
             {&session.insertion.info, &session.tearing.info, &session.bleeding.info, &session.recovery.info}) {
            info.merge(*part);
        }
        for (const auto& [name, delivery] : session.delivery) info.merge(delivery.info);
        info.merge(session.safety.info);
    }
    info.merge(result.healing.info);
    return info;
}

}  // namespace

double closure_duration(const Protocol& protocol) noexcept {
    return std::max(protocol.recovery_duration, protocol.delivery_duration);
}

RecoverySettings recovery_settings(const Protocol& protocol, const RecoverySettings& choices) {
    const auto taken = [](const char* name) {
        throw ParameterError(
            text("settings.recovery.%s is given, but a treatment takes it from its protocol: set it there", name));
    };
    if (!choices.occluded.empty()) taken("occluded");
    if (!choices.wetted.empty()) taken("wetted");
    if (choices.irritancy_class != 0) taken("irritancy_class");
    if (choices.irritation != 0.0) taken("irritation");

    RecoverySettings settings = choices;
    const double duration = closure_duration(protocol);
    std::vector<Interval> covered;
    if (protocol.covered) covered.push_back({0.0, duration});
    for (const Application& application : protocol.applications) {
        bool on_skin = false;
        for (const Contact& contact : contacts_of(application, duration)) {
            if (contact.end <= contact.start) continue;
            on_skin = true;
            if (covers(application)) covered.push_back({contact.start, contact.end});
            if (!application.topical.vehicle.lipid) settings.wetted.push_back(contact.start);
        }
        if (!on_skin) continue;
        const Topical& topical = application.topical;
        settings.irritancy_class =
            std::max(settings.irritancy_class,
                     application.when == When::before ? topical.irritancy_class_before : topical.irritancy_class_after);
    }
    settings.occluded = merged(std::move(covered));
    std::sort(settings.wetted.begin(), settings.wetted.end());
    settings.wetted.erase(std::unique(settings.wetted.begin(), settings.wetted.end()), settings.wetted.end());
    return settings;
}

InjuryDose session_dose(const Skin& skin, const Protocol& protocol, int k, const Wound& wound,
                        const SafetyResult& safety) {
    InjuryDose dose = wound.injury_dose(skin);
    dose.time = k * protocol.interval;
    // A product put on before the needles has a history of negative times; healing counts from the session.
    const auto begin = std::lower_bound(safety.time.begin(), safety.time.end(), 0.0);
    const auto n = safety.time.end() - begin;
    dose.irritation_time = safety.time.tail(n);
    dose.irritation_rate = safety.irritation_rate.tail(n);
    return dose;
}

TreatmentResult treat(const Skin& skin, const Protocol& protocol, std::uint64_t seed, const RunControl& control,
                      const TreatmentSettings& settings) {
    const auto begin = std::chrono::steady_clock::now();
    require_full_skin(skin, "treat");
    validate_protocol(protocol);
    validate(settings, "settings");

    TreatmentResult result;
    result.skin = skin;
    result.protocol = protocol;
    result.settings = settings;
    Steps steps(control, protocol);
    std::vector<InjuryDose> doses;
    for (int k = 0; k < protocol.sessions; ++k) {
        const std::uint64_t session_seed = seed + static_cast<std::uint64_t>(k);
        result.sessions.push_back(run_session(skin, protocol, k, session_seed, settings, control, steps));
        doses.push_back(result.sessions.back().dose);
    }
    result.healing = heal(skin, doses, protocol.horizon, settings.healing);
    steps.done("healing");
    result.info = info_of(result);
    result.summary = summarise(result);

    Provenance& provenance = result.provenance;
    provenance.libskin_version = version();
    provenance.git_revision = git_revision();
    provenance.build = build_description();
    provenance.created = utc_now();
    provenance.seed = seed;
    provenance.protocol_text = protocol.source_text;
    provenance.threads = 1;  // the inside of a sample is serial
    complete_provenance(result);
    provenance.wall_time = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

}  // namespace skin
