"""Products: an active at a concentration in a vehicle, and how it is put on."""

from __future__ import annotations

import os
from pathlib import Path

from libskin import _core
from libskin._choice import need
from libskin._core import Active, Application, CompoundType, SoluteClass, Topical, Vehicle, When

__all__ = [
    "Active",
    "Application",
    "CompoundType",
    "SoluteClass",
    "Topical",
    "Vehicle",
    "When",
    "active",
    "actives",
    "topical",
    "topicals",
    "vehicle",
    "vehicles",
]


def _is_file(name: str | os.PathLike[str]) -> bool:
    need(name, (str, os.PathLike), "name")
    return isinstance(name, os.PathLike) or name.endswith(".toml")


def topical(name: str | os.PathLike[str]) -> Topical:
    """A shipped product by id, or a user's own from a ``.toml`` file.

    Examples
    --------
    >>> import libskin as ls
    >>> ls.topical("ascorbic_acid_15").active.id
    'l_ascorbic_acid'
    """
    return _core.load_topical(Path(name)) if _is_file(name) else _core.topical(str(name))


def active(name: str | os.PathLike[str]) -> Active:
    """A shipped solute by id, or a user's own from a ``.toml`` file."""
    return _core.load_active(Path(name)) if _is_file(name) else _core.active(str(name))


def vehicle(name: str | os.PathLike[str]) -> Vehicle:
    """A shipped vehicle by id, or a user's own from a ``.toml`` file."""
    return _core.load_vehicle(Path(name)) if _is_file(name) else _core.vehicle(str(name))


def topicals() -> list[str]:
    """Ids of the shipped products."""
    return list(_core.topicals())


def actives() -> list[str]:
    """Ids of the shipped solutes."""
    return list(_core.actives())


def vehicles() -> list[str]:
    """Ids of the shipped vehicles."""
    return list(_core.vehicles())
