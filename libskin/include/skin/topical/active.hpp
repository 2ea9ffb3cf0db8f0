// A solute: what the property chain needs, what overrides it, and what living skin thinks of it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "skin/core/provenance.hpp"

namespace skin {

/// How albumin binds it (transport.md 3.2).
enum class CompoundType { neutral, base, acid_pharmacophore, acid, zwitterion };
template <>
struct EnumNames<CompoundType> {
    static constexpr std::array entries{
        std::pair{CompoundType::neutral, std::string_view{"neutral"}},
        std::pair{CompoundType::base, std::string_view{"base"}},
        std::pair{CompoundType::acid_pharmacophore, std::string_view{"acid_pharmacophore"}},
        std::pair{CompoundType::acid, std::string_view{"acid"}},
        std::pair{CompoundType::zwitterion, std::string_view{"zwitterion"}}};
};

/// Which law gives its diffusivity and clearance (transport.md 3.2, 3.4).
enum class SoluteClass { small, dextran, protein, hyaluronic_acid, nucleic_acid, particle, lipid };
template <>
struct EnumNames<SoluteClass> {
    static constexpr std::array entries{std::pair{SoluteClass::small, std::string_view{"small"}},
                                        std::pair{SoluteClass::dextran, std::string_view{"dextran"}},
                                        std::pair{SoluteClass::protein, std::string_view{"protein"}},
                                        std::pair{SoluteClass::hyaluronic_acid, std::string_view{"hyaluronic_acid"}},
                                        std::pair{SoluteClass::nucleic_acid, std::string_view{"nucleic_acid"}},
                                        std::pair{SoluteClass::particle, std::string_view{"particle"}},
                                        std::pair{SoluteClass::lipid, std::string_view{"lipid"}}};
};

struct Active {
    std::string id = "custom";                                             ///< id of the set
    std::string title;                                                     ///< one line for people
    SoluteClass solute_class = SoluteClass::small;                         ///< [1] which laws hold
    CompoundType compound_type = CompoundType::neutral;                    ///< [1] how albumin binds it
    double molar_mass = 0.2;                                               ///< [kg/mol] molar mass
    double log_partition = 0.0;                                            ///< [1] log10 of octanol over water
    std::optional<double> pka_acid;                                        ///< [1] strongest acid
    std::optional<double> pka_base;                                        ///< [1] strongest base
    int carbon = 0, hydrogen = 0, nitrogen = 0, oxygen = 0, fluorine = 0;  ///< [1] atoms
    int chlorine = 0, bromine = 0, iodine = 0, sulfur = 0;                 ///< [1] atoms
    int rings = 0, double_bonds = 0, triple_bonds = 0;                     ///< [1] in the structure
    std::optional<double> permeability;         ///< [m/s] measured through intact skin, non-ionised form
    std::optional<double> aqueous_diffusivity;  ///< [m^2/s] overrides the law of the class
    std::optional<double> tissue_diffusivity;   ///< [m^2/s] overrides the law of the class
    std::optional<double>
        junction_diffusivity;                ///< [m^2/s] in the dermal-epidermal junction; none: no extra resistance
    std::optional<double> tissue_partition;  ///< [1] total, tissue over water; overrides the chain
    std::optional<double> no_effect_concentration;  ///< [kg/m^3] C_0 of irritation
    std::optional<double> irritant_concentration;   ///< [kg/m^3] C_ref of irritation; none: not an irritant
    std::optional<double> irritant_time;            ///< [s] t_ref of irritation
    std::optional<double> reaction_delay;           ///< [s] until the reaction shows
    bool sensitiser = false;                        ///< [1] can sensitise when it gets below the junction
    Origins origins;                                ///< where each value comes from
    std::optional<double> vapour_pressure;          ///< [Pa] of the pure active at skin temperature; none: not volatile
    std::optional<double> pure_density;             ///< [kg/m^3] of the pure active: what no phase can exceed
};
template <>
struct Describe<Active> {
    using A = Active;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"id", &A::id, "1", "id of the set"},
            Field{"title", &A::title, "1", "one line for people"},
            Field{"solute_class", &A::solute_class, "1", "which laws hold"},
            Field{"compound_type", &A::compound_type, "1", "how albumin binds it"},
            Field{"molar_mass", &A::molar_mass, "kg/mol", "molar mass", {}, 1e-3, 1e5, "transport"},
            Field{"log_partition", &A::log_partition, "1", "log10 of octanol over water", {}, -15.0, 20.0, "transport"},
            Field{"pka_acid", &A::pka_acid, "1", "strongest acid", {}, -5.0, 20.0, "transport"},
            Field{"pka_base", &A::pka_base, "1", "strongest base", {}, -5.0, 20.0, "transport"},
            Field{"carbon", &A::carbon, "1", "atoms", {}, 0, 100000},
            Field{"hydrogen", &A::hydrogen, "1", "atoms", {}, 0, 100000},
            Field{"nitrogen", &A::nitrogen, "1", "atoms", {}, 0, 100000},
            Field{"oxygen", &A::oxygen, "1", "atoms", {}, 0, 100000},
            Field{"fluorine", &A::fluorine, "1", "atoms", {}, 0, 100000},
            Field{"chlorine", &A::chlorine, "1", "atoms", {}, 0, 100000},
            Field{"bromine", &A::bromine, "1", "atoms", {}, 0, 100000},
            Field{"iodine", &A::iodine, "1", "atoms", {}, 0, 100000},
            Field{"sulfur", &A::sulfur, "1", "atoms", {}, 0, 100000},
            Field{"rings", &A::rings, "1", "in the structure", {}, 0, 10000},
            Field{"double_bonds", &A::double_bonds, "1", "in the structure", {}, 0, 10000},
            Field{"triple_bonds", &A::triple_bonds, "1", "in the structure", {}, 0, 10000},
            Field{"permeability", &A::permeability, "m/s", "measured through intact skin, non-ionised form", {}, 0.0, 1e-3, "transport"},
            Field{"aqueous_diffusivity", &A::aqueous_diffusivity, "m^2/s", "overrides the law of the class", {}, 1e-18, 1e-7, "transport"},
            Field{"tissue_diffusivity", &A::tissue_diffusivity, "m^2/s", "overrides the law of the class", {}, 1e-18, 1e-7, "transport"},
            Field{"junction_diffusivity", &A::junction_diffusivity, "m^2/s", "in the dermal-epidermal junction", {}, 1e-18, 1e-7, "transport"},
            Field{"tissue_partition", &A::tissue_partition, "1", "total, tissue over water", {}, 1e-6, 1e8, "transport"},
            Field{"no_effect_concentration", &A::no_effect_concentration, "kg/m^3", "C_0 of irritation", {}, 0.0, 1e4, "safety"},
            Field{"irritant_concentration", &A::irritant_concentration, "kg/m^3", "C_ref of irritation", {}, 0.0, 1e4, "safety"},
            Field{"irritant_time", &A::irritant_time, "s", "t_ref of irritation", {}, 1.0, 1e8, "safety"},
            Field{"reaction_delay", &A::reaction_delay, "s", "until the reaction shows", {}, 0.0, 1e8, "safety"},
            Field{"sensitiser", &A::sensitiser, "1", "can sensitise when it gets below the junction"},
            Field{"origins", &A::origins, "1", "where each value comes from"},
            Field{"vapour_pressure", &A::vapour_pressure, "Pa", "of the pure active at skin temperature; none: not volatile", {}, 0.0, 1e5, "transport"},
            Field{"pure_density", &A::pure_density, "kg/m^3", "of the pure active: what no phase can exceed", {}, 100.0, 2.5e4, "transport"},
        };
    }
    // clang-format on
};

[[nodiscard]] Active active(std::string_view id);  ///< a shipped solute; ParameterError with the nearest id; in io
[[nodiscard]] std::vector<std::string> actives();  ///< ids of the shipped solutes; defined in io

}  // namespace skin
