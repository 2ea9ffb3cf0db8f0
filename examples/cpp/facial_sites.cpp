// Question: one setting for a whole face - which layer does the pen reach where, in women and in men?
// Method:   the treatment "medical_pen" without products on the eight sites whose dermis Meng 2022 measured by
//           ultrasound in 118 people (table 2); each site's own thicknesses, the same pen and hand.
// Result:   the same setting that stays in the dermis of a man's forehead goes through the thin dermis of the eyelid
//           into the fat below. A table, and site by site the share of strikes that ends in each layer.
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>

namespace {

constexpr const char* sites[] = {"face_forehead",     "face_glabella", "face_temple",        "eyelid",
                                 "face_nasal_dorsum", "face_cheek",    "face_submandibular", "neck"};

/// Share of strikes whose tip ends in layer `i`: into it, but not into the next.
double ends_in(const Eigen::VectorXd& reached, Eigen::Index i) {
    return reached[i] - (i + 1 < reached.size() ? reached[i + 1] : 0.0);
}

}  // namespace

int main() {
    try {
        skin::Protocol protocol = skin::load_treatment("medical_pen").protocol;
        protocol.applications.clear();
        protocol.sessions = 1;
        skin::TreatmentSettings settings;
        if (std::getenv("SKIN_FAST") != nullptr) settings.insertion.n_needles = 300;

        std::printf("%-20s %-7s %9s %9s %9s | tip ends in, %% of strikes %15s | %9s %9s\n", "site", "sex", "dermis",
                    "reached", "spread", "", "blood", "redness");
        std::printf("%-20s %-7s %9s %9s %9s | %9s %9s %9s %9s | %9s %9s\n", "", "", "mm", "mm", "mm", "epidermis",
                    "papillary", "reticular", "fat", "dots/cm2", "h");
        double fat_eyelid = 0.0, fat_forehead = 0.0;
        for (const char* site : sites) {
            for (const skin::Sex sex : {skin::Sex::female, skin::Sex::male}) {
                const auto here = skin::Skin::preset(site, {.age_years = 45.0, .sex = sex});
                const auto result = skin::treat(here, protocol, 7, {}, settings);
                const auto& s = result.summary;
                const double dermis =
                    here.layer("papillary_dermis").thickness + here.layer("reticular_dermis").thickness;
                std::printf("%-20s %-7s %9.2f %9.2f %9.2f | %9.1f %9.1f %9.1f %9.1f | %9.1f %9.1f\n", site,
                            std::string{skin::name_of(sex)}.c_str(), 1e3 * dermis, 1e3 * s.depth_mean,
                            1e3 * result.sessions[0].insertion.depth_std,
                            100.0 * (ends_in(s.reached, 0) + ends_in(s.reached, 1)), 100.0 * ends_in(s.reached, 2),
                            100.0 * ends_in(s.reached, 3), 100.0 * ends_in(s.reached, 4), 1e-4 * s.dots_per_area,
                            s.erythema_duration / 3600.0);
                if (site == std::string{"eyelid"} && sex == skin::Sex::female) fat_eyelid = s.reached[4];
                if (site == std::string{"face_forehead"} && sex == skin::Sex::male) fat_forehead = s.reached[4];
            }
        }
        return fat_eyelid > fat_forehead ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
