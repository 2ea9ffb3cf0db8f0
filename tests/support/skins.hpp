// Skins that need no data file: a homogeneous slab, and the reference layer set of the needling pages.
#pragma once

#include <string>
#include <vector>

#include "skin/tissue/skin.hpp"

namespace skin::test {

/// One layer.
inline Skin slab(double thickness = 1.0e-2, double youngs_modulus = 1.0e5, double toughness = 2500.0) {
    Skin skin;
    skin.id = "slab";
    Layer layer;
    layer.name = "slab";
    layer.thickness = thickness;
    layer.youngs_modulus = youngs_modulus;
    layer.toughness = toughness;
    skin.layers = {layer};
    return skin;
}

/// Five layers with the given thicknesses [m], everything else at the C++ defaults.
inline Skin five_layers(double stratum_corneum, double viable_epidermis, double papillary, double reticular,
                        double hypodermis) {
    Skin skin;
    skin.id = "five_layers";
    const double thickness[] = {stratum_corneum, viable_epidermis, papillary, reticular, hypodermis};
    for (std::size_t i = 0; i < layer_names.size(); ++i) {
        Layer layer;
        layer.name = std::string{layer_names[i]};
        layer.thickness = thickness[i];
        skin.layers.push_back(layer);
    }
    return skin;
}

/// Borders at 0.08, 0.30 and 1.50 mm (devices.md 4.4), with the vessel beds of healing.md 4.5.
inline Skin reference_layers() {
    Skin skin = five_layers(1.5e-5, 6.5e-5, 2.2e-4, 1.2e-3, 4.0e-3);
    skin.id = "needling_reference";
    skin.vasculature.bed = {
        {"papillary_loops", "papillary_dermis", 0.0, 0.17 / 0.22, 0.0, 1.0e8, 5.0e-6, 5.0e-14, 0.02, 8.4e7},
        {"superficial_plexus", "reticular_dermis", 0.0, 0.25, 0.0, 1.2e7, 1.2e-5, 3.0e-12, 0.6},
        {"reticular_connecting", "reticular_dermis", 0.25, 1.0, 0.0, 3.0e6, 1.5e-5, 8.0e-12, 0.9},
        {"deep_plexus", "hypodermis", 0.0, 1.0, 7.0e-4, 4.0e6, 3.0e-5, 6.0e-11, 1.0},
    };
    return skin;
}

}  // namespace skin::test
