// Which parameter sets a treatment used, with the text and hash of those that we ship.
#include <algorithm>
#include <set>

#include "skin/core/error.hpp"
#include "skin/io/parameters.hpp"
#include "skin/treatment/session.hpp"

namespace skin {

namespace {

void collect(std::set<std::string>& ids, const std::string& id, const Origins& origins) {
    ids.insert(id);
    for (const auto& [name, origin] : origins) ids.insert(origin.set);
}

std::set<std::string> sets_of(const TreatmentResult& result) {
    std::set<std::string> ids;
    collect(ids, result.skin.id, result.skin.origins);
    std::visit([&](const auto& device) { collect(ids, device.id, device.origins); }, result.protocol.device);
    for (const Application& application : result.protocol.applications) {
        const Topical& topical = application.topical;
        collect(ids, topical.id, topical.origins);
        collect(ids, topical.active.id, topical.active.origins);
        collect(ids, topical.vehicle.id, topical.vehicle.origins);
    }
    for (const char* none : {"", "custom"}) ids.erase(none);
    ids.erase(result.protocol.id);  // the treatment file itself is protocol_text
    return ids;
}

}  // namespace

void complete_provenance(TreatmentResult& result) {
    for (const std::string& id : sets_of(result)) {
        try {
            const std::string words = parameter_text(id);
            result.provenance.parameter_hashes[id] = sha256(words);
            result.provenance.parameter_texts[id] = words;
        } catch (const Error&) {
            // Not a shipped set, or no data folder: all values travel in the result itself.
        }
    }
}

}  // namespace skin
