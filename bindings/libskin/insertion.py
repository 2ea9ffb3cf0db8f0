"""How deep a needle really goes: force, puncture, depth, and the channel that it leaves."""

from __future__ import annotations

from libskin import _core
from libskin._choice import choice, need, number, whole
from libskin._core import (
    ArrayCoupling,
    CuttingLaw,
    DeflectionModel,
    InsertionResult,
    InsertionSettings,
    Needle,
    PunctureModel,
    RateModel,
    Skin,
    TipModel,
    ToughnessLaw,
    Travel,
)
from libskin._device import DEVICES, USES, Device, Use
from libskin._warn import warned

__all__ = [
    "ArrayCoupling",
    "CuttingLaw",
    "DeflectionModel",
    "InsertionResult",
    "InsertionSettings",
    "PunctureModel",
    "RateModel",
    "TipModel",
    "ToughnessLaw",
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
    cutting_law: str = "equal_perimeter",
    toughness_law: str = "constant",
    puncture_model: str = "barrier_factor",
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
        ``"parabolic"``: one structural stiffness; ``"layered"``: contact of the tip with the layers of the
        skin, stiffer at large deflections; ``"none"``: rigid support.
    array_coupling
        ``"half_space"``: needles share the deflected surface; ``"layered"``: through the surface Green
        function of the layers; ``"none"``: each for itself.
    rate_model
        ``"power_law"``: stiffer at speed; ``"none"``: the stiffness of the reference rate.
    cutting_law
        ``"equal_perimeter"``: closed form of the hole of equal perimeter; ``"wedge_table"``: the energy of the slit
        itself, for Ogden exponents from 2 to 12; ``"flat_punch"``: ring crack of a flat-ended cylinder.
    toughness_law
        ``"constant"``: ``toughness`` of each layer; ``"scale_dependent"``: ``toughness_intercept`` plus
        ``failure_energy`` times the needle's local diameter.
    puncture_model
        ``"barrier_factor"``: a waiting tip gets in at a multiple of its steady force; ``"energy_barrier"``: when the
        penetrated state has less energy than waiting.
    tolerance
        Of the root of the tip depth, m.

    Returns
    -------
    InsertionResult
        ``depth`` (strike), ``depth_mean``, ``reached`` (layer), ``toughness_law_depth`` (the mean strike under each
        toughness law), ``wound``; for one needle also
        ``travel``, ``force``, ``tip_depth``, ``deflection``, ``puncture_force`` and ``puncture_depth``, and the way
        out as ``withdrawal_travel``, ``withdrawal_force`` and ``withdrawal_depth``.

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
        cutting_law=choice(CuttingLaw, cutting_law, "cutting_law"),
        toughness_law=choice(ToughnessLaw, toughness_law, "toughness_law"),
        puncture_model=choice(PunctureModel, puncture_model, "puncture_model"),
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
