// Question: does the prepared curve keep the beat of a haptic device, 1 kHz, with the skin of a person under the hand?
// Method:   A worker thread runs the loop on a fixed schedule: read a position, ask InsertionCurve for force and depth,
//           wait for the next beat. All memory is taken before the loop; the members are noexcept and allocate nothing.
//           The hand is scripted: it pushes in to 1.4 mm, holds, pushes on to 1.5 mm and lets go.
//           The tip is a worn one, 15 um: a blunt tip must break through a barrier that a hand feels.
// Result:   A step takes about a thousandth of the period, so hundreds of needles would fit into one beat. The force
//           drops when the tip breaks through: that jump is what a hand feels as the pop.
//           Nothing here asserts a time: the machine may be busy. Argument: number of beats (default 2000; 300 if
//           SKIN_FAST is set).
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace skin::units;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double period = 1e-3;  // s

// What the hand does at a share of the whole session: in, hold, further in, out.
double hand(double share) noexcept {
    constexpr std::array<double, 6> when{0.0, 0.4, 0.5, 0.7, 0.8, 1.0};
    constexpr std::array<double, 6> where{0.0, 1.4_mm, 1.4_mm, 1.5_mm, 1.5_mm, 0.0};
    std::size_t i = 1;
    while (i + 1 < when.size() && share > when[i]) ++i;
    const double s = std::clamp((share - when[i - 1]) / (when[i] - when[i - 1]), 0.0, 1.0);
    return where[i - 1] + s * (where[i] - where[i - 1]);
}

struct Beat {
    double travel = 0.0, force = 0.0, depth = 0.0, step = 0.0;  // m, N, m, s
};

// One step: what the device shows for this position of the hand. On the way out the tip stays where it is and the dent
// of the skin recovers, as far as it was dented; then the hand feels nothing.
Beat step(const skin::InsertionCurve& curve, double travel, double& deepest) noexcept {
    deepest = std::max(deepest, travel);
    const double depth = curve.depth_at_travel(deepest);
    const double dent = std::max(deepest - depth - (deepest - travel), 0.0);
    const double force = travel < deepest ? curve.force_at_deflection(dent) : curve.force_at_travel(travel);
    return {travel, force, depth, 0.0};
}
static_assert(noexcept(std::declval<const skin::InsertionCurve&>().force_at_travel(0.0)));
static_assert(noexcept(std::declval<const skin::InsertionCurve&>().force_at_deflection(0.0)));

void loop(const skin::InsertionCurve& curve, std::vector<Beat>& beats) noexcept {
    const auto start = Clock::now();
    double deepest = 0.0;
    for (std::size_t i = 0; i < beats.size(); ++i) {
        std::this_thread::sleep_until(start + std::chrono::duration_cast<Clock::duration>(Seconds(period * double(i))));
        const double travel = hand(static_cast<double>(i) / static_cast<double>(beats.size() - 1));
        const auto before = Clock::now();
        beats[i] = step(curve, travel, deepest);
        beats[i].step = Seconds(Clock::now() - before).count();
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const int wanted = argc > 1 ? std::atoi(argv[1]) : std::getenv("SKIN_FAST") != nullptr ? 300 : 2000;
        const auto face = skin::Skin::preset("face_cheek", {.age_years = 45.0});
        const skin::InsertionCurve curve(face, skin::Needle{.length = 1.5_mm, .tip_radius = 15_um}, 3_mm);
        std::vector<Beat> beats(static_cast<std::size_t>(std::max(wanted, 20)));
        std::thread device([&] { loop(curve, beats); });
        device.join();

        double worst = 0.0, sum = 0.0, largest = 0.0;
        for (std::size_t i = 0; i < beats.size(); ++i) {
            const Beat& b = beats[i];
            worst = std::max(worst, b.step);
            sum += b.step;
            largest = std::max(largest, b.force);
            if (i % (beats.size() / 10) == 0) {
                std::printf("%6.3f s   hand %8s   tip %8s   force %8s\n", period * static_cast<double>(i),
                            pretty(b.travel, "m").c_str(), pretty(b.depth, "m").c_str(), pretty(b.force, "N").c_str());
            }
        }
        std::printf("%zu beats: worst step %.4f of the period, mean %.5f\n", beats.size(), worst / period,
                    sum / static_cast<double>(beats.size()) / period);

        // The headline: every beat has a finite force, the dent recovers to nothing, and the tip stays below what was
        // pushed.
        bool sound = largest > 0.0 && beats.back().force == 0.0;
        for (const Beat& b : beats) sound = sound && std::isfinite(b.force) && b.force >= 0.0;
        sound = sound && beats.back().depth > 0.2_mm && beats.back().depth < 1.5_mm;
        return sound ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
