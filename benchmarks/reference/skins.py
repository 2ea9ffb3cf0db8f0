"""The layer stacks that are pressed, from the shipped data files or as defined for the reference: um and MPa."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "libskin" / "data"
UNITS = {"um": 1.0, "mm": 1e3, "MPa": 1.0, "kPa": 1e-3}


@dataclass(frozen=True)
class Stack:
    """Layers, outermost first, on rigid ground."""

    thickness: tuple[float, ...]
    modulus: tuple[float, ...]

    def with_modulus(self, layer: int, modulus: float) -> Stack:
        """One layer stiffer or softer."""
        changed = list(self.modulus)
        changed[layer] = modulus
        return replace(self, modulus=tuple(changed))


def _number(entry: dict[str, Any]) -> float:
    return float(entry["value"]) * UNITS[entry["unit"]]


def shipped(name: str) -> Stack:
    """A skin set with the moduli of `tissue/layers.toml`."""
    with open(DATA / "skins" / f"{name}.toml", "rb") as handle:
        layers = tomllib.load(handle)["layer"]
    with open(DATA / "tissue" / "layers.toml", "rb") as handle:
        defaults = tomllib.load(handle)["layer"]
    return Stack(
        tuple(_number(layer["thickness"]) for layer in layers),
        tuple(
            _number(layer.get("youngs_modulus", default["youngs_modulus"]))
            for layer, default in zip(layers, defaults, strict=True)
        ),
    )


BASE = Stack((15.0, 85.0, 200.0, 1200.0, 5000.0), (5.0, 0.5, 0.1, 0.2, 0.01))


def skins() -> dict[str, Stack]:
    """Every stack by the name it has in the tables."""
    forearm = shipped("forearm_volar")
    return {
        "base": BASE,
        "stratum_corneum_1MPa": BASE.with_modulus(0, 1.0),
        "hypodermis_2kPa": BASE.with_modulus(4, 0.002),
        "face_cheek": shipped("face_cheek"),
        "face_forehead": shipped("face_forehead"),
        "forearm_volar": forearm,
        "forearm_volar_reticular_400kPa": forearm.with_modulus(3, 0.4),
        "thigh": shipped("thigh"),
        "eyelid": shipped("eyelid"),
    }
