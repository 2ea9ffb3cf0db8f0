"""Pictures of the transport cases, beside their checks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from libskin._plot_style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY
from libskin.units import hour, minute, um
from libskin.validation import transport as cases
from libskin.validation.data import Case
from libskin.validation.draw import Stream
from libskin.validation.runner import Report, World

__all__ = ["PICTURES"]

FEW = 40  # draws for a band in a picture
PER_HOUR = 3600.0 * 100.0  # m/s in cm/h
Picture = Callable[[Axes, Case, Report], None]


def _world(case: Case, report: Report, draw: int | None = None) -> World:
    return World(case, report.variant, None if draw is None else Stream(report.seed, draw))


def _band(ax: Axes, x: np.ndarray, drawn: list[np.ndarray], colour: str) -> None:
    """90 % of the persons and set-ups that are drawn."""
    if len(drawn) > 1:
        low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
        ax.fill_between(x, low, high, color=colour, alpha=0.22, lw=0)


def _pretreated(ax: Axes, case: Case, report: Report) -> None:
    """Copper and peptide in the receptor over time, on double-logarithmic axes: the slope is the exponent."""
    hours = (0.5, 1.0, 1.5, 2.0, 3.0, 4.5, 6.0, 9.0)
    names = {"copper": ("copper", BLUE, "o", range(1, 5)), "peptide": ("GHK peptide", RED, "s", range(5, 9))}
    nominal = cases.copper_and_peptide(_world(case, report), hours)
    drawn = [cases.copper_and_peptide(_world(case, report, i), hours) for i in range(min(report.draws, FEW))]
    for name, (words, colour, marker, rows) in names.items():
        ax.plot(hours, nominal[name] / 1e-9, color=colour, lw=1.8, label=f"{words}, predicted")
        _band(ax, np.array(hours), [d[name] / 1e-9 for d in drawn], colour)
        data = [case.data[f"TR{k:02d}"] for k in rows]
        value, spread = ([r.number(column) for r in data] for column in ("value", "spread"))
        ax.errorbar(cases.CELL_HOURS, value, spread, color=colour, fmt=marker, mec=BLACK, ms=6, capsize=3,
                    label=f"{words}, measured")  # fmt: skip
    t = np.array([1.0, 9.0])
    ax.plot(t, 60.0 * t**0.44, color=GREY, lw=1.0, ls=":")
    ax.text(3.0, 60.0 * 3.2**0.44, "slope 0.44", fontsize=8, color=GREY, rotation=20)
    ax.set(xscale="log", yscale="log", xlabel="time (h)", ylabel="through the skin of a cell (µg)", xlim=(0.45, 10))
    ax.set_xticks([0.5, 1, 2, 3, 6, 9], ["0.5", "1", "2", "3", "6", "9"])
    ax.minorticks_off()
    ax.set_title("Amount over time")
    ax.legend(loc="lower right", fontsize=7.5)


def _ink(ax: Axes, case: Case, report: Report) -> None:
    """Depth of ink over needle length."""
    world = _world(case, report)
    lengths = np.linspace(case.setup["length"].lo, case.setup["length"].hi, 4)
    styles = {("pen", "before"): (RED, "o", 4), ("pen", "after"): (ORANGE, "o", 9),
              ("roller", "before"): (BLUE, "s", 4),
              ("roller", "after"): (SKY, "s", 4)}  # fmt: skip
    for (tool, when), (colour, marker, size) in styles.items():
        depth = np.array([cases.ink(world, tool, when, float(x)) for x in lengths]) / um
        for k, dashes in ((0, "-"), (1, "--")):
            ax.plot(lengths * 1e3, depth[:, k], color=colour, ls=dashes, marker=marker, ms=size, lw=1.4,
                    label=f"{when} a {tool}" if k == 0 else None)  # fmt: skip
    ax.plot([], [], color=GREY, label="1 h")
    ax.plot([], [], color=GREY, ls="--", label="3 h")
    ax.set(xlabel="setting or needle length (mm)", ylabel="depth of 95 % of the ink (µm)", ylim=(0, None))
    ax.set_title("Ink in excised skin (no depths were published)")
    ax.legend(loc="upper left", fontsize=7.5)


def _plasma(ax: Axes, case: Case, report: Report) -> None:
    """Plasma level over time with and without needles."""
    per_ml = 1e-6  # kg/m^3 in a ng/mL
    t, level = cases.plasma(_world(case, report))
    ax.plot(t / hour, level / per_ml, color=BLUE, lw=1.8, label="needled, predicted with its 90 % band")
    drawn = [cases.plasma(_world(case, report, i))[1] / per_ml for i in range(min(report.draws, FEW))]
    _band(ax, t / hour, drawn, BLUE)
    _, passive = cases.plasma(_world(case, report), needled=False)
    ax.plot(t / hour, passive / per_ml, color=ORANGE, lw=1.4, ls="--", label="intact skin, predicted")
    value = case.data["TR32"].number("value")
    ax.plot([2, 48], [value, value], color=BLACK, lw=1.6, label=f"seen: level from 2 to 48 h, about {value:g} ng/mL")
    ax.fill_between([2, 48], value / 3, value * 3, color=GREY, alpha=0.2, lw=0, label="within a factor 3")
    ax.set(xlabel="time (h)", ylabel="plasma level (ng/mL)", yscale="log", xlim=(0, 72), ylim=(2e-3, 30))
    ax.set_title("What blood takes up, over clearance")
    ax.legend(loc="lower left", fontsize=7.5)


def _intact(ax: Axes, case: Case, report: Report) -> None:
    """Predicted against measured permeability, cm/h."""
    outcomes = [o for o in report.outcomes if o.case.id == case.id]
    low, high = 1e-6, 1.0
    line = np.array([low, high])
    factor = 10.0**0.7
    ax.fill_between(line, line / factor, line * factor, color="#dceefb", lw=0)
    ax.plot(line, line, color=BLACK, lw=1.0)
    groups = {"lidocaine": (RED, "s"), "salicylic": (GREEN, "^"), "fentanyl": (PURPLE, "v")}
    seen: set[str] = set()
    for o in outcomes:
        name = next((g for g in groups if o.check.name.startswith(g)), "others")
        colour, marker = groups.get(name, (BLUE, "o"))
        value, least, most = o.check.measured
        filled = colour if o.check.use == "validation" else "white"
        label = {"salicylic": "salicylic acid by pH", "others": "others"}.get(name, f"{name} by pH")
        ax.errorbar([value], [o.predicted], xerr=[[value - least], [most - value]], fmt=marker, color=colour,
                    mec=colour, mfc=filled, ms=6, capsize=2, lw=0.8, label=None if name in seen else label)  # fmt: skip
        seen.add(name)
        if name == "others":
            ax.annotate(o.check.what.removeprefix("permeability of ").partition(",")[0], (value, o.predicted),
                        xytext=(6, -10), textcoords="offset points", fontsize=7)  # fmt: skip
    ax.plot([], [], "o", color=GREY, mfc="white", label="open: calibrates")
    ax.set(xscale="log", yscale="log", xlim=(2e-6, 0.2), ylim=(2e-6, 0.2), xlabel="measured permeability (cm/h)",
           ylabel="predicted permeability (cm/h)")  # fmt: skip
    ax.set_title("Intact skin; blue: 0.7 of the logarithm")
    ax.legend(loc="upper left", fontsize=7.5)


def _spread(ax: Axes, case: Case, report: Report) -> None:
    """Diffusivity from the spread against the measured bands."""
    bands = {"epidermis": (1.0, 8.0, GREEN), "dermis": (1.0, 20.0, BLUE), "junction": (0.7, 3.0, RED)}
    for k, (name, (low, high, colour)) in enumerate(bands.items()):
        ax.fill_between([k - 0.35, k + 0.35], low, high, color=colour, alpha=0.2, lw=0)
        ax.text(k, high * 1.05, f"measured {low:g}-{high:g}", ha="center", va="bottom", fontsize=8)
        for step, size, marker in ((-0.12, "70", "o"), (0.12, "500", "s")):
            key = f"{name}_{size}"
            found = [o for o in report.outcomes if o.case.id == case.id and o.check.name == key]
            value = found[0].predicted if found else np.nan
            if name == "dermis" and not found:
                value = cases.dextran_spread(_world(case, report), f"dextran_{size}")["dermis"] / 1e-12
            ax.plot([k + step], [value], marker, color=colour, mec=BLACK, ms=8)
            ax.text(k + step, value * 0.86, f"{size}", ha="center", va="top", fontsize=8)
    ax.set(yscale="log", xticks=range(3), xticklabels=["epidermis", "dermis", "junction"], ylim=(0.4, 30),
           ylabel="diffusivity (µm²/s)")  # fmt: skip
    ax.yaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Dextrans of 70 (circles) and 500 kDa (squares)")


def _doses(ax: Axes, case: Case, report: Report) -> None:
    """Absorbed amount over time as a share of what the published program has at the end."""
    world = _world(case, report)
    for name, words, colour, model, seen in (
        ("testosterone", "testosterone", BLUE, "TR90", "TR91"),
        ("butoxyethanol", "2-butoxyethanol", GREEN, "TR92", "TR93"),
        ("dpgme", "DPGME", RED, "TR94", "TR95"),
    ):
        d = cases.finite_dose(world, name)
        end = case.data[model].number("value")
        t = np.asarray(d.time)
        ax.plot(t / t[-1], cases.column(d, "cleared") / 1e-5 / end, color=colour, lw=1.8, label=words)
        ax.plot(
            [1.0], [case.data[seen].number("value") / end], "D", color=colour, mec=BLACK, ms=7, clip_on=False, zorder=5
        )
    ax.axhline(1.0, color=BLACK, lw=1.0)
    ax.text(0.02, 1.03, "published program, at the end", fontsize=8)
    ax.plot([], [], "D", color="white", mec=BLACK, label="experiment, at the end")
    ax.set(xlabel="time over that of the experiment", ylabel="absorbed over the published program's", xlim=(0, 1),
           ylim=(0, 2.8))  # fmt: skip
    ax.set_title("Finite doses")
    ax.legend(loc="upper left", bbox_to_anchor=(0.0, 0.9), fontsize=8)


def _caffeine(ax: Axes, case: Case, report: Report) -> None:
    """Where the caffeine is over six hours."""
    times = (0.0, *(float(t) for t in np.geomspace(1 * minute, 6 * hour, 30)))
    world = _world(case, report)
    names = tuple(layer.name for layer in world.skin().layers[1:4])

    def absorbed(w: World) -> np.ndarray:
        d = cases.forearm(w, times)
        return np.asarray((cases.column(d, "cleared") + sum(cases.column(d, n) for n in names)) / d.dose)

    t = np.array(times) / hour
    d = cases.forearm(world, times)
    ax.plot(t, absorbed(world), color=BLUE, lw=1.8, label="absorbed: blood and living skin")
    _band(ax, t, [absorbed(_world(case, report, i)) for i in range(min(report.draws, FEW))], BLUE)
    ax.plot(t, cases.column(d, "stratum_corneum") / d.dose, color=ORANGE, lw=1.8, label="in stratum corneum")
    ax.plot(t, cases.column(d, "donor") / d.dose, color=GREY, lw=1.4, ls="--", label="on the skin")
    for row, colour in (("TR110", BLUE), ("TR111", ORANGE)):
        spread = case.data[row].number("spread")
        value = case.data[row].number("value")
        ax.errorbar([6.0], [value], None if np.isnan(spread) else [spread], fmt="D", color=colour, mec=BLACK, ms=7,
                    capsize=4, clip_on=False, zorder=5)  # fmt: skip
    ax.plot([], [], "D", color="white", mec=BLACK, label="measured")
    ax.set(xlabel="time (h)", ylabel="share of the dose", xlim=(0, 6), ylim=(0, 1.02))
    ax.set_title("Caffeine from a drop of acetone")
    ax.legend(loc="center left", bbox_to_anchor=(0.02, 0.62), fontsize=8)


PICTURES: dict[str, tuple[Picture, ...]] = {
    "TRN-X21": (_pretreated,),
    "TRN-X22": (_ink,),
    "TRN-X23": (_plasma,),
    "TRN-X24": (_intact,),
    "TRN-X25": (_spread,),
    "TRN-X26": (_doses,),
    "TRN-X27": (_caffeine,),
}
