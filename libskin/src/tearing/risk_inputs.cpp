// Which inputs of the index are uncertain, and by how much: what the data files state.
#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>
#include <string>

#include "skin/core/random.hpp"
#include "skin/tissue/scaled.hpp"
#include "tearing/risk_band.hpp"

namespace skin::tearing {

namespace {

double normal_quantile(double q) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * q); }

/// Factor on a value at a quantile: within the stated ends (log-uniform over more than a factor of 3), else lognormal
/// with the stated deviation, else log-uniform within `unstated` either side.
std::function<double(double)> spread_of(const Skin& skin, const std::string& key, double value, double unstated) {
    const auto found = skin.origins.find(key);
    if (found != skin.origins.end() && value > 0.0) {
        const Origin& origin = found->second;
        const double lo = origin.lo / value, hi = origin.hi / value;
        if (std::isfinite(lo) && std::isfinite(hi) && hi > lo) {
            constexpr double wide = 3.0;
            if (lo > 0.0 && (origin.distribution == "loguniform" || hi > wide * lo)) {
                return [lo, hi](double q) { return lo * std::pow(hi / lo, q); };
            }
            return [lo, hi](double q) { return lo + (hi - lo) * q; };
        }
        if (std::isfinite(origin.sd) && origin.sd > 0.0) {
            const double sigma = std::sqrt(std::log1p(origin.sd * origin.sd / (value * value)));
            return [sigma](double q) { return std::exp(sigma * normal_quantile(q) - 0.5 * sigma * sigma); };
        }
    }
    return [unstated](double q) { return std::pow(unstated, 2.0 * q - 1.0); };
}

/// A law of the person: what it changes is scaled by the factors under the drawn law over those under the shipped one.
void add_law(const Skin& skin, std::vector<UncertainInput>& inputs, const std::string& name,
             double PersonLaws::*member) {
    const auto found = skin.origins.find("person_laws." + name);
    const double value = skin.person_laws.*member;
    if (found == skin.origins.end() || !std::isfinite(found->second.lo) || !(value > 0.0)) return;
    const PersonFactors now = person_factors(skin.person_laws, skin.person);
    inputs.push_back({spread_of(skin, "person_laws." + name, value, 1.0), [=](Skin& s, double factor) {
                          PersonLaws laws = s.person_laws;
                          laws.*member = value * factor;
                          const PersonFactors then = person_factors(laws, s.person);
                          PersonFactors ratio;
                          ratio.thickness = then.thickness / now.thickness;
                          ratio.failure_energy = then.failure_energy / now.failure_energy;
                          ratio.lateral_stiffness = then.lateral_stiffness / now.lateral_stiffness;
                          ratio.junction_toughness = then.junction_toughness / now.junction_toughness;
                          s = scaled(std::move(s), ratio);
                      }});
}

}  // namespace

std::vector<UncertainInput> uncertain_inputs(const Skin& skin, double unstated_range) {
    const std::string main = skin.has_layer("reticular_dermis") ? "reticular_dermis" : skin.layers.front().name;
    const Layer& dermis = skin.layer(main);
    std::vector<UncertainInput> inputs;
    const auto add_tear = [&](const std::string& name, double TearResistance::*member) {
        inputs.push_back({spread_of(skin, "tear_resistance." + name, skin.tear_resistance.*member, unstated_range),
                          [member](Skin& s, double factor) { s.tear_resistance.*member *= factor; }});
    };
    const auto add_layers = [&](const std::string& name, double Layer::*member) {
        inputs.push_back(
            {spread_of(skin, main + "." + name, dermis.*member, unstated_range), [member](Skin& s, double factor) {
                 for (auto& layer : s.layers) layer.*member *= factor;
             }});
    };
    add_tear("lateral_stiffness", &TearResistance::lateral_stiffness);
    add_tear("failure_strain", &TearResistance::failure_strain);
    add_tear("patch_stiffness", &TearResistance::patch_stiffness);
    add_tear("natural_tension", &TearResistance::natural_tension);
    add_tear("lip_stretch", &TearResistance::lip_stretch);
    add_tear("junction_toughness", &TearResistance::junction_toughness);
    add_tear("junction_stiffness", &TearResistance::junction_stiffness);
    add_layers("failure_energy", &Layer::failure_energy);
    add_layers("toughness_intercept", &Layer::toughness_intercept);
    add_law(skin, inputs, "thinning", &PersonLaws::thinning);
    add_law(skin, inputs, "failure_energy_loss", &PersonLaws::failure_energy_loss);
    add_law(skin, inputs, "lateral_stiffening", &PersonLaws::lateral_stiffening);
    add_law(skin, inputs, "interlock_width", &PersonLaws::interlock_width);
    add_law(skin, inputs, "photo_failure_energy_loss", &PersonLaws::photo_failure_energy_loss);
    add_law(skin, inputs, "photo_junction_loss", &PersonLaws::photo_junction_loss);
    if (skin.person.steroid) add_law(skin, inputs, "steroid_thickness", &PersonLaws::steroid_thickness);
    return inputs;
}

RowMatrix latin_hypercube(int n_draws, int n_inputs) {
    RowMatrix quantile(n_draws, n_inputs);
    for (int k = 0; k < n_inputs; ++k) {
        RandomStream stream(0, static_cast<std::uint64_t>(k), StreamId::tearing);
        for (int i = 0; i < n_draws; ++i) quantile(i, k) = (i + 0.5) / n_draws;
        for (int i = n_draws - 1; i > 0; --i) {  // Fisher and Yates
            std::swap(quantile(i, k), quantile(static_cast<int>(stream.uniform() * (i + 1)), k));
        }
    }
    return quantile;
}

}  // namespace skin::tearing
