// Energies of a tip that waits and of one that went in, at the same travel of the base (eq. 47-49).
//
//   z  depth at which the tip waits [m]     h  depth of the deeper tip [m]      D  travel of the base [m]
//   E  energy of the deflected skin [J]     W  work of the tip from z to h [J]  W_0  entry work of a blunt tip [J]
#include "insertion/entry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "insertion/root.hpp"

namespace skin::insertion {
namespace {

constexpr int cells_a_piece = 16;

// The force of the advancing tip as one parabola a cell, so that work and balance belong together.
struct Cell {
    double top, width, work;  // work from z to the top of the cell
    double force[3];          // at its top, middle and bottom

    [[nodiscard]] double force_at(double s) const noexcept {  // s in [0, 1]
        return force[0] + s * (-3.0 * force[0] + 4.0 * force[1] - force[2] +
                               s * (2.0 * force[0] - 4.0 * force[1] + 2.0 * force[2]));
    }
    [[nodiscard]] double work_at(double s) const noexcept {
        const double c1 = -3.0 * force[0] + 4.0 * force[1] - force[2];
        const double c2 = 2.0 * force[0] - 4.0 * force[1] + 2.0 * force[2];
        return work + width * s * (force[0] + s * (c1 / 2.0 + s * c2 / 3.0));
    }
};

std::vector<Cell> cells_below(const LayeredNeedle::Strike& strike, std::size_t layer) {
    const auto tops = strike.tops();
    const Needle& needle = strike.needle();
    const auto outline = needle_outline(needle);
    std::vector<double> borders{tops[layer], needle.length};
    for (std::size_t j = 0; j < tops.size(); ++j) {
        if (tops[j] > tops[layer] && tops[j] < needle.length) borders.push_back(tops[j]);
        for (std::size_t i = 0; i + 1 < outline.size(); ++i) {
            const double kink = tops[j] + outline[i].end;
            if (kink > tops[layer] && kink < needle.length) borders.push_back(kink);
        }
    }
    std::sort(borders.begin(), borders.end());
    std::vector<Cell> cells;
    double work = 0.0;
    for (std::size_t piece = 0; piece + 1 < borders.size(); ++piece) {
        const double start = borders[piece], span = borders[piece + 1] - start;
        if (!(span > 0.0)) continue;
        for (int k = 0; k < cells_a_piece; ++k) {  // finer at the top, where a jump begins
            const auto border = [&](int i) { return start + span * i * i / (cells_a_piece * cells_a_piece); };
            const double top = border(k), width = border(k + 1) - top;
            // The force jumps at an interface: stay inside the cell.
            Cell cell{top,
                      width,
                      work,
                      {strike.force(top + 1e-9 * width), strike.force(top + 0.5 * width),
                       strike.force(top + (1.0 - 1e-9) * width)}};
            work = cell.work_at(1.0);
            cells.push_back(cell);
        }
    }
    return cells;
}

struct Deeper {
    double energy;  // above that of the waiting tip; infinite when no deeper tip is in balance
    double depth;
};

// Eq. 47 minimised over h: balances where the force of the tip rises through that of the skin, and the needle's end.
Deeper deeper_tip(const std::vector<Cell>& cells, const Deflection& skin, double z, double D, double entry) {
    Deeper best{std::numeric_limits<double>::infinity(), z};
    const double waiting = skin.energy(D - z);
    const auto offer = [&](double depth, double work) {
        const double energy = entry + work + skin.energy(D - depth) - waiting;
        if (energy < best.energy) best = {energy, depth};
    };
    for (std::size_t k = 0; k < cells.size() && cells[k].top < D; ++k) {
        const Cell& cell = cells[k];
        const auto excess = [&](double s) { return cell.force_at(s) - skin.force(D - cell.top - s * cell.width); };
        const double at_top = excess(0.0), at_bottom = excess(1.0);
        if (at_top >= 0.0) {  // at an interface to a tougher layer the force jumps past the balance
            if (k > 0 && cells[k - 1].force[2] < skin.force(D - cell.top)) offer(cell.top, cell.work);
            continue;
        }
        if (at_bottom >= 0.0) {
            const double s = bracketed_root(excess, 0.0, 1.0, at_top, at_bottom, 1e-9);
            offer(cell.top + s * cell.width, cell.work_at(s));
        } else if (k + 1 == cells.size()) {
            offer(cell.top + cell.width, cell.work_at(1.0));
        }
    }
    return best;
}

}  // namespace

double entry_work(const Deflection& deflection, double steady, double peak) noexcept {
    const double u_p = deflection.depth(steady), u_c = deflection.depth(peak);
    return std::max(deflection.energy(u_c) - deflection.energy(u_p) - steady * (u_c - u_p), 0.0);
}

Entry energy_entry(const LayeredNeedle::Strike& strike, std::size_t layer) {
    const Deflection& skin = strike.deflection();
    const double z = strike.tops()[layer];
    const double steady = strike.force_below(layer), blunt = steady + strike.blunt_force(layer);
    if (skin.rigid || !(blunt > 0.0)) return {blunt, z};
    const double work = blunt > steady ? entry_work(skin, steady, blunt) : 0.0;
    const auto cells = cells_below(strike, layer);
    const auto goes_in = [&](double D) { return deeper_tip(cells, skin, z, D, work).energy <= 0.0; };
    // Without entry work the tip slides in at the latest when the skin presses with its steady force.
    double low = z, high = z + skin.depth(blunt);
    if (work == 0.0) {
        if (!goes_in(high)) return {steady, z};
    } else {
        for (int i = 0; i < 200 && !goes_in(high); ++i) {
            low = high;
            high = z + 1.2 * (high - z);
        }
    }
    for (int i = 0; i < 60 && high - low > 1e-15; ++i) {
        const double middle = 0.5 * (low + high);
        (goes_in(middle) ? high : low) = middle;
    }
    return {skin.force(high - z), deeper_tip(cells, skin, z, high, work).depth};
}

}  // namespace skin::insertion
