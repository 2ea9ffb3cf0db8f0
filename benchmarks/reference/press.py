"""Press the cone down step by step: Newton's method on the energy, with a line search and a limit on penetration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
import scipy.sparse.linalg as spl  # type: ignore[import-untyped]
from elements import Block, Contact
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]


def _gather(dofs: Index, values: Array, size: int) -> Array:
    return np.asarray(np.bincount(dofs.ravel(), weights=values.ravel(), minlength=size), dtype=np.float64)


class NoConvergence(RuntimeError):
    """A step found no equilibrium."""


@dataclass(frozen=True)
class State:
    """Equilibrium at one depth; lengths in tip radii, forces in the block's unit of stress times tip radius squared."""

    depth: float
    force: float  # on the needle, from the penalty springs
    reaction: float  # at the fixed lower side
    penetration: float  # largest
    contact_radius: float  # largest reference radius of a touching point
    iterations: int


class Press:
    """A block, a contact and the solver between them."""

    penetration_limit = 0.25  # within a Newton step, in tip radii: no point may pass through the tip
    tolerance = 1e-7  # residual over contact force, or
    most_iterations = 30
    patience = 10  # iterations after which the next step is shorter
    decrement = 1e-12  # energy still to gain over energy (far, large elements put round-off into the residual)

    def __init__(self, block: Block, contact: Contact, fixed_rim: bool = False) -> None:
        """fixed_rim: the rim can't move at all; else it slides along the axis."""
        mesh = block.mesh
        self.block, self.contact, self.mesh = block, contact, mesh
        held = np.zeros((len(mesh.nodes), 2), dtype=bool)
        held[mesh.axis, 0] = held[mesh.rim, 0] = True
        held[mesh.bottom] = True
        if fixed_rim:
            held[mesh.rim] = True
        self.free = np.flatnonzero(~held.ravel())
        number = np.full(held.size, -1)
        number[self.free] = np.arange(len(self.free))
        rows = np.repeat(number[block.dofs], 18, axis=1).ravel()
        columns = np.tile(number[block.dofs], (1, 18)).ravel()
        self.used = np.flatnonzero((rows >= 0) & (columns >= 0))
        keys = columns[self.used] * len(self.free) + rows[self.used]
        entries, self.slot = np.unique(keys, return_inverse=True)
        counts = np.bincount(entries // len(self.free), minlength=len(self.free))
        self.indices = (entries % len(self.free)).astype(np.int32)
        self.pointers = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        self.u = np.zeros((len(mesh.nodes), 2))

    def _total(self, u: Array, depth: float) -> float:
        if self.contact.deepest(u, -depth) > self.penetration_limit:
            return float("inf")
        return self.block.energy(u) + self.contact.energy(u, -depth)

    def _solve(self, tangent: Array, rhs: Array, shift: float) -> Array:
        data = np.bincount(self.slot, weights=tangent.reshape(-1)[self.used], minlength=len(self.indices))
        n = len(self.free)
        matrix = sp.csc_matrix((data, self.indices, self.pointers), shape=(n, n))
        if shift > 0.0:
            matrix = matrix + sp.diags(shift * np.abs(matrix.diagonal()), format="csc")
        options = {"SymmetricMode": True}
        factors = spl.splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=options)
        return np.asarray(factors.solve(rhs))

    def _equilibrium(self, u: Array, depth: float) -> tuple[Array, State]:
        """Newton from u at a fixed depth."""
        energy = self._total(u, depth)
        if not np.isfinite(energy):
            raise NoConvergence("start is not admissible")
        shift = 0.0
        for iteration in range(self.most_iterations):
            inner, outer = self.block.parts(u), self.contact.parts(u, -depth)
            force = _gather(self.block.dofs, inner.force, u.size)
            push = _gather(self.block.dofs[self.mesh.top][:, self.contact.dofs], outer.force, u.size)
            residual = (force + push)[self.free]
            size = float(np.linalg.norm(residual))
            if iteration > 0 and size <= self.tolerance * max(float(np.linalg.norm(push)), 1e-300):
                return u, self._state(u, depth, force, push, iteration)
            tangent = inner.tangent
            window = np.ix_(self.mesh.top, self.contact.dofs, self.contact.dofs)
            tangent[window] += outer.tangent
            step = -self._solve(tangent, residual, shift)
            slope = float(residual @ step)
            if iteration > 0 and abs(slope) <= self.decrement * energy:
                return u, self._state(u, depth, force, push, iteration)
            if slope >= 0.0:  # not a way down: stiffen the tangent
                shift = max(10.0 * shift, 1e-4)
                continue
            shift = 0.1 * shift if shift > 1e-5 else 0.0
            u, energy = self._search(u, step, slope, energy, depth)
        raise NoConvergence(f"{self.most_iterations} iterations, residual {size:.2e}")

    def _search(self, u: Array, step: Array, slope: float, energy: float, depth: float) -> tuple[Array, float]:
        """Halve the step until the energy falls as it should; round-off of the energy is forgiven."""
        fraction = 1.0
        for _ in range(25):
            trial = u.copy()
            trial.reshape(-1)[self.free] += fraction * step
            value = self._total(trial, depth)
            if value <= energy + 1e-4 * fraction * slope + 1e-13 * abs(energy):
                return trial, value
            fraction *= 0.5
        raise NoConvergence("line search failed")

    def _state(self, u: Array, depth: float, force: Array, push: Array, iterations: int) -> State:
        touching = self.contact.touching(u, -depth)
        return State(
            depth=depth,
            force=float(np.sum(push[1::2])),
            reaction=float(np.sum(force.reshape(-1, 2)[self.mesh.bottom, 1])),
            penetration=self.contact.deepest(u, -depth),
            contact_radius=touching,
            iterations=iterations,
        )

    def curve(self, depths: list[float], first: float = 0.05, most_steps: int = 2000) -> list[State]:
        """Equilibria at increasing depths; stops early, with what it has, if a step can't be made small enough."""
        found: list[State] = []
        depth, step = 0.0, first
        u, rate = self.u, np.zeros_like(self.u)  # displacement and its change per depth
        targets = iter(sorted(depths))
        target = next(targets, None)
        for _ in range(most_steps):
            if target is None:
                break
            length = min(step, target - depth)
            if target - depth - length < 0.3 * length:  # no sliver before a target
                length = target - depth if target - depth < 1.3 * step else 0.5 * (target - depth)
            try:
                u_new, state = self._equilibrium(self._predict(u, rate, depth, length), depth + length)
            except NoConvergence:
                step = 0.5 * length
                if step < 2e-3 * max(first, depth):
                    break
                continue
            rate, u, depth = (u_new - u) / length, u_new, depth + length
            if state.iterations <= 6:
                step = max(step, length) * 1.4
            elif state.iterations > self.patience:
                step = 0.7 * length
            if abs(depth - target) <= 1e-9 * target:
                found.append(state)
                target = next(targets, None)
        self.u = u
        return found

    def _predict(self, u: Array, rate: Array, depth: float, length: float) -> Array:
        """The last motion continued, as far as it turns no element over and stays off the tip."""
        for fraction in (1.0, 0.7, 0.4, 0.2, 0.0):
            guess = np.asarray(u + fraction * length * rate)
            if np.isfinite(self._total(guess, depth + length)):
                return guess
        raise NoConvergence("step too long for the limit on penetration")
