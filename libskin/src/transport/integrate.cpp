#include "transport/integrate.hpp"

#include <algorithm>

#include "skin/numerics/odeint_eigen.hpp"
#include "skin/numerics/rosenbrock_stepper.hpp"

namespace skin::transport {

namespace {

constexpr double longest_first_step = 0.1;  // s, and at most a thousandth of the stretch

double first_step(const std::vector<double>& times) {
    return std::min(longest_first_step, 1e-3 * (times.back() - times.front()));
}

/// Band LU of a column's matrix.
class ColumnSolver {
public:
    using Matrix = ColumnOperator;
    void analyse(const Matrix& J) { band_.analyse(J.matrix); }
    void factorise(const Matrix& J, double c) { band_.factorise(J.matrix, c); }
    void solve(Vector& x) const { band_.solve(x); }

private:
    numerics::BandSolver band_;
};

template <class Solver, class System>
void run(System& system, Vector& x, const std::vector<double>& times, double tolerance,
         numerics::StepperStatistics& work, const Observer& observer, double level) {
    numerics::RosenbrockStepper<Solver> stepper(
        {.atol = level * tolerance, .rtol = tolerance, .constant_jacobian = system.constant()});
    stepper.start_quadrature(Vector::Zero(2));
    Vector weights = system.storage();  // errors count by how much they are worth; the donor no more than a tenth
    weights[0] = std::min(weights[0], 0.1 * weights.tail(weights.size() - 1).sum());
    stepper.set_weights(weights);
    stepper.integrate(system, x, times, first_step(times), observer);
    work += stepper.statistics();
}

}  // namespace

void integrate(ColumnSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    run<ColumnSolver>(system, x, times, tolerance, work, observer, level);
}

void integrate(UnitCellSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    run<CellSolver>(system, x, times, tolerance, work, observer, level);
}

void integrate(LayeredSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    numerics::TrBdf2Stepper stepper(
        {.atol = level * tolerance, .rtol = tolerance, .constant_jacobian = system.constant()});
    stepper.start_quadrature(Vector::Zero(2));
    auto store = [&](const Vector& state, double t) {
        if (t > times.front()) observer(state, t, stepper.quadrature());
    };
    boost::numeric::odeint::integrate_times(std::ref(stepper), std::ref(system), x, times.begin(), times.end(),
                                            first_step(times), std::ref(store));
    work += stepper.statistics();
}

}  // namespace skin::transport
