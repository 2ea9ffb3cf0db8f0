"""How the barrier closes again: one pore state, several read-outs."""

from __future__ import annotations

from collections.abc import Sequence

from libskin import _core
from libskin._choice import choice, need, number
from libskin._core import (
    Closure,
    ClosureModel,
    Interval,
    RecoveryResult,
    RecoverySettings,
    Skin,
    Wound,
)
from libskin._warn import warned

__all__ = ["Closure", "ClosureModel", "Interval", "RecoveryResult", "RecoverySettings", "recover"]


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
        ``"plug_hole"``: drying plug and closing hole in series; ``"none"``: channels stay as they are.
    n_classes, n_times
        Channel classes; output times.

    Returns
    -------
    RecoveryResult
        ``impedance``, ``tewl``, ``tracer_permeability``, ``staining``, ``optical_opening`` over ``time``;
        ``time_to_recover(observable)``; ``closure`` for :func:`deliver` and :func:`assess`.

    Notes
    -----
    Theory and validity: ``docs/theory/recovery.md``.

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
    )
    return warned(_core.recover(skin, wound, end, settings))


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
