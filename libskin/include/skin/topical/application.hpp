// When, how much and how a product is put on.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "skin/topical/topical.hpp"

namespace skin {

enum class When { before, after };
template <>
struct EnumNames<When> {
    static constexpr std::array entries{std::pair{When::before, std::string_view{"before"}},
                                        std::pair{When::after, std::string_view{"after"}}};
};

struct Application {
    std::string name = "product";         ///< key in results and dotted names
    Topical topical;                      ///< the product
    When when = When::before;             ///< [1] before or after needling
    double dose = 0.05;                   ///< [kg/m^2] of product
    double delay = 0.0;                   ///< [s] before the first strike, or after the last
    bool occluded = false;                ///< [1] under a film
    std::optional<double> wiped_after;    ///< [s] on the skin until wiped off, each time; none: stays
    std::vector<double> reapplied_after;  ///< [s] since it was first put on; empty: once
    std::vector<double> reapplied_dose;   ///< [kg/m^2] of product; empty: `dose` each time
    std::optional<double> air_speed;      ///< [m/s] over an open film; none: that of a room
};
template <>
struct Describe<Application> {
    using A = Application;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"name", &A::name, "1", "key in results and dotted names"},
            Field{"topical", &A::topical, "1", "the product"},
            Field{"when", &A::when, "1", "before or after needling"},
            Field{"dose", &A::dose, "kg/m^2", "of product", {}, 0.0, 10.0, "transport"},
            Field{"delay", &A::delay, "s", "before the first strike, or after the last", {}, 0.0, 2.6e6, "transport"},
            Field{"occluded", &A::occluded, "1", "under a film"},
            Field{"wiped_after", &A::wiped_after, "s", "on the skin until wiped off, each time", {}, 0.0, 2.6e6, "transport"},
            Field{"reapplied_after", &A::reapplied_after, "s", "since it was first put on; empty: once", {}, 0.0, 3.2e8, "transport"},
            Field{"reapplied_dose", &A::reapplied_dose, "kg/m^2", "of product; empty: `dose` each time", {}, 0.0, 10.0, "transport"},
            Field{"air_speed", &A::air_speed, "m/s", "over an open film; none: that of a room", {}, 0.0, 50.0, "transport"},
        };
    }
    // clang-format on
};

}  // namespace skin
