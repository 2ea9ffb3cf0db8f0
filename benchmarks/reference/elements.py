"""Total-Lagrangian axisymmetric elements: nine-node rectangles with a linear, discontinuous pressure.

The volumetric energy uses J projected (in L2, per element) onto 1, xi, eta: the displacement form of the mixed Q2/P-1
element, which does not lock at nu = 0.49. Everything follows from one energy, so that the tangent is symmetric.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from mesh import Mesh
from numpy.typing import NDArray
from ogden import admissible, shear_derivatives, shear_energy, volume_change, volume_derivatives
from rounded_cone import RoundedCone

Array = NDArray[np.float64]
Index = NDArray[np.int64]


def line_shape(x: Array) -> tuple[Array, Array]:
    """Quadratic shape functions on [-1, 1] with nodes -1, 0, 1, and their slopes."""
    value = np.stack([0.5 * x * (x - 1.0), 1.0 - x**2, 0.5 * x * (x + 1.0)], -1)
    return value, np.stack([x - 0.5, -2.0 * x, x + 0.5], -1)


@dataclass(frozen=True)
class Parts:
    """Energy, residual (n, 18) and tangent (n, 18, 18) per element."""

    energy: float
    force: Array
    tangent: Array


class Block:
    """The deformable body: `energy` and `parts` as functions of the displacement of the nodes (m, 2)."""

    def __init__(self, mesh: Mesh, mu: Array, bulk: Array, alpha: float) -> None:
        """mu and bulk (Lame's lambda) per layer."""
        self.mesh, self.alpha = mesh, alpha
        self.mu = mu[mesh.layer][:, None]
        self.bulk = bulk[mesh.layer]
        points, weights = np.polynomial.legendre.leggauss(3)
        xi, eta = (grid.ravel() for grid in np.meshgrid(points, points))
        weight = np.outer(weights, weights).ravel()
        value_r, slope_r = line_shape(xi)
        value_z, slope_z = line_shape(eta)
        shape = np.einsum("gj,gi->gji", value_z, value_r).reshape(9, 9)
        by_xi = np.einsum("gj,gi->gji", value_z, slope_r).reshape(9, 9)
        by_eta = np.einsum("gj,gi->gji", slope_z, value_r).reshape(9, 9)
        corners = mesh.nodes[mesh.elements]
        half = 0.5 * (corners[:, 8] - corners[:, 0])  # half edges
        r = np.einsum("ga,ea->eg", shape, corners[:, :, 0])
        count = len(mesh.elements)
        self.b = np.zeros((count, 9, 5, 18))  # dF = b du
        d_r = by_xi[None] / half[:, None, None, 0]
        d_z = by_eta[None] / half[:, None, None, 1]
        self.b[:, :, 0, 0::2], self.b[:, :, 1, 0::2] = d_r, d_z
        self.b[:, :, 2, 1::2], self.b[:, :, 3, 1::2] = d_r, d_z
        self.b[:, :, 4, 0::2] = shape[None] / r[:, :, None]
        self.w = 2.0 * np.pi * r * weight[None] * (half[:, 0] * half[:, 1])[:, None]
        self.modes = np.stack([np.ones(9), xi, eta], -1)
        self.mass_inverse = np.linalg.inv(np.einsum("eg,ga,gb->eab", self.w, self.modes, self.modes))
        self.dofs = (2 * mesh.elements[:, :, None] + np.arange(2)).reshape(count, 18)

    def gradient(self, u: Array) -> Array:
        """F - 1 at the Gauss points, five entries."""
        du = u.reshape(-1)[self.dofs]
        return np.asarray((self.b.reshape(len(du), 45, 18) @ du[:, :, None]).reshape(len(du), 9, 5))

    def _volume_moments(self, h: Array) -> tuple[Array, Array]:
        """Pressure-like coefficients lambda M^-1 m and the moments m of J - 1."""
        moment = np.einsum("eg,ga->ea", self.w * volume_change(h), self.modes)
        return self.bulk[:, None] * np.einsum("eab,eb->ea", self.mass_inverse, moment), moment

    def energy(self, u: Array) -> float:
        """Elastic energy; infinite where an element is turned inside out."""
        h = self.gradient(u)
        if not admissible(h):
            return float("inf")
        coefficient, moment = self._volume_moments(h)
        return float(np.sum(self.w * shear_energy(h, self.mu, self.alpha)) + 0.5 * np.sum(coefficient * moment))

    def parts(self, u: Array) -> Parts:
        """Energy with its two derivatives."""
        h = self.gradient(u)
        coefficient, moment = self._volume_moments(h)
        energy = float(np.sum(self.w * shear_energy(h, self.mu, self.alpha)) + 0.5 * np.sum(coefficient * moment))
        stress, stiffness = shear_derivatives(h, self.mu, self.alpha)
        slope, curvature = volume_derivatives(h)
        pressure = coefficient @ self.modes.T
        count = len(h)
        b = self.b.reshape(count, 45, 18)
        total = (stress + pressure[..., None] * slope) * self.w[..., None]
        force = (b.transpose(0, 2, 1) @ total.reshape(count, 45, 1))[:, :, 0]
        moduli = (stiffness + pressure[..., None, None] * curvature) * self.w[..., None, None]
        tangent = b.transpose(0, 2, 1) @ (moduli @ self.b).reshape(count, 45, 18)
        weighted = (self.w[..., None] * slope)[:, :, None, :] * self.modes[None, :, :, None]  # (e, g, mode, 5)
        by_mode = weighted.transpose(0, 2, 1, 3).reshape(count, 3, 45) @ b
        tangent += by_mode.transpose(0, 2, 1) @ (self.bulk[:, None, None] * self.mass_inverse) @ by_mode
        return Parts(energy, force, tangent)


class Contact:
    """Frictionless penalty contact of the surface with a rigid rounded cone, at Gauss points of the top edges."""

    def __init__(
        self, mesh: Mesh, cone: RoundedCone, penalty: float, stiffening: float = 1e-3, n_points: int = 3
    ) -> None:
        """Penalty: pressure per penetration, both per reference area; it doubles at a penetration of `stiffening`."""
        self.mesh, self.cone, self.penalty, self.stiffening = mesh, cone, penalty, stiffening
        points, weights = np.polynomial.legendre.leggauss(n_points)
        self.shape, _ = line_shape(points)
        self.edges = mesh.elements[mesh.top][:, 6:9]
        r = mesh.nodes[self.edges][:, :, 0]
        self.w = 2.0 * np.pi * (r @ self.shape.T) * weights[None] * 0.5 * (r[:, 2] - r[:, 0])[:, None]
        self.dofs = np.arange(12, 18)  # of an element, on its upper edge

    def _distance(self, u: Array, tip: float) -> tuple[Array, Array, Array]:
        place = np.einsum("ga,eai->egi", self.shape, (self.mesh.nodes + u)[self.edges])
        return self.cone.distance(place[..., 0], place[..., 1], tip)

    def deepest(self, u: Array, tip: float) -> float:
        """Largest penetration."""
        return float(max(0.0, -np.min(self._distance(u, tip)[0])))

    def touching(self, u: Array, tip: float) -> float:
        """Largest reference radius of a point in contact."""
        inside = self._distance(u, tip)[0] < 0.0
        return float(np.max((self.mesh.nodes[self.edges][:, :, 0] @ self.shape.T)[inside], initial=0.0))

    def energy(self, u: Array, tip: float) -> float:
        """Energy of the penalty springs."""
        inside = np.minimum(self._distance(u, tip)[0], 0.0)
        return self._energy(inside)

    def _energy(self, inside: Array) -> float:
        square = inside**2
        return float(0.5 * self.penalty * np.sum(self.w * square * (1.0 + 0.5 * square / self.stiffening**2)))

    def parts(self, u: Array, tip: float) -> Parts:
        """Energy with its two derivatives, per top edge (n, 6)."""
        distance, normal, curvature = self._distance(u, tip)
        inside = np.minimum(distance, 0.0)
        touch = (distance < 0.0).astype(float)
        traction = self.penalty * self.w * (1.0 + (inside / self.stiffening) ** 2) * inside
        count = len(distance)
        force = np.einsum("eg,egi,ga->eai", traction, normal, self.shape).reshape(count, 6)
        rise = self.penalty * self.w * touch * (1.0 + 3.0 * (inside / self.stiffening) ** 2)
        second = rise[..., None, None] * (normal[..., :, None] * normal[..., None, :])
        second += traction[..., None, None] * curvature
        tangent = np.einsum("egij,ga,gb->eaibj", second, self.shape, self.shape).reshape(count, 6, 6)
        return Parts(self._energy(inside), force, tangent)
