// The loop over persons of `libskin bench`: one design, one block of persons, arrays out.
#include "skin/ensemble/bench.hpp"

#include <limits>
#include <set>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "skin/device/strike_pattern.hpp"
#include "skin/ensemble/batch.hpp"

namespace skin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The needle's own strength is the needle's part of the result; without it the margin is not known.
template <class Result>
double strength_margin_of(const Result& r) {
    if constexpr (requires { double{r.strength_margin}; }) {
        return r.strength_margin;
    } else {
        return nan;
    }
}

DesignResult empty_result(Eigen::Index n, Eigen::Index strikes, Eigen::Index layers) {
    DesignResult r;
    for (auto* column : {&r.age_years, &r.depth_mean, &r.depth_std, &r.puncture_force, &r.strike_force,
                         &r.punctured_fraction, &r.holes_per_area, &r.energy, &r.strength_margin}) {
        column->setConstant(n, nan);
    }
    r.depth.setConstant(n, strikes, nan);
    r.reached.setConstant(n, layers, nan);
    r.entry_force.setConstant(n, layers, nan);
    r.status.assign(static_cast<std::size_t>(n), static_cast<int>(SampleStatus::failed));
    r.message.resize(static_cast<std::size_t>(n));
    return r;
}

void keep(DesignResult& r, Eigen::Index i, const InsertionResult& one) {
    if (one.depth.size() == r.depth.cols()) {
        r.depth.row(i) = one.depth.transpose();
    } else {
        r.depth.row(i).setZero();  // nothing struck
    }
    r.depth_mean[i] = one.depth_mean;
    r.depth_std[i] = one.depth_std;
    r.puncture_force[i] = one.punctured_fraction > 0.0 ? one.puncture_force : nan;
    r.strike_force[i] = one.strike_force.size() > 0 ? one.strike_force.mean() : 0.0;
    r.punctured_fraction[i] = one.punctured_fraction;
    r.reached.row(i) = one.reached.transpose();
    r.entry_force.row(i) = one.entry_force.transpose();
    r.holes_per_area[i] = one.holes_per_area;
    r.energy[i] = one.energy;
    r.strength_margin[i] = strength_margin_of(one);
}

bool plain_name(const std::string& name) {
    return !name.empty() &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") ==
               std::string::npos;
}

}  // namespace

void validate_designs(const DesignSet& designs) {
    validate_skin(designs.skin);
    validate_population(designs.population);
    if (designs.designs.empty()) throw ParameterError("designs is empty: there is nothing to compare");
    std::set<std::string> taken;
    for (const Design& design : designs.designs) {
        if (!plain_name(design.name)) {
            throw ParameterError("design.name = '" + design.name +
                                 "' must be made of letters, digits, '_', '-' and '.'");
        }
        if (!taken.insert(design.name).second) throw ParameterError("duplicate design '" + design.name + "'");
        try {
            (void)strike_pattern(design.device, design.use, 1, 0);  // ranges, and that the use fits the device
        } catch (const ParameterError& error) {
            throw ParameterError("design." + design.name + ": " + error.what());
        }
    }
}

DesignResult bench_design(const DesignSet& designs, std::size_t design, int first, int n,
                          const InsertionSettings& settings, const RunControl& control) {
    validate_designs(designs);
    validate(settings, "settings");
    if (design >= designs.designs.size()) {
        throw ParameterError(text("design = %zu is not one of the %zu of the set", design, designs.designs.size()));
    }
    if (first < 0 || n < 0) throw ParameterError(text("first = %d and n = %d must not be negative", first, n));
    const Design& chosen = designs.designs[design];
    Skin reference = designs.skin;
    reference.origins.clear();  // copied with every person, read by nobody here
    DesignResult r = empty_result(n, settings.n_needles, static_cast<Eigen::Index>(reference.layers.size()));
    for_each_sample(
        n,
        [&](std::int64_t i) {
            const auto slot = static_cast<std::size_t>(i);
            const auto person = static_cast<std::uint64_t>(first) + slot;
            try {
                const Skin skin = person_of(reference, designs.population, person);
                r.age_years[i] = skin.person.age_years;
                keep(r, i, insert(skin, chosen.device, chosen.use, designs.population.seed + person, settings));
                r.status[slot] = static_cast<int>(SampleStatus::ok);
            } catch (const Cancelled&) {
                throw;
            } catch (const ParameterError& error) {
                r.status[slot] = static_cast<int>(SampleStatus::bad_parameter);
                r.message[slot] = error.what();
            } catch (const Error& error) {
                r.message[slot] = error.what();
            }
        },
        control);
    return r;
}

}  // namespace skin
