// What a stranger writes first: one header, a shipped skin, a needle, a depth.
#include <cstdio>
#include <skin/skin.hpp>

int main() {
    using namespace skin::units;
    const auto face = skin::Skin::preset("face_cheek", {.age_years = 45});
    const skin::Needle needle{.length = 1.5_mm, .tip_radius = 4_um};
    const auto press = skin::insert(face, needle, skin::Travel{.distance = 1.2_mm});
    std::printf("libskin %s: depth %.3f mm at %.1f mN\n", std::string{skin::version()}.c_str(), 1e3 * press.depth[0],
                1e3 * press.force[press.force.size() - 1]);
    try {
        (void)skin::Skin::preset("face_cheeks");
    } catch (const skin::ParameterError& error) {  // exceptions cross the border of the shared library
        std::printf("%s\n", error.what());
        return press.depth[0] > 0.0 ? 0 : 1;
    }
    return 2;
}
