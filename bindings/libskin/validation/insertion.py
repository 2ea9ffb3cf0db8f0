"""Predictions of the insertion cases; set-ups stand in ``data/validation/insertion``, numbers are in SI."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from libskin import _core
from libskin._core import (
    Gliding,
    Impact,
    InsertionResult,
    InsertionSettings,
    Needle,
    Pen,
    Pressing,
    Skin,
    Stamp,
    Travel,
)
from libskin._device import Device, Use
from libskin.units import um
from libskin.validation.runner import NotRun, Prediction, Predictor, World

__all__ = ["PREDICT", "press", "strike"]

SEED = 1  # of the strikes of a device
# Settings of the motion in time: an impact and a gliding pen read them, everything else refuses them.
MOTION = frozenset({"drive_model", "skin_mass", "n_strokes", "step_tolerance"})
DERMIS = 2  # index of the papillary dermis: a skin has five layers


def press(world: World, skin: Skin, needle: Needle, use: Travel, n_samples: int = 2, **fixed: Any) -> InsertionResult:
    """One needle on a rig, with the settings of the variant."""
    settings = world.settings("insertion", InsertionSettings, without=MOTION, n_samples=n_samples, **fixed)
    return _core.insert_needle(skin, needle, use, settings)


def strike(world: World, skin: Skin, device: Device, use: Use, n_needles: int, **fixed: Any) -> InsertionResult:
    """Strikes of a device, with the settings of the variant."""
    without = frozenset[str]() if isinstance(use, Impact | Gliding) else MOTION
    settings = world.settings("insertion", InsertionSettings, without=without, n_needles=n_needles, **fixed)
    return _core.insert_device(skin, device, use, SEED, settings)


def cone(length: float, base_radius: float, tip_radius: float, taper: float | None = None) -> Needle:
    """A needle that is a cone down to ``taper``; its whole length if not given."""
    return Needle(length=length, shaft_radius=base_radius, tip_radius=tip_radius, taper_length=taper or length)


def offers(name: str) -> bool:
    """Whether this version of the library has a setting of that name."""
    return hasattr(InsertionSettings(), name)


def ratio(a: float, b: float) -> float:
    return a / b if b > 0.0 else math.nan


# ----------------------------------------------------------------------------- INS-X1, tip diameters


def tip_diameters(world: World) -> list[float]:
    ends = [world.datum(row).number("tip_diameter_um") * um for row in ("SN01", "SN02")]
    return [ends[0], world["second_tip"], world["third_tip"], ends[1]]


def tip_needle(world: World, diameter: float) -> Needle:
    radius = 0.5 * diameter
    base = radius + world["taper_length"] * math.tan(world["half_angle"])
    return cone(world["length"], base, radius, world["taper_length"])


def tip_series(world: World) -> Prediction:
    """V1: one needle of four tip diameters, pushed 1.5 mm; the force drops when the tip gets into the dermis."""
    skin, use = world.skin(), Travel(world["travel"], world["speed"])
    tips = tip_diameters(world)
    results = [press(world, skin, tip_needle(world, d), use) for d in tips]
    force = np.array([float(r.entry_force[DERMIS]) for r in results])
    blunt = press(world, skin, tip_needle(world, tips[-1]), use, n_samples=400)
    return {
        "force_thin": float(force[0]),
        "force_thick": float(force[-1]),
        "slope": float((force[-1] - force[0]) / (tips[-1] - tips[0])),
        "linearity": float(np.corrcoef(tips, force)[0, 1]),
        "drop_depth": depth_at_largest_drop(blunt),
        "final_depth_ratio": ratio(float(results[-1].depth[0]), float(results[0].depth[0])),
    }


def depth_at_largest_drop(curve: InsertionResult) -> float:
    """Tip depth before the largest fall of the force; NaN if it never falls."""
    falls = np.diff(curve.force)
    at = int(np.argmin(falls))
    return float(curve.tip_depth[at]) if falls[at] < 0.0 else math.nan


# ------------------------------------------------------------------------------ INS-X2, roller on rat


def roller_on_rat(world: World) -> Prediction:
    """V2: one needle of the drum at the bottom of its roll, pressed to drum contact (D = L)."""
    row = world.datum("RO01")
    length = row.number("length_um") * um
    needle = cone(length, 0.5 * row.number("base_diameter_um") * um, 0.5 * row.number("tip_diameter_um") * um)
    r = press(world, world.skin(), needle, Travel(length, world["speed"]))
    return {"channel_depth": r.channel_depth, "mouth_diameter": 2.0 * r.channel_radius}


# -------------------------------------------------------------------------- INS-X3, polymer needles


def polymer_depth(world: World, force: float) -> float:
    row = world.datum("AR02")
    needle = cone(row.number("length_um") * um, 0.5 * row.number("base_diameter_um") * um, world["tip_radius"])
    one = Stamp(needle, rows=1, columns=1)
    return float(strike(world, world.skin(), one, Pressing(force, world["speed"]), 1).depth[0])


def polymer_needles(world: World) -> Prediction:
    """V3: wide cones under an imposed force a needle."""
    at_force, at_high = polymer_depth(world, world["force"]), polymer_depth(world, world["high_force"])
    return {
        "depth_press": at_force,
        "depth_hard_press": at_high,
        "depth_gentle": polymer_depth(world, world["gentle_force"]),
        "depth_rises": ratio(at_high, at_force),
    }


# --------------------------------------------------------------------------------------- INS-X4, pen


def pen_depth(world: World, skin: Skin, protrusion: float, n_needles: int) -> InsertionResult:
    needle = Needle(
        length=world["length"], shaft_radius=0.5 * world.datum("PE03").number("base_diameter_um") * um,
        tip_radius=world["tip_radius"], taper_length=world["taper_length"],
    )  # fmt: skip
    pen = Pen(needle, count=int(world.datum("PE06").number("count")), protrusion=protrusion,
              frequency=world["frequency"])  # fmt: skip
    return strike(world, skin, pen, Gliding(force=world["nose_force"]), n_needles)


def pen_on_face(world: World) -> Prediction:
    """V4: mean loaded depth at two settings."""
    n = 400 if world.nominal else 60
    deep = pen_depth(world, world.skin(), world["deep"], n).depth_mean
    shallow = pen_depth(world, world.skin(), world["shallow"], n).depth_mean
    return {"deep_setting": deep, "shallow_setting": shallow, "depth_rises": ratio(deep, shallow)}


# ------------------------------------------------------------------------- INS-X5, short steel needles


def short_steel(world: World) -> Prediction:
    """V5: buried length over travel."""
    base = 0.5 * world.datum("SN15").number("base_diameter_um") * um
    needle = cone(world["length"], base, world["tip_radius"], world["taper_length"])
    depth = float(press(world, world.skin(), needle, Travel(world["travel"], world["speed"])).depth[0])
    return {"buried_share": depth / world["travel"]}


# ------------------------------------------------------------------------------ INS-X6, speed threshold


def short_array(world: World) -> Stamp:
    n = int(world["rows"])
    return Stamp(cone(world["length"], world["base_radius"], world["tip_radius"]), rows=n, columns=n,
                 pitch=world["pitch"])  # fmt: skip


def speed_threshold(world: World) -> Prediction:
    """V6: share of 4 x 4 needles of 300 um that pierce, by hand and by impact."""
    array, skin = short_array(world), world.skin()
    n = int(world["rows"]) ** 2
    hand = strike(world, skin, array, Pressing(world["hand_force"], world["hand_speed"]), n)
    slow = strike(world, skin, array, Impact(world["slow"], world["mass"]), n)
    fast = strike(world, skin, array, Impact(world["fast"], world["mass"]), n)
    return {
        "by_hand": hand.punctured_fraction,
        "at_slow": slow.punctured_fraction,
        "at_fast": fast.punctured_fraction,
        "faster_is_deeper": ratio(fast.depth_mean, slow.depth_mean),
    }


def threshold_depth(world: World, drive: str, tip_radius: float, pitch: float) -> float:
    """Mean depth of the array ``by_hand``, at the ``slow`` or the ``fast`` speed, for another tip and pitch."""
    n = int(world["rows"])
    array = Stamp(cone(world["length"], world["base_radius"], tip_radius), rows=n, columns=n, pitch=pitch)
    use = (
        Pressing(world["hand_force"], world["hand_speed"])
        if drive == "by_hand"
        else Impact(world[drive], world["mass"])
    )
    return strike(world, world.skin(), array, use, n * n).depth_mean


# -------------------------------------------------------------------------------------- INS-X7, spacing


def spaced_needle(world: World) -> Needle:
    return cone(world["length"], world["base_radius"], world["tip_radius"])


def spaced(world: World, spacing: float, travel: float, **fixed: Any) -> InsertionResult:
    """An array of ``spacing`` between tips, moved by ``travel``."""
    n = int(world["rows"])
    stamp = Stamp(spaced_needle(world), rows=n, columns=n, pitch=spacing)
    return strike(world, world.skin(), stamp, Travel(travel, world["speed"]), n * n, **fixed)


def reaction(world: World, spacing: float) -> float:
    """Mean force a needle at a fixed indentation that opens nothing."""
    r = spaced(world, spacing, world["indentation"], tip_model="none")
    return float(np.mean(r.strike_force))


def spacing(world: World) -> Prediction:
    """V7: puncture force and depth of needles that stand close."""
    extra = world["tip_over_gap"]
    close, wide = (world.datum(row).number("spacing_um") * um + extra for row in ("AR07", "AR08"))
    middle = world["middle_gap"] + extra
    apart = 10e-3
    at = {s: spaced(world, s, world["travel"]) for s in (close, middle, wide, apart)}
    force = {s: r.puncture_force for s, r in at.items()}
    lonely = press(world, world.skin(), spaced_needle(world), Travel(4.0 * world["travel"], world["speed"]))
    alone = reaction(world, apart)
    return {
        "close_over_wide": ratio(force[close], force[wide]),
        "middle_over_wide": ratio(force[middle], force[wide]),
        "force": float(lonely.entry_force[DERMIS]),
        "closer_is_shallower": ratio(at[close].depth_mean, at[apart].depth_mean),
        "reaction_rises": ratio(reaction(world, 1e-3), alone),
        **({"onset": onset(world, alone)} if world.nominal else {}),
    }


def onset(world: World, alone: float) -> float:
    """Largest spacing at which the reaction differs from that of needles far apart by the noticeable share."""
    low, high = 0.33e-3, 10e-3

    def differs(s: float) -> bool:
        return abs(reaction(world, s) / alone - 1.0) > world["noticeable"]

    if alone <= 0.0 or not differs(low):
        return math.nan
    for _ in range(12):  # bisection of the logarithm: 0.1 % of the spacing
        middle = math.sqrt(low * high)
        low, high = (middle, high) if differs(middle) else (low, middle)
    return low


# ------------------------------------------------------------------- INS-X8, micro-projections at speed


def micro_projections(world: World) -> Prediction:
    """V8: a patch hits a mouse ear; the page asks for the dynamic model."""
    names = ("depth_slow", "depth_fast", "faster_is_deeper")
    if not offers("drive_model"):
        return {name: NotRun("needs the dynamic model (insertion.drive_model)") for name in names}
    skin = world.skin()
    top = ("stratum_corneum", "viable_epidermis")
    skin = skin.replace(layers=[
        layer.replace(toughness=world["top_toughness"]) if layer.name in top else layer for layer in skin.layers
    ])  # fmt: skip
    n = int(world["rows"])
    needle = cone(world.datum("IM07").number("length_um") * um, world["base_radius"], world["tip_radius"])
    patch = Stamp(needle, rows=n, columns=n, pitch=world["pitch"])
    fixed = {"drive_model": world.variant.choices.get("insertion.drive_model", "dynamic")}
    slow, fast = (
        strike(world, skin, patch, Impact(world[speed], world["mass_per_needle"] * n * n), n * n, **fixed).depth_mean
        for speed in ("slow", "fast")
    )
    return {"depth_slow": slow, "depth_fast": fast, "faster_is_deeper": ratio(fast, slow)}


# ----------------------------------------------------------------------------- INS-X9, secondary checks


def secondary(world: World) -> Prediction:
    """V9: one number each for checks of signs and ranges."""
    absent = "not in the model: "
    return {
        **by_hand(world),
        **rig_travel(world),
        "ultra_sharp": ultra_sharp(world),
        **flat_and_sharp(world),
        **hypodermic(world),
        "pen_shortfall": pen_shortfall(world),
        "applicator": applicator(world),
        **({"event_steps": float(event_steps(world))} if world.nominal else {}),
        "vibration": NotRun(absent + "vibration of the needle"),
        "rotation": NotRun(absent + "rotation of the needle"),
        "backing": backing(world) if hasattr(Impact(), "backing_stiffness") else NotRun(absent + "a compliant backing"),
    }


def backing(world: World) -> float:
    """Depth of an impact on a soft backing over that on a stiff one."""
    array = Stamp(cone(600 * um, 100 * um, world["rig_tip_radius"]), rows=4, columns=4, pitch=world["long_pitch"])
    depth = []
    for name in ("soft_backing", "stiff_backing"):
        hit: Any = Impact(world["applicator_speed"], world["applicator_mass"])
        hit = hit.replace(backing_stiffness=world[name], backing_mass=world["backing_mass"])
        drive = {"drive_model": world.variant.choices.get("insertion.drive_model", "dynamic")}
        depth.append(strike(world, world.skin("pig"), array, hit, 16, **drive).depth_mean)
    return ratio(depth[0], depth[1])


def hand_pressed(world: World, needle: Needle) -> InsertionResult:
    array = Stamp(needle, rows=4, columns=4, pitch=world["long_pitch"])
    return strike(world, world.skin(), array, Pressing(world["hand_force"], world["hand_speed"]), 16)


def by_hand(world: World) -> Prediction:
    """Needles pressed by hand: which lengths pierce, and how deep short ones get."""
    base, tip, taper = world["long_base_radius"], world["long_tip_radius"], world["long_taper"]
    coulman = hand_pressed(world, cone(world["short_length"], world["short_base_radius"], world["rig_tip_radius"]))
    if not world.nominal:  # shares that are yes or no need no band
        return {"coulman": coulman.channel_depth}
    lengths = (550 * um, 700 * um, 900 * um)  # in the row's text
    pierced = [hand_pressed(world, cone(length, base, tip, taper)).punctured_fraction for length in lengths]
    short = hand_pressed(world, cone(world.datum("AR20").number("length_um") * um, base, tip))
    return {"long_needles": min(pierced), "short_needles": short.punctured_fraction, "coulman": coulman.channel_depth}


def rig_travel(world: World) -> Prediction:
    needle = cone(world["rig_length"], world["rig_base_radius"], world["rig_tip_radius"], world["rig_taper"])
    return {
        f"travel_{travel}": float(press(world, world.skin(), needle, Travel(travel * um, world["speed"])).depth[0])
        for travel in (500, 800, 1080)  # from the row's text
    }


def ultra_sharp(world: World) -> float:
    length = world.datum("SN11").number("length_um") * um
    needle = cone(length, world["sharp_base_radius"], world["sharp_tip_radius"])
    return float(press(world, world.skin(), needle, Travel(length, world["speed"])).entry_force[0])


def flat_and_sharp(world: World) -> Prediction:
    """Pressure of a cylinder in a skin that is dermis throughout, F/(pi R^2)."""
    radii = (25 * um, 50 * um, 100 * um, 300 * um)
    dermis = world.skin().layer("reticular_dermis")
    skin = world.skin().replace(layers=[dermis.replace(name=layer.name) for layer in world.skin().layers])

    def pressure(radius: float, **fixed: Any) -> float:
        punch = Needle(length=5e-3, shaft_radius=radius, tip_radius=radius, taper_length=1e-6)
        # On a rigid support nothing but cutting and spreading is left; friction is taken off.
        r = press(world, skin, punch, Travel(1e-3, world["speed"]), deflection_model="none", **fixed)
        return float(r.cutting_force[-1] + r.spreading_force[-1]) / (math.pi * radius**2)

    sharp = [pressure(r) for r in radii]
    falls = {"pressure_falls": ratio(sharp[-1], sharp[0])}
    if not offers("cutting_law"):
        return {**falls, "flat_over_sharp": NotRun("flat punches are not offered; the law is tested in C++ (INS-X9)")}
    flat = [pressure(r, cutting_law="flat_punch") for r in radii]
    return {**falls, "flat_over_sharp": min(ratio(f, s) for f, s in zip(flat, sharp, strict=True))}


def hypodermic(world: World) -> Prediction:
    needle = Needle(length=max(world["gauge_travel"], 5e-3), shaft_radius=world["gauge_radius"],
                    tip_radius=world["gauge_tip_radius"], taper_length=world["gauge_taper"])  # fmt: skip
    skin = world.skin()
    slippery = skin.replace(mechanics=skin.mechanics.replace(friction_coefficient=0.0, friction_cap=0.0))

    def peak(of: Skin, factor: float) -> float:
        use = Travel(world["gauge_travel"], factor * world["speed"])
        return float(press(world, of, needle, use, n_samples=200).force.max())

    dry = peak(skin, 1.0)
    return {
        "dry_over_lubricated": ratio(dry, peak(slippery, 1.0)),
        "speed_over_slow": ratio(peak(skin, world["speed_factor"]), dry),
    }


def pen_shortfall(world: World) -> float:
    needle = Needle(
        length=world["pen_length"], shaft_radius=0.5 * world.datum("PE03").number("base_diameter_um") * um,
        tip_radius=world["pen_tip_radius"], taper_length=world["pen_taper"],
    )  # fmt: skip
    missing = []
    for setting in (world["pen_length"], 0.5e-3):
        pen = Pen(needle, protrusion=setting, frequency=world["pen_frequency"])
        missing.append(setting - strike(world, world.skin("face"), pen, Gliding(), 60).depth_mean)
    return ratio(missing[0], missing[1])


def applicator(world: World) -> float:
    needle = cone(world.datum("AR20").number("length_um") * um, world["short_base_radius"], world["rig_tip_radius"])
    array = Stamp(needle, rows=4, columns=4, pitch=world["long_pitch"])
    hit = Impact(world["applicator_speed"], world["applicator_mass"])
    return float(strike(world, world.skin(), array, hit, 16).punctured_fraction)


def event_steps(world: World) -> int:
    """States of an array under rising travel in which a layer is entered by some needles and not by all."""
    skin = world.case.skin("pig")  # with its scatter of thickness from needle to needle
    array = Stamp(cone(600 * um, 100 * um, 10 * um), rows=5, columns=5, pitch=0.5e-3)
    states = [
        strike(world, skin, array, Travel(travel, world["speed"]), 25).reached
        for travel in np.linspace(0.1e-3, 2.0e-3, 20)
    ]
    return len({tuple(state) for state in states if np.any((state > 0.0) & (state < 1.0))})


PREDICT: dict[str, Predictor] = {
    "INS-X1": tip_series,
    "INS-X2": roller_on_rat,
    "INS-X3": polymer_needles,
    "INS-X4": pen_on_face,
    "INS-X5": short_steel,
    "INS-X6": speed_threshold,
    "INS-X7": spacing,
    "INS-X8": micro_projections,
    "INS-X9": secondary,
}
