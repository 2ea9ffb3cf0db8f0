// Question: a 15 % vitamin C serum on a roller's channels: how far past the threshold of irritation, and does waiting
//           help?
// Method:   recover() closes the channels, deliver() follows the acid into living epidermis, assess() adds up
//           concentration over time; index 1 is the clinical threshold.
// Result:   a table; right after needling is worst, a day later is near intact skin.
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>
#include <string>
#include <vector>

int main() {
    try {
        constexpr double hour = 3600.0;
        const auto body = skin::Skin::preset("face_cheek", {.age_years = 45.0});
        skin::InsertionSettings strikes;
        if (std::getenv("SKIN_FAST") != nullptr) strikes.n_needles = 200;
        const skin::Rolling rolling{.force = 3.0, .speed = 0.05, .passes = 10};
        const skin::Wound wound = skin::insert(body, skin::device("salon_roller_0.5"), rolling, 1, strikes).wound;
        const skin::Closure closure = skin::recover(body, wound, 48.0 * hour).closure;
        double previous = 1e300, first = 0.0;
        bool falls = true;
        std::printf("%-12s %18s %28s\n", "put on", "irritation index", "min above 1 g/L (epidermis)");
        for (const double hours_after : {0.0, 4.0, 24.0}) {
            skin::Application serum;
            serum.topical = skin::topical("ascorbic_acid_15");
            serum.when = skin::When::after;
            serum.delay = hours_after * hour;
            serum.dose = 0.02;
            serum.wiped_after = 8.0 * hour;
            const skin::DeliveryResult d = skin::deliver(body, wound, serum, closure, (hours_after + 8.0) * hour);
            const double index = skin::assess(body, {d.exposure}, wound, closure).irritation;
            std::printf("%5.0f h after %18.3g %28.0f\n", hours_after, index,
                        d.time_above("viable_epidermis", 1.0) / 60.0);
            falls = falls && index < previous;
            if (hours_after == 0.0) first = index;
            previous = index;
        }
        std::printf("A day of waiting takes off %.0f %% of the index right after needling.\n",
                    100.0 * (1.0 - previous / first));
        return falls ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
