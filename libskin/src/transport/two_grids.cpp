// The limit of two grids of one family, for all amounts at once (docs/theory/transport.md 3.5).
#include <algorithm>
#include <cmath>

#include "transport/cell_delivery.hpp"
#include "transport/cell_grid.hpp"

namespace skin::transport {

using Eigen::Index;

namespace {

/// The limit of values that add up to one amount: none lies below 0 unless the fine grid's does, and the sum is kept.
void take_limit(Vector& values, const Vector& coarse, Index first, Index last, double weight) {
    const auto n = last - first;
    if (n <= 0) return;
    const Vector fine = values.segment(first, n);
    const Vector limit = fine + weight * (fine - coarse.segment(first, n));
    const Vector clipped = limit.cwiseMax(fine.cwiseMin(0.0));
    const double sum = limit.sum(), clipped_sum = clipped.sum();
    // What was lifted to zero is taken from the others in proportion.
    const bool lifted = clipped_sum > sum && sum > 0.0;
    values.segment(first, n) = lifted ? (sum / clipped_sum) * clipped : limit;
}

}  // namespace

Extrapolated extrapolated(const Snapshot& coarse, const Snapshot& fine, const std::vector<Index>& layer_ends) {
    Extrapolated result{fine, to_limit};
    const Amounts &a = coarse.amounts, &b = fine.amounts;
    // One weight for all amounts keeps their sum. It shrinks where the two grids are so far apart that their limit
    // would be less than nothing: slow solutes that have gone no further than a cell (docs/theory/transport.md 3.5).
    const auto keep_positive = [&](double c, double f) {
        const double least = std::min(0.0, f);
        if (f + to_limit * (f - c) < least)
            result.weight = std::min(result.weight, std::max(0.0, (f - least) / (c - f)));
    };
    keep_positive(a.donor, b.donor);
    keep_positive(a.evaporated, b.evaporated);
    keep_positive(a.wiped, b.wiped);
    keep_positive(a.cleared, b.cleared);
    keep_positive(a.receptor, b.receptor);
    double channels_coarse = 0.0, channels_fine = 0.0;
    for (std::size_t k = 0; k < b.channel.size(); ++k) {
        channels_coarse += a.channel[k].sum();
        channels_fine += b.channel[k].sum();
        keep_positive(a.channel[k].sum(), b.channel[k].sum());
    }
    keep_positive(channels_coarse, channels_fine);
    Index start = 0;
    for (const Index end : layer_ends) {
        keep_positive(a.tissue.segment(start, end - start).sum(), b.tissue.segment(start, end - start).sum());
        start = end;
    }
    const double w = result.weight;
    const auto limit = [w](const auto& c, const auto& f) { return f + w * (f - c); };
    Snapshot& s = result.shot;
    s.flux = limit(coarse.flux, fine.flux);
    s.concentration = limit(coarse.concentration, fine.concentration).cwiseMax(fine.concentration.cwiseMin(0.0));
    s.amounts.donor = limit(a.donor, b.donor);
    s.amounts.evaporated = limit(a.evaporated, b.evaporated);
    s.amounts.wiped = limit(a.wiped, b.wiped);
    s.amounts.cleared = limit(a.cleared, b.cleared);
    s.amounts.receptor = limit(a.receptor, b.receptor);
    s.amounts.taken = limit(a.taken, b.taken);
    for (Index i = 0; i < s.channel_concentration.size(); ++i) {  // NaN where there is no channel
        const double f = fine.channel_concentration[i], c = coarse.channel_concentration[i];
        if (!std::isnan(f)) s.channel_concentration[i] = std::max(limit(c, f), std::min(0.0, f));
    }
    start = 0;
    for (const Index end : layer_ends) {
        take_limit(s.amounts.tissue, a.tissue, start, end, w);
        start = end;
    }
    for (std::size_t k = 0; k < s.amounts.channel.size(); ++k)
        take_limit(s.amounts.channel[k], a.channel[k], 0, a.channel[k].size(), w);
    return result;
}

}  // namespace skin::transport
