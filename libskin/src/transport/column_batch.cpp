#include "transport/column_batch.hpp"

#include <algorithm>
#include <cmath>

#include "skin/core/error.hpp"
#include "skin/numerics/rosenbrock_stepper.hpp"

namespace skin::transport {

namespace {

using Eigen::Index;
using numerics::lanes;
using PerLane = Eigen::Array<double, lanes, 1>;

/// Band LU of every lane.
class BatchSolver {
public:
    using Matrix = ColumnBatchOperator;
    void analyse(const Matrix& J) { band_.analyse(J.matrix); }
    void factorise(const Matrix& J, double c) { band_.factorise(J.matrix, c); }
    void solve(Vector& x) const { band_.solve(x); }

private:
    numerics::BandLanesSolver band_;
};

auto lane_block(const Vector& v, Index unknown) { return v.segment<lanes>(lanes * unknown).array(); }

}  // namespace

void ColumnBatchOperator::losses(const Vector& x, Vector& rate) const {
    rate.resize(n_lost * lanes);
    PerLane cleared = PerLane::Zero(), taken = PerLane::Zero();
    for (Index i = 0; i < x.size() / lanes; ++i) cleared += lane_block(clearing, i) * lane_block(x, i);
    for (Index i = 0; i < taking.size() / lanes; ++i) taken += lane_block(taking, i) * lane_block(x, i);
    rate.segment<lanes>(lanes * lost_cleared) = cleared;
    rate.segment<lanes>(lanes * lost_at_base) = base * lane_block(x, last);
    rate.segment<lanes>(lanes * lost_into_skin) = taken;
    rate.segment<lanes>(lanes * lost_into_air) = evaporating * lane_block(x, surface);
}

ColumnBatch::ColumnBatch(std::vector<ColumnSystem> samples) : systems_(std::move(samples)) {
    samples_ = static_cast<Index>(systems_.size());
    if (samples_ < 1 || samples_ > lanes) {
        throw ParameterError(text("column batch: samples = %lld is outside [1, %lld]", static_cast<long long>(samples_),
                                  static_cast<long long>(lanes)));
    }
    const Layout& first = systems_.front().layout();
    for (const ColumnSystem& s : systems_) {
        const bool same = s.layout().size() == first.size() && s.layout().reach() == first.reach() &&
                          s.donor_on() == systems_.front().donor_on();
        if (!same || (s.donor_on() && std::isfinite(s.film().saturation))) {
            throw ParameterError(
                "column batch: samples must have the same cells, channels that reach the same cells, and films that do "
                "not saturate");
        }
        constant_ = constant_ && s.constant();
    }
    while (static_cast<Index>(systems_.size()) < lanes) {
        ColumnSystem again = systems_.back();
        systems_.push_back(std::move(again));
    }
    operator_.matrix.resize(first.size(), first.reach());
    operator_.clearing = Vector::Zero(lanes * first.size());
    operator_.taking = Vector::Zero(lanes * (first.reach() + 1));
}

const ColumnBatchOperator& ColumnBatch::at(double t) {
    if (assembled_at_ == t || (constant_ && !std::isnan(assembled_at_))) return operator_;
    const numerics::BandMatrix* each[lanes];
    for (Index l = 0; l < lanes; ++l) {
        const ColumnOperator& A = systems_[static_cast<std::size_t>(l)].at(t);
        each[l] = &A.matrix;
        const auto spread = [l](const Vector& from, Vector& to) {
            for (Index i = 0; i < from.size(); ++i) to[lanes * i + l] = from[i];
        };
        if (std::isnan(assembled_at_)) spread(A.clearing, operator_.clearing);  // never changes
        spread(A.taking, operator_.taking);
        operator_.base[l] = A.base;
        operator_.evaporating[l] = A.evaporating;
        operator_.last = A.last;
        operator_.surface = A.surface;
    }
    operator_.matrix.take(each);
    assembled_at_ = t;
    return operator_;
}

Vector ColumnBatch::lane_of(const Vector& all, Index l) {
    return Eigen::Map<const Vector, 0, Eigen::InnerStride<lanes>>(all.data() + l, all.size() / lanes);
}

Vector ColumnBatch::in_lanes(const std::vector<Vector>& each) {
    Vector all(lanes * each.front().size());
    for (Index l = 0; l < lanes; ++l) {
        const Vector& one = each[std::min(static_cast<std::size_t>(l), each.size() - 1)];
        for (Index i = 0; i < one.size(); ++i) all[lanes * i + l] = one[i];
    }
    return all;
}

Vector ColumnBatch::weights() const {
    std::vector<Vector> each;
    for (const ColumnSystem& s : systems_) {
        Vector w = s.storage();  // the donor counts no more than a tenth
        w[0] = std::min(w[0], 0.1 * w.tail(w.size() - 1).sum());
        each.push_back(w / w.sum());
    }
    return in_lanes(each);
}

void integrate(ColumnBatch& batch, Vector& x, const std::vector<double>& times, double tolerance,
               numerics::StepperStatistics& work, const Observer& observer, double level) {
    constexpr double longest_first_step = 0.1;  // s, and at most a thousandth of the stretch
    numerics::RosenbrockStepper<BatchSolver> stepper(
        {.atol = level * tolerance, .rtol = tolerance, .constant_jacobian = batch.constant()});
    stepper.start_quadrature(Vector::Zero(n_lost * lanes));
    stepper.set_weights(batch.weights());
    stepper.integrate(batch, x, times, std::min(longest_first_step, 1e-3 * (times.back() - times.front())), observer);
    work += stepper.statistics();
}

}  // namespace skin::transport
