// Kernels of wound, recovery, healing and safety; goals: heal 180 d <= 0.5 ms, recover <= 0.25 ms, band of 200
// persons <= 50 ms (one core).
#include <benchmark/benchmark.h>

#include "skin/core/constants.hpp"
#include "skin/healing.hpp"
#include "skin/recovery/band.hpp"
#include "skin/safety.hpp"

namespace {

constexpr double day = skin::constants::day, hour = skin::constants::hour;

/// Five layers with the borders of the needling pages.
skin::Skin face() {
    skin::Skin skin;
    const double thickness[] = {1.5e-5, 6.5e-5, 2.2e-4, 1.2e-3, 4.0e-3};
    for (std::size_t i = 0; i < skin::layer_names.size(); ++i) {
        skin::Layer layer;
        layer.name = std::string{skin::layer_names[i]};
        layer.thickness = thickness[i];
        skin.layers.push_back(layer);
    }
    return skin;
}

skin::Wound roller_wound(Eigen::Index n) {
    skin::Wound wound;
    wound.area = static_cast<double>(n) / 2.5e6;
    wound.depth = Eigen::VectorXd::LinSpaced(n, 5e-4, 1.4e-3);
    wound.channel_depth = wound.depth;
    wound.mouth_radius = wound.depth.unaryExpr([&](double d) { return radius_at(wound.needle, d); });
    wound.channel_radius = 0.5 * wound.mouth_radius;
    for (auto* column : {&wound.x, &wound.y, &wound.tilt, &wound.entry_speed, &wound.dwell_time, &wound.slit_length,
                         &wound.slit_depth, &wound.blood_fraction, &wound.heated_fraction}) {
        *column = Eigen::VectorXd::Zero(n);
    }
    return wound;
}

void injury_dose(benchmark::State& state) {
    const auto skin = face();
    const auto wound = roller_wound(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(wound.injury_dose(skin));
}
BENCHMARK(injury_dose)->Arg(2000)->Unit(benchmark::kMicrosecond);

void recover_24_hours(benchmark::State& state) {
    const auto skin = face();
    const auto wound = roller_wound(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(skin::recover(skin, wound, 24 * hour));
}
BENCHMARK(recover_24_hours)->Arg(40)->Arg(2000)->Unit(benchmark::kMicrosecond);

void recover_by_layers(benchmark::State& state) {
    const auto skin = face();
    const auto wound = roller_wound(2000);
    const skin::RecoverySettings settings{.closure_model = skin::ClosureModel::depth_resolved};
    for (auto _ : state) benchmark::DoNotOptimize(skin::recover(skin, wound, 24 * hour, settings));
}
BENCHMARK(recover_by_layers)->Unit(benchmark::kMicrosecond);

void recovery_band_of_200(benchmark::State& state) {
    const auto skin = face();
    const auto wound = roller_wound(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(skin::recovery_band(skin, wound, 24 * hour));
}
BENCHMARK(recovery_band_of_200)->Arg(40)->Arg(2000)->Unit(benchmark::kMillisecond);

void heal_180_days(benchmark::State& state) {
    const auto skin = face();
    const auto dose = roller_wound(100).injury_dose(skin);
    const auto doses = skin::repeated(dose, static_cast<int>(state.range(0)), 28 * day);
    for (auto _ : state) benchmark::DoNotOptimize(skin::heal(skin, doses, 180 * day));
}
BENCHMARK(heal_180_days)->Arg(1)->Arg(5)->Unit(benchmark::kMicrosecond);

void collagen_band(benchmark::State& state) {
    const auto skin = face();
    const auto dose = roller_wound(100).injury_dose(skin);
    const skin::HealingSettings settings{.n_band_draws = static_cast<int>(state.range(0))};
    for (auto _ : state) benchmark::DoNotOptimize(skin::heal(skin, {dose}, 180 * day, settings));
}
BENCHMARK(collagen_band)->Arg(1000)->Unit(benchmark::kMillisecond);

void assess_session(benchmark::State& state) {
    const auto skin = face();
    const auto wound = roller_wound(2000);
    const auto closure = skin::recover(skin, wound, 24 * hour).closure;
    skin::Exposure exposure;
    exposure.time = Eigen::VectorXd::LinSpaced(200, 0.0, 24 * hour);
    exposure.epidermis_concentration = Eigen::VectorXd::Constant(200, 0.01);
    exposure.dermis_concentration = exposure.mass_below_junction = Eigen::VectorXd::Zero(200);
    exposure.irritant_concentration = 0.05;
    exposure.irritant_time = hour;
    for (auto _ : state) benchmark::DoNotOptimize(skin::assess(skin, exposure, wound, closure));
}
BENCHMARK(assess_session)->Unit(benchmark::kMicrosecond);

}  // namespace
