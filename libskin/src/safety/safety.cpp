// assess(): what the products and open channels of one session can do (docs/theory/safety.md).
#include "skin/safety.hpp"

#include <algorithm>
#include <cmath>

#include "safety/infection.hpp"
#include "safety/irritation.hpp"
#include "safety/particles.hpp"
#include "skin/core/validate.hpp"
#include "skin/wound/closure.hpp"

namespace skin {

namespace {

void check_series(const std::string& path, const char* name, const Eigen::VectorXd& series, Eigen::Index n) {
    if (series.size() != n) {
        throw ParameterError(text("%s.%s has %lld entries but %s.time has %lld", path.c_str(), name,
                                  static_cast<long long>(series.size()), path.c_str(), static_cast<long long>(n)));
    }
    if (n == 0) return;
    const double round_off =
        1e-6 * series.cwiseAbs().maxCoeff();  // solvers leave some below zero: it counts as nothing
    for (Eigen::Index i = 0; i < n; ++i) {
        if (std::isfinite(series[i]) && series[i] >= -round_off) continue;
        check_range(path + "." + name + "[" + std::to_string(i) + "]", series[i], "", 0.0, 1e300);
    }
}

void check_times(const std::string& path, const Eigen::VectorXd& time) {
    for (Eigen::Index i = 0; i < time.size(); ++i) {
        check_range(path + ".time[" + std::to_string(i) + "]", time[i], "s", -1e9, 1e9);
        if (i > 0 && !(time[i] > time[i - 1])) {
            throw ParameterError(text("%s.time[%lld] = %g s must be later than the entry before it (%g s)",
                                      path.c_str(), static_cast<long long>(i), time[i], time[i - 1]));
        }
    }
}

void check_exposure(const Exposure& e, const std::string& path) {
    check_times(path, e.time);
    check_series(path, "epidermis_concentration", e.epidermis_concentration, e.time.size());
    check_series(path, "mass_below_junction", e.mass_below_junction, e.time.size());
    check_range(path + ".no_effect_concentration", e.no_effect_concentration, "kg/m^3", 0.0, 1e4);
    check_range(path + ".irritant_concentration", e.irritant_concentration, "kg/m^3", 0.0, 1e4);
    check_range(path + ".reaction_delay", e.reaction_delay, "s", 0.0, 1e9);
    check_range(path + ".deposited", e.deposited, "kg/m^2", 0.0, 1e3);
    check_range(path + ".particle_diameter", e.particle_diameter, "m", 0.0, 1e-2);
    if (e.irritant_concentration > 0.0) {
        check_range(path + ".irritant_time", e.irritant_time, "s", 1e-3, 1e9);
        if (!(e.irritant_concentration > e.no_effect_concentration)) {
            throw ParameterError(
                text("%s.irritant_concentration = %g kg/m^3 must be above no_effect_concentration = %g", path.c_str(),
                     e.irritant_concentration, e.no_effect_concentration));
        }
    }
    if (e.particle_diameter > 0.0) {
        check_range(path + ".particle_diameter", e.particle_diameter, "m", 1e-9, 1e-2);
        check_range(path + ".particle_density", e.particle_density, "kg/m^3", 1.0, 3e4);
        check_range(path + ".vehicle_density", e.vehicle_density, "kg/m^3", 1.0, 3e4);
        check_range(path + ".vehicle_viscosity", e.vehicle_viscosity, "Pa s", 1e-6, 1e9);
    }
}

void check_closure(const Closure& closure, const Wound& wound) {
    const Eigen::Index n_t = closure.time.size(), n_k = closure.classes.size();
    if (wound.size() > 0 && closure.empty()) {
        throw ParameterError(text("closure is empty although the wound has %lld channels: call recover() first",
                                  static_cast<long long>(wound.size())));
    }
    const double counted = closure.classes.count.sum();
    if (static_cast<Eigen::Index>(std::llround(counted)) != wound.size()) {
        throw ParameterError(
            text("closure.classes.count adds up to %g channels but the wound has %lld: it belongs to "
                 "another wound",
                 counted, static_cast<long long>(wound.size())));
    }
    check_times("closure", closure.time);
    const auto check_matrix = [&](const char* name, const RowMatrix& m) {
        if (m.rows() != n_t || m.cols() != n_k) {
            throw ParameterError(text("closure.%s has %lld x %lld values, not %lld times x %lld classes", name,
                                      static_cast<long long>(m.rows()), static_cast<long long>(m.cols()),
                                      static_cast<long long>(n_t), static_cast<long long>(n_k)));
        }
        for (Eigen::Index i = 0; i < m.size(); ++i) {
            const double x = m.data()[i];
            if (!(x >= 0.0 && x <= 1e6)) check_range(std::string{"closure."} + name, x, "1", 0.0, 1e6);
        }
    };
    check_matrix("radius_fraction", closure.radius_fraction);
    check_matrix("plug_wetness", closure.plug_wetness);
    check_never_reopens(closure);
    if (closure.classes.slit_area.size() > 0 && closure.classes.slit_area.size() != n_k) {
        throw ParameterError(text("closure.classes.slit_area has %lld values, not one for each of %lld classes",
                                  static_cast<long long>(closure.classes.slit_area.size()),
                                  static_cast<long long>(n_k)));
    }
    for (Eigen::Index k = 0; k < n_k; ++k) {
        check_range("closure.classes.channel_radius", closure.classes.channel_radius[k], "m", 0.0, 0.01);
    }
}

/// All times of all exposures, each once; without products those of the closure.
Eigen::VectorXd common_times(const std::vector<Exposure>& exposures, const Closure& closure) {
    if (exposures.empty()) return closure.time;
    std::vector<double> times;
    for (const Exposure& e : exposures) times.insert(times.end(), e.time.data(), e.time.data() + e.time.size());
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return Eigen::Map<const Eigen::VectorXd>(times.data(), static_cast<Eigen::Index>(times.size()));
}

}  // namespace

SafetyResult assess(const Skin& skin, const std::vector<Exposure>& exposures, const Wound& wound,
                    const Closure& closure, const SafetySettings& settings) {
    require_full_skin(skin, "assess");
    validate_wound(wound);
    validate(settings, "settings");
    for (std::size_t k = 0; k < exposures.size(); ++k) {
        check_exposure(exposures[k], "exposures[" + std::to_string(k) + "]");
    }
    check_closure(closure, wound);

    SafetyResult result;
    result.info = skin_info(skin, "safety");
    result.info.use("safety.irritation_model = " + std::string{name_of(settings.irritation_model)});
    result.time = common_times(exposures, closure);
    const bool irritates = settings.irritation_model != IrritationModel::none;
    for (const Exposure& e : exposures) {
        result.solute.push_back(e.solute);
        if (irritates && e.irritant_concentration > 0.0) {
            result.info.warn("placeholder_reference", "safety.irritation",
                             "reference concentrations of irritants are placeholders: compare products and scenarios, "
                             "do not read the index as a clinical statement");
        }
    }
    if (irritates) {
        safety::assess_irritation(result, skin.tolerance, exposures);
    } else {
        auto harmless = exposures;
        for (Exposure& e : harmless) e.irritant_concentration = 0.0;
        safety::assess_irritation(result, skin.tolerance, harmless);
    }

    const double epidermis = skin.bottom_of("viable_epidermis");
    result.infection_relative =
        safety::infection_index(skin.tolerance, closure, safety::deep_channels(wound, closure, epidermis));
    for (const Exposure& e : exposures) {
        if (e.particle_diameter > 0.0) {
            result.particles.push_back(safety::assess_particles(skin.tolerance, e, closure));
        }
    }
    result.granuloma_mass = safety::granuloma_mass(exposures, wound, epidermis);
    result.granuloma = result.granuloma_mass > 0.0;
    return result;
}

SafetyResult assess(const Skin& skin, const Exposure& exposure, const Wound& wound, const Closure& closure,
                    const SafetySettings& settings) {
    return assess(skin, std::vector<Exposure>{exposure}, wound, closure, settings);
}

}  // namespace skin
