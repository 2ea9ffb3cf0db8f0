// Reference problems T1 and T2b (performance.md) and whole deliveries. Counters: work per solve, so that times can be
// judged.
#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "../tests/support/skins.hpp"
#include "../tests/support/transport_t1.hpp"
#include "../tests/support/wounds.hpp"
#include "skin/transport.hpp"
#include "transport/column_batch.hpp"

namespace {

void count(benchmark::State& state, const skin::numerics::StepperStatistics& work) {
    const auto per_solve = [&](std::int64_t n) {
        return benchmark::Counter(static_cast<double>(n), benchmark::Counter::kAvgIterations);
    };
    state.counters["steps"] = per_solve(work.accepted);
    state.counters["rejected"] = per_solve(work.rejected);
    state.counters["factorisations"] = per_solve(work.factorisations);
    state.counters["solves"] = per_solve(work.solves);
}

// 241 unknowns, 2 h, 25 output times. Goal: at least 1500 a second at the model's own error.
void dual_porosity_t2b(benchmark::State& state) {
    const skin::test::T2 t2 = skin::test::dual_porosity_t2();
    const double tolerance = std::pow(10.0, -static_cast<double>(state.range(0)));
    std::vector<double> times;
    for (int k = 1; k <= 25; ++k) times.push_back(288.0 * k);
    skin::numerics::StepperStatistics work;
    for (auto _ : state) benchmark::DoNotOptimize(skin::test::run_t2(t2, times, tolerance, work));
    count(state, work);
    state.counters["solves_per_second"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(dual_porosity_t2b)->Arg(2)->Arg(3)->Arg(4)->Arg(5)->Unit(benchmark::kMillisecond);

// Eight different samples of it in lanes, one set of steps for all.
void dual_porosity_t2b_batch(benchmark::State& state) {
    const std::vector<skin::test::T2> samples = skin::test::t2_samples();
    const double tolerance = std::pow(10.0, -static_cast<double>(state.range(0)));
    std::vector<double> times{0.0};
    for (int k = 1; k <= 25; ++k) times.push_back(288.0 * k);
    skin::numerics::StepperStatistics work;
    for (auto _ : state) {
        std::vector<skin::transport::ColumnSystem> systems;
        for (const auto& t2 : samples) systems.emplace_back(t2.column, t2.families, true);
        skin::transport::ColumnBatch batch(std::move(systems));
        skin::transport::Vector start = skin::transport::Vector::Zero(batch.sample(0).layout().size());
        start[0] = 1.0;
        skin::transport::Vector x = skin::transport::ColumnBatch::in_lanes({start});
        skin::transport::integrate(
            batch, x, times, tolerance, work,
            [](const skin::transport::Vector& u, double, const skin::transport::Vector&) {
                benchmark::DoNotOptimize(u.data());
            },
            1e-3);
    }
    count(state, work);
    state.counters["samples_per_second"] =
        benchmark::Counter(static_cast<double>(8 * state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(dual_porosity_t2b_batch)->Arg(2)->Arg(3)->Unit(benchmark::kMillisecond);

// [1] largest error of the seven outputs of T1 over time, over the largest value of each.
double error_t1(const Eigen::MatrixXd& rows) {
    const std::string text = skin::test::read_text(SKIN_T1_REFERENCE);
    const double dose = std::numbers::pi * 250.0 * 250.0 * 100.0;  // [um^3]
    const char* names[] = {"donor", "SC", "VE", "PD", "RD", "clear", "bottom_efflux"};
    double worst = 0.0;
    for (Eigen::Index k = 0; k < rows.cols(); ++k) {
        const std::vector<double> series = skin::test::json_array(text, names[k]);
        const Eigen::VectorXd truth =
            Eigen::Map<const Eigen::VectorXd>(series.data(), static_cast<Eigen::Index>(series.size())) / dose;
        worst = std::max(worst, (rows.col(k) - truth).cwiseAbs().maxCoeff() / truth.cwiseAbs().maxCoeff());
    }
    return worst;
}

// T1 on two grids, their limit; others show time against error. At 100 %: below 1e-3 (tests, TRN-V30), goal 25 ms.
void unit_cell_t1(benchmark::State& state) {
    const double coarsening = 0.01 * static_cast<double>(state.range(0));
    const double tolerance = 3e-3 * std::pow(coarsening, 3.0);
    const skin::transport::UnitCell coarse = skin::test::unit_cell_t1(1, coarsening);
    const skin::transport::UnitCell fine = skin::test::unit_cell_t1(2, coarsening);
    std::vector<double> times;
    for (int k = 1; k <= 25; ++k) times.push_back(288.0 * k);
    skin::numerics::StepperStatistics work;
    Eigen::MatrixXd rows;
    for (auto _ : state) {
        const auto a = skin::test::run_t1(coarse, times, tolerance, work);
        const auto b = skin::test::run_t1(fine, times, tolerance, work);
        rows = b + skin::transport::to_limit * (b - a);
        benchmark::DoNotOptimize(rows.data());
    }
    count(state, work);
    state.counters["unknowns"] = static_cast<double>(fine.rings() * fine.rows() + 1);
    state.counters["error"] = error_t1(rows);
}
BENCHMARK(unit_cell_t1)
    ->Arg(420)
    ->Arg(300)
    ->Arg(200)
    ->Arg(140)
    ->Arg(100)
    ->Arg(85)
    ->Arg(70)
    ->Arg(50)
    ->Unit(benchmark::kMillisecond);

// deliver() with default settings: 2 h of a watery serum on a wound of one class, channels as they are.
void whole_delivery(benchmark::State& state) {
    const skin::Skin skin = skin::test::reference_layers();
    skin::Wound wound = skin::test::equal_channels({.depth = 1e-3});
    skin::Application application;
    application.topical = skin::test::watery_niacinamide();
    if (state.range(0) == static_cast<int>(skin::DeliveryModel::slit)) wound.slit_length.setConstant(2e-4);
    skin::DeliverySettings settings;
    settings.model = static_cast<skin::DeliveryModel>(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(skin::deliver(skin, wound, application, {}, 7200.0, settings));
}
BENCHMARK(whole_delivery)
    ->Arg(static_cast<int>(skin::DeliveryModel::layered))
    ->Arg(static_cast<int>(skin::DeliveryModel::dual_porosity))
    ->Arg(static_cast<int>(skin::DeliveryModel::unit_cell))
    ->Arg(static_cast<int>(skin::DeliveryModel::slit))
    ->Unit(benchmark::kMillisecond);

}  // namespace
