#include "tearing/patch_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <variant>
#include <vector>

#include "skin/core/error.hpp"
#include "skin/core/validate.hpp"
#include "tearing/free_rolling.hpp"
#include "tearing/tear_map.hpp"

namespace skin::tearing {

namespace {

using std::numbers::pi;

constexpr double macro_length = 5e-3;             // [m] of a chain that a clinician would call a tear (3.12)
constexpr double along_stroke = 15.0 * pi / 180;  // [rad] what counts as along the stroke

/// Stiffness of the epidermis as a strip, E t summed over what lies above the papillary dermis [N/m].
double strip_stiffness(const Skin& skin) {
    double sum = 0.0;
    for (const auto& layer : skin.layers) {
        if (layer.name == "papillary_dermis") break;
        sum += layer.youngs_modulus * layer.thickness;
    }
    return sum;
}

/// [m] distance of the holes of one ring along the roll; infinite for what does not roll.
double pitch_of(const Device& device, double found) {
    const auto* roller = std::get_if<Roller>(&device);
    if (roller == nullptr) return std::numeric_limits<double>::infinity();
    return std::isfinite(found) ? found : hole_pitch(roller->drum_radius, roller->needles_per_ring);
}

/// Do most of the members go along the line that the chain draws?
bool along(const Chain& chain, const std::vector<Damage>& damages) {
    std::size_t aligned = 0;
    for (const std::size_t i : chain.members) {
        const Damage& d = damages[i];
        aligned += d.heading_known && angle_between(d.heading, chain.reach.direction) < along_stroke ? 1 : 0;
    }
    return 2 * aligned > chain.members.size();
}

/// Longest of the chains and single slits, the flags that go with long ones.
void judge_lengths(const TearMap& map, const std::vector<Damage>& damages, const std::vector<Eigen::Index>& channel,
                   double track, TearingResult& r) {
    for (const Chain& chain : map.chains) {
        r.longest_chain = std::max(r.longest_chain, chain.reach.length);
        r.tram_track = r.tram_track || (chain.reach.length > track && along(chain, damages));
        if (!(chain.reach.length > macro_length)) continue;
        for (const std::size_t i : chain.members) r.macro_flap = r.macro_flap || r.flap_length[channel[i]] > 0.0;
    }
    for (std::size_t i = 0; i < damages.size(); ++i) {
        const Damage& d = damages[i];
        const double slit = 2.0 * d.half_length;
        r.longest_chain = std::max(r.longest_chain, slit);
        r.tram_track =
            r.tram_track || (slit > track && d.heading_known && angle_between(d.heading, d.direction) < along_stroke);
        r.macro_flap = r.macro_flap || (slit > macro_length && r.flap_length[channel[i]] > 0.0);
    }
}

/// Channel i as the map sees it.
Damage damage_of(const Wound& w, Eigen::Index i) {
    Damage d;
    d.centre = {w.x[i], w.y[i]};
    d.direction = w.slit_direction[i];
    d.half_length = 0.5 * w.slit_length[i];
    d.half_gape = 0.5 * w.slit_gape[i];
    d.hole_radius = w.channel_radius[i];
    d.needle_radius = w.mouth_radius[i];
    d.pass = w.pass_number.size() > 0 ? w.pass_number[i] : 0.0;
    d.heading_known = w.heading.size() > 0;
    if (d.heading_known) d.heading = w.heading[i];
    return d;
}

}  // namespace

bool has_places(const Wound& wound) {
    return wound.size() > 1 && (wound.x.maxCoeff() > wound.x.minCoeff() || wound.y.maxCoeff() > wound.y.minCoeff());
}

Damages damages_of(const Wound& wound) {
    Damages found;
    for (Eigen::Index i = 0; i < wound.size(); ++i) {
        if (!(wound.depth[i] > 0.0)) continue;  // the needle did not go in
        found.all.push_back(damage_of(wound, i));
        found.channel.push_back(i);
    }
    return found;
}

Eigen::VectorXd flap_lengths(const Skin& skin, const Resistance& resistance, const Wound& wound,
                             const Eigen::VectorXd& junction_slide) {
    const double strip = strip_stiffness(skin), side = std::sqrt(wound.area);
    return junction_slide.unaryExpr(
        [&](double u) { return std::min(resistance.junction().arrest_length(u, strip), side); });
}

double shallowest_vessels(const Skin& skin) {
    double top = std::numeric_limits<double>::infinity();
    for (const VesselBed& bed : skin.vasculature.bed) {
        if (!skin.has_layer(bed.layer)) continue;
        top = std::min(top, skin.top_of(bed.layer) + bed.top_fraction * skin.layer(bed.layer).thickness);
    }
    return top;
}

bool bruises(const Wound& wound, Eigen::Index i, double vessels) {
    const Eigen::Index n = wound.slit_profile.cols();
    const double dz = wound.depth[i] / static_cast<double>(n);
    double longest = 0.0;
    for (Eigen::Index j = 0; j < n; ++j) {
        if (static_cast<double>(j + 1) * dz > vessels) longest = std::max(longest, wound.slit_profile(i, j));
    }
    return longest > 2.0 * wound.slit_length[i];
}

void fill_map(const Skin& skin, const Device& device, const Resistance& resistance, double captured, TearingResult& r) {
    const Wound& wound = r.wound;
    const Eigen::Index n = wound.size();
    r.chain = Eigen::VectorXd::Constant(n, -1.0);
    if (n == 0) return;
    const double vessels = shallowest_vessels(skin);
    double slits = 0.0, bruised = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        slits += wound.slit_length[i] > 0.0 ? 1.0 : 0.0;
        bruised += bruises(wound, i, vessels) ? 1.0 : 0.0;
    }
    r.bruised_fraction = bruised / static_cast<double>(n);
    r.bruise = bruised > 0.0;
    r.largest_flap = r.flap_length.maxCoeff();
    r.slits_per_area = slits / wound.area;
    r.slit_length_per_area = wound.slit_length.sum() / wound.area;
    if (!has_places(wound)) return;
    r.mapped_area = wound.area;
    const auto [damages, channel] = damages_of(wound);
    const LigamentLaw law{resistance.stress(), skin.tear_resistance.strength};
    const TearMap map = map_damages(damages, law);
    r.chain_length.resize(static_cast<Eigen::Index>(map.chains.size()));
    for (Eigen::Index k = 0; k < r.chain_length.size(); ++k)
        r.chain_length[k] = map.chains[static_cast<std::size_t>(k)].reach.length;
    for (std::size_t i = 0; i < damages.size(); ++i) r.chain[channel[i]] = static_cast<double>(map.chain_of[i]);
    r.merged_fraction = map.merged_fraction;
    r.collinear_fraction = map.collinear_fraction;
    r.crossings_per_slit = map.crossings_per_slit;
    r.reentered_fraction = captured + (1.0 - captured) * map.reentered_fraction;
    r.chains_per_area = static_cast<double>(map.chains.size()) / wound.area;
    judge_lengths(map, damages, channel, 2.0 * pitch_of(device, r.hole_pitch), r);
    r.chain_growth = resistance.chain_growth(r.longest_chain, wound.depth.mean());
}

}  // namespace skin::tearing

namespace skin {

TreatedArea scale_to_area(const TearingResult& result, double area) {
    check_range("area", area, "m^2", 0.0, 3.0);
    if (!(result.mapped_area > 0.0)) {
        throw ParameterError("scale_to_area: the result has no map, because the channels of its wound have no places");
    }
    TreatedArea whole;
    whole.slits = result.slits_per_area * area;
    whole.chains = result.chains_per_area * area;
    whole.slit_length = result.slit_length_per_area * area;
    whole.longest_chain = area > 0.0 ? result.longest_chain : 0.0;
    std::vector<double> lengths(result.chain_length.data(), result.chain_length.data() + result.chain_length.size());
    constexpr std::size_t fewest = 8;  // fewer chains have no tail to speak of: the longest one stands
    if (lengths.size() < fewest || !(area > 0.0)) return whole;
    // Exponential tail: of the n chains above the quartile q, n A/A_patch exp(-(l - q)/m) lie above l in the area.
    std::sort(lengths.begin(), lengths.end());
    const std::size_t at = lengths.size() - lengths.size() / 4;
    const double quartile = lengths[at - 1];
    double excess = 0.0;
    for (std::size_t i = at; i < lengths.size(); ++i) excess += lengths[i] - quartile;
    const double n = static_cast<double>(lengths.size() - at), expected = n * area / result.mapped_area;
    if (expected > 1.0) whole.longest_chain = quartile + excess / n * std::log(expected);
    // The longest of the patch is a lower bound for a larger area; from there it grows with the same logarithm.
    const double larger = area / result.mapped_area;
    if (larger > 1.0) {
        whole.longest_chain = std::max(whole.longest_chain, result.longest_chain + excess / n * std::log(larger));
    }
    return whole;
}

}  // namespace skin
