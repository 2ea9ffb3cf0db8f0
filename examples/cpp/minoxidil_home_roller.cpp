// Question: a 5 % minoxidil lotion on the forehead, on intact skin or after a roller: how much reaches living skin and
//           blood in a day, once or twice a day?
// Method:   the lotion as it is sold: half of it evaporates in minutes, what stays dissolves 75 g/L, so a part
//           precipitates; channels close as recover() says.
// Result:   a table; needling adds, putting on a second time adds less than as much again.
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>
#include <string>

int main() {
    try {
        constexpr double hour = 3600.0, day = 24.0 * hour;
        const auto body = skin::Skin::preset("face_forehead", {.age_years = 35.0, .sex = skin::Sex::male});
        skin::InsertionSettings strikes;
        if (std::getenv("SKIN_FAST") != nullptr) strikes.n_needles = 200;
        double intact = 0.0, rolled = 0.0;
        std::printf("%-18s %-6s %12s %9s %9s\n", "channels", "times", "mg/m2", "% dose", "% solid");
        for (const char* name : {"intact skin", "home_roller_0.30", "salon_roller_0.5"}) {
            skin::Wound wound = skin::intact_skin();
            skin::Closure closure;
            if (name != std::string{"intact skin"}) {
                const skin::Rolling rolling{.force = 3.0, .speed = 0.05, .passes = 10};
                wound = skin::insert(body, skin::device(name), rolling, 1, strikes).wound;
                closure = skin::recover(body, wound, day).closure;
            }
            for (const bool twice : {false, true}) {
                skin::Application lotion;
                lotion.topical = skin::topical("minoxidil_solution");
                lotion.when = skin::When::after;
                lotion.dose = 0.05;
                if (twice) lotion.reapplied_after = {12.0 * hour};
                const skin::DeliveryResult d = skin::deliver(body, wound, lotion, closure, day);
                std::printf("%-18s %-6s %12.2f %9.3f %9.1f\n", name, twice ? "twice" : "once", 1e6 * d.delivered,
                            100.0 * d.delivered / d.dose, 100.0 * d.undissolved.maxCoeff() / d.dose);
                if (twice) continue;
                (name == std::string{"intact skin"} ? intact : rolled) = d.delivered;
            }
        }
        std::printf("After a salon roller %.1f times as much goes inwards in a day as through intact skin.\n",
                    rolled / intact);
        return rolled > intact && intact > 0.0 ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
