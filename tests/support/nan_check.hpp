// NaN only where the describe table says what it means.
#pragma once

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/treatment/session.hpp"

namespace skin::test {

/// Dotted names of members of `value` that hold NaN or infinity although their meaning does not speak of it.
template <Described T>
void undocumented_nan(const T& value, const std::string& path, std::vector<std::string>& found) {
    for_each_field<T>([&](const auto& field) {
        const auto& member = value.*(field.member);
        using M = std::decay_t<decltype(member)>;
        const std::string name = path + "." + std::string{field.name};
        const bool documented = field.meaning.find("NaN") != std::string_view::npos;
        if constexpr (std::is_floating_point_v<M>) {
            if (!std::isfinite(member) && !documented) found.push_back(name);
        } else if constexpr (std::is_base_of_v<Eigen::DenseBase<M>, M>) {
            if (!member.allFinite() && !documented) found.push_back(name);
        } else if constexpr (std::is_same_v<M, NdArray>) {
            for (const double x : member.data) {
                if (!std::isfinite(x) && !documented) {
                    found.push_back(name);
                    break;
                }
            }
        } else if constexpr (Described<M>) {
            undocumented_nan(member, name, found);
        }
    });
}

inline std::vector<std::string> undocumented_nan(const TreatmentResult& result) {
    std::vector<std::string> found;
    for (const SessionResult& session : result.sessions) {
        undocumented_nan(session.insertion, "insertion", found);
        undocumented_nan(session.tearing, "tearing", found);
        undocumented_nan(session.bleeding, "bleeding", found);
        undocumented_nan(session.recovery, "recovery", found);
        for (const auto& [name, delivery] : session.delivery) undocumented_nan(delivery, "transport." + name, found);
        undocumented_nan(session.safety, "safety", found);
        undocumented_nan(session.dose, "dose", found);
    }
    // The comment of HealingResult, not its table, says that these have no meaning (NaN) in the epidermis.
    HealingResult healing = result.healing;
    for (RowMatrix* dermis_only :
         {&healing.fibroblasts, &healing.collagen_III, &healing.collagen_I, &healing.capillaries}) {
        if (!healing.layer.empty() && healing.layer.front() == "viable_epidermis" && dermis_only->cols() > 0)
            dermis_only->col(0).setZero();
    }
    undocumented_nan(healing, "healing", found);
    undocumented_nan(result.summary, "summary", found);
    return found;
}

}  // namespace skin::test
