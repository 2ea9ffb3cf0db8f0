// A surface without mass follows at once: the tip jumps to its next balance while the needle base stays where it is.
#pragma once

#include "insertion/dynamic_system.hpp"

namespace skin::insertion {

/// What stays as it is during a jump: the needle base over its own patch of skin, and what has relaxed.
struct Hold {
    double approach = 0.0, b1 = 0.0, b2 = 0.0;
};

struct Jump {
    double depth = 0.0;    ///< where the tip comes to rest or goes on
    double lost = 0.0;     ///< energy of the skin that neither cutting nor friction took
    int piece = 0;         ///< of the resistance where it is then
    bool waiting = false;  ///< in front of the barrier of that piece
};

/// From depth `from`, cutting piece `piece`, to the first depth at which the tip is held again.
[[nodiscard]] Jump jump_in(const System& system, const Hold& hold, double from, int piece);
/// Out of the hole from depth `from`; depth 0: the tip has left the skin.
[[nodiscard]] Jump jump_out(const System& system, const Hold& hold, double from);

/// Force of the skin on a tip at `depth`.
[[nodiscard]] double skin_force(const System& system, const Hold& hold, double depth) noexcept;

}  // namespace skin::insertion
