// The defaults in C++ and in the data files are written twice; these tests hold them together.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "io/parameter_file.hpp"
#include "skin/core/validate.hpp"
#include "skin/io/parameters.hpp"

namespace {

using skin::io::Shelf;

/// Every number and switch of `value` (the set as loaded) equals the C++ default and has an origin. Equality: both are
/// the double nearest to the same decimal text.
template <class T>
void expect_defaults(const T& value, const T& fallback, const skin::Origins& origins, const std::string& prefix) {
    skin::for_each_field<T>([&](const auto& field) {
        const auto& loaded = value.*(field.member);
        using M = std::remove_cvref_t<decltype(loaded)>;
        const std::string key = prefix + std::string{field.name};
        if constexpr (std::is_arithmetic_v<M>) {
            EXPECT_EQ(loaded, fallback.*(field.member)) << key << ": the data file and the C++ default differ";
            EXPECT_TRUE((std::is_same_v<M, bool>) || origins.contains(key)) << key << " has no source";
        }
    });
}

template <class T>
void expect_set(const char* name, T skin::Skin::*member) {
    skin::Skin loaded;
    skin::io::read_tissue(skin::io::read_document(skin::io::find_on(Shelf::tissue, name)), name, loaded);
    expect_defaults(loaded.*member, T{}, loaded.origins, std::string{name} + ".");
}

TEST(Defaults, TissueSetsEqualTheStructs) {
    expect_set("person_laws", &skin::Skin::person_laws);
    expect_set("mechanics", &skin::Skin::mechanics);
    expect_set("tear_resistance", &skin::Skin::tear_resistance);
    expect_set("vasculature", &skin::Skin::vasculature);
    expect_set("barrier", &skin::Skin::barrier);
    expect_set("solute_transport", &skin::Skin::solute_transport);
    expect_set("healing_biology", &skin::Skin::healing_biology);
    expect_set("tolerance", &skin::Skin::tolerance);
}

TEST(Defaults, EveryDefaultSetIsReadAndNoOther) {
    auto names = skin::io::tissue_names();
    std::sort(names.begin(), names.end());
    EXPECT_EQ(skin::io::ids_on(Shelf::tissue), names);
}

TEST(Defaults, LayersHaveEverythingButThickness) {
    skin::Origins origins;
    const auto layers =
        skin::io::read_layers(skin::io::read_document(skin::io::find_on(Shelf::tissue, "layers")), origins);
    ASSERT_EQ(layers.size(), skin::layer_names.size());
    for (std::size_t i = 0; i < layers.size(); ++i) {
        EXPECT_EQ(layers[i].name, skin::layer_names[i]);
        skin::for_each_field<skin::Layer>([&](const auto& field) {
            if (field.name == "name") return;
            const std::string key = layers[i].name + "." + std::string{field.name};
            EXPECT_EQ(origins.contains(key), field.name != "thickness") << key;
        });
    }
}

TEST(Defaults, UseFilesEqualTheStructs) {
    const std::vector<skin::Use> uses{skin::Travel{}, skin::Pressing{}, skin::Impact{}, skin::Rolling{},
                                      skin::Gliding{}};
    std::vector<std::string> kinds;
    for (const auto& use : uses) {
        const std::string kind{skin::io::kind_of(use)};
        kinds.push_back(kind);
        const auto loaded = skin::io::read_use(skin::io::read_document(skin::io::find_on(Shelf::uses, kind)));
        ASSERT_EQ(loaded.use.index(), use.index()) << kind;
        std::visit(
            [&](const auto& fallback) {
                using U = std::remove_cvref_t<decltype(fallback)>;
                expect_defaults(std::get<U>(loaded.use), fallback, loaded.origins, "");
            },
            use);
    }
    std::sort(kinds.begin(), kinds.end());
    EXPECT_EQ(skin::io::ids_on(Shelf::uses), kinds);
}

}  // namespace
