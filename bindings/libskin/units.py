"""Plain numbers: multiply by a unit to get SI, divide by it to read a value in that unit.

>>> from libskin.units import mm, hour
>>> 1.5 * mm, 2 * hour
(0.0015, 7200.0)
"""

from __future__ import annotations

from libskin._core import parse_quantity, pretty

# length, area, volume
m = 1.0
cm = 1.0e-2
mm = 1.0e-3
um = 1.0e-6
nm = 1.0e-9
cm2 = 1.0e-4
mm2 = 1.0e-6
mL = 1.0e-6
uL = 1.0e-9

# time
s = 1.0
ms = 1.0e-3
minute = 60.0
hour = 3600.0
day = 86400.0
week = 604800.0

# mass, force, pressure, energy
kg = 1.0
g = 1.0e-3
mg = 1.0e-6
ug = 1.0e-9
N = 1.0
mN = 1.0e-3
Pa = 1.0
kPa = 1.0e3
MPa = 1.0e6
GPa = 1.0e9
J = 1.0
mJ = 1.0e-3

# angle, frequency
rad = 1.0
degree = 0.017453292519943295
Hz = 1.0
percent = 0.01

__all__ = [
    "GPa", "Hz", "J", "MPa", "N", "Pa", "cm", "cm2", "day", "degree", "g", "hour", "kPa", "kg", "m", "mJ",
    "mL", "mN", "mg", "minute", "mm", "mm2", "ms", "nm", "parse", "percent", "pretty", "rad", "s", "uL", "ug",
    "um", "week",
]  # fmt: skip


def parse(quantity: str, expected: str) -> float:
    """Text with a unit as a number in SI, checked against the dimension of ``expected``.

    >>> parse("1.5 mm", "m")
    0.0015
    """
    return parse_quantity(quantity, expected)
