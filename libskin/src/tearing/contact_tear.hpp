// One contact: from its motion and the skin's resistance to the slit it leaves.
#pragma once

#include <vector>

#include "skin/tearing.hpp"
#include "tearing/motion.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

struct ContactTear {
    double demand = 0.0;           ///< [m] at the mouth
    double critical_offset = 0.0;  ///< [m] at the mouth
    double junction_slide = 0.0;   ///< [m] epidermis on dermis
    double slit_length = 0.0;      ///< [m] at the mouth; 0: round
    double slit_path = 0.0;        ///< [m]
    double slit_depth = 0.0;       ///< [m]
    bool hidden = false;           ///< cut below a round mouth
    bool bent = false;             ///< the lateral load passes what some section of the needle bears
    bool hooked = false;           ///< that section lies in the skin: the tip comes out as a hook
    double hook_length = 0.0;      ///< [m] of needle beyond the section nearest to the tip that gives way
    double slit_direction = 0.0;   ///< [rad] at the mouth, from the rolling direction to the left, in (-pi/2, pi/2]
    double slit_gape = 0.0;        ///< [m] how far its lips stand open at rest
    double work = 0.0;             ///< [J] of the needle on the skin, over all slices
    double stored = 0.0;           ///< [J] of it, left in the skin when the needle leaves
    double dissipated = 0.0;  ///< [J] of it, spent on cutting; work - stored - dissipated is the error of the steps
    std::vector<double> slit_profile;  ///< [m] slit length in the middle of settings.n_slices equal slices; 0: not cut
};

/// `heading` is that of the device from the Langer lines. `points` is scratch space, so that a treatment does not
/// allocate per channel.
[[nodiscard]] ContactTear tear_contact(const Motion& motion, const Resistance& resistance, double heading,
                                       const TearingSettings& settings, std::vector<Point>& points);

/// [m] slide of the epidermis on the dermis, given the demand at the mouth; 0 for a skin without a junction.
[[nodiscard]] double junction_slide(const Motion& motion, const Resistance& resistance, double mouth_demand) noexcept;
/// [1] slice-push factor of this motion at depth z under the hypothesis of the settings.
[[nodiscard]] double slice_factor(const Motion& motion, const Resistance& resistance, SlicePush hypothesis,
                                  double z) noexcept;

}  // namespace skin::tearing
