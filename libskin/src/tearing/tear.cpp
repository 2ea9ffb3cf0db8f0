#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/random.hpp"
#include "skin/core/validate.hpp"
#include "skin/tearing.hpp"
#include "tearing/contact_tear.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/population.hpp"
#include "tearing/risk.hpp"
#include "tearing/risk_band.hpp"
#include "tearing/risk_causes.hpp"

namespace skin {

namespace {

using namespace tearing;

/// What a hand cannot do with this roller.
void check_hand(const Roller& roller, const Rolling& use, const Eigen::VectorXd& depth) {
    const double widest = 0.5 * roller.width;
    if (std::abs(use.yaw_rate) * widest >= use.speed) {
        throw ParameterError(
            text("use.yaw_rate = %g rad/s at use.speed = %g m/s turns the roller about a point %g m from "
                 "its middle, inside the drum (roller.width = %g m): it is outside [%g, %g]",
                 use.yaw_rate, use.speed, std::abs(use.speed / use.yaw_rate), roller.width, -use.speed / widest,
                 use.speed / widest));
    }
    if (depth.size() > 0 && depth.maxCoeff() > 0.0 && !(use.force > 0.0)) {
        throw ParameterError("use.force = 0 N is outside (0, 1000]: a roller that is not pressed makes no channels");
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

/// How one channel was made, with the hand's scatter. Draws are a pure function of (seed, channel).
struct Drawn {
    Motion motion;
    double heading;  // [rad] of the pass from the Langer lines: passes go in turn, the wound does not say in which
};

Drawn draw(const Roller& roller, const Rolling& use, const Resistance& resistance, const TearingSettings& settings,
           double d, RandomStream stream) {
    Slip slip;
    slip.slip = use.slip + use.slip_spread * stream.normal();
    slip.side_slip = use.side_slip + use.side_slip_spread * stream.normal();
    const double heading = std::numbers::pi * stream.uniform();
    const double distance = use.stroke_length * stream.uniform();
    const int ring = static_cast<int>(stream.uniform() * roller.rings);
    slip.ring = roller.width * ((ring + 0.5) / roller.rings - 0.5);
    if (!use.held && d > 0.0) {  // loose skin follows the roller at first (eq. 35)
        const double h = axle_height(roller, d);
        const double c_b =
            brush(roller.rings * roller.needles_per_ring, h, d, free_rolling_radius(h, d)).slip_stiffness;
        const double psi = relaxation(distance, resistance.shank_stiffness() * c_b / resistance.patch_stiffness());
        slip.slip *= psi;
        slip.side_slip *= psi;
    }
    return {rolling_motion(roller, use, drum_contact(roller, resistance, settings, d), slip), heading};
}

Drawn draw(const Pen& pen, const Gliding& use, double d, RandomStream stream) {
    const double speed = stream.lognormal(use.speed, use.speed_variation);
    return {Motion::glided(d, speed, pen.frequency, crank_amplitude(pen)), std::numbers::pi * stream.uniform()};
}

void tear_channels(const Skin& skin, const Device& device, const Use& use, std::uint64_t seed,
                   const TearingSettings& settings, TearingResult& result) {
    const Resistance resistance(skin, device, settings);
    const Eigen::Index n = result.wound.size();
    std::vector<Point> points;
    Eigen::Index torn = 0, hidden = 0;
    double longest = 0.0, its_depth = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        const double d = result.wound.depth[i];
        const RandomStream stream(seed, static_cast<std::uint64_t>(i), StreamId::tearing);
        Drawn drawn{Motion::none(d), 0.0};
        if (const auto* rolling = std::get_if<Rolling>(&use)) {
            drawn = draw(*std::get_if<Roller>(&device), *rolling, resistance, settings, d, stream);
        } else if (const auto* gliding = std::get_if<Gliding>(&use)) {
            drawn = draw(*std::get_if<Pen>(&device), *gliding, d, stream);
        }
        const ContactTear t = tear_contact(drawn.motion, resistance, drawn.heading, settings, points);
        result.demand[i] = t.demand;
        result.critical_offset[i] = t.critical_offset;
        result.slit_length[i] = t.slit_length;
        result.slit_path[i] = t.slit_path;
        result.wound.slit_length[i] = t.slit_length;
        result.wound.slit_depth[i] = t.slit_depth;
        result.work[i] = t.work;
        result.stored_energy[i] = t.stored;
        result.dissipated_energy[i] = t.dissipated;
        result.junction_slide = std::max(result.junction_slide, t.junction_slide);
        result.needle_bent = result.needle_bent || t.bent;
        torn += t.slit_length > 0.0 ? 1 : 0;
        hidden += t.hidden ? 1 : 0;
        if (t.slit_length > longest) {
            longest = t.slit_length;
            its_depth = d;
        }
    }
    result.junction_critical_slide = resistance.junction().critical_slide();
    if (n == 0) return;
    result.tear_fraction = static_cast<double>(torn) / static_cast<double>(n);
    result.hidden_fraction = static_cast<double>(hidden) / static_cast<double>(n);
    result.undriven_ratio = longest > 0.0 ? resistance.undriven_ratio(longest, its_depth) : 0.0;
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

void finish_roller(const Skin& skin, const Roller& roller, const Rolling& use, const TearingSettings& settings,
                   TearingResult& result) {
    const double d = result.wound.depth.mean();
    const double h = axle_height(roller, d);
    const DrumContact drum = drum_contact(roller, Resistance(skin, roller, settings), settings, d);
    if (d > 0.0 && h > 0.0 && use.slip < 1.0 && drum.axle_slip < 1.0) {
        result.rolling_radius = slipping_radius(slipping_radius(drum.free_radius, drum.axle_slip), use.slip);
        result.hole_pitch = hole_pitch(result.rolling_radius, roller.needles_per_ring);
    }
    warn_outside_range(roller, use, result);
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
    info.cite("libskin_tearing");
    if (result.demand.size() > 0 && result.demand.maxCoeff() > 0.0) {
        info.warn("prediction", "tearing",
                  "slits of rollers and pens are a prediction: no measured slit length, slip or hand force is known");
    }
    if (result.needle_bent) {
        info.warn("needle_bent", "tearing",
                  "the lateral load bends the needle for good; a hooked tip tears on its way out");
    }
    if (result.junction_slide > result.junction_critical_slide) {
        info.warn(
            "flap", "tearing",
            text("the epidermis slides %.2f mm on the dermis, more than the %.2f mm at which the junction gives way",
                 result.junction_slide * 1e3, result.junction_critical_slide * 1e3));
    }
    if (result.undriven_ratio > 1.0) {
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
    for (auto* column :
         {&result.slit_length, &result.slit_path, &result.demand, &result.critical_offset, &result.wound.slit_length,
          &result.wound.slit_depth, &result.work, &result.stored_energy, &result.dissipated_energy}) {
        *column = Eigen::VectorXd::Zero(n);
    }
    result.rolling_radius = result.hole_pitch = std::numeric_limits<double>::quiet_NaN();
    tear_channels(skin, device, use, seed, settings, result);
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
        if (const auto* rolling = std::get_if<Rolling>(&use)) finish_roller(skin, *roller, *rolling, settings, result);
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
