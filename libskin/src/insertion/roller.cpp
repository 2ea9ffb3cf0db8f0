// The hand force of a roller, shared among its needles and its drum (docs/theory/insertion.md, section 6).
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "insertion/drive.hpp"
#include "insertion/ring_classes.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double finest_strip = 0.25e-3;  // [m] of the skin under a drum; half of it moves depths by less than 1 %

// Vertical force of all needles when the deepest ones, upright at the bottom, have the travel D (eq. 36). A needle at
// angle q reaches the skin along its own axis: its base has the travel (r + L) - (r + L - D)/cos q.
double drum_force(const Roller& roller, const std::vector<RingClass>& classes, const LayeredNeedle::Strike& strike,
                  double D, double tolerance) {
    const double tip_circle = roller.drum_radius + roller.needle.length, axle = tip_circle - D;
    const double step = 2.0 * pi / roller.needles_per_ring;
    const Balance deepest = strike.at_travel(D, tolerance);
    const auto travel_at = [&](double q) { return tip_circle - axle / std::cos(q); };
    double total = 0.0;
    for (const RingClass& c : classes) {
        double sum = c.turned == 0.0 ? deepest.force : 0.0;
        for (int k = c.turned == 0.0 ? 1 : 0; (k + c.turned) * step < 0.5 * pi; ++k) {  // on the way in
            const double q = (k + c.turned) * step, travel = travel_at(q);
            if (!(travel > 0.0)) break;
            sum += std::cos(q) * strike.at_travel(travel, tolerance).force;
        }
        for (int k = 1; (k - c.turned) * step < 0.5 * pi; ++k) {  // on the way out
            const double q = (k - c.turned) * step, travel = travel_at(q);
            if (!(travel > 0.0)) break;
            sum += std::cos(q) * force_going_out(strike, deepest, D - travel);
        }
        total += static_cast<double>(c.rings.size()) * sum;
    }
    return total;
}

// Level skin: travel, and what the drum carries when it has come down on it.
StrikeDrive on_level_skin(const Roller& roller, const StrikePattern& pattern, const LayeredNeedle& model,
                          const InsertionSettings& settings) {
    const auto classes = ring_classes(roller);
    StrikeDrive drive{.travel = Eigen::VectorXd(pattern.x.size())};
    Eigen::VectorXd& travel = drive.travel;
    double on_drum = 0.0;
    for (Eigen::Index i = 0; i < travel.size(); ++i) {
        if (same_hand(pattern, i)) {
            travel[i] = travel[i - 1];
            drive.drum_force += on_drum;
            continue;
        }
        const auto strike = model.at(model.nominal_tops(), pattern.speed[i]);
        const auto force = [&](double D) { return drum_force(roller, classes, strike, D, settings.tolerance); };
        // First balance on loading: scan, because the force drops when a barrier gives way.
        constexpr int points = 48;
        const double hand = pattern.hand_force[i], contact = roller.needle.length;
        double low = 0.0, at_low = -hand;
        travel[i] = hand > 0.0 ? contact : 0.0;  // drum contact: the skin under the drum carries the rest
        bool carried = !(hand > 0.0);
        for (int k = 1; k <= points && hand > 0.0; ++k) {
            const double high = contact * k / points;
            const double at_high = force(high) - hand;
            if (at_high >= 0.0) {
                travel[i] = bracketed_root([&](double D) { return force(D) - hand; }, low, high, at_low, at_high,
                                           settings.tolerance);
                carried = true;
                break;
            }
            low = high, at_low = at_high;
        }
        on_drum = carried ? 0.0 : -at_low;
        drive.drum_force += on_drum;
    }
    drive.drum_force /= static_cast<double>(travel.size());
    return drive;
}

// Skin that follows needles and drum: its layers, pressed by strips as wide as the drum.
StrikeDrive in_a_trough(const Skin& skin, const Roller& roller, const StrikePattern& pattern,
                        const LayeredNeedle& model, const InsertionSettings& settings) {
    if (settings.array_coupling != ArrayCoupling::layered || settings.deflection_model == DeflectionModel::none) {
        throw ParameterError(
            "settings.drum_contact = conforming presses a trough into the layers of the skin: it needs "
            "settings.array_coupling = layered and a settings.deflection_model other than none");
    }
    const FarField layers(stack_of(skin), 1.0);
    const StripCompliance strips = strip_compliance(layers, roller.width, 0.9 * roller.drum_radius,
                                                    std::min(finest_strip, roller.drum_radius / 40.0));
    StrikeDrive drive{.travel = Eigen::VectorXd(pattern.x.size())};
    for (Eigen::Index i = 0; i < drive.travel.size(); ++i) {
        if (!same_hand(pattern, i)) {
            const InsertionCurve curve(skin, roller.needle, pattern.speed[i], settings);
            drive.trough.emplace_back(roller, curve, strips, model.rate_factor_at(pattern.speed[i]),
                                      pattern.hand_force[i]);
        }
        const DrumTrough& trough = drive.trough.back();
        drive.hand.push_back(drive.trough.size() - 1);
        drive.travel[i] = trough.travel();
        drive.drum_force += trough.drum_force();
        drive.drum_half_width += trough.half_width();
    }
    drive.drum_force /= static_cast<double>(drive.travel.size());
    drive.drum_half_width /= static_cast<double>(drive.travel.size());
    return drive;
}

}  // namespace

StrikeDrive roller_drive(const Skin& skin, const Roller& roller, const StrikePattern& pattern,
                         const LayeredNeedle& model, const InsertionSettings& settings) {
    return settings.drum_contact == DrumContact::flat ? on_level_skin(roller, pattern, model, settings)
                                                      : in_a_trough(skin, roller, pattern, model, settings);
}

Eigen::VectorXd roller_travel(const Roller& roller, const StrikePattern& pattern, const LayeredNeedle& model,
                              const InsertionSettings& settings) {
    return on_level_skin(roller, pattern, model, settings).travel;
}

}  // namespace skin::insertion
