// Holes that are already there: which one a strike meets, and how far a needle goes in one (docs/theory/insertion.md,
// 6).
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "insertion/layered_needle.hpp"

namespace skin::insertion {

/// One hole and the strikes that went into it.
struct Hole {
    Eigen::Index strike = 0;  ///< that made it
    double depth = 0.0;       ///< [m] the deepest loaded tip so far
    double visits = 1.0;      ///< [1] needles that went in
};

/// Holes by place; a strike meets the nearest one within its radius of capture, which is `widest` [m] at most.
class HoleMap {
public:
    explicit HoleMap(double widest);
    void add(double x, double y, std::size_t hole);
    /// Index of the hole, or -1. `radius(hole)` [m] is its radius of capture.
    template <class Radius>
    [[nodiscard]] std::ptrdiff_t met(double x, double y, const Radius& radius) const;

private:
    struct Place {
        double x, y;
        std::size_t hole;
    };
    [[nodiscard]] std::int64_t cell_of(double at) const noexcept;
    [[nodiscard]] static std::uint64_t key(std::int64_t x, std::int64_t y) noexcept {
        return static_cast<std::uint64_t>(x) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(y);
    }
    double cell_;
    std::unordered_map<std::uint64_t, std::vector<Place>> places_;
};

template <class Radius>
std::ptrdiff_t HoleMap::met(double x, double y, const Radius& radius) const {
    std::ptrdiff_t nearest = -1;
    double least = cell_;
    for (std::int64_t dx = -1; dx <= 1; ++dx) {
        for (std::int64_t dy = -1; dy <= 1; ++dy) {
            const auto found = places_.find(key(cell_of(x) + dx, cell_of(y) + dy));
            if (found == places_.end()) continue;
            for (const Place& p : found->second) {
                const double distance = std::hypot(x - p.x, y - p.y);
                if (!(distance < radius(p.hole)) || !(distance < least)) continue;
                least = distance;
                nearest = static_cast<std::ptrdiff_t>(p.hole);
            }
        }
    }
    return nearest;
}

/// A strike into a hole.
struct Reentry {
    Balance state;
    double work = 0.0;  ///< [J] done on the skin
};
/// Nothing is cut down to `open` [m], the loaded depth of the hole: its walls are spread and rub as in fresh skin. At
/// the bottom the tip waits until the skin pushes as hard as fresh skin does there, then it cuts on.
[[nodiscard]] Reentry reenter(const LayeredNeedle::Strike& strike, double travel, double open, double tolerance);

}  // namespace skin::insertion
