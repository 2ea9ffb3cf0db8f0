// What the matrix of a unit cell does to a state, and how a step is solved with it (docs/theory/transport.md 3.5).
#include <algorithm>

#include "transport/unit_cell.hpp"

namespace skin::transport {

namespace {
using Eigen::Index;
double square(double x) noexcept { return x * x; }
}  // namespace

void CellOperator::multiply(const Vector& x, Vector& y) const {
    const Index n = x.size(), r = rings, m = n - 1;
    u_ = dilution.cwiseProduct(x);
    const Vector& u = u_;
    y = -loss.cwiseProduct(u);
    // To the next ring (radial is 0 at the end of a row) and to the next row.
    y.segment(1, m - 1).array() -=
        radial.segment(1, m - 1).array() * (u.segment(1, m - 1) - u.segment(2, m - 1)).array();
    y.segment(2, m - 1).array() +=
        radial.segment(1, m - 1).array() * (u.segment(1, m - 1) - u.segment(2, m - 1)).array();
    const Index k = m - r;
    y.segment(1, k).array() -= axial.segment(1, k).array() * (u.segment(1, k) - u.segment(1 + r, k)).array();
    y.segment(1 + r, k).array() += axial.segment(1, k).array() * (u.segment(1, k) - u.segment(1 + r, k)).array();
    for (Index i = 0; i < r; ++i) {
        const double flow = top[i] * (u[0] - u[1 + i]);
        y[0] -= flow;
        y[1 + i] += flow;
    }
    for (Index i = 0; i < excess.size(); ++i) {
        const Index above = 1 + border * r + i;
        const double flow = excess[i] * u[above + r];
        y[above] += flow;
        y[above + r] -= flow;
    }
    for (Index i = 1; i < rise.size(); ++i) {
        const double flow = rise[i] * u[i];
        y[i] -= flow;
        y[std::max<Index>(0, i - r)] += flow;
    }
    y.array() *= per_storage.array();
    if (held) y[0] = 0.0;
}

void CellOperator::losses(const Vector& x, Vector& rate) const {
    rate.resize(n_lost);
    rate[lost_cleared] = clearing.dot(x);
    rate[lost_at_base] = base.dot(x.tail(rings));
    rate[lost_into_skin] = top.sum() * dilution[0] * x[0];
    for (Index i = 0; i < rings; ++i) {
        const double back = top[i] + (rise.size() > 0 ? rise[1 + i] : 0.0);
        rate[lost_into_skin] -= back * dilution[1 + i] * x[1 + i];
    }
    rate[lost_into_air] = drying * x[0];
    if (evaporating.size() > 0) rate[lost_into_air] += evaporating.dot(x.segment(1, rings));
}

bool CellOperator::symmetric(double c) const {
    if (excess.size() > 0) return false;
    constexpr double share = 0.25;
    for (Index i = 1; i < rise.size(); ++i) {
        const double diffusive = axial[std::max(i - rings, i <= rings ? i : Index{0})];  // of the face it rises through
        if (!(square(rise[i]) * c <= share * diffusive * storage[i])) return false;
    }
    return true;
}

void CellSolver::analyse(const Matrix& A) {
    const int reach = static_cast<int>(A.rings);
    if (symmetric_) {
        band_.resize(A.storage.size(), reach);
    } else {
        general_.resize(A.storage.size(), reach);
        lu_.analyse(general_);
    }
}

void CellSolver::factorise(const Matrix& A, double c) {
    symmetric_ = A.symmetric(c);
    if ((symmetric_ ? band_.size() : general_.size()) != A.storage.size()) analyse(A);
    if (symmetric_) {
        fill_symmetric(A, c);
        band_.factorise();
    } else {
        fill_general(A);
        lu_.factorise(general_, c);
    }
}

/// (I - c A) x = b as (storage + c L) u = reference storage b, x = u/dilution.
void CellSolver::fill_symmetric(const Matrix& A, double c) {
    const Index n = A.storage.size(), r = A.rings;
    reference_ = A.per_storage.cwiseInverse();
    per_dilution_ = A.dilution.cwiseInverse();
    band_.set_zero();
    const auto add = [&](Index i, Index j, double g) {
        band_.column(i)[0] += g;
        band_.column(j)[0] += g;
        band_.column(i)[j - i] -= g;
    };
    for (Index i = 0; i < n; ++i) band_.column(i)[0] = A.storage[i] + c * A.loss[i];
    for (Index i = 0; i < r; ++i) {
        if (A.held) {
            // What rises leaves for the donor: a loss, which the matrix may not leave out as it does the rest of
            // `rise`.
            band_.column(1 + i)[0] += c * (A.top[i] + (A.rise.size() > 0 ? A.rise[1 + i] : 0.0));
        } else {
            add(0, 1 + i, c * A.top[i]);
        }
    }
    for (Index i = 1; i < n; ++i) {
        if (i + 1 < n) add(i, i + 1, c * A.radial[i]);
        if (i + r < n) add(i, i + r, c * A.axial[i]);
    }
}

void CellSolver::fill_general(const Matrix& A) {
    const Index n = A.storage.size(), r = A.rings;
    general_.set_zero();
    const auto flow = [&](Index from, Index to, double g) {  // g u_from
        general_(from, from) -= g * A.dilution[from] * A.per_storage[from];
        general_(to, from) += g * A.dilution[from] * A.per_storage[to];
    };
    const auto link = [&](Index i, Index j, double g) {
        flow(i, j, g);
        flow(j, i, g);
    };
    for (Index i = 0; i < n; ++i) general_(i, i) = -A.loss[i] * A.dilution[i] * A.per_storage[i];
    for (Index i = 0; i < r; ++i) link(0, 1 + i, A.top[i]);
    for (Index i = 1; i < n; ++i) {
        if (i + 1 < n && A.radial[i] > 0.0) link(i, i + 1, A.radial[i]);
        if (i + r < n) link(i, i + r, A.axial[i]);
    }
    for (Index i = 0; i < A.excess.size(); ++i) flow(1 + (A.border + 1) * r + i, 1 + A.border * r + i, A.excess[i]);
    for (Index i = 1; i < A.rise.size(); ++i) {
        if (A.rise[i] > 0.0) flow(i, std::max<Index>(0, i - r), A.rise[i]);
    }
    for (Index i = 0; A.held && i <= r; ++i) general_(0, i) = 0.0;
}

void CellSolver::solve(Vector& x) const {
    if (!symmetric_) return lu_.solve(x);
    x.array() *= reference_.array();
    band_.solve(x);
    x.array() *= per_dilution_.array();
}

}  // namespace skin::transport
