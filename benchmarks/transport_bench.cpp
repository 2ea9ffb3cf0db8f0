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

// T1 on two grids, their limit: error of the seven outputs below 1e-3 (tests, TRN-V30). Goal: 25 ms.
void unit_cell_t1(benchmark::State& state) {
    const skin::transport::UnitCell coarse = skin::test::unit_cell_t1(1), fine = skin::test::unit_cell_t1(2);
    std::vector<double> times;
    for (int k = 1; k <= 25; ++k) times.push_back(288.0 * k);
    skin::numerics::StepperStatistics work;
    for (auto _ : state) {
        const auto a = skin::test::run_t1(coarse, times, 3e-3, work), b = skin::test::run_t1(fine, times, 3e-3, work);
        benchmark::DoNotOptimize((b + skin::transport::to_limit * (b - a)).eval());
    }
    count(state, work);
    state.counters["unknowns"] = static_cast<double>(fine.rings() * fine.rows() + 1);
}
BENCHMARK(unit_cell_t1)->Unit(benchmark::kMillisecond);

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
