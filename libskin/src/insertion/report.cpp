#include "insertion/report.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"

namespace skin::insertion {

void check_settings(const InsertionSettings& settings) {
    validate(settings, "settings");
    if (settings.tip_model == TipModel::none && settings.deflection_model == DeflectionModel::none) {
        throw ParameterError(
            "settings.tip_model = none with settings.deflection_model = none leaves nothing that moves: "
            "a skin that neither opens nor gives way carries any force");
    }
}

namespace {

// Where the cutting law is used beyond what it was derived or tabulated for.
void warn_cutting(ResultInfo& info, const Skin& skin, const Needle& needle, const InsertionSettings& settings,
                  double speed) {
    const auto outside = [&](const std::string& why) {
        info.warn("outside_validated_range", "insertion.cutting_law", why);
    };
    if (settings.cutting_law == CuttingLaw::flat_punch && needle.tip_radius < needle.shaft_radius) {
        outside(
            text("flat_punch is the law of a flat-ended cylinder, but the needle tapers from %.3g to %.3g um radius",
                 1e6 * needle.shaft_radius, 1e6 * needle.tip_radius));
    }
    if (settings.cutting_law != CuttingLaw::wedge_table) return;
    const Mechanics& m = skin.mechanics;
    const double factor = settings.rate_model == RateModel::none || !(speed > 0.0)
                              ? 1.0
                              : rate_factor(speed, m.rate_length, m.reference_rate, m.rate_exponent);
    for (const Layer& layer : skin.layers) {
        const auto kappa = [&](double R) {
            const double J = settings.toughness_law == ToughnessLaw::constant
                                 ? layer.toughness
                                 : layer.toughness_intercept + 2.0 * R * layer.failure_energy;
            return J / (layer.ogden_modulus * factor * R);
        };
        if (!(kappa(needle.tip_radius) > 0.0) || layer.ogden_exponent > WedgeEnergy::highest_alpha) continue;
        const WedgeEnergy wedge(layer.ogden_exponent);
        if (layer.ogden_exponent > WedgeEnergy::tabulated_alpha) {
            outside(text(
                "skin.%s.ogden_exponent = %g is above the %g up to which the wedge energy is tabulated; "
                "extrapolated, about 3 %% uncertain at %g",
                layer.name.c_str(), layer.ogden_exponent, WedgeEnergy::tabulated_alpha, WedgeEnergy::highest_alpha));
        }
        const double low = kappa(needle.shaft_radius), high = kappa(needle.tip_radius);
        if (low < wedge.lowest_kappa() || high > wedge.highest_kappa()) {
            outside(
                text("J/(mu R) in skin.%s runs from %.3g to %.3g; the wedge energy is tabulated from %.3g to %.3g at "
                     "this exponent, its asymptotes stand for the rest",
                     layer.name.c_str(), low, high, wedge.lowest_kappa(), wedge.highest_kappa()));
        }
    }
}

}  // namespace

void check_drive(const InsertionSettings& settings, bool moves) {
    const bool dynamic = settings.drive_model == DriveModel::dynamic;
    if (dynamic && !moves) {
        throw ParameterError(
            "settings.drive_model = dynamic is for a stamp with Impact and a pen with Gliding; this use does not move "
            "in time (strokes() also follows a stamp with Travel)");
    }
    if (!dynamic && settings.skin_mass != SkinMass::none) {
        throw ParameterError(
            "settings.skin_mass = hemisphere was given but settings.drive_model = quasi_static does not use it");
    }
    if (!dynamic && settings.n_strokes != 0) {
        throw ParameterError(
            text("settings.n_strokes = %d was given but settings.drive_model = quasi_static does not use it",
                 settings.n_strokes));
    }
}

ResultInfo describe_run(const Skin& skin, const Needle& needle, const InsertionSettings& settings, double speed) {
    ResultInfo info = skin_info(skin, "insertion");
    info.use("insertion.tip_model = " + std::string{name_of(settings.tip_model)});
    info.use("insertion.deflection_model = " + std::string{name_of(settings.deflection_model)});
    info.use("insertion.array_coupling = " + std::string{name_of(settings.array_coupling)});
    info.use("insertion.rate_model = " + std::string{name_of(settings.rate_model)});
    info.use("insertion.cutting_law = " + std::string{name_of(settings.cutting_law)});
    info.use("insertion.toughness_law = " + std::string{name_of(settings.toughness_law)});
    info.use("insertion.puncture_model = " + std::string{name_of(settings.puncture_model)});
    info.use("insertion.drive_model = " + std::string{name_of(settings.drive_model)});
    info.use("insertion.dome_model = " + std::string{name_of(settings.dome_model)});
    info.use("insertion.hole_capture = " + std::string{name_of(settings.hole_capture)});
    info.use("insertion.drum_contact = " + std::string{name_of(settings.drum_contact)});
    if (settings.drive_model == DriveModel::dynamic) {
        info.use("insertion.skin_mass = " + std::string{name_of(settings.skin_mass)});
        info.cite("crichton2013");  // relaxation
    }
    if (settings.dome_model == DomeModel::elastic) info.cite("johnson1985");
    if (settings.tip_model == TipModel::energy_release) {
        info.cite("shergold2004");   // planar crack and spreading of the hole
        info.cite("fregonese2021");  // energy barrier of puncture
        if (settings.cutting_law == CuttingLaw::wedge_table) info.cite("libskin_mechanics");
        if (settings.toughness_law == ToughnessLaw::scale_dependent) info.cite("libskin_tearing");
    }
    if (settings.deflection_model == DeflectionModel::parabolic) info.cite("shojaeifard2025");
    if (settings.deflection_model == DeflectionModel::layered) {
        info.cite("sneddon1965");        // dual integral equations of axisymmetric contact
        info.cite("libskin_mechanics");  // load radius of a deep dimple
    }
    if (settings.rate_model == RateModel::power_law) info.cite("shergold2006");
    if (settings.hole_capture != HoleCapture::none) info.cite("libskin_tearing");

    const auto outside = [&](const char* where, const std::string& why) {
        info.warn("outside_validated_range", where, why);
    };
    if (settings.rate_model == RateModel::power_law && speed / skin.mechanics.rate_length > 4.0e3) {
        outside("insertion.rate_model",
                text("the local rate %.3g /s is above 4000 /s, where the power law extrapolates",
                     speed / skin.mechanics.rate_length));
    }
    if (speed > 3.0) {
        outside("insertion.speed",
                text("at %.3g m/s the inertia of the skin begins to confine it; the model is quasi-static", speed));
    }
    if (taper_slope(needle) > 0.15) {
        outside("insertion.needle", text("cone of tan(phi) = %.3g: for wide cones the measured force is far below the "
                                         "model's (docs/theory/insertion.md, known failures)",
                                         taper_slope(needle)));
    }
    for (const Layer& layer : skin.layers) {
        if (layer.ogden_exponent < 3.0) {
            outside("insertion.tip_model", text("skin.%s.ogden_exponent = %g is below 3: the crack of the model closes "
                                                "to almost nothing",
                                                layer.name.c_str(), layer.ogden_exponent));
        }
    }
    if (settings.tip_model != TipModel::none) warn_cutting(info, skin, needle, settings, speed);
    return info;
}

void warn_below_skin(ResultInfo& info, const Skin& skin, double deepest) {
    if (deepest <= skin.thickness()) return;
    info.warn("outside_validated_range", "insertion.depth",
              text("tips reach %.3g mm, below the last layer, which ends at %.3g mm; its values were used further down",
                   1e3 * deepest, 1e3 * skin.thickness()));
}

void warn_deep_dimple(ResultInfo& info, const Skin& skin, const InsertionSettings& settings, double deflection) {
    constexpr double compared = 0.87;  // of the thickness; docs/theory/insertion.md 4.1
    if (settings.deflection_model != DeflectionModel::layered || deflection <= compared * skin.thickness()) return;
    info.warn("outside_validated_range", "insertion.deflection_model",
              text("the surface gave way by %.3g mm of the %.3g mm of the layers, deeper than the layered model was "
                   "compared with",
                   1e3 * deflection, 1e3 * skin.thickness()));
}

void warn_deep_trough(ResultInfo& info, const Skin& skin, double sink) {
    constexpr double small = 0.1;  // of the thickness: mean strain up to which linear layers are taken as fair
    if (sink <= small * skin.thickness()) return;
    info.warn(
        "outside_validated_range", "insertion.drum_contact",
        text("the drum sinks in by up to %.3g mm, more than a tenth of the %.3g mm of the layers, whose strain the "
             "trough takes as small: it is then too deep, and too many needles share the hand force",
             1e3 * sink, 1e3 * skin.thickness()));
}

double histology_depth(const Skin& skin, std::span<const double> tops, double depth) {
    double dermis = 0.0;
    for (std::size_t i = 0; i < tops.size(); ++i) {
        const std::string& name = skin.layers[i].name;
        if (name != "papillary_dermis" && name != "reticular_dermis" && name != "dermis") continue;
        const double bottom = i + 1 < tops.size() ? std::min(tops[i + 1], depth) : depth;
        dermis += std::max(bottom - tops[i], 0.0);
    }
    return skin.mechanics.depth_recoil * (depth - skin.mechanics.histology_shrinkage * dermis);
}

Wound empty_wound(const Needle& needle, Eigen::Index n, bool moved) {
    Wound wound;
    wound.needle = needle;
    for (auto* column :
         {&wound.x, &wound.y, &wound.depth, &wound.channel_depth, &wound.channel_radius, &wound.mouth_radius,
          &wound.tilt, &wound.entry_speed, &wound.dwell_time, &wound.slit_length, &wound.slit_depth,
          &wound.blood_fraction, &wound.heated_fraction, &wound.slit_direction, &wound.slit_gape}) {
        column->setZero(n);
    }
    if (moved) {
        for (auto* column : {&wound.pass_number, &wound.heading, &wound.travelled, &wound.ring_offset}) {
            column->setZero(n);
        }
    }
    wound.visits.setOnes(n);
    wound.slit_profile.resize(n, 0);
    return wound;
}

}  // namespace skin::insertion
