#include "insertion/strip_contact.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double settled = 1e-10;  // [m] of skin above the body that counts as none

using Gauss = boost::math::quadrature::gauss<double, 10>;

template <class F>
double panel(double low, double high, const F& f) {
    double sum = 0.0;
    const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
    for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
        sum +=
            Gauss::weights()[i] * (f(middle + half * Gauss::abscissa()[i]) + f(middle - half * Gauss::abscissa()[i]));
    }
    return half * sum;
}

// Panels that double from `first` on: the integrand varies over its own distance from 0.
template <class F>
double graded(double first, double end, const F& f) {
    double sum = panel(0.0, std::min(first, end), f);
    for (double low = first; low < end; low *= 2.0) sum += panel(low, std::min(2.0 * low, end), f);
    return sum;
}

// [m/N] mean over the drum's width of the deflection at x from a line of even load (eq. 36a).
double line_compliance(const FarField& far, double width, double x) {
    const auto f = [&](double s) { return (width - s) * far.at(std::hypot(x, s)); };
    return 2.0 / (width * width) * graded(x, width, f);
}

}  // namespace

StripCompliance strip_compliance(const FarField& far, double drum_width, double reach, double element) {
    const auto side = static_cast<Eigen::Index>(std::ceil(reach / element - 1e-9));
    StripCompliance skin{Eigen::VectorXd(2 * side + 1), Eigen::MatrixXd(2 * side + 1, 2 * side + 1), element,
                         drum_width};
    std::vector<double> of_distance;
    for (Eigen::Index n = 0; n <= 2 * side; ++n) {
        // Mean over both strips; the two halves of the hat (1 - |t|) at distances e (n + t).
        const auto apart = static_cast<double>(n);
        const auto near = [&](double t) { return t * line_compliance(far, drum_width, element * (apart - 1.0 + t)); };
        const auto beyond = [&](double t) {
            return (1.0 - t) * line_compliance(far, drum_width, element * (apart + t));
        };
        constexpr double first = 1e-4;
        of_distance.push_back(n == 0   ? 2.0 * graded(first, 1.0, beyond)
                              : n == 1 ? graded(first, 1.0, near) + panel(0.0, 1.0, beyond)
                                       : panel(0.0, 1.0, near) + panel(0.0, 1.0, beyond));
    }
    for (Eigen::Index i = 0; i <= 2 * side; ++i) {
        skin.place[i] = element * static_cast<double>(i - side);
        for (Eigen::Index j = 0; j <= 2 * side; ++j) {
            skin.sinks(i, j) = of_distance[static_cast<std::size_t>(std::abs(i - j))];
        }
    }
    return skin;
}

Eigen::VectorXd contact_loads(const StripCompliance& skin, const Eigen::VectorXd& depth) {
    constexpr int most = 100;
    const Eigen::Index n = depth.size();
    Eigen::VectorXd load = Eigen::VectorXd::Zero(n);
    std::vector<char> touched(static_cast<std::size_t>(n));
    for (Eigen::Index j = 0; j < n; ++j) touched[static_cast<std::size_t>(j)] = depth[j] > 0.0 ? 1 : 0;
    for (int round = 0; round < most; ++round) {
        std::vector<Eigen::Index> on;
        for (Eigen::Index j = 0; j < n; ++j) {
            if (touched[static_cast<std::size_t>(j)] != 0) on.push_back(j);
        }
        load.setZero();
        if (!on.empty()) {
            const Eigen::MatrixXd sinks = skin.sinks(on, on);
            const Eigen::VectorXd wanted = depth(on), carried = Eigen::LLT<Eigen::MatrixXd>(sinks).solve(wanted);
            load(on) = carried;
        }
        const Eigen::VectorXd at = skin.sinks * load;
        bool changed = false;
        for (Eigen::Index j = 0; j < n; ++j) {
            char& touches = touched[static_cast<std::size_t>(j)];
            const bool now = touches != 0 ? load[j] > 0.0 : at[j] < depth[j] - settled;
            changed = changed || now != (touches != 0);
            touches = now ? 1 : 0;
        }
        if (!changed) return load;
    }
    throw SolverError("insertion: no contact of drum and skin was found");
}

}  // namespace skin::insertion
