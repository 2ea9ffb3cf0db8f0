#include "skin/core/provenance.hpp"

#include <algorithm>
#include <tuple>

#include "skin/core/error.hpp"

namespace skin {

bool Provenance::operator==(const Provenance& other) const {
    const auto compared = [](const Provenance& p) {
        return std::tie(p.libskin_version, p.git_revision, p.build, p.seed, p.protocol_text, p.parameter_texts,
                        p.parameter_hashes);
    };
    return compared(*this) == compared(other);
}

bool operator==(const Origin& a, const Origin& b) {
    return a.set == b.set && a.kind == b.kind && a.source == b.source && a.uncertain == b.uncertain &&
           same(a.lo, b.lo) && same(a.hi, b.hi) && same(a.sd, b.sd) && a.n == b.n && a.distribution == b.distribution &&
           a.note == b.note && a.fitted_to == b.fitted_to;
}

void ResultInfo::warn(std::string code, std::string where, std::string message) {
    const bool known = std::any_of(warnings.begin(), warnings.end(),
                                   [&](const Warning& w) { return w.code == code && w.where == where; });
    if (!known) warnings.push_back({std::move(code), std::move(where), std::move(message)});
}

void ResultInfo::cite(std::string_view source) {
    const std::string key{source.substr(0, source.find(','))};
    if (!key.empty() && std::find(citations.begin(), citations.end(), key) == citations.end()) citations.push_back(key);
}

void ResultInfo::use(std::string model) {
    if (std::find(models.begin(), models.end(), model) == models.end()) models.push_back(std::move(model));
}

void ResultInfo::merge(const ResultInfo& other) {
    for (const auto& w : other.warnings) warn(w.code, w.where, w.message);
    for (const auto& key : other.citations) cite(key);
    for (const auto& model : other.models) use(model);
}

void append_sources(ResultInfo& info, const Origins& origins, const std::vector<SourcedName>& names,
                    std::string_view physics) {
    std::string unchecked;
    int count = 0;
    for (const auto& [name, key] : names) {
        const auto found = origins.find(key);
        if (found == origins.end()) continue;  // set in code
        info.cite(found->second.source);
        if (found->second.kind != Kind::recalled && found->second.kind != Kind::assumed) continue;
        ++count;
        unchecked += (unchecked.empty() ? "" : ", ") + name;
    }
    if (count > 0) {
        info.warn("unchecked_parameters", std::string{physics},
                  text("%d values read by %s are only recalled or assumed: ", count, std::string{physics}.c_str()) +
                      unchecked);
    }
}

}  // namespace skin
