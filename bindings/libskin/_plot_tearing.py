"""The figures of :mod:`libskin.plot` about tearing: where slits are, and what the needles did to make them."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._core import TearingResult, TreatmentResult, Wound
from libskin._plot_style import BLACK, GREY, RED, STYLE, new_figure, session_part
from libskin.units import mm, um


def tears(result: TreatmentResult | TearingResult) -> Figure:
    """Where slits are, and how far each needle dragged against what the skin could follow."""
    t = session_part(result, TearingResult, "tearing")
    with mpl.rc_context(STYLE):
        figure = new_figure(9.0, 4.2)
        left, right = figure.subplots(1, 2)
        draw_tear_map(figure, left, t)
        _draw_demand(right, t)
    return figure


def draw_tear_map(figure: Figure, ax: Axes, t: TearingResult) -> None:
    wound = t.wound
    x, y, slit = wound.x / mm, wound.y / mm, t.slit_length / um
    torn = slit > 0.0
    side = _map_side(wound)
    cx, cy = (float(np.median(x)), float(np.median(y))) if len(x) else (0.0, 0.0)
    # A corner that holds the middle, so that the map shows a square of one size for all devices.
    ax.plot(x[~torn] - cx, y[~torn] - cy, "o", ms=2.2, color=GREY, label="round hole")
    if torn.any():
        dots = ax.scatter(x[torn] - cx, y[torn] - cy, c=slit[torn], s=26, marker="D", cmap="viridis",
                          edgecolors=BLACK, linewidths=0.4, label="slit", zorder=3)  # fmt: skip
        figure.colorbar(dots, ax=ax, label="slit length at the mouth (µm)", shrink=0.85)
    half = 0.5 * side
    ax.set(xlim=(-half, half), ylim=(-half, half), aspect="equal",
           xlabel="along the device (mm)", ylabel="across (mm)")  # fmt: skip
    ax.set_title(f"Holes and slits: {100 * t.tear_fraction:.3g} % torn")
    ax.legend(loc="upper left", bbox_to_anchor=(0.0, -0.14), ncols=2)


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
    ax.set(xlim=(0, top), ylim=(0, top),
           xlabel="offset at which the skin cuts (µm)", ylabel="lateral travel in the skin (µm)")  # fmt: skip
    ax.set_title(f"Tear index {t.risk_index:.2g} (band {t.risk_low:.2g} to {t.risk_high:.2g})")
    ax.legend(loc="best")
