"""A graded grid of nine-node rectangles over a stack of layers, finest under the tip."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True)
class Grading:
    """How fine a mesh is; lengths in tip radii."""

    finest: float = 0.125  # edge of an element at the tip
    fine_radius: float = 1.5  # columns stay that fine up to here
    growth: float = 1.25  # ratio of neighbouring elements further out
    per_layer: int = 2  # least number of elements across a layer


@dataclass(frozen=True)
class Mesh:
    """Nodes (r, z <= 0), elements of nine nodes, and the layer of each element."""

    nodes: Array
    elements: Index  # (n, 9), node a = 3 j + i with i along r and j upwards
    layer: Index
    top: Index  # elements at the surface
    axis: Index  # nodes on r = 0
    rim: Index  # nodes on r = r_max
    bottom: Index


def graded(first: float, length: float, growth: float, least: int) -> Array:
    """Sizes that fill `length` exactly, starting near `first` and growing by at most about `growth`."""
    count = math.log1p(length * (growth - 1.0) / first) / math.log(growth) if growth > 1.0 else length / first
    n = max(least, math.ceil(count - 1e-9))
    low, high = 1.0, growth
    if first * n >= length:
        return np.full(n, length / n)
    for _ in range(80):  # the ratio that fills the length with n elements
        ratio = 0.5 * (low + high)
        total = first * math.expm1(n * math.log(ratio)) / (ratio - 1.0)
        low, high = (ratio, high) if total < length else (low, ratio)
    sizes = first * low ** np.arange(n)
    return np.asarray(sizes * (length / sizes.sum()))


def make_mesh(thicknesses: list[float], radius: float, grading: Grading) -> Mesh:
    """Grid of a stack of layers, outermost first; lengths in tip radii."""
    fine = min(grading.fine_radius, radius)
    n_fine = math.ceil(fine / grading.finest)
    columns = np.concatenate(
        [
            np.full(n_fine, fine / n_fine),
            graded(grading.finest * grading.growth, radius - fine, grading.growth, 1),
        ]
    )
    rows: list[Array] = []
    layer_of_row: list[int] = []
    size = grading.finest
    for index, thickness in enumerate(thicknesses):
        sizes = graded(size, thickness, grading.growth, grading.per_layer)
        rows.append(sizes)
        layer_of_row += [index] * len(sizes)
        size = float(sizes[-1]) * grading.growth
    heights = np.concatenate(rows)[::-1]  # from the bottom up
    layers = np.array(layer_of_row[::-1])

    def with_middles(sizes: Array) -> Array:
        corners = np.concatenate([[0.0], np.cumsum(sizes)])
        line = np.empty(2 * len(sizes) + 1)
        line[::2] = corners
        line[1::2] = 0.5 * (corners[1:] + corners[:-1])
        return line

    r, z = with_middles(columns), with_middles(heights)
    z -= z[-1]
    n_r, n_z = len(r), len(z)
    numbers = np.arange(n_r * n_z).reshape(n_z, n_r)
    nodes = np.stack([np.tile(r, n_z), np.repeat(z, n_r)], -1)
    elements = np.empty((len(heights), len(columns), 9), dtype=np.int64)
    for a in range(9):
        j, i = divmod(a, 3)
        elements[:, :, a] = numbers[j : n_z - 2 + j : 2, i : n_r - 2 + i : 2]
    count = len(heights) * len(columns)
    return Mesh(
        nodes=nodes,
        elements=elements.reshape(count, 9),
        layer=np.repeat(layers, len(columns)),
        top=np.arange(count - len(columns), count),
        axis=numbers[:, 0].copy(),
        rim=numbers[:, -1].copy(),
        bottom=numbers[0].copy(),
    )
