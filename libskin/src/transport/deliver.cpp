#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "skin/core/validate.hpp"
#include "skin/transport.hpp"
#include "transport/cell_delivery.hpp"
#include "transport/column_state.hpp"
#include "transport/delivery_record.hpp"
#include "transport/integrate.hpp"
#include "transport/setup.hpp"
#include "transport/snapshot.hpp"
#include "transport/timeline.hpp"

namespace skin {

namespace {

using namespace transport;

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

/// One delivery: the timeline of transport.md 3.8 with its events, on one of the models.
class Delivery {
public:
    Delivery(const Skin& skin, const Wound& wound, const Application& application, const Closure& closure,
             double duration, const DeliverySettings& settings)
        : skin_(skin),
          application_(application),
          duration_(duration),
          settings_(settings),
          record_(result_, skin, setup_, settings_, duration) {
        result_.info = skin_info(skin, "transport");
        setup_ = make_setup(skin, wound, application, closure, settings, result_.info);
        const auto& topical = application.topical;
        c_v_ = topical.concentration;
        film_ = LiquidFilm(application);
        result_.permeability = setup_.solute.permeability;
        amounts_.tissue = Vector::Zero(setup_.column.cells());
        describe(result_.info, application, settings, !setup_.families.empty());
    }

    DeliveryResult run() {
        double drawn = 0.0;  // [m] of film into all channels
        for (std::size_t k = 0; k < setup_.families.size(); ++k)
            drawn += setup_.families[k].density * setup_.fillings[k].deposited;
        const auto events = plan(application_, drawn, duration_);
        const auto parts = stretches(events, duration_, settings_.n_times, settings_.times);
        result_.put_on_at = events.front().time;
        for (const Event& event : events) result_.dose += active_in(event.put_on);
        record_.allocate(parts);
        try {
            follow(events, parts);
        } catch (const FailedStep& failed) {
            throw SolverError(failure_message(skin_, failed.what(), failed.depth));
        }
        record_.finish(amounts_, applied_);
        describe_exposure(result_.exposure, application_);
        if (!(result_.mass_balance_error <= 1e-9) || !result_.amount.allFinite()) {
            throw SolverError(text("deliver: mass balance is off by %g of the dose after %lld steps",
                                   result_.mass_balance_error, static_cast<long long>(work_.accepted)));
        }
        return std::move(result_);
    }

private:
    /// One event and the stretch of time after it, again and again.
    void follow(const std::vector<Event>& events, const std::vector<std::vector<double>>& parts) {
        for (std::size_t s = 0; s < parts.size(); ++s) {
            const auto& times = parts[s];
            since_ = times.front();
            happen(events[s]);
            if (settings_.model == DeliveryModel::none || result_.dose == 0.0) {
                rest(times);
            } else if (settings_.model == DeliveryModel::layered) {
                LayeredSystem system(present_column(), open_ ? setup_.families : std::vector<ChannelFamily>{},
                                     on_skin_);
                advance(system, times);
            } else if (resolved() && open_) {
                advance_cells(times);
            } else {  // also intact skin before the needles come: a unit cell without channel is this column
                ColumnSystem system(present_column(), open_ ? setup_.families : std::vector<ChannelFamily>{}, on_skin_);
                advance(system, times);
            }
            film_.rest(times.back() - times.front());
        }
    }

    [[nodiscard]] bool before() const { return application_.when == When::before; }
    [[nodiscard]] bool resolved() const {
        return settings_.model == DeliveryModel::unit_cell || settings_.model == DeliveryModel::slit;
    }
    /// [kg/m^2] of active in so much product.
    [[nodiscard]] double active_in(double product) const {
        return product / application_.topical.vehicle.density * c_v_;
    }

    /// What happens at the start of a stretch: wiping, putting on, needling, drying out.
    void happen(const Event& event) {
        if (event.wiped && on_skin_) {
            amounts_.wiped += amounts_.donor;
            amounts_.donor = 0.0;
            on_skin_ = false;
            film_.wipe();
            for (auto& cells : cells_) cells.wipe();
        }
        if (event.put_on > 0.0) {
            const double active = active_in(event.put_on);
            amounts_.donor += active;
            applied_ += active;
            film_.put_on(event.put_on);
            on_skin_ = true;
            for (auto& cells : cells_) cells.put_on(active);
        }
        if (event.strikes && !open_ && !setup_.families.empty()) {
            open_ = settings_.model != DeliveryModel::none;
            for (const auto& f : setup_.families) amounts_.channel.push_back(Vector::Zero(f.reach));
            if (before() && on_skin_ && open_) fill();
        }
        if (event.dries && on_skin_ && settings_.model != DeliveryModel::none) soak();
    }

    /// The needles carry product in and the holes draw it in (3.5). What is solid stays on the surface.
    void fill() {
        const auto& grid = setup_.column.grid;
        const double film = film_.thickness();
        // [kg/m^3] in the film now
        const double c = film > 0.0 ? std::min(amounts_.donor / film, saturation_of(application_.topical)) : 0.0;
        double volume = 0.0, holes = 0.0;
        for (std::size_t k = 0; k < setup_.families.size(); ++k)
            volume += setup_.families[k].density * setup_.fillings[k].deposited;
        const double share = volume > film ? film / volume : 1.0;  // a film that has dried is less than the holes take
        for (std::size_t k = 0; k < setup_.families.size(); ++k) {
            const ChannelFamily& f = setup_.families[k];
            const Filling& filling = setup_.fillings[k];
            for (Eigen::Index i = 0; i < f.reach; ++i) {
                const double wet = setup_.outlines[k].volume(grid.edge[i], std::min(grid.edge[i + 1], filling.depth));
                if (grid.edge[i] < filling.depth) amounts_.channel[k][i] = f.density * wet * c * share;
            }
            result_.deposited += amounts_.channel[k].sum();
            result_.filled_depth += f.density * filling.depth;
            holes += f.density;
        }
        result_.filled_depth /= holes;
        result_.exposure.deposited = volume * share * application_.topical.vehicle.density;
        amounts_.donor -= result_.deposited;
        film_.draw(volume);
        if (film_.thickness() < thinnest_film && !(amounts_.donor > 1e-9 * applied_))
            on_skin_ = false;  // all of it went in
        if (settings_.model == DeliveryModel::layered) into_tissue();
        amounts_.taken += result_.deposited;
    }

    /// A solvent that dries out leaves the active in the outer stratum corneum, up to what that dissolves (3.7).
    void soak() {
        const double share = application_.topical.vehicle.soaked_share.value_or(0.0);
        const double S = saturation_of(application_.topical);
        if (!(share > 0.0) || !std::isfinite(S) || film_.thickness() > thinnest_film) return;
        const auto& grid = setup_.column.grid;
        const double bottom = share * grid.edge[setup_.living];
        Vector room = Vector::Zero(grid.size());  // [kg/m^2]
        for (Eigen::Index i = 0; i < setup_.living; ++i) {
            const double soaked = std::clamp((bottom - grid.edge[i]) / grid.width(i), 0.0, 1.0);
            const double full = setup_.solute.barrier_partition * S * grid.width(i);
            room[i] = std::max(0.0, full * soaked - amounts_.tissue[i]);
        }
        const double total = room.sum();
        if (!(total > 0.0) || !(amounts_.donor > 0.0)) return;
        const double present = amounts_.donor;
        const Vector soaked = std::min(1.0, present / total) * room;
        amounts_.tissue += soaked;
        amounts_.donor -= soaked.sum();
        amounts_.taken += soaked.sum();
        for (auto& cells : cells_) cells.soak(room, std::min(1.0, total / present));
    }

    /// Two grids of one family; what is recorded is their limit for vanishing cells.
    void advance_cells(const std::vector<double>& times) {
        if (cells_.empty()) {
            for (const int refine : {1, 2}) {
                cells_.emplace_back(setup_, skin_, settings_.cells_per_layer, duration_ - times.front(), c_v_, refine);
                cells_.back().open(amounts_);
            }
            record_.start_section(cells_[1]);
        }
        std::vector<Snapshot> shots[2];
        for (std::size_t g = 0; g < 2; ++g)
            shots[g] = cells_[g].advance(times, thickness(), film_now(), on_skin_, settings_.tolerance, level(), work_);
        const std::vector<Eigen::Index> borders = record_.layer_ends();
        for (std::size_t k = 0; k < times.size(); ++k) {
            Extrapolated limit = extrapolated(shots[0][k], shots[1][k], borders);
            Snapshot& shot = limit.shot;
            if (record_.wants(times[k], times.back())) {
                record_.add_section(cells_[1], k);
                record_.add_doubt(shots[0][k].amounts, shots[1][k].amounts, limit.weight);
                record(times[k], shot);
            }
            if (k + 1 == times.size()) amounts_ = shot.amounts;
        }
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
        column.donor_thickness = thickness();
        column.film = film_now();
        return column;
    }
    /// [m] of the film that the model sees: what has dried is still there as a film of molecules.
    [[nodiscard]] double thickness() const {
        const double h = film_.thickness();
        return on_skin_ ? std::max(h, thinnest_film) : h;
    }
    [[nodiscard]] Film film_now() const {
        Film film;
        film.drying = film_.drying();
        film.since = since_;
        film.saturation = saturation_of(application_.topical) / c_v_;
        film.evaporation = air_conductance(application_, skin_.solute_transport.temperature);
        return film;
    }

    template <class System>
    void advance(System& system, const std::vector<double>& times) {
        Vector x = state_of(system, amounts_, c_v_);
        const Amounts first = amounts_;
        const auto look = [&](const Vector& state, double t, const Vector& lost) {
            Snapshot shot{amounts_, Vector::Zero(amounts_.tissue.size()), Vector::Constant(amounts_.tissue.size(), NaN),
                          0.0};
            read_state(system, state, t, c_v_, shot);
            shot.flux = donor_flux(system, state, t) * c_v_;
            shot.amounts.cleared = first.cleared + lost[lost_cleared] * c_v_;
            shot.amounts.receptor = first.receptor + lost[lost_at_base] * c_v_;
            shot.amounts.taken = first.taken + lost[lost_into_skin] * c_v_;
            shot.amounts.evaporated = first.evaporated + lost[lost_into_air] * c_v_;
            return shot;
        };
        if (record_.wants(times.front(), times.back()))
            record(times.front(), look(x, times.front(), Vector::Zero(n_lost)));
        integrate(
            system, x, times, settings_.tolerance, work_,
            [&](const Vector& state, double t, const Vector& lost) {
                const Snapshot shot = look(state, t, lost);
                if (record_.wants(t, times.back())) record(t, shot);
                if (t == times.back()) amounts_ = shot.amounts;
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
            if (record_.wants(t, times.back())) record(t, shot);
        }
    }

    void record(double t, const Snapshot& shot) {
        OnSurface surface{applied_, 0.0, std::numeric_limits<double>::infinity()};
        if (on_skin_) {
            surface.film = film_now().thickness(film_.thickness(), t);
            surface.most_dissolved = saturation_of(application_.topical) * std::max(surface.film, thinnest_film);
        }
        record_.add(t, shot, surface);
    }

    const Skin& skin_;
    const Application& application_;
    double duration_;
    DeliverySettings settings_;
    Setup setup_;
    DeliveryResult result_;
    DeliveryRecord record_;
    Amounts amounts_;
    numerics::StepperStatistics work_;
    LiquidFilm film_;
    double c_v_ = 0.0, applied_ = 0.0, since_ = 0.0;  // since_: start of the present stretch
    bool on_skin_ = false, open_ = false;
    std::vector<CellArray> cells_;  // coarse and fine
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
    transport::validate_application(application, duration);
    transport::validate_times(settings.times, application, duration);
    return Delivery(skin, wound, application, closure, duration, settings).run();
}

}  // namespace skin
