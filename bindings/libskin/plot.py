"""Figures of results: matplotlib Figures with units on every axis and colours that the colour-blind tell apart.

Every function returns a :class:`matplotlib.figure.Figure`; nothing is shown, nothing global is touched.

>>> import libskin as ls
>>> r = ls.insert(ls.Skin.preset("forearm_volar"), ls.Needle(), ls.Travel(1e-3))
>>> figure = ls.plot.force_travel(r)
>>> figure.axes[0].get_xlabel()
'base travel (mm)'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from libskin._choice import need
from libskin._core import (
    DeliveryResult,
    HealingResult,
    InsertionResult,
    ParameterError,
    RecoveryResult,
    SessionResult,
    Skin,
    Stamp,
    StrokesResult,
    TearingResult,
    TreatmentResult,
    Wound,
)
from libskin._device import Use
from libskin.units import day, hour, minute, mm, um

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "bench",
    "delivery",
    "depths",
    "door",
    "force_travel",
    "load_sharing",
    "observables",
    "overview",
    "reached",
    "recovery",
    "section",
    "settings",
    "strokes",
    "tears",
    "timeline",
    "trade_off",
]

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


def _figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _session(result: Any, kind: type, member: str) -> Any:
    """``result`` itself when it is of that kind, or that part of a treatment's first session."""
    if isinstance(result, TreatmentResult | SessionResult):
        return getattr(result, member)
    need(result, (kind, TreatmentResult, SessionResult), "result")
    return result


# ------------------------------------------------------------------------------------------- section


def section(result: TreatmentResult | Wound, skin: Skin | None = None) -> Figure:
    """A vertical cut through the needled skin, to scale: layers, channels, slits and blood.

    ``result`` is a treatment, or a wound together with its ``skin``.
    """
    with mpl.rc_context(STYLE):
        figure = _figure(9.0, 4.6)
        _draw_section(figure.add_subplot(), *_wound_and_skin(result, skin), _setting(result))
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


def _layer_bands(ax: Axes, skin: Skin, bottom: float, *, names: bool = True) -> None:
    """Layers as bands over depth in mm; names at the right edge, outside of thin ones."""
    top = 0.0
    for layer in skin.layers:
        lower = min(top + layer.thickness / mm, bottom)
        if lower <= top:
            break
        colour = LAYER_COLOURS.get(layer.name, "#eeeeee")
        ax.axhspan(top, lower, color=colour, lw=0, zorder=0)
        top = lower
    ax.set_ylim(bottom, -0.04 * bottom)
    if not names:
        return
    # Names beside the axes at the middle of their bands, pushed apart where bands are thin.
    gap, last, top = 0.085 * bottom, -1.0, 0.0
    for layer in skin.layers:
        lower = min(top + layer.thickness / mm, bottom)
        if lower <= top:
            break
        middle = max(0.5 * (top + lower), last + gap)
        ax.annotate(
            _words(layer.name),
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


def _draw_section(ax: Axes, wound: Wound, skin: Skin, setting: float | None) -> None:
    deepest = float(wound.depth.max()) / mm if len(wound) else 0.5
    bottom = max(1.25 * deepest, 1.15 * (setting or 0.0) / mm, 0.6)
    width = 2.6 * bottom
    _layer_bands(ax, skin, bottom)
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
    entries = _entries(result, skin)
    with mpl.rc_context(STYLE):
        figure = _figure(6.4, 5.6)
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[1.5, 1.0])
        _draw_force(upper, result, entries)
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


def _entries(result: InsertionResult, skin: Skin | None) -> list[tuple[float, float, str]]:
    """Travel (mm), force (mN) and name of each entry; without a skin only that of the first puncture is known."""
    if result.puncture_force <= 0.0:
        return []
    tops, names = [0.0], ["puncture"]
    if skin is not None:
        for above, layer in zip(skin.layers, skin.layers[1:], strict=False):
            tops.append(tops[-1] + above.thickness)
            names.append(_words(layer.name))
    found = []
    for top, force, name in zip(tops, result.entry_force, names, strict=False):
        deeper = np.flatnonzero(result.tip_depth > top * (1.0 + 1e-9))  # at the border it still rests
        if len(deeper) and np.isfinite(force):
            found.append((float(result.travel[deeper[0]]) / mm, float(force) / 1e-3, name))
    return found


def _draw_force(ax: Axes, result: InsertionResult, entries: list[tuple[float, float, str]]) -> None:
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
        figure = _figure(7.2, 5.6)
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
    part = _session(result, InsertionResult, "insertion")
    if isinstance(result, TreatmentResult):
        skin = skin or result.skin
        setting = setting if setting is not None else result.summary.setting
    with mpl.rc_context(STYLE):
        figure = _figure(6.4, 4.6)
        _draw_depths(figure.add_subplot(), part, skin, setting)
    return figure


def _draw_depths(ax: Axes, r: InsertionResult, skin: Skin | None, setting: float | None) -> None:
    depth = r.depth / mm
    bottom = 1.12 * max(float(depth.max(initial=0.0)), (setting or 0.0) / mm, 0.25)
    if skin is not None:
        _layer_bands(ax, skin, bottom)
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


# --------------------------------------------------------------------------------------------- tears


def tears(result: TreatmentResult | TearingResult) -> Figure:
    """Where slits are, and how far each needle dragged against what the skin could follow."""
    t = _session(result, TearingResult, "tearing")
    with mpl.rc_context(STYLE):
        figure = _figure(9.0, 4.2)
        left, right = figure.subplots(1, 2)
        _draw_tear_map(figure, left, t)
        _draw_demand(right, t)
    return figure


def _draw_tear_map(figure: Figure, ax: Axes, t: TearingResult) -> None:
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


# ------------------------------------------------------------------------------------------ recovery


def recovery(result: TreatmentResult | RecoveryResult) -> Figure:
    """How the barrier closes: each read-out relative to its first value, with its own threshold."""
    rec = _session(result, RecoveryResult, "recovery")
    with mpl.rc_context(STYLE):
        figure = _figure(7.2, 4.2)
        _draw_recovery(figure.add_subplot(), rec)
    return figure


def _draw_recovery(ax: Axes, rec: RecoveryResult) -> None:
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
                label=f"{label}: {_recovered(rec.time_to_recover(name))}")  # fmt: skip
    ax.axhspan(0, 100 * rec.impedance_threshold, color=GREY, alpha=0.15, lw=0, label="closed, by impedance")
    ax.set(xlabel="time since the first strike (h)", ylabel="share of the first value (%)", ylim=(0, 105))
    ax.set_xlim(0, hours[-1])
    ax.set_title("The barrier closes")
    ax.legend(title="read-out: recovered after", title_fontsize=8, loc="upper right")


def _recovered(seconds: float) -> str:
    if np.isnan(seconds):
        return "not yet"
    if seconds < hour:
        return f"{seconds / minute:.0f} min"
    return f"{seconds / hour:.1f} h"


# ------------------------------------------------------------------------------------------ delivery


def delivery(result: DeliveryResult) -> Figure:
    """Where a product is over time, and how deep it lies."""
    if isinstance(result, TreatmentResult):
        names = ", ".join(result.delivery)
        raise ParameterError(f"result is a whole treatment; plot one product: result.delivery[name] of {names}")
    need(result, DeliveryResult, "result")
    with mpl.rc_context(STYLE):
        figure = _figure(9.6, 4.8)
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
        colour, label = COMPARTMENTS.get(name, (GREY, _words(name)))
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
        ax.plot(profile, d.depth / mm, color=colour, ls=dashes, lw=1.6, label=_recovered(float(d.time[row])))
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
        figure = _figure(8.4, 6.4)
        bars, cells, collagen = figure.subplots(3, 1, sharex=True, height_ratios=[0.55, 1.2, 1.0])
        starts = _session_times(result)
        _draw_phases(bars, h, starts)
        _draw_cells(cells, h, starts)
        _draw_collagen(collagen, h, starts)
        bars.set_title("Healing")
    return figure


def _session_times(result: Any) -> list[float]:
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


def _draw_cells(ax: Axes, h: HealingResult, starts: list[float]) -> None:
    k = list(h.layer).index("papillary_dermis")
    days = h.time / day
    for name, colour, dashes in (
        ("neutrophils", RED, "-"),
        ("inflammatory_macrophages", ORANGE, "--"),
        ("repair_macrophages", BLUE, "-."),
        ("fibroblasts", GREEN, ":"),
    ):
        ax.plot(days, getattr(h, name)[:, k], color=colour, ls=dashes, lw=1.5, label=_words(name))
    ax.set(ylabel="relative to a\nfull-thickness wound", xlim=(0, days[-1]))
    ax.set_ylim(0, 1.25 * max(ax.get_ylim()[1], 1e-12))  # room for the legend
    ax.set_title("Cells in the papillary dermis")
    ax.legend(loc="upper right", ncols=2)
    _mark_sessions(ax, starts)


def _draw_collagen(ax: Axes, h: HealingResult, starts: list[float]) -> None:
    days = h.time / day
    for layer, colour in (("papillary_dermis", BLUE), ("reticular_dermis", ORANGE)):
        k = list(h.layer).index(layer)
        ax.plot(days, 100 * (h.collagen_I[:, k] + h.collagen_III[:, k]), color=colour, lw=1.7,
                label=f"{_words(layer)}, types I + III")  # fmt: skip
        ax.plot(days, 100 * h.collagen_III[:, k], color=colour, lw=1.1, ls="--",
                label=f"{_words(layer)}, type III")  # fmt: skip
    ax.set(xlabel="days since the first session", ylabel="new collagen\n(% of baseline)")
    ax.set_xlim(0, days[-1])
    top = float(np.nanmax(100 * (h.collagen_I + h.collagen_III), initial=0.0))
    ax.set_ylim(0, 1.4 * top if top > 0.0 else 1.0)  # room for the legend
    ax.set_title("New collagen")
    ax.legend(loc="upper left", ncols=2)
    _mark_sessions(ax, starts)


# ------------------------------------------------------------------------------------------ overview


def overview(result: TreatmentResult) -> Figure:
    """One page: section, depths, tears, barrier, products and healing of a whole treatment."""
    need(result, TreatmentResult, "result")
    with mpl.rc_context(STYLE):
        figure = _figure(13.0, 14.0)
        grid = figure.add_gridspec(4, 2, height_ratios=[1.0, 1.0, 1.0, 1.0])
        title = result.protocol.title or result.protocol.id
        figure.suptitle(f"{title}\n{_who(result)}", fontsize=12, x=0.01, ha="left")
        _draw_section(figure.add_subplot(grid[0, :]), result.bleeding.wound, result.skin, result.summary.setting)
        _draw_depths(figure.add_subplot(grid[1, 0]), result.insertion, result.skin, result.summary.setting)
        _draw_tear_map(figure, figure.add_subplot(grid[1, 1]), result.tearing)
        _draw_recovery(figure.add_subplot(grid[2, 0]), result.recovery)
        _draw_products(figure.add_subplot(grid[2, 1]), result)
        starts = _session_times(result)
        _draw_cells(figure.add_subplot(grid[3, 0]), result.healing, starts)
        figure.axes[-1].set_xlabel("days since the first session")
        _draw_collagen(figure.add_subplot(grid[3, 1]), result.healing, starts)
    return figure


def _who(result: TreatmentResult) -> str:
    person = result.skin.person
    sex = "" if person.sex == "unspecified" else f", {person.sex}"
    return f"{result.skin.id}, {person.age_years:g} years{sex}; seed {result.provenance.seed}"


def _draw_products(ax: Axes, result: TreatmentResult) -> None:
    """Delivered share of each product over time: in living skin, cleared, or below."""
    if not result.delivery:
        ax.text(0.5, 0.5, "no product was put on", ha="center", va="center", transform=ax.transAxes)
        ax.set_axis_off()
        return
    living = {"viable_epidermis", "papillary_dermis", "reticular_dermis", "hypodermis", "cleared", "receptor"}
    styles = [(BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (RED, ":"), (PURPLE, (0, (5, 1, 1, 1)))]
    for (name, d), (colour, dashes) in zip(result.delivery.items(), styles * 4, strict=False):
        columns = [k for k, c in enumerate(d.compartment) if c in living]
        dose = d.dose if d.dose > 0.0 else 1.0
        ax.plot(d.time / hour, 100 * d.amount[:, columns].sum(axis=1) / dose, color=colour, ls=dashes, lw=1.7,
                label=f"{name}: {100 * d.delivered / dose:.3g} %")  # fmt: skip
    ax.set(xlabel="time since the first strike (h)", ylabel="in or past living skin (% of dose)")
    ax.set_ylim(bottom=0)
    ax.set_title("Products")
    ax.legend(loc="upper left")


# --------------------------------------------------------------------------------- designs and arrays


def bench(ds: xr.Dataset) -> Figure:
    """Designs side by side: depth against setting, force against depth, layers reached; ``ds`` of :func:`ls.bench`."""
    from libskin import _plot_bench

    return _plot_bench.bench(ds)


def settings(results: xr.Dataset | Mapping[float, InsertionResult]) -> Figure:
    """Depth (5, 50, 95 %) against what was set, with the line of equality.

    ``results`` is what :func:`ls.bench` gave, or a dict of the setting (m) and the :class:`InsertionResult` with it.
    """
    from libskin import _plot_bench

    return _plot_bench.settings(results)


def trade_off(ds: xr.Dataset) -> Figure:
    """Depth of each design against the force on one needle that it takes."""
    from libskin import _plot_bench

    return _plot_bench.trade_off(ds)


def reached(ds: xr.Dataset) -> Figure:
    """In which layer the tips of each design end, over all strikes and persons."""
    from libskin import _plot_bench

    return _plot_bench.reached(ds)


def load_sharing(result: InsertionResult, stamp: Stamp, use: Use) -> Figure:
    """Force and depth of each needle of a stamp in its first press; ``stamp`` and ``use`` as :func:`ls.insert` had."""
    from libskin import _plot_bench

    return _plot_bench.load_sharing(result, stamp, use)


from libskin._plot_recovery import door, observables  # noqa: E402 - it draws with the style above
from libskin._plot_transport import channel_sections, deliveries, entry_window  # noqa: E402

__all__ += ["channel_sections", "deliveries", "entry_window"]
