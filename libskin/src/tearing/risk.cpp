#include "tearing/risk.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <variant>

#include "tearing/contact_tear.hpp"
#include "tearing/free_rolling.hpp"

namespace skin::tearing {

namespace {

using std::numbers::pi;

struct Node {
    double x, weight;
};
// Gauss-Hermite rules for N(0, 1), exact for polynomials up to degree 5 and 9 (Abramowitz & Stegun 25.10, rescaled).
constexpr std::array<Node, 3> three_nodes{
    {{-1.7320508075688773, 1.0 / 6.0}, {0.0, 2.0 / 3.0}, {1.7320508075688773, 1.0 / 6.0}}};
constexpr std::array<Node, 5> five_nodes{{{-2.8569700138728056, 0.011257411327720689},
                                          {-1.3556261799742659, 0.22207592200561266},
                                          {0.0, 0.53333333333333333},
                                          {1.3556261799742659, 0.22207592200561266},
                                          {2.8569700138728056, 0.011257411327720689}}};
std::span<const Node> nodes_of(const RiskGrid& grid) {
    return grid.nodes == 3 ? std::span<const Node>{three_nodes} : std::span<const Node>{five_nodes};
}

/// [1] share of the slip that a contact feels at each of the representative distances since touchdown (eq. 35).
std::vector<double> relief(const Roller& roller, const Rolling& use, const Resistance& resistance, double tip_depth,
                           int n_distances) {
    if (use.held) return {1.0};
    const double h = axle_height(roller, tip_depth);
    const double n_needles = roller.rings * roller.needles_per_ring;
    const double C_s =
        resistance.shank_stiffness() * brush(n_needles, h, tip_depth, free_rolling_radius(h, tip_depth)).slip_stiffness;
    std::vector<double> psi;
    for (int i = 0; i < n_distances; ++i) {
        psi.push_back(relaxation((i + 0.5) / n_distances * use.stroke_length, C_s / resistance.patch_stiffness()));
    }
    return psi;
}

void add_rolling(const Roller& roller, const Rolling& use, const Population& population, double tip_depth,
                 double weight, std::vector<ContactClass>& classes) {
    const auto& [resistance, settings, grid] = population;
    const double h = axle_height(roller, tip_depth);
    if (!(tip_depth > 0.0) || !(h > 0.0)) return;
    const DrumContact drum = drum_contact(roller, resistance, settings, tip_depth);
    Contact contact;
    contact.h = h;
    contact.rho = h + tip_depth;
    contact.R_e = drum.free_radius;
    contact.dimple = drum.dimple;
    contact.tent = drum.tent;
    const double T = travel(contact);
    const double m_x = 0.5 * demand(contact, 0.0);  // convention of the index: half of the free-rolling demand
    // Yaw: to leading order each ring has a slip of its own, evenly spread over the width.
    const double ring_slip = use.yaw_rate / use.speed * roller.width / std::sqrt(12.0);
    const double sd_slip = std::hypot(use.slip_spread, ring_slip);
    Rolling straight = use;
    straight.yaw_rate = 0.0;  // its slip is in sd_slip
    const auto nodes = nodes_of(grid);
    const auto shares = relief(roller, use, resistance, tip_depth, grid.distances);
    for (const double psi : shares) {
        ContactClass c(rolling_motion(roller, use, drum, {}));
        c.weight = weight / static_cast<double>(shares.size());
        c.demand = {m_x + psi * T * use.slip + T * drum.axle_slip, psi * T * std::tan(use.side_slip), psi * T * sd_slip,
                    psi * T * use.side_slip_spread};
        for (const Node& along : nodes) {
            if (!(sd_slip > 0.0) && along.x != 0.0) continue;
            for (const Node& across : nodes) {
                if (!(use.side_slip_spread > 0.0) && across.x != 0.0) continue;
                const Motion motion = rolling_motion(roller, straight, drum,
                                                     {psi * (use.slip + sd_slip * along.x),
                                                      psi * (use.side_slip + use.side_slip_spread * across.x), 0.0});
                c.slide.push_back(junction_slide(motion, resistance, motion.demand(0.0)));
                c.slide_weight.push_back((sd_slip > 0.0 ? along.weight : 1.0) *
                                         (use.side_slip_spread > 0.0 ? across.weight : 1.0));
            }
        }
        classes.push_back(std::move(c));
    }
}

void add_gliding(const Pen& pen, const Gliding& use, const Population& population, double tip_depth, double weight,
                 std::vector<ContactClass>& classes) {
    if (!(tip_depth > 0.0)) return;
    ContactClass c(Motion::glided(tip_depth, use.speed, pen.frequency, crank_amplitude(pen)));
    c.weight = weight;
    c.gliding = true;
    c.demand.mean_x = c.mean.demand(0.0);
    c.glide_sd = std::sqrt(std::log1p(use.speed_variation * use.speed_variation));
    const double slide = junction_slide(c.mean, population.resistance, c.demand.mean_x);
    for (const Node& node : nodes_of(population.grid)) {
        c.slide.push_back(slide * std::exp(c.glide_sd * node.x - 0.5 * c.glide_sd * c.glide_sd));
        c.slide_weight.push_back(node.weight);
    }
    classes.push_back(std::move(c));
}

/// A stamp that is held while the hand trembles: the way between entry and exit, the same at every depth.
void add_trembling(const Pressing& use, double tip_depth, double weight, std::vector<ContactClass>& classes) {
    if (!(tip_depth > 0.0) || !(use.tremor > 0.0)) return;
    ContactClass c(Motion::none(tip_depth));
    c.weight = weight;
    c.demand.sd_x = c.demand.sd_y = std::numbers::sqrt2 * use.tremor;
    classes.push_back(std::move(c));
}

/// [1] share of the contacts of a class that ask for more than delta_c.
double torn_share(const ContactClass& c, double delta_c) {
    if (!c.gliding) return exceedance(c.demand, delta_c);
    const double demand = c.demand.mean_x;
    if (!(c.glide_sd > 0.0)) return demand > delta_c ? 1.0 : 0.0;
    if (!(demand > 0.0)) return 0.0;
    const double z = std::log(delta_c / demand) / c.glide_sd + 0.5 * c.glide_sd;  // of the lognormal speed
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double load_share(double slide, double critical_slide) {
    if (!(slide > 0.0)) return 0.0;
    if (!(critical_slide > 0.0)) return 1.0;
    const double ratio = slide / critical_slide;
    return std::min(ratio * ratio, 1.0);
}

}  // namespace

std::vector<double> depth_classes(const Eigen::VectorXd& depth, int n) {
    std::vector<double> sorted(depth.data(), depth.data() + depth.size());
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() <= static_cast<std::size_t>(n)) return sorted;
    std::vector<double> classes;
    for (int i = 0; i < n; ++i) {
        const double at = (i + 0.5) / n * static_cast<double>(sorted.size()) - 0.5;
        const auto low = static_cast<std::size_t>(at);
        const double share = at - static_cast<double>(low);
        classes.push_back(sorted[low] * (1.0 - share) + sorted[std::min(low + 1, sorted.size() - 1)] * share);
    }
    return classes;
}

std::vector<ContactClass> contact_classes(const Device& device, const Use& use, const std::vector<double>& depths,
                                          const Population& population) {
    std::vector<ContactClass> classes;
    const double weight = 1.0 / static_cast<double>(depths.size());
    for (const double d : depths) {
        if (const auto* rolling = std::get_if<Rolling>(&use)) {
            add_rolling(*std::get_if<Roller>(&device), *rolling, population, d, weight, classes);
        } else if (const auto* gliding = std::get_if<Gliding>(&use)) {
            add_gliding(*std::get_if<Pen>(&device), *gliding, population, d, weight, classes);
        } else if (const auto* pressing = std::get_if<Pressing>(&use)) {
            add_trembling(*pressing, d, weight, classes);
        }
    }
    return classes;
}

RiskIndex index_of(const std::vector<ContactClass>& contacts, const Population& population) {
    const auto& [resistance, settings, grid] = population;
    RiskIndex index;
    const double critical_slide = resistance.junction().critical_slide();
    for (const ContactClass& c : contacts) {
        const double factor = slice_factor(c.mean, resistance, settings.slice_push, 0.0);
        for (int k = 0; k < grid.headings; ++k) {
            const double heading = (k + 0.5) / grid.headings * 0.5 * pi;
            const double delta_c = resistance.at(0.0, {c.mean.tip_depth(), heading, factor}).offset;
            index.slit += c.weight / grid.headings * torn_share(c, delta_c);
        }
        for (std::size_t i = 0; i < c.slide.size(); ++i) {
            index.flap += c.weight * c.slide_weight[i] * load_share(c.slide[i], critical_slide);
        }
    }
    index.slit = std::min(index.slit, 1.0);
    index.flap = std::min(index.flap, 1.0);
    index.total = index.slit + index.flap - index.slit * index.flap;
    return index;
}

RiskIndex risk_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                     const TearingSettings& settings) {
    if (settings.tear_model == TearModel::none || depth.size() == 0) return {};
    const Resistance resistance(skin, device, settings);
    const Population population{resistance, settings, fine_grid};
    return index_of(contact_classes(device, use, depth_classes(depth, fine_grid.depths), population), population);
}

}  // namespace skin::tearing
