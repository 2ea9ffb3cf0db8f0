"""Which needles draw blood: a Poisson count of cut vessels."""

from __future__ import annotations

from libskin import _core
from libskin._choice import choice, need, number
from libskin._core import BleedingResult, BleedingSettings, BleedModel, Skin, Wound
from libskin._warn import warned

__all__ = ["BleedModel", "BleedingResult", "BleedingSettings", "bleed"]


def bleed(skin: Skin, wound: Wound, *, bleed_model: str = "poisson", depth_step: float = 2.0e-6) -> BleedingResult:
    """Blood of every channel of ``wound``.

    Parameters
    ----------
    skin
        Whose vessels.
    wound
        Channels, from ``insert(...).wound`` or ``tear(...).wound``.
    bleed_model
        ``"poisson"``: independent vessels in each bed; ``"none"``: nothing bleeds.
    depth_step
        Of the quadrature along a channel, m.

    Returns
    -------
    BleedingResult
        ``visible_fraction``, ``dots_per_area``, ``blood_per_area``, and ``wound``: the wound with its blood.

    Notes
    -----
    Theory and validity: ``docs/theory/bleeding.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import mm
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> shallow = ls.insert(skin, ls.Needle(), ls.Travel(distance=0.3 * mm)).wound
    >>> deep = ls.insert(skin, ls.Needle(), ls.Travel(distance=2.0 * mm)).wound
    >>> ls.bleed(skin, shallow).visible_fraction < ls.bleed(skin, deep).visible_fraction
    True
    """
    need(skin, Skin, "skin")
    need(wound, Wound, "wound")
    settings = BleedingSettings(
        bleed_model=choice(BleedModel, bleed_model, "bleed_model"),
        depth_step=number(depth_step, "depth_step"),
    )
    return warned(_core.bleed(skin, wound, settings))
