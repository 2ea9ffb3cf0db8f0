// One treatment, end to end: order and hand-over, no equations.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "skin/bleeding.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/run_control.hpp"
#include "skin/healing.hpp"
#include "skin/insertion.hpp"
#include "skin/recovery.hpp"
#include "skin/safety.hpp"
#include "skin/tearing.hpp"
#include "skin/transport.hpp"
#include "skin/treatment/protocol.hpp"
#include "skin/treatment/summary.hpp"

namespace skin {

/// Settings of every verb in one place.
struct TreatmentSettings {
    InsertionSettings insertion;
    TearingSettings tearing;
    BleedingSettings bleeding;
    RecoverySettings
        recovery;  ///< choices of recover; `occluded`, `wetted`, `irritancy_class`, `irritation` come from the protocol
    DeliverySettings delivery;
    SafetySettings safety;
    HealingSettings healing;
};
template <>
struct Describe<TreatmentSettings> {
    using S = TreatmentSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{Field{"insertion", &S::insertion, "1", "choices of insert"},
                          Field{"tearing", &S::tearing, "1", "choices of tear"},
                          Field{"bleeding", &S::bleeding, "1", "choices of bleed"},
                          Field{"recovery", &S::recovery, "1", "choices of recover"},
                          Field{"delivery", &S::delivery, "1", "choices of deliver"},
                          Field{"safety", &S::safety, "1", "choices of assess"},
                          Field{"healing", &S::healing, "1", "choices of heal"}};
    }
    // clang-format on
};

struct SessionResult {
    InsertionResult insertion;
    TearingResult tearing;
    BleedingResult bleeding;
    RecoveryResult recovery;
    std::map<std::string, DeliveryResult> delivery;  ///< by name of the application
    SafetyResult safety;
    InjuryDose dose;

    bool operator==(const SessionResult&) const = default;
};

struct TreatmentResult {
    Skin skin;
    Protocol protocol;
    TreatmentSettings settings;
    std::vector<SessionResult> sessions;
    HealingResult healing;
    Summary summary;
    Provenance provenance;
    ResultInfo info;  ///< of all parts together

    bool operator==(const TreatmentResult&) const = default;
};

/// What the protocol says to recover(): covers (film, occluded or occlusive products), wet products laid on the
/// mouths, and the worst irritancy class of what touches the open channels. `choices` gives everything else.
/// ParameterError when `choices` already holds one of these: they would be ignored.
[[nodiscard]] RecoverySettings recovery_settings(const Protocol& protocol, const RecoverySettings& choices = {});
/// [s] How long the barrier is followed: the closure must last as long as the products are.
[[nodiscard]] double closure_duration(const Protocol& protocol) noexcept;
/// What session `k` hands to heal(): injured volumes, irritation, and the time of the session.
[[nodiscard]] InjuryDose session_dose(const Skin& skin, const Protocol& protocol, int k, const Wound& wound,
                                      const SafetyResult& safety);

/// Texts and hashes of the shipped parameter sets that a result used. Declared here because treat() calls it, defined
/// in io because only io knows files (as Skin::preset). A set that was not shipped has no text: its values are in
/// the skin, device and products themselves.
void complete_provenance(TreatmentResult& result);

/// Order and hand-over of design.md 5: each session inserts, tears, bleeds, recovers, delivers and is assessed (once
/// more if something irritates); then everything heals. Session k draws with seed + k.
[[nodiscard]] TreatmentResult treat(const Skin& skin, const Protocol& protocol, std::uint64_t seed = 0,
                                    const RunControl& control = {}, const TreatmentSettings& settings = {});

}  // namespace skin
