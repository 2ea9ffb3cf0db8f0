"""How the dermis heals: inflammation, proliferation, remodelling; several sessions add up."""

from __future__ import annotations

from collections.abc import Sequence

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import (
    HealingResult,
    HealingSettings,
    HealModel,
    InjuryDose,
    ParameterError,
    Phase,
    Skin,
)
from libskin._warn import warned

__all__ = ["HealModel", "HealingResult", "HealingSettings", "InjuryDose", "Phase", "heal"]


def heal(
    skin: Skin,
    dose: InjuryDose | Sequence[InjuryDose],
    *,
    duration: float,
    sessions: int | None = None,
    interval: float | None = None,
    heal_model: str = "cascade",
    n_times: int = 361,
    n_band_draws: int = 0,
    tolerance: float = 1.0e-8,
) -> HealingResult:
    """Heal for ``duration`` after the first session.

    Parameters
    ----------
    skin
        Whose biology.
    dose
        ``wound.injury_dose(skin)`` of one session, or a list of doses that carry their own times.
    duration
        From the first session, s.
    sessions, interval
        Repeat one dose that often, every ``interval`` s. Only with a single dose.
    heal_model
        ``"cascade"``: ten states per layer; ``"none"``: nothing happens.
    n_times, tolerance
        Output times; tolerance of the integrator.
    n_band_draws
        Draws behind the band of ``collagen_gain``; 0: no band. About 2000 are enough.

    Returns
    -------
    HealingResult
        ``neutrophils``, ``collagen_I``, ... (time, layer), ``phases()``, ``collagen_gain(layer)``.

    Notes
    -----
    Theory and validity: ``docs/theory/healing.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import day
    >>> skin = ls.Skin.preset("face_cheek")
    >>> dose = ls.InjuryDose(punctured=[0.01, 0.01, 0.002], torn=[0, 0, 0], heated=[0, 0, 0])
    >>> once = ls.heal(skin, dose, duration=180 * day)
    >>> often = ls.heal(skin, dose, sessions=4, interval=28 * day, duration=180 * day)
    >>> 0.0 < once.collagen_gain("papillary_dermis") < often.collagen_gain("papillary_dermis")
    True
    """
    need(skin, Skin, "skin")
    end = number(duration, "duration")
    if isinstance(dose, InjuryDose):
        n = 1 if sessions is None else whole(sessions, "sessions")
        if n > 1 and interval is None:
            raise ParameterError(f"sessions = {n} needs an interval in s, for example 28 * day")
        if n <= 1 and interval is not None:
            raise ParameterError(f"interval = {interval!r} was given but there is only one session")
        step = 0.0 if interval is None else number(interval, "interval")
        doses = [dose] if sessions is None else list(_core.repeated(dose, n, step))
    else:
        need(dose, (list, tuple), "dose")
        doses = list(dose)
        for i, one in enumerate(doses):
            need(one, InjuryDose, f"dose[{i}]")
        for name, value in (("sessions", sessions), ("interval", interval)):
            if value is not None:
                raise ParameterError(f"{name} = {value!r} was given but a list of doses carries its own times")
    settings = HealingSettings(
        heal_model=choice(HealModel, heal_model, "heal_model"),
        n_times=n_times,
        n_band_draws=n_band_draws,
        tolerance=number(tolerance, "tolerance"),
    )
    return warned(_core.heal(skin, doses, end, settings))
