#include "tearing/hand.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

#include "skin/core/random.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/population.hpp"
#include "tearing/stroke_window.hpp"

namespace skin::tearing {

namespace {

// Samples of strokes and passes never meet those of channels.
constexpr std::uint64_t stroke_samples = std::uint64_t{1} << 50, pass_samples = std::uint64_t{1} << 51;

bool known(const Eigen::VectorXd& column) { return column.size() > 0; }

std::size_t pass_of(const Wound& wound, Eigen::Index i) {
    return known(wound.pass_number) ? static_cast<std::size_t>(wound.pass_number[i]) : 0;
}

/// Where a channel lies in its pass: along the heading, and its stroke's lane across it.
struct Lane {
    double touchdown, middle;  // [m] of the stroke along, of the drum across
};
Lane lane_of(const Wound& w, Eigen::Index i) {
    const double c = std::cos(w.heading[i]), s = std::sin(w.heading[i]);
    return {c * w.x[i] + s * w.y[i] - w.travelled[i], c * w.y[i] - s * w.x[i] - w.ring_offset[i]};
}

/// Number of the stroke that made channel i, counted from that of channel `first` of the same pass. Strokes lie one
/// behind the other and side by side.
std::uint64_t stroke_number(const Wound& w, Eigen::Index i, Eigen::Index first, double stroke, double width) {
    const Lane here = lane_of(w, i), there = lane_of(w, first);
    constexpr std::int64_t middle = 2048, most = 4095;  // strokes either side; far ones share a number
    const auto number = [&](double distance, double step) {
        return static_cast<std::uint64_t>(
            std::clamp(static_cast<std::int64_t>(std::llround(distance / step)) + middle, std::int64_t{0}, most));
    };
    const std::uint64_t pass = pass_of(w, i);
    return (pass << 24U) | (number(here.touchdown - there.touchdown, stroke) << 12U) |
           number(here.middle - there.middle, width);
}

bool knows_strokes(const Wound& w) {
    return known(w.pass_number) && known(w.heading) && known(w.travelled) && known(w.ring_offset);
}

}  // namespace

Hand::Hand(const Device& device, const Use& use, const Wound& wound, const Resistance& resistance, std::uint64_t seed,
           const TearingSettings& settings)
    : device_(device), use_(use), wound_(wound), resistance_(resistance), settings_(settings), seed_(seed) {
    for (Eigen::Index i = 0; i < wound.size() && knows_strokes(wound); ++i) {
        const std::size_t pass = pass_of(wound, i);
        if (pass >= first_of_pass_.size()) first_of_pass_.resize(pass + 1, -1);
        if (first_of_pass_[pass] < 0) first_of_pass_[pass] = i;
    }
}

Struck Hand::strike(Eigen::Index i) const {
    if (const auto* rolling = std::get_if<Rolling>(&use_)) return roll(std::get<Roller>(device_), *rolling, i);
    if (const auto* gliding = std::get_if<Gliding>(&use_)) return glide(std::get<Pen>(device_), *gliding, i);
    if (const auto* pressing = std::get_if<Pressing>(&use_)) return press(*pressing, i);
    return {Motion::none(wound_.depth[i]), 0.0};
}

Struck Hand::roll(const Roller& roller, const Rolling& use, Eigen::Index i) const {
    const double d = wound_.depth[i];
    RandomStream own(seed_, static_cast<std::uint64_t>(i), StreamId::tearing);
    double slip = own.normal(), side_slip = own.normal();
    const double heading = known(wound_.heading) ? wound_.heading[i] : std::numbers::pi * own.uniform();
    const double distance = known(wound_.travelled) ? wound_.travelled[i] : use.stroke_length * own.uniform();
    const auto drawn_ring = [&] {
        const int ring = static_cast<int>(own.uniform() * roller.rings);
        return roller.width * ((ring + 0.5) / roller.rings - 0.5);
    };
    Slip s;
    s.ring = known(wound_.ring_offset) ? wound_.ring_offset[i] : drawn_ring();
    StrokeWindow window;
    double jam = own.uniform(), jams_at = own.uniform();
    if (knows_strokes(wound_)) {
        const Eigen::Index first = first_of_pass_[pass_of(wound_, i)];
        RandomStream stroke(seed_, stroke_samples + stroke_number(wound_, i, first, use.stroke_length, roller.width),
                            StreamId::tearing);
        // A part of the error lasts the stroke, the rest is new at every contact; both together keep the spread.
        const double lasting = std::sqrt(use.stroke_share), fresh = std::sqrt(1.0 - use.stroke_share);
        slip = lasting * stroke.normal() + fresh * slip;
        side_slip = lasting * stroke.normal() + fresh * side_slip;
        jam = stroke.uniform();
        jams_at = stroke.uniform();
    }
    s.slip = use.slip + use.slip_spread * slip;
    s.side_slip = use.side_slip + use.side_slip_spread * side_slip;
    if (!use.held && use.lifted && d > 0.0) {  // loose skin follows the roller at first (eq. 35)
        const double h = axle_height(roller, d);
        const double c_b =
            brush(roller.rings * roller.needles_per_ring, h, d, free_rolling_radius(h, d)).slip_stiffness;
        const double psi = relaxation(distance, resistance_.shank_stiffness() * c_b / resistance_.patch_stiffness());
        s.slip *= psi;
        s.side_slip *= psi;
    }
    const Motion whole = rolling_motion(roller, use, drum_contact(roller, resistance_, settings_, d), s);
    const bool jammed = jam < use.jammed_share;
    if (settings_.stroke_ends == StrokeEnds::ignored && !jammed && use.turn_pressed == 0.0) return {whole, heading};
    if (!known(wound_.travelled) && !jammed && use.turn_pressed == 0.0) return {whole, heading};
    window.before = distance;
    window.after = use.stroke_length - distance;
    window.turn = use.turn_pressed;
    window.lifted = use.lifted;
    if (jammed) {
        const double stop = jams_at * use.stroke_length;
        window.after = stop - distance;
        window.plough = use.stroke_length - stop;
    }
    return {whole.within(window), heading};
}

Struck Hand::glide(const Pen& pen, const Gliding& use, Eigen::Index i) const {
    RandomStream own(seed_, static_cast<std::uint64_t>(i), StreamId::tearing);
    double speed = own.lognormal(use.speed, use.speed_variation);
    if (known(wound_.pass_number)) {
        speed = RandomStream(seed_, pass_samples + pass_of(wound_, i), StreamId::tearing)
                    .lognormal(use.speed, use.speed_variation);
    }
    const double heading = known(wound_.heading) ? wound_.heading[i] : std::numbers::pi * own.uniform();
    return {Motion::glided(wound_.depth[i], speed, pen.frequency, crank_amplitude(pen)), heading};
}

Struck Hand::press(const Pressing& use, Eigen::Index i) const {
    const double d = wound_.depth[i];
    if (!(use.tremor > 0.0)) return {Motion::none(d), 0.0};
    // From where the hand was when the needle went in to where it is later: two places, each with the spread.
    RandomStream own(seed_, static_cast<std::uint64_t>(i), StreamId::tearing);
    const double spread = std::numbers::sqrt2 * use.tremor, x = spread * own.normal(), y = spread * own.normal();
    return {Motion::ploughed(d, std::hypot(x, y)), std::atan2(y, x)};
}

}  // namespace skin::tearing
