// From skin, wound, product and closure to the column and its channel families.
#pragma once

#include <string>
#include <vector>

#include "skin/transport.hpp"
#include "transport/column.hpp"
#include "transport/filling.hpp"
#include "transport/solute.hpp"

namespace skin::transport {

/// The four layers that take part, outermost first; fat below is not modelled.
inline constexpr std::size_t n_column_layers = 4;

/// Everything that stays the same over one delivery.
struct Setup {
    Solute solute;
    Column column;                         ///< donor_thickness is that of the film as put on
    std::vector<ChannelFamily> families;   ///< deepest first; empty: intact skin
    std::vector<ChannelOutline> outlines;  ///< of the same families
    std::vector<Filling> fillings;         ///< of the same families, were the product there before the strike
    Eigen::Index living = 0;               ///< first cell below the stratum corneum
    Eigen::Index junction = 0;             ///< first cell below the dermal-epidermal junction
    bool slit = false;                     ///< cells around channels are elliptic
};

[[nodiscard]] Setup make_setup(const Skin& skin, const Wound& wound, const Application& application,
                               const Closure& closure, const DeliverySettings& settings, ResultInfo& info);

/// Media of the cells of any grid over depth whose borders lie on those of the skin.
[[nodiscard]] std::vector<Medium> column_media(const Solute& solute, const Skin& skin, const numerics::Grid& grid,
                                               bool in_vivo);

/// "deliver: a step failed in viable_epidermis, 42 um deep: ...", from what the stepper says (time, length, what it
/// tried) and the depth [m] at which it stopped; negative: the product.
[[nodiscard]] std::string failure_message(const Skin& skin, const std::string& what, double depth);

}  // namespace skin::transport
