// Constants as in the source (units of the source: g/mol, cm, s); eq. numbers of docs/theory/transport.md.
#include "transport/property_chain.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace skin::transport {

namespace {

/// What differs between the two states of the stratum corneum.
struct HydrationConstants {
    double nu;                                   // [1] water share of the corneocyte
    double phi_c;                                // [1] corneocyte volume share
    double slowing;                              // [1] of lipid transport, over hydrated
    double phi_f;                                // [1] keratin share
    std::array<double, 4> corneocyte;            // [1] polynomial in lambda
    double l_x;                                  // [cm] corneocyte length
    double p0, p_sigma, p_r;                     // [1] P^ for R > 100
    double thickness;                            // [cm]
    std::array<std::array<double, 5>, 5> table;  // [1] log10 P^ for R <= 100
};

constexpr HydrationConstants hydrated{2.75,
                                      0.9684,
                                      1.0,
                                      0.1928,
                                      {0.9999, -1.2762, 0.0718, 0.1195},
                                      31.319e-4,
                                      7.611e-4,
                                      0.9685,
                                      1.827e5,
                                      43e-4,
                                      {{{-4.48116, 0.823855, -0.200615, 0.0874482, -0.00969133},
                                        {0.00388257, 0.000726031, -0.0163362, 0.0115681, -0.00217086},
                                        {0.0000834108, -0.000956469, -0.000716288, 0.00195218, -0.000707896},
                                        {-0.00094815, -0.000809313, 0.0037365, -0.00169451, 0.0000924718},
                                        {-0.000209213, -0.000142974, 0.000835781, -0.000433507, 0.000043709}}}};

constexpr HydrationConstants partial{0.43,
                                     0.9073,
                                     3.0,
                                     0.6044,
                                     {1.0001, -2.4497, 1.1410, 0.5432},
                                     30.266e-4,
                                     2.935e-4,
                                     0.8979,
                                     5.536e5,
                                     13e-4,
                                     {{{-4.95725, 0.838263, -0.207133, 0.0837613, -0.00861439},
                                       {0.00187015, -0.000105288, -0.00849198, 0.00666713, -0.00119412},
                                       {0.000745813, -0.00018624, -0.00360234, 0.00343394, -0.000768073},
                                       {0.000182904, -0.0000828876, -0.000526007, 0.00071352, -0.000213017},
                                       {0.0000283838, -0.0000198892, -0.00000605354, 0.0000484676, -0.000021566}}}};

const HydrationConstants& constants_of(Hydration hydration) noexcept {
    return hydration == Hydration::hydrated ? hydrated : partial;
}

/// Albumin binding: E + B of Yamazaki and Kanaoka 2004.
std::array<double, 2> binding(CompoundType type) noexcept {
    switch (type) {
        case CompoundType::neutral:
        case CompoundType::base:
            return {0.5578, 0.0188};
        case CompoundType::acid_pharmacophore:
            return {0.7936, 0.2239};
        case CompoundType::acid:
        case CompoundType::zwitterion:
            break;
    }
    return {0.3127, 0.5121};
}

}  // namespace

double schroeder_volume(const Active& a) noexcept {
    return 7.0 * (a.carbon + a.hydrogen + a.nitrogen + a.oxygen) + 10.5 * a.fluorine + 24.5 * a.chlorine +
           31.5 * a.bromine + 38.5 * a.iodine + 21.0 * a.sulfur - 7.0 * a.rings + 7.0 * a.double_bonds +
           14.0 * a.triple_bonds;
}

double neutral_fraction(const std::optional<double>& pka_acid, const std::optional<double>& pka_base,
                        double ph) noexcept {
    const double fa = pka_acid ? 1.0 / (1.0 + std::pow(10.0, ph - *pka_acid)) : 1.0;
    const double fb = pka_base ? 1.0 / (1.0 + std::pow(10.0, *pka_base - ph)) : 1.0;
    return fa * fb + (1.0 - fa) * (1.0 - fb);  // = 1 - (fa + fb) + 2 fa fb of the source, without cancellation
}

double source_thickness(Hydration hydration) noexcept { return constants_of(hydration).thickness; }

double log_p_hat(Hydration hydration, double log_sigma, double log_r) noexcept {
    const auto& table = constants_of(hydration).table;
    double sum = 0.0, power = 1.0;
    for (const auto& row : table) {
        double inner = 0.0;
        for (std::size_t j = row.size(); j-- > 0;) inner = inner * log_r + row[j];
        sum += inner * power;
        power *= log_sigma;
    }
    return sum;
}

PropertyChain property_chain(const Molecule& m, Hydration hydration, const ChainSurroundings& s) {
    const HydrationConstants& h = constants_of(hydration);
    constexpr double w_pro = 0.9, density_ratio = 1.0 / 1.37;  // [1] protein share, water over protein density
    constexpr double fibre_radius = 35.0;                      // [Angstrom] keratin
    constexpr double lipid_layer = 13e-7;                      // [cm] delta
    const double MW = m.molar_mass, V_A = m.molar_volume, K = std::pow(10.0, m.log_partition);

    PropertyChain c{};
    c.D_aq = V_A < 445.2 ? 1.92e-4 * std::pow(V_A, -0.6) : 3.78e-5 * std::pow(V_A, -1.0 / 3.0);
    c.a_s = V_A < 445.0 ? 0.145 * std::pow(V_A, 0.6) : 0.735 * std::cbrt(V_A);
    c.K_lip = 0.43 * std::pow(K, 0.81);
    const double PC_pro = 5.4 * std::pow(K, 0.27);
    const double K_cor = (PC_pro * w_pro + h.nu) / (w_pro * density_ratio + h.nu);
    c.K_sc = (1.0 - h.phi_c) * c.K_lip + h.phi_c * K_cor;
    c.D_lip = (1.24e-7 * std::pow(100.0 / MW, 2.43) + 2.34e-9) / h.slowing;
    c.k_trans = std::pow(10.0, -0.570 - 0.840 * std::cbrt(MW)) / h.slowing;

    c.lambda = c.a_s / fibre_radius;
    const double l = c.lambda, phi = h.phi_f * (1.0 + l) * (1.0 + l);
    const auto& f = h.corneocyte;
    // Beyond the fitted sizes (lambda about 0.3) both factors run out: a molecule that large does not enter
    // corneocytes.
    const double hindered = std::max(0.0, f[0] + l * (f[1] + l * (f[2] + l * f[3])));
    const double K_cor_free = std::max(1e-12, 1.0 - phi);
    const double D_cor = std::max(1e-30, c.D_aq * K_cor_free * hindered);

    c.R = c.k_trans * h.l_x * h.l_x / (lipid_layer * c.D_lip);
    c.sigma = c.D_lip * c.K_lip / (D_cor * K_cor_free);
    // The tables span R = 1 ... 100 and are flat in sigma; their quartics must not be followed beyond.
    const double log_sigma = std::clamp(std::log10(c.sigma), -7.0, 5.0), log_R = std::clamp(std::log10(c.R), 0.0, 2.0);
    c.P_hat = c.R > 100.0 ? h.p0 + 1.0 / (h.p_sigma * c.sigma + h.p_r / c.R)
                          : std::pow(10.0, log_p_hat(hydration, log_sigma, log_R));
    c.P_sc = c.P_hat * c.D_lip * c.K_lip / h.thickness;
    c.D_sc = c.P_sc * h.thickness / c.K_sc;

    c.f_non = neutral_fraction(m.pka_acid, m.pka_base, s.tissue_ph);
    const double logD = m.log_partition + std::log10(c.f_non);
    const auto [A, B] = binding(m.type);
    const double E = A * std::exp(logD);  // natural exponential of a base-10 logarithm, as in the source
    c.fu = 1.0 - (E + B) / (E + 1.0 + B);
    c.BF = 0.68 + 0.32 / c.fu + 0.001 * c.f_non * K;
    c.K_non = 0.6 / c.f_non * c.BF;
    c.K_t = 0.6 * c.BF;
    c.D_free = std::pow(10.0, -4.15 - 0.6555 * std::log10(MW));
    c.D_t = (c.D_free + 0.32 * 1e-7 * (1.0 - c.fu) / c.fu) / c.BF;

    c.P_cap = 100.0 * std::pow(10.0, -2.7437 + 0.71 * m.log_partition - 0.0061 * MW) / 3600.0;
    c.k_free = 1.0 / (1.0 / (c.P_cap * s.capillary_surface) + 1.0 / s.blood_flow);
    c.k_de = c.k_free / c.BF;
    return c;
}

double chain_permeability(const PropertyChain& c, double h_ve, double h_de, bool in_vivo) noexcept {
    const double P_ve = c.K_non * c.D_t / h_ve;
    const double P_de = in_vivo ? c.K_non * std::sqrt(c.k_de * c.D_t) / std::tanh(h_de * std::sqrt(c.k_de / c.D_t))
                                : c.K_non * c.D_t / h_de;
    return 1.0 / (1.0 / c.P_sc + 1.0 / P_ve + 1.0 / P_de);
}

double potts_guy(double molar_mass, double log_partition) noexcept {
    return std::pow(10.0, -2.74 + 0.71 * log_partition - 0.0061 * molar_mass);
}

double polar_floor(double MW) noexcept {
    struct Node {
        double molar_mass, log_kp;
    };
    constexpr std::array nodes{Node{18.0, -6.45}, Node{60.0, -7.3}, Node{180.0, -7.9}, Node{342.0, -8.4}};
    if (MW <= nodes.front().molar_mass) return std::pow(10.0, nodes.front().log_kp);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (MW > nodes[i].molar_mass) continue;
        const double share = (MW - nodes[i - 1].molar_mass) / (nodes[i].molar_mass - nodes[i - 1].molar_mass);
        return std::pow(10.0, nodes[i - 1].log_kp + share * (nodes[i].log_kp - nodes[i - 1].log_kp));
    }
    constexpr double slope_beyond = -0.003;  // per g/mol
    return std::pow(10.0, nodes.back().log_kp + slope_beyond * (MW - nodes.back().molar_mass));
}

}  // namespace skin::transport
