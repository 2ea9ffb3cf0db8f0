// A product: one active at a concentration in a vehicle.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skin/topical/active.hpp"
#include "skin/topical/vehicle.hpp"

namespace skin {

struct Topical {
    std::string id = "custom";       ///< id of the set
    std::string title;               ///< one line for people
    Active active;                   ///< the solute
    double concentration = 10.0;     ///< [kg/m^3] of the active in the vehicle
    Vehicle vehicle;                 ///< what carries it
    int irritancy_class_before = 0;  ///< [1] 0 benign ... 3 contraindicated in the open window, put on before needling
    int irritancy_class_after = 0;   ///< [1] the same, put on after needling
    Origins origins;                 ///< where each value comes from
    std::optional<double> solubility;  ///< [kg/m^3] of the active in this vehicle; none: everything dissolves
    std::optional<double> suspended;   ///< [kg/m^3] of `concentration` that is there as solid; none: a solution
};
template <>
struct Describe<Topical> {
    using T = Topical;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &T::id, "1", "id of the set"},
            Field{"title", &T::title, "1", "one line for people"},
            Field{"active", &T::active, "1", "the solute"},
            Field{"concentration", &T::concentration, "kg/m^3", "of the active in the vehicle", {}, 0.0, 5e3, "transport"},
            Field{"vehicle", &T::vehicle, "1", "what carries it"},
            Field{"irritancy_class_before", &T::irritancy_class_before, "1", "0 benign ... 3 contraindicated in the open window", {}, 0, 3, "recovery safety"},
            Field{"irritancy_class_after", &T::irritancy_class_after, "1", "the same, put on after needling", {}, 0, 3, "recovery safety"},
            Field{"origins", &T::origins, "1", "where each value comes from"},
            Field{"solubility", &T::solubility, "kg/m^3", "of the active in this vehicle; none: everything dissolves", {}, 1e-9, 5e3, "transport"},
            Field{"suspended", &T::suspended, "kg/m^3", "of `concentration` that is there as solid; none: a solution", {}, 0.0, 5e3, "transport"},
        };
    }
    // clang-format on
};

[[nodiscard]] Topical topical(std::string_view id);  ///< a shipped product; ParameterError with the nearest id; in io
[[nodiscard]] std::vector<std::string> topicals();   ///< ids of the shipped products; defined in io

}  // namespace skin
