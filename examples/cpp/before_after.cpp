// Question: a hyaluronic acid serum is put on right before or right after a medical roller: what is below the
//           dermal-epidermal junction after two hours, and how deep?
// Method:   one wound and one closing barrier for both. Before: needles carry the film down and draw it in as they
//           leave. After: recoiled, wet channels take it up by diffusion, and are closing.
// Result:   a table; before delivers more and deeper, intact skin takes up nothing of this size. The twin
//           examples/python/before_after.py prints the same amounts and draws them over time.
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>

int main() {
    try {
        constexpr double hour = 3600.0;
        const auto face = skin::Skin::preset("face_cheek", {.age_years = 45.0});
        const skin::Device roller = skin::device("medical_roller_1.5");
        const skin::Rolling rolling{.force = 3.0, .speed = 0.05, .passes = 15};
        skin::InsertionSettings strikes;
        strikes.n_needles = std::getenv("SKIN_FAST") != nullptr ? 200 : 2000;
        const auto holes = skin::insert(face, roller, rolling, /*seed=*/1, strikes);
        const auto torn = skin::tear(face, roller, rolling, holes.wound, /*seed=*/1);
        const skin::Wound wound = skin::bleed(face, torn.wound).wound;
        const skin::Closure closure = skin::recover(face, wound, 24.0 * hour).closure;

        std::printf("%-12s %22s %20s\n", "put on", "mg/m2 below junction", "90 % above, um");
        double below[3] = {}, deep[3] = {}, put_on = 0.0;  // put_on [mg/m^2]
        const char* names[] = {"intact skin", "after", "before"};
        for (int k = 0; k < 3; ++k) {
            skin::Application serum;
            serum.topical = skin::topical("hyaluronic_serum");
            serum.when = k == 2 ? skin::When::before : skin::When::after;
            serum.dose = 0.02;
            const skin::DeliveryResult d = k == 0 ? skin::deliver(face, skin::intact_skin(), serum, {}, 2.0 * hour)
                                                  : skin::deliver(face, wound, serum, closure, 2.0 * hour);
            below[k] = d.exposure.mass_below_junction.tail(1)[0];
            put_on = 1e6 * d.dose;
            deep[k] = d.penetration_depth(0.9).tail(1)[0];
            std::printf("%-12s %22.4f %20.0f\n", names[k], 1e6 * below[k], 1e6 * deep[k]);
        }
        std::printf("Before brings %.1f times as much below the junction as after, of %.0f mg/m2 put on.\n",
                    below[2] / below[1], put_on);
        return below[2] > 2.0 * below[1] && below[0] < 1e-3 * below[1] && deep[2] > deep[1] ? EXIT_SUCCESS
                                                                                            : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
