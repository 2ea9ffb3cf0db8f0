#!/usr/bin/env python3
"""Draw rolling_needle.gif, the animation of the README: one needle of a roller on its way through the skin.

python docs/images/make_rolling_needle.py [FILE]     (rolling_needle.gif beside this script if not given)

Two drums side by side, one that rolls freely and one that skids by a fifth; every pose is from `libskin.needle_path`.
Needs libskin on the path (PYTHONPATH=build/audit/python).
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
from libskin._plot_style import BLACK, BLUE, GREY, LAYER_COLOURS, RED, STYLE
from libskin.units import mm
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from PIL import Image

import libskin as ls

FRAMES, SECONDS = 41, 3.0
DEPTH = 1.0 * mm
USES = {"rolls freely": ls.Rolling(), "skids by 20 %": ls.Rolling(slip=0.2)}
BOTTOM, TOP, REACH = 1.45, -1.35, 1.75  # mm of the picture


def main(file: Path) -> None:
    skin, roller = ls.Skin.preset("face_cheek", age_years=60), ls.device("medical_roller_1.5")
    paths = {
        name: ls.needle_path(skin, roller, use, depth=DEPTH, n_steps=FRAMES, n_slices=161) for name, use in USES.items()
    }
    frames = [picture(skin, roller, paths, step) for step in range(FRAMES)]
    shared = frames[FRAMES // 2].quantize(48)  # one palette: no flicker
    images = [frame.quantize(palette=shared, dither=Image.Dither.NONE) for frame in frames]
    images[0].save(file, save_all=True, append_images=images[1:], duration=round(1e3 * SECONDS / FRAMES), loop=0,
                   optimize=True)  # fmt: skip
    print(f"{file}: {file.stat().st_size / 1e3:.0f} kB")


def picture(skin: ls.Skin, roller: ls.Roller, paths: dict, step: int) -> Image.Image:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.6, 3.5), dpi=90, layout="constrained")
        for ax, (name, path) in zip(figure.subplots(1, 2, sharey=True), paths.items(), strict=True):
            draw(ax, skin, roller, path, step)
            ax.set_title(f"drum {name}")
        figure.axes[0].set_ylabel("depth (mm)")
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        return Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3])


def draw(ax: Axes, skin: ls.Skin, roller: ls.Roller, path: ls.NeedlePath, step: int) -> None:
    top = 0.0
    for layer in skin.layers:
        lower = min(top + layer.thickness / mm, BOTTOM)
        ax.axhspan(top, lower, color=LAYER_COLOURS[layer.name], lw=0, zorder=0)
        top = lower
    axle = np.array([float(path.axle_x[step]), -path.axle_height]) / mm
    ax.add_patch(Circle((axle[0], axle[1]), roller.drum_radius / mm, fc="#d9dde2", ec=GREY, lw=1.0, zorder=1))
    # What the axis has swept so far at each depth.
    seen = path.axis_x[: step + 1]
    here = np.isfinite(seen).any(axis=0)
    low = np.where(np.isfinite(seen), seen, np.inf).min(axis=0)[here] / mm
    high = np.where(np.isfinite(seen), seen, -np.inf).max(axis=0)[here] / mm
    depth = path.slice_depth[here] / mm
    shank = roller.needle.shaft_radius / mm
    ax.fill_betweenx(depth, low - shank, high + shank, color="white", lw=0, zorder=2)
    ax.fill_betweenx(depth, low, high, color=RED, alpha=0.45, lw=0, zorder=3)
    for k in range(roller.needles_per_ring):  # the neighbours stand in other holes: grey
        angle = float(path.angle[step]) + 2.0 * np.pi * k / roller.needles_per_ring
        outline = needle(roller, axle, angle)
        if outline[:, 1].max() > TOP:
            ax.add_patch(Polygon(outline, closed=True, fc=BLUE if k == 0 else "#9aa3ad", ec="white", lw=0.4, zorder=4))
    ax.plot(path.tip_x[: step + 1] / mm, path.tip_depth[: step + 1] / mm, color=BLACK, lw=1.0, ls="--", zorder=5)
    ax.axhline(0.0, color=BLACK, lw=0.9, zorder=2.5)
    ax.set(xlim=(-REACH, REACH), ylim=(BOTTOM, TOP), aspect="equal", xlabel="along the roll (mm)")


def needle(roller: ls.Roller, axle: np.ndarray, angle: float) -> np.ndarray:
    shape = roller.needle
    along = np.array([np.sin(angle), -np.cos(angle)])
    across = np.array([along[1], -along[0]])
    tip = axle - along * (roller.drum_radius + shape.length) / mm
    outline = ((0.0, shape.tip_radius), (shape.taper_length, shape.shaft_radius), (shape.length, shape.shaft_radius))
    left = [tip + s / mm * along + r / mm * across for s, r in outline]
    right = [tip + s / mm * along - r / mm * across for s, r in reversed(outline)]
    return np.array([*left, *right])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("rolling_needle.gif"))
