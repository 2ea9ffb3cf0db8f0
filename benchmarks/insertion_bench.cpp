// Insertion: preparing a curve, 400 points of it, the whole verb, 10,000 strikes of a roller and its 20-slice load
// sharing.
#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <cmath>

#include "insertion/array.hpp"
#include "insertion/dynamic_setup.hpp"
#include "skin/ensemble/batch.hpp"
#include "skin/ensemble/bench.hpp"
#include "skin/insertion.hpp"

namespace {

skin::Skin face() {
    skin::Skin s;
    s.id = "bench";
    const char* names[] = {"stratum_corneum", "viable_epidermis", "papillary_dermis", "reticular_dermis", "hypodermis"};
    const double thickness[] = {15e-6, 60e-6, 120e-6, 900e-6, 4e-3}, J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0};
    for (int i = 0; i < 5; ++i) {
        skin::Layer layer;
        layer.name = names[i];
        layer.thickness = thickness[i];
        layer.thickness_variation = 0.2;
        layer.toughness = J[i];
        s.layers.push_back(layer);
    }
    return s;
}

void prepare_curve(benchmark::State& state) {
    const skin::Skin s = face();
    for (auto _ : state) benchmark::DoNotOptimize(skin::InsertionCurve(s, skin::Needle{}));
}
BENCHMARK(prepare_curve);

void curve_of_400_points(benchmark::State& state) {
    const skin::InsertionCurve curve(face(), skin::Needle{});
    const Eigen::VectorXd travel = Eigen::VectorXd::LinSpaced(400, 0.0, 1.5e-3);
    Eigen::VectorXd depth(400);
    for (auto _ : state) {
        curve.depths_at_travel(travel.data(), depth.data(), 400);
        benchmark::DoNotOptimize(depth.data());
        benchmark::ClobberMemory();
    }
}
BENCHMARK(curve_of_400_points);

void verb_of_one_needle(benchmark::State& state) {
    const skin::Skin s = face();
    for (auto _ : state)
        benchmark::DoNotOptimize(skin::insert(s, skin::Needle{}, skin::Travel{1.5e-3, 1e-3}).depth_mean);
}
BENCHMARK(verb_of_one_needle);

void roller_strikes(benchmark::State& state) {
    const skin::Skin s = face();
    skin::InsertionSettings settings;
    settings.n_needles = static_cast<int>(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(skin::insert(s, skin::Roller{}, skin::Rolling{}, 1, settings).depth_mean);
}
BENCHMARK(roller_strikes)->Arg(2000)->Arg(10000);

// 10,000 passages, each looked up at 20 positions of the roll.
void passages_of_20_slices(benchmark::State& state) {
    const skin::InsertionCurve curve(face(), skin::Needle{});
    for (auto _ : state) {
        double sum = 0.0;
        for (int passage = 0; passage < 10000; ++passage) {
            for (int slice = 0; slice < 20; ++slice)
                sum += curve.depth_at_travel(1e-3 * (0.8 + 2e-5 * passage) * (slice + 1) / 20.0);
        }
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(passages_of_20_slices)->Unit(benchmark::kMillisecond);

void pen_strikes(benchmark::State& state) {
    const skin::Skin s = face();
    for (auto _ : state) benchmark::DoNotOptimize(skin::insert(s, skin::Pen{}, skin::Gliding{}, 1).depth_mean);
}
BENCHMARK(pen_strikes);

void stamp_of_40_needles(benchmark::State& state) {
    const skin::Skin s = face();
    for (auto _ : state)
        benchmark::DoNotOptimize(skin::insert(s, skin::Stamp{}, skin::Pressing{3.0, 1e-3}, 1).depth_mean);
}
BENCHMARK(stamp_of_40_needles);

// T3: twelve needles, 100 Hz, 2 g on a spring, three thresholds, friction, five strokes; prepared once, as an ensemble
// over hands and devices does. Argument: step tolerance 10^-n; 4 is within 1e-4 of the depth (INS-N20, INS-V204).
void pen_burst(benchmark::State& state) {
    const skin::Skin s = face();
    const skin::Pen pen;
    skin::InsertionSettings settings;
    settings.step_tolerance = std::pow(10.0, -static_cast<double>(state.range(0)));
    const double speed = 3.14159265358979 * pen.frequency * pen.protrusion;
    const skin::insertion::LayeredNeedle model(s, pen.needle, settings, speed, speed);
    auto setup = skin::insertion::prepare_pen(s, pen, 1.5, speed, 5, model, settings);
    setup.system.energies = false;
    skin::insertion::Motion motion;
    for (auto _ : state) {
        motion = skin::insertion::solve_motion(setup.system, setup.options);
        benchmark::DoNotOptimize(motion.depth);
    }
    state.counters["steps"] = motion.n_steps;
    state.counters["events"] = motion.n_events;
    state.counters["bursts"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(pen_burst)->Arg(4)->Arg(5)->Arg(8)->Unit(benchmark::kMicrosecond);

void prepare_pen_burst(benchmark::State& state) {
    const skin::Skin s = face();
    const skin::Pen pen;
    const double speed = 3.14159265358979 * pen.frequency * pen.protrusion;
    for (auto _ : state) {
        const skin::insertion::LayeredNeedle model(s, pen.needle, {}, speed, speed);
        benchmark::DoNotOptimize(skin::insertion::prepare_pen(s, pen, 1.5, speed, 5, model, {}).energy);
    }
}
BENCHMARK(prepare_pen_burst)->Unit(benchmark::kMicrosecond);

// A thousand needles under 20 N. Argument: layout; 3 is a square without any symmetry left.
void thousand_needles(benchmark::State& state) {
    const skin::Skin s = face();
    const skin::Needle needle{.length = 0.7e-3, .shaft_radius = 75e-6, .taper_length = 0.5e-3};
    const skin::InsertionCurve curve(s, needle);
    skin::Stamp stamp{.needle = needle, .rows = 32, .columns = 32, .pitch = 1e-3};
    if (state.range(0) == 1) stamp.layout = skin::StampLayout::hexagonal;
    if (state.range(0) == 2) {
        stamp.layout = skin::StampLayout::rings;
        stamp.rows = 18, stamp.columns = 1;
    }
    if (state.range(0) == 3) {
        stamp.positions = needle_positions(stamp);
        for (Eigen::Index i = 0; i < stamp.positions.size(); ++i)
            stamp.positions.data()[i] += 2e-4 * std::sin(static_cast<double>(i * i));
        stamp.layout = skin::StampLayout::free;
        stamp.rows = stamp.columns = 1;
    }
    for (auto _ : state) {
        skin::insertion::NeedleArray array(stamp, curve, 5.8e4, 1e-2);
        benchmark::DoNotOptimize(array.at_force(20.0).travel);
    }
}
BENCHMARK(thousand_needles)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

// Many persons, one needle: only the end of the push and the entry. Items: persons, on one thread.
void persons_with_one_needle(benchmark::State& state) {
    std::vector<skin::Skin> skins;
    for (std::uint64_t i = 0; i < 1000; ++i) skins.push_back(skin::draw_person(face(), 1, i));
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            skin::insert_batch(skins, skin::Needle{}, skin::Travel{1.2e-3, 1e-3}, {}, {.threads = 1}).depth.sum());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(skins.size()));
}
BENCHMARK(persons_with_one_needle)->Unit(benchmark::kMillisecond);

// `libskin bench`: one design on 20 persons with 40 strikes each. Items: persons, on one thread.
void persons_with_a_design(benchmark::State& state) {
    skin::DesignSet set;
    set.skin = face();
    set.designs = {{"pen", skin::Pen{}, skin::Gliding{}},
                   {"roller", skin::Roller{}, skin::Rolling{}},
                   {"stamp", skin::Stamp{.rows = 4}, skin::Pressing{.force = 2.0}}};
    const auto design = static_cast<std::size_t>(state.range(0));
    state.SetLabel(set.designs[design].name);
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            skin::bench_design(set, design, 0, 20, {.n_needles = 40}, {.threads = 1}).depth_mean.sum());
    }
    state.SetItemsProcessed(state.iterations() * 20);
}
BENCHMARK(persons_with_a_design)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
