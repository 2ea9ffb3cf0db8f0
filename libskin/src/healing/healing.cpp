// heal(), repeated() and what a result answers (docs/theory/healing.md).
#include "skin/healing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "healing/band.hpp"
#include "healing/cascade.hpp"
#include "healing/redness.hpp"
#include "skin/core/constants.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

using namespace healing;

constexpr std::array<const char*, 3> living_layers{"viable_epidermis", "papillary_dermis", "reticular_dermis"};
constexpr Eigen::Index epidermis = 0, papillary = 1, n_layers = 3;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void validate_dose(const InjuryDose& dose, const std::string& path) {
    const auto three = [&](const char* name, const Eigen::VectorXd& column) {
        if (column.size() == n_layers) return;
        throw ParameterError(text("%s.%s has %lld entries, not 3: epidermis, papillary and reticular dermis",
                                  path.c_str(), name, static_cast<long long>(column.size())));
    };
    three("punctured", dose.punctured);
    three("torn", dose.torn);
    three("heated", dose.heated);
    validate(dose, path);
    if (dose.irritation_time.size() != dose.irritation_rate.size()) {
        throw ParameterError(text("%s.irritation_rate has %lld entries but irritation_time has %lld", path.c_str(),
                                  static_cast<long long>(dose.irritation_rate.size()),
                                  static_cast<long long>(dose.irritation_time.size())));
    }
    for (Eigen::Index i = 0; i < dose.irritation_time.size(); ++i) {
        const std::string at = "[" + std::to_string(i) + "]";
        check_range(path + ".irritation_rate" + at, dose.irritation_rate[i], "1/s", 0.0, 1.0e3);
        // Times before the session are allowed: a product can lie on the skin before the first strike.
        if (i > 0 && !(dose.irritation_time[i] > dose.irritation_time[i - 1])) {
            throw ParameterError(text("%s.irritation_time%s = %g s: times must increase", path.c_str(), at.c_str(),
                                      dose.irritation_time[i]));
        }
    }
}

/// Doses in order of time, which then counts from the first one.
std::vector<InjuryDose> in_order(std::vector<InjuryDose> doses, double duration) {
    for (std::size_t i = 0; i < doses.size(); ++i) validate_dose(doses[i], "doses[" + std::to_string(i) + "]");
    std::stable_sort(doses.begin(), doses.end(),
                     [](const InjuryDose& a, const InjuryDose& b) { return a.time < b.time; });
    const double first = doses.empty() ? 0.0 : doses.front().time;
    for (InjuryDose& dose : doses) {
        dose.time -= first;
        if (dose.time > duration) {
            throw ParameterError(
                text("duration = %g s ends before the session at %g s after the first: heal longer "
                     "or give fewer sessions",
                     duration, dose.time));
        }
    }
    return doses;
}

/// Even times and every session, sorted, each once.
Eigen::VectorXd output_times(const std::vector<InjuryDose>& doses, double duration, int n) {
    std::vector<double> times;
    for (int i = 0; i < n; ++i) times.push_back(duration * static_cast<double>(i) / (n - 1));
    times.back() = duration;
    for (const InjuryDose& dose : doses) {
        // A session that misses an even time by round-off takes its place.
        const auto near = std::find_if(times.begin(), times.end(),
                                       [&](double t) { return std::abs(t - dose.time) < 1e-9 * duration; });
        if (near != times.end()) {
            *near = dose.time;
        } else {
            times.push_back(dose.time);
        }
    }
    std::sort(times.begin(), times.end());
    return Eigen::Map<const Eigen::VectorXd>(times.data(), static_cast<Eigen::Index>(times.size()));
}

/// What the doses mean for one layer (healing.md 3.1): heat seals vessels, and epidermis has none.
std::vector<Injury> injuries_of(const std::vector<InjuryDose>& doses, Eigen::Index l) {
    std::vector<Injury> injuries;
    for (const InjuryDose& dose : doses) {
        Injury injury;
        injury.time = dose.time;
        injury.delta = std::min(1.0, dose.punctured[l] + dose.torn[l] + dose.heated[l]);
        injury.delta_v = l == epidermis ? 0.0 : std::min(1.0, dose.punctured[l] + dose.torn[l]);
        if (l == epidermis) {  // the concentration behind the irritation index is that of viable epidermis
            const auto n = static_cast<std::size_t>(dose.irritation_time.size());
            injury.source_time = {dose.irritation_time.data(), n};
            injury.source_rate = {dose.irritation_rate.data(), n};
        }
        injuries.push_back(injury);
    }
    return injuries;
}

/// Columns of the result in the order of StateIndex.
constexpr std::array<RowMatrix HealingResult::*, n_states> columns{
    &HealingResult::platelets,          &HealingResult::debris,
    &HealingResult::neutrophils,        &HealingResult::inflammatory_macrophages,
    &HealingResult::repair_macrophages, &HealingResult::tgf_beta,
    &HealingResult::fibroblasts,        &HealingResult::collagen_III,
    &HealingResult::collagen_I,         &HealingResult::capillaries};

void run_layers(HealingResult& r, const HealingBiology& biology, const std::vector<InjuryDose>& doses, double duration,
                double tolerance, Redness& redness) {
    const std::span<const double> times{r.time.data(), static_cast<std::size_t>(r.time.size())};
    for (Eigen::Index l = 0; l < n_layers; ++l) {
        const auto record = [&](std::size_t i, const CascadeState& y) {
            for (std::size_t s = 0; s < n_states; ++s) (r.*columns[s])(static_cast<Eigen::Index>(i), l) = y[s];
        };
        const auto follow = [&](double t, const CascadeState& y) {
            if (l != papillary) return;
            CascadeState rate;
            cascade_rates(biology, y, rate);
            redness.add_step(t, y[N] + y[M1], rate[N] + rate[M1]);
        };
        heal_layer(biology, injuries_of(doses, l), duration, times, tolerance, living_layers[l], record, follow);
    }
    for (std::size_t s : {F, C3, C1, V}) (r.*columns[s]).col(epidermis).setConstant(nan);
}

void fill_band(HealingResult& r, const Skin& skin, const std::vector<InjuryDose>& doses, double duration, int n_draws) {
    r.collagen_gain_low = r.collagen_gain_high = Eigen::VectorXd::Constant(n_layers, nan);
    if (n_draws == 0) return;
    const std::vector<std::vector<Injury>> layers{injuries_of(doses, 1), injuries_of(doses, 2)};
    const Band band =
        collagen_band(skin.healing_biology, skin.person, skin.person_laws.reference_age, layers, duration, n_draws);
    for (std::size_t l = 0; l < layers.size(); ++l) {
        r.collagen_gain_low[static_cast<Eigen::Index>(l) + 1] = band.low[l];
        r.collagen_gain_high[static_cast<Eigen::Index>(l) + 1] = band.high[l];
    }
    if (std::isnan(band.low.front())) {
        r.info.warn("band_not_computed", "healing.collagen_gain_low",
                    text("only %d of %d draws agree with the calibration: use more n_band_draws", band.kept, n_draws));
    }
}

/// Pain of one stroke of the deepest session; the loaded depth stands for the length of a needle pressed fully in.
double pain_of(const Skin& skin, const std::vector<InjuryDose>& doses) {
    double deepest = 0.0;
    for (const InjuryDose& dose : doses) {
        if (dose.hole_density > 0.0) deepest = std::max(deepest, dose.mean_depth);
    }
    return deepest > 0.0 ? relative_pain(skin, deepest) : 0.0;
}

void describe_run(HealingResult& r, const std::vector<InjuryDose>& doses) {
    for (const char* key : {"lotfi2013", "engelhardt1998", "gill2008", "bal2008"}) r.info.cite(key);
    double largest = 0.0;
    for (const InjuryDose& dose : doses) {
        const Eigen::VectorXd delta = dose.punctured + dose.torn + dose.heated;
        largest = std::max(largest, delta.tail(2).maxCoeff());
    }
    constexpr double largest_validated = 0.1;  // healing.md 3.2
    if (largest > largest_validated) {
        r.info.warn("outside_validated_range", "healing.dose",
                    text("an injured fraction of %.2g in the dermis: the cascade holds for 0.01 to 0.1, above it the "
                         "amplitude is extrapolated",
                         largest));
    }
}

}  // namespace

HealingResult heal(const Skin& skin, const std::vector<InjuryDose>& doses, double duration,
                   const HealingSettings& settings) {
    validate_skin(skin);
    check_range("duration", duration, "s", 1.0, 1.0e10);
    validate(settings, "settings");
    if (!(skin.healing_biology.old_age > skin.person_laws.reference_age)) {
        throw ParameterError(text("skin.healing_biology.old_age = %g must be above skin.person_laws.reference_age = %g",
                                  skin.healing_biology.old_age, skin.person_laws.reference_age));
    }
    const auto sessions = in_order(doses, duration);

    HealingResult r;
    r.info = skin_info(skin, "healing");
    r.info.use("healing.heal_model = " + std::string{name_of(settings.heal_model)});
    r.time = output_times(sessions, duration, settings.n_times);
    r.layer.assign(living_layers.begin(), living_layers.end());
    r.session_time = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(sessions.size()));
    for (std::size_t s = 0; s < sessions.size(); ++s) r.session_time[static_cast<Eigen::Index>(s)] = sessions[s].time;
    for (const auto column : columns) r.*column = RowMatrix::Zero(r.time.size(), n_layers);
    r.erythema = Eigen::VectorXd::Zero(r.time.size());
    r.collagen_gain_low = r.collagen_gain_high = Eigen::VectorXd::Constant(n_layers, nan);
    if (settings.heal_model == HealModel::none) {
        r.capillaries.setOnes();
        for (std::size_t s : {F, C3, C1, V}) (r.*columns[s]).col(epidermis).setConstant(nan);
        return r;
    }

    const HealingBiology biology = at_age(skin.healing_biology, skin.person.age_years, skin.person_laws.reference_age);
    Redness redness(biology);
    for (const InjuryDose& dose : sessions) redness.add_session(dose.time, dose.hole_density, dose.mean_depth);
    run_layers(r, biology, sessions, duration, settings.tolerance, redness);
    for (Eigen::Index i = 0; i < r.time.size(); ++i) r.erythema[i] = redness.at(r.time[i]);
    if (!sessions.empty()) r.erythema_duration = redness.duration(sessions.back().time, duration);
    r.pain = pain_of(skin, sessions);
    fill_band(r, skin, sessions, duration, settings.n_band_draws);
    describe_run(r, sessions);
    return r;
}

double HealingResult::collagen_gain(std::string_view layer_name) const {
    for (std::size_t l = 0; l < layer.size(); ++l) {
        if (layer[l] != layer_name) continue;
        const Eigen::Index last = collagen_I.rows() - 1, column = static_cast<Eigen::Index>(l);
        return collagen_I(last, column) + collagen_III(last, column);
    }
    const std::string near = nearest_name(layer_name, layer);
    throw ParameterError("layer = '" + std::string{layer_name} + "' is not one of the healing layers" +
                         (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

double relative_pain(const Skin& skin, double needle_length, double n_needles) {
    check_range("needle_length", needle_length, "m", 0.0, 0.1);
    check_range("n_needles", n_needles, "1", 0.0, 1.0e6);
    const HealingBiology& b = skin.healing_biology;
    if (n_needles == 0.0) return 0.0;
    if (needle_length < b.pain_shortest_needle || needle_length > b.pain_longest_needle ||
        n_needles > b.pain_most_needles) {
        return nan;
    }
    // VAS_rel = p_ref (L/L_ref)^a N^b, eq. 18 (healing.md 3.5)
    return b.pain_reference * std::pow(needle_length / b.pain_reference_length, b.pain_length_exponent) *
           std::pow(n_needles, b.pain_number_exponent);
}

std::vector<InjuryDose> repeated(const InjuryDose& dose, int sessions, double interval) {
    check_range("sessions", sessions, "1", 1, 10000);
    check_range("interval", interval, "s", sessions > 1 ? 1.0 : 0.0, 1.0e10);
    std::vector<InjuryDose> doses(static_cast<std::size_t>(sessions), dose);
    for (std::size_t s = 0; s < doses.size(); ++s) doses[s].time += static_cast<double>(s) * interval;
    return doses;
}

}  // namespace skin
