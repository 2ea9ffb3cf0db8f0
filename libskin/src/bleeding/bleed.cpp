#include "skin/bleeding.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "bleeding/vessels.hpp"
#include "skin/core/validate.hpp"

namespace skin {

namespace {

using bleeding::PlacedBed;

/// [m^3] of an open channel: a cone from the mouth to the tip, and the slit beside it where its gape is known.
double channel_volume(const Wound& wound, Eigen::Index i) {
    const double r = wound.channel_radius[i], slit = knows_slit_gape(wound) ? slit_area(wound, i) : 0.0;
    return (std::numbers::pi / 3.0 * r * r + slit) * wound.channel_depth[i];
}

/// [1] mean number of vessels of a bed that the slit of channel i cuts beyond its round hole.
double cut_by_slit_of(const PlacedBed& bed, const Wound& wound, Eigen::Index i, double width) {
    const auto beyond = [](double length, double hole_radius) { return std::max(length - 2.0 * hole_radius, 0.0); };
    const Eigen::Index n = wound.slit_profile.cols();
    if (wound.slit_profile.size() == 0) {
        return bleeding::cut_by_slit(bed,
                                     {beyond(wound.slit_length[i], wound.mouth_radius[i]), wound.slit_depth[i], width});
    }
    const double depth = wound.depth[i], dz = depth / static_cast<double>(n);
    double sum = 0.0, most = 0.0;
    for (Eigen::Index j = 0; j < n; ++j) {
        const double top = static_cast<double>(j) * dz;
        const double hole = radius_at(wound.needle, depth - top - 0.5 * dz);
        const double cut = bleeding::cut_by_slit(bed, {beyond(wound.slit_profile(i, j), hole), top + dz, width, top});
        sum += cut;
        most = std::max(most, cut);
    }
    // Upright loops pass through every slice: the longest one cuts them. A plexus is cut slice by slice.
    return bed.bed.loop_density > 0.0 ? most : sum;
}

/// [1] share of the mouth as the needle had it that stays open: the recoiled hole and the slit's gape.
double open_share(const Wound& wound, Eigen::Index i) {
    const double mouth = wound.mouth_radius[i], channel = wound.channel_radius[i];
    if (!(mouth > 0.0)) return 0.0;
    const double slit =
        knows_slit_gape(wound) ? 0.25 * wound.slit_length[i] * wound.slit_gape[i] : 0.0;  // ellipse over pi
    return std::min((channel * channel + slit) / (mouth * mouth), 1.0);
}

/// What one channel bleeds, from its mean numbers of cut vessels (a row of cut_vessels).
struct ChannelBlood {
    double cut = 0.0, visible = 0.0;  // [1] mean numbers
    double volume = 0.0;              // [m^3] mean
    double filling = 0.0;             // [1] mean number of vessels that fill the channel
    double deep = 0.0;                // [1] mean number of deep vessels
};

ChannelBlood blood_of(const std::vector<PlacedBed>& beds, const RowMatrix& cut_vessels, Eigen::Index i, double time,
                      double channel) {
    ChannelBlood blood;
    for (std::size_t b = 0; b < beds.size(); ++b) {
        const double lambda = cut_vessels(i, static_cast<Eigen::Index>(b));
        const double outflow = beds[b].bed.flow * time, p_vis = beds[b].bed.visible_probability;
        blood.cut += lambda;
        blood.visible += p_vis * lambda;
        blood.volume += lambda * outflow;
        // blood that shows at the mouth has filled the channel; less than a channel's worth fills its share
        blood.filling += p_vis * lambda * (channel > outflow ? outflow / channel : 1.0);
        if (beds[b].deep) blood.deep += lambda;
    }
    return blood;
}

double at_least_one(double mean) { return -std::expm1(-mean); }

void count(const Skin& skin, const BleedingSettings& settings, const std::vector<PlacedBed>& beds, BleedingResult& r) {
    const Vasculature& vessels = skin.vasculature;
    const Eigen::Index n = r.wound.size();
    const double time = vessels.haemostasis_time * (skin.person.anticoagulant ? vessels.anticoagulant_factor : 1.0);
    for (Eigen::Index i = 0; i < n; ++i) {
        const double unsealed = 1.0 - r.wound.heated_fraction[i];
        const double width = skin.tear_resistance.slit_mouth_width;
        for (std::size_t b = 0; b < beds.size(); ++b) {
            r.cut_vessels(i, static_cast<Eigen::Index>(b)) =
                unsealed * (bleeding::cut_by_hole(beds[b], r.wound.needle, r.wound.depth[i], vessels.cut_share,
                                                  settings.depth_step) +
                            cut_by_slit_of(beds[b], r.wound, i, width));
        }
        const ChannelBlood blood = blood_of(beds, r.cut_vessels, i, time, channel_volume(r.wound, i));
        r.cut_probability[i] = at_least_one(blood.cut);
        r.visible_probability[i] = at_least_one(blood.visible);
        r.wound.blood_fraction[i] = at_least_one(blood.filling);
        r.blood_per_hole += blood.volume / static_cast<double>(n);
        // The channel recoils at once; blood from below the dermis leaves only through what stays open of the mouth.
        r.haematoma_index += at_least_one(blood.deep) * (1.0 - open_share(r.wound, i)) / static_cast<double>(n);
    }
    r.cut_fraction = r.cut_probability.mean();
    r.visible_fraction = r.visible_probability.mean();
    r.dots_per_area = r.wound.holes_per_area() * r.visible_fraction;
    r.blood_per_area = r.wound.holes_per_area() * r.blood_per_hole;
}

}  // namespace

BleedingResult bleed(const Skin& skin, const Wound& wound, const BleedingSettings& settings) {
    validate_skin(skin);
    validate_wound(wound);
    validate(settings, "settings");
    const auto beds = bleeding::place_beds(skin);
    const Eigen::Index n = wound.size();
    BleedingResult result;
    result.info = skin_info(skin, "bleeding");
    result.info.use("bleeding.bleed_model = " + std::string{name_of(settings.bleed_model)});
    result.info.cite("libskin_healing");
    result.wound = wound;
    result.wound.blood_fraction = Eigen::VectorXd::Zero(n);
    result.cut_vessels = RowMatrix::Zero(n, static_cast<Eigen::Index>(beds.size()));
    result.cut_probability = result.visible_probability = Eigen::VectorXd::Zero(n);
    if (settings.bleed_model == BleedModel::none || n == 0) return result;
    count(skin, settings, beds, result);
    // Crofton's count takes a needle as slender: its radius small against the height of a bed.
    for (const PlacedBed& bed : beds) {
        if (wound.mouth_radius.maxCoeff() > 2.0 * (bed.bottom - bed.top) && bed.bottom > bed.top &&
            wound.depth.maxCoeff() > bed.top) {
            result.info.warn("outside_validated_range", "bleeding." + bed.bed.name,
                             "bleed: the needle is wider than the bed " + bed.bed.name + " is high");
        }
    }
    return result;
}

}  // namespace skin
