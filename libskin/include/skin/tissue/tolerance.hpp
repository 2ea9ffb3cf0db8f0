// What living skin tolerates: data/tissue/tolerance.toml (safety.md 4).
#pragma once

#include "skin/core/describe.hpp"

namespace skin {

struct Tolerance {
    double load_exponent = 2.0;            ///< [1] n_H, toxic-load (Haber) exponent
    double severity_exponent = 2.0;        ///< [1] s of the severity curve
    double irritation_source = 0.02;       ///< [1] k_irr, damage signal per unit of the irritation index
    double organism_load = 1.0;            ///< [1] relative load of organisms on the surface
    double device_contamination = 1.0;     ///< [1] f_dev, at least 1
    double occlusion_contamination = 1.0;  ///< [1] f_occ, at least 1
    double jamming_factor = 3.0;           ///< [1] channel over largest particle that enters
    double wet_mouth = 0.5;                ///< [1] plug wetness above which particles enter
    double temperature = 305.0;            ///< [K] of a topical on skin, for Brownian motion
};
template <>
struct Describe<Tolerance> {
    using T = Tolerance;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"load_exponent", &T::load_exponent, "1", "n_H, toxic-load (Haber) exponent", {}, 0.5, 10.0, "safety"},
            Field{"severity_exponent", &T::severity_exponent, "1", "s of the severity curve", {}, 0.1, 20.0, "safety"},
            Field{"irritation_source", &T::irritation_source, "1", "k_irr, damage signal per unit of the irritation index", {}, 0.0, 10.0, "safety"},
            Field{"organism_load", &T::organism_load, "1", "relative load of organisms on the surface", {}, 0.0, 1e12, "safety"},
            Field{"device_contamination", &T::device_contamination, "1", "f_dev, at least 1", {}, 1.0, 1e12, "safety"},
            Field{"occlusion_contamination", &T::occlusion_contamination, "1", "f_occ, at least 1", {}, 1.0, 1e12, "safety"},
            Field{"jamming_factor", &T::jamming_factor, "1", "channel over largest particle that enters", {}, 1.0, 100.0, "safety transport recovery"},
            Field{"wet_mouth", &T::wet_mouth, "1", "plug wetness above which particles enter", {}, 0.0, 1.0, "safety recovery"},
            Field{"temperature", &T::temperature, "K", "of a topical on skin", {}, 250.0, 400.0, "safety"},
        };
    }
    // clang-format on
};

}  // namespace skin
