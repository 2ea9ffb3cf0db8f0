// Question: can a haptic device feel this skin at 1 kHz?
// Method:   InsertionCurve is prepared once; then a loop as a haptic device runs it: position in, force out. Its
// members
//           allocate nothing, do not throw and may be called from any thread.
// Result:   one call costs far less than the millisecond it has. NaN, not an exception, for a position out of range.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>

int main() {
    using namespace skin::units;
    using Clock = std::chrono::steady_clock;
    try {
        const auto face = skin::Skin::preset("face_cheek", {.age_years = 45.0});
        const skin::Needle needle{.length = 1.5_mm, .tip_radius = 4_um};
        const auto begin = Clock::now();
        const skin::InsertionCurve curve(face, needle, 10_mm);
        const std::chrono::duration<double, std::micro> prepared = Clock::now() - begin;

        // Two seconds of a hand that pushes in to 1.4 mm and back, sampled at 1 kHz. The way out is not modelled: the
        // skin closes on the needle, so the force is that of the deepest point until the hand has let go.
        constexpr int ticks = 2000;
        double deepest = 0.0, largest_force = 0.0;
        std::chrono::duration<double, std::micro> slowest{0.0}, total{0.0};
        for (int tick = 0; tick < ticks; ++tick) {
            const double travel = 1.4_mm * std::sin(3.14159265358979 * tick / ticks);
            const auto start = Clock::now();
            deepest = std::max(deepest, travel);
            const double force = curve.force_at_travel(deepest);
            const double depth = curve.depth_at_travel(deepest);
            const std::chrono::duration<double, std::micro> spent = Clock::now() - start;
            slowest = std::max(slowest, spent);
            total += spent;
            largest_force = std::max(largest_force, force);
            if (tick % 250 == 0) {
                std::printf("t = %.2f s   travel %7s   tip %7s   force %8s\n", 1e-3 * tick,
                            pretty(deepest, "m").c_str(), pretty(depth, "m").c_str(), pretty(force, "N").c_str());
            }
        }
        std::printf("prepared in %.0f us; a tick takes %.2f us on average, %.1f us at worst, of 1000 us\n",
                    prepared.count(), total.count() / ticks, slowest.count());
        std::printf("a planner asks back: 50 mN reach %s; a negative force gives %g\n",
                    pretty(curve.depth_at_force(50_mN), "m").c_str(), curve.depth_at_force(-1.0));
        const bool as_told =
            std::isnan(curve.depth_at_force(-1.0)) && largest_force > 0.0 && total.count() / ticks < 1000.0;
        return as_told ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
