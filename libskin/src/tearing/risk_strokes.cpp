#include "tearing/risk_strokes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "tearing/contact_tear.hpp"
#include "tearing/free_rolling.hpp"

namespace skin::tearing {

namespace {

/// A stroke as far as the drum turns, and what it is dragged on when it has jammed.
struct Stroke {
    double rolled = 0.0, plough = 0.0;  // [m]
    double share = 1.0;                 // [1] of all strokes
};

std::vector<Stroke> strokes_of(const Rolling& use, int n_jams) {
    std::vector<Stroke> strokes;
    if (use.jammed_share < 1.0) strokes.push_back({use.stroke_length, 0.0, 1.0 - use.jammed_share});
    for (int j = 0; j < n_jams && use.jammed_share > 0.0; ++j) {  // it may jam anywhere
        const double stop = (j + 0.5) / n_jams * use.stroke_length;
        strokes.push_back({stop, use.stroke_length - stop, use.jammed_share / n_jams});
    }
    return strokes;
}

/// Needles that stand upright between two places of a stroke.
struct Piece {
    double from = 0.0, to = 0.0;  // [m] behind touchdown
    bool whole = true;            // their contacts lie inside the stroke
};

/// Everything about one depth that its contacts share.
class DepthClass {
public:
    DepthClass(const Roller& roller, const Rolling& use, const Population& population, double tip_depth);
    void add(double weight, std::vector<ContactClass>& classes) const;

private:
    [[nodiscard]] std::vector<Piece> pieces_of(const Stroke& stroke) const;
    [[nodiscard]] double felt(double way) const;
    [[nodiscard]] ContactClass contact_at(double way, const std::optional<StrokeWindow>& window, double ring) const;
    [[nodiscard]] DemandScatter demand_of(double psi, const std::optional<StrokeWindow>& window, double ring) const;
    void add_piece(const Stroke& stroke, const Piece& piece, double weight, std::vector<ContactClass>& classes) const;
    [[nodiscard]] bool turns_behind(const StrokeWindow& window) const {
        return window.turn != 0.0 && window.after < free_.R_e * exit_angle(free_, 0.0);
    }

    const Roller& roller_;
    const Rolling& use_;
    const Population& population_;
    Rolling straight_;  // without yaw: its slip is in sd_slip_
    DrumContact drum_;
    Contact free_;            // rolling without slip
    double sd_slip_ = 0.0;    // [1]
    double lag_ = 0.0;        // [m] relaxation length of loose skin
    bool cut_short_ = false;  // touchdown and lift count
    bool turning_ = true;     // the drum turns at all
};

DepthClass::DepthClass(const Roller& roller, const Rolling& use, const Population& population, double tip_depth)
    : roller_(roller),
      use_(use),
      population_(population),
      straight_(use),
      drum_(drum_contact(roller, population.resistance, population.settings, tip_depth)) {
    straight_.yaw_rate = 0.0;
    free_.h = axle_height(roller, tip_depth);
    free_.rho = free_.h + tip_depth;
    free_.R_e = drum_.free_radius;
    free_.dimple = drum_.dimple;
    free_.tent = drum_.tent;
    // Yaw: to leading order each ring has a slip of its own, evenly spread over the width.
    sd_slip_ = std::hypot(use.slip_spread, use.yaw_rate / use.speed * roller.width / std::sqrt(12.0));
    if (!use.held && use.lifted) {  // loose skin follows the roller at first; one that is never lifted keeps it pulled
        const double n_needles = roller.rings * roller.needles_per_ring;
        const double c_b = brush(n_needles, free_.h, tip_depth, free_rolling_radius(free_.h, tip_depth)).slip_stiffness;
        lag_ = population.resistance.shank_stiffness() * c_b / population.resistance.patch_stiffness();
    }
    cut_short_ = population.settings.stroke_ends == StrokeEnds::pressed || use.turn_pressed != 0.0;
    turning_ = rolling_motion(roller, straight_, drum_, {use.slip, use.side_slip, 0.0}).turns();
}

std::vector<Piece> DepthClass::pieces_of(const Stroke& stroke) const {
    // A drum that jams still has needles in the skin that have not come upright.
    const double in = free_.R_e * entry_angle(free_, 0.0), out = free_.R_e * exit_angle(free_, 0.0);
    const double last = stroke.plough > 0.0 ? std::min(stroke.rolled + in, use_.stroke_length) : stroke.rolled;
    if (!turning_ || (!cut_short_ && !(stroke.plough > 0.0))) return {{0.0, last, true}};
    const double lift = std::clamp(stroke.rolled - out, 0.0, last);
    if (in >= lift) return {{0.0, last, false}};  // the stroke is shorter than a contact
    return {{0.0, in, false}, {in, lift, true}, {lift, last, false}};
}

double DepthClass::felt(double way) const { return use_.held || !use_.lifted ? 1.0 : relaxation(way, lag_); }

DemandScatter DepthClass::demand_of(double psi, const std::optional<StrokeWindow>& window, double ring) const {
    double way = travel(free_), dragged = 0.0;
    double m_x = 0.5 * demand(free_, 0.0);  // convention of the index: half of the free-rolling demand
    Point chord{};
    if (window) {
        StrokeWindow rolling = *window;
        rolling.plough = rolling.turn = 0.0;
        m_x = 0.5 * interrupted_demand(free_, rolling, 0.0);
        const double from = std::max(-entry_angle(free_, 0.0), -window->before / free_.R_e);
        const double to = std::min(exit_angle(free_, 0.0), window->after / free_.R_e);
        way = free_.R_e * std::max(to - from, 0.0);
        if (to < exit_angle(free_, 0.0)) dragged = window->plough;
        if (turns_behind(*window)) {  // about the middle of the drum, along the chord of its arc
            const Point arm{-free_.h * std::tan(to), ring};
            const double c = std::cos(window->turn), s = std::sin(window->turn);
            chord = Point{c * arm.x - s * arm.y, s * arm.x + c * arm.y} - arm;
        }
    }
    const double side = psi * (way + dragged);
    return {m_x + way * (psi * use_.slip + drum_.axle_slip) + dragged + chord.x,
            side * std::tan(use_.side_slip) + chord.y, psi * way * sd_slip_, side * use_.side_slip_spread};
}

ContactClass DepthClass::contact_at(double way, const std::optional<StrokeWindow>& window, double ring) const {
    const double psi = felt(way);
    const auto moved = [&](const Slip& slip) {
        const Motion whole = rolling_motion(roller_, straight_, drum_, slip);
        return window ? whole.within(*window) : whole;
    };
    ContactClass c(moved({}));
    c.demand = demand_of(psi, window, ring);
    const auto nodes = normal_nodes(population_.grid.nodes);
    // Side-slip to the left slides the epidermis as far as to the right; turning with the drum has a sense.
    const bool mirrored = use_.side_slip == 0.0 && !(window && turns_behind(*window));
    for (const NormalNode& along : nodes) {
        if (!(sd_slip_ > 0.0) && along.x != 0.0) continue;
        for (const NormalNode& across : nodes) {
            if (across.x != 0.0 && (!(use_.side_slip_spread > 0.0) || (mirrored && across.x < 0.0))) continue;
            const double both = mirrored && across.x > 0.0 ? 2.0 : 1.0;
            const Motion motion = moved({psi * (use_.slip + sd_slip_ * along.x),
                                         psi * (use_.side_slip + use_.side_slip_spread * across.x), ring});
            c.slide.push_back(junction_slide(motion, population_.resistance, motion.demand(0.0)));
            c.slide_weight.push_back((sd_slip_ > 0.0 ? along.weight : 1.0) *
                                     (use_.side_slip_spread > 0.0 ? both * across.weight : 1.0));
        }
    }
    return c;
}

void DepthClass::add_piece(const Stroke& stroke, const Piece& piece, double weight,
                           std::vector<ContactClass>& classes) const {
    const RiskGrid& grid = population_.grid;
    const bool loose = !use_.held && use_.lifted;
    const int n_ways = !piece.whole ? grid.ends : loose ? grid.distances : 1;
    for (int i = 0; i < n_ways; ++i) {
        const double way = piece.from + (i + 0.5) / n_ways * (piece.to - piece.from);
        std::optional<StrokeWindow> window;
        if (!piece.whole) {
            window = StrokeWindow{.before = way,
                                  .after = stroke.rolled - way,
                                  .plough = stroke.plough,
                                  .turn = use_.turn_pressed,
                                  .lifted = use_.lifted};
        }
        // Where the ring sits matters to a needle that is turned with the drum only.
        const int n_rings = window && turns_behind(*window) ? grid.rings : 1;
        for (int k = 0; k < n_rings; ++k) {
            classes.push_back(contact_at(way, window, roller_.width * ((k + 0.5) / n_rings - 0.5)));
            classes.back().weight = weight / (n_ways * n_rings);
        }
    }
}

void DepthClass::add(double weight, std::vector<ContactClass>& classes) const {
    // A jammed drum makes no more holes: the population is that of the contacts that there are.
    const auto strokes = strokes_of(use_, population_.grid.jams);
    double all = 0.0;
    for (const Stroke& stroke : strokes) all += stroke.share * pieces_of(stroke).back().to;
    for (const Stroke& stroke : strokes) {
        for (const Piece& piece : pieces_of(stroke)) {
            if (!(piece.to > piece.from)) continue;
            add_piece(stroke, piece, weight * stroke.share * (piece.to - piece.from) / all, classes);
        }
    }
}

}  // namespace

void add_strokes(const Roller& roller, const Rolling& use, const Population& population, double tip_depth,
                 double weight, std::vector<ContactClass>& classes) {
    if (!(tip_depth > 0.0) || !(axle_height(roller, tip_depth) > 0.0)) return;
    DepthClass(roller, use, population, tip_depth).add(weight, classes);
}

}  // namespace skin::tearing
