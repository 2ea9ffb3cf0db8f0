"""Draws for the 90 % band: a person's skin and a set-up within the spreads that the data files state.

Rules, the same for every case:

* layer thickness: lognormal with the layer's ``thickness_variation``, layers independent;
* ``effective_modulus``: lognormal with ``effective_modulus_variation`` (0.75);
* toughness of the dermis, both layers together: lognormal with ``toughness_variation`` (0.4);
* every other value of ``layers`` and ``mechanics`` with a stated range: within it, log-uniform if the range spans more
  than a factor of 3, else uniform; the toughness of stratum corneum and epidermis (10-500 J/m2) is one of these. Layers
  of one group (epidermis, dermis, fat) share the quantile;
* a value with a standard deviation and no range: lognormal of that spread, the layers together;
* a quantity of the set-up with a range: within it.

Not drawn: the Ogden exponent (its pair mu belongs to another source) and whatever has no stated spread.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np

from libskin._core import Layer, Mechanics, Origin, Skin
from libskin.validation.case import Quantity

__all__ = ["Stream", "draw_setup", "draw_skin"]

GROUP = {
    "stratum_corneum": "epidermis", "viable_epidermis": "epidermis", "papillary_dermis": "dermis",
    "reticular_dermis": "dermis", "hypodermis": "fat",
}  # fmt: skip
NOT_DRAWN = {"thickness", "thickness_variation", "ogden_exponent", "ogden_modulus", "effective_modulus_variation",
             "toughness_variation", "poissons_ratio"}  # fmt: skip


class Stream:
    """Uniform numbers as a pure function of (seed, draw): draw 7 is the same in a run of 10 and of 1000."""

    def __init__(self, seed: int, draw: int) -> None:
        self._generator = np.random.Generator(np.random.Philox(key=[seed, draw]))

    def uniform(self) -> float:
        """In (0, 1): never an end, so that every quantile is finite."""
        return (float(self._generator.integers(0, 1 << 53)) + 0.5) / float(1 << 53)


def lognormal(quantile: float, mean: float, variation: float) -> float:
    """Of a lognormal with this mean and coefficient of variation."""
    if variation <= 0.0 or mean <= 0.0:
        return mean
    sigma = math.sqrt(math.log1p(variation**2))
    return mean * math.exp(sigma * NormalDist().inv_cdf(quantile) - 0.5 * sigma**2)


def within(quantile: float, lo: float, hi: float, log: bool) -> float:
    return lo * (hi / lo) ** quantile if log else lo + (hi - lo) * quantile


def draw_setup(setup: Mapping[str, Quantity], stream: Stream) -> dict[str, float]:
    """Every quantity of the set-up; one number of the stream each, drawn or not."""
    values = {}
    for name, quantity in setup.items():
        u = stream.uniform()
        drawn = within(u, quantity.lo, quantity.hi, quantity.distribution == "loguniform")
        values[name] = drawn if quantity.drawn else quantity.value
    return values


def still(skin: Skin) -> Skin:
    """Without scatter from strike to strike: one place of one person."""
    return skin.replace(layers=[layer.replace(thickness_variation=0.0) for layer in skin.layers])


def draw_skin(skin: Skin, stream: Stream) -> Skin:
    """One person (or animal) around the reference values of ``skin``."""
    shared, origins = _Shared(stream), skin.origins
    layers = []
    for layer in skin.layers:
        thickness = lognormal(stream.uniform(), layer.thickness, layer.thickness_variation)
        changes = {"thickness": _clamped(Layer, "thickness", thickness), "thickness_variation": 0.0}
        group = GROUP.get(layer.name, layer.name)
        for name in Layer._ranges:
            value = getattr(layer, name)
            if name in NOT_DRAWN or not isinstance(value, float):
                continue
            if name == "toughness" and group == "dermis":
                value = lognormal(shared("toughness.dermis"), value, skin.mechanics.toughness_variation)
            else:
                value = _spread(origins.get(f"{layer.name}.{name}"), value, shared, name, group)
            changes[name] = _clamped(Layer, name, value)
        layers.append(layer.replace(**changes))
    mechanics: dict[str, float] = {}
    for name in Mechanics._ranges:
        value = getattr(skin.mechanics, name)
        if name in NOT_DRAWN or not isinstance(value, float):
            continue
        if name == "effective_modulus":
            value = lognormal(shared(name), value, skin.mechanics.effective_modulus_variation)
        else:
            value = _spread(origins.get(f"mechanics.{name}"), value, shared, name, "")
        mechanics[name] = _clamped(Mechanics, name, value)
    return skin.replace(layers=layers, mechanics=skin.mechanics.replace(**mechanics))


class _Shared:
    """One quantile for each name, drawn when it is first asked for; members come in the order of their tables."""

    def __init__(self, stream: Stream) -> None:
        self._stream, self._known = stream, dict[str, float]()

    def __call__(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = self._stream.uniform()
        return self._known[name]


def _spread(origin: Origin | None, value: float, shared: _Shared, name: str, group: str) -> float:
    if origin is None:
        return value
    if math.isfinite(origin.lo) and math.isfinite(origin.hi) and origin.hi > origin.lo:
        log = origin.distribution == "loguniform" or (origin.lo > 0.0 and origin.hi > 3.0 * origin.lo)
        return within(shared(f"{name}.{group}"), origin.lo, origin.hi, log)
    if math.isfinite(origin.sd) and value > 0.0:
        return lognormal(shared(name), value, origin.sd / value)
    return value


def _clamped(kind: type, name: str, value: float) -> float:
    lo, hi = kind._ranges.get(name, (-math.inf, math.inf))  # type: ignore[attr-defined]
    return min(max(value, lo), hi)
