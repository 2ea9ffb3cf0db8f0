// Contacts that begin or end inside the skin, jams, turning while pressed, and the hand's draws (tearing.md
// 1, 3.6, 3.15).
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "skin/device/strike_pattern.hpp"
#include "skin/tearing.hpp"
#include "support/rollers.hpp"
#include "support/tolerances.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/hand.hpp"
#include "tearing/stroke_window.hpp"

namespace skin::tearing {
namespace {

using std::numbers::pi;
using test::bound;
using test::round_off;
using test::struck_wound;

constexpr double mm = 1e-3;

Contact rolling_contact(double slip = 0.0, double tan_alpha = 0.0) {
    Contact c;
    c.h = 10.0 * mm;
    c.rho = 11.0 * mm;
    c.R_e = slipping_radius(free_rolling_radius(c.h, 1.0 * mm), slip);
    c.tan_alpha = tan_alpha;
    return c;
}

Roller medical_roller() {
    Roller roller;
    roller.needle = {.length = 1.5 * mm, .shaft_radius = 0.125 * mm, .tip_radius = 4e-6, .taper_length = 1.0 * mm};
    return roller;
}

// TEA-V70 a contact that lies inside its stroke is the whole contact (equality of demand with free rolling to 1e-3, the
// chords); one that begins and ends upright moves nothing at any depth; one that is cut in the middle has gone half
// way.
TEST(StrokeWindow, WholeUprightAndHalf) {
    const Contact c = rolling_contact(0.05, 0.05);
    EXPECT_TRUE(StrokeWindow{}.holds(c));
    const double half = 0.5 * travel(c);
    EXPECT_TRUE((StrokeWindow{.before = 1.0001 * half, .after = 1.0001 * half}.holds(c)));
    EXPECT_FALSE((StrokeWindow{.before = 0.9999 * half, .after = 1.0001 * half}.holds(c)));
    for (const double z : {0.0, 0.3 * mm, 0.8 * mm}) {
        EXPECT_NEAR(interrupted_demand(c, {}, z), demand(c, z), bound(1e-3) * demand(c, z));
        EXPECT_NEAR(length(interrupted_way(c, {}, z)), length(net_way(c, z)), round_off(mm));
        EXPECT_NEAR(interrupted_demand(c, {.before = 0.0, .after = 0.0}, z), 0.0, round_off(mm));
    }
    // Side-slip is odd about the upright needle: half the contact takes half of T tan(alpha).
    const Point way = interrupted_way(c, {.after = 0.0}, 0.0);
    EXPECT_NEAR(way.y, half * c.tan_alpha, round_off(mm));
    EXPECT_TRUE((StrokeWindow{.after = -1.0001 * half}.misses(c)));
    // A depth that the needle has not reached when the drum stops is not touched.
    EXPECT_EQ(interrupted_demand(c, {.after = -0.9 * half}, 0.9 * mm), 0.0);
    EXPECT_GT(interrupted_demand(c, {.after = -0.5 * half}, 0.0), 0.0);
}

// TEA-V71 the same by moving a rigid drum in small steps: lowered at rest, rolled, lifted at rest; where the needle
// line cuts each depth, from the first moment at which the tip is below it. Tolerance
// 1e-3 for the demand (chords), 1e-5 mm for the way (6e-6 mm a step of the lift).
TEST(StrokeWindow, AgreesWithADrumMovedInSteps) {
    const Contact c = rolling_contact(0.1);
    const StrokeWindow w{.before = 2.0 * mm, .after = 1.2 * mm};
    constexpr int steps = 200000;
    for (const double z : {0.0, 0.2 * mm, 0.5 * mm}) {
        double entry = NAN, reach = 0.0, last = 0.0;
        const auto look = [&](double axle_x, double axle_h, double phi) {
            // tip below z?
            if (c.rho * std::cos(phi) - axle_h < z) return;
            const double x = axle_x - (axle_h + z) * std::tan(phi);
            if (std::isnan(entry)) entry = x;
            last = x - entry;
            reach = std::max(reach, std::abs(last));
        };
        const double from = -w.before / c.R_e, to = w.after / c.R_e, lift = 1.2 * mm;
        for (int i = 0; i <= steps; ++i) look(-w.before, c.h + lift * (1.0 - i / double{steps}), from);
        for (int i = 0; i <= steps; ++i) {
            const double phi = from + (to - from) * i / steps;
            look(c.R_e * phi, c.h, phi);
        }
        for (int i = 0; i <= steps; ++i) look(w.after, c.h + lift * i / double{steps}, to);
        EXPECT_NEAR(interrupted_demand(c, w, z), reach, bound(1e-3) * reach) << z;
        EXPECT_NEAR(interrupted_way(c, w, z).x, last, bound(1e-5 * mm)) << z;
    }
}

// TEA-V72 a drum that jams upright ploughs what is left of the stroke at every depth; a drum turned by t about its
// middle moves an upright needle on ring y_0 along a chord 2 y_0 sin(t/2). Round-off.
TEST(StrokeWindow, JamsAndTurns) {
    Contact c = rolling_contact(0.0, 0.1);
    const StrokeWindow jam{.before = 0.0, .after = 0.0, .plough = 7.0 * mm};
    const double expected = 7.0 * mm * std::hypot(1.0, 0.1);
    for (const double z : {0.0, 0.5 * mm}) {
        EXPECT_NEAR(length(interrupted_way(c, jam, z)), expected, round_off(10.0 * mm));
        EXPECT_NEAR(interrupted_demand(c, jam, z), expected, round_off(10.0 * mm));
    }
    c.y_0 = 8.75 * mm;
    for (const double t : {0.5, -0.5, pi}) {
        const StrokeWindow turn{.before = 0.0, .after = 0.0, .turn = t};
        const double chord = 2.0 * c.y_0 * std::abs(std::sin(0.5 * t));
        EXPECT_NEAR(length(interrupted_way(c, turn, 0.0)), chord, round_off(10.0 * mm));
        EXPECT_NEAR(interrupted_demand(c, turn, 0.0), chord, round_off(10.0 * mm));
        // and its way is the arc, to the chords of 7.5 degrees at most
        EXPECT_NEAR(interrupted_length(c, turn, 0.0), c.y_0 * std::abs(t), bound(1e-3) * c.y_0 * std::abs(t));
    }
}

// TEA-V73 passes go where the wound says: with slip along the roll alone every slit lies along the heading of its pass,
// in four directions; with side-slip it turns to the side of the side-slip. Round-off (straight ways).
TEST(StrokesOfAHand, SlitsFollowTheHeadingOfTheirPass) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = 75.0});
    const Roller roller = medical_roller();
    const Rolling use{.passes = 8, .slip = 0.15, .slip_spread = 0.0, .side_slip_spread = 0.0};
    const Wound wound = struck_wound(roller, use, 400, 0.8 * mm);
    const auto r = tear(skin, roller, use, wound, 3, {.stroke_ends = StrokeEnds::ignored});
    ASSERT_EQ(r.tear_fraction, 1.0);
    std::vector<int> seen(4, 0);
    for (Eigen::Index i = 0; i < wound.size(); ++i) {
        EXPECT_NEAR(std::sin(r.wound.slit_direction[i] - wound.heading[i]), 0.0, round_off(4.0));
        ++seen[static_cast<std::size_t>(wound.pass_number[i]) % 4];
    }
    for (const int n : seen) EXPECT_EQ(n, 100);
    // Langer lines lie along x: slits along them are the longest, across them the shortest.
    const auto of_pass = [&](double pass) {
        for (Eigen::Index i = 0; i < wound.size(); ++i)
            if (wound.pass_number[i] == pass) return r.slit_path[i];
        return 0.0;
    };
    EXPECT_GE(of_pass(0.0), of_pass(2.0));
    EXPECT_GE(of_pass(2.0), of_pass(1.0));
    Rolling askew = use;
    askew.side_slip = 0.1;
    const auto s = tear(skin, roller, askew, wound, 3, {.stroke_ends = StrokeEnds::ignored});
    for (Eigen::Index i = 0; i < wound.size(); ++i) {
        const double off = std::remainder(s.wound.slit_direction[i] - wound.heading[i], pi);
        EXPECT_GT(off, 0.05);
        EXPECT_LT(off, 1.2);
    }
}

// TEA-V74 slip lasts a stroke as far as `stroke_share` says and keeps its spread: with share 1 every contact of a
// stroke has the same demand, with 0 none are equal, and the share of the variance between strokes is the share. 15
// passes of a patch of 0.5 m stroke hold enough strokes; tolerance 0.15 at share 0.5 (three standard errors with 60
// strokes).
TEST(StrokesOfAHand, SlipLastsAStroke) {
    const Skin skin = Skin::preset("face_cheek");
    const Roller roller = medical_roller();
    Rolling use{.passes = 60, .slip = 0.2, .slip_spread = 0.02, .side_slip_spread = 0.0, .stroke_length = 1.0};
    const Wound wound = struck_wound(roller, use, 3000, 0.5 * mm);
    const auto share_between = [&](double stroke_share) {
        use.stroke_share = stroke_share;
        const auto r =
            tear(skin, roller, use, wound, 5, {.tear_model = TearModel::none, .stroke_ends = StrokeEnds::ignored});
        // strokes are far longer and about as wide as the patch: take the channels of one lane of each pass
        std::vector<double> means;
        double within = 0.0, n_within = 0.0, mean = 0.0;
        for (double pass = 0.0; pass < 60.0; pass += 1.0) {
            std::vector<double> demands;
            double lane = NAN, touch = NAN;
            for (Eigen::Index i = 0; i < wound.size(); ++i) {
                if (wound.pass_number[i] != pass) continue;
                const double c = std::cos(wound.heading[i]), s = std::sin(wound.heading[i]);
                const double at = c * wound.y[i] - s * wound.x[i] - wound.ring_offset[i];
                const double from = c * wound.x[i] + s * wound.y[i] - wound.travelled[i];
                if (std::isnan(lane)) lane = at, touch = from;
                if (std::abs(at - lane) < 1e-6 && std::abs(from - touch) < 1e-6) demands.push_back(r.demand[i]);
            }
            double sum = 0.0, squares = 0.0;
            for (const double d : demands) sum += d, squares += d * d;
            const auto n = static_cast<double>(demands.size());
            if (n < 5.0) continue;
            means.push_back(sum / n);
            mean += sum / n;
            within += squares - sum * sum / n;
            n_within += n - 1.0;
        }
        mean /= static_cast<double>(means.size());
        double between = 0.0;
        for (const double m : means) between += (m - mean) * (m - mean) / static_cast<double>(means.size() - 1);
        const double inside = within / n_within;
        return std::pair{between / (between + inside), between + inside};
    };
    const auto whole = share_between(1.0), none = share_between(0.0), half = share_between(0.5);
    EXPECT_NEAR(whole.first, 1.0, 1e-9);
    EXPECT_LT(none.first, 0.12);
    EXPECT_NEAR(half.first, 0.5, bound(0.2));
    EXPECT_NEAR(none.second / whole.second, 1.0, bound(0.6));  // variance of 60 strokes: sd 0.18, three of them
}

// TEA-V75 a trembling stamp: the way from where the hand was to where it is has the spread sqrt(2) tremor on each axis,
// so its mean length is tremor sqrt(pi). Tolerance: three standard errors. Without tremor it does not drag at all.
TEST(StrokesOfAHand, AStampOnlyTrembles) {
    const Skin skin = Skin::preset("face_cheek");
    const Stamp stamp;
    const int n = 4000;
    const Wound wound = test::equal_channels(stamp.needle, 0.5 * stamp.needle.length, n, 1e6);
    const double tremor = 50e-6;
    const auto r = tear(skin, stamp, Pressing{.tremor = tremor}, wound, 2);
    const double expected = tremor * std::sqrt(pi);
    EXPECT_NEAR(r.demand.mean(), expected, bound(3.0) * 0.53 * expected / std::sqrt(n));
    EXPECT_EQ(tear(skin, stamp, Pressing{}, wound, 2).demand.maxCoeff(), 0.0);
}

// TEA-V76 a pen drags along the heading of its pass, by v t_in (eq. 39), with one speed for a pass. Round-off.
TEST(StrokesOfAHand, APenDragsAlongItsHeading) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = 75.0});
    const Pen pen;
    const Gliding use{.speed = 0.2, .passes = 4};
    const StrikePattern p = strike_pattern(pen, use, 80, 1);
    Wound wound = test::wound_of(pen.needle, std::vector<double>(80, 0.6 * mm), p.holes_per_area);
    wound.heading = p.heading;
    wound.pass_number = p.pass_number;
    const auto r = tear(skin, pen, use, wound, 4);
    for (Eigen::Index i = 0; i < 80; ++i) {
        EXPECT_EQ(r.demand[i], r.demand[static_cast<Eigen::Index>(wound.pass_number[i]) * 20]);
        if (r.slit_length[i] > 0.0) {
            EXPECT_NEAR(std::sin(r.wound.slit_direction[i] - wound.heading[i]), 0.0, round_off(4.0));
        }
    }
    EXPECT_GT(r.tear_fraction, 0.0);
    const double t_in = time_in_skin(0.6 * mm, crank_amplitude(pen), pen.frequency);
    const auto steady = tear(skin, pen, Gliding{.speed = 0.01, .speed_variation = 0.0}, wound, 4);
    EXPECT_NEAR(steady.demand[0], 0.01 * t_in, round_off(mm));
}

// TEA-V77 a jam in every stroke: some needles plough a large part of it, holes that the drum came past before the jam
// are torn as without; a drum that is turned in the skin cuts arcs up to the ring's chord. Nothing of that when the use
// says nothing: equality.
TEST(StrokesOfAHand, JamsAndTurnsTearWhatIsInTheSkin) {
    const Skin skin = Skin::preset("face_cheek");
    const Roller roller = medical_roller();
    Rolling use{.passes = 4, .slip_spread = 0.0, .side_slip_spread = 0.0};
    const Wound wound = struck_wound(roller, use, 1000, 0.8 * mm);
    const auto usual = tear(skin, roller, use, wound, 1);
    use.jammed_share = 1.0;
    const auto jammed = tear(skin, roller, use, wound, 1);
    double longest = 0.0;
    int ploughed = 0, without = 0, same = 0;
    for (Eigen::Index i = 0; i < wound.size(); ++i) {
        if (jammed.demand[i] > 2.0 * mm) ++ploughed;
        if (jammed.demand[i] == 0.0) ++without;
        if (jammed.demand[i] == usual.demand[i]) ++same;
        longest = std::max(longest, jammed.slit_length[i]);
    }
    EXPECT_GT(ploughed, 5);
    EXPECT_GT(without, 5);  // beyond the jam
    EXPECT_GT(same, 100);
    EXPECT_LE(longest, use.stroke_length + 1.0 * mm);
    EXPECT_TRUE(jammed.tram_track);
    use.jammed_share = 0.0;
    use.turn_pressed = 0.5;
    const auto turned = tear(skin, roller, use, wound, 1);
    EXPECT_GT(turned.demand.maxCoeff(), 2.0 * mm);
    EXPECT_LT(turned.demand.maxCoeff(), 2.0 * std::hypot(0.5 * roller.width, 4.0 * mm) * std::sin(0.25) + 1.0 * mm);
    int untouched = 0;
    for (Eigen::Index i = 0; i < wound.size(); ++i) untouched += turned.demand[i] == usual.demand[i];
    EXPECT_GT(untouched, 700);  // all but the last half contact of a stroke of 50 mm
}

// TEA-V78 flap of each channel (3.12): a* = lambda_e (u/u_c - 1) of the strip, 0 below u_c; the strip is E t of stratum
// corneum and viable epidermis. Turning in the skin slides the epidermis no further than the dermis (both move), so the
// slide that counts comes from the tilt: it is bounded by the demand at the mouth. Round-off.
TEST(StrokesOfAHand, FlapLengthsFollowTheStrip) {
    Skin skin = Skin::preset("face_cheek", {.age_years = 85.0});
    skin.tear_resistance.junction_toughness = 0.005;  // weak enough to give way
    const Roller roller = medical_roller();
    const Rolling use{.passes = 4, .slip = 0.1};
    const Wound wound = struck_wound(roller, use, 300, 0.8 * mm);
    const auto r = tear(skin, roller, use, wound, 1);
    ASSERT_GT(r.junction_slide, r.junction_critical_slide);
    const double k_i = skin.tear_resistance.junction_stiffness * skin.tear_resistance.junction_thickness /
                       skin.layer("papillary_dermis").thickness;
    double strip = 0.0;
    for (const auto* name : {"stratum_corneum", "viable_epidermis"})
        strip += skin.layer(name).youngs_modulus * skin.layer(name).thickness;
    const double longest = std::sqrt(strip / k_i) * (r.junction_slide / r.junction_critical_slide - 1.0);
    EXPECT_NEAR(r.largest_flap, std::min(longest, std::sqrt(wound.area)), round_off(longest));
    EXPECT_EQ(r.largest_flap, r.flap_length.maxCoeff());
    EXPECT_GE(r.flap_length.minCoeff(), 0.0);
}

}  // namespace
}  // namespace skin::tearing
