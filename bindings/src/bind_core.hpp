// Tables of the core structs that have none of their own in C++: they are no physics and are stored otherwise.
#pragma once

#include "bind.hpp"
#include "skin/core/provenance.hpp"

namespace skin::python {

template <>
struct Members<Origin> {
    using O = Origin;
    static constexpr auto fields() {
        return FieldList{Field{"set", &O::set, "1", "id of the parameter set"},
                         Field{"kind", &O::kind, "1", "how it came to be known"},
                         Field{"source", &O::source, "1", "key of references.bib and the place in it"},
                         Field{"uncertain", &O::uncertain, "1", "recalled with doubt"},
                         Field{"lo", &O::lo, "SI", "lower end of the stated range"},
                         Field{"hi", &O::hi, "SI", "upper end of the stated range"},
                         Field{"sd", &O::sd, "SI", "standard deviation"},
                         Field{"n", &O::n, "1", "number of subjects or samples behind sd"},
                         Field{"distribution", &O::distribution, "1", "normal, lognormal, loguniform or nothing"},
                         Field{"note", &O::note, "1", "one sentence"},
                         Field{"fitted_to", &O::fitted_to, "1", "experiment it was fitted to"}};
    }
};
template <>
struct Members<Warning> {
    using W = Warning;
    static constexpr auto fields() {
        return FieldList{Field{"code", &W::code, "1", "what kind of warning"},
                         Field{"where", &W::where, "1", "dotted name or verb"},
                         Field{"message", &W::message, "1", "one sentence"}};
    }
};
template <>
struct Members<ResultInfo> {
    using R = ResultInfo;
    static constexpr auto fields() {
        return FieldList{Field{"warnings", &R::warnings, "1", "what to keep in mind"},
                         Field{"citations", &R::citations, "1", "keys of references.bib, data and models"},
                         Field{"models", &R::models, "1", "hypotheses that were used"}};
    }
};
template <>
struct Members<Provenance> {
    using P = Provenance;
    static constexpr auto fields() {
        return FieldList{Field{"libskin_version", &P::libskin_version, "1", "version of libskin"},
                         Field{"git_revision", &P::git_revision, "1", "revision of its source"},
                         Field{"build", &P::build, "1", "compiler and flags"},
                         Field{"created", &P::created, "1", "UTC, ISO 8601"},
                         Field{"seed", &P::seed, "1", "of all random numbers"},
                         Field{"protocol_text", &P::protocol_text, "1", "the treatment file itself"},
                         Field{"parameter_texts", &P::parameter_texts, "1", "id of a set and the text of its file"},
                         Field{"parameter_hashes", &P::parameter_hashes, "1", "id of a set and its SHA-256"},
                         Field{"threads", &P::threads, "1", "never affects numbers"},
                         Field{"wall_time", &P::wall_time, "s", "never compared"}};
    }
};

}  // namespace skin::python
