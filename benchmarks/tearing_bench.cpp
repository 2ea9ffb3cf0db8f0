// tear() of a roller treatment, and its kernels. Work counts: channels x slices of demand and offset, and the risk
// index with its band (11 indices of 8 depth classes).
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "skin/core/random.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/tearing.hpp"
#include "tearing/contact_tear.hpp"

namespace {

using namespace skin;

Wound equal_channels(const Needle& needle, double depth, Eigen::Index n) {
    Wound wound;
    wound.needle = needle;
    wound.area = static_cast<double>(n) / 2.3e6;
    wound.depth = wound.channel_depth = Eigen::VectorXd::Constant(n, depth);
    wound.mouth_radius = Eigen::VectorXd::Constant(n, radius_at(needle, depth));
    wound.channel_radius = 0.5 * wound.mouth_radius;
    for (auto* column : {&wound.x, &wound.y, &wound.tilt, &wound.entry_speed, &wound.dwell_time, &wound.slit_length,
                         &wound.slit_depth, &wound.blood_fraction, &wound.heated_fraction}) {
        *column = Eigen::VectorXd::Zero(n);
    }
    return wound;
}

void roller_treatment(benchmark::State& state, double side_slip, double age) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = age});
    Roller roller;
    roller.needle.length = 1.0e-3;
    const Eigen::Index n = state.range(0);
    const Wound wound = equal_channels(roller.needle, 0.6e-3, n);
    for (auto _ : state) benchmark::DoNotOptimize(tear(skin, roller, Rolling{.side_slip = side_slip}, wound, 1));
    state.SetItemsProcessed(state.iterations() * n);
    state.counters["slices"] = static_cast<double>(n) * TearingSettings{}.n_slices;
}

void proper_rolling(benchmark::State& state) { roller_treatment(state, 0.0, 30.0); }
void steering_on_old_skin(benchmark::State& state) { roller_treatment(state, 0.1, 75.0); }  // nearly every hole is torn

/// A patch of 10,000 channels with 20 slices, every channel where the strike pattern has it: slits and their map.
void patch_with_map(benchmark::State& state) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = 75.0});
    Roller roller;
    roller.needle.length = 1.0e-3;
    const Rolling use{.side_slip = 0.05};
    const auto n = static_cast<int>(state.range(0));
    const StrikePattern pattern = strike_pattern(roller, use, n, 1);
    Wound wound = equal_channels(roller.needle, 0.6e-3, n);
    wound.area = pattern.area;
    wound.x = pattern.x;
    wound.y = pattern.y;
    wound.pass_number = pattern.pass_number;
    wound.heading = pattern.heading;
    wound.travelled = pattern.travelled;
    wound.ring_offset = pattern.ring_offset;
    for (auto _ : state) benchmark::DoNotOptimize(tear(skin, roller, use, wound, 1, {.n_slices = 20}));
    state.SetItemsProcessed(state.iterations() * n);
}

BENCHMARK(patch_with_map)->Arg(10000)->Unit(benchmark::kMillisecond);
/// The kernel alone: contacts of 20 slices with the hand's scatter, without index and band.
void passages(benchmark::State& state, double side_slip, double age) {
    const Skin skin = Skin::preset("face_cheek", {.age_years = age});
    Roller roller;
    roller.needle.length = 1.0e-3;
    const Rolling use{.side_slip = side_slip};
    const TearingSettings settings{.n_slices = 20};
    const tearing::Resistance resistance(skin, roller, settings);
    std::vector<tearing::Point> points;
    const auto n = state.range(0);
    for (auto _ : state) {
        for (std::int64_t i = 0; i < n; ++i) {
            RandomStream stream(1, static_cast<std::uint64_t>(i), StreamId::tearing);
            const double d = 0.6e-3 * (0.8 + 0.4 * stream.uniform());
            const tearing::Slip slip{use.slip_spread * stream.normal(),
                                     use.side_slip + use.side_slip_spread * stream.normal(), 0.0};
            const auto drum = tearing::drum_contact(roller, resistance, settings, d);
            benchmark::DoNotOptimize(tearing::tear_contact(tearing::rolling_motion(roller, use, drum, slip), resistance,
                                                           0.5, settings, points));
        }
    }
    state.SetItemsProcessed(state.iterations() * n);
}
void proper_passages(benchmark::State& state) { passages(state, 0.0, 30.0); }
void steered_passages(benchmark::State& state) { passages(state, 0.1, 75.0); }
void skidding_passages(benchmark::State& state) { passages(state, 0.3, 75.0); }  // every slice of every contact is cut

BENCHMARK(proper_passages)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK(steered_passages)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK(skidding_passages)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK(proper_rolling)->Arg(1)->Arg(2000)->Unit(benchmark::kMillisecond);
BENCHMARK(steering_on_old_skin)->Arg(1)->Arg(2000)->Unit(benchmark::kMillisecond);

}  // namespace
