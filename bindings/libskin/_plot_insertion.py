"""The figures of :mod:`libskin.plot` about needles going in: force over travel, motion in time, depths."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._choice import need
from libskin._core import InsertionResult, ParameterError, Skin, StrokesResult, TreatmentResult
from libskin._plot_style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    RED,
    STYLE,
    layer_bands,
    new_figure,
    session_part,
    words,
)
from libskin.units import mm

# -------------------------------------------------------------------------------------- force-travel


def force_travel(result: InsertionResult, skin: Skin | None = None) -> Figure:
    """Force on one needle over its travel, split into cutting, spreading and friction; tip and surface below.

    With ``skin`` the entries into its layers are marked, each at the force that it took.
    """
    need(result, InsertionResult, "result")
    if len(result.travel) == 0:
        raise ParameterError(
            "result has no force curve: strikes of a device are not followed; "
            "insert one Needle by Travel, or use plot.depths"
        )
    if skin is not None:
        need(skin, Skin, "skin")
        if len(skin.layers) != len(result.entry_force):
            raise ParameterError(
                f"skin has {len(skin.layers)} layers but the result {len(result.entry_force)}: another skin?"
            )
    entries = entries_of(result, skin)
    with mpl.rc_context(STYLE):
        figure = new_figure(6.4, 5.6)
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[1.5, 1.0])
        draw_force(upper, result, entries)
        for x, _, _ in entries:
            lower.axvline(x, color=RED, lw=0.7, ls=":", zorder=0)
        travel = result.travel / mm
        lower.plot(travel, result.tip_depth / mm, color=BLUE, label="tip below the deflected surface")
        lower.plot(travel, result.deflection / mm, color=ORANGE, ls="--", label="deflection of the surface")
        lower.set(xlabel="base travel (mm)", ylabel="length (mm)")
        lower.legend(loc="upper left")
        upper.set_xlabel("base travel (mm)")
        upper.xaxis.label.set_visible(False)
    return figure


def entries_of(result: InsertionResult, skin: Skin | None) -> list[tuple[float, float, str]]:
    """Travel (mm), force (mN) and name of each entry; without a skin only that of the first puncture is known."""
    if result.puncture_force <= 0.0:
        return []
    tops, names = [0.0], ["puncture"]
    if skin is not None:
        for above, layer in zip(skin.layers, skin.layers[1:], strict=False):
            tops.append(tops[-1] + above.thickness)
            names.append(words(layer.name))
    found = []
    for top, force, name in zip(tops, result.entry_force, names, strict=False):
        deeper = np.flatnonzero(result.tip_depth > top * (1.0 + 1e-9))  # at the border it still rests
        if len(deeper) and np.isfinite(force):
            found.append((float(result.travel[deeper[0]]) / mm, float(force) / 1e-3, name))
    return found


def draw_force(ax: Axes, result: InsertionResult, entries: list[tuple[float, float, str]]) -> None:
    travel = result.travel / mm
    parts = [
        ("cutting", result.cutting_force, BLUE, "///"),
        ("spreading", result.spreading_force, ORANGE, "..."),
        ("wall friction", result.friction_force, GREEN, "xxx"),
    ]
    base = np.zeros_like(travel)
    for name, force, colour, hatch in parts:
        top = base + force / 1e-3
        ax.fill_between(travel, base, top, fc=colour, alpha=0.35, lw=0, hatch=hatch, ec=colour, label=name)
        base = top
    ax.plot(travel, result.force / 1e-3, color=BLACK, lw=1.6, label="total (before entry: the skin pressed in)")
    highest = max(float(result.force.max()) / 1e-3, *(force for _, force, _ in entries), 1e-6)
    _mark_entries(ax, entries, highest)
    ax.set(ylabel="axial force (mN)", title="Force on one needle")
    ax.set_ylim(0, 1.2 * highest)
    ax.margins(x=0.0)
    ax.legend(loc="upper left", fontsize=7.5)


def _mark_entries(ax: Axes, entries: list[tuple[float, float, str]], highest: float) -> None:
    """A numbered dot at each entry, named in the legend; numbers of entries that lie close are stacked."""
    width = max(float(ax.dataLim.x1), 1e-9)
    last_x, height = -width, 0.0
    for k, (x, force, name) in enumerate(entries, 1):
        ax.plot(x, force, "o", color=RED, ms=5, zorder=5, clip_on=False, label=f"{k}: {name} {force:.3g} mN")
        close = x - last_x < 0.05 * width
        height = max(force, height if close else 0.0) + 0.06 * highest
        ax.text(x, height, str(k), color=RED, fontsize=8, ha="center", va="center", zorder=6)
        last_x = x


# ------------------------------------------------------------------------------------------- strokes


def strokes(result: StrokesResult) -> Figure:
    """Needle base, tip and surface over time, and the force on one needle: an impact or the strokes of a pen."""
    need(result, StrokesResult, "result")
    if len(result.time) == 0:
        raise ParameterError("result has no motion: the use has no velocity or no travel")
    with mpl.rc_context(STYLE):
        figure = new_figure(7.2, 5.6)
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[1.6, 1.0])
        time = result.time / 1e-3
        upper.plot(time, result.carrier / mm, color=GREY, lw=1.0, label="needle base beyond first touch")
        upper.plot(time, result.tip_depth / mm, color=BLUE, lw=1.6, label="tip below the deflected surface")
        upper.plot(time, result.deflection / mm, color=ORANGE, ls="--", label="deflection of the surface")
        if result.nose_lift.max() > 0.0:
            upper.plot(time, result.nose_lift / mm, color=GREEN, ls=":", label="lift of the nose")
        upper.axhline(0.0, color=BLACK, lw=0.6)
        upper.set(ylabel="length (mm)", title="Motion in time")
        upper.set_ylim(top=1.35 * upper.get_ylim()[1])  # room for the legend above the curves
        upper.legend(loc="upper right", ncols=2)
        lower.plot(time, result.force / 1e-3, color=BLACK, lw=1.2)
        lower.axhline(0.0, color=BLACK, lw=0.6)
        lower.set(xlabel="time (ms)", ylabel="force on one needle (mN)")
        lower.margins(x=0.0)
        upper.set_xlabel("time (ms)")
        upper.xaxis.label.set_visible(False)
    return figure


# -------------------------------------------------------------------------------------------- depths


def depths(result: TreatmentResult | InsertionResult, skin: Skin | None = None, setting: float | None = None) -> Figure:
    """Histogram of reached depth against the layers of the skin, with the line of what was set.

    ``skin`` and ``setting`` come from the treatment; with a plain :class:`InsertionResult` give ``skin`` to see layers
    and ``setting`` (m) to see the line.
    """
    part = session_part(result, InsertionResult, "insertion")
    if isinstance(result, TreatmentResult):
        skin = skin or result.skin
        setting = setting if setting is not None else result.summary.setting
    with mpl.rc_context(STYLE):
        figure = new_figure(6.4, 4.6)
        draw_depths(figure.add_subplot(), part, skin, setting)
    return figure


def draw_depths(ax: Axes, r: InsertionResult, skin: Skin | None, setting: float | None) -> None:
    depth = r.depth / mm
    bottom = 1.12 * max(float(depth.max(initial=0.0)), (setting or 0.0) / mm, 0.25)
    if skin is not None:
        layer_bands(ax, skin, bottom)
    else:
        ax.set_ylim(bottom, -0.04 * bottom)
    counts, edges = np.histogram(depth, bins=40, range=(0.0, bottom))
    share = 100.0 * counts / max(len(depth), 1)
    ax.barh(edges[:-1], share, height=np.diff(edges), align="edge", color=BLUE, ec="white", lw=0.3, zorder=2)
    widest = max(float(share.max(initial=0.0)), 1.0)
    ax.set_xlim(0, 1.45 * widest)
    mean = r.depth_mean / mm
    ax.plot([0, 1.45 * widest], [mean, mean], color=BLACK, lw=1.2, zorder=3)
    lines = [(mean, f"mean {mean:.2f} mm", BLACK)]
    if setting is not None:
        ax.plot([0, 1.45 * widest], [setting / mm, setting / mm], color=RED, lw=1.4, ls="--", zorder=3)
        lines.append((setting / mm, f"set {setting / mm:g} mm", RED))
    close = len(lines) == 2 and abs(lines[0][0] - lines[1][0]) < 0.06 * bottom
    for k, (y, text, colour) in enumerate(lines):
        below = close and y == max(v[0] for v in lines)
        ax.text(1.43 * widest, y, text, color=colour, fontsize=8, ha="right", zorder=4,
                va="top" if below or (close and k == 1 and lines[0][0] == y) else "bottom")  # fmt: skip
    ax.set(xlabel="share of strikes (%)", ylabel="reached depth (mm)", title="Depth reached by each strike")
