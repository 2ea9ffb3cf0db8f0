"""How the barrier closes again: one pore state, several read-outs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import (
    Closure,
    ClosureModel,
    HoleResistance,
    Interval,
    RecoveryBand,
    RecoveryResult,
    RecoverySettings,
    Skin,
    Wound,
)
from libskin._warn import warned

__all__ = ["Closure", "ClosureModel", "HoleResistance", "Interval", "RecoveryBand", "RecoveryResult",
           "RecoverySettings", "draw_barrier", "recover", "recovery_band", "stripped_excess",
           "stripped_recovery_time"]  # fmt: skip


def recover(
    skin: Skin,
    wound: Wound,
    *,
    duration: float,
    occluded: bool | Sequence[tuple[float, float]] = False,
    wetted: Sequence[float] = (),
    irritancy_class: int = 0,
    irritation: float = 0.0,
    closure_model: str = "plug_hole",
    n_classes: int = 4,
    n_times: int = 200,
    hole_resistance: str = "channel",
    times: Sequence[float] = (),
    n_slices: int = 32,
) -> RecoveryResult:
    """Close the channels of ``wound`` over ``duration``.

    Parameters
    ----------
    skin
        Whose barrier.
    wound
        Channels, from ``insert``, ``tear`` or ``bleed``.
    duration
        Since the first strike, s.
    occluded
        ``False``: open air; ``True``: covered all the time; or stretches ``[(start, end), ...]`` in s.
    wetted
        Times at which a wet product is laid on the mouths, s.
    irritancy_class, irritation
        Of what touches the open channels: slows closing.
    closure_model
        ``"plug_hole"`` (the default): drying plug and closing hole in series; ``"depth_resolved"``: the same with a
        hole that closes layer by layer; ``"first_order"``, ``"linear_radius"``, ``"exponential_radius"``, ``"hill"``,
        ``"two_phase"``: one law for plug and hole together; ``"recoil"``: dead skin; ``"none"``: channels stay as they
        are.
    n_classes, n_times
        Channel classes; output times.
    hole_resistance
        How the conductance of a hole goes with its radius a: ``"channel"`` (a^2), ``"access"`` (a), ``"series"``.
    times
        Output times of your own in s, increasing; ``()``: ``n_times`` of them, fine at the start.
    n_slices
        Slices of depth for ``"depth_resolved"``.

    Returns
    -------
    RecoveryResult
        ``impedance``, ``tewl``, ``tracer_permeability``, ``staining``, ``optical_opening`` over ``time``;
        ``time_to_recover(observable)``; ``closure`` for :func:`deliver` and :func:`assess`.

    Raises
    ------
    ParameterError
        A value is out of range, stretches overlap or are reversed, or output times do not increase.

    Notes
    -----
    Theory, why this law is the default, and validity: ``docs/theory/recovery.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import mm, hour
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> wound = ls.insert(skin, ls.device("dermastamp_1.5"), ls.Impact(3.0, 0.02), n_needles=40).wound
    >>> open_air = ls.recover(skin, wound, duration=72 * hour)
    >>> covered = ls.recover(skin, wound, duration=72 * hour, occluded=True)
    >>> open_air.time_to_recover("impedance") < covered.time_to_recover("impedance")
    True
    """
    need(skin, Skin, "skin")
    need(wound, Wound, "wound")
    end = number(duration, "duration")
    settings = RecoverySettings(
        closure_model=choice(ClosureModel, closure_model, "closure_model"),
        occluded=_intervals(occluded, end),
        wetted=wetted,
        irritancy_class=irritancy_class,
        irritation=number(irritation, "irritation"),
        n_classes=n_classes,
        n_times=n_times,
        hole_resistance=choice(HoleResistance, hole_resistance, "hole_resistance"),
        times=times,
        n_slices=n_slices,
    )
    return warned(_core.recover(skin, wound, end, settings))


def recovery_band(
    skin: Skin,
    wound: Wound,
    *,
    duration: float,
    n_draws: int = 200,
    seed: int = 0,
    occluded: bool | Sequence[tuple[float, float]] = False,
    **settings: Any,
) -> RecoveryBand:
    """Say how far a recovery is known: the same wound on persons drawn from the spreads that the data state.

    Parameters
    ----------
    skin, wound, duration, occluded
        As in :func:`recover`.
    n_draws
        Persons, 2 to 100000.
    seed
        Same seed, same persons.
    **settings
        Other choices of :func:`recover`, such as ``closure_model``.

    Returns
    -------
    RecoveryBand
        ``low``, ``median``, ``high`` in s for each of ``observable`` (5, 50 and 95 % of the persons; NaN: not within
        the duration), ``unrecovered`` (share), and the band of each curve over its first value.

    Notes
    -----
    A value of the barrier with a stated range is drawn from it, log-uniform where the range spans more than a factor of
    3; all closing times of a person share a lognormal factor with the variation 0.25 seen between people. The wound is
    not drawn.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import hour
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> wound = ls.insert(skin, ls.device("dermastamp_1.5"), ls.Impact(3.0, 0.02), n_needles=40).wound
    >>> band = ls.recovery_band(skin, wound, duration=24 * hour, n_draws=50)
    >>> impedance = band.observable.index("impedance")
    >>> bool(band.low[impedance] < band.median[impedance] < band.high[impedance])
    True
    """
    need(skin, Skin, "skin")
    need(wound, Wound, "wound")
    end = number(duration, "duration")
    wanted = dict(settings)
    if "closure_model" in wanted:
        wanted["closure_model"] = choice(ClosureModel, wanted["closure_model"], "closure_model")
    if "hole_resistance" in wanted:
        wanted["hole_resistance"] = choice(HoleResistance, wanted["hole_resistance"], "hole_resistance")
    chosen = RecoverySettings(occluded=_intervals(occluded, end), **wanted)
    return _core.recovery_band(skin, wound, end, chosen, whole(n_draws, "n_draws"), whole(seed, "seed"))


def draw_barrier(skin: Skin, seed: int, i: int) -> Skin:
    """``skin`` with the barrier of person ``i``, as :func:`recovery_band` draws it.

    >>> import libskin as ls
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> ls.draw_barrier(skin, 0, 3) == ls.draw_barrier(skin, 0, 3) != skin
    True
    """
    need(skin, Skin, "skin")
    return _core.draw_barrier(skin, whole(seed, "seed"), whole(i, "i"))


def stripped_excess(skin: Skin, time: ArrayLike) -> NDArray[np.float64]:
    """Excess of water loss, over its first value, after the whole horny layer was stripped off with tape.

    Parameters
    ----------
    time
        Since the stripping, s, not negative.

    Notes
    -----
    The slow limit of recovery: the horny layer grows back at its turnover and water diffuses through what there is.
    See ``docs/theory/recovery.md``, 3.6.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import day
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> excess = ls.stripped_excess(skin, [0.0, 3 * day, 15 * day])
    >>> bool(excess[0] == 1.0 and excess[1] < 0.5 and excess[2] > 0.0)
    True
    """
    need(skin, Skin, "skin")
    return _core.stripped_excess(skin, np.atleast_1d(np.asarray(time, dtype=float)))


def stripped_recovery_time(skin: Skin) -> float:
    """Time in s until :func:`stripped_excess` is below the threshold of water loss.

    >>> import libskin as ls
    >>> from libskin.units import day
    >>> ls.stripped_recovery_time(ls.Skin.preset("forearm_volar")) > 5 * day
    True
    """
    need(skin, Skin, "skin")
    return _core.stripped_recovery_time(skin)


def _intervals(occluded: bool | Sequence[tuple[float, float]], end: float) -> list[Interval]:
    if isinstance(occluded, bool):
        return [Interval(0.0, end)] if occluded else []
    try:
        pairs = [(start, stop) for start, stop in occluded]
    except (TypeError, ValueError):
        raise _core.ParameterError(
            f"occluded = {occluded!r} is not True, False or stretches [(start, end), ...] in s"
        ) from None
    return [Interval(number(a, "occluded.start"), number(b, "occluded.end")) for a, b in pairs]
