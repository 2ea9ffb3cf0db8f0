// Question: what does the shipped treatment "medical_pen" do to a cheek of 45 years?
// Method:   treat() runs every physics in order; the summary is printed and the result stored.
// Result:   a needle set to 1.5 mm gets about half as deep, and every tip reaches the reticular dermis.
//           Arguments: where to write the file (default medical_pen.h5), another shipped treatment.
#include <cstdio>
#include <cstdlib>
#include <skin/skin.hpp>
#include <string>

int main(int argc, char** argv) {
    try {
        const std::string name = argc > 2 ? argv[2] : "medical_pen";
        const auto [face, protocol] = skin::load_treatment(name);
        skin::TreatmentSettings settings;
        if (std::getenv("SKIN_FAST") != nullptr) settings.insertion.n_needles = 300;
        const auto result = skin::treat(face, protocol, 7, {}, settings);
        std::fputs(skin::summary(result).c_str(), stdout);

        const char* path = argc > 1 ? argv[1] : "medical_pen.h5";
        skin::save(result, path);
        const bool same = skin::load<skin::TreatmentResult>(path) == result;
        std::printf("\nwritten to %s; read back %s\n", path, same ? "the same" : "DIFFERENT");

        const auto& s = result.summary;
        const bool as_told = same && (name != "medical_pen" || (s.depth_mean < 0.7 * s.setting && s.reached[3] > 0.99));
        return as_told ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const skin::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
}
