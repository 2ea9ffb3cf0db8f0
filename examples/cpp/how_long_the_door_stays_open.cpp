// Question: how long does the door stay open after needling: for an electrode, for water, for bacteria?
// Method:   A medical pen needles a cheek; recover() closes the holes in open air, under a film, and under a film for
//           six hours; recovery_band() repeats it for 200 persons drawn from the spreads that the data state.
// Result:   The sentences below, made from the numbers of the run. The twin examples/python/
//           how_long_the_door_stays_open.py prints the same ones and draws them.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>
#include <string>

namespace {

using namespace skin::units;

constexpr double hour = 3600.0, minute = 60.0, duration = 96.0 * hour, film_off = 6.0 * hour;

std::string said(double seconds) {
    if (std::isnan(seconds)) return "> 96 h";
    return seconds < hour ? skin::text("%.0f min", seconds / minute) : skin::text("%.1f h", seconds / hour);
}

// When nothing as large as a bacterium enters any more; the end of the run if it still does.
double entry_ends(const skin::RecoveryResult& r) {
    Eigen::Index after = 0;
    for (Eigen::Index i = 0; i < r.time.size(); ++i) {
        if (r.largest_particle[i] > 1_um) after = i + 1;
    }
    return r.time[std::min(after, r.time.size() - 1)];
}

}  // namespace

int main() {
    try {
        const auto face = skin::Skin::preset("face_cheek", {.age_years = 40.0});
        skin::InsertionSettings strikes;
        strikes.n_needles = 400;
        const auto wound =
            skin::insert(face, skin::device("medical_pen_1.5"), skin::Gliding{}, /*seed=*/1, strikes).wound;

        const auto open_air = skin::recover(face, wound, duration);
        const auto covered = skin::recover(face, wound, duration, {.occluded = {{0.0, duration}}});
        const auto film = skin::recover(face, wound, duration, {.occluded = {{0.0, film_off}}});
        const int n_draws = std::getenv("SKIN_FAST") != nullptr ? 40 : 200;
        const auto band = skin::recovery_band(face, wound, duration, {}, n_draws, 1);
        const auto band_covered =
            skin::recovery_band(face, wound, duration, {.occluded = {{0.0, duration}}}, n_draws, 1);

        for (const auto& name : open_air.observable) {
            std::printf("%-20s open air %10s   film for 6 h %10s   film %10s\n", name.c_str(),
                        said(open_air.time_to_recover(name)).c_str(), said(film.time_to_recover(name)).c_str(),
                        said(covered.time_to_recover(name)).c_str());
        }
        const double shut = open_air.time_to_recover("impedance"), late = film.time_to_recover("impedance");
        const double shut_covered = covered.time_to_recover("impedance");
        const double bacteria = entry_ends(open_air), bacteria_covered = entry_ends(covered);
        std::printf(
            "In open air the door is shut to an electrode after %s (%s to %s for nine persons in ten), under a "
            "film after %s (%s to %s).\n",
            said(shut).c_str(), said(band.low[0]).c_str(), said(band.high[0]).c_str(), said(shut_covered).c_str(),
            said(band_covered.low[0]).c_str(), said(band_covered.high[0]).c_str());
        std::printf(
            "Bacteria find it open for %s in open air, until the mouths are dry, and for %s%s under a film; a "
            "film for the first six hours moves the end by %.1f h.\n",
            said(bacteria).c_str(), bacteria_covered == duration ? "more than " : "", said(bacteria_covered).c_str(),
            (late - shut) / hour);

        // The headline: hours in open air, a day or more under a film, and minutes for what needs a wet mouth.
        const bool sound = shut > hour && shut < 3.0 * hour && shut_covered > 8.0 * shut && band.low[0] < shut &&
                           shut < band.high[0] && bacteria < hour && bacteria_covered > hour &&
                           std::abs(late - shut - film_off) < 0.5 * hour;
        return sound ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
