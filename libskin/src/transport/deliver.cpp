#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "skin/core/validate.hpp"
#include "skin/transport.hpp"
#include "transport/cell_delivery.hpp"
#include "transport/cell_grid.hpp"
#include "transport/integrate.hpp"
#include "transport/setup.hpp"
#include "transport/snapshot.hpp"

namespace skin {

namespace {

using namespace transport;

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

/// Columns of `amount`.
enum Compartment : Eigen::Index {
    donor,
    evaporated,
    first_layer,
    channels = first_layer + n_column_layers,
    cleared,
    receptor,
    wiped,
    n_compartments
};

/// One delivery: the timeline of transport.md 3.5 with its events, on one of the models.
class Delivery {
public:
    Delivery(const Skin& skin, const Wound& wound, const Application& application, const Closure& closure,
             double duration, const DeliverySettings& settings)
        : skin_(skin), application_(application), duration_(duration), settings_(settings) {
        result_.info = skin_info(skin, "transport");
        setup_ = make_setup(skin, wound, application, closure, settings, result_.info);
        const auto& topical = application.topical;
        c_v_ = topical.concentration;
        film_ = setup_.column.donor_thickness;
        result_.dose = film_ * c_v_;
        result_.permeability = setup_.solute.permeability;
        amounts_.tissue = Vector::Zero(setup_.column.cells());
        describe();
    }

    DeliveryResult run() {
        const auto stretches = timeline();
        Eigen::Index n = 1;
        for (const auto& times : stretches) n += static_cast<Eigen::Index>(times.size()) - 1;
        allocate(n);
        amounts_.donor = result_.dose;
        for (std::size_t s = 0; s < stretches.size(); ++s) {
            const auto& times = stretches[s];
            happen(times.front());
            if (settings_.model == DeliveryModel::none || result_.dose == 0.0) {
                rest(times);
            } else if (settings_.model == DeliveryModel::layered) {
                LayeredSystem system(present_column(), open_ ? setup_.families : std::vector<ChannelFamily>{},
                                     on_skin_);
                advance(system, times);
            } else if (settings_.model == DeliveryModel::unit_cell && open_) {
                advance_cells(times);
            } else {  // also intact skin before the needles come: a unit cell without channel is this column
                ColumnSystem system(present_column(), open_ ? setup_.families : std::vector<ChannelFamily>{}, on_skin_);
                advance(system, times);
            }
        }
        finish();
        return std::move(result_);
    }

private:
    [[nodiscard]] bool before() const { return application_.when == When::before; }

    void describe() {
        ResultInfo& info = result_.info;
        const Topical& topical = application_.topical;
        std::vector<SourcedName> names;
        names_read_by<Active>(names, "transport", "topical.active", "active.");
        names_read_by<Vehicle>(names, "transport", "topical.vehicle", "vehicle.");
        names.push_back({"topical.concentration", "concentration"});
        append_sources(info, topical.origins, names, "transport");
        info.use("transport.model = " + std::string{name_of(settings_.model)});
        info.use("transport.base = " + std::string{name_of(settings_.base)});
        if (!setup_.families.empty()) {
            info.use("transport.channel_shape = " + std::string{name_of(settings_.channel_shape)});
            info.cite("negus");
            info.cite("dechadilok2006");
        }
        info.cite("libskin_transport");
        const int irritancy = before() ? topical.irritancy_class_before : topical.irritancy_class_after;
        if (irritancy >= 3 && !setup_.families.empty()) {
            info.warn("contraindicated", "application." + application_.name,
                      "irritancy class 3: not to be put on while channels are open");
        }
    }

    /// Output times, cut at the events: put on, wiped off, first strike. Each stretch starts where the last one ended.
    [[nodiscard]] std::vector<std::vector<double>> timeline() {
        start_ = before() ? -application_.delay : application_.delay;
        wipe_ = application_.wiped_after ? start_ + *application_.wiped_after : std::numeric_limits<double>::infinity();
        strike_ = before() ? 0.0 : start_;
        std::vector<double> events{start_, duration_};
        for (const double event : {wipe_, strike_}) {
            if (event > start_ && event < duration_) events.push_back(event);
        }
        std::sort(events.begin(), events.end());
        events.erase(std::unique(events.begin(), events.end()), events.end());
        const double whole = duration_ - start_;
        std::vector<std::vector<double>> stretches;
        for (std::size_t e = 0; e + 1 < events.size(); ++e) {
            const double length = events[e + 1] - events[e];
            const int points = std::max(1, static_cast<int>(std::lround((settings_.n_times - 1) * length / whole)));
            std::vector<double> times{events[e]};
            for (int k = 1; k < points; ++k) {  // crowded at the start, where everything is quick
                const double share = static_cast<double>(k) / points;
                const double t = events[e] + share * share * length;
                if (t > times.back() && t < events[e + 1]) times.push_back(t);
            }
            times.push_back(events[e + 1]);
            stretches.push_back(std::move(times));
        }
        return stretches;
    }

    void allocate(Eigen::Index n) {
        const Column& column = setup_.column;
        const Eigen::Index cells = column.cells();
        DeliveryResult& r = result_;
        r.time = Vector::Zero(n);
        r.depth = column.grid.centres();
        r.cell_height = column.grid.widths();
        r.living_top = column.grid.edge[setup_.living];
        r.compartment = {"donor", "evaporated"};
        for (std::size_t l = 0; l < n_column_layers; ++l) r.compartment.push_back(skin_.layers[l].name);
        for (const char* name : {"channels", "cleared", "receptor", "wiped"}) r.compartment.emplace_back(name);
        r.amount = RowMatrix::Zero(n, n_compartments);
        r.flux = r.cumulative = Vector::Zero(n);
        r.concentration = r.content = RowMatrix::Zero(n, cells);
        r.channel_concentration = RowMatrix::Constant(n, cells, NaN);
        Exposure& x = r.exposure;
        x.epidermis_concentration = x.dermis_concentration = x.mass_below_junction = Vector::Zero(n);
        r.error_estimate = Vector::Constant(n_compartments, NaN);
        r.section.shape = {static_cast<std::size_t>(n), 0, 0};
        estimate_ = Eigen::RowVectorXd::Zero(n_compartments);
    }

    /// What happens at the start of a stretch: wiping first, then needling.
    void happen(double t) {
        if (t >= wipe_ && on_skin_) {
            amounts_.wiped += amounts_.donor;
            amounts_.donor = 0.0;
            on_skin_ = false;
            for (auto& cells : cells_) cells.wipe();
        }
        if (t >= strike_ && !open_ && !setup_.families.empty()) {
            open_ = settings_.model != DeliveryModel::none;
            for (const auto& f : setup_.families) amounts_.channel.push_back(Vector::Zero(f.reach));
            if (before() && on_skin_ && open_) fill();
        }
    }

    /// The needles carry product in and the holes draw it in (3.5).
    void fill() {
        const auto& grid = setup_.column.grid;
        const double c = film_ > 0.0 ? amounts_.donor / film_ : 0.0;  // [kg/m^3] in the film now
        double volume = 0.0, holes = 0.0;
        for (std::size_t k = 0; k < setup_.families.size(); ++k) {
            const ChannelFamily& f = setup_.families[k];
            const Filling& filling = setup_.fillings[k];
            for (Eigen::Index i = 0; i < f.reach; ++i) {
                const double wet = setup_.outlines[k].volume(grid.edge[i], std::min(grid.edge[i + 1], filling.depth));
                if (grid.edge[i] < filling.depth) amounts_.channel[k][i] = f.density * wet * c;
            }
            result_.deposited += amounts_.channel[k].sum();
            result_.filled_depth += f.density * filling.depth;
            holes += f.density;
            volume += f.density * filling.deposited;
        }
        result_.filled_depth /= holes;
        result_.exposure.deposited = volume * application_.topical.vehicle.density;
        amounts_.donor -= result_.deposited;
        film_ = std::max(0.0, film_ - volume);
        constexpr double dry = 1e-9;  // m: all of it went in
        if (film_ < dry) on_skin_ = false;
        if (settings_.model == DeliveryModel::layered) into_tissue();
        uptake_ += result_.deposited;
    }

    /// Two grids of one family; what is recorded is their limit for vanishing cells.
    void advance_cells(const std::vector<double>& times) {
        if (cells_.empty()) {
            for (const int refine : {1, 2}) {
                cells_.emplace_back(setup_, skin_, settings_.cells_per_layer, duration_ - times.front(), c_v_, refine);
                cells_.back().open(amounts_);
            }
            start_sections();
        }
        std::vector<Snapshot> shots[2];
        for (std::size_t g = 0; g < 2; ++g)
            shots[g] = cells_[g].advance(times, film_, on_skin_, settings_.tolerance, level(), work_);
        const double donor_first = amounts_.donor;
        const double wiped_off = amounts_.wiped;
        for (std::size_t k = 0; k < times.size(); ++k) {
            Snapshot shot = extrapolated(shots[0][k], shots[1][k]);
            shot.amounts.wiped = wiped_off;
            const double taken_up = uptake_ + donor_first - shot.amounts.donor;
            if (k + 1 < times.size() || times[k] == duration_) {
                record_section(k);
                record(times[k], shot, taken_up, &shots[0][k], &shots[1][k]);
            }
            if (k + 1 == times.size()) {
                amounts_ = shot.amounts;
                uptake_ = taken_up;
            }
        }
    }

    /// The class whose depth is nearest to the mean of all channels stands for them in the section.
    void start_sections() {
        double depth = 0.0, density = 0.0;
        for (const auto& f : setup_.families) {
            depth += f.density * setup_.column.grid.edge[f.reach];
            density += f.density;
        }
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < setup_.families.size(); ++k) {
            const double off = std::abs(setup_.column.grid.edge[setup_.families[k].reach] - depth / density);
            if (off < nearest) section_of_ = k, nearest = off;
        }
        const UnitCell& cell = cells_[1].cell(section_of_);
        result_.section_radius = cell.radial.centres();
        result_.section_depth = cell.axial.centres();
        const auto rings = static_cast<std::size_t>(cell.rings()), rows = static_cast<std::size_t>(cell.rows());
        result_.section.shape = {static_cast<std::size_t>(result_.time.size()), rings, rows};
        result_.section.data.assign(static_cast<std::size_t>(result_.time.size()) * rings * rows, 0.0);
        const auto& grid = setup_.column.grid;
        for (Eigen::Index t = 0; t < row_; ++t) {  // intact until now: the same at every radius
            for (Eigen::Index j = 0; j < cell.rows(); ++j) {
                Eigen::Index i = 0;
                while (i + 1 < grid.size() && grid.edge[i + 1] < cell.axial.centre(j)) ++i;
                for (std::size_t r = 0; r < rings; ++r) {
                    result_.section
                        .data[(static_cast<std::size_t>(t) * rings + r) * rows + static_cast<std::size_t>(j)] =
                        result_.content(t, i);
                }
            }
        }
    }
    void record_section(std::size_t time) {
        const Eigen::MatrixXd& section = cells_[1].sections(section_of_)[time];
        const auto size = static_cast<std::size_t>(section.size());
        RowMatrix::Map(result_.section.data.data() + static_cast<std::size_t>(row_) * size, section.rows(),
                       section.cols()) = section;
    }

    /// The layered column has no channel fluid: what fills a hole dissolves in the living tissue beside it.
    void into_tissue() {
        for (auto& channel : amounts_.channel) {
            for (Eigen::Index i = 0; i < channel.size(); ++i) {
                amounts_.tissue[std::max(i, setup_.living)] += channel[i];
                channel[i] = 0.0;
            }
        }
    }

    [[nodiscard]] Column present_column() const {
        Column column = setup_.column;
        column.donor_thickness = film_;
        return column;
    }

    // --- state <-> amounts, for both systems -------------------------------------------------------------------------
    [[nodiscard]] Vector pack(const ColumnSystem& system) const {
        Vector x = Vector::Zero(system.storage().size());
        const Layout& layout = system.layout();
        x[Layout::donor()] = amounts_.donor;
        for (Eigen::Index i = 0; i < amounts_.tissue.size(); ++i) x[layout.tissue(i)] = amounts_.tissue[i];
        for (std::size_t k = 0; k < system.families().size(); ++k) {
            for (Eigen::Index i = 0; i < amounts_.channel[k].size(); ++i)
                x[layout.channel(k, i)] = amounts_.channel[k][i];
        }
        return x.cwiseQuotient(system.storage() * c_v_);
    }
    [[nodiscard]] Vector pack(const LayeredSystem& system) const {
        Vector x(system.storage().size());
        x << amounts_.donor, amounts_.tissue;
        return x.cwiseQuotient(system.storage() * c_v_);
    }

    void read(ColumnSystem& system, const Vector& x, double t, Snapshot& shot) const {
        const Layout& layout = system.layout();
        const Vector& S = system.storage();
        const Vector u = system.activity_factor(t).cwiseProduct(x) * c_v_;
        const auto amount = [&](Eigen::Index j) { return S[j] * x[j] * c_v_; };
        shot.amounts.donor = amount(Layout::donor());
        Vector open = Vector::Zero(setup_.column.cells()), inside = open;
        for (Eigen::Index i = 0; i < setup_.column.cells(); ++i) {
            shot.amounts.tissue[i] = amount(layout.tissue(i));
            shot.concentration[i] = u[layout.tissue(i)] * setup_.column.medium[static_cast<std::size_t>(i)].partition;
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
        Vector slope;
        system.first(x, slope, t);
        shot.flux = -slope[Layout::donor()] * S[Layout::donor()] * c_v_;
    }
    void read(LayeredSystem& system, const Vector& x, double t, Snapshot& shot) const {
        const Vector amount = system.storage().cwiseProduct(x) * c_v_;
        shot.amounts.donor = amount[0];
        shot.amounts.tissue = amount.tail(amount.size() - 1);
        for (Eigen::Index i = 0; i < shot.concentration.size(); ++i) {
            shot.concentration[i] = x[i + 1] * c_v_ * setup_.column.medium[static_cast<std::size_t>(i)].partition;
        }
        Vector slope;
        system.first(x, slope, t);
        shot.flux = -slope[0] * system.storage()[0] * c_v_;
    }

    template <class System>
    void advance(System& system, const std::vector<double>& times) {
        Vector x = pack(system);
        const Amounts first = amounts_;
        const auto look = [&](const Vector& state, double t, const Vector& lost) {
            Snapshot shot{amounts_, Vector::Zero(amounts_.tissue.size()), Vector::Constant(amounts_.tissue.size(), NaN),
                          0.0};
            read(system, state, t, shot);
            shot.amounts.cleared = first.cleared + lost[0] * c_v_;
            shot.amounts.receptor = first.receptor + lost[1] * c_v_;
            return shot;
        };
        const Vector none = Vector::Zero(2);
        record(times.front(), look(x, times.front(), none), uptake_);
        integrate(
            system, x, times, settings_.tolerance, work_,
            [&](const Vector& state, double t, const Vector& lost) {
                const Snapshot shot = look(state, t, lost);
                const double taken_up = uptake_ + first.donor - shot.amounts.donor;
                if (t < times.back() || t == duration_) record(t, shot, taken_up);
                if (t < times.back()) return;
                amounts_ = shot.amounts;
                uptake_ = taken_up;
            },
            level());
    }

    /// [1] concentration in living skin over that of the product, from above a thousandth of which it is resolved:
    /// about 1 beside open channels, the steady drop over the barrier below intact stratum corneum.
    [[nodiscard]] double level() const {
        constexpr double resolved = 1e-3, least = 1e-9;
        if (open_) return resolved;
        const transport::Solute& s = setup_.solute;
        const double tissue = s.tissue_diffusivity * s.tissue_partition / setup_.column.grid.edge.tail(1)[0];  // [m/s]
        return std::max(least, resolved * s.permeability / (s.permeability + tissue));
    }

    /// Nothing moves.
    void rest(const std::vector<double>& times) {
        Snapshot shot{amounts_, Vector::Zero(amounts_.tissue.size()), Vector::Constant(amounts_.tissue.size(), NaN),
                      0.0};
        if (open_) {
            for (const auto& f : setup_.families) shot.channel_concentration.head(f.reach).setZero();
        }
        for (const double t : times) {
            if (t < times.back() || t == duration_) record(t, shot, uptake_);
        }
    }

    /// `coarse` and `fine`: what two grids gave, for the estimate of the error.
    void record(double t, const Snapshot& shot, double taken_up, const Snapshot* coarse = nullptr,
                const Snapshot* fine = nullptr) {
        DeliveryResult& r = result_;
        r.time[row_] = t;
        r.flux[row_] = shot.flux;
        r.cumulative[row_] = taken_up;
        r.concentration.row(row_) = shot.concentration;
        r.channel_concentration.row(row_) = shot.channel_concentration;
        r.amount.row(row_) = compartments(shot.amounts);
        if (coarse != nullptr && fine != nullptr) {
            const Eigen::RowVectorXd off =
                doubt * (compartments(fine->amounts) - compartments(coarse->amounts)).cwiseAbs();
            estimate_ = estimate_.cwiseMax(off);
        }
        Vector in_cell = shot.amounts.tissue;
        for (const auto& channel : shot.amounts.channel) in_cell.head(channel.size()) += channel;
        r.content.row(row_) = in_cell.cwiseQuotient(r.cell_height);
        Exposure& x = r.exposure;
        x.epidermis_concentration[row_] = mean(shot.concentration, setup_.living, setup_.junction);
        x.dermis_concentration[row_] = mean(shot.concentration, setup_.junction, end_of_papillary());
        x.mass_below_junction[row_] = in_cell.tail(in_cell.size() - setup_.junction).sum();
        ++row_;
    }

    [[nodiscard]] Eigen::RowVectorXd compartments(const Amounts& amounts) const {
        const auto& grid = setup_.column.grid;
        Eigen::RowVectorXd amount = Eigen::RowVectorXd::Zero(n_compartments);
        amount[donor] = amounts.donor;
        amount[cleared] = amounts.cleared;
        amount[receptor] = amounts.receptor;
        amount[wiped] = amounts.wiped;
        for (const auto& channel : amounts.channel) amount[channels] += channel.sum();
        double z = 0.0;
        Eigen::Index i = 0;
        for (std::size_t l = 0; l < n_column_layers; ++l) {
            z += skin_.layers[l].thickness;
            for (; i < grid.size() && grid.centre(i) < z; ++i)
                amount[first_layer + static_cast<Eigen::Index>(l)] += amounts.tissue[i];
        }
        return amount;
    }

    [[nodiscard]] double mean(const Vector& values, Eigen::Index first, Eigen::Index last) const {
        const auto heights = result_.cell_height.segment(first, last - first);
        return values.segment(first, last - first).dot(heights) / heights.sum();
    }
    [[nodiscard]] Eigen::Index end_of_papillary() const {
        const double bottom = skin_.bottom_of("papillary_dermis");
        Eigen::Index i = setup_.junction + 1;
        while (i < setup_.column.cells() && setup_.column.grid.centre(i) < bottom) ++i;
        return i;
    }

    void finish() {
        DeliveryResult& r = result_;
        const Eigen::Index last = r.time.size() - 1;
        const auto end = r.amount.row(last);
        r.delivered = end.segment(first_layer + 1, n_column_layers - 1).sum() + end[cleared] + end[receptor];
        if (r.dose > 0.0) r.mass_balance_error = (r.amount.rowwise().sum().array() - r.dose).abs().maxCoeff() / r.dose;
        for (Eigen::Index k = 0; k < n_compartments && !cells_.empty(); ++k) {
            const double largest = r.amount.col(k).cwiseAbs().maxCoeff();
            r.error_estimate[k] = largest > 0.0 ? estimate_[k] / largest : 0.0;
        }
        const Topical& topical = application_.topical;
        const Active& a = topical.active;
        const Vehicle& v = topical.vehicle;
        Exposure& x = r.exposure;
        x.solute = a.id;
        x.time = r.time;
        x.applied_before = before();
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
        x.irritancy_class = before() ? topical.irritancy_class_before : topical.irritancy_class_after;
        if (!(r.mass_balance_error <= 1e-9) || !r.amount.allFinite()) {
            throw SolverError(text("deliver: mass balance is off by %g of the dose after %lld steps",
                                   r.mass_balance_error, static_cast<long long>(work_.accepted)));
        }
    }

    const Skin& skin_;
    const Application& application_;
    double duration_;
    DeliverySettings settings_;
    Setup setup_;
    DeliveryResult result_;
    Amounts amounts_;
    numerics::StepperStatistics work_;
    double c_v_ = 0.0, film_ = 0.0, uptake_ = 0.0;
    double start_ = 0.0, wipe_ = 0.0, strike_ = 0.0;
    bool on_skin_ = true, open_ = false;
    Eigen::Index row_ = 0;
    std::vector<CellArray> cells_;  // coarse and fine
    Eigen::RowVectorXd estimate_;   // [kg/m^2] (compartment)
    std::size_t section_of_ = 0;
};

}  // namespace

DeliveryResult deliver(const Skin& skin, const Wound& wound, const Application& application, const Closure& closure,
                       double duration, const DeliverySettings& settings) {
    require_full_skin(skin, "deliver");
    validate_wound(wound);
    validate(application, "application");
    validate(settings, "settings");
    constexpr double longest = 3.2e8;  // ten years
    check_range("duration", duration, "s", 1e-3, longest);
    transport::validate_closure(closure, wound);
    if (application.when == When::after && !(application.delay < duration)) {
        throw ParameterError(text("application.delay = %g s is not before the end of the delivery, duration = %g s",
                                  application.delay, duration));
    }
    return Delivery(skin, wound, application, closure, duration, settings).run();
}

Eigen::VectorXd DeliveryResult::penetration_depth(double share) const {
    check_range("share", share, "1", 0.0, 1.0);
    Eigen::VectorXd reached = Eigen::VectorXd::Constant(time.size(), NaN);
    for (Eigen::Index t = 0; t < time.size(); ++t) {
        double total = 0.0;
        for (Eigen::Index i = 0; i < depth.size(); ++i) {
            if (depth[i] > living_top) total += std::max(0.0, content(t, i)) * cell_height[i];
        }
        if (!(total > 0.0)) continue;
        double above = 0.0;
        for (Eigen::Index i = 0; i < depth.size(); ++i) {
            if (!(depth[i] > living_top)) continue;
            const double here = std::max(0.0, content(t, i)) * cell_height[i];
            if (above + here >= share * total) {
                const double part = here > 0.0 ? (share * total - above) / here : 0.0;
                reached[t] = depth[i] + (part - 0.5) * cell_height[i];
                break;
            }
            above += here;
            reached[t] = depth[i] + 0.5 * cell_height[i];
        }
    }
    return reached;
}

}  // namespace skin
