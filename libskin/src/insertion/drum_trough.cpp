#include "insertion/drum_trough.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "insertion/ring_classes.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double widest_angle = pi / 3.0;  // rows further round the drum do not reach the skin
constexpr double settled = 1e-10;          // [m]

// A row of needles that stand at one angle.
struct Row {
    double angle, cosine, needles;
    bool going_out;
    double travel = 0.0, force = 0.0;  // [m] local, [N] vertical, of all its needles
};

// Everything that stays the same while the axle comes down.
struct Drum {
    const Roller& roller;
    const InsertionCurve& curve;
    const StripCompliance& skin;
    std::vector<Row> rows;
    Eigen::MatrixXd sinks;      // [m/N] (element, element)
    Eigen::MatrixXd by_rows;    // [m/N] (element, row)
    Eigen::MatrixXd of_rows;    // [m/N] (row, row)
    std::vector<char> touched;  // (element) lies on the drum
    Eigen::VectorXd load;       // [N] (element) of the drum
    Eigen::VectorXd sunk;       // [m] (row) skin midway between its needles

    [[nodiscard]] double tip_circle() const noexcept { return roller.drum_radius + roller.needle.length; }
    [[nodiscard]] double total() const noexcept {
        double sum = load.sum();
        for (const Row& row : rows) sum += row.force;
        return sum;
    }
    [[nodiscard]] Eigen::VectorXd row_forces() const {
        Eigen::VectorXd f(static_cast<Eigen::Index>(rows.size()));
        for (std::size_t k = 0; k < rows.size(); ++k) f[static_cast<Eigen::Index>(k)] = rows[k].force;
        return f;
    }
    [[nodiscard]] double force_of(const Row& row, double travel, double deepest) const noexcept;
    void settle_row(std::size_t k, double axle, double others, double own, double deepest);
    void settle_rows(double axle, const Eigen::MatrixXd& between, const Eigen::VectorXd& by_drum);
    void settle(double axle);
};

double Drum::force_of(const Row& row, double travel, double deepest) const noexcept {
    if (!(travel > 0.0)) return 0.0;
    const double part = row.needles * row.cosine;
    if (!row.going_out) return part * curve.force_at_travel(std::min(travel, roller.needle.length));
    // The tip stays where it is and the skin under it recovers.
    const double deflection = deepest - curve.depth_at_travel(deepest);
    return part * curve.force_at_deflection(std::max(deflection - std::max(deepest - travel, 0.0), 0.0));
}

// travel cos q + own force(travel) = tip circle cos q - axle - others: first root on loading.
void Drum::settle_row(std::size_t k, double axle, double others, double own, double deepest) {
    Row& row = rows[k];
    const double available = tip_circle() * row.cosine - axle - others, length = roller.needle.length;
    const auto excess = [&](double t) { return t * row.cosine + own * force_of(row, t, deepest) - available; };
    const auto set = [&](double t) {
        row.travel = t;
        row.force = force_of(row, t, deepest);
    };
    if (!(available > 0.0)) return set(0.0);
    double low = 0.0, at_low = -available;
    if (!row.going_out) {
        for (const double at_break : curve.breaks()) {
            if (at_break >= length) break;
            const double before = std::nextafter(at_break, 0.0), at_before = excess(before);
            if (at_before >= 0.0) return set(bracketed_root(excess, low, before, at_low, at_before, 0.1 * settled));
            low = at_break, at_low = excess(at_break);
            if (at_low >= 0.0) return set(at_break);
        }
    }
    const double at_end = excess(length);
    set(at_end <= 0.0 ? length : bracketed_root(excess, low, length, at_low, at_end, 0.1 * settled));
}

void Drum::settle_rows(double axle, const Eigen::MatrixXd& between, const Eigen::VectorXd& by_drum) {
    constexpr int patient = 200, most = 1000;
    constexpr double unsettled = 2e-6;  // [m] of needles that hover at a break
    for (int sweep = 0;; ++sweep) {
        double deepest = 0.0, change = 0.0;
        for (const Row& row : rows) deepest = std::max(deepest, row.going_out ? 0.0 : row.travel);
        for (std::size_t k = 0; k < rows.size(); ++k) {
            const auto at = static_cast<Eigen::Index>(k);
            const Row before = rows[k];
            const double own = between(at, at), all = by_drum[at] + between.row(at).dot(row_forces());
            settle_row(k, axle, all - own * before.force, own, deepest);
            if (sweep > patient) {
                rows[k].travel = 0.5 * (rows[k].travel + before.travel);
                rows[k].force = 0.5 * (rows[k].force + before.force);
            }
            change = std::max(change, std::abs(rows[k].travel - before.travel));
        }
        if (change <= settled) return;
        if (sweep < most) continue;
        if (change <= unsettled) return;
        throw SolverError(
            text("insertion: the needles under the drum found no common balance with the axle at %g m: after %d "
                 "sweeps the largest change is still %g m",
                 axle, sweep + 1, change));
    }
}

// Balance of skin, needles and drum with the axle at this height.
void Drum::settle(double axle) {
    constexpr int most = 100;
    const Eigen::Index n = skin.place.size();
    const double r = roller.drum_radius;
    Eigen::VectorXd drum(n);  // [m] its surface below resting skin
    for (Eigen::Index j = 0; j < n; ++j) drum[j] = std::sqrt(r * r - skin.place[j] * skin.place[j]) - axle;
    for (int round = 0;; ++round) {
        std::vector<Eigen::Index> on;
        for (Eigen::Index j = 0; j < n; ++j) {
            if (touched[static_cast<std::size_t>(j)] != 0) on.push_back(j);
        }
        Eigen::MatrixXd between = of_rows;
        Eigen::VectorXd by_drum = Eigen::VectorXd::Zero(of_rows.rows()), at_rest;
        Eigen::MatrixXd relieved;
        if (!on.empty()) {  // the loads of the drum follow from the needles: take them out
            const Eigen::MatrixXd there = sinks(on, on);
            const Eigen::VectorXd wanted = drum(on);
            const Eigen::LLT<Eigen::MatrixXd> factor(there);
            if (factor.info() != Eigen::Success) {
                throw SolverError("insertion: the skin under the drum has no positive stiffness matrix");
            }
            const Eigen::MatrixXd rows_there = by_rows(on, Eigen::all);
            at_rest = factor.solve(wanted);
            relieved = factor.solve(rows_there);
            between -= rows_there.transpose() * relieved;
            by_drum = rows_there.transpose() * at_rest;
        }
        settle_rows(axle, between, by_drum);
        const Eigen::VectorXd needles = row_forces();
        load.setZero(n);
        if (!on.empty()) {
            const Eigen::VectorXd carried = at_rest - relieved * needles;
            load(on) = carried;
        }
        sunk = by_drum + between * needles;
        const Eigen::VectorXd skin_at = sinks * load + by_rows * needles;
        bool changed = false;
        for (Eigen::Index j = 0; j < n; ++j) {
            char& touches = touched[static_cast<std::size_t>(j)];
            const bool now = touches != 0 ? load[j] > 0.0 : skin_at[j] < drum[j] - settled;
            changed = changed || now != (touches != 0);
            touches = now ? 1 : 0;
        }
        if (!changed) return;
        if (round == most) throw SolverError("insertion: no contact of drum and skin was found");
    }
}

Drum prepare(const Roller& roller, const InsertionCurve& curve, const StripCompliance& skin, double factor) {
    Drum d{roller, curve, skin, {}, skin.sinks / factor, {}, {}, {}, {}, {}};
    const double step = 2.0 * pi / roller.needles_per_ring;
    std::vector<Eigen::VectorXd> weights;
    for (const RingClass& c : ring_classes(roller)) {
        const auto rings = static_cast<double>(c.rings.size());
        const int around = roller.needles_per_ring;
        for (int k = -around; k <= around; ++k) {
            const double q = (k + c.turned) * step;
            if (std::abs(q) > widest_angle) continue;
            d.rows.push_back({q, std::cos(q), rings, q < -1e-12});
            // Needles of a row stand apart: a load that is spread over half their distance sinks the skin as much as
            // they do midway between them. From that level the travel counts, there the drum touches.
            const double x = roller.drum_radius * std::sin(q);
            const double spread = std::max(0.5 * roller.width / rings, skin.element);
            Eigen::VectorXd w = (1.0 - (skin.place.array() - x).abs() / spread).max(0.0).matrix();
            weights.push_back(w / w.sum());
        }
    }
    const auto m = static_cast<Eigen::Index>(d.rows.size());
    Eigen::MatrixXd spread(skin.place.size(), m);
    for (Eigen::Index k = 0; k < m; ++k) spread.col(k) = weights[static_cast<std::size_t>(k)];
    d.by_rows = d.sinks * spread;
    d.of_rows = spread.transpose() * d.by_rows;
    d.touched.assign(static_cast<std::size_t>(skin.place.size()), 0);
    d.load.setZero(skin.place.size());
    d.sunk.setZero(m);
    return d;
}

}  // namespace

DrumTrough::DrumTrough(const Roller& roller, const InsertionCurve& curve, const StripCompliance& skin, double factor,
                       double hand_force)
    : tip_circle_(roller.drum_radius + roller.needle.length),
      length_(roller.needle.length),
      drum_radius_(roller.drum_radius),
      axle_(tip_circle_) {
    Drum drum = prepare(roller, curve, skin, factor);
    const auto total_at = [&](double axle) {
        drum.settle(axle);
        return drum.total();
    };
    const double step = 0.04 * std::max(length_, 0.25e-3);
    double high = tip_circle_, at_high = -hand_force;
    while (hand_force > 0.0) {
        const double low = high - step, at_low = total_at(low) - hand_force;
        const auto outermost = [&](const Row& row) {
            return row.travel > 0.0 && std::abs(row.angle) > 0.9 * widest_angle;
        };
        if (low < 0.5 * drum_radius_ || drum.load[0] > 0.0 ||
            std::any_of(drum.rows.begin(), drum.rows.end(), outermost)) {
            throw SolverError(text(
                "insertion: a hand force of %g N presses the drum of radius %g m in by %g m, further round than the "
                "trough of small slopes reaches; choose settings.drum_contact = flat",
                hand_force, drum_radius_, drum_radius_ - low));
        }
        if (at_low >= 0.0) {  // a bracket in how far the axle has come down
            const auto short_of = [&](double down) { return total_at(tip_circle_ - down) - hand_force; };
            axle_ =
                tip_circle_ - bracketed_root(short_of, tip_circle_ - high, tip_circle_ - low, at_high, at_low, settled);
            break;
        }
        high = low, at_high = at_low;
    }
    drum.settle(axle_);
    drum_force_ = drum.load.sum();
    needle_force_ = drum.total() - drum_force_;
    half_width_ = 0.5 * skin.element * static_cast<double>((drum.load.array() > 0.0).count());
    std::vector<std::pair<double, double>> in;
    for (std::size_t k = 0; k < drum.rows.size(); ++k) {
        if (!drum.rows[k].going_out) in.emplace_back(drum.rows[k].angle, drum.sunk[static_cast<Eigen::Index>(k)]);
    }
    std::sort(in.begin(), in.end());
    for (const auto& [angle, sunk] : in) angle_.push_back(angle), sunk_.push_back(sunk);
}

double DrumTrough::local_at(double angle) const noexcept {
    const auto above = static_cast<std::size_t>(std::upper_bound(angle_.begin(), angle_.end(), angle) - angle_.begin());
    double sunk = sunk_.back();
    if (above == 0) {
        sunk = sunk_.front();
    } else if (above < angle_.size()) {
        const double share = (angle - angle_[above - 1]) / (angle_[above] - angle_[above - 1]);
        sunk = sunk_[above - 1] + share * (sunk_[above] - sunk_[above - 1]);
    }
    return std::clamp(tip_circle_ - (axle_ + sunk) / std::cos(angle), 0.0, length_);
}

double DrumTrough::angle_at(double local) const noexcept {
    constexpr int steps = 64;
    double low = 0.0;
    if (local_at(low) <= local) return low;
    for (int k = 1; k <= steps; ++k) {
        const double high = widest_angle * k / steps, at = local_at(high);
        if (at <= local) {
            const auto less = [&](double q) { return local - local_at(q); };
            return bracketed_root(less, low, high, less(low), local - at, 1e-12);
        }
        low = high;
    }
    return widest_angle;
}

}  // namespace skin::insertion
