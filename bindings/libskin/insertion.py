"""How deep a needle really goes: force, puncture, depth, and the channel that it leaves."""

from __future__ import annotations

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import (
    ArrayCoupling,
    DeflectionModel,
    InsertionCurve,
    InsertionResult,
    InsertionSettings,
    Needle,
    RateModel,
    Skin,
    TipModel,
    Travel,
)
from libskin._device import DEVICES, USES, Device, Use
from libskin._warn import warned

__all__ = [
    "ArrayCoupling",
    "DeflectionModel",
    "InsertionCurve",
    "InsertionResult",
    "InsertionSettings",
    "RateModel",
    "TipModel",
    "insert",
]


def insert(
    skin: Skin,
    device: Needle | Device,
    use: Use,
    *,
    seed: int | None = None,
    n_needles: int | None = None,
    n_samples: int | None = None,
    tip_model: str = "energy_release",
    deflection_model: str = "parabolic",
    array_coupling: str = "half_space",
    rate_model: str = "power_law",
    tolerance: float = 1.0e-9,
) -> InsertionResult:
    """Press one needle into layered skin, or let a device strike it many times.

    Parameters
    ----------
    skin
        Layers, outermost first.
    device
        A :class:`Needle` on a test rig gives the whole curve over its travel; a pen, roller or stamp gives
        the depth of every strike, each with its own thickness of skin, hand force and speed.
    use
        :class:`Travel` for one needle; for a device also :class:`Pressing`, :class:`Impact`,
        :class:`Rolling` or :class:`Gliding`.
    seed
        Of the strikes of a device; 0 if not given. The same seed gives the same numbers.
    n_needles
        Strikes of a device that are simulated; 2000 if not given.
    n_samples
        Points on the travel axis of one needle; 400 if not given.
    tip_model
        ``"energy_release"``: a crack opened by a tapered tip, layer by layer; ``"none"``: never opens.
    deflection_model
        ``"parabolic"``: the surface gives way; ``"none"``: rigid support.
    array_coupling
        ``"half_space"``: needles share the deflected surface; ``"none"``: each for itself.
    rate_model
        ``"power_law"``: stiffer at speed; ``"none"``: the stiffness of the reference rate.
    tolerance
        Of the root of the tip depth, m.

    Returns
    -------
    InsertionResult
        ``depth`` (strike), ``depth_mean``, ``reached`` (layer), ``wound``; for one needle also
        ``travel``, ``force``, ``tip_depth``, ``deflection``, ``puncture_force`` and ``puncture_depth``.

    Notes
    -----
    Theory and validity: ``docs/theory/insertion.md``.

    Examples
    --------
    >>> import libskin as ls
    >>> from libskin.units import mm
    >>> skin = ls.Skin.preset("forearm_volar")
    >>> result = ls.insert(skin, ls.Needle(), ls.Travel(distance=1.0 * mm, speed=1.0 * mm))
    >>> result.force.shape, bool(result.puncture_force > 0.0)
    ((400,), True)
    """
    need(skin, Skin, "skin")
    need(use, USES, "use")
    one_needle = isinstance(device, Needle)
    if not one_needle:
        need(device, (Needle, *DEVICES), "device")
    for name, value, unused in (
        ("seed", seed, one_needle),
        ("n_needles", n_needles, one_needle),
        ("n_samples", n_samples, not one_needle),
    ):
        if unused and value is not None:
            what = "one needle on a rig" if one_needle else "a device"
            raise _core.ParameterError(f"{name} = {value!r} was given but {what} does not use it")
    settings = InsertionSettings(
        tip_model=choice(TipModel, tip_model, "tip_model"),
        deflection_model=choice(DeflectionModel, deflection_model, "deflection_model"),
        array_coupling=choice(ArrayCoupling, array_coupling, "array_coupling"),
        rate_model=choice(RateModel, rate_model, "rate_model"),
        n_samples=400 if n_samples is None else n_samples,
        n_needles=2000 if n_needles is None else n_needles,
        tolerance=number(tolerance, "tolerance"),
    )
    if isinstance(device, Needle):
        if not isinstance(use, Travel):
            raise _core.ParameterError(
                f"use = {type(use).__name__}(...) needs a device; one needle takes Travel(distance, speed)"
            )
        return warned(_core.insert_needle(skin, device, use, settings))
    return warned(_core.insert_device(skin, device, use, 0 if seed is None else whole(seed, "seed"), settings))
