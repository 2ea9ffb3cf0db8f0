"""One-term compressible Ogden solid in axisymmetry: energy, first and second derivative.

    W = (2 mu/alpha^2) (l1^alpha + l2^alpha + l3^alpha - 3) - (2 mu/alpha) ln J + (lambda/2) (J - 1)^2

with principal stretches l and J = l1 l2 l3. Only the first two terms are here ("shear part"); the last one needs J
averaged over an element (see `elements`). Everything takes h = F - 1, so that far away, where h is tiny, nothing
cancels; h is stored as its five axisymmetric entries (rR, rZ, zR, zZ, hoop), derivatives alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def lame(youngs_modulus: float, poissons_ratio: float) -> tuple[float, float]:
    """mu and lambda of small strain."""
    mu = youngs_modulus / (2.0 * (1.0 + poissons_ratio))
    return mu, 2.0 * mu * poissons_ratio / (1.0 - 2.0 * poissons_ratio)


def _divided_difference(a: Array, b: Array, exponent: float) -> Array:
    """(a^m - b^m)/(a - b) for a >= b > 0, without cancellation where they meet."""
    gap = np.log(a / b)
    safe = np.where(gap > 1e-9, gap, 1.0)
    ratio = np.expm1(exponent * safe) / np.expm1(safe)
    return np.asarray(b ** (exponent - 1.0) * np.where(gap > 1e-9, ratio, exponent))


def _area_change(h: Array) -> Array:
    """J in the plane, less one."""
    return np.asarray(h[..., 0] + h[..., 3] + h[..., 0] * h[..., 3] - h[..., 1] * h[..., 2])


def volume_change(h: Array) -> Array:
    """J - 1."""
    area = _area_change(h)
    return np.asarray(area + h[..., 4] + area * h[..., 4])


def admissible(h: Array) -> bool:
    """No element is turned inside out."""
    return bool(np.all(_area_change(h) > -1.0) and np.all(h[..., 4] > -1.0))


def _principal(h: Array) -> tuple[Array, Array]:
    """Logarithms of the principal stretches (larger in plane, smaller, hoop); angle of the reference axes in plane."""
    c11 = 2.0 * h[..., 0] + h[..., 0] ** 2 + h[..., 2] ** 2  # C - 1
    c22 = 2.0 * h[..., 3] + h[..., 1] ** 2 + h[..., 3] ** 2
    c12 = h[..., 1] + h[..., 2] + h[..., 0] * h[..., 1] + h[..., 2] * h[..., 3]
    first = 0.5 * np.log1p(0.5 * (c11 + c22) + np.hypot(0.5 * (c11 - c22), c12))
    logs = np.stack([first, np.log1p(_area_change(h)) - first, np.log1p(h[..., 4])], -1)
    return logs, np.asarray(0.5 * np.arctan2(2.0 * c12, c11 - c22))


def _expm2(x: Array) -> Array:
    """exp(x) - 1 - x, by its series where that would cancel."""
    series = x**2 * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x / 5040)))))
    return np.asarray(np.where(np.abs(x) < 1e-2, series, np.expm1(x) - x))


def shear_energy(h: Array, mu: Array, alpha: float) -> Array:
    """Energy density without the volumetric term; needs J > 0."""
    return np.asarray(2.0 * mu / alpha**2 * np.sum(_expm2(alpha * _principal(h)[0]), -1))


def shear_derivatives(h: Array, mu: Array, alpha: float) -> tuple[Array, Array]:
    """First (..., 5) and second (..., 5, 5) derivative of `shear_energy` by the entries of F."""
    logs, angle = _principal(h)
    first, second, hoop = np.exp(logs[..., 0]), np.exp(logs[..., 1]), np.exp(logs[..., 2])
    area = first * second
    k = 2.0 * mu / alpha
    cos, sin = np.cos(angle), np.sin(angle)
    v = np.stack([np.stack([cos, -sin], -1), np.stack([sin, cos], -1)], -2)  # columns: reference axes
    plane = np.stack([np.stack([1.0 + h[..., 0], h[..., 1]], -1), np.stack([h[..., 2], 1.0 + h[..., 3]], -1)], -2)
    u = plane @ v / np.stack([first, second], -1)[..., None, :]  # columns: axes in space

    slopes = k[..., None] * np.expm1(alpha * logs) * np.exp(-logs)
    slope_1, slope_2 = slopes[..., 0], slopes[..., 1]
    gradient = np.empty_like(h)
    stress = np.einsum("...ia,...a,...ja->...ij", u, slopes[..., :2], v)
    gradient[..., :4] = stress.reshape(*h.shape[:-1], 4)
    gradient[..., 4] = slopes[..., 2]

    # In the principal frame: normal entries decouple; the two shears have the eigenvalues "flip" (symmetric) and
    # "twist" (antisymmetric) of an isotropic function. ln J adds k/area to the first and takes it from the second.
    flip = k * (_divided_difference(first, second, alpha - 1.0) + 1.0 / area)
    twist = (slope_1 + slope_2) / (first + second)
    local = np.zeros((*h.shape[:-1], 4, 4))
    local[..., 0, 0] = k * ((alpha - 1.0) * first ** (alpha - 2.0) + first**-2)
    local[..., 3, 3] = k * ((alpha - 1.0) * second ** (alpha - 2.0) + second**-2)
    local[..., 1, 1] = local[..., 2, 2] = 0.5 * (flip + twist)
    local[..., 1, 2] = local[..., 2, 1] = 0.5 * (flip - twist)
    turn = np.einsum("...ia,...jb->...abij", u, v).reshape(*h.shape[:-1], 4, 4)
    hessian = np.zeros((*h.shape[:-1], 5, 5))
    hessian[..., :4, :4] = np.swapaxes(turn, -1, -2) @ local @ turn
    hessian[..., 4, 4] = k * ((alpha - 1.0) * hoop ** (alpha - 2.0) + hoop**-2)
    return gradient, hessian


def volume_derivatives(h: Array) -> tuple[Array, Array]:
    """First and second derivative of J by the entries of F."""
    hoop = 1.0 + h[..., 4]
    cofactor = np.stack([1.0 + h[..., 3], -h[..., 2], -h[..., 1], 1.0 + h[..., 0]], -1)
    gradient = np.concatenate([cofactor * hoop[..., None], 1.0 + _area_change(h)[..., None]], -1)
    hessian = np.zeros((*h.shape[:-1], 5, 5))
    hessian[..., 0, 3] = hessian[..., 3, 0] = hoop
    hessian[..., 1, 2] = hessian[..., 2, 1] = -hoop
    hessian[..., :4, 4] = hessian[..., 4, :4] = cofactor
    return gradient, hessian
