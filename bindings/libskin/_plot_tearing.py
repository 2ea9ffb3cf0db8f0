"""The figures of :mod:`libskin.plot` about tearing: where slits are, how far needles drag, how devices rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D

from libskin._choice import need
from libskin._core import ParameterError, TearingResult, TreatmentResult, Wound
from libskin._plot_style import BLACK, BLUE, GREY, ORANGE, RED, STYLE, new_figure, session_part
from libskin.units import mm, um

if TYPE_CHECKING:
    import xarray as xr

DEGREES = 180.0 / np.pi


def tears(result: TreatmentResult | TearingResult) -> Figure:
    """Where slits are, and how far each needle dragged against what the skin could follow."""
    t = session_part(result, TearingResult, "tearing")
    with mpl.rc_context(STYLE):
        figure = new_figure(10.0, 5.0)
        engine = figure.get_layout_engine()
        if isinstance(engine, ConstrainedLayoutEngine):
            engine.set(rect=(0.0, 0.06, 1.0, 0.94))  # room for the legend
        left, right = figure.subplots(1, 2)
        draw_tear_map(figure, left, t)
        _draw_demand(right, t)
    return figure


# ----------------------------------------------------------------------------------------------- map


def tear_map(result: TreatmentResult | TearingResult, side: float | None = None) -> Figure:
    """The patch from above: round holes, slits at their length and direction, chains of slits that have merged.

    Colour is how deep a slit reaches. ``side`` is the length in m of the square that is shown; about 250 holes if not
    given. Langer lines run along x.
    """
    t = session_part(result, TearingResult, "tearing")
    if side is not None and not 0.0 < side < 1.0:
        raise ParameterError(f"side = {side!r} m is outside (0, 1)")
    with mpl.rc_context(STYLE):
        figure = new_figure(6.6, 6.2)
        draw_tear_map(figure, figure.add_subplot(), t, None if side is None else side / mm)
    return figure


def draw_tear_map(
    figure: Figure, ax: Axes, t: TearingResult, side: float | None = None, legend_at: float = -0.12
) -> None:
    """A square of the middle of the patch; ``side`` in mm, ``legend_at`` in heights of the axes."""
    wound = t.wound
    side = side or _map_side(wound)
    half = 0.5 * side
    centre = [float(np.median(v)) / mm if len(v) else 0.0 for v in (wound.x, wound.y)]
    x, y = wound.x / mm - centre[0], wound.y / mm - centre[1]
    shown = (np.abs(x) < half) & (np.abs(y) < half)
    torn = (t.slit_length > 0.0) & shown
    ax.plot(x[shown & ~torn], y[shown & ~torn], "o", ms=2.4, color=GREY, alpha=0.75, mew=0, zorder=2)
    handles: list[Any] = [Line2D([], [], marker="o", ls="", ms=4, color=GREY, label="round hole")]
    if torn.any():
        _draw_slits(figure, ax, t, x, y, torn)
        handles.append(Line2D([], [], color=BLUE, lw=2.5, label="slit, to scale"))
    if _draw_chains(ax, t, x, y, torn):
        handles.append(Line2D([], [], color=RED, lw=4.5, alpha=0.45, label="merged into a chain"))
    ax.set(xlim=(-half, half), ylim=(-half, half), aspect="equal",
           xlabel="along the Langer lines (mm)", ylabel="across (mm)")  # fmt: skip
    ax.set_title(f"Holes and slits: {100 * t.tear_fraction:.3g} % torn")
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(-0.02, legend_at), ncols=3)


def _ends(t: TearingResult, x: np.ndarray, y: np.ndarray, which: np.ndarray) -> np.ndarray:
    """(slit, end, xy) in mm; a slit whose direction is not known lies along the device."""
    direction = t.wound.slit_direction if len(t.wound.slit_direction) else np.zeros(len(x))
    half = 0.5 * t.slit_length[which] / mm
    along = np.stack([np.cos(direction[which]), np.sin(direction[which])], axis=1) * half[:, None]
    middle = np.stack([x[which], y[which]], axis=1)
    return np.stack([middle - along, middle + along], axis=1)


def _draw_slits(figure: Figure, ax: Axes, t: TearingResult, x: np.ndarray, y: np.ndarray, torn: np.ndarray) -> None:
    depth = t.wound.slit_depth / um
    lines = LineCollection(list(_ends(t, x, y, torn)), cmap="viridis_r", linewidths=2.2, capstyle="round", zorder=4)
    lines.set_array(depth[torn])
    lines.set_clim(0.0, max(float(depth.max()), 1.0))  # the whole patch, not only what is shown
    ax.add_collection(lines)
    figure.colorbar(lines, ax=ax, label="depth to which the slit reaches (µm)", shrink=0.85)


def _draw_chains(ax: Axes, t: TearingResult, x: np.ndarray, y: np.ndarray, torn: np.ndarray) -> bool:
    """A band under the slits of each chain; False if no slit that is shown belongs to one."""
    if len(t.chain) == 0:
        return False
    linked = torn & (t.chain >= 0)
    if not linked.any():
        return False
    ax.add_collection(LineCollection(list(_ends(t, x, y, linked)), colors=RED, linewidths=7.0, alpha=0.4, zorder=3))
    return True


def _map_side(wound: Wound) -> float:
    """Side in mm of a square that shows about 250 holes."""
    density = wound.holes_per_area * mm**2
    if density > 0.0 and len(wound) > 1:
        spread = max(float(np.ptp(wound.x)), float(np.ptp(wound.y))) / mm
        return float(min(max(np.sqrt(250.0 / density), 1.0), max(1.1 * spread, 1.0)))
    return 2.0


def _draw_demand(ax: Axes, t: TearingResult) -> None:
    demand, critical = t.demand / um, t.critical_offset / um
    torn = t.slit_length > 0.0
    ax.plot(critical[~torn], demand[~torn], "o", ms=2.5, color=GREY, alpha=0.7, label="round hole")
    ax.plot(critical[torn], demand[torn], "D", ms=3.5, color=RED, mec=BLACK, mew=0.3, label="slit")
    finite = critical[np.isfinite(critical)]
    top = 1.1 * max(float(demand.max(initial=1.0)), float(finite.max(initial=1.0)))
    ax.plot([0, top], [0, top], color=BLACK, lw=1.0, ls="--", label="drag = what skin follows")
    right = 1.15 * float(finite.max(initial=0.0)) or top
    ax.set(xlim=(0, right), ylim=(0, top),
           xlabel="offset at which the skin cuts (µm)", ylabel="lateral travel in the skin (µm)")  # fmt: skip
    ax.set_title(f"Tear index {t.risk_index:.2g} (90 % band {t.risk_low:.2g} to {t.risk_high:.2g})")
    ax.legend(loc="best")


# ------------------------------------------------------------------------------------------ rankings


def risk_map(ds: xr.Dataset) -> Figure:
    """Tear index over age and side-slip, and the index with its band over age; ``ds`` of :func:`ls.tear_grid`."""
    for name in ("risk_index", "risk_low", "risk_high"):
        if name not in getattr(ds, "data_vars", {}) or tuple(ds[name].dims) != ("age", "side_slip"):
            raise ParameterError("ds is not what ls.tear_grid gave: risk_index over (age, side_slip) with its band")
    age, slip, index = ds["age"].to_numpy(), ds["side_slip"].to_numpy() * DEGREES, ds["risk_index"].to_numpy()
    with mpl.rc_context(STYLE):
        figure = new_figure(10.0, 4.4)
        left, right = figure.subplots(1, 2)
        filled = left.contourf(slip, age, index, levels=np.linspace(0.0, 1.0, 11), cmap="cividis")
        lines = left.contour(slip, age, index, levels=[0.05, 0.2, 0.5, 0.8], colors="white", linewidths=1.0)
        left.clabel(lines, fmt="%g", fontsize=8)
        figure.colorbar(filled, ax=left, label="tear index (1)")
        left.set(xlabel="side-slip (degrees)", ylabel="age (years)")
        left.set_title("Tear index over age and side-slip")
        columns = list(dict.fromkeys((0, len(slip) // 2, len(slip) - 1)))
        for column, colour, dashes in zip(columns, (BLUE, ORANGE, RED), ("-", "--", "-."), strict=False):
            low, high = (ds[name].to_numpy()[:, column] for name in ("risk_low", "risk_high"))
            right.fill_between(age, low, high, color=colour, alpha=0.15, lw=0)
            right.plot(age, index[:, column], color=colour, ls=dashes, lw=1.8, label=f"{slip[column]:.3g}°")
        right.set(xlabel="age (years)", ylabel="tear index (1)", ylim=(0, 1), xlim=(age[0], age[-1]))
        right.set_title("with its 90 % band: what is not known")
        right.legend(title="side-slip", title_fontsize=8, loc="upper left")
    return figure


def tear_devices(results: Mapping[str, TearingResult]) -> Figure:
    """Devices on one scale: how far their needles drag against what the skin follows, and the index with its band."""
    named = dict(results)
    if not named:
        raise ParameterError("results is empty: give a dict of name and TearingResult")
    for name, t in named.items():
        need(t, TearingResult, f"results[{name!r}]")
    with mpl.rc_context(STYLE):
        figure = new_figure(10.4, 1.9 + 0.55 * len(named))
        left, right = figure.subplots(1, 2, sharey=True)
        for row, t in enumerate(named.values()):
            _draw_drag(left, row, t)
            _draw_index(right, row, t)
        left.set_yticks(range(len(named)), list(named))
        left.invert_yaxis()
        left.set(xlabel="lateral length (mm)", xlim=(0, None))
        left.set_title("How far needles drag")
        handles = [
            Line2D([], [], color=BLUE, lw=6, alpha=0.5, label="drag, nine in ten"),
            Line2D([], [], color=BLUE, marker="o", ls="", label="drag, median"),
            Line2D([], [], color=BLACK, lw=2.0, label="offset at which the skin cuts, nine in ten"),
        ]
        left.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
        right.set(xscale="log", xlim=(1e-4, 1.3), xlabel="tear index (1), with its 90 % band")
        right.set_title("What comes of it")
        right.legend(
            handles=[Line2D([], [], color=ORANGE, lw=5, alpha=0.6, label="90 % band"),
                     Line2D([], [], color=BLACK, marker="o", ls="", label="tear index"),
                     Line2D([], [], color=RED, marker="D", ls="", label="share of holes torn")],
            loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3,
        )  # fmt: skip
    return figure


def _draw_drag(ax: Axes, row: int, t: TearingResult) -> None:
    if len(t.demand) == 0:
        return
    low, median, high = np.quantile(t.demand / mm, (0.05, 0.5, 0.95))
    ax.plot([low, high], [row, row], color=BLUE, lw=7, alpha=0.45, solid_capstyle="butt")
    ax.plot([median], [row], "o", color=BLUE, mec=BLACK, mew=0.5)
    there = t.critical_offset[t.critical_offset > 0.0] / mm
    if len(there):
        least, most = np.quantile(there, (0.05, 0.95))
        ax.plot([least, most], [row + 0.28, row + 0.28], color=BLACK, lw=2.0, solid_capstyle="butt")


def _draw_index(ax: Axes, row: int, t: TearingResult) -> None:
    smallest = 1e-4  # left end of the axis: below it stands an arrow
    if t.risk_high <= 0.0:
        ax.text(1.2 * smallest, row, "drags nothing", va="center", fontsize=8, color=GREY)
        return
    ax.plot([max(t.risk_low, smallest), max(t.risk_high, smallest)], [row, row], color=ORANGE, lw=6, alpha=0.6,
            solid_capstyle="butt")  # fmt: skip
    below = t.risk_index < smallest
    ax.plot([max(t.risk_index, smallest)], [row], "<" if below else "o", color=BLACK, zorder=4, clip_on=False)
    if t.tear_fraction > 0.0:
        ax.plot([max(t.tear_fraction, smallest)], [row - 0.22], "D", color=RED, mec=BLACK, mew=0.4, ms=5, zorder=4)
