// Force over deflection of one tip on one stack of layers, as a table that is cheap to ask.
#pragma once

#include <vector>

#include "insertion/layered_contact.hpp"

namespace skin::insertion {

/// How a large deflection differs from small strain (docs/theory/insertion.md, eq. 58-60).
struct LargeDeflection {
    double load_radius = 0.0;      ///< [1] radius of the load over deflection, deep down
    double softening = 0.0;        ///< [1] loss of stiffness once the tip is deep in its dimple
    double softening_depth = 1.0;  ///< [1] deflection over tip radius where half of it is lost
    double squeeze = 0.0;          ///< [1/m^2] gain of stiffness over deflection^2, by layers squeezed on a rigid base
    double film_tension = 0.0;     ///< [N/m] stiffness that the stretched film at the surface adds, deep down
    double film_depth = 1.0;       ///< [m] deflection where half of it is there

    [[nodiscard]] bool none() const noexcept {  ///< small strain
        return load_radius == 0.0 && softening == 0.0 && squeeze == 0.0 && film_tension == 0.0;
    }
};
/// Of a skin: alpha weighted by the stretching stiffness E h of the layers; the film is what is stiffer than the mean
/// of all layers, the nearer to the surface the more.
[[nodiscard]] LargeDeflection large_deflection(const Skin& skin);

/// Increasing, with continuous slope; energy, force and its inverse belong to the same cubics. Beyond `deepest` the
/// stiffness stays what it is there.
class DeflectionTable {
public:
    DeflectionTable(const LayerStack& stack, const TipProfile& tip, const LargeDeflection& large, double deepest);

    [[nodiscard]] double force(double depth) const noexcept;      ///< [N]; depth >= 0
    [[nodiscard]] double stiffness(double depth) const noexcept;  ///< [N/m] its slope
    [[nodiscard]] double energy(double depth) const noexcept;     ///< [J] its integral
    /// [m] where force(depth) + parallel [N/m] x depth is `total` [N] >= 0.
    [[nodiscard]] double depth(double total, double parallel) const noexcept;
    [[nodiscard]] double contact_radius(double depth) const noexcept;  ///< [m] at small strain
    [[nodiscard]] double deepest() const noexcept { return depth_.back(); }

private:
    struct Place {
        std::size_t cell;
        double share, width;
    };
    [[nodiscard]] Place locate(double depth) const noexcept;

    double power_ = 1.5;  // below the first node: force x (depth/first)^power
    std::vector<double> depth_, force_, slope_, energy_;
    std::vector<double> contact_depth_, contact_radius_;
};

}  // namespace skin::insertion
