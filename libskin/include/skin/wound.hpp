// What the physics hand to each other: channels, how they close, what living skin is exposed to, what it lost.
#pragma once

#include <Eigen/Core>
#include <string>
#include <utility>
#include <vector>

#include "skin/core/provenance.hpp"
#include "skin/core/types.hpp"
#include "skin/device/needle.hpp"
#include "skin/tissue/skin.hpp"

namespace skin {

/// What needling did to one layer in one session.
struct InjuryDose {
    double time = 0.0;          ///< [s] of the session
    Eigen::VectorXd punctured;  ///< [1] (layer) injured volume fraction by punctures: epidermis, papillary, reticular
    Eigen::VectorXd torn;       ///< [1] (layer) injured volume fraction by slits
    Eigen::VectorXd heated;     ///< [1] (layer) injured volume fraction by heat
    Eigen::VectorXd irritation_time;  ///< [s] (n) times of the irritation source, since the session
    Eigen::VectorXd irritation_rate;  ///< [1/s] (n) damage signal by irritants
    double hole_density = 0.0;        ///< [1/m^2] holes per area, for redness
    double mean_depth = 0.0;          ///< [m] mean loaded tip depth, for redness
};
template <>
struct Describe<InjuryDose> {
    using I = InjuryDose;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &I::time, "s", "of the session"},
            Field{"punctured", &I::punctured, "1", "injured volume fraction by punctures", {"layer"}, 0.0, 1.0},
            Field{"torn", &I::torn, "1", "injured volume fraction by slits", {"layer"}, 0.0, 1.0},
            Field{"heated", &I::heated, "1", "injured volume fraction by heat", {"layer"}, 0.0, 1.0},
            Field{"irritation_time", &I::irritation_time, "s", "times of the irritation source", {"irritation_time"}},
            Field{"irritation_rate", &I::irritation_rate, "1/s", "damage signal by irritants", {"irritation_time"}},
            Field{"hole_density", &I::hole_density, "1/m^2", "holes per area", {}, 0.0, 1e9},
            Field{"mean_depth", &I::mean_depth, "m", "mean loaded tip depth", {}, 0.0, 0.02},
        };
    }
    // clang-format on
};

/// One row a channel. Made by insertion, completed by tearing, bleeding and (later) heat.
struct Wound {
    Needle needle;                    ///< the needle that made them
    double area = 0.0;                ///< [m^2] patch that these channels fill; 0 without channels
    Eigen::VectorXd x;                ///< [m] (channel) position along
    Eigen::VectorXd y;                ///< [m] (channel) position across
    Eigen::VectorXd depth;            ///< [m] (channel) loaded tip depth
    Eigen::VectorXd channel_depth;    ///< [m] (channel) after withdrawal and recoil
    Eigen::VectorXd channel_radius;   ///< [m] (channel) at the mouth after withdrawal
    Eigen::VectorXd mouth_radius;     ///< [m] (channel) largest needle radius that passed the mouth
    Eigen::VectorXd tilt;             ///< [rad] (channel) of the axis from the normal
    Eigen::VectorXd entry_speed;      ///< [m/s] (channel) of the needle
    Eigen::VectorXd dwell_time;       ///< [s] (channel) needle in the skin
    Eigen::VectorXd slit_length;      ///< [m] (channel) at the mouth; 0: round
    Eigen::VectorXd slit_depth;       ///< [m] (channel) to which the slit reaches
    Eigen::VectorXd blood_fraction;   ///< [1] (channel) share of the channel that blood fills
    Eigen::VectorXd heated_fraction;  ///< [1] (channel) share of the wall that heat sealed

    // How each channel was struck and what its slit looks like. An empty column means that it is not known.
    Eigen::VectorXd pass_number;  ///< [1] (channel) of the pass over the patch, from 0
    Eigen::VectorXd heading;      ///< [rad] (channel) in which the device moved, from x; the Langer lines lie along x
    Eigen::VectorXd travelled;    ///< [m] (channel) way of the device since it touched down
    Eigen::VectorXd ring_offset;  ///< [m] (channel) of the needle's ring from the middle of the drum, to the left
    Eigen::VectorXd visits;       ///< [1] (channel) needles that went in, 1: the one that made it
    Eigen::VectorXd slit_direction;  ///< [rad] (channel) of the slit at the mouth, from x, in (-pi/2, pi/2]
    Eigen::VectorXd slit_gape;       ///< [m] (channel) how far the lips of the slit stand open at rest
    RowMatrix slit_profile;          ///< [m] (channel, slice) slit length in the middle of equal slices of `depth`

    [[nodiscard]] Eigen::Index size() const noexcept { return depth.size(); }
    [[nodiscard]] double holes_per_area() const noexcept;  ///< [1/m^2] 0 without channels
    /// Injured volume fractions of one session (healing.md 3.1), with the channel's own needle profile.
    [[nodiscard]] InjuryDose injury_dose(const Skin& skin) const;
};
template <>
struct Describe<Wound> {
    using W = Wound;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"needle", &W::needle, "1", "the needle that made them"},
            Field{"area", &W::area, "m^2", "patch that these channels fill", {}, 0.0, 10.0},
            Field{"x", &W::x, "m", "position along", {"channel"}},
            Field{"y", &W::y, "m", "position across", {"channel"}},
            Field{"depth", &W::depth, "m", "loaded tip depth", {"channel"}, 0.0, 0.02},
            Field{"channel_depth", &W::channel_depth, "m", "after withdrawal and recoil", {"channel"}, 0.0, 0.02},
            Field{"channel_radius", &W::channel_radius, "m", "at the mouth after withdrawal", {"channel"}, 0.0, 0.01},
            Field{"mouth_radius", &W::mouth_radius, "m", "largest needle radius that passed the mouth", {"channel"}, 0.0, 0.01},
            Field{"tilt", &W::tilt, "rad", "of the axis from the normal", {"channel"}},
            Field{"entry_speed", &W::entry_speed, "m/s", "of the needle", {"channel"}, 0.0, 1e3},
            Field{"dwell_time", &W::dwell_time, "s", "needle in the skin", {"channel"}, 0.0, 1e5},
            Field{"slit_length", &W::slit_length, "m", "at the mouth; 0: round", {"channel"}, 0.0, 2.0},
            Field{"slit_depth", &W::slit_depth, "m", "to which the slit reaches", {"channel"}, 0.0, 0.02},
            Field{"blood_fraction", &W::blood_fraction, "1", "share of the channel that blood fills", {"channel"}, 0.0, 1.0},
            Field{"heated_fraction", &W::heated_fraction, "1", "share of the wall that heat sealed", {"channel"}, 0.0, 1.0},
            Field{"pass_number", &W::pass_number, "1", "of the pass over the patch, from 0; empty: not known", {"channel"}, 0.0, 1e6},
            Field{"heading", &W::heading, "rad", "in which the device moved, from x; the Langer lines lie along x", {"channel"}},
            Field{"travelled", &W::travelled, "m", "way of the device since it touched down; empty: not known", {"channel"}, 0.0, 1e4},
            Field{"ring_offset", &W::ring_offset, "m", "of the needle's ring from the middle of the drum; empty: not known", {"channel"}, -1.0, 1.0},
            Field{"visits", &W::visits, "1", "needles that went in, 1: the one that made it", {"channel"}, 1.0, 1e6},
            Field{"slit_direction", &W::slit_direction, "rad", "of the slit at the mouth, from x; empty: not known", {"channel"}, -3.2, 3.2},
            Field{"slit_gape", &W::slit_gape, "m", "how far the lips of the slit stand open at rest", {"channel"}, 0.0, 0.1},
            Field{"slit_profile", &W::slit_profile, "m", "slit length in the middle of equal slices of `depth`", {"channel", "slice"}, 0.0, 2.0},
        };
    }
    // clang-format on
};

/// A wound without channels: intact skin.
[[nodiscard]] Wound intact_skin();
/// Columns of equal length, values in range, a positive area when there are channels.
void validate_wound(const Wound& wound);
/// Does the wound know the gape of its slits? If not, skin's usual gape stands in.
[[nodiscard]] bool knows_slit_gape(const Wound& wound) noexcept;
/// [m^2] open area of the slit of a channel, mean over its depth: in every slice an ellipse, as long as the slit there
/// and as open in proportion. Only for a wound that knows the gape.
[[nodiscard]] double slit_area(const Wound& wound, Eigen::Index channel) noexcept;
/// [m^2] walls of one side of the slit of a channel between two depths: its profile, or mouth length down to
/// slit_depth.
[[nodiscard]] double slit_sheet(const Wound& wound, Eigen::Index channel, double top, double bottom) noexcept;

/// A few representative channels and how many real ones each stands for.
struct ChannelClasses {
    Eigen::VectorXd count;           ///< [1] (class) real channels that the class stands for
    Eigen::VectorXd channel_depth;   ///< [m] (class) after withdrawal and recoil
    Eigen::VectorXd channel_radius;  ///< [m] (class) at the mouth after withdrawal
    Eigen::VectorXd mouth_radius;    ///< [m] (class) largest needle radius that passed the mouth
    Eigen::VectorXd slit_length;     ///< [m] (class) at the mouth
    Eigen::VectorXd entry_speed;     ///< [m/s] (class) of the needle
    Eigen::VectorXd dwell_time;      ///< [s] (class) needle in the skin
    Eigen::VectorXd blood_fraction;  ///< [1] (class) share of the channel that blood fills
    double area = 0.0;               ///< [m^2] patch
    Eigen::VectorXd slit_area;       ///< [m^2] (class) open area of the slit, mean over its depth; empty: not known

    [[nodiscard]] Eigen::Index size() const noexcept { return count.size(); }
    /// [m^2] what the slit of class k opens beside the hole, given the usual gape of slits whose gape is not known.
    [[nodiscard]] double open_slit(Eigen::Index k, double usual_gape) const noexcept {
        return slit_area.size() > 0 ? slit_area[k] : slit_length[k] * usual_gape;
    }
};
template <>
struct Describe<ChannelClasses> {
    using C = ChannelClasses;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"count", &C::count, "1", "real channels that the class stands for", {"class"}},
            Field{"channel_depth", &C::channel_depth, "m", "after withdrawal and recoil", {"class"}},
            Field{"channel_radius", &C::channel_radius, "m", "at the mouth after withdrawal", {"class"}},
            Field{"mouth_radius", &C::mouth_radius, "m", "largest needle radius that passed the mouth", {"class"}},
            Field{"slit_length", &C::slit_length, "m", "at the mouth", {"class"}},
            Field{"entry_speed", &C::entry_speed, "m/s", "of the needle", {"class"}},
            Field{"dwell_time", &C::dwell_time, "s", "needle in the skin", {"class"}},
            Field{"blood_fraction", &C::blood_fraction, "1", "share of the channel that blood fills", {"class"}},
            Field{"area", &C::area, "m^2", "patch"},
            Field{"slit_area", &C::slit_area, "m^2", "open area of the slit, mean over its depth; empty: not known", {"class"}},
        };
    }
    // clang-format on
};

/// Quantile classes of channel depth: each class holds about the same number, and its members are means of its rows.
[[nodiscard]] ChannelClasses channel_classes(const Wound& wound, int n_classes = 4);

/// How the channels of each class close over time.
struct Closure {
    ChannelClasses classes;      ///< which channels
    Eigen::VectorXd time;        ///< [s] (time) since the first strike
    RowMatrix radius_fraction;   ///< [1] (time, class) radius at the mouth over channel_radius of the class; the
                                 ///<     first minutes may lie above 1: the recoil still goes on
    RowMatrix depth_fraction;    ///< [1] (time, class) depth over the first one
    RowMatrix plug_wetness;      ///< [1] (time, class) 1 wet, 0 dry
    RowMatrix plug_conductance;  ///< [1] (time, class) over the first hole conductance
    RowMatrix hole_conductance;  ///< [1] (time, class) over its first value

    [[nodiscard]] bool empty() const noexcept { return time.size() == 0; }
};
template <>
struct Describe<Closure> {
    using C = Closure;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"classes", &C::classes, "1", "which channels"},
            Field{"time", &C::time, "s", "since the first strike", {"time"}},
            Field{"radius_fraction", &C::radius_fraction, "1", "radius at the mouth over channel_radius of the class", {"time", "class"}},
            Field{"depth_fraction", &C::depth_fraction, "1", "depth over the first one", {"time", "class"}},
            Field{"plug_wetness", &C::plug_wetness, "1", "1 wet, 0 dry", {"time", "class"}},
            Field{"plug_conductance", &C::plug_conductance, "1", "over the first hole conductance", {"time", "class"}},
            Field{"hole_conductance", &C::hole_conductance, "1", "over its first value", {"time", "class"}},
        };
    }
    // clang-format on
};

/// What living skin meets of one product over time, and what safety has to know of the product.
struct Exposure {
    std::string solute;                       ///< id of the active
    Eigen::VectorXd time;                     ///< [s] (time) since the first strike
    Eigen::VectorXd epidermis_concentration;  ///< [kg/m^3] (time) mean in viable epidermis
    Eigen::VectorXd dermis_concentration;     ///< [kg/m^3] (time) mean in papillary dermis
    Eigen::VectorXd mass_below_junction;      ///< [kg/m^2] (time) in dermis and channels below the junction
    bool applied_before = false;              ///< [1] put on before needling
    double no_effect_concentration = 0.0;     ///< [kg/m^3] C_0 of irritation
    double irritant_concentration = 0.0;      ///< [kg/m^3] C_ref of irritation; 0: not an irritant
    double irritant_time = 0.0;               ///< [s] t_ref of irritation
    double reaction_delay = 0.0;              ///< [s] until the reaction shows
    bool sensitiser = false;                  ///< [1] tagged
    bool lipid = false;                       ///< [1] tagged
    double particle_diameter = 0.0;           ///< [m] 0: no particles
    double particle_density = 0.0;            ///< [kg/m^3] of the particles
    double vehicle_density = 1000.0;          ///< [kg/m^3] of the vehicle
    double vehicle_viscosity = 1.0e-3;        ///< [Pa s] of the vehicle in bulk
    double deposited = 0.0;                   ///< [kg/m^2] product carried into channels by the needles
    int irritancy_class = 0;                  ///< [1] of the product at that moment
};
template <>
struct Describe<Exposure> {
    using E = Exposure;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"solute", &E::solute, "1", "id of the active"},
            Field{"time", &E::time, "s", "since the first strike", {"time"}},
            Field{"epidermis_concentration", &E::epidermis_concentration, "kg/m^3", "mean in viable epidermis", {"time"}},
            Field{"dermis_concentration", &E::dermis_concentration, "kg/m^3", "mean in papillary dermis", {"time"}},
            Field{"mass_below_junction", &E::mass_below_junction, "kg/m^2", "in dermis and channels below the junction", {"time"}},
            Field{"applied_before", &E::applied_before, "1", "put on before needling"},
            Field{"no_effect_concentration", &E::no_effect_concentration, "kg/m^3", "C_0 of irritation"},
            Field{"irritant_concentration", &E::irritant_concentration, "kg/m^3", "C_ref of irritation; 0: not an irritant"},
            Field{"irritant_time", &E::irritant_time, "s", "t_ref of irritation"},
            Field{"reaction_delay", &E::reaction_delay, "s", "until the reaction shows"},
            Field{"sensitiser", &E::sensitiser, "1", "tagged"},
            Field{"lipid", &E::lipid, "1", "tagged"},
            Field{"particle_diameter", &E::particle_diameter, "m", "0: no particles"},
            Field{"particle_density", &E::particle_density, "kg/m^3", "of the particles"},
            Field{"vehicle_density", &E::vehicle_density, "kg/m^3", "of the vehicle"},
            Field{"vehicle_viscosity", &E::vehicle_viscosity, "Pa s", "of the vehicle in bulk"},
            Field{"deposited", &E::deposited, "kg/m^2", "product carried into channels by the needles"},
            Field{"irritancy_class", &E::irritancy_class, "1", "of the product at that moment"},
        };
    }
    // clang-format on
};

}  // namespace skin
