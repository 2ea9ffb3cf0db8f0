"""What calibration would give, in the stated order: one parameter a case, each found with the others as shipped.

Nothing is changed: the numbers are printed beside the shipped ones, so that a decision about them is visible.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from libskin._core import Error
from libskin.validation.data import Case, case, to_si
from libskin.validation.draw import GROUP, Stream
from libskin.validation.runner import SKIN_GROUPS, NotRun, Variant, change_skin, predict

__all__ = ["CALIBRATIONS", "Calibrated", "Calibration", "calibrate"]

POINTS = 13  # of the first look at the range, evenly in the logarithm
DRAWS = 120  # for a calibration of a share


@dataclass(frozen=True, slots=True)
class Calibration:
    """Move one parameter until one prediction meets its row, or as far as an inequality lets it."""

    case: str
    check: str
    parameter: str  # as in --set
    low: float  # SI
    high: float
    unit: str
    why_range: str
    limit: bool = False  # the row is an inequality or a yes or no: find the end of what is accepted


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Result of one calibration; values in the unit of the calibration."""

    calibration: Calibration
    shipped: float
    value: float  # NaN: no value in the range does it
    note: str


CALIBRATIONS: dict[str, tuple[Calibration, ...]] = {
    "insertion": (
        Calibration("INS-X1", "slope", "skin.dermis.toughness", 0.5e3, 10e3, "kJ/m^2", "twice the prior's 5 kJ/m2"),
        Calibration("INS-X1", "force_thin", "skin.epidermis.toughness", 10.0, 500.0, "J/m^2", "prior of SC and VE"),
        Calibration("INS-X2", "channel_depth", "skin.mechanics.effective_modulus", 0.05e6, 3e6, "MPa", "of table 4.1"),
        Calibration("INS-X3", "depth_press", "skin.mechanics.effective_modulus", 0.05e6, 3e6, "MPa", "of table 4.1"),
        Calibration("INS-X3", "depth_press", "skin.papillary_dermis.toughness", 10.0, 5e3, "J/m^2",
                    "from epidermis to the upper end of dermis; trap T6"),
        Calibration("INS-X5", "buried_share.share_below_measured", "skin.mechanics.effective_modulus", 0.05e6, 3e6,
                    "MPa", "of table 4.1", limit=True),
        Calibration("INS-X4", "deep_setting", "skin.mechanics.rate_exponent", 0.02, 1.0, "1", "up to proportional"),
        Calibration("INS-X6", "by_hand", "skin.epidermis.toughness", 10.0, 500.0, "J/m^2", "the prior", limit=True),
        Calibration("INS-X7", "close_over_wide", "skin.mechanics.far_field_modulus", 1e3, 1e6, "kPa",
                    "1 to 1000 kPa around the sourced 40-160 kPa"),
    ),
    "recovery": (
        Calibration("REC-X21", "slowest", "skin.barrier.drying_time", 360.0, 7200.0, "h", "0.1 to 2 h", limit=True),
        Calibration("REC-X22", "slowest", "skin.barrier.half_life_long", 12240.0, 180000.0, "h",
                    "from the short half-life to 50 h"),
        Calibration("REC-X26", "width", "skin.barrier.late_recoil", 0.2, 0.7, "1", "up to the early recoil"),
    ),
}  # fmt: skip


def calibrate(physics: str, names: Sequence[str] = (), variant: Variant | None = None) -> list[Calibrated]:
    """Run the calibrations of a physics; ``names`` keeps those of some cases.

    >>> from libskin import validation
    >>> validation.calibrate("insertion", ["INS-X2"])[0].calibration.parameter
    'skin.mechanics.effective_modulus'
    """
    base = variant or Variant()
    return [_solve(c, base) for c in CALIBRATIONS.get(physics, ()) if not names or c.case in names]


def _solve(wanted: Calibration, base: Variant) -> Calibrated:
    this = case(wanted.case)
    check = next(c for c in this.checks if c.key == wanted.check)
    unit, unit_of_check = to_si(1.0, wanted.unit), "" if check.unit == "1" else f" {check.unit}"
    shipped = _shipped(this, wanted.parameter, base)

    def predicted(x: float) -> float:
        return _predict(this, check.name, check.statistic, Variant({**base.choices, wanted.parameter: x}))

    grid = np.geomspace(wanted.low, wanted.high, POINTS)
    values = [predicted(float(x)) for x in grid]
    known = [v for v in values if math.isfinite(v)]
    scale = to_si(1.0, check.unit)
    if wanted.limit:
        low, high = (bound * scale for bound in check.accepted)
        good = [low - 1e-12 <= v <= high + 1e-12 for v in values]
        return _limit(wanted, shipped / unit, good, lambda x: low - 1e-12 <= predicted(x) <= high + 1e-12, grid, unit)
    target = check.measured[0] * scale
    for left, right, a, b in zip(grid, grid[1:], values, values[1:], strict=False):
        if math.isfinite(a) and math.isfinite(b) and (a - target) * (b - target) <= 0.0 and a != b:
            root = _bisect(lambda x: predicted(x) - target, float(left), float(right), a - target)
            return Calibrated(wanted, shipped / unit, root / unit, f"meets {check.measured[0]:.4g}{unit_of_check}")
    shown = f"{min(known) / scale:.3g} to {max(known) / scale:.3g}" if known else "no number"
    span = f"{wanted.low / unit:g} to {wanted.high / unit:g}"
    return Calibrated(wanted, shipped / unit, math.nan, f"no value from {span} "
                      f"meets {check.measured[0]:.4g}: it gives {shown}{unit_of_check}")  # fmt: skip


def _limit(wanted: Calibration, shipped: float, good: Sequence[bool], accepted: Callable[[float], bool],
           grid: Sequence[float] | np.ndarray, unit: float) -> Calibrated:  # fmt: skip
    """The end of the part of the range that is accepted."""
    span = f"{wanted.low / unit:g} to {wanted.high / unit:g}"
    if all(good):
        return Calibrated(wanted, shipped, math.nan, f"accepted anywhere from {span}: no bound")
    if not any(good):
        return Calibrated(wanted, shipped, math.nan, f"accepted nowhere from {span}")
    at = next(i for i in range(len(good) - 1) if good[i] != good[i + 1])
    low, high = float(grid[at]), float(grid[at + 1])
    for _ in range(10):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if accepted(middle) == good[at] else (low, middle)
    side = "at most" if good[at] else "at least"
    return Calibrated(wanted, shipped, math.sqrt(low * high) / unit, f"{side} this is accepted")


def _bisect(f: Callable[[float], float], low: float, high: float, at_low: float) -> float:
    for _ in range(20):  # of the logarithm: 1e-6 of a step of the grid
        middle = math.sqrt(low * high)
        value = f(middle)
        if value * at_low > 0.0:
            low, at_low = middle, value
        else:
            high = middle
    return math.sqrt(low * high)


def _predict(this: Case, name: str, statistic: str, variant: Variant) -> float:
    if statistic == "share_below_measured":
        limit = next(c for c in this.checks if c.statistic == statistic).rows[0].number("value")
        drawn = [predict(this, variant, Stream(0, i))[name] for i in range(DRAWS)]
        return float(np.mean([isinstance(v, float) and v < limit for v in drawn]))
    try:
        value = predict(this, variant)[name]
    except Error:
        return math.nan
    return math.nan if isinstance(value, NotRun) else value


def _shipped(this: Case, parameter: str, base: Variant) -> float:
    _, where, name = parameter.split(".")
    skin = change_skin(this.skin(next(iter(this.skins))), base)
    if where in SKIN_GROUPS:
        return float(getattr(getattr(skin, where), name))
    layer = next(layer for layer in skin.layers if where in (layer.name, GROUP.get(layer.name)))
    return float(getattr(layer, name))
