"""Predictions of the tearing cases; set-ups stand in ``data/validation/tearing``, numbers are in SI."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from libskin import _core
from libskin._core import Needle, NeedlePath, NeedlePathSettings, Roller, Rolling, Skin, TearingSettings
from libskin.units import mm
from libskin.validation.runner import Prediction, Predictor, World

__all__ = ["PREDICT", "bench_path", "bench_slope", "free_path", "index", "of_person", "uniform", "with_offset"]

FREE = Rolling()  # mean slip and side-slip are zero; the scatter of the hand is that of the data
LENGTHS = {"05": 0.5 * mm, "10": 1.0 * mm, "15": 1.5 * mm}
DERMIS = ("papillary_dermis", "reticular_dermis")
FEWEST_DRAWS = 16  # the band of the index is not asked for here
N_DRAWN = 8000  # contacts: a share of 5 % to 0.25 points


def roller(world: World, length: float) -> Roller:
    """A drum as the data have it, with needles of this length."""
    taper = min(length, 1.0 * mm)
    needle = Needle(length=length, shaft_radius=world["shaft_radius"], taper_length=taper)
    return Roller(needle)


# A block whose offset is set, or whose line load is read off its offset, has the stiffness that is stated with it.
STATED = {"lateral_stiffness": "held_rim"}


def settings(world: World, **fixed: Any) -> TearingSettings:
    chosen: TearingSettings = world.settings("tearing", TearingSettings, **fixed)
    return chosen


def index(world: World, skin: Skin, use: Rolling = FREE) -> float:
    """The index of one depth, the same holes in every skin."""
    drum = roller(world, world["length"])
    return _core.tear_index(skin, drum, use, np.array([world["penetration"] * world["length"]]), settings(world))


def with_offset(skin: Skin, offset: float) -> Skin:
    """A skin that gives way by this much and then cuts, whatever is dragged: only the strain limit speaks."""
    strained = skin.tear_resistance.strained_length
    return skin.replace(**{
        "tear_resistance.failure_strain": offset / strained,
        "tear_resistance.natural_tension": 0.0,
        "tear_resistance.lateral_stiffness": 1e4,  # soft: the load limit lies far beyond
    })  # fmt: skip


def uniform(skin: Skin) -> Skin:
    """A block of one material: every layer is dermis."""
    dermis = skin.layer("reticular_dermis")
    layers = [
        dermis.replace(name=layer.name, thickness=layer.thickness, thickness_variation=layer.thickness_variation)
        for layer in skin.layers
    ]
    return skin.replace(layers=layers)


def of_person(world: World, **person: Any) -> Skin:
    """The drawn skin carried over to another person by the laws of the set."""
    own, other = (Skin.preset(world.case.skins["skin"], **p) for p in ({}, person))
    drawn = world.skin()
    layers = [
        layer.replace(**{
            name: getattr(layer, name) * (getattr(b, name) / getattr(a, name) if getattr(a, name) else 1.0)
            for name in ("thickness", "failure_energy", "toughness_intercept")
        })
        for layer, a, b in zip(drawn.layers, own.layers, other.layers, strict=True)
    ]  # fmt: skip
    tear = drawn.tear_resistance
    changed = {
        name: getattr(tear, name) * getattr(other.tear_resistance, name) / getattr(own.tear_resistance, name)
        for name in ("lateral_stiffness", "junction_stiffness", "junction_toughness")
    }
    return drawn.replace(layers=layers, tear_resistance=tear.replace(**changed))


# ------------------------------------------------------------------------------ C1, C4, C5: one needle


def needle_toughness(world: World) -> Prediction:
    """C1: line load over which a needle cuts, from the offset of a skin without tension or strain limit."""
    radius = 0.5 * world["needle_diameter"]
    skin = uniform(world.skin())
    stiffness = skin.tear_resistance.lateral_stiffness
    skin = skin.replace(**{
        "tear_resistance.stiffness_radius": radius,  # so that the stiffness is that of this needle
        "tear_resistance.failure_strain": 5.0,
        "tear_resistance.natural_tension": 0.0,
    })  # fmt: skip
    drum = Roller(Needle(length=1.5 * mm, shaft_radius=radius, taper_length=0.1 * mm))
    across = NeedlePathSettings(heading=0.25 * math.pi)  # half way between along and across the Langer lines
    path = _core.needle_path(skin, drum, FREE, 1.0 * mm, settings(world, **STATED), across)
    return {"toughness": float(path.critical_offset[0]) * stiffness}


@functools.cache
def strikes(skin: str, length: float, shaft_radius: float, n_needles: int) -> _core.Wound:
    """Where the needles of such a roller strike; how deep they go is left to the case."""
    needle = Needle(length=length, shaft_radius=shaft_radius, taper_length=min(length, 1.0 * mm))
    chosen = _core.InsertionSettings(n_needles=n_needles)
    return _core.insert_device(Skin.preset(skin), Roller(needle), FREE, 1, chosen).wound


def proper_rolling(world: World) -> Prediction:
    """C4: mean hand on young, held skin; the share of the population, and of contacts drawn and followed."""

    def drawn(skin: Skin) -> float:
        wound = strikes(world.case.skins["skin"], world["length"], world["shaft_radius"], N_DRAWN)
        wound = wound.replace(depth=np.full(N_DRAWN, world["penetration"] * world["length"]))
        chosen = settings(world, n_slices=1, band_draws=FEWEST_DRAWS)  # only the mouth is looked at
        return _core.tear(skin, roller(world, world["length"]), FREE, wound, 1, chosen).tear_fraction

    def torn(skin: Skin, **fixed: str) -> float:
        drum = roller(world, world["length"])
        depth = world["penetration"] * world["length"]
        wound = _core.insert_device(skin, drum, FREE, 1, _core.InsertionSettings(n_needles=1)).wound
        wound = wound.replace(depth=np.full(1, depth))
        return _core.tear(skin, drum, FREE, wound, 1, settings(world, band_draws=FEWEST_DRAWS, **fixed)).slit_index

    return {
        "torn_at_prior": torn(with_offset(world.skin(), world["prior_offset"]), **STATED),
        "torn": torn(world.skin()),
        "torn_drawn": drawn(world.skin()),
    }


def free_path(world: World, skin: Skin, length: float) -> NeedlePath:
    """One needle that rolls without slip."""
    drum, depth = roller(world, length), world["penetration"] * length
    return _core.needle_path(skin, drum, FREE, depth, settings(world, **STATED), NeedlePathSettings())


def free_rolling(world: World) -> Prediction:
    """C5: path of one needle that rolls without slip, at the prior offset."""
    skin = with_offset(world.skin(), world["prior_offset"])

    def path(length: float) -> NeedlePath:
        return free_path(world, skin, length)

    long = path(world["length"])
    return {
        "slit_long": float(long.slit_extent[0]),
        "slit_short": float(path(world["short_length"]).slit_extent[0]),
        "deepest_demand": float(long.slice_depth[int(np.argmax(long.demand))] / long.slice_depth[-1]),
    }


# ---------------------------------------------------------------------------------- C6, C7: whose skin


def of_age(world: World) -> Prediction:
    young, old = (index(world, of_person(world, age_years=world[name])) for name in ("young", "old"))
    dry, moist = (index(world, of_person(world, hydration=h)) for h in (0.0, 1.0))
    skin = world.skin()
    thin = skin.replace(layers=[
        layer.replace(thickness=layer.thickness * world["thin"]) if layer.name in DERMIS else layer
        for layer in skin.layers
    ])  # fmt: skip
    return {"age": old / young, "dry": dry / moist, "thin_dermis": index(world, thin) / index(world, skin)}


def of_condition(world: World) -> Prediction:
    plain = index(world, of_person(world, age_years=world["age"]))
    steroid = index(world, of_person(world, age_years=world["age"], steroid=True))
    sun = index(world, of_person(world, age_years=world["age"], photo_damage=1.0))
    return {"steroid": steroid / plain, "sun": sun / plain}


# ----------------------------------------------------------------------------------- C8-C10: the bench


def bench_roller(world: World, length: float) -> Roller:
    needle = Needle(length=length, shaft_radius=world["shaft_radius"], taper_length=min(length, 0.3 * mm))
    return Roller(needle, drum_radius=world["drum_radius"], needles_per_ring=round(world["needles_per_ring"]))


def bench_path(world: World, length: float, side_slip: float = 0.0, skin: Skin | None = None) -> NeedlePath:
    """One needle of a bench roller, fully in a block of one material."""
    block = uniform(world.skin()) if skin is None else skin
    use = FREE.replace(side_slip=side_slip)
    drum = bench_roller(world, length)
    return _core.needle_path(block, drum, use, length, settings(world, **STATED), NeedlePathSettings())


def pitch(world: World) -> Prediction:
    step = 2.0 * math.pi / world["needles_per_ring"]
    return {f"pitch_{name}": step * bench_path(world, length).rolling_radius for name, length in LENGTHS.items()}


def bench_slope(world: World, length: float) -> tuple[float, float]:
    """Slope of hole length over side-slip, and the offset that the line through both points gives back."""
    skin = with_offset(uniform(world.skin()), world["offset"])
    low, high = world["low_angle"], world["high_angle"]
    at_low, at_high = (float(bench_path(world, length, angle, skin).slit_extent[0]) for angle in (low, high))
    slope = (at_high - at_low) / (high - low)
    return slope, slope * high - at_high


def hole_length(world: World) -> Prediction:
    found = {name: bench_slope(world, length) for name, length in LENGTHS.items()}
    return {
        **{f"slope_{name}": slope for name, (slope, _) in found.items()},
        "intercept": found["10"][1] / world["offset"],
    }


def axle_torque(world: World) -> Prediction:
    skin = uniform(world.skin())
    skin = skin.replace(**{
        "tear_resistance.stiffness_radius": world["shaft_radius"],
        "tear_resistance.lateral_stiffness": world["line_stiffness"],
    })  # fmt: skip
    stiffness = {
        f"stiffness_{name}": bench_path(world, length, skin=skin).slip_stiffness for name, length in LENGTHS.items()
    }
    drum = bench_roller(world, LENGTHS["10"])
    cut = _core.needle_path(skin, drum, FREE, world["cut_depth"], settings(world), NeedlePathSettings())
    return {**stiffness, "saturation": cut.ploughing_force}


PREDICT: dict[str, Predictor] = {
    "TEA-X5": needle_toughness,
    "TEA-X6": proper_rolling,
    "TEA-X7": free_rolling,
    "TEA-X8": of_age,
    "TEA-X9": of_condition,
    "TEA-X10": pitch,
    "TEA-X11": hole_length,
    "TEA-X12": axle_torque,
}
