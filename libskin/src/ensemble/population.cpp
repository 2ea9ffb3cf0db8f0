// Persons: laws of age and sex first, then lognormal factors about them (docs/theory/population.md).
//
//   c    coefficient of variation over all needles of all persons [1]      w   within_site_share [1]
//   var(ln t) = ln(1 + c^2) = s^2;  between persons (1 - w) s^2,  within one person w s^2
#include "skin/ensemble/population.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

/// Coefficient of variation of a lognormal that has `share` of the variance of ln of one with `variation`.
double part_of(double variation, double share) {
    return std::sqrt(std::expm1(share * std::log1p(variation * variation)));
}

/// The factors of one person, drawn before anything else is known about them: a person keeps them whatever age, sex
/// and laws are.
struct Factors {
    std::vector<double> thickness;  // of each layer
    double modulus = 1.0, toughness = 1.0;
};

Factors draw_factors(const Skin& reference, RandomStream& stream) {
    const Mechanics& mechanics = reference.mechanics;
    Factors factors;
    for (const Layer& layer : reference.layers) {
        factors.thickness.push_back(
            stream.lognormal(1.0, part_of(layer.thickness_variation, 1.0 - mechanics.within_site_share)));
    }
    factors.modulus = stream.lognormal(1.0, mechanics.effective_modulus_variation);
    factors.toughness = stream.lognormal(1.0, mechanics.toughness_variation);
    return factors;
}

/// The drawn value is still the set's, moved within the spread that it states.
void mark_drawn(Skin& skin, const std::string& name) {
    const auto found = skin.origins.find(name);
    if (found == skin.origins.end()) return;
    found->second.kind = Kind::derived;
    found->second.note = "drawn from the spread of the set";
}

/// `value` within the range that its describe table allows.
template <class Struct>
double within_range(double value, double Struct::*member) {
    for_each_field<Struct>([&](const auto& field) {
        if constexpr (std::is_same_v<std::decay_t<decltype(field.member)>, double Struct::*>) {
            if (field.member == member) value = std::clamp(value, field.lo, field.hi);
        }
    });
    return value;
}

Skin applied(Skin skin, const Factors& factors) {
    Mechanics& mechanics = skin.mechanics;
    bool varies = false;
    for (std::size_t k = 0; k < skin.layers.size(); ++k) {
        Layer& layer = skin.layers[k];
        layer.thickness = within_range(layer.thickness * factors.thickness[k], &Layer::thickness);
        mark_drawn(skin, layer.name + ".thickness");
        // Both toughness laws: the constant one, and Gamma0 + W_f d. A tough person is tough under either.
        for (const auto& [name, member] :
             {std::pair{"toughness", &Layer::toughness}, std::pair{"toughness_intercept", &Layer::toughness_intercept},
              std::pair{"failure_energy", &Layer::failure_energy}}) {
            layer.*member = within_range(layer.*member * factors.toughness, member);
            mark_drawn(skin, layer.name + "." + name);
        }
        if (!(layer.thickness_variation > 0.0)) continue;
        varies = true;
        layer.thickness_variation = part_of(layer.thickness_variation, mechanics.within_site_share);
        mark_drawn(skin, layer.name + ".thickness_variation");
    }
    if (varies) {  // what is left of the variation is all within this person
        mechanics.within_site_share = 1.0;
        mark_drawn(skin, "mechanics.within_site_share");
    }
    const double nominal = mechanics.effective_modulus;
    mechanics.effective_modulus = within_range(nominal * factors.modulus, &Mechanics::effective_modulus);
    mark_drawn(skin, "mechanics.effective_modulus");
    // The layers are stiffer by as much, so that DeflectionModel::layered sees the same spread between persons.
    for (Layer& layer : skin.layers) {
        layer.youngs_modulus *= mechanics.effective_modulus / nominal;
        mark_drawn(skin, layer.name + ".youngs_modulus");
    }
    return skin;
}

void check_ends(std::string_view path, const char* low_name, double low, const char* high_name, double high) {
    if (!(high < low)) return;
    const std::string where{path};
    throw ParameterError(
        text("%s.%s = %g is below %s.%s = %g", where.c_str(), high_name, high, where.c_str(), low_name, low));
}

}  // namespace

void validate_population(const PopulationSettings& settings, std::string_view path) {
    validate(settings, path);
    check_ends(path, "age_low", settings.age_low, "age_high", settings.age_high);
    const Person& person = settings.person;
    check_ends(path, "person.hydration", person.hydration, "hydration_high",
               settings.hydration_high.value_or(person.hydration));
    check_ends(path, "person.tension", person.tension, "tension_high", settings.tension_high.value_or(person.tension));
}

Skin draw_person(const Skin& reference, std::uint64_t seed, std::uint64_t i) {
    RandomStream stream(seed, i, StreamId::population);
    (void)stream.uniform();  // the age, so that a person keeps thickness and stiffness whatever the ages are
    return applied(reference, draw_factors(reference, stream));
}

Skin person_of(const Skin& reference, const PopulationSettings& settings, std::uint64_t i) {
    RandomStream stream(settings.seed, i, StreamId::population);
    const auto between = [&](double low, double high) { return low + (high - low) * stream.uniform(); };
    Person person = settings.person;
    person.age_years = between(settings.age_low, settings.age_high);
    const Factors factors = draw_factors(reference, stream);
    // Always drawn, so that a choice about one of them does not move the others.
    const double sex = stream.uniform();
    if (settings.female_share) person.sex = sex < *settings.female_share ? Sex::female : Sex::male;
    person.hydration = between(person.hydration, settings.hydration_high.value_or(person.hydration));
    person.tension = between(person.tension, settings.tension_high.value_or(person.tension));
    return applied(for_person(reference, person), factors);
}

std::vector<Skin> population(const PopulationSettings& settings) {
    validate_population(settings);
    const Skin reference = Skin::preset(settings.preset);  // read once; every person gets the laws of their own age
    std::vector<Skin> skins;
    skins.reserve(static_cast<std::size_t>(settings.n));
    for (int i = 0; i < settings.n; ++i) {
        skins.push_back(person_of(reference, settings, static_cast<std::uint64_t>(i)));
    }
    return skins;
}

}  // namespace skin
