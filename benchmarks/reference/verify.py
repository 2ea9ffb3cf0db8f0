"""Check the finite-element reference: against exact small-strain solutions, independent rows, itself on other meshes.

    python benchmarks/reference/verify.py [part ...]

Prints one line per comparison; about twenty minutes for everything on one core.
"""

from __future__ import annotations

import argparse
import csv
import math
from dataclasses import replace

import numpy as np
from elements import Block, Contact
from layered_indentation import FINE, POISSONS_RATIO, Case, Numerics, press
from mesh import Grading, make_mesh
from ogden import lame
from press import Press, State
from rounded_cone import RoundedCone
from skins import DATA, Stack, skins

PUBLISHED = DATA / "experiments" / "mechanics_reference"


def line(name: str, value: float, reference: float, note: str = "") -> None:
    """One comparison."""
    print(f"{name:58s} {value:10.5g} {reference:10.5g} {100.0 * (value / reference - 1.0):+8.3f} %  {note}", flush=True)


def half_space(
    alpha: float, depths: list[float], grading: Grading, radius: float, flat: float = 1.0, degrees: float = 15.0
) -> list[State]:
    """Homogeneous solid of unit modulus; lengths in tip radii."""
    mu, bulk = lame(1.0, POISSONS_RATIO)
    mesh = make_mesh([radius], radius, grading)
    cone = RoundedCone(math.radians(degrees), flat)
    contact = Contact(mesh, cone, 3e3, 1e-3 * flat)
    block = Block(mesh, np.array([mu]), np.array([bulk]), alpha)
    solver = Press(block, contact)
    if flat == 1.0:
        return solver.curve(depths)
    solver.patience = solver.most_iterations = 60
    return solver.curve([d * flat for d in depths], max(depths) * flat)


def small_strain() -> None:
    """Homogeneous half-space against Sneddon's rounded cone, on three meshes (contact radii in tip radii)."""
    cone = RoundedCone(math.radians(15.0), 0.5)
    radii = (0.5, 1.5, 3.0)
    exact = [cone.half_space(a) for a in radii]
    for finest in (0.5, 0.25, 0.125):
        grading = Grading(finest, 4.0, 1.2)
        for state, a, (depth, force) in zip(
            half_space(4.0, [d for d, _ in exact], grading, 3000.0, 1e-5), radii, exact, strict=True
        ):
            value = state.force / 1e-5 * (1.0 - POISSONS_RATIO**2)
            line(f"Sneddon, contact radius {a:g} R, depth {depth:.3g} R, mesh {finest:g} R", value, force)


def homogeneous() -> None:
    """Rows of the homogeneous cone at finite strain, F/(E R^2)."""
    with open(PUBLISHED / "mechanics_homogeneous_cone.csv", newline="") as handle:
        table = list(csv.DictReader(handle))
    for alpha, radius in ((4.0, 200.0), (9.0, 200.0), (4.0, 1000.0), (9.0, 1000.0)):
        rows = [row for row in table if float(row["ogden_alpha"]) == alpha]
        depths = [float(row["depth_over_R"]) for row in rows]
        for row, state in zip(rows, half_space(alpha, depths, Grading(0.125, 1.5, 1.3), radius), strict=False):
            title = f"homogeneous, alpha {alpha:g}, depth {row['depth_over_R']} R, block {radius:g} R"
            line(title, state.force, float(row["F_over_E_R2"]))


def layered() -> None:
    """Rows of layered skin, small and finite strain, mN."""
    with open(PUBLISHED / "mechanics_layered_indentation.csv", newline="") as handle:
        table = list(csv.DictReader(handle))
    keys = dict.fromkeys((row["skin"], row["tip_radius_um"], row["model"], row["ogden_alpha"]) for row in table)
    for skin, radius, model, alpha in keys:
        rows = {
            float(row["deflection_mm"]): float(row["force_mN"])
            for row in table
            if (row["skin"], row["tip_radius_um"], row["model"], row["ogden_alpha"]) == (skin, radius, model, alpha)
        }
        case = Case(skin, float(radius), 15.0, float(alpha or 4.0))
        found = press(case, skins()[skin], tuple(rows), Numerics(), model == "small_strain")
        for deflection, (force, state) in found.items():
            line(
                f"{skin}, R {radius} um, {model} {alpha}, {deflection:g} mm",
                force,
                rows[deflection],
                f"reaction/contact - 1 = {state.reaction / state.force - 1.0:.0e}",
            )


def rim() -> None:
    """The rows of soft fat depend on the radius of the block; those published are met with a rim at 10 mm."""
    published = {0.02: 0.302, 0.1: 1.984, 0.3: 8.927}
    case = Case("hypodermis_2kPa", 20.0)
    for radius in (10e3, 20e3, 40e3, 80e3):
        found = press(case, skins()[case.skin], tuple(published), Numerics(radius=radius))
        for deflection, (force, _) in found.items():
            line(f"{case.skin}, rim at {radius / 1e3:g} mm, {deflection:g} mm", force, published[deflection])


def array_cell() -> None:
    """One needle of an infinite square array, as a cylinder of the same area whose rim slides."""
    with open(PUBLISHED / "mechanics_array_cell.csv", newline="") as handle:
        table = list(csv.DictReader(handle))
    for pitch in ("0.3", "1.0"):
        rows = {
            float(row["deflection_mm"]): float(row["force_per_needle_mN"]) for row in table if row["pitch_mm"] == pitch
        }
        cell = Numerics(radius=1e3 * float(pitch) / math.sqrt(math.pi))
        for deflection, (force, _) in press(Case("base", 20.0), skins()["base"], tuple(rows), cell).items():
            line(f"array cell, pitch {pitch} mm, {deflection:g} mm", force, rows[deflection])


def sensitivity() -> None:
    """Change of the force with mesh, block, rim and penalty."""
    depths = (0.02, 0.1, 0.3, 0.5, 1.0)
    for case in (Case("base", 20.0), Case("face_cheek", 2.5, 5.0), Case("thigh", 40.0, 25.0)):
        stack: Stack = skins()[case.skin]
        usual = Numerics()
        start = press(case, stack, depths, usual)
        for name, other in (
            ("elements halved", replace(usual, grading=FINE)),
            ("block twice as wide", replace(usual, radius=80e3)),
            ("rim fixed", replace(usual, fixed_rim=True)),
            ("penalty times ten", replace(usual, penalty=10.0 * usual.penalty)),
        ):
            for deflection, (force, _) in press(case, stack, depths, other).items():
                title = f"{case.skin}, R {case.tip_radius:g} um, {case.half_angle:g} deg, {deflection:g} mm, {name}"
                line(title, force, start[deflection][0])


PARTS = {part.__name__: part for part in (small_strain, homogeneous, layered, rim, array_cell, sensitivity)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="part", help=", ".join(PARTS))
    for name in parser.parse_args().parts:
        PARTS[name]()


if __name__ == "__main__":
    main()
