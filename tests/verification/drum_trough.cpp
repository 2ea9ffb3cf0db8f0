// The trough under a drum: strips on layers, contact, and the hand's force shared by needles and drum
// (docs/theory/insertion.md, section 6).
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "insertion/drive.hpp"
#include "insertion/drum_trough.hpp"
#include "insertion/layered_needle.hpp"
#include "skin/core/error.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"

namespace {

using namespace skin;
using namespace skin::insertion;
using skin::test::bound;
constexpr double pi = std::numbers::pi;

InsertionSettings conforming() {
    InsertionSettings s;
    s.array_coupling = ArrayCoupling::layered;
    s.drum_contact = DrumContact::conforming;
    return s;
}

double second_moment(const StripCompliance& skin, const Eigen::VectorXd& load) {
    return load.dot(skin.place.cwiseAbs2()) / load.sum();
}

// INS-V230. Mean deflection of a square of side c under its own even load on a half-space, exact (potential of a
// square): P/(pi E* c) (4 ln(1 + sqrt 2) + 4/3 (1 - sqrt 2)); far strips act as point loads; the matrix is symmetric
// and positive definite. Gauss panels: 1e-6 for the square, 1e-3 = (c/r)^2 far away.
TEST(DrumTrough, StripsOfAHalfSpace) {
    const double E = 58e3, c = 2e-3;
    const auto square = strip_compliance(FarField(E, 1e9), c, 0.1, c);
    const double exact = (4.0 * std::log(1.0 + std::sqrt(2.0)) + 4.0 / 3.0 * (1.0 - std::sqrt(2.0))) / (pi * E * c);
    EXPECT_NEAR(square.sinks(3, 3), exact, bound(1e-6) * exact);
    EXPECT_NEAR(square.sinks(0, 50), 1.0 / (pi * E * 0.1), bound(1e-3) / (pi * E * 0.1));
    const auto fine = strip_compliance(FarField(E, 1e9), 20e-3, 5e-3, 0.25e-3);
    EXPECT_TRUE(fine.sinks.isApprox(fine.sinks.transpose(), 0.0));
    EXPECT_GT(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(fine.sinks).eigenvalues().minCoeff(), 0.0);
    const auto layers = strip_compliance(FarField(stack_of(test::reference_layers()), 1.0), 20e-3, 5e-3, 0.25e-3);
    EXPECT_GT(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(layers.sinks).eigenvalues().minCoeff(), 0.0);
}

// INS-V231. A long cylinder on a half-space (Hertz): a^2 = 4 P' R/(pi E*), whatever the sinking, which a line load
// leaves open. a is taken from the second moment of the pressure, a^2/4. Strips of a/8, a/16, a/32: the error falls
// faster than at first order (a rim between two strips), and is below 0.2 % for the finest. The ends of the drum make
// it a/W: W = 2000 a here (5e-4); at W = 40 a, a real drum, they take 1.2 %.
TEST(DrumTrough, HertzLineContact) {
    const double E = 58e3, R = 0.5, W = 1.0, a = 0.5e-3;
    std::vector<double> error;
    for (const int n : {8, 16, 32}) {
        const auto skin = strip_compliance(FarField(E, 1e9), W, 2.0 * a, a / n);
        // Depth at which the load is that of half width a, by bisection.
        const double wanted = pi * E * a * a / (4.0 * R) * W;
        double low = 0.0, high = 1e-4;
        Eigen::VectorXd load;
        for (int k = 0; k < 60; ++k) {
            const double d = 0.5 * (low + high);
            load = contact_loads(skin, (d - skin.place.array().square() / (2.0 * R)).matrix());
            (load.sum() < wanted ? low : high) = d;
        }
        error.push_back(std::abs(4.0 * second_moment(skin, load) / (a * a) - 1.0));
    }
    EXPECT_LT(error[2], bound(2e-3));
    EXPECT_LT(error[1], 0.5 * error[0]);
    EXPECT_LT(error[2], 0.5 * error[1]);
}

// INS-V232. A thin layer on a rigid base is a bed of springs of stiffness K = M/t, M the modulus of uniaxial strain:
// the half width is sqrt(2 R d), the load per width 4/3 K a d and the second moment a^2/5. a = 40 t: the layer's own
// length t at both rims leaves 1/40 and some, the table of the Green function 1 %.
TEST(DrumTrough, ThinLayerIsABedOfSprings) {
    const double E = 1e5, nu = 0.3, t = 2e-4, R = 1.0, W = 20e-3, d = 3.2e-5, a = std::sqrt(2.0 * R * d);
    const double K = E * (1.0 - nu) / ((1.0 + nu) * (1.0 - 2.0 * nu)) / t;
    const auto skin = strip_compliance(FarField(LayerStack{{{t, E, nu}}, 0.0, 0.49}, 1.0), W, 1.3 * a, a / 32);
    const auto load = contact_loads(skin, (d - skin.place.array().square() / (2.0 * R)).matrix());
    EXPECT_NEAR(load.sum(), 4.0 / 3.0 * K * a * d * W, bound(4e-2) * 4.0 / 3.0 * K * a * d * W);
    EXPECT_NEAR(second_moment(skin, load), a * a / 5.0, bound(4e-2) * a * a / 5.0);
    double edge = 0.0;
    for (Eigen::Index j = 0; j < load.size(); ++j) edge = load[j] > 0.0 ? std::max(edge, skin.place[j]) : edge;
    EXPECT_NEAR(edge, a, bound(5e-2) * a);
}

struct Rolled {
    Skin skin = test::reference_layers();
    Roller roller;
    double speed = 0.05;
    FarField layers{stack_of(skin), 1.0};
    StripCompliance strips = strip_compliance(layers, roller.width, 9e-3, 0.25e-3);
    InsertionCurve curve{skin, roller.needle, speed, conforming()};

    [[nodiscard]] DrumTrough at(double force, double stiffer = 1.0) const {
        return DrumTrough(roller, curve, strips, stiffer, force);
    }
    [[nodiscard]] double flat(double force) const {
        StrikePattern p = strike_pattern(roller, Rolling{.passes = 1}, 1, 1);
        p.hand_force.setConstant(force);
        p.speed.setConstant(speed);
        const LayeredNeedle model(skin, roller.needle, {}, speed, speed);
        return roller_travel(roller, p, model, {})[0];
    }
};

// INS-V233. Layers without give (stiffness times 1e7): below drum contact the trough is the balance on level skin,
// travel within 1e-7 m (trough 1e-8 m deep); beyond it the drum stops as a plate at the needle length, and carries what
// the needles leave, which is the force of level skin at that travel (1e-3: needles at an angle see the same trough).
TEST(DrumTrough, StiffLayersAreLevelSkin) {
    const Rolled rolled;
    double full = 0.0;  // hand force at which the drum comes down on level skin
    for (const double force : {0.2, 0.5, 1.0, 2.0}) {
        const double flat = rolled.flat(force);
        if (flat < rolled.roller.needle.length) {
            EXPECT_NEAR(rolled.at(force, 1e7).travel(), flat, bound(1e-7)) << force;
            EXPECT_EQ(rolled.at(force, 1e7).drum_force(), 0.0);
            full = force;
        }
    }
    ASSERT_GT(full, 0.0);
    double low = full, high = 50.0;
    for (int k = 0; k < 50; ++k) {
        const double middle = 0.5 * (low + high);
        (rolled.flat(middle) < rolled.roller.needle.length ? low : high) = middle;
    }
    const auto pressed = rolled.at(high + 5.0, 1e7);
    EXPECT_NEAR(pressed.travel(), rolled.roller.needle.length, bound(1e-7));
    EXPECT_NEAR(pressed.drum_force(), 5.0, bound(1e-3) * (high + 5.0));
    EXPECT_NEAR(pressed.sink(), 0.0, 1e-7);
}

// INS-V234. The hand's force closes: needles and drum carry all of it, 1e-5 (the axle is found to 1e-10 m, times the
// stiffness of skin and needles of some 1e4 N/m), for turned rings and on soft and stiff layers.
TEST(DrumTrough, ForcesClose) {
    Rolled rolled;
    for (const double stagger : {0.0, 0.5, 0.25}) {
        rolled.roller.stagger = stagger;
        for (const double force : {0.5, 3.0, 6.0}) {
            for (const double stiffer : {3.0, 10.0, 100.0}) {
                const auto t = rolled.at(force, stiffer);
                EXPECT_NEAR(t.drum_force() + t.needle_force(), force, bound(1e-5) * force) << stagger << ' ' << force;
            }
        }
    }
}

// INS-P70. More hand force: the needles are not less deep, the drum not higher and not less wrapped, and it does not
// carry less. At one force the needles are less deep than on level skin, since more of them share it, and stiffer
// layers come nearer to that (1e-6 m: strips are discrete). Entry is steeper on level skin of the same travel.
TEST(DrumTrough, MoreForceWrapsFurther) {
    const Rolled rolled;
    constexpr double rate = 3.0;  // what a rolling needle's speed makes of the stiffness
    double travel = 0.0, sink = -1.0, width = 0.0, drum = 0.0;
    for (const double force : {0.2, 0.5, 1.0, 2.0, 3.0, 4.5, 6.0}) {
        const auto t = rolled.at(force, rate);
        EXPECT_GE(t.travel(), travel - bound(1e-6));
        EXPECT_GT(t.sink(), sink);
        EXPECT_GE(t.half_width(), width);
        EXPECT_GE(t.drum_force(), drum - bound(1e-6));
        EXPECT_LE(t.travel(), rolled.flat(force) + bound(1e-6));
        const double stiff = rolled.at(force, 10.0 * rate).travel();
        EXPECT_GE(stiff, t.travel() - bound(1e-6));
        travel = t.travel(), sink = t.sink(), width = t.half_width(), drum = t.drum_force();
        const double tip_circle = rolled.roller.drum_radius + rolled.roller.needle.length;
        EXPECT_GT(t.angle_at(0.0), std::acos(1.0 - travel / tip_circle));
    }
    EXPECT_GT(width, 0.0);
}

// INS-V236. Strips of 0.5, 0.25 and 0.125 mm: travel of the needles at the bottom and force on the drum change by less
// and less; 0.25 mm, which insert() takes, is within 1 % of the travel and 2 % of the hand force of the finest.
TEST(DrumTrough, StripsAreFineEnough) {
    Rolled rolled;
    for (const double force : {1.5, 5.0}) {
        std::vector<double> travel, drum;
        for (const double strip : {0.5e-3, 0.25e-3, 0.125e-3}) {
            rolled.strips = strip_compliance(rolled.layers, rolled.roller.width, 9e-3, strip);
            const auto t = rolled.at(force, 3.0);
            travel.push_back(t.travel()), drum.push_back(t.drum_force());
        }
        EXPECT_NEAR(travel[1], travel[2], bound(1e-2) * travel[2]);
        EXPECT_NEAR(drum[1], drum[2], bound(2e-2) * force);
    }
}

// INS-V235. insert() with conforming skin: force and half width in the result are those of the troughs, tilt is where
// the tip of a needle meets the trough, hypotheses that have no layers to press are refused in words, and level skin
// says what the drum carries beyond its needles.
TEST(DrumTrough, InsertUsesTheTrough) {
    const Skin skin = test::reference_layers();
    const Roller roller;
    const Rolling use{.force = 3.0, .passes = 1, .force_variation = 0.0, .speed_variation = 0.0};
    InsertionSettings settings = conforming();
    settings.n_needles = 50;
    const auto r = insert(skin, roller, use, 1, settings);
    const auto p = strike_pattern(roller, use, 50, 1);
    const LayeredNeedle model(skin, roller.needle, settings, p.speed[0], p.speed[0]);
    const auto drive = roller_drive(skin, roller, p, model, settings);
    ASSERT_EQ(drive.trough.size(), 1u);
    EXPECT_EQ(r.drum_force, drive.drum_force);
    EXPECT_EQ(r.drum_half_width, drive.drum_half_width);
    EXPECT_EQ(r.wound.tilt[0], drive.trough[0].angle_at(0.0));
    EXPECT_GT(r.wound.dwell_time.minCoeff(), 0.0);
    settings.array_coupling = ArrayCoupling::half_space;
    EXPECT_THROW((void)insert(skin, roller, use, 1, settings), ParameterError);
    const auto pressed =
        insert(skin, roller, Rolling{.force = 30.0, .passes = 1, .force_variation = 0.0}, 1, {.n_needles = 20});
    EXPECT_GT(pressed.drum_force, 0.0);
    EXPECT_EQ(insert(skin, roller, Rolling{.force = 0.5, .passes = 1}, 1, {.n_needles = 20}).drum_force, 0.0);
}

}  // namespace
