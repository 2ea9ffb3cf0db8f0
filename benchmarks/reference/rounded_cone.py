"""A rigid sphere of radius 1 that goes over into a cone: distance, normal and curvature at a point."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class RoundedCone:
    """Sphere of radius 1 tangent to a cone of `half_angle` (rad, from the axis); the tip points down."""

    half_angle: float
    flattened: float = 1.0  # heights of the profile times this; below 1 the distance is vertical: small-strain contact

    def profile(self, r: Array) -> tuple[Array, Array, Array]:
        """Height of the surface over the tip at a radius, with two derivatives."""
        sin, cos = math.sin(self.half_angle), math.cos(self.half_angle)
        on_sphere = r < cos
        root = np.sqrt(1.0 - np.where(on_sphere, r, 0.0) ** 2)
        height = np.where(on_sphere, 1.0 - root, 1.0 - sin + (r - cos) * cos / sin)
        return height, np.where(on_sphere, r / root, cos / sin), np.where(on_sphere, root**-3, 0.0)

    def distance(self, r: Array, z: Array, tip: float) -> tuple[Array, Array, Array]:
        """Signed distance of points to the surface (negative inside), its gradient, its second derivative.

        `tip` is the height of the lowest point. Inside, the distance is that to the same piece of surface, which is
        smooth as long as a point lies less than one tip radius deep. A flattened profile has slopes so small that the
        distance is vertical and every strain tiny: force over `flattened` at depth times `flattened` is then the
        small-strain solution of the full profile.
        """
        if self.flattened < 1.0:
            height, slope, bend = self.profile(r)
            normal = np.stack([self.flattened * slope, np.full_like(r, -1.0)], -1)
            curvature = np.zeros((*r.shape, 2, 2))
            curvature[..., 0, 0] = self.flattened * bend
            return tip + self.flattened * height - z, normal, curvature
        sin, cos = math.sin(self.half_angle), math.cos(self.half_angle)
        s = z - (tip + 1.0)  # from the centre of the sphere
        on_sphere = r * sin + s * cos <= 0.0
        reach = np.where(on_sphere, np.hypot(r, s), 1.0)
        distance = np.where(on_sphere, reach - 1.0, r * cos - s * sin - 1.0)
        normal = np.stack([np.where(on_sphere, r / reach, cos), np.where(on_sphere, s / reach, -sin)], -1)
        curvature = np.zeros((*r.shape, 2, 2))
        projector = np.eye(2) - normal[..., :, None] * normal[..., None, :]
        curvature[on_sphere] = projector[on_sphere] / reach[on_sphere][..., None, None]
        return distance, normal, curvature

    def half_space(self, contact_radius: float) -> tuple[float, float]:
        """Depth, and force over E/(1 - nu^2), on a half-space at small strain, by contact radius a (Sneddon 1965).

        depth = a * integral of f'/sqrt(a^2 - r^2), F = 2 E/(1 - nu^2) * integral of r^2 f'/sqrt(a^2 - r^2), 0 < r < a.
        """
        nodes, weights = np.polynomial.legendre.leggauss(100)
        join = min(1.0, math.cos(self.half_angle) / contact_radius)
        depth = force = 0.0
        for low, high in (
            (0.0, math.asin(join)),
            (math.asin(join), 0.5 * math.pi),
        ):  # r = a sin t, cut where the sphere ends
            t = 0.5 * (high + low) + 0.5 * (high - low) * nodes
            r = contact_radius * np.sin(t)
            weighted = 0.5 * (high - low) * weights * self.profile(r)[1]
            depth += float(contact_radius * np.sum(weighted))
            force += float(2.0 * np.sum(weighted * r**2))
        return depth, force
