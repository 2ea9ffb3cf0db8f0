#include "tearing/risk_causes.hpp"

#include <bit>
#include <cmath>
#include <variant>
#include <vector>

#include "skin/tissue/scaled.hpp"

namespace skin::tearing {

namespace {

/// Bits of a coalition, in the order of cause_names.
enum Cause : unsigned {
    of_slip = 1,
    of_side_slip = 2,
    of_yaw = 4,
    of_stroke_ends = 8,
    of_turn_pressed = 16,
    of_jammed = 32,
    of_lifted = 64,
    of_length = 128,
    of_age = 256,
    of_condition = 512,
    of_junction = 1024
};
constexpr int n_causes = 11;

Use use_with(Use use, unsigned there) {
    if (auto* rolling = std::get_if<Rolling>(&use)) {
        if ((there & of_slip) == 0U) rolling->slip = rolling->slip_spread = 0.0;
        if ((there & of_side_slip) == 0U) rolling->side_slip = rolling->side_slip_spread = 0.0;
        if ((there & of_yaw) == 0U) rolling->yaw_rate = 0.0;
        if ((there & of_turn_pressed) == 0U) rolling->turn_pressed = 0.0;
        if ((there & of_jammed) == 0U) rolling->jammed_share = 0.0;
        if ((there & of_lifted) == 0U) rolling->lifted = true;
    }
    if (auto* pressing = std::get_if<Pressing>(&use); pressing != nullptr && (there & of_slip) == 0U) {
        pressing->tremor = 0.0;
    }
    return use;
}

TearingSettings settings_with(TearingSettings settings, unsigned there) {
    if ((there & of_stroke_ends) == 0U) settings.stroke_ends = StrokeEnds::ignored;
    return settings;
}

/// Causes that are there to be taken away; without the others nothing changes.
unsigned causes_of(const Device& device, const Use& use, const TearingSettings& settings, double shorter) {
    unsigned there = of_age | of_condition | of_junction;
    const auto add = [&](bool is_there, Cause cause) { there |= is_there ? static_cast<unsigned>(cause) : 0U; };
    if (const auto* rolling = std::get_if<Rolling>(&use)) {
        const auto* roller = std::get_if<Roller>(&device);
        add(rolling->slip != 0.0 || rolling->slip_spread > 0.0 || roller->axle_torque > 0.0, of_slip);
        add(rolling->side_slip != 0.0 || rolling->side_slip_spread > 0.0, of_side_slip);
        add(rolling->yaw_rate != 0.0, of_yaw);
        add(settings.stroke_ends == StrokeEnds::pressed, of_stroke_ends);
        add(rolling->turn_pressed != 0.0, of_turn_pressed);
        add(rolling->jammed_share > 0.0, of_jammed);
        add(!rolling->lifted, of_lifted);
        add(shorter < 1.0, of_length);
    } else {
        there |= of_slip;
    }
    return there;
}

/// [1] how much shorter the needle is without the cause `length`. A pen and a stamp drag as far with short needles.
double shortening(const Device& device, const TearingSettings& settings) {
    const auto* roller = std::get_if<Roller>(&device);
    const bool longer = roller != nullptr && roller->needle.length > settings.reference_length;
    return longer ? settings.reference_length / roller->needle.length : 1.0;
}

Device device_with(Device device, unsigned there, double shorter) {
    if (auto* roller = std::get_if<Roller>(&device)) {
        if ((there & of_slip) == 0U) roller->axle_torque = 0.0;
        if ((there & of_length) == 0U) roller->needle.length *= shorter;
    }
    return device;
}

Skin skin_with(const Skin& skin, unsigned there) {
    if ((there & of_age) != 0U && (there & of_condition) != 0U) return skin;
    Person person = skin.person;
    if ((there & of_age) == 0U) person.age_years = skin.person_laws.reference_age;
    if ((there & of_condition) == 0U) {
        const Person plain;
        person.photo_damage = plain.photo_damage;
        person.steroid = plain.steroid;
        person.hydration = plain.hydration;
    }
    const PersonFactors own = person_factors(skin.person_laws, skin.person);
    PersonFactors ratio = person_factors(skin.person_laws, person);
    ratio.thickness /= own.thickness;
    ratio.dermis /= own.dermis;
    ratio.failure_energy /= own.failure_energy;
    ratio.lateral_stiffness /= own.lateral_stiffness;
    ratio.interlock /= own.interlock;
    ratio.junction_toughness /= own.junction_toughness;
    Skin other = scaled(skin, ratio);
    other.person = person;
    return other;
}

}  // namespace

Eigen::VectorXd shapley(const Eigen::VectorXd& worth, int n) {
    Eigen::VectorXd share = Eigen::VectorXd::Zero(n);
    for (unsigned mask = 0; mask < static_cast<unsigned>(worth.size()); ++mask) {
        const int size = std::popcount(mask);
        // |S|! (n - |S| - 1)!/n!, as 1/[n C(n - 1, |S|)]
        double choose = 1.0;
        for (int i = 1; i <= size; ++i) choose *= static_cast<double>(n - i) / i;
        for (int k = 0; k < n; ++k) {
            const unsigned with = mask | (1U << static_cast<unsigned>(k));
            if (with != mask) share[k] += (worth[with] - worth[mask]) / (n * choose);
        }
    }
    return share;
}

Eigen::VectorXd risk_by_cause(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                              const TearingSettings& settings, const RiskIndex& centre) {
    Eigen::VectorXd share = Eigen::VectorXd::Zero(n_causes + 1);
    if (settings.tear_model == TearModel::none || depth.size() == 0 || !(centre.total > 0.0)) return share;
    const double shorter = shortening(device, settings);
    const bool gliding = std::holds_alternative<Gliding>(use);
    const auto depths = depth_classes(depth, coarse_grid.depths);
    Skin plain = skin;
    plain.origins.clear();

    // Contacts depend on the hand, the needle and the skin's person; taking the junction away only drops its part. A
    // cause that is not there changes nothing: a coalition with it is worth what the one without is.
    constexpr unsigned n_coalitions = 1U << static_cast<unsigned>(n_causes);
    const unsigned causes = causes_of(device, use, settings, shorter);
    Eigen::VectorXd worth = Eigen::VectorXd::Zero(n_coalitions);
    for (unsigned there = 0; there < static_cast<unsigned>(of_junction); ++there) {
        if ((there & ~causes) != 0U) continue;
        if (gliding && (there & of_slip) == 0U) continue;  // a pen that does not glide drags nothing
        const Device d = device_with(device, there, shorter);
        std::vector<double> reached = depths;
        if ((there & of_length) == 0U) {
            for (double& z : reached) z *= shorter;
        }
        const TearingSettings chosen = settings_with(settings, there);
        const Resistance resistance(skin_with(plain, there), d, chosen);
        const Population population{resistance, chosen, coarse_grid};
        const RiskIndex index = index_of(contact_classes(d, use_with(use, there), reached, population), population);
        worth[there] = index.slit;
        worth[there | static_cast<unsigned>(of_junction)] = index.total;
    }
    for (unsigned there = 0; there < n_coalitions; ++there) worth[there] = worth[there & causes];
    const double whole = worth[n_coalitions - 1];
    if (!(whole > 0.0)) {
        share[n_causes] = centre.total;
        return share;
    }
    share.head(n_causes) = shapley(worth, n_causes);
    share[n_causes] = worth[0];
    return share * (centre.total / whole);  // the coalitions look at the population more coarsely than the index
}

}  // namespace skin::tearing
