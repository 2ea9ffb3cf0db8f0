#include "transport/integrate.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "skin/core/error.hpp"
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

/// Sparse LU of the layered column's matrix.
class LayeredSolver {
public:
    using Matrix = LayeredOperator;
    void analyse(const Matrix& J) { lu_.analyse(J.matrix); }
    void factorise(const Matrix& J, double c) { lu_.factorise(J.matrix, c); }
    void solve(Vector& x) { lu_.solve(x); }

private:
    numerics::SparseLuSolver lu_;
};

template <class System>
numerics::StepperSettings settings_of(const System& system, double tolerance, double level) {
    return {.atol = level * tolerance, .rtol = tolerance, .constant_jacobian = system.constant()};
}

/// The stepper of a system, with what it is told at its start.
template <class Solver, class System>
auto stepper_of(const System& system, double tolerance, double level) {
    auto stepper = std::make_unique<numerics::RosenbrockStepper<Solver>>(settings_of(system, tolerance, level));
    stepper->start_quadrature(Vector::Zero(n_lost));
    Vector weights = system.storage();  // errors count by how much they are worth; the donor no more than a tenth
    weights[0] = std::min(weights[0], 0.1 * weights.tail(weights.size() - 1).sum());
    stepper->set_weights(weights);
    return stepper;
}
auto stepper_of(const LayeredSystem& system, double tolerance, double level) {
    auto stepper = std::make_unique<numerics::TrBdf2Stepper>(settings_of(system, tolerance, level));
    stepper->start_quadrature(Vector::Zero(n_lost));
    return stepper;
}

template <class Solver, class System>
bool step(numerics::RosenbrockStepper<Solver>& stepper, System& system, Vector& x, double& t, double& dt) {
    return stepper.try_step(system, x, t, dt);
}
bool step(numerics::TrBdf2Stepper& stepper, LayeredSystem& system, Vector& x, double& t, double& dt) {
    return stepper.try_step(std::ref(system), x, t, dt) == boost::numeric::odeint::success;
}

/// A film that can be saturated. The system is linear as long as all is dissolved, and as long as solid keeps the film
/// at saturation; the times at which it changes from one to the other are searched for.
template <class System, class MakeStepper>
class SaturatingRun {
public:
    SaturatingRun(System& system, Vector& x, const std::vector<double>& times, MakeStepper make_stepper)
        : system_(system), x_(x), times_(times), make_stepper_(std::move(make_stepper)), stepper_(make_stepper_()) {}

    void run(numerics::StepperStatistics& work, const Observer& observer) {
        t_ = times_.front();
        const double storage = system_.storage()[0];
        amount_ = x_[0] * storage;
        largest_ = std::max(amount_, thinnest_film);
        begin(amount_ > limit());
        double dt = first_step(times_);
        for (std::size_t k = 1; k < times_.size(); ++k) {
            while (times_[k] - t_ > 0.0) advance(times_[k], dt);
            Vector seen = x_;
            seen[0] = present() / storage;
            observer(seen, times_[k], stepper_->quadrature());
        }
        x_[0] = present() / storage;
        system_.hold(false);
        work_ += stepper_->statistics();
        work += work_;
    }

private:
    /// [m] that the film dissolves now.
    [[nodiscard]] double limit() const {
        const Film& film = system_.film();
        return film.saturation * film.thickness(system_.donor_thickness(), t_);
    }
    /// [m] of the active on the skin now.
    [[nodiscard]] double present() const {
        if (!held_) return x_[0] * system_.storage()[0];
        const Vector& q = stepper_->quadrature();
        return amount_ - (q[lost_into_skin] - taken_) - (q[lost_into_air] - evaporated_);
    }
    /// Positive inside the present regime.
    [[nodiscard]] double margin() const { return held_ ? present() - limit() : limit() - present(); }

    void begin(bool held) {
        const Vector lost = stepper_->quadrature();
        work_ += stepper_->statistics();
        held_ = held;
        system_.hold(held);
        stepper_ = make_stepper_();
        stepper_->start_quadrature(lost);
        taken_ = lost[lost_into_skin];
        evaporated_ = lost[lost_into_air];
        x_[0] = held ? system_.film().saturation : amount_ / system_.storage()[0];
    }

    /// One step towards `end`; where it leaves the regime it is taken back and shortened until it ends at the border.
    void advance(double end, double& dt) {
        const Vector x = x_, lost = stepper_->quadrature();
        const double t = t_, left = end - t, first = margin();
        const double near = share_of_largest * largest_;
        double tried = std::min(dt, left);
        const bool whole = tried >= left;
        double next = tried;
        if (!step(*stepper_, system_, x_, t_, next)) {
            dt = next;
            return;
        }
        if (whole) t_ = end;
        dt = whole ? std::max(dt, next) : next;
        if (margin() >= -near) return;
        double low = 0.0, high = tried, low_margin = std::max(first, near), high_margin = margin();
        for (int tries = 0; tries < most_tries; ++tries) {
            double share = low_margin / (low_margin - high_margin);
            if (tries % 3 == 2) share = 0.5;  // a bend in the margin must not slow the search
            tried = low + std::clamp(share, 0.01, 0.99) * (high - low);
            x_ = x;
            t_ = t;
            stepper_->start_quadrature(lost);
            next = tried;
            if (!step(*stepper_, system_, x_, t_, next)) {
                dt = next;
                return;
            }
            const double here = margin();
            if (std::abs(here) <= near || high - low <= 1e-12 * (std::abs(t) + high)) {
                if (++changes_ > most_changes) {
                    throw SolverError(
                        text("deliver: the film changes %d times between saturated and not; stopped at "
                             "t = %g s",
                             most_changes, t_));
                }
                amount_ = present();
                begin(!held_);
                dt = std::max(tried, first_step(times_));
                return;
            }
            (here > 0.0 ? low : high) = tried;
            (here > 0.0 ? low_margin : high_margin) = here;
        }
        throw SolverError(
            text("deliver: the time at which the film is no longer %s was not found after t = %g s, in %d "
                 "steps from %g to %g s long",
                 held_ ? "saturated" : "a solution", t, most_tries, low, high));
    }

    static constexpr double share_of_largest =
        1e-7;  // of the amount at the start: far below the tolerance of the steps
    static constexpr int most_tries = 60, most_changes = 1000;

    System& system_;
    Vector& x_;
    const std::vector<double>& times_;
    MakeStepper make_stepper_;
    decltype(std::declval<MakeStepper>()()) stepper_;
    numerics::StepperStatistics work_;
    double t_ = 0.0, amount_ = 0.0, largest_ = 0.0, taken_ = 0.0, evaporated_ = 0.0;
    bool held_ = false;
    int changes_ = 0;
};

template <class Stepper, class System>
void run_saturating(System& system, Vector& x, const std::vector<double>& times, Stepper make_stepper,
                    numerics::StepperStatistics& work, const Observer& observer) {
    SaturatingRun<System, Stepper>(system, x, times, std::move(make_stepper)).run(work, observer);
}

// [m] below the surface of an unknown; negative: the product.
double depth_of(const ColumnSystem& system, Eigen::Index unknown, const numerics::Grid& grid) {
    if (unknown == Layout::donor()) return -1.0;
    Eigen::Index i = 0;
    while (i + 1 < grid.size() && system.layout().tissue(i + 1) <= unknown) ++i;
    return grid.centre(i);
}
double depth_of(const LayeredSystem&, Eigen::Index unknown, const numerics::Grid& grid) {
    return unknown == 0 ? -1.0 : grid.centre(unknown - 1);
}
double depth_of(const UnitCellSystem& system, Eigen::Index unknown, const numerics::Grid& grid) {
    return unknown == 0 ? -1.0 : grid.centre((unknown - 1) / system.cell().rings());
}
const numerics::Grid& grid_of(const ColumnSystem& system) { return system.column().grid; }
const numerics::Grid& grid_of(const LayeredSystem& system) { return system.column().grid; }
const numerics::Grid& grid_of(const UnitCellSystem& system) { return system.cell().axial; }

/// The unknown that changes fastest for what it holds, or the first one that does not even have a rate.
template <class System>
Eigen::Index restless(System& system, const Vector& x, double t, double least) {
    Vector rate;
    system.at(t).multiply(x, rate);
    Eigen::Index worst = 0;
    double most = -1.0;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        const double now = std::abs(rate[i]) / (std::abs(x[i]) + least);
        if (!std::isfinite(now)) return i;
        if (now > most) worst = i, most = now;
    }
    return worst;
}

/// What the stepper says (time, length, what it tried) goes on with where it happened.
template <class System, class Work>
void place_failures(System& system, const Vector& x, const std::vector<double>& times, double level, const Work& work) {
    try {
        work();
    } catch (const SolverError& error) {
        throw FailedStep(error.what(), depth_of(system, restless(system, x, times.front(), level), grid_of(system)));
    }
}

template <class System>
bool can_saturate(const System& system) {
    return system.donor_on() && std::isfinite(system.film().saturation);
}

template <class Solver, class System>
void run(System& system, Vector& x, const std::vector<double>& times, double tolerance,
         numerics::StepperStatistics& work, const Observer& observer, double level) {
    const auto make = [&] { return stepper_of<Solver>(system, tolerance, level); };
    if (can_saturate(system)) return run_saturating(system, x, times, make, work, observer);
    auto stepper = make();
    stepper->integrate(system, x, times, first_step(times), observer);
    work += stepper->statistics();
}

void run_layered(LayeredSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
                 numerics::StepperStatistics& work, const Observer& observer, double level) {
    // A film that dries changes the matrix within a step: what Newton's iteration leaves over would be missing in the
    // balance. A Rosenbrock method has no such rest.
    if (system.donor_on() && system.film().dries())
        return run<LayeredSolver>(system, x, times, tolerance, work, observer, level);
    const auto make = [&] { return stepper_of(system, tolerance, level); };
    if (can_saturate(system)) return run_saturating(system, x, times, make, work, observer);
    auto stepper = make();
    auto store = [&](const Vector& state, double t) {
        if (t > times.front()) observer(state, t, stepper->quadrature());
    };
    boost::numeric::odeint::integrate_times(std::ref(*stepper), std::ref(system), x, times.begin(), times.end(),
                                            first_step(times), std::ref(store));
    work += stepper->statistics();
}

}  // namespace

void integrate(ColumnSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    place_failures(system, x, times, level,
                   [&] { run<ColumnSolver>(system, x, times, tolerance, work, observer, level); });
}

void integrate(UnitCellSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    place_failures(system, x, times, level,
                   [&] { run<CellSolver>(system, x, times, tolerance, work, observer, level); });
}

void integrate(LayeredSystem& system, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    place_failures(system, x, times, level, [&] { run_layered(system, x, times, tolerance, work, observer, level); });
}

}  // namespace skin::transport
