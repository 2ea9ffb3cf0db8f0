"""Reference solutions: a rigid rounded cone pressed into layered skin at finite strain.

    python benchmarks/reference/layered_indentation.py OUT.csv   # the validation rows, with error estimates
    python benchmarks/reference/verify.py                        # against exact and independent solutions

One thread is enough (OMP_NUM_THREADS=1); a case takes a few minutes. See
libskin/data/experiments/mechanics_reference_fe/README.md.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from elements import Block, Contact
from mesh import Grading, make_mesh
from ogden import lame
from press import Press, State
from rounded_cone import RoundedCone
from skins import Stack, skins

POISSONS_RATIO = 0.49
FINE = Grading(0.125, 1.5, 1.2, 2)
USUAL = Grading(0.25, 1.5, 1.44, 1)
COARSE = Grading(0.5, 1.5, 2.07, 1)
OTHER_ERRORS = 0.1  # %, domain and penalty: the largest change seen, see `verify.py`
HEADER = "skin,tip_radius_um,half_angle_deg,model,ogden_alpha,deflection_mm,force_mN,error_percent,kind"
DEFLECTIONS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


@dataclass(frozen=True)
class Case:
    """A skin and a needle tip (um, degrees)."""

    skin: str
    tip_radius: float
    half_angle: float = 15.0
    alpha: float = 9.0


CASES = (
    Case("face_cheek", 10.0, 5.0),
    Case("face_cheek", 2.5, 5.0),
    Case("forearm_volar", 10.0, 5.0),
    Case("forearm_volar_reticular_400kPa", 10.0, 5.0),
    Case("face_cheek", 40.0, 10.0),
    Case("thigh", 4.0, 5.0),
    Case("eyelid", 4.0, 5.0),
    Case("face_forehead", 4.0, 10.0),
    Case("face_cheek", 10.0, 10.0),
    Case("face_cheek", 10.0, 25.0),
    Case("face_cheek", 10.0, 5.0, 5.0),
    Case("forearm_volar", 40.0, 5.0),
    Case("thigh", 40.0, 25.0),
    Case("eyelid", 10.0, 10.0),
    Case("face_forehead", 40.0, 5.0),
    Case("base", 4.0, 5.0),
    Case("base", 40.0, 25.0),
    Case("thigh", 10.0, 10.0, 5.0),
    Case("hypodermis_2kPa", 10.0, 5.0),
    Case("forearm_volar", 2.5, 10.0),
)


@dataclass(frozen=True)
class Numerics:
    """Choices that must not matter."""

    grading: Grading = USUAL
    radius: float = 40e3  # of the block, um
    penalty: float = 3e3  # over modulus of the outermost layer and tip radius
    fixed_rim: bool = False


def press(
    case: Case, stack: Stack, deflections: tuple[float, ...], numerics: Numerics, small_strain: bool = False
) -> dict[float, tuple[float, State]]:
    """Force (mN) and state by deflection (mm), as far as it converges; inside, lengths are in tip radii."""
    scale, grading, flat = case.tip_radius, numerics.grading, 1.0
    theta = math.radians(case.half_angle)
    if small_strain:  # contact spreads over the cone: about 2/pi tan(theta) of the depth; alpha does not act
        flat = 1e-5
        grading = replace(grading, fine_radius=1.5 + 1e3 * max(deflections) / scale * math.tan(theta))
    constants = [lame(modulus, POISSONS_RATIO) for modulus in stack.modulus]
    mesh = make_mesh([t / scale for t in stack.thickness], numerics.radius / scale, grading)
    block = Block(mesh, np.array([c[0] for c in constants]), np.array([c[1] for c in constants]), case.alpha)
    contact = Contact(mesh, RoundedCone(theta, flat), numerics.penalty * stack.modulus[0], 1e-3 * flat)
    solver, first = Press(block, contact, numerics.fixed_rim), 0.05
    if small_strain:  # a convex problem needs no steps
        solver.patience = solver.most_iterations = 60
        first = flat * 1e3 * max(deflections) / scale
    states = solver.curve([1e3 * d / scale * flat for d in deflections], first)
    to_millinewton = 1e-3 * scale**2 / flat  # MPa um^2 = 1e-6 N
    return {
        d: (s.force * to_millinewton, s)
        for d, s in zip(sorted(deflections), states, strict=False)  # fewer states: it stopped early
    }


def rows(case: Case, small_strain: bool) -> list[str]:
    """Lines of the table for one case: the usual mesh, with the change from the coarse one as its mesh error."""
    stack = skins()[case.skin]
    coarse = press(case, stack, DEFLECTIONS, Numerics(grading=COARSE), small_strain)
    usual = press(case, stack, DEFLECTIONS, Numerics(), small_strain)
    lines, mesh_error = [], 0.0
    for deflection, (force, state) in usual.items():
        if abs(state.reaction / state.force - 1.0) > 1e-4:
            raise RuntimeError(f"{case} at {deflection} mm: reaction {state.reaction}, contact force {state.force}")
        if deflection in coarse:  # else the coarse mesh stopped early: its last change stands
            mesh_error = abs(coarse[deflection][0] / force - 1.0)
        error = 100.0 * mesh_error + OTHER_ERRORS
        model, alpha = ("small_strain", "") if small_strain else ("finite_strain", f"{case.alpha:g}")
        head = f"{case.skin},{case.tip_radius:g},{case.half_angle:g},{model},{alpha}"
        lines.append(f"{head},{deflection:g},{force:.4g},{error:.2f},derived")
    return lines


def table(path: Path) -> None:
    """Write every case, one after the other; cases that are in the file already are kept."""
    done = path.read_text().splitlines() if path.exists() else [HEADER]
    for small_strain in (False, True):
        for case in CASES:
            alpha = "" if small_strain else f"{case.alpha:g}"
            model = "small_strain" if small_strain else "finite_strain"
            key = f"{case.skin},{case.tip_radius:g},{case.half_angle:g},{model},{alpha},"
            if any(line.startswith(key) for line in done):
                continue
            start = time.monotonic()
            done += rows(case, small_strain)
            path.write_text("\n".join(done) + "\n")
            print(f"{key} {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="CSV file to write or extend")
    table(parser.parse_args().path)


if __name__ == "__main__":
    main()
