// Vessels that a needle can cut: data/tissue/vasculature.toml (healing.md 4.5, 4.6).
#pragma once

#include <string>
#include <vector>

#include "skin/core/describe.hpp"

namespace skin {

/// A bed of vessels, anchored to a layer so that it follows the layer's thickness.
struct VesselBed {
    std::string name =
        "bed";  ///< name of the bed: papillary_loops, superficial_plexus, reticular_connecting, deep_plexus
    std::string layer = "papillary_dermis";  ///< layer that holds the top of the bed
    double top_fraction = 0.0;               ///< [1] top of the bed as a share of that layer
    double bottom_fraction = 1.0;            ///< [1] bottom as a share of that layer; not used when extent > 0
    double extent = 0.0;                     ///< [m] fixed height of the bed, 0: use bottom_fraction
    double length_density = 0.0;             ///< [1/m^2] vessel length per volume
    double vessel_radius = 1.0e-5;           ///< [m] outer radius
    double flow = 0.0;                       ///< [m^3/s] flow out of one cut vessel
    double visible_probability = 0.0;        ///< [1] probability that a cut vessel gives a visible dot
    double loop_density = 0.0;  ///< [1/m^2] upright loops per area, which a slit meets one by one; 0: a plexus
};
template <>
struct Describe<VesselBed> {
    using V = VesselBed;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"name", &V::name, "1", "name of the bed"},
            Field{"layer", &V::layer, "1", "layer that holds the top of the bed"},
            Field{"top_fraction", &V::top_fraction, "1", "top of the bed as a share of that layer", {}, 0.0, 1.0, "bleeding"},
            Field{"bottom_fraction", &V::bottom_fraction, "1", "bottom as a share of that layer", {}, 0.0, 1.0, "bleeding"},
            Field{"extent", &V::extent, "m", "fixed height of the bed", {}, 0.0, 0.05, "bleeding"},
            Field{"length_density", &V::length_density, "1/m^2", "vessel length per volume", {}, 0.0, 1e10, "bleeding"},
            Field{"vessel_radius", &V::vessel_radius, "m", "outer radius", {}, 1e-7, 1e-2, "bleeding"},
            Field{"flow", &V::flow, "m^3/s", "flow out of one cut vessel", {}, 0.0, 1e-6, "bleeding"},
            Field{"visible_probability", &V::visible_probability, "1", "probability that a cut vessel gives a visible dot", {}, 0.0, 1.0, "bleeding"},
            Field{"loop_density", &V::loop_density, "1/m^2", "upright loops per area, which a slit meets one by one", {}, 0.0, 1e10, "bleeding"},
        };
    }
    // clang-format on
};

struct Vasculature {
    std::vector<VesselBed> bed;         ///< outermost first; empty: nothing bleeds
    double cut_share = 0.5;             ///< [1] share of the needle radius that cuts, chi: vessels deflect
    double haemostasis_time = 60.0;     ///< [s] time until a cut vessel stops
    double anticoagulant_factor = 2.5;  ///< [1] on the haemostasis time
};
template <>
struct Describe<Vasculature> {
    using V = Vasculature;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"bed", &V::bed, "1", "outermost first", {"bed"}},
            Field{"cut_share", &V::cut_share, "1", "share of the needle radius that cuts", {}, 0.0, 1.0, "bleeding"},
            Field{"haemostasis_time", &V::haemostasis_time, "s", "time until a cut vessel stops", {}, 0.1, 1e5, "bleeding"},
            Field{"anticoagulant_factor", &V::anticoagulant_factor, "1", "on the haemostasis time", {}, 1.0, 100.0, "bleeding"},
        };
    }
    // clang-format on
};

}  // namespace skin
