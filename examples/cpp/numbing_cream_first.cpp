// Question: a 5 % lidocaine cream lies on the cheek under a film before a medical pen: what is where nerves end when
// the
//           needles come, what is in the blood an hour later, and what if the cream stays on or is put on open
//           channels?
// Method:   an emulsion: its watery phase is saturated and droplets refill it. deliver() follows lidocaine through
// intact
//           skin, through the needling and while the channels close. Known misfits (the twin says which): skin may be
//           1.6 to 7.6 times as permeable, so the table is printed for that too.
// Result:   a table; time helps, pH does little for a saturated cream, a cream that stays on multiplies the blood's
// share.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>
#include <string>

namespace {

constexpr double minute = 60.0, hour = 3600.0;
constexpr double saturated = 4.1;  // kg/m^3 of lidocaine base in water; what is ionised comes on top

skin::Topical emulsion(double ph) {
    skin::Topical cream = skin::topical("lidocaine_cream");
    cream.vehicle.ph = ph;
    const double neutral = 1.0 / (1.0 + std::pow(10.0, *cream.active.pka_base - ph));
    cream.solubility = std::min(saturated / neutral, cream.concentration);
    cream.suspended = cream.concentration - *cream.solubility;
    return cream;
}

Eigen::Index place(const skin::DeliveryResult& d, const std::string& name) {
    return std::find(d.compartment.begin(), d.compartment.end(), name) - d.compartment.begin();
}

// kg/m^3 (g/L), mean over the layer when the first needle comes.
double at_strike(const skin::DeliveryResult& d, const std::string& layer) {
    const Eigen::Index inside = place(d, layer), k = inside - place(d, "stratum_corneum");
    const auto after = std::lower_bound(d.time.begin(), d.time.end(), 0.0) - d.time.begin();
    const Eigen::Index i = std::min<Eigen::Index>(after, d.time.size() - 1), j = std::max<Eigen::Index>(i - 1, 0);
    const double share = d.time[i] > d.time[j] ? (0.0 - d.time[j]) / (d.time[i] - d.time[j]) : 1.0;
    const double amount = d.amount(j, inside) + share * (d.amount(i, inside) - d.amount(j, inside));
    return amount / (d.layer_bottom[k] - d.layer_bottom[k - 1]);
}

struct Way {
    const char* name;
    double ph;
    skin::When when;
    double delay, wiped_after;
};

}  // namespace

int main() {
    try {
        const auto body = skin::Skin::preset("face_cheek", {.age_years = 45.0});
        skin::InsertionSettings strikes;
        strikes.n_needles = std::getenv("SKIN_FAST") != nullptr ? 200 : 1000;
        const skin::Wound wound =
            skin::insert(body, skin::device("medical_pen_1.5"), skin::Gliding{}, /*seed=*/1, strikes).wound;
        const skin::Closure closure = skin::recover(body, wound, hour).closure;

        using enum skin::When;
        const Way ways[] = {{"60 min, wiped off", 7.4, before, hour, hour},
                            {"30 min, wiped off", 7.4, before, 30 * minute, 30 * minute},
                            {"60 min at pH 9, wiped off", 9.0, before, hour, hour},
                            {"60 min, left on for 15 more", 7.4, before, hour, hour + 15 * minute},
                            {"15 min on open channels", 7.4, after, 0.0, 15 * minute}};
        std::printf("%-29s%12s%12s%12s%12s%12s\n", "cream", "x barrier", "epidermis", "papillary", "needled in",
                    "blood");
        std::printf("%-29s%12s%12s%12s%12s%12s\n", "", "", "g/L", "dermis g/L", "mg/m2", "mg/m2");
        double dermis[5] = {}, blood[5] = {}, needled_in[5] = {};
        for (const double factor : {1.0, std::pow(10.0, 0.2), std::pow(10.0, 0.2) * 19.6 / saturated}) {
            for (int k = 0; k < 5; ++k) {
                const Way& way = ways[k];
                if (factor > 1.0 && way.ph > 8.0) continue;  // known for pH 4 to 7.8
                skin::Application cream;
                cream.topical = emulsion(way.ph);
                cream.topical.active.permeability = factor * *cream.topical.active.permeability;
                cream.when = way.when;
                cream.delay = way.delay;
                cream.occluded = way.when == before;
                cream.dose = 0.15;
                cream.wiped_after = way.wiped_after;
                const skin::DeliveryResult d = skin::deliver(body, wound, cream, closure, hour, {.n_times = 161});
                const double epidermis = at_strike(d, "viable_epidermis"), deep = at_strike(d, "papillary_dermis");
                const double cleared = d.amount(d.time.size() - 1, place(d, "cleared"));
                std::printf("%-29s%12.1f%12.2f%12.2f%12.0f%12.0f\n", way.name, factor, epidermis, deep,
                            1e6 * d.deposited, 1e6 * cleared);
                if (factor == 1.0) dermis[k] = deep, blood[k] = cleared, needled_in[k] = d.deposited;
            }
        }
        std::printf(
            "Left on through the needles the cream sends %.1f times as much into blood, put on open channels for 15 "
            "minutes %.1f times as much as the hour before the needles.\n",
            blood[3] / blood[0], blood[4] / blood[0]);
        const bool sound = dermis[0] > dermis[1] && dermis[1] > 0.0 && std::abs(dermis[2] / dermis[0] - 1.0) < 0.1 &&
                           blood[3] > 2.0 * blood[0] && blood[4] > blood[0] && needled_in[0] == 0.0 &&
                           needled_in[3] > 0.0;
        return sound ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
