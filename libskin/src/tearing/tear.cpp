#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/tearing.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/motion.hpp"
#include "tearing/risk.hpp"
#include "tearing/risk_band.hpp"
#include "tearing/risk_causes.hpp"
#include "tearing/tear_channels.hpp"

namespace skin {

namespace {

using namespace tearing;

/// What a hand cannot do with this roller.
void check_hand(const Roller& roller, const Rolling& use, const Eigen::VectorXd& depth) {
    const double widest = 0.5 * roller.width;
    if (std::abs(use.yaw_rate) * widest >= use.speed) {
        throw ParameterError(
            text("rolling.yaw_rate = %g rad/s at rolling.speed = %g m/s turns the roller about a point %g m from "
                 "its middle, inside the drum (roller.width = %g m): it is outside [%g, %g]",
                 use.yaw_rate, use.speed, std::abs(use.speed / use.yaw_rate), roller.width, -use.speed / widest,
                 use.speed / widest));
    }
    if (depth.size() > 0 && depth.maxCoeff() > 0.0 && !(use.force > 0.0)) {
        throw ParameterError(
            "rolling.force = 0 N is outside (0, 1000]: a roller that is not pressed makes no channels");
    }
}

void check(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
           const TearingSettings& settings) {
    validate_skin(skin);
    validate_device(device);
    validate_use(use);
    validate(settings, "settings");
    if (std::holds_alternative<Rolling>(use) && !std::holds_alternative<Roller>(device)) {
        throw ParameterError("tear: use is Rolling, but the device is not a Roller");
    }
    if (std::holds_alternative<Gliding>(use) && !std::holds_alternative<Pen>(device)) {
        throw ParameterError("tear: use is Gliding, but the device is not a Pen");
    }
    const auto* rolling = std::get_if<Rolling>(&use);
    if (rolling != nullptr) check_hand(*std::get_if<Roller>(&device), *rolling, depth);
}

void warn_outside_range(const Roller& roller, const Rolling& use, TearingResult& result) {
    const double d = result.wound.depth.maxCoeff();
    const auto out = [&](const std::string& what) {
        result.info.warn("outside_validated_range", "tearing", "tear: " + what + "; the result is an extrapolation");
    };
    constexpr double deepest = 0.3, most_slip = 0.2, most_side_slip = 0.17453292519943295;  // tearing.md 3
    if (d > deepest * axle_height(roller, d)) out(text("needles reach %.3g mm, above 0.3 of the axle height", d * 1e3));
    if (std::abs(use.slip) > most_slip) out(text("slip %.3g is beyond 0.2", use.slip));
    if (std::abs(use.side_slip) > most_side_slip) out(text("side-slip %.3g rad is beyond 10 degrees", use.side_slip));
    if (result.hole_pitch < 2.0 * result.critical_offset.maxCoeff()) {
        out("holes of one pass are closer than twice the critical offset, so that contacts are not independent");
    }
}

void find_pitch(const Skin& skin, const Roller& roller, const Rolling& use, const TearingSettings& settings,
                TearingResult& result) {
    const double d = result.wound.depth.mean();
    const double h = axle_height(roller, d);
    const DrumContact drum = drum_contact(roller, Resistance(skin, roller, settings), settings, d);
    if (d > 0.0 && h > 0.0 && use.slip < 1.0 && drum.axle_slip < 1.0) {
        result.rolling_radius = slipping_radius(slipping_radius(drum.free_radius, drum.axle_slip), use.slip);
        result.hole_pitch = hole_pitch(result.rolling_radius, roller.needles_per_ring);
    }
}

void say(const TearingSettings& settings, TearingResult& result) {
    ResultInfo& info = result.info;
    info.use("tearing.tear_model = " + std::string{name_of(settings.tear_model)});
    info.use("tearing.slice_push = " + std::string{name_of(settings.slice_push)});
    info.use("tearing.lateral_stiffness = " + (settings.lateral_table.size() > 0
                                                   ? std::string{"table"}
                                                   : std::string{name_of(settings.lateral_stiffness)}));
    info.use("tearing.initial_slit = " + std::string{name_of(settings.initial_slit)});
    info.use("tearing.rolling_model = " + std::string{name_of(settings.rolling_model)});
    info.use("tearing.stroke_ends = " + std::string{name_of(settings.stroke_ends)});
    info.cite("libskin_tearing");
    if (result.demand.size() > 0 && result.demand.maxCoeff() > 0.0) {
        info.warn("prediction", "tearing",
                  "slits of rollers and pens are a prediction: no measured slit length, slip or hand force is known");
    }
    if (result.needle_bent) {
        info.warn("needle_bent", "tearing",
                  "the lateral load bends the needle for good; a hooked tip may tear on its way out");
    }
    if (result.hooked_tip) {
        info.warn("hooked_tip", "tearing", "needles bend inside the skin: their tips come out as hooks");
    }
    if (result.junction_slide > result.junction_critical_slide) {
        info.warn("flap", "tearing",
                  text("the epidermis slides up to %.2f mm on the dermis, more than the %.2f mm at which the junction "
                       "gives way",
                       result.junction_slide * 1e3, result.junction_critical_slide * 1e3));
    }
    if (result.macro_flap) {
        info.warn(
            "macro_flap", "tearing",
            text("slits merge to chains of up to %.1f mm at which the junction gives way: a flap that can be seen",
                 result.longest_chain * 1e3));
    }
    if (result.tram_track) {
        info.warn("tram_track", "tearing", "holes of one stroke are joined into a line along it");
    }
    if (result.bruise) {
        info.warn("bruise", "tearing",
                  text("%.2g of the channels are cut down to vessels below a mouth that stays small: blood stays in",
                       result.bruised_fraction));
    }
    if (result.chain_growth > 1.0) {
        info.warn("undriven_growth", "tearing",
                  "the longest chain of slits would grow by skin tension alone, which is not modelled");
    } else if (result.undriven_ratio > 1.0) {
        info.warn("undriven_growth", "tearing",
                  "the longest slit would grow by skin tension alone, which is not modelled");
    }
}

}  // namespace

TearingResult tear(const Skin& skin, const Device& device, const Use& use, const Wound& wound, std::uint64_t seed,
                   const TearingSettings& settings) {
    validate_wound(wound);
    check(skin, device, use, wound.depth, settings);
    const Eigen::Index n = wound.size();
    TearingResult result;
    result.info = skin_info(skin, "tearing");
    result.seed = seed;
    result.wound = wound;
    result.rolling_radius = result.hole_pitch = std::numeric_limits<double>::quiet_NaN();
    if (const auto* roller = std::get_if<Roller>(&device); roller != nullptr && n > 0) {
        if (const auto* rolling = std::get_if<Rolling>(&use)) find_pitch(skin, *roller, *rolling, settings, result);
    }
    tear_channels(skin, device, use, settings, result);
    const RiskIndex risk = risk_index(skin, device, use, wound.depth, settings);
    const RiskBand band = risk_band(skin, device, use, wound.depth, settings, risk);
    result.risk_index = risk.total;
    result.slit_index = risk.slit;
    result.flap_index = risk.flap;
    result.risk_low = band.low;
    result.risk_high = band.high;
    result.cause.assign(cause_names.begin(), cause_names.end());
    result.risk_by_cause = risk_by_cause(skin, device, use, wound.depth, settings, risk);
    if (const auto* roller = std::get_if<Roller>(&device); roller != nullptr && n > 0) {
        if (const auto* rolling = std::get_if<Rolling>(&use)) warn_outside_range(*roller, *rolling, result);
    }
    say(settings, result);
    return result;
}

double tear_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                  const TearingSettings& settings) {
    check(skin, device, use, depth, settings);
    constexpr double deepest = 0.02;  // [m] as the depth of a wound
    for (const double d : depth) check_range("depth", d, "m", 0.0, deepest);
    return risk_index(skin, device, use, depth, settings).total;
}

}  // namespace skin
