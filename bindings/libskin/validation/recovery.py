"""Predictions of the recovery cases (REC-X21 to REC-X33): RC1 to RC12 of the physics page, and the stripped layer."""

from __future__ import annotations

import itertools
import math
from typing import Any, cast

import numpy as np

from libskin._core import ClosureModel, Interval, Needle, RecoveryResult, RecoverySettings, Skin, Wound
from libskin._core import recover as _recover
from libskin.recovery import stripped_excess
from libskin.units import hour, minute, um
from libskin.validation.runner import Prediction, Predictor, World

__all__ = ["PREDICT", "close", "covered_half_life", "geometries", "holes", "pen_hole", "wear"]

CM2 = 1e-4  # m^2: what an instrument sees
LONG_ENOUGH = 2000.0 * hour


def ratio(a: float, b: float) -> float:
    return a / b if b else math.nan


def holes(
    needle: Needle, depth: float, mouth_radius: float, count: int, area: float = CM2, recoil: float = 0.5
) -> Wound:
    """``count`` equal round channels on ``area``; ``recoil``: channel over needle radius (the closure replaces it)."""
    same, none = np.full(count, 1.0), np.zeros(count)
    return Wound(
        needle=needle, area=area, x=none, y=none, depth=depth * same, channel_depth=depth * same,
        mouth_radius=mouth_radius * same, channel_radius=recoil * mouth_radius * same, tilt=none, entry_speed=none,
        dwell_time=none, slit_length=none, slit_depth=none, blood_fraction=none, heated_fraction=none,
    )  # fmt: skip


def array(length: float, radius: float, count: float) -> Wound:
    """Needles that went in to their base, all of them on 1 cm2; the half-life rule reads length, radius and number."""
    needle = Needle(length=length, shaft_radius=radius, tip_radius=2 * um, taper_length=0.9 * length)
    return holes(needle, length, radius, round(count))


def at_density(length: float, radius: float, density: float) -> Wound:
    """The same at ``density`` [1/m2]."""
    return array(length, radius, max(1.0, density * CM2))


def close(world: World, skin: Skin, wound: Wound, duration: float, covers: list[tuple[float, float]] | bool = False,
          **fixed: Any) -> RecoveryResult:  # fmt: skip
    """``recover`` with the choices of the variant."""
    stretches = ([(0.0, duration)] if covers else []) if isinstance(covers, bool) else covers
    times = fixed.pop("times", ())
    fixed.setdefault("n_times", 40)
    settings = world.settings("recovery", RecoverySettings, **fixed)
    settings = settings.replace(times=times, occluded=[Interval(a, b) for a, b in stretches])
    return _recover(skin, wound, duration, settings)


def back(world: World, skin: Skin, wound: Wound, seen: str, covers: list[tuple[float, float]] | bool = False) -> float:
    """When ``seen`` is back, s."""
    return close(world, skin, wound, LONG_ENOUGH, covers, n_times=2).time_to_recover(seen)


# -------------------------------------------------------------------- REC-X21, REC-X22: every geometry


def geometries(world: World) -> dict[tuple[int, int, int], Wound]:
    """27 arrays: short, middle and long; thin, middle and thick; few, middle and many."""

    def three(low: str, high: str) -> list[float]:
        return [world[low], math.sqrt(world[low] * world[high]), world[high]]

    axes = (three("short", "long"), three("thin", "thick"), three("few", "many"))
    return {(i, j, k): array(axes[0][i], axes[1][j], axes[2][k]) for i, j, k in itertools.product(range(3), repeat=3)}


def open_air(world: World) -> Prediction:
    times = [back(world, world.skin(), wound, "impedance") for wound in geometries(world).values()]
    return {"slowest": max(times), "fastest": min(times)}


def under_a_cover(world: World) -> Prediction:
    wounds = geometries(world)
    covered = {g: back(world, world.skin(), wound, "impedance", True) for g, wound in wounds.items()}
    bare = {g: back(world, world.skin(), wound, "impedance") for g, wound in wounds.items()}

    def least(axis: int) -> float:
        def end(others: tuple[int, ...], at: int) -> tuple[int, int, int]:
            return cast("tuple[int, int, int]", (*others[:axis], at, *others[axis:]))

        pairs = itertools.product(range(3), repeat=2)
        return min(ratio(covered[end(p, 2)], covered[end(p, 0)]) for p in pairs)

    return {
        "covered_over_open": min(ratio(covered[g], bare[g]) for g in wounds),
        "longer_needles": least(0),
        "thicker_needles": least(1),
        "more_needles": least(2),
        "slowest": max(covered.values()),
    }


# ------------------------------------------------------------------------------ REC-X23: three sites


def covered_half_life(r: RecoveryResult) -> float:
    """When impedance is half of the first, s; NaN: not within the duration."""
    below = np.flatnonzero(r.impedance <= 0.5)
    if not len(below):
        return math.nan
    i = int(below[0])
    (y0, y1), (t0, t1) = np.log(r.impedance[i - 1 : i + 1]), r.time[i - 1 : i + 1]
    return float(t0 + (math.log(0.5) - y0) / (y1 - y0) * (t1 - t0))


def three_sites(world: World) -> Prediction:
    """The half-life of the admittance fits t_h, which scales every covered curve; the closing time follows."""
    predicted: dict[str, float] = {}
    wound = array(world["length"], world["radius"], world["count"])
    for site, row in (("abdomen", "RC05"), ("upper_arm", "RC06"), ("volar_forearm", "RC07")):
        skin = world.skin(site)
        r = close(world, skin, wound, 400 * hour, True, n_times=800)
        t_half, t_close = covered_half_life(r), r.time_to_recover("impedance")
        fitted = world.datum(row).number("value") * hour
        predicted[f"closure_{site}"] = fitted * ratio(t_close, t_half)
        predicted[f"spread_{site}"] = predicted[f"closure_{site}"] * skin.barrier.closure_variation
        predicted[f"default_{site}"] = t_close
    return predicted


# ---------------------------------------------------------------------------- REC-X24: after a pen


def pen_hole(world: World, setting: str) -> Wound:
    return at_density(world[setting], world[f"{setting}_radius"], world["density"])


def after_a_pen(world: World) -> Prediction:
    short, long = (
        close(world, world.skin(), pen_hole(world, s), LONG_ENOUGH, times=(0.0, 48 * hour)) for s in ("short", "long")
    )
    return {
        "excess_short": ratio(float(short.tewl[1]), float(short.tewl[0])),
        "excess_ratio": ratio(float(long.tewl[1]), float(short.tewl[1])),
        "first_ratio": ratio(float(long.tewl[0]), float(short.tewl[0])),
        "longer": ratio(long.time_to_recover("tewl"), short.time_to_recover("tewl")),
    }


# -------------------------------------------------------------------- REC-X25: water loss, tomography


def wear(world: World) -> list[tuple[float, RecoveryResult]]:
    wound = at_density(world["length"], world["radius"], world["density"])
    worn = (world["short_wear"], math.sqrt(world["short_wear"] * world["long_wear"]), world["long_wear"])
    return [(t, close(world, world.skin(), wound, LONG_ENOUGH, [(0.0, t)])) for t in worn]


def water_and_light(world: World) -> Prediction:
    runs = [r for _, r in wear(world)]
    tewl, optical = ([r.time_to_recover(seen) for r in runs] for seen in ("tewl", "optical_opening"))
    return {
        "tewl": max(tewl),
        "optical": min(optical),
        "order": min(ratio(o, t) for o, t in zip(optical, tewl, strict=True)),
    }


# ------------------------------------------------------------------------------- REC-X26, a roller


def roller_width(world: World) -> Prediction:
    """Width at the surface when the hole is looked at: swept in to the base, or a cone at the measured depth."""

    def width(mouth_radius: float) -> float:
        needle = Needle(length=world["length"], shaft_radius=world["base_radius"], tip_radius=world["tip_radius"],
                        taper_length=world["length"])  # fmt: skip
        wound = holes(needle, world["depth"], mouth_radius, 10)
        return 2.0 * float(close(world, world.skin(), wound, world["seen_after"], n_times=2).pore_radius[-1])

    slope = (world["base_radius"] - world["tip_radius"]) / world["length"]
    return {
        "width": width(world["base_radius"]),
        "width_of_cone": width(world["tip_radius"] + slope * world["depth"]),
    }


# ------------------------------------------------------------------------------ REC-X27, short rollers


def short_rollers(world: World) -> Prediction:
    times = [
        back(world, world.skin(), at_density(world[n], world["radius"], world["holes_per_pass"] * world[p]), "tewl")
        for n, p in itertools.product(("short", "long"), ("few_passes", "many_passes"))
    ]
    return {"tewl": max(times)}


# -------------------------------------------------------------------- REC-X28 to REC-X31, under a cover


def delivery_window(world: World) -> Prediction:
    wound = array(world["length"], world["radius"], world["count"])
    r = close(world, world.skin(), wound, 48 * hour, True, times=(0.0, 48 * hour))
    left = ratio(float(r.tracer_permeability[1]), float(r.tracer_permeability[0]))
    return {"still_open": left, "plateau": left}


def person(world: World, **changes: float | bool) -> Skin:
    """Another person with the (drawn) barrier: laws of age and the like work when a set is loaded."""
    of_person = Skin.preset(world.case.skins["skin"], **changes)
    return of_person.replace(barrier=world.skin().barrier)


def cox_inhibitor(world: World) -> Prediction:
    wound = array(world["length"], world["radius"], world["count"])

    def area(skin: Skin) -> float:
        r = close(world, skin, wound, world["duration"], True, n_times=400)
        return float(np.trapezoid(r.impedance, r.time))

    return {"area_ratio": ratio(area(person(world, cox_inhibitor=True)), area(world.skin()))}


def elderly(world: World) -> Prediction:
    wound = array(world["length"], world["radius"], world["count"])
    young, old = (person(world, age_years=world[who]) for who in ("young", "old"))

    def slower(seen: str, covers: list[tuple[float, float]] | bool) -> float:
        return ratio(back(world, old, wound, seen, covers), back(world, young, wound, seen, covers))

    return {
        "open_ratio": slower("impedance", False),
        "covered_ratio": slower("impedance", True),
        "tewl_ratio": slower("tewl", [(0.0, world["worn"])]),
    }


def skin_colour(world: World) -> Prediction:
    wound = array(world["length"], world["radius"], world["count"])
    levels = np.linspace(world["light"], world["dark"], 9)
    times = [back(world, person(world, l_star=float(x)), wound, "impedance", True) for x in levels]
    steps = [ratio(b, a) for a, b in itertools.pairwise(times)]
    return {"dark_over_light": ratio(times[-1], times[0]), "least_step": min(steps)}


# ------------------------------------------------------------------------- REC-X32, REC-X33, the limits


def dead_skin(world: World) -> Prediction:
    wound = at_density(world["length"], world["radius"], world["density"])
    times = (0.0, *np.linspace(0.5 * minute, 1 * hour, 240), 9 * hour, 48 * hour)
    r = close(world, world.skin(), wound, 48 * hour, closure_model=ClosureModel.recoil, times=times)
    left = r.impedance / r.impedance[0]
    if left[-1] > 1.0 - 1e-6:  # a draw in which the recoil is over at once
        return {"incomplete": float(left[-1]), "level": float(left[-2]), "half_life": math.nan}
    half = 0.5 * (1.0 + left[-1])
    i = int(np.flatnonzero(left <= half)[0])
    at = float(np.interp(half, [left[i], left[i - 1]], [r.time[i], r.time[i - 1]]))
    return {"incomplete": float(left[-1]), "level": float(left[-2]), "half_life": at}


def stripped(world: World) -> Prediction:
    """Excess over its first value, and over the loss of intact skin, which is d/(1 + d) of that of bare skin."""
    skin = world.skin()
    early, late = stripped_excess(skin, [world["early"], world["late"]])
    return {"left_early": float(early), "left_late": float(late) / skin.barrier.bare_resistance}


PREDICT: dict[str, Predictor] = {
    "REC-X21": open_air,
    "REC-X22": under_a_cover,
    "REC-X23": three_sites,
    "REC-X24": after_a_pen,
    "REC-X25": water_and_light,
    "REC-X26": roller_width,
    "REC-X27": short_rollers,
    "REC-X28": delivery_window,
    "REC-X29": cox_inhibitor,
    "REC-X30": elderly,
    "REC-X31": skin_colour,
    "REC-X32": dead_skin,
    "REC-X33": stripped,
}
