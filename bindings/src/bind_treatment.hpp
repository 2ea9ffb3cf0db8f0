// Tables of the structs of a whole treatment.
#pragma once

#include "bind_core.hpp"
#include "skin/treatment/session.hpp"

namespace skin::python {

template <>
struct Members<SessionResult> {
    using S = SessionResult;
    static constexpr auto fields() {
        return FieldList{Field{"insertion", &S::insertion, "1", "what the needles did"},
                         Field{"tearing", &S::tearing, "1", "what the drag tore"},
                         Field{"bleeding", &S::bleeding, "1", "what bled"},
                         Field{"recovery", &S::recovery, "1", "how the barrier closed"},
                         Field{"delivery", &S::delivery, "1", "each product, by name of its application"},
                         Field{"safety", &S::safety, "1", "what can go wrong"},
                         Field{"dose", &S::dose, "1", "what healing has to repair"}};
    }
};
template <>
struct Members<TreatmentResult> {
    using T = TreatmentResult;
    static constexpr auto fields() {
        return FieldList{Field{"skin", &T::skin, "1", "whose skin"},
                         Field{"protocol", &T::protocol, "1", "what was done"},
                         Field{"settings", &T::settings, "1", "choices of every verb"},
                         Field{"sessions", &T::sessions, "1", "one entry a session", {"session"}},
                         Field{"healing", &T::healing, "1", "over all sessions"},
                         Field{"summary", &T::summary, "1", "what a person asks for first"},
                         Field{"provenance", &T::provenance, "1", "enough to run it again"},
                         Field{"info", &T::info, "1", "warnings, citation keys, models used"}};
    }
};
template <>
struct Members<TreatmentCase> {
    using T = TreatmentCase;
    static constexpr auto fields() {
        return FieldList{Field{"skin", &T::skin, "1", "whose skin"},
                         Field{"protocol", &T::protocol, "1", "what is done"}};
    }
};

}  // namespace skin::python
