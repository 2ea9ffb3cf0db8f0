#include "skin/tissue/person.hpp"

#include <algorithm>
#include <cmath>

#include "skin/core/validate.hpp"

namespace skin {

namespace {
// chi(a) = [1 - c S(a)] / [1 - c S(a0)], S(a) = 1/(1 + exp(-(a - a_half)/w)); tearing.md 3.14
double interlock(const PersonLaws& laws, double age) {
    const auto loss = [&](double a) {
        return laws.interlock_loss / (1.0 + std::exp(-(a - laws.interlock_age) / laws.interlock_width));
    };
    return (1.0 - loss(age)) / (1.0 - loss(laws.reference_age));
}
}  // namespace

PersonFactors person_factors(const PersonLaws& laws, const Person& person) {
    validate(laws, "skin.person_laws");
    validate(person, "skin.person");
    const double years = person.age_years - laws.reference_age;

    PersonFactors f;
    f.thickness = 1.0 - laws.thinning * years;
    f.dermis = person.sex == Sex::male ? laws.dermis_male : person.sex == Sex::female ? laws.dermis_female : 1.0;
    f.failure_energy = std::max(laws.failure_energy_floor, 1.0 - laws.failure_energy_loss * years);
    f.lateral_stiffness = 1.0 + laws.lateral_stiffening * years;
    f.interlock = interlock(laws, person.age_years);
    f.junction_toughness = f.interlock * f.interlock;

    f.failure_energy *= 1.0 - laws.photo_failure_energy_loss * person.photo_damage;
    f.junction_toughness *= 1.0 - laws.photo_junction_loss * person.photo_damage;
    f.junction_toughness *= laws.dry_junction + (laws.moist_junction - laws.dry_junction) * person.hydration;
    if (person.steroid) {
        f.thickness *= laws.steroid_thickness;
        f.failure_energy *= laws.steroid_failure_energy;
        f.junction_toughness *= laws.steroid_junction;
    }
    // The linear laws are meant for adults; at the ends of the allowed ranges they must still leave skin behind.
    check_range("skin.person_laws.thinning (factor on thickness at this age)", f.thickness, "1", 0.05, 20.0);
    check_range("skin.person_laws.lateral_stiffening (factor at this age)", f.lateral_stiffness, "1", 0.05, 20.0);
    return f;
}

}  // namespace skin
