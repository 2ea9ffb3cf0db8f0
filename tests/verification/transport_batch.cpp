// Samples in lanes against each alone: band kernels, and whole columns.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "numerics/band_lanes.hpp"
#include "skin/core/error.hpp"
#include "support/tolerances.hpp"
#include "support/transport_t1.hpp"
#include "transport/column_batch.hpp"

namespace {

using namespace skin;
using numerics::BandLanes;
using numerics::BandLanesSolver;
using numerics::BandMatrix;
using numerics::lanes;
using numerics::Vector;
using skin::test::bound;

/// A diagonally dominant band with entries that no two lanes share.
BandMatrix band(Eigen::Index n, int reach, Eigen::Index l) {
    BandMatrix A(n, reach);
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = std::max<Eigen::Index>(0, i - reach); j <= std::min(n - 1, i + reach); ++j) {
            const double value = std::sin(1.0 + 3.7 * static_cast<double>(i) + 1.3 * static_cast<double>(j * (l + 1)));
            A(i, j) = i == j ? -2.0 * reach - 1.0 + value : 0.9 * value;
        }
    }
    return A;
}

// TRN-N17. The kernels of a band in lanes are those of one band: product, factors and solution for every reach that is
// compiled, to round-off (an instruction set may fuse products and sums: 1e-13 of the largest).
TEST(TransportVerification, BandsInLanesAreBandsAlone) {
    constexpr Eigen::Index n = 37;
    for (int reach = 1; reach <= BandLanes::widest; ++reach) {
        std::vector<BandMatrix> each;
        std::vector<Vector> right;
        const BandMatrix* all[lanes];
        for (Eigen::Index l = 0; l < lanes; ++l) each.push_back(band(n, reach, l));
        for (Eigen::Index l = 0; l < lanes; ++l) {
            all[l] = &each[static_cast<std::size_t>(l)];
            right.push_back((Vector::LinSpaced(n, 0.0, 5.0).array() * static_cast<double>(l + 1)).cos().matrix());
        }
        BandLanes A;
        A.resize(n, reach);
        A.take(all);
        const Vector x = transport::ColumnBatch::in_lanes(right);
        Vector product, solution = x;
        A.multiply(x, product);
        BandLanesSolver solver;
        solver.factorise(A, 0.3);
        solver.solve(solution);
        for (Eigen::Index l = 0; l < lanes; ++l) {
            const auto k = static_cast<std::size_t>(l);
            Vector y, s = right[k];
            each[k].multiply(right[k], y);
            numerics::BandSolver alone;
            alone.factorise(each[k], 0.3);
            alone.solve(s);
            EXPECT_LE((transport::ColumnBatch::lane_of(product, l) - y).cwiseAbs().maxCoeff(), bound(1e-13) * 10.0);
            EXPECT_LE((transport::ColumnBatch::lane_of(solution, l) - s).cwiseAbs().maxCoeff(), bound(1e-13));
        }
    }
    BandLanes A;
    EXPECT_THROW(A.resize(4, BandLanes::widest + 1), ParameterError);
    A.resize(4, 1);
    BandMatrix one(4, 1), same = one;
    for (Eigen::Index i = 0; i < 4; ++i) one(i, i) = 1.0;  // I - 1 one = 0: singular in one lane of eight
    A.take({&same, &same, &same, &one, &same, &same, &same, &same});
    BandLanesSolver solver;
    EXPECT_THROW(solver.factorise(A, 1.0), SolverError);
}

/// State and losses of one column alone at the end.
struct Alone {
    Vector x, lost;
};
Alone alone(const test::T2& t2, const std::vector<double>& times, double tolerance) {
    transport::ColumnSystem system(t2.column, t2.families, true);
    Alone a{Vector::Zero(system.storage().size()), {}};
    a.x[0] = 1.0;
    numerics::StepperStatistics work;
    transport::integrate(
        system, a.x, times, tolerance, work, [&](const Vector&, double, const Vector& lost) { a.lost = lost; }, 1e-3);
    return a;
}

// TRN-P30. Eight different columns in lanes end where each ends alone: amounts and losses within 1e-4 of the dose at a
// tolerance of 1e-6 of the steps (theirs are others), mass to 1e-10. Five samples are five of them; equal ones take the
// very steps of one alone (1e-9: fused products).
TEST(TransportVerification, ColumnsInLanesEndWhereEachEndsAlone) {
    const std::vector<test::T2> samples = test::t2_samples();
    const std::vector<double> times{0.0, 300.0, 7200.0};
    const double dose = samples[0].column.donor_thickness;
    const auto run = [&](const std::vector<test::T2>& some, double tolerance, Vector& x, Vector& lost) {
        std::vector<transport::ColumnSystem> systems;
        for (const auto& t2 : some) systems.emplace_back(t2.column, t2.families, true);
        transport::ColumnBatch batch(std::move(systems));
        EXPECT_EQ(batch.samples(), static_cast<Eigen::Index>(some.size()));
        Vector start = Vector::Zero(batch.sample(0).layout().size());
        start[0] = 1.0;
        x = transport::ColumnBatch::in_lanes({start});
        numerics::StepperStatistics work;
        transport::integrate(
            batch, x, times, tolerance, work, [&](const Vector&, double, const Vector& q) { lost = q; }, 1e-3);
        return work.accepted;
    };
    for (const std::size_t n : {samples.size(), std::size_t{5}}) {
        Vector x, lost;
        run({samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(n)}, 1e-6, x, lost);
        for (std::size_t l = 0; l < n; ++l) {
            const Alone a = alone(samples[l], times, 1e-6);
            const transport::ColumnSystem system(samples[l].column, samples[l].families, true);
            const auto lane = static_cast<Eigen::Index>(l);
            const Vector mine = transport::ColumnBatch::lane_of(x, lane),
                         out = transport::ColumnBatch::lane_of(lost, lane);
            const Vector off = (mine - a.x).cwiseProduct(system.storage());
            EXPECT_LE(off.cwiseAbs().sum(), bound(1e-4) * dose) << l;
            EXPECT_LE((out - a.lost).cwiseAbs().maxCoeff(), bound(1e-4) * dose) << l;
            const double sum = mine.dot(system.storage()) + out[transport::lost_cleared] + out[transport::lost_at_base];
            EXPECT_NEAR(sum, dose, bound(1e-10) * dose) << l;
        }
    }
    Vector x, lost;
    run(std::vector<test::T2>(8, samples[3]), 1e-5, x, lost);
    const Alone a = alone(samples[3], times, 1e-5);
    for (Eigen::Index l = 0; l < lanes; ++l)
        EXPECT_LE((transport::ColumnBatch::lane_of(x, l) - a.x).cwiseAbs().maxCoeff(), bound(1e-9)) << l;
}

}  // namespace
