#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/experiments.hpp"
#include "support/tolerances.hpp"
#include "support/transport_t1.hpp"

namespace {

// TRN-V15. The dual-porosity column against the axisymmetric reference solution T1 (finite elements, converged to
// 1e-5): each output's largest error in time over its largest value. The model, not the numbers, decides:
// performance.md states 3-9 % for it, so 9 % is the tolerance; the grid adds a quarter of that at most (second test).
TEST(TransportVerification, DualPorosityColumnStaysCloseToTheResolvedCell) {
    const std::string text =
        skin::test::read_text(skin::test::experiments_folder() + "/transport_verification/transport_t1_reference.json");
    const auto times = skin::test::json_array(text, "t");
    skin::numerics::StepperStatistics work;
    const auto rows = skin::test::run_t2(skin::test::dual_porosity_t2(), times, 1e-5, work);
    ASSERT_EQ(rows.size(), times.size());
    const double dose = 19634954.08493621;  // um3, initial_amount of the file
    const char* names[] = {"donor", "SC", "VE", "PD", "RD", "clear"};
    for (std::size_t output = 0; output < 6; ++output) {
        const auto reference = skin::test::json_array(text, names[output]);
        double largest = 0.0, error = 0.0;
        for (std::size_t k = 0; k < times.size(); ++k) {
            largest = std::max(largest, reference[k] / dose);
            error = std::max(error, std::abs(rows[k][output] - reference[k] / dose));
        }
        EXPECT_LE(error / largest, skin::test::bound(0.09)) << names[output];
        RecordProperty(names[output], std::to_string(error / largest));
    }
    for (const auto& row : rows) {
        double sum = 0.0;
        for (const double value : row) sum += value;
        EXPECT_NEAR(sum, 1.0, skin::test::bound(1e-10)) << "mass";
    }
}

// TRN-N3. Grid and tolerance of that run: against twice the cells and a ten times smaller tolerance every output moves
// by less than 0.5 % of its largest value, a tenth of the model's own error; the stratum corneum, a 15 um layer into
// which the solute gets 3 um, by less than 2 %, a quarter of it.
TEST(TransportVerification, DualPorosityColumnIsConvergedAtItsDefaultGrid) {
    std::vector<double> times;
    for (int k = 1; k <= 25; ++k) times.push_back(288.0 * k);
    skin::numerics::StepperStatistics work;
    const auto coarse = skin::test::run_t2(skin::test::dual_porosity_t2(), times, 1e-5, work);
    const auto fine = skin::test::run_t2(skin::test::dual_porosity_t2(2.0), times, 1e-6, work);
    for (std::size_t output = 0; output < 6; ++output) {
        double largest = 0.0, error = 0.0;
        for (std::size_t k = 0; k < times.size(); ++k) {
            largest = std::max(largest, fine[k][output]);
            error = std::max(error, std::abs(coarse[k][output] - fine[k][output]));
        }
        EXPECT_LE(error / largest, skin::test::bound(output == 1 ? 0.02 : 5e-3)) << "output " << output;
    }
}

}  // namespace
