"""The figures of :mod:`libskin.plot` that compare designs, and the load on the needles of one array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._bench_table import check_bench, is_bench
from libskin._choice import need
from libskin._core import InsertionResult, ParameterError, Stamp, strike_pattern
from libskin._device import USES
from libskin._plot_style import BLACK, BLUE, GREEN, GREY, LAYER_COLOURS, ORANGE, STYLE, new_figure, words
from libskin.units import mm, mN

if TYPE_CHECKING:
    import xarray as xr

KIND_COLOURS = {"pen": (BLUE, "o"), "roller": (ORANGE, "s"), "stamp": (GREEN, "D")}


def bench(ds: xr.Dataset) -> Figure:
    """Designs side by side: depth against setting, force against depth, layers reached; ``ds`` of :func:`ls.bench`."""
    check_bench(ds)
    with mpl.rc_context(STYLE):
        figure = new_figure(12.0, 3.4 + 0.42 * ds.sizes["design"])
        parts: Any = figure.subfigures(2, 1, height_ratios=[1.15, 1.0])
        upper, lower = parts
        left, right = upper.subplots(1, 2)
        _draw_settings(left, _bars_of_bench(ds))
        _draw_trade_off(right, ds)
        _draw_reached(lower.subplots(), ds)
    return figure


def settings(results: Any) -> Figure:
    """Depth (5, 50, 95 %) against what was set, with the line of equality.

    ``results`` is what :func:`ls.bench` gave, or a dict of the setting (m) and the :class:`InsertionResult` with it.
    """
    bars = _bars_of_bench(results) if is_bench(results) else _bars_of_results(results)
    with mpl.rc_context(STYLE):
        figure = new_figure(6.4, 5.2)
        _draw_settings(figure.add_subplot(), bars)
    return figure


def trade_off(ds: xr.Dataset) -> Figure:
    """Depth of each design against the force on one needle that it takes."""
    check_bench(ds)
    with mpl.rc_context(STYLE):
        figure = new_figure(6.4, 5.2)
        _draw_trade_off(figure.add_subplot(), ds)
    return figure


def reached(ds: xr.Dataset) -> Figure:
    """In which layer the tips of each design end, over all strikes and persons."""
    check_bench(ds)
    with mpl.rc_context(STYLE):
        figure = new_figure(9.0, 1.4 + 0.32 * ds.sizes["design"])
        _draw_reached(figure.add_subplot(), ds)
    return figure


# ------------------------------------------------------------------------------- depth against setting

Bar = tuple[str, str, float, Any]  # number of the design, kind, setting [m], depths at 5, 50 and 95 % [m]


def _bars_of_bench(ds: xr.Dataset) -> list[Bar]:
    columns = [ds[name].values for name in ("kind", "setting", "depth_quantile")]
    return [
        (str(k + 1), str(kind).split(",")[0], float(s), q) for k, (kind, s, q) in enumerate(zip(*columns, strict=True))
    ]


def _bars_of_results(results: Any) -> list[Bar]:
    if not isinstance(results, Mapping) or not results:
        raise ParameterError(
            "results must be the Dataset of libskin.bench, or a dict of what was set (m) and its InsertionResult"
        )
    bars = []
    for setting, r in results.items():
        need(r, InsertionResult, f"results[{setting!r}]")
        bars.append(("", "pen", float(setting), [r.depth_quantile(q) for q in (0.05, 0.5, 0.95)]))
    return bars


def _draw_settings(ax: Axes, bars: list[Bar]) -> None:
    """Depth with the middle nine strikes in ten, against what was set; designs of one setting side by side."""
    largest = max(max(s for _, _, s, _ in bars), max((float(q[2]) for *_, q in bars if np.isfinite(q[2])), default=0.0))
    most = max(sum(bar[2] == s for bar in bars) for _, _, s, _ in bars)
    step = 0.028 * largest / mm  # between designs of one setting
    top = 1.06 * largest / mm + 0.5 * step * most
    ax.plot([0, top], [0, top], color=BLACK, lw=1.0, ls="--", zorder=1)
    ax.annotate(
        "reached = set", (0.30 * top, 0.30 * top), xytext=(-4, 4), textcoords="offset points",
        rotation=45, rotation_mode="anchor", transform_rotates_text=True, fontsize=8, ha="center",
    )  # fmt: skip
    for setting in sorted({s for _, _, s, _ in bars}):
        same = [bar for bar in bars if bar[2] == setting]
        half = 0.5 * step * len(same)
        if len(same) > 1:  # one setting, side by side
            ax.axvspan(setting / mm - half, setting / mm + half, color=GREY, alpha=0.12, lw=0, zorder=0)
        for i, (name, kind, _, (low, middle, high)) in enumerate(same):
            colour, marker = KIND_COLOURS[kind]
            x = setting / mm - half + (i + 0.5) * step
            ax.plot([x, x], [low / mm, high / mm], color=colour, lw=2.2, solid_capstyle="butt", zorder=2)
            ax.plot(x, middle / mm, marker, color="white", mec=colour, mew=1.4, ms=5, zorder=3)
            if name:
                ax.annotate(name, (x, high / mm), xytext=(0, 2), textcoords="offset points", fontsize=7, ha="center")
    seen = {kind for _, kind, _, _ in bars}
    if len(seen) > 1:
        for kind in KIND_COLOURS:
            if kind in seen:
                colour, marker = KIND_COLOURS[kind]
                ax.plot([], [], marker=marker, color=colour, mfc="white", mew=1.6, lw=2.2, label=kind)
        ax.legend(loc="upper left")
    ax.set(xlim=(0, top), ylim=(0, top), aspect="equal", xlabel="set (mm)", ylabel="reached: 5, 50, 95 % (mm)")
    ax.set_title("What is set and what is reached")


# ---------------------------------------------------------------------------------- force and depth


def _together(force: Any, depth: Any) -> list[tuple[tuple[float, float], str]]:
    """Points that would hide each other's numbers share one label."""
    found: list[tuple[tuple[float, float], list[str]]] = []
    scale_x, scale_y = np.ptp(np.log(force[np.isfinite(force)])) or 1.0, np.nanmax(depth) or 1.0
    for k, (x, y) in enumerate(zip(force, depth, strict=True)):
        if not np.isfinite(y):
            continue
        for (other_x, other_y), names in found:
            if abs(np.log(x / other_x)) < 0.05 * scale_x and abs(y - other_y) < 0.05 * scale_y:
                names.append(str(k + 1))
                break
        else:
            found.append(((x, y), [str(k + 1)]))
    return [(place, ", ".join(names)) for place, names in found]


def _draw_trade_off(ax: Axes, ds: xr.Dataset) -> None:
    """Median force on one needle against median depth, each with nine persons or strikes in ten; numbered."""
    force, depth = ds["strike_force_quantile"].values / mN, ds["depth_quantile"].values / mm
    for k, kind in enumerate(ds["kind"].values):
        colour, marker = KIND_COLOURS[str(kind).split(",")[0]]
        if not np.isfinite(depth[k, 1]):
            continue
        ax.plot([force[k, 0], force[k, 2]], [depth[k, 1]] * 2, color=colour, lw=0.8, alpha=0.6, zorder=1)
        ax.plot([force[k, 1]] * 2, [depth[k, 0], depth[k, 2]], color=colour, lw=0.8, alpha=0.6, zorder=1)
        ax.plot(force[k, 1], depth[k, 1], marker, color="white", mec=colour, mew=1.4, ms=6, zorder=2)
    for (x, y), names in _together(force[:, 1], depth[:, 1]):
        ax.annotate(names, (x, y), xytext=(5, 4), textcoords="offset points", fontsize=8, zorder=3,
                    bbox={"fc": "white", "ec": "none", "alpha": 0.7, "pad": 0.5})  # fmt: skip
    ax.set(xscale="log", xlabel="largest force on one needle: 5, 50, 95 % of persons (mN)",
           ylabel="reached: 5, 50, 95 % (mm)")  # fmt: skip
    ax.xaxis.set_major_formatter("{x:g}")
    ax.set_ylim(bottom=0)
    ax.set_title("What depth costs in force (numbers: the list of designs)")


# -------------------------------------------------------------------------------------- layers reached


def _draw_reached(ax: Axes, ds: xr.Dataset) -> None:
    """Where tips end: a bar a design, shares by the deepest layer that was reached."""
    reach = ds["reach_probability"].values
    layers = [str(name) for name in ds["layer"].values]
    rows = np.arange(ds.sizes["design"])
    ends = np.concatenate([1.0 - reach[:, :1], reach - np.column_stack([reach[:, 1:], np.zeros(len(rows))])], axis=1)
    left = np.zeros(len(rows))
    names = ["not in the skin", *layers]
    for j, name in enumerate(names):
        colour = LAYER_COLOURS.get(name, "#ffffff")
        share = 100.0 * np.nan_to_num(ends[:, j])
        ax.barh(rows, share, left=left, color=colour, ec=GREY, lw=0.5, height=0.72, label=words(name))
        for row, width in enumerate(share):
            if width >= 4.0:
                dark = name == "stratum_corneum"
                ax.text(left[row] + 0.5 * width, row, f"{width:.0f}", ha="center", va="center", fontsize=7.5,
                        color="white" if dark else BLACK)  # fmt: skip
        left = left + share
    ax.set_yticks(rows, [f"{k + 1}  {words(str(n))}" for k, n in enumerate(ds["design"].values)])
    for label in ax.get_yticklabels():
        label.set_horizontalalignment("right")
    ax.invert_yaxis()
    ax.set(xlim=(0, 100), xlabel="share of strikes on all persons that end in each layer (%)")
    ax.set_title("Where the tips end")
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


# ------------------------------------------------------------------------------------- load sharing


def load_sharing(result: InsertionResult, stamp: Stamp, use: Any) -> Figure:
    """Force and depth of each needle of a stamp in its first press; ``stamp`` and ``use`` as :func:`ls.insert` had."""
    need(result, InsertionResult, "result")
    need(stamp, Stamp, "stamp")
    need(use, USES, "use")
    needles = stamp.rows * stamp.columns
    if len(result.strike_force) < needles:
        raise ParameterError(
            f"result has {len(result.strike_force)} strikes, the stamp {needles} needles: "
            f"insert with n_needles={needles} or more"
        )
    pattern = strike_pattern(stamp, use, needles, result.seed)
    force, depth = result.strike_force[:needles] / mN, result.depth[:needles] / mm
    x, y = pattern.x / mm, pattern.y / mm
    with mpl.rc_context(STYLE):
        figure = new_figure(9.6, 4.2)
        for ax, values, words, unit, colours in zip(
            figure.subplots(1, 2), (force, depth), ("Load on each needle", "Depth of each needle"),
            ("largest force (mN)", "tip depth (mm)"), ("viridis", "cividis"), strict=True,
        ):  # fmt: skip
            size = 0.55 * stamp.pitch / mm
            dots = ax.scatter(x, y, c=values, s=160, cmap=colours, edgecolors=BLACK, linewidths=0.5)
            figure.colorbar(dots, ax=ax, label=unit, shrink=0.85)
            ax.set(xlabel="along the plate (mm)", ylabel="across (mm)", aspect="equal")
            ax.set(xlim=(x.min() - size, x.max() + size), ylim=(y.min() - size, y.max() + size))
            ax.set_title(f"{words}: {values.min():.3g} to {values.max():.3g} {unit[-3:-1]}")
    return figure
