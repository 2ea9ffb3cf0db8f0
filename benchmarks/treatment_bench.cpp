// Whole treatments as they are shipped, and their files. Work counts: sessions, strikes, product runs, bytes.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "skin/ensemble/batch.hpp"
#include "skin/ensemble/population.hpp"
#include "skin/io/results.hpp"

namespace {

using namespace skin;

void whole_treatment(benchmark::State& state, const char* name) {
    const auto given = load_treatment(name);
    std::int64_t strikes = 0, products = 0;
    for (auto _ : state) {
        const auto result = treat(given.skin, given.protocol, 7);
        strikes = products = 0;
        for (const auto& session : result.sessions) {
            strikes += session.insertion.depth.size();
            products += static_cast<std::int64_t>(session.delivery.size());
        }
        benchmark::DoNotOptimize(result);
    }
    state.counters["sessions"] = given.protocol.sessions;
    state.counters["strikes"] = static_cast<double>(strikes);
    state.counters["product_runs"] = static_cast<double>(products);
}
BENCHMARK_CAPTURE(whole_treatment, home_roller, "home_roller")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole_treatment, salon_roller, "salon_roller")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole_treatment, salon_pen, "salon_pen")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole_treatment, medical_roller, "medical_roller")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole_treatment, medical_pen, "medical_pen")->Unit(benchmark::kMillisecond);

/// Without products: what the needles alone cost.
void without_products(benchmark::State& state) {
    auto given = load_treatment("medical_pen");
    given.protocol.applications.clear();
    for (auto _ : state) benchmark::DoNotOptimize(treat(given.skin, given.protocol, 7));
    state.counters["sessions"] = given.protocol.sessions;
}
BENCHMARK(without_products)->Unit(benchmark::kMillisecond);

void file_of_a_treatment(benchmark::State& state, bool write) {
    const auto given = load_treatment("medical_pen");
    const auto result = treat(given.skin, given.protocol, 7);
    const auto path = std::filesystem::temp_directory_path() / "libskin-treatment-bench.h5";
    save(result, path);
    for (auto _ : state) {
        if (write) {
            save(result, path);
        } else {
            benchmark::DoNotOptimize(load<TreatmentResult>(path));
        }
    }
    state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(path));
    std::filesystem::remove(path);
}
BENCHMARK_CAPTURE(file_of_a_treatment, save, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(file_of_a_treatment, load, false)->Unit(benchmark::kMillisecond);

void population_of_needles(benchmark::State& state) {
    const auto skins = population({.n = 1000, .age_low = 20.0, .age_high = 80.0, .seed = 1});
    const RunControl control{.threads = static_cast<int>(state.range(0))};
    for (auto _ : state) benchmark::DoNotOptimize(insert_batch(skins, Needle{}, Travel{}, {}, control));
    state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(population_of_needles)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
