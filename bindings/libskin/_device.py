"""Devices, and how they are used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from libskin import _core
from libskin._choice import need, whole
from libskin._core import (
    DepthBand,
    Gliding,
    Impact,
    Needle,
    NeedleMaterial,
    NeedleShape,
    Pen,
    Pressing,
    Roller,
    Rolling,
    Stamp,
    StampLayout,
    StrikePattern,
    Travel,
)

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Device = Stamp | Pen | Roller
Use = Travel | Pressing | Impact | Rolling | Gliding
DEVICES = (Stamp, Pen, Roller)
USES = (Travel, Pressing, Impact, Rolling, Gliding)

__all__ = [
    "DepthBand",
    "Device",
    "Gliding",
    "Impact",
    "Needle",
    "NeedleMaterial",
    "NeedleShape",
    "Pen",
    "Pressing",
    "Roller",
    "Rolling",
    "Stamp",
    "StampLayout",
    "StrikePattern",
    "Travel",
    "Use",
    "buckling_force",
    "depth_band",
    "device",
    "devices",
    "needle_material",
    "needle_materials",
    "needle_positions",
    "strike_pattern",
]


def device(name: str | os.PathLike[str]) -> Device:
    """A shipped device by id, or a user's own from a ``.toml`` file.

    Examples
    --------
    >>> import libskin as ls
    >>> ls.device("medical_pen_1.5").count > 1
    True
    """
    need(name, (str, os.PathLike), "device")
    if isinstance(name, os.PathLike) or name.endswith(".toml"):
        return _core.load_device(Path(name))
    return _core.device(name)


def devices() -> list[str]:
    """Ids of the shipped devices."""
    return list(_core.devices())


def needle_material(name: str) -> NeedleMaterial:
    """A shipped needle material by id, for ``Needle(material=...)``.

    Examples
    --------
    >>> import libskin as ls
    >>> steel = ls.needle_material("stainless_steel")
    >>> ls.buckling_force(ls.Needle(material=steel)) > 0.1
    True
    """
    need(name, str, "name")
    return _core.needle_material(name)


def needle_materials() -> list[str]:
    """Ids of the shipped needle materials."""
    return list(_core.needle_materials())


def buckling_force(needle: Needle) -> float:
    """Euler load, N, of a needle that its base clamps and whose free tip carries it; NaN without a material."""
    need(needle, Needle, "needle")
    return _core.buckling_force(needle)


def needle_positions(stamp: Stamp) -> NDArray[float64]:
    """Where the needles stand on the plate: (needle, 2), m."""
    need(stamp, Stamp, "stamp")
    return _core.needle_positions(stamp)


def depth_band(device: Device) -> DepthBand:
    """``home``, ``salon`` or ``medical``: the trade's label of what is set, not of what is reached."""
    need(device, DEVICES, "device")
    return _core.depth_band(device)


def strike_pattern(device: Device, use: Use, n_strikes: int = 2000, *, seed: int = 0) -> StrikePattern:
    """Where, when, at which tilt and how fast each needle strikes: geometry and the hand's scatter."""
    need(device, DEVICES, "device")
    need(use, USES, "use")
    return _core.strike_pattern(device, use, whole(n_strikes, "n_strikes"), whole(seed, "seed"))
