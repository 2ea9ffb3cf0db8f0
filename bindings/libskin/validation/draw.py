"""Draws for the 90 % band: a person's skin and a set-up within the spreads that the data files state.

Rules, the same for every case:

* layer thickness: lognormal with the layer's ``thickness_variation``, layers independent;
* ``effective_modulus``: lognormal with ``effective_modulus_variation`` (0.75);
* toughness of the dermis, both layers together: lognormal with ``toughness_variation`` (0.4);
* every other value of the layers, and of the groups that the physics reads (``READ``), with a stated range: within it,
  log-uniform if the range spans more than a factor of 3, else uniform; the toughness of stratum corneum and epidermis
  (10-500 J/m2) is one of these. Layers of one group (epidermis, dermis, fat) share the quantile;
* a value with a standard deviation and no range: lognormal of that spread, the layers together;
* half-lives and drying time of a person, beside their ranges: one lognormal factor of ``closure_variation`` (0.25);
* a quantity of the set-up with a range: within it.

Not drawn: the Ogden exponent (its pair mu belongs to another source) and whatever has no stated spread.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

from libskin._core import Barrier, Layer, Origin, Skin
from libskin.validation.data import Quantity

__all__ = ["Stream", "draw_setup", "draw_skin"]

GROUP = {
    "stratum_corneum": "epidermis", "viable_epidermis": "epidermis", "papillary_dermis": "dermis",
    "reticular_dermis": "dermis", "hypodermis": "fat",
}  # fmt: skip
READ = {  # physics -> groups of the skin whose spreads its bands need
    "insertion": ("mechanics",), "tearing": ("mechanics", "tear_resistance"), "recovery": ("barrier",),
    "transport": ("barrier", "solute_transport"), "bleeding": ("vasculature",), "healing": ("healing_biology",),
    "safety": ("tolerance",),
}  # fmt: skip
NOT_DRAWN = {"thickness", "thickness_variation", "ogden_exponent", "ogden_modulus", "effective_modulus_variation",
             "toughness_variation", "poissons_ratio"}  # fmt: skip


class Stream:
    """Uniform numbers as a pure function of (seed, draw, name).

    Draw 7 is the same in a run of 10 and of 1000, and a parameter that is added moves no other one.
    """

    def __init__(self, seed: int, draw: int, place: str = "") -> None:
        self._seed, self._draw, self._place = seed, draw, place

    def within(self, place: str) -> Stream:
        """A stream of its own, for example of one skin."""
        return Stream(self._seed, self._draw, f"{self._place}{place}.")

    def uniform(self, name: str) -> float:
        """In (0, 1): never an end, so that every quantile is finite."""
        text = f"{self._seed}/{self._draw}/{self._place}{name}"
        word = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
        return ((word >> 11) + 0.5) / float(1 << 53)


def lognormal(quantile: float, mean: float, variation: float) -> float:
    """Of a lognormal with this mean and coefficient of variation."""
    if variation <= 0.0 or mean <= 0.0:
        return mean
    sigma = math.sqrt(math.log1p(variation**2))
    return mean * math.exp(sigma * NormalDist().inv_cdf(quantile) - 0.5 * sigma**2)


def within(quantile: float, lo: float, hi: float, log: bool) -> float:
    """Of a uniform or log-uniform distribution between two ends."""
    return lo * math.exp(quantile * math.log(hi / lo)) if log else lo + (hi - lo) * quantile


def draw_setup(setup: Mapping[str, Quantity], stream: Stream) -> dict[str, float]:
    """Every quantity of the set-up, drawn where it has a range."""
    values = {}
    for name, quantity in setup.items():
        drawn = within(stream.uniform(name), quantity.lo, quantity.hi, quantity.distribution == "loguniform")
        values[name] = drawn if quantity.drawn else quantity.value
    return values


def still(skin: Skin) -> Skin:
    """Without scatter from strike to strike: one place of one person."""
    return skin.replace(layers=[layer.replace(thickness_variation=0.0) for layer in skin.layers])


def draw_skin(skin: Skin, stream: Stream, chosen: frozenset[str] = frozenset(), physics: str = "insertion") -> Skin:
    """One person (or animal) around the reference values of ``skin``, in what ``physics`` reads.

    Values that the caller has ``chosen`` leave the range that their data file states; they stay as they are, or are the
    mean of what varies between persons.
    """
    origins = {name: origin for name, origin in skin.origins.items() if name not in chosen}
    layers = []
    for layer in skin.layers:
        thickness = lognormal(stream.uniform(f"{layer.name}.thickness"), layer.thickness, layer.thickness_variation)
        changes = {"thickness": _clamped(Layer, "thickness", thickness), "thickness_variation": 0.0}
        group = GROUP.get(layer.name, layer.name)
        for name in Layer._ranges:
            value = getattr(layer, name)
            if name in NOT_DRAWN or not isinstance(value, float):
                continue
            if name == "toughness" and group == "dermis":
                value = lognormal(stream.uniform("toughness.dermis"), value, skin.mechanics.toughness_variation)
            else:
                value = _spread(origins.get(f"{layer.name}.{name}"), value, stream, name, group)
            changes[name] = _clamped(Layer, name, value)
        layers.append(layer.replace(**changes))
    changed: dict[str, Any] = {"layers": layers}
    for group in READ[physics]:
        values: Any = getattr(skin, group)
        drawn: dict[str, float] = {}
        for name in type(values)._ranges:
            value = getattr(values, name)
            if name in NOT_DRAWN or not isinstance(value, float):
                continue
            if name == "effective_modulus":
                value = lognormal(stream.uniform(name), value, skin.mechanics.effective_modulus_variation)
            else:
                value = _spread(origins.get(f"{group}.{name}"), value, stream, name, "")
            drawn[name] = _clamped(type(values), name, value)
        if group == "barrier":
            _one_person(drawn, lognormal(stream.uniform("closing"), 1.0, skin.barrier.closure_variation))
        changed[group] = values.replace(**drawn)
    return skin.replace(**changed)


def _one_person(barrier: dict[str, float], slowness: float) -> None:
    """Closing times of a person go together; ranges that touch or overlap keep their order."""
    for name in ("half_life_short", "half_life_long", "half_life_open", "half_life_open_long", "slow_half_life",
                 "drying_time"):  # fmt: skip
        barrier[name] = _clamped(Barrier, name, barrier[name] * slowness)
    barrier["half_life_long"] = max(barrier["half_life_long"], barrier["half_life_short"])
    barrier["early_recoil"] = max(barrier["early_recoil"], barrier["late_recoil"])


def _spread(origin: Origin | None, value: float, stream: Stream, name: str, group: str) -> float:
    if origin is None:
        return value
    if math.isfinite(origin.lo) and math.isfinite(origin.hi) and origin.hi > origin.lo:
        log = origin.distribution == "loguniform" or (origin.lo > 0.0 and origin.hi > 3.0 * origin.lo)
        return within(stream.uniform(f"{name}.{group}"), origin.lo, origin.hi, log)
    if math.isfinite(origin.sd) and value > 0.0:
        return lognormal(stream.uniform(name), value, origin.sd / value)
    return value


def _clamped(kind: type, name: str, value: float) -> float:
    ranges: dict[str, tuple[float, float]] = getattr(kind, "_ranges")  # noqa: B009
    lo, hi = ranges.get(name, (-math.inf, math.inf))
    return min(max(value, lo), hi)
