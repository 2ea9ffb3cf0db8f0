// Layered cutting of a tapered needle and its equilibrium (docs/theory/insertion.md, eq. 20-27).
//
//   h    tip depth in the tissue [m]           s = h - z   distance behind the tip [m]
//   z_i  depth of the top of layer i [m]       R(s)        needle radius there [m]
//   F    axial force [N]                       u           deflection of the surface [m]
//   Gamma_i(R)  steady cutting force of layer i [N]        D  travel of the needle's base [m]
#include "insertion/layered_needle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "insertion/entry.hpp"
#include "insertion/root.hpp"
#include "skin/core/error.hpp"

namespace skin::insertion {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double scan_width = 30e-6;  // [m] at most, of a layer in which the force may fall

constexpr std::array<double, 4> gauss_node{0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                           0.9602898564975363};
constexpr std::array<double, 4> gauss_weight{0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                             0.1012285362903763};

template <class F>
double gauss(F&& f, double a, double b) {
    const double middle = 0.5 * (a + b), half = 0.5 * (b - a);
    double sum = 0.0;
    for (std::size_t i = 0; i < gauss_node.size(); ++i) {
        sum += gauss_weight[i] * (f(middle - half * gauss_node[i]) + f(middle + half * gauss_node[i]));
    }
    return half * sum;
}

}  // namespace

std::vector<double> force_kinks(std::span<const double> tops, std::size_t layer, double bottom,
                                const std::vector<OutlinePiece>& outline) {
    std::vector<double> borders{tops[layer], bottom};
    for (std::size_t j = 0; j <= layer; ++j) {
        for (std::size_t i = 0; i + 1 < outline.size(); ++i) {
            const double kink = tops[j] + outline[i].end;
            if (kink > tops[layer] && kink < bottom) borders.push_back(kink);
        }
    }
    std::sort(borders.begin(), borders.end());
    return borders;
}

LayeredNeedle::LayeredNeedle(const Skin& skin, const Needle& needle, const InsertionSettings& settings,
                             double speed_low, double speed_high)
    : needle_(needle),
      outline_(needle_outline(needle)),
      many_pieces_(needle.shape == NeedleShape::profile || outline_.size() > 2) {
    const Mechanics& m = skin.mechanics;
    cuts_ = settings.tip_model != TipModel::none;
    rate_length_ = m.rate_length;
    reference_rate_ = m.reference_rate;
    rate_exponent_ = settings.rate_model == RateModel::none ? 0.0 : m.rate_exponent;
    friction_coefficient_ = m.friction_coefficient;
    friction_cap_ = m.friction_cap;
    chi_ = barrier_factor(2.0 * needle.tip_radius, m.smooth_entry_diameter, m.blunt_entry_diameter);
    reference_deflection_.rigid = settings.deflection_model == DeflectionModel::none;
    reference_deflection_.quadratic = m.indentation_factor * m.effective_modulus;
    if (settings.deflection_model == DeflectionModel::layered) {
        table_ = std::make_shared<const DeflectionTable>(stack_of(skin), TipProfile::of(needle), large_deflection(skin),
                                                         needle.length);
        reference_deflection_.table = table_.get();
    }
    if (skin.person.tension > 0.0) {
        if (!(m.tension_span > needle.tip_radius)) {
            throw ParameterError(text("skin.mechanics.tension_span = %g m must exceed needle.tip_radius = %g m",
                                      m.tension_span, needle.tip_radius));
        }
        reference_deflection_.linear = 2.0 * pi * skin.person.tension / std::log(m.tension_span / needle.tip_radius);
    }

    by_energy_ = settings.puncture_model == PunctureModel::energy_barrier;
    flat_ = settings.cutting_law == CuttingLaw::flat_punch;
    mode_ii_ratio_ = m.mode_ii_ratio;
    set_materials(skin, settings);
    set_tables(settings.cutting_law, rate_factor_at(speed_low), rate_factor_at(speed_high));
}

void LayeredNeedle::set_materials(const Skin& skin, const InsertionSettings& settings) {
    double top = 0.0;
    for (const Layer& layer : skin.layers) {
        nominal_tops_.push_back(top);
        top += layer.thickness;
        // A flat end cuts a ring in mode II; J of that mode is a multiple of J of a slit.
        const double mode = flat_ ? mode_ii_ratio_ : 1.0;
        const bool scaled = settings.toughness_law == ToughnessLaw::scale_dependent;
        Material now{};
        now.ln_modulus = std::log(layer.ogden_modulus);
        now.toughness = mode * (scaled ? layer.toughness_intercept : layer.toughness);
        now.growth = scaled ? mode * 2.0 * layer.failure_energy : 0.0;  // of the radius; the law has the diameter
        now.ln_toughness = std::log(now.toughness);
        now.alpha = layer.ogden_exponent;
        now.resists = now.toughness > 0.0 || now.growth > 0.0;
        now.monotone = true;
        if (!materials_.empty()) {
            const Material& above = materials_.back();
            now.as_above = now.ln_modulus == above.ln_modulus && now.toughness == above.toughness &&
                           now.growth == above.growth && now.alpha == above.alpha;
            now.monotone = above.monotone && now.ln_modulus >= above.ln_modulus && now.toughness >= above.toughness &&
                           now.growth >= above.growth && now.alpha == above.alpha;
        }
        if (settings.cutting_law == CuttingLaw::wedge_table && now.resists && now.alpha > WedgeEnergy::highest_alpha) {
            throw ParameterError(
                text("skin.%s.ogden_exponent = %g is outside [%g, %g] of the wedge table: choose "
                     "settings.cutting_law = equal_perimeter",
                     layer.name.c_str(), now.alpha, WedgeEnergy::lowest_alpha, WedgeEnergy::highest_alpha));
        }
        materials_.push_back(now);
    }
}

void LayeredNeedle::set_tables(CuttingLaw law, double factor_low, double factor_high) {
    for (Material& layer : materials_) {
        if (!layer.resists) continue;
        const auto known = std::find_if(tables_.begin(), tables_.end(),
                                        [&](const auto& table) { return table->alpha() == layer.alpha; });
        layer.table = static_cast<std::size_t>(known - tables_.begin());
        if (known == tables_.end()) tables_.push_back(cutting_table(law, layer.alpha));
    }
    ln_factor_low_ = std::log(factor_low);
    ln_factor_high_ = std::log(factor_high);
    if (needle_.shape == NeedleShape::flat) {
        for (Material& layer : materials_) {
            if (!layer.resists) continue;
            const double R = needle_.tip_radius,
                         J = (layer.toughness + layer.growth * R) * (flat_ ? 1.0 : mode_ii_ratio_);
            const auto force = [&](double ln_factor) {
                return std::log(
                    flat_end_force(std::exp(layer.ln_modulus + ln_factor), layer.alpha, J, R, needle_.bore_radius));
            };
            layer.ln_flat_low = force(ln_factor_low_);
            layer.ln_flat_high = factor_high > factor_low ? force(ln_factor_high_) : layer.ln_flat_low;
        }
    }
    // The wall pressure falls with the radius and rises with the modulus, so its least value is at the shaft.
    for (Material& layer : materials_) {
        const double shear = std::min(wall_shear(layer, std::log(factor_low), needle_.shaft_radius),
                                      wall_shear(layer, std::log(factor_high), needle_.shaft_radius));
        layer.friction_capped = shear >= friction_cap_;
        all_capped_ = all_capped_ && layer.friction_capped;
    }
}

double LayeredNeedle::rate_factor_at(double speed) const noexcept {
    return rate_factor(speed, rate_length_, reference_rate_, rate_exponent_);
}

LayeredNeedle::Strike LayeredNeedle::at(std::span<const double> tops, double speed) const {
    return {*this, tops, rate_factor_at(speed)};
}

ForceParts LayeredNeedle::steady(const Material& m, double ln_factor, double ln_radius) const noexcept {
    if (!m.resists) return {};
    const double ln_modulus = m.ln_modulus + ln_factor;
    const double ln_J = m.growth > 0.0 ? std::log(m.toughness + m.growth * std::exp(ln_radius)) : m.ln_toughness;
    const auto [ln_G, crack] = tables_[m.table]->at(ln_J - ln_modulus - ln_radius);
    const double gamma = std::exp(ln_modulus + 2.0 * ln_radius + ln_G);
    return {crack * gamma, (1.0 - crack) * gamma, 0.0};
}

double LayeredNeedle::wall_shear(const Material& m, double ln_factor, double radius) const noexcept {
    if (!m.resists || friction_coefficient_ == 0.0) return 0.0;
    // The optimal crack makes pi R^2 p_c = U + 2aJ/2 exactly (eq. 6; for a slit eq. 46: N = (Gamma + S)/R is 2 pi R
    // times the mean pressure), so the wall pressure needs no further integral.
    const ForceParts gamma = steady(m, ln_factor, std::log(radius));
    double pressure = (gamma.spreading + 0.5 * gamma.cutting) / (pi * radius * radius);
    if (flat_) {  // 2 pi x R J/(1 - x^2) is the crack's part, which gives x, and x the pressure of the hole
        const double J = m.toughness + m.growth * radius;
        const double half = pi * radius * J / gamma.cutting;
        const double x = std::sqrt(half * half + 1.0) - half;
        pressure = std::exp(m.ln_modulus + ln_factor) * wall_pressure(x, m.alpha);
    }
    return std::min(friction_coefficient_ * pressure, friction_cap_);
}

double LayeredNeedle::radius_integral(double s) const noexcept {
    double sum = 0.0;
    for (std::size_t i = 0; i < outline_.size() && outline_[i].start < s; ++i) {
        const OutlinePiece& piece = outline_[i];
        const double width = (i + 1 < outline_.size() ? std::min(s, piece.end) : s) - piece.start;
        sum += width * (piece.start_radius + 0.5 * piece.slope() * width);
    }
    return sum;
}

double LayeredNeedle::outline_slope(double s) const noexcept {
    for (const OutlinePiece& piece : outline_) {
        if (s < piece.end) return piece.slope();
    }
    return 0.0;
}

double LayeredNeedle::friction_on(const Material& m, double ln_factor, double near, double far) const noexcept {
    if (m.friction_capped) return 2.0 * pi * friction_cap_ * (radius_integral(far) - radius_integral(near));
    const auto shear = [&](double s) {
        const double R = radius_at(needle_, s);
        return 2.0 * pi * R * wall_shear(m, ln_factor, R);
    };
    if (!many_pieces_) return gauss(shear, near, far);
    double sum = 0.0;
    for (std::size_t i = 0; i < outline_.size(); ++i) {
        const double a = std::max(outline_[i].start, near);
        const double b = i + 1 < outline_.size() ? std::min(outline_[i].end, far) : far;
        if (b > a) sum += gauss(shear, a, b);
    }
    return sum;
}

// Between the two rates the force is close to a power of the modulus, and exact at both.
double LayeredNeedle::flat_excess(std::size_t layer, double ln_factor) const noexcept {
    const Material& m = materials_[layer];
    if (needle_.shape != NeedleShape::flat || !m.resists) return 0.0;
    const double width = ln_factor_high_ - ln_factor_low_;
    const double share = width > 0.0 ? (ln_factor - ln_factor_low_) / width : 0.0;
    const double flat = std::exp(m.ln_flat_low + (m.ln_flat_high - m.ln_flat_low) * share);
    return std::max(flat - steady(m, ln_factor, std::log(needle_.tip_radius)).total(), 0.0);
}

double LayeredNeedle::tip_force(std::size_t layer, double ln_factor) const noexcept {
    return steady(materials_[layer], ln_factor, std::log(needle_.tip_radius)).total() + flat_excess(layer, ln_factor);
}

LayeredNeedle::Strike::Strike(const LayeredNeedle& model, std::span<const double> tops, double factor)
    : model_(model),
      tops_(tops),
      ln_factor_(std::log(factor)),
      deflection_(model.reference_deflection_.stiffer(factor)) {
    if (!model.by_energy_ || !model.cuts_) return;
    entries_.resize(tops.size());
    for (std::size_t layer = 0; layer < tops.size() && tops[layer] < model.needle_.length; ++layer) {
        if (has_barrier(layer)) entries_[layer] = energy_entry(*this, layer);
    }
}

ForceParts LayeredNeedle::Strike::parts_in(double depth, std::size_t layer) const noexcept {
    ForceParts sum;
    if (!model_.cuts_) return sum;
    // Eq. 22: at each interface above the tip the wall changes from one material's hole to the next one's.
    for (std::size_t j = 0; j <= layer; ++j) {
        if (j > 0 && model_.materials_[j].as_above) continue;
        const double ln_radius = std::log(radius_at(model_.needle_, std::max(depth - tops_[j], 0.0)));
        const ForceParts here = model_.steady(model_.materials_[j], ln_factor_, ln_radius);
        sum.cutting += here.cutting;
        sum.spreading += here.spreading;
        if (j == 0) continue;
        const ForceParts above = model_.steady(model_.materials_[j - 1], ln_factor_, ln_radius);
        sum.cutting -= above.cutting;
        sum.spreading -= above.spreading;
    }
    sum.cutting += model_.flat_excess(layer, ln_factor_);
    if (model_.all_capped_) {
        sum.friction = 2.0 * pi * model_.friction_cap_ * model_.radius_integral(depth);
        return sum;
    }
    for (std::size_t j = 0; j <= layer; ++j) {
        const Material& m = model_.materials_[j];
        const double far = depth - tops_[j];
        const double near = j == layer ? 0.0 : std::max(depth - tops_[j + 1], 0.0);
        sum.friction += model_.friction_on(m, ln_factor_, near, far);
    }
    return sum;
}

ForceParts LayeredNeedle::Strike::parts(double depth) const noexcept {
    const auto below = std::lower_bound(tops_.begin() + 1, tops_.end(), depth);  // first top that is not above the tip
    return parts_in(depth, static_cast<std::size_t>(below - tops_.begin()) - 1);
}

double LayeredNeedle::Strike::force_below(std::size_t layer) const noexcept {
    return parts_in(tops_[layer], layer).total();
}

double LayeredNeedle::Strike::force_above(std::size_t layer) const noexcept {
    return layer == 0 ? 0.0 : parts_in(tops_[layer], layer - 1).total();
}

double LayeredNeedle::Strike::force_slope(double depth) const noexcept {
    const auto below = std::lower_bound(tops_.begin() + 1, tops_.end(), depth);
    const std::size_t layer = static_cast<std::size_t>(below - tops_.begin()) - 1;
    double slope = 0.0;
    for (std::size_t j = 0; j <= layer; ++j) {
        const double s = depth - tops_[j];
        const double R = radius_at(model_.needle_, s);
        const double dR = model_.outline_slope(s);
        const auto wall = [&](const Material& m) {
            const ForceParts at_R = model_.steady(m, ln_factor_, std::log(R));
            const double shear = m.friction_capped ? model_.friction_cap_ : model_.wall_shear(m, ln_factor_, R);
            // d ln Gamma/d ln R = 2 - (1 - g) c with the share c of the crack and g = d ln J/d ln R.
            const double g = m.growth > 0.0 ? m.growth * R / (m.toughness + m.growth * R) : 0.0;
            return ((1.0 + g) * at_R.cutting + 2.0 * at_R.spreading) / R * dR + 2.0 * pi * R * shear;
        };
        if (j > 0 && model_.materials_[j].as_above) continue;
        slope += wall(model_.materials_[j]) - (j > 0 ? wall(model_.materials_[j - 1]) : 0.0);
    }
    return slope;
}

bool LayeredNeedle::Strike::has_barrier(std::size_t layer) const noexcept {
    if (layer == 0) return true;
    if (model_.materials_[layer].as_above) return false;
    return model_.tip_force(layer, ln_factor_) > model_.tip_force(layer - 1, ln_factor_);
}

double LayeredNeedle::Strike::blunt_force(std::size_t layer) const noexcept {
    return (model_.chi_ - 1.0) * model_.tip_force(layer, ln_factor_);
}

double LayeredNeedle::Strike::barrier(std::size_t layer) const noexcept {
    return entries_.empty() ? force_below(layer) + blunt_force(layer) : entries_[layer].force;
}

double LayeredNeedle::Strike::landing(std::size_t layer) const noexcept {
    return entries_.empty() ? tops_[layer] : entries_[layer].landing;
}

double LayeredNeedle::Strike::next_kink(double depth) const noexcept {
    double next = std::numeric_limits<double>::infinity();
    for (const double top : tops_) {
        for (std::size_t i = 0; i + 1 < model_.outline_.size(); ++i) {
            const double kink = top + model_.outline_[i].end;
            if (kink > depth) next = std::min(next, kink);
        }
    }
    return next;
}

// Eq. 22 and 24 for the part of the needle below z = depth - s, as though the skin began there.
double LayeredNeedle::Strike::section_force(double depth, double s) const noexcept {
    if (!model_.cuts_ || !(depth > 0.0)) return 0.0;
    s = std::min(s, depth);
    const auto layer_at = [&](double z) {
        const auto below = std::upper_bound(tops_.begin() + 1, tops_.end(), z);
        return static_cast<std::size_t>(below - tops_.begin()) - 1;
    };
    const auto below_tip = std::lower_bound(tops_.begin() + 1, tops_.end(), depth);
    const std::size_t tip_layer = static_cast<std::size_t>(below_tip - tops_.begin()) - 1;
    const std::size_t first = std::min(layer_at(depth - s), tip_layer);
    const auto wall = [&](std::size_t layer, double at) {
        return model_.steady(model_.materials_[layer], ln_factor_, std::log(radius_at(model_.needle_, at))).total();
    };
    double sum = wall(first, s) + model_.flat_excess(tip_layer, ln_factor_);
    for (std::size_t j = first; j <= tip_layer; ++j) {
        const double far = j == first ? s : depth - tops_[j];
        const double near = j == tip_layer ? 0.0 : std::max(depth - tops_[j + 1], 0.0);
        sum += model_.friction_on(model_.materials_[j], ln_factor_, near, far);
        if (j > first && !model_.materials_[j].as_above) sum += wall(j, far) - wall(j - 1, far);
    }
    return sum;
}

// The first state on the way in at which `excess(h, F)` reaches zero: barriers at the interfaces, then each layer.
template <class Excess>
Balance LayeredNeedle::Strike::first_balance(const Excess& excess, double limit, double tolerance) const noexcept {
    Balance state;
    if (!model_.cuts_) return state;
    double jumped_to = 0.0;  // where the last jump past a barrier ended
    for (std::size_t i = 0; i < tops_.size() && tops_[i] < limit; ++i) {
        if (tops_[i] >= jumped_to && has_barrier(i)) {
            const double peak = barrier(i);
            state.depth = tops_[i];
            if (excess(tops_[i], peak) > 0.0) return state;
            state.peak_force = std::max(state.peak_force, peak);
            jumped_to = landing(i);
        }
        const double bottom = i + 1 < tops_.size() ? std::min(tops_[i + 1], limit) : limit;
        if (bottom < jumped_to) continue;
        const double top = std::max(tops_[i], jumped_to);
        double last = 0.0;  // force where f was asked last
        const auto f = [&](double h) {
            last = parts_in(h, i).total();
            return excess(h, last);
        };
        const int cells = model_.materials_[i].monotone ? 1 : 2 + static_cast<int>((bottom - top) / scan_width);
        double low = top, at_low = f(low);
        if (at_low >= 0.0) {
            state.depth = low;
            state.advancing = true;
            return state;
        }
        for (int cell = 1; low < bottom;) {
            double high = cell >= cells ? bottom : top + (bottom - top) * cell / cells;
            // Behind a tougher layer the force peaks where the shank begins: no step may pass that.
            const double kink = cells > 1 ? next_kink(low) : bottom;
            if (kink < high) {
                high = kink;
            } else {
                ++cell;
            }
            const double at_high = f(high);
            if (at_high >= 0.0) {
                state.depth = bracketed_root(f, low, high, at_low, at_high, tolerance);
                state.advancing = true;
                return state;
            }
            low = high, at_low = at_high;
            state.peak_force = std::max(state.peak_force, last);  // passed: behind it the force may fall
        }
    }
    state.depth = limit;
    return state;
}

Balance LayeredNeedle::Strike::at_travel(double travel, double tolerance) const noexcept {
    if (!(travel > 0.0)) return {};
    const double limit = std::min(model_.needle_.length, travel);
    Balance state =
        deflection_.table != nullptr
            // The same sign without the inverse of the table, which costs some ten times its value.
            ? first_balance([&](double h, double F) { return F - deflection_.force(travel - h); }, limit, tolerance)
            : first_balance([&](double h, double F) { return h + deflection_.depth(F) - travel; }, limit, tolerance);
    state.depth = std::min(state.depth, limit);
    state.deflection = travel - state.depth;
    if (deflection_.rigid) {
        state.deflection = 0.0;
        state.force = state.depth > 0.0 ? force(state.depth) : 0.0;
    } else {
        state.force = deflection_.force(state.deflection);
    }
    state.peak_force = std::max(state.peak_force, state.force);
    return state;
}

Balance LayeredNeedle::Strike::at_force(double needle_force, double tolerance) const noexcept {
    if (!(needle_force > 0.0)) return {};
    Balance state = first_balance([&](double, double F) { return F - needle_force; }, model_.needle_.length, tolerance);
    state.deflection = deflection_.depth(needle_force);
    state.force = needle_force;
    state.peak_force = std::max(state.peak_force, needle_force);
    return state;
}

double LayeredNeedle::Strike::work(const Balance& state) const noexcept {
    double sum = deflection_.energy(state.deflection);
    for (std::size_t i = 0; i < tops_.size() && tops_[i] < state.depth; ++i) {
        const double bottom = i + 1 < tops_.size() ? std::min(tops_[i + 1], state.depth) : state.depth;
        const auto force_at = [&](double h) { return parts_in(h, i).total(); };
        if (!model_.many_pieces_) {
            sum += gauss(force_at, tops_[i], bottom);
            continue;
        }
        const auto borders = force_kinks(tops_, i, bottom, model_.outline_);
        for (std::size_t k = 1; k < borders.size(); ++k) sum += gauss(force_at, borders[k - 1], borders[k]);
    }
    return sum;
}

}  // namespace skin::insertion
