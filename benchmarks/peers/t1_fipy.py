"""T1 with FiPy: finite volumes, backward Euler, harmonic faces, volume shares in cells that the wall cuts.

python t1_fipy.py [refine] [steps]. The donor is a layer of cells on top that mixes at once (a large diffusivity).
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("FIPY_SOLVERS", "scipy")
import fipy
import numpy as np
import t1

MIXED = 1e6  # um^2/s


def solve(refine: float, steps: int) -> tuple[np.ndarray, dict[str, float]]:
    r, z = t1.graded(t1.RADIAL, refine), t1.graded(t1.AXIAL, refine)
    donor = np.linspace(-t1.DONOR, 0.0, 4)
    edges = np.concatenate([donor[:-1], z])
    mesh = fipy.CylindricalGrid2D(dx=np.diff(r), dy=np.diff(edges))
    nr, nz = len(r) - 1, len(edges) - 1
    centre = 0.5 * (edges[1:] + edges[:-1])
    layer = np.where(centre < 0, -1, t1.layer_of(centre))
    ring = np.pi * np.diff(r**2)
    volume = np.outer(np.diff(edges), ring)
    sub = (np.arange(8) + 0.5) / 8
    inside = np.zeros((nz, nr))
    for j in range(nz):
        if centre[j] > 0:
            wall = t1.channel_radius(edges[j] + (edges[j + 1] - edges[j]) * sub)
            cut = np.clip(wall[:, None], r[:-1], r[1:])
            inside[j] = (np.pi * (cut**2 - r[:-1] ** 2)).mean(axis=0) / ring
    tissue = np.where(layer >= 0, t1.DIFFUSIVITY[layer], MIXED)[:, None] * np.ones(nr)
    rate = np.where(layer >= 0, t1.CLEARANCE[layer], 0.0)[:, None] * (1.0 - inside)

    c = fipy.CellVariable(mesh=mesh, value=np.where(centre < 0, 1.0, 0.0).repeat(nr), hasOld=True)
    diffusivity = fipy.CellVariable(mesh=mesh, value=tissue.ravel())
    clearance = fipy.CellVariable(mesh=mesh, value=rate.ravel())
    c.constrain(0.0, mesh.facesTop)  # FiPy counts upwards; our depth runs that way
    equation = fipy.TransientTerm() == (
        fipy.DiffusionTerm(coeff=diffusivity.harmonicFaceValue) - fipy.ImplicitSourceTerm(coeff=clearance)
    )
    # Steps grow from 0.1 s, and the output times are hit.
    raw = np.geomspace(0.1, t1.DURATION, steps)
    times = np.unique(np.concatenate([raw[raw < t1.DURATION - 1e-9], t1.TIMES]))
    begin = time.process_time()
    rows, cleared, now = [], 0.0, 0.0
    dose = volume[layer < 0].sum()
    for t in times:
        g = t1.closing(t)
        open_ = tissue + np.where(layer[:, None] >= 0, (t1.CHANNEL_DIFFUSIVITY - tissue) * g * inside, 0.0)
        diffusivity.setValue(open_.ravel())
        c.updateOld()
        equation.solve(var=c, dt=t - now)
        value = c.value.reshape(nz, nr) * volume
        cleared += (t - now) * float((rate * value).sum())
        if np.any(np.isclose(t, t1.TIMES)):
            amounts = [value[layer == k].sum() for k in (-1, 0, 1, 2, 3)]
            rows.append([*amounts, cleared, dose - sum(amounts) - cleared])
        now = t
    return np.array(rows), {"unknowns": nr * nz, "seconds": time.process_time() - begin, "factorisations": len(times)}


if __name__ == "__main__":
    refine = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rows, work = solve(refine, steps)
    worst, single = t1.error(rows)
    print(f"fipy refine={refine:g} steps={steps} error={worst:.2e}", *(f"{k}={v:.6g}" for k, v in work.items()))
    print("  ", *(f"{k}={v:.1e}" for k, v in single.items()))
