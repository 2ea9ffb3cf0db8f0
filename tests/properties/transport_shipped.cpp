// Identities that hold for every product that is shipped.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "skin/transport.hpp"
#include "support/tolerances.hpp"
#include "support/wounds.hpp"
#include "transport/cell_grid.hpp"

namespace {

using namespace skin;
using skin::test::bound;

class TransportProperties : public testing::TestWithParam<std::string> {
protected:
    Skin body = Skin::preset("face_cheek");
    Wound wound = test::equal_channels({.depth = 5e-4});
    Closure closure = test::closing(wound, 3600.0, 7200.0);
    DeliverySettings settings{.cells_per_layer = 12, .n_times = 11};

    [[nodiscard]] Application product(When when) const {
        return {.name = GetParam(), .topical = topical(GetParam()), .when = when};
    }
    [[nodiscard]] DeliveryResult run(const Application& a, const Wound& w, const Closure& c) const {
        return deliver(body, w, a, c, 7200.0, settings);
    }
};

// TRN-P6. Every shipped product, before and after, on intact and on needled skin: mass to 1e-10 of the dose, nothing
// negative beyond the tolerance of the steps (1e-5 of the product's concentration, times K_t in tissue), nothing
// infinite, NaN only where there is no channel.
TEST_P(TransportProperties, MassFiniteAndNotNegative) {
    for (const When when : {When::before, When::after}) {
        for (const bool needled : {false, true}) {
            const Application a = product(when);
            const DeliveryResult r = needled ? run(a, wound, closure) : run(a, intact_skin(), {});
            EXPECT_LE(r.mass_balance_error, bound(1e-10));
            EXPECT_TRUE(r.amount.allFinite() && r.concentration.allFinite() && r.flux.allFinite() &&
                        r.content.allFinite());
            EXPECT_GE(r.amount.minCoeff(), -1e-5 * r.dose);
            EXPECT_GE(r.content.minCoeff(), -1e-5 * std::max(a.topical.concentration, r.content.maxCoeff()));
            EXPECT_GE(r.permeability, 0.0);
            EXPECT_LE(r.deposited, r.dose * (1.0 + 1e-12));
            EXPECT_TRUE(r.exposure.epidermis_concentration.allFinite() && r.exposure.dermis_concentration.allFinite());
            for (Eigen::Index i = 0; i < r.channel_concentration.size(); ++i) {
                const double c = r.channel_concentration.data()[i];
                EXPECT_TRUE(std::isnan(c) || std::isfinite(c));
                EXPECT_TRUE(needled || std::isnan(c));
            }
        }
    }
}

// TRN-P7. Needling never lowers what reaches living skin, and half the strength gives half the amounts (round-off).
TEST_P(TransportProperties, NeedlingAddsAndStrengthScales) {
    Application a = product(When::after);
    const DeliveryResult intact = run(a, intact_skin(), {}), needled = run(a, wound, closure);
    EXPECT_GE(needled.delivered, intact.delivered * (1.0 - 1e-3));
    // Saturated, or precipitating as it dries: not in proportion (TRN-P27).
    if (a.topical.vehicle.volatile_fraction || a.topical.suspended) return;
    a.topical.concentration *= 0.5;
    const DeliveryResult half = run(a, wound, closure);
    EXPECT_LE((half.amount - 0.5 * needled.amount).cwiseAbs().maxCoeff(), test::round_off(needled.dose));
}

// TRN-P25. Every shipped product on resolved cells, closing channels, before and after: mass to 1e-10 of the dose, all
// finite. Neither grid is negative beyond the tolerance of the steps, so their limit is not below minus what it takes
// off the fine grid: to_limit |fine - coarse|, which is to_limit/doubt times the estimate of the error.
TEST_P(TransportProperties, ResolvedCellsKeepMass) {
    DeliverySettings resolved = settings;
    resolved.model = DeliveryModel::unit_cell;
    resolved.tolerance = 1e-3;
    for (const When when : {When::before, When::after}) {
        const DeliveryResult r = deliver(body, wound, product(when), closure, 7200.0, resolved);
        EXPECT_LE(r.mass_balance_error, bound(1e-10));
        EXPECT_TRUE(r.amount.allFinite() && r.concentration.allFinite() && r.flux.allFinite() &&
                    r.content.allFinite() && r.error_estimate.allFinite());
        for (const double c : r.section.data) EXPECT_TRUE(std::isfinite(c));
        for (Eigen::Index k = 0; k < r.amount.cols(); ++k) {
            const auto amount = r.amount.col(k);
            const double largest = amount.cwiseAbs().maxCoeff();
            const double taken_off = transport::to_limit / transport::doubt * r.error_estimate[k] * largest;
            EXPECT_GE(amount.minCoeff(), -taken_off - 1e-3 * r.dose) << r.compartment[static_cast<std::size_t>(k)];
        }
    }
}

INSTANTIATE_TEST_SUITE_P(EveryProduct, TransportProperties, testing::ValuesIn(topicals()),
                         [](const auto& parameter) { return parameter.param; });

}  // namespace
