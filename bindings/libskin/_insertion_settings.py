"""Keyword arguments of the insertion verbs as one :class:`InsertionSettings`."""

from __future__ import annotations

from typing import Any

from libskin._choice import choice, need, number
from libskin._core import (
    ArrayCoupling,
    CuttingLaw,
    DeflectionModel,
    DomeModel,
    DriveModel,
    DrumContact,
    HoleCapture,
    InsertionSettings,
    Needle,
    ParameterError,
    PunctureModel,
    RateModel,
    SkinMass,
    TipModel,
    ToughnessLaw,
)
from libskin._device import DEVICES

CHOICES: dict[str, type[Any]] = {
    "tip_model": TipModel,
    "deflection_model": DeflectionModel,
    "array_coupling": ArrayCoupling,
    "rate_model": RateModel,
    "cutting_law": CuttingLaw,
    "toughness_law": ToughnessLaw,
    "puncture_model": PunctureModel,
    "drive_model": DriveModel,
    "dome_model": DomeModel,
    "skin_mass": SkinMass,
    "hole_capture": HoleCapture,
    "drum_contact": DrumContact,
}


def settings_from(**given: Any) -> InsertionSettings:
    """Words become choices; ``None`` leaves the default of :class:`InsertionSettings`."""
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name in CHOICES:
            values[name] = choice(CHOICES[name], value, name)
        elif name.endswith("tolerance"):
            values[name] = number(value, name)
        elif value is not None:
            values[name] = value
    return InsertionSettings(**values)


def refuse_unused(device: object, seed: int | None, n_needles: int | None, n_samples: int | None) -> None:
    """A device has no curve, and one needle on a rig no strikes: what was given for them is an error."""
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
            raise ParameterError(f"{name} = {value!r} was given but {what} does not use it")
