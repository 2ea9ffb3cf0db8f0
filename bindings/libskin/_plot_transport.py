"""The figures of :mod:`libskin.plot` that show products in skin: sections, deliveries side by side, particles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from libskin._choice import need
from libskin._core import Closure, DeliveryResult, ParameterError, Skin
from libskin._plot_style import BLACK, BLUE, GREEN, GREY, LAYER_COLOURS, ORANGE, PURPLE, RED, STYLE, new_figure, words
from libskin.units import hour, minute, um

COLOURS = (BLUE, ORANGE, GREEN, RED, PURPLE, GREY)
DECADES = 4  # of concentration that a section shows


def channel_sections(result: DeliveryResult, times: Sequence[float] | None = None) -> Figure:
    """Concentration around one channel at several times: what the resolved cell saw, mirrored at its axis.

    ``times`` in s since the first strike; without: four, crowded at the start. Needs a result of ``model="unit_cell"``
    or ``"slit"`` (then the plane lies across the gape).
    """
    need(result, DeliveryResult, "result")
    section = np.asarray(result.section)
    if section.size == 0:
        raise ParameterError(
            'result has no section: deliver(..., model="unit_cell") or "slit" on needled skin gives one'
        )
    rows = moments(result, times)
    peak = float(section[rows].max())
    depth = result.section_depth / um
    across = np.concatenate([-result.section_radius[::-1], result.section_radius]) / um
    top = _deepest(section[rows], depth)
    with mpl.rc_context(STYLE):
        figure = new_figure(2.4 * len(rows) + 1.2, 4.6)
        panels: Any = figure.subplots(1, len(rows), sharey=True, squeeze=False)[0]
        floor = max(peak, 1e-300) * 10.0**-DECADES
        norm = LogNorm(floor, max(peak, 1e-300))
        image: Any = None
        for ax, row in zip(panels, rows, strict=True):
            half = np.maximum(section[row].T, floor)
            field = np.concatenate([half[:, ::-1], half], axis=1)
            image = ax.pcolormesh(across, depth, field, norm=norm, cmap="viridis", shading="nearest", rasterized=True)
            for border in result.layer_bottom[:-1] / um:
                ax.axhline(border, color="white", lw=0.6, ls=":")
            ax.set(xlabel="distance from the axis (um)", ylim=(top, 0.0))
            ax.set_title(time_words(float(result.time[row])))
        panels[0].set_ylabel("depth below the surface (um)")
        bar = figure.colorbar(image, ax=list(panels), shrink=0.85, pad=0.02)
        bar.set_label("content (kg/m$^3$)")
        names = [name for name in result.compartment if name in LAYER_COLOURS]
        for name, bottom, above in zip(names, result.layer_bottom, [0.0, *result.layer_bottom[:-1]], strict=False):
            middle = 0.5 * (min(bottom / um, top) + above / um)
            if bottom - above > 0.04 * top * um and above / um < top:
                panels[-1].text(across[-1], middle, words(name) + " ", color="white", ha="right", va="center", size=7)
    return figure


def moments(result: DeliveryResult, times: Sequence[float] | None) -> list[int]:
    """Rows of the result nearest to these times; without: four, crowded at the start."""
    if times is None:
        start, end = max(0.0, float(result.time[0])), float(result.time[-1])
        times = [start + f * (end - start) for f in (0.01, 0.08, 0.3, 1.0)]
    rows = [int(np.argmin(np.abs(result.time - t))) for t in times]
    if not rows:
        raise ParameterError("times = [] names no time")
    return rows


def _deepest(section: np.ndarray, depth: np.ndarray) -> float:
    """Down to where anything is to be seen, and a bit on."""
    seen = section.max(axis=(0, 1)) > section.max() * 10.0**-DECADES
    return float(min(1.15 * depth[seen].max(), depth[-1])) if seen.any() else float(depth[-1])


def time_words(t: float) -> str:
    if t < 2.0 * minute:
        return f"{t:.0f} s"
    return f"{t / minute:.0f} min" if t < 2.0 * hour else f"{t / hour:.1f} h"


def deliveries(results: Mapping[str, DeliveryResult]) -> Figure:
    """Deliveries side by side (before and after, open and covered): what arrives, how deep, and where at the end."""
    if not isinstance(results, Mapping) or not results:
        raise ParameterError("results must be a mapping of names to results of deliver(), with at least one")
    for name, result in results.items():
        need(result, DeliveryResult, f"results[{name!r}]")
    if len(results) > len(COLOURS):
        raise ParameterError(f"results has {len(results)} deliveries; up to {len(COLOURS)} can be told apart")
    with mpl.rc_context(STYLE):
        figure = new_figure(11.0, 4.0)
        arrived, deep, profile = figure.subplots(1, 3)
        for (name, d), colour, style in zip(results.items(), COLOURS, ("-", "--", "-.", ":", "-", "--"), strict=False):
            line: Any = {"color": colour, "ls": style, "lw": 1.6}
            hours = d.time / hour
            dose = d.dose if d.dose > 0.0 else 1.0
            arrived.plot(hours, 100.0 * _living_and_beyond(d) / dose, label=name, **line)
            deep.plot(hours, d.penetration_depth(0.9) / um, label=name, **line)
            profile.plot(d.content[-1], d.depth / um, label=name, **line)
        arrived.set(xlabel="time since the first strike (h)", ylabel="share of the dose (%)", ylim=(0, None))
        arrived.set_title("In living skin, blood and receptor")
        deep.set(xlabel="time since the first strike (h)", ylabel="depth (um)", ylim=(0, None))
        deep.set_title("90 % of it in living skin lie above")
        peak = max(float(d.content[-1].max()) for d in results.values())
        floor = 1e-5 * peak if peak > 0.0 else 1e-9
        profile.set(xscale="log", xlabel="content (kg/m$^3$)", ylabel="depth below the surface (um)")
        profile.set_xlim(floor, 3.0 * peak if peak > 0.0 else 1.0)
        shown = max(float(d.depth[d.content[-1] > floor].max(initial=1e-4)) for d in results.values())
        profile.set_ylim(1.05 * shown / um, 0.0)
        profile.set_title(f"Profiles after {time_words(float(next(iter(results.values())).time[-1]))}")
        for border in next(iter(results.values())).layer_bottom / um:
            profile.axhline(border, color=GREY, lw=0.5, ls=":")
        arrived.legend(loc="best")
    return figure


def _living_and_beyond(d: DeliveryResult) -> np.ndarray:
    names = ("viable_epidermis", "papillary_dermis", "reticular_dermis", "cleared", "receptor")
    return np.asarray(np.sum([d.amount[:, d.compartment.index(name)] for name in names], axis=0))


PARTICLES = {"zinc oxide, agglomerate": 1.0 * um, "red blood cell": 8.0 * um}


def entry_window(skin: Skin, closure: Closure, particles: Mapping[str, float] | None = None) -> Figure:
    """How large a particle still enters, over time: the window of entry while channels close.

    A particle jams when it is wider than the mouth over ``skin.tolerance.jamming_factor``. ``particles``: diameters in
    m of lines to draw, by name.
    """
    need(skin, Skin, "skin")
    need(closure, Closure, "closure")
    if not closure or len(closure.time) < 2:
        raise ParameterError("closure is empty: recover(...).closure says how channels close")
    lines = PARTICLES if particles is None else dict(particles)
    mouth = 2.0 * np.asarray(closure.classes.channel_radius) * closure.radius_fraction  # (time, class)
    largest = mouth / skin.tolerance.jamming_factor / um
    share = closure.classes.count / closure.classes.count.sum()
    minutes = closure.time / minute
    shown = minutes > 0.0
    with mpl.rc_context(STYLE):
        figure = new_figure(6.4, 4.2)
        ax = figure.add_subplot()
        low, high = largest.min(axis=1), largest.max(axis=1)
        ax.fill_between(minutes[shown], low[shown], high[shown], color=BLUE, alpha=0.2, lw=0, label="all channels")
        ax.plot(minutes[shown], (largest @ share)[shown], color=BLUE, lw=1.8, label="mean channel")
        for name, diameter in lines.items():
            size = diameter / um
            ax.axhline(size, color=BLACK, lw=0.7, ls="--")
            ax.text(minutes[shown][0], size, f" {name}", va="bottom", size=7, color=BLACK)
        ax.set(xscale="log", yscale="log", xlabel="time since the first strike (min)")
        ax.set_ylabel("largest particle that enters (um)")
        bottom = min([*(s / um for s in lines.values()), float(high[-1])])
        ax.set_ylim(max(0.3 * bottom, 1e-2), 2.0 * float(high.max()))
        ax.set_title("Window of entry for particles")
        ax.legend(loc="upper right")
    return figure
