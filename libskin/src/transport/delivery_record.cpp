#include "transport/delivery_record.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "transport/cell_grid.hpp"

namespace skin::transport {

namespace {
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
}  // namespace

void DeliveryRecord::allocate(const std::vector<std::vector<double>>& stretches) {
    Eigen::Index n = 0;
    for (const auto& times : stretches) {
        for (const double t : times) n += wants(t, times.back()) ? 1 : 0;
    }
    const Column& column = setup_.column;
    const Eigen::Index cells = column.cells();
    DeliveryResult& r = result_;
    r.time = Vector::Zero(n);
    r.depth = column.grid.centres();
    r.cell_height = column.grid.widths();
    r.living_top = column.grid.edge[setup_.living];
    r.layer_bottom.resize(static_cast<Eigen::Index>(n_column_layers));
    for (std::size_t l = 0; l < n_column_layers; ++l)
        r.layer_bottom[static_cast<Eigen::Index>(l)] = column.grid.edge[layer_ends()[l]];
    r.compartment = {"donor", "evaporated"};
    for (std::size_t l = 0; l < n_column_layers; ++l) r.compartment.push_back(skin_.layers[l].name);
    for (const char* name : {"channels", "cleared", "receptor", "wiped"}) r.compartment.emplace_back(name);
    r.amount = RowMatrix::Zero(n, n_compartments);
    r.flux = r.cumulative = r.undissolved = r.film_thickness = put_on_ = Vector::Zero(n);
    r.concentration = r.content = RowMatrix::Zero(n, cells);
    r.channel_concentration = RowMatrix::Constant(n, cells, NaN);
    Exposure& x = r.exposure;
    x.epidermis_concentration = x.dermis_concentration = x.mass_below_junction = Vector::Zero(n);
    r.error_estimate = Vector::Constant(n_compartments, NaN);
    r.section.shape = {static_cast<std::size_t>(n), 0, 0};
    estimate_ = Eigen::RowVectorXd::Zero(n_compartments);
}

bool DeliveryRecord::wants(double t, double end) const {
    if (t == end && t != duration_) return false;
    const auto& chosen = settings_.times;
    return chosen.empty() || std::binary_search(chosen.begin(), chosen.end(), t);
}

void DeliveryRecord::add(double t, const Snapshot& shot, const OnSurface& surface) {
    DeliveryResult& r = result_;
    r.time[row_] = t;
    r.flux[row_] = shot.flux;
    r.cumulative[row_] = shot.amounts.taken;
    put_on_[row_] = surface.applied;
    r.film_thickness[row_] = surface.film;
    r.undissolved[row_] = std::max(0.0, shot.amounts.donor - surface.most_dissolved);
    r.concentration.row(row_) = shot.concentration;
    r.channel_concentration.row(row_) = shot.channel_concentration;
    r.amount.row(row_) = compartments(shot.amounts);
    Vector in_cell = shot.amounts.tissue;
    for (const auto& channel : shot.amounts.channel) in_cell.head(channel.size()) += channel;
    r.content.row(row_) = in_cell.cwiseQuotient(r.cell_height);
    Exposure& x = r.exposure;
    x.epidermis_concentration[row_] = mean(shot.concentration, setup_.living, setup_.junction);
    x.dermis_concentration[row_] = mean(shot.concentration, setup_.junction, end_of_papillary());
    x.mass_below_junction[row_] = in_cell.tail(in_cell.size() - setup_.junction).sum();
    ++row_;
}

/// The class whose depth is nearest to the mean of all channels stands for them in the section.
void DeliveryRecord::start_section(const CellArray& fine) {
    resolved_ = true;
    const auto& grid = setup_.column.grid;
    double depth = 0.0, density = 0.0;
    for (const auto& f : setup_.families) {
        depth += f.density * grid.edge[f.reach];
        density += f.density;
    }
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < setup_.families.size(); ++k) {
        const double off = std::abs(grid.edge[setup_.families[k].reach] - depth / density);
        if (off < nearest) section_of_ = k, nearest = off;
    }
    const UnitCell& cell = fine.cell(section_of_);
    DeliveryResult& out = result_;
    out.section_radius = cell.radial.centres();
    out.section_border = cell.radial.edge[cell.rings()];
    if (cell.focus > 0.0) {  // across the gape, in the middle of the slit
        const auto across = [&](double r) { return cell.focus * std::sinh(cell.along_gape(r)); };
        for (double& r : out.section_radius) r = across(r);
        out.section_border = across(out.section_border);
        out.section_focus = cell.focus;
    }
    out.section_depth = cell.axial.centres();
    const auto rings = static_cast<std::size_t>(cell.rings()), rows = static_cast<std::size_t>(cell.rows());
    const auto times = static_cast<std::size_t>(out.time.size());
    out.section.shape = {times, rings, rows};
    out.section.data.assign(times * rings * rows, 0.0);
    for (Eigen::Index t = 0; t < row_; ++t) {  // intact until now: the same at every radius
        for (Eigen::Index j = 0; j < cell.rows(); ++j) {
            Eigen::Index i = 0;
            while (i + 1 < grid.size() && grid.edge[i + 1] < cell.axial.centre(j)) ++i;
            for (std::size_t r = 0; r < rings; ++r) {
                out.section.data[(static_cast<std::size_t>(t) * rings + r) * rows + static_cast<std::size_t>(j)] =
                    out.content(t, i);
            }
        }
    }
}

void DeliveryRecord::add_section(const CellArray& fine, std::size_t time) {
    const Eigen::MatrixXd& section = fine.sections(section_of_)[time];
    const auto size = static_cast<std::size_t>(section.size());
    RowMatrix::Map(result_.section.data.data() + static_cast<std::size_t>(row_) * size, section.rows(),
                   section.cols()) = section;
}

void DeliveryRecord::add_doubt(const Amounts& coarse, const Amounts& fine, double weight) {
    const Eigen::RowVectorXd off = (compartments(fine) - compartments(coarse)).cwiseAbs();
    estimate_ = estimate_.cwiseMax((transport::doubt + to_limit - weight) * off);
}

Eigen::RowVectorXd DeliveryRecord::compartments(const Amounts& amounts) const {
    Eigen::RowVectorXd amount = Eigen::RowVectorXd::Zero(n_compartments);
    amount[donor] = amounts.donor;
    amount[evaporated] = amounts.evaporated;
    amount[cleared] = amounts.cleared;
    amount[receptor] = amounts.receptor;
    amount[wiped] = amounts.wiped;
    for (const auto& channel : amounts.channel) amount[channels] += channel.sum();
    const auto ends = layer_ends();
    for (std::size_t l = 0; l < n_column_layers; ++l) {
        for (Eigen::Index i = l > 0 ? ends[l - 1] : 0; i < ends[l]; ++i)
            amount[first_layer + static_cast<Eigen::Index>(l)] += amounts.tissue[i];
    }
    return amount;
}

std::vector<Eigen::Index> DeliveryRecord::layer_ends() const {
    const auto& grid = setup_.column.grid;
    std::vector<Eigen::Index> ends;
    double z = 0.0;
    Eigen::Index i = 0;
    for (std::size_t l = 0; l < n_column_layers; ++l) {
        z += skin_.layers[l].thickness;
        while (i < grid.size() && grid.centre(i) < z) ++i;
        ends.push_back(i);
    }
    return ends;
}

double DeliveryRecord::mean(const Vector& values, Eigen::Index first, Eigen::Index last) const {
    const auto heights = result_.cell_height.segment(first, last - first);
    return values.segment(first, last - first).dot(heights) / heights.sum();
}

Eigen::Index DeliveryRecord::end_of_papillary() const {
    const double bottom = skin_.bottom_of("papillary_dermis");
    Eigen::Index i = setup_.junction + 1;
    while (i < setup_.column.cells() && setup_.column.grid.centre(i) < bottom) ++i;
    return i;
}

void DeliveryRecord::finish(const Amounts& at_end, double applied) {
    DeliveryResult& r = result_;
    const Eigen::RowVectorXd end = compartments(at_end);
    r.delivered = end.segment(first_layer + 1, n_column_layers - 1).sum() + end[cleared] + end[receptor];
    if (r.dose > 0.0) {
        const double at_times = (r.amount.rowwise().sum() - put_on_).cwiseAbs().maxCoeff();
        r.mass_balance_error = std::max(at_times, std::abs(end.sum() - applied)) / r.dose;
    }
    for (Eigen::Index k = 0; k < n_compartments && resolved_; ++k) {
        const double largest = r.amount.col(k).cwiseAbs().maxCoeff();
        r.error_estimate[k] = largest > 0.0 ? estimate_[k] / largest : 0.0;
    }
    r.exposure.time = r.time;
}

void describe(ResultInfo& info, const Application& application, const DeliverySettings& settings, bool needled) {
    const Topical& topical = application.topical;
    std::vector<SourcedName> names;
    names_read_by<Active>(names, "transport", "topical.active", "active.");
    names_read_by<Vehicle>(names, "transport", "topical.vehicle", "vehicle.");
    names.push_back({"topical.concentration", "concentration"});
    if (topical.solubility) names.push_back({"topical.solubility", "solubility"});
    if (topical.suspended) names.push_back({"topical.suspended", "suspended"});
    append_sources(info, topical.origins, names, "transport");
    info.use("transport.model = " + std::string{name_of(settings.model)});
    info.use("transport.base = " + std::string{name_of(settings.base)});
    if (needled) {
        info.use("transport.channel_shape = " + std::string{name_of(settings.channel_shape)});
        info.cite("negus");
        info.cite("dechadilok2006");
    }
    info.cite("libskin_transport");
    const bool before = application.when == When::before;
    if (needled && (before ? topical.irritancy_class_before : topical.irritancy_class_after) >= 3) {
        info.warn("contraindicated", "application." + application.name,
                  "irritancy class 3: not to be put on while channels are open");
    }
}

void describe_exposure(Exposure& x, const Application& application) {
    const Topical& topical = application.topical;
    const Active& a = topical.active;
    const Vehicle& v = topical.vehicle;
    x.solute = a.id;
    x.applied_before = application.when == When::before;
    x.no_effect_concentration = a.no_effect_concentration.value_or(0.0);
    x.irritant_concentration = a.irritant_concentration.value_or(0.0);
    x.irritant_time = a.irritant_time.value_or(0.0);
    x.reaction_delay = a.reaction_delay.value_or(0.0);
    x.sensitiser = a.sensitiser;
    x.lipid = v.lipid || a.solute_class == SoluteClass::lipid;
    x.particle_diameter = v.particle_diameter.value_or(0.0);
    x.particle_density = v.particle_density.value_or(0.0);
    x.vehicle_density = v.density;
    x.vehicle_viscosity = v.bulk_viscosity;
    x.irritancy_class = x.applied_before ? topical.irritancy_class_before : topical.irritancy_class_after;
}

}  // namespace skin::transport
