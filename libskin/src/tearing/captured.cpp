#include "tearing/captured.hpp"

#include <algorithm>
#include <type_traits>
#include <vector>

#include "tearing/patch_map.hpp"
#include "tearing/tear_map.hpp"

namespace skin::tearing {

namespace {

/// The rows `kept` of a column with one row a channel.
template <class Array>
void keep(Array& column, const std::vector<Eigen::Index>& kept) {
    if (column.rows() == 0) return;  // not known
    Array rows(static_cast<Eigen::Index>(kept.size()), column.cols());
    for (std::size_t k = 0; k < kept.size(); ++k) rows.row(static_cast<Eigen::Index>(k)) = column.row(kept[k]);
    column = std::move(rows);
}

template <class Struct>
void keep_channels(Struct& table, const std::vector<Eigen::Index>& kept) {
    for_each_field<Struct>([&](const auto& field) {
        auto& member = table.*(field.member);
        if constexpr (std::is_base_of_v<Eigen::DenseBase<std::decay_t<decltype(member)>>,
                                        std::decay_t<decltype(member)>>) {
            if (field.dims[0] == "channel") keep(member, kept);
        }
    });
}

/// Slit by depth of two needles in one hole: in equal slices of the deeper one, the longer of both.
void join_profiles(Wound& w, Eigen::Index host, Eigen::Index guest) {
    const Eigen::Index n = w.slit_profile.cols();
    const double deepest = std::max(w.depth[host], w.depth[guest]);
    const auto at = [&](Eigen::Index row, double z) {
        const auto slice = static_cast<Eigen::Index>(z / w.depth[row] * static_cast<double>(n));
        return slice < n ? w.slit_profile(row, slice) : 0.0;
    };
    Eigen::VectorXd joined(n);
    for (Eigen::Index j = 0; j < n; ++j) {
        const double z = (static_cast<double>(j) + 0.5) / static_cast<double>(n) * deepest;
        joined[j] = std::max(at(host, z), at(guest, z));
    }
    w.slit_profile.row(host) = joined;
}

void join(TearingResult& r, Eigen::VectorXd& junction_slide, Eigen::Index host, Eigen::Index guest) {
    Wound& w = r.wound;
    join_profiles(w, host, guest);
    if (w.slit_length[guest] > w.slit_length[host]) {  // a hole has one slit: the longest
        for (auto* column : {&r.slit_length, &r.critical_offset, &w.slit_length, &w.slit_direction, &w.slit_gape}) {
            (*column)[host] = (*column)[guest];
        }
    }
    for (auto* column :
         {&r.demand, &w.depth, &w.channel_depth, &w.channel_radius, &w.mouth_radius, &w.slit_depth, &junction_slide}) {
        (*column)[host] = std::max((*column)[host], (*column)[guest]);
    }
    for (auto* column : {&r.slit_path, &r.work, &r.stored_energy, &r.dissipated_energy, &w.visits}) {
        (*column)[host] += (*column)[guest];
    }
}

}  // namespace

double join_captured(const TearingSettings& settings, TearingResult& result, Eigen::VectorXd& junction_slide) {
    Wound& wound = result.wound;
    const Eigen::Index n = wound.size();
    if (!(settings.capture_radius > 0.0) || !has_places(wound)) return 0.0;
    auto [damages, channel] = damages_of(wound);
    if (wound.visits.size() == 0) wound.visits = Eigen::VectorXd::Ones(n);
    const std::vector<std::size_t> host = capture(damages, settings.capture_radius);
    std::vector<char> goes(static_cast<std::size_t>(n), 0);
    for (std::size_t i = 0; i < damages.size(); ++i) {
        if (host[i] == i) continue;
        goes[static_cast<std::size_t>(channel[i])] = 1;
        join(result, junction_slide, channel[host[i]], channel[i]);
    }
    std::vector<Eigen::Index> kept;
    for (Eigen::Index i = 0; i < n; ++i) {
        if (goes[static_cast<std::size_t>(i)] == 0) kept.push_back(i);
    }
    if (static_cast<Eigen::Index>(kept.size()) == n) return 0.0;
    keep_channels(wound, kept);
    keep_channels(result, kept);
    keep(junction_slide, kept);
    return static_cast<double>(n - static_cast<Eigen::Index>(kept.size())) / static_cast<double>(n);
}

}  // namespace skin::tearing
