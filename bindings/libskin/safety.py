"""What can go wrong: irritation, particles, infection, granuloma; relative indices and flags."""

from __future__ import annotations

from collections.abc import Sequence

from libskin import _core
from libskin._choice import choice, need
from libskin._core import (
    Closure,
    Exposure,
    IrritationModel,
    ParticleReport,
    SafetyResult,
    SafetySettings,
    Skin,
    Wound,
)
from libskin._warn import warned

__all__ = ["IrritationModel", "ParticleReport", "SafetyResult", "SafetySettings", "assess"]


def assess(
    skin: Skin,
    exposure: Exposure | Sequence[Exposure],
    wound: Wound,
    *,
    closure: Closure | None = None,
    irritation_model: str = "toxic_load",
) -> SafetyResult:
    """Risks of one or several products on one wound.

    Parameters
    ----------
    skin
        What living skin tolerates.
    exposure
        ``deliver(...).exposure``, or a list of them: effects of several products add up.
    wound
        Channels.
    closure
        How they close; ``None``: they stay open.
    irritation_model
        ``"toxic_load"``: concentration and time in living epidermis; ``"none"``: nothing irritates.

    Returns
    -------
    SafetyResult
        ``irritation`` (1 is the clinical threshold), ``particles``, ``infection_relative``, ``granuloma``.

    Notes
    -----
    Indices rank scenarios; they are not clinical probabilities. Theory: ``docs/theory/safety.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import hour
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> serum = ls.Application(ls.topical("niacinamide_serum"), when="after", dose=0.02)
    >>> d = ls.deliver(skin, None, serum, duration=2 * hour)
    >>> ls.assess(skin, d.exposure, ls.intact_skin()).granuloma
    False
    """
    need(skin, Skin, "skin")
    need(wound, Wound, "wound")
    if closure is None:
        closure = Closure()
    need(closure, Closure, "closure")
    if isinstance(exposure, Exposure):
        exposures = [exposure]
    else:
        need(exposure, (list, tuple), "exposure")
        exposures = list(exposure)
        for i, one in enumerate(exposures):
            need(one, Exposure, f"exposure[{i}]")
    settings = SafetySettings(irritation_model=choice(IrritationModel, irritation_model, "irritation_model"))
    return warned(_core.assess(skin, exposures, wound, closure, settings))
