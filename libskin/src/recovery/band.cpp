// recovery_band(): persons and parameters within the spreads that the data files state (docs/theory/recovery.md, 3.7).
#include "skin/recovery/band.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "recovery/pores.hpp"
#include "skin/core/random.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

constexpr double low_share = 0.05, high_share = 0.95;
constexpr double wide = 3.0;  // a range that spans more than this factor is drawn in the logarithm

double within(double quantile, double lo, double hi, bool logarithmic) {
    return logarithmic ? lo * std::pow(hi / lo, quantile) : lo + (hi - lo) * quantile;
}

/// Value at `share` of sorted numbers, linear between neighbours; infinite when it lies among the infinite ones.
double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double rest = place - static_cast<double>(below);
    if (rest == 0.0 || below + 1 == sorted.size()) return sorted[below];
    if (std::isinf(sorted[below + 1])) return sorted[below + 1];
    return sorted[below] + rest * (sorted[below + 1] - sorted[below]);
}

double or_never(double time) { return std::isinf(time) ? std::numeric_limits<double>::quiet_NaN() : time; }

Barrier drawn_barrier(const Skin& skin, std::uint64_t seed, std::uint64_t i) {
    Barrier b = skin.barrier;
    RandomStream stream(seed, i, StreamId::recovery);
    // Trap 4 of recovery.md: 0.25 of closing times is the person, 0.58 of fitted half-lives holds noise of the fits.
    const double slowness = stream.lognormal(1.0, b.closure_variation);
    for_each_field<Barrier>([&](const auto& field) {
        const double share = stream.uniform();  // one for each value, so that a range more moves no other one
        const auto origin = skin.origins.find("barrier." + std::string{field.name});
        if (origin == skin.origins.end()) return;
        const double lo = origin->second.lo, hi = origin->second.hi;
        double& value = b.*(field.member);
        // A value that the caller moved out of its range, or one without a range, stays.
        if (!(hi > lo) || value < lo || value > hi) return;
        value = within(share, lo, hi, origin->second.distribution == "loguniform" || (lo > 0.0 && hi > wide * lo));
    });
    for (double* time : {&b.half_life_short, &b.half_life_long, &b.half_life_open, &b.half_life_open_long,
                         &b.slow_half_life, &b.drying_time}) {
        *time *= slowness;
    }
    b.half_life_long = std::max(b.half_life_long, b.half_life_short);  // their ranges touch
    b.early_recoil = std::max(b.early_recoil, b.late_recoil);          // these overlap: the mouth does not widen
    return b;
}

using Curves = std::array<const Eigen::VectorXd*, 5>;
Curves curves_of(const RecoveryResult& r) {  // in the order of `observable`
    return {&r.impedance, &r.tewl, &r.tracer_permeability, &r.staining, &r.optical_opening};
}

}  // namespace

Skin draw_barrier(const Skin& skin, std::uint64_t seed, std::uint64_t i) {
    Skin person = skin;
    person.barrier = drawn_barrier(skin, seed, i);
    return person;
}

RecoveryBand recovery_band(const Skin& skin, const Wound& wound, double duration, const RecoverySettings& settings,
                           int n_draws, std::uint64_t seed) {
    check_range("n_draws", n_draws, "1", 2, 100000);
    const RecoveryResult nominal = recover(skin, wound, duration, settings);
    const auto n_o = static_cast<Eigen::Index>(nominal.observable.size());
    const Eigen::Index n_t = nominal.time.size();
    RecoveryBand band;
    band.time = nominal.time;
    band.observable = nominal.observable;
    band.n_draws = n_draws;
    band.low = band.median = band.high = band.unrecovered = Eigen::VectorXd::Zero(n_o);
    band.curve_low = band.curve_high = RowMatrix::Zero(n_o, n_t);

    const auto n = static_cast<std::size_t>(n_draws);
    std::vector<std::vector<double>> times(static_cast<std::size_t>(n_o), std::vector<double>(n));
    std::vector<std::vector<double>> values(static_cast<std::size_t>(n_o * n_t), std::vector<double>(n));
    Skin person = skin;
    person.origins.clear();  // nothing reads them below, and copies of them are most of a draw
    for (std::size_t i = 0; i < n; ++i) {
        person.barrier = drawn_barrier(skin, seed, i);
        const RecoveryResult r = recovery::close_channels(person, wound, nominal.closure.classes, duration, settings);
        const Curves curves = curves_of(r);
        for (Eigen::Index o = 0; o < n_o; ++o) {
            const double t = r.recovered_at[o];
            times[static_cast<std::size_t>(o)][i] = std::isnan(t) ? std::numeric_limits<double>::infinity() : t;
            const Eigen::VectorXd& curve = *curves[static_cast<std::size_t>(o)];
            const double scale = curve[0] > 0.0 ? 1.0 / curve[0] : 0.0;
            for (Eigen::Index j = 0; j < n_t; ++j) values[static_cast<std::size_t>(o * n_t + j)][i] = curve[j] * scale;
        }
    }
    for (Eigen::Index o = 0; o < n_o; ++o) {
        std::vector<double>& t = times[static_cast<std::size_t>(o)];
        std::sort(t.begin(), t.end());
        band.low[o] = or_never(quantile(t, low_share));
        band.median[o] = or_never(quantile(t, 0.5));
        band.high[o] = or_never(quantile(t, high_share));
        band.unrecovered[o] =
            static_cast<double>(std::count_if(t.begin(), t.end(), [](double x) { return std::isinf(x); })) /
            static_cast<double>(n);
        for (Eigen::Index j = 0; j < n_t; ++j) {
            std::vector<double>& v = values[static_cast<std::size_t>(o * n_t + j)];
            std::sort(v.begin(), v.end());
            band.curve_low(o, j) = quantile(v, low_share);
            band.curve_high(o, j) = quantile(v, high_share);
        }
    }
    return band;
}

}  // namespace skin
