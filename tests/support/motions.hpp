// Equations of motion with a known solution: a needle that never cuts, or always at one force, on a spring of choice.
#pragma once

#include "insertion/dynamic_motion.hpp"
#include "skin/insertion.hpp"
#include "support/skins.hpp"

namespace skin::test {

/// Masses, lengths and times are 1; the tip stays outside. `force(u)` is the spring of the skin.
template <class Force>
insertion::System uncut(Force force) {
    static const Skin skin = slab();
    static const insertion::LayeredNeedle model(skin, Needle{}, {.tip_model = TipModel::none}, 1e-3, 1e-3);
    insertion::System s;
    s.spring = insertion::SkinSpring(force, 1.0);
    s.resistance = insertion::Resistance(model, model.at(model.nominal_tops(), 1e-3), model.needle().length, 1.0);
    s.drive = insertion::Drive::impact;
    return s;
}

/// No relaxation, no friction, chi = 1, the stiffness of the reference rate: what closed forms can follow.
inline Skin elastic(Skin skin) {
    skin.mechanics.prony_share_1 = skin.mechanics.prony_share_2 = 0.0;
    skin.mechanics.friction_coefficient = 0.0;
    skin.mechanics.smooth_entry_diameter = 1e-3;
    skin.mechanics.blunt_entry_diameter = 1e-2;
    skin.mechanics.rate_exponent = 0.0;
    return skin;
}

/// Five layers of a cheek with the toughness of the shipped data.
inline Skin cheek() {
    Skin skin = five_layers(15e-6, 60e-6, 120e-6, 900e-6, 4e-3);
    const double J[] = {70.0, 70.0, 2500.0, 2500.0, 200.0};
    for (std::size_t i = 0; i < 5; ++i) skin.layers[i].toughness = J[i];
    return skin;
}

}  // namespace skin::test
