"""Figures of recovery: every observable with its threshold and band, and the door that closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from libskin._choice import need
from libskin._core import ParameterError, RecoveryBand, RecoveryResult
from libskin._plot_style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, STYLE
from libskin.units import hour, minute, um

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["door", "observables"]

READ_OUTS = (
    ("impedance", "impedance: pore admittance", BLUE),
    ("tewl", "water loss: excess", ORANGE),
    ("tracer_permeability", "tracer: permeability", GREEN),
    ("staining", "staining: share of pores", RED),
    ("optical_opening", "tomography: radius seen", PURPLE),
)
SMALL = {  # what a hole lets in: diameters, for the eye
    "bacterium": 1.0 * um,
    "pigment, dust": 10.0 * um,
}


def observables(result: RecoveryResult, band: RecoveryBand | None = None, covers: Sequence[tuple[float, float]] = (),
                ) -> Figure:  # fmt: skip
    """Every read-out on axes of its own, over its first value, with its threshold, its time, and its 90 % band.

    Parameters
    ----------
    result
        From :func:`libskin.recover`.
    band
        From :func:`libskin.recovery_band` with the same arguments; ``None``: no bands.
    covers
        Stretches under a cover, s, to be shaded.

    Raises
    ------
    ParameterError
        ``result`` never had open channels, or ``band`` has other times.
    """
    need(result, RecoveryResult, "result")
    if not len(result.time) or not result.impedance[0] > 0.0:
        raise ParameterError("result has no open channels: nothing recovers")
    if band is not None:
        need(band, RecoveryBand, "band")
        if not np.array_equal(band.time, result.time):
            raise ParameterError("band has other times than result: give recovery_band the same arguments")
    thresholds = {
        "impedance": result.impedance_threshold,
        "tewl": result.tewl_threshold,
        "tracer_permeability": result.impedance_threshold,
        "staining": result.staining_threshold,
        "optical_opening": result.optical_threshold / max(result.optical_opening[0], 1e-12),
    }
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(11.0, 5.8), layout="constrained")
        axes = figure.subplots(2, 3).ravel()
        for ax, (name, words, colour) in zip(axes, READ_OUTS, strict=False):
            _draw_read_out(ax, result, band, name, thresholds[name], colour)
            ax.set_title(words)
        _draw_times(axes[5], result, band)
        for ax in axes[:5]:
            for a, b in covers:
                ax.axvspan(a / hour, b / hour, color="#f2e9c9", lw=0, zorder=0)
            ax.set(xscale="log", xlim=(_first(result), result.time[-1] / hour), ylim=(0, 1.04))
            ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
            ax.set_xlabel("time since the first strike (h)")
        for ax in (axes[0], axes[3]):
            ax.set_ylabel("over the first value")
    return figure


def _draw_read_out(ax: Axes, r: RecoveryResult, band: RecoveryBand | None, name: str, threshold: float,
                   colour: str) -> None:  # fmt: skip
    values = np.asarray(getattr(r, name))
    first = values[0] if values[0] > 0.0 else 1.0
    if band is not None:
        row = list(band.observable).index(name)
        ax.fill_between(r.time / hour, band.curve_low[row], band.curve_high[row], color=colour, alpha=0.22, lw=0)
    ax.plot(r.time / hour, values / first, color=colour, lw=1.8)
    ax.axhline(threshold, color=GREY, lw=1.0, ls=":")
    ax.text(
        0.02, threshold + 0.015, "counts as recovered", fontsize=7.5, color=GREY, transform=ax.get_yaxis_transform()
    )
    t = r.time_to_recover(name)
    if np.isfinite(t):
        ax.plot([t / hour], [threshold], "o", color=colour, mec=BLACK, ms=6, zorder=5)
    ax.text(0.97, 0.93, _said(t), transform=ax.transAxes, ha="right", va="top", fontsize=9, color=colour)


def _first(r: RecoveryResult) -> float:
    """Where a logarithmic axis of time starts, h: a minute, or sooner when the run is short."""
    return float(min(minute, 0.01 * r.time[-1])) / hour


def _said(seconds: float) -> str:
    if np.isnan(seconds):
        return "not within this time"
    return f"{seconds / minute:.0f} min" if seconds < hour else f"{seconds / hour:.3g} h"


def _draw_times(ax: Axes, r: RecoveryResult, band: RecoveryBand | None) -> None:
    """When each is back, with 5 to 95 % of the persons; an arrow where that is later than what was followed."""
    end = r.time[-1] / hour
    known = [r.time_to_recover(name) / hour for name, _, _ in READ_OUTS]
    least = min([t for t in known if np.isfinite(t) and t > 0.0], default=0.1)
    for k, (name, _, colour) in enumerate(READ_OUTS):
        if band is not None:
            row = list(band.observable).index(name)
            low, high = band.low[row] / hour, band.high[row] / hour
            if np.isfinite(low):
                least = min(least, max(low, 1e-3))
                ax.plot([low, high if np.isfinite(high) else end], [-k, -k], color=colour, lw=7, alpha=0.35,
                        solid_capstyle="butt")  # fmt: skip
            if not np.isfinite(high):
                ax.annotate("", (end * 1.5, -k), (end * 0.98, -k), arrowprops={"arrowstyle": "->", "color": colour})
        if np.isfinite(known[k]):
            ax.plot([known[k]], [-k], "o", color=colour, mec=BLACK, ms=7)
        else:
            ax.text(end, -k + 0.22, "later", color=colour, fontsize=8, ha="center")
    ax.set_yticks([-k for k in range(len(READ_OUTS))], [words.split(":")[0] for _, words, _ in READ_OUTS])
    ax.set(xscale="log", xlim=(least / 2, end * 1.6), ylim=(-len(READ_OUTS) + 0.4, 0.7), xlabel="recovered after (h)")
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("When each is back" + ("" if band is None else ", 90 % of persons"))


def door(open_air: RecoveryResult, covered: RecoveryResult, resolved: RecoveryResult | None = None) -> Figure:
    """How long the door stays open: the channel closing by depth, what it still lets in, and how much of it is open.

    Parameters
    ----------
    open_air, covered
        From :func:`libskin.recover`, the same wound and duration.
    resolved
        The same in open air with ``closure_model="depth_resolved"``, for the section of the channel; ``None``: without.
    """
    for result, name in ((open_air, "open_air"), (covered, "covered")):
        need(result, RecoveryResult, name)
    if resolved is not None and not resolved.hole_radius.size:
        raise ParameterError("resolved has no radius by depth: recover it with closure_model='depth_resolved'")
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(11.5 if resolved is not None else 8.0, 4.2), layout="constrained")
        axes = list(figure.subplots(1, 3 if resolved is not None else 2))
        if resolved is not None:
            _draw_section(axes.pop(0), resolved)
        _draw_particles(axes[0], open_air, covered)
        _draw_area(axes[1], open_air, covered)
    return figure


def _draw_section(ax: Axes, r: RecoveryResult) -> None:
    """The middle channel at several times, both walls."""
    depth = np.asarray(r.hole_depth) / um
    wanted = np.array([0.0, 10 * minute, 2 * hour, 12 * hour, 24 * hour, 48 * hour])
    shades = mpl.colormaps["viridis"](np.linspace(0.0, 0.85, len(wanted)))
    for t, colour in zip(wanted, shades, strict=True):
        if t > r.time[-1]:
            break
        row = int(np.argmin(np.abs(np.asarray(r.time) - t)))
        radius = np.asarray(r.hole_radius)[row] / um
        label = _said(float(r.time[row])) if t else "at once"
        ax.plot(radius, depth, color=colour, lw=1.6, label=label)
        ax.plot(-radius, depth, color=colour, lw=1.6)
    ax.axhline(0, color=BLACK, lw=1.0)
    ax.invert_yaxis()
    ax.set(xlabel="from the axis (µm)", ylabel="depth (µm)")
    ax.set_title("The channel closes")
    ax.legend(loc="lower right")


def _draw_particles(ax: Axes, open_air: RecoveryResult, covered: RecoveryResult) -> None:
    """The largest particle that enters; nothing once the mouth is dry."""
    for r, colour, label in ((open_air, BLUE, "open air"), (covered, ORANGE, "covered")):
        size = np.asarray(r.largest_particle) / um
        ax.fill_between(r.time / hour, 0, size, color=colour, alpha=0.18, lw=0)
        ax.plot(r.time / hour, size, color=colour, lw=1.8, label=label)
    for words, diameter in SMALL.items():
        ax.axhline(diameter / um, color=GREY, lw=0.9, ls=":")
        ax.text(0.98, diameter / um, words, color=GREY, fontsize=7.5, ha="right", va="bottom",
                transform=ax.get_yaxis_transform())  # fmt: skip
    ax.set(xscale="log", xlim=(_first(covered), covered.time[-1] / hour), ylim=(0, None),
           xlabel="time since the first strike (h)", ylabel="largest particle that enters (µm)")  # fmt: skip
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Window of entry")
    ax.legend(loc="upper right")


def _draw_area(ax: Axes, open_air: RecoveryResult, covered: RecoveryResult) -> None:
    for r, colour, label in ((open_air, BLUE, "open air"), (covered, ORANGE, "covered")):
        area = np.asarray(r.open_area)
        ax.plot(r.time / hour, 100 * area / max(open_air.open_area[0], 1e-300), color=colour, lw=1.8,
                label=f"{label}: closed to impedance after {_said(r.time_to_recover('impedance'))}")  # fmt: skip
        t = r.time_to_recover("impedance")
        if np.isfinite(t):
            ax.axvline(t / hour, ymax=0.8, color=colour, lw=1.0, ls="--")
    ax.set(xscale="log", xlim=(_first(covered), covered.time[-1] / hour), ylim=(0, 135),
           xlabel="time since the first strike (h)", ylabel="wet open area (% of the first)")  # fmt: skip
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Open area")
    ax.legend(loc="upper right")
