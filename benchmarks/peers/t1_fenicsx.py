"""T1 with FEniCSx 0.5: quadratic elements on a hand-made mesh that fits the wall and is thin where the answer is steep.

python3 t1_fenicsx.py [refine] [lu|mumps] [longest step, s]  (with Debian's python3-dolfinx). TR-BDF2, direct solver,
the donor as a layer that mixes at once; the stiffness is K0 + g(t) K1, so that nothing is assembled again in time.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import t1
import ufl
from dolfinx import fem, mesh
from dolfinx.fem import petsc as fem_petsc
from mpi4py import MPI
from petsc4py import PETSc

MIXED = 1e6  # um^2/s


def steps_between(low: float, high: float, n: int, ratio: float) -> np.ndarray:
    """n steps from low to high, the last `ratio` times the first."""
    h = np.geomspace(1.0, ratio, n)
    return low + (high - low) * np.concatenate([[0.0], np.cumsum(h)]) / h.sum()


def make_mesh(refine: float):
    def n(count: float) -> int:
        return max(1, round(count * refine))

    z = np.concatenate([
        [-t1.DONOR], steps_between(0, 4, n(4), 12)[:-1], steps_between(4, 15, n(3), 0.6)[:-1],
        steps_between(15, 100, n(4), 5)[:-1], steps_between(100, 300, n(4), 2)[:-1],
        steps_between(300, t1.TIP, n(3), 0.6)[:-1], steps_between(t1.TIP, t1.HEIGHT, n(5), 8),
    ])  # fmt: skip
    inner, outer = steps_between(0, 1, n(3), 0.15), steps_between(0, 1, n(8), 300)

    def row(depth: float) -> np.ndarray:  # the fan closes in the tip and opens again below it
        wall = t1.MOUTH if depth <= 0 else t1.MOUTH * min(1.0, abs(1 - depth / t1.TIP))
        return np.concatenate([wall * inner, wall + (t1.RADIUS - wall) * outer[1:]])

    grid = np.array([[(r, depth) for r in row(depth)] for depth in z])
    number, points, index = {}, [], np.zeros(grid.shape[:2], dtype=np.int64)
    for j, i in np.ndindex(index.shape):
        key = (round(grid[j, i, 0], 9), round(grid[j, i, 1], 9))
        if key not in number:
            number[key] = len(points)
            points.append(key)
        index[j, i] = number[key]
    triangles = []
    for j in range(len(z) - 1):
        for i in range(index.shape[1] - 1):
            a, b, c, d = index[j, i], index[j, i + 1], index[j + 1, i], index[j + 1, i + 1]
            for triangle in ((a, b, d), (a, d, c)):
                if len(set(triangle)) == 3:
                    triangles.append(triangle)
    element = ufl.Mesh(ufl.VectorElement("Lagrange", ufl.triangle, 1))
    return mesh.create_mesh(MPI.COMM_WORLD, np.array(triangles), np.array(points), element)


def solve(refine: float, package: str, longest: float = 60.0) -> tuple[np.ndarray, dict[str, float]]:
    domain = make_mesh(refine)
    tdim = domain.topology.dim
    cells = domain.topology.index_map(tdim).size_local
    middle = mesh.compute_midpoints(domain, tdim, np.arange(cells, dtype=np.int32))
    layer = np.where(middle[:, 1] < 0, -1, t1.layer_of(middle[:, 1]))
    is_open = (middle[:, 1] > 0) & (middle[:, 0] < t1.channel_radius(middle[:, 1]))
    space0 = fem.FunctionSpace(domain, ("DG", 0))

    def piecewise(values: np.ndarray) -> fem.Function:
        f = fem.Function(space0)
        f.x.array[:] = values
        return f

    tissue = np.where(layer >= 0, t1.DIFFUSIVITY[layer], MIXED)
    k0, k1 = piecewise(tissue), piecewise(np.where(is_open, t1.CHANNEL_DIFFUSIVITY - tissue, 0.0))
    rate = piecewise(np.where((layer >= 0) & ~is_open, t1.CLEARANCE[layer], 0.0))
    space = fem.FunctionSpace(domain, ("Lagrange", 2))
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    r = ufl.SpatialCoordinate(domain)[0]
    weight = 2 * np.pi * r
    dx = ufl.dx
    facets = mesh.locate_entities_boundary(domain, tdim - 1, lambda x: np.isclose(x[1], t1.HEIGHT))
    bc = fem.dirichletbc(PETSc.ScalarType(0), fem.locate_dofs_topological(space, tdim - 1, facets), space)
    fixed = bc.dof_indices()[0]

    def matrix(form) -> PETSc.Mat:
        out = fem_petsc.assemble_matrix(fem.form(form))
        out.assemble()
        return out

    M = matrix(u * v * weight * dx)
    K0 = matrix(-(k0 * ufl.inner(ufl.grad(u), ufl.grad(v)) + rate * u * v) * weight * dx)
    K1 = matrix(-k1 * ufl.inner(ufl.grad(u), ufl.grad(v)) * weight * dx)

    def functional(values: np.ndarray) -> np.ndarray:
        return fem_petsc.assemble_vector(fem.form(piecewise(values) * v * weight * dx)).array.copy()

    amount = [functional((layer == k).astype(float)) for k in (-1, 0, 1, 2, 3)]
    clear = functional(rate.x.array.copy())
    c = M.createVecRight()
    dofs = space.tabulate_dof_coordinates()
    c.array[:] = (dofs[:, 1] < -1e-9).astype(float)
    c.array[np.isclose(dofs[:, 1], 0.0)] = 1.0  # the donor's lower face; its dose is set exactly below
    c.array[:] *= np.pi * t1.RADIUS**2 * t1.DONOR / (sum(amount) @ c.array)
    gamma = 2 - np.sqrt(2)
    solver = PETSc.KSP().create(domain.comm)
    solver.setType("preonly")
    solver.getPC().setType("lu")
    solver.getPC().setFactorSolverType("mumps" if package == "mumps" else "petsc")
    A, rhs, stage = M.duplicate(copy=True), c.duplicate(), c.duplicate()
    steps = 0
    now, dt, growth = 0.0, 0.15 * longest / 60.0, 1.15 ** np.sqrt(longest / 60.0)
    rows, cleared = [], 0.0
    dose = sum(amount) @ c.array
    begin = time.process_time()

    def implicit(factor: float, t: float, b: PETSc.Vec, x: PETSc.Vec) -> None:
        M.copy(A, structure=PETSc.Mat.Structure.SAME_NONZERO_PATTERN)
        A.axpy(-factor, K0, structure=PETSc.Mat.Structure.SAME_NONZERO_PATTERN)
        A.axpy(-factor * t1.closing(t), K1, structure=PETSc.Mat.Structure.SAME_NONZERO_PATTERN)
        A.zeroRows(fixed.tolist(), 1.0)
        b.array[fixed] = 0.0
        solver.setOperators(A)
        solver.solve(b, x)
        if solver.getConvergedReason() <= 0:
            raise RuntimeError(f"the linear solver stopped with {solver.getConvergedReason()}")

    while now < t1.DURATION - 1e-9:
        target = t1.TIMES[np.searchsorted(t1.TIMES, now + 1e-9)]
        h = target - now if target - now < 1.5 * dt else min(dt, 0.5 * (target - now) if target - now < 2 * dt else dt)
        half = 0.5 * gamma * h
        K0.mult(c, rhs)
        K1.multAdd(c, rhs * 0.0, stage)
        rhs.axpy(t1.closing(now), stage)
        rhs.scale(half)
        M.multAdd(c, rhs, rhs)
        middle_c = c.duplicate()
        implicit(half, now + gamma * h, rhs, middle_c)
        w = middle_c * (1 / (gamma * (2 - gamma))) - c * ((1 - gamma) ** 2 / (gamma * (2 - gamma)))
        M.mult(w, rhs)
        after = c.duplicate()
        implicit(half, now + h, rhs, after)
        # The step's own weights: what left through the base, the remainder, is then no difference of two quadratures.
        w0 = np.sqrt(2) / 4
        rates = np.array([clear @ c.array, clear @ middle_c.array, clear @ after.array])
        cleared += h * float(np.array([w0, w0, 0.5 * gamma]) @ rates)
        c, now, steps = after, now + h, steps + 1
        dt = min(dt * growth, longest)
        if abs(now - target) < 1e-9:
            now = target
            amounts = [float(a @ c.array) for a in amount]
            rows.append([*amounts, cleared, dose - sum(amounts) - cleared])
    seconds = time.process_time() - begin
    return np.array(rows), {"unknowns": c.size, "seconds": seconds, "steps": steps, "factorisations": 2 * steps}


if __name__ == "__main__":
    refine = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    package = sys.argv[2] if len(sys.argv) > 2 else "lu"
    longest = float(sys.argv[3]) if len(sys.argv) > 3 else 60.0
    rows, work = solve(refine, package, longest)
    worst, single = t1.error(rows)
    print(f"fenicsx_{package} refine={refine:g} error={worst:.2e}", *(f"{k}={v:.6g}" for k, v in work.items()))
    print("  ", *(f"{k}={v:.1e}" for k, v in single.items()))
