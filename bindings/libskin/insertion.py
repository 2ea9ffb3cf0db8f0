"""How deep a needle really goes: force, puncture, depth, and the channel that it leaves."""

from __future__ import annotations

from libskin import _core
from libskin._choice import need, number, whole
from libskin._core import (
    ArrayCoupling,
    CuttingLaw,
    DeflectionModel,
    DomeModel,
    DriveModel,
    DrumContact,
    HoleCapture,
    InsertionCurve,
    InsertionResult,
    InsertionSettings,
    Needle,
    PunctureModel,
    RateModel,
    Skin,
    SkinMass,
    StrokesResult,
    TipModel,
    ToughnessLaw,
    Travel,
)
from libskin._device import DEVICES, USES, Device, Use
from libskin._insertion_settings import refuse_unused, settings_from
from libskin._warn import warned

__all__ = [
    "ArrayCoupling",
    "CuttingLaw",
    "DeflectionModel",
    "DomeModel",
    "DriveModel",
    "DrumContact",
    "HoleCapture",
    "InsertionCurve",
    "InsertionResult",
    "InsertionSettings",
    "PunctureModel",
    "RateModel",
    "SkinMass",
    "StrokesResult",
    "TipModel",
    "ToughnessLaw",
    "insert",
    "strokes",
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
    cutting_law: str = "wedge_table",
    toughness_law: str = "constant",
    puncture_model: str = "barrier_factor",
    drive_model: str = "quasi_static",
    dome_model: str = "constant",
    skin_mass: str = "none",
    n_strokes: int | None = None,
    step_tolerance: float = 1.0e-8,
    tolerance: float = 1.0e-9,
    hole_capture: str = "none",
    drum_contact: str = "flat",
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
    drive_model
        ``"quasi_static"``: force balance at the deepest point; ``"dynamic"``: an impact or the strokes of a pen in
        time (see :func:`strokes`).
    dome_model
        ``"constant"``: the skin bulges into the nose of a pen by ``mechanics.dome``; ``"elastic"``: by what linear
        elasticity gives for hand force and nose.
    skin_mass
        ``"none"``: the surface follows the needle without inertia; ``"hemisphere"``: with the mass that a shear wave
        reaches, an upper bound. For ``drive_model="dynamic"``.
    n_strokes
        Strokes of a pen at one place, for ``drive_model="dynamic"``; 1/hole_fraction if not given.
    step_tolerance
        Of each time step of ``drive_model="dynamic"``, over needle length and stroke.
    tolerance
        Of the root of the tip depth, m.
    hole_capture
        ``"none"``: a strike on an older hole makes a channel of its own; ``"channel"``: it goes into a channel whose
        open mouth it meets; ``"needle_diameter"``: into a hole within a needle diameter.
    drum_contact
        ``"flat"``: level skin stops the drum at the needle length; ``"conforming"``: needles and drum of a roller
        share the hand force over the trough that they press into the layers (needs ``array_coupling="layered"``).

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
    refuse_unused(device, seed, n_needles, n_samples)
    settings = settings_from(
        tip_model=tip_model,
        deflection_model=deflection_model,
        array_coupling=array_coupling,
        rate_model=rate_model,
        cutting_law=cutting_law,
        toughness_law=toughness_law,
        puncture_model=puncture_model,
        drive_model=drive_model,
        dome_model=dome_model,
        skin_mass=skin_mass,
        n_samples=n_samples,
        n_needles=n_needles,
        n_strokes=n_strokes,
        step_tolerance=step_tolerance,
        tolerance=tolerance,
        hole_capture=hole_capture,
        drum_contact=drum_contact,
    )
    if isinstance(device, Needle):
        if not isinstance(use, Travel):
            raise _core.ParameterError(
                f"use = {type(use).__name__}(...) needs a device; one needle takes Travel(distance, speed)"
            )
        return warned(_core.insert_needle(skin, device, use, settings))
    return warned(_core.insert_device(skin, device, use, 0 if seed is None else whole(seed, "seed"), settings))


def strokes(
    skin: Skin,
    device: Device,
    use: Use,
    *,
    hold: float = 0.0,
    n_strokes: int | None = None,
    skin_mass: str = "none",
    dome_model: str = "constant",
    tip_model: str = "energy_release",
    deflection_model: str = "parabolic",
    array_coupling: str = "half_space",
    rate_model: str = "power_law",
    cutting_law: str = "wedge_table",
    toughness_law: str = "constant",
    puncture_model: str = "barrier_factor",
    step_tolerance: float = 1.0e-8,
) -> StrokesResult:
    """What one needle does in time: an impact, the strokes of a pen, or a stamp that a rig moves in and holds.

    Parameters
    ----------
    skin
        Layers, outermost first; their thickness is taken as it stands, without scatter.
    device
        A :class:`Pen`, or a :class:`Stamp`.
    use
        :class:`Gliding` for a pen; :class:`Impact` or :class:`Travel` for a stamp.
    hold
        How long a rig (:class:`Travel`) leaves its needles in the skin, s.
    n_strokes
        Strokes of a pen at one place; 1/hole_fraction if not given.
    skin_mass
        ``"none"``: the surface follows the needle without inertia; ``"hemisphere"``: with the mass that a shear wave
        reaches, an upper bound.
    dome_model
        ``"constant"``: the skin bulges into the nose of a pen by ``mechanics.dome``; ``"elastic"``: by what linear
        elasticity gives for hand force and nose.
    tip_model, deflection_model, array_coupling, rate_model, cutting_law, toughness_law, puncture_model
        As in :func:`insert`; a surface that does not give way (``deflection_model="none"``) cannot move.
    step_tolerance
        Of each time step, over needle length and stroke.

    Returns
    -------
    StrokesResult
        ``time``, ``carrier``, ``tip_depth``, ``deflection``, ``force``, ``nose_lift`` (time: every step taken);
        ``depth``, ``peak_force`` and the energies of each stroke (stroke); for an impact ``skin_share`` of its kinetic
        energy and ``rebound_speed``.

    Notes
    -----
    Theory and validity: ``docs/theory/insertion.md``, section 8.

    Examples
    --------
    >>> import libskin as ls
    >>> skin = ls.Skin.preset("face_cheek")
    >>> r = ls.strokes(skin, ls.device("medical_pen_1.5"), ls.Gliding(), n_strokes=3)
    >>> r.depth.shape, bool(abs(r.imbalance).max() < 1e-4)
    ((3,), True)
    """
    need(skin, Skin, "skin")
    need(use, USES, "use")
    need(device, DEVICES, "device")
    settings = settings_from(
        drive_model="dynamic",
        tip_model=tip_model,
        deflection_model=deflection_model,
        array_coupling=array_coupling,
        rate_model=rate_model,
        cutting_law=cutting_law,
        toughness_law=toughness_law,
        puncture_model=puncture_model,
        dome_model=dome_model,
        skin_mass=skin_mass,
        n_strokes=n_strokes,
        step_tolerance=step_tolerance,
    )
    return warned(_core.strokes(skin, device, use, settings, number(hold, "hold")))
