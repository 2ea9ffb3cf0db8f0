#include "skin/tissue/skin.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/tissue/scaled.hpp"

namespace skin {

namespace {

std::vector<std::string> names_of(const std::vector<Layer>& layers) {
    std::vector<std::string> names;
    for (const auto& layer : layers) names.push_back(layer.name);
    return names;
}

/// A value that a law has changed is derived from the reference value; one that it left alone keeps its origin.
void derive(Origins& origins, const std::string& name, double factor, const std::string& law) {
    if (factor == 1.0) return;
    const auto found = origins.find(name);
    if (found == origins.end()) return;
    Origin& origin = found->second;
    for (double* bound : {&origin.lo, &origin.hi, &origin.sd}) *bound *= factor;
    origin.note += (origin.note.empty() ? "" : "; ") + text("times %.4g by the law of %s", factor, law.c_str());
    if (origin.kind == Kind::measured || origin.kind == Kind::fitted) origin.kind = Kind::derived;
}

bool thins_with_age(const std::string& layer) {
    return layer == "viable_epidermis" || layer == "papillary_dermis" || layer == "reticular_dermis";
}

bool is_dermis(const std::string& layer) { return layer == "papillary_dermis" || layer == "reticular_dermis"; }

}  // namespace

const Layer& Skin::layer(std::string_view name) const {
    for (const auto& candidate : layers) {
        if (candidate.name == name) return candidate;
    }
    const std::string near = nearest_name(name, names_of(layers));
    throw ParameterError("skin.layer: no layer '" + std::string{name} + "' in skin '" + id + "'" +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

bool Skin::has_layer(std::string_view name) const noexcept {
    return std::any_of(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == name; });
}

double Skin::top_of(std::string_view name) const {
    const Layer& wanted = layer(name);  // names the nearest layer in its error
    double depth = 0.0;
    for (const auto& candidate : layers) {
        if (&candidate == &wanted) break;
        depth += candidate.thickness;
    }
    return depth;
}

double Skin::bottom_of(std::string_view name) const { return top_of(name) + layer(name).thickness; }

double Skin::thickness() const noexcept {
    double sum = 0.0;
    for (const auto& candidate : layers) sum += candidate.thickness;
    return sum;
}

void validate_skin(const Skin& skin) {
    if (skin.layers.empty()) throw ParameterError("skin.layers is empty: a skin needs at least one layer");
    constexpr std::size_t most_layers = 1000;
    if (skin.layers.size() > most_layers) {
        throw ParameterError(
            text("skin.layers has %zu layers, at most %zu are allowed", skin.layers.size(), most_layers));
    }
    std::set<std::string> seen;
    for (const auto& layer : skin.layers) {
        if (layer.name.empty()) throw ParameterError("skin.layers: a layer has no name");
        if (!seen.insert(layer.name).second)
            throw ParameterError("skin.layers: layer '" + layer.name + "' is there twice");
        validate(layer, "skin." + layer.name);
    }
    validate(skin.person, "skin.person");
    validate(skin.person_laws, "skin.person_laws");
    validate(skin.mechanics, "skin.mechanics");
    validate(skin.tear_resistance, "skin.tear_resistance");
    validate(skin.vasculature, "skin.vasculature");
    validate(skin.barrier, "skin.barrier");
    validate(skin.solute_transport, "skin.solute_transport");
    validate(skin.healing_biology, "skin.healing_biology");
    validate(skin.tolerance, "skin.tolerance");
    for (const auto& bed : skin.vasculature.bed) {
        const std::string path = "skin.vasculature." + bed.name;
        if (!skin.has_layer(bed.layer))
            throw ParameterError(path + ".layer = '" + bed.layer + "' is not a layer of this skin");
        if (bed.extent == 0.0 && bed.bottom_fraction < bed.top_fraction) {
            throw ParameterError(text("%s.bottom_fraction = %g lies above top_fraction = %g", path.c_str(),
                                      bed.bottom_fraction, bed.top_fraction));
        }
    }
}

void require_full_skin(const Skin& skin, std::string_view verb) {
    validate_skin(skin);
    bool complete = skin.layers.size() == layer_names.size();
    for (std::size_t i = 0; complete && i < layer_names.size(); ++i) complete = skin.layers[i].name == layer_names[i];
    if (complete) return;
    std::string have, want;
    for (const auto& layer : skin.layers) have += (have.empty() ? "" : ", ") + layer.name;
    for (const auto name : layer_names) want += (want.empty() ? "" : ", ") + std::string{name};
    throw ParameterError(std::string{verb} + ": skin.layers must be " + want + " in this order, but are " + have);
}

Skin scaled(Skin skin, const PersonFactors& f) {
    for (auto& layer : skin.layers) {
        if (thins_with_age(layer.name)) {
            layer.thickness *= f.thickness;
            derive(skin.origins, layer.name + ".thickness", f.thickness, "age and condition");
        }
        if (is_dermis(layer.name)) {
            layer.thickness *= f.dermis;
            derive(skin.origins, layer.name + ".thickness", f.dermis, "sex");
        }
        layer.failure_energy *= f.failure_energy;
        derive(skin.origins, layer.name + ".failure_energy", f.failure_energy, "age and condition");
        // The size-free part of the toughness is scaled with the rest of it (tearing.md 3.14).
        layer.toughness_intercept *= f.failure_energy;
        derive(skin.origins, layer.name + ".toughness_intercept", f.failure_energy, "age and condition");
    }
    skin.tear_resistance.lateral_stiffness *= f.lateral_stiffness;
    derive(skin.origins, "tear_resistance.lateral_stiffness", f.lateral_stiffness, "age");
    // The papillary foundation stiffens as the dermis does: with its thinning k_i doubles by 75 y (tearing.md 3.12).
    skin.tear_resistance.junction_stiffness *= f.lateral_stiffness;
    derive(skin.origins, "tear_resistance.junction_stiffness", f.lateral_stiffness, "age");
    skin.tear_resistance.junction_toughness *= f.junction_toughness;
    derive(skin.origins, "tear_resistance.junction_toughness", f.junction_toughness, "age and condition");
    return skin;
}

Skin for_person(Skin reference, const Person& person) {
    reference.person = person;
    const PersonFactors factors = person_factors(reference.person_laws, person);
    Skin skin = scaled(std::move(reference), factors);
    validate_skin(skin);
    return skin;
}

ResultInfo skin_info(const Skin& skin, std::string_view physics) {
    std::vector<SourcedName> names;
    for (const auto& layer : skin.layers) names_read_by<Layer>(names, physics, "skin." + layer.name, layer.name + ".");
    names_read_by<PersonLaws>(names, physics, "skin.person_laws", "person_laws.");
    names_read_by<Mechanics>(names, physics, "skin.mechanics", "mechanics.");
    names_read_by<TearResistance>(names, physics, "skin.tear_resistance", "tear_resistance.");
    names_read_by<Vasculature>(names, physics, "skin.vasculature", "vasculature.");
    for (const auto& bed : skin.vasculature.bed) {
        names_read_by<VesselBed>(names, physics, "skin.vasculature." + bed.name, "vasculature." + bed.name + ".");
    }
    names_read_by<Barrier>(names, physics, "skin.barrier", "barrier.");
    names_read_by<SoluteTransport>(names, physics, "skin.solute_transport", "solute_transport.");
    names_read_by<HealingBiology>(names, physics, "skin.healing_biology", "healing_biology.");
    names_read_by<Tolerance>(names, physics, "skin.tolerance", "tolerance.");
    ResultInfo info;
    append_sources(info, skin.origins, names, physics);
    return info;
}

}  // namespace skin
