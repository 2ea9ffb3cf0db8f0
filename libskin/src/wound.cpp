#include "skin/wound.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "skin/core/validate.hpp"

namespace skin {

namespace {

/// [m^3] integral of pi (kappa r(s) + w_k)^2 over the stretch [s0, s1] behind the tip, r the outline of the needle.
/// Closed form of healing.md 3.1, a cubic per straight piece.
double injured_volume(const std::vector<OutlinePiece>& outline, double kappa, double w_k, double s0, double s1) {
    if (!(s1 > s0)) return 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const OutlinePiece& piece = outline[i];
        const double a = std::max(piece.start, s0), b = i + 1 < outline.size() ? std::min(piece.end, s1) : s1;
        if (!(b > a)) continue;
        const auto square = [&](double s) {  // the radius is linear between a and b: Simpson is exact
            const double r = kappa * piece.radius(s) + w_k;
            return r * r;
        };
        sum += std::numbers::pi * (b - a) / 6.0 * (square(a) + 4.0 * square(0.5 * (a + b)) + square(b));
    }
    return sum;
}

/// [1] Poisson share of a layer hit at random places by injuries of `volume` per volume of layer.
double hit_share(double volume_fraction) { return -std::expm1(-volume_fraction); }

void check_column(const char* name, const Eigen::VectorXd& column, Eigen::Index n) {
    if (column.size() == n) return;
    throw ParameterError(
        text("wound.%s has %lld entries but wound.depth has %lld: every column needs one entry per "
             "channel",
             name, static_cast<long long>(column.size()), static_cast<long long>(n)));
}

/// A column that may be empty: a wound made by hand need not say how it was struck.
void check_known_column(const char* name, const Eigen::VectorXd& column, Eigen::Index n) {
    if (column.size() > 0) check_column(name, column, n);
}

void check_profile(const RowMatrix& profile, Eigen::Index n) {
    if (profile.size() == 0 || profile.rows() == n) return;
    throw ParameterError(
        text("wound.slit_profile has %lld rows but wound.depth has %lld entries: it needs one row per channel",
             static_cast<long long>(profile.rows()), static_cast<long long>(n)));
}

/// Rows of a wound by channel depth, then radius, then place in the table: the order never depends on the machine.
std::vector<Eigen::Index> by_depth(const Wound& wound) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(wound.size()));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Eigen::Index i, Eigen::Index j) {
        if (wound.channel_depth[i] != wound.channel_depth[j]) return wound.channel_depth[i] < wound.channel_depth[j];
        return wound.mouth_radius[i] < wound.mouth_radius[j];
    });
    return order;
}

/// The members of ChannelClasses that are means of wound columns.
struct MeanColumn {
    Eigen::VectorXd Wound::*from;
    Eigen::VectorXd ChannelClasses::*to;
};
constexpr std::array mean_columns{MeanColumn{&Wound::channel_depth, &ChannelClasses::channel_depth},
                                  MeanColumn{&Wound::channel_radius, &ChannelClasses::channel_radius},
                                  MeanColumn{&Wound::mouth_radius, &ChannelClasses::mouth_radius},
                                  MeanColumn{&Wound::slit_length, &ChannelClasses::slit_length},
                                  MeanColumn{&Wound::entry_speed, &ChannelClasses::entry_speed},
                                  MeanColumn{&Wound::dwell_time, &ChannelClasses::dwell_time},
                                  MeanColumn{&Wound::blood_fraction, &ChannelClasses::blood_fraction}};

bool all_rows_equal(const Wound& wound) {
    for (Eigen::Index i = 1; knows_slit_gape(wound) && i < wound.size(); ++i) {
        if (slit_area(wound, i) != slit_area(wound, 0)) return false;
    }
    return std::all_of(mean_columns.begin(), mean_columns.end(), [&](const MeanColumn& column) {
        const Eigen::VectorXd& values = wound.*(column.from);
        return (values.array() == values[0]).all();
    });
}

}  // namespace

double Wound::holes_per_area() const noexcept {
    return size() > 0 && area > 0.0 ? static_cast<double>(size()) / area : 0.0;
}

InjuryDose Wound::injury_dose(const Skin& skin) const {
    require_full_skin(skin, "injury_dose");
    validate_wound(*this);
    const double kappa = skin.healing_biology.recoil;    // [1] channel over needle radius
    const double w_k = skin.healing_biology.killed_rim;  // [m] width of the killed rim
    // Epidermis counts from the surface of the skin (healing.md 1).
    const std::array<double, 4> border{0.0, skin.bottom_of("viable_epidermis"), skin.bottom_of("papillary_dermis"),
                                       skin.bottom_of("reticular_dermis")};
    InjuryDose dose;
    dose.punctured = Eigen::VectorXd::Zero(3);
    dose.torn = Eigen::VectorXd::Zero(3);
    dose.heated = Eigen::VectorXd::Zero(3);  // heat fills it: see skin/thermal.hpp
    dose.hole_density = holes_per_area();
    if (size() == 0) return dose;
    dose.mean_depth = depth.mean();
    const std::vector<OutlinePiece> outline = needle_outline(needle);
    for (Eigen::Index l = 0; l < 3; ++l) {
        const double z0 = border[static_cast<std::size_t>(l)], z1 = border[static_cast<std::size_t>(l) + 1];
        double holes = 0.0, slits = 0.0;  // [m^3] in this layer
        for (Eigen::Index i = 0; i < size(); ++i) {
            const double d = depth[i];
            if (d > z0) holes += injured_volume(outline, kappa, w_k, d - std::min(d, z1), d - z0);
            slits += 2.0 * w_k * slit_sheet(*this, i, z0, z1);  // two torn walls, each with its killed rim
        }
        dose.punctured[l] = hit_share(holes / (area * (z1 - z0)));
        dose.torn[l] = hit_share(slits / (area * (z1 - z0)));
    }
    return dose;
}

Wound intact_skin() { return {}; }

bool knows_slit_gape(const Wound& wound) noexcept { return wound.slit_gape.size() > 0; }

double slit_area(const Wound& wound, Eigen::Index i) noexcept {
    const double mouth = wound.slit_length[i];
    if (!(mouth > 0.0)) return 0.0;  // cut below a round mouth: it stays shut
    const double at_mouth = 0.25 * std::numbers::pi * mouth * wound.slit_gape[i];
    if (wound.slit_profile.size() == 0) return at_mouth;
    return at_mouth * wound.slit_profile.row(i).squaredNorm() /
           (mouth * mouth * static_cast<double>(wound.slit_profile.cols()));
}

double slit_sheet(const Wound& wound, Eigen::Index i, double top, double bottom) noexcept {
    if (wound.slit_profile.size() == 0) {
        return wound.slit_length[i] * std::max(0.0, std::min(wound.slit_depth[i], bottom) - top);
    }
    const Eigen::Index n = wound.slit_profile.cols();
    const double dz = wound.depth[i] / static_cast<double>(n);
    double sheet = 0.0;
    for (Eigen::Index j = 0; j < n; ++j) {
        const double z0 = static_cast<double>(j) * dz, z1 = static_cast<double>(j + 1) * dz;
        sheet += wound.slit_profile(i, j) * std::max(0.0, std::min(z1, bottom) - std::max(z0, top));
    }
    return sheet;
}

void validate_wound(const Wound& wound) {
    const Eigen::Index n = wound.depth.size();
    check_column("x", wound.x, n);
    check_column("y", wound.y, n);
    check_column("channel_depth", wound.channel_depth, n);
    check_column("channel_radius", wound.channel_radius, n);
    check_column("mouth_radius", wound.mouth_radius, n);
    check_column("tilt", wound.tilt, n);
    check_column("entry_speed", wound.entry_speed, n);
    check_column("dwell_time", wound.dwell_time, n);
    check_column("slit_length", wound.slit_length, n);
    check_column("slit_depth", wound.slit_depth, n);
    check_column("blood_fraction", wound.blood_fraction, n);
    check_column("heated_fraction", wound.heated_fraction, n);
    check_known_column("pass_number", wound.pass_number, n);
    check_known_column("heading", wound.heading, n);
    check_known_column("travelled", wound.travelled, n);
    check_known_column("ring_offset", wound.ring_offset, n);
    check_known_column("visits", wound.visits, n);
    check_known_column("slit_direction", wound.slit_direction, n);
    check_known_column("slit_gape", wound.slit_gape, n);
    check_profile(wound.slit_profile, n);
    validate_needle(wound.needle, "wound.needle");
    validate(wound, "wound");
    if (n > 0 && !(wound.area > 0.0)) {
        throw ParameterError(text("wound.area = %g m^2 must be above 0 when there are channels (%lld)", wound.area,
                                  static_cast<long long>(n)));
    }
}

ChannelClasses channel_classes(const Wound& wound, int n_classes) {
    check_range("n_classes", n_classes, "1", 1, 1000);
    validate_wound(wound);
    ChannelClasses classes;
    classes.area = wound.area;
    const Eigen::Index n = wound.size();
    // Equal channels need one class; more classes than channels would be empty ones.
    const Eigen::Index m = n == 0 ? 0 : all_rows_equal(wound) ? 1 : std::min<Eigen::Index>(n_classes, n);
    classes.count = Eigen::VectorXd::Zero(m);
    for (const MeanColumn& column : mean_columns) classes.*(column.to) = Eigen::VectorXd::Zero(m);
    const auto order = by_depth(wound);
    for (Eigen::Index k = 0; k < m; ++k) {
        const Eigen::Index first = k * n / m, last = (k + 1) * n / m;
        classes.count[k] = static_cast<double>(last - first);
        for (const MeanColumn& column : mean_columns) {
            const Eigen::VectorXd& values = wound.*(column.from);
            const double base = values[order[static_cast<std::size_t>(first)]];
            double excess = 0.0;  // over the first one: the mean of equal values is that value to the last bit
            for (Eigen::Index i = first; i < last; ++i) excess += values[order[static_cast<std::size_t>(i)]] - base;
            (classes.*(column.to))[k] = base + excess / classes.count[k];
        }
        if (!knows_slit_gape(wound)) continue;
        if (k == 0) classes.slit_area = Eigen::VectorXd::Zero(m);
        const double base = slit_area(wound, order[static_cast<std::size_t>(first)]);
        double excess = 0.0;
        for (Eigen::Index i = first; i < last; ++i) {
            excess += slit_area(wound, order[static_cast<std::size_t>(i)]) - base;
        }
        classes.slit_area[k] = base + excess / classes.count[k];
    }
    return classes;
}

}  // namespace skin
