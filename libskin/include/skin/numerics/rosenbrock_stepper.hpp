// ROS34PW2 with error control for linear systems dx/dt = A(t) x (docs/theory/numerics.md 3.2).
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/numerics/linear_solver.hpp"
#include "skin/numerics/tr_bdf2_stepper.hpp"

namespace skin::numerics {

/// A of one moment: what it does to a state, and how fast a state loses something out of the system. The stepper adds
/// the losses up with its own weights, so that a linear invariant is kept to round-off.
template <class M>
concept LinearOperator = std::copyable<M> && requires(const M& A, const Vector& x, Vector& y) {
    A.multiply(x, y);
    A.losses(x, y);
};
/// dx/dt = A(t) x. `at` assembles A and keeps it until it is asked for another time.
template <class S, class M>
concept LinearSystem = requires(S& system, double t) {
    { system.at(t) } -> std::convertible_to<const M&>;
};

namespace detail {

using Weights = std::array<double, 4>;
using Square = std::array<Weights, 4>;

constexpr Square inverse(const Square& lower) {
    Square inv{};
    for (std::size_t j = 0; j < 4; ++j) {
        inv[j][j] = 1.0 / lower[j][j];
        for (std::size_t i = j + 1; i < 4; ++i) {
            double sum = 0.0;
            for (std::size_t k = j; k < i; ++k) sum += lower[i][k] * inv[k][j];
            inv[i][j] = -sum / lower[i][i];
        }
    }
    return inv;
}
constexpr Weights product(const Weights& v, const Square& b) {
    Weights c{};
    for (std::size_t j = 0; j < 4; ++j)
        for (std::size_t k = 0; k < 4; ++k) c[j] += v[k] * b[k][j];
    return c;
}
constexpr Square product(const Square& a, const Square& b) {
    Square c{};
    for (std::size_t i = 0; i < 4; ++i) c[i] = product(a[i], b);
    return c;
}
constexpr Weights row_sums(const Square& a) {
    Weights s{};
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j) s[i] += a[i][j];
    return s;
}

/// Rang and Angermann 2005, BIT 45:761: gamma, alpha_ij, gamma_ij, b_i and the embedded weights.
struct Ros34pw2 {
    static constexpr double gamma = 4.3586652150845900e-01;
    static constexpr Square alpha{{{0.0, 0.0, 0.0, 0.0},
                                   {8.7173304301691801e-01, 0.0, 0.0, 0.0},
                                   {8.4457060015369423e-01, -1.1299064236484185e-01, 0.0, 0.0},
                                   {0.0, 0.0, 1.0, 0.0}}};
    static constexpr Square gammas{{{gamma, 0.0, 0.0, 0.0},
                                    {-8.7173304301691801e-01, gamma, 0.0, 0.0},
                                    {-9.0338057013044082e-01, 5.4180672388095326e-02, gamma, 0.0},
                                    {2.4212380706095346e-01, -1.2232505839045147e+00, 5.4526025533510214e-01, gamma}}};
    static constexpr Weights b{2.4212380706095346e-01, -1.2232505839045147e+00, 1.5452602553351020e+00, gamma};
    static constexpr Weights b_embedded{3.7810903145819369e-01, -9.6042292212423178e-02, 0.5, 2.1793326075422950e-01};
};

}  // namespace detail

/// Rosenbrock-W method of Rang and Angermann 2005: L-stable, order 3 with an embedded order 2, one factorisation of
/// I - gamma dt A(t) and four solves a step. Being a W-method it keeps its order when the solver leaves a part of A
/// out.
template <LinearSolver Solver>
class RosenbrockStepper {
public:
    using Matrix = typename Solver::Matrix;
    static_assert(LinearOperator<Matrix>);

    /// `constant_jacobian`: A does not change. rtol and atol bound the weighted root mean square of the error of a
    /// step.
    explicit RosenbrockStepper(StepperSettings settings = {}) : settings_(settings) {}

    /// One step of `dt` from (x, t). True: x and t have moved; false: nothing has but dt. dt is the next proposal
    /// either way. SolverError when it underflows or the matrix is singular.
    template <LinearSystem<Matrix> System>
    bool try_step(System& system, Vector& x, double& t, double& dt) {
        if (!(dt > 0.0)) throw SolverError(text("ROS34PW2: the step %g at t = %g is not positive", dt, t));
        largest_dt_ = std::max(largest_dt_, dt);
        stages(system, x, t, dt);
        double e = error_norm(x);
        if (e > 1.0) {  // the embedded method does not damp what is infinitely stiff; its answer filtered does
            solver_.solve(error_);
            ++statistics_.solves;
            e = norm(error_, x);
        }
        const double factor = std::isfinite(e) ? std::clamp(0.9 / std::cbrt(e), 0.2, 4.0) : 0.2;
        if (!(e <= 1.0)) {
            ++statistics_.rejected;
            dt *= std::min(factor, 0.9);
            if (dt <= std::max(1e-13 * largest_dt_, 4.0 * std::numeric_limits<double>::epsilon() * std::abs(t))) {
                throw SolverError(text(
                    "ROS34PW2: the step underflows at t = %g (dt = %g) after %lld accepted and %lld "
                    "rejected steps; tried shorter steps by factors down to 0.2",
                    t, dt, static_cast<long long>(statistics_.accepted), static_cast<long long>(statistics_.rejected)));
            }
            return false;
        }
        accept(x, t, dt);
        // With a constant matrix a slightly longer step is not worth a new factorisation.
        if (!(settings_.constant_jacobian && factor >= 1.0 && factor <= 1.2)) dt *= factor;
        return true;
    }

    /// Fixed step, for order tests: no error control.
    template <LinearSystem<Matrix> System>
    void do_step(System& system, Vector& x, double t, double dt) {
        stages(system, x, t, dt);
        accept(x, t, dt);
    }

    /// From times.front() through all of `times`, each hit exactly by equal steps; `observe(x, t, quadrature)` at each
    /// but the first. `dt`: first step.
    template <LinearSystem<Matrix> System, class Observer>
    void integrate(System& system, Vector& x, const std::vector<double>& times, double dt, Observer&& observe) {
        double t = times.front();
        for (std::size_t k = 1; k < times.size(); ++k) {
            double left = times[k] - t;
            while (left > 0.0) {
                const double n = std::ceil(left / dt * (1.0 - 1e-9));
                constexpr double near = 3.0;  // steps from which on an output time is approached in equal steps
                const double tried = n <= near ? left / std::max(n, 1.0) : dt;
                dt = tried;
                if (!try_step(system, x, t, dt)) continue;
                left = n <= 1.0 ? 0.0 : times[k] - t;
            }
            t = times[k];
            observe(x, t, quadrature_);
        }
    }

    /// Share of each state in the mean square of the error; they add up to 1. Without: all alike. On graded grids equal
    /// shares ask for the first instants in the finest cells, where nothing is yet: two thirds of all steps.
    void set_weights(const Vector& weights) { weights_ = weights / weights.sum(); }

    [[nodiscard]] const StepperStatistics& statistics() const noexcept { return statistics_; }
    /// Time integral of the losses over all accepted steps so far.
    [[nodiscard]] const Vector& quadrature() const noexcept { return quadrature_; }
    void start_quadrature(const Vector& value) { quadrature_ = value; }

private:
    using Method = detail::Ros34pw2;
    static constexpr double gamma_ = Method::gamma;
    static constexpr detail::Square inverse_ =
        detail::inverse(Method::gammas);  // in U = Gamma k no product A U is needed
    static constexpr detail::Square a_ = detail::product(Method::alpha, inverse_);
    static constexpr detail::Weights b_ = Method::b, m_ = detail::product(Method::b, inverse_),
                                     m_embedded_ = detail::product(Method::b_embedded, inverse_),
                                     time_ = detail::row_sums(Method::alpha), slope_ = detail::row_sums(Method::gammas);

    template <class System>
    void prepare(System& system, double t, double dt) {
        if (!has_matrix_ || (!settings_.constant_jacobian && matrix_time_ != t)) {
            A_ = system.at(t);
            ++statistics_.jacobians;
            if (!has_matrix_) solver_.analyse(A_);
            has_matrix_ = true;
            matrix_time_ = t;
            factorised_dt_ = 0.0;
        }
        if (factorised_dt_ == dt) return;
        factorised_dt_ = 0.0;  // stays 0 should the factorisation throw
        solver_.factorise(A_, gamma_ * dt);
        ++statistics_.factorisations;
        factorised_dt_ = dt;
    }

    template <class System>
    void stages(System& system, const Vector& x, double t, double dt) {
        try {
            four_stages(system, x, t, dt);
        } catch (const SolverError& error) {
            throw SolverError(text("ROS34PW2 at t = %g, dt = %g: ", t, dt) + error.what());
        }
    }

    /// U_[0 ... 3] and the loss of the step.
    template <class System>
    void four_stages(System& system, const Vector& x, double t, double dt) {
        prepare(system, t, dt);
        A_.multiply(x, f_);
        A_.losses(x, rate_);
        loss_ = (b_[0] * dt) * rate_;
        const bool moves = !settings_.constant_jacobian;
        const Matrix* now = &A_;
        if (moves) {  // dt times the time derivative of A x, from the matrix that the next stage needs anyway
            now = &system.at(t + time_[1] * dt);
            now->multiply(x, drift_);
            drift_ = (drift_ - f_) / time_[1];
            now->losses(x, loss_drift_);
            loss_drift_ = (loss_drift_ - rate_) * (dt / time_[1]);
            loss_ += b_[0] * slope_[0] * loss_drift_;
        }
        const double c = gamma_ * dt;
        U_[0] = c * f_;
        if (moves) U_[0] += (c * slope_[0]) * drift_;
        solver_.solve(U_[0]);
        for (std::size_t i = 1; i < 4; ++i) {
            y_ = x + a_[i][0] * U_[0];
            for (std::size_t j = 1; j < i; ++j) y_ += a_[i][j] * U_[j];
            if (moves && i > 1) now = &system.at(t + time_[i] * dt);
            now->multiply(y_, f_);
            now->losses(y_, rate_);
            loss_ += (b_[i] * dt) * rate_;
            Vector& U = U_[i];
            U = c * f_ - (gamma_ * inverse_[i][0]) * U_[0];
            for (std::size_t j = 1; j < i; ++j) U -= (gamma_ * inverse_[i][j]) * U_[j];
            if (moves && slope_[i] != 0.0) {
                U += (c * slope_[i]) * drift_;
                loss_ += b_[i] * slope_[i] * loss_drift_;
            }
            solver_.solve(U);
        }
        statistics_.rhs += 4;
        statistics_.solves += 4;
        y_ = b_[0] * U_[0] + b_[1] * U_[1] + b_[2] * U_[2] + b_[3] * U_[3];
        A_.losses(y_, rate_);
        loss_ += dt * rate_;
        x_1_ = x + m_[0] * U_[0] + m_[1] * U_[1] + m_[2] * U_[2] + m_[3] * U_[3];
    }

    void accept(Vector& x, double& t, double dt) {
        if (quadrature_.size() != loss_.size()) quadrature_ = Vector::Zero(loss_.size());
        quadrature_ += loss_;
        ++statistics_.accepted;
        x.swap(x_1_);
        t += dt;
    }

    [[nodiscard]] double error_norm(const Vector& x) {
        error_ = (m_[0] - m_embedded_[0]) * U_[0] + (m_[1] - m_embedded_[1]) * U_[1] +
                 (m_[2] - m_embedded_[2]) * U_[2] + (m_[3] - m_embedded_[3]) * U_[3];
        return norm(error_, x);
    }
    [[nodiscard]] double norm(const Vector& v, const Vector& x) const {
        const auto allowed = settings_.atol + settings_.rtol * x.array().abs().max(x_1_.array().abs());
        const auto share = (v.array() / allowed).square();
        return std::sqrt(weights_.size() > 0 ? (share * weights_.array()).sum() : share.mean());
    }

    StepperSettings settings_;
    StepperStatistics statistics_;
    Solver solver_;
    Matrix A_;
    std::array<Vector, 4> U_;
    Vector f_, y_, x_1_, error_, drift_, rate_, loss_, loss_drift_, quadrature_, weights_;
    double factorised_dt_ = 0.0, largest_dt_ = 0.0, matrix_time_ = 0.0;
    bool has_matrix_ = false;
};

}  // namespace skin::numerics
