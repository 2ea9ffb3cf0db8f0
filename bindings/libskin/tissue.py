"""Skin: layers outermost first, the person they belong to, and the constants that each physics reads.

>>> import libskin as ls
>>> skin = ls.Skin.preset("face_cheek", age_years=45, sex="female")
>>> [layer.name for layer in skin.layers][:3]
['stratum_corneum', 'viable_epidermis', 'papillary_dermis']
"""

from __future__ import annotations

from libskin._core import (
    Barrier,
    HealingBiology,
    Layer,
    Mechanics,
    Person,
    PersonLaws,
    Sex,
    Skin,
    SoluteTransport,
    TearResistance,
    Tolerance,
    Vasculature,
    VesselBed,
)

__all__ = [
    "Barrier",
    "HealingBiology",
    "Layer",
    "Mechanics",
    "Person",
    "PersonLaws",
    "Sex",
    "Skin",
    "SoluteTransport",
    "TearResistance",
    "Tolerance",
    "Vasculature",
    "VesselBed",
]
