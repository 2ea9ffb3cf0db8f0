// How deep a needle really goes: force, puncture, depth, and the channel it leaves (docs/theory/insertion.md).
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "skin/core/describe.hpp"
#include "skin/core/provenance.hpp"
#include "skin/device/device.hpp"
#include "skin/device/use.hpp"
#include "skin/tissue/skin.hpp"
#include "skin/wound.hpp"

namespace skin {

namespace insertion {
struct Deflection;
}

/// Where the tip force comes from.
enum class TipModel {
    none,            ///< no cutting: the skin indents and never opens
    energy_release,  ///< crack opened by a tapered tip, layer by layer; the default
};
template <>
struct EnumNames<TipModel> {
    static constexpr std::array entries{std::pair{TipModel::none, std::string_view{"none"}},
                                        std::pair{TipModel::energy_release, std::string_view{"energy_release"}}};
};

/// How the surface gives way under a needle.
enum class DeflectionModel {
    none,       ///< rigid support: no deflection
    parabolic,  ///< F = beta E_eff u^2, deep indentation; the default
    layered,    ///< contact of the tip with the layers, and the stiffening of large deflections
};
template <>
struct EnumNames<DeflectionModel> {
    static constexpr std::array entries{std::pair{DeflectionModel::none, std::string_view{"none"}},
                                        std::pair{DeflectionModel::parabolic, std::string_view{"parabolic"}},
                                        std::pair{DeflectionModel::layered, std::string_view{"layered"}}};
};

/// How needles of one array feel each other.
enum class ArrayCoupling {
    none,        ///< each for itself
    half_space,  ///< Boussinesq far field of an elastic half-space, cut off at twice the fat depth; the default
    layered,     ///< surface Green function of the layers on a rigid base
};
template <>
struct EnumNames<ArrayCoupling> {
    static constexpr std::array entries{std::pair{ArrayCoupling::none, std::string_view{"none"}},
                                        std::pair{ArrayCoupling::half_space, std::string_view{"half_space"}},
                                        std::pair{ArrayCoupling::layered, std::string_view{"layered"}}};
};

/// How stiffness depends on speed.
enum class RateModel {
    none,       ///< stiffness of the reference rate
    power_law,  ///< E and mu times (rate/reference rate)^m; the default
};
template <>
struct EnumNames<RateModel> {
    static constexpr std::array entries{std::pair{RateModel::none, std::string_view{"none"}},
                                        std::pair{RateModel::power_law, std::string_view{"power_law"}}};
};

/// What steady cutting costs: the force of a needle of radius R in one material.
enum class CuttingLaw {
    equal_perimeter,  ///< crack wedged open like the hole of the same perimeter (closed form)
    wedge_table,      ///< energy of the planar slit itself, from an independent finite-element table; the default
    flat_punch,       ///< ring crack round a compressed core, for flat-ended cylinders
};
template <>
struct EnumNames<CuttingLaw> {
    static constexpr std::array entries{std::pair{CuttingLaw::equal_perimeter, std::string_view{"equal_perimeter"}},
                                        std::pair{CuttingLaw::wedge_table, std::string_view{"wedge_table"}},
                                        std::pair{CuttingLaw::flat_punch, std::string_view{"flat_punch"}}};
};

/// Whether the line toughness of a layer knows the size of the tool.
enum class ToughnessLaw {
    constant,         ///< J = toughness; the default
    scale_dependent,  ///< J = toughness_intercept + failure_energy x local needle diameter
};
template <>
struct EnumNames<ToughnessLaw> {
    static constexpr std::array entries{std::pair{ToughnessLaw::constant, std::string_view{"constant"}},
                                        std::pair{ToughnessLaw::scale_dependent, std::string_view{"scale_dependent"}}};
};

/// When a tip that waits in front of a layer gets in.
enum class PunctureModel {
    barrier_factor,  ///< at chi times the steady force of its tip; the default
    energy_barrier,  ///< when the penetrated state, with the entry work of a blunt tip, has less energy than waiting
};
template <>
struct EnumNames<PunctureModel> {
    static constexpr std::array entries{std::pair{PunctureModel::barrier_factor, std::string_view{"barrier_factor"}},
                                        std::pair{PunctureModel::energy_barrier, std::string_view{"energy_barrier"}}};
};

/// How an impact or a pen moves its needles.
enum class DriveModel {
    quasi_static,  ///< force balance at the deepest point; the default
    dynamic,       ///< motion in time: masses, linkage, motor, relaxation, stroke after stroke
};
template <>
struct EnumNames<DriveModel> {
    static constexpr std::array entries{std::pair{DriveModel::quasi_static, std::string_view{"quasi_static"}},
                                        std::pair{DriveModel::dynamic, std::string_view{"dynamic"}}};
};

/// How far the skin bulges into the nose of a pen.
enum class DomeModel {
    constant,  ///< mechanics.dome; the default
    elastic,   ///< half-space under a ring of even pressure, from hand force and nose
};
template <>
struct EnumNames<DomeModel> {
    static constexpr std::array entries{std::pair{DomeModel::constant, std::string_view{"constant"}},
                                        std::pair{DomeModel::elastic, std::string_view{"elastic"}}};
};

/// Which mass of the skin moves with the needle (drive_model = dynamic).
enum class SkinMass {
    none,        ///< the surface follows without inertia; the default
    hemisphere,  ///< of the radius that a shear wave reaches, at most the skin's thickness: an upper bound
};
template <>
struct EnumNames<SkinMass> {
    static constexpr std::array entries{std::pair{SkinMass::none, std::string_view{"none"}},
                                        std::pair{SkinMass::hemisphere, std::string_view{"hemisphere"}}};
};

/// What a strike does that comes down on a hole which is already there.
enum class HoleCapture {
    none,             ///< it makes a channel of its own; the default
    channel,          ///< it goes into a channel whose open mouth it meets
    needle_diameter,  ///< it goes into a hole within a needle diameter
};
template <>
struct EnumNames<HoleCapture> {
    static constexpr std::array entries{std::pair{HoleCapture::none, std::string_view{"none"}},
                                        std::pair{HoleCapture::channel, std::string_view{"channel"}},
                                        std::pair{HoleCapture::needle_diameter, std::string_view{"needle_diameter"}}};
};

/// How the skin lies under the drum of a roller.
enum class DrumContact {
    flat,        ///< level: needles carry all of the hand force until the drum stops at the needle length; the default
    conforming,  ///< a trough of the layers under needles and drum, which share the hand force
};
template <>
struct EnumNames<DrumContact> {
    static constexpr std::array entries{std::pair{DrumContact::flat, std::string_view{"flat"}},
                                        std::pair{DrumContact::conforming, std::string_view{"conforming"}}};
};

/// Choices of insert(): the hypotheses, then the numerics.
struct InsertionSettings {
    TipModel tip_model = TipModel::energy_release;                  ///< [1] where the tip force comes from
    DeflectionModel deflection_model = DeflectionModel::parabolic;  ///< [1] how the surface gives way
    ArrayCoupling array_coupling = ArrayCoupling::half_space;       ///< [1] how needles of one array feel each other
    RateModel rate_model = RateModel::power_law;                    ///< [1] how stiffness depends on speed
    CuttingLaw cutting_law = CuttingLaw::wedge_table;               ///< [1] what steady cutting costs
    ToughnessLaw toughness_law = ToughnessLaw::constant;           ///< [1] whether toughness knows the size of the tool
    PunctureModel puncture_model = PunctureModel::barrier_factor;  ///< [1] when a waiting tip gets in
    DriveModel drive_model = DriveModel::quasi_static;             ///< [1] how an impact or a pen moves its needles
    DomeModel dome_model = DomeModel::constant;  ///< [1] how far the skin bulges into the nose of a pen
    SkinMass skin_mass = SkinMass::none;         ///< [1] which mass of the skin moves with the needle
    int n_samples = 400;                         ///< [1] points on the travel axis of one needle
    int n_needles = 2000;                        ///< [1] strikes of a device that are simulated
    int n_strokes = 0;             ///< [1] strokes of a pen at one place, 0: 1/hole_fraction (drive_model = dynamic)
    double step_tolerance = 1e-8;  ///< [1] of each time step, over needle length and stroke (drive_model = dynamic)
    double tolerance = 1e-9;       ///< [m] root-finding tolerance on tip depth
    HoleCapture hole_capture = HoleCapture::none;  ///< [1] what a strike on an older hole does
    DrumContact drum_contact = DrumContact::flat;  ///< [1] how the skin lies under the drum of a roller
};
template <>
struct Describe<InsertionSettings> {
    using S = InsertionSettings;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"tip_model", &S::tip_model, "1", "where the tip force comes from"},
            Field{"deflection_model", &S::deflection_model, "1", "how the surface gives way"},
            Field{"array_coupling", &S::array_coupling, "1", "how needles of one array feel each other"},
            Field{"rate_model", &S::rate_model, "1", "how stiffness depends on speed"},
            Field{"cutting_law", &S::cutting_law, "1", "what steady cutting costs"},
            Field{"toughness_law", &S::toughness_law, "1", "whether toughness knows the size of the tool"},
            Field{"puncture_model", &S::puncture_model, "1", "when a waiting tip gets in"},
            Field{"drive_model", &S::drive_model, "1", "how an impact or a pen moves its needles"},
            Field{"dome_model", &S::dome_model, "1", "how far the skin bulges into the nose of a pen"},
            Field{"skin_mass", &S::skin_mass, "1", "which mass of the skin moves with the needle"},
            Field{"n_samples", &S::n_samples, "1", "points on the travel axis of one needle", {}, 2, 1000000},
            Field{"n_needles", &S::n_needles, "1", "strikes of a device that are simulated", {}, 1, 100000000},
            Field{"n_strokes", &S::n_strokes, "1", "strokes of a pen at one place, 0: 1/hole_fraction", {}, 0, 10000},
            Field{"step_tolerance", &S::step_tolerance, "1", "of each time step, over needle length and stroke", {}, 1e-12, 1e-3},
            Field{"tolerance", &S::tolerance, "m", "root-finding tolerance on tip depth", {}, 1e-15, 1e-4},
            Field{"hole_capture", &S::hole_capture, "1", "what a strike on an older hole does"},
            Field{"drum_contact", &S::drum_contact, "1", "how the skin lies under the drum of a roller"},
        };
    }
    // clang-format on
};

/// What the needles did: the curve of one needle (n = n_samples, empty for a device) and the depth of all m strikes.
struct InsertionResult {
    Eigen::VectorXd travel;           ///< [m] (travel) base travel since first contact
    Eigen::VectorXd force;            ///< [N] (travel) axial force on the needle, compression positive
    Eigen::VectorXd cutting_force;    ///< [N] (travel) part that opens the crack
    Eigen::VectorXd spreading_force;  ///< [N] (travel) part that spreads the tissue
    Eigen::VectorXd friction_force;   ///< [N] (travel) part of wall friction
    Eigen::VectorXd tip_depth;        ///< [m] (travel) tip below the deflected surface, >= 0
    Eigen::VectorXd deflection;       ///< [m] (travel) surface below its rest position, >= 0
    double puncture_force = 0.0;      ///< [N] force at the first entry into the skin; 0 if it never opened
    double puncture_depth = 0.0;      ///< [m] tip depth right after that entry; NaN if it never opened
    Eigen::VectorXd entry_force;      ///< [N] (layer) force at which the tip got into each layer; NaN: it did not
    double channel_depth = 0.0;       ///< [m] after withdrawal and recoil, mean over strikes
    double channel_radius = 0.0;      ///< [m] at the mouth after withdrawal and recoil, mean over strikes
    double histology_depth = 0.0;     ///< [m] what fixed sections would show, mean over strikes
    Eigen::VectorXd depth;            ///< [m] (strike) loaded tip depth of each strike
    Eigen::VectorXd strike_force;     ///< [N] (strike) largest force on the needle in each strike
    double depth_mean = 0.0;          ///< [m] over strikes
    double depth_std = 0.0;           ///< [m] over strikes
    double punctured_fraction = 0.0;  ///< [1] share of strikes that opened the skin
    double holes_per_area = 0.0;      ///< [1/m^2] holes of their own; 0 for one needle
    double strikes_per_area = 0.0;    ///< [1/m^2] all strikes; 0 for one needle
    Eigen::VectorXd reached;          ///< [1] (layer) share of strikes whose tip got into each layer
    double energy = 0.0;              ///< [J] work done on the skin, mean over strikes
    Eigen::VectorXd strike_x;         ///< [m] (strike) place of each strike along the first rolling direction
    Eigen::VectorXd strike_y;         ///< [m] (strike) place of each strike across it
    double reentered_fraction = 0.0;  ///< [1] share of strikes that meet a hole which is already there
    double buckling_force = 0.0;      ///< [N] at its tip that buckles the needle; NaN: no material is stated
    double strength_margin = 0.0;     ///< [1] least ratio of what the needle bears to what it had to; NaN: no material
    std::uint64_t seed = 0;           ///< of the strikes
    Wound wound;                      ///< what needling left behind, one row a channel
    ResultInfo info;                  ///< warnings, citation keys, models used

    Eigen::VectorXd toughness_law_depth;  ///< [m] (toughness_law) loaded depth of the mean strike under each law

    Eigen::VectorXd withdrawal_travel;  ///< [m] (withdrawal) base travel on the way out, of one needle
    Eigen::VectorXd withdrawal_force;   ///< [N] (withdrawal) force on the way out, pulling negative
    Eigen::VectorXd withdrawal_depth;   ///< [m] (withdrawal) tip depth on the way out
    double holding_force = 0.0;         ///< [N] pull at which the needle begins to slide out, mean over strikes
    double hysteresis_energy = 0.0;     ///< [J] lost on the way in and out, one needle only
    double friction_energy = 0.0;       ///< [J] part of it that friction of the wall takes, one needle only

    Eigen::VectorXd pass_depth;    ///< [m] (pass) loaded tip depth, mean over the strikes of each pass; NaN: no strike
    Eigen::VectorXd pass_force;    ///< [N] (pass) largest force on a needle, mean over the strikes; NaN: no strike
    double missed_fraction = 0.0;  ///< [1] share of strikes that neither opened the skin nor went into an older hole
    double drum_force = 0.0;       ///< [N] of the hand force that the body of the drum carries, mean over strikes
    double drum_half_width = 0.0;  ///< [m] half the width of skin that lies on the drum, mean over strikes

    /// Depth below which the share `q` of the strikes stayed, by linear interpolation of the sorted depths.
    [[nodiscard]] double depth_quantile(double q) const;
};
template <>
struct Describe<InsertionResult> {
    using R = InsertionResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"travel", &R::travel, "m", "base travel since first contact", {"travel"}},
            Field{"force", &R::force, "N", "axial force on the needle, compression positive", {"travel"}},
            Field{"cutting_force", &R::cutting_force, "N", "part that opens the crack", {"travel"}},
            Field{"spreading_force", &R::spreading_force, "N", "part that spreads the tissue", {"travel"}},
            Field{"friction_force", &R::friction_force, "N", "part of wall friction", {"travel"}},
            Field{"tip_depth", &R::tip_depth, "m", "tip below the deflected surface", {"travel"}},
            Field{"deflection", &R::deflection, "m", "surface below its rest position", {"travel"}},
            Field{"puncture_force", &R::puncture_force, "N", "force at the first entry into the skin; 0 if it never opened"},
            Field{"puncture_depth", &R::puncture_depth, "m", "tip depth right after that entry; NaN if it never opened"},
            Field{"entry_force", &R::entry_force, "N", "force at which the tip got into each layer; NaN: it did not", {"layer"}},
            Field{"channel_depth", &R::channel_depth, "m", "after withdrawal and recoil, mean over strikes"},
            Field{"channel_radius", &R::channel_radius, "m", "at the mouth after withdrawal and recoil, mean over strikes"},
            Field{"histology_depth", &R::histology_depth, "m", "what fixed sections would show, mean over strikes"},
            Field{"depth", &R::depth, "m", "loaded tip depth of each strike", {"strike"}},
            Field{"strike_force", &R::strike_force, "N", "largest force on the needle in each strike", {"strike"}},
            Field{"depth_mean", &R::depth_mean, "m", "over strikes"},
            Field{"depth_std", &R::depth_std, "m", "over strikes"},
            Field{"punctured_fraction", &R::punctured_fraction, "1", "share of strikes that opened the skin"},
            Field{"holes_per_area", &R::holes_per_area, "1/m^2", "holes of their own; 0 for one needle"},
            Field{"strikes_per_area", &R::strikes_per_area, "1/m^2", "all strikes; 0 for one needle"},
            Field{"reached", &R::reached, "1", "share of strikes whose tip got into each layer", {"layer"}},
            Field{"energy", &R::energy, "J", "work done on the skin, mean over strikes"},
            Field{"toughness_law_depth", &R::toughness_law_depth, "m", "loaded depth of the mean strike under each law", {"toughness_law"}},
            Field{"withdrawal_travel", &R::withdrawal_travel, "m", "base travel on the way out, of one needle", {"withdrawal"}},
            Field{"withdrawal_force", &R::withdrawal_force, "N", "force on the way out, pulling negative", {"withdrawal"}},
            Field{"withdrawal_depth", &R::withdrawal_depth, "m", "tip depth on the way out", {"withdrawal"}},
            Field{"holding_force", &R::holding_force, "N", "pull at which the needle begins to slide out, mean over strikes"},
            Field{"hysteresis_energy", &R::hysteresis_energy, "J", "lost on the way in and out, one needle only"},
            Field{"friction_energy", &R::friction_energy, "J", "part of it that friction of the wall takes, one needle only"},
            Field{"pass_depth", &R::pass_depth, "m", "loaded tip depth, mean over the strikes of each pass; NaN: no strike", {"pass"}},
            Field{"pass_force", &R::pass_force, "N", "largest force on a needle, mean over the strikes; NaN: no strike", {"pass"}},
            Field{"missed_fraction", &R::missed_fraction, "1", "share of strikes that neither opened the skin nor went into an older hole"},
            Field{"drum_force", &R::drum_force, "N", "of the hand force that the body of the drum carries, mean over strikes"},
            Field{"drum_half_width", &R::drum_half_width, "m", "half the width of skin that lies on the drum, mean over strikes"},
            Field{"strike_x", &R::strike_x, "m", "place of each strike along the first rolling direction", {"strike"}},
            Field{"strike_y", &R::strike_y, "m", "place of each strike across it", {"strike"}},
            Field{"reentered_fraction", &R::reentered_fraction, "1", "share of strikes that meet a hole which is already there"},
            Field{"buckling_force", &R::buckling_force, "N", "at its tip that buckles the needle; NaN: no material is stated"},
            Field{"strength_margin", &R::strength_margin, "1", "least ratio of what the needle bears to what it had to; NaN: no material"},
            Field{"seed", &R::seed, "1", "of the strikes"},
            Field{"wound", &R::wound, "1", "what needling left behind"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
    // clang-format on
};

/// What one needle does in time under an impact or under the strokes of a pen; energies are of the whole device.
struct StrokesResult {
    Eigen::VectorXd time;        ///< [s] (time) since the start of the motion
    Eigen::VectorXd carrier;     ///< [m] (time) needle base beyond its place at first touch of resting skin
    Eigen::VectorXd tip_depth;   ///< [m] (time) tip below the deflected surface, 0 outside
    Eigen::VectorXd deflection;  ///< [m] (time) surface below its rest position
    Eigen::VectorXd force;       ///< [N] (time) on one needle, compression positive
    Eigen::VectorXd nose_lift;   ///< [m] (time) nose of a pen above the skin
    Eigen::VectorXd backing;     ///< [m] (time) what lies under the skin, from its rest position
    Eigen::VectorXd frequency;   ///< [Hz] (time) of the crank
    Eigen::VectorXd depth;       ///< [m] (stroke) deepest cut so far
    Eigen::VectorXd travel;  ///< [m] (stroke) deepest point of the needle base in that stroke, from the resting surface
    Eigen::VectorXd peak_force;  ///< [N] (stroke) largest force on one needle in that stroke
    Eigen::VectorXd lift;        ///< [m] (stroke) largest lift of the nose in that stroke
    Eigen::VectorXd work;        ///< [J] (stroke) done by motor and hand; for an impact the kinetic energy at touch
    Eigen::VectorXd kinetic;     ///< [J] (stroke) gained by carrier, rotor, body and skin; of an impact, what is left
    Eigen::VectorXd linkage;     ///< [J] (stroke) stored in the linkage
    Eigen::VectorXd damped;      ///< [J] (stroke) lost in the linkage
    Eigen::VectorXd cutting;     ///< [J] (stroke) spent on crack and spreading
    Eigen::VectorXd friction;    ///< [J] (stroke) spent on the walls, in and out
    Eigen::VectorXd stored;      ///< [J] (stroke) elastic energy of the skin
    Eigen::VectorXd relaxed;     ///< [J] (stroke) lost in the relaxation of the skin
    Eigen::VectorXd snapped;     ///< [J] (stroke) lost when the tip breaks through or masses meet
    Eigen::VectorXd backed;      ///< [J] (stroke) in plate contact and in what lies under the skin
    Eigen::VectorXd imbalance;   ///< [1] (stroke) work minus all of the above, over the energy that was put in
    double skin_share = 0.0;  ///< [1] of the kinetic energy of an impact, in the skin at the deepest point; 0 for a pen
    double backing_share =
        0.0;  ///< [1] of the kinetic energy of an impact, in plate and backing at the deepest point; 0 for a pen
    double rebound_speed = 0.0;  ///< [m/s] of a stamp thrown back; 0 for a pen
    double dome = 0.0;           ///< [m] bulge of the skin that was used
    double skin_mass = 0.0;      ///< [kg] of the skin that moves with one needle
    int n_steps = 0;             ///< [1] accepted time steps
    int n_events = 0;            ///< [1] switches found and restarted at
    ResultInfo info;             ///< warnings, citation keys, models used
};
template <>
struct Describe<StrokesResult> {
    using R = StrokesResult;
    // clang-format off
    static constexpr auto fields() {
        return FieldList{
            Field{"time", &R::time, "s", "since the start of the motion", {"time"}},
            Field{"carrier", &R::carrier, "m", "needle base beyond its place at first touch of resting skin", {"time"}},
            Field{"tip_depth", &R::tip_depth, "m", "tip below the deflected surface, 0 outside", {"time"}},
            Field{"deflection", &R::deflection, "m", "surface below its rest position", {"time"}},
            Field{"force", &R::force, "N", "on one needle, compression positive", {"time"}},
            Field{"nose_lift", &R::nose_lift, "m", "nose of a pen above the skin", {"time"}},
            Field{"backing", &R::backing, "m", "what lies under the skin, from its rest position", {"time"}},
            Field{"frequency", &R::frequency, "Hz", "of the crank", {"time"}},
            Field{"depth", &R::depth, "m", "deepest cut so far", {"stroke"}},
            Field{"travel", &R::travel, "m", "deepest point of the needle base in that stroke, from the resting surface", {"stroke"}},
            Field{"peak_force", &R::peak_force, "N", "largest force on one needle in that stroke", {"stroke"}},
            Field{"lift", &R::lift, "m", "largest lift of the nose in that stroke", {"stroke"}},
            Field{"work", &R::work, "J", "done by motor and hand; for an impact the kinetic energy at touch", {"stroke"}},
            Field{"kinetic", &R::kinetic, "J", "gained by carrier, rotor, body and skin; of an impact, what is left", {"stroke"}},
            Field{"linkage", &R::linkage, "J", "stored in the linkage", {"stroke"}},
            Field{"damped", &R::damped, "J", "lost in the linkage", {"stroke"}},
            Field{"cutting", &R::cutting, "J", "spent on crack and spreading", {"stroke"}},
            Field{"friction", &R::friction, "J", "spent on the walls, in and out", {"stroke"}},
            Field{"stored", &R::stored, "J", "elastic energy of the skin", {"stroke"}},
            Field{"relaxed", &R::relaxed, "J", "lost in the relaxation of the skin", {"stroke"}},
            Field{"snapped", &R::snapped, "J", "lost when the tip breaks through or masses meet", {"stroke"}},
            Field{"backed", &R::backed, "J", "in plate contact and in what lies under the skin", {"stroke"}},
            Field{"imbalance", &R::imbalance, "1", "work minus all of the above, over the energy that was put in", {"stroke"}},
            Field{"skin_share", &R::skin_share, "1", "of the kinetic energy of an impact, in the skin at the deepest point; 0 for a pen"},
            Field{"backing_share", &R::backing_share, "1", "of the kinetic energy of an impact, in plate and backing at the deepest point; 0 for a pen"},
            Field{"rebound_speed", &R::rebound_speed, "m/s", "of a stamp thrown back; 0 for a pen"},
            Field{"dome", &R::dome, "m", "bulge of the skin that was used"},
            Field{"skin_mass", &R::skin_mass, "kg", "of the skin that moves with one needle"},
            Field{"n_steps", &R::n_steps, "1", "accepted time steps"},
            Field{"n_events", &R::n_events, "1", "switches found and restarted at"},
            Field{"info", &R::info, "1", "warnings, citation keys, models used"},
        };
    }
    // clang-format on
};

/// One needle in one skin at one speed, prepared once: the constructor validates, allocates and may throw
/// ParameterError; the members allocate nothing, do not throw, may be called from any thread, and give NaN outside
/// their range. Depths are within 2e-9 m of what insert() finds.
class InsertionCurve {
public:
    explicit InsertionCurve(const Skin& skin, const Needle& needle, double speed = 1.0e-3,
                            const InsertionSettings& settings = {});

    [[nodiscard]] double depth_at_travel(double travel) const noexcept;  ///< [m] on the way in; travel >= 0
    [[nodiscard]] double force_at_travel(double travel) const noexcept;  ///< [N] on the way in; travel >= 0
    [[nodiscard]] double depth_at_force(double force) const noexcept;    ///< [m] on the way in; force >= 0
    [[nodiscard]] double travel_at_force(double force) const noexcept;   ///< [m] depth and deflection; force >= 0
    [[nodiscard]] double force_at_depth(double depth) const noexcept;  ///< [N] of the advancing tip; 0 to needle length
    /// Loops over the above: `depth` gets as many values as `travel` has.
    void depths_at_travel(const double* travel, double* depth, std::size_t n) const noexcept;
    [[nodiscard]] double deflection_at_force(double force) const noexcept;       ///< [m] of the surface; force >= 0
    [[nodiscard]] double force_at_deflection(double deflection) const noexcept;  ///< [N] 0 on a rigid support

    /// [m] travels at which the tip breaks through and jumps deeper, in order.
    [[nodiscard]] const std::vector<double>& breaks() const noexcept { return breaks_; }

private:
    struct Cell {
        double top, width;                  // of depth
        double force[4];                    // cubic in the share of the cell
        double enter_travel, leave_travel;  // least travel that gets the tip into the cell, and through it
        double enter_force, leave_force;
    };
    double length_ = 0.0;
    std::shared_ptr<const insertion::Deflection> deflection_;
    std::vector<Cell> cells_;
    std::vector<double> enter_travel_, enter_force_;  // of the cells, for the search
    std::vector<double> breaks_;
};

/// Press one needle straight into layered skin, quasi-statically at the stiffness of its speed.
[[nodiscard]] InsertionResult insert(const Skin& skin, const Needle& needle, const Travel& use,
                                     const InsertionSettings& settings = {});
/// All strikes of a device, each with its own thickness, hand force and speed.
[[nodiscard]] InsertionResult insert(const Skin& skin, const Device& device, const Use& use, std::uint64_t seed = 0,
                                     const InsertionSettings& settings = {});
/// The motion of an impact (Stamp, Impact), of the strokes of a pen (Pen, Gliding) or of a stamp that a rig moves in
/// and holds for `hold` (Stamp, Travel), in time on the nominal skin: drive_model = dynamic whatever the settings say.
[[nodiscard]] StrokesResult strokes(const Skin& skin, const Device& device, const Use& use,
                                    const InsertionSettings& settings = {}, double hold = 0.0);

}  // namespace skin
