// Load cases of the needle itself (docs/theory/insertion.md, eq. 81-85): the first puncture with all force at the tip,
// the entry into each tougher layer, and the deepest state with the force as the skin spreads it over the flank.
#include "insertion/needle_load.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr int points = 96;  // along the embedded needle, closer towards the tip

std::string in_words(const NeedleMargin& weakest) {
    switch (weakest.failure) {
        case NeedleFailure::buckling:
            return text("the needle buckles: it bears only %.3g of the axial force that it meets", weakest.margin);
        case NeedleFailure::normal:
            return text("the needle gives way under normal stress %.3g mm behind its tip: it bears only %.3g of it",
                        1e3 * weakest.distance, weakest.margin);
        case NeedleFailure::shear:
            break;
    }
    return text("the needle shears off %.3g mm behind its tip: it bears only %.3g of the lateral force",
                1e3 * weakest.distance, weakest.margin);
}

}  // namespace

AxialForce axial_force(const LayeredNeedle::Strike& strike, double depth, double at_tip) {
    AxialForce load{Eigen::VectorXd(points + 1), Eigen::VectorXd(points + 1)};
    for (int k = 0; k <= points; ++k) {
        const double share = static_cast<double>(k) / points;
        load.distance[k] = depth * share * share;
        load.force[k] = at_tip + strike.section_force(depth, load.distance[k]);
    }
    return load;
}

void judge_needle(InsertionResult& result, const LayeredNeedle& model, const LayeredNeedle::Strike& strike,
                  double depth, double force, double tilt) {
    const Needle& needle = model.needle();
    result.buckling_force = buckling_force(needle);
    result.strength_margin = std::numeric_limits<double>::quiet_NaN();
    if (!needle.material) return;
    NeedleMargin weakest{std::numeric_limits<double>::infinity(), NeedleFailure::buckling, needle.length};
    const auto consider = [&](const AxialForce& load, double load_tilt) {
        const NeedleMargin margin = strength_margin(needle, load, load_tilt);
        if (margin.margin < weakest.margin) weakest = margin;
    };
    const double first = model.cuts() ? std::min(force, strike.barrier(0)) : force;
    consider({Eigen::VectorXd::Zero(1), Eigen::VectorXd::Constant(1, first)}, tilt);
    const auto tops = strike.tops();
    for (std::size_t i = 1; i < tops.size() && depth > tops[i]; ++i) {
        if (!strike.has_barrier(i)) continue;
        const double inside = std::nextafter(tops[i], depth);
        consider(axial_force(strike, inside, strike.barrier(i) - strike.force_below(i)), tilt);
    }
    if (depth > 0.0) {
        // The skin of the strike that met the largest force is not the nominal one: same shape, its force.
        AxialForce deepest = axial_force(strike, depth);
        const double nominal = deepest.force[points];
        if (nominal > 0.0 && force > nominal) deepest.force *= force / nominal;
        consider(deepest, 0.0);  // at the bottom it stands upright
    }
    result.strength_margin = weakest.margin;
    if (weakest.margin < 1.0) result.info.warn("needle_breaks", "insertion.needle", in_words(weakest));
}

}  // namespace skin::insertion
