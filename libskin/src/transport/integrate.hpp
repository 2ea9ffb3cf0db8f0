// One stretch of time between two events, with constant or slowly changing coefficients.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/numerics/tr_bdf2_stepper.hpp"
#include "transport/column.hpp"
#include "transport/layered.hpp"
#include "transport/unit_cell.hpp"

namespace skin::transport {

/// A step that came to nothing; deliver() says in which layer.
class FailedStep : public SolverError {
public:
    FailedStep(const std::string& what, double depth_below) : SolverError(what), depth(depth_below) {}
    double depth;  ///< [m] of the cell that changes fastest for what it holds; negative: the product
};

/// Called at each time of the stretch but the first: state, time, and the quadratures since its start (`Lost`). The
/// donor's state is its amount over its storage, whether the film is saturated or not.
using Observer = std::function<void(const Vector& x, double t, const Vector& quadrature)>;

/// Advance `x` through `times`; the work is added to `work`. States below `level` (over the product's concentration)
/// are followed to tolerance x level only: the thin tail ahead of a front would cost most steps and holds nothing.
void integrate(ColumnSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level = 1e-6);
void integrate(LayeredSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level = 1e-6);

void integrate(UnitCellSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level = 1e-6);

/// [m/s] out of the donor into skin and channels, over the strength; the donor's state is its amount over its storage.
template <class System>
[[nodiscard]] double donor_flux(System& system, const Vector& x, double t) {
    Vector state = x, rate;
    const Film& film = system.film();
    if (system.donor_on() && std::isfinite(film.saturation)) {
        const double h = film.thickness(system.donor_thickness(), t), storage = system.storage()[0];
        const double activity = std::min(x[0] * storage / h, film.saturation);
        state[0] = system.held() ? activity : activity * h / storage;
    }
    system.quadrature(state, rate, t);
    return rate[lost_into_skin];
}

}  // namespace skin::transport
