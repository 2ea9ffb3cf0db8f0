#include "transport/integrate.hpp"

#include <algorithm>

#include "skin/numerics/odeint_eigen.hpp"

namespace skin::transport {

namespace {

template <class Stepper, class System>
void run(System& system, Vector& x, const std::vector<double>& times, double tolerance,
         numerics::StepperStatistics& work, const Observer& observer, double level) {
    constexpr double first_step = 0.1;  // s, at most a thousandth of the stretch
    Stepper stepper(numerics::StepperSettings{
        .atol = level * tolerance, .rtol = tolerance, .constant_jacobian = system.constant()});
    stepper.start_quadrature(Vector::Zero(2));
    auto store = [&](const Vector& state, double t) {
        if (t > times.front()) observer(state, t, stepper.quadrature());
    };
    const double dt = std::min(first_step, 1e-3 * (times.back() - times.front()));
    boost::numeric::odeint::integrate_times(std::ref(stepper), std::ref(system), x, times.begin(), times.end(), dt,
                                            std::ref(store));
    work += stepper.statistics();
}

}  // namespace

void integrate(ColumnSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    run<numerics::BandTrBdf2Stepper>(system, x, times, tolerance, work, observer, level);
}

void integrate(LayeredSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    run<numerics::TrBdf2Stepper>(system, x, times, tolerance, work, observer, level);
}

}  // namespace skin::transport
