"""The figures of :mod:`libskin.plot` about one needle of a roller: its way through the layers, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon

from libskin._choice import need
from libskin._core import NeedlePath, ParameterError, Roller, Skin
from libskin._plot_style import BLACK, BLUE, GREEN, ORANGE, PURPLE, RED, SKY, STYLE, layer_bands, new_figure
from libskin.units import mm

WIDTH = 0.35  # mm over which a dimple or a tent is drawn to fall off: a sketch, the model knows its height alone
STAGES = 7  # needles drawn from entry to exit, odd: the upright one is among them


def needle_path(path: NeedlePath, skin: Skin, roller: Roller) -> Figure:
    """Side view of one needle from entry to exit, to scale, with the room that it sweeps in each depth.

    ``path`` is what :func:`ls.needle_path` gave for this ``skin`` and ``roller``. Where a dimple or a tent was asked
    for, the skin is drawn as the needle presses it in and lifts it.
    """
    need(path, NeedlePath, "path")
    need(skin, Skin, "skin")
    need(roller, Roller, "roller")
    with mpl.rc_context(STYLE):
        figure = new_figure(6.8, 5.4)
        draw_needle_path(figure.add_subplot(), path, skin, roller)
    return figure


def draw_needle_path(ax: Axes, path: NeedlePath, skin: Skin, roller: Roller, at: int | None = None) -> None:
    """All stages of the contact, or with ``at`` the one of that step alone."""
    deepest = float(path.slice_depth[-1]) / mm
    bottom, top = 1.35 * deepest, -1.1 * roller.needle.length / mm
    reach = _half_width(path, roller)
    layer_bands(ax, skin, bottom, above=-top)
    low, high = _swept(path)
    slices = path.slice_depth / mm
    ax.fill_betweenx(slices, low, high, color=RED, alpha=0.22, lw=0, zorder=2)
    steps = np.linspace(0, len(path.angle) - 1, STAGES).round().astype(int) if at is None else [at]
    colours = mpl.colormaps["viridis"](np.linspace(0.0, 0.9, len(steps)))
    for k, (step, colour) in enumerate(zip(steps, colours, strict=True)):
        _draw_needle(ax, path, roller, int(step), colour if at is None else BLUE, 4.0 + 0.01 * k)
    ax.plot(path.tip_x / mm, path.tip_depth / mm, color=BLACK, lw=1.2, ls="--", zorder=6)
    _draw_surface(ax, path, reach, at)
    ax.set(xlim=(-reach, reach), aspect="equal", xlabel="along the roll (mm)", ylabel="depth (mm)")
    ax.set_title(f"One needle, tip {deepest:.2f} mm deep")
    surface, _ = ax.get_legend_handles_labels()
    handles: list[Any] = [
        Line2D([], [], color=BLACK, ls="--", lw=1.2, label="way of the tip"),
        Patch(color=RED, alpha=0.3, lw=0, label="swept by the needle's axis"),
    ]
    if at is None:
        first, last = np.degrees(path.angle[[0, -1]])
        handles.append(Line2D([], [], color=colours[0], lw=4, label=f"needle at entry, {first:.0f}°"))
        handles.append(Line2D([], [], color=colours[-1], lw=4, label=f"needle at exit, {last:+.0f}°"))
    ax.legend(handles=handles + surface, loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2)


def _half_width(path: NeedlePath, roller: Roller) -> float:
    """Half of what is shown, in mm: a needle lies at its largest tilt above the skin, and stays in the picture."""
    tilt = float(np.abs(path.angle).max())
    return float(np.abs(path.tip_x).max() / mm + np.tan(tilt) * roller.needle.length / mm + 0.3)


def _swept(path: NeedlePath) -> tuple[np.ndarray, np.ndarray]:
    """Ends, in mm, of what the axis sweeps at each depth; NaN where it never is."""
    here = np.isfinite(path.axis_x)
    low = np.where(here, path.axis_x, np.inf).min(axis=0)
    high = np.where(here, path.axis_x, -np.inf).max(axis=0)
    return np.where(here.any(axis=0), low, np.nan) / mm, np.where(here.any(axis=0), high, np.nan) / mm


def _draw_needle(ax: Axes, path: NeedlePath, roller: Roller, step: int, colour: Any, zorder: float) -> None:
    """The needle as it is, tip first: cone and shank along the line from the tip to the axle."""
    needle, angle = roller.needle, float(path.angle[step])
    # From the exact pose of the axle: the tip itself may be at the very surface.
    axle = np.array([float(path.axle_x[step]), -path.axle_height]) / mm
    along = np.array([np.sin(angle), -np.cos(angle)])  # from the tip to the axle, in (x, depth)
    tip = axle - along * (roller.drum_radius + needle.length) / mm
    across = np.array([along[1], -along[0]])
    cone = min(needle.taper_length, needle.length) / mm
    outline = [
        (0.0, needle.tip_radius / mm), (cone, needle.shaft_radius / mm), (needle.length / mm, needle.shaft_radius / mm),
    ]  # fmt: skip
    left = [tip + s * along + r * across for s, r in outline]
    right = [tip + s * along - r * across for s, r in reversed(outline)]
    ax.add_patch(Polygon([*left, *right], closed=True, fc=colour, ec="white", lw=0.4, alpha=0.85, zorder=zorder))


def _draw_surface(ax: Axes, path: NeedlePath, reach: float, at: int | None) -> None:
    """The skin line; with a dimple it is pressed in before entry, with a tent lifted before exit."""
    x = np.linspace(-reach, reach, 400)
    ax.plot(x, np.zeros_like(x), color=BLACK, lw=1.0, zorder=5)
    last = len(path.angle) - 1
    for size, step, colour, label in (
        (path.dimple_depth / mm, 0, GREEN, "pressed in before entry"),
        (-path.tent_height / mm, last, PURPLE, "lifted before exit"),
    ):
        if size != 0.0 and at in (None, step):
            bump = size * np.exp(-np.abs(x - float(path.tip_x[step]) / mm) / WIDTH)
            ax.plot(x, bump, color=colour, lw=1.5, zorder=5.5, label=f"{label}, {abs(size):.2f} mm")


# -------------------------------------------------------------------------------------------- demand


def demand(paths: NeedlePath | Mapping[str, NeedlePath], skin: Skin) -> Figure:
    """Room that a needle asks for at each depth, against the offset at which the skin cuts there.

    ``paths`` is one :class:`NeedlePath`, or several by name: free rolling, with side-slip, ...
    """
    need(skin, Skin, "skin")
    named = {"": paths} if isinstance(paths, NeedlePath) else dict(paths)
    if not named:
        raise ParameterError("paths is empty: give at least one NeedlePath")
    for name, path in named.items():
        need(path, NeedlePath, f"paths[{name!r}]" if name else "paths")
    with mpl.rc_context(STYLE):
        figure = new_figure(7.2, 4.6)
        _draw_demand_over_depth(figure.add_subplot(), named, skin)
    return figure


LINES = [(BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (PURPLE, ":"), (SKY, (0, (5, 1, 1, 1)))]


def _draw_demand_over_depth(ax: Axes, paths: Mapping[str, NeedlePath], skin: Skin) -> None:
    deepest = max(float(path.slice_depth[-1]) for path in paths.values()) / mm
    layer_bands(ax, skin, 1.08 * deepest, above=0.0)
    widest = 0.0
    for (name, path), (colour, dashes) in zip(paths.items(), LINES * 4, strict=False):
        z, asked, offset = path.slice_depth / mm, path.demand / mm, path.critical_offset / mm
        ax.fill_betweenx(z, offset, asked, where=asked > offset, color=RED, alpha=0.25, lw=0, zorder=2)
        label = f"{name}: " if name else ""
        ax.plot(asked, z, color=colour, ls=dashes, lw=1.8, zorder=4, label=f"{label}asked for")
        if colour == LINES[0][0]:
            ax.plot(offset, z, color=BLACK, lw=1.6, zorder=3, label="the skin cuts beyond")
        widest = max(widest, float(asked.max()), float(offset.max()))
    ax.set(xlim=(0, 1.08 * widest), xlabel="lateral room (mm)", ylabel="depth (mm)")
    ax.set_title("What the needle asks for, and what the skin gives")
    handles, labels = ax.get_legend_handles_labels()
    handles.append(Patch(color=RED, alpha=0.3, lw=0))
    labels.append("cut")
    ax.legend(handles, labels, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=3)
