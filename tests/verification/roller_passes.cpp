// How each channel was struck, and holes that a later strike goes into (docs/theory/insertion.md, section 6).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "insertion/holes.hpp"
#include "insertion/layered_needle.hpp"
#include "skin/core/error.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using skin::test::bound;
constexpr double pi = std::numbers::pi;

double wrapped(double value, double period) { return value - period * std::round(value / period); }

// INS-V220. The columns of a roller's pattern belong to its places: the heading of pass 0, 1, 2, 3 is along, across and
// both diagonals, and again; turned back by it, the way of two strikes of a pass differs by their distance along,
// modulo the stroke (strokes adjoin), and their ring by their distance across, modulo the drum's width. Every ring
// offset is that of one of the rings and the way is within the stroke. Round-off of places of some 10 mm.
TEST(RollerPasses, ColumnsBelongToPlaces) {
    const Roller roller{.stagger = 0.5};
    const Rolling use{.passes = 6};
    const int n = 1200;
    const auto p = strike_pattern(roller, use, n, 3);
    const double angles[] = {0.0, 0.5 * pi, 0.25 * pi, -0.25 * pi};
    std::map<int, int> first;
    for (int i = 0; i < n; ++i) {
        const int pass = static_cast<int>(p.pass_number[i]);
        EXPECT_EQ(pass, i * use.passes / n);
        EXPECT_EQ(p.heading[i], angles[pass % 4]);
        EXPECT_GE(p.travelled[i], 0.0);
        EXPECT_LT(p.travelled[i], use.stroke_length);
        const double ring = (p.ring_offset[i] / roller.width + 0.5) * roller.rings - 0.5;
        EXPECT_NEAR(ring, std::round(ring), bound(1e-12) * roller.rings);
        EXPECT_LT(std::abs(p.ring_offset[i]), 0.5 * roller.width);
        const int to = first.emplace(pass, i).first->second;
        const double dx = p.x[i] - p.x[to], dy = p.y[i] - p.y[to];
        const double c = std::cos(p.heading[i]), s = std::sin(p.heading[i]);
        const double along = c * dx + s * dy, across = -s * dx + c * dy;
        EXPECT_NEAR(wrapped(p.travelled[i] - p.travelled[to] - along, use.stroke_length), 0.0, bound(1e-12));
        EXPECT_NEAR(wrapped(p.ring_offset[i] - p.ring_offset[to] - across, roller.width), 0.0, bound(1e-12));
    }
    EXPECT_EQ(first.size(), 6u);
    // One pass is the drum's lattice itself: the way is the place along it.
    const auto one = strike_pattern(roller, Rolling{.passes = 1, .stroke_length = 0.05}, 600, 3);
    ASSERT_GT(one.x.maxCoeff(), 0.05);  // several strokes
    for (int i = 0; i < 600; ++i) {
        EXPECT_EQ(one.pass_number[i], 0.0);
        EXPECT_EQ(one.heading[i], 0.0);
        EXPECT_NEAR(wrapped(one.travelled[i] - one.x[i], 0.05), 0.0, bound(1e-12));
        EXPECT_NEAR(one.ring_offset[i], one.y[i] - 0.5 * roller.width, bound(1e-12));
    }
    // A pen has passes and headings, and no ring; a stamp has none of them.
    const auto pen = strike_pattern(Pen{}, Gliding{.passes = 5}, 100, 3);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(pen.pass_number[i], i * 5 / 100);
        EXPECT_EQ(pen.heading[i], angles[(i * 5 / 100) % 4]);
        EXPECT_EQ(pen.ring_offset[i], 0.0);
    }
    const auto stamp = strike_pattern(Stamp{}, Travel{}, 100, 3);
    EXPECT_EQ(stamp.pass_number.cwiseAbs().maxCoeff() + stamp.heading.cwiseAbs().maxCoeff(), 0.0);
}

// INS-V221. The channels of a wound carry the columns of the strikes that made them: the rows of the wound are the
// strikes that opened the skin, in order. Exact.
TEST(RollerPasses, ChannelsCarryTheirStrikes) {
    const Skin skin = test::reference_layers();
    const InsertionSettings settings{.n_needles = 400};
    const auto check = [&](const Device& device, const Use& use) {
        const auto p = strike_pattern(device, use, settings.n_needles, 5);
        const auto r = insert(skin, device, use, 5, settings);
        Eigen::Index row = 0;
        for (Eigen::Index i = 0; i < r.depth.size(); ++i) {
            if (!(r.depth[i] > 0.0)) continue;
            EXPECT_EQ(r.wound.pass_number[row], p.pass_number[i]);
            EXPECT_EQ(r.wound.heading[row], p.heading[i]);
            EXPECT_EQ(r.wound.travelled[row], p.travelled[i]);
            EXPECT_EQ(r.wound.ring_offset[row], p.ring_offset[i]);
            EXPECT_EQ(r.wound.visits[row++], 1.0);
        }
        EXPECT_EQ(row, r.wound.size());
        EXPECT_GT(row, 0);
    };
    check(Roller{}, Rolling{.passes = 7});
    check(Pen{}, Gliding{.passes = 3});
    // A stamp moves over nothing: how is left open.
    const auto stamped = insert(skin, Stamp{}, Pressing{.force = 10.0}, 5, settings).wound;
    EXPECT_GT(stamped.size(), 0);
    EXPECT_EQ(stamped.pass_number.size() + stamped.heading.size() + stamped.travelled.size(), 0);
    EXPECT_EQ(stamped.visits.sum(), static_cast<double>(stamped.size()));
}

// INS-V222. Depth and force of each pass are the means over its strikes: recomputed from the pattern, 1e-12 of a depth
// of 1 mm and a force of 0.1 N (sums of 100 terms); a pass without a simulated strike is NaN, and a stamp is one pass.
TEST(RollerPasses, DepthOfEachPass) {
    const Skin skin = test::reference_layers();
    const Rolling use{.passes = 9, .force_variation = 0.5};
    const auto r = insert(skin, Roller{}, use, 5, {.n_needles = 900});
    const auto p = strike_pattern(Roller{}, use, 900, 5);
    ASSERT_EQ(r.pass_depth.size(), 9);
    for (int pass = 0; pass < 9; ++pass) {
        double depth = 0.0, force = 0.0, n = 0.0;
        for (int i = 0; i < 900; ++i) {
            if (p.pass_number[i] != pass) continue;
            depth += r.depth[i], force += r.strike_force[i], n += 1.0;
        }
        EXPECT_NEAR(r.pass_depth[pass], depth / n, bound(1e-12) * 1e-3);
        EXPECT_NEAR(r.pass_force[pass], force / n, bound(1e-12) * 0.1);
    }
    EXPECT_GT(r.pass_depth.maxCoeff(), 1.1 * r.pass_depth.minCoeff());  // the hand differs from pass to pass
    EXPECT_NEAR(r.pass_depth.mean(), r.depth_mean, bound(1e-12) * 1e-3);
    const auto few = insert(skin, Roller{}, Rolling{.passes = 9}, 5, {.n_needles = 4});
    EXPECT_EQ(few.pass_depth.size(), 7);  // strikes 0-3 belong to passes 0, 2, 4 and 6
    EXPECT_TRUE(std::isnan(few.pass_depth[1]));
    EXPECT_FALSE(std::isnan(few.pass_depth[6]));
    EXPECT_EQ(insert(skin, Stamp{}, Travel{}, 5, {.n_needles = 50}).pass_depth.size(), 1);
}

// INS-V223. Strikes = channels + re-entries + misses, needles that went in = channels + re-entries, exactly. A replay
// that compares every strike with every older hole finds the same holes, the same visits and the deepest of their
// strikes. Without capture every strike that opens the skin is a channel of one visit.
TEST(HoleCapture, ConservesStrikes) {
    const Skin skin = test::reference_layers();
    const auto check = [&](const Device& device, const Use& use, HoleCapture capture) {
        const int n = 1500;
        const auto r = insert(skin, device, use, 4, {.n_needles = n, .hole_capture = capture});
        const auto holes = static_cast<double>(r.wound.size());
        const double re_entries = capture == HoleCapture::none ? 0.0 : std::round(n * r.reentered_fraction);
        EXPECT_EQ(holes + re_entries + std::round(n * r.missed_fraction), n);
        EXPECT_EQ(r.wound.visits.sum(), holes + re_entries);
        EXPECT_EQ(r.punctured_fraction, holes / n);
        if (capture == HoleCapture::none) {
            EXPECT_EQ(r.wound.visits.minCoeff(), 1.0);
            return;
        }
        EXPECT_GT(re_entries, 0.0);
        const Needle& needle = needle_of(device);
        struct Known {
            double x, y, depth, visits;
        };
        std::vector<Known> known;
        for (int i = 0; i < n; ++i) {
            Known* met = nullptr;
            double nearest = 1.0;
            for (Known& k : known) {
                const double reach = capture == HoleCapture::needle_diameter
                                         ? 2.0 * needle.shaft_radius
                                         : skin.mechanics.initial_recoil * radius_at(needle, k.depth);
                const double distance = std::hypot(r.strike_x[i] - k.x, r.strike_y[i] - k.y);
                if (distance < reach && distance < nearest) nearest = distance, met = &k;
            }
            if (met != nullptr) {
                met->visits += 1.0;
                met->depth = std::max(met->depth, r.depth[i]);
            } else if (r.depth[i] > 0.0) {
                known.push_back({r.strike_x[i], r.strike_y[i], r.depth[i], 1.0});
            }
        }
        ASSERT_EQ(static_cast<Eigen::Index>(known.size()), r.wound.size());
        for (std::size_t k = 0; k < known.size(); ++k) {
            const auto row = static_cast<Eigen::Index>(k);
            EXPECT_EQ(r.wound.depth[row], known[k].depth);
            EXPECT_EQ(r.wound.visits[row], known[k].visits);
            EXPECT_EQ(r.wound.mouth_radius[row], radius_at(needle, known[k].depth));
        }
    };
    const Gliding all{.hole_fraction = 1.0};
    for (const auto capture : {HoleCapture::none, HoleCapture::channel, HoleCapture::needle_diameter}) {
        check(Pen{}, all, capture);
        check(Roller{}, Rolling{.passes = 60}, capture);
    }
}

// INS-V224. Pens that strike at random places: with the mouth area m = pi r^2 a new strike misses all c holes with
// the chance exp(-c m/A), so c(n) = (A/m) ln(1 + n m/A). Holes keep a distance of r, which covers more: at n m/A = 0.15
// some 13 strikes of 6000 (0.59 of the overlap of pairs). Four standard errors of the number of re-entries. Less injury
// than with a channel a strike.
TEST(HoleCapture, ChannelsOfRandomStrikes) {
    Skin skin = test::reference_layers();
    for (Layer& layer : skin.layers) layer.thickness_variation = 0.0;
    const int n = 6000;
    const Gliding use{.hole_fraction = 1.0, .protrusion_spread = 0.0};
    const auto r = insert(skin, Pen{}, use, 4, {.n_needles = n, .hole_capture = HoleCapture::channel});
    const double m = pi * std::pow(r.wound.channel_radius[0], 2), A = r.wound.area;
    const double channels = A / m * std::log1p(n * m / A);
    EXPECT_GT(n - channels, 50.0);
    EXPECT_NEAR(static_cast<double>(r.wound.size()), channels, 4.0 * std::sqrt(n - channels));
    EXPECT_NEAR(r.holes_per_area * A, static_cast<double>(r.wound.size()), bound(1e-9) * n);
    const auto none = insert(skin, Pen{}, use, 4, {.n_needles = n});
    EXPECT_LT(r.wound.injury_dose(skin).punctured[1], none.wound.injury_dose(skin).punctured[1]);
}

// INS-V225. A needle in a hole: the walls it spreads and rubs carry what the dented skin pushes, h + u(F(h)) = D to
// 1e-9 m; it is never less deep than in fresh skin and never cuts unless fresh skin would be cut below the hole's
// bottom, and then to the fresh depth. The work is the integral of force over travel (trapezium of 4000 steps: 1e-3),
// and that of fresh skin for a hole without depth (1e-6).
TEST(HoleCapture, BalanceInAHole) {
    const Skin skin = test::reference_layers();
    const Needle needle;
    const InsertionSettings settings;
    const double speed = 0.01;
    const insertion::LayeredNeedle model(skin, needle, settings, speed, speed);
    const auto strike = model.at(model.nominal_tops(), speed);
    for (const double travel : {0.5e-3, 0.8e-3, 1.2e-3}) {
        const auto fresh = strike.at_travel(travel, 1e-12);
        ASSERT_GT(fresh.depth, 0.0);
        double before = 0.0;
        for (const double open : {1e-9, 0.3 * fresh.depth, 0.99 * fresh.depth, 1.2 * fresh.depth, 1.4e-3}) {
            const auto in = insertion::reenter(strike, travel, open, 1e-12);
            EXPECT_GE(in.state.depth, fresh.depth - bound(1e-11));
            EXPECT_GE(in.state.depth, before - bound(1e-11));  // a deeper hole is not less deep to go into
            before = in.state.depth;
            EXPECT_LE(in.work, strike.work(fresh) * (1.0 + bound(1e-6)));
            if (open < fresh.depth) {
                EXPECT_EQ(in.state.depth, fresh.depth);
                continue;
            }
            EXPECT_LE(in.state.depth, open);
            if (in.state.depth < open) {
                const auto parts = strike.parts(in.state.depth);
                EXPECT_NEAR(in.state.depth + strike.deflection().depth(parts.spreading + parts.friction), travel,
                            bound(1e-9));
            }
            double work = 0.0, last = 0.0;
            constexpr int steps = 4000;
            for (int k = 1; k <= steps; ++k) {
                const double force = insertion::reenter(strike, travel * k / steps, open, 1e-12).state.force;
                work += 0.5 * (force + last) * travel / steps;
                last = force;
            }
            EXPECT_NEAR(in.work, work, bound(1e-3) * work);
        }
        EXPECT_NEAR(insertion::reenter(strike, travel, 1e-9, 1e-12).work, strike.work(fresh),
                    bound(1e-5) * strike.work(fresh));
    }
}

}  // namespace
