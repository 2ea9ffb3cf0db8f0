"""Pictures of the recovery cases, beside their checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from matplotlib.axes import Axes

from libskin._core import ClosureModel, Needle
from libskin._plot_style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY
from libskin.recovery import stripped_excess
from libskin.units import day, hour, minute, mm, um
from libskin.validation import recovery as cases
from libskin.validation.data import Case
from libskin.validation.draw import Stream
from libskin.validation.runner import Report, World

__all__ = ["PICTURES"]

FEW = 60  # draws for a band in a picture
Picture = Callable[[Axes, Case, Report], None]


def _world(case: Case, report: Report, draw: int | None = None) -> World:
    return World(case, report.variant, None if draw is None else Stream(report.seed, draw))


def _drawn_band(ax: Axes, case: Case, report: Report, x: Sequence[float] | np.ndarray, colour: str,
                value: Callable[[World], np.ndarray]) -> None:  # fmt: skip
    """90 % of the persons and set-ups that are drawn."""
    draws = min(report.draws, FEW)
    if draws < 2:
        return
    low, high = np.quantile([value(_world(case, report, i)) for i in range(draws)], (0.05, 0.95), axis=0)
    ax.fill_between(x, low, high, color=colour, alpha=0.22, lw=0)


def _threshold(ax: Axes, value: float, words: str) -> None:
    ax.axhline(value, color=GREY, lw=1.0, ls=":")
    ax.text(0.99, value, words, fontsize=7.5, color=GREY, ha="right", va="bottom", transform=ax.get_yaxis_transform())


def _every_geometry(ax: Axes, case: Case, report: Report) -> None:
    """Admittance in open air of 27 arrays."""
    world = _world(case, report)
    for (length, _, _), wound in cases.geometries(world).items():
        r = cases.close(world, world.skin(), wound, 4 * hour, n_times=120)
        ax.plot(r.time / hour, r.impedance, color=(SKY, GREEN, PURPLE)[length], lw=0.9)
    for colour, name in ((SKY, "short"), (GREEN, "middle"), (PURPLE, "long")):
        ax.plot([], [], color=colour, label=f"{name} needles, nine arrays")
    _threshold(ax, world.skin().barrier.threshold, "counts as recovered")
    ax.axvline(2.0, color=BLACK, lw=1.2, label="all sites recovered within 2 h")
    ax.set(xlabel="time after needling (h)", ylabel="pore admittance over the first", xlim=(0, 4), ylim=(0, 1.02))
    ax.set_title("Open air")
    ax.legend(loc="upper right")


def _covered_order(ax: Axes, case: Case, report: Report) -> None:
    """Recovered time under a cover over the number of needles."""
    world = _world(case, report)
    counts = np.geomspace(world["few"], world["many"], 9)
    for i, (length, colour) in enumerate(((world["short"], SKY), (0.62 * mm, GREEN), (world["long"], PURPLE))):
        for radius, dashes in ((world["thin"], ":"), (world["thick"], "-")):
            t = [cases.back(world, world.skin(), cases.array(length, radius, n), "impedance", True) / hour
                 for n in counts]  # fmt: skip
            ax.plot(
                counts, t, color=colour, ls=dashes, lw=1.5, label=f"{length / mm:.2g} mm" if dashes == "-" else None
            )
        if i == 0:
            ax.plot([], [], color=GREY, ls=":", label="thin needles (25 µm)")
            ax.plot([], [], color=GREY, ls="-", label="thick needles (125 µm)")
    ax.axhspan(30, 50, color="#dceefb", lw=0, zorder=0, label="slowest: accepted")
    ax.axhline(40, color=BLACK, lw=1.2, label="slowest, recalled: 40 h")
    ax.axhline(2, color=ORANGE, lw=1.2, label="open air, all: within 2 h")
    ax.set(xscale="log", xlabel="needles on 1 cm²", ylabel="impedance recovered under a cover (h)", ylim=(0, 80))
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Under a cover")
    ax.legend(loc="upper left", ncols=2, fontsize=7)


def _three_sites(ax: Axes, case: Case, report: Report) -> None:
    """Admittance from the fitted half-lives, with the measured closure times."""
    world = _world(case, report)
    wound = cases.array(world["length"], world["radius"], world["count"])
    sites = (
        ("abdomen", "RC05", "RC08", BLUE),
        ("upper_arm", "RC06", "RC09", GREEN),
        ("volar_forearm", "RC07", "RC10", RED),
    )
    threshold = world.skin("abdomen").barrier.threshold
    for k, (site, half, close, colour) in enumerate(sites):
        r = cases.close(world, world.skin(site), wound, 400 * hour, True, n_times=800)
        scale = world.datum(half).number("value") * hour / cases.covered_half_life(r)
        ax.plot(r.time * scale / hour, r.impedance, color=colour, lw=1.6, label=site.replace("_", " "))
        ax.plot(r.time / hour, r.impedance, color=colour, lw=1.0, ls=":")
        row = case.data[close]
        ax.errorbar([row.number("value")], [threshold - 0.03 * (k - 1)], xerr=[row.number("spread")], fmt="D", ms=4,
                    color=colour, capsize=2)  # fmt: skip
        ax.plot([world.datum(half).number("value")], [0.5], "o", color=colour, mec=BLACK, ms=5)
    ax.plot([], [], "o", color="white", mec=BLACK, label="fitted half-life, measured")
    ax.plot([], [], "D", color=BLACK, ms=4, label="closure time ± SD, measured")
    ax.plot([], [], color=GREY, ls=":", label="shipped half-life")
    _threshold(ax, threshold, "counts as recovered")
    ax.set(xlabel="time under the cover (h)", ylabel="pore admittance over the first", xlim=(0, 96), ylim=(0, 1.02))
    ax.set_title("Three sites under a cover")
    ax.legend(loc="upper right")


def _after_a_pen(ax: Axes, case: Case, report: Report) -> None:
    """Excess of water loss over two days, with bands."""
    times = np.concatenate([np.linspace(0, 6, 60), np.linspace(6.5, 72, 60)])

    def excess(world: World, setting: str) -> np.ndarray:
        r = cases.close(world, world.skin(), cases.pen_hole(world, setting), 72 * hour, times=tuple(times * hour))
        return np.asarray(r.tewl / r.tewl[0])

    for setting, colour, name in (("short", BLUE, "0.5 mm"), ("long", RED, "1.5 mm")):
        _drawn_band(ax, case, report, times, colour, partial(excess, setting=setting))
        ax.plot(times, excess(_world(case, report), setting), color=colour, lw=1.6, label=f"pen set to {name}")
    _threshold(ax, _world(case, report).skin().barrier.tewl_threshold, "counts as recovered")
    ax.axvline(48, color=BLACK, lw=1.0, ls="--", label="still slightly raised: 48 h")
    ax.set(yscale="log", ylim=(0.005, 1.2), xlim=(0, 72), xlabel="time after needling (h)",
           ylabel="excess of water loss over the first")  # fmt: skip
    ax.yaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Water loss, 90 % bands")
    ax.legend(loc="lower left")


def _water_and_light(ax: Axes, case: Case, report: Report) -> None:
    """Water loss and the radius that tomography sees, for the wear times."""
    world = _world(case, report)
    wound = cases.at_density(world["length"], world["radius"], world["density"])
    skin = world.skin()
    beside = ax.twinx()
    for worn, colour in ((world["short_wear"], SKY), (world["long_wear"], BLUE)):
        r = cases.close(world, skin, wound, 60 * hour, [(0.0, worn)], n_times=600)
        ax.plot(r.time / hour, r.tewl / r.tewl[0], color=colour, lw=1.6, label=f"water loss, worn {worn / hour:g} h")
        beside.plot(r.time / hour, r.optical_opening / um, color=PURPLE, lw=1.4, ls="--")
    ax.plot([], [], color=PURPLE, ls="--", label="radius that tomography sees (right)")
    _threshold(ax, skin.barrier.tewl_threshold, "water loss: recovered")
    ax.axvline(24, color=BLACK, lw=1.0, label="24 h: normal loss, holes seen")
    ax.set(xlabel="time after needling (h)", ylabel="excess of water loss over the first", xlim=(0, 60), ylim=(0, 1.02))
    beside.set(ylabel="radius (µm)", ylim=(0, 110))
    beside.spines["right"].set_visible(True)
    ax.set_title("Two instruments, one hole")
    ax.legend(loc="upper right")


def _roller_width(ax: Axes, case: Case, report: Report) -> None:
    """Width at the surface over the first hour."""
    world = _world(case, report)
    minutes = np.linspace(0, 60, 121)

    def width(mouth: float) -> np.ndarray:
        needle = Needle(length=world["length"], shaft_radius=world["base_radius"],
                              tip_radius=world["tip_radius"], taper_length=world["length"])  # fmt: skip
        wound = cases.holes(needle, world["depth"], mouth, 10)
        r = cases.close(world, world.skin(), wound, hour, times=tuple(minutes * minute))
        return np.asarray(2e6 * r.pore_radius)

    slope = (world["base_radius"] - world["tip_radius"]) / world["length"]
    row = case.data["RC18"]
    value, spread = row.number("value"), row.number("spread")
    ax.axhspan(value - spread, value + spread, color="#dddddd", lw=0)
    ax.axhline(value, color=BLACK, lw=1.2, label=f"measured {value:g} ± {spread:g} µm")
    ax.plot(minutes, width(world["base_radius"]), color=BLUE, lw=1.8, label="needle swept in to its base")
    ax.plot(minutes, width(world["tip_radius"] + slope * world["depth"]), color=RED, lw=1.8,
            label="vertical cone at 152.5 µm")  # fmt: skip
    ax.set(xlabel="time after rolling (min)", ylabel="width at the surface (µm)", ylim=(0, 110), xlim=(0, 60))
    ax.set_title("Recoil of the mouth")
    ax.legend(loc="upper right")


def _short_rollers(ax: Axes, case: Case, report: Report) -> None:
    times = np.concatenate([np.geomspace(0.05, 4, 80), np.linspace(4.5, 72, 40)])

    def excess(world: World, length: str, passes: str) -> np.ndarray:
        wound = cases.at_density(world[length], world["radius"], world["holes_per_pass"] * world[passes])
        r = cases.close(world, world.skin(), wound, 72 * hour, times=(0.0, *(times * hour)))
        return np.asarray(r.tewl[1:] / r.tewl[0])

    _drawn_band(ax, case, report, times, ORANGE, lambda world: excess(world, "long", "many_passes"))
    for length, passes, colour in (("short", "few_passes", SKY), ("long", "many_passes", ORANGE)):
        world = _world(case, report)
        ax.plot(times, excess(world, length, passes), color=colour, lw=1.6,
                label=f"{world[length] / mm:g} mm, {world[passes]:g} passes")  # fmt: skip
    _threshold(ax, _world(case, report).skin().barrier.tewl_threshold, "counts as recovered")
    for t in (4, 8, 24, 48, 72):
        ax.axvline(t, color=GREY, lw=0.6, ls="--", label="looked at" if t == 4 else None)
    ax.set(xscale="log", xlim=(0.05, 72), ylim=(0, 1.02), xlabel="time after needling (h)",
           ylabel="excess of water loss over the first")  # fmt: skip
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Water loss, 90 % band")
    ax.legend(loc="upper right")


def _delivery_window(ax: Axes, case: Case, report: Report) -> None:
    times = np.linspace(0, 72, 73)

    def tracer(world: World) -> np.ndarray:
        wound = cases.array(world["length"], world["radius"], world["count"])
        r = cases.close(world, world.skin(), wound, 72 * hour, True, times=tuple(times * hour))
        return np.asarray(r.tracer_permeability)

    _drawn_band(ax, case, report, times, BLUE, tracer)
    ax.plot(times, tracer(_world(case, report)), color=BLUE, lw=1.8, label="predicted, with its 90 % band")
    ax.axhspan(1 / 3, 1.0, color="#dceefb", lw=0, zorder=0, label="level within a factor 3")
    ax.axvline(48, color=BLACK, lw=1.2, label="delivery seen at 48 h and later")
    ax.set(yscale="log", ylim=(0.005, 1.2), xlim=(0, 72), xlabel="time under the patch (h)",
           ylabel="tracer permeability over the first")  # fmt: skip
    ax.yaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Window of delivery")
    ax.legend(loc="lower left")


def _pairs(ax: Axes, case: Case, report: Report, of: Sequence[tuple[str, str, str, dict[str, float], bool]],
           end: float) -> None:  # fmt: skip
    """Admittance of persons: (label, colour, dashes, changes, covered)."""
    world = _world(case, report)
    wound = cases.array(world["length"], world["radius"], world["count"])
    for label, colour, dashes, changes, covered in of:
        skin = cases.person(world, **changes)
        r = cases.close(world, skin, wound, end, covered, n_times=500)
        ax.plot(r.time / hour, r.impedance, color=colour, ls=dashes, lw=1.6, label=label)
    _threshold(ax, world.skin().barrier.threshold, "counts as recovered")
    ax.set(
        xlabel="time after needling (h)", ylabel="pore admittance over the first", xlim=(0, end / hour), ylim=(0, 1.02)
    )
    ax.legend(loc="upper right")


def _cox_inhibitor(ax: Axes, case: Case, report: Report) -> None:
    _pairs(ax, case, report, [("placebo", BLUE, "-", {}, True),
                              ("daily diclofenac", RED, "-", {"cox_inhibitor": True}, True)], 7 * day)  # fmt: skip
    ax.set_title("Under a cover")


def _elderly(ax: Axes, case: Case, report: Report) -> None:
    world = _world(case, report)
    young, old = {"age_years": world["young"]}, {"age_years": world["old"]}
    persons: list[tuple[str, str, str, dict[str, float], bool]] = [
        ("young, open air", SKY, "-", young, False),
        ("elderly, open air", BLUE, "--", old, False),
        ("young, covered", ORANGE, "-", young, True),
        ("elderly, covered", RED, "--", old, True),
    ]
    _pairs(ax, case, report, persons, 96 * hour)
    ax.set(xscale="log", xlim=(0.1, 96))
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Age")


def _skin_colour(ax: Axes, case: Case, report: Report) -> None:
    levels = np.linspace(25, 75, 11)

    def times(world: World) -> np.ndarray:
        wound = cases.array(world["length"], world["radius"], world["count"])
        return np.array([
            cases.back(world, cases.person(world, l_star=float(x)), wound, "impedance", True) / hour
            for x in levels
        ])  # fmt: skip

    _drawn_band(ax, case, report, levels, BLUE, times)
    ax.plot(levels, times(_world(case, report)), color=BLUE, lw=1.8, label="predicted, with its 90 % band")
    ax.set(xlabel="lightness L* (dark to light)", ylabel="impedance recovered under a cover (h)", ylim=(0, None))
    ax.set_title("Skin colour")
    ax.legend(loc="upper right")


def _dead_skin(ax: Axes, case: Case, report: Report) -> None:
    world = _world(case, report)
    wound = cases.at_density(world["length"], world["radius"], world["density"])
    times = (0.0, *np.geomspace(0.01, 48, 120))
    for law, resists, colour, label in (
        (ClosureModel.recoil, "channel", RED, "dead skin, conductance ~ a²"),
        (ClosureModel.recoil, "access", ORANGE, "dead skin, conductance ~ a"),
        (ClosureModel.plug_hole, "channel", GREY, "living skin, open air"),
    ):
        r = cases.close(world, world.skin(), wound, 48 * hour, closure_model=law, hole_resistance=resists,
                        times=tuple(t * hour for t in times))  # fmt: skip
        ax.plot(times[1:], r.impedance[1:] / r.impedance[0], color=colour, lw=1.6, label=label)
    ax.plot([0.5, 9.0], [0.55, 0.1], "D", color=BLACK, ms=5, label="flux of GHK-Cu: half of its fall, about its level")
    _threshold(ax, world.skin().barrier.threshold, "counts as recovered")
    ax.set(xscale="log", xlim=(0.01, 48), ylim=(0, 1.02), xlabel="time after needling (h)",
           ylabel="conductance over the first")  # fmt: skip
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")
    ax.set_title("Recoil and nothing else")
    ax.legend(loc="lower left")


def _stripped(ax: Axes, case: Case, report: Report) -> None:
    days = np.linspace(0, 35, 141)

    def excess(world: World) -> np.ndarray:
        return np.asarray(stripped_excess(world.skin(), days * day))

    _drawn_band(ax, case, report, days, BLUE, excess)
    ax.plot(days, excess(_world(case, report)), color=BLUE, lw=1.8, label="young, with its 90 % band")
    old = cases.person(_world(case, report), age_years=75.0)
    ax.plot(days, stripped_excess(old, days * day), color=RED, lw=1.4, ls="--", label="elderly")
    for t, words in ((3, "fast until here"), (15, "not fully normal here")):
        ax.axvline(t, color=BLACK, lw=1.0)
        ax.text(t + 0.4, 0.6, words, rotation=90, fontsize=8, va="center")
    ax.set(
        xlabel="time after stripping (days)", ylabel="excess of water loss over the first", xlim=(0, 35), ylim=(0, 1.02)
    )
    ax.set_title("The slow limit")
    ax.legend(loc="upper right")


PICTURES: dict[str, tuple[Picture, ...]] = {
    "REC-X21": (_every_geometry,),
    "REC-X22": (_covered_order,),
    "REC-X23": (_three_sites,),
    "REC-X24": (_after_a_pen,),
    "REC-X25": (_water_and_light,),
    "REC-X26": (_roller_width,),
    "REC-X27": (_short_rollers,),
    "REC-X28": (_delivery_window,),
    "REC-X29": (_cox_inhibitor,),
    "REC-X30": (_elderly,),
    "REC-X31": (_skin_colour,),
    "REC-X32": (_dead_skin,),
    "REC-X33": (_stripped,),
}
