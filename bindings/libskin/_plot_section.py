"""The section through the skin of :mod:`libskin.plot`."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from libskin._choice import need
from libskin._core import ParameterError, Skin, TreatmentResult, Wound
from libskin._plot_style import BLACK, BLUE, PURPLE, RED, STYLE, layer_bands, new_figure
from libskin.units import mm


def section(result: TreatmentResult | Wound, skin: Skin | None = None) -> Figure:
    """A vertical cut through the needled skin, to scale: layers, channels, slits and blood.

    ``result`` is a treatment, or a wound together with its ``skin``.
    """
    with mpl.rc_context(STYLE):
        figure = new_figure(9.0, 4.6)
        draw_section(figure.add_subplot(), *_wound_and_skin(result, skin), _setting(result))
    return figure


def _wound_and_skin(result: Any, skin: Skin | None) -> tuple[Wound, Skin]:
    if isinstance(result, TreatmentResult):
        return result.bleeding.wound, result.skin
    need(result, (TreatmentResult, Wound), "result")
    if skin is None:
        raise ParameterError("skin is missing: a wound does not know its layers; plot.section(wound, skin)")
    need(skin, Skin, "skin")
    return result, skin


def _setting(result: Any) -> float | None:
    return result.summary.setting if isinstance(result, TreatmentResult) else None


def draw_section(ax: Axes, wound: Wound, skin: Skin, setting: float | None) -> None:
    deepest = float(wound.depth.max()) / mm if len(wound) else 0.5
    bottom = max(1.25 * deepest, 1.15 * (setting or 0.0) / mm, 0.6)
    width = 2.6 * bottom
    layer_bands(ax, skin, bottom)
    ax.axhline(0.0, color=BLACK, lw=1.0)
    for i, x in _channels_in_cut(wound, width):
        _draw_channel(ax, wound, i, x)
    if setting is not None:
        ax.axhline(setting / mm, color=BLUE, lw=1.2, ls="--")
        ax.text(0.01 * width, setting / mm - 0.012 * bottom, f"set: {setting / mm:g} mm",
                color=BLUE, fontsize=8, va="bottom")  # fmt: skip
    ax.set(xlim=(0, width), xlabel="along the skin (mm)", ylabel="depth (mm)", aspect="equal")
    ax.set_title("Section through the skin after needling")
    ax.legend(
        handles=[
            Line2D([], [], color=BLUE, marker="_", ms=9, mew=1.6, ls="", label="where the tip got to"),
            Line2D([], [], color="white", marker="s", ms=7, mec=BLACK, ls="", label="channel left"),
            Line2D([], [], color=RED, marker="s", ms=7, mec=BLACK, ls="", label="blood in channel"),
            Line2D([], [], color=PURPLE, lw=3, label="slit at the mouth"),
        ],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.16),
        ncols=4,
    )


def _channels_in_cut(wound: Wound, width: float) -> list[tuple[int, float]]:
    """About a dozen channels of a thin slab of the wound, shifted so that the cut starts at 0."""
    if len(wound) == 0:
        return []
    if len(wound) == 1:
        return [(0, 0.5 * width)]
    x, y = wound.x / mm, wound.y / mm
    start = float(np.median(x)) - 0.5 * width
    inside = np.flatnonzero((x > start + 0.02 * width) & (x < start + 0.98 * width))
    if len(inside) == 0:
        return []
    off_centre = np.abs(y[inside] - np.median(y[inside]))
    chosen = inside[np.argsort(off_centre, kind="stable")[:14]]
    return [(int(i), float(x[i] - start)) for i in chosen]


def _draw_channel(ax: Axes, wound: Wound, i: int, x: float) -> None:
    """One channel as it is after withdrawal: a narrow cone, its blood from below, the loaded path behind it."""
    slope = float(np.tan(wound.tilt[i]))
    loaded, depth = float(wound.depth[i]) / mm, float(wound.channel_depth[i]) / mm
    radius = float(wound.channel_radius[i]) / mm
    ax.plot(x + slope * loaded, loaded, "_", color=BLUE, ms=9, mew=1.6, zorder=6)
    if depth <= 0.0:
        return
    ax.add_patch(Polygon([(x - radius, 0), (x + radius, 0), (x + slope * depth, depth)],
                         closed=True, fc="white", ec=BLACK, lw=0.6, zorder=3))  # fmt: skip
    filled = float(np.clip(wound.blood_fraction[i], 0.0, 1.0)) ** (1 / 3)  # volume share of a cone
    if filled > 0.0:
        tip = (x + slope * depth, depth)
        left = (tip[0] + filled * (x - radius - tip[0]), depth * (1 - filled))
        right = (tip[0] + filled * (x + radius - tip[0]), depth * (1 - filled))
        ax.add_patch(Polygon([left, right, tip], closed=True, fc=RED, ec="none", zorder=4))
    if wound.slit_length[i] > 0.0:
        half = 0.5 * float(wound.slit_length[i]) / mm
        ax.plot([x - half, x + half], [0, 0], color=PURPLE, lw=3, solid_capstyle="butt", zorder=5)
