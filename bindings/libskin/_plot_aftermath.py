"""The figures of :mod:`libskin.plot` about what follows needling: barrier, products, healing."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._choice import need
from libskin._core import DeliveryResult, HealingResult, ParameterError, RecoveryResult, TreatmentResult
from libskin._plot_style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    STYLE,
    YELLOW,
    new_figure,
    recovered,
    session_part,
    words,
)
from libskin.units import day, hour, mm

# ------------------------------------------------------------------------------------------ recovery


def recovery(result: TreatmentResult | RecoveryResult) -> Figure:
    """How the barrier closes: each read-out relative to its first value, with its own threshold."""
    rec = session_part(result, RecoveryResult, "recovery")
    with mpl.rc_context(STYLE):
        figure = new_figure(7.2, 4.2)
        draw_recovery(figure.add_subplot(), rec)
    return figure


def draw_recovery(ax: Axes, rec: RecoveryResult) -> None:
    readouts = [
        ("impedance", "electrical impedance", BLUE, "-"),
        ("tewl", "water loss", ORANGE, "--"),
        ("tracer_permeability", "tracer permeability", GREEN, "-."),
        ("staining", "staining", RED, ":"),
        ("optical_opening", "optical opening", PURPLE, (0, (5, 1, 1, 1, 1, 1))),
    ]
    hours = rec.time / hour
    for name, label, colour, dashes in readouts:
        values = getattr(rec, name)
        first = float(values[0]) if len(values) else 0.0
        if not first > 0.0:
            continue
        ax.plot(hours, 100 * values / first, color=colour, ls=dashes, lw=1.6,
                label=f"{label}: {recovered(rec.time_to_recover(name))}")  # fmt: skip
    ax.axhspan(0, 100 * rec.impedance_threshold, color=GREY, alpha=0.15, lw=0, label="closed, by impedance")
    ax.set(xlabel="time since the first strike (h)", ylabel="share of the first value (%)", ylim=(0, 105))
    ax.set_xlim(0, hours[-1])
    ax.set_title("The barrier closes")
    ax.legend(title="read-out: recovered after", title_fontsize=8, loc="upper right")


# ------------------------------------------------------------------------------------------ delivery


def delivery(result: DeliveryResult) -> Figure:
    """Where a product is over time, and how deep it lies."""
    if isinstance(result, TreatmentResult):
        names = ", ".join(result.delivery)
        raise ParameterError(f"result is a whole treatment; plot one product: result.delivery[name] of {names}")
    need(result, DeliveryResult, "result")
    with mpl.rc_context(STYLE):
        figure = new_figure(9.6, 4.8)
        left, right = figure.subplots(1, 2, width_ratios=[1.1, 1.0])
        _draw_amounts(left, result)
        _draw_profiles(right, result)
    return figure


COMPARTMENTS = {
    "donor": ("#cccccc", "on the skin"),
    "evaporated": ("#eeeeee", "evaporated"),
    "wiped": ("#999999", "wiped off"),
    "stratum_corneum": ("#8c6d5a", "stratum corneum"),
    "viable_epidermis": (ORANGE, "viable epidermis"),
    "papillary_dermis": (SKY, "papillary dermis"),
    "reticular_dermis": (BLUE, "reticular dermis"),
    "hypodermis": (YELLOW, "hypodermis"),
    "channels": (PURPLE, "in the channels"),
    "cleared": (GREEN, "cleared by blood and lymph"),
    "receptor": (BLACK, "receptor"),
}


def _draw_amounts(ax: Axes, d: DeliveryResult) -> None:
    """Stacked shares of the dose; what never holds more than 0.05 % is left out of the legend."""
    hours = d.time / hour
    dose = d.dose if d.dose > 0.0 else 1.0
    shares = 100.0 * d.amount / dose
    inside = [k for k, name in enumerate(d.compartment) if name not in ("donor", "evaporated", "wiped")]
    seen = [k for k in inside if shares[:, k].max(initial=0.0) > 0.0]
    base = np.zeros(len(hours))
    for k in reversed(seen):
        name = d.compartment[k]
        colour, label = COMPARTMENTS.get(name, (GREY, words(name)))
        ax.fill_between(hours, base, base + shares[:, k], fc=colour, ec="white", lw=0.3, label=label)
        base = base + shares[:, k]
    top = float(base.max(initial=0.0))
    ax.set(xlabel="time since the first strike (h)", ylabel="share of the dose (%)")
    ax.set_xlim(hours[0], hours[-1])
    ax.set_ylim(0, 1.05 * top if top > 0.0 else 1.0)
    left_over = {n: shares[-1, k] for k, n in enumerate(d.compartment) if k not in inside}
    rest = ", ".join(f"{v:.3g} % {COMPARTMENTS[n][1]}" for n, v in left_over.items() if v > 0.05)
    ax.set_title("What has left the surface" + (f"\n(at the end {rest})" if rest else ""))
    handles, labels = ax.get_legend_handles_labels()
    if handles:
        ax.legend(handles[::-1], labels[::-1], loc="upper center", bbox_to_anchor=(0.45, -0.16), ncols=2)


def _draw_profiles(ax: Axes, d: DeliveryResult) -> None:
    last = float(d.time[-1])
    wanted = [last * f for f in (0.02, 0.1, 0.3, 1.0)]
    rows = sorted({int(np.argmin(np.abs(d.time - t))) for t in wanted})
    colours = mpl.colormaps["viridis"](np.linspace(0.0, 0.85, len(rows)))
    peak = float(np.nanmax(d.concentration, initial=0.0))
    floor = 1e-4 * peak if peak > 0.0 else 1e-9
    styles = ["-", "--", "-.", ":"]
    for colour, row, dashes in zip(colours, rows, styles, strict=False):
        profile = np.where(d.concentration[row] > floor, d.concentration[row], np.nan)
        ax.plot(profile, d.depth / mm, color=colour, ls=dashes, lw=1.6, label=recovered(float(d.time[row])))
    ax.set(xscale="log", xlabel="concentration in tissue (kg/m³)", ylabel="depth (mm)")
    seen = np.flatnonzero((d.concentration > floor).any(axis=0))
    deepest = float(d.depth[seen[-1]]) / mm if len(seen) else 1.0
    ax.set_ylim(max(1.05 * deepest, 0.05), 0)
    if peak > 0.0:
        ax.set_xlim(floor, 2 * peak)
    ax.set_title("How deep it lies")
    ax.legend(title="after", title_fontsize=8, loc="lower right")


# ------------------------------------------------------------------------------------------- healing


def timeline(result: TreatmentResult | HealingResult) -> Figure:
    """Healing over weeks: phases, cells and new collagen."""
    h = result.healing if isinstance(result, TreatmentResult) else result
    need(h, HealingResult, "result")
    with mpl.rc_context(STYLE):
        figure = new_figure(8.4, 6.4)
        bars, cells, collagen = figure.subplots(3, 1, sharex=True, height_ratios=[0.55, 1.2, 1.0])
        starts = session_times(result)
        _draw_phases(bars, h, starts)
        draw_cells(cells, h, starts)
        draw_collagen(collagen, h, starts)
        bars.set_title("Healing")
    return figure


def session_times(result: Any) -> list[float]:
    if isinstance(result, TreatmentResult):
        return [k * result.protocol.interval / day for k in range(result.protocol.sessions)]
    return [0.0]


def _mark_sessions(ax: Axes, starts: list[float]) -> None:
    for start in starts:
        ax.axvline(start, color=GREY, lw=0.8, ls=":")


def _draw_phases(ax: Axes, h: HealingResult, starts: list[float]) -> None:
    """Bars of the three phases in the papillary dermis, counted from the last session."""
    last, end = starts[-1], float(h.time[-1]) / day
    colours = {"inflammation": RED, "proliferation": ORANGE, "remodelling": GREEN}
    found = [p for p in h.phases() if p.layer == "papillary_dermis"]
    for k, phase in enumerate(found):
        begin = last + phase.start / day
        stop = last + phase.end / day if np.isfinite(phase.end) else end
        ax.barh(k, max(stop - begin, 0.0), left=begin, height=0.6, color=colours.get(phase.name, GREY))
        if np.isfinite(phase.peak):
            ax.plot(last + phase.peak / day, k, "|", color=BLACK, ms=12, mew=1.5)
    ax.set_yticks(range(len(found)), [p.name for p in found])
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    _mark_sessions(ax, starts)


def draw_cells(ax: Axes, h: HealingResult, starts: list[float]) -> None:
    k = list(h.layer).index("papillary_dermis")
    days = h.time / day
    for name, colour, dashes in (
        ("neutrophils", RED, "-"),
        ("inflammatory_macrophages", ORANGE, "--"),
        ("repair_macrophages", BLUE, "-."),
        ("fibroblasts", GREEN, ":"),
    ):
        ax.plot(days, getattr(h, name)[:, k], color=colour, ls=dashes, lw=1.5, label=words(name))
    ax.set(ylabel="relative to a\nfull-thickness wound", xlim=(0, days[-1]))
    ax.set_ylim(0, 1.25 * max(ax.get_ylim()[1], 1e-12))  # room for the legend
    ax.set_title("Cells in the papillary dermis")
    ax.legend(loc="upper right", ncols=2)
    _mark_sessions(ax, starts)


def draw_collagen(ax: Axes, h: HealingResult, starts: list[float]) -> None:
    days = h.time / day
    for layer, colour in (("papillary_dermis", BLUE), ("reticular_dermis", ORANGE)):
        k = list(h.layer).index(layer)
        ax.plot(days, 100 * (h.collagen_I[:, k] + h.collagen_III[:, k]), color=colour, lw=1.7,
                label=f"{words(layer)}, types I + III")  # fmt: skip
        ax.plot(days, 100 * h.collagen_III[:, k], color=colour, lw=1.1, ls="--",
                label=f"{words(layer)}, type III")  # fmt: skip
    ax.set(xlabel="days since the first session", ylabel="new collagen\n(% of baseline)")
    ax.set_xlim(0, days[-1])
    top = float(np.nanmax(100 * (h.collagen_I + h.collagen_III), initial=0.0))
    ax.set_ylim(0, 1.4 * top if top > 0.0 else 1.0)  # room for the legend
    ax.set_title("New collagen")
    ax.legend(loc="upper left", ncols=2)
    _mark_sessions(ax, starts)
