// TR-BDF2 with error control, as a controlled stepper of Boost.Odeint (docs/theory/numerics.md).
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_step_result.hpp>
#include <boost/numeric/odeint/stepper/stepper_categories.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <type_traits>

#include "skin/core/error.hpp"
#include "skin/numerics/linear_solver.hpp"

namespace skin::numerics {

using boost::numeric::odeint::controlled_step_result;

/// Odeint's implicit system: a pair (f, df/dx), here with the matrix that the linear solver works on.
template <class S, class Matrix>
concept ImplicitSystem = requires(S& s, const Vector& x, Vector& dxdt, Matrix& J, double t) {
    s.first(x, dxdt, t);
    s.second(x, J, t);
};
template <class S>
concept SparseImplicitSystem = ImplicitSystem<S, SparseMatrix>;

/// A system that also says how fast it loses something: the stepper adds up the time integral with its own weights, so
/// that a linear invariant of the system is kept to round-off (amounts cleared, amounts that left at the base).
template <class S>
concept SystemWithQuadrature = requires(S& s, const Vector& x, Vector& rate, double t) {
    s.quadrature(x, rate, t);
};

struct StepperSettings {
    double atol = 1e-9, rtol = 1e-6, dt_max = 0.0;  // dt_max = 0: no limit
    int newton_max_iterations = 6;
    bool constant_jacobian = false;  // true: f is linear in x and df/dx does not change: assembled once, one iteration
};

struct StepperStatistics {
    std::int64_t accepted = 0, rejected = 0, rhs = 0, jacobians = 0, factorisations = 0, solves = 0;

    StepperStatistics& operator+=(const StepperStatistics& other) {
        accepted += other.accepted;
        rejected += other.rejected;
        rhs += other.rhs;
        jacobians += other.jacobians;
        factorisations += other.factorisations;
        solves += other.solves;
        return *this;
    }
};

/// L-stable, order 2, one factorisation of I - d dt J for both stages and the error filter (Bank et al. 1985; Hosea and
/// Shampine 1996). Pass it to integrate_{adaptive,times,const} through std::ref.
template <LinearSolver Solver>
class BasicTrBdf2Stepper {
public:
    using value_type = double;
    using time_type = double;
    using state_type = Vector;
    using deriv_type = Vector;
    using order_type = unsigned short;
    using stepper_category = boost::numeric::odeint::controlled_stepper_tag;
    using Matrix = typename Solver::Matrix;

    explicit BasicTrBdf2Stepper(StepperSettings settings = {}) : settings_(settings) {}

    static constexpr order_type order() noexcept { return 2; }

    /// One step of at most `dt` from (x, t): on success x and t have moved and dt is the next proposal; on fail only dt
    /// has changed. Throws SolverError when dt underflows or the matrix is singular.
    template <class System>
    controlled_step_result try_step(System system, Vector& x, double& t, double& dt) {
        auto& sys = unwrapped(system);
        if (!(dt > 0.0)) throw SolverError(text("TR-BDF2: the step %g at t = %g is not positive", dt, t));
        if (settings_.dt_max > 0.0 && dt > settings_.dt_max) {
            dt = settings_.dt_max;
            return boost::numeric::odeint::fail;
        }
        largest_dt_ = std::max(largest_dt_, dt);
        if (!stages(sys, x, t, dt)) return refuse(t, dt, 0.25);
        const double e = error_norm(x);
        const double factor = std::isfinite(e) ? std::clamp(0.9 * std::pow(e, -1.0 / 3.0), 0.2, 5.0) : 0.25;
        if (!(e <= 1.0)) return refuse(t, dt, std::min(factor, 0.9));
        accept(sys, x, t, dt);
        // With a constant Jacobian a slightly longer step is not worth a new factorisation.
        if (!(settings_.constant_jacobian && factor >= 1.0 && factor <= 1.2)) dt *= factor;
        return boost::numeric::odeint::success;
    }

    /// Fixed step, for order tests: no error control.
    template <class System>
    void do_step(System system, Vector& x, double t, double dt) {
        auto& sys = unwrapped(system);
        if (!stages(sys, x, t, dt)) {
            throw SolverError(text("TR-BDF2: Newton's method failed at t = %g with the fixed step %g", t, dt));
        }
        accept(sys, x, t, dt);
    }

    [[nodiscard]] const StepperStatistics& statistics() const noexcept { return statistics_; }
    /// Time integral of the system's quadrature rates over all accepted steps so far.
    [[nodiscard]] const Vector& quadrature() const noexcept { return quadrature_; }
    void start_quadrature(const Vector& value) { quadrature_ = value; }

private:
    // gamma: end of the trapezoidal stage; d, w: weights of the second stage.
    static constexpr double gamma_ = 0.58578643762690495120;  // 2 - sqrt(2)
    static constexpr double d_ = gamma_ / 2.0;
    static constexpr double w_ = 0.35355339059327376220;  // sqrt(2)/4
    static constexpr double newton_share_ = 1e-3;         // of the allowed error

    template <class System>
    static auto& unwrapped(System& system) {
        if constexpr (requires {
                          typename System::type;
                          system.get();
                      }) {
            return system.get();
        } else {
            return system;
        }
    }

    controlled_step_result refuse(double t, double& dt, double factor) {
        ++statistics_.rejected;
        jacobian_is_current_ = true;  // same x and t: only dt changes
        dt *= factor;
        const double smallest =
            std::max(1e-13 * largest_dt_, 4.0 * std::numeric_limits<double>::epsilon() * std::abs(t));
        if (dt <= smallest) {
            throw SolverError(text(
                "TR-BDF2: the step underflows at t = %g (dt = %g) after %lld accepted and %lld "
                "rejected steps; tried shorter steps by factors down to 0.2",
                t, dt, static_cast<long long>(statistics_.accepted), static_cast<long long>(statistics_.rejected)));
        }
        return boost::numeric::odeint::fail;
    }

    template <class System>
    void accept(System& sys, Vector& x, double& t, double dt) {
        if constexpr (SystemWithQuadrature<System>) {
            sys.quadrature(x, rate_, t);
            if (quadrature_.size() != rate_.size()) quadrature_ = Vector::Zero(rate_.size());
            quadrature_ += w_ * dt * rate_;
            sys.quadrature(x_g_, rate_, t + gamma_ * dt);
            quadrature_ += w_ * dt * rate_;
            sys.quadrature(x_1_, rate_, t + dt);
            quadrature_ += d_ * dt * rate_;
        }
        ++statistics_.accepted;
        jacobian_is_current_ = false;
        x.swap(x_1_);
        t += dt;
    }
    template <class System>
    void prepare(System& sys, const Vector& x, double t, double dt) {
        const bool assembled = settings_.constant_jacobian ? has_jacobian_ : has_jacobian_ && jacobian_is_current_;
        if (!assembled) {
            sys.second(x, J_, t);
            ++statistics_.jacobians;
            if (!has_jacobian_) solver_.analyse(J_);
            has_jacobian_ = true;
            factorised_dt_ = 0.0;
        }
        if (factorised_dt_ == dt) return;
        factorised_dt_ = 0.0;  // stays 0 should the factorisation throw
        solver_.factorise(J_, d_ * dt);
        ++statistics_.factorisations;
        factorised_dt_ = dt;
    }

    template <class System>
    bool stages(System& sys, const Vector& x, double t, double dt) {
        try {
            return both_stages(sys, x, t, dt);
        } catch (const SolverError& error) {
            throw SolverError(text("TR-BDF2 at t = %g, dt = %g: ", t, dt) + error.what());
        }
    }

    /// x_g_, x_1_ and the slopes f_1_, f_2_, f_3_; false when Newton's method fails.
    template <class System>
    bool both_stages(System& sys, const Vector& x, double t, double dt) {
        sys.first(x, f_1_, t);
        ++statistics_.rhs;
        if (!f_1_.allFinite()) return false;
        prepare(sys, x, t, dt);
        const double c = d_ * dt;
        base_ = x + c * f_1_;
        x_g_ = x;
        if (!newton(sys, x, x_g_, t + gamma_ * dt, c)) return false;
        f_2_ = (x_g_ - base_) / c;  // from the stage itself: f(x_g) would amplify its error by the stiffness
        base_ = x + w_ * dt * (f_1_ + f_2_);
        x_1_ = x + (x_g_ - x) / gamma_;
        if (!newton(sys, x, x_1_, t + dt, c)) return false;
        f_3_ = (x_1_ - base_) / c;
        error_ = dt * (((1.0 - w_) / 3.0 - w_) * f_1_ + ((3.0 * w_ + 1.0) / 3.0 - w_) * f_2_ + (d_ / 3.0 - d_) * f_3_);
        solver_.solve(error_);
        ++statistics_.solves;
        return true;
    }

    /// Solves y = base + c f(y, t) by simplified Newton.
    template <class System>
    bool newton(System& sys, const Vector& x, Vector& y, double t, double c) {
        double previous = 0.0;
        for (int iteration = 0; iteration < settings_.newton_max_iterations; ++iteration) {
            sys.first(y, slope_, t);
            ++statistics_.rhs;
            correction_ = base_ + c * slope_ - y;
            if (!correction_.allFinite()) return false;
            solver_.solve(correction_);
            ++statistics_.solves;
            y += correction_;
            const double moved = norm(correction_, x, y);
            if (!std::isfinite(moved)) return false;
            if (settings_.constant_jacobian || moved == 0.0) return true;
            if (iteration > 0) {
                const double theta = previous > 0.0 ? moved / previous : 0.0;
                if (theta >= 1.0 && moved > newton_share_) return false;
                contraction_ = std::max(theta / std::max(1.0 - theta, 1e-3), std::numeric_limits<double>::epsilon());
            } else {
                contraction_ = std::pow(contraction_, 0.8);  // of the last stage, trusted less (Hairer and Wanner)
            }
            if (contraction_ * moved <= newton_share_) return true;
            previous = moved;
        }
        return false;
    }

    [[nodiscard]] double norm(const Vector& v, const Vector& x, const Vector& y) const {
        const auto allowed = settings_.atol + settings_.rtol * x.array().abs().max(y.array().abs());
        return std::sqrt((v.array() / allowed).square().mean());
    }
    [[nodiscard]] double error_norm(const Vector& x) const { return norm(error_, x, x_1_); }

    StepperSettings settings_;
    StepperStatistics statistics_;
    Solver solver_;
    Matrix J_;
    Vector f_1_, f_2_, f_3_, x_g_, x_1_, base_, slope_, correction_, error_, rate_, quadrature_;
    double factorised_dt_ = 0.0, largest_dt_ = 0.0, contraction_ = 1.0;
    bool has_jacobian_ = false, jacobian_is_current_ = false;
};

using TrBdf2Stepper = BasicTrBdf2Stepper<SparseLuSolver>;  ///< any sparse system
using BandTrBdf2Stepper = BasicTrBdf2Stepper<BandSolver>;  ///< columns: a few unknowns per depth

}  // namespace skin::numerics
