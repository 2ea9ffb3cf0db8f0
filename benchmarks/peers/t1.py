"""Reference problem T1 for other people's solvers: grid, finite volumes, and the error of an answer.

Micrometres and seconds. Domain 0 <= r <= 250, 0 <= z <= 1500 with four layers, a channel that is a cone of 35 x 500 and
closes with g(t) = exp(-(t/2400)^2), a well mixed donor 100 high. Seven outputs at 25 times: donor, the four layers,
cleared, lost at the base. The error of an answer is, for each output, the largest error over time divided by the
largest value over time; then the worst of the seven.

The discretisation here is what a careful user of a general solver would write: cell-centred volumes on a tensor grid
that is fine at the surface, at the layer borders and at the wall; the conductance of a face that the wall cuts is
summed over lines across it, in series along each line and in parallel between them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse

RADIUS, HEIGHT, DONOR = 250.0, 1500.0, 100.0
MOUTH, TIP = 35.0, 500.0
BORDERS = np.array([0.0, 15.0, 100.0, 300.0, HEIGHT])
DIFFUSIVITY = np.array([1e-3, 100.0, 150.0, 100.0])  # um^2/s
CHANNEL_DIFFUSIVITY = 500.0
CLEARANCE = np.array([0.0, 0.0, 1e-3, 1e-3])  # 1/s, outside the channel
CLOSING_TIME, DURATION = 2400.0, 7200.0
TIMES = np.linspace(DURATION / 25, DURATION, 25)
OUTPUTS = ("donor", "SC", "VE", "PD", "RD", "clear", "bottom_efflux")
REFERENCE = Path(__file__).parents[2] / "libskin/data/experiments/transport_verification/transport_t1_reference.json"

# (place, spacing) between which the spacing goes geometrically.
RADIAL = (
    (0.0, 14.0), (28.0, 6.0), (33.0, 1.2), (33.95, 0.15), (35.0, 0.3), (37.0, 1.4), (60.0, 10.0), (120.0, 20.0),
    (RADIUS, 60.0),
)  # fmt: skip
AXIAL = (
    (0.0, 0.13), (3.0, 1.5), (12.0, 2.5), (15.0, 0.25), (16.5, 0.8), (30.0, 5.0), (100.0, 12.0), (300.0, 20.0),
    (500.0, 15.0),
    (700.0, 50.0), (HEIGHT, 300.0),
)  # fmt: skip


def closing(t: float) -> float:
    return float(np.exp(-((t / CLOSING_TIME) ** 2)))


def channel_radius(z: np.ndarray) -> np.ndarray:
    return MOUTH * np.clip(1.0 - z / TIP, 0.0, None)


def layer_of(z: np.ndarray) -> np.ndarray:
    return np.clip(np.searchsorted(BORDERS, z, side="right") - 1, 0, 3)


def graded(controls: tuple[tuple[float, float], ...], refine: float) -> np.ndarray:
    """Edges with the spacing asked for between each two controls, which are edges themselves."""
    edges = [controls[0][0]]
    for (a, ha), (b, hb) in pairwise(controls):
        x = np.linspace(a, b, 400)
        h = ha * (hb / ha) ** ((x - a) / (b - a)) if ha != hb else np.full_like(x, ha)
        count = np.concatenate([[0.0], np.cumsum(0.5 * (1 / h[1:] + 1 / h[:-1]) * np.diff(x))])
        n = max(1, round(refine * count[-1]))
        edges.extend(np.interp(np.linspace(0.0, count[-1], n + 1)[1:], count, x))
    return np.array(edges)


@dataclass
class Volumes:
    """Cells 1..n, donor 0. Every face is a bundle of lines; a line holds two media, each in the channel or not."""

    n: int
    storage: np.ndarray  # (n + 1) volume
    rate: np.ndarray  # (n + 1) clearance rate of the whole cell
    layer: np.ndarray  # (n + 1) -1: donor
    low: np.ndarray  # (face)
    high: np.ndarray  # (face) -1: the base, where c = 0
    area: np.ndarray  # (face, line)
    tissue: np.ndarray  # (face, line, 2) length in tissue
    channel: np.ndarray  # (face, line, 2) length in the channel
    diffusivity: np.ndarray  # (face, 2) of the tissue on both sides

    def conductance(self, g: float) -> np.ndarray:
        tissue = self.diffusivity[:, None, :]
        open_ = tissue + (CHANNEL_DIFFUSIVITY - tissue) * g
        return (self.area / (self.tissue / tissue + self.channel / open_).sum(axis=2)).sum(axis=1)

    def matrix(self, g: float) -> sparse.csc_matrix:
        """A of storage dc/dt = A c; its pattern does not depend on g."""
        k = self.conductance(g)
        inner = self.high >= 0
        i, j, kk = self.low[inner], self.high[inner], k[inner]
        rows = np.concatenate([i, j, i, j, self.low[~inner], np.arange(self.n + 1)])
        cols = np.concatenate([j, i, i, j, self.low[~inner], np.arange(self.n + 1)])
        data = np.concatenate([kk, kk, -kk, -kk, -k[~inner], -self.rate * self.storage])
        return sparse.csc_matrix((data, (rows, cols)), shape=(self.n + 1, self.n + 1))

    def amounts(self, c: np.ndarray) -> np.ndarray:
        """(5) in the donor and the four layers."""
        return np.bincount(self.layer + 1, weights=c * self.storage, minlength=5)

    def loss_rates(self, t: float, c: np.ndarray) -> np.ndarray:
        """(2) cleared and lost at the base, per second."""
        base = self.high < 0
        return np.array([self.rate @ (self.storage * c), self.conductance(closing(t))[base] @ c[self.low[base]]])


def volumes(refine: float, lines: int = 8) -> Volumes:
    r, z = graded(RADIAL, refine), graded(AXIAL, refine)
    rc, zc = 0.5 * (r[1:] + r[:-1]), 0.5 * (z[1:] + z[:-1])
    nr, nz = len(rc), len(zc)
    number = 1 + np.arange(nz * nr).reshape(nz, nr)
    ring = np.pi * (r[1:] ** 2 - r[:-1] ** 2)
    storage = np.concatenate([[np.pi * RADIUS**2 * DONOR], np.outer(np.diff(z), ring).ravel()])
    layer = np.concatenate([[-1], np.repeat(layer_of(zc), nr)])
    at = (np.arange(lines) + 0.5) / lines
    # Clearance works outside the channel: the share of each cell there, by lines along r.
    zs = z[:-1, None] + np.diff(z)[:, None] * at
    inside = np.clip(channel_radius(zs)[:, :, None], r[:-1], r[1:])
    outside = 1.0 - (np.pi * (inside**2 - r[:-1] ** 2)).mean(axis=1) / ring
    rate = np.concatenate([[0.0], (CLEARANCE[layer_of(zc)][:, None] * outside).ravel()])

    low, high, area, tissue, channel, diffusivity = [], [], [], [], [], []

    def add(a, b, areas, out, into, d):
        (
            low.append(a),
            high.append(b),
            area.append(areas),
            tissue.append(out),
            channel.append(into),
            diffusivity.append(d),
        )

    for j in range(nz):  # across r: lines at several depths, one layer
        wall = channel_radius(zs[j])
        d = DIFFUSIVITY[layer_of(zc[j])]
        for i in range(nr - 1):
            # Along r the area grows: lengths are those of the logarithm, scaled to the face.
            def length(a, b, face=r[i + 1]):
                return face * np.log(b / a)

            mid = np.clip(wall, rc[i], rc[i + 1])
            into, out = length(rc[i], mid), length(mid, rc[i + 1])
            share = np.full(lines, 2 * np.pi * r[i + 1] * (z[j + 1] - z[j]) / lines)
            zero = np.zeros(lines)
            add(number[j, i], number[j, i + 1], share, np.stack([out, zero], 1), np.stack([into, zero], 1), (d, d))
    rs = r[:-1, None] + np.diff(r)[:, None] * at
    depth = TIP * (1.0 - rs / MOUTH)  # where each line leaves the channel
    for j in range(nz + 1):  # along z: lines at several radii, two layers; the donor on top, the base below
        top, bottom = (zc[j - 1] if j else z[0]), (zc[j] if j < nz else z[nz])
        ds = (DIFFUSIVITY[layer_of(zc[max(j - 1, 0)])], DIFFUSIVITY[layer_of(zc[min(j, nz - 1)])])
        for i in range(nr):
            into = np.stack([np.clip(depth[i], top, z[j]) - top, np.clip(depth[i], z[j], bottom) - z[j]], 1)
            out = np.array([z[j] - top, bottom - z[j]]) - into
            width = 2 * np.pi * rs[i] * (r[i + 1] - r[i]) / lines
            width *= ring[i] / width.sum()
            a, b = (number[j - 1, i] if j else 0), (number[j, i] if j < nz else -1)
            add(a, b, width, out, into, ds)
    return Volumes(nr * nz, storage, rate, layer, np.array(low), np.array(high), np.array(area), np.array(tissue),
                   np.array(channel), np.array(diffusivity))  # fmt: skip


def error(rows: np.ndarray) -> tuple[float, dict[str, float]]:
    """Worst and single errors of (25, 7) amounts in um^3, in the order of OUTPUTS."""
    reference = json.loads(REFERENCE.read_text())["series"]
    single = {}
    for k, name in enumerate(OUTPUTS):
        truth = np.array(reference[name])
        single[name] = float(np.max(np.abs(rows[:, k] - truth)) / np.max(np.abs(truth)))
    return max(single.values()), single
