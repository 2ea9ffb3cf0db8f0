#include "skin/ensemble/population.hpp"

#include <algorithm>

#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

/// The drawn value is still the set's, moved within the spread that it states.
void mark_drawn(Skin& skin, const std::string& name) {
    const auto found = skin.origins.find(name);
    if (found == skin.origins.end()) return;
    found->second.kind = Kind::derived;
    found->second.note = "drawn from the spread of the set";
}

/// A lognormal value within the range that its describe table allows.
template <class Struct>
double drawn(RandomStream& stream, double mean, double variation, double Struct::*member) {
    double value = stream.lognormal(mean, variation);
    for_each_field<Struct>([&](const auto& field) {
        if constexpr (std::is_same_v<std::decay_t<decltype(field.member)>, double Struct::*>) {
            if (field.member == member) value = std::clamp(value, field.lo, field.hi);
        }
    });
    return value;
}

Skin draw(const Skin& reference, RandomStream& stream) {
    Skin skin = reference;
    for (Layer& layer : skin.layers) {
        layer.thickness = drawn(stream, layer.thickness, layer.thickness_variation, &Layer::thickness);
        mark_drawn(skin, layer.name + ".thickness");
    }
    Mechanics& mechanics = skin.mechanics;
    mechanics.effective_modulus = drawn(stream, mechanics.effective_modulus, mechanics.effective_modulus_variation,
                                        &Mechanics::effective_modulus);
    mark_drawn(skin, "mechanics.effective_modulus");
    // The layers are stiffer by as much, so that DeflectionModel::layered sees the same spread between persons.
    const double stiffer = mechanics.effective_modulus / reference.mechanics.effective_modulus;
    for (Layer& layer : skin.layers) {
        layer.youngs_modulus *= stiffer;
        mark_drawn(skin, layer.name + ".youngs_modulus");
    }
    const double toughness = stream.lognormal(1.0, mechanics.toughness_variation);
    for (Layer& layer : skin.layers) {
        layer.toughness *= toughness;
        mark_drawn(skin, layer.name + ".toughness");
    }
    return skin;
}

}  // namespace

Skin draw_person(const Skin& reference, std::uint64_t seed, std::uint64_t i) {
    RandomStream stream(seed, i, StreamId::population);
    (void)stream.uniform();  // the age, so that a person keeps thickness and stiffness whatever the ages are
    return draw(reference, stream);
}

std::vector<Skin> population(const PopulationSettings& settings) {
    validate(settings, "population");
    if (settings.age_high < settings.age_low) {
        throw ParameterError(
            text("population.age_high = %g is below population.age_low = %g", settings.age_high, settings.age_low));
    }
    const Skin reference = Skin::preset(settings.preset);  // read once; every person gets the laws of their own age
    std::vector<Skin> skins;
    skins.reserve(static_cast<std::size_t>(settings.n));
    for (int i = 0; i < settings.n; ++i) {
        RandomStream stream(settings.seed, static_cast<std::uint64_t>(i), StreamId::population);
        Person person = settings.person;
        person.age_years = settings.age_low + (settings.age_high - settings.age_low) * stream.uniform();
        skins.push_back(draw(for_person(reference, person), stream));
    }
    return skins;
}

}  // namespace skin
