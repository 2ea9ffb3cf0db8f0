// Outlines of needles and the strength of the needle itself (docs/theory/insertion.md, section 8).
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "insertion/cutting.hpp"
#include "insertion/layered_needle.hpp"
#include "insertion/needle_load.hpp"
#include "skin/core/error.hpp"
#include "skin/device/needle_strength.hpp"
#include "skin/insertion.hpp"
#include "skin/wound.hpp"
#include "support/skins.hpp"
#include "support/tolerances.hpp"
#include "transport/filling.hpp"

namespace {

using namespace skin;
using skin::test::bound;
using skin::test::round_off;
constexpr double pi = std::numbers::pi;
constexpr double um = 1e-6;

NeedleMaterial metal(double E = 200e9, double strength = 1e9, double shear = 0.5e9) {
    NeedleMaterial material;
    material.youngs_modulus = E;
    material.compressive_strength = strength;
    material.shear_strength = shear;
    return material;
}

RowMatrix table(std::initializer_list<std::pair<double, double>> rows) {
    RowMatrix result(static_cast<Eigen::Index>(rows.size()), 2);
    Eigen::Index i = 0;
    for (const auto& [s, radius] : rows) {
        result(i, 0) = s;
        result(i++, 1) = radius;
    }
    return result;
}

std::string error_of(const Needle& needle) {
    try {
        validate_needle(needle);
    } catch (const ParameterError& error) {
        return error.what();
    }
    return "";
}

// INS-V110. A cone written as a table is the cone: outline, force, depth, dose of the wound and volume of the
// channel agree to round-off (the same straight pieces through other code; the curve of insert() to 1e-12 m).
TEST(NeedleShape, ConeAsATableIsTheCone) {
    const Needle cone{1.5e-3, 125 * um, 4 * um, 1e-3};
    const Needle as_table = needle_from_profile(table({{0.0, 4 * um}, {1e-3, 125 * um}, {1.5e-3, 125 * um}}));
    validate_needle(as_table);
    EXPECT_EQ(as_table.length, cone.length);
    EXPECT_EQ(as_table.taper_length, cone.taper_length);
    for (double s = -1e-4; s < 2e-3; s += 3.7e-5)
        EXPECT_NEAR(radius_at(as_table, s), radius_at(cone, s), round_off(1e-4));

    const Skin skin = test::reference_layers();
    const auto a = insert(skin, cone, Travel{1.2e-3}), b = insert(skin, as_table, Travel{1.2e-3});
    for (Eigen::Index i = 0; i < a.force.size(); ++i) {
        EXPECT_NEAR(a.tip_depth[i], b.tip_depth[i], bound(1e-12));
        EXPECT_NEAR(a.force[i], b.force[i], bound(1e-9));
    }
    auto dose_of = [&](const InsertionResult& r) { return r.wound.injury_dose(skin).punctured; };
    EXPECT_NEAR((dose_of(a) - dose_of(b)).norm(), 0.0, round_off(1e-3));
    const transport::ChannelOutline hole{cone, 0.9e-3, 40 * um}, same_hole{as_table, 0.9e-3, 40 * um};
    EXPECT_NEAR(hole.volume(1e-4, 8e-4), same_hole.volume(1e-4, 8e-4), round_off(1e-11));
}

// INS-V111. Bevel: the section of a cylinder cut at a slant is a segment, whose perimeter is 2 R (theta + sin theta);
// the outline is that over 2 pi at its corners, never falls, starts at the tip and ends at the shank. Between corners
// the chord of 24 stays within 1.8e-3 of the shaft radius (largest sag of the law between corners at pi (k/24)^2); the
// tip radius of the needle shifts it by up to 1e-8 m.
TEST(NeedleShape, BevelHasThePerimeterOfItsSection) {
    const Needle bevel{.length = 1.5e-3,
                       .shaft_radius = 100 * um,
                       .tip_radius = 0.01 * um,
                       .taper_length = 0.6e-3,
                       .shape = NeedleShape::bevel};
    validate_needle(bevel);
    double before = 0.0;
    for (int k = 0; k <= 480; ++k) {
        const double theta = pi * k * k / (480.0 * 480.0), s = 0.3e-3 * (1.0 - std::cos(theta));
        const double arc = 2.0 * 100 * um * theta, chord = 2.0 * 100 * um * std::sin(theta);
        EXPECT_NEAR(radius_at(bevel, s), (arc + chord) / (2.0 * pi), bound(k % 20 == 0 ? 1.1e-8 : 1.9e-7)) << k;
        EXPECT_GE(radius_at(bevel, s), before - 1e-18);
        before = radius_at(bevel, s);
    }
    EXPECT_EQ(radius_at(bevel, 1e-3), 100 * um);
}

// INS-V112. Pyramid: the equivalent shank has the perimeter of the polygon, 2 n R sin(pi/n) = 2 pi R_eq; 100 sides are
// a cone to (pi/100)^2/6; the section has the area and the second moment of the polygon (a square in closed form).
TEST(NeedleShape, PyramidHasThePerimeterOfItsPolygon) {
    Needle pyramid{.shape = NeedleShape::pyramid, .sides = 4};
    validate_needle(pyramid);
    const double R = pyramid.shaft_radius, side = std::numbers::sqrt2 * R;
    EXPECT_NEAR(2.0 * pi * shank_radius(pyramid), 4.0 * side, round_off(1e-3));
    EXPECT_NEAR(radius_at(pyramid, 1.4e-3), 2.0 * side / pi, round_off(1e-4));
    const NeedleSection square = section_at(pyramid, 1.4e-3);
    EXPECT_NEAR(square.area, side * side, round_off(1e-7));
    EXPECT_NEAR(square.inertia, std::pow(side, 4) / 12.0, round_off(1e-15));
    EXPECT_NEAR(square.outer_radius, R, round_off(1e-4));
    pyramid.sides = 100;
    EXPECT_NEAR(shank_radius(pyramid), R, bound(std::pow(pi / 100, 2) / 6.0 * R));
}

// INS-V113. A step: work, wound dose and channel volume of a two-step cylinder are sums of cylinders in closed form
// (round-off), the force jumps by Gamma(R_2) - Gamma(R_1) when the step comes to the surface, and the tip waits there.
TEST(NeedleShape, StepsAreExact) {
    const double R1 = 30 * um, R2 = 80 * um;
    const Needle stepped = needle_from_profile(table({{0.0, R1}, {0.5e-3, R1}, {0.5e-3, R2}, {1.5e-3, R2}}));
    validate_needle(stepped);
    EXPECT_EQ(needle_outline(stepped).size(), 2u);
    const transport::ChannelOutline hole{stepped, 1.2e-3, R2};
    EXPECT_NEAR(hole.volume(0.0, 1.2e-3), pi * (R1 * R1 * 0.5e-3 + R2 * R2 * 0.7e-3), round_off(1e-11));

    Skin skin = test::slab();
    skin.mechanics.friction_coefficient = 0.0;
    const InsertionSettings closed{.cutting_law = CuttingLaw::equal_perimeter};  // the law of `cutting_force`
    const insertion::LayeredNeedle model(skin, stepped, closed, 1e-3, 1e-3);
    const auto strike = model.at(model.nominal_tops(), 1e-3);
    const auto gamma = [&](double R) {
        const Layer& l = skin.layers[0];
        return insertion::cutting_force(l.ogden_modulus, l.ogden_exponent, l.toughness, R);
    };
    EXPECT_NEAR(strike.force(0.3e-3), gamma(R1), bound(1e-5) * gamma(R1));
    EXPECT_NEAR(strike.force(0.7e-3), gamma(R2), bound(1e-5) * gamma(R2));
    // Between the two forces the shoulder rests on the surface.
    const double waiting = 0.5 * (gamma(R1) + gamma(R2));
    const auto state = strike.at_travel(0.5e-3 + strike.deflection().depth(waiting), 1e-12);
    EXPECT_NEAR(state.depth, 0.5e-3, bound(1e-11));
    EXPECT_NEAR(state.force, waiting, bound(1e-6) * waiting);
    insertion::Balance in;
    in.depth = 1.0e-3;
    EXPECT_NEAR(strike.work(in), 0.5e-3 * (gamma(R1) + gamma(R2)), bound(1e-5) * 0.5e-3 * gamma(R2));
}

// INS-N25. The prepared curve meets insert() within the 2e-9 m that its header promises for every shape: measured
// tables with many corners, steps, bevels and pyramids have kinks where a plain cone has one.
TEST(NeedleShape, PreparedCurveMeetsInsertForEveryShape) {
    const Skin skin = test::reference_layers();
    RowMatrix measured(41, 2);
    for (int i = 0; i <= 40; ++i) {
        measured(i, 0) = 1.5e-3 * i / 40.0;
        measured(i, 1) = 5 * um + 95 * um * std::sqrt(i / 40.0);
    }
    const Needle needles[] = {
        {.shape = NeedleShape::bevel},
        {.shape = NeedleShape::pyramid, .sides = 3},
        {.tip_radius = 20 * um, .shape = NeedleShape::flat},
        needle_from_profile(measured),
        needle_from_profile(
            table({{0.0, 4 * um}, {0.4e-3, 40 * um}, {0.4e-3, 60 * um}, {1.0e-3, 90 * um}, {1.5e-3, 90 * um}}))};
    for (const Needle& needle : needles) {
        const InsertionCurve curve(skin, needle);
        const insertion::LayeredNeedle model(skin, needle, {}, 1e-3, 1e-3);
        const auto strike = model.at(model.nominal_tops(), 1e-3);
        double worst = 0.0;
        for (double D = 1e-5; D < 2.5e-3; D += 1.3e-5) {
            bool at_break = false;
            for (const double b : curve.breaks()) at_break = at_break || std::abs(b - D) < 1e-7;
            if (!at_break)
                worst = std::max(worst, std::abs(curve.depth_at_travel(D) - strike.at_travel(D, 1e-12).depth));
        }
        EXPECT_LE(worst, bound(2e-9)) << name_of(needle.shape);
    }
}

// INS-V114. Flat end: a cylinder in one material needs F_f of 3.2.3 at every depth; a frustum needs F_f(R_t) -
// Gamma(R_t) more than the cone of the same outline. A bore: in skin a tube is plugged, pressing the core together is
// cheaper (0.90 N) than cutting it out (1.57 N); where toughness is low against stiffness it cores for
// 2 pi r_b J + U(r_b, R), which goes to 2 pi R J for a thin wall. Table of cutting: 1e-5; the tube's force has no
// table.
TEST(NeedleShape, FlatAndHollowEnds) {
    Skin skin = test::slab();
    skin.mechanics.friction_coefficient = 0.0;
    const Layer& l = skin.layers[0];
    const auto force_of = [&](const Needle& needle, double depth) {
        const InsertionSettings closed{.cutting_law = CuttingLaw::equal_perimeter};
        const insertion::LayeredNeedle model(skin, needle, closed, 1e-3, 1e-3);
        return model.at(model.nominal_tops(), 1e-3).force(depth);
    };
    Needle punch{.length = 1e-3,
                 .shaft_radius = 100 * um,
                 .tip_radius = 100 * um,
                 .taper_length = 1e-4,
                 .shape = NeedleShape::flat};
    const double flat = insertion::flat_punch_force(l.ogden_modulus, l.ogden_exponent, l.toughness, 100 * um);
    EXPECT_NEAR(force_of(punch, 0.5e-3), flat, bound(1e-5) * flat);

    const Needle frustum{.shaft_radius = 125 * um, .tip_radius = 40 * um, .shape = NeedleShape::flat};
    Needle cone = frustum;
    cone.shape = NeedleShape::cone;
    const double extra = insertion::flat_punch_force(l.ogden_modulus, l.ogden_exponent, l.toughness, 40 * um) -
                         insertion::cutting_force(l.ogden_modulus, l.ogden_exponent, l.toughness, 40 * um);
    EXPECT_NEAR(force_of(frustum, 0.6e-3) - force_of(cone, 0.6e-3), extra, bound(1e-4) * extra);

    Needle tube = punch;
    tube.bore_radius = 99.9 * um;
    validate_needle(tube);
    EXPECT_NEAR(force_of(tube, 0.5e-3), flat, bound(1e-5) * flat);
    skin.layers[0].toughness = 5.0;
    const double rim =
        2.0 * pi * 99.9 * um * 5.0 + l.ogden_modulus * 1e-8 * insertion::spreading_energy(0.999, l.ogden_exponent);
    EXPECT_NEAR(force_of(tube, 0.5e-3), rim, bound(1e-9) * rim);
    EXPECT_NEAR(rim, 2.0 * pi * 100 * um * 5.0, bound(2e-3) * rim);
    EXPECT_GT(force_of(punch, 0.5e-3), rim);
    punch.bore_radius = 1 * um;  // so fine that the core is not worth cutting out
    const double plugged = insertion::flat_punch_force(l.ogden_modulus, l.ogden_exponent, 5.0, 100 * um);
    EXPECT_NEAR(force_of(punch, 0.5e-3), plugged, bound(1e-5) * plugged);
}

// INS-P50. Shapes order as they must: at the same corner radii a pyramid is thinner than the cone and meets less force,
// a flat end more, and a profile that lies inside another never meets more. Signs.
TEST(NeedleShape, ShapesOrder) {
    const Skin skin = test::reference_layers();
    const auto depth = [&](const Needle& needle) { return insert(skin, needle, Travel{1.2e-3}).depth[0]; };
    const Needle cone;
    EXPECT_GT(depth({.shape = NeedleShape::pyramid, .sides = 3}), depth({.shape = NeedleShape::pyramid, .sides = 6}));
    EXPECT_GT(depth({.shape = NeedleShape::pyramid, .sides = 6}), depth(cone));
    EXPECT_LT(depth({.tip_radius = 15 * um, .shape = NeedleShape::flat}), depth({.tip_radius = 15 * um}));
    EXPECT_LT(depth({.shape = NeedleShape::bevel}), depth(cone));  // thicker than the cone of the same height
}

// INS-P51. Bad needles are refused with field, value and what would fit; nothing given is silently ignored.
TEST(NeedleShape, BadNeedlesAreRefusedInWords) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto with = [](std::initializer_list<std::pair<double, double>> rows) {
        return needle_from_profile(table(rows));
    };
    EXPECT_NE(error_of(with({{0.0, 4 * um}})).find("needle.profile has the shape (1, 2): at least 2 rows"),
              std::string::npos);
    EXPECT_NE(error_of(with({{0.0, 4 * um}, {1e-3, nan}})).find("needle.profile[1, 1] = nan m is outside"),
              std::string::npos);
    EXPECT_NE(error_of(with({{0.0, 4 * um}, {6e-4, 9e-5}, {1e-3, 8e-5}}))
                  .find("needle.profile[2, 1] = 8e-05 m is below 9e-05 m"),
              std::string::npos);
    EXPECT_NE(error_of(with({{0.0, 4 * um}, {6e-4, 8e-5}, {5e-4, 9e-5}}))
                  .find("needle.profile[2, 0] = 0.0005 m is below 0.0006 m"),
              std::string::npos);
    EXPECT_NE(
        error_of(with({{1e-5, 4 * um}, {6e-4, 8e-5}})).find("needle.profile[0, 0] = 1e-05 m: the table must start"),
        std::string::npos);
    Needle longer = with({{0.0, 4 * um}, {1e-3, 8e-5}});
    longer.length = 1.2e-3;
    EXPECT_NE(error_of(longer).find(
                  "needle.length = 0.0012 m does not fit needle.profile, where the last distance is 0.001 m"),
              std::string::npos);
    Needle blunt = with({{0.0, 4 * um}, {1e-3, 8e-5}});
    blunt.tip_radius = 9e-5;
    EXPECT_NE(error_of(blunt).find("needle.tip_radius = 9e-05 m does not fit"), std::string::npos);
    Needle forgotten = with({{0.0, 4 * um}, {1e-3, 8e-5}});
    forgotten.shape = NeedleShape::cone;
    EXPECT_NE(error_of(forgotten).find("needle.profile = 2 rows is not used by needle.shape = 'cone'"),
              std::string::npos);
    EXPECT_NE(error_of({.sides = 4}).find("needle.sides = 4 is not used by needle.shape = 'cone'"), std::string::npos);
    EXPECT_NE(error_of({.shape = NeedleShape::pyramid}).find("needle.sides = 0 is outside [3, 100]"),
              std::string::npos);
    EXPECT_NE(error_of({.bore_radius = 2e-4}).find("needle.bore_radius = 0.0002 m is not below needle.shaft_radius"),
              std::string::npos);
    EXPECT_NE(error_of({.shape = NeedleShape::flat, .bore_radius = 1e-5}).find("is not below needle.tip_radius"),
              std::string::npos);
    Needle soft;
    soft.material = metal(0.0);
    EXPECT_NE(error_of(soft).find("needle.material.youngs_modulus = 0 Pa is outside"), std::string::npos);
    soft.material = metal(1e9, 1e6, 2e6);
    EXPECT_NE(error_of(soft).find("needle.material.shear_strength = 2e+06 Pa is above"), std::string::npos);
}

// INS-V115. Euler: a uniform column, clamped and free, buckles at pi^2 E I/(4 L^2), a tube with its own I. Each slice
// is solved exactly, so bisection (1e-9) is all that is left.
TEST(NeedleStrength, UniformColumnIsEulers) {
    Needle column{.length = 2e-3, .shaft_radius = 50 * um, .tip_radius = 50 * um, .taper_length = 1e-3};
    column.material = metal();
    const double I = 0.25 * pi * std::pow(50 * um, 4);
    const double euler = pi * pi * 200e9 * I / (4.0 * 4e-6);
    EXPECT_NEAR(buckling_force(column), euler, bound(1e-8) * euler);
    column.bore_radius = 30 * um;
    const double tube = euler * (1.0 - std::pow(0.6, 4));
    EXPECT_NEAR(buckling_force(column), tube, bound(1e-8) * tube);
    EXPECT_TRUE(std::isnan(buckling_force(Needle{})));
}

// INS-V116. Tapered column in closed form: a truncated cone, EI = EI_b (x/b)^4 with x from the apex, a at the tip and b
// at the base. y = x sin(beta (1/a - 1/x)), P = beta^2 EI_b/b^4, clamped at b: tan(theta) = -beta/b,
// theta = beta (1/a - 1/b). 400 slices with the mean flexibility of each: 1e-4.
TEST(NeedleStrength, ConicalColumnHasItsClosedForm) {
    for (const double ratio : {1.5, 4.0, 12.0, 31.25}) {
        Needle cone{.length = 1e-3, .shaft_radius = 125 * um, .tip_radius = 125 * um / ratio, .taper_length = 1e-3};
        cone.material = metal();
        const double b = 1e-3 * ratio / (ratio - 1.0), a = b - 1e-3, reach = 1.0 / a - 1.0 / b;
        double low = 0.5 * pi / reach, high = (pi - 1e-12) / reach;  // the first root lies there
        for (int i = 0; i < 200; ++i) {
            const double beta = 0.5 * (low + high);
            (std::tan(beta * reach) + beta / b < 0.0 ? low : high) = beta;
        }
        const double EI = 200e9 * 0.25 * pi * std::pow(125 * um, 4), exact = low * low * EI / std::pow(b, 4);
        EXPECT_NEAR(buckling_force(cone), exact, bound(1e-4) * exact) << ratio;
    }
}

// INS-V117. Load picked up along the way: a uniform column under its own weight-like load N = q s, free on top, buckles
// at q L^3 = 7.8373 E I (Greenhill). Linear load in slices of constant load: 1e-4.
TEST(NeedleStrength, DistributedLoadIsGreenhills) {
    Needle column{.length = 2e-3, .shaft_radius = 50 * um, .tip_radius = 50 * um, .taper_length = 1e-3};
    column.material = metal();
    AxialForce load{Eigen::VectorXd(2), Eigen::VectorXd(2)};
    load.distance << 0.0, 2e-3;
    load.force << 0.0, 1.0;  // q = 500 N/m
    const double EI = 200e9 * 0.25 * pi * std::pow(50 * um, 4);
    const double exact = 7.8373474 * EI / (500.0 * 8e-9);
    EXPECT_NEAR(buckling_factor(column, load), exact, bound(1e-4) * exact);
    EXPECT_TRUE(std::isinf(buckling_factor(column, {})));
}

// INS-V118. Stress of a cantilever: F at the tip, tilted by t, gives F cos t/A + F sin t L R/I at the base of a uniform
// column and the mean shear F sin t/A; the smaller ratio of strength to stress is the margin. Round-off of the sums.
TEST(NeedleStrength, CantileverStress) {
    Needle column{.length = 2e-3, .shaft_radius = 50 * um, .tip_radius = 50 * um, .taper_length = 1e-3};
    column.material = metal(1e13, 1e9, 1e9);  // stiff: buckling is far
    const AxialForce load{Eigen::VectorXd::Zero(1), Eigen::VectorXd::Constant(1, 0.02)};
    const double A = pi * 2.5e-9, I = 0.25 * pi * std::pow(50 * um, 4), t = 0.3;
    const double normal = 0.02 * std::cos(t) / A + 0.02 * std::sin(t) * 2e-3 * 50 * um / I;
    const NeedleMargin bent = strength_margin(column, load, t);
    EXPECT_EQ(bent.failure, NeedleFailure::normal);
    EXPECT_NEAR(bent.margin, 1e9 / normal, bound(1e-9) * 1e9 / normal);
    EXPECT_NEAR(bent.distance, 2e-3, round_off(1e-3));
    column.material->shear_strength = 1e6;
    const NeedleMargin sheared = strength_margin(column, load, t);
    EXPECT_EQ(sheared.failure, NeedleFailure::shear);
    EXPECT_NEAR(sheared.margin, 1e6 / (0.02 * std::sin(t) / A), bound(1e-9) * 1e3);
    EXPECT_NEAR(strength_margin(column, load).margin, 1e9 / (0.02 / A), bound(1e-9) * 1e3);
}

// INS-V119. The force in a section: nothing of the needle lies above the mouth, so there it is the force on the whole
// needle, at the tip it is the tip's own, and it never falls on the way up in one material. Round-off.
TEST(NeedleStrength, SectionForceEndsAtTheWholeForce) {
    for (const bool layered : {false, true}) {
        const Skin skin = layered ? test::reference_layers() : test::slab();
        const insertion::LayeredNeedle model(skin, Needle{}, {}, 1e-3, 1e-3);
        const auto strike = model.at(model.nominal_tops(), 1e-3);
        for (const double depth : {5e-5, 3e-4, 9e-4, 1.4e-3}) {
            EXPECT_NEAR(strike.section_force(depth, depth), strike.force(depth), round_off(1.0));
            if (layered) continue;
            double before = 0.0;
            for (int k = 0; k <= 20; ++k) {
                const double N = strike.section_force(depth, depth * k / 20);
                EXPECT_GE(N, before);
                before = N;
            }
        }
    }
}

// INS-P52. The margin in the result: none without a material; a steel needle holds in skin; a needle of soft polymer
// buckles or yields, and the result says so in words; more stiffness and strength never give less margin.
TEST(NeedleStrength, ResultsSayWhetherTheNeedleHolds) {
    const Skin skin = test::reference_layers();
    Needle needle;
    const auto bare = insert(skin, needle, Travel{1.2e-3});
    EXPECT_TRUE(std::isnan(bare.strength_margin) && std::isnan(bare.buckling_force));
    needle.material = metal(193e9, 1e9, 0.577e9);
    const auto steel = insert(skin, needle, Travel{1.2e-3});
    EXPECT_GT(steel.strength_margin, 1.0);
    EXPECT_EQ(steel.depth[0], bare.depth[0]);
    for (const auto& warning : steel.info.warnings) EXPECT_NE(warning.code, "needle_breaks");
    needle.material = metal(1e8, 1e6, 1e6);
    const auto soft = insert(skin, needle, Travel{1.2e-3});
    EXPECT_LT(soft.strength_margin, 1.0);
    EXPECT_LT(soft.strength_margin, steel.strength_margin);
    bool said = false;
    for (const auto& warning : soft.info.warnings) {
        if (warning.code == "needle_breaks") said = warning.message.find("needle") != std::string::npos;
    }
    EXPECT_TRUE(said);
    EXPECT_TRUE(std::isinf(insert(skin, needle, Travel{0.0}).strength_margin));
    EXPECT_GT(insert(skin, Roller{.needle = {.material = metal()}}, Rolling{}, 1, {.n_needles = 50}).strength_margin,
              0.0);
}

}  // namespace
