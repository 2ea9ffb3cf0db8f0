// The population tear index (docs/theory/tearing.md, eqs. 40-42): contacts of a population, then what skin does to
// them.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "skin/tearing.hpp"
#include "tearing/motion.hpp"
#include "tearing/population.hpp"
#include "tearing/resistance.hpp"

namespace skin::tearing {

struct RiskIndex {
    double slit = 0.0;   ///< [1] share of a population of contacts that cut the mouth
    double flap = 0.0;   ///< [1] mean energy release rate at the junction over its toughness, each contact at most 1
    double total = 0.0;  ///< [1] 1 - (1 - slit)(1 - flap)
};

/// How finely the population is resolved.
struct RiskGrid {
    int depths = 8;     ///< quantile classes of depth
    int headings = 4;   ///< midpoints of the angle from the Langer lines in (0, pi/2): the rest is symmetric
    int distances = 6;  ///< midpoints of the stroke, for skin that follows the roller
    int nodes = 5;      ///< of the Gauss-Hermite rule over slip and over side-slip: 3 or 5
    int ends = 4;       ///< midpoints of touchdown and of lift
    int jams = 6;       ///< midpoints of the places at which a drum may jam
    int rings = 4;      ///< midpoints over the width of a drum that is turned in the skin
};
inline constexpr RiskGrid fine_grid{};
inline constexpr RiskGrid coarse_grid{
    .depths = 4, .headings = 2, .distances = 3, .nodes = 3, .ends = 1, .jams = 3, .rings = 2};

/// Contacts of one depth and one place in the stroke: what they ask for, before the skin answers.
struct ContactClass {
    explicit ContactClass(const Motion& motion) : mean(motion) {}

    Motion mean;                              ///< without scatter
    DemandScatter demand;                     ///< of the mouth, for a roller
    double glide_sd = 0.0;                    ///< [1] of the logarithm of a pen's speed
    bool gliding = false;                     ///< a pen: the demand is lognormal
    double weight = 0.0;                      ///< [1] of the class; all together 1
    std::vector<double> slide_weight, slide;  ///< [1], [m] distribution of the slide of epidermis on dermis
};

/// [m] midpoints of `n` quantile classes.
[[nodiscard]] std::vector<double> depth_classes(const Eigen::VectorXd& depth, int n);
/// On what skin a population rolls or glides, under which hypotheses, and how finely it is resolved.
struct Population {
    const Resistance& resistance;
    const TearingSettings& settings;
    RiskGrid grid;
};
/// Contacts of a use. From the skin enter the depth of the junction, for a drum how stiffness changes with depth, and
/// for loose skin the stiffness itself.
[[nodiscard]] std::vector<ContactClass> contact_classes(const Device& device, const Use& use,
                                                        const std::vector<double>& depths,
                                                        const Population& population);
[[nodiscard]] RiskIndex index_of(const std::vector<ContactClass>& contacts, const Population& population);

/// Index for channels of these depths; no random numbers, so that a comparison of skins is free of sampling.
[[nodiscard]] RiskIndex risk_index(const Skin& skin, const Device& device, const Use& use, const Eigen::VectorXd& depth,
                                   const TearingSettings& settings);

}  // namespace skin::tearing
