"""What the figures of :mod:`libskin.plot` share: colours, style, sizes, layers behind depth, times in words."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._choice import need
from libskin._core import SessionResult, Skin, TreatmentResult
from libskin.units import hour, minute, mm

# Okabe and Ito's palette: told apart with any colour vision, and in grey.
BLUE, ORANGE, GREEN, RED, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9"
PURPLE, YELLOW, BLACK, GREY = "#CC79A7", "#F0E442", "#222222", "#777777"
LAYER_COLOURS = {
    "stratum_corneum": "#8c6d5a",
    "viable_epidermis": "#dba98c",
    "papillary_dermis": "#efcdb9",
    "reticular_dermis": "#f8e6da",
    "hypodermis": "#fdf6d8",
}
STYLE: Any = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "legend.fontsize": 8,
    "savefig.dpi": 200,
    "figure.dpi": 100,
}


def new_figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


def words(name: str) -> str:
    return name.replace("_", " ")


def session_part(result: Any, kind: type, member: str) -> Any:
    """``result`` itself when it is of that kind, or that part of a treatment's first session."""
    if isinstance(result, TreatmentResult | SessionResult):
        return getattr(result, member)
    need(result, (kind, TreatmentResult, SessionResult), "result")
    return result


def layer_bands(ax: Axes, skin: Skin, bottom: float, *, names: bool = True, above: float | None = None) -> None:
    """Layers as bands over depth in mm; names at the right edge, outside of thin ones. ``above``: mm of air shown."""
    above = 0.04 * bottom if above is None else above
    top = 0.0
    for layer in skin.layers:
        lower = min(top + layer.thickness / mm, bottom)
        if lower <= top:
            break
        colour = LAYER_COLOURS.get(layer.name, "#eeeeee")
        ax.axhspan(top, lower, color=colour, lw=0, zorder=0)
        top = lower
    ax.set_ylim(bottom, -above)
    if not names:
        return
    # Names beside the axes at the middle of their bands, pushed apart where bands are thin.
    gap, last, top = 0.082 * (bottom + above), -bottom - above, 0.0
    for layer in skin.layers:
        lower = min(top + layer.thickness / mm, bottom)
        if lower <= top:
            break
        middle = max(0.5 * (top + lower), last + gap)
        ax.annotate(
            words(layer.name),
            xy=(1.0, 0.5 * (top + lower)),
            xycoords=("axes fraction", "data"),
            xytext=(1.03, middle),
            textcoords=("axes fraction", "data"),
            va="center",
            fontsize=8,
            color=BLACK,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.6, "shrinkA": 0, "shrinkB": 0},
        )
        last, top = middle, lower


def recovered(seconds: float) -> str:
    if np.isnan(seconds):
        return "not yet"
    if seconds < hour:
        return f"{seconds / minute:.0f} min"
    return f"{seconds / hour:.1f} h"
