#include "transport/setup.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "skin/core/validate.hpp"
#include "transport/relations.hpp"

namespace skin::transport {

namespace {

constexpr double pi = std::numbers::pi;

/// One class of channels before the grid is known.
struct ChannelClass {
    Eigen::Index index = 0;  ///< in the classes it came from
    double density = 0.0;    ///< [1/m^2]
    double depth = 0.0;      ///< [m]
    double radius = 0.0;     ///< [m] at the mouth, slit included
    double focus = 0.0;      ///< [m] half the distance of the foci of the mouth as an ellipse
};

/// Borders of the four layers and the channel floors between them; floors that all but meet a border are moved to it.
class Borders {
public:
    explicit Borders(const Skin& skin) {
        double z = 0.0;
        borders_.push_back(0.0);
        for (std::size_t l = 0; l < n_column_layers; ++l) {
            z += skin.layers[l].thickness;
            borders_.push_back(z);
            layer_bottom_.push_back(z);
        }
    }

    [[nodiscard]] double bottom() const { return layer_bottom_.back(); }

    /// The border that stands for a floor at `depth`; 0 when it is no deeper than the resolution.
    double place_floor(double depth) {
        constexpr double resolution = 1e-6;  // m: a tenth of a channel radius
        const auto near =
            std::find_if(borders_.begin(), borders_.end(), [&](double b) { return std::abs(b - depth) < resolution; });
        if (near != borders_.end()) return *near;
        borders_.insert(std::upper_bound(borders_.begin(), borders_.end(), depth), depth);
        return depth;
    }

    /// `cells_per_layer` in each layer, shared out over its pieces; clustered at every border.
    [[nodiscard]] numerics::Grid grid(int cells_per_layer, std::vector<std::size_t>& layer_of_cell) const {
        std::vector<int> cells;
        std::vector<std::size_t> layer_of_segment;
        for (std::size_t s = 0; s + 1 < borders_.size(); ++s) {
            std::size_t l = 0;
            while (borders_[s] >= layer_bottom_[l]) ++l;
            const double top = l > 0 ? layer_bottom_[l - 1] : 0.0;
            const double share = (borders_[s + 1] - borders_[s]) / (layer_bottom_[l] - top);
            constexpr int fewest = 4;  // below that a clustered piece has no inner cell
            cells.push_back(std::max(fewest, static_cast<int>(std::lround(cells_per_layer * share))));
            layer_of_segment.push_back(l);
        }
        numerics::Grid grid = numerics::make_grid(borders_, cells, numerics::Spacing::clustered);
        for (const int segment : grid.segment)
            layer_of_cell.push_back(layer_of_segment[static_cast<std::size_t>(segment)]);
        return grid;
    }

private:
    std::vector<double> borders_, layer_bottom_;
};

/// The open channels of the wound, deepest first, with depths on the borders of the grid.
std::vector<ChannelClass> open_classes(const Skin& skin, const ChannelClasses& classes, const Closure& closure,
                                       Borders& borders, ResultInfo& info) {
    std::vector<ChannelClass> open;
    for (Eigen::Index k = 0; k < classes.size(); ++k) {
        const bool sealed = !closure.empty() && (closure.radius_fraction.col(k).maxCoeff() <= 0.0 ||
                                                 closure.depth_fraction.col(k).maxCoeff() <= 0.0);
        if (!(classes.count[k] > 0.0) || !(classes.channel_depth[k] > 0.0) || !(classes.channel_radius[k] > 0.0) ||
            sealed)
            continue;
        double depth = classes.channel_depth[k];
        if (depth > borders.bottom()) {
            depth = borders.bottom();
            info.warn("outside_validated_range", "wound.channel_depth",
                      text("channels of %.3g mm are cut off at the lower border of the dermis (%.3g mm): fat is not "
                           "modelled",
                           classes.channel_depth[k] * 1e3, depth * 1e3));
        }
        depth = borders.place_floor(depth);
        if (!(depth > 0.0)) continue;
        // A slit opens the hole further, as area.
        const double slit = classes.open_slit(k, skin.tear_resistance.slit_mouth_width);
        const double radius = std::sqrt(classes.channel_radius[k] * classes.channel_radius[k] + slit / pi);
        // As long as hole and slit together, as wide as its area says.
        const double along = classes.channel_radius[k] + 0.5 * classes.slit_length[k];
        const double across = radius * radius / along;
        const double focus =
            classes.slit_length[k] > 0.0 ? std::sqrt(std::max(0.0, along * along - across * across)) : 0.0;
        open.push_back({k, classes.count[k] / classes.area, depth, radius, focus});
    }
    std::stable_sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.depth > b.depth; });
    return open;
}

ChannelFamily make_family(const Solute& s, const ChannelOutline& outline, double density, const Filling& filling,
                          const numerics::Grid& grid, bool filled) {
    ChannelFamily f;
    f.density = density;
    f.mouth_radius = outline.mouth_radius;
    f.floor_radius = outline.radius(outline.depth);
    f.donor_diffusivity = s.vehicle_diffusivity;
    while (f.reach < grid.size() && grid.edge[f.reach + 1] <= outline.depth * (1.0 + 1e-12)) ++f.reach;
    f.area.resize(f.reach);
    f.diffusivity.resize(f.reach);
    for (Eigen::Index i = 0; i < f.reach; ++i) {
        f.area[i] = outline.volume(grid.edge[i], grid.edge[i + 1]) / grid.width(i);
        const double D = filled && grid.centre(i) < filling.depth ? s.vehicle_diffusivity : s.fluid_diffusivity;
        f.diffusivity[i] = D * hindrance(s.radius / outline.radius(grid.centre(i)));
    }
    return f;
}

/// [m^3/s] G_0, the series form of the recoiled hole at the start: access, channel, tissue (3.6).
double first_conductance(const Column& column, const ChannelFamily& f) {
    Column sink = column;
    sink.sink = true;
    const double a = f.mouth_radius, L = column.grid.edge[f.reach];
    const double tissue = held_channel_conductance(sink, f);
    double resistance = L / (pi * a * a * f.diffusivity.mean());
    if (f.donor_diffusivity > 0.0) resistance += constriction(a / f.cell_radius[0]) / (4.0 * f.donor_diffusivity * a);
    if (tissue > 0.0) resistance += 1.0 / tissue;  // a particle that tissue holds back still has its channel
    return 1.0 / resistance;
}

void check_density(const std::vector<ChannelFamily>& families, ResultInfo& info) {
    double share = 0.0;
    for (const auto& f : families) share += f.density * pi * f.mouth_radius * f.mouth_radius;
    constexpr double most = 0.5, widest = 0.8;  // beyond, what is left between the channels is no annulus
    for (const ChannelFamily& f : families) {
        if (f.reach == 0 || f.mouth_radius <= widest * f.cell_radius[0]) continue;
        throw ParameterError(text(
            "wound.channel_radius: a mouth of %.3g m (slit included) is outside (0, %.3g], %g of the radius of the "
            "skin around one channel at %.3g channels per m^2",
            f.mouth_radius, widest * f.cell_radius[0], widest, f.density));
    }
    if (share > most) {
        throw ParameterError(
            text("wound: open channels cover %.3g of the skin; up to %g can be computed", share, most));
    }
    constexpr double validated = 0.02;
    if (share > validated) {
        info.warn("outside_validated_range", "wound.channel_radius",
                  text("channels cover %.3g of the area; the fin column was checked up to %g", share, validated));
    }
}

}  // namespace

std::vector<Medium> column_media(const Solute& s, const Skin& skin, const numerics::Grid& grid, bool in_vivo) {
    const double barrier = skin.layers[0].thickness, junction = barrier + skin.layers[1].thickness;
    const double onset = skin.solute_transport.clearance_onset;
    std::vector<Medium> media;
    for (Eigen::Index i = 0; i < grid.size(); ++i) {
        const double z = grid.centre(i);
        Medium m{s.barrier_diffusivity, s.barrier_partition, 1.0, 0.0, false};
        if (z > barrier) m = {s.tissue_diffusivity, s.tissue_partition, s.potential, 0.0, true};
        if (z > junction && in_vivo)  // capillaries start below the junction
            m.clearance = s.clearance * (onset > 0.0 ? std::min(1.0, (z - junction) / onset) : 1.0);
        media.push_back(m);
    }
    return media;
}

std::string failure_message(const Skin& skin, const std::string& what, double depth) {
    if (depth < 0.0) return "deliver: a step failed in the product on the skin: " + what;
    std::size_t layer = 0;
    double bottom = skin.layers[0].thickness;
    while (layer + 1 < n_column_layers && depth > bottom) bottom += skin.layers[++layer].thickness;
    return text("deliver: a step failed in %s, %.3g um deep: ", skin.layers[layer].name.c_str(), depth * 1e6) + what;
}

Setup make_setup(const Skin& skin, const Wound& wound, const Application& application, const Closure& closure,
                 const DeliverySettings& settings, ResultInfo& info) {
    const Topical& topical = application.topical;
    const bool before = application.when == When::before;
    const int irritancy = before ? topical.irritancy_class_before : topical.irritancy_class_after;
    const bool covered = application.occluded || topical.vehicle.occlusive;
    Setup setup;
    setup.slit = settings.model == DeliveryModel::slit;
    setup.solute = solute_in_skin(skin, topical, covered ? Hydration::hydrated : Hydration::partial,
                                  wound.size() > 0 ? irritancy : 0, info);
    const Solute& s = setup.solute;
    const double film = application.dose / topical.vehicle.density;  // [m]

    Borders borders(skin);
    const ChannelClasses classes = wound.size() == 0 ? ChannelClasses{}
                                   : closure.empty() ? channel_classes(wound)
                                                     : closure.classes;
    for (Eigen::Index k = 0; k < classes.size(); ++k) {
        double whole = 0.0;
        for (const Layer& layer : skin.layers) whole += layer.thickness;
        if (classes.count[k] > 0.0) check_range("wound.channel_depth", classes.channel_depth[k], "m", 0.0, whole);
    }
    const auto open = open_classes(skin, classes, closure, borders, info);
    std::vector<std::size_t> layer_of_cell;
    Column& column = setup.column;
    column.grid = borders.grid(settings.cells_per_layer, layer_of_cell);
    column.sink = settings.base == BaseCondition::sink;
    column.medium = column_media(s, skin, column.grid, !column.sink);
    column.donor_thickness = film;
    column.border_resistance = Eigen::VectorXd::Zero(column.cells() + 1);
    const auto first_cell_of = [&](std::size_t layer) {
        return std::find(layer_of_cell.begin(), layer_of_cell.end(), layer) - layer_of_cell.begin();
    };
    setup.living = first_cell_of(1);
    setup.junction = first_cell_of(2);
    column.border_resistance[setup.junction] = s.junction_resistance;
    if (!s.reaches_tissue) column.border_resistance[setup.living] = std::numeric_limits<double>::infinity();

    double density = 0.0;
    for (const auto& c : open) density += c.density;
    for (const auto& c : open) {
        const ChannelOutline outline{wound.needle, c.depth, c.radius, settings.channel_shape == ChannelShape::cylinder};
        const Filling filling = fill_channel({.outline = outline,
                                              .needle_radius = classes.mouth_radius[c.index],
                                              .entry_speed = classes.entry_speed[c.index],
                                              .dwell_time = classes.dwell_time[c.index],
                                              .blood_fraction = classes.blood_fraction[c.index],
                                              .film_per_hole = film / density},
                                             skin, topical);
        ChannelFamily family = make_family(s, outline, c.density, filling, column.grid, before);
        const auto& particle = topical.vehicle.particle_diameter;
        family.jammed = topical.active.solute_class == SoluteClass::particle && particle &&
                        *particle >= 2.0 * c.radius / skin.tolerance.jamming_factor;
        family.focus = c.focus;
        setup.families.push_back(std::move(family));
        setup.outlines.push_back(outline);
        setup.fillings.push_back(filling);
    }
    arrange(setup.families);
    check_density(setup.families, info);
    for (const ChannelFamily& f : setup.families) {
        const double along = std::hypot(f.focus, f.mouth_radius);
        if (!setup.slit || along < f.cell_radius[0]) continue;
        info.warn("outside_validated_range", "wound.slit_length",
                  text("slits of about %.3g mm are longer than the cell of one channel, %.3g mm: they meet",
                       2e3 * along, 2e3 * f.cell_radius[0]));
    }
    for (std::size_t k = 0; k < open.size(); ++k) {
        ChannelFamily& f = setup.families[k];
        const double G_0 =
            s.fluid_diffusivity > 0.0 && s.vehicle_diffusivity > 0.0 ? first_conductance(column, f) : 0.0;
        if (closure.empty()) {
            Closure open_still;  // no course: the wet plug of the first moment stays
            open_still.time = Eigen::VectorXd::Zero(1);
            open_still.radius_fraction = open_still.depth_fraction = RowMatrix::Ones(1, 1);
            open_still.plug_conductance = RowMatrix::Constant(1, 1, skin.barrier.wet_plug_conductance);
            f.course = ClosingCourse(open_still, 0, skin.barrier, G_0, true);
        } else {
            f.course = ClosingCourse(closure, open[k].index, skin.barrier, G_0, !topical.vehicle.lipid);
        }
    }
    return setup;
}

}  // namespace skin::transport
