#include "transport/column_state.hpp"

namespace skin::transport {

Vector state_of(const ColumnSystem& system, const Amounts& amounts, double strength) {
    Vector x = Vector::Zero(system.storage().size());
    const Layout& layout = system.layout();
    x[Layout::donor()] = amounts.donor;
    for (Eigen::Index i = 0; i < amounts.tissue.size(); ++i) x[layout.tissue(i)] = amounts.tissue[i];
    for (std::size_t k = 0; k < system.families().size(); ++k) {
        for (Eigen::Index i = 0; i < amounts.channel[k].size(); ++i) x[layout.channel(k, i)] = amounts.channel[k][i];
    }
    return x.cwiseQuotient(system.storage() * strength);
}

Vector state_of(const LayeredSystem& system, const Amounts& amounts, double strength) {
    Vector x(system.storage().size());
    x << amounts.donor, amounts.tissue;
    return x.cwiseQuotient(system.storage() * strength);
}

void read_state(ColumnSystem& system, const Vector& x, double t, double strength, Snapshot& shot) {
    const Layout& layout = system.layout();
    const Vector& S = system.storage();
    const Vector u = system.activity_factor(t).cwiseProduct(x) * strength;
    const auto amount = [&](Eigen::Index j) { return S[j] * x[j] * strength; };
    const Column& column = system.column();
    shot.amounts.donor = amount(Layout::donor());
    Vector open = Vector::Zero(column.cells()), inside = open;
    for (Eigen::Index i = 0; i < column.cells(); ++i) {
        shot.amounts.tissue[i] = amount(layout.tissue(i));
        shot.concentration[i] = u[layout.tissue(i)] * column.medium[static_cast<std::size_t>(i)].partition;
    }
    for (std::size_t k = 0; k < system.families().size(); ++k) {
        for (Eigen::Index i = 0; i < system.families()[k].reach; ++i) {
            shot.amounts.channel[k][i] = amount(layout.channel(k, i));
            open[i] += system.channel_share(k, i);
            inside[i] += system.channel_share(k, i) * u[layout.channel(k, i)];
        }
    }
    for (Eigen::Index i = 0; i < open.size(); ++i) {
        if (open[i] > 0.0) shot.channel_concentration[i] = inside[i] / open[i];
    }
}

void read_state(LayeredSystem& system, const Vector& x, double /*t*/, double strength, Snapshot& shot) {
    const Vector amount = system.storage().cwiseProduct(x) * strength;
    shot.amounts.donor = amount[0];
    shot.amounts.tissue = amount.tail(amount.size() - 1);
    for (Eigen::Index i = 0; i < shot.concentration.size(); ++i)
        shot.concentration[i] = x[i + 1] * strength * system.column().medium[static_cast<std::size_t>(i)].partition;
}

}  // namespace skin::transport
