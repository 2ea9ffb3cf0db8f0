"""Figures of validation reports: all cases on one axis, and one figure a case."""

from __future__ import annotations

import math
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from libskin._core import Travel
from libskin._plot_insertion import draw_force, entries_of
from libskin._plot_style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY, STYLE
from libskin.units import mm, um
from libskin.validation import insertion, tearing_figures, transport_figures
from libskin.validation.data import Case
from libskin.validation.draw import Stream
from libskin.validation.recovery_figures import PICTURES as RECOVERY_PICTURES
from libskin.validation.runner import Outcome, Report, Variant, Verdict, World

__all__ = ["all_figures", "case_figure", "overview"]

COLOURS = {Verdict.inside: GREEN, Verdict.known_miss: RED, Verdict.outside: RED, Verdict.changed: RED}
MARKERS = {"calibration": "s", "validation": "o", "context": "^"}


def all_figures(report: Report) -> dict[str, Figure]:
    """``overview`` and a figure for each case that was run."""
    figures = {"overview": overview(report)}
    for case in dict.fromkeys(o.case.id for o in report.outcomes):
        outcomes = [o for o in report.outcomes if o.case.id == case]
        if any(o.verdict is not Verdict.not_run for o in outcomes):
            figures[case] = case_figure(outcomes, report)
    return figures


def _figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


# ----------------------------------------------------------------------------------------- overview


def overview(report: Report) -> Figure:
    """Predicted over measured of every check with a number, a row a case."""
    points = [o for o in report.outcomes if o.check.numeric and o.predicted > 0.0 and o.check.measured[0] > 0.0]
    rows = {o.case.id: [p for p in points if p.case.id == o.case.id] for o in points}
    heights = [max(1.0, 0.25 * len(own)) for own in rows.values()]
    bottoms = np.cumsum(heights)
    with mpl.rc_context(STYLE):
        figure = _figure(9.5, 1.9 + 0.24 * sum(heights))
        ax = figure.subplots()
        ax.axvspan(0.5, 2.0, color="#eeeeee", lw=0, zorder=0)
        ax.axvline(1.0, color=BLACK, lw=1.0, zorder=1)
        for own, height, bottom in zip(rows.values(), heights, bottoms, strict=True):
            for k, o in enumerate(own):
                _ratio(ax, o, bottom - height * (1.0 - (k + 1) / (len(own) + 1)))
            ax.axhline(bottom, color=GREY, lw=0.3, alpha=0.5, zorder=0)
        ratios = [o.predicted / o.check.measured[0] for o in points]
        ax.set(xscale="log", xlim=(min(ratios, default=0.5) / 2.0, max(ratios, default=2.0) * 2.0),
               ylim=(sum(heights), 0.0), xlabel="predicted over measured; grey: within a factor 2")  # fmt: skip
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
        ax.set_yticks(bottoms - 0.5 * np.array(heights), [_row_name(own[0].case) for own in rows.values()])
        yes, total = report.in_band()
        ax.set_title(f"Predicted against measured: {yes} of {total} in their band", loc="left")
        figure.legend(handles=_overview_legend(), loc="outside lower center", ncols=4)
    return figure


def _row_name(case: Case, longest: int = 52) -> str:
    title = case.title
    if len(title) > longest:
        title = title[:longest].rsplit(" ", 1)[0].rstrip(" ,:;") + " ..."
    return f"{title}  {case.id}"


def _ratio(ax: Axes, o: Outcome, y: float) -> None:
    colour, (value, low, high) = COLOURS[o.verdict], o.check.measured
    if math.isfinite(o.band[0]):
        ax.plot(np.maximum(o.band, 1e-12) / value, [y, y], color=colour, lw=2.5, alpha=0.35, zorder=2)
    ax.plot(np.array([max(low, 1e-12), high]) / value, [y, y], color=BLACK, lw=0.8, zorder=3)
    ax.plot([o.predicted / value], [y], MARKERS[o.check.use], color=colour, ms=5, mec=BLACK, mew=0.5, zorder=4)


def _micro(text: str) -> str:
    return text.replace(" um", " µm")


def _overview_legend() -> list[Line2D]:
    use = [Line2D([], [], color="white", mec=BLACK, marker=m, ls="", label=name) for name, m in MARKERS.items()]
    return [
        *use,
        Line2D([], [], color=GREEN, marker="o", ls="", label="inside what is accepted"),
        Line2D([], [], color=RED, marker="o", ls="", label="outside"),
        Line2D([], [], color=GREY, lw=3, alpha=0.5, label="90 % band of the prediction"),
        Line2D([], [], color=BLACK, lw=0.8, label="spread of the measurement"),
    ]


# --------------------------------------------------------------------------------------- one a case


def case_figure(outcomes: list[Outcome], report: Report) -> Figure:
    """The case's own pictures beside its checks; cases without one show the checks alone."""
    case = outcomes[0].case
    pictures = PICTURES.get(case.id, ())
    with mpl.rc_context(STYLE):
        run = [o for o in outcomes if o.verdict is not Verdict.not_run]
        height = max(4.2, 0.42 * len(run) + 1.6)
        figure = _figure(5.6 * (1 + len(pictures)) + 0.8, height)
        axes = np.atleast_1d(figure.subplots(1, 1 + len(pictures)))
        for ax, draw in zip(axes, pictures, strict=False):
            draw(ax, case, report)
        _draw_checks(axes[-1], run)
        figure.suptitle(f"{case.id}: {case.title}", x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def _draw_checks(ax: Axes, outcomes: list[Outcome]) -> None:
    """One line a check, all as multiples of a reference: the measured value, or the edge of what is accepted."""
    for k, o in enumerate(outcomes):
        y, reference = -k, _reference(o)
        low, high = (x / reference if math.isfinite(x) else x for x in o.check.accepted)
        left, right = max(low, 1e-3), min(high, 1e3)
        ax.fill_betweenx([y - 0.32, y + 0.32], left, right, color="#dceefb", lw=0, zorder=0)
        for edge in (low, high):
            if math.isfinite(edge) and edge > 0.0:
                ax.plot([edge, edge], [y - 0.32, y + 0.32], color=SKY, lw=1.2, zorder=1)
        if math.isfinite(o.band[0]):
            ax.plot(np.maximum(np.array(o.band) / reference, 1e-3), [y, y], color=ORANGE, lw=5, alpha=0.55,
                    solid_capstyle="butt", zorder=2)  # fmt: skip
        if o.check.numeric:
            value, least, most = (x / reference for x in o.check.measured)
            ax.errorbar(
                [value], [y], xerr=[[value - least], [most - value]], fmt="D", color=BLACK, ms=5, capsize=3, zorder=4
            )
        ax.plot(
            [max(o.predicted / reference, 1e-3)], [y], "o", color=COLOURS[o.verdict], mec=BLACK, mew=0.6, ms=7, zorder=3
        )
    ax.set_yticks([-k for k in range(len(outcomes))], [_wrapped(o.check.what) for o in outcomes], fontsize=8)
    values = [x for o in outcomes for x in _shown_values(o)]
    ax.set_xscale("log")
    ax.set(xlim=(min([*values, 0.5]) / 1.5, max([*values, 2.0]) * 1.5), ylim=(-len(outcomes) + 0.4, 0.6))
    ax.set_xlabel("multiple of the measured value, or of the edge of what is accepted")
    _plain_log(ax)
    ax.set_title("Checks")
    ax.legend(
        handles=[
            Line2D([], [], color=BLACK, marker="D", ls="", ms=5, label="measured"),
            Line2D([], [], color=GREEN, marker="o", mec=BLACK, ls="", label="predicted, inside"),
            Line2D([], [], color=RED, marker="o", mec=BLACK, ls="", label="predicted, outside"),
            Line2D([], [], color=ORANGE, lw=5, alpha=0.55, label="90 % band"),
            Line2D([], [], color="#dceefb", lw=8, label="accepted"),
        ],
        loc="upper center", bbox_to_anchor=(0.35, -0.14), ncols=3, fontsize=7,
    )  # fmt: skip


def _plain_log(ax: Axes) -> None:
    """Few plain numbers on a logarithmic x axis."""
    low, high = ax.get_xlim()
    ticks = [t * 10.0**k for k in range(-3, 4) for t in ((1, 2, 5) if high < 100 * low else (1,))]
    ax.set_xticks([t for t in ticks if low <= t <= high])
    ax.set_xticks([], minor=True)
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")


def _reference(o: Outcome) -> float:
    if o.check.numeric:
        return o.check.measured[0]
    edges = [x for x in o.check.accepted if math.isfinite(x) and x > 0.0]
    return edges[0] if edges else 1.0


def _shown_values(o: Outcome) -> list[float]:
    reference = _reference(o)
    numbers = [o.predicted, *o.band, *o.check.accepted, *o.check.measured]
    return [x / reference for x in numbers if math.isfinite(x) and x / reference > 1e-3]


def _wrapped(text: str) -> str:
    words, lines, line = _micro(text).split(), [], ""
    for word in words:
        if line and len(line) + len(word) > 36:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def _draw_series(ax: Axes, x: list[float], y: list[float], label: str, colour: str, marker: str = "o") -> None:
    ax.plot(x, y, color=colour, marker=marker, ms=4, lw=1.4, label=label)


def _world(case: Case, report: Report, draw: int | None = None) -> World:
    return World(case, report.variant, None if draw is None else Stream(report.seed, draw))


def _drawn(report: Report, most: int) -> range:
    """A few of the draws: enough for an eye, cheap enough for a figure."""
    return range(min(report.draws, most))


def _draw_tips(ax: Axes, case: Case, report: Report) -> None:
    """Force over travel for four tips, with the measured insertion forces."""
    world = _world(case, report)
    skin = world.skin()
    for diameter, colour in zip(insertion.tip_diameters(world), (SKY, GREEN, ORANGE, RED), strict=True):
        needle = insertion.tip_needle(world, diameter)
        r = insertion.press(world, skin, needle, Travel(world["travel"], world["speed"]), n_samples=600)
        ax.plot(r.travel / mm, r.force / 1e-3, color=colour, lw=1.5, label=f"predicted, tip {diameter / um:g} µm")
        at = _entry(r.tip_depth, skin.layers[0].thickness + skin.layers[1].thickness)
        if at is not None:
            ax.plot(
                [r.travel[at] / mm],
                [float(r.entry_force[insertion.DERMIS]) / 1e-3],
                "v",
                color=colour,
                mec=BLACK,
                ms=7,
                zorder=4,
            )
    for row, colour, name in (("SN01", SKY, "5 µm"), ("SN02", RED, "37 µm")):
        force = case.data[row].number("value")
        ax.axhline(force, color=colour, ls=":", lw=1.4)
        ax.text(0.02, force + 1.0, f"measured at insertion, tip {name}: {force:g} mN", fontsize=8, va="bottom",
                transform=ax.get_yaxis_transform(), bbox={"fc": "white", "ec": "none", "pad": 0})  # fmt: skip
    ax.plot([], [], "v", color="white", mec=BLACK, ms=7, label="entry into the dermis")
    ax.set(xlabel="base travel (mm)", ylabel="axial force (mN)", xlim=(0, None), ylim=(0, 185))
    ax.set_title("Force over travel")
    ax.legend(loc="upper left", bbox_to_anchor=(0.0, 0.86))


def _draw_parts(ax: Axes, case: Case, report: Report) -> None:
    """Parts of the force of the thickest tip, its entries, and the measured insertion force."""
    world = _world(case, report)
    diameter = insertion.tip_diameters(world)[-1]
    use = Travel(world["travel"], world["speed"])
    r = insertion.press(world, world.skin(), insertion.tip_needle(world, diameter), use, n_samples=600)
    entries = entries_of(r, world.skin())
    draw_force(ax, r, entries)
    force, x = case.data["SN02"].number("value"), max((e[0] for e in entries), default=0.0)
    ax.plot([x], [force], "D", color=BLACK, ms=6, label=f"measured at insertion: {force:g} mN", zorder=6)
    ax.set(xlabel="base travel (mm)", ylim=(0, 230))
    ax.set_title(f"Parts of the force, tip {diameter / um:g} µm")
    ax.legend(loc="upper left", fontsize=7.5)


def _entry(tip_depth: np.ndarray, top: float) -> int | None:
    deeper = np.flatnonzero(tip_depth > top * (1.0 + 1e-9))
    return int(deeper[0]) if len(deeper) else None


def _draw_stiffness(ax: Axes, case: Case, report: Report) -> None:
    """Depth over the effective modulus, the parameter that this case calibrates."""
    moduli = np.geomspace(0.05e6, 3e6, 25)
    depth = []
    for modulus in moduli:
        variant = Variant({**report.variant.choices, "skin.mechanics.effective_modulus": float(modulus)})
        depth.append(insertion.roller_on_rat(World(case, variant))["channel_depth"])
    row = case.data["RO01"]
    value, sd = row.number("value"), row.number("spread")
    ax.axhspan(value - sd, value + sd, color="#dddddd", lw=0)
    ax.axhline(value, color=BLACK, lw=1.2, label=f"measured {value:g} ± {sd:g} µm, a lower bound")
    ax.plot(moduli / 1e6, np.array(depth, dtype=float) / um, color=BLUE, lw=1.6, label="predicted")
    shipped = _world(case, report).skin().mechanics.effective_modulus
    ax.axvline(shipped / 1e6, color=ORANGE, ls="--", lw=1.2, label=f"shipped {shipped / 1e6:g} MPa")
    ax.set(xscale="log", xlabel="effective modulus (MPa)", ylabel="channel depth (µm)", ylim=(0, None))
    _plain_log(ax)
    ax.set_title("Depth over stiffness")
    ax.legend(loc="upper left")


def _draw_polymer(ax: Axes, case: Case, report: Report) -> None:
    """Depth over force, with draws."""
    forces = np.geomspace(3e-3, 1.0, 16)
    for draw in _drawn(report, 40):
        world = _world(case, report, draw)
        ax.plot(forces, [insertion.polymer_depth(world, f) / um for f in forces], color=ORANGE, lw=0.7, alpha=0.5)
    world = _world(case, report)
    ax.plot(forces, [insertion.polymer_depth(world, f) / um for f in forces], color=BLUE, lw=1.8, label="predicted")
    if report.draws:
        ax.plot([], [], color=ORANGE, lw=1, label="persons and tips drawn")
    for row, colour in (("AR02", BLACK), ("AR04", PURPLE)):
        value = case.data[row].number("value")
        ax.axhline(value, color=colour, lw=1.2, ls="--", label=f"measured ({row}): {value:g} µm")
    ax.axvline(0.03, color=GREY, lw=1, ls=":", label="least force that pierced: 0.03 N")
    ax.set(xscale="log", xlabel="force a needle (N)", ylabel="depth (µm)", ylim=(0, 720))
    _plain_log(ax)
    ax.set_title("Depth over force")
    ax.legend(loc="upper left")


def _draw_settings(ax: Axes, case: Case, report: Report) -> None:
    """Depth over the setting of the pen, with the line of equality."""
    settings = np.linspace(0.2 * mm, 1.5 * mm, 13)
    world = _world(case, report)
    depth = np.array([insertion.pen_depth(world, world.skin(), p, 100).depth_mean for p in settings])
    drawn = [
        [insertion.pen_depth(w, w.skin(), p, 40).depth_mean for p in settings[::2]]
        for w in (_world(case, report, draw) for draw in _drawn(report, 60))
    ]
    if drawn:
        low, high = np.quantile(np.array(drawn), (0.05, 0.95), axis=0)
        ax.fill_between(settings[::2] / mm, low / mm, high / mm, color=ORANGE, alpha=0.3, lw=0, label="90 % band")
    ax.plot(settings / mm, depth / mm, color=BLUE, lw=1.8, label="predicted, loaded tip")
    ax.plot([0, 1.6], [0, 1.6], color=BLACK, lw=1, label="depth = setting")
    for row in ("PE06", "PE07"):
        value = case.data[row].number("value")
        ax.plot([value], [value], "D", color=BLACK, ms=6, label="measured, histology" if row == "PE06" else None)
    ax.set(xlim=(0, 1.6), ylim=(0, 1.7), xlabel="setting (mm)", ylabel="depth (mm)")
    ax.set_title("Depth over setting")
    ax.legend(loc="upper left")


def _draw_shares(ax: Axes, case: Case, report: Report) -> None:
    """Buried share of every draw over its travel."""
    worlds = [_world(case, report, draw) for draw in range(report.draws)]
    travel = [w["travel"] / mm for w in worlds]
    share = np.array([insertion.short_steel(w)["buried_share"] for w in worlds], dtype=float)
    ax.plot(travel, share, "o", color=ORANGE, ms=3, alpha=0.6, label="animals, tapers and travels drawn")
    limit = case.data["SN15"].number("value")
    ax.axhline(limit, color=BLACK, lw=1.2, label=f"measured: below {limit:g}")
    ax.set(xlabel="travel (mm)", ylabel="buried length over travel", ylim=(0, 1))
    ax.set_title("Buried share")
    ax.legend(loc="upper left")


def _draw_threshold(ax: Axes, case: Case, report: Report) -> None:
    """Depth by hand and by impact over the tip radius, each with the depth that is left of the needle."""
    radii = np.geomspace(1 * um, 40 * um, 12)
    world = _world(case, report)
    styles = (("by_hand", BLUE, "by hand, 20 N"), ("slow", GREEN, "1 m/s"), ("fast", RED, "3 m/s"))
    for name, colour, label in styles:
        depth = [insertion.threshold_depth(world, name, float(radius), world["pitch"]) / um for radius in radii]
        ax.plot(radii / um, depth, color=colour, lw=1.6, label=label)
        dense = [insertion.threshold_depth(world, name, float(radius), 0.5 * mm) / um for radius in radii]
        ax.plot(radii / um, dense, color=colour, lw=1.2, ls=":")
    ax.plot([], [], color=GREY, ls=":", label="pitch 0.5 instead of 1 mm")
    ax.set(xscale="log", xlabel="tip radius (µm)", ylabel="mean depth (µm)", ylim=(0, 310))
    _plain_log(ax)
    ax.axhline(300, color=GREY, lw=1)
    ax.text(1.1, 296, "needle length", fontsize=8, color=GREY, va="top")
    ax.set_title("Depth over tip radius")
    ax.legend(loc="lower left")


def _draw_spacing(ax: Axes, case: Case, report: Report) -> None:
    """Puncture force, depth and reaction over spacing, each relative to needles far apart."""
    spacings = np.geomspace(0.33 * mm, 10 * mm, 14)
    world = _world(case, report)
    far = insertion.spaced(world, 10 * mm, world["travel"])
    alone = insertion.reaction(world, 10 * mm)
    results = [insertion.spaced(world, float(s), world["travel"]) for s in spacings]
    _draw_series(ax, list(spacings / mm), [r.puncture_force / far.puncture_force for r in results],
                 "puncture force a needle", BLUE)  # fmt: skip
    _draw_series(ax, list(spacings / mm), [r.depth_mean / far.depth_mean for r in results],
                 f"depth at {world['travel'] / mm:g} mm travel", GREEN, "s")  # fmt: skip
    _draw_series(ax, list(spacings / mm), [insertion.reaction(world, float(s)) / alone for s in spacings],
                 f"reaction before puncture, at {world['indentation'] / mm:g} mm", ORANGE, "^")  # fmt: skip
    measured = case.data["AR07"].number("value") / case.data["AR08"].number("value")
    ax.plot([0.33, 0.9], [measured, 1.0], "D", color=BLACK, ms=5, label="measured puncture force (gap 600 µm: 1)")
    ax.axvspan(2, 3, color="#dddddd", lw=0, label="onset of interaction (finite elements)")
    ax.set(xscale="log", xlabel="spacing of tips (mm)", ylabel="relative to needles far apart", ylim=(0, 1.25))
    _plain_log(ax)
    ax.set_title("What spacing changes")
    ax.legend(loc="lower right")


def _draw_rig(ax: Axes, case: Case, report: Report) -> None:
    """Depth over travel, with the measured 10-30 %."""
    travels = np.linspace(0.2, 1.2, 11)
    ax.fill_between(travels, 100 * travels, 300 * travels, color="#dddddd", lw=0, label="10-30 % of the travel")
    measured = case.data["AR18"]
    ax.plot([0.5, 1.08], [measured.number("low"), measured.number("high")], "D", color=BLACK, ms=5,
            label="ends of the measured range")  # fmt: skip
    for draw in (*_drawn(report, 40), None):
        world = _world(case, report, draw)
        needle = insertion.cone(
            world["rig_length"], world["rig_base_radius"], world["rig_tip_radius"], world["rig_taper"]
        )
        depth = [
            float(insertion.press(world, world.skin(), needle, Travel(t * mm, world["speed"])).depth[0]) / um
            for t in travels
        ]
        if draw is None:
            ax.plot(travels, depth, color=BLUE, lw=1.8, label="predicted")
        else:
            ax.plot(travels, depth, color=ORANGE, lw=0.7, alpha=0.5)
    ax.plot([], [], color=ORANGE, lw=1, label="persons and needles drawn")
    ax.set(xlabel="travel (mm)", ylabel="depth (µm)", xlim=(0.2, 1.2), ylim=(0, None))
    ax.set_title("Depth over travel (AR18)")
    ax.legend(loc="upper left")


PICTURES: dict[str, tuple[Callable[[Axes, Case, Report], None], ...]] = {
    "INS-X1": (_draw_tips, _draw_parts),
    "INS-X2": (_draw_stiffness,),
    "INS-X3": (_draw_polymer,),
    "INS-X4": (_draw_settings,),
    "INS-X5": (_draw_shares,),
    "INS-X6": (_draw_threshold,),
    "INS-X7": (_draw_spacing,),
    "INS-X9": (_draw_rig,),
    **RECOVERY_PICTURES,
    **tearing_figures.PICTURES,
    **transport_figures.PICTURES,
}
